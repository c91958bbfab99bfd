//! Every operation of the description: a stranger may not, who has not the right may not, and nobody reaches another shop.
//! A route that is added is walked without being named here.

use axum::http::Method;
use duka_kernel::TenantScope;
use duka_shop::team::{Right, Rights};
use duka_store::api_keys::NewKey;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::{
    fixture::{self, nobodys},
    world::{Caller, World, on_each},
};

/// An operation as the description has it.
pub struct Operation {
    pub name: String,
    pub method: Method,
    pub path: String,
    /// Who may call: `anyone`, `person`, `member`, `staff` or `operator`.
    pub caller: String,
    pub right: Option<Right>,
    pub body: Option<Value>,
}

impl Operation {
    pub fn reads(&self) -> bool {
        self.method == Method::GET
    }
}

pub fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&duka_api::description_json()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let body = (!schema.is_null()).then(|| example(&document, schema));
            let right: Option<Right> = operation["x-right"].as_str().map(|right| right.parse().unwrap());
            let staff = right.map(|_| "staff");
            found.push(Operation {
                body: fixture::body(&name).or(body),
                name,
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                caller: operation["x-caller"].as_str().or(staff).unwrap_or_default().to_owned(),
                right,
            });
        }
    }
    assert!(found.len() > 20, "the description is nearly empty");
    found
}

/// The least that a schema takes.
fn example(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return example(document, document.pointer(reference.trim_start_matches('#')).unwrap());
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema[choice].as_array().and_then(|choices| choices.last()) {
            return example(document, first);
        }
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default();
    match kind {
        "object" => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let field = |name: &str| (name.to_owned(), example(document, &schema["properties"][name]));
            Value::Object(required.map(field).collect())
        }
        "array" => match schema["minItems"].as_u64().unwrap_or_default() {
            0 => json!([]),
            _ => json!([example(document, &schema["items"])]),
        },
        "integer" | "number" => schema["minimum"].as_i64().unwrap_or(1).into(),
        "boolean" => false.into(),
        _ => match schema["format"].as_str() {
            Some("uuid") => json!(uuid::Uuid::nil()),
            Some("date-time") => "2026-03-05T09:00:00Z".into(),
            Some("date") => "2026-03-05".into(),
            _ => "x".repeat(schema["minLength"].as_u64().unwrap_or(1) as usize).into(),
        },
    }
}

async fn call(world: &World, caller: &Caller, operation: &Operation, path: &str) -> crate::world::Answer {
    let caller = caller.clone().with("if-match", "\"1\"");
    world.call(&caller, operation.method.clone(), path, operation.body.clone()).await
}

#[test]
fn every_operation_says_who_may_call_it() {
    for operation in operations() {
        let known = ["anyone", "person", "member", "staff", "operator"].contains(&operation.caller.as_str());
        assert!(known, "{} names nobody who may call it", operation.name);
    }
}

#[test]
fn every_right_that_is_in_use_so_far_guards_something() {
    let used: Rights = operations().into_iter().filter_map(|operation| operation.right).collect();
    for right in [Right::UsersManage, Right::IntegrationsManage, Right::AuditView] {
        assert!(used.has(right), "{right}");
    }
}

#[tokio::test]
async fn a_stranger_gets_nowhere() {
    on_each(|world| async move {
        let shop = fixture::fill(&world, "malkia").await;
        let tenant = shop.scope.tenant().to_string();
        let strangers = [
            Caller::stranger(),
            Caller::stranger().at(&tenant),
            Caller::bearer("duka_at_guessed").at(&tenant),
            Caller::key("duka_guessed").at(&tenant),
            Caller::stranger().at(&tenant).with("cookie", "duka_access=duka_at_guessed"),
        ];
        for operation in operations().iter().filter(|operation| operation.caller != "anyone") {
            for stranger in &strangers {
                let answer = call(&world, stranger, operation, &shop.path(&operation.path)).await;
                assert_eq!(answer.status, 401, "{} {stranger:?}: {}", operation.name, answer.text);
                assert_eq!(answer.headers["content-type"], "application/problem+json", "{}", operation.name);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn who_has_every_right_but_the_one_it_needs_is_refused() {
    on_each(|world| async move {
        let shop = fixture::fill(&world, "malkia").await;
        let mut others: Vec<(Right, Vec<Caller>)> = Vec::new();
        for operation in operations() {
            let path = shop.path(&operation.path);
            let Some(right) = operation.right else {
                if operation.caller == "operator" {
                    let answer = call(&world, &shop.owner, &operation, &path).await;
                    assert_eq!(answer.status, 403, "{}: {}", operation.name, answer.text);
                }
                continue;
            };
            if !others.iter().any(|(known, _)| *known == right) {
                let rest: Vec<Right> = Rights::all().without(right).iter().collect();
                let person = world.allowed(shop.scope, &rest).await;
                others.push((right, vec![person, key(&world, shop.scope, &rest).await]));
            }
            let callers = &others.iter().find(|(known, _)| *known == right).unwrap().1;
            for caller in callers {
                let answer = call(&world, caller, &operation, &path).await;
                assert_eq!((answer.status.as_u16(), answer.problem()), (403, "no_right"), "{}", operation.name);
                assert!(answer.text.contains(right.name()), "{}", answer.text);
            }
        }
    })
    .await;
}

async fn key(world: &World, scope: TenantScope, rights: &[Right]) -> Caller {
    let new = NewKey { label: "test".into(), rights: Some(rights.iter().copied().collect()), expires_at: None };
    let made = world.app.store.write_with(scope, new, |tx, new| Box::pin(tx.make_api_key(new, crate::world::NOW)));
    Caller::key(made.await.unwrap().1.expose_secret())
}

#[tokio::test]
async fn another_shop_is_not_there_whatever_one_may_do_in_ones_own() {
    on_each(|world| async move {
        let (own, other) = (fixture::fill(&world, "malkia").await, fixture::fill(&world, "zuri").await);
        let foreign = own.owner.at(&other.scope.tenant().to_string());
        let by_slug = own.owner.at("zuri");
        let nowhere = own.owner.at("no-such-shop");
        let all: Vec<Right> = Right::ALL.to_vec();
        let by_key = key(&world, own.scope, &all).await.at("zuri");
        for operation in operations() {
            if !["staff", "member"].contains(&operation.caller.as_str()) {
                continue;
            }
            // First the shop, then the right: what the other shop's path holds is never looked at.
            for caller in [&foreign, &by_slug, &nowhere, &by_key] {
                let answer = call(&world, caller, &operation, &other.path(&operation.path)).await;
                assert_eq!(answer.status, 404, "{} {caller:?}: {}", operation.name, answer.text);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn another_shops_things_are_not_there_and_nothing_of_them_is_told() {
    on_each(|world| async move {
        let (own, other) = (fixture::fill(&world, "malkia").await, fixture::fill(&world, "zuri").await);
        for operation in operations() {
            if operation.caller == "operator" || operation.caller == "anyone" {
                continue;
            }
            let path = other.path(&operation.path);
            let answer = call(&world, &own.owner, &operation, &path).await;
            if path != operation.path {
                assert_eq!(answer.status, 404, "{}: {}", operation.name, answer.text);
            }
            for name in other.all_names().chain(["of-zuri", "Shop zuri"]) {
                assert!(
                    !answer.text.contains(name),
                    "{} tells {name} of another shop: {}",
                    operation.name,
                    answer.text
                );
            }
            assert!(!answer.status.is_server_error(), "{}: {}", operation.name, answer.text);
        }
        // Whatever was tried, the other shop has everything still.
        for operation in operations().iter().filter(|operation| operation.reads() && operation.caller == "staff") {
            let answer = call(&world, &other.owner, operation, &other.path(&operation.path)).await;
            assert_eq!(answer.status, 200, "{}: {}", operation.name, answer.text);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_nobodys_is_not_there_and_what_is_no_identity_is_no_failure() {
    on_each(|world| async move {
        let shop = fixture::fill(&world, "malkia").await;
        for operation in operations() {
            if operation.caller == "operator" || !operation.path.contains('{') {
                continue;
            }
            let odd = operation.path.replace('{', "%00{").replace('}', "}%F0%9F%92%A5");
            for path in [nobodys(&operation.path), nobodys(&odd)] {
                let answer = call(&world, &shop.owner, &operation, &path).await;
                assert_eq!(answer.status, 404, "{} {path}: {}", operation.name, answer.text);
            }
        }
    })
    .await;
}
