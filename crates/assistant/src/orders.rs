//! What staff do with orders: moving them on, and what the customer hears of it.

use std::sync::Arc;

use duka_kernel::{TenantScope, Timestamp};
use duka_sales::settlement;
use duka_shop::OrderState;
use duka_store::{
    Guard, StoreError, Tx,
    audit::{Actor, Change},
    jobs::JobKind,
    orders::Transition,
};
use serde_json::json;

use crate::{app::App, told::Told};

/// Why an order was not moved.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The shop has no such order.
    #[error("there is no order {0}")]
    Unknown(String),
    /// Its state does not lead there.
    #[error("an order that is {from} cannot become {to}; it may become {}", may_become(*.from))]
    NoSuchMove {
        /// Where it stands.
        from: OrderState,
        /// Where it was to go.
        to: OrderState,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The states that staff may move an order to. Money is moved by payments alone.
const BY_STAFF: [OrderState; 4] =
    [OrderState::Processing, OrderState::Shipped, OrderState::Delivered, OrderState::Refunded];

/// The states that staff may move an order to from one.
pub fn staff_may_move(from: OrderState) -> impl Iterator<Item = OrderState> {
    from.next().iter().copied().filter(|to| BY_STAFF.contains(to))
}

/// Who of the shop moves an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ByStaff {
    /// Who, for the audit log.
    pub who: Actor,
    /// Who, for the order's history: `staff`, `staff:…`.
    pub signature: String,
    /// Why, in their words.
    pub reason: Option<String>,
    /// The version of the order that they saw; whichever it has if they name none.
    pub version: Option<i64>,
}

impl ByStaff {
    /// Whoever has the command line.
    #[must_use]
    pub fn at_the_terminal() -> Self {
        Self { who: Actor::System, signature: "staff".to_owned(), reason: None, version: None }
    }
}

fn may_become(from: OrderState) -> String {
    let names: Vec<&str> = staff_may_move(from).map(|to| to.name()).collect();
    if names.is_empty() { "nothing else".to_owned() } else { names.join(" or ") }
}

impl App {
    /// Moves an order on, as staff may. The customer hears that it is on its way or has arrived; some time after it
    /// arrived they are asked how it was.
    ///
    /// # Errors
    /// If there is no such order or move, or somebody changed the order since they saw it.
    pub async fn move_order(
        &self,
        scope: TenantScope,
        number: &str,
        to: OrderState,
        by: ByStaff,
    ) -> Result<(), Refused> {
        let known = self.store.read(scope).await?.order_by_number(number).await?;
        let order = known.ok_or_else(|| Refused::Unknown(number.to_owned()))?;
        let refused = Refused::NoSuchMove { from: order.state, to };
        if !BY_STAFF.contains(&to) || !order.state.can_become(to) {
            return Err(refused);
        }
        let (id, from) = (order.id, order.state);
        let told = Arc::new(Told::new(self, scope).await?);
        let by = Arc::new(by);
        let done = told.tell(self, move |told, tx| {
            let by = Arc::clone(&by);
            Box::pin(async move {
                if let Some(version) = by.version {
                    tx.hold_order(id, version).await?;
                }
                let step = Transition { from, to, actor: &by.signature, reason: "moved on", at: told.now };
                tx.transition_order(id, &step).await?;
                if let Some(reason) = &by.reason {
                    tx.note_order(id, reason.trim(), &by.signature, told.now).await?;
                }
                let states = (json!({"state": from}), json!({"state": to}));
                let change = Change::new("order.moved").of("order", id).from(states.0).to(states.1);
                tx.audit(by.who, &change, told.now).await?;
                after_sale(tx, id.0, to, told.shop.profile.feedback_hours, told.now).await?;
                if !matches!(to, OrderState::Shipped | OrderState::Delivered) {
                    return Ok(Vec::new());
                }
                let order = tx.order(id).await?;
                told.customer_of(tx, &order, settlement::moved).await
            })
        });
        match done.await {
            Err(StoreError::Conflict(Guard::State(_))) => Err(refused),
            done => Ok(done?),
        }
    }
}

/// Sets the question how it was for later, or calls it off.
async fn after_sale(
    tx: &Tx,
    order: uuid::Uuid,
    to: OrderState,
    hours: Option<u32>,
    now: Timestamp,
) -> Result<(), StoreError> {
    match (to, hours) {
        (OrderState::Delivered, Some(hours)) => {
            tx.schedule(JobKind::FeedbackRequest, order, now.plus_minutes(i64::from(hours) * 60)).await
        }
        (OrderState::Refunded, _) => tx.cancel_jobs(JobKind::FeedbackRequest, order).await,
        _ => Ok(()),
    }
}
