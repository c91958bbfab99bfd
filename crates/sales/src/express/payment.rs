//! Prompts, failures, claims, receipts.

use duka_kernel::{Money, PhoneNumber};
use duka_shop::{CartLine, PaymentFailure, delivery};

use super::{
    Voice, cart,
    format::{LINE, NAME, TEXT, clean, clean_text},
    speaker::Speaker,
};

pub(super) fn asked(s: &mut Speaker<'_>, number: &str, amount: Money, phone: &PhoneNumber, hold_minutes: u32) {
    let (amount, phone, minutes) = (amount.to_string(), phone.local(), hold_minutes.to_string());
    s.put("payment_asked", &[("number", number), ("amount", &amount), ("phone", &phone), ("minutes", &minutes)]);
}

pub(super) fn asked_again(s: &mut Speaker<'_>, number: &str, amount: Money, phone: &PhoneNumber) {
    s.put("payment_again", &[("number", number), ("amount", &amount.to_string()), ("phone", &phone.local())]);
}

pub(super) fn change_after_prompt(s: &mut Speaker<'_>, number: &str, amount: Money, phone: Option<&PhoneNumber>) {
    let amount = amount.to_string();
    match phone {
        Some(phone) => {
            let phone = phone.local();
            s.put("change_after_prompt", &[("number", number), ("amount", &amount), ("phone", &phone)]);
        }
        None => s.put("change_after_prompt_plain", &[("number", number), ("amount", &amount)]),
    }
}

pub(super) fn waiting(s: &mut Speaker<'_>, number: &str, amount: Money, phone: Option<&PhoneNumber>) {
    let amount = amount.to_string();
    match phone {
        Some(phone) => {
            s.put("payment_waiting", &[("number", number), ("amount", &amount), ("phone", &phone.local())]);
        }
        None => s.put("payment_waiting_plain", &[("number", number), ("amount", &amount)]),
    }
}

pub(super) fn by_hand(s: &mut Speaker<'_>, number: &str, amount: Money, instructions: &str) {
    s.put("pay_by_hand", &[("number", number), ("amount", &amount.to_string())]);
    s.paragraph(clean_text(instructions, TEXT / 2));
    s.ask("pay_by_hand_after", &[]);
}

pub(super) fn delayed(s: &mut Speaker<'_>, number: &str, amount: Money) {
    s.put("payment_delayed", &[("number", number), ("amount", &amount.to_string())]);
}

pub(super) fn failed(s: &mut Speaker<'_>, number: &str, amount: Money, failure: PaymentFailure) {
    let key = match failure {
        PaymentFailure::InsufficientFunds => "failed_insufficient_funds",
        PaymentFailure::CancelledByPayer => "failed_cancelled_by_payer",
        PaymentFailure::NoAnswer => "failed_no_answer",
        PaymentFailure::WrongPin => "failed_wrong_pin",
        PaymentFailure::PayerBusy => "failed_payer_busy",
        PaymentFailure::LimitExceeded => "failed_limit_exceeded",
        PaymentFailure::ProviderDown => "failed_provider_down",
        PaymentFailure::Other => "failed_other",
    };
    s.put(key, &[("number", number), ("amount", &amount.to_string())]);
}

pub(super) fn claim(s: &mut Speaker<'_>, number: Option<&str>, receipt: Option<&str>) {
    match (number, receipt.map(|r| clean(r, NAME))) {
        (Some(number), Some(receipt)) => s.put("claim_number_receipt", &[("number", number), ("receipt", &receipt)]),
        (Some(number), None) => s.put("claim_number", &[("number", number)]),
        (None, Some(receipt)) => s.put("claim_receipt", &[("receipt", &receipt)]),
        (None, None) => s.put("claim", &[]),
    }
}

pub(super) fn already_paid(s: &mut Speaker<'_>, number: &str, receipt: Option<&str>) {
    match receipt {
        Some(receipt) => s.put("already_paid_receipt", &[("number", number), ("receipt", receipt)]),
        None => s.put("already_paid", &[("number", number)]),
    }
    s.next("anything_else", &[]);
}

pub(super) fn nothing_to_pay(s: &mut Speaker<'_>) {
    s.put("nothing_to_pay", &[]);
    s.next("nothing_to_pay_ask", &[]);
}

pub(super) fn receipt(
    s: &mut Speaker<'_>,
    number: &str,
    lines: &[CartLine],
    total: Money,
    receipt: Option<&str>,
    delivery: &delivery::Choice,
) {
    let voice = s.voice;
    let heading = s.text("receipt", &[("number", number)]);
    s.listing(heading, cart::priced(&voice, lines));
    let mut paid = additions(&voice, lines, total, delivery);
    paid.push(format!("{}: {total}", voice.word("total")));
    paid.extend(receipt.map(|code| format!("{}: {}", voice.word("receipt"), clean(code, NAME))));
    s.lines(paid);
    let (address, location) = (clean(&delivery.address, LINE), voice.shop.location.as_deref());
    match (delivery.pickup, location, delivery.eta.as_deref()) {
        (true, Some(location), _) => s.put("receipt_pickup_at", &[("location", &clean(location, LINE))]),
        (true, None, _) => s.put("receipt_pickup", &[]),
        (false, _, Some(eta)) => {
            let eta = voice.in_shops_words(eta);
            s.put("receipt_delivery_eta", &[("address", &address), ("eta", &eta)]);
        }
        (false, _, None) => s.put("receipt_delivery", &[("address", &address)]),
    }
}

/// What stands between the lines and the total: delivery, and what was taken off.
fn additions(voice: &Voice<'_>, lines: &[CartLine], total: Money, delivery: &delivery::Choice) -> Vec<String> {
    let zero = Money::zero(total.currency);
    let goods = lines.iter().fold(zero, |sum, line| {
        line.unit_price.times(line.quantity).and_then(|amount| sum.checked_add(amount)).unwrap_or(sum)
    });
    let mut added = Vec::new();
    let discount = goods.checked_add(delivery.fee).and_then(|sum| sum.checked_sub(total)).unwrap_or(zero);
    if discount.minor > 0 {
        added.push(format!("{}: -{discount}", voice.word("discount")));
    }
    if !delivery.pickup && !delivery.fee.is_zero() {
        added.push(format!("{}: {}", voice.word("delivery"), voice.fee(delivery.fee)));
    }
    added
}

pub(super) fn refund_due(s: &mut Speaker<'_>, number: &str, amount: Money, receipt: Option<&str>) {
    s.calm_down();
    let amount = amount.to_string();
    match receipt {
        Some(receipt) => {
            s.put("refund_due_receipt", &[("number", number), ("amount", &amount), ("receipt", receipt)]);
        }
        None => s.put("refund_due", &[("number", number), ("amount", &amount)]),
    }
}

pub(super) fn just_sold(s: &mut Speaker<'_>, lines: &[CartLine]) {
    let voice = s.voice;
    let heading = s.text("just_sold", &[]);
    let items = lines.iter().map(|line| format!("• {}", super::format::item(&voice, line)));
    s.listing(heading, items.collect());
    s.next("just_sold_ask", &[]);
}
