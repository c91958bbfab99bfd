//! What the owner is told, in English or the language of the shop.

use duka_kernel::{Language, Money, PhoneNumber, Timestamp};
use duka_perception::Mood;
use duka_shop::{CartLine, ShopProfile, delivery};

use super::{
    Voice, cart, checkout,
    format::{NAME, TEXT, clean},
    speaker::Speaker,
};
use crate::effect::HandOffReason;

/// Which customer.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Who {
    /// As the channel calls them; untrusted text.
    pub name: Option<String>,
    /// Their number, where it is known.
    pub phone: Option<PhoneNumber>,
}

/// One thing to tell the owner.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs, reason = "the fields are the facts named in each line")]
pub enum OwnerSay {
    /// An order was paid.
    OrderPaid {
        number: String,
        lines: Vec<CartLine>,
        total: Money,
        receipt: Option<String>,
        delivery: delivery::Choice,
        customer: Who,
    },
    /// Somebody waits for a person.
    PersonWaiting { customer: Who, reason: HandOffReason, said: String },
    /// Somebody wants to return or exchange something.
    ReturnAsked { customer: Who, number: Option<String>, said: String },
    /// Somebody wants a booking that the assistant could not make.
    BookingAsked { customer: Who, said: String },
    /// Somebody says they paid and it is not seen.
    PaymentClaimed { customer: Who, number: Option<String>, receipt: Option<String> },
    /// An order is placed but nobody could be prompted to pay for it.
    PaymentsDown { customer: Who, number: String, amount: Money },
    /// Somebody asks to be told when something is back.
    WantsBack { customer: Who, what: String },
    /// Somebody asks about buying many.
    Wholesale { customer: Who, said: String },
    /// Money came for an order that had ended, and has to go back.
    RefundDue { customer: Who, number: String, amount: Money, receipt: Option<String> },
}

/// The text for the owner. `language` is English or the shop's default; `now` and `zone` are not shown.
#[must_use]
pub fn owner_message(say: &OwnerSay, shop: &ShopProfile, language: Language) -> String {
    let zone = duka_shop::hours::zone(shop);
    let now = Timestamp(0);
    // Always sober: the owner reads these at work, many a day.
    let mut s = Speaker::new(Voice { shop, language, mood: Mood::Angry, seed: 0, said: &[], zone: &zone, now });
    match say {
        OwnerSay::OrderPaid { number, lines, total, receipt, delivery, customer } => {
            let voice = s.voice;
            let heading = s.text("owner_order_paid", &[("number", number), ("total", &total.to_string())]);
            s.listing(heading, cart::priced(&voice, lines));
            let mut rest = vec![with_customer(&mut s, "owner_customer", customer), checkout::place(&s, delivery)];
            rest.extend(code(&mut s, receipt.as_deref()));
            s.lines(rest);
        }
        OwnerSay::PersonWaiting { customer, reason, said } => {
            let reason = match reason {
                HandOffReason::Asked => "owner_reason_asked",
                HandOffReason::Complaint => "owner_reason_complaint",
                HandOffReason::NotUnderstood => "owner_reason_not_understood",
                HandOffReason::NeedsPerson => "owner_reason_needs_person",
            };
            let (reason, customer) = (s.text(reason, &[]), describe(&mut s, customer));
            let news = s.text("owner_person_waiting", &[("customer", &customer), ("reason", &reason)]);
            let said = quoted(&mut s, said);
            s.lines(vec![news, said]);
        }
        OwnerSay::ReturnAsked { customer, number, said } => {
            let news = with_customer(&mut s, "owner_return_asked", customer);
            let mut lines = vec![news];
            lines.extend(order(&mut s, number.as_deref()));
            lines.push(quoted(&mut s, said));
            s.lines(lines);
        }
        OwnerSay::BookingAsked { customer, said } => {
            let lines = vec![with_customer(&mut s, "owner_booking_asked", customer), quoted(&mut s, said)];
            s.lines(lines);
        }
        OwnerSay::PaymentClaimed { customer, number, receipt } => {
            let mut lines = vec![with_customer(&mut s, "owner_payment_claimed", customer)];
            lines.extend(order(&mut s, number.as_deref()));
            lines.extend(code(&mut s, receipt.as_deref()));
            s.lines(lines);
        }
        OwnerSay::PaymentsDown { customer, number, amount } => {
            let customer = describe(&mut s, customer);
            let facts = [("customer", &*customer), ("number", number), ("amount", &amount.to_string())];
            s.put("owner_payments_down", &facts);
        }
        OwnerSay::WantsBack { customer, what } => {
            let customer = describe(&mut s, customer);
            s.put("owner_wants_back", &[("customer", &customer), ("what", &clean(what, NAME))]);
        }
        OwnerSay::Wholesale { customer, said } => {
            let lines = vec![with_customer(&mut s, "owner_wholesale", customer), quoted(&mut s, said)];
            s.lines(lines);
        }
        OwnerSay::RefundDue { customer, number, amount, receipt } => {
            let customer = describe(&mut s, customer);
            let facts = [("customer", &*customer), ("number", number), ("amount", &amount.to_string())];
            let mut lines = vec![s.text("owner_refund_due", &facts)];
            lines.extend(code(&mut s, receipt.as_deref()));
            s.lines(lines);
        }
    }
    super::plain(&s.finish())
}

/// `Achieng (0712 345 678)`.
fn describe(s: &mut Speaker<'_>, who: &Who) -> String {
    let name = who.name.as_deref().map(|name| clean(name, NAME)).filter(|name| !name.is_empty());
    match (name, &who.phone) {
        (Some(name), Some(phone)) => format!("{name} ({})", phone.local()),
        (Some(name), None) => name,
        (None, Some(phone)) => phone.local(),
        (None, None) => s.text("owner_unknown", &[]),
    }
}

fn with_customer(s: &mut Speaker<'_>, key: &str, who: &Who) -> String {
    let customer = describe(s, who);
    s.text(key, &[("customer", &customer)])
}

fn quoted(s: &mut Speaker<'_>, said: &str) -> String {
    let said = clean(said, TEXT / 4);
    if said.is_empty() { String::new() } else { s.text("owner_said", &[("said", &said)]) }
}

fn order(s: &mut Speaker<'_>, number: Option<&str>) -> Option<String> {
    number.map(|number| s.text("owner_order", &[("number", number)]))
}

fn code(s: &mut Speaker<'_>, receipt: Option<&str>) -> Option<String> {
    receipt.map(|receipt| s.text("owner_code", &[("receipt", receipt)]))
}
