//! The Twilio client against a double on a real socket.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::time::Duration;

use duka_doubles::{
    Fault, HostedMedia, TwilioDouble,
    twilio::{
        ACCOUNT_SID, AUTH_TOKEN,
        webhooks::{CUSTOMER, SHOP},
    },
};
use duka_kernel::Timestamp;
use duka_providers::{
    channels::twilio::{
        DEFAULT_MEDIA_LIMIT, InboundMessage, MediaError, MessageStatus, OutgoingMessage, Payload, SendError, Sender,
        SentQuery, SignedRequest, SigningKeys, StatusUpdate, Twilio, TwilioAccount, TwilioConfig, parse_form,
        split_text, verify,
    },
    http::{Timeouts, client},
};

struct World {
    double: TwilioDouble,
    twilio: Twilio,
    account: TwilioAccount,
}

impl World {
    async fn start() -> Self {
        let double = TwilioDouble::start().await.unwrap();
        let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(400) };
        let config = TwilioConfig::at(&double.base_url()).unwrap();
        let account = TwilioAccount { account_sid: ACCOUNT_SID.into(), auth_token: AUTH_TOKEN.into() };
        Self { double, twilio: Twilio::new(client(timeouts).unwrap(), config), account }
    }

    async fn say(&self, body: &str) -> Result<String, SendError> {
        self.twilio.send(&self.account, &to_customer(body)).await.map(|sent| sent.sid)
    }

    async fn find(&self, body: &str, since: Timestamp) -> Vec<String> {
        let query = SentQuery { to: CUSTOMER, body, media_count: 0, since };
        let found = self.twilio.find_sent(&self.account, &query).await.unwrap();
        found.into_iter().map(|sent| sent.sid).collect()
    }

    async fn download(&self, address: &str, accepted: &[&str], limit: usize) -> Result<usize, MediaError> {
        self.twilio.download(&self.account, address, accepted, limit).await.map(|media| media.bytes.len())
    }
}

fn to_customer(body: &str) -> OutgoingMessage<'_> {
    OutgoingMessage { to: CUSTOMER, from: Sender::Address(SHOP), body, media_urls: &[], status_callback: None }
}

fn now() -> Timestamp {
    duka_kernel::Clock::system().now()
}

fn refuse(status: u16, code: u32) -> Fault {
    Fault::Refuse { status, code, message: "why".into() }
}

#[tokio::test]
async fn a_message_arrives_with_everything_that_was_said() {
    let world = World::start().await;
    let media = ["https://shop.example/media/1.jpg".to_owned()];
    let message = OutgoingMessage {
        media_urls: &media,
        status_callback: Some("https://shop.example/webhook/whatsapp/status"),
        ..to_customer("Karibu Malkia! 👗 50% & zaidi")
    };
    let sent = world.twilio.send(&world.account, &message).await.unwrap();
    assert_eq!(sent.status, MessageStatus::Queued);
    let arrived = world.double.await_sent(1, Duration::from_secs(1)).await.unwrap().remove(0);
    assert_eq!((arrived.sid, arrived.to.as_str(), arrived.from.as_str()), (sent.sid, CUSTOMER, SHOP));
    assert_eq!(arrived.body, "Karibu Malkia! 👗 50% & zaidi");
    assert_eq!(arrived.media_urls, media);
    assert_eq!(arrived.status_callback.as_deref(), message.status_callback);
}

#[tokio::test]
async fn a_long_text_arrives_whole_in_parts() {
    let world = World::start().await;
    let text = "Nguo nzuri ya kitenge, saizi zote zipo.\n".repeat(100);
    for part in split_text(&text, duka_providers::channels::twilio::BODY_LIMIT) {
        world.say(part).await.unwrap();
    }
    let parts: Vec<_> = world.double.sent().into_iter().map(|message| message.body).collect();
    assert_eq!(parts.len(), 3);
    assert_eq!(parts.join("\n"), text);
}

#[tokio::test]
async fn each_refusal_says_what_to_do() {
    let world = World::start().await;
    let cases = [
        (refuse(400, 63_016), SendError::OutsideWindow),
        (refuse(400, 63_024), SendError::InvalidRecipient),
        (refuse(429, 20_429), SendError::TryLater(None)),
        (refuse(503, 20_503), SendError::TryLater(None)),
        (refuse(400, 63_013), SendError::Rejected(63_013, "why".into())),
        (refuse(500, 20_500), SendError::Unknown("HTTP 500: why".into())),
        (Fault::Page { status: 502 }, SendError::Unknown("HTTP 502: Bad Gateway".into())),
    ];
    for (fault, expected) in cases {
        world.double.fail_next(1, &fault);
        assert_eq!(world.say("Karibu").await, Err(expected), "{fault:?}");
    }
    assert_eq!(world.double.sent_count(), 0);
    assert!(world.say("Karibu").await.is_ok());
}

#[tokio::test]
async fn a_wrong_token_or_account_is_a_matter_of_settings() {
    let world = World::start().await;
    for (account_sid, token) in [(ACCOUNT_SID, "wrong"), ("AC99", AUTH_TOKEN), ("../AC1", AUTH_TOKEN), ("", "")] {
        let account = TwilioAccount { account_sid: account_sid.into(), auth_token: token.into() };
        let refused = world.twilio.send(&account, &to_customer("Karibu")).await;
        assert!(matches!(refused, Err(SendError::Misconfigured(_))), "{account_sid}: {refused:?}");
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_written_to_is_named_as_such() {
    let world = World::start().await;
    let message = OutgoingMessage { to: "whatsapp:nobody", ..to_customer("Karibu") };
    assert_eq!(world.twilio.send(&world.account, &message).await, Err(SendError::InvalidRecipient));
    let username = OutgoingMessage { to: "whatsapp:US.ABC123XYZ", ..to_customer("Karibu") };
    assert!(world.twilio.send(&world.account, &username).await.is_ok());
}

#[tokio::test]
async fn a_connection_cut_after_accepting_is_settled_by_looking_it_up() {
    let world = World::start().await;
    let since = now();
    world.double.fail_next(1, &Fault::HangUpAfterAccepting);
    assert!(matches!(world.say("Karibu").await, Err(SendError::Unknown(_))));
    let sid = world.double.sent().remove(0).sid;
    assert_eq!(world.find("Karibu", since).await, [sid], "it was sent, so it must not be sent again");
}

#[tokio::test]
async fn a_connection_cut_before_accepting_is_settled_by_looking_it_up() {
    let world = World::start().await;
    let since = now();
    world.double.fail_next(1, &Fault::HangUp);
    assert!(matches!(world.say("Karibu").await, Err(SendError::Unknown(_))));
    assert!(world.find("Karibu", since).await.is_empty(), "it was not sent, so it may be sent again");
}

#[tokio::test]
async fn an_answer_that_comes_too_late_may_have_been_a_yes() {
    let world = World::start().await;
    let since = now();
    world.double.fail_next(1, &Fault::Delay(Duration::from_secs(2)));
    assert!(matches!(world.say("Karibu").await, Err(SendError::Unknown(_))));
    assert_eq!(world.find("Karibu", since).await.len(), 1);
}

#[tokio::test]
async fn nobody_listening_means_that_nothing_was_sent() {
    let World { double, twilio, account } = World::start().await;
    drop(double);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(twilio.send(&account, &to_customer("Karibu")).await, Err(SendError::TryLater(None)));
}

#[tokio::test]
async fn only_the_same_text_to_the_same_customer_is_found_on_any_page() {
    let world = World::start().await;
    let since = now();
    let wanted = world.say("Karibu").await.unwrap();
    let other = OutgoingMessage { to: "whatsapp:+254700111222", ..to_customer("Karibu") };
    world.twilio.send(&world.account, &other).await.unwrap();
    for i in 0..120 {
        world.say(&format!("Bei ni KES {i}")).await.unwrap();
    }
    assert_eq!(world.find("Karibu", since).await, [wanted]);
    assert!(world.find("Karibu", since.plus_seconds(60)).await.is_empty());
}

#[tokio::test]
async fn a_webhook_is_signed_so_that_it_can_be_verified_and_read() {
    let world = World::start().await;
    let keys = SigningKeys::auth_token(AUTH_TOKEN.into());
    let public_url = "https://shop.example.co.ke/webhook/whatsapp";
    let fields = world.double.inbound_fields(&[("Body", "Niko na swali: 40 iko?"), ("ProfileName", "Wanjikũ")]);
    let webhook = world.double.signed(public_url, &fields);
    let check = |body: &str| {
        let fields = parse_form(body.as_bytes());
        let payload = Payload::Form(&fields);
        let request = SignedRequest { url: public_url, payload, signature: Some(&webhook.signature), settings: None };
        verify(&keys, &request)
    };
    assert_eq!(check(&webhook.body), Ok(()));
    assert!(check(&format!("{}&Body=again", webhook.body)).is_err());
    let message = InboundMessage::read(&parse_form(webhook.body.as_bytes())).unwrap();
    assert_eq!((message.text.as_str(), message.from.as_str()), ("Niko na swali: 40 iko?", CUSTOMER));
    assert!(StatusUpdate::read(&parse_form(webhook.body.as_bytes())).is_err(), "a message is not a report");
}

#[tokio::test]
async fn a_file_is_downloaded_with_the_accounts_credentials() {
    let world = World::start().await;
    let file = HostedMedia::File { content_type: "Audio/OGG; codecs=opus".into(), bytes: vec![7; 5_000].into() };
    let address = world.double.host_media(file);
    let media = world.twilio.download(&world.account, &address, &["audio/"], DEFAULT_MEDIA_LIMIT).await.unwrap();
    assert_eq!((media.content_type.as_str(), media.bytes.len()), ("audio/ogg", 5_000));
    let stranger = TwilioAccount { auth_token: "wrong".into(), ..world.account.clone() };
    let refused = world.twilio.download(&stranger, &address, &[], 10_000).await;
    assert_eq!(refused, Err(MediaError::Misconfigured));
}

#[tokio::test]
async fn a_file_that_is_too_large_of_another_type_or_gone_is_refused() {
    let world = World::start().await;
    let file =
        |content_type: &str| HostedMedia::File { content_type: content_type.into(), bytes: vec![7; 5_000].into() };
    let picture = world.double.host_media(file("image/jpeg"));
    assert_eq!(world.download(&picture, &["image/"], 5_000).await, Ok(5_000));
    assert_eq!(world.download(&picture, &["image/"], 4_999).await, Err(MediaError::TooLarge { limit: 4_999 }));
    let page = world.double.host_media(file("text/html"));
    assert_eq!(
        world.download(&page, &["image/", "audio/"], 9_999).await,
        Err(MediaError::WrongType("text/html".into()))
    );
    let endless =
        HostedMedia::Stream { content_type: "image/png".into(), piece: vec![1; 4_096].into(), pieces: 100_000 };
    let endless = world.double.host_media(endless);
    assert_eq!(world.download(&endless, &[], 100_000).await, Err(MediaError::TooLarge { limit: 100_000 }));
    let gone = world.double.host_media(HostedMedia::Gone);
    assert_eq!(world.download(&gone, &[], 100).await, Err(MediaError::Gone));
}

#[tokio::test]
async fn a_redirect_is_followed_where_twilio_keeps_files_and_nowhere_else() {
    let world = World::start().await;
    let inside = TwilioDouble::start().await.unwrap();
    let file = HostedMedia::File { content_type: "image/png".into(), bytes: vec![7; 10].into() };
    let ours = world.double.host_media(file.clone());
    let redirect = |to: &str| world.double.host_media(HostedMedia::Redirect(to.to_owned()));
    assert_eq!(world.download(&redirect(&ours), &[], 100).await, Ok(10));
    let elsewhere = inside.host_media(file);
    for foreign in [elsewhere.as_str(), "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"] {
        let refused = world.download(&redirect(foreign), &[], 100).await;
        assert!(matches!(refused, Err(MediaError::ForeignAddress(_))), "{foreign}: {refused:?}");
        let refused = world.download(foreign, &[], 100).await;
        assert!(matches!(refused, Err(MediaError::ForeignAddress(_))), "{foreign}: {refused:?}");
    }
    let three_times = redirect(&redirect(&redirect(&ours)));
    assert_eq!(world.download(&three_times, &[], 100).await, Ok(10));
    assert_eq!(world.download(&redirect(&three_times), &[], 100).await, Err(MediaError::Refused(508)));
}
