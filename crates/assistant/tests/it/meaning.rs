//! Passages and memories embedded by a provider: found by what they mean, and nothing waits for it or breaks by it.

use std::time::{Duration, Instant};

use bytes::Bytes;
use duka_assistant::{
    due, knowledge,
    work::{Roles, Work},
};
use duka_doubles::models::{Fault, Task};
use duka_kernel::{ConversationId, CustomerId, TenantScope};
use duka_shop::knowledge::Embedding;
use duka_store::{customers::Sender, jobs::JobKind};
use uuid::Uuid;

use crate::support::{Installation, NOW};

const GEMINI: [&str; 1] = ["gemini/gemini-3.5-flash-lite"];
const MODEL: &str = "gemini/gemini-embedding-2@768";
const PARKING: &str =
    "# Parking\n\nCustomers leave their cars in the basement.\n\n# Music\n\nA band plays on Fridays.\n";

impl Installation {
    async fn keeps(&self, scope: TenantScope, text: &str) {
        let document = duka_documents::read(text.as_bytes(), "Notes.md").unwrap();
        knowledge::keep(&self.app, scope, "Notes.md", Bytes::from(text.to_owned()), document).await.unwrap();
    }

    /// The models that embedded the shop's passages.
    async fn passages(&self, scope: TenantScope) -> Vec<Option<String>> {
        let shop = self.read(scope).await;
        let model = |embedding: &Option<Embedding>| embedding.as_ref().map(|own| own.model.clone());
        shop.knowledge.passages().iter().map(|passage| model(&passage.embedding)).collect()
    }

    async fn customer(&self, scope: TenantScope) -> (CustomerId, ConversationId) {
        let customer = self.app.store.write(scope, |tx| {
            Box::pin(async move {
                let channel = tx.upsert_channel("console", "malkia", None, NOW).await?;
                let sender = Sender { channel, identity: "254712345678", profile_name: None, phone: None };
                let resolved = tx.resolve(&sender, NOW).await?;
                tx.remember(resolved.customer, "expects twins in summer", Some(&Embedding::local("x")), NOW).await?;
                tx.schedule(JobKind::EmbedPassages, tx.tenant().0, NOW).await?;
                Ok((resolved.customer, resolved.conversation))
            })
        });
        customer.await.unwrap()
    }

    fn embeddings_asked(&self) -> usize {
        self.double.received().iter().filter(|received| received.task == Task::Embed).count()
    }
}

fn all(model: &str, count: usize) -> Vec<Option<String>> {
    vec![Some(model.to_owned()); count]
}

#[tokio::test]
async fn passages_and_memories_are_embedded_and_found_by_meaning() {
    let there = Installation::with(&GEMINI, Duration::from_secs(8)).await;
    let scope = there.shop("malkia", |_| ()).await;
    there.keeps(scope, PARKING).await;
    let (customer, _) = there.customer(scope).await;
    assert_eq!(there.passages(scope).await, [None, None]);
    due::sweep(&there.app).await.unwrap();
    assert_eq!(there.passages(scope).await, all(MODEL, 2));
    let memories = there.app.store.read(scope).await.unwrap().memories(customer, 9).await.unwrap();
    let embedding = memories[0].embedding.clone().unwrap();
    assert_eq!((embedding.model.as_str(), embedding.values.len()), (MODEL, 768));
    assert_eq!(there.embeddings_asked(), 1, "all in one question");
    due::sweep(&there.app).await.unwrap();
    assert_eq!(there.embeddings_asked(), 1, "nothing is embedded twice");
    // The double's vectors are alike where words begin alike; the local search knows neither.
    let shop = there.read(scope).await;
    let asked = duka_models::Embeddable::Query("basementish custodians carshare".into());
    let vector = there.app.models.embed(None, &[asked], Duration::from_secs(5)).await.result.unwrap().remove(0);
    let meaning = Embedding { model: vector.model, values: vector.values };
    assert!(shop.knowledge.search("basementish custodians", None, 3).is_empty());
    let found = shop.knowledge.search("basementish custodians", Some(&meaning), 3);
    assert!(found[0].text.contains("basement"), "{found:?}");
    let other = Embedding { values: meaning.values[..64].to_vec(), ..meaning };
    assert!(shop.knowledge.search("basementish custodians", Some(&other), 3).is_empty(), "another length");
}

#[tokio::test]
async fn a_provider_that_fails_or_answers_in_another_length_is_asked_again_later() {
    for fault in [Fault::Status(503), Fault::OtherLength, Fault::Torn] {
        let there = Installation::with(&GEMINI, Duration::from_secs(8)).await;
        let scope = there.shop("malkia", |_| ()).await;
        there.keeps(scope, PARKING).await;
        there.double.break_down("gemini/gemini-embedding-2", &fault);
        due::sweep(&there.app).await.unwrap();
        let shop = there.read(scope).await;
        assert_eq!(there.passages(scope).await, [None, None], "{fault:?}: nothing wrong is kept");
        assert!(!shop.knowledge.search("where can customers park their cars?", None, 3).is_empty(), "words find it");
        there.double.mend();
        there.app.clock.advance_millis(20 * 60_000);
        due::sweep(&there.app).await.unwrap();
        assert_eq!(there.passages(scope).await, all(MODEL, 2), "{fault:?}");
    }
}

#[tokio::test]
async fn another_model_embeds_everything_afresh() {
    let there = Installation::with(&GEMINI, Duration::from_secs(8)).await;
    let scope = there.shop("malkia", |_| ()).await;
    there.keeps(scope, PARKING).await;
    due::sweep(&there.app).await.unwrap();
    let set = there.app.store.write(scope, |tx| {
        Box::pin(async move {
            let own = [("models.own", "openai/gpt-6-luna"), ("models.embed", "text-embedding-3-small")];
            let own = own.map(|(name, value)| (name.to_owned(), Some(value.to_owned())));
            tx.set_settings(&own).await?;
            tx.set_credential("models.api_key", &secrecy::SecretString::from("sk-of-malkia"), NOW).await?;
            tx.schedule(JobKind::EmbedPassages, tx.tenant().0, NOW.plus_seconds(1)).await
        })
    });
    set.await.unwrap();
    there.app.clock.advance_millis(2_000);
    due::sweep(&there.app).await.unwrap();
    let models = there.passages(scope).await;
    assert!(models.iter().flatten().all(|model| model.contains("text-embedding-3-small")), "{models:?}");
    assert_eq!(models.iter().flatten().count(), 2);
}

#[tokio::test]
async fn what_is_quick_does_not_wait_for_a_provider_that_hangs() {
    let mut there = Installation::with(&GEMINI, Duration::from_secs(8)).await;
    let scope = there.shop("malkia", |_| ()).await;
    there.double.break_down("", &Fault::Hang(Duration::from_secs(60)));
    there.keeps(scope, PARKING).await;
    let left = there.left.take().unwrap();
    let work = Work::start(&there.app, left, Roles { worker: true, shared: false });
    let began = Instant::now();
    while there.embeddings_asked() == 0 {
        assert!(began.elapsed() < Duration::from_secs(10), "it is not asked");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let quick = there
        .app
        .store
        .write(scope, |tx| Box::pin(async move { tx.schedule(JobKind::HandOverCheck, Uuid::now_v7(), NOW).await }));
    quick.await.unwrap();
    let due = async |kinds: &[JobKind]| {
        there.app.store.system_read().await.unwrap().due_jobs(kinds, NOW, 9).await.unwrap().len()
    };
    let set = Instant::now();
    while due(&JobKind::QUICK).await > 0 {
        assert!(set.elapsed() < Duration::from_secs(5), "it waits for the provider");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(due(&JobKind::SLOW).await, 1, "which is still asked");
    let ended = Instant::now();
    work.finish().await;
    assert!(ended.elapsed() < Duration::from_secs(3), "nor does the end of the process");
}
