//! Money of the customer's own orders. Amount and payer are those of the order.

use duka_kernel::Money;
use duka_perception::{Intent, Slots};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Call, Effects, Proposal, Refusal, Said, order};
use crate::{
    desk::Desk,
    effect::{Effect, OwnerNews},
    tools::{self, PaymentRefusal},
    words::words,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InitiatePayment {
    /// The number of the order; the latest if null.
    order: Option<String>,
}

/// What is asked for, and from whom.
#[derive(Serialize)]
pub(super) struct Asked {
    order: String,
    amount: Money,
    /// The last digits of the number that is prompted.
    phone: String,
}

impl Call for InitiatePayment {
    type Output = Asked;
    const NAME: &'static str = "initiate_payment";
    const DESCRIPTION: &'static str = "Sends the payment prompt for an order of this customer to their own phone.";
    const EFFECTS: Effects = Effects::NeedsYes;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let order = order(desk, self.order.as_deref())?.id;
        let asked = tools::initiate_payment(desk, &tools::InitiatePayment { order, phone: None });
        let request = asked.map_err(|refusal| match refusal {
            PaymentRefusal::Unknown => Refusal::NotFound("order".to_owned()),
            PaymentRefusal::PromptOpen(_) => Refusal::NotNow("a prompt is open on the phone".to_owned()),
            other => Refusal::NotNow(format!("nothing was asked for: {other:?}")),
        })?;
        let digits = request.phone.digits();
        let phone = digits.get(digits.len().saturating_sub(3)..).unwrap_or_default().to_owned();
        Ok(Asked { order: request.number, amount: request.amount, phone })
    }

    fn propose(self, desk: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        // Nobody's phone rings because a model says so: what there is to pay is said, and the customer answers.
        let intent = if desk.dialogue.cart.is_empty() { Intent::OrderStatus } else { Intent::Checkout };
        Ok(Proposal::of(intent, "", Slots::default()))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckPaymentStatus {
    /// The number of the order; the latest if null.
    order: Option<String>,
}

/// Where the money of an order stands.
#[derive(Serialize)]
pub(super) struct Standing {
    order: String,
    amount: Money,
    paid: bool,
    payment: Option<duka_shop::PaymentState>,
    receipt: Option<String>,
}

impl Call for CheckPaymentStatus {
    type Output = Standing;
    const NAME: &'static str = "check_payment_status";
    const DESCRIPTION: &'static str =
        "Says whether an order of this customer is paid, and asks the provider again if it is open.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let order = order(desk, self.order.as_deref())?;
        if order.state.awaits_payment() && order.payment.is_some() {
            tools::check_payment_status(desk, tools::CheckPayment { order: order.id });
        }
        Ok(Standing {
            order: order.number.clone(),
            amount: order.total,
            paid: order.paid_at.is_some(),
            payment: order.payment.as_ref().map(|payment| payment.state),
            receipt: order.payment.as_ref().and_then(|payment| payment.receipt.clone()),
        })
    }

    fn propose(self, _: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        Ok(Proposal::of(Intent::OrderStatus, "", Slots::default()))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SubmitPaymentProof {
    /// The receipt code as the customer wrote it.
    receipt: String,
}

/// A claim that people look into.
#[derive(Serialize)]
pub(super) struct Claimed {
    order: Option<String>,
    receipt: String,
}

impl Call for SubmitPaymentProof {
    type Output = Claimed;
    const NAME: &'static str = "submit_payment_proof";
    const DESCRIPTION: &'static str = "Passes on a receipt code that the customer wrote; nothing counts as paid by it.";
    const EFFECTS: Effects = Effects::ChangesCustomer;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let receipt = self.receipt.trim().to_uppercase();
        if receipt.len() != 10 || !receipt.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(Refusal::Arguments("a receipt has ten letters and digits".to_owned()));
        }
        let waiting = desk.recall.orders.iter().find(|order| order.state.awaits_payment());
        if let Some(order) = waiting {
            tools::check_payment_status(desk, tools::CheckPayment { order: order.id });
        }
        let number = waiting.map(|order| order.number.clone());
        let news = OwnerNews::PaymentClaimed { number: number.clone(), receipt: Some(receipt.clone()) };
        desk.effect(Effect::TellOwner(news));
        Ok(Claimed { order: number, receipt })
    }

    fn propose(self, _: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        let receipt = self.receipt.trim().to_uppercase();
        if !words(said.text).contains(&receipt.to_lowercase()) {
            return Err(Refusal::NotSaid("that receipt".to_owned()));
        }
        let slots = Slots { receipt: Some(receipt), ..Slots::default() };
        Ok(Proposal::of(Intent::PaymentClaim, said.text, slots))
    }
}
