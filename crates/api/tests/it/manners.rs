//! What holds for every answer: problems, headers, sites that may call, rates, requests that are done once.

use axum::{
    body::Body,
    http::{Method, Request},
};
use duka_shop::team::Role;
use serde_json::{Value, json};

use crate::world::{Answer, Caller, on_each, settings, with};

#[track_caller]
fn is_problem(answer: &Answer, status: u16, name: &str) {
    assert_eq!((answer.status.as_u16(), answer.problem()), (status, name), "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    assert_eq!(answer.json["status"], status);
    assert!(answer.json["title"].is_string());
}

#[tokio::test]
async fn whatever_is_wrong_is_told_as_a_problem() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        is_problem(&world.get(&owner, "/v1/nothing").await, 404, "not_found");
        is_problem(&world.delete(&owner, "/v1/team").await, 405, "wrong_method");
        is_problem(&world.get(&owner, "/v1/audit?limit=0").await, 422, "invalid");
        is_problem(&world.get(&owner, "/v1/audit?limit=x").await, 422, "invalid");
        is_problem(&world.get(&owner, "/v1/audit?cursor=x").await, 422, "invalid");
        is_problem(&world.get(&owner, "/v1/audit?what=%00").await, 422, "invalid");
        is_problem(&world.get(&owner, "/v1/audit?from=yesterday").await, 422, "invalid");
        is_problem(&world.get(&owner, "/v1/audit?who=me").await, 422, "invalid");
        let wrong = world.get(&owner, "/v1/audit?limit=101").await;
        assert_eq!(wrong.json["errors"][0]["pointer"], "/limit");

        let send = async |kind: &str, body: &str| {
            let caller = owner.clone().with("content-type", kind);
            let mut request = Request::builder().method(Method::POST).uri("/v1/roles");
            for (name, value) in caller.headers() {
                request = request.header(name, value);
            }
            world.send(request.body(Body::from(body.to_owned())).unwrap()).await
        };
        is_problem(&send("application/json", "{").await, 400, "bad_json");
        is_problem(&send("application/json", "{\"name\": \"x\", \"rights\": []} {}").await, 400, "bad_json");
        is_problem(&send("application/json", "").await, 400, "bad_json");
        is_problem(&send("text/plain", "{}").await, 415, "wrong_type");
        is_problem(&send("application/json", "{\"name\": \"a\\u0000b\", \"rights\": []}").await, 422, "invalid");
        is_problem(&send("application/json", "[\"Packer\", []]").await, 422, "invalid");
        let deep = format!("{{\"name\": {}", "[".repeat(100_000));
        assert!(send("application/json", &deep).await.status.is_client_error());
        is_problem(&send("application/json", &format!("\"{}\"", "x".repeat(2_000_000))).await, 413, "too_large");
        for (body, pointer) in [
            ("{\"name\": 7, \"rights\": []}", "/name"),
            ("{\"name\": \"x\", \"rights\": [\"audit:view\", 7]}", "/rights/1"),
            ("{\"name\": \"x\", \"rights\": [], \"more\": 1}", "/more"),
        ] {
            let answer = send("application/json", body).await;
            is_problem(&answer, 422, "invalid");
            assert_eq!(answer.json["errors"][0]["pointer"], pointer, "{}", answer.text);
        }
    })
    .await;
}

#[tokio::test]
async fn a_failure_inside_says_nothing_of_its_cause() {
    let world = with(settings()).await;
    let scope = world.shop("malkia").await;
    let (_, owner) = world.member(scope, Role::Owner).await;
    world.app.store.close().await;
    let answer = world.get(&owner, "/v1/team").await;
    is_problem(&answer, 503, "unavailable");
    assert!(answer.json["instance"].as_str().unwrap().starts_with("urn:uuid:"));
    for inside in ["sqlx", "pool", "closed", "database", "duka.db"] {
        assert!(!answer.text.to_lowercase().contains(inside), "{}", answer.text);
    }
}

#[tokio::test]
async fn answers_are_not_kept_framed_or_guessed_at() {
    let world = with(settings()).await;
    for path in ["/v1/me", "/v1/nothing", "/v1/openapi.json"] {
        let answer = world.get(&Caller::stranger(), path).await;
        let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(header("x-frame-options"), Some("DENY"), "{path}");
        assert!(header("strict-transport-security").is_some(), "{path}");
    }
}

#[tokio::test]
async fn pages_of_listed_sites_may_call_and_of_no_others() {
    let world = with(settings()).await;
    let preflight = async |origin: &str| {
        let request = Request::builder()
            .method(Method::OPTIONS)
            .uri("/v1/me")
            .header("origin", origin)
            .header("access-control-request-method", "PATCH")
            .header("access-control-request-headers", "authorization,x-tenant-id");
        world.send(request.body(Body::empty()).unwrap()).await
    };
    let listed = preflight("https://shop.example").await;
    assert_eq!(listed.headers["access-control-allow-origin"], "https://shop.example");
    assert!(listed.headers["access-control-allow-headers"].to_str().unwrap().contains("x-tenant-id"));
    let other = preflight("https://evil.example").await;
    assert!(!other.headers.contains_key("access-control-allow-origin"));
    let call = world.get(&Caller::stranger().with("origin", "https://evil.example"), "/v1/openapi.json").await;
    assert!(!call.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn who_asks_too_much_is_told_to_wait() {
    let rate = std::num::NonZeroU32::new(5).unwrap();
    let world = with(duka_api::Settings { rate, ..settings() }).await;
    let scope = world.shop("malkia").await;
    let (_, owner) = world.member(scope, Role::Owner).await;
    let (_, other) = world.member(scope, Role::Owner).await;
    for _ in 0..5 {
        world.get(&owner, "/v1/me").await.is(200);
    }
    let answer = world.get(&owner, "/v1/me").await;
    is_problem(&answer, 429, "slow_down");
    let seconds: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds));
    world.get(&other, "/v1/me").await.is(200);
}

#[tokio::test]
async fn what_is_sent_again_with_its_key_is_answered_as_before_and_not_done_again() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let (_, other) = world.member(scope, Role::Owner).await;
        let once = owner.clone().with("idempotency-key", "one");
        let role = json!({"name": "Packer", "rights": []});
        let first = world.post(&once, "/v1/roles", role.clone()).await.is(201);
        let again = world.post(&once, "/v1/roles", role.clone()).await.is(201);
        assert_eq!((&first.json, &again.json), (&again.json, &first.json));
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(again.headers["content-type"], "application/json");
        assert_eq!(own_roles(&world.get(&owner, "/v1/roles").await.json), 1);
        let changed = json!({"name": "Rider", "rights": []});
        is_problem(&world.post(&once, "/v1/roles", changed.clone()).await, 422, "other_request");
        // Somebody else's key is another key, and so it is done, and refused.
        let theirs = other.clone().with("idempotency-key", "one");
        is_problem(&world.post(&theirs, "/v1/roles", role.clone()).await, 409, "duplicate");
        // Refused, nothing was done: put right, it may come with the same key.
        world.post(&theirs, "/v1/roles", changed).await.is(201);
        // Two at once are done once.
        let once = owner.clone().with("idempotency-key", "two");
        let body = json!({"name": "Clerk", "rights": []});
        let (one, two) =
            futures::join!(world.post(&once, "/v1/roles", body.clone()), world.post(&once, "/v1/roles", body.clone()));
        let made = [&one, &two].iter().filter(|answer| answer.status == 201).count();
        let refused = [&one, &two].iter().filter(|answer| answer.problem() == "in_progress").count();
        assert!(made >= 1 && made + refused == 2, "{one:?} {two:?}");
        assert_eq!(own_roles(&world.get(&owner, "/v1/roles").await.json), 3);
        // A stranger's key tells nothing.
        let stranger = Caller::stranger().at("malkia").with("idempotency-key", "one");
        world.post(&stranger, "/v1/roles", role).await.is(401);
        let long = owner.with("idempotency-key", "x".repeat(201));
        is_problem(&world.post(&long, "/v1/roles", body).await, 422, "invalid");
    })
    .await;
}

fn own_roles(listed: &Value) -> usize {
    listed["items"].as_array().unwrap().iter().filter(|role| role["built_in"] == false).count()
}
