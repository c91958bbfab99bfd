//! Providers that are down, slow, or heard only half.

use std::time::Duration;

use duka_doubles::{CallbackShape, Fault, Outcome, PushRequest};

use crate::{
    sale::{paid, stock},
    support::{
        Installation, Outside, Server, Tables,
        customer::{Customer, text},
        shop::TestShop,
    },
};

/// A shop that is served, and a customer who has a handbag's order on the table and has not said yes.
struct Checkout {
    outside: Outside,
    server: Server,
    tables: Tables,
    customer: Customer,
    shop: TestShop,
}

impl Checkout {
    async fn begin() -> Self {
        let outside = Outside::start().await;
        let installation = outside.around(Installation::new().await);
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let tables = installation.tables().await;
        let customer = Customer::of(&shop, "254712345678", "Wanjiku");
        for words in ["I want the brown tote handbag", "checkout, I will pick it up at the shop"] {
            customer.says(&server, &outside.twilio, words).await;
        }
        Self { outside, server, tables, customer, shop }
    }

    /// The customer says something; gives all that they are told until nothing is left to do.
    async fn says(&self, words: &str) -> String {
        self.customer.says(&self.server, &self.outside.twilio, words).await
    }

    fn prompts(&self) -> Vec<PushRequest> {
        self.outside.paylink.requests()
    }

    /// That the customer was told how to pay by hand, the owner knows, and the order waits.
    async fn waits_for_a_payment_by_hand(&self, told: &str) {
        assert!(told.contains("Till 555111"), "{told}");
        assert!(told.contains("2,600") && told.contains("DK-"), "{told}");
        let owner = format!("whatsapp:+{}", self.shop.owner);
        let news: Vec<_> = self.outside.twilio.sent().into_iter().filter(|message| message.to == owner).collect();
        assert_eq!(news.len(), 1, "the owner is told once: {news:#?}");
        assert_eq!(stock(&self.tables, "KT-003", "ONE").await, (10, 1), "held for the order");
        assert_eq!(self.tables.count("orders WHERE stock = 'held' AND expires_at IS NOT NULL").await, 1);
    }
}

#[tokio::test]
async fn a_payment_provider_that_is_down_leaves_the_order_waiting_for_a_payment_by_hand() {
    let broken = Fault::Refuse { status: 500, code: 0, message: "Internal error".into() };
    let down = async |fault: Fault| {
        let checkout = Checkout::begin().await;
        checkout.outside.paylink.fail_next(100, &fault);
        let told = checkout.says("yes").await;
        assert_eq!(checkout.prompts(), []);
        checkout.waits_for_a_payment_by_hand(&told).await;
        checkout.server.stop().await;
    };
    // Together, because each takes as long as the provider is given to come back.
    tokio::join!(down(broken), down(Fault::Page { status: 503 }), down(Fault::HangUp));
}

#[tokio::test]
async fn a_payment_provider_that_does_not_know_the_shop_is_not_asked_again_and_again() {
    let checkout = Checkout::begin().await;
    checkout.outside.paylink.set_credentials("somebody", "else");
    let told = checkout.says("yes").await;
    checkout.waits_for_a_payment_by_hand(&told).await;
    assert_eq!(checkout.outside.paylink.calls(), 1, "the same key is refused every time");
    assert!(checkout.server.log().contains("prompted"), "the operator can see why:\n{}", checkout.server.log());
    checkout.server.stop().await;
}

#[tokio::test]
async fn a_payment_provider_that_comes_back_prompts_without_being_asked_twice() {
    let checkout = Checkout::begin().await;
    checkout.outside.paylink.fail_next(1, &Fault::Page { status: 502 });
    let told = checkout.says("yes").await;
    assert!(!told.contains("Till 555111"), "{told}");
    assert_eq!(checkout.prompts().len(), 1);
    assert_eq!(checkout.outside.paylink.calls(), 2);
    checkout.server.stop().await;
}

#[tokio::test]
async fn a_request_whose_answer_was_lost_is_made_again_with_its_key_and_charges_once() {
    let checkout = Checkout::begin().await;
    checkout.outside.paylink.fail_next(1, &Fault::HangUpAfterAccepting);
    checkout.says("yes").await;
    assert_eq!(checkout.outside.paylink.calls(), 2, "asked again");
    let prompts = checkout.prompts();
    assert_eq!(prompts.len(), 1, "with the same key: {prompts:#?}");
    let request = &prompts[0];
    let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: request.amount };
    let shape = CallbackShape::CheckoutId;
    checkout.outside.paylink.post_callback(&request.callback_url, shape, request, &outcome).await.unwrap();
    paid(&checkout.tables, &request.reference).await;
    assert_eq!(checkout.tables.count("payments").await, 1);
    checkout.server.stop().await;
}

#[tokio::test]
async fn a_callback_that_comes_before_the_answer_to_the_request_is_not_lost() {
    let checkout = Checkout::begin().await;
    checkout.outside.paylink.fail_next(1, &Fault::Delay(Duration::from_secs(2)));
    let mut prompts = checkout.outside.paylink.arrivals();
    checkout.customer.write(&checkout.server, &checkout.outside.twilio, "yes").await;
    let request = tokio::time::timeout(crate::support::PATIENCE, prompts.recv()).await.unwrap().unwrap();
    let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: request.amount };
    // A shape that names the prompt only, which is not known here yet.
    let shape = CallbackShape::Safaricom;
    checkout.outside.paylink.post_callback(&request.callback_url, shape, &request, &outcome).await.unwrap();
    assert_eq!(checkout.tables.count("orders WHERE state = 'paid'").await, 0, "the prompt is not known yet");
    paid(&checkout.tables, &request.reference).await;
    checkout.server.stop().await;
}

#[tokio::test]
async fn a_payment_whose_callback_never_comes_is_found_by_asking() {
    let checkout = Checkout::begin().await;
    checkout.says("yes").await;
    let request = checkout.prompts().pop().unwrap();
    let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: request.amount };
    checkout.outside.paylink.settle(&request.checkout_id, outcome);
    // Asked by itself after 20 seconds.
    paid(&checkout.tables, &request.reference).await;
    checkout.tables.settled().await;
    let said = text(&checkout.customer.got(&checkout.outside.twilio));
    assert_eq!(said.matches("SCA1B2C3D4").count(), 1, "{said}");
    checkout.server.stop().await;
}

#[tokio::test]
async fn a_customer_who_says_that_they_paid_makes_the_provider_be_asked_at_once() {
    let checkout = Checkout::begin().await;
    checkout.says("yes").await;
    let request = checkout.prompts().pop().unwrap();
    checkout
        .outside
        .paylink
        .settle(&request.checkout_id, Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: request.amount });
    let asked_at = std::time::Instant::now();
    checkout.says("I have paid").await;
    paid(&checkout.tables, &request.reference).await;
    assert!(asked_at.elapsed() < Duration::from_secs(15), "not by the question that comes by itself");
    checkout.server.stop().await;
}

#[tokio::test]
async fn a_reply_that_twilio_refuses_for_now_arrives_later_and_once() {
    let busy = Fault::Refuse { status: 429, code: 20_429, message: "Too Many Requests".into() };
    for fault in [busy, Fault::Page { status: 503 }, Fault::HangUp, Fault::HangUpAfterAccepting] {
        let outside = Outside::start().await;
        let installation = outside.around(Installation::new().await);
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let customer = Customer::of(&shop, "254712345678", "Wanjiku");
        outside.twilio.fail_next(1, &fault);
        let greeting = customer.ask(&server, &outside.twilio, "hi").await;
        assert_eq!(greeting.len(), 1, "{fault:?}: {greeting:#?}");
        let dresses = customer.ask(&server, &outside.twilio, "show me dresses").await;
        assert_eq!(customer.got(&outside.twilio).len(), 1 + dresses.len(), "{fault:?}");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_part_that_has_to_wait_holds_back_those_after_it() {
    let outside = Outside::start().await;
    let installation = outside.around(Installation::new().await);
    let shop = TestShop::kito();
    shop.apply(&installation).await;
    let server = installation.serve().await;
    let customer = Customer::of(&shop, "254712345678", "Wanjiku");
    customer.says(&server, &outside.twilio, "hi").await;
    outside.twilio.fail_next(1, &Fault::HangUp);
    let dresses = customer.ask(&server, &outside.twilio, "show me dresses").await;
    assert_eq!(dresses.len(), 3, "{dresses:#?}");
    assert!(dresses[0].media_urls.is_empty(), "the words before the pictures: {dresses:#?}");
    server.stop().await;
}

#[tokio::test]
async fn callbacks_about_nothing_do_not_keep_a_true_one_waiting() {
    let checkout = Checkout::begin().await;
    checkout.says("yes").await;
    let request = checkout.prompts().pop().unwrap();
    let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: request.amount };
    let shape = CallbackShape::CheckoutId;
    let address = checkout.server.at("/webhook/paylink/payment");
    for n in 0..300 {
        let nothing =
            PushRequest { checkout_id: format!("ws_CO_nothing_{n}"), reference: "DK-NONE".into(), ..request.clone() };
        checkout.outside.paylink.post_callback(&address, shape, &nothing, &outcome).await.unwrap();
    }
    let told_at = std::time::Instant::now();
    checkout.outside.paylink.post_callback(&request.callback_url, shape, &request, &outcome).await.unwrap();
    paid(&checkout.tables, &request.reference).await;
    assert!(told_at.elapsed() < Duration::from_secs(10), "it took {:?}", told_at.elapsed());
    checkout.server.stop().await;
}
