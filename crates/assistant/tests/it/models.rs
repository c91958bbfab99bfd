//! The door to language models.

use std::time::Duration;

use duka_assistant::models::{self, NoModel};
use duka_doubles::models::Fault;
use duka_kernel::{Currency, Money, TenantScope, Timestamp};
use duka_models::{Ask, Message, Provider, Purpose, Speaker};
use duka_store::model_calls::CostsBy;
use secrecy::SecretString;

use crate::support::{Installation, NOW};

impl Installation {
    async fn ask(&self, scope: TenantScope) -> Result<String, NoModel> {
        let shop = self.read(scope).await;
        models::chat(&self.app, scope, &shop, None, &ask()).await
    }

    /// How many calls of a model that words answers were written down as answered.
    async fn calls(&self, scope: TenantScope) -> usize {
        let tx = self.app.store.read(scope).await.unwrap();
        let costs = tx.model_costs(CostsBy::Model, Timestamp(0), NOW.plus_seconds(1)).await.unwrap();
        costs.iter().filter(|row| row.answered > 0).count()
    }

    async fn spent(&self, scope: TenantScope) -> i64 {
        self.app.store.read(scope).await.unwrap().model_spending(Timestamp(0)).await.unwrap()
    }
}

fn ask() -> Ask {
    Ask {
        purpose: Purpose::Reply,
        system: "You sell dresses.".into(),
        messages: vec![Message { by: Speaker::Customer, text: "which suits me?".into() }],
        pictures: Vec::new(),
        schema: None,
        max_output: 100,
        budget: Duration::from_secs(5),
        who: "hash".into(),
    }
}

#[tokio::test]
async fn every_call_is_a_row_with_what_it_cost() {
    let there = Installation::new().await;
    let (one, other) = (there.shop("malkia", |_| ()).await, there.shop("zuri", |_| ()).await);
    there.double.fail("openai", 3, &Fault::Status(401));
    assert_eq!(there.ask(one).await.as_deref(), Ok("Karibu!"));
    let tx = there.app.store.read(one).await.unwrap();
    let costs = tx.model_costs(CostsBy::Model, Timestamp(0), NOW.plus_seconds(1)).await.unwrap();
    assert_eq!(costs.len(), 2, "the failed tier and the one that answered: {costs:?}");
    let answered: Vec<_> = costs.iter().filter(|row| row.answered > 0).collect();
    assert_eq!(answered.len(), 1);
    assert!(answered[0].key.starts_with("gemini/") && answered[0].input > 0 && answered[0].cost_micro_usd > 0);
    assert_eq!(there.spent(other).await, 0);
}

#[tokio::test]
async fn a_spent_budget_stops_calls_and_is_told_once_until_the_next_month() {
    let there = Installation::new().await;
    let cent = Money { minor: 1, currency: Currency::Usd };
    let scope = there.shop("malkia", |profile| profile.models.monthly_budget = Some(cent)).await;
    there.double.use_up(Provider::OpenAi, serde_json::json!({"prompt_tokens": 100_000, "completion_tokens": 1_000, "total_tokens": 101_000, "input_tokens": 100_000, "output_tokens": 1_000}));
    assert!(there.ask(scope).await.is_ok());
    assert!(there.spent(scope).await >= 10_000, "{}", there.spent(scope).await);
    let asked = there.double.asked().len();
    for _ in 0..3 {
        assert_eq!(there.ask(scope).await, Err(NoModel::OverBudget));
    }
    assert_eq!(there.double.asked().len(), asked, "nothing was asked any more");
    assert_eq!(there.told(scope).await, ["models_budget_spent"]);
    there.app.clock.advance_millis(28 * 24 * 3_600_000);
    assert!(there.ask(scope).await.is_ok(), "April has its own budget");
}

#[tokio::test]
async fn when_no_model_answers_the_owner_is_told_once_a_day() {
    let there = Installation::new().await;
    let scope = there.shop("malkia", |_| ()).await;
    there.double.break_down("openai", &Fault::OutOfMoney);
    there.double.break_down("gemini", &Fault::Status(404));
    for _ in 0..3 {
        assert_eq!(there.ask(scope).await, Err(NoModel::AllDown));
    }
    assert_eq!(there.told(scope).await, ["models_down"]);
    there.app.clock.advance_millis(25 * 3_600_000);
    assert_eq!(there.ask(scope).await, Err(NoModel::AllDown));
    assert_eq!(there.told(scope).await, ["models_down", "models_down"]);
}

#[tokio::test]
async fn a_shops_own_key_is_used_for_that_shop_alone() {
    let there = Installation::new().await;
    let (own, other) = (there.shop("malkia", |_| ()).await, there.shop("zuri", |_| ()).await);
    let set = there.app.store.write(own, |tx| {
        Box::pin(async move {
            tx.set_settings(&[("models.own".into(), Some("openai/gpt-6-luna".into()))]).await?;
            tx.set_credential("models.api_key", &SecretString::from("sk-of-malkia"), NOW).await
        })
    });
    set.await.unwrap();
    for scope in [own, other] {
        assert!(there.ask(scope).await.is_ok());
    }
    let keys: Vec<bool> = there
        .double
        .received()
        .iter()
        .map(|request| format!("{:?}", request.headers).contains("sk-of-malkia"))
        .collect();
    assert_eq!(keys, [true, false]);
    there
        .app
        .store
        .write(own, |tx| {
            Box::pin(async move { tx.set_settings(&[("models.own".into(), Some("nonsense".into()))]).await })
        })
        .await
        .unwrap();
    assert!(there.ask(own).await.is_ok(), "what cannot be used is left out");
}

#[tokio::test]
async fn when_there_was_no_time_for_all_of_them_it_is_found_out_whether_they_are_down() {
    let there = Installation::with(&[], Duration::from_millis(1_000)).await;
    let scope = there.shop("malkia", |_| ()).await;
    there.double.break_down("", &Fault::Hang(Duration::from_secs(60)));
    let shop = there.read(scope).await;
    let ask = Ask { budget: Duration::from_millis(1_600), ..ask() };
    assert_eq!(models::chat(&there.app, scope, &shop, None, &ask).await, Err(NoModel::NoAnswer));
    assert!(there.told(scope).await.is_empty(), "five of them were not asked");
    let begun = std::time::Instant::now();
    while there.told(scope).await.is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(20), "the owner is not told");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(there.told(scope).await, ["models_down"]);
}

#[tokio::test]
async fn when_there_was_no_time_and_one_of_them_is_up_nobody_is_told() {
    let there = Installation::with(&[], Duration::from_millis(1_000)).await;
    let scope = there.shop("malkia", |_| ()).await;
    there.double.break_down("openai/", &Fault::Hang(Duration::from_secs(60)));
    let shop = there.read(scope).await;
    let short = Ask { budget: Duration::from_millis(400), ..ask() };
    assert_eq!(models::chat(&there.app, scope, &shop, None, &short).await, Err(NoModel::NoAnswer));
    let begun = std::time::Instant::now();
    while there.double.asked().iter().all(|asked| asked.starts_with("openai/")) {
        assert!(begun.elapsed() < Duration::from_secs(20), "the others are not asked");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    while there.calls(scope).await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(there.told(scope).await.is_empty());
}
