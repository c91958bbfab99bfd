//! What the assistant answers from, and the way to the first customer.

use duka_shop::team::Role;
use duka_store::lessons::{LessonBody, LessonKind};
use serde_json::{Value, json};

use crate::{
    floor,
    world::{NOW, World, on_each},
};

const PHRASES: &str = "/v1/knowledge/phrases";

fn of<'a>(answer: &'a crate::world::Answer, field: &str) -> Vec<&'a str> {
    answer.json["items"].as_array().unwrap().iter().map(|row| row[field].as_str().unwrap()).collect()
}

async fn asks(world: &World, scope: duka_kernel::TenantScope, text: &str) -> String {
    let channel = floor::console(world, scope).await;
    let conversation = floor::hear(world, scope, &channel, "254712345678", "Wanjiku", text).await;
    world.work_off().await;
    let tx = world.app.store.read(scope).await.unwrap();
    tx.history(conversation, 1).await.unwrap().remove(0).text
}

#[tokio::test]
async fn the_shops_own_answers_are_given_from_the_next_message_on() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let wrap = json!({"q": "Do you wrap gifts?", "a": "Yes, for 100 bob, with a ribbon."});
        let first = world.post(&owner, PHRASES, wrap.clone()).await.is(201);
        assert!(asks(&world, scope, "do you wrap gifts?").await.contains("ribbon"));
        assert_eq!(world.post(&owner, PHRASES, wrap).await.is(409).problem(), "duplicate");
        let second = world.post(&owner, PHRASES, json!({"q": "Do you alter dresses?", "a": "Yes."})).await.is(201);
        let (a, b) = (first.json["id"].clone(), second.json["id"].clone());
        let order = |order: Value| json!({"order": order});
        let put = async |body: Value| {
            world.call(&owner, axum::http::Method::PUT, &format!("{PHRASES}/order"), Some(body)).await
        };
        let turned = put(order(json!([b, a]))).await.is(200);
        assert_eq!(of(&turned, "q"), ["Do you alter dresses?", "Do you wrap gifts?"]);
        put(order(json!([a]))).await.is(422);
        put(order(json!([a, a]))).await.is(422);
        let one = format!("{PHRASES}/{}", a.as_str().unwrap());
        let changed =
            world.patch(&owner, &one, json!({"q": "Do you wrap gifts?", "a": "Only in December."})).await.is(200);
        assert_eq!(changed.json["id"], a);
        assert!(asks(&world, scope, "do you wrap gifts?").await.contains("December"));
        let taken = world.patch(&owner, &one, json!({"q": "do you alter dresses", "a": "x"})).await;
        assert_eq!(taken.is(409).problem(), "duplicate");
        world.delete(&owner, &one).await.is(204);
        world.delete(&owner, &one).await.is(404);
        world.post(&owner, PHRASES, json!({"q": "???", "a": "x"})).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_used_once_somebody_said_so() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let made = world.app.store.write(scope, |tx| {
            Box::pin(async move {
                for (says, response) in [("mna kite?", ""), ("do you have kites", "No kites")] {
                    let body =
                        LessonBody { says: says.into(), response: response.into(), times: 5, ..Default::default() };
                    tx.propose(LessonKind::Answer, says, &body, NOW).await?;
                }
                Ok(())
            })
        });
        made.await.unwrap();
        let list = world.get(&owner, "/v1/lessons").await.is(200);
        assert_eq!((of(&list, "q"), of(&list, "a")), (vec!["mna kite?", "do you have kites"], vec!["", "No kites"]));
        let at = |n: usize, what: &str| format!("/v1/lessons/{}/{what}", list.json["items"][n]["id"].as_str().unwrap());
        let unanswered = world.call(&owner, axum::http::Method::POST, &at(0, "approve"), None).await.is(422);
        assert_eq!(unanswered.json["errors"][0]["pointer"], "/answer");
        world.post(&owner, &at(0, "approve"), json!({"answer": "Kites come in June."})).await.is(204);
        assert!(asks(&world, scope, "mna kite?").await.contains("June"));
        world.call(&owner, axum::http::Method::POST, &at(1, "reject"), None).await.is(204);
        assert_eq!(world.get(&owner, "/v1/lessons").await.json["items"], json!([]));
        assert_eq!(of(&world.get(&owner, "/v1/lessons?state=approved").await.is(200), "q"), ["mna kite?"]);
        assert_eq!(world.post(&owner, &at(0, "reject"), json!({})).await.is(409).problem(), "conflict");
        world.call(&owner, axum::http::Method::POST, &at(0, "withdraw"), None).await.is(204);
        world.call(&owner, axum::http::Method::POST, &at(0, "withdraw"), None).await.is(404);
        assert!(!asks(&world, scope, "mna kite?").await.contains("June"), "it is used no more");
        world.get(&owner, "/v1/lessons?state=x").await.is(422);
    })
    .await;
}

#[tokio::test]
async fn the_way_to_the_first_customer_is_what_the_shop_shows_and_what_people_say() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let path = "/v1/onboarding";
        let begun = world.get(&owner, path).await.is(200);
        assert_eq!(begun.json["live"], json!(false));
        let done =
            |answer: &crate::world::Answer, step: &str| answer.json["done"].as_array().unwrap().contains(&json!(step));
        assert!(!done(&begun, "catalogue") && !done(&begun, "voice"), "{}", begun.text);
        floor::stock(&world, scope, 1).await;
        assert!(done(&world.get(&owner, path).await, "catalogue"));
        let step = |step: &str, done: bool| json!({"step": step, "done": done});
        assert!(done(&world.patch(&owner, path, step("voice", true)).await.is(200), "voice"));
        assert!(!done(&world.patch(&owner, path, step("voice", false)).await.is(200), "voice"));
        assert!(done(&world.patch(&owner, path, step("catalogue", false)).await.is(200), "catalogue"), "it is there");
        let live = world.patch(&owner, path, step("live", true)).await.is(200);
        assert_eq!(live.json["live"], json!(true));
        world.patch(&owner, path, step("party", true)).await.is(422);
        let me = world.get(&owner, "/v1/me").await.is(200);
        assert_eq!(me.json["onboarding"], live.json["done"]);
        assert_eq!(me.json["shops"][0]["slug"], "malkia");
        let (_, analyst) = world.member(scope, Role::Analyst).await;
        world.get(&analyst, path).await.is(200);
        world.patch(&analyst, path, step("live", false)).await.is(403);
    })
    .await;
}
