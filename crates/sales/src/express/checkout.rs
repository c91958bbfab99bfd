//! Where it goes, who pays, and the summary before anything is charged.

use duka_kernel::PhoneNumber;
use duka_shop::{CartLine, delivery, pricing::Quote};

use super::{
    cart,
    format::{LINE, clean},
    speaker::Speaker,
};

pub(super) fn ask_address(s: &mut Speaker<'_>, saved: Option<&delivery::Choice>, lives: bool, pickup: bool) {
    match saved {
        Some(saved) if saved.pickup => s.put("ask_address_collected", &[]),
        Some(saved) if lives => s.put("ask_address_area", &[("address", &clean(&saved.address, LINE))]),
        Some(saved) => {
            let key = if pickup { "ask_address_saved_pickup" } else { "ask_address_saved" };
            s.put(key, &[("address", &clean(&saved.address, LINE))]);
        }
        None => s.put(if pickup { "ask_address_pickup" } else { "ask_address" }, &[]),
    }
}

pub(super) fn ask_address_there(s: &mut Speaker<'_>, choice: &delivery::Choice) {
    s.put("ask_address_there", &[("address", &clean(&choice.address, LINE))]);
}

pub(super) fn delivery_to(s: &mut Speaker<'_>, choice: &delivery::Choice) {
    let voice = s.voice;
    if choice.pickup {
        match voice.shop.location.as_deref() {
            Some(location) => s.put("pickup_at", &[("location", &clean(location, LINE))]),
            None => s.put("pickup", &[]),
        }
        return s.next("what_next", &[]);
    }
    let (address, fee) = (clean(&choice.address, LINE), voice.fee(choice.fee));
    match choice.eta.as_deref() {
        Some(eta) => {
            let eta = voice.in_shops_words(eta);
            s.put("delivery_to_eta", &[("address", &address), ("fee", &fee), ("eta", &eta)]);
        }
        None => s.put("delivery_to", &[("address", &address), ("fee", &fee)]),
    }
    s.next("delivery_fee_ask", &[]);
}

/// `pickup` is whether collecting is what the shop does not offer.
pub(super) fn no_delivery(s: &mut Speaker<'_>, pickup: bool) {
    s.put_open(if pickup { "no_pickup" } else { "no_delivery" }, &[]);
}

pub(super) fn ask_phone(s: &mut Speaker<'_>, known: Option<&PhoneNumber>) {
    match known {
        Some(phone) => s.put("ask_phone_known", &[("phone", &phone.local())]),
        None => s.put("ask_phone", &[]),
    }
}

pub(super) fn summary(
    s: &mut Speaker<'_>,
    lines: &[CartLine],
    quote: &Quote,
    delivery: &delivery::Choice,
    payer: Option<&PhoneNumber>,
) {
    let voice = s.voice;
    let heading = s.text("summary", &[]);
    s.listing(heading, cart::priced(&voice, lines));
    s.lines(cart::sums(&voice, quote));
    let mut where_and_who = vec![place(s, delivery)];
    where_and_who.extend(payer.map(|phone| format!("{}: {}", voice.word("pays"), phone.local())));
    s.lines(where_and_who);
    match payer {
        Some(phone) => s.put("summary_ask", &[("phone", &phone.local())]),
        None => s.put("summary_ask_plain", &[]),
    }
}

/// `Deliver to: Kasarani, Seasons (next day)`, or that it is collected.
pub(super) fn place(s: &Speaker<'_>, delivery: &delivery::Choice) -> String {
    let voice = s.voice;
    if delivery.pickup {
        return match voice.shop.location.as_deref() {
            Some(location) => format!("{}: {}", voice.word("collect"), clean(location, LINE)),
            None => voice.word("collect").to_owned(),
        };
    }
    let eta = delivery.eta.as_deref().map_or(String::new(), |eta| format!(" ({})", voice.in_shops_words(eta)));
    format!("{}: {}{eta}", voice.word("deliver_to"), clean(&delivery.address, LINE))
}
