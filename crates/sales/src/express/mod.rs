//! Putting facts into words: templates per language, in the shop's voice.
//!
//! The texts are data in `templates/{en,sw,sheng}.toml`. [`express`] picks one for each thing to say, fills in
//! the facts and lays out the parts. What customers and shops wrote is put in as it is, never read as a template.

mod about;
mod booking;
mod cart;
mod checkout;
mod deals;
mod finding;
mod format;
mod meeting;
mod memory;
mod orders;
pub mod owner;
mod payment;
mod people;
mod returns;
mod sizing;
mod speaker;
mod template;

#[cfg(test)]
pub(crate) mod tests;

use duka_kernel::Language;
use duka_perception::Mood;
use duka_shop::ShopProfile;

pub use self::owner::{OwnerSay, Who, owner_message};
use self::{
    format::{TEXT, clean},
    speaker::Speaker,
};
use crate::{
    decide::Open,
    dialogue::Wording,
    reply::Reply,
    say::{PaymentAsked, Say},
};

/// How to say it.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    /// Whose voice.
    pub shop: &'a ShopProfile,
    /// In which language.
    pub language: Language,
    /// To someone in which mood: no emoji and no jokes to the angry.
    pub mood: Mood,
    /// Varies the wording; the same seed gives the same words.
    pub seed: u64,
    /// Wordings used lately, which are not used again at once.
    pub said: &'a [Wording],
    /// The shop's time zone, for dates and times.
    pub zone: &'a jiff::tz::TimeZone,
    /// Now, for "today" and "tomorrow".
    pub now: duka_kernel::Timestamp,
}

/// Puts what is to be said into words and parts: one text with everything and what can be chosen (more than one
/// only if it is too long for a message), then the pictures.
#[must_use]
pub fn express(says: &[Say], voice: &Voice<'_>) -> Reply {
    spoken(says, voice, None)
}

/// As [`express`], with these words in place of what templates say where the talk is open. What lists, prices and pictures
/// go with it, and everything else that is said, comes from the facts as always.
#[must_use]
pub fn express_in_words(says: &[Say], voice: &Voice<'_>, open: Open, words: &str) -> Reply {
    spoken(says, voice, Some((open, words)))
}

fn spoken(says: &[Say], voice: &Voice<'_>, words: Option<(Open, &str)>) -> Reply {
    let mut speaker = Speaker::new(*voice);
    let mut words_said = false;
    for (i, say) in says.iter().enumerate() {
        let after = &says[i + 1..];
        speaker.last = after.is_empty();
        speaker.sums_follow =
            after.iter().any(|say| matches!(say, Say::AskNext { .. } | Say::CartView { .. } | Say::Summary { .. }));
        if let Say::AskNext { subtotal } = say
            && says[..i].iter().any(|before| cart::states(before, *subtotal))
        {
            speaker.put("cart_next", &[]);
            continue;
        }
        speaker.facts_only = false;
        if let Some((open, words)) = words
            && open.takes_words(say)
        {
            if !std::mem::replace(&mut words_said, true) {
                speaker.own_words(words);
            }
            speaker.facts_only = true;
        }
        utter(&mut speaker, say);
    }
    speaker.finish()
}

/// The words of a reply, part after part, for transcripts.
#[must_use]
pub fn plain(reply: &Reply) -> String {
    reply.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

fn utter(s: &mut Speaker<'_>, say: &Say) {
    match say {
        Say::Greeting { name, first, returning, hail } => {
            meeting::greeting(s, name.as_deref(), *first, *returning, *hail);
        }
        Say::Introduction => meeting::introduction(s),
        Say::Thanks => meeting::thanks(s),
        Say::WhatNext { cart_waiting } => meeting::what_next(s, *cart_waiting),
        Say::Goodbye { cart_waiting } => meeting::goodbye(s, *cart_waiting),
        Say::OffTopic { angry } => meeting::off_topic(s, *angry),
        Say::NotUnderstood { again } => s.put(if *again { "not_understood_again" } else { "not_understood" }, &[]),
        Say::Again { text } => meeting::again(s, text),
        Say::Abuse => meeting::abuse(s),
        Say::Injection => meeting::injection(s),
        Say::Unsupported { kind } => meeting::unsupported(s, kind),
        Say::Unheard { why } => meeting::unheard(s, *why),
        Say::HeardYou { words } => s.put("heard_you", &[("words", &clean(words, TEXT / 2))]),
        Say::HeardWrong => s.put("heard_wrong", &[]),
        Say::FabricSeen => s.put("fabric_seen", &[]),
        Say::PictureKept => s.put_open("picture_kept", &[]),
        Say::LanguageChanged { to } => meeting::language_changed(s, *to),
        Say::OptedOut => s.put("opted_out", &[]),
        Say::OptedIn => s.put("opted_in", &[]),
        Say::Rated { rating, person } => meeting::rated(s, *rating, *person),
        Say::Suggest { card } => finding::suggest(s, card),
        Say::NameKept { name } => meeting::name_kept(s, name),
        Say::Faq { answer, then } => meeting::faq(s, answer, *then),
        Say::Passage { answer, source } => meeting::passage(s, answer, source),

        Say::Products { because, cards, budget } => finding::products(s, because, cards, *budget),
        Say::NothingFound { asked } => finding::nothing_found(s, asked),
        Say::NoMore => s.put_open("no_more", &[]),
        Say::Details { card, description } => finding::details(s, card, description),
        Say::Price { cards } => finding::prices(s, cards),
        Say::PriceRange { what, from, to, count } => finding::price_range(s, what, *from, *to, *count),
        Say::Compare { cards, descriptions, numbers } => finding::compare(s, cards, descriptions, numbers),
        Say::InStock { card, size } => finding::in_stock(s, card, size.as_ref()),
        Say::PriceOfSize { card, size } => finding::price_of_size(s, card, size),
        Say::ColoursThere { name, colours } => finding::colours_there(s, name.as_deref(), colours),
        Say::SizeOut { card, size, made } => finding::size_out(s, card, size, *made),
        Say::ColourOut { name, colour, others } => finding::colour_out(s, name, *colour, others),
        Say::SoldOut { name } => finding::sold_out(s, name),
        Say::WillTellWhenBack { name, here } => finding::will_tell(s, name, *here),
        Say::WaitingStopped => finding::waiting_stopped(s),
        Say::BackInStock { card, sizes } => finding::back(s, card, sizes),
        Say::AskWhich { cards } => finding::ask_which(s, cards),
        Say::AskWhichProduct => s.put("ask_which_product", &[]),

        Say::AskSize { card, first } => finding::ask_size(s, card, *first),
        Say::AskSizeAgain { card } => finding::ask_size_again(s, card),
        Say::AskColour { card, colours } => finding::ask_colour(s, card, colours),
        Say::SizeAdvice { size, confidence, count, basis, in_stock, name } => {
            sizing::advice(s, size, (*confidence, *count, basis), *in_stock, name.as_deref());
        }
        Say::SizeByChart { fitting, basis, in_stock, name } => {
            sizing::by_chart(s, fitting, basis, *in_stock, name.as_deref());
        }
        Say::NoSizeByChart { name, sizes } => sizing::none_by_chart(s, name.as_deref(), sizes),
        Say::BetweenSizes { small, large, gives, name } => sizing::between(s, small, large, *gives, name.as_deref()),
        Say::AskUsualSize { card } => sizing::ask_usual(s, card.as_ref()),
        Say::UsualSizeKept { size } => sizing::usual_kept(s, size),
        Say::AreaKept { choice } => memory::area(s, choice),
        Say::ColoursKept { colours } => memory::colours(s, colours),
        Say::Forgotten => memory::forgotten(s),
        Say::LastTime { repriced, gone } => memory::last_time(s, repriced, gone),

        Say::Added { lines, pieces, subtotal } => cart::added(s, lines, *pieces, *subtotal),
        Say::InCartAlready { line, second } => cart::already(s, line, *second),
        Say::AskPieces { name, size, available } => cart::ask_pieces(s, name, size, *available),
        Say::Left { name, size, available } => cart::left(s, name, size, *available),
        Say::Swapped { out, line } => cart::swapped(s, out, line),
        Say::AskSwap { card, size, old } => cart::ask_swap(s, card, size, old),
        Say::LeftOut { names } => cart::left_out(s, names),
        Say::OnlySoMany { name, size, available } => cart::only_so_many(s, name, size, *available),
        Say::Removed { lines } => cart::removed(s, lines),
        Say::NotInCart { asked } => cart::not_in_cart(s, asked.as_deref()),
        Say::QuantitySet { line } => cart::quantity_set(s, line),
        Say::AskQuantity { name } => cart::ask_quantity(s, name),
        Say::AskWhichLine { lines } => cart::ask_which_line(s, lines),
        Say::CartView { lines, quote } => cart::view(s, lines, quote),
        Say::CartEmpty => s.put_open("cart_empty", &[]),
        Say::AskClear { pieces } => cart::ask_clear(s, *pieces),
        Say::Cleared => cart::cleared(s),
        Say::Kept => cart::kept(s),
        Say::AskNext { subtotal } => cart::ask_next(s, *subtotal),
        Say::CartChanged { repriced, gone } => cart::changed(s, repriced, gone),
        Say::NextTier { missing, tier } => cart::next_tier(s, *missing, *tier),

        Say::AskAddress { saved, lives, pickup } => checkout::ask_address(s, saved.as_ref(), *lives, *pickup),
        Say::AskAddressThere { choice } => checkout::ask_address_there(s, choice),
        Say::DeliveryTo { choice } => checkout::delivery_to(s, choice),
        Say::NoDelivery { pickup } => checkout::no_delivery(s, *pickup),
        Say::AddressUnclear => s.put("address_unclear", &[]),
        Say::AskPhone { known } => checkout::ask_phone(s, known.as_ref()),
        Say::PhoneWrong => s.put("phone_wrong", &[]),
        Say::Summary { lines, quote, delivery, payer } => {
            checkout::summary(s, lines, quote, delivery, payer.as_ref());
        }
        Say::TotalChanged => s.put("total_changed", &[]),
        Say::NotOrdered => s.put_open("not_ordered", &[]),

        Say::PaymentAsked { number, amount, phone, hold_minutes } => {
            payment::asked(s, number, *amount, phone, *hold_minutes);
        }
        Say::AwaitsApproval { number, amount } => {
            s.put("awaits_approval", &[("number", number), ("amount", &amount.to_string())]);
        }
        Say::NotApproved { number } => s.put_open("not_approved", &[("number", number)]),
        Say::PaymentAskedAgain { number, amount, phone } => payment::asked_again(s, number, *amount, phone),
        Say::PaymentWaiting { number, amount, phone } => payment::waiting(s, number, *amount, phone.as_ref()),
        Say::ChangeAfterPrompt { number, amount, phone } => {
            payment::change_after_prompt(s, number, *amount, phone.as_ref());
        }
        Say::PayByHand { number, amount, instructions } => payment::by_hand(s, number, *amount, instructions),
        Say::PaymentDelayed { number, amount } => payment::delayed(s, number, *amount),
        Say::PaymentFailed { number, amount, failure } => payment::failed(s, number, *amount, *failure),
        Say::ClaimChecked { number, receipt } => payment::claim(s, number.as_deref(), receipt.as_deref()),
        Say::AlreadyPaid { number, receipt } => payment::already_paid(s, number, receipt.as_deref()),
        Say::NothingToPay => payment::nothing_to_pay(s),
        Say::Receipt { number, lines, total, receipt, delivery } => {
            payment::receipt(s, number, lines, *total, receipt.as_deref(), delivery);
        }
        Say::RefundDue { number, amount, receipt } => payment::refund_due(s, number, *amount, receipt.as_deref()),
        Say::OrderExpired { number } => s.put_open("order_expired", &[("number", number)]),
        Say::JustSold { lines } => payment::just_sold(s, lines),

        Say::OrderStatus { number, state, placed_at, total, eta, expected, others } => orders::status(
            s,
            &orders::Status {
                number,
                state: *state,
                placed_at: *placed_at,
                total: *total,
                eta: eta.as_deref(),
                expected: *expected,
                others: *others,
            },
        ),
        Say::OrderMoved { number, state, eta, pickup } => orders::moved(s, number, *state, eta.as_deref(), *pickup),
        Say::AskRating { number, first, others } => orders::ask_rating(s, number, first, *others),
        Say::NoOrder { asked } => orders::no_order(s, asked.as_deref()),
        Say::AskCancel { number, total } => orders::ask_cancel(s, number, *total),
        Say::OrderCancelled { number, prompted } => orders::cancelled(s, number, *prompted),
        Say::CannotCancel { number, state } => orders::cannot_cancel(s, number, *state),

        Say::AskCaseOrder { orders } => returns::ask_order(s, orders),
        Say::AskCaseItem { lines } => returns::ask_item(s, lines),
        Say::CaseWithin { number, bought, until } => returns::within(s, number, *bought, *until),
        Say::CaseTooLate { number, age, days, exchange_days } => {
            returns::too_late(s, number, *age, *days, *exchange_days);
        }
        Say::CaseKnown { number } => s.put("case_known", &[("number", number)]),
        Say::AskReason => s.ask("ask_reason", &[]),
        Say::AskWanted { name, sizes } => returns::ask_wanted(s, name, sizes),
        Say::ExchangeStock { name, size, colour, available, others } => {
            returns::stock(s, name, size, *colour, *available, others);
        }
        Say::CaseNoted => s.put("case_noted", &[]),
        Say::NoRefund => s.put("no_refund", &[]),

        Say::DeliveryInfo { zones, pickup } => about::delivery_info(s, zones, *pickup),
        Say::DeliveryFee { choice } => about::delivery_fee(s, choice),
        Say::HoursOn { date, hours, holiday } => about::opening_on(s, *date, *hours, holiday.as_deref()),
        Say::Hours { now, week } => about::opening(s, now, week),
        Say::Location { location } => about::location(s, location.as_deref()),
        Say::PaymentMethods { methods, manual, on_delivery } => {
            about::payment_methods(s, methods, manual.as_deref(), *on_delivery);
        }
        Say::Contact { phone, location, contacts } => about::contact(s, phone.as_ref(), location.as_deref(), contacts),
        Say::AboutShop { about, part } => about::shop(s, about, *part),
        Say::NotOffered => s.put_open("not_offered", &[]),
        Say::PaymentAnswer { asked } => {
            let key = match asked {
                PaymentAsked::Paybill => "pay_paybill",
                PaymentAsked::Card => "pay_card",
                PaymentAsked::Wallet => "pay_wallet",
                PaymentAsked::Bank => "pay_bank",
                PaymentAsked::InParts => "pay_in_parts",
                PaymentAsked::Cash => "pay_cash",
                PaymentAsked::TryFirst => "pay_try_first",
            };
            s.put(key, &[]);
        }
        Say::PayWhenReady => s.put("pay_when_ready", &[]),
        Say::Forgiven => s.put_open("forgiven", &[]),
        Say::WaitsForNothing => s.put("waits_for_nothing", &[]),
        Say::ToldTeam { number } => s.put("told_team", &[("number", number)]),
        Say::OnePerBooking => s.put("one_per_booking", &[]),
        Say::NoRush => s.put("no_rush", &[]),
        Say::Comfort => s.put("comfort", &[]),
        Say::NoEarlierOrder => s.put_open("no_earlier_order", &[]),
        Say::CallNoted { number: Some(number) } => s.put("call_noted", &[("number", number)]),
        Say::CallNoted { number: None } => s.put("call_noted_later", &[]),
        Say::SorryFor => s.put("sorry_for", &[]),
        Say::NoSuchDay => s.ask("no_such_day", &[]),
        Say::BookingsInTurn => s.put("bookings_in_turn", &[]),
        Say::SizeChart { name, rows, own } => sizing::chart(s, name.as_deref(), rows, *own),
        Say::Coupons { promotions, coupons, wholesale } => {
            deals::on_offer(s, promotions, coupons, wholesale.as_ref());
        }
        Say::CouponAccepted { code, quote } => deals::accepted(s, code, quote),
        Say::CouponSmaller { code, percent } => deals::smaller(s, code, *percent),
        Say::CouponRefused { code, refusal } => deals::refused(s, code, refusal),
        Say::CouponKept { code } => deals::kept(s, code),
        Say::CouponRemoved { code } => deals::removed(s, code),
        Say::GoAhead => s.put("go_ahead", &[]),
        Say::Bargain { price, coupons, wholesale, angry } => {
            deals::bargain(s, price.as_ref(), coupons, wholesale.as_ref(), *angry);
        }
        Say::Wholesale { wholesale, pieces, unit, total } => {
            deals::wholesale(s, wholesale.as_ref(), *pieces, unit.as_ref(), total.as_ref());
        }
        Say::PerPiece { card, pieces, each } => deals::per_piece(s, card, *pieces, *each),
        Say::ReturnPolicy { returns } => about::returns(s, returns.as_ref()),
        Say::ExchangePolicy { exchange } => about::exchange(s, exchange.as_ref()),
        Say::Services { services } => about::services(s, services),
        Say::ServiceDetails { service } => about::service(s, service),

        Say::AskService { services } => booking::ask_service(s, services),
        Say::OfferTimes { title, price, times, why } => booking::offer(s, title, *price, times, why),
        Say::AskWhen { title } => booking::ask_when(s, title.as_deref()),
        Say::AskBooking { booking, deposit, cancel_hours, from, again } => {
            booking::ask(s, booking, (*deposit, *cancel_hours), from.is_some(), *again);
        }
        Say::Booked { booking, paid } => booking::booked(s, booking, paid.as_ref()),
        Say::DepositAsked { booking, deposit, cancel_hours } => {
            booking::deposit_asked(s, booking, *deposit, *cancel_hours);
        }
        Say::BookingLapsed { title, start } => booking::lapsed(s, title, *start),
        Say::BookingDropped => s.put_open("booking_dropped", &[]),
        Say::Bookings { bookings } => booking::bookings(s, bookings),
        Say::NoBooking => s.put_open("no_booking", &[]),
        Say::AskWhichBooking { bookings, cancel } => booking::ask_which(s, bookings, *cancel),
        Say::BookingMoved { booking, from: _ } => booking::moved(s, booking),
        Say::AskCancelBooking { title, start, deposit, cancel_hours } => {
            booking::ask_cancel(s, title, *start, *deposit, *cancel_hours);
        }
        Say::BookingCancelled { title, start, deposit, kept } => booking::cancelled(s, title, *start, *deposit, *kept),
        Say::BookingReminder { booking } => booking::reminder(s, booking),

        Say::HandedOff { reason, now } => people::handed_off(s, *reason, now),
        Say::ComplaintTaken { number, now } => people::complaint(s, number.as_deref(), now),
        Say::StillWaiting { now } => people::still_waiting(s, now),
        Say::OneMoment => s.put("one_moment", &[]),
        Say::AssistantBack { nobody_answered } => {
            s.put(if *nobody_answered { "assistant_back" } else { "assistant_back_answered" }, &[]);
        }
        Say::OthersArePrivate => s.put_open("others_private", &[]),
        Say::AskTeam => s.put("ask_team", &[]),
        Say::StaffSaid { text } => people::staff_said(s, text),
    }
}
