//! A customer's message, out of the form fields of Twilio's webhook.
//!
//! Only the ids and addresses must be there; anything else may be missing, and what is not known is
//! kept as [`MessageKind::Unknown`] rather than refused.

use std::borrow::Cow;

use duka_kernel::PhoneNumber;

use super::form::{field, owned};

/// WhatsApp delivers one medium a message; the format numbers them, so a few more are read.
const MEDIA_AT_MOST: usize = 10;

/// What a customer sent.
#[derive(Clone, PartialEq, Debug)]
pub struct InboundMessage {
    /// `SM…` or `MM…`: a redelivery carries the same.
    pub provider_message_id: String,
    /// `AC…`: whose token signed it.
    pub account_sid: String,
    /// The Messaging Service it came through, `MG…`.
    pub messaging_service_sid: Option<String>,
    /// Where to answer, as Twilio writes it: `whatsapp:+254712345678`, or `whatsapp:US.ABC123XYZ` for a
    /// customer who hides the number behind a username. Opaque: never taken apart elsewhere.
    pub from: String,
    /// The customer's number, when the address shows one.
    pub phone: Option<PhoneNumber>,
    /// The stable id of a customer with a username.
    pub external_user_id: Option<String>,
    /// The shop's own address, `whatsapp:+254700000001`.
    pub to: String,
    /// The name the customer chose. Anybody can choose any name.
    pub profile_name: Option<String>,
    /// The text or caption, as written; may be empty.
    pub text: String,
    /// Pictures, voice notes and files, to be downloaded with the account's credentials.
    pub media: Vec<MediaRef>,
    /// What it is.
    pub kind: MessageKind,
    /// A shared place.
    pub location: Option<Location>,
    /// The id of the message that is quoted.
    pub reply_to: Option<String>,
    /// The button or list row that was tapped.
    pub choice: Option<Choice>,
    /// Whether it was written by somebody else and passed on.
    pub forwarded: bool,
    /// The advertisement that the conversation began with.
    pub referral: Option<Referral>,
}

/// Where a picture, voice note or file can be downloaded.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct MediaRef {
    /// As received: it must be checked before it is called, which downloading does.
    pub url: String,
    /// As announced, in lower case and without parameters, such as `audio/ogg`; may be empty.
    pub content_type: String,
}

/// What a message is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum MessageKind {
    /// Words only.
    Text,
    /// A picture, perhaps with a caption.
    Image,
    /// A voice note or other sound.
    Audio,
    /// A film.
    Video,
    /// A file.
    Document,
    /// A sticker.
    Sticker,
    /// A place.
    Location,
    /// Somebody's contact.
    Contacts,
    /// A tapped quick reply.
    Button,
    /// A chosen row of a list.
    List,
    /// A cart of WhatsApp's catalogue.
    Order,
    /// Something newer than this program, by the provider's own name.
    Unknown(String),
}

/// A place, in degrees.
#[derive(Clone, PartialEq, Debug)]
pub struct Location {
    /// -90 to 90.
    pub latitude: f64,
    /// -180 to 180.
    pub longitude: f64,
    /// What the place is called.
    pub name: Option<String>,
    /// Its postal address.
    pub address: Option<String>,
}

/// What was tapped.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Choice {
    /// Our own id of the button or row; the title again if it came without one.
    pub id: String,
    /// What the customer saw on it.
    pub title: String,
}

/// The advertisement or post that a customer tapped before writing.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Referral {
    /// Its text.
    pub body: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// The advertisement's id.
    pub source_id: Option<String>,
    /// `ad` or `post`.
    pub source_type: Option<String>,
    /// Its address.
    pub source_url: Option<String>,
    /// Its picture or film.
    pub media_url: Option<String>,
    /// The click's id, for reporting conversions.
    pub click_id: Option<String>,
}

/// Why a webhook is not a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InboundError {
    /// A field that every message has.
    #[error("the webhook has no {0}, so it is not a message")]
    Missing(&'static str),
}

impl InboundMessage {
    /// Reads the decoded fields of a webhook whose signature was verified.
    ///
    /// # Errors
    /// If it has no id, account, sender or receiver.
    pub fn read(fields: &[(String, String)]) -> Result<Self, InboundError> {
        let required = |name| owned(fields, name).ok_or(InboundError::Missing(name));
        let media = read_media(fields);
        let location = read_location(fields);
        let choice = read_choice(fields);
        let kind = read_kind(fields, &media, location.is_some(), choice.is_some());
        let from = required("From")?;
        let text = fields.iter().find(|(name, _)| name == "Body").map(|(_, text)| text.clone()).unwrap_or_default();
        Ok(Self {
            provider_message_id: required("MessageSid")
                .or_else(|missing| owned(fields, "SmsMessageSid").or_else(|| owned(fields, "SmsSid")).ok_or(missing))?,
            account_sid: required("AccountSid")?,
            messaging_service_sid: owned(fields, "MessagingServiceSid"),
            phone: read_phone(&from, field(fields, "WaId")),
            from,
            // Twilio's own material names the field in two ways.
            external_user_id: owned(fields, "ExternalUserId").or_else(|| owned(fields, "ExternalUserIdentifier")),
            to: required("To")?,
            profile_name: owned(fields, "ProfileName"),
            text,
            media,
            kind,
            location,
            reply_to: owned(fields, "OriginalRepliedMessageSid"),
            choice,
            forwarded: is_true(fields, "Forwarded") || is_true(fields, "FrequentlyForwarded"),
            referral: read_referral(fields),
        })
    }
}

fn is_true(fields: &[(String, String)], name: &str) -> bool {
    field(fields, name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// The number in an address like `whatsapp:+254712345678`, or else in the bare digits of `WaId`.
/// The address comes first: in some countries the two differ, and the address is the one that is dialled.
fn read_phone(from: &str, wa_id: Option<&str>) -> Option<PhoneNumber> {
    let address = from.rsplit_once(':').map_or(from, |(_, address)| address);
    let in_address = address.starts_with('+').then(|| PhoneNumber::parse(address).ok()).flatten();
    let digits = wa_id.filter(|id| id.bytes().all(|b| b.is_ascii_digit()));
    in_address.or_else(|| PhoneNumber::parse(&format!("+{}", digits?)).ok())
}

fn read_media(fields: &[(String, String)]) -> Vec<MediaRef> {
    let nth = |i: usize| {
        let url = owned(fields, &format!("MediaUrl{i}"))?;
        let content_type = field(fields, &format!("MediaContentType{i}")).map(essence).unwrap_or_default();
        Some(MediaRef { url, content_type: content_type.into_owned() })
    };
    (0..MEDIA_AT_MOST).map_while(nth).collect()
}

/// A content type without its parameters, in lower case.
pub(super) fn essence(content_type: &str) -> Cow<'_, str> {
    let bare = content_type.split(';').next().unwrap_or_default().trim();
    if bare.bytes().any(|b| b.is_ascii_uppercase()) { bare.to_ascii_lowercase().into() } else { bare.into() }
}

fn read_location(fields: &[(String, String)]) -> Option<Location> {
    let degrees = |name, at_most: f64| field(fields, name)?.parse().ok().filter(|d: &f64| d.abs() <= at_most);
    Some(Location {
        latitude: degrees("Latitude", 90.0)?,
        longitude: degrees("Longitude", 180.0)?,
        name: owned(fields, "Label"),
        address: owned(fields, "Address"),
    })
}

fn read_choice(fields: &[(String, String)]) -> Option<Choice> {
    let tapped = |id, title| {
        let title = owned(fields, title);
        let id = owned(fields, id).or_else(|| title.clone())?;
        let title = title.or_else(|| owned(fields, "Body")).unwrap_or_else(|| id.clone());
        Some(Choice { id, title })
    };
    tapped("ListId", "ListTitle").or_else(|| tapped("ButtonPayload", "ButtonText"))
}

fn read_kind(fields: &[(String, String)], media: &[MediaRef], has_place: bool, has_choice: bool) -> MessageKind {
    let named = field(fields, "MessageType").map(str::to_ascii_lowercase);
    match named.as_deref() {
        Some("image") => MessageKind::Image,
        Some("audio" | "voice" | "ptt") => MessageKind::Audio,
        Some("video") => MessageKind::Video,
        Some("document") => MessageKind::Document,
        Some("sticker") => MessageKind::Sticker,
        Some("location") => MessageKind::Location,
        Some("contacts" | "contact") => MessageKind::Contacts,
        Some("order") => MessageKind::Order,
        // A tap comes as either word, and older senders leave the word out.
        Some("button" | "interactive" | "text") | None => kind_by_content(fields, media, has_place, has_choice),
        Some(other) => MessageKind::Unknown(other.to_owned()),
    }
}

fn kind_by_content(fields: &[(String, String)], media: &[MediaRef], has_place: bool, has_choice: bool) -> MessageKind {
    if has_choice {
        let from_list = field(fields, "ListId").or_else(|| field(fields, "ListTitle")).is_some();
        return if from_list { MessageKind::List } else { MessageKind::Button };
    }
    match media.first() {
        Some(first) => kind_of_media(&first.content_type),
        None if has_place => MessageKind::Location,
        None => MessageKind::Text,
    }
}

fn kind_of_media(content_type: &str) -> MessageKind {
    match content_type {
        // WhatsApp turns every picture into JPEG; only stickers stay WebP.
        "image/webp" => MessageKind::Sticker,
        "text/vcard" | "text/x-vcard" => MessageKind::Contacts,
        other if other.starts_with("image/") => MessageKind::Image,
        other if other.starts_with("audio/") => MessageKind::Audio,
        other if other.starts_with("video/") => MessageKind::Video,
        _ => MessageKind::Document,
    }
}

fn read_referral(fields: &[(String, String)]) -> Option<Referral> {
    let referral = Referral {
        body: owned(fields, "ReferralBody"),
        headline: owned(fields, "ReferralHeadline"),
        source_id: owned(fields, "ReferralSourceId"),
        source_type: owned(fields, "ReferralSourceType"),
        source_url: owned(fields, "ReferralSourceUrl"),
        media_url: owned(fields, "ReferralMediaUrl"),
        click_id: owned(fields, "ReferralCtwaClid"),
    };
    (referral != Referral::default()).then_some(referral)
}

#[cfg(test)]
#[path = "inbound_tests.rs"]
mod tests;
