//! What a text says was done or will be, and what of it is so.

use std::collections::HashSet;

use duka_shop::{OrderState, PaymentFailure};

use super::{BreachKind, check::Reading, patterns::mood};
use crate::{dialogue::Dialogue, recall::Recall, say::Say};

/// What a thing said allows to be said, by the names of `claims.tsv`.
pub(super) fn allowed(say: &Say) -> &'static [&'static str] {
    match say {
        Say::Added { .. }
        | Say::QuantitySet { .. }
        | Say::OnlySoMany { .. }
        | Say::CartView { .. }
        | Say::AskNext { .. } => &["added"],
        Say::Summary { .. } => &["added", "included"],
        Say::InCartAlready { .. }
        | Say::Swapped { .. }
        | Say::AskSwap { .. }
        | Say::AskWhichLine { .. }
        | Say::TotalChanged
        | Say::Kept => &["added"],
        Say::Removed { .. } | Say::Cleared | Say::CartEmpty | Say::CartChanged { .. } => &["removed", "added"],
        Say::JustSold { .. } => &["scarce"],
        Say::PaymentAsked { .. } | Say::PaymentAskedAgain { .. } => &["ordered", "prompted", "held", "included"],
        Say::PaymentWaiting { .. } | Say::ChangeAfterPrompt { .. } => &["prompted", "ordered"],
        Say::AwaitsApproval { .. } => &["ordered", "held", "told"],
        Say::PayByHand { .. } => &["ordered"],
        Say::PaymentDelayed { .. } => &["ordered", "told", "held"],
        Say::NotApproved { .. } => &["cancelled"],
        Say::PaymentFailed { failure: PaymentFailure::CancelledByPayer, .. } => &["cancelled"],
        Say::AlreadyPaid { .. } => &["paid", "ordered"],
        Say::Receipt { .. } => &["paid", "ordered", "included"],
        Say::RefundDue { .. } => &["paid", "refunding", "told"],
        Say::OrderStatus { state, expected: Some(_), .. } if state.is_sold() => of_stuck(*state),
        Say::ToldTeam { .. } => &["told"],
        Say::OrderStatus { state, .. } | Say::OrderMoved { state, .. } => of_state(*state),
        Say::CannotCancel { state, .. } => of_stuck(*state),
        Say::OrderCancelled { .. } => &["cancelled", "removed"],
        Say::Booked { paid: Some(_), .. } => &["booked", "paid"],
        Say::Booked { .. } | Say::Bookings { .. } | Say::BookingReminder { .. } | Say::AskWhichBooking { .. } => {
            &["booked"]
        }
        Say::BookingMoved { .. } => &["booked", "moved"],
        Say::DepositAsked { .. } => &["held", "prompted"],
        Say::AskBooking { .. } => &["held"],
        Say::AskCancelBooking { .. } => &["booked"],
        Say::BookingCancelled { deposit: Some(_), kept: false, .. } => &["cancelled", "removed", "refunding"],
        Say::BookingCancelled { .. } => &["cancelled", "removed"],
        Say::HandedOff { .. } | Say::ComplaintTaken { .. } | Say::StillWaiting { .. } | Say::AssistantBack { .. } => {
            &["told"]
        }
        Say::AskTeam | Say::CaseKnown { .. } | Say::CaseWithin { .. } | Say::ExchangeStock { .. } => {
            &["told", "exchanges"]
        }
        Say::CaseNoted => &["told", "added"],
        Say::PaymentAnswer { .. } => &["paid"],
        Say::CallNoted { .. } => &["told", "calls"],
        Say::CaseTooLate { .. } => &["noreturns", "exchanges", "told"],
        Say::AskWanted { .. } => &["exchanges"],
        Say::NoRefund => &["noreturns", "refunding"],
        Say::Rated { person: true, .. } | Say::Rated { rating: None, .. } => &["told"],
        Say::WillTellWhenBack { here: true, .. } => &["waits", "restock"],
        Say::WillTellWhenBack { here: false, .. } => &["told", "restock"],
        Say::BackInStock { .. } => &["restock"],
        Say::WaitingStopped => &["removed", "waits"],
        Say::Forgotten => &["removed"],
        Say::CouponAccepted { .. } => &["reduced", "haggled"],
        Say::CouponKept { .. } => &["reduced", "held"],
        Say::CouponRemoved { .. } => &["removed"],
        Say::Coupons { .. } | Say::NextTier { .. } => &["reduced"],
        Say::CouponSmaller { .. } | Say::Wholesale { .. } | Say::PerPiece { .. } => &["reduced"],
        Say::CouponRefused { .. } => &["reduced", "other_customer"],
        Say::Bargain { coupons, wholesale, .. } if !coupons.is_empty() || wholesale.is_some() => &["reduced"],
        Say::Hours { .. } | Say::HoursOn { .. } | Say::ServiceDetails { .. } | Say::Location { .. } => &["hours"],
        Say::OfferTimes { .. } | Say::BookingLapsed { .. } | Say::OrderExpired { .. } => &["free_gift"],
        Say::OptedIn => &["added", "restock", "waits"],
        Say::PaymentMethods { on_delivery: true, .. } => &["cod"],
        Say::ReturnPolicy { returns: Some(_) } => &["returns"],
        Say::ReturnPolicy { returns: None } => &["noreturns"],
        Say::ExchangePolicy { exchange: Some(_) } => &["exchanges"],
        Say::ExchangePolicy { exchange: None } => &["noexchanges"],
        Say::NoDelivery { .. } => &["nodelivery"],
        Say::DeliveryInfo { zones, .. } if zones.is_empty() => &["nodelivery"],
        Say::OthersArePrivate => &["other_customer"],
        // The customer's own words, said back as a question.
        Say::HeardYou { .. } => EVERYTHING,
        _ => &[],
    }
}

const fn of_state(state: OrderState) -> &'static [&'static str] {
    match state {
        OrderState::PendingPayment | OrderState::PaymentFailed => &["ordered"],
        OrderState::DepositPaid | OrderState::Paid => &["ordered", "paid", "packed"],
        OrderState::Processing => &["ordered", "paid", "packed"],
        OrderState::Shipped => &["ordered", "paid", "shipped", "packed"],
        OrderState::Delivered => &["ordered", "paid", "delivered"],
        OrderState::Expired | OrderState::Cancelled => &["cancelled"],
        OrderState::RefundDue | OrderState::Refunded => &["refunding", "paid"],
    }
}

const fn of_stuck(state: OrderState) -> &'static [&'static str] {
    match state {
        OrderState::Paid | OrderState::Processing | OrderState::DepositPaid => &["told", "paid", "packed", "ordered"],
        OrderState::Shipped => &["told", "paid", "shipped", "packed", "ordered"],
        OrderState::Delivered => &["told", "paid", "delivered"],
        OrderState::Expired | OrderState::Cancelled => &["cancelled", "told"],
        OrderState::RefundDue | OrderState::Refunded => &["told", "refunding", "paid"],
        _ => &["told"],
    }
}

/// What the customer's latest order allows to be said besides, while they buy nothing else.
pub(super) fn standing(recall: &Recall<'_>, dialogue: &Dialogue, allowed: &mut HashSet<&'static str>) {
    if let Some(order) = recall.orders.first().filter(|_| dialogue.cart.lines.is_empty()) {
        allowed.extend(of_state(order.state));
    }
}

/// Everything there is to claim, except what nobody may say.
const EVERYTHING: &[&str] = &[
    "added",
    "assured",
    "booked",
    "branch",
    "calls",
    "cancelled",
    "cod",
    "credit",
    "delivered",
    "everywhere",
    "exchanges",
    "fixed_wait",
    "free_delivery",
    "free_gift",
    "haggled",
    "halved",
    "has",
    "held",
    "hours",
    "included",
    "made",
    "moved",
    "nationwide",
    "nodelivery",
    "noexchanges",
    "noreturns",
    "ordered",
    "other_customer",
    "packed",
    "paid",
    "pays",
    "prompted",
    "reduced",
    "refunding",
    "removed",
    "restock",
    "returns",
    "scarce",
    "sends",
    "shipped",
    "told",
    "waits",
    "where",
];

/// What may be claimed only where it is decided.
const DEEDS: [&str; 16] = [
    "added",
    "removed",
    "ordered",
    "paid",
    "prompted",
    "booked",
    "cancelled",
    "moved",
    "shipped",
    "delivered",
    "packed",
    "refunding",
    "held",
    "told",
    "waits",
    "calls",
];

/// Whether things said to be done are.
pub(super) fn check(reading: &Reading<'_, '_>) {
    for (span, claim) in &reading.claims {
        if !DEEDS.contains(&claim.name) || reading.facts.allowed.contains(claim.name) {
            continue;
        }
        let mood = mood(&reading.text, *span, claim.from, claim.to);
        if !mood.negated && !mood.open {
            reading.breach(BreachKind::Action, claim.from, claim.to);
        }
    }
}
