//! What may be said in a turn: everything that was decided, what the shop publishes, and what was shown to whoever words
//! the reply.

use std::collections::HashSet;

use duka_kernel::{Colour, Timestamp};
use duka_shop::{
    ShopProfile,
    hours::Status,
    profile::Zone,
    search::{CatalogueIndex, colour_named},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::Serialize;

use super::{
    codes::{key, phone_key},
    deeds,
    figures::Unit,
    secrets::Secrets,
    text::{Span, Text, fold},
};
use crate::{
    dialogue::Dialogue,
    recall::Recall,
    say::{Card, Offer, Say},
};

/// The facts of a turn, against which [`super::check`] holds a text.
#[derive(Debug)]
pub struct Facts<'a> {
    pub(super) shop: &'a ShopProfile,
    pub(super) catalogue: &'a CatalogueIndex,
    /// The name of who writes.
    pub(super) customer: &'a str,
    pub(super) zone: &'a TimeZone,
    pub(super) now: Timestamp,
    /// What of `claims.tsv` is so.
    pub(super) allowed: HashSet<&'static str>,
    /// Amounts that were decided in this turn: sums, fees, reductions. In hundredths of the currency's unit, as are all.
    pub(super) sums: Vec<i64>,
    /// Amounts that the shop publishes, and those in what it wrote.
    pub(super) published: Vec<i64>,
    /// What each product that the conversation is about costs, and how it can be had.
    pub(super) goods: Vec<Good>,
    pub(super) percents: Vec<i64>,
    pub(super) spans: Vec<(i64, Unit, Topic)>,
    /// Numbers of other things: pieces, years, houses.
    pub(super) numbers: Vec<i64>,
    /// How many pieces are left of something.
    pub(super) left: Vec<i64>,
    pub(super) dates: Vec<Date>,
    /// Minutes since midnight.
    pub(super) clocks: Vec<i16>,
    pub(super) weekdays: Vec<i8>,
    /// In how many days deliveries come: from, to.
    pub(super) etas: Vec<(i64, i64)>,
    /// The same of every place the shop delivers to.
    pub(super) shop_etas: Vec<(i64, i64)>,
    /// Delivery of this turn costs nothing.
    pub(super) free_delivery: bool,
    /// It is collected, which the summary calls a delivery that is free.
    pub(super) collected: bool,
    /// Sizes that are not there, and sizes that were named otherwise.
    pub(super) gone_sizes: HashSet<String>,
    pub(super) said_sizes: HashSet<String>,
    pub(super) said_colours: HashSet<String>,
    /// On which dates and weekdays it was said to be open, and whether it is now.
    pub(super) open_dates: Vec<(Date, bool)>,
    pub(super) open_weekdays: Vec<(i8, bool)>,
    pub(super) open_now: Option<bool>,
    /// Something was said not to be there.
    pub(super) something_gone: bool,
    pub(super) codes: HashSet<String>,
    pub(super) phones: HashSet<String>,
    pub(super) links: HashSet<String>,
    /// Every word of a fact.
    pub(super) words: HashSet<String>,
    /// What is said to nobody.
    pub(super) secrets: Secrets,
    /// Names and other short texts, as words.
    pub(super) names: Vec<Vec<String>>,
}

/// A product that may be spoken of.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Good {
    pub(super) name: Vec<String>,
    /// What it costs and cost, what so many pieces of it come to, what is saved.
    pub(super) amounts: Vec<i64>,
    /// Sizes that can be bought now, if that is known.
    pub(super) sizes: Option<Vec<String>>,
    pub(super) colours: Vec<String>,
    /// What its description says.
    pub(super) words: HashSet<String>,
}

impl Good {
    /// Whether it comes in a colour, or has it in its name.
    pub(super) fn has_colour(&self, colour: Colour) -> bool {
        self.name.iter().chain(&self.colours).any(|own| colour_named(own) == Some(colour))
    }
}

/// What a length of time is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Topic {
    Delivery,
    Returns,
    Exchange,
    Hold,
    Other,
}

/// Where an amount stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Of {
    Turn,
    Shop,
    Good(usize),
}

impl<'a> Facts<'a> {
    /// What was decided, what the conversation is about, and what the shop publishes.
    #[must_use]
    pub fn of(says: &[Say], recall: &Recall<'a>, dialogue: &Dialogue) -> Self {
        let mut facts = Self {
            shop: recall.shop,
            catalogue: recall.catalogue,
            customer: recall.customer.name.as_deref().unwrap_or_default(),
            zone: recall.zone,
            now: recall.now,
            allowed: HashSet::new(),
            sums: Vec::new(),
            published: Vec::new(),
            goods: Vec::new(),
            percents: Vec::new(),
            spans: Vec::new(),
            numbers: Vec::new(),
            left: Vec::new(),
            dates: Vec::new(),
            clocks: Vec::new(),
            weekdays: Vec::new(),
            etas: Vec::new(),
            shop_etas: Vec::new(),
            free_delivery: false,
            collected: false,
            gone_sizes: HashSet::new(),
            said_sizes: HashSet::new(),
            said_colours: HashSet::new(),
            open_dates: Vec::new(),
            open_weekdays: Vec::new(),
            open_now: None,
            something_gone: false,
            codes: HashSet::new(),
            phones: HashSet::new(),
            links: HashSet::new(),
            words: HashSet::new(),
            secrets: Secrets::default(),
            names: Vec::new(),
        };
        facts.of_shop(recall);
        facts.of_conversation(recall, dialogue);
        deeds::standing(recall, dialogue, &mut facts.allowed);
        for say in says {
            facts.take(say, Of::Turn);
            facts.allowed.extend(deeds::allowed(say));
            facts.note_gone(say);
            facts.note_delivery(say);
            facts.note_hours(say);
            facts.note_sums(say);
        }
        facts
    }

    /// What was shown besides to whoever words the reply: candidates, passages of the shop's own documents.
    pub fn also(&mut self, shown: &impl Serialize) {
        self.take(shown, Of::Turn);
    }

    /// A text that may not be repeated, nor a part of it: the instructions of whoever words the reply.
    pub fn secret(&mut self, text: &str) {
        self.secrets.add(text);
    }

    fn of_shop(&mut self, recall: &Recall<'_>) {
        let shop = recall.shop;
        self.take(&(&shop.name, &shop.personality.name, &shop.location, &shop.contacts), Of::Shop);
        self.take(&(&shop.delivery, &shop.payment_methods, &shop.about, &shop.holidays), Of::Shop);
        let span = |days: u32, unit, topic| (i64::from(days) * 100, unit, topic);
        self.spans.extend(shop.returns.as_ref().map(|returns| span(returns.days, Unit::Day, Topic::Returns)));
        self.spans.extend(shop.exchange.as_ref().map(|exchange| span(exchange.days, Unit::Day, Topic::Exchange)));
        self.spans.push(span(shop.reservation_minutes, Unit::Minute, Topic::Hold));
        self.spans.push(span(shop.booking.cancel_hours, Unit::Hour, Topic::Other));
        self.spans.push(span(shop.booking.days_ahead, Unit::Day, Topic::Other));
        let conditions = shop.returns.iter().map(|policy| (&policy.condition, &policy.refund)).collect::<Vec<_>>();
        self.take(&conditions, Of::Shop);
        self.take(&shop.exchange.as_ref().map(|policy| &policy.condition), Of::Shop);
        self.take(&recall.services, Of::Shop);
        let hours = shop.hours.iter().flatten();
        self.clocks.extend(hours.flat_map(|hours| [minute_of(hours.open), minute_of(hours.close)]));
        let numbers = shop.whatsapp_number.iter().chain(&shop.contacts.phone);
        self.phones.extend(numbers.map(|phone| phone_key(&phone.local())));
    }

    /// What was shown last, is in the cart, was ordered, and who writes.
    fn of_conversation(&mut self, recall: &Recall<'_>, dialogue: &Dialogue) {
        let offers = recall.offers();
        let wanted = dialogue.wanted.iter().map(|wanted| &wanted.product);
        let cart = dialogue.cart.lines.iter().map(|line| &line.product);
        let mut ids: Vec<_> = dialogue.shown.iter().chain(&dialogue.focus).chain(wanted).chain(cart).collect();
        ids.sort_unstable();
        ids.dedup();
        for product in ids.into_iter().filter_map(|id| recall.catalogue.by_id(*id)) {
            self.take(&Card::of(product, recall.stock, &offers), Of::Turn);
        }
        self.take(&(&dialogue.cart, &dialogue.delivery), Of::Turn);
        if let Some(search) = &dialogue.search {
            // A budget is the customer's own word; it is the price of nothing.
            self.take(&(&search.price_max, &search.price_min), Of::Shop);
        }
        let customer = recall.customer;
        self.take(&(&customer.name, &customer.address, &customer.facts), Of::Turn);
        self.phones.extend(dialogue.payer.iter().chain(&customer.phone).map(|phone| phone_key(&phone.local())));
        for order in recall.orders {
            self.codes.insert(key(&order.number));
            self.take(&(&order.lines, &order.delivery, &order.total), Of::Turn);
            self.codes.extend(order.payment.iter().filter_map(|payment| payment.receipt.as_deref()).map(key));
        }
    }

    /// What a thing said leaves out of stock.
    fn note_gone(&mut self, say: &Say) {
        let gone = match say {
            Say::SizeOut { size, .. } => Some(Some(size)),
            Say::OnlySoMany { size, available: 0, .. } => Some(Some(size)),
            Say::ExchangeStock { size, available: false, .. } => Some(Some(size)),
            Say::SizeAdvice { size, in_stock: Some(false), .. } => Some(Some(size)),
            Say::SizeByChart { in_stock: Some(false), .. }
            | Say::SoldOut { .. }
            | Say::ColourOut { .. }
            | Say::NothingFound { .. }
            | Say::NoMore
            | Say::JustSold { .. }
            | Say::CartChanged { .. }
            | Say::LastTime { .. }
            | Say::WillTellWhenBack { .. }
            | Say::RefundDue { .. }
            | Say::CannotCancel { .. }
            | Say::OrderExpired { .. }
            | Say::CouponRefused { .. }
            | Say::OnlySoMany { .. }
            | Say::AskPieces { .. }
            | Say::Left { .. }
            | Say::Products { .. } => Some(None),
            _ => None,
        };
        self.something_gone |= gone.is_some();
        if let Say::SoldOut { name } = say {
            let name = Text::read(name).words.into_iter().map(|word| word.text).collect();
            self.goods.push(Good { name, sizes: Some(Vec::new()), ..Good::default() });
        }
        self.gone_sizes.extend(gone.flatten().map(|size| size.as_str().to_lowercase()));
        if let Say::OnlySoMany { available, .. } | Say::AskPieces { available, .. } | Say::Left { available, .. } = say
        {
            self.left.push(i64::from(*available) * 100);
        }
        // The number that a wrong one is shown beside as an example.
        if matches!(say, Say::PhoneWrong) {
            self.phones.insert(phone_key("0712345678"));
        }
    }

    fn note_delivery(&mut self, say: &Say) {
        // The customer's own words, said back as a question.
        self.free_delivery |= matches!(say, Say::HeardYou { .. });
        if let Say::DeliveryTo { choice } | Say::DeliveryFee { choice } | Say::Summary { delivery: choice, .. } = say {
            self.free_delivery |= choice.fee.is_zero() && !choice.pickup;
            self.collected |= choice.pickup;
        }
    }

    fn note_hours(&mut self, say: &Say) {
        match say {
            Say::HoursOn { date, hours, .. } => self.open_dates.push((*date, hours.is_some())),
            Say::Hours { now, week } => {
                let rows = week.iter().flat_map(|(days, hours)| days.iter().map(|day| (*day, hours.is_some())));
                self.open_weekdays.extend(rows.filter_map(|(day, open)| Some((i8::try_from(day).ok()?, open))));
                self.note_status(now);
            }
            Say::OfferTimes { why: Offer::NoneOn(date, _), .. } => self.open_dates.push((*date, false)),
            Say::OfferTimes { why: Offer::Refused(_, Some(at)), .. } => {
                self.open_dates.push((at.in_zone(self.zone).date(), false));
            }
            Say::HandedOff { now, .. } | Say::ComplaintTaken { now, .. } | Say::StillWaiting { now } => {
                self.note_status(now);
            }
            _ => {}
        }
    }

    fn note_status(&mut self, now: &Status) {
        match now {
            Status::Open { .. } => self.open_now = Some(true),
            Status::Closed { holiday, .. } => {
                self.open_now = Some(false);
                self.open_dates.extend(holiday.as_ref().map(|_| (self.today(), false)));
            }
            Status::Unknown => {}
        }
    }

    /// Sums that are formed only when they are put into words: what was taken off a paid order, by how much the
    /// cheapest of several is cheaper, what is kept for how long.
    fn note_sums(&mut self, say: &Say) {
        let currency = self.shop.currency;
        let mut sum = |minor: i64| self.amount(minor, currency, Of::Turn);
        match say {
            Say::Receipt { lines, total, delivery, .. } => {
                let goods: i64 = lines.iter().map(|line| line.unit_price.minor * i64::from(line.quantity)).sum();
                sum(goods + delivery.fee.minor - total.minor);
            }
            Say::Compare { cards, .. } => {
                let mut prices: Vec<i64> = cards.iter().map(|card| card.price.minor).collect();
                prices.sort_unstable();
                if let [cheapest, next, ..] = prices[..] {
                    sum(next - cheapest);
                }
            }
            _ => {}
        }
        let span = match say {
            Say::ReturnPolicy { returns: Some(returns) } => Some((returns.days, Topic::Returns)),
            Say::ExchangePolicy { exchange: Some(exchange) } => Some((exchange.days, Topic::Exchange)),
            _ => None,
        };
        self.spans.extend(span.map(|(days, topic)| (i64::from(days) * 100, Unit::Day, topic)));
    }

    /// Today, on the shop's clock.
    pub(super) fn today(&self) -> Date {
        self.now.in_zone(self.zone).date()
    }

    /// The date so many days from today.
    pub(super) fn in_days(&self, days: i64) -> Date {
        self.today().checked_add(days.days()).unwrap_or(self.today())
    }

    /// What is known to cost this, as sums of the turn or of the shop.
    pub(super) fn has_sum(&self, value: i64) -> bool {
        self.sums.contains(&value) || self.published.contains(&value)
    }

    /// Whether any fact is this amount.
    pub(super) fn has_amount(&self, value: i64) -> bool {
        self.has_sum(value) || self.goods.iter().any(|good| good.amounts.contains(&value))
    }

    /// Whether any fact has this number.
    pub(super) fn has_number(&self, value: i64) -> bool {
        self.numbers.contains(&value)
            || self.has_amount(value)
            || self.percents.contains(&value)
            || self.spans.iter().any(|(span, ..)| *span == value)
    }

    /// The zones of the areas that these words name.
    pub(super) fn zones_in(&self, text: &Text<'_>, span: Span) -> Vec<&Zone> {
        let named = |zone: &&Zone| zone.areas.iter().any(|area| self.has_area(text, span, area));
        self.shop.delivery.zones.iter().filter(named).collect()
    }

    /// Whether a sentence names an area that the shop delivers to.
    pub(super) fn has_area(&self, text: &Text<'_>, span: Span, area: &str) -> bool {
        let area: Vec<String> = area.split_whitespace().map(fold).collect();
        (span.from..span.to).any(|at| !area.is_empty() && (0..area.len()).all(|i| text.word(at + i) == area[i]))
    }

    /// Whether every one of these words is a fact's.
    pub(super) fn has_words<'w>(&self, mut words: impl Iterator<Item = &'w str>) -> bool {
        words.all(|word| self.words.contains(word))
    }
}

/// Minutes since midnight.
pub(super) fn minute_of(time: jiff::civil::Time) -> i16 {
    i16::from(time.hour()) * 60 + i16::from(time.minute())
}
