//! Customers, their groups, and what the law gives them.

use duka_shop::team::Role;
use serde_json::{Value, json};

use crate::{floor, world::on_each};

fn names(answer: &crate::world::Answer) -> Vec<&str> {
    answer.json["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_customer_is_found_corrected_and_grouped() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let channel = floor::console(&world, scope).await;
        for (phone, name) in [("254712345678", "Wanjiku"), ("254722000111", "Otieno")] {
            floor::hear(&world, scope, &channel, phone, name, "hi").await;
        }
        world.work_off().await;
        let list = "/v1/customers";
        let newest = world.get(&owner, &format!("{list}?sort=-first_seen_at")).await.is(200);
        assert_eq!(names(&newest).len(), 2);
        let first = world.get(&owner, &format!("{list}?sort=-first_seen_at&limit=1")).await.is(200);
        let next = first.json["next"].as_str().unwrap();
        let second = world.get(&owner, &format!("{list}?sort=-first_seen_at&limit=1&cursor={next}")).await.is(200);
        assert_ne!(names(&first), names(&second));
        world.get(&owner, &format!("{list}?sort=-lifetime_value&cursor={next}")).await.is(422);
        let found = world.get(&owner, &format!("{list}?q=0712345678")).await.is(200);
        assert_eq!(names(&found), ["Wanjiku"]);

        let one = format!("{list}/{}", found.json["items"][0]["id"].as_str().unwrap());
        let read = world.get(&owner, &one).await.is(200);
        let tag = read.headers["etag"].to_str().unwrap().to_owned();
        let change = json!({"tags": ["VIP"], "notes": "Calls on Fridays", "sizes": ["m", "38"], "language": "sw"});
        world.patch(&owner, &one, change.clone()).await.is(428);
        let with = owner.clone().with("if-match", tag);
        let changed = world.patch(&with, &one, change.clone()).await.is(200);
        assert_eq!(changed.json["tags"], json!(["VIP"]));
        assert_eq!((&changed.json["notes"], &changed.json["language"]), (&json!("Calls on Fridays"), &json!("sw")));
        let mut sizes: Vec<&str> =
            changed.json["sizes"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, ["38", "M"]);
        assert_eq!(world.patch(&with, &one, change).await.is(412).problem(), "stale");
        let fresh = owner.clone().with("if-match", changed.headers["etag"].to_str().unwrap());
        for bad in
            [json!({"language": "xx"}), json!({"tags": [""]}), json!({"notes": "x".repeat(4001)}), json!({"age": 3})]
        {
            world.patch(&fresh, &one, bad).await.is(422);
        }
        let log = world.get(&owner, "/v1/audit?what=customer.changed").await.is(200);
        assert!(!log.text.contains("Fridays") && !log.text.contains("VIP"), "nothing of the customer: {}", log.text);

        assert_eq!(names(&world.get(&owner, &format!("{list}?tag=vip")).await.is(200)), ["Wanjiku"]);
        let rule = json!({"name": "Swahili VIPs", "rule": {"tag": "vip", "language": "sw", "max_orders": 0}});
        let segment = world.post(&owner, "/v1/segments", rule.clone()).await.is(201);
        assert_eq!(segment.json["count"], 1, "{}", segment.text);
        assert_eq!(world.post(&owner, "/v1/segments", rule).await.is(409).problem(), "duplicate");
        let id = segment.json["id"].as_str().unwrap();
        assert_eq!(names(&world.get(&owner, &format!("{list}?segment={id}")).await.is(200)), ["Wanjiku"]);
        let all = json!({"name": "Everybody", "rule": {}});
        assert_eq!(world.patch(&owner, &format!("/v1/segments/{id}"), all).await.is(200).json["count"], 2);
        let nobody = json!({"name": "Nobody", "rule": {"min_orders": 2, "max_orders": 1}});
        let refused = world.post(&owner, "/v1/segments", nobody).await.is(422);
        assert_eq!(refused.json["errors"][0]["pointer"], "/rule/max_orders");
        world.delete(&owner, &format!("/v1/segments/{id}")).await.is(204);
        world.get(&owner, &format!("{list}?segment={id}")).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn what_is_stored_is_given_and_then_forgotten() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let channel = floor::console(&world, scope).await;
        let conversation = floor::hear(&world, scope, &channel, "254712345678", "Wanjiku", "my secret wish").await;
        world.work_off().await;
        let listed = world.get(&owner, "/v1/customers").await.is(200);
        let one = format!("/v1/customers/{}", listed.json["items"][0]["id"].as_str().unwrap());
        let copy = world.get(&owner, &format!("{one}/export")).await.is(200);
        assert_eq!(copy.json["customer"]["name"], "Wanjiku");
        assert!(copy.text.contains("my secret wish"), "{}", copy.text);
        world.post(&owner, &format!("{one}/erase"), json!({})).await.is(204);
        let after = world.get(&owner, &one).await.is(200);
        assert_eq!((&after.json["name"], &after.json["phone"]), (&Value::Null, &json!("")));
        let said = world.get(&owner, &format!("/v1/conversations/{conversation}/messages")).await.is(200);
        assert!(!said.text.contains("secret"), "{}", said.text);
        // Who writes from there again is somebody new.
        let again = floor::hear(&world, scope, &channel, "254712345678", "Wanjiku", "hi").await;
        assert_ne!(again, conversation);
        let log = world.get(&owner, "/v1/audit").await.is(200);
        for what in ["customer.exported", "customer.erased"] {
            assert!(log.text.contains(what), "{}", log.text);
        }
        assert!(!log.text.contains("Wanjiku"));
    })
    .await;
}
