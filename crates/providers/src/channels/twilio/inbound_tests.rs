use proptest::prelude::*;

use super::*;
use crate::channels::twilio::parse_form;

const PLAIN: &str = "SmsMessageSid=SM01&NumMedia=0&ProfileName=Wanjik%C5%A9&SmsSid=SM01&WaId=254712345678\
    &SmsStatus=received&Body=Niko+na+swali%3A+size+40+iko%3F&To=whatsapp%3A%2B254700000001&NumSegments=1\
    &MessageSid=SM01&AccountSid=AC01&From=whatsapp%3A%2B254712345678&ApiVersion=2010-04-01";

fn read(more: &str) -> InboundMessage {
    InboundMessage::read(&parse_form(format!("{more}&{PLAIN}").as_bytes())).unwrap()
}

#[test]
fn a_plain_message_is_read_with_its_words_as_written() {
    let message = read("");
    assert_eq!(message.provider_message_id, "SM01");
    assert_eq!((message.account_sid.as_str(), message.to.as_str()), ("AC01", "whatsapp:+254700000001"));
    assert_eq!(message.phone.unwrap().digits(), "254712345678");
    assert_eq!(message.profile_name.as_deref(), Some("Wanjikũ"));
    assert_eq!(message.text, "Niko na swali: size 40 iko?");
    assert_eq!(message.kind, MessageKind::Text);
    assert!(message.media.is_empty() && !message.forwarded && message.referral.is_none());
}

#[test]
fn the_kind_is_told_by_its_name_or_else_by_what_came() {
    let media = |of: &str| format!("NumMedia=1&MediaUrl0=https://x/ME1&MediaContentType0={of}");
    let cases = [
        (media("audio/ogg;+codecs%3Dopus"), MessageKind::Audio),
        (media("image/jpeg"), MessageKind::Image),
        (media("image/webp"), MessageKind::Sticker),
        (media("video/mp4"), MessageKind::Video),
        (media("text/vcard"), MessageKind::Contacts),
        (media("application/pdf"), MessageKind::Document),
        (format!("MessageType=sticker&{}", media("image/png")), MessageKind::Sticker),
        ("MessageType=text".into(), MessageKind::Text),
        ("Latitude=-1.28&Longitude=36.82".into(), MessageKind::Location),
        ("MessageType=button&ButtonPayload=yes&ButtonText=Ndiyo".into(), MessageKind::Button),
        ("MessageType=interactive&ListId=MB-002&ListTitle=Maxi".into(), MessageKind::List),
        ("MessageType=order".into(), MessageKind::Order),
        ("MessageType=reaction".into(), MessageKind::Unknown("reaction".into())),
    ];
    for (fields, kind) in cases {
        assert_eq!(read(&fields).kind, kind, "{fields}");
    }
}

#[test]
fn media_come_with_their_bare_content_type() {
    let message = read("MediaUrl0=https://x/1&MediaContentType0=Audio/OGG;codecs=opus&MediaUrl1=https://x/2");
    let expected = [("https://x/1", "audio/ogg"), ("https://x/2", "")];
    assert_eq!(message.media.iter().map(|m| (m.url.as_str(), m.content_type.as_str())).collect::<Vec<_>>(), expected);
}

#[test]
fn a_tap_gives_our_id_and_what_the_customer_saw() {
    let choice = |fields| read(fields).choice.map(|c| (c.id, c.title));
    assert_eq!(choice("ButtonPayload=pay&ButtonText=Lipa"), Some(("pay".into(), "Lipa".into())));
    assert_eq!(choice("ListId=MB-002&ListTitle=Maxi+dress"), Some(("MB-002".into(), "Maxi dress".into())));
    assert_eq!(choice("ButtonText=Lipa"), Some(("Lipa".into(), "Lipa".into())));
    assert_eq!(choice("ButtonText="), None);
}

#[test]
fn a_place_outside_the_earth_is_not_a_place() {
    assert_eq!(read("Latitude=-1.28&Longitude=36.82&Label=Duka").location.unwrap().name.as_deref(), Some("Duka"));
    for wrong in ["Latitude=91&Longitude=0", "Latitude=NaN&Longitude=0", "Latitude=-1.2", "Latitude=x&Longitude=1"] {
        assert_eq!(read(wrong).location, None, "{wrong}");
    }
}

#[test]
fn a_customer_with_a_username_has_an_address_but_no_phone() {
    let fields = parse_form(b"MessageSid=SM1&AccountSid=AC1&To=whatsapp%3A%2B254700000001&Body=hi&From=whatsapp%3AUS.ABC123XYZ&ExternalUserId=US.ABC123XYZ");
    let message = InboundMessage::read(&fields).unwrap();
    assert_eq!((message.from.as_str(), message.phone), ("whatsapp:US.ABC123XYZ", None));
    assert_eq!(message.external_user_id.as_deref(), Some("US.ABC123XYZ"));
}

#[test]
fn an_id_in_digits_gives_the_phone_when_the_address_hides_it() {
    let fields = parse_form(b"MessageSid=SM1&AccountSid=AC1&To=w%3A1&From=whatsapp%3AKE.13491208&WaId=254712345678");
    assert_eq!(InboundMessage::read(&fields).unwrap().phone.unwrap().digits(), "254712345678");
}

#[test]
fn what_it_answers_where_it_comes_from_and_that_it_was_passed_on_are_kept() {
    let message = read(
        "OriginalRepliedMessageSid=SM99&Forwarded=true&ReferralSourceType=ad&ReferralHeadline=Sale&ReferralCtwaClid=c1",
    );
    assert_eq!(message.reply_to.as_deref(), Some("SM99"));
    assert!(message.forwarded);
    let referral = message.referral.unwrap();
    assert_eq!((referral.source_type.as_deref(), referral.click_id.as_deref()), (Some("ad"), Some("c1")));
}

#[test]
fn a_webhook_without_an_id_or_address_is_named_as_such() {
    let without = |name: &str| {
        let mut fields = parse_form(PLAIN.as_bytes());
        fields.retain(|(n, _)| n != name && !(name == "MessageSid" && n.starts_with("Sms")));
        InboundMessage::read(&fields).err()
    };
    for name in ["MessageSid", "AccountSid", "From", "To"] {
        assert_eq!(without(name), Some(InboundError::Missing(name)));
    }
    assert_eq!(without("NumMedia"), None);
}

proptest! {
    #[test]
    fn any_body_is_read_without_panic(body in prop::collection::vec(any::<u8>(), 0..200), more in "\\PC{0,80}") {
        let _ = InboundMessage::read(&parse_form(&body));
        let _ = InboundMessage::read(&parse_form(format!("{more}&{PLAIN}").as_bytes()));
    }
}
