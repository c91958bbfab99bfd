//! Accounts, sessions and tries to log in.

use duka_kernel::{Timestamp, UserId};
use duka_store::{
    Guard, StoreError,
    sessions::{ACCESS, IDLE, LONGEST, Refreshed, Seen, Tokens},
    users::{NewUser, TryLimit},
};
use secrecy::{ExposeSecret, SecretString};

use crate::database::{NOW, TestDb, on_each};

pub async fn user(db: &TestDb, email: &str) -> UserId {
    user_in(&db.store, email).await.unwrap()
}

pub async fn user_in(store: &duka_store::Store, email: &str) -> Result<UserId, StoreError> {
    let new = NewUser {
        email: email.into(),
        name: "Achieng".into(),
        password: "hash".into(),
        locale: "sw".into(),
        operator: false,
    };
    store.system_write_with(new, |tx, new| Box::pin(tx.create_user(new, NOW))).await
}

async fn begin(db: &TestDb, user: UserId) -> Tokens {
    let begun = db.store.system_write(move |tx| {
        Box::pin(async move {
            let seen = Seen { agent: "Firefox".into(), address: "41.90.0.1".into() };
            tx.begin_session(user, true, &seen, NOW).await
        })
    });
    begun.await.unwrap()
}

async fn refresh(db: &TestDb, token: &SecretString, now: Timestamp) -> Refreshed {
    let token = token.expose_secret().to_owned();
    db.store
        .system_write_with(token, move |tx, token| Box::pin(async move { tx.refresh_session(token, now).await }))
        .await
        .unwrap()
}

async fn is_in(db: &TestDb, token: &SecretString, now: Timestamp) -> bool {
    let tx = db.store.system_read().await.unwrap();
    tx.session_by_access(token.expose_secret(), now).await.unwrap().is_some()
}

#[tokio::test]
async fn an_account_is_found_by_its_address_however_it_is_written() {
    on_each(|db| async move {
        let id = user(&db, "Achieng@Example.co.ke ").await;
        assert!(matches!(
            user_in(&db.store, "achieng@example.co.ke").await,
            Err(StoreError::Conflict(Guard::Duplicate(_)))
        ));
        let tx = db.store.system_read().await.unwrap();
        let found = tx.user_by_email(" ACHIENG@example.co.ke").await.unwrap().unwrap();
        assert_eq!((found.id, found.email.as_str(), found.name.as_str()), (id, "achieng@example.co.ke", "Achieng"));
        assert_eq!(tx.user_by_email("other@example.co.ke").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_access_token_ends_and_so_does_a_session_that_is_not_used() {
    on_each(|db| async move {
        let user = user(&db, "a@example.com").await;
        let tokens = begin(&db, user).await;
        assert!(is_in(&db, &tokens.access, NOW).await);
        assert!(!is_in(&db, &tokens.refresh, NOW).await);
        assert!(!is_in(&db, &tokens.access, NOW.plus_millis(ACCESS)).await);
        assert!(matches!(refresh(&db, &tokens.refresh, NOW.plus_millis(IDLE)).await, Refreshed::Unknown));
        // Used every day it lives, but no longer than it may.
        let day = 24 * 60 * 60 * 1000;
        let mut refresh_token = tokens.refresh;
        let mut now = NOW;
        while now.0 + day < NOW.0 + LONGEST {
            now = now.plus_millis(day);
            let Refreshed::Tokens(next) = refresh(&db, &refresh_token, now).await else { panic!("ended at {now:?}") };
            assert!(next.access_until <= NOW.plus_millis(LONGEST) && next.csrf == tokens.csrf);
            refresh_token = next.refresh;
        }
        assert!(matches!(refresh(&db, &refresh_token, now.plus_millis(day)).await, Refreshed::Unknown));
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_that_is_used_twice_ends_the_session_unless_the_answer_was_lost() {
    on_each(|db| async move {
        let user = user(&db, "a@example.com").await;
        let first = begin(&db, user).await;
        let later = NOW.plus_seconds(600);
        let Refreshed::Tokens(second) = refresh(&db, &first.refresh, later).await else { panic!("refused") };
        assert!(!is_in(&db, &first.access, later).await && is_in(&db, &second.access, later).await);
        let again = refresh(&db, &first.refresh, later.plus_seconds(30)).await;
        let Refreshed::Tokens(third) = again else { panic!("the answer may have been lost: {again:?}") };
        assert!(is_in(&db, &third.access, later).await);
        let stolen = refresh(&db, &first.refresh, later.plus_seconds(120)).await;
        assert!(matches!(stolen, Refreshed::Reused(who) if who == user), "{stolen:?}");
        assert!(!is_in(&db, &third.access, later).await);
        assert!(matches!(refresh(&db, &third.refresh, later).await, Refreshed::Unknown));
    })
    .await;
}

#[tokio::test]
async fn a_session_is_listed_and_ended_by_its_own_user_only() {
    on_each(|db| async move {
        let (one, other) = (user(&db, "a@example.com").await, user(&db, "b@example.com").await);
        let (here, there) = (begin(&db, one).await, begin(&db, one).await);
        let listed = db.store.system_read().await.unwrap().sessions_of(one, NOW).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert_eq!(listed[0].seen.agent, "Firefox");
        let (session, keep) = (there.session, here.session);
        let ended = db.store.system_write(move |tx| Box::pin(async move { tx.end_session(other, session).await }));
        assert!(!ended.await.unwrap());
        assert!(is_in(&db, &there.access, NOW).await);
        let ended = db.store.system_write(move |tx| Box::pin(async move { tx.end_sessions(one, Some(keep)).await }));
        ended.await.unwrap();
        assert!(is_in(&db, &here.access, NOW).await && !is_in(&db, &there.access, NOW).await);
    })
    .await;
}

#[tokio::test]
async fn after_some_tries_none_is_taken_for_a_while() {
    on_each(|db| async move {
        const LIMIT: TryLimit = TryLimit { tries: 3, window: 60_000, pause: 60_000 };
        let store = &db.store;
        let attempt = async |what: &'static str, now: Timestamp| {
            store.system_write(move |tx| Box::pin(async move { tx.count_try(what, LIMIT, now).await })).await.unwrap()
        };
        for _ in 0..3 {
            assert_eq!(attempt("a", NOW).await, None);
        }
        assert_eq!(attempt("a", NOW).await, Some(NOW.plus_seconds(60)));
        assert_eq!(attempt("a", NOW.plus_seconds(59)).await, Some(NOW.plus_seconds(60)), "trying on moves nothing");
        assert_eq!(attempt("b", NOW).await, None);
        assert_eq!(attempt("a", NOW.plus_seconds(61)).await, None);
        store.system_write(|tx| Box::pin(async move { tx.forget_tries("a").await })).await.unwrap();
        for _ in 0..3 {
            assert_eq!(attempt("a", NOW.plus_seconds(61)).await, None);
        }
        assert!(attempt("a", NOW.plus_seconds(61)).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_code_of_the_second_factor_and_a_recovery_code_are_taken_once() {
    on_each(|db| async move {
        let user = user(&db, "a@example.com").await;
        let done = db.store.system_write(move |tx| {
            Box::pin(async move {
                assert!(tx.propose_totp(user, &SecretString::from("s3cret")).await?);
                assert!(!tx.proof(user).await?.unwrap().totp_on);
                tx.confirm_totp(user, &["one".into(), "two".into()]).await?;
                assert!(!tx.propose_totp(user, &SecretString::from("other")).await?, "one is in force");
                assert_eq!(tx.proof(user).await?.unwrap().totp.unwrap().expose_secret(), "s3cret");
                assert!(tx.use_totp_step(user, 100).await?);
                assert!(!tx.use_totp_step(user, 100).await? && !tx.use_totp_step(user, 99).await?);
                assert!(tx.use_recovery(user, "two").await?);
                assert!(!tx.use_recovery(user, "two").await? && !tx.use_recovery(user, "three").await?);
                tx.stop_totp(user).await?;
                assert!(!tx.use_recovery(user, "one").await?);
                Ok(())
            })
        });
        done.await.unwrap();
    })
    .await;
}
