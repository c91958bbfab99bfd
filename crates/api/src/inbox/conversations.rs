//! The list of conversations, and taking one over.

use duka_kernel::{ConversationId, OrderId};
use duka_store::{
    audit::{Actor, Change},
    orders::Order,
    pages::conversations::{self, ConversationRow, Filter, Last, Which},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::own_name;
use crate::{
    answer::{Done, List},
    customers::CustomerOut,
    describe::Route,
    extract::{Json, Paging, Path, Query},
    people::{PersonRef, language},
    problem::Reply,
    route,
    staff::{
        Staff,
        right::{ConversationsView, HandoffPerform},
    },
};

/// Orders that are shown beside a conversation.
const ORDERS: u64 = 10;

pub fn routes() -> Vec<Route> {
    vec![
        route!(list_conversations),
        route!(get_conversation),
        route!(take_conversation),
        route!(release_conversation),
        route!(read_conversation),
    ]
}

/// Which conversations.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Inbox {
    /// Those in which a customer waits for a person, longest first.
    Waiting,
    /// Those that people have taken over.
    Open,
    /// Of these, your own.
    Mine,
    /// Those with something that nobody has looked at.
    Unread,
    /// All, the one with the last word first.
    #[default]
    All,
}

#[derive(Deserialize, IntoParams)]
struct InboxIn {
    /// Which; all if nothing is said.
    #[param(inline)]
    filter: Option<Inbox>,
    /// The beginning of a name or a number.
    #[param(max_length = 100)]
    q: Option<String>,
}

/// A conversation in the inbox.
#[derive(Serialize, ToSchema)]
struct ConversationRowOut {
    id: Uuid,
    customer: PersonRef,
    /// The last message.
    last: Option<LastOut>,
    /// Messages of the customer that nobody has looked at, up to 99.
    unread: i64,
    /// Whether people have taken over.
    handed_off: bool,
    /// Since when the customer waits for a person.
    waiting_since: Option<jiff::Timestamp>,
    /// Whose it is to answer.
    taken_by: Option<String>,
    /// The kind of the channel, such as `twilio`.
    channel: String,
    /// Where the sale stands, such as `checkout`.
    stage: String,
    /// What the customer writes in, such as `sw`; empty if it is not known yet.
    language: &'static str,
    /// Whether somebody of the team plays the customer.
    test: bool,
    /// When it was last answered or written to.
    active_at: jiff::Timestamp,
}

/// The last message of a conversation.
#[derive(Serialize, ToSchema)]
struct LastOut {
    text: String,
    at: jiff::Timestamp,
    /// `in` or `out`.
    direction: &'static str,
    /// Such as `text` or `image`.
    kind: &'static str,
}

impl From<Last> for LastOut {
    fn from(last: Last) -> Self {
        Self {
            text: last.text,
            at: last.at.to_jiff(),
            direction: if last.outbound { "out" } else { "in" },
            kind: super::messages::kind(&last.kind),
        }
    }
}

impl From<ConversationRow> for ConversationRowOut {
    fn from(row: ConversationRow) -> Self {
        Self {
            id: row.id.0,
            test: row.customer.test,
            customer: row.customer.into(),
            last: row.last.map(LastOut::from),
            unread: row.unread,
            handed_off: row.handed_off,
            waiting_since: row.waiting_since.map(|at| at.to_jiff()),
            taken_by: row.assigned,
            channel: row.channel,
            stage: row.stage,
            language: language(row.language),
            active_at: row.active_at.to_jiff(),
        }
    }
}

/// List the conversations.
#[utoipa::path(get, path = "/conversations", tag = "inbox")]
async fn list_conversations(
    staff: Staff<ConversationsView>,
    Query(asked): Query<InboxIn>,
    paging: Paging,
) -> Reply<Json<List<ConversationRowOut>>> {
    let which = match asked.filter.unwrap_or_default() {
        Inbox::Waiting => Which::Waiting,
        Inbox::Open => Which::Open,
        Inbox::Mine => Which::Of(own_name(&staff).await?),
        Inbox::Unread => Which::Unread,
        Inbox::All => Which::All,
    };
    let filter = Filter { which, customer: None, search: asked.q };
    let page = conversations::list(&staff.read().await?, &filter, paging.after.as_ref(), paging.limit).await?;
    Ok(Json(List::of(page, ConversationRowOut::from)))
}

/// A conversation with who writes in it.
#[derive(Serialize, ToSchema)]
struct ConversationOut {
    id: Uuid,
    customer: CustomerOut,
    /// Whether people have taken over.
    handed_off: bool,
    /// Since when the customer waits for a person.
    waiting_since: Option<jiff::Timestamp>,
    /// Where the sale stands, such as `checkout`.
    stage: String,
    /// What the customer writes in, such as `sw`; empty if it is not known yet.
    language: &'static str,
    /// Whether somebody of the team plays the customer.
    test: bool,
    /// Whose it is to answer.
    taken_by: Option<String>,
    /// Whether the channel takes a message to the customer now: WhatsApp does within a day after they wrote.
    writable: bool,
    /// The customer's last orders, newest first.
    orders: Vec<ConversationOrderOut>,
}

/// An order beside a conversation.
#[derive(Serialize, ToSchema)]
struct ConversationOrderOut {
    id: Uuid,
    number: String,
    placed_at: jiff::Timestamp,
    /// Such as `paid`.
    state: &'static str,
    /// In minor units.
    total: i64,
}

impl From<Order> for ConversationOrderOut {
    fn from(order: Order) -> Self {
        let OrderId(id) = order.id;
        let placed_at = order.placed_at.to_jiff();
        Self { id, number: order.number, placed_at, state: order.state.name(), total: order.total.minor }
    }
}

/// Show a conversation and its customer.
#[utoipa::path(get, path = "/conversations/{id}", tag = "inbox")]
async fn get_conversation(staff: Staff<ConversationsView>, Path(id): Path<Uuid>) -> Reply<Json<ConversationOut>> {
    let id = ConversationId(id);
    let writable = staff.api.app.may_write(staff.scope, id).await?;
    let tx = staff.read().await?;
    let row = conversations::read(&tx, id).await?;
    let orders = tx.orders_of(row.customer.id, ORDERS).await?;
    let customer = CustomerOut::read(&tx, row.customer.id).await?;
    Ok(Json(ConversationOut {
        id: id.0,
        customer,
        handed_off: row.handed_off,
        waiting_since: row.waiting_since.map(|at| at.to_jiff()),
        stage: row.stage,
        language: language(row.language),
        test: row.customer.test,
        taken_by: row.assigned,
        writable,
        orders: orders.into_iter().map(ConversationOrderOut::from).collect(),
    }))
}

/// Take a conversation over: it is yours to answer, and the assistant is quiet in it.
#[utoipa::path(post, path = "/conversations/{id}/take", tag = "inbox")]
async fn take_conversation(staff: Staff<HandoffPerform>, Path(id): Path<Uuid>) -> Reply<Done> {
    let name = own_name(&staff).await?;
    staff.api.app.take_over(staff.scope, ConversationId(id), name).await?;
    staff.note(Change::new("conversation.taken").of("conversation", id)).await?;
    Ok(Done)
}

/// Give a conversation back: the assistant answers again.
#[utoipa::path(post, path = "/conversations/{id}/release", tag = "inbox")]
async fn release_conversation(staff: Staff<HandoffPerform>, Path(id): Path<Uuid>) -> Reply<Done> {
    staff.api.app.release(staff.scope, ConversationId(id)).await?;
    staff.note(Change::new("conversation.released").of("conversation", id)).await?;
    Ok(Done)
}

/// Note that you have seen all of a conversation.
#[utoipa::path(post, path = "/conversations/{id}/read", tag = "inbox")]
async fn read_conversation(staff: Staff<ConversationsView>, Path(id): Path<Uuid>) -> Reply<Done> {
    let id = ConversationId(id);
    if matches!(staff.actor, Actor::Operator(_)) {
        // Who only looks leaves no trace in the shop's inbox.
        staff.read().await?.conversation(id).await?;
        return Ok(Done);
    }
    staff.api.app.store.write(staff.scope, move |tx| Box::pin(tx.mark_read(id, None))).await?;
    Ok(Done)
}
