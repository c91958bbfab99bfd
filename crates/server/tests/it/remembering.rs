//! What is remembered of a customer with a model there: summed up by it where it keeps to the length, found by meaning, told
//! to it; and without it all the same.

use duka_doubles::models::{Double, Fault, Received, Task, phrasing::phrase};
use duka_models::Provider;
use serde_json::{Value, json};

use crate::support::{
    Installation,
    console::{Console, words},
    on_each_database,
    shop::TestShop,
};

/// Words that no rule reads.
const UNREAD: &str = "zzqx vrumblat pomposh";

fn with_gemini(installation: Installation, double: &Double) -> Installation {
    installation
        .with("DUKA_CLOCK", "2026-03-04T10:00:00+03:00")
        .with("DUKA_LLM_CHAIN", "gemini/gemini-3.5-flash-lite")
        .with("GEMINI_API_KEY", "key-gemini")
        .with("DUKA_GEMINI_API_BASE", &double.base(Provider::Gemini))
}

fn is_summing_up(received: &Received) -> bool {
    received.system.starts_with("Sum up a shop's conversation")
}

async fn tool(installation: &Installation, name: &str, arguments: &str) -> Value {
    let from = ["tool", "call", "--tenant", "kito", "--from", "254712345678", name, arguments];
    serde_json::from_str(&installation.run(&from).await.fine()).unwrap()
}

/// What a conversation of eight turns is summed up as, by a model that answers so or not at all.
async fn summed_up(answer: Option<String>) -> String {
    let double = Double::answering(phrase).await.unwrap();
    match answer {
        Some(answer) => {
            double.answer(move |received| if is_summing_up(received) { answer.clone() } else { phrase(received) })
        }
        None => double.break_down("", &Fault::Status(503)),
    }
    let installation = with_gemini(Installation::new().await, &double);
    TestShop::kito().apply(&installation).await;
    let mut console = Console::open(&installation, "kito");
    for _ in 0..4 {
        console.say("do you have dresses?").await;
        console.say("the red one").await;
    }
    console.line(json!({"wait": "1m"})).await;
    console.close().await;
    let summary = tool(&installation, "get_conversation_summary", "{}").await;
    summary["summary"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_model_sums_up_and_what_it_cannot_is_summed_up_from_what_is_known() {
    let told = "She looks at the Red Wrap Dress and has not said her size.";
    assert_eq!(summed_up(Some(told.to_owned())).await, told);
    for answer in [Some("It goes on and on. ".repeat(200)), Some(String::new()), None] {
        let own = summed_up(answer).await;
        assert!(own.contains("Red Wrap Dress") && own.contains("Stage"), "{own}");
        assert!(own.chars().count() <= 1_200, "{own}");
    }
}

#[tokio::test]
async fn a_memory_is_embedded_found_by_meaning_and_told_to_the_model() {
    on_each_database(async |installation| {
        let double = Double::answering(phrase).await.unwrap();
        let installation = with_gemini(installation, &double);
        TestShop::kito().apply(&installation).await;
        let mut console = Console::open(&installation, "kito");
        console.say("hi").await;
        console.close().await;
        tool(&installation, "save_memory", r#"{"sentence":"Vrumble pomposity."}"#).await;
        let mut console = Console::open(&installation, "kito");
        // The first open question notices that it is not embedded, the next one finds it.
        console.say(UNREAD).await;
        console.line(json!({"wait": "2h"})).await;
        double.forget();
        let answered = console.say(UNREAD).await;
        assert!(!words(&answered).is_empty());
        let received = double.received();
        let asked = received.iter().filter(|received| received.task == Task::Embed).count();
        assert_eq!(asked, 1, "the question is embedded");
        let told = received.iter().any(|received| received.system.contains("Vrumble pomposity"));
        assert!(told, "{answered}");
        assert_eq!(answered["turn"]["model"]["told"]["memories"], 1, "{answered}");

        // A provider that hangs takes a little of the time, and words find it as before.
        double.break_down("gemini/gemini-embedding-2", &Fault::Hang(std::time::Duration::from_secs(60)));
        double.forget();
        let began = std::time::Instant::now();
        let answered = console.say("do the twins vrumble?").await;
        assert!(began.elapsed() < std::time::Duration::from_secs(8), "{:?}", began.elapsed());
        assert!(!words(&answered).is_empty(), "{answered}");
        console.close().await;
    })
    .await;
}
