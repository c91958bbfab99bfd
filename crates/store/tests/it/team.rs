//! Teams, roles, invitations, keys for programs, the audit log, and requests that are done once.

use duka_kernel::UserId;
use duka_shop::team::{Right, Rights, Role};
use duka_store::{
    Guard, StoreError, Tx,
    api_keys::NewKey,
    audit::{Actor, AuditFilter, Change},
    once::{Answer, KEPT, Once},
    team::{MemberRole, OwnRole},
};
use futures::future::BoxFuture;
use sea_orm::ConnectionTrait;
use secrecy::ExposeSecret;
use serde_json::json;

use crate::{
    database::{NOW, Shop, on_each},
    people::{user, user_in},
};

const OWNER: MemberRole = MemberRole::BuiltIn(Role::Owner);
const ADMIN: MemberRole = MemberRole::BuiltIn(Role::Admin);

/// Puts a row of the shop into each table of this subject.
pub async fn fill(shop: &Shop) {
    let owner = user_in(&shop.store, &format!("owner-of-{}@example.com", shop.scope.tenant())).await.unwrap();
    on(shop, move |tx| {
        Box::pin(async move {
            tx.add_member(owner, OWNER, NOW).await?;
            let role = tx.create_role("Packer", [Right::OrdersView].into_iter().collect(), NOW).await?;
            tx.invite("Otieno@example.com", MemberRole::Own(role), NOW.plus_seconds(60), NOW).await?;
            tx.audit(Actor::User(owner), &Change::new("role.created").of("role", role), NOW).await?;
            tx.allow_content(owner, NOW.plus_seconds(60), NOW).await?;
            tx.begin_once("caller", "key", b"request", NOW).await?;
            tx.finish_once("caller", "key", &answer()).await
        })
    })
    .await
    .unwrap();
}

async fn on<T: Send + 'static>(
    shop: &Shop,
    unit: impl for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T, StoreError>> + Send + Sync + 'static,
) -> Result<T, StoreError> {
    shop.store.write(shop.scope, unit).await
}

fn answer() -> Answer {
    Answer { status: 201, head: "{}".into(), body: "{\"name\":\"Wanjiku\"}".into() }
}

#[tokio::test]
async fn what_someone_is_differs_by_shop_and_holds_in_their_shops_only() {
    on_each(|db| async move {
        let (one, other, third) = (db.shop("malkia").await, db.shop("zuri").await, db.shop("tembo").await);
        let who = user(&db, "a@example.com").await;
        on(&one, move |tx| Box::pin(tx_member(tx, who, OWNER))).await.unwrap();
        let role = on(&other, move |tx| {
            Box::pin(async move {
                let role = tx.create_role("Packer", [Right::OrdersView].into_iter().collect(), NOW).await?;
                tx.add_member(who, MemberRole::Own(role), NOW).await?;
                Ok(role)
            })
        });
        let role = role.await.unwrap();
        let twice = on(&one, move |tx| Box::pin(tx_member(tx, who, ADMIN))).await;
        assert!(matches!(twice, Err(StoreError::Conflict(Guard::Duplicate(_)))), "{twice:?}");
        let foreign = on(&third, move |tx| Box::pin(tx_member(tx, who, MemberRole::Own(role)))).await;
        assert!(foreign.is_err(), "a role of another shop");

        let tx = db.store.system_read().await.unwrap();
        let standing = async |shop: &str| tx.standing(who, shop).await.unwrap();
        assert_eq!(standing("malkia").await.unwrap().rights, Rights::all());
        let packer = standing(&other.scope.tenant().to_string()).await.unwrap();
        assert_eq!(packer.rights.iter().collect::<Vec<_>>(), [Right::OrdersView]);
        assert_eq!((standing("tembo").await, standing("no-such").await), (None, None));
        let shops = tx.shops_of(who).await.unwrap();
        assert_eq!(shops.iter().map(|shop| shop.slug.as_str()).collect::<Vec<_>>(), ["malkia", "zuri"]);
    })
    .await;
}

async fn tx_member(tx: &Tx, who: UserId, role: MemberRole) -> Result<(), StoreError> {
    tx.add_member(who, role, NOW).await
}

#[tokio::test]
async fn a_shop_keeps_an_owner_and_a_role_that_is_in_use_stays() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (one, other) = (user(&db, "a@example.com").await, user(&db, "b@example.com").await);
        on(&shop, move |tx| Box::pin(tx_member(tx, one, OWNER))).await.unwrap();
        let last = on(&shop, move |tx| Box::pin(tx.remove_member(one))).await;
        assert!(matches!(last, Err(StoreError::Conflict(Guard::LastOwner))), "{last:?}");
        let last = on(&shop, move |tx| Box::pin(tx.set_member_role(one, ADMIN))).await;
        assert!(matches!(last, Err(StoreError::Conflict(Guard::LastOwner))), "{last:?}");
        on(&shop, move |tx| Box::pin(tx_member(tx, other, OWNER))).await.unwrap();
        // Both leave at once: one stays.
        let leave = |who: UserId| on(&shop, move |tx| Box::pin(tx.remove_member(who)));
        let (left, stayed) = futures::join!(leave(one), leave(other));
        assert!(left.is_ok() != stayed.is_ok(), "{left:?} {stayed:?}");

        let role = on(&shop, move |tx| {
            Box::pin(async move {
                let role = tx.create_role("Packer", Rights::NONE, NOW).await?;
                tx.invite("c@example.com", MemberRole::Own(role), NOW.plus_seconds(60), NOW).await?;
                Ok(role)
            })
        });
        let role = role.await.unwrap();
        let used = on(&shop, move |tx| Box::pin(tx.delete_role(role))).await;
        assert!(matches!(used, Err(StoreError::Conflict(Guard::InUse(_)))), "{used:?}");
        let freed = on(&shop, move |tx| {
            Box::pin(async move {
                let invitation = tx.invitations().await?.remove(0);
                tx.end_invitation(invitation.id).await?;
                let renamed = OwnRole { id: role, name: "Rider".into(), rights: Role::Analyst.rights() };
                tx.update_role(&renamed).await?;
                assert_eq!(tx.own_roles().await?, [renamed]);
                tx.delete_role(role).await
            })
        });
        freed.await.unwrap();
        assert!(matches!(on(&shop, move |tx| Box::pin(tx.delete_role(role))).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_found_by_its_link_until_it_lapses_or_another_replaces_it() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let until = NOW.plus_seconds(60);
        let invite =
            || on(&shop, move |tx| Box::pin(async move { tx.invite("C@example.com", ADMIN, until, NOW).await }));
        let (_, first) = invite().await.unwrap();
        let (id, second) = invite().await.unwrap();
        let tx = db.store.system_read().await.unwrap();
        assert_eq!(tx.invitation_by_token(first.expose_secret(), NOW).await.unwrap(), None);
        let found = tx.invitation_by_token(second.expose_secret(), NOW).await.unwrap().unwrap();
        assert_eq!((found.id, found.tenant, found.email.as_str()), (id, shop.scope.tenant(), "c@example.com"));
        assert_eq!(tx.invitation_by_token(second.expose_secret(), until).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_key_opens_what_it_was_made_for_until_it_ends_or_is_replaced() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let made = on(&shop, |tx| {
            Box::pin(async move {
                let rights = Some([Right::OrdersView].into_iter().collect());
                let new = NewKey { label: "till".into(), rights, expires_at: Some(NOW.plus_seconds(60)) };
                tx.make_api_key(&new, NOW).await
            })
        });
        let (id, key) = made.await.unwrap();
        let open = async |key, now| db.store.system_read().await.unwrap().api_key(key, now).await.unwrap();
        let opened = open(&key, NOW).await.unwrap();
        assert_eq!(opened.tenant, shop.scope.tenant());
        assert_eq!(opened.rights.iter().collect::<Vec<_>>(), [Right::OrdersView]);
        assert_eq!(open(&key, NOW.plus_seconds(60)).await, None);
        let next = on(&shop, move |tx| Box::pin(tx.rotate_api_key(id))).await.unwrap();
        assert!(open(&key, NOW).await.is_none() && open(&next, NOW).await.unwrap().key == id);
        let listed = db.store.read(shop.scope).await.unwrap().api_keys().await.unwrap();
        assert_eq!(listed[0].ending.as_deref(), Some(&next.expose_secret()[next.expose_secret().len() - 4..]));
        on(&shop, move |tx| Box::pin(tx.delete_api_key(id))).await.unwrap();
        assert_eq!(open(&next, NOW).await, None);
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_can_only_be_added_to() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        fill(&shop).await;
        let raw = db.raw().await;
        for change in ["UPDATE audit SET what = 'x'", "DELETE FROM audit"] {
            let error = raw.execute_unprepared(change).await.unwrap_err().to_string();
            assert!(error.contains("append-only"), "{change}: {error}");
        }
        let entries = db.store.read(shop.scope).await.unwrap();
        assert_eq!(entries.audit_page(&AuditFilter::default(), None, 10).await.unwrap().items.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_is_read_in_parts_and_by_who_what_and_when() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let who = user(&db, "a@example.com").await;
        on(&shop, move |tx| {
            Box::pin(async move {
                for n in 0..5 {
                    let change = Change::new(if n == 3 { "price.changed" } else { "role.changed" })
                        .of("thing", n)
                        .from(json!({"n": n}))
                        .to(json!({"n": n + 1}));
                    let actor = if n == 4 { Actor::System } else { Actor::User(who) };
                    // Two at the same moment, so that the identity decides.
                    tx.audit(actor, &change, NOW.plus_seconds(n / 2)).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
        let tx = db.store.read(shop.scope).await.unwrap();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = tx.audit_page(&AuditFilter::default(), after.as_ref(), 2).await.unwrap();
            seen.extend(page.items.into_iter().map(|entry| entry.change.subject.unwrap()));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, ["thing:4", "thing:3", "thing:2", "thing:1", "thing:0"]);
        let count = async |filter: AuditFilter| tx.audit_page(&filter, None, 10).await.unwrap().items.len();
        assert_eq!(count(AuditFilter { who: Some(who.0), ..AuditFilter::default() }).await, 4);
        assert_eq!(count(AuditFilter { what: Some("price.changed".into()), ..AuditFilter::default() }).await, 1);
        let time = AuditFilter { from: Some(NOW.plus_seconds(1)), to: Some(NOW.plus_seconds(2)), ..Default::default() };
        assert_eq!(count(time).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_request_is_done_once_and_answered_again_for_a_day() {
    on_each(|db| async move {
        let (shop, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let begin = |shop: &Shop, caller: &'static str, request: &'static [u8], later: i64| {
            let shop = shop.clone();
            async move {
                let begin = on(&shop, move |tx| {
                    Box::pin(async move { tx.begin_once(caller, "key", request, NOW.plus_millis(later)).await })
                });
                begin.await.unwrap()
            }
        };
        assert_eq!(begin(&shop, "a", b"one", 0).await, Once::New);
        assert_eq!(begin(&shop, "a", b"one", 0).await, Once::Begun);
        on(&shop, |tx| Box::pin(async move { tx.finish_once("a", "key", &answer()).await })).await.unwrap();
        assert_eq!(begin(&shop, "a", b"one", 1).await, Once::Done(answer()));
        assert_eq!(begin(&shop, "a", b"two", 1).await, Once::Other);
        assert_eq!(begin(&shop, "b", b"two", 1).await, Once::New);
        assert_eq!(begin(&other, "a", b"two", 1).await, Once::New);
        assert_eq!(begin(&shop, "a", b"two", KEPT + 1).await, Once::New);
        on(&shop, |tx| Box::pin(async move { tx.forget_once("a", "key").await })).await.unwrap();
        assert_eq!(begin(&shop, "a", b"three", KEPT + 1).await, Once::New);
    })
    .await;
}
