//! Orders of the one customer who writes.

use duka_kernel::{Colour, Money, Size, Timestamp};
use duka_perception::{Intent, Slots};
use duka_shop::OrderState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Call, Effects, Proposal, Refusal, Said, order};
use crate::{desk::Desk, dialogue::Question, recall::OrderView, tools};

/// An order, as it is told.
#[derive(Serialize)]
pub(super) struct Told {
    number: String,
    state: OrderState,
    total: Money,
    placed_at: Timestamp,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    sku: String,
    name: String,
    size: Size,
    colour: Option<Colour>,
    quantity: u32,
}

impl From<&OrderView> for Told {
    fn from(order: &OrderView) -> Self {
        let item = |line: &duka_shop::CartLine| Item {
            sku: line.sku.clone(),
            name: line.name.clone(),
            size: line.size.clone(),
            colour: line.colour,
            quantity: line.quantity,
        };
        Self {
            number: order.number.clone(),
            state: order.state,
            total: order.total,
            placed_at: order.placed_at,
            items: order.lines.iter().map(item).collect(),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateOrder {}

/// The order that was placed.
#[derive(Serialize)]
pub(super) struct Placed {
    number: String,
    total: Money,
}

impl Call for CreateOrder {
    type Output = Placed;
    const NAME: &'static str = "create_order";
    const DESCRIPTION: &'static str =
        "Goes on to the order of what is in the cart: delivery place, summary, and the customer's yes.";
    const EFFECTS: Effects = Effects::NeedsYes;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        // What it comes to is computed from the cart, and has to be what the customer was shown.
        let Question::Summary { total } = desk.dialogue.question else {
            return Err(Refusal::NotNow("the customer was not shown what it comes to".to_owned()));
        };
        let placed = tools::create_order(desk, tools::CreateOrder { agreed: total });
        let order = placed.map_err(|refusal| Refusal::NotNow(format!("the order was not placed: {refusal:?}")))?;
        Ok(Placed { number: order.number, total: order.total })
    }

    fn propose(self, desk: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        // Checking out takes what is talked about where nothing was chosen: that is for the customer to say.
        if desk.dialogue.cart.is_empty() {
            return Err(Refusal::NotNow("nothing is in the cart".to_owned()));
        }
        Ok(Proposal::of(Intent::Checkout, "", Slots::default()))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CancelOrder {
    /// The number of the order, if the customer named one; the latest otherwise.
    order: Option<String>,
}

impl Call for CancelOrder {
    type Output = Told;
    const NAME: &'static str = "cancel_order";
    const DESCRIPTION: &'static str = "Stops an order of this customer that is not paid, after they have said yes.";
    const EFFECTS: Effects = Effects::NeedsYes;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let id = order(desk, self.order.as_deref())?.id;
        let args = tools::CancelOrder { order: id, reason: "asked by the customer".to_owned() };
        let cancelled = tools::cancel_order(desk, &args);
        let order = cancelled.map_err(|refusal| Refusal::NotNow(format!("it was not stopped: {refusal:?}")))?;
        Ok(Told { state: OrderState::Cancelled, ..Told::from(order) })
    }

    fn propose(self, desk: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        let order = order(desk, self.order.as_deref())?;
        if !order.state.awaits_payment() {
            return Err(Refusal::NotNow("only an order that is not paid can be stopped".to_owned()));
        }
        let slots = Slots { order_ref: Some(order.number.clone()), ..Slots::default() };
        Ok(Proposal::of(Intent::CancelOrder, &order.number, slots))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetOrderStatus {
    /// The number of the order, if the customer named one; the latest otherwise.
    order: Option<String>,
}

impl Call for GetOrderStatus {
    type Output = Told;
    const NAME: &'static str = "get_order_status";
    const DESCRIPTION: &'static str = "Says where an order of this customer stands.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        order(desk, self.order.as_deref()).map(Told::from)
    }

    fn propose(self, desk: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        let order_ref = match self.order.as_deref() {
            Some(number) => Some(order(desk, Some(number))?.number.clone()),
            None => None,
        };
        Ok(Proposal::of(Intent::OrderStatus, "", Slots { order_ref, ..Slots::default() }))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetPurchaseHistory {}

impl Call for GetPurchaseHistory {
    type Output = Vec<Told>;
    const NAME: &'static str = "get_purchase_history";
    const DESCRIPTION: &'static str = "Lists this customer's latest orders.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        Ok(desk.recall.orders.iter().map(Told::from).collect())
    }

    fn propose(self, _: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        Ok(Proposal::of(Intent::OrderStatus, "", Slots::default()))
    }
}
