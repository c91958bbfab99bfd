//! What open pages are told as it happens.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream},
    http::{Request, StatusCode},
};
use duka_kernel::TenantScope;
use duka_shop::{
    OrderState::{Paid, Shipped},
    team::{Right, Role},
};
use duka_store::{Keyring, Store, StoreOptions, orders::Transition, team::MemberRole};
use futures::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{
    selling::{meet, order, product},
    world::{Caller, KEY, NOW, World, on_each},
};

/// A page that listens.
struct Page {
    body: BodyDataStream,
    rest: String,
    last: String,
}

impl Page {
    async fn open(world: &World, caller: &Caller, last: Option<&str>) -> Result<Self, StatusCode> {
        let mut request = Request::get("/v1/events");
        for (name, value) in caller.headers().chain(last.map(|last| ("last-event-id", last))) {
            request = request.header(name, value);
        }
        let answer = world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        if answer.status() != StatusCode::OK {
            return Err(answer.status());
        }
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Ok(Self { body: answer.into_body().into_data_stream(), rest: String::new(), last: String::new() })
    }

    /// The next event; nothing if the stream has ended.
    async fn next(&mut self) -> Option<Value> {
        loop {
            while let Some((block, rest)) = self.rest.clone().split_once("\n\n") {
                self.rest = rest.to_owned();
                let line = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
                let Some(data) = line("data: ") else { continue };
                self.last = line("id: ").unwrap().to_owned();
                return Some(serde_json::from_str(data).unwrap());
            }
            let part = tokio::time::timeout(Duration::from_secs(60), self.body.next()).await.expect("nothing was told");
            self.rest.push_str(core::str::from_utf8(&part?.unwrap()).unwrap());
        }
    }

    /// Kind and what of so many events.
    async fn told(&mut self, count: usize) -> Vec<(String, String)> {
        let mut told = Vec::new();
        for _ in 0..count {
            let event = self.next().await.unwrap();
            told.push((event["kind"].as_str().unwrap().to_owned(), event["what"].as_str().unwrap().to_owned()));
        }
        told
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(kind, what)| ((*kind).to_owned(), (*what).to_owned())).collect()
}

/// The same database, as another process has it.
async fn elsewhere(world: &World) -> Store {
    let options =
        StoreOptions { url: world.url.clone(), master_keys: Keyring::parse(KEY).unwrap(), max_connections: 2 };
    let store = Store::open(&options).await.unwrap();
    store.check_version().await.unwrap();
    store
}

async fn ship(store: &Store, scope: TenantScope, id: duka_kernel::OrderId) {
    let moved = store.write(scope, move |tx| {
        Box::pin(async move {
            tx.transition_order(id, &Transition { from: Paid, to: Shipped, actor: "staff", reason: "test", at: NOW })
                .await
        })
    });
    moved.await.unwrap();
}

#[tokio::test]
async fn a_page_hears_of_everything_once_and_in_order_whoever_did_it_and_after_a_lost_connection() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let dress = product(&world, scope, "MB-1", "Red dress", 20).await;
        let person = meet(&world, scope, "Wanjiku", "254712000001", NOW).await;
        let mut page = Page::open(&world, &owner, None).await.unwrap();
        assert_eq!(page.next().await.unwrap()["kind"], "open");
        let seen = page.last.clone();

        let id = order(&world, scope, "DK-1", (person, &dress, 1), NOW, &[Paid]).await;
        let first = page.next().await.unwrap();
        assert_eq!(
            (&first["kind"], &first["what"], &first["number"]),
            (&json!("order"), &json!("placed"), &json!("DK-1"))
        );
        assert_eq!((&first["id"], &first["conversation_id"]), (&json!(id), &json!(person.conversation)));
        // Of the stock, what moved last.
        let new = [("payment", "requested"), ("payment", "succeeded"), ("stock", "sold"), ("order", "paid")];
        let new = pairs(&new);
        assert_eq!(page.told(4).await, new);
        let place = page.last.clone();

        // Another process, and nobody listening here.
        drop(page);
        let other = elsewhere(&world).await;
        ship(&other, scope, id).await;
        let person_writes = other.write(scope, move |tx| {
            Box::pin(async move {
                let said = duka_store::inbox::NewInbound {
                    id: duka_kernel::MessageId::new(),
                    conversation: person.conversation,
                    channel: person.channel,
                    provider_message_id: "SM1".into(),
                    kind: "text".into(),
                    text: "Asante".into(),
                    media_key: None,
                    payload: None,
                    reply_to: None,
                    received_at: NOW,
                };
                tx.receive(&[said]).await.map(drop)
            })
        });
        person_writes.await.unwrap();
        other.close().await;

        let mut again = Page::open(&world, &owner, Some(&place)).await.unwrap();
        let told = pairs(&[("open", "resumed"), ("order", "shipped"), ("message", "received")]);
        assert_eq!(again.told(3).await, told);
        let mut all = Page::open(&world, &owner, Some(&seen)).await.unwrap();
        all.next().await.unwrap();
        assert_eq!(all.next().await.unwrap(), first);
        assert_eq!(all.told(4).await, new);
        assert_eq!(all.told(2).await, told[1..]);
        let mut lost = Page::open(&world, &owner, Some("somewhere")).await.unwrap();
        assert_eq!(lost.told(2).await, pairs(&[("open", "open"), ("reset", "reset")]));
    })
    .await;
}

#[tokio::test]
async fn what_one_may_not_see_is_not_told_and_who_is_no_longer_let_in_hears_nothing_more() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let other = world.shop("zuri").await;
        let dress = product(&world, scope, "MB-1", "Red dress", 20).await;
        let person = meet(&world, scope, "Wanjiku", "254712000001", NOW).await;
        let (analyst, caller) = world.member(scope, Role::Analyst).await;
        let seller = world.allowed(scope, &[Right::OrdersView]).await;
        let (_, stranger) = world.member(other, Role::Owner).await;
        let mut pages = Vec::new();
        for caller in [&seller, &stranger, &caller] {
            let mut page = Page::open(&world, caller, None).await.unwrap();
            page.next().await.unwrap();
            pages.push(page);
        }
        order(&world, scope, "DK-1", (person, &dress, 1), NOW, &[]).await;
        let told = pages[0].next().await.unwrap();
        assert_eq!((&told["kind"], &told["number"]), (&json!("order"), &json!("DK-1")));
        assert_eq!(pages[2].told(2).await, pairs(&[("stock", "reserved"), ("order", "placed")]));

        // In the team no longer: the next thing that happens is not told, the stream ends.
        let removed = world.app.store.write(scope, move |tx| Box::pin(async move { tx.remove_member(analyst).await }));
        removed.await.unwrap();
        order(&world, scope, "DK-2", (person, &dress, 1), NOW, &[]).await;
        assert!(pages[2].next().await.is_none());
        assert_eq!(pages[0].next().await.unwrap()["number"], "DK-2");
        // Nothing happened in the other shop, and its stream goes on until its owner logs out.
        world.post(&stranger, "/v1/auth/logout", json!({})).await.is(204);
        assert!(pages[1].next().await.is_none());

        // A right taken away is taken away from what is open.
        let (manager, caller) = world.member(scope, Role::Admin).await;
        let mut page = Page::open(&world, &caller, None).await.unwrap();
        page.next().await.unwrap();
        let none = world.app.store.write_with(scope, "Nothing".to_owned(), move |tx, name| {
            Box::pin(async move {
                let role = tx.create_role(name, [Right::CatalogView].into_iter().collect(), NOW).await?;
                tx.set_member_role(manager, MemberRole::Own(role)).await
            })
        });
        none.await.unwrap();
        order(&world, scope, "DK-3", (person, &dress, 1), NOW, &[]).await;
        order(&world, scope, "DK-4", (person, &dress, 1), NOW, &[]).await;
        let told = page.next().await.unwrap();
        assert_eq!(told["kind"], "stock");
    })
    .await;
}

#[tokio::test]
async fn one_person_has_so_many_streams_and_all_end_with_the_process() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let (_, other) = world.member(scope, Role::Admin).await;
        let mut pages = Vec::new();
        for _ in 0..8 {
            pages.push(Page::open(&world, &owner, None).await.unwrap());
        }
        assert_eq!(Page::open(&world, &owner, None).await.err(), Some(StatusCode::TOO_MANY_REQUESTS));
        let mut theirs = Page::open(&world, &other, None).await.unwrap();
        drop(pages.pop());
        let mut again = Page::open(&world, &owner, None).await.unwrap();
        world.api.close();
        for page in [&mut theirs, &mut again] {
            assert_eq!(page.next().await.unwrap()["kind"], "open");
            assert!(page.next().await.is_none());
        }
    })
    .await;
}
