//! What the pending messages of a conversation say: words understood, voice notes listened to, pictures kept.

use std::{collections::HashMap, sync::Arc, time::Instant};

use duka_kernel::{MessageId, TenantScope};
use duka_perception::{Context, Intent, Perception, perceive};
use duka_sales::{Dialogue, Heard, Unheard, model::Description};
use duka_shop::{knowledge::Embedding, promotion::Offers};
use duka_store::{StoreError, conversations::Recalled, inbox::Inbound, media::StoredMedia};
use duka_vision::ImageFeatures;

use crate::{
    app::App,
    describing::{self, Described, Looker},
    gather::Seat,
    inbox::{Carried, Kind},
    listening::{Ear, Listened},
    looks,
    media::{self, Lost},
    placing,
    shops::Shop,
    thinking::Thinking,
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
    /// How voice notes were listened to.
    pub(crate) listened: Vec<Listened>,
    /// How pictures were described by a model.
    pub(crate) described: Vec<Described>,
}

/// Where it is heard.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub app: &'a App,
    pub scope: TenantScope,
    pub known: &'a Recalled,
    pub shop: &'a Shop,
    pub dialogue: &'a Dialogue,
}

/// Reads what is pending against what the conversation is about. What is slow counts on the time that the turn has for
/// `thinking`, and another conversation has its `seat` meanwhile.
///
/// # Errors
/// If the database or the storage of pictures fails.
pub(crate) async fn hear(
    place: Place<'_>,
    offers: &Offers,
    thinking: &mut Thinking,
    seat: &mut Seat,
) -> Result<Hearing, StoreError> {
    let Place { app, scope, known, shop, dialogue } = place;
    let mut hearing = Hearing { ids: known.pending.iter().map(|m| m.id).collect(), ..Hearing::default() };
    let mut context = dialogue.context(&shop.catalogue, offers, app.clock.now(), &shop.profile.timezone);
    let mut words = String::new();
    let mut quoted = None;
    let (mut captions, said_with_a_picture) = captions(&known.pending);
    for message in &known.pending {
        if said_with_a_picture.contains(&message.id) {
            continue;
        }
        let carried = carried(message);
        if carried.kind == Kind::Text && !message.text.trim().is_empty() {
            if !words.is_empty() {
                if is_complete(&words, &context) && is_complete(&message.text, &context) {
                    hearing.say(&mut words, &mut quoted, &context, shop);
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
        hearing.say(&mut words, &mut quoted, &context, shop);
        let heard = match carried.kind {
            Kind::Image => {
                let words = match message.text.trim() {
                    "" => captions.remove(&message.id).unwrap_or_default(),
                    own => own.to_owned(),
                };
                let url = carried.media_url.as_deref();
                Box::pin(hearing.picture(place, message, url, &words, &mut context, (thinking, seat))).await?
            }
            Kind::Voice => {
                let quoted = match &message.reply_to {
                    Some(id) => quoted_product(app, scope, known, id).await?,
                    None => None,
                };
                let url = carried.media_url.as_deref();
                // Rare and slow, so not a part of every turn's future.
                match Box::pin(hearing.voice(place, message, url, thinking, seat)).await {
                    Ok(words) => hearing.heard(words, quoted, &context, shop),
                    Err(why) => Heard::Unheard(why),
                }
            }
            Kind::Location { place, latitude, longitude } => Heard::Location { place, at: Some((latitude, longitude)) },
            Kind::Unsupported(kind) => Heard::Unsupported(kind),
            Kind::Text => Heard::Unsupported("empty".into()),
        };
        hearing.messages.push(heard);
    }
    hearing.say(&mut words, &mut quoted, &context, shop);
    Ok(hearing)
}

impl Hearing {
    /// Ends a run of words: they are one message, however many deliveries they came in.
    fn say(&mut self, words: &mut String, quoted: &mut Option<String>, context: &Context, shop: &Shop) {
        if words.is_empty() {
            return;
        }
        let perception = shop.learnt.correct(words, perceive(words, context));
        self.note(words);
        self.perception = Some(perception.clone());
        self.messages.push(Heard::Text { perception, quoted: quoted.take() });
        words.clear();
    }

    /// Keeps a voice note and listens to it.
    async fn voice(
        &mut self,
        place: Place<'_>,
        message: &Inbound,
        url: Option<&str>,
        thinking: &mut Thinking,
        seat: &mut Seat,
    ) -> Result<String, Unheard> {
        let Place { app, scope, known, shop, dialogue } = place;
        let mut kept = media::keep(app, scope, shop, message, url).await.map_err(|why| match why {
            Lost::TooLarge => Unheard::TooLong,
            Lost::WrongType | Lost::Gone => Unheard::Broken,
        })?;
        let said = match kept.said.clone() {
            Some(said) => said,
            None => {
                let began = Instant::now();
                let ear = Ear { app, scope, shop, known, dialogue, until: thinking.due(app) };
                let said = ear.listen(&kept, seat).await;
                kept.said = Some(said.clone());
                // Deciding afresh listens to nothing again.
                app.fetched.keep(scope, &kept);
                let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
                self.listened.push(Listened { unheard: said.as_ref().err().copied(), millis });
                said
            }
        };
        self.kept.push(kept);
        said
    }

    /// Words of a voice note.
    fn heard(&mut self, words: String, quoted: Option<String>, context: &Context, shop: &Shop) -> Heard {
        let perception = shop.learnt.correct(&words, perceive(&words, context));
        self.note(&words);
        self.perception = Some(perception.clone());
        Heard::Spoken { words, perception, quoted }
    }

    /// Keeps a picture and looks at it. What cannot be read is heard by its words alone.
    async fn picture(
        &mut self,
        place: Place<'_>,
        message: &Inbound,
        url: Option<&str>,
        words: &str,
        context: &mut Context,
        waiting: (&mut Thinking, &mut Seat),
    ) -> Result<Heard, StoreError> {
        let Place { app, scope, shop, .. } = place;
        let kept = media::keep(app, scope, shop, message, url).await;
        context.media = Some("image".into());
        let caption = (!words.is_empty()).then(|| perceive(words, context));
        context.media = None;
        self.note(words);
        self.perception = caption.clone().or(self.perception.take());
        let seen = match kept {
            Ok(kept) => {
                let seen = kept.seen.clone();
                self.kept.push(kept);
                seen
            }
            Err(why) if caption.is_none() => return Ok(Heard::Unsupported(why.word().into())),
            Err(_) => None,
        };
        if seen.is_some()
            && let Err(error) = looks::of_catalogue(app, scope, shop).await
        {
            tracing::error!(%error, message = %message.id, "the pictures of the products could not be read");
        }
        let stored = self.kept.last().filter(|_| seen.is_some()).map(|kept| kept.stored().clone());
        let (described, placed) = match (&seen, stored) {
            (Some(seen), Some(stored)) => self.described(place, &stored, seen, waiting).await?,
            _ => (None, None),
        };
        Ok(Heard::Picture { caption, seen, described, placed })
    }

    /// Has models say what a picture shows and where it belongs among its likes, if that helps and they may be asked.
    async fn described(
        &mut self,
        place: Place<'_>,
        stored: &StoredMedia,
        seen: &ImageFeatures,
        (thinking, seat): (&mut Thinking, &mut Seat),
    ) -> Result<(Option<Arc<Description>>, Option<Arc<Embedding>>), StoreError> {
        let Place { app, scope, shop, known, .. } = place;
        let sees = describing::is_worth_asking(app, shop);
        if known.conversation.handed_off || !(sees || placing::model(app, shop).is_some()) {
            return Ok((None, None));
        }
        if !describing::is_needed(shop, seen) {
            self.described.push(Described::NotNeeded);
            return Ok((None, None));
        }
        // The words that follow may want a model too.
        let until = thinking.due(app).min(tokio::time::Instant::now() + app.settings.patience / 2);
        let looker = Looker { app, scope, shop, about: Some(known.conversation.id), until };
        let described = async { if sees { looker.describe(stored).await.map(Some) } else { Ok(None) } };
        let both = futures::future::try_join(described, placing::picture(&looker, stored));
        let (described, placed) = seat.leave_for(both).await?;
        let described = described.and_then(|(described, how)| {
            self.described.push(how);
            described
        });
        Ok((described, placed.map(Arc::new)))
    }

    fn note(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if !self.words.is_empty() {
            self.words.push('\n');
        }
        self.words.push_str(words);
    }
}

/// Words that follow a picture without any of their own belong to it, as people send a picture and then ask *una hii?*:
/// by the picture, and the messages they were.
fn captions(pending: &[Inbound]) -> (HashMap<MessageId, String>, Vec<MessageId>) {
    let (mut captions, mut said) = (HashMap::new(), Vec::new());
    for pair in pending.windows(2) {
        let [picture, words] = pair else { continue };
        let bare = carried(picture).kind == Kind::Image && picture.text.trim().is_empty();
        if bare && carried(words).kind == Kind::Text && !words.text.trim().is_empty() && words.reply_to.is_none() {
            captions.insert(picture.id, words.text.trim().to_owned());
            said.push(words.id);
        }
    }
    (captions, said)
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
