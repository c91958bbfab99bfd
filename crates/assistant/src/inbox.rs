//! What arrives: stored before the channel is answered, once however often it is delivered.

use duka_kernel::{ChannelId, ConversationId, MessageId, PhoneNumber, TenantScope};
use duka_store::{StoreError, channels::Channel, customers, inbox::NewInbound};
use serde::{Deserialize, Serialize};

use crate::{
    app::{App, Left},
    correspondents::Address,
};

/// The most characters of a message that are kept; the rest is cut off.
pub const TEXT_LIMIT: usize = 4_096;

/// The most characters of a profile name that are kept.
const NAME_LIMIT: usize = 80;

/// The most characters of a provider's id that are kept.
const ID_LIMIT: usize = 200;

/// What a message is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words.
    Text,
    /// A picture, perhaps with words.
    Image,
    /// A voice note.
    Voice,
    /// A place.
    Location {
        /// What it is called.
        place: Option<String>,
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
    },
    /// Anything else, by name: `sticker`, `video`, `document`, `contacts`, …
    Unsupported(String),
}

impl Kind {
    /// A place on the map: its name is nothing to find it by without the address, which says the area.
    #[must_use]
    pub fn location(name: Option<String>, address: Option<String>, latitude: f64, longitude: f64) -> Self {
        let place = match (name, address) {
            (Some(name), Some(address)) if !address.contains(&name) => Some(format!("{name}, {address}")),
            (name, address) => address.or(name),
        };
        Self::Location { place, latitude, longitude }
    }

    /// The word the message is stored under.
    const fn word(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Voice => "voice",
            Self::Location { .. } => "location",
            Self::Unsupported(_) => "unsupported",
        }
    }
}

/// A message as a channel delivers it.
#[derive(Clone, PartialEq, Debug)]
pub struct Inbound {
    /// The channel's opaque name for the sender.
    pub identity: String,
    /// Their number, where the channel vouches for one.
    pub phone: Option<PhoneNumber>,
    /// As they call themselves.
    pub profile_name: Option<String>,
    /// The provider's id, the same at every delivery of this message.
    pub provider_message_id: String,
    /// What it is.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// Where its picture or file can be had.
    pub media_url: Option<String>,
    /// The key of its picture or file, where the channel stored it itself.
    pub media_key: Option<String>,
    /// The provider's id of the message it quotes.
    pub reply_to: Option<String>,
}

/// What a stored message carries besides its words.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Carried {
    /// What it is.
    pub kind: Kind,
    /// Where its picture or file can be had.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub media_url: Option<String>,
}

/// What became of a delivery.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Received {
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// Whether it is a message that was not delivered before.
    pub new: bool,
}

impl App {
    /// Stores a message and leaves its conversation to be answered.
    ///
    /// # Errors
    /// If it could not be stored; the channel must not be told that it was.
    pub async fn receive(
        &self,
        scope: TenantScope,
        channel: &Channel,
        message: Inbound,
    ) -> Result<Received, StoreError> {
        let identity = message.identity.clone();
        let known = self.correspondents.conversation(channel.id, &identity);
        let arrival = Arrival { channel: channel.id, known, now: self.clock.now(), id: MessageId::new(), message };
        let received = self.store.write_with(scope, arrival, |tx, arrival| Box::pin(store(tx, arrival))).await?;
        if known.is_none() {
            let address = Address { channel: channel.clone(), identity };
            self.correspondents.remember(received.conversation, address);
        }
        if received.new {
            self.leave(Left::Answer(scope, received.conversation));
        }
        Ok(received)
    }
}

/// A message on its way into the database.
struct Arrival {
    channel: ChannelId,
    known: Option<ConversationId>,
    now: duka_kernel::Timestamp,
    id: MessageId,
    message: Inbound,
}

async fn store(tx: &duka_store::Tx, arrival: &Arrival) -> Result<Received, StoreError> {
    let message = &arrival.message;
    let conversation = match arrival.known {
        Some(conversation) => conversation,
        None => {
            let name = message.profile_name.as_deref().map(|name| clean(name, NAME_LIMIT)).filter(|n| !n.is_empty());
            let sender = customers::Sender {
                channel: arrival.channel,
                identity: &message.identity,
                profile_name: name.as_deref(),
                phone: message.phone.as_ref(),
            };
            tx.resolve(&sender, arrival.now).await?.conversation
        }
    };
    let carried = Carried { kind: message.kind.clone(), media_url: message.media_url.clone() };
    let plain = carried.kind == Kind::Text && carried.media_url.is_none();
    let row = NewInbound {
        id: arrival.id,
        conversation,
        channel: arrival.channel,
        provider_message_id: clean(&message.provider_message_id, ID_LIMIT),
        kind: message.kind.word().to_owned(),
        text: clean(&message.text, TEXT_LIMIT),
        media_key: message.media_key.clone(),
        payload: if plain { None } else { Some(serde_json::to_value(&carried)?) },
        reply_to: message.reply_to.as_deref().map(|id| clean(id, ID_LIMIT)),
        received_at: arrival.now,
    };
    let new = tx.receive(&[row]).await?.first().copied().unwrap_or(false);
    Ok(Received { conversation, new })
}

/// A text without control characters (line breaks and tabs aside) and without characters that are not seen but tear
/// words apart or turn them around; of at most `limit` characters.
pub(crate) fn clean(text: &str, limit: usize) -> String {
    // The joiner U+200D stays: it holds emoji together.
    let unseen = |c: char| matches!(c, '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    text.chars().filter(|c| (!c.is_control() || matches!(c, '\n' | '\t')) && !unseen(*c)).take(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn control_characters_go_and_long_texts_are_cut() {
        assert_eq!(clean("a\u{0}b\u{7}\nc", 10), "ab\nc");
        assert_eq!(clean("h\u{200b}e\u{202e}y", 10), "hey");
        assert_eq!(clean(&"x".repeat(10_000), 4_096).len(), 4_096);
    }
}
