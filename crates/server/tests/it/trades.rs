//! Shops of other trades, by what `evals/trades` says of them alone: each books, and two of them sell.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{
    Installation,
    console::{Console, words},
    on_each_database,
};

/// A shop and one of its services that one customer at a time can have, without a deposit.
struct Trade {
    slug: &'static str,
    asked: &'static str,
    code: &'static str,
    title: &'static str,
    price: &'static str,
    place: &'static str,
    /// Of another service: how it is asked for in Swahili, and its code.
    other: (&'static str, &'static str),
}

const TRADES: [Trade; 4] = [
    Trade {
        slug: "salon",
        asked: "a haircut",
        code: "CUT",
        title: "Haircut",
        price: "KES 500",
        place: "Tom Mboya Street",
        other: ("kuosha nywele", "WASH"),
    },
    Trade {
        slug: "spa",
        asked: "a manicure",
        code: "MANI",
        title: "Manicure",
        price: "KES 1,200",
        place: "Karen Road",
        other: ("kucha", "MANI"),
    },
    Trade {
        slug: "repair",
        asked: "a screen replacement",
        code: "SCREEN",
        title: "Screen replacement",
        price: "KES 3,500",
        place: "Luthuli Avenue",
        other: ("betri", "BATT"),
    },
    Trade {
        slug: "consultation",
        asked: "a tax return",
        code: "TAX",
        title: "Tax return",
        price: "KES 3,000",
        place: "Upper Hill",
        other: ("mpango wa biashara", "PLAN"),
    },
];

async fn open(installation: &Installation, slug: &str) -> Console {
    let trades = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evals/trades");
    let file = trades.join(slug).join("shop.yaml").display().to_string();
    installation.run(&["tenant", "apply", &file]).await.fine();
    Console::open(&installation.clone().with("DUKA_CLOCK", "2026-03-04T10:00:00+03:00"), slug)
}

fn booked(answer: &Value) -> Vec<String> {
    let all = answer["state"]["appointments"].as_array().expect("a list");
    let entry = |a: &Value| format!("{} {} {}", text(a, "service"), &text(a, "start")[..16], text(a, "status"));
    all.iter().map(entry).collect()
}

fn text(of: &Value, key: &str) -> String {
    of[key].as_str().unwrap_or_default().to_owned()
}

fn says(answer: &Value, parts: &[&str]) {
    let said = words(answer);
    for part in parts {
        assert!(said.contains(part), "{part:?} is missing in {said}");
    }
}

#[tokio::test]
async fn a_salon_a_spa_a_repair_shop_and_a_consultant_book_by_configuration_alone() {
    on_each_database(|installation| async move {
        for trade in TRADES {
            book(&installation, &trade).await;
        }
    })
    .await;
}

async fn book(installation: &Installation, trade: &Trade) {
    let Trade { slug, asked, code, title, price, place, .. } = trade;
    let mut console = open(installation, slug).await;
    says(&console.say("what services do you offer?").await, &[title, price]);
    let proposed = console.say(&format!("I want to book {asked} tomorrow at 10am")).await;
    says(&proposed, &[title, price, place, "Tomorrow", "10 am"]);
    assert!(booked(&proposed).is_empty(), "{slug}: nothing is booked before the yes");
    let done = console.say("yes").await;
    says(&done, &[title, price, place]);
    assert_eq!(booked(&done), [format!("{code} 2026-03-05T10:00 booked")], "{slug}");
    assert_eq!(done["state"]["owner_notifications"], 1, "{slug}");

    let other = json!({"from": "254722000002", "text": format!("book {asked} tomorrow at 10am")});
    let refused = console.line(other).await;
    says(&refused, &["taken", "1. "]);
    console.line(json!({"from": "254722000002", "text": "1"})).await;
    let second = console.line(json!({"from": "254722000002", "text": "yes"})).await;
    assert_eq!(booked(&second).len(), 1, "{slug}: {second}");

    let back = json!({"from": "254712345678", "text": "move my appointment to Tuesday at 11am"});
    let moved = console.line(back).await;
    assert_eq!(booked(&moved), [format!("{code} 2026-03-10T11:00 booked")], "{slug}: {}", words(&moved));
    says(&console.say("when is my appointment?").await, &[title, "10 March", "11 am"]);
    let freed = console.line(json!({"from": "254733000003", "text": format!("book {asked} tomorrow at 10am")})).await;
    assert!(!words(&freed).contains("taken"), "{slug}: {}", words(&freed));
    let thanked = console.line(json!({"from": "254712345678", "text": "thanks"})).await;
    assert_eq!(booked(&thanked).len(), 1, "{slug}");
    let reminded = console.line(json!({"wait": "144h"})).await;
    says(&reminded, &[title, "11 am"]);
    let gone = console.say("cancel my appointment").await;
    assert_eq!(booked(&gone), [format!("{code} 2026-03-10T11:00 cancelled")], "{slug}: {}", words(&gone));

    let (swahili, other_code) = trade.other;
    let said =
        console.line(json!({"from": "254744000004", "text": format!("nataka {swahili} kesho saa nane mchana")})).await;
    says(&said, &["14:00", "KES"]);
    let done = console.line(json!({"from": "254744000004", "text": "ndio"})).await;
    assert_eq!(booked(&done), [format!("{other_code} 2026-03-11T14:00 booked")], "{slug}: {}", words(&done));
    console.close().await;
}

#[tokio::test]
async fn who_did_not_come_pays_all_of_it_beforehand_the_next_time() {
    on_each_database(|installation| async move {
        let mut console = open(&installation, "spa").await;
        console.say("book a manicure tomorrow at 10am").await;
        assert_eq!(booked(&console.say("yes").await).len(), 1);
        console.close().await;
        let at_noon = installation.clone().with("DUKA_CLOCK", "2026-03-05T12:00:00+03:00");
        let missed = ["customer", "missed", "--tenant", "spa", "--phone", "254712345678"];
        at_noon.run(&missed).await.fine();
        assert_eq!(at_noon.run(&missed).await.code, 1, "noted once");
        let mut console = Console::open(&at_noon, "spa");
        says(&console.say("book a manicure tomorrow at 10am").await, &["deposit", "KES 1,200"]);
        let asked = console.say("yes").await;
        assert_eq!(asked["state"]["payment_requests"][0]["amount"], 120_000, "{}", words(&asked));
        console.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_wholesaler_of_groceries_and_a_bakery_sell_by_configuration_alone() {
    on_each_database(|installation| async move {
        sell(&installation, "wholesale", "do you have sugar?", "6,800").await;
        sell(&installation, "bakery", "do you have cakes?", "2,400").await;
        let mut console = open(&installation, "bakery").await;
        says(&console.say("book a table tomorrow at 1pm").await, &["Table for four", "1 pm", "Ngong Road"]);
        assert_eq!(booked(&console.say("yes").await), ["TABLE 2026-03-05T13:00 booked"]);
        console.close().await;
    })
    .await;
}

async fn sell(installation: &Installation, slug: &str, asked: &str, price: &str) {
    let mut console = open(installation, slug).await;
    says(&console.say("show me what you have").await, &["1. ", "2. ", price]);
    says(&console.say(asked).await, &[price]);
    let chosen = console.say("yes, I want it").await;
    assert_eq!(chosen["state"]["cart"].as_array().map(Vec::len), Some(1), "{slug}: {}", words(&chosen));
    says(&console.say("checkout, I will pick it up at the shop").await, &[price]);
    let placed = console.say("yes").await;
    let amount = placed["state"]["payment_requests"][0]["amount"].clone();
    assert!(amount.is_i64(), "{slug}: {}", words(&placed));
    let event = json!({"event": "payment_success", "receipt": "SCE1B2C3D4", "amount": amount});
    let paid = console.line(event).await;
    assert_eq!(paid["state"]["orders"][0]["status"], "paid", "{slug}: {}", words(&paid));
    console.close().await;
}
