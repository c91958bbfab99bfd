//! Shops that share an installation and a customer share nothing else.

use duka_doubles::{CallbackShape, Outcome};
use serde_json::json;

use crate::{
    sale::{paid, understood},
    support::{
        Installation, Outside,
        console::{Console, words},
        customer::Customer,
        on_each_database,
        shop::{PaidThrough, TestShop},
    },
};

#[tokio::test]
async fn one_customer_of_two_shops_is_two_strangers_over_http() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let installation = outside.around(installation);
        let (kito, pwani) = (TestShop::kito(), TestShop::pwani());
        outside.twilio.add_account(&pwani.account_sid, &pwani.auth_token);
        kito.apply(&installation).await;
        pwani.apply(&installation).await;
        let server = installation.serve().await;
        let twilio = &outside.twilio;
        let at_kito = Customer::of(&kito, "254712345678", "Wanjiku");
        let at_pwani = Customer::of(&pwani, "254712345678", "Wanjiku");

        let request = at_kito.orders_a_handbag(&server, &outside).await;
        let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: request.amount };
        let shape = CallbackShape::CheckoutId;
        outside.paylink.post_callback(&request.callback_url, shape, &request, &outcome).await.unwrap();
        let tables = installation.tables().await;
        paid(&tables, &request.reference).await;
        tables.settled().await;

        let greeting = at_pwani.says(&server, twilio, "hi").await;
        assert!(greeting.contains("Pwani Shoes") && !greeting.contains("Kito"), "{greeting}");
        let status = at_pwani.says(&server, twilio, &format!("where is my order {}?", request.reference)).await;
        assert!(!status.contains("Handbag") && !status.contains("2,600") && !status.contains("SCA1"), "{status}");
        let history = at_pwani.says(&server, twilio, "what did I buy last time?").await;
        assert!(!history.contains("Handbag"), "{history}");
        let cart = at_pwani.says(&server, twilio, "show me the brown tote handbag").await;
        assert!(!cart.contains("Brown Tote"), "the other shop's product: {cart}");
        let shoes = at_pwani.ask(&server, twilio, "show me sneakers").await;
        let pictures: Vec<&String> = shoes.iter().flat_map(|message| &message.media_urls).collect();
        let dresses = at_kito.ask(&server, twilio, "show me dresses").await;
        let others: Vec<&String> = dresses.iter().flat_map(|message| &message.media_urls).collect();
        assert!(!pictures.is_empty() && !others.is_empty(), "{shoes:#?}{dresses:#?}");

        // The picture of one shop under the name of the other, with either signature.
        let (path, signature) = pictures[0].split_once("?s=").unwrap();
        let (other_path, other_signature) = others[0].split_once("?s=").unwrap();
        let tenant = |path: &str| path.rsplit('/').nth(1).unwrap().to_owned();
        let crossed = path.replace(&tenant(path), &tenant(other_path));
        for address in [
            format!("{path}?s={other_signature}"),
            format!("{crossed}?s={signature}"),
            format!("{crossed}?s={other_signature}"),
        ] {
            assert_eq!(reqwest::get(&address).await.unwrap().status(), 404, "{address}");
        }
        for message in shoes {
            assert_eq!((&message.from, &message.account_sid), (&pwani.address(), &pwani.account_sid));
        }
        // A message to one shop that is signed with the other's token.
        let mut fields = at_kito.fields(twilio, &[("Body", "hi")]);
        fields.iter_mut().filter(|(name, _)| name == "AccountSid").for_each(|f| f.1 = pwani.account_sid.clone());
        let address = server.at("/webhook/whatsapp");
        assert_eq!(twilio.post(&address, &twilio.signed(&address, &fields)).await.unwrap().status, 403);
        // A report about one shop's message that is signed by the other.
        let sid = &at_kito.got(twilio)[0].sid;
        let report = [
            ("MessageSid", sid.as_str()),
            ("MessageStatus", "read"),
            ("From", &pwani.address()),
            ("AccountSid", &pwani.account_sid),
        ];
        let report: Vec<(String, String)> = report.map(|(n, v)| (n.to_owned(), v.to_owned())).into();
        let address = server.at("/webhook/whatsapp/status");
        assert_eq!(twilio.post(&address, &twilio.signed(&address, &report)).await.unwrap().status, 204);
        let status = tables.texts(&format!("SELECT status FROM messages WHERE provider_message_id = '{sid}'")).await;
        assert_eq!(status, ["sent"]);
        // Both owners heard of their own shop only.
        let to = |owner: &str| {
            let owner = format!("whatsapp:+{owner}");
            twilio.sent().into_iter().filter(move |message| message.to == owner)
        };
        assert_eq!(to(&kito.owner).count(), 1);
        assert!(to(&pwani.owner).all(|message| !message.body.contains(&request.reference)), "{:#?}", twilio.sent());
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn orders_with_the_same_number_and_amount_are_told_apart_by_their_prompts() {
    let outside = Outside::start().await;
    let installation = outside.around(Installation::new().await);
    let (kito, pwani) = (TestShop::kito(), TestShop { catalogue: TestShop::kito().catalogue, ..TestShop::pwani() });
    outside.twilio.add_account(&pwani.account_sid, &pwani.auth_token);
    kito.apply(&installation).await;
    pwani.apply(&installation).await;
    let server = installation.serve().await;
    let tables = installation.tables().await;
    let first = Customer::of(&kito, "254712345678", "Wanjiku").orders_a_handbag(&server, &outside).await;
    let second = Customer::of(&pwani, "254712345678", "Wanjiku").orders_a_handbag(&server, &outside).await;
    let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: first.amount };
    // The token of one payment with the news about the other.
    let shape = CallbackShape::CheckoutId;
    outside.paylink.post_callback(&first.callback_url, shape, &second, &outcome).await.unwrap();
    understood(&tables).await;
    assert_eq!(tables.count("orders WHERE state = 'paid'").await, 0);
    outside.paylink.post_callback(&second.callback_url, shape, &second, &outcome).await.unwrap();
    paid(&tables, &second.reference).await;
    assert_eq!(tables.count("orders WHERE state = 'paid'").await, 1);
    server.stop().await;
}

#[tokio::test]
async fn one_customer_of_two_shops_is_two_strangers_in_the_console() {
    let installation = Installation::new().await;
    for shop in [TestShop::kito(), TestShop::pwani()] {
        TestShop { paid_through: PaidThrough::Sandbox, ..shop }.apply(&installation).await;
    }
    let mut console = Console::open(&installation, "kito");
    console.say("habari, naitwa Wanjiku. nataka brown tote handbag").await;
    console.say("checkout, I will pick it up at the shop").await;
    let ordered = console.say("yes").await;
    let number = ordered["state"]["orders"][0]["number"].as_str().expect("an order").to_owned();
    console.say("add the red wrap dress size M").await;
    let here = console.line(json!({"inspect": ["stock"]})).await;
    assert_eq!(here["state"]["cart"][0]["sku"], "KT-001", "{here}");

    let there = console.line(json!({"inspect": ["stock"], "to": "pwani"})).await;
    let state = &there["state"];
    assert_eq!(state["cart"], json!([]));
    assert_eq!(state["orders"], json!([]));
    assert_eq!(state["payment_requests"], json!([]));
    assert!(there["stock"].get("KT-001/M").is_none() && there["stock"].get("PW-001/40").is_some(), "{there}");
    let asked = console.line(json!({"text": format!("where is order {number}?"), "to": "pwani"})).await;
    assert!(!words(&asked).contains("Handbag") && !words(&asked).contains("2,600"), "{asked}");
    for reply in asked["replies"].as_array().unwrap() {
        assert_eq!(reply["shop"], "pwani");
    }
    let asked = console.line(json!({"text": "do you have the red wrap dress?", "to": "pwani"})).await;
    assert!(!words(&asked).contains("Red Wrap Dress –"), "{asked}");
    // A payment event in this shop is about nothing.
    let paid = console.raw(r#"{"event":"payment_success","receipt":"SCA1B2C3D4","amount":260000,"to":"pwani"}"#).await;
    assert!(paid.get("error").is_some(), "{paid}");
    let back = console.line(json!({"inspect": ["stock"], "to": "kito"})).await;
    assert_eq!(back["state"]["orders"][0]["status"], "pending_payment");
    assert_eq!(back["state"]["cart"][0]["sku"], "KT-001");
    assert_eq!(console.close().await, (Some(0), vec![]));
}

#[tokio::test]
async fn an_order_number_of_another_customer_shows_nothing() {
    let installation = Installation::new().await;
    TestShop { paid_through: PaidThrough::Sandbox, ..TestShop::kito() }.apply(&installation).await;
    let mut console = Console::open(&installation, "kito");
    for words in ["I want the brown tote handbag", "checkout, deliver to Westlands, Sarit Centre", "yes"] {
        console.say(words).await;
    }
    let mine = console.line(json!({"inspect": []})).await;
    let number = mine["state"]["orders"][0]["number"].as_str().unwrap().to_owned();
    let theirs = json!({"text": format!("where is my order {number}?"), "from": "254799000111", "name": "Otieno"});
    let answer = console.line(theirs).await;
    for part in ["Handbag", "Sarit", "2,850", "2,600"] {
        assert!(!words(&answer).contains(part), "{part}: {answer}");
    }
    console.close().await;
}
