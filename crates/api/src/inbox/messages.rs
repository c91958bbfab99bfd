//! What was said in a conversation, and writing in it.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use duka_assistant::{
    media::{self, Lost},
    people::Words,
};
use duka_kernel::{ConversationId, MessageId};
use duka_store::{
    audit::Change,
    looks::hash_of,
    pages::messages::{self, Author, Marker, MessageRow},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::own_name;
use crate::{
    answer::{Created, List},
    describe::Route,
    extract::{Json, Paging, Path},
    principal::AtShop,
    problem::{CONFLICT, Check, Problem, Reply},
    route,
    staff::{
        Staff,
        right::{ConversationsView, HandoffPerform},
    },
};

/// The longest words in one go.
const LONGEST: usize = 4_000;
/// A picture as text, and words beside it.
const LARGEST: usize = 8 * 1024 * 1024;

pub fn routes() -> Vec<Route> {
    vec![route!(list_messages), route!(send_message).up_to(LARGEST)]
}

/// What a message is.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MessageKind {
    Text,
    Image,
    Audio,
    Location,
    Options,
    Document,
}

/// Who says a message.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MessageAuthor {
    Customer,
    Assistant,
    Staff,
}

/// Which way a message goes.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Direction {
    /// To the shop.
    In,
    /// To the customer.
    Out,
}

/// How far a message got. What came in is delivered, and read when it was answered.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MessageStatus {
    Queued,
    Sent,
    Delivered,
    Read,
    Failed,
}

/// A message of a conversation.
#[derive(Serialize, ToSchema)]
pub struct MessageOut {
    id: Uuid,
    #[schema(inline)]
    direction: Direction,
    #[schema(inline)]
    author: MessageAuthor,
    #[schema(inline)]
    kind: MessageKind,
    text: Option<String>,
    /// Where the picture or recording is.
    media: Option<String>,
    /// What was heard in a voice note.
    transcript: Option<String>,
    /// What could be chosen.
    options: Vec<String>,
    /// Where the customer is.
    location: Option<LocationOut>,
    #[schema(inline)]
    status: MessageStatus,
    /// Why it could not be sent.
    error: Option<String>,
    at: jiff::Timestamp,
    /// The turn that answers it, or says it.
    turn_id: Option<Uuid>,
    /// What happened with it, in order.
    markers: Vec<MarkerOut>,
}

/// A place on the map.
#[derive(Serialize, ToSchema)]
struct LocationOut {
    latitude: f64,
    longitude: f64,
    name: Option<String>,
}

/// What something is that happened in a conversation.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MarkerKind {
    Order,
    Payment,
    Appointment,
}

/// Something that happened in a conversation.
#[derive(Serialize, ToSchema)]
struct MarkerOut {
    #[schema(inline)]
    kind: MarkerKind,
    /// The order, the payment or the appointment.
    id: Uuid,
    /// The number of the order; of a payment how it ended.
    text: String,
    /// What was to be paid, in minor units.
    amount: Option<i64>,
    /// When the appointment is.
    start: Option<jiff::Timestamp>,
    at: jiff::Timestamp,
}

impl From<Marker> for MarkerOut {
    fn from(marker: Marker) -> Self {
        let at = marker.at().to_jiff();
        match marker {
            Marker::Order { id, number, .. } => {
                Self { kind: MarkerKind::Order, id: id.0, text: number, amount: None, start: None, at }
            }
            Marker::Payment { id, state, amount, .. } => {
                Self { kind: MarkerKind::Payment, id: id.0, text: state, amount: Some(amount), start: None, at }
            }
            Marker::Appointment { id, start_at, .. } => {
                let start = Some(start_at.to_jiff());
                Self { kind: MarkerKind::Appointment, id: id.0, text: String::new(), amount: None, start, at }
            }
        }
    }
}

/// What a message is, as pages tell kinds apart.
pub fn kind(stored: &str) -> &'static str {
    match stored {
        "image" => "image",
        "voice" | "audio" => "audio",
        "location" => "location",
        "list" | "buttons" => "options",
        "unsupported" => "document",
        _ => "text",
    }
}

impl From<MessageRow> for MessageOut {
    fn from(row: MessageRow) -> Self {
        let (direction, author) = match row.author {
            Author::Customer => (Direction::In, MessageAuthor::Customer),
            Author::Assistant => (Direction::Out, MessageAuthor::Assistant),
            Author::Staff => (Direction::Out, MessageAuthor::Staff),
        };
        let kind = match kind(&row.kind) {
            "image" => MessageKind::Image,
            "audio" => MessageKind::Audio,
            "location" => MessageKind::Location,
            "options" => MessageKind::Options,
            "document" => MessageKind::Document,
            _ => MessageKind::Text,
        };
        let status = match (direction, row.status.as_str()) {
            (Direction::In, _) if row.turn.is_some() => MessageStatus::Read,
            (Direction::In, _) | (_, "delivered") => MessageStatus::Delivered,
            (_, "read") => MessageStatus::Read,
            (_, "sent") => MessageStatus::Sent,
            (_, "failed") => MessageStatus::Failed,
            _ => MessageStatus::Queued,
        };
        let words = Some(row.text).filter(|text| !text.is_empty());
        let (text, transcript) = if matches!(kind, MessageKind::Audio) { (None, words) } else { (words, None) };
        let carried = row.payload.unwrap_or_default();
        let title = |choice: &Value| choice["title"].as_str().map(str::to_owned);
        Self {
            id: row.id.0,
            direction,
            author,
            kind,
            text,
            media: row.media_key.map(|key| format!("/v1/media/{}", hash_of(&key))),
            transcript,
            options: carried["options"].as_array().into_iter().flatten().filter_map(title).collect(),
            location: location(&carried),
            status,
            error: row.error,
            at: row.at.to_jiff(),
            turn_id: row.turn.map(|turn| turn.0),
            markers: row.markers.into_iter().map(MarkerOut::from).collect(),
        }
    }
}

fn location(carried: &Value) -> Option<LocationOut> {
    let place = &carried["kind"]["location"];
    Some(LocationOut {
        latitude: place["latitude"].as_f64()?,
        longitude: place["longitude"].as_f64()?,
        name: place["place"].as_str().map(str::to_owned),
    })
}

/// List what was said in a conversation, newest first.
#[utoipa::path(get, path = "/conversations/{id}/messages", tag = "inbox")]
async fn list_messages(
    staff: Staff<ConversationsView>,
    Path(id): Path<Uuid>,
    paging: Paging,
) -> Reply<Json<List<MessageOut>>> {
    let tx = staff.read().await?;
    let page = messages::list(&tx, ConversationId(id), paging.after.as_ref(), paging.limit).await?;
    Ok(Json(List::of(page, MessageOut::from)))
}

/// A message to a customer: words, a picture, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MessageIn {
    #[schema(max_length = 4000)]
    text: Option<String>,
    /// A picture as `data:image/jpeg;base64,…`, of up to 5 MB.
    media: Option<String>,
}

/// Write to a customer. The assistant is quiet in the conversation from then on.
#[utoipa::path(post, path = "/conversations/{id}/messages", tag = "inbox")]
async fn send_message(
    staff: Staff<HandoffPerform>,
    Path(id): Path<Uuid>,
    Json(input): Json<MessageIn>,
) -> Reply<Created<MessageOut>> {
    let conversation = ConversationId(id);
    staff.read().await?.conversation(conversation).await?;
    let text = input.text.unwrap_or_default().trim().to_owned();
    Check::new()
        .that(!text.is_empty() || input.media.is_some(), "/text", "has to say something")
        .that(text.chars().count() <= LONGEST, "/text", "has to have at most 4000 characters")
        .done()?;
    if !staff.api.app.may_write(staff.scope, conversation).await? {
        return Err(CONFLICT.because(
            "WhatsApp lets a shop write only within 24 hours after the customer did. They can be called, or will write again",
        ));
    }
    let picture = match input.media {
        Some(data) => {
            let kept = media::keep_picture(&staff.api.app, staff.scope, picture(&data, "/media")?).await?;
            Some(kept.map_err(|lost| refused(lost, "/media"))?.key)
        }
        None => None,
    };
    let words = Words { by: Some(own_name(&staff).await?), text, picture };
    let message = staff.api.app.staff_says(staff.scope, conversation, words).await?;
    staff.note(Change::new("conversation.answered").of("conversation", id)).await?;
    Ok(Created(find(&staff, conversation, message).await?))
}

/// A message that was written a moment ago.
async fn find(at: &AtShop, conversation: ConversationId, id: MessageId) -> Reply<MessageOut> {
    let tx = at.read().await?;
    let page = messages::list(&tx, conversation, None, 100).await?;
    let found = page.items.into_iter().find(|message| message.id == id);
    found.map(MessageOut::from).ok_or_else(|| Problem::internal("a message that was written is not there"))
}

/// The bytes of a `data:` address.
pub fn picture(data: &str, pointer: &str) -> Reply<Bytes> {
    let coded = data.strip_prefix("data:").and_then(|rest| rest.split_once(";base64,")).map(|(_, coded)| coded);
    let bytes = coded.and_then(|coded| STANDARD.decode(coded).ok()).filter(|bytes| !bytes.is_empty());
    bytes.map(Bytes::from).ok_or_else(|| Problem::field(pointer, "has to be data:TYPE;base64,…"))
}

/// Why a file was not taken, as people are told.
pub fn refused(lost: Lost, pointer: &str) -> Problem {
    let why = match lost {
        Lost::TooLarge => "is too large",
        Lost::WrongType => "is not a picture or sound that is taken here",
        Lost::Gone => "is damaged",
    };
    Problem::field(pointer, why)
}
