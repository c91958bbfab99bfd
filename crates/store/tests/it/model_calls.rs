use duka_kernel::{ConversationId, Timestamp};
use duka_store::model_calls::{CostsBy, ModelCall};

use crate::database::{NOW, on_each};

const DAY: i64 = 24 * 60 * 60;

pub fn call(conversation: Option<ConversationId>, cost_micro_usd: i64, at: Timestamp) -> ModelCall {
    ModelCall {
        id: uuid::Uuid::now_v7(),
        conversation,
        purpose: "reply".into(),
        provider: "openai".into(),
        model: "gpt-6-luna".into(),
        input: 1_000,
        cached: 200,
        cache_write: 0,
        output: 100,
        reasoning: 0,
        audio_millis: 0,
        estimated: false,
        cost_micro_usd,
        own_key: false,
        outcome: "answered".into(),
        millis: 700,
        at,
    }
}

#[tokio::test]
async fn what_calls_cost_adds_up_the_same_however_it_is_looked_at() {
    on_each(|db| async move {
        let (shop, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let (_, one) = shop.customer("254712345678").await;
        let (_, two) = shop.customer("254712345679").await;
        let yesterday = NOW.plus_seconds(-DAY);
        let mut failed = call(Some(one), 0, NOW);
        (failed.outcome, failed.provider, failed.model) = ("slow".into(), "gemini".into(), "gemini-3.8-flash".into());
        let mut heard = call(None, 40, yesterday);
        heard.purpose = "transcribe".into();
        let calls = vec![call(Some(one), 300, NOW), failed, call(Some(two), 500, yesterday), heard];
        let written = calls.clone();
        let record = |calls: Vec<ModelCall>| {
            db.store.write_with(shop.scope, calls, |tx, calls| Box::pin(tx.record_model_calls(calls)))
        };
        record(written).await.unwrap();
        record(calls[..1].to_vec()).await.unwrap();

        let tx = db.store.read(shop.scope).await.unwrap();
        assert_eq!(tx.model_spending(Timestamp(0)).await.unwrap(), 840, "the call written twice counts once");
        assert_eq!(tx.model_spending(NOW).await.unwrap(), 300);
        let end = NOW.plus_seconds(1);
        for by in [CostsBy::Conversation, CostsBy::Day(3 * 3_600_000), CostsBy::Purpose, CostsBy::Model] {
            let costs = tx.model_costs(by, Timestamp(0), end).await.unwrap();
            let sum = |of: fn(&duka_store::model_calls::Costs) -> i64| costs.iter().map(of).sum::<i64>();
            assert_eq!(
                (sum(|c| c.cost_micro_usd), sum(|c| c.calls), sum(|c| c.answered), sum(|c| c.input)),
                (840, 4, 3, 4_000),
                "{by:?}"
            );
        }
        let models = tx.model_costs(CostsBy::Model, Timestamp(0), end).await.unwrap();
        assert_eq!(models[0].key, "openai/gpt-6-luna");
        let days = tx.model_costs(CostsBy::Day(0), Timestamp(0), end).await.unwrap();
        assert_eq!(days.iter().map(|day| day.cost_micro_usd).collect::<Vec<_>>(), [300, 540], "the latest first");
        let talks = tx.model_costs(CostsBy::Conversation, Timestamp(0), end).await.unwrap();
        assert_eq!(talks[0].key, two.0.to_string());

        let theirs = db.store.read(other.scope).await.unwrap();
        assert_eq!(theirs.model_spending(Timestamp(0)).await.unwrap(), 0);
        assert!(theirs.model_costs(CostsBy::Model, Timestamp(0), end).await.unwrap().is_empty());
    })
    .await;
}
