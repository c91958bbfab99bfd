//! How orders stand.

use duka_kernel::{Money, Timestamp};
use duka_shop::OrderState;

use super::{
    format::{NAME, clean},
    speaker::Speaker,
};

/// One order's standing, in the customer's words for it.
pub(super) struct Status<'a> {
    pub(super) number: &'a str,
    pub(super) state: OrderState,
    pub(super) placed_at: Timestamp,
    pub(super) total: Money,
    pub(super) eta: Option<&'a str>,
    pub(super) expected: Option<Timestamp>,
    pub(super) others: usize,
}

pub(super) fn status(s: &mut Speaker<'_>, status: &Status<'_>) {
    let key = match status.state {
        OrderState::PendingPayment => "status_pending_payment",
        OrderState::DepositPaid => "status_deposit_paid",
        OrderState::Paid => "status_paid",
        OrderState::Processing => "status_processing",
        OrderState::Shipped => "status_shipped",
        OrderState::Delivered => "status_delivered",
        OrderState::PaymentFailed => "status_payment_failed",
        OrderState::Expired => "status_expired",
        OrderState::Cancelled => "status_cancelled",
        OrderState::RefundDue => "status_refund_due",
        OrderState::Refunded => "status_refunded",
    };
    let (total, when) = (status.total.to_string(), s.voice.day_of(status.placed_at));
    let mut lines = vec![s.text(key, &[("number", status.number), ("total", &total), ("when", &when)])];
    let under_way = matches!(status.state, OrderState::Paid | OrderState::Processing | OrderState::Shipped);
    match (status.expected.filter(|_| under_way), status.eta.filter(|_| under_way)) {
        (Some(day), _) if s.voice.is_past(day) => lines.push(s.text("status_late", &[])),
        (Some(day), _) => {
            let day = s.voice.day_ahead(day);
            lines.push(s.text("status_expected", &[("day", &day)]));
        }
        (None, Some(eta)) => {
            let eta = s.voice.in_shops_words(eta);
            lines.push(s.text("status_eta", &[("eta", &eta)]));
        }
        (None, None) => {}
    }
    match status.others {
        0 => {}
        1 => lines.push(s.text("status_other", &[])),
        others => lines.push(s.text("status_others", &[("others", &others.to_string())])),
    }
    s.lines(lines);
    s.next(if status.state.awaits_payment() { "status_ask_pay" } else { "status_ask_help" }, &[]);
}

/// On its way, or there.
pub(super) fn moved(s: &mut Speaker<'_>, number: &str, state: OrderState, eta: Option<&str>, pickup: bool) {
    let number = [("number", number)];
    match (state, pickup) {
        (OrderState::Shipped, true) => s.put("moved_ready", &number),
        (OrderState::Shipped, false) => {
            let key = s.text("moved_shipped", &number);
            let eta = eta.map(|eta| s.voice.in_shops_words(eta));
            let eta = eta.map(|eta| s.text("status_eta", &[("eta", &eta)]));
            s.lines(std::iter::once(key).chain(eta).collect());
        }
        _ => s.put("moved_delivered", &number),
    }
    s.next("moved_ask", &[]);
}

pub(super) fn ask_rating(s: &mut Speaker<'_>, number: &str, first: &str, others: usize) {
    let first = clean(first, NAME);
    let key = match (first.is_empty(), others) {
        (true, _) => return s.put("ask_rating", &[("number", number)]),
        (false, 0) => "ask_rating_named",
        (false, _) => "ask_rating_many",
    };
    s.put(key, &[("number", number), ("first", &first)]);
}

pub(super) fn no_order(s: &mut Speaker<'_>, asked: Option<&str>) {
    match asked.map(|asked| clean(asked, NAME)).filter(|asked| !asked.is_empty()) {
        Some(asked) => s.put_open("no_order_number", &[("asked", &asked)]),
        None => s.put_open("no_order", &[]),
    }
}

pub(super) fn ask_cancel(s: &mut Speaker<'_>, number: &str, total: Money) {
    s.put("ask_cancel", &[("number", number), ("total", &total.to_string())]);
}

/// It is stopped; a prompt that is still on the phone is not to be paid.
pub(super) fn cancelled(s: &mut Speaker<'_>, number: &str, prompted: Option<Money>) {
    let mut lines = vec![s.text("order_cancelled", &[("number", number)])];
    lines.extend(prompted.map(|amount| s.text("order_cancelled_prompt", &[("amount", &amount.to_string())])));
    s.lines(lines);
    s.next("order_cancelled_ask", &[]);
}

pub(super) fn cannot_cancel(s: &mut Speaker<'_>, number: &str, state: OrderState) {
    let key = match state {
        OrderState::Paid | OrderState::DepositPaid => "state_paid",
        OrderState::Processing => "state_processing",
        OrderState::Shipped => "state_shipped",
        OrderState::Delivered => "state_delivered",
        OrderState::Expired => "state_expired",
        OrderState::Cancelled => "state_cancelled",
        OrderState::RefundDue => "state_refund_due",
        OrderState::Refunded => "state_refunded",
        OrderState::PendingPayment | OrderState::PaymentFailed => "state_open",
    };
    let ended =
        matches!(state, OrderState::Expired | OrderState::Cancelled | OrderState::RefundDue | OrderState::Refunded);
    let state = s.voice.word(key);
    s.put(if ended { "cannot_cancel_ended" } else { "cannot_cancel" }, &[("number", number), ("state", state)]);
}
