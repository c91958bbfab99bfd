//! Opening, migrating, and committing in groups.

use std::sync::Arc;

use duka_store::{Guard, Keyring, Store, StoreError, StoreOptions, Wakeup, memories::OwnerNotice};
use futures::future::join_all;
use sea_orm::ConnectionTrait;

use crate::database::{KEY, NOW, Shop, on_each, open_store};

fn notice(text: String) -> OwnerNotice {
    OwnerNotice { customer: None, kind: "test".into(), text, at: NOW }
}

async fn written(shop: &Shop) -> usize {
    shop.store.read(shop.scope).await.unwrap().owner_notices(1000).await.unwrap().len()
}

#[tokio::test]
async fn a_failing_unit_takes_nobody_down_with_it() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        // The failures write first, refuse, panic, or break a rule of the database.
        let units = (0..60).map(|n| {
            let shop = shop.clone();
            async move {
                let unit = shop.store.write(shop.scope, move |tx| {
                    Box::pin(async move {
                        tx.tell_owner(&notice(n.to_string())).await?;
                        match n {
                            7 => Err(Guard::Version.into()),
                            8 => panic!("a unit panics"),
                            9 => tx
                                .upsert_channel("twilio", "x", None, NOW)
                                .await
                                .map(|_| ())
                                .and(Err(StoreError::NotFound)),
                            _ => Ok(()),
                        }
                    })
                });
                unit.await
            }
        });
        let results = join_all(units).await;
        for (n, result) in results.iter().enumerate() {
            assert_eq!(result.is_err(), (7..10).contains(&n), "{n}: {result:?}");
        }
        assert_eq!(written(&shop).await, 57);
        assert_eq!(db.store.read(shop.scope).await.unwrap().channels().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn units_that_wait_together_are_committed_together() {
    on_each(|db| async move {
        if db.is_postgres() {
            return;
        }
        let shop = db.shop("malkia").await;
        let before = db.store.statements();
        let units = (0..100).map(|n| {
            shop.store.write_with(shop.scope, notice(n.to_string()), |tx, notice| Box::pin(tx.tell_owner(notice)))
        });
        for result in join_all(units).await {
            result.unwrap();
        }
        let statements = db.store.statements() - before;
        assert!((101..130).contains(&statements), "{statements} statements for 100 inserts");
        assert_eq!(written(&shop).await, 100);
    })
    .await;
}

#[tokio::test]
async fn two_processes_write_to_one_database_without_losing_anything() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let second = open_store(&db.url, KEY).await;
        second.migrate().await.unwrap();
        let units = (0..200).map(|n| {
            let store = if n % 2 == 0 { db.store.clone() } else { second.clone() };
            let scope = shop.scope;
            tokio::spawn(async move {
                store.write_with(scope, notice(n.to_string()), |tx, notice| Box::pin(tx.tell_owner(notice))).await
            })
        });
        for result in join_all(units).await {
            result.unwrap().unwrap();
        }
        assert_eq!(written(&shop).await, 200);
        second.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_refusal_before_anything_was_written_costs_the_group_nothing() {
    on_each(|db| async move {
        if db.is_postgres() {
            return;
        }
        let shop = db.shop("malkia").await;
        let before = db.store.statements();
        let units = (0..100).map(|n| {
            let shop = shop.clone();
            async move {
                let unit = shop.store.write(shop.scope, move |tx| {
                    Box::pin(async move {
                        if n % 2 == 0 {
                            Err(Guard::Version.into())
                        } else {
                            tx.tell_owner(&notice(n.to_string())).await
                        }
                    })
                });
                unit.await
            }
        });
        let refused = join_all(units).await.iter().filter(|result| result.is_err()).count();
        assert_eq!((refused, written(&shop).await), (50, 50));
        assert!(db.store.statements() - before < 80);
    })
    .await;
}

#[tokio::test]
async fn reading_sees_one_moment_and_cannot_write() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let tx = db.store.read(shop.scope).await.unwrap();
        assert!(tx.owner_notices(9).await.unwrap().is_empty());
        let written =
            db.store.write(shop.scope, |tx| Box::pin(async move { tx.tell_owner(&notice("x".into())).await }));
        written.await.unwrap();
        assert!(tx.owner_notices(9).await.unwrap().is_empty());
        assert!(tx.tell_owner(&notice("y".into())).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn peeking_sees_the_shop_in_one_statement_and_cannot_write() {
    on_each(|db| async move {
        let (shop, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let (_, conversation) = shop.customer("254712345678").await;
        let before = db.store.statements();
        let tx = db.store.peek(shop.scope).await.unwrap();
        assert!(tx.recall(conversation).await.unwrap().is_some());
        assert_eq!(db.store.statements() - before, if db.is_postgres() { 4 } else { 1 });
        assert!(tx.tell_owner(&notice("y".into())).await.is_err());
        assert!(db.store.peek(other.scope).await.unwrap().recall(conversation).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn migrating_again_or_at_the_same_time_changes_nothing() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let results = join_all([db.store.migrate(), db.store.migrate(), db.store.migrate()]).await;
        assert!(results.iter().all(Result::is_ok), "{results:?}");
        assert_eq!(db.store.read(shop.scope).await.unwrap().profile().await.unwrap().slug, "malkia");
    })
    .await;
}

#[tokio::test]
async fn a_database_of_another_version_is_refused_with_what_to_do() {
    on_each(|db| async move {
        let raw = db.raw().await;
        raw.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2999_new', 1)")
            .await
            .unwrap();
        for result in [db.store.check_version().await, db.store.migrate().await] {
            assert!(result.unwrap_err().to_string().contains("newer version"));
        }
        raw.execute_unprepared("DELETE FROM seaql_migrations WHERE version LIKE '%log'").await.unwrap();
        raw.execute_unprepared("DELETE FROM seaql_migrations WHERE version = 'm2999_new'").await.unwrap();
        assert!(db.store.check_version().await.unwrap_err().to_string().contains("duka migrate"));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_cannot_be_opened_is_said_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no-database");
    std::fs::write(&file, "this is a text file, and no database at all").unwrap();
    for url in [
        format!("sqlite://{}", file.display()),
        format!("sqlite://{}/below/duka.db", file.display()),
        "sqlite://".to_owned(),
        "mysql://localhost/duka".to_owned(),
        "postgres://duka:hunter2@127.0.0.1:1/duka".to_owned(),
    ] {
        let master_keys = Keyring::parse(KEY).unwrap();
        let options = StoreOptions { url, master_keys, max_connections: 1 };
        let error = Store::open(&options).await.unwrap_err().to_string();
        assert!(error.contains("DUKA_DATABASE_URL") && !error.contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn a_wake_up_reaches_everyone_who_listens() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (_, conversation) = shop.customer("254712345678").await;
        let wakeup = Wakeup { tenant: shop.scope.tenant(), conversation };
        let (mut one, mut two) = (db.store.wakeups(), db.store.wakeups());
        let store = Arc::new(db.store.clone());
        // On PostgreSQL listening takes a moment to begin, and what came before is lost.
        let waking = tokio::spawn(async move {
            loop {
                store.wake(wakeup).await.unwrap();
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        });
        assert_eq!(one.next().await, Some(wakeup));
        assert_eq!(two.next().await, Some(wakeup));
        waking.abort();
    })
    .await;
}
