//! Browsers are told of news while no page is open.

use duka_assistant::due;
use duka_kernel::TenantScope;
use duka_shop::team::{Right, Role};
use duka_store::handovers::NewHandOver;
use serde_json::{Value, json};

use crate::{
    selling::{Person, meet, order, product},
    world::{Caller, NOW, World, on_each},
};

fn browser(world: &World, name: &str) -> Value {
    let (key, secret) = world.push.keys();
    json!({"endpoint": format!("https://fcm.googleapis.com/fcm/send/{name}"), "keys": {"p256dh": key, "auth": secret}})
}

async fn subscribe(world: &World, caller: &Caller, name: &str) {
    world.post(caller, "/v1/push/subscriptions", browser(world, name)).await.is(204);
}

async fn ask_for_a_person(world: &World, scope: TenantScope, person: Person) {
    let opened = world.app.store.write(scope, move |tx| {
        Box::pin(async move {
            let new = NewHandOver {
                conversation: person.conversation,
                customer: person.id,
                order: None,
                reason: "asked".into(),
                at: NOW,
                told_up_to: None,
            };
            tx.open_hand_over(&new).await.map(drop)
        })
    });
    opened.await.unwrap();
}

fn titles(world: &World) -> Vec<String> {
    world.push.told().iter().map(|told| told["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_new_order_and_somebody_who_waits_are_told_to_those_who_may_see_them() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let other = world.shop("zuri").await;
        let dress = product(&world, scope, "MB-1", "Red dress", 20).await;
        let person = meet(&world, scope, "Wanjiku", "254712000001", NOW).await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let packer = world.allowed(scope, &[Right::OrdersView]).await;
        let (_, stranger) = world.member(other, Role::Owner).await;
        let key = world.get(&owner, "/v1/push/key").await.is(200).json;
        assert_eq!(key["key"].as_str().unwrap().len(), 87);
        assert_eq!(world.get(&stranger, "/v1/push/key").await.is(200).json, key);
        subscribe(&world, &owner, "owner").await;
        subscribe(&world, &owner, "owner").await;
        subscribe(&world, &packer, "packer").await;
        subscribe(&world, &stranger, "stranger").await;

        let id = order(&world, scope, "DK-1", (person, &dress, 1), NOW, &[]).await;
        due::sweep_slow(&world.app).await.unwrap();
        let told = world.push.told();
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(told[0]["body"], "DK-1 · KES 2,800");
        assert_eq!((&told[0]["link"], &told[0]["tag"]), (&json!(format!("/orders/{id}")), &json!(id)));
        assert!(!told[0].to_string().contains("Wanjiku"));
        due::sweep_slow(&world.app).await.unwrap();
        assert_eq!(world.push.told().len(), 2);

        ask_for_a_person(&world, scope, person).await;
        due::sweep_slow(&world.app).await.unwrap();
        assert_eq!(titles(&world)[2..], ["Shop malkia: A customer waits for a person"]);

        let body = json!({"endpoint": "https://fcm.googleapis.com/fcm/send/owner"});
        world.delete_with(&packer, "/v1/push/subscriptions", body.clone()).await.is(204);
        world.delete_with(&owner, "/v1/push/subscriptions", body).await.is(204);
        order(&world, scope, "DK-2", (person, &dress, 1), NOW, &[]).await;
        due::sweep_slow(&world.app).await.unwrap();
        assert_eq!(world.push.told().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_service_that_is_down_is_tried_again_and_a_browser_that_is_gone_is_forgotten() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let dress = product(&world, scope, "MB-1", "Red dress", 20).await;
        let person = meet(&world, scope, "Wanjiku", "254712000001", NOW).await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        subscribe(&world, &owner, "owner").await;
        world.push.answer(503);
        order(&world, scope, "DK-1", (person, &dress, 1), NOW, &[]).await;
        due::sweep_slow(&world.app).await.unwrap();
        due::sweep_slow(&world.app).await.unwrap();
        assert_eq!(world.number("SELECT attempts FROM jobs WHERE kind = 'push'").await, 1);
        world.push.answer(201);
        due::sweep_slow(&world.app).await.unwrap();
        assert!(world.push.told().is_empty());
        world.clock.advance_millis(60_000);
        due::sweep_slow(&world.app).await.unwrap();
        assert_eq!(world.push.told().len(), 1);
        assert_eq!(world.number("SELECT count(*) FROM pushes").await, 0);

        world.push.answer(410);
        order(&world, scope, "DK-2", (person, &dress, 1), NOW, &[]).await;
        due::sweep_slow(&world.app).await.unwrap();
        assert_eq!(world.number("SELECT count(*) FROM push_subscriptions").await, 0);
        assert_eq!(world.number("SELECT count(*) FROM jobs WHERE kind = 'push' AND due_at IS NOT NULL").await, 0);
        for wrong in [
            json!({"endpoint": "http://169.254.169.254/", "keys": {"p256dh": "x", "auth": "y"}}),
            json!({"endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": "x", "auth": "y"}}),
            json!({"endpoint": "x".repeat(2000), "keys": {"p256dh": "x", "auth": "y"}}),
        ] {
            world.post(&owner, "/v1/push/subscriptions", wrong).await.is(422);
        }
    })
    .await;
}
