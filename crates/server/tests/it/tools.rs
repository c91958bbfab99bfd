//! Tools that take a file or a model, called one at a time from the terminal.

use duka_doubles::models::{Double, Fault, phrasing::phrase};
use duka_models::Provider;
use serde_json::{Value, json};

use crate::support::{
    Installation, Ran,
    console::Console,
    on_each_database,
    shop::{PaidThrough, TestShop, picture},
};

async fn call(installation: &Installation, name: &str, arguments: Value) -> Ran {
    let arguments = arguments.to_string();
    installation.run(&["tool", "call", "--tenant", "kito", "--from", "254712345678", name, &arguments]).await
}

async fn called(installation: &Installation, name: &str, arguments: Value) -> Value {
    serde_json::from_str(&call(installation, name, arguments).await.fine()).unwrap()
}

#[track_caller]
fn refused(ran: &Ran, why: &str) {
    assert!(ran.code == 1 && ran.out.is_empty() && ran.err.contains(why), "{why}: {ran:#?}");
}

/// A shop to which a customer has sent a picture and a voice note.
async fn with_files(installation: &Installation) {
    TestShop { paid_through: PaidThrough::Sandbox, ..TestShop::kito() }.apply(installation).await;
    installation.put("dress.jpg", picture("zc-003.jpg"));
    installation.put("note.ogg", [b"OggS\0\x02".as_slice(), &[0; 200]].concat());
    let mut console = Console::open(installation, "kito");
    console.line(json!({"image": "dress.jpg", "text": "do you have this?"})).await;
    console.line(json!({"voice": "note.ogg"})).await;
    console.close().await;
}

#[tokio::test]
async fn a_picture_of_the_customer_is_looked_at_kept_and_embedded() {
    on_each_database(async |installation| {
        let double = Double::answering(phrase).await.unwrap();
        let plain = installation.clone().with("DUKA_LLM_CHAIN", "none");
        with_files(&plain).await;
        let seen = called(&plain, "analyze_image", json!({})).await;
        assert_eq!(seen["is_for"], "product", "{seen}");
        assert!(seen["kind"]["name"].is_string() && seen["colour"]["name"].is_string(), "{seen}");
        let file = called(&plain, "download_media", json!({"message": seen["message"]})).await;
        assert_eq!(file["type"], "image/jpeg", "{file}");
        assert!(file["bytes"].as_u64().is_some_and(|bytes| bytes > 1_000), "{file}");
        let note = called(&plain, "download_media", json!({})).await;
        assert_eq!((&note["type"], note["message"] == seen["message"]), (&json!("audio/ogg"), false), "{note}");

        let words = called(&plain, "generate_embedding", json!({"text": "red dress"})).await;
        assert_eq!(words["model"], "local/1", "{words}");
        assert_eq!(words["values"].as_array().map(Vec::len), words["dimensions"].as_u64().map(|n| n as usize));
        refused(&call(&plain, "generate_embedding", json!({})).await, "no model embeds this");

        let models = plain
            .with("DUKA_LLM_CHAIN", "gemini/gemini-3.5-flash-lite")
            .with("GEMINI_API_KEY", "key-gemini")
            .with("DUKA_GEMINI_API_BASE", &double.base(Provider::Gemini));
        let picture = called(&models, "generate_embedding", json!({})).await;
        let words = called(&models, "generate_embedding", json!({"text": "red dress"})).await;
        assert_eq!(picture["model"], "gemini/gemini-embedding-2@768", "{}", picture["model"]);
        assert_eq!((&picture["model"], &picture["dimensions"]), (&words["model"], &words["dimensions"]));
        double.break_down("", &Fault::Status(503));
        refused(&call(&models, "generate_embedding", json!({"text": "red dress"})).await, "does not answer");
        let rows = installation.tables().await.count("model_calls WHERE purpose = 'embed'").await;
        assert!(rows >= 3, "each call is a row: {rows}");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_file_of_this_customer_is_refused_by_kind() {
    let installation = Installation::new().await.with("DUKA_LLM_CHAIN", "none");
    with_files(&installation).await;
    let mut console = Console::open(&installation, "kito");
    console.say("thanks").await;
    console.line(json!({"image": "dress.jpg", "from": "254711000222"})).await;
    console.close().await;
    let tables = installation.tables().await;
    let ids = async |query: &str| tables.texts(&format!("SELECT lower(hex(id)) FROM messages WHERE {query}")).await;
    let note = ids("kind = 'voice'").await.pop().unwrap();
    let words = ids("kind = 'text' AND direction = 'in'").await.pop().unwrap();
    let others = ids("kind = 'image' AND direction = 'in' ORDER BY id").await.pop().unwrap();
    let ask = async |name: &str, arguments: Value| call(&installation, name, arguments).await;
    refused(&ask("analyze_image", json!({"message": note})).await, "carries no picture");
    refused(&ask("download_media", json!({"message": words})).await, "carries no picture and no voice note");
    refused(&ask("download_media", json!({"message": others})).await, "no message with a file");
    refused(&ask("download_media", json!({"message": "7"})).await, "named by its identity");
    refused(&ask("download_media", json!({"path": "/etc/passwd"})).await, "unknown field");
    refused(&ask("generate_embedding", json!({"text": "a", "message": note})).await, "either a text or a message");
    refused(&ask("generate_embedding", json!({"text": " "})).await, "1 to 2000 characters");
}
