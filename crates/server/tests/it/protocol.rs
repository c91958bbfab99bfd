//! `duka chat --jsonl`.

use serde_json::{Value, json};

use crate::support::{
    Installation,
    console::{Console, words},
    on_each_database,
    shop::{PaidThrough, TestShop, picture},
};

/// A shop paid by the sandbox, with its console open at a time that stands still.
async fn open(installation: &Installation) -> Console {
    let shop = TestShop {
        paid_through: PaidThrough::Sandbox,
        more: "    services: kito-services.csv\n".into(),
        ..TestShop::kito()
    };
    installation.put(
        "kito-services.csv",
        "code,name,description,duration_min,price,days,open,close\n\
         FIT,Dress Fitting,We take your measures,60,500,mon|tue|wed|thu|fri,09:00,17:00\n",
    );
    shop.apply(installation).await;
    Console::open(&installation.clone().with("DUKA_CLOCK", "2026-03-04T10:00:00+03:00"), "kito")
}

/// Buys a red dress in M up to the prompt and gives the last line out.
async fn order(console: &mut Console) -> Value {
    console.say("I want the red wrap dress in size M").await;
    console.say("checkout, deliver to Westlands, Sarit Centre").await;
    let placed = console.say("yes").await;
    assert_eq!(placed["state"]["payment_requests"][0]["status"], "pending", "{placed}");
    placed
}

#[tokio::test]
async fn a_line_that_is_not_understood_gives_an_error_alone_and_changes_nothing() {
    let installation = Installation::new().await;
    let mut console = open(&installation).await;
    console.line(json!({"text": "add the red wrap dress size M", "from": "254711000001"})).await;
    let before = console.line(json!({"inspect": ["stock"]})).await;
    let text = installation.put("words.txt", "these are words");
    let long = "x".repeat(300_000);
    let lines = [
        "hello".to_owned(),
        "{".into(),
        "[]".into(),
        "7".into(),
        "null".into(),
        "{}".into(),
        r#"{"text":5}"#.into(),
        r#"{"text":"hi","colour":"red"}"#.into(),
        r#"{"text":"hi","from":"nobody"}"#.into(),
        r#"{"text":"hi","to":"nowhere","from":"254711000002"}"#.into(),
        r#"{"image":"/nowhere/at/all.jpg","from":"254711000002"}"#.into(),
        r#"{"voice":"/nowhere/at/all.ogg","to":"kito","from":"254711000002","name":"Otieno"}"#.into(),
        r#"{"wait":"a while"}"#.into(),
        r#"{"wait":"-5m"}"#.into(),
        r#"{"event":"payday"}"#.into(),
        r#"{"event":"payment_success","receipt":"SCA1B2C3D4","amount":1,"from":"254711000002"}"#.into(),
        r#"{"event":"payment_failed","reason":"bored"}"#.into(),
        r#"{"resend_previous":true,"from":"254711000002"}"#.into(),
        r#"{"setup":{"stock":{"KT-001/M":3,"NO-SUCH/M":1}}}"#.into(),
        r#"{"setup":{"stock":{"KT-001/L":1},"orders":[{"number":"DK-1","phone":"254711000001","status":"lost"}]}}"#.into(),
        r#"{"setup":{"orders":[{"number":"DK-2","phone":"254711000001","status":"paid","items":[{"sku":"KT-001","size":"M"}]},{"number":"DK-3","phone":"254711000001","status":"paid","items":[{"sku":"NO-SUCH"}]}]}}"#.into(),
        r#"{"setup":{"stock":{"KT-001/L":1},"appointments":[{"phone":"254711000001","service":"NONE","start":"2026-03-05T10:00:00+03:00"}]}}"#.into(),
        r#"{"inspect":["everything"],"from":"254711000002"}"#.into(),
        format!("{{\"text\":{long}}}"),
    ];
    for line in lines {
        let answer = console.raw(&line).await;
        let fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
        let shown: String = line.chars().take(120).collect();
        assert_eq!(fields, ["error"], "{shown} gave {answer}");
        assert!(
            answer["error"].as_str().is_some_and(|error| error.len() > 5 && error.len() < 600),
            "{shown}: {answer}"
        );
        let after = console.line(json!({"inspect": ["stock"]})).await;
        assert_eq!(after, before, "{shown} changed something");
    }
    // A file that is no picture is a message like any other.
    let answer = console.line(json!({"image": text})).await;
    assert!(!words(&answer).is_empty(), "{answer}");
    assert_eq!(console.close().await, (Some(0), vec![]));
}

#[tokio::test]
async fn every_line_has_one_answer_with_its_id_and_the_end_of_input_is_code_0() {
    let installation = Installation::new().await;
    let console = open(&installation).await;
    console.close().await;
    let lines = "{\"id\":1,\"text\":\"hi\"}\n\n{\"id\":\"two\",\"text\":\"show me dresses\"}\nnonsense\n\
                 {\"id\":{\"deep\":[3]},\"inspect\":[]}\n{\"text\":\"thanks\"}";
    let ran = installation.run_with(&["chat", "--tenant", "kito", "--jsonl"], lines).await;
    let out: Vec<Value> = ran.fine().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<Value> = out.iter().map(|line| line.get("id").cloned().unwrap_or(Value::Null)).collect();
    assert_eq!(ids, [json!(1), json!("two"), Value::Null, json!({"deep": [3]}), Value::Null]);
    assert!(out[2].get("error").is_some());
    for line in out.iter().filter(|line| line.get("error").is_none()) {
        let state = line["state"].as_object().expect("a state");
        for name in [
            "now",
            "stage",
            "language",
            "cart",
            "subtotal",
            "discount",
            "coupon",
            "total",
            "orders",
            "payment_requests",
            "appointments",
            "handed_off",
            "opted_out",
            "owner_notifications",
        ] {
            assert!(state.contains_key(name), "{name} is missing in {line}");
        }
    }
    for name in ["intent", "slots", "langs", "model_calls", "micros"] {
        assert!(out[0]["turn"].get(name).is_some(), "{name} is missing in {}", out[0]["turn"]);
    }
    let empty = installation.run_with(&["chat", "--tenant", "kito", "--jsonl"], "").await;
    assert_eq!((empty.code, empty.out.as_str()), (0, ""));
}

#[tokio::test]
async fn a_line_that_is_no_text_is_a_line_that_is_not_understood() {
    let installation = Installation::new().await;
    let console = open(&installation).await;
    console.close().await;
    let mut command = installation.command(&["chat", "--tenant", "kito", "--jsonl"]);
    let mut child = command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let lines = b"{\"text\":\"\xff\xfe\"}\r\n\x00\x01\n{\"id\":3,\"text\":\"hi\"}\r\n";
    tokio::io::AsyncWriteExt::write_all(&mut input, lines).await.unwrap();
    drop(input);
    let ended = child.wait_with_output().await.unwrap();
    let out = String::from_utf8(ended.stdout).unwrap();
    let out: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((ended.status.code(), out.len()), (Some(0), 3), "{out:?}");
    assert!(out[0]["error"].is_string() && out[1]["error"].is_string(), "{out:?}");
    assert_eq!(out[2]["id"], 3);
}

#[tokio::test]
async fn customers_and_names_are_kept_apart() {
    let installation = Installation::new().await;
    let mut console = open(&installation).await;
    let hers = console.line(json!({"text": "hi", "from": "254711000001", "name": "Achieng"})).await;
    assert!(words(&hers).contains("Achieng"), "{hers}");
    assert_eq!(hers["replies"][0]["to"], "254711000001");
    assert_eq!(hers["replies"][0]["shop"], "kito");
    console.say("add the red wrap dress size M").await;
    let his = console.line(json!({"text": "hi", "from": "254711000002", "name": "Otieno"})).await;
    assert!(words(&his).contains("Otieno") && !words(&his).contains("Achieng"), "{his}");
    assert_eq!(his["state"]["cart"], json!([]));
    let still_his = console.say("asante").await;
    assert_eq!(still_his["replies"][0]["to"], "254711000002", "whoever spoke last goes on");
    let hers = console.line(json!({"inspect": [], "from": "+254 711 000 001"})).await;
    assert_eq!(hers["state"]["cart"][0]["sku"], "KT-001", "the same number, written otherwise: {hers}");
    assert_eq!(hers["replies"], json!([]));
    console.close().await;
}

#[tokio::test]
async fn a_message_that_is_delivered_again_is_not_answered_again() {
    on_each_database(async |installation| {
        let mut console = open(&installation).await;
        let first = console.say("add the red wrap dress size M").await;
        assert_eq!(first["state"]["cart"][0]["quantity"], 1);
        for _ in 0..2 {
            let again = console.line(json!({"resend_previous": true})).await;
            assert_eq!(again["replies"], json!([]), "{again}");
            assert_eq!(again["state"]["cart"], first["state"]["cart"]);
            assert!(again.get("turn").is_none(), "{again}");
        }
        console.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_order_that_is_not_paid_in_time_gives_its_pieces_back() {
    on_each_database(async |installation| {
        let mut console = open(&installation).await;
        order(&mut console).await;
        let held = console.line(json!({"wait": "29m", "id": "w"})).await;
        assert_eq!(held["id"], "w");
        assert_eq!(held["state"]["now"], "2026-03-04T10:29:00+03:00");
        let stock = console.line(json!({"inspect": ["stock"]})).await;
        assert_eq!(stock["stock"]["KT-001/M"], json!({"on_hand": 6, "reserved": 1, "price": 280_000}));
        console.line(json!({"wait": "2m"})).await;
        let after = console.line(json!({"inspect": ["stock"]})).await;
        assert_eq!(after["state"]["orders"][0]["status"], "expired", "{after}");
        assert_eq!(after["stock"]["KT-001/M"], json!({"on_hand": 6, "reserved": 0, "price": 280_000}));
        // The money comes after all: nobody else bought the piece, so the order is filled.
        let late = json!({"event": "payment_success", "receipt": "SCA1B2C3D4", "amount": 305_000});
        let late = console.line(late).await;
        assert_eq!(late["state"]["orders"][0]["status"], "paid", "{late}");
        let stock = console.line(json!({"inspect": ["stock"]})).await;
        assert_eq!(stock["stock"]["KT-001/M"], json!({"on_hand": 5, "reserved": 0, "price": 280_000}));
        console.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_payment_is_booked_once_and_only_in_full() {
    on_each_database(async |installation| {
        let mut console = open(&installation).await;
        order(&mut console).await;
        let pay = |amount: i64| json!({"event": "payment_success", "receipt": "SCA1B2C3D4", "amount": amount});
        let with = |mut event: Value, name: &str| {
            event[name] = json!(true);
            event
        };
        for wrong in [pay(304_900), pay(610_000), pay(0), with(pay(305_000), "unknown_reference")] {
            let answer = console.line(wrong.clone()).await;
            assert_eq!(answer["state"]["orders"][0]["status"], "pending_payment", "{wrong}: {answer}");
            assert!(!words(&answer).contains("SCA1B2C3D4"), "{wrong}: {answer}");
        }
        let paid = console.line(with(pay(305_000), "duplicate")).await;
        assert_eq!(paid["state"]["orders"][0]["status"], "paid", "{paid}");
        assert_eq!(paid["state"]["payment_requests"][0]["status"], "succeeded");
        let receipts = words(&paid).matches("SCA1B2C3D4").count();
        let to_customer = paid["replies"].as_array().unwrap().iter().filter(|reply| reply["to"] == "254712345678");
        assert_eq!(to_customer.count(), 1, "one receipt: {paid}");
        assert!(receipts >= 1, "{paid}");
        assert_eq!(paid["state"]["owner_notifications"], 1);
        let again = console.line(pay(305_000)).await;
        assert_eq!(again["replies"], json!([]), "known already");
        let failed = console.line(json!({"event": "payment_failed", "reason": "timeout"})).await;
        assert_eq!(failed["state"]["orders"][0]["status"], "paid", "a payment that was made has not failed");
        let stock = console.line(json!({"inspect": ["stock"]})).await;
        assert_eq!(stock["stock"]["KT-001/M"], json!({"on_hand": 5, "reserved": 0, "price": 280_000}));
        console.close().await;
    })
    .await;
}

#[tokio::test]
async fn every_reason_for_a_failed_payment_is_told() {
    let installation = Installation::new().await;
    let mut console = open(&installation).await;
    let mut told = std::collections::BTreeSet::new();
    for (n, reason) in ["cancelled_by_user", "wrong_pin", "insufficient_funds", "timeout"].into_iter().enumerate() {
        console.line(json!({"text": "hi", "from": format!("25471100000{n}")})).await;
        order(&mut console).await;
        let failed = console.line(json!({"event": "payment_failed", "reason": reason})).await;
        assert_ne!(failed["state"]["payment_requests"][0]["status"], "pending", "{failed}");
        assert_eq!(failed["state"]["orders"][0]["status"], "payment_failed", "{failed}");
        told.insert(words(&failed).replace(failed["state"]["orders"][0]["number"].as_str().unwrap(), ""));
        let retried = console.say("pay").await;
        assert_eq!(retried["state"]["payment_requests"][1]["status"], "pending", "{reason}: {retried}");
    }
    assert_eq!(told.len(), 4, "each in its own words: {told:#?}");
    console.close().await;
}

#[tokio::test]
async fn a_shop_can_be_put_into_a_state() {
    on_each_database(async |installation| {
        let mut console = open(&installation).await;
        console.line(json!({"setup": {
            "stock": {"KT-002/M": 0, "KT-003/ONE": 2},
            "orders": [{"number": "DK-7001", "phone": "254712345678", "name": "Wanjiku", "status": "delivered",
                "items": [{"sku": "KT-001", "size": "M", "quantity": 2}], "total": 585_000,
                "address": "Westlands", "zone": "nairobi", "paid_days_ago": 3}],
            "appointments": [{"phone": "254712345678", "service": "FIT", "start": "2026-03-06T10:00:00+03:00"},
                {"phone": "254712345678", "service": "FIT", "start": "2026-03-07T10:00:00+03:00", "status": "cancelled"}],
        }}))
        .await;
        let there = console.line(json!({"inspect": ["stock"]})).await;
        assert_eq!(there["stock"]["KT-002/M"]["on_hand"], 0);
        assert_eq!(there["stock"]["KT-003/ONE"]["on_hand"], 2);
        assert_eq!(there["stock"]["KT-001/M"], json!({"on_hand": 6, "reserved": 0, "price": 280_000}), "as it was");
        let order = &there["state"]["orders"][0];
        assert_eq!((&order["number"], &order["status"]), (&json!("DK-7001"), &json!("delivered")));
        assert_eq!((&order["subtotal"], &order["delivery_fee"], &order["total"]), (&json!(560_000), &json!(25_000), &json!(585_000)));
        assert_eq!(order["items"][0]["quantity"], 2);
        assert_eq!(there["state"]["appointments"], json!([
            {"service": "FIT", "start": "2026-03-06T10:00:00+03:00", "status": "booked"},
            {"service": "FIT", "start": "2026-03-07T10:00:00+03:00", "status": "cancelled"},
        ]));
        let again = json!({"setup": {"stock": {"KT-003/ONE": 9}, "orders": [
            {"number": "DK-7001", "phone": "254712345678", "status": "paid"}]}});
        assert!(console.raw(&again.to_string()).await["error"].is_string(), "a number is given once");
        let still = console.line(json!({"inspect": ["stock"]})).await;
        assert_eq!(still["stock"]["KT-003/ONE"]["on_hand"], 2, "all or nothing");
        let asked = console.say("where is my order DK-7001?").await;
        assert!(words(&asked).contains("DK-7001"), "{asked}");
        console.close().await;
    })
    .await;
}

#[tokio::test]
async fn inspecting_leaves_no_trace_of_a_number_that_never_wrote() {
    let installation = Installation::new().await;
    let mut console = open(&installation).await;
    let there = console.line(json!({"inspect": ["stock"], "from": "254799888777"})).await;
    assert_eq!(there["replies"], json!([]));
    assert_eq!(there["state"]["cart"], json!([]));
    assert_eq!(there["stock"].as_object().unwrap().len(), 12, "every variant: {there}");
    let tables = installation.tables().await;
    assert_eq!(tables.count("customers").await + tables.count("conversations").await, 0);
    console.close().await;
}

#[tokio::test]
async fn pictures_places_and_what_cannot_be_read_are_answered() {
    let installation = Installation::new().await;
    let mut console = open(&installation).await;
    installation.put("photo.jpg", picture("zc-003.jpg"));
    installation.put("note.ogg", b"OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00".repeat(10));
    for line in [
        json!({"image": "photo.jpg", "text": "do you have this?"}),
        json!({"image": installation.folder().join("photo.jpg")}),
        json!({"voice": "note.ogg"}),
        json!({"unsupported": "sticker"}),
        json!({"location": {"latitude": -1.2921, "longitude": 36.8219, "name": "Sarit Centre", "address": "Westlands"}}),
        json!({"location": {"latitude": -1.2921, "longitude": 36.8219}}),
        json!({"text": ""}),
        json!({"text": "😀"}),
    ] {
        let answer = console.line(line.clone()).await;
        assert!(!words(&answer).trim().is_empty(), "{line} gave {answer}");
    }
    console.close().await;
}

#[tokio::test]
async fn a_person_takes_over_and_hands_back() {
    on_each_database(async |installation| {
        let mut console = open(&installation).await;
        console.say("hi").await;
        let asked = console.say("I want to talk to a person").await;
        assert_eq!(asked["state"]["handed_off"], true, "{asked}");
        assert_eq!(asked["state"]["owner_notifications"], 1);
        let quiet = console.say("are you there?").await;
        let to_customer = quiet["replies"].as_array().unwrap().iter().filter(|reply| reply["to"] == "254712345678");
        assert_eq!(to_customer.count(), 0, "the assistant keeps quiet: {quiet}");
        let staff = console.line(json!({"event": "staff_reply", "text": "Yes, this is Njeri."})).await;
        assert!(words(&staff).contains("Yes, this is Njeri."), "{staff}");
        let released = console.line(json!({"event": "staff_release"})).await;
        assert_eq!(released["state"]["handed_off"], false);
        let back = console.say("show me dresses").await;
        assert!(words(&back).contains("Red Wrap Dress"), "{back}");
        console.close().await;
    })
    .await;
}

#[tokio::test]
async fn marketing_reaches_whoever_did_not_refuse_it() {
    let installation = Installation::new().await;
    let mut console = open(&installation).await;
    console.line(json!({"text": "hi", "from": "254711000001"})).await;
    console.line(json!({"text": "hi", "from": "254711000002"})).await;
    let out = console.line(json!({"text": "STOP sending me messages", "from": "254711000002"})).await;
    assert_eq!(out["state"]["opted_out"], true, "{out}");
    let sent = console.line(json!({"event": "marketing_broadcast", "text": "New dresses are in!"})).await;
    let to: Vec<&Value> = sent["replies"].as_array().unwrap().iter().map(|reply| &reply["to"]).collect();
    assert_eq!(to, [&json!("254711000001")], "{sent}");
    console.close().await;
}

#[tokio::test]
async fn the_same_conversation_goes_on_in_another_process() {
    let installation = Installation::new().await;
    let mut console = open(&installation).await;
    console.say("add the red wrap dress size M").await;
    console.close().await;
    let mut console = Console::open(&installation, "kito");
    let there = console.line(json!({"inspect": []})).await;
    assert_eq!(there["state"]["cart"][0]["sku"], "KT-001", "{there}");
    console.close().await;
}
