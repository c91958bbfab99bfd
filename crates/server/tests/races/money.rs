//! Payments whose news is lost, doubled, early, late or wrong: each settled once and right.

use std::time::{Duration, Instant};

use duka_doubles::{CallbackShape, Fault, Outcome, PushRequest};
use futures::future::join_all;

use crate::{
    on_both,
    support::{Installation, Server},
    world::{LAST, PATIENCE, World, check_log},
};

on_both!(
    a_lost_callback_is_made_up_for_by_asking,
    ten_callbacks_at_once_pay_once,
    a_callback_before_the_answer_to_the_request_pays,
    money_for_an_expired_order_takes_the_pieces_again_or_is_owed_back,
    a_wrong_amount_pays_nothing,
    unknown_callbacks_do_not_hold_up_known_ones,
    a_payment_that_failed_may_succeed_after_all,
    two_attempts_both_paid_are_one_sale_and_one_refund,
    money_that_arrives_as_the_order_expires_is_not_lost,
    a_provider_that_hangs_holds_up_nothing_else,
);

const SCARF: &str = "Purple Satin Head Scarf";

/// A customer agrees to buy; gives the prompt they got.
async fn buy(world: &World, server: &Server, customer: usize, product: &str) -> PushRequest {
    agree(world, server, customer, product).await;
    prompt(world, server, customer, 0).await
}

/// A customer agrees to buy.
async fn agree(world: &World, server: &Server, customer: usize, product: &str) {
    world.ask(server, customer, &format!("add the {product}")).await;
    world.ask(server, customer, "checkout, I will pick it up at the shop").await;
    let placed = world.ask(server, customer, "yes").await;
    assert!(placed.contains("DK-"), "{placed}");
}

/// The customer's prompt after the first `seen`.
async fn prompt(world: &World, server: &Server, customer: usize, seen: usize) -> PushRequest {
    let phone = world.address(customer).replace("whatsapp:", "");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let requests = world.outside.paylink.requests();
        if let Some(request) = requests.into_iter().filter(|request| request.phone == phone).nth(seen) {
            return request;
        }
        assert!(Instant::now() < deadline, "customer {customer} was not prompted:\n{}", server.log());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn call_back(world: &World, server: &Server, shape: CallbackShape, request: &PushRequest, outcome: &Outcome) {
    let url = request.callback_url.replace("http://duka.test", &server.base);
    let answer = world.outside.paylink.post_callback(&url, shape, request, outcome).await.unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
}

fn paid(request: &PushRequest, receipt: &str) -> Outcome {
    Outcome::Paid { receipt: receipt.into(), amount: request.amount }
}

fn failed() -> Outcome {
    Outcome::Failed { code: 1032, words: "Request cancelled by user".into() }
}

/// The customer has heard of a receipt exactly once, and the owner of the sale.
async fn check_receipt(world: &World, server: &Server, customer: usize, receipt: &str) {
    world.settled(server).await;
    let got = world.got(customer);
    assert_eq!(got.iter().filter(|m| m.body.contains(receipt)).count(), 1, "{receipt} once in {got:?}");
    let owner = world.got_by_all().remove(&format!("whatsapp:+{}", world.shop.owner)).unwrap_or_default();
    assert_eq!(owner.iter().filter(|body| body.contains(receipt)).count(), 1, "{receipt} once in {owner:?}");
    world.check_stock().await;
}

async fn one_sale(world: &World, server: &Server) {
    world.until_rows(server, 1, "orders WHERE state = 'paid'").await;
    assert_eq!(world.count("events WHERE kind = 'order.paid'").await, 1);
    assert_eq!(world.count("events WHERE kind = 'payment.succeeded'").await, 1);
    assert_eq!(world.count("variants WHERE on_hand = 399 AND reserved = 0").await, 1);
}

async fn a_lost_callback_is_made_up_for_by_asking(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let request = buy(&world, &server, 1, SCARF).await;
    world.outside.paylink.settle(&request.checkout_id, paid(&request, "SHA1B2C3D4"));
    one_sale(&world, &server).await;
    check_receipt(&world, &server, 1, "SHA1B2C3D4").await;
    check_log(&server.log(), &[]);
}

async fn ten_callbacks_at_once_pay_once(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let request = buy(&world, &server, 1, SCARF).await;
    let outcome = paid(&request, "SHB1B2C3D4");
    // In all shapes at once, so that they are not even the same bytes.
    let calls = (0..10).map(|n| {
        let shape = CallbackShape::ALL[n % CallbackShape::ALL.len()];
        call_back(&world, &server, shape, &request, &outcome)
    });
    join_all(calls).await;
    one_sale(&world, &server).await;
    check_receipt(&world, &server, 1, "SHB1B2C3D4").await;
    one_sale(&world, &server).await;
    world.until_rows(&server, 0, "payment_notices WHERE processed_at IS NULL").await;
    check_log(&server.log(), &[]);
}

async fn a_callback_before_the_answer_to_the_request_pays(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    for (customer, shape) in CallbackShape::ALL.into_iter().enumerate() {
        world.outside.paylink.fail_next(1, &Fault::Delay(Duration::from_secs(2)));
        let request = buy(&world, &server, customer, SCARF).await;
        let receipt = format!("SHC{customer}B2C3D4");
        call_back(&world, &server, shape, &request, &paid(&request, &receipt)).await;
        world.until_rows(&server, i64::try_from(customer).unwrap() + 1, "orders WHERE state = 'paid'").await;
        check_receipt(&world, &server, customer, &receipt).await;
    }
    assert_eq!(world.outside.paylink.requests().len(), CallbackShape::ALL.len(), "nobody is prompted twice");
    world.until_rows(&server, 0, "payments WHERE state <> 'succeeded'").await;
    check_log(&server.log(), &[]);
}

async fn money_for_an_expired_order_takes_the_pieces_again_or_is_owed_back(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let first = buy(&world, &server, 1, LAST).await;
    world.alter("UPDATE orders SET expires_at = 1").await;
    world.until_rows(&server, 1, "orders WHERE state = 'expired'").await;
    // The piece is free again, and the next one buys it.
    let second = buy(&world, &server, 2, LAST).await;
    world.alter("UPDATE orders SET expires_at = 1 WHERE state = 'pending_payment'").await;
    world.until_rows(&server, 2, "orders WHERE state = 'expired'").await;
    call_back(&world, &server, CallbackShape::CheckoutId, &second, &paid(&second, "SHD2B2C3D4")).await;
    world.until_rows(&server, 1, "orders WHERE state = 'paid'").await;
    call_back(&world, &server, CallbackShape::CheckoutId, &first, &paid(&first, "SHD1B2C3D4")).await;
    world.until_rows(&server, 1, "orders WHERE state = 'refund_due'").await;
    check_receipt(&world, &server, 2, "SHD2B2C3D4").await;
    let owner = world.got_by_all().remove(&format!("whatsapp:+{}", world.shop.owner)).unwrap_or_default();
    assert_eq!(owner.iter().filter(|body| body.contains("SHD1B2C3D4")).count(), 1, "{owner:?}");
    assert_eq!(world.count("variants WHERE on_hand = 0 AND reserved = 0").await, 1);
    check_log(&server.log(), &[]);
}

async fn a_wrong_amount_pays_nothing(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let request = buy(&world, &server, 1, SCARF).await;
    let less = Outcome::Paid { receipt: "SHE1B2C3D4".into(), amount: request.amount - 1 };
    join_all((0..4).map(|_| call_back(&world, &server, CallbackShape::CheckoutId, &request, &less))).await;
    world.until_rows(&server, 0, "payment_notices WHERE processed_at IS NULL").await;
    world.settled(&server).await;
    assert_eq!(world.count("events WHERE kind = 'payment.amount_mismatch'").await, 1);
    assert_eq!(world.count("orders WHERE state = 'pending_payment'").await, 1);
    call_back(&world, &server, CallbackShape::CheckoutId, &request, &paid(&request, "SHE2B2C3D4")).await;
    one_sale(&world, &server).await;
    check_receipt(&world, &server, 1, "SHE2B2C3D4").await;
    check_log(&server.log(), &["a payment callback needs a person"]);
}

async fn unknown_callbacks_do_not_hold_up_known_ones(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let request = buy(&world, &server, 1, SCARF).await;
    let strange: Vec<_> = (0..300)
        .map(|n| PushRequest {
            checkout_id: format!("ws_CO_strange{n}"),
            reference: format!("DK-STRNG{n}"),
            callback_url: "http://duka.test/webhook/paylink/payment".into(),
            ..request.clone()
        })
        .collect();
    let outcome = paid(&request, "SHF1B2C3D4");
    let calls = strange.iter().map(|request| call_back(&world, &server, CallbackShape::CheckoutId, request, &outcome));
    join_all(calls).await;
    let begun = Instant::now();
    call_back(&world, &server, CallbackShape::Safaricom, &request, &outcome).await;
    one_sale(&world, &server).await;
    assert!(begun.elapsed() < Duration::from_secs(10), "settled only after {:?}", begun.elapsed());
    check_receipt(&world, &server, 1, "SHF1B2C3D4").await;
    check_log(&server.log(), &[]);
}

async fn a_payment_that_failed_may_succeed_after_all(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let request = buy(&world, &server, 1, SCARF).await;
    call_back(&world, &server, CallbackShape::TransactionId, &request, &failed()).await;
    world.until_rows(&server, 1, "orders WHERE state = 'payment_failed'").await;
    call_back(&world, &server, CallbackShape::TransactionId, &request, &paid(&request, "SHG1B2C3D4")).await;
    one_sale(&world, &server).await;
    // What is told again afterwards changes nothing.
    call_back(&world, &server, CallbackShape::CheckoutId, &request, &failed()).await;
    check_receipt(&world, &server, 1, "SHG1B2C3D4").await;
    one_sale(&world, &server).await;
    check_log(&server.log(), &[]);
}

async fn two_attempts_both_paid_are_one_sale_and_one_refund(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let first = buy(&world, &server, 1, SCARF).await;
    call_back(&world, &server, CallbackShape::CheckoutId, &first, &failed()).await;
    world.until_rows(&server, 1, "orders WHERE state = 'payment_failed'").await;
    world.ask(&server, 1, "pay").await;
    let second = prompt(&world, &server, 1, 1).await;
    let (one, two) = (paid(&first, "SHH1B2C3D4"), paid(&second, "SHH2B2C3D4"));
    // The second may be called back before its request is answered; that is found by number and amount.
    let calls = [(&first, &one), (&second, &two), (&first, &one), (&second, &two)];
    let calls = calls.map(|(request, outcome)| call_back(&world, &server, CallbackShape::CheckoutId, request, outcome));
    join_all(calls).await;
    world.until_rows(&server, 2, "payments WHERE state = 'succeeded'").await;
    world.until_rows(&server, 1, "orders WHERE state = 'paid'").await;
    world.settled(&server).await;
    assert_eq!(world.count("events WHERE kind = 'order.paid'").await, 1);
    assert_eq!(world.count("variants WHERE on_hand = 399 AND reserved = 0").await, 1);
    let told = world.got(1).iter().filter(|m| m.body.contains("SHH")).count();
    assert_eq!(told, 1, "one receipt: {:?}", world.got(1));
    let owner = world.got_by_all().remove(&format!("whatsapp:+{}", world.shop.owner)).unwrap_or_default();
    for receipt in ["SHH1B2C3D4", "SHH2B2C3D4"] {
        assert_eq!(owner.iter().filter(|body| body.contains(receipt)).count(), 1, "{receipt} in {owner:?}");
    }
    world.check_stock().await;
    check_log(&server.log(), &[]);
}

/// Thirty orders run out at the moment at which each is paid. Whoever comes first, the money is booked.
async fn money_that_arrives_as_the_order_expires_is_not_lost(installation: Installation) {
    const CUSTOMERS: usize = 30;
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let requests = join_all((0..CUSTOMERS).map(|customer| buy(&world, &server, customer, SCARF))).await;
    // No question to the provider makes up for what is dropped here.
    world.outside.paylink.hide_status(true);
    world.settled(&server).await;
    world.alter("UPDATE orders SET expires_at = 1").await;
    let calls = requests.iter().enumerate().map(|(n, request)| {
        let (world, server) = (&world, &server);
        async move {
            let outcome = paid(request, &format!("SHI{n:02}2C3D4"));
            call_back(world, server, CallbackShape::CheckoutId, request, &outcome).await;
        }
    });
    join_all(calls).await;
    world.until_rows(&server, 30, "payments WHERE state = 'succeeded'").await;
    world.until_rows(&server, 30, "orders WHERE state = 'paid'").await;
    world.settled(&server).await;
    assert_eq!(world.count("variants WHERE on_hand = 370 AND reserved = 0").await, 1);
    for customer in 0..CUSTOMERS {
        let receipts = world.got(customer).iter().filter(|m| m.body.contains("SHI")).count();
        assert_eq!(receipts, 1, "customer {customer}: {:?}", world.got(customer));
    }
    world.check_stock().await;
    check_log(&server.log(), &[]);
}

/// A provider that takes its time must not keep replies, expiry or the answers to others waiting.
async fn a_provider_that_hangs_holds_up_nothing_else(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    world.outside.paylink.delay_all(Duration::from_secs(12));
    agree(&world, &server, 1, SCARF).await;
    world.alter("UPDATE payments SET next_check_at = 1").await;
    world.outside.twilio.fail_next(1, &Fault::Refuse { status: 429, code: 20_429, message: "Too many".into() });
    let begun = Instant::now();
    world.ask(&server, 2, "how much is the Grey Fleece Hoodie?").await;
    assert!(begun.elapsed() < Duration::from_secs(8), "tried again only after {:?}", begun.elapsed());
    check_log(&server.log(), &[]);
}
