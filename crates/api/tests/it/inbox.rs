//! Conversations as people of the shop work in them.

use base64::{Engine, engine::general_purpose::STANDARD};
use duka_shop::team::Role;
use serde_json::{Value, json};

use crate::{floor, world::on_each};

fn items(answer: &crate::world::Answer) -> &Vec<Value> {
    answer.json["items"].as_array().unwrap()
}

#[tokio::test]
async fn a_conversation_is_taken_answered_and_given_back() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let (_, other) = world.member(scope, Role::SupportLead).await;
        let channel = floor::console(&world, scope).await;
        let id = floor::hear(&world, scope, &channel, "254712345678", "Wanjiku", "hi").await;
        world.work_off().await;
        let (list, one) = ("/v1/conversations", format!("/v1/conversations/{id}"));
        let listed = world.get(&owner, &format!("{list}?q=wanj")).await.is(200);
        let row = &items(&listed)[0];
        assert_eq!((row["customer"]["name"].as_str(), row["unread"].as_i64()), (Some("Wanjiku"), Some(1)));
        assert_eq!(
            (&row["handed_off"], &row["test"], &row["last"]["direction"]),
            (&json!(false), &json!(false), &json!("out"))
        );
        assert!(items(&world.get(&owner, &format!("{list}?q=njik")).await.is(200)).is_empty(), "beginnings only");
        world.post(&owner, &format!("{one}/read"), json!({})).await.is(204);
        assert!(items(&world.get(&owner, &format!("{list}?filter=unread")).await.is(200)).is_empty());

        world.post(&owner, &format!("{one}/take"), json!({})).await.is(204);
        let taken = world.get(&owner, &one).await.is(200);
        assert_eq!((&taken.json["handed_off"], &taken.json["waiting_since"]), (&json!(true), &Value::Null));
        assert_eq!(items(&world.get(&owner, &format!("{list}?filter=mine")).await).len(), 1);
        assert!(items(&world.get(&other, &format!("{list}?filter=mine")).await).is_empty());
        // From now on a person answers: what the customer writes waits for them.
        floor::hear(&world, scope, &channel, "254712345678", "Wanjiku", "is anybody there?").await;
        world.work_off().await;
        let waiting = world.get(&owner, &format!("{list}?filter=waiting")).await.is(200);
        assert_eq!(items(&waiting).len(), 1, "{}", waiting.text);

        let once = owner.clone().with("idempotency-key", "reply-1");
        let path = format!("{one}/messages");
        let sent = world.post(&once, &path, json!({"text": " Yes, how can I help? "})).await.is(201);
        world.post(&once, &path, json!({"text": " Yes, how can I help? "})).await.is(201);
        world.work_off().await;
        let said = world.get(&owner, &path).await.is(200);
        let staff: Vec<&Value> = items(&said).iter().filter(|message| message["author"] == "staff").collect();
        assert_eq!(staff.len(), 1, "sent once: {}", said.text);
        assert_eq!((&staff[0]["id"], &staff[0]["text"]), (&sent.json["id"], &json!("Yes, how can I help?")));
        assert_eq!((&staff[0]["status"], &staff[0]["direction"]), (&json!("sent"), &json!("out")));
        assert!(items(&world.get(&owner, &format!("{list}?filter=waiting")).await).is_empty(), "answered");

        world.post(&owner, &format!("{one}/release"), json!({})).await.is(204);
        assert_eq!(world.get(&owner, &one).await.json["handed_off"], json!(false));
        floor::hear(&world, scope, &channel, "254712345678", "Wanjiku", "hi").await;
        world.work_off().await;
        let after = world.get(&owner, &format!("{path}?limit=1")).await.is(200);
        assert_eq!(items(&after)[0]["author"], "assistant");
        let next = after.json["next"].as_str().unwrap();
        let older = world.get(&owner, &format!("{path}?limit=100&cursor={next}")).await.is(200);
        assert!(items(&older).iter().all(|message| message["id"] != items(&after)[0]["id"]));
        let log = world.get(&owner, "/v1/audit?what=conversation.answered").await.is(200);
        assert_eq!(items(&log).len(), 1);
        assert!(!log.text.contains("help"), "what was said is not in the log");
    })
    .await;
}

#[tokio::test]
async fn what_stands_behind_an_answer_is_told() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        floor::stock(&world, scope, 3).await;
        let channel = floor::console(&world, scope).await;
        let id = floor::hear(&world, scope, &channel, "254712345678", "Wanjiku", "show me a red dress").await;
        world.work_off().await;
        let said = world.get(&owner, &format!("/v1/conversations/{id}/messages")).await.is(200);
        let turn = items(&said)[0]["turn_id"].as_str().unwrap();
        let why = world.get(&owner, &format!("/v1/turns/{turn}")).await.is(200);
        assert_eq!(why.json["intent"], "product_search", "{}", why.text);
        let slots = why.json["slots"].as_array().unwrap();
        assert!(
            slots.contains(&json!({"name": "color", "value": "red"}))
                || slots.iter().any(|slot| slot["value"] == "red")
        );
        assert!(!why.json["facts"].as_array().unwrap().is_empty());
        assert_eq!((&why.json["model_calls"], &why.json["cost_micros"]), (&json!([]), &json!(0)));
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_sent_as_a_picture_and_nothing_else_is() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let channel = floor::console(&world, scope).await;
        let id = floor::hear(&world, scope, &channel, "254712345678", "Wanjiku", "hi").await;
        world.work_off().await;
        let path = format!("/v1/conversations/{id}/messages");
        let png = STANDARD
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        let data = |kind: &str, bytes: &[u8]| format!("data:{kind};base64,{}", STANDARD.encode(bytes));
        let sent = world.post(&owner, &path, json!({"media": data("image/png", &png.unwrap())})).await.is(201);
        assert_eq!((&sent.json["kind"], &sent.json["text"]), (&json!("image"), &Value::Null));
        assert!(sent.json["media"].as_str().unwrap().starts_with("/v1/media/"));
        let script = b"<script>alert(1)</script>";
        for bad in [
            json!({}),
            json!({"text": "  "}),
            json!({"text": "x".repeat(4001)}),
            json!({"media": "x"}),
            json!({"media": data("image/png", script)}),
            json!({"media": "data:image/png;base64,%%%"}),
        ] {
            let refused = world.post(&owner, &path, bad.clone()).await.is(422);
            assert_eq!(refused.problem(), "invalid", "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn whatsapp_is_not_asked_for_what_it_refuses() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let channel = floor::channel(&world, scope, "twilio", Some("AC1")).await;
        let id = floor::hear(&world, scope, &channel, "254712345678", "Wanjiku", "hi").await;
        let one = format!("/v1/conversations/{id}");
        assert_eq!(world.get(&owner, &one).await.json["writable"], json!(true));
        world.clock.advance_millis(24 * 60 * 60 * 1000);
        let (_, owner) = world.member(scope, Role::Owner).await;
        assert_eq!(world.get(&owner, &one).await.json["writable"], json!(false));
        let refused = world.post(&owner, &format!("{one}/messages"), json!({"text": "Hello again"})).await.is(409);
        assert!(refused.text.contains("24 hours"), "{}", refused.text);
    })
    .await;
}

#[tokio::test]
async fn words_are_saved_under_a_short_name() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let (list, thanks) = ("/v1/saved-replies", json!({"shortcut": "/Asante", "text": "Asante sana!"}));
        let made = world.post(&owner, list, thanks.clone()).await.is(201);
        assert_eq!(made.json["shortcut"], "asante");
        assert_eq!(world.post(&owner, list, thanks).await.is(409).problem(), "duplicate");
        world.post(&owner, list, json!({"shortcut": "two words", "text": "x"})).await.is(422);
        let one = format!("{list}/{}", made.json["id"].as_str().unwrap());
        world.patch(&owner, &one, json!({"shortcut": "karibu", "text": "Karibu tena"})).await.is(200);
        assert_eq!(items(&world.get(&owner, list).await)[0]["text"], "Karibu tena");
        world.delete(&owner, &one).await.is(204);
        world.delete(&owner, &one).await.is(404);
    })
    .await;
}
