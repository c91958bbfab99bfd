//! Trying the shop: real in all but the money, and in no figure.

use duka_shop::{ShopProfile, team::Role};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    floor,
    world::{Caller, World, on_each},
};

const MESSAGES: &str = "/v1/simulator/messages";

async fn say(world: &World, caller: &Caller, text: &str) -> Value {
    world.post(caller, MESSAGES, json!({"text": text})).await.is(200);
    world.work_off().await;
    world.get(caller, MESSAGES).await.is(200).json
}

/// What was answered last.
fn answer(said: &Value) -> &str {
    said["items"][0]["text"].as_str().unwrap_or_default()
}

async fn sell(world: &World, caller: &Caller) -> String {
    say(world, caller, "show me dresses").await;
    say(world, caller, "the red one size M").await;
    let summary = say(world, caller, "checkout, I will pick it up at the shop").await;
    assert!(answer(&summary).contains("2,800"), "{summary}");
    let placed = say(world, caller, "yes").await;
    placed["customer_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_order_is_tried_from_hi_to_the_receipt_and_counts_nowhere() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        // A shop that is paid for real: trying it moves no money all the same.
        let set = world.app.store.write(scope, |tx| {
            Box::pin(async move {
                let mut profile: ShopProfile = tx.profile().await?;
                profile.location = Some("Moi Avenue".into());
                profile.delivery.pickup = true;
                tx.save_profile(&profile).await?;
                tx.set_settings(&[("payments.provider".into(), Some("paylink".into()))]).await?;
                tx.set_credential("paylink.api_key", &SecretString::from("k3y"), crate::world::NOW).await
            })
        });
        set.await.unwrap();
        floor::stock(&world, scope, 3).await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let begun = world.get(&owner, MESSAGES).await.is(200);
        assert_eq!(begun.json, json!({"items": [], "conversation_id": null, "customer_id": null}));
        let pay = |outcome: &str| json!({"outcome": outcome});
        let early = world.post(&owner, "/v1/simulator/payments", pay("ok")).await;
        assert_eq!(early.is(409).problem(), "conflict");

        let customer = sell(&world, &owner).await;
        let tx = world.app.store.read(scope).await.unwrap();
        let customer = duka_kernel::CustomerId(customer.parse().unwrap());
        let payments = tx.payments_of_customer(customer).await.unwrap();
        assert_eq!(payments.iter().map(|p| p.provider.as_str()).collect::<Vec<_>>(), ["sandbox"]);
        drop(tx);
        world.post(&owner, "/v1/simulator/payments", pay("wrong_pin")).await.is(204);
        world.work_off().await;
        let failed = world.get(&owner, MESSAGES).await.json;
        assert!(answer(&failed).to_lowercase().contains("pin"), "{failed}");
        say(&world, &owner, "try again").await;
        world.post(&owner, "/v1/simulator/payments", pay("ok")).await.is(204);
        world.work_off().await;
        let paid = world.get(&owner, MESSAGES).await.is(200);
        let markers = |kind: &str| {
            let all = paid.json["items"].as_array().unwrap().iter().flat_map(|m| m["markers"].as_array().unwrap());
            all.filter(|marker| marker["kind"] == kind).count()
        };
        assert_eq!((markers("order"), markers("payment")), (1, 2), "{}", paid.text);
        assert_eq!(world.post(&owner, "/v1/simulator/payments", pay("ok")).await.status, 409, "paid already");

        let tx = world.app.store.read(scope).await.unwrap();
        let order = tx.orders_of(customer, 1).await.unwrap().remove(0);
        assert!(order.state.is_sold(), "{order:?}");
        let zone = jiff::tz::TimeZone::get("Africa/Nairobi").unwrap();
        let span = duka_store::analytics::Span::last_days(7, world.clock.now(), zone);
        let profile = tx.profile().await.unwrap();
        let overview = duka_store::pages::overview::read(&tx, &profile, world.clock.now()).await.unwrap();
        assert_eq!((overview.today.orders, overview.active_conversations, overview.pending_orders), (0, 0, 0));
        assert!(overview.top_sellers.is_empty());
        let volume = duka_store::analytics::messages::over_time(&tx, &span, Default::default()).await.unwrap();
        assert_eq!(volume.iter().map(|day| day.heard + day.said).sum::<i64>(), 0);
        let funnel = duka_store::analytics::funnel::read(&tx, &span).await.unwrap();
        assert_eq!(funnel.0.iter().sum::<i64>(), 0);
        drop(tx);
        let customers = world.get(&owner, "/v1/customers").await.is(200);
        assert_eq!(customers.json["items"], json!([]));
        let conversation = paid.json["conversation_id"].as_str().unwrap();
        let shown = world.get(&owner, &format!("/v1/conversations/{conversation}")).await.is(200);
        assert_eq!((&shown.json["test"], &shown.json["orders"][0]["number"]), (&json!(true), &json!(order.number)));
        assert_eq!(world.get(&owner, "/v1/conversations").await.json["items"][0]["test"], json!(true));
        let onboarding = world.get(&owner, "/v1/onboarding").await.is(200);
        assert!(onboarding.json["done"].as_array().unwrap().contains(&json!("test")), "{}", onboarding.text);
    })
    .await;
}

#[tokio::test]
async fn everybody_plays_a_customer_of_their_own() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let (_, other) = world.member(scope, Role::SupportLead).await;
        let mine = say(&world, &owner, "hi").await;
        assert_eq!(world.get(&other, MESSAGES).await.json["items"], json!([]));
        let theirs = say(&world, &other, "niaje").await;
        assert_ne!(mine["conversation_id"], theirs["conversation_id"]);
        // The owner's telephone does not ring for it.
        let asked = say(&world, &owner, "nataka kuongea na mtu").await;
        assert!(!answer(&asked).is_empty());
        assert_eq!(world.get(&owner, "/v1/conversations").await.json["items"].as_array().unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_message_is_refused() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let script = "data:image/png;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==";
        for bad in [
            json!({}),
            json!({"text": ""}),
            json!({"image": script}),
            json!({"voice": script}),
            json!({"image": script, "voice": script}),
            json!({"location": {"latitude": 91.0, "longitude": 0.0}}),
            json!({"location": {"latitude": 1e308, "longitude": -1e308}}),
            json!({"text": "x".repeat(4001)}),
            json!({"sticker": 1}),
        ] {
            assert_eq!(world.post(&owner, MESSAGES, bad.clone()).await.is(422).problem(), "invalid", "{bad}");
        }
        world.post(&owner, MESSAGES, json!({"location": {"latitude": -1.28, "longitude": 36.82}})).await.is(200);
        world.work_off().await;
        let said = world.get(&owner, MESSAGES).await.is(200);
        let first = said.json["items"].as_array().unwrap().last().unwrap();
        assert_eq!((&first["kind"], &first["location"]["latitude"]), (&json!("location"), &json!(-1.28)));
        let (_, viewer) = world.member(scope, Role::Analyst).await;
        world.post(&viewer, MESSAGES, json!({"text": "hi"})).await.is(403);
    })
    .await;
}
