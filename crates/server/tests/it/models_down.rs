//! Every provider of models gone: a word within ten seconds, the owner told within a minute, and selling goes on.

use std::time::{Duration, Instant};

use duka_doubles::{
    CallbackShape, Outcome,
    models::{Double, Fault, phrasing::phrase},
};
use duka_models::Provider;

use crate::{
    sale::{paid, stock},
    support::{Installation, Outside, Server, Tables, customer::Customer, on_each_database, shop::TestShop},
};

/// Words that no rule reads.
const UNREAD: &str = "zzqx vrumblat pomposh";
/// An opinion on what was shown.
const OPINION: &str = "which is better, 1 or 2?";

/// With a key for every provider, all of them at the double.
fn with_every_key(mut installation: Installation, double: &Double) -> Installation {
    for provider in [Provider::OpenAi, Provider::Gemini, Provider::Anthropic, Provider::Together] {
        let name = provider.to_string().to_uppercase();
        installation = installation
            .with(&format!("{name}_API_KEY"), &format!("key-{provider}"))
            .with(&format!("DUKA_{name}_API_BASE"), &double.base(provider));
    }
    installation
}

/// A shop that is served, its models at a double.
struct World {
    outside: Outside,
    double: Option<Double>,
    server: Server,
    tables: Tables,
    shop: TestShop,
    customer: Customer,
}

impl World {
    async fn new(installation: Installation) -> Self {
        let (outside, double) = (Outside::start().await, Double::answering(phrase).await.unwrap());
        let installation = outside.around(with_every_key(installation, &double));
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let tables = installation.tables().await;
        let customer = Customer::of(&shop, "254712345678", "Wanjiku");
        Self { outside, double: Some(double), server, tables, shop, customer }
    }

    fn double(&self) -> &Double {
        self.double.as_ref().expect("the providers are there")
    }

    async fn says(&self, words: &str) -> String {
        self.customer.says(&self.server, &self.outside.twilio, words).await
    }

    /// What the owner was sent about models.
    fn owner_knows(&self) -> bool {
        let owner = format!("whatsapp:+{}", self.shop.owner);
        let about = |body: &str| body.contains("AI service") || body.contains("AI model");
        self.outside.twilio.sent().iter().any(|message| message.to == owner && about(&message.body))
    }

    /// From a handbag to the receipt.
    async fn sells_a_handbag(&self) {
        let request = self.customer.orders_a_handbag(&self.server, &self.outside).await;
        let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: request.amount };
        let paylink = &self.outside.paylink;
        paylink.post_callback(&request.callback_url, CallbackShape::CheckoutId, &request, &outcome).await.unwrap();
        paid(&self.tables, &request.reference).await;
        self.tables.settled().await;
        assert_eq!(stock(&self.tables, "KT-003", "ONE").await, (9, 0), "sold once");
    }
}

/// Waits until it is so and says how long that took.
async fn took(since: Instant, most: u64, what: &str, is_so: impl Fn() -> bool) -> Duration {
    while !is_so() {
        assert!(since.elapsed() < Duration::from_secs(most), "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    since.elapsed()
}

#[tokio::test]
async fn when_nobody_answers_the_customer_has_a_word_in_ten_seconds_and_the_owner_in_a_minute() {
    let world = World::new(Installation::new().await).await;
    world.double().break_down("", &Fault::Hang(Duration::from_secs(90)));
    let seen = world.customer.got(&world.outside.twilio).len();
    let said = || world.customer.got(&world.outside.twilio).split_off(seen);
    let began = Instant::now();
    world.customer.write(&world.server, &world.outside.twilio, UNREAD).await;
    took(began, 10, "a word that the answer takes long", || !said().is_empty()).await;
    assert!(said()[0].body.contains("moment"), "{:?}", said());
    let answered = took(began, 12, "the answer of the rules", || said().len() == 2).await;
    let told = took(began, 60, "the owner to be told", || world.owner_knows()).await;
    println!("answered after {answered:.1?}, the owner told after {told:.1?}");
    assert_eq!(world.tables.count("events WHERE kind = 'reply_late'").await, 1);
    assert!(world.tables.count("model_calls WHERE outcome = 'slow'").await >= 3, "each call that failed is a row");
    world.sells_a_handbag().await;
    world.server.stop().await;
}

#[tokio::test]
async fn providers_that_vanish_in_the_middle_of_a_sale_leave_it_to_end_in_a_paid_order() {
    on_each_database(async |installation| {
        let mut world = World::new(installation).await;
        world.says("do you have dresses?").await;
        let worded = world.says(OPINION).await;
        assert!(worded.contains("Good that you ask.") || worded.contains("Happy to help"), "{worded}");
        world.double = None;
        let compared = world.says(OPINION).await;
        assert!(compared.contains("Red Wrap Dress") && compared.contains("KES 2,800"), "{compared}");
        took(Instant::now(), 60, "the owner to be told", || world.owner_knows()).await;
        world.sells_a_handbag().await;
        let after = world.says(OPINION).await;
        assert!(!after.is_empty());
        assert_eq!(world.tables.count("orders WHERE state = 'paid'").await, 1);
        world.server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn with_the_quota_used_up_everywhere_rules_answer_at_once_and_the_owner_is_told_once() {
    let world = World::new(Installation::new().await).await;
    for provider in ["openai", "gemini", "anthropic", "together"] {
        world.double().break_down(provider, &Fault::OutOfMoney);
    }
    world.says("do you have dresses?").await;
    for words in [OPINION, UNREAD, OPINION] {
        let began = Instant::now();
        assert!(!world.says(words).await.is_empty());
        assert!(began.elapsed() < Duration::from_secs(8), "{words}: {:?}", began.elapsed());
    }
    let owner = format!("whatsapp:+{}", world.shop.owner);
    let news = world.outside.twilio.sent().into_iter().filter(|message| message.to == owner).count();
    assert_eq!(news, 1, "the owner is told once");
    assert_eq!(world.double().received().len(), 7, "each tier was asked once and rests");
    world.sells_a_handbag().await;
    world.server.stop().await;
}

#[tokio::test]
async fn with_the_months_budget_spent_no_model_is_asked_and_a_sale_ends_paid() {
    let installation = Installation::new().await;
    let world = World::new(installation.clone()).await;
    world.says("do you have dresses?").await;
    let worded = world.says(OPINION).await;
    assert!(worded.contains("Good that you ask.") || worded.contains("Happy to help"), "{worded}");
    let spent = world.double().received().len();
    installation.run(&["tenant", "set", "--tenant", "kito", "models.monthly_budget_usd=0"]).await.fine();
    for words in [OPINION, UNREAD, OPINION] {
        assert!(!world.says(words).await.is_empty(), "{words}");
    }
    world.sells_a_handbag().await;
    assert_eq!(world.double().received().len(), spent, "no model is asked any more");
    let owner = format!("whatsapp:+{}", world.shop.owner);
    let about = |body: &str| body.to_lowercase().contains("budget");
    let told = world.outside.twilio.sent().into_iter().filter(|sent| sent.to == owner && about(&sent.body)).count();
    assert_eq!(told, 1, "the owner is told once");
    world.server.stop().await;
}
