//! Tools of a conversation that take a file or a model ([`Errand`]).

use std::time::Duration;

use duka_kernel::{ConversationId, MessageId, TenantScope};
use duka_models::{Embeddable, Picture};
use duka_sales::tools::registry::{Errand, Refusal};
use duka_shop::knowledge::Embedding;
use duka_store::{StoreError, inbox::Inbound};
use serde_json::{Value, json};

use crate::{
    App,
    inbox::{Carried, Kind},
    media::{self, Kept, Lost},
    models::{self, NoModel},
    shops::Shop,
};

/// Messages that are looked through for a file.
const MESSAGES: u32 = 200;
/// So long a provider may take.
const EMBEDDING: Duration = Duration::from_secs(10);

/// Does an errand for a conversation.
///
/// # Errors
/// Outside: if the database fails. Inside: why it came to nothing.
pub(crate) async fn run(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    conversation: ConversationId,
    errand: &Errand,
) -> Result<Result<Value, Refusal>, StoreError> {
    let place = Place { app, scope, shop, conversation };
    match errand {
        Errand::AnalyzeImage { message } => place.analyse(message.as_deref()).await,
        Errand::DownloadMedia { message } => place.download(message.as_deref()).await,
        Errand::EmbedText(text) => {
            let embedded = match models::can_embed(app, shop) {
                true => place.embed(Embeddable::Query(text.clone())).await,
                false => Ok(Embedding::local(text)),
            };
            Ok(embedded.map(|embedding| described(&embedding)))
        }
        Errand::EmbedPicture { message } => place.embed_picture(message.as_deref()).await,
    }
}

struct Place<'a> {
    app: &'a App,
    scope: TenantScope,
    shop: &'a Shop,
    conversation: ConversationId,
}

type Outcome<T> = Result<Result<T, Refusal>, StoreError>;

impl Place<'_> {
    async fn analyse(&self, message: Option<&str>) -> Outcome<Value> {
        let kept = match self.file(message, Some(Kind::Image)).await? {
            Ok(kept) => kept,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(seen) = &kept.seen else { return Ok(Err(unusable("it could not be looked at"))) };
        let ((route, route_sure), (kind, kind_sure), (colour, colour_sure)) =
            (seen.route(), seen.category(), seen.colour());
        Ok(Ok(json!({
            "message": kept.message(), "is_for": route.name(), "sure": rounded(route_sure),
            "kind": {"name": kind, "sure": rounded(kind_sure)},
            "colour": {"name": colour.name(), "sure": rounded(colour_sure)},
        })))
    }

    async fn download(&self, message: Option<&str>) -> Outcome<Value> {
        let kept = match self.file(message, None).await? {
            Ok(kept) => kept,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let stored = kept.stored();
        Ok(Ok(json!({
            "message": kept.message(), "key": stored.key, "type": stored.content_type, "bytes": stored.bytes,
            "sha256": stored.hash,
        })))
    }

    async fn embed_picture(&self, message: Option<&str>) -> Outcome<Value> {
        let kept = match self.file(message, Some(Kind::Image)).await? {
            Ok(kept) => kept,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let stored = kept.stored();
        let bytes = self.app.media.get(self.scope, &stored.key).await?;
        let picture = Picture { mime: stored.content_type.clone(), bytes };
        let embedded = self.embed(Embeddable::Picture(picture)).await;
        Ok(embedded.map(|embedding| described(&embedding)))
    }

    async fn embed(&self, item: Embeddable) -> Result<Embedding, Refusal> {
        let asked = models::embed(self.app, self.scope, self.shop, Some(self.conversation), &[item], EMBEDDING).await;
        let refused = |why: &str| Refusal::NotNow(why.to_owned());
        let vectors = asked.map_err(|why| match why {
            NoModel::NotConfigured => refused("no model embeds this; set a key of one that does"),
            NoModel::OverBudget => refused("the month's budget for models is spent"),
            NoModel::AllDown | NoModel::NoAnswer => refused("the model that embeds does not answer now"),
        })?;
        let vector = vectors.into_iter().next().ok_or_else(|| refused("the model gave no vector"))?;
        Ok(Embedding { model: vector.model, values: vector.values })
    }

    /// The file of a message of this conversation, fetched and kept if it was not: of the one that is named, or of the
    /// latest that has one of this kind.
    async fn file(&self, message: Option<&str>, wanted: Option<Kind>) -> Outcome<Kept> {
        let named = match message.map(|id| id.parse::<MessageId>()).transpose() {
            Ok(named) => named,
            Err(_) => return Ok(Err(Refusal::Arguments("a message is named by its identity".to_owned()))),
        };
        let history = self.app.store.read(self.scope).await?.history(self.conversation, MESSAGES).await?;
        let found = history.into_iter().rev().filter(|message| !message.outbound).find_map(|message| {
            let carried: Option<Carried> =
                message.payload.as_ref().and_then(|payload| serde_json::from_value(payload.clone()).ok());
            let fits = match named {
                Some(id) => message.id == id,
                None => carried.as_ref().is_some_and(|c| has_file(c) && wanted.as_ref().is_none_or(|w| *w == c.kind)),
            };
            fits.then_some((message, carried))
        });
        let Some((message, carried)) = found else {
            return Ok(Err(Refusal::NotFound("message with a file".to_owned())));
        };
        let Some(carried) = carried.filter(has_file) else {
            return Ok(Err(unusable("the message carries no picture and no voice note")));
        };
        if wanted.is_some_and(|wanted| wanted != carried.kind) {
            return Ok(Err(unusable("the message carries no picture")));
        }
        let inbound = Inbound {
            id: message.id,
            provider_message_id: None,
            kind: message.kind,
            text: String::new(),
            media_key: message.media_key,
            payload: message.payload,
            reply_to: None,
            received_at: message.at,
        };
        let kept = match media::keep(self.app, self.scope, self.shop, &inbound, carried.media_url.as_deref()).await {
            Ok(kept) => kept,
            Err(why) => return Ok(Err(unusable(reason(why)))),
        };
        let now = self.app.clock.now();
        let noted = self.app.store.write_with(self.scope, kept.clone(), move |tx, kept| Box::pin(kept.note(tx, now)));
        noted.await?;
        Ok(Ok(kept))
    }
}

const fn has_file(carried: &Carried) -> bool {
    matches!(carried.kind, Kind::Image | Kind::Voice)
}

fn unusable(why: &str) -> Refusal {
    Refusal::Unusable(why.to_owned())
}

const fn reason(why: Lost) -> &'static str {
    match why {
        Lost::TooLarge => "the file is too large",
        Lost::WrongType => "the file is neither a picture nor a sound",
        Lost::Gone => "the file is not to be had",
    }
}

fn rounded(sure: f32) -> f64 {
    (f64::from(sure) * 100.0).round() / 100.0
}

fn described(embedding: &Embedding) -> Value {
    json!({"model": embedding.model, "dimensions": embedding.values.len(), "values": embedding.values})
}
