//! The process: how it begins and ends, what it says about itself, what it leaves on disk.

use std::{path::Path, time::Duration};

use duka_doubles::{CallbackShape, Outcome};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{
    sale::paid,
    support::{Installation, Outside, customer::Customer, on_each_database, shop::TestShop},
};

/// An installation with the shop, pointed at the doubles.
async fn shop(installation: Installation, outside: &Outside) -> (Installation, Customer) {
    let installation = outside.around(installation);
    let shop = TestShop::kito();
    shop.apply(&installation).await;
    (installation, Customer::of(&shop, "254712345678", "Wanjiku"))
}

#[tokio::test]
async fn what_was_accepted_before_sigterm_is_answered_before_the_end() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let (installation, customer) = shop(installation, &outside).await;
        // Still being gathered when the signal comes, and sent slowly.
        let server = installation.clone().with("DUKA_QUIET_MS", "700").serve().await;
        outside.twilio.delay_all(Duration::from_millis(300));
        customer.write(&server, &outside.twilio, "hi").await;
        assert_eq!(outside.twilio.sent_count(), 0, "not answered yet");
        server.stop().await;
        assert_eq!(customer.got(&outside.twilio).len(), 1);
        let tables = installation.tables().await;
        assert_eq!(tables.count("messages WHERE direction = 'out' AND status = 'sent'").await, 1, "and written down");
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_is_never_finished_does_not_keep_the_process_from_ending() {
    let outside = Outside::start().await;
    let (installation, _) = shop(Installation::new().await, &outside).await;
    let server = installation.serve().await;
    let mut idle = Vec::new();
    for begun in
        ["", "GET /health/live HT", "POST /webhook/whatsapp HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nTo="]
    {
        let mut connection = TcpStream::connect(server.base.trim_start_matches("http://")).await.unwrap();
        connection.write_all(begun.as_bytes()).await.unwrap();
        idle.push(connection);
    }
    // Whoever answers has accepted the connections before.
    assert_eq!(server.get("/health/live").await.unwrap().status(), 200);
    server.stop().await;
}

#[tokio::test]
async fn messages_that_can_never_be_dealt_with_go_to_the_team_and_hold_up_nobody() {
    let outside = Outside::start().await;
    let (installation, customer) = shop(Installation::new().await, &outside).await;
    let server = installation.serve().await;
    let tables = installation.tables().await;
    for words in ["I want the brown tote handbag", "checkout, I will pick it up at the shop"] {
        customer.says(&server, &outside.twilio, words).await;
    }
    tables.spoil("CREATE TRIGGER spoilt BEFORE INSERT ON orders BEGIN SELECT RAISE(ABORT, 'spoilt'); END").await;
    let told = customer.says(&server, &outside.twilio, "yes").await;
    assert!(told.contains("team"), "{told}");
    assert_eq!(tables.count("messages WHERE direction = 'in' AND answered_at IS NULL").await, 0);
    assert_eq!(tables.count("events WHERE kind = 'turn.set_aside'").await, 1);
    assert_eq!(tables.count("conversations WHERE handed_off").await, 1);
    assert_eq!(tables.count("orders").await, 0);
    let owner = format!("whatsapp:+{}", TestShop::kito().owner);
    assert_eq!(outside.twilio.sent().into_iter().filter(|message| message.to == owner).count(), 1, "the owner knows");
    let other = Customer::of(&TestShop::kito(), "254712345679", "Otieno");
    assert!(!other.says(&server, &outside.twilio, "hi").await.is_empty(), "others are answered");
    let doctor = installation.run(&["doctor"]).await;
    assert!(doctor.out.contains("could not be dealt with"), "{}", doctor.out);
    server.stop().await;
}

#[tokio::test]
async fn health_tells_the_process_from_what_it_needs() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let (installation, _) = shop(installation, &outside).await;
        let server = installation.serve().await;
        let status = async |path: &str| server.get(path).await.unwrap().status().as_u16();
        assert_eq!((status("/health/live").await, status("/health/ready").await), (200, 200));
        let tables = installation.tables().await;
        tables.spoil("ALTER TABLE seaql_migrations RENAME TO misplaced").await;
        assert_eq!((status("/health/live").await, status("/health/ready").await), (200, 503));
        tables.spoil("ALTER TABLE misplaced RENAME TO seaql_migrations").await;
        assert_eq!(status("/health/ready").await, 200);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_message_that_was_stored_and_not_answered_is_answered_by_the_next_process() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let (installation, customer) = shop(installation, &outside).await;
        // A process that only takes messages.
        let web = installation.serve_as(&["serve", "--role", "web"]).await;
        customer.write(&web, &outside.twilio, "hi").await;
        web.stop().await;
        assert_eq!(outside.twilio.sent_count(), 0);
        let server = installation.serve().await;
        server.tables().await.settled().await;
        assert_eq!(customer.got(&outside.twilio).len(), 1);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn one_process_takes_messages_and_another_answers_them() {
    let Some(installation) = Installation::on_postgres().await else { return };
    let outside = Outside::start().await;
    let (installation, customer) = shop(installation, &outside).await;
    let web = installation.serve_as(&["serve", "--role", "web"]).await;
    let mut worker =
        installation.command(&["serve", "--role", "worker"]).env("DUKA_PUBLIC_URL", &web.public).spawn().unwrap();
    let request = customer.orders_a_handbag(&web, &outside).await;
    let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: request.amount };
    let shape = CallbackShape::CheckoutId;
    outside.paylink.post_callback(&request.callback_url, shape, &request, &outcome).await.unwrap();
    paid(&web.tables().await, &request.reference).await;
    // They tell each other: nobody waits until a sweep looks for what was forgotten.
    let asked_at = std::time::Instant::now();
    customer.says(&web, &outside.twilio, "thank you").await;
    assert!(asked_at.elapsed() < Duration::from_secs(4), "answered after {:?}", asked_at.elapsed());
    web.stop().await;
    worker.kill().await.unwrap();
}

/// What a whole sale leaves nowhere in the clear: who, where, what was said, and what opens doors.
const PRIVATE: [&str; 13] = [
    "254712345678",
    "0712345678",
    "712 345 678",
    "Wanjiku",
    "254700000901",
    "Sarit",
    "brown tote handbag please",
    "sibling's wedding",
    "Njeri",
    "In your cart",
    duka_doubles::twilio::AUTH_TOKEN,
    duka_doubles::paylink::API_KEY,
    crate::support::KEY,
];

/// A sale with a refused webhook, a lost prompt, a picture, a hand-over and a wrong callback in it.
async fn eventful_sale(installation: Installation, outside: &Outside) -> (Installation, String) {
    let (installation, customer) = shop(installation, outside).await;
    let installation = installation.with("DUKA_LOG", "trace");
    let server = installation.serve().await;
    let twilio = &outside.twilio;
    twilio.post_tampered(&server.at("/webhook/whatsapp"), &[("Body", "sibling's wedding")]).await.unwrap();
    let file = duka_doubles::HostedMedia::File { content_type: "text/plain".into(), bytes: "sibling's wedding".into() };
    let address = twilio.host_media(file);
    let media = [("NumMedia", "1"), ("MediaUrl0", address.as_str()), ("MediaContentType0", "image/jpeg")];
    customer.sends(&server, twilio, &media).await;
    outside.paylink.fail_next(1, &duka_doubles::Fault::HangUpAfterAccepting);
    twilio.fail_next(1, &duka_doubles::Fault::HangUpAfterAccepting);
    for words in [
        "hi, I am looking for something for my sibling's wedding",
        "I want the brown tote handbag please",
        "checkout, deliver to Westlands, Sarit Centre, for Njeri",
        "yes",
    ] {
        customer.says(&server, twilio, words).await;
    }
    let request = outside.paylink.requests().pop();
    let request = request.unwrap_or_else(|| panic!("no prompt: {:#?}", customer.got(twilio)));
    for amount in [1, request.amount] {
        let outcome = Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount };
        let shape = CallbackShape::CheckoutId;
        outside.paylink.post_callback(&request.callback_url, shape, &request, &outcome).await.unwrap();
    }
    paid(&server.tables().await, &request.reference).await;
    customer.says(&server, twilio, "I want to talk to a person about my sibling's wedding").await;
    let log = server.log();
    server.stop().await;
    (installation, log)
}

#[tokio::test]
async fn the_log_names_nobody_and_quotes_nobody_even_at_its_most_talkative() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let (_installation, log) = eventful_sale(installation, &outside).await;
        assert!(log.lines().count() > 50, "it says something:\n{log}");
        for private in PRIVATE {
            let leak = log.lines().find(|line| line.contains(private));
            assert!(leak.is_none(), "{private:?} is in the log: {}", leak.unwrap_or_default());
        }
    })
    .await;
}

#[tokio::test]
async fn the_disk_holds_nobody_in_the_clear() {
    let outside = Outside::start().await;
    let (installation, _) = eventful_sale(Installation::new().await, &outside).await;
    let data = installation.folder().join("data");
    let mut looked_at = 0;
    for file in files(&data) {
        let bytes = std::fs::read(&file).unwrap();
        looked_at += bytes.len();
        for private in PRIVATE.iter().filter(|private| !is_the_shops_own(private)) {
            let found = bytes.windows(private.len()).any(|window| window == private.as_bytes());
            assert!(!found, "{private:?} is in {}", file.display());
        }
    }
    assert!(looked_at > 100_000, "there was something to look at");
}

/// What a shop tells everybody: its profile is not encrypted.
fn is_the_shops_own(text: &str) -> bool {
    text == "254700000901"
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn a_generated_master_key_is_for_its_owner_only_and_found_again() {
    use std::os::unix::fs::PermissionsExt;
    let installation = Installation::new().await.without("DUKA_MASTER_KEY");
    installation.run(&["tenant", "create", "--slug", "zawadi", "--name", "Zawadi"]).await.fine();
    let keys: Vec<_> = files(&installation.folder().join("data"))
        .into_iter()
        .filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with("duka.db"))
        .collect();
    assert_eq!(keys.len(), 1, "{keys:?}");
    assert_eq!(std::fs::metadata(&keys[0]).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(installation.run(&["tenant", "list"]).await.fine().contains("zawadi"));
}

#[tokio::test]
async fn rotated_keys_open_everything_and_the_old_one_is_not_needed_any_more() {
    use crate::support::{KEY, OTHER_KEY};
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let (installation, customer) = shop(installation, &outside).await;
        let server = installation.serve().await;
        customer.says(&server, &outside.twilio, "add the red wrap dress size M").await;
        server.stop().await;
        let both = installation.clone().with("DUKA_MASTER_KEY", &format!("{OTHER_KEY},{KEY}"));
        both.run(&["keys", "rotate"]).await.fine();
        let new = installation.clone().with("DUKA_MASTER_KEY", OTHER_KEY);
        let server = new.serve().await;
        let cart = customer.says(&server, &outside.twilio, "what is in my cart?").await;
        assert!(cart.contains("Red Wrap Dress"), "the customer is known again: {cart}");
        server.stop().await;
        assert_eq!(installation.run(&["tenant", "list"]).await.code, 1, "the old key alone opens nothing");
    })
    .await;
}
