//! From "hi" to the receipt.

use duka_doubles::{CallbackShape, Outcome, SentMessage};
use reqwest::StatusCode;

use crate::support::{
    Installation, Outside, Server, Tables,
    customer::{Customer, text},
    on_each_database,
    shop::{TestShop, picture},
    until,
};

#[tokio::test]
async fn a_shop_sells_from_hi_to_the_receipt() {
    on_each_database(sell).await;
}

async fn sell(installation: Installation) {
    let outside = Outside::start().await;
    let installation = outside.around(installation);
    let shop = TestShop::kito();
    shop.apply(&installation).await;
    let server = installation.serve().await;
    let tables = installation.tables().await;
    let wanjiku = Customer::of(&shop, "254712345678", "Wanjiku");
    let twilio = &outside.twilio;

    let greeting = wanjiku.says(&server, twilio, "hi").await;
    assert!(greeting.contains("Kito Boutique") && greeting.contains("Wanjiku"), "{greeting}");

    let dresses = wanjiku.ask(&server, twilio, "show me dresses").await;
    let said = text(&dresses);
    for part in ["Red Wrap Dress", "KES 2,800", "Blue Floral Dress", "KES 2,500"] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    pictures_can_be_fetched(&server, &dresses).await;
    reports_are_taken(&server, &outside, &tables, &dresses).await;

    let added = wanjiku.says(&server, twilio, "the red one size M").await;
    assert!(added.contains("Red Wrap Dress"), "{added}");
    let summary = wanjiku.says(&server, twilio, "checkout, deliver to Westlands, Sarit Centre").await;
    for part in ["2,800", "250", "3,050", "Sarit"] {
        assert!(summary.contains(part), "{part} is missing in {summary}");
    }
    assert!(outside.paylink.requests().is_empty(), "nobody is charged before they said yes");

    let placed = wanjiku.says(&server, twilio, "yes").await;
    let requests = outside.paylink.requests();
    assert_eq!(requests.len(), 1, "{requests:#?}");
    let request = &requests[0];
    assert_eq!((request.phone.as_str(), request.amount), ("+254712345678", 3_050), "whole shillings");
    assert!(request.reference.starts_with("DK-") && placed.contains(&request.reference), "{request:?}: {placed}");
    assert!(request.description.chars().count() <= 13, "{request:?}");
    assert!(request.idempotency_key.is_some(), "{request:?}");
    let told = format!("{}/webhook/paylink/payment?t=", server.public);
    assert!(request.callback_url.starts_with(&told), "{request:?}");
    assert_eq!(stock(&tables, "KT-001", "M").await, (6, 1), "held for the order, not sold");

    let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: 3_050 };
    let before = wanjiku.got(twilio).len();
    for _ in 0..2 {
        let posted = outside.paylink.post_callback(&request.callback_url, CallbackShape::CheckoutId, request, &outcome);
        assert_eq!(posted.await.unwrap().status, 200);
    }
    paid(&tables, &request.reference).await;
    // The same news in other words, once it is over.
    let address = server.at("/webhook/paylink/callback");
    let posted = outside.paylink.post_callback(&address, CallbackShape::Safaricom, request, &outcome).await.unwrap();
    assert_eq!(posted.status, 200);
    understood(&tables).await;
    tables.settled().await;

    let receipt = wanjiku.got(twilio).split_off(before);
    assert_eq!(receipt.len(), 1, "exactly one receipt: {receipt:#?}");
    for part in ["SCA1B2C3D4", "3,050", &request.reference] {
        assert!(receipt[0].body.contains(part), "{part} is missing in {}", receipt[0].body);
    }
    let owner = format!("whatsapp:+{}", shop.owner);
    let news: Vec<SentMessage> = twilio.sent().into_iter().filter(|message| message.to == owner).collect();
    assert_eq!(news.len(), 1, "the owner is told once: {news:#?}");
    for part in ["Wanjiku", &request.reference, "3,050", "SCA1B2C3D4", "Red Wrap Dress"] {
        assert!(news[0].body.contains(part), "{part} is missing in {}", news[0].body);
    }
    assert_eq!(news[0].from, shop.address());
    assert_eq!(stock(&tables, "KT-001", "M").await, (5, 0), "sold once");
    server.stop().await;
}

/// The products' pictures are where the messages say, for whoever has the whole address and nobody else.
async fn pictures_can_be_fetched(server: &Server, messages: &[SentMessage]) {
    let addresses: Vec<&String> = messages.iter().flat_map(|message| &message.media_urls).collect();
    assert_eq!(addresses.len(), 2, "each product with its picture: {messages:#?}");
    let mut found = Vec::new();
    for address in &addresses {
        assert!(address.starts_with(&format!("{}/media/", server.public)), "{address}");
        let answer = reqwest::get(address.as_str()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "image/jpeg");
        found.push(answer.bytes().await.unwrap());
    }
    assert!(found.iter().any(|bytes| *bytes == picture("zc-003.jpg")), "the red dress's");
    assert!(found.iter().any(|bytes| *bytes == picture("zc-002.jpg")), "the blue dress's");
    let (bare, _) = addresses[0].split_once('?').unwrap();
    let (_, other) = addresses[1].split_once('?').unwrap();
    for wrong in [bare.to_owned(), format!("{bare}?s="), format!("{bare}?s=0123"), format!("{bare}?{other}")] {
        let status = reqwest::get(&wrong).await.unwrap().status();
        assert!(status.is_client_error(), "{wrong} gave {status}");
    }
}

/// Reports about a message are believed in whatever order they come.
async fn reports_are_taken(server: &Server, outside: &Outside, tables: &Tables, messages: &[SentMessage]) {
    let address = format!("{}/webhook/whatsapp/status", server.public);
    for message in messages {
        assert_eq!(message.status_callback.as_deref(), Some(address.as_str()));
    }
    let status = async |sid: &str| {
        let query = format!("SELECT status FROM messages WHERE provider_message_id = '{sid}'");
        tables.texts(&query).await.pop().expect("the message is known")
    };
    let report = async |sid: &str, word: &str| {
        let answer = outside.twilio.post_status(&address, sid, word, None).await.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    };
    let (in_order, out_of_order) = (&messages[0].sid, &messages[1].sid);
    for word in ["queued", "sent", "delivered", "read"] {
        report(in_order, word).await;
        assert_eq!(status(in_order).await, if word == "queued" { "sent" } else { word });
    }
    for (word, then) in [("delivered", "delivered"), ("sent", "delivered"), ("read", "read"), ("delivered", "read")] {
        report(out_of_order, word).await;
        assert_eq!(status(out_of_order).await, then, "after a report of {word}");
    }
    report("SM99999999999999999999999999999999", "delivered").await;
}

#[tokio::test]
async fn a_message_that_could_not_be_delivered_is_written_down_with_its_reason() {
    let outside = Outside::start().await;
    let installation = outside.around(Installation::new().await);
    let shop = TestShop::kito();
    shop.apply(&installation).await;
    let server = installation.serve().await;
    let tables = installation.tables().await;
    let wanjiku = Customer::of(&shop, "254712345678", "Wanjiku");
    let sid = wanjiku.ask(&server, &outside.twilio, "hi").await.pop().unwrap().sid;
    let address = server.at("/webhook/whatsapp/status");
    outside.twilio.post_status(&address, &sid, "undelivered", Some(63_016)).await.unwrap();
    let query = format!("SELECT status || ' ' || error_code FROM messages WHERE provider_message_id = '{sid}'");
    assert_eq!(tables.texts(&query).await, ["failed 63016"]);
    assert_eq!(tables.count("events WHERE kind = 'message.failed'").await, 1);
    server.stop().await;
}

#[tokio::test]
async fn a_callback_is_believed_in_every_shape_at_every_address() {
    let outside = Outside::start().await;
    let installation = outside.around(Installation::new().await);
    let shop = TestShop::kito();
    shop.apply(&installation).await;
    let server = installation.serve().await;
    let tables = installation.tables().await;
    let ways: Vec<(CallbackShape, &str)> = CallbackShape::ALL
        .into_iter()
        .flat_map(|shape| ["as told", "/webhook/paylink/payment", "/webhook/paylink/callback"].map(|way| (shape, way)))
        .filter(|(shape, way)| *way != "/webhook/paylink/payment" || *shape == CallbackShape::CheckoutId)
        .collect();
    for (n, (shape, way)) in ways.iter().enumerate() {
        let buyer = Customer::of(&shop, &format!("2547111110{n:02}"), "Achieng");
        let request = buyer.orders_a_handbag(&server, &outside).await;
        let outcome = Outcome::Paid { receipt: format!("SCA1B2C3{n:02}"), amount: request.amount };
        let address = match *way {
            // It carries our token: nobody has to be asked.
            "as told" => request.callback_url.clone(),
            // It does not: PayLink is asked whether that is so.
            path => {
                outside.paylink.settle(&request.checkout_id, outcome.clone());
                server.at(path)
            }
        };
        let before = buyer.got(&outside.twilio).len();
        let posted = outside.paylink.post_callback(&address, *shape, &request, &outcome).await.unwrap();
        assert_eq!(posted.status, 200, "{shape:?} {way}");
        paid(&tables, &request.reference).await;
        tables.settled().await;
        let receipt = text(&buyer.got(&outside.twilio).split_off(before));
        assert!(receipt.contains(&format!("SCA1B2C3{n:02}")), "{shape:?} {way}: {receipt}");
    }
    assert_eq!(stock(&tables, "KT-003", "ONE").await, (10 - i64::try_from(ways.len()).unwrap(), 0));
    server.stop().await;
}

#[tokio::test]
async fn a_failed_payment_is_told_in_every_shape_and_can_be_tried_again() {
    let outside = Outside::start().await;
    let installation = outside.around(Installation::new().await);
    let shop = TestShop::kito();
    shop.apply(&installation).await;
    let server = installation.serve().await;
    let tables = installation.tables().await;
    for (n, shape) in CallbackShape::ALL.into_iter().enumerate() {
        let buyer = Customer::of(&shop, &format!("2547111120{n:02}"), "Achieng");
        let request = buyer.orders_a_handbag(&server, &outside).await;
        let outcome = Outcome::Failed { code: 1032, words: "Request cancelled by user".into() };
        let before = buyer.got(&outside.twilio).len();
        outside.paylink.post_callback(&request.callback_url, shape, &request, &outcome).await.unwrap();
        understood(&tables).await;
        tables.settled().await;
        let told = buyer.got(&outside.twilio).split_off(before);
        assert_eq!(told.len(), 1, "{shape:?}: {told:#?}");
        let again = buyer.says(&server, &outside.twilio, "pay").await;
        let second = outside.paylink.requests().pop().unwrap();
        assert_eq!((&second.phone, &second.reference), (&request.phone, &request.reference), "{shape:?}: {again}");
        assert_ne!(
            second.idempotency_key, request.idempotency_key,
            "{shape:?}: another attempt is another payment; {again}"
        );
    }
    assert_eq!(stock(&tables, "KT-003", "ONE").await, (10, 4), "still held for them");
    server.stop().await;
}

#[tokio::test]
async fn a_callback_that_is_not_the_providers_pays_nothing() {
    let outside = Outside::start().await;
    let installation = outside.around(Installation::new().await);
    let shop = TestShop::kito();
    shop.apply(&installation).await;
    let server = installation.serve().await;
    let tables = installation.tables().await;
    let buyer = Customer::of(&shop, "254711113000", "Achieng");
    let request = buyer.orders_a_handbag(&server, &outside).await;
    let before = outside.twilio.sent_count();
    let full = Outcome::Paid { receipt: "SCAFORGED1".into(), amount: request.amount };
    let less = Outcome::Paid { receipt: "SCAFORGED2".into(), amount: request.amount - 1 };
    let stranger = duka_doubles::PushRequest { checkout_id: "ws_CO_999".into(), ..request.clone() };
    let wrong_token = server.at("/webhook/paylink/payment?t=00000000000000000000000000000000");
    let open = server.at("/webhook/paylink/callback");
    let forged = [
        ("a wrong token", &wrong_token, &request, &full),
        ("no token, and PayLink knows of no payment", &open, &request, &full),
        ("another amount", &request.callback_url, &request, &less),
        ("a prompt that nobody asked for", &open, &stranger, &full),
    ];
    for (what, address, about, outcome) in forged {
        let posted = outside.paylink.post_callback(address, CallbackShape::CheckoutId, about, outcome).await.unwrap();
        assert_eq!(posted.status, 200, "{what}: whoever forges learns nothing");
    }
    until("the notices about this payment to be looked at", async || {
        let looked_at = "payment_notices WHERE outcome IN ('wrong_token', 'amount_mismatch')";
        (tables.count(looked_at).await == 2).then_some(())
    })
    .await;
    assert_eq!(tables.count("orders WHERE state = 'pending_payment'").await, 1);
    assert_eq!(tables.count("events WHERE kind = 'payment.amount_mismatch'").await, 1, "a person has to look");
    assert_eq!(outside.twilio.sent_count(), before, "nobody is told of a payment");
    assert_eq!(stock(&tables, "KT-003", "ONE").await, (10, 1));
    server.stop().await;
}

/// Pieces in the shop and held of a variant.
pub async fn stock(tables: &Tables, sku: &str, size: &str) -> (i64, i64) {
    let of = async |column: &str| {
        let query = format!(
            "SELECT v.{column} FROM variants v JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id \
             WHERE p.sku = '{sku}' AND v.size = '{size}'"
        );
        tables.number(&query).await
    };
    (of("on_hand").await, of("reserved").await)
}

/// Waits until an order is paid.
pub async fn paid(tables: &Tables, number: &str) {
    let paid = format!("orders WHERE number = '{number}' AND state = 'paid'");
    until("the order to be paid", async || (tables.count(&paid).await == 1).then_some(())).await;
}

/// Waits until every callback is understood.
pub async fn understood(tables: &Tables) {
    let open = "payment_notices WHERE processed_at IS NULL";
    until("the callbacks to be understood", async || (tables.count(open).await == 0).then_some(())).await;
}

#[tokio::test]
async fn a_total_with_cents_is_asked_for_in_whole_shillings_and_booked() {
    let outside = Outside::start().await;
    let installation = outside.around(Installation::new().await);
    let catalogue = "sku,name,category,colors,sizes,price\nKT-009,Yellow Sun Dress,dress,yellow,ONE:3,2805.50\n";
    let shop = TestShop { catalogue: catalogue.into(), ..TestShop::kito() };
    shop.apply(&installation).await;
    let server = installation.serve().await;
    let buyer = Customer::of(&shop, "254711114000", "Achieng");
    let mut said = String::new();
    for words in ["I want the yellow sun dress", "checkout, I will pick it up at the shop", "yes"] {
        said = buyer.says(&server, &outside.twilio, words).await;
    }
    let request = outside
        .paylink
        .requests()
        .pop()
        .unwrap_or_else(|| panic!("no prompt: {said} {:#?}", text(&buyer.got(&outside.twilio))));
    assert_eq!(request.amount, 2_806);
    let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: 2_806 };
    let shape = CallbackShape::CheckoutId;
    outside.paylink.post_callback(&request.callback_url, shape, &request, &outcome).await.unwrap();
    let tables = installation.tables().await;
    paid(&tables, &request.reference).await;
    assert_eq!(tables.number("SELECT total FROM orders").await, 280_550);
    server.stop().await;
}
