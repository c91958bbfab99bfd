//! What is let in, and what customers send besides words.

use std::fmt::Write;

use bytes::Bytes;
use duka_doubles::HostedMedia;
use sha2::{Digest, Sha256};

use crate::support::{
    Installation, Outside, Server, Tables,
    customer::{Customer, text},
    on_each_database,
    shop::{TestShop, picture},
};

/// A shop that is served, with its doubles.
struct World {
    installation: Installation,
    outside: Outside,
    server: Server,
    tables: Tables,
    customer: Customer,
}

impl World {
    async fn start(installation: Installation) -> Self {
        let outside = Outside::start().await;
        let installation = outside.around(installation);
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let tables = installation.tables().await;
        let customer = Customer::of(&shop, "254712345678", "Wanjiku");
        Self { installation, outside, server, tables, customer }
    }

    async fn says(&self, words: &str) -> String {
        self.customer.says(&self.server, &self.outside.twilio, words).await
    }

    /// Sends a message with these fields and gives the words of the answer.
    async fn sends(&self, fields: &[(&str, &str)]) -> String {
        text(&self.customer.sends(&self.server, &self.outside.twilio, fields).await)
    }

    /// Sends a file that is kept at the double, announced as `content_type`, and gives the words of the answer.
    async fn sends_media(&self, media: HostedMedia, content_type: &str) -> String {
        let address = self.outside.twilio.host_media(media);
        self.sends(&[("NumMedia", "1"), ("MediaUrl0", &address), ("MediaContentType0", content_type)]).await
    }
}

#[tokio::test]
async fn a_message_that_is_not_signed_by_the_shops_own_token_does_nothing() {
    on_each_database(async |installation| {
        let World { outside, server, tables, customer, .. } = World::start(installation).await;
        let twilio = &outside.twilio;
        let address = server.at("/webhook/whatsapp");
        let fields = customer.fields(twilio, &[("Body", "hi")]);
        let signed = twilio.signed(&address, &fields);
        let mut unsigned = signed.clone();
        unsigned.signature = String::new();
        let mut tampered = signed.clone();
        tampered.body = tampered.body.replace("Body=hi", "Body=hey");
        let mut more = signed.clone();
        more.body.push_str("&Extra=1");
        // Another account's token, known to Twilio but not to this shop.
        let other = TestShop::pwani();
        twilio.add_account(&other.account_sid, &other.auth_token);
        let mut others_fields = fields.clone();
        others_fields.iter_mut().filter(|(name, _)| name == "AccountSid").for_each(|f| f.1 = other.account_sid.clone());
        let wrong_token = twilio.signed(&address, &others_fields);
        let elsewhere = twilio.signed("https://elsewhere.example/webhook/whatsapp", &fields);
        for (what, webhook) in [
            ("unsigned", &unsigned),
            ("tampered", &tampered),
            ("with a field more", &more),
            ("signed with another token", &wrong_token),
            ("signed for another address", &elsewhere),
        ] {
            let answer = twilio.post(&address, webhook).await.unwrap();
            assert_eq!(answer.status, 403, "{what}");
        }
        let bare = reqwest::Client::new().post(&address).body(signed.body.clone()).send().await.unwrap();
        assert_eq!(bare.status(), 403, "without the header");
        let report = twilio.signed(&address, &customer.fields(twilio, &[("From", "whatsapp:+254700000001")]));
        let answer = twilio.post(&server.at("/webhook/whatsapp/status"), &report).await.unwrap();
        assert_eq!(answer.status, 403, "a signature is for one address");
        for table in ["messages", "customers", "conversations"] {
            assert_eq!(tables.count(table).await, 0, "{table}");
        }
        // The same message, signed, is taken: nothing else was wrong with it.
        let answer = twilio.post(&address, &signed).await.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, "<Response/>"));
        tables.settled().await;
        assert_eq!(twilio.sent_count(), 1);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_message_again_is_acknowledged_and_not_answered_again() {
    on_each_database(async |installation| {
        let World { outside, server, tables, customer, .. } = World::start(installation).await;
        let address = server.at("/webhook/whatsapp");
        let webhook = outside.twilio.signed(&address, &customer.fields(&outside.twilio, &[("Body", "hi")]));
        for _ in 0..3 {
            let answer = outside.twilio.post(&address, &webhook).await.unwrap();
            assert_eq!((answer.status, answer.body.as_str()), (200, "<Response/>"));
            tables.settled().await;
        }
        // A second answer would have been sent before this later message is answered.
        let dresses = customer.ask(&server, &outside.twilio, "show me dresses").await;
        assert_eq!(tables.count("messages WHERE direction = 'in'").await, 2);
        assert_eq!(customer.got(&outside.twilio).len(), 1 + dresses.len());
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_message_to_a_number_of_no_shop_is_acknowledged_and_nothing_more() {
    let World { outside, server, tables, customer, .. } = World::start(Installation::new().await).await;
    let unknown = [("To", "whatsapp:+254799999999"), ("Body", "hi")];
    let answer = customer.send(&server, &outside.twilio, &unknown).await;
    assert!((200..300).contains(&answer.status), "{answer:?}");
    assert_eq!(tables.count("messages").await + tables.count("customers").await, 0);
    assert_eq!(outside.twilio.sent_count(), 0);
    server.stop().await;
}

#[tokio::test]
async fn whatever_a_customer_sends_is_answered_like_a_person_would() {
    on_each_database(whatever_a_customer_sends).await;
}

async fn whatever_a_customer_sends(installation: Installation) {
    let world = World::start(installation).await;
    world.says("hi").await;
    let long = "nataka dress nyekundu ".repeat(480);
    assert!(long.len() > 10_000);
    for (what, fields) in [
        ("10 kB of text", vec![("Body", long.as_str())]),
        ("emoji only", vec![("Body", "😀🔥👗")]),
        ("an empty body", vec![("Body", "")]),
        ("spaces", vec![("Body", "   \n ")]),
        ("control characters", vec![("Body", "\u{0}\u{1}\u{202e}hi")]),
        (
            "a sticker",
            vec![
                ("MessageType", "sticker"),
                ("NumMedia", "1"),
                ("MediaContentType0", "image/webp"),
                ("MediaUrl0", "https://api.twilio.com/nowhere"),
            ],
        ),
        (
            "a location",
            vec![
                ("MessageType", "location"),
                ("Latitude", "-1.2921"),
                ("Longitude", "36.8219"),
                ("Address", "Moi Avenue, Nairobi"),
            ],
        ),
        ("a location without a name", vec![("Latitude", "-1.2921"), ("Longitude", "36.8219")]),
        (
            "a document",
            vec![
                ("MessageType", "document"),
                ("NumMedia", "1"),
                ("MediaContentType0", "application/pdf"),
                ("MediaUrl0", "https://api.twilio.com/nowhere"),
            ],
        ),
        ("a contact", vec![("MessageType", "contacts"), ("Body", "")]),
        ("something new", vec![("MessageType", "hologram"), ("Body", "")]),
        ("an odd name", vec![("ProfileName", "\u{0}\u{202e}'; --😀"), ("Body", "hi")]),
        ("no name", vec![("ProfileName", ""), ("Body", "hi")]),
        ("a long name", vec![("ProfileName", long.as_str()), ("Body", "hi")]),
        ("a reply to nothing", vec![("Body", "this one"), ("OriginalRepliedMessageSid", "SM\u{0}77")]),
        ("SQL", vec![("Body", "'; DROP TABLE orders; --")]),
    ] {
        let answer = world.sends(&fields).await;
        assert!(!answer.trim().is_empty(), "{what} got no answer");
        assert!(answer.chars().count() < 3_000, "{what}: {answer}");
    }
    let answer = world.says("do you have the red wrap dress in M?").await;
    assert!(answer.contains("Red Wrap Dress") || answer.contains("person"), "the sale goes on: {answer}");
    world.server.stop().await;
}

#[tokio::test]
async fn a_customers_picture_is_fetched_once_and_kept_under_the_shop() {
    on_each_database(async |installation| {
        let world = World::start(installation).await;
        world.says("hi").await;
        let bytes = picture("zc-005.jpg");
        let file = HostedMedia::File { content_type: "image/jpeg".into(), bytes: Bytes::from(bytes.clone()) };
        let answer = world.sends_media(file, "image/jpeg").await;
        assert!(!answer.is_empty());
        let original = hex(&Sha256::digest(&bytes));
        let tenant = tenant(&world, "kito").await;
        let folder = world.installation.folder().join(format!("data/media/tenants/{tenant}/media"));
        let stored: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        let mut of_message = Vec::new();
        for hash in &stored {
            let kept = format!(
                "media m JOIN messages i ON i.media_key LIKE '%' || m.hash WHERE m.hash = '{hash}' AND i.direction = 'in'"
            );
            if world.tables.count(&kept).await == 1 {
                of_message.push(hash.clone());
            }
        }
        assert_eq!(world.outside.twilio.downloads(), 1, "fetched once");
        let [hash] = &of_message[..] else { panic!("recorded with its message: {stored:?}\n{}", world.server.log()) };
        assert_ne!(*hash, original, "encoded afresh");
        assert_eq!(world.tables.count(&format!("looks WHERE hash = '{hash}'")).await, 1, "looked at");
        let kept = std::fs::read(folder.join(hash)).unwrap();
        assert!(kept.starts_with(&[0xFF, 0xD8]) && kept.len() <= 1024 * 1024, "a small JPEG under the shop");
        // The shop's own address of it is not to be guessed.
        let guessed = format!("/media/{tenant}/{hash}");
        for path in [guessed.clone(), format!("{guessed}?s=00"), format!("/media/{tenant}/../../duka.db?s=00")] {
            assert!(world.server.get(&path).await.unwrap().status().is_client_error(), "{path}");
        }
        world.server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_too_large_or_not_what_it_says_gets_a_friendly_answer() {
    let world = World::start(Installation::new().await).await;
    world.says("hi").await;
    let mib = Bytes::from(vec![0xFF; 1024 * 1024]);
    let mut program = b"MZ\x90\x00\x03\x00\x00\x00".to_vec();
    program.resize(4_096, 0);
    let large = HostedMedia::Stream { content_type: "image/jpeg".into(), piece: mib.clone(), pieces: 30 };
    let known_large = HostedMedia::File { content_type: "image/jpeg".into(), bytes: vec![0xFF; 30 << 20].into() };
    let exe = HostedMedia::File { content_type: "image/jpeg".into(), bytes: program.into() };
    let page = HostedMedia::File { content_type: "text/html".into(), bytes: Bytes::from_static(b"<script>1</script>") };
    let nothing = HostedMedia::File { content_type: "image/jpeg".into(), bytes: Bytes::new() };
    let elsewhere = HostedMedia::Redirect("http://169.254.169.254/latest/meta-data/".into());
    for (what, media) in [
        ("30 MB", large),
        ("30 MB, told beforehand", known_large),
        ("a program named as a picture", exe),
        ("a page", page),
        ("nothing", nothing),
        ("somewhere else", elsewhere),
        ("gone", HostedMedia::Gone),
    ] {
        let answer = world.sends_media(media, "image/jpeg").await;
        assert!(!answer.trim().is_empty(), "{what} got no answer:\n{}", world.server.log());
    }
    // An address that is not Twilio's is not fetched at all.
    let trap = duka_doubles::TwilioDouble::start().await.unwrap();
    let file = HostedMedia::File { content_type: "image/jpeg".into(), bytes: Bytes::from(picture("zc-005.jpg")) };
    let foreign = trap.host_media(file);
    let answer = world.sends(&[("NumMedia", "1"), ("MediaUrl0", &foreign), ("MediaContentType0", "image/jpeg")]).await;
    assert!(!answer.is_empty());
    assert_eq!(trap.downloads(), 0);
    assert_eq!(
        world.tables.count("messages WHERE direction = 'in' AND media_key IS NOT NULL").await,
        0,
        "none is kept"
    );
    assert_eq!(world.server.get("/health/ready").await.unwrap().status(), 200);
    world.server.stop().await;
}

#[tokio::test]
async fn garbage_is_refused_at_every_webhook() {
    let World { server, outside, .. } = World::start(Installation::new().await).await;
    let deep = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
    let large = "a".repeat(600 * 1024);
    let garbage: [(&str, &[u8]); 8] = [
        ("application/json", b""),
        ("application/json", b"{"),
        ("application/json", b"null"),
        ("application/json", b"[1,2,3]"),
        ("application/json", br#"{"Body":{"stkCallback":7}}"#),
        ("application/json", deep.as_bytes()),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&&&=&Tp="),
        ("application/octet-stream", &[0xFF, 0xFE, 0x00, 0x80]),
    ];
    for path in
        ["/webhook/whatsapp", "/webhook/whatsapp/status", "/webhook/paylink/payment", "/webhook/paylink/callback"]
    {
        for (content_type, body) in garbage {
            let status = server.post(path, content_type, body.to_vec()).await;
            let start = String::from_utf8_lossy(&body[..body.len().min(20)]).into_owned();
            assert!((400..500).contains(&status), "{path} answered {status} to {start:?}");
        }
        // On a connection of its own, because it is refused and closed before all of it was sent.
        let upload = reqwest::Client::new().post(server.at(path)).body(large.clone());
        let refused = upload.send().await.map(|answer| answer.status().as_u16());
        assert!(matches!(refused, Ok(413) | Err(_)), "{path} gave {refused:?} to what is too large");
        assert_eq!(server.get(path).await.unwrap().status(), 405);
    }
    assert_eq!(server.get("/webhook/nobody").await.unwrap().status(), 404);
    assert_eq!(outside.twilio.sent_count(), 0);
    assert_eq!(server.get("/health/ready").await.unwrap().status(), 200);
    server.stop().await;
}

/// The identity of a shop, as text, on either database.
async fn tenant(world: &World, slug: &str) -> String {
    let store = world.installation.store().await;
    let tenant = world.installation.scope(&store, slug).await.tenant().to_string();
    store.close().await;
    tenant
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}
