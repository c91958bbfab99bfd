//! What a shop switches off is not done for it, and is done for the shop beside it.

use duka_doubles::models::{Double, phrasing::phrase};
use duka_models::Provider;
use serde_json::{Value, json};

use crate::support::{
    Installation,
    console::{Console, words},
    shop::{PaidThrough, TestShop},
};

const CLOCK: &str = "2026-03-04T10:00:00+03:00";

async fn shop(more: &str) -> Installation {
    let installation = Installation::new().await.with("DUKA_CLOCK", CLOCK);
    let shop = TestShop { paid_through: PaidThrough::Sandbox, more: more.into(), ..TestShop::kito() };
    shop.apply(&installation).await;
    installation
}

async fn orders_a_handbag(installation: &Installation) -> Value {
    let mut console = Console::open(installation, "kito");
    for line in ["I want the brown tote handbag", "checkout, I will pick it up at the shop"] {
        console.say(line).await;
    }
    let ordered = console.say("yes").await;
    console.close().await;
    ordered
}

#[tokio::test]
async fn without_prompts_customers_are_told_how_else_to_pay() {
    let ordered = orders_a_handbag(&shop("").await).await;
    assert_eq!(ordered["state"]["payment_requests"].as_array().map(Vec::len), Some(1), "{ordered}");
    assert!(!words(&ordered).contains("Till 555111"), "{ordered}");
    let ordered = orders_a_handbag(&shop("    modules: {payments: off}\n").await).await;
    assert_eq!(ordered["state"]["payment_requests"], json!([]), "{ordered}");
    assert_eq!(ordered["state"]["orders"][0]["status"], "pending_payment", "{ordered}");
    assert!(words(&ordered).contains("Till 555111") && words(&ordered).contains("2,600"), "{ordered}");
}

#[tokio::test]
async fn without_leads_nobody_is_listed() {
    for (more, listed) in [("", 1), ("    modules: {leads: off}\n", 0)] {
        let installation = shop(more).await;
        let mut console = Console::open(&installation, "kito");
        console.say("my name is Amina").await;
        console.say("do you have dresses?").await;
        console.close().await;
        let leads = installation.run(&["leads", "--tenant", "kito"]).await.fine();
        assert_eq!(leads.lines().count(), listed, "{more}: {leads}");
    }
}

/// What a customer is told who is asked how their order was and loved it.
async fn loved_it(more: &str) -> String {
    let installation = shop(more).await;
    let mut console = Console::open(&installation, "kito");
    let bought = json!({"number": "DK-O1", "phone": "254712345678", "status": "shipped", "total": 280_000,
        "items": [{"sku": "KT-001", "size": "M"}], "paid_days_ago": 1});
    console.line(json!({"setup": {"orders": [bought]}})).await;
    console.say("hi").await;
    console.close().await;
    installation.run(&["order", "move", "--tenant", "kito", "DK-O1", "delivered"]).await.fine();
    let mut console = Console::open(&installation, "kito");
    let asked = console.line(json!({"wait": "23h"})).await;
    if words(&asked).is_empty() {
        let asked = console.line(json!({"wait": "2h"})).await;
        if words(&asked).is_empty() {
            return String::new();
        }
    }
    let answered = console.say("5").await;
    console.close().await;
    words(&answered)
}

#[tokio::test]
async fn without_recommendations_nothing_is_suggested_and_without_feedback_nothing_is_asked() {
    let suggested = loved_it("").await;
    assert!(suggested.contains("KES"), "something that goes with it: {suggested}");
    let plain = loved_it("    modules: {recommendations: off}\n").await;
    assert!(!plain.is_empty() && !plain.contains("KES"), "{plain}");
    assert_eq!(loved_it("    feedback: {after_hours: off}\n").await, "");
}

#[tokio::test]
async fn what_is_left_out_is_said_kindly() {
    let asks = "can I get a wholesale price for 50 pieces?";
    for (more, served) in [("", true), ("    intents: {disabled: [wholesale_inquiry]}\n", false)] {
        let installation = shop(more).await;
        let mut console = Console::open(&installation, "kito");
        let answered = console.say(asks).await;
        assert_eq!(answered["turn"]["intent"], "wholesale_inquiry", "{answered}");
        let told_owner = answered["state"]["owner_notifications"].as_u64().unwrap_or_default() > 0;
        let offered = told_owner || words(&answered).contains("wholesale");
        assert!(!words(&answered).is_empty() && (served || !told_owner), "{answered}");
        assert_eq!(offered || served, served, "{answered}");
        console.close().await;
    }
}

#[tokio::test]
async fn a_shop_that_lets_models_do_nothing_has_none_asked_for_anything() {
    for (setting, asked) in [("open", true), ("off", false)] {
        let double = Double::answering(phrase).await.unwrap();
        let installation = shop("")
            .await
            .with("OPENAI_API_KEY", "key-openai")
            .with("DUKA_OPENAI_API_BASE", &double.base(Provider::OpenAi));
        installation.run(&["tenant", "set", "--tenant", "kito", &format!("models.use={setting}")]).await.fine();
        installation.put("Parking.md", "# Parking\n\nParking is free in the basement of Biashara Plaza.\n");
        installation.run(&["import", "knowledge", "--tenant", "kito", "Parking.md"]).await.fine();
        let mut console = Console::open(&installation, "kito");
        // A summary follows the eighth turn.
        for n in 0..8 {
            console.say(if n % 2 == 0 { "do you have dresses?" } else { "zzqx vrumblat pomposh" }).await;
        }
        console.line(json!({"wait": "2h"})).await;
        console.close().await;
        let tasks: Vec<String> = double.received().iter().map(|received| format!("{:?}", received.task)).collect();
        assert_eq!(!tasks.is_empty(), asked, "{setting}: {tasks:?}");
        if asked {
            assert!(tasks.iter().any(|task| task == "Embed"), "what the shop has written down is embedded: {tasks:?}");
        }
    }
}
