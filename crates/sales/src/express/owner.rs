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
    PersonWaiting {
        customer: Who,
        reason: HandOffReason,
        said: String,
        before: Vec<String>,
        order: Option<(String, Money)>,
    },
    /// Somebody who waits for a person writes more.
    StillWriting { customer: Who, said: Vec<String> },
    /// Nobody has answered somebody for so many minutes.
    StillWaiting { customer: Who, minutes: i64, assigned: Option<String> },
    /// Nobody has answered somebody, so the assistant does again.
    GivenBack { customer: Who },
    /// Somebody wants to return or exchange something.
    ReturnAsked {
        customer: Who,
        number: Option<String>,
        exchange: bool,
        items: Vec<String>,
        wanted: Option<String>,
        said: String,
    },
    /// An order has to be approved.
    ApprovalAsked { customer: Who, number: String, total: Money },
    /// Somebody asks what nothing the shop has said answers.
    Question { customer: Who, said: String, about: Option<String> },
    /// Somebody booked.
    Booked { customer: Who, title: String, start: Timestamp, deposit: Option<Money> },
    /// Somebody moved a booking.
    BookingMoved { customer: Who, title: String, from: Timestamp, start: Timestamp },
    /// Somebody called a booking off; a deposit has to go back, if one is named.
    BookingCancelled { customer: Who, title: String, start: Timestamp, refund: Option<Money> },
    /// Somebody says they paid and it is not seen.
    PaymentClaimed { customer: Who, number: Option<String>, receipt: Option<String> },
    /// An order is placed but nobody could be prompted to pay for it.
    PaymentsDown { customer: Who, number: String, amount: Money },
    /// Somebody asks to be told when something is back.
    WantsBack { customer: Who, what: String },
    /// Somebody sent a voice note in which nothing was heard.
    Unheard { customer: Who },
    /// Somebody asks about buying many.
    Wholesale { customer: Who, said: String },
    /// Money came for an order that had ended, and has to go back.
    RefundDue { customer: Who, number: String, amount: Money, receipt: Option<String> },
    /// No language model answers.
    ModelsDown,
    /// Language models have cost what was set aside for the month.
    ModelsBudgetSpent { budget: Money },
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
        OwnerSay::PersonWaiting { customer, reason, said, before, order } => {
            let reason = match reason {
                HandOffReason::Asked => "owner_reason_asked",
                HandOffReason::Complaint => "owner_reason_complaint",
                HandOffReason::NotUnderstood => "owner_reason_not_understood",
                HandOffReason::NeedsPerson => "owner_reason_needs_person",
                HandOffReason::PaymentDispute => "owner_reason_payment",
                HandOffReason::Failure => "owner_reason_failure",
            };
            let (reason, customer) = (s.text(reason, &[]), describe(&mut s, customer));
            let news = s.text("owner_person_waiting", &[("customer", &customer), ("reason", &reason)]);
            let mut lines = vec![news, quoted(&mut s, said), earlier(&mut s, before)];
            if let Some((number, total)) = order {
                lines.push(s.text("owner_order_total", &[("number", number), ("total", &total.to_string())]));
            }
            s.lines(lines);
        }
        OwnerSay::StillWriting { customer, said } => {
            let news = with_customer(&mut s, "owner_still_writing", customer);
            s.listing(news, said.iter().map(|said| format!("• {}", clean(said, TEXT / 4))).collect());
        }
        OwnerSay::StillWaiting { customer, minutes, assigned } => {
            let customer = describe(&mut s, customer);
            let waited = waited(&s, *minutes);
            let facts = [("customer", &*customer), ("waited", &*waited)];
            let mut lines = vec![s.text("owner_still_waiting", &facts)];
            if let Some(assigned) = assigned {
                lines.push(s.text("owner_assigned", &[("assigned", &clean(assigned, NAME))]));
            }
            s.lines(lines);
        }
        OwnerSay::GivenBack { customer } => {
            let news = with_customer(&mut s, "owner_given_back", customer);
            s.lines(vec![news]);
        }
        OwnerSay::ApprovalAsked { customer, number, total } => {
            let customer = describe(&mut s, customer);
            let facts = [("customer", &*customer), ("number", number), ("total", &total.to_string())];
            s.put("owner_approval", &facts);
        }
        OwnerSay::Question { customer, said, about } => {
            let mut lines = vec![with_customer(&mut s, "owner_question", customer), quoted(&mut s, said)];
            if let Some(about) = about {
                lines.push(s.text("owner_items", &[("items", &clean(about, NAME))]));
            }
            s.lines(lines);
        }
        OwnerSay::ReturnAsked { customer, number, exchange, items, wanted, said } => {
            let news = with_customer(&mut s, if *exchange { "owner_exchange" } else { "owner_return" }, customer);
            let mut lines = vec![news];
            lines.extend(order(&mut s, number.as_deref()));
            if !items.is_empty() {
                lines.push(s.text("owner_items", &[("items", &clean(&items.join("; "), 2 * NAME))]));
            }
            if let Some(wanted) = wanted {
                lines.push(s.text("owner_wanted", &[("wanted", &clean(wanted, NAME))]));
            }
            lines.push(quoted(&mut s, said));
            s.lines(lines);
        }
        OwnerSay::Booked { customer, title, start, deposit } => {
            let mut lines = vec![booking(&mut s, "owner_booked", customer, title, *start)];
            lines.extend(deposit.map(|amount| s.text("owner_deposit_paid", &[("amount", &amount.to_string())])));
            s.lines(lines);
        }
        OwnerSay::BookingMoved { customer, title, from, start } => {
            let mut lines = vec![booking(&mut s, "owner_booking_moved", customer, title, *start)];
            let from = s.voice.appointment(*from);
            lines.push(s.text("owner_booking_was", &[("when", &from)]));
            s.lines(lines);
        }
        OwnerSay::BookingCancelled { customer, title, start, refund } => {
            let mut lines = vec![booking(&mut s, "owner_booking_cancelled", customer, title, *start)];
            lines.extend(refund.map(|amount| s.text("owner_deposit_back", &[("amount", &amount.to_string())])));
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
        OwnerSay::Unheard { customer } => {
            let news = with_customer(&mut s, "owner_unheard", customer);
            s.lines(vec![news]);
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
        OwnerSay::ModelsDown => s.put("owner_models_down", &[]),
        OwnerSay::ModelsBudgetSpent { budget } => {
            s.put("owner_models_budget_spent", &[("budget", &budget.to_string())]);
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

fn booking(s: &mut Speaker<'_>, key: &str, who: &Who, title: &str, start: Timestamp) -> String {
    let (customer, when) = (describe(s, who), s.voice.appointment(start));
    s.text(key, &[("customer", &customer), ("title", &clean(title, NAME)), ("when", &when)])
}

fn with_customer(s: &mut Speaker<'_>, key: &str, who: &Who) -> String {
    let customer = describe(s, who);
    s.text(key, &[("customer", &customer)])
}

fn quoted(s: &mut Speaker<'_>, said: &str) -> String {
    let said = clean(said, TEXT / 4);
    if said.is_empty() { String::new() } else { s.text("owner_said", &[("said", &said)]) }
}

/// `25 min`, `saa 3`.
fn waited(s: &Speaker<'_>, minutes: i64) -> String {
    let (count, unit) = if minutes < 120 { (minutes, "minutes") } else { (minutes / 60, "hours") };
    let unit = s.voice.word(unit);
    if s.voice.language == Language::En { format!("{count} {unit}") } else { format!("{unit} {count}") }
}

/// What was written before, shortly.
fn earlier(s: &mut Speaker<'_>, before: &[String]) -> String {
    let said: Vec<String> = before.iter().map(|said| format!("\"{}\"", clean(said, NAME))).collect();
    if said.is_empty() { String::new() } else { s.text("owner_before", &[("said", &said.join(", "))]) }
}

fn order(s: &mut Speaker<'_>, number: Option<&str>) -> Option<String> {
    number.map(|number| s.text("owner_order", &[("number", number)]))
}

fn code(s: &mut Speaker<'_>, receipt: Option<&str>) -> Option<String> {
    receipt.map(|receipt| s.text("owner_code", &[("receipt", receipt)]))
}
