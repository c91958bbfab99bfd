//! What the pending messages of a conversation say: words understood, pictures kept.

use duka_kernel::{MessageId, TenantScope, Timestamp};
use duka_perception::{Context, Intent, Perception, perceive};
use duka_sales::{Dialogue, Heard};
use duka_shop::promotion::Offers;
use duka_store::{StoreError, conversations::Recalled, inbox::Inbound};

use crate::{
    app::App,
    inbox::{Carried, Kind},
    media,
    shops::Shop,
};

/// From here on a reading is sure enough to take words for a message by themselves.
const COMPLETE: f32 = 0.6;

/// What was heard.
#[derive(Debug, Default)]
pub struct Hearing {
    /// The messages, oldest first; words that follow each other are one message, unless each says all by itself.
    pub messages: Vec<Heard>,
    /// The identities of all that was pending.
    pub ids: Vec<MessageId>,
    /// Pictures that were stored, with the messages they belong to.
    pub kept: Vec<media::Kept>,
    /// The words together, for the owner when a person is needed.
    pub words: String,
    /// The reading of the last words, for the trace.
    pub perception: Option<Perception>,
}

/// Reads what is pending against what the conversation is about.
///
/// # Errors
/// If the database or the storage of pictures fails.
pub async fn hear(
    app: &App,
    scope: TenantScope,
    known: &Recalled,
    dialogue: &Dialogue,
    shop: &Shop,
    offers: &Offers,
    now: Timestamp,
) -> Result<Hearing, StoreError> {
    let mut hearing = Hearing { ids: known.pending.iter().map(|m| m.id).collect(), ..Hearing::default() };
    let mut context = dialogue.context(&shop.catalogue, offers, now, &shop.profile.timezone);
    let mut words = String::new();
    let mut quoted = None;
    for message in &known.pending {
        let carried = carried(message);
        if carried.kind == Kind::Text && !message.text.trim().is_empty() {
            if !words.is_empty() {
                if is_complete(&words, &context) && is_complete(&message.text, &context) {
                    hearing.say(&mut words, &mut quoted, &context);
                } else {
                    words.push('\n');
                }
            }
            words.push_str(&message.text);
            if let Some(id) = &message.reply_to {
                quoted = quoted_product(app, scope, known, id).await?.or(quoted);
            }
            continue;
        }
        hearing.say(&mut words, &mut quoted, &context);
        let heard = match carried.kind {
            Kind::Image => {
                let kept = media::keep(app, scope, shop, message, carried.media_url.as_deref()).await;
                match kept {
                    Ok(kept) => {
                        hearing.kept.push(kept);
                        context.media = Some("image".into());
                        let caption = (!message.text.trim().is_empty()).then(|| perceive(&message.text, &context));
                        context.media = None;
                        hearing.note(&message.text);
                        hearing.perception = caption.clone().or(hearing.perception.take());
                        Heard::Picture { caption }
                    }
                    Err(why) => Heard::Unsupported(why.word().into()),
                }
            }
            Kind::Voice => {
                if let Ok(kept) = media::keep(app, scope, shop, message, carried.media_url.as_deref()).await {
                    hearing.kept.push(kept);
                }
                Heard::Unsupported("voice".into())
            }
            Kind::Location { place, .. } => Heard::Location { place },
            Kind::Unsupported(kind) => Heard::Unsupported(kind),
            Kind::Text => Heard::Unsupported("empty".into()),
        };
        hearing.messages.push(heard);
    }
    hearing.say(&mut words, &mut quoted, &context);
    Ok(hearing)
}

impl Hearing {
    /// Ends a run of words: they are one message, however many deliveries they came in.
    fn say(&mut self, words: &mut String, quoted: &mut Option<String>, context: &Context) {
        if words.is_empty() {
            return;
        }
        let perception = perceive(words, context);
        self.note(words);
        self.perception = Some(perception.clone());
        self.messages.push(Heard::Text { perception, quoted: quoted.take() });
        words.clear();
    }

    fn note(&mut self, words: &str) {
        if !self.words.is_empty() {
            self.words.push('\n');
        }
        self.words.push_str(words);
    }
}

/// Whether words name goods and say what is to happen with them, so that they are a message by themselves. People write
/// *do you have*, *dresses*, *in blue* as three messages and mean one; *add the scarf*, *add the belt* are two.
fn is_complete(words: &str, context: &Context) -> bool {
    let read = perceive(words, context);
    let acts =
        matches!(read.intent, Intent::AddToCart | Intent::RemoveFromCart | Intent::Availability | Intent::PriceInquiry);
    acts && read.confidence >= COMPLETE && !read.slots.product.is_empty()
}

fn carried(message: &Inbound) -> Carried {
    let kept = message.payload.as_ref().and_then(|payload| serde_json::from_value(payload.clone()).ok());
    kept.unwrap_or(Carried { kind: Kind::Text, media_url: None })
}

/// The product that the quoted message showed.
async fn quoted_product(
    app: &App,
    scope: TenantScope,
    known: &Recalled,
    provider_message_id: &str,
) -> Result<Option<String>, StoreError> {
    let tx = app.store.read(scope).await?;
    let quoted = tx.message_by_provider_id(known.conversation.channel, provider_message_id).await?;
    let sku =
        quoted.and_then(|message| message.payload).and_then(|payload| payload.get("sku")?.as_str().map(str::to_owned));
    Ok(sku)
}
