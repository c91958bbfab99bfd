//! The description is that of the code, whole, and kept beside it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::world::{Caller, on_each};

fn document() -> Value {
    serde_json::from_str(&duka_api::description_json()).unwrap()
}

#[test]
fn the_file_beside_the_code_is_the_description_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == duka_api::description_json(), "docs/openapi.json is stale: duka openapi > docs/openapi.json");
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| references(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn whatever_it_refers_to_is_in_it() {
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 10, "{found:?}");
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} is missing");
    }
}

#[test]
fn every_operation_is_explained_and_belongs_somewhere() {
    for (path, item) in document()["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            let summary = operation["summary"].as_str().unwrap_or_default();
            assert!(summary.len() > 5, "{path} has no comment");
            assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{path} has no tag");
            let successes = operation["responses"].as_object().unwrap().keys().filter(|status| status.starts_with('2'));
            assert_eq!(successes.count(), 1, "{path}");
        }
    }
}

#[tokio::test]
async fn it_is_served_with_a_page_that_loads_nothing_from_elsewhere() {
    on_each(|world| async move {
        let anyone = Caller::stranger();
        let served = world.get(&anyone, "/v1/openapi.json").await.is(200);
        assert_eq!(served.json, document());
        let page = world.get(&anyone, "/docs").await.is(200);
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'self'") && !page.text.contains("http"), "{policy} {}", page.text);
        for file in page.text.split('"').filter(|part| part.starts_with("/docs/")) {
            let file = world.get(&anyone, file).await.is(200);
            assert!(file.text.len() > 100);
        }
        world.get(&anyone, "/docs/errors/stale").await.is(200);
        world.get(&anyone, "/docs/errors/nothing").await.is(404);
        world.get(&anyone, "/docs/files/nothing").await.is(404);
    })
    .await;
}
