//! What the log says of what a turn did.

use duka_kernel::{ConversationId, CustomerId, Timestamp};
use duka_sales::{
    Effect,
    effect::{CustomerChange, NewBooking, OwnerNews},
};
use duka_store::events::NewEvent;
use serde_json::json;

/// What the log says of an effect: identities and amounts, no words of the customer.
pub(crate) fn event(
    effect: &Effect,
    customer: CustomerId,
    conversation: ConversationId,
    now: Timestamp,
) -> Option<NewEvent> {
    let (kind, payload) = match effect {
        Effect::PlaceOrder(order) => (
            "order.placed",
            json!({"order": order.id, "number": order.number, "total": order.total, "customer": customer}),
        ),
        Effect::HandOff { reason, order, .. } => (
            "conversation.handed_off",
            json!({"conversation": conversation, "reason": reason, "customer": customer, "order": order}),
        ),
        Effect::Customer(CustomerChange::OptOut(out)) => {
            ("customer.marketing", json!({"customer": customer, "opted_out": out}))
        }
        Effect::Customer(change) => ("customer.changed", json!({"customer": customer, "field": field(change)?})),
        Effect::Rate { rating, order } => {
            let payload = json!({"conversation": conversation, "customer": customer, "rating": rating, "order": order});
            ("conversation.rated", payload)
        }
        Effect::OpenTask { kind, order, .. } => {
            ("task.opened", json!({"customer": customer, "kind": kind, "order": order}))
        }
        Effect::TellOwner(OwnerNews::ReturnAsked { number, .. }) => {
            ("return.asked", json!({"customer": customer, "number": number}))
        }
        Effect::WaitFor { variants, .. } => ("stock.wanted", json!({"customer": customer, "variants": variants})),
        Effect::StopWaiting => ("stock.not_wanted", json!({"customer": customer})),
        Effect::TakeSlot(NewBooking { id, until: None, .. }) => {
            ("booking.made", json!({"appointment": id, "customer": customer}))
        }
        Effect::MoveBooking { id, .. } => ("booking.moved", json!({"appointment": id, "customer": customer})),
        Effect::CancelBooking { id, .. } => ("booking.cancelled", json!({"appointment": id, "customer": customer})),
        _ => return None,
    };
    Some(NewEvent { kind: kind.into(), payload, actor: "customer".into(), at: now })
}

/// Which part of what is kept of a customer a change is of.
fn field(change: &CustomerChange) -> Option<&str> {
    match change {
        CustomerChange::Fact { name, .. } => Some(name),
        CustomerChange::Phone(_) => Some("phone"),
        CustomerChange::Address(_) | CustomerChange::ForgetAddress => Some("address"),
        CustomerChange::Language(_) | CustomerChange::PinLanguage(_) | CustomerChange::OptOut(_) => None,
    }
}
