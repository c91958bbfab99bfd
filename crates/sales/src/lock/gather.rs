//! Reading facts out of what was decided: everything that is said serialises, and each field says by its name what it is.

use duka_kernel::{Currency, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    codes::{self, Sort, codes, key, phone_key},
    facts::{Facts, Good, Of, Topic, minute_of},
    figures::{Counts, Unit, figures},
    text::Text,
    times::{What, moments},
};

/// A text longer than this tells a story; it is no name.
const NAME: usize = 80;
/// Moments are milliseconds since 1970, the only numbers as large.
const MOMENT: i64 = 100_000_000_000;

impl Facts<'_> {
    pub(super) fn take(&mut self, what: &impl Serialize, of: Of) {
        // Everything that is said can be serialised: it is kept as JSON.
        let value = serde_json::to_value(what).unwrap_or_default();
        self.value("", &value, of);
    }

    fn value(&mut self, name: &str, value: &Value, of: Of) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => self.number(name, number.as_i64().unwrap_or_default()),
            Value::String(text) => self.string(name, text, of),
            Value::Array(items) => {
                let offered = |at: &usize| items[*at] == Value::Bool(true);
                if of != Of::Shop {
                    self.weekdays.extend((0..items.len()).filter(offered).filter_map(|day| i8::try_from(day).ok()));
                }
                items.iter().for_each(|item| self.value(name, item, of));
            }
            Value::Object(fields) => self.object(fields, of),
        }
    }

    fn object(&mut self, fields: &Map<String, Value>, of: Of) {
        if let (Some(minor), Some(Value::String(code))) =
            (fields.get("minor").and_then(Value::as_i64), fields.get("currency"))
        {
            let currency = Currency::from_code(code).unwrap_or(self.shop.currency);
            return self.amount(minor, currency, of);
        }
        let of =
            if fields.contains_key("sku") && fields.contains_key("name") { Of::Good(self.good(fields)) } else { of };
        let discount = fields.get("discount").and_then(|discount| discount.get("minor")).and_then(Value::as_i64);
        if discount.is_some_and(|minor| minor > 0) {
            self.allowed.insert("reduced");
        }
        for (name, value) in fields {
            self.value(name, value, of);
        }
    }

    /// The entry of a product: a card, or a line of a cart, whose sum belongs to it as well.
    fn good(&mut self, fields: &Map<String, Value>) -> usize {
        let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
        let texts = |name: &str| -> Option<Vec<String>> {
            let items = fields.get(name)?.as_array()?;
            Some(items.iter().filter_map(Value::as_str).map(str::to_lowercase).collect())
        };
        let name: Vec<String> = Text::read(text("name")).words.into_iter().map(|word| word.text).collect();
        let at = self.goods.iter().position(|good| good.name == name).unwrap_or_else(|| {
            self.goods.push(Good { name, ..Good::default() });
            self.goods.len() - 1
        });
        let minor = |name: &str| fields.get(name).and_then(|money| money.get("minor")).and_then(Value::as_i64);
        let described = self.catalogue.by_sku(text("sku")).map(|p| {
            let written = format!("{} {} {}", p.category, p.tags.join(" "), p.description);
            Text::read(&written).words.into_iter().map(|word| word.text)
        });
        let good = &mut self.goods[at];
        good.words.extend(described.into_iter().flatten());
        good.sizes = texts("sizes").or(good.sizes.take());
        good.colours.extend(texts("colours").unwrap_or_default());
        good.colours.extend(Some(text("colour").to_lowercase()).filter(|colour| !colour.is_empty()));
        let count = fields.get("quantity").and_then(Value::as_i64).unwrap_or(1);
        let line = minor("unit_price").map(|price| price.saturating_mul(count));
        let saved = minor("was").zip(minor("price")).map(|(was, now)| was - now);
        if saved.is_some() {
            self.allowed.extend(["reduced", "haggled"]);
        }
        for minor in line.into_iter().chain(saved) {
            self.amount(minor, self.shop.currency, Of::Good(at));
        }
        at
    }

    pub(super) fn amount(&mut self, minor: i64, currency: Currency, of: Of) {
        let hundredths = minor.saturating_mul(100 / currency.minor_per_major());
        let amounts = match of {
            Of::Turn => &mut self.sums,
            Of::Shop => &mut self.published,
            Of::Good(at) => &mut self.goods[at].amounts,
        };
        if !amounts.contains(&hundredths) {
            amounts.push(hundredths);
        }
    }

    fn number(&mut self, name: &str, number: i64) {
        if number >= MOMENT {
            let at = Timestamp(number).in_zone(self.zone);
            self.dates.push(at.date());
            self.clocks.push(minute_of(at.time()));
            return;
        }
        let hundredths = number.saturating_mul(100);
        match name {
            "percent" => self.percents.push(hundredths),
            "days" | "exchange_days" | "age" | "too_far" | "days_ahead" => {
                self.spans.push((hundredths, Unit::Day, Topic::Other))
            }
            "hold_minutes" => self.spans.push((hundredths, Unit::Minute, Topic::Hold)),
            "minutes" | "duration_min" => self.spans.push((hundredths, Unit::Minute, Topic::Other)),
            "cancel_hours" => self.spans.push((hundredths, Unit::Hour, Topic::Other)),
            "quantity" | "pieces" | "count" | "available" | "min" | "min_pieces" | "missing" => {
                self.numbers.push(hundredths);
            }
            _ => self.numbers.push(hundredths),
        }
    }

    fn string(&mut self, name: &str, text: &str, of: Of) {
        match name {
            "product" | "variant" | "id" | "image" => return,
            "number" | "receipt" | "code" | "sku" => {
                self.codes.insert(key(text));
            }
            "phone" | "payer" | "known" => {
                self.phones.insert(phone_key(text));
            }
            "email" | "website" => {
                self.links.insert(codes::link_key(text));
            }
            "size" | "sizes" | "others" | "small" | "large" | "usual_size" | "or" => {
                self.said_sizes.insert(text.to_lowercase());
            }
            _ => {}
        }
        if matches!(name, "colours" | "colour" | "others") && !matches!(of, Of::Good(_)) {
            self.said_colours.insert(text.to_lowercase());
        }
        if let Some(at) = civil(text) {
            // "Until midnight" is until the day before.
            self.dates.extend(at.0.filter(|_| at.1 == Some(0)).and_then(|date| date.yesterday().ok()));
            self.dates.extend(at.0);
            self.clocks.extend(at.1);
            return;
        }
        self.prose(name, text, of);
    }

    /// What somebody wrote: it may be said again, in any words.
    fn prose(&mut self, name: &str, text: &str, of: Of) {
        let mut read = Text::read(text);
        for code in codes(&mut read) {
            let known = match code.sort {
                Sort::Phone => &mut self.phones,
                Sort::Link => &mut self.links,
                Sort::Order | Sort::Receipt | Sort::Code | Sort::Internal => &mut self.codes,
            };
            known.insert(code.key);
        }
        let topic = if name == "eta" { Topic::Delivery } else { Topic::Other };
        for moment in moments(&mut read) {
            match moment.what {
                What::Clock(minutes) => self.clocks.extend(minutes),
                What::Weekday(day) => self.weekdays.push(day),
                What::Ahead(_) if topic == Topic::Delivery => {}
                What::Ahead(days) => self.dates.push(self.in_days(days)),
                What::Date { .. } | What::DayOfMonth(_) | What::Part(..) | What::Later => {}
            }
        }
        let figures = figures(&read, self.shop.currency.code());
        for figure in &figures {
            match figure.counts {
                Counts::Money if of == Of::Shop => self.published.push(figure.value),
                Counts::Money => self.sums.push(figure.value),
                Counts::Percent => self.percents.push(figure.value),
                Counts::Time(unit) => self.spans.push((figure.value, unit, topic)),
                Counts::Foreign | Counts::Pieces | Counts::Order | Counts::Account | Counts::Nothing => {
                    self.numbers.push(figure.value);
                }
            }
        }
        if topic == Topic::Delivery {
            let etas = if of == Of::Shop { &mut self.shop_etas } else { &mut self.etas };
            etas.extend(etas_in(text));
        }
        let words: Vec<String> = read.words.into_iter().map(|word| word.text).collect();
        self.words.extend(words.iter().cloned());
        if text.len() <= NAME && !words.is_empty() && !self.names.contains(&words) {
            self.names.push(words);
        }
    }
}

/// In how many days something arrives, from what the shop wrote: "next day", "1-3 days".
pub(super) fn etas_in(eta: &str) -> Vec<(i64, i64)> {
    let mut text = Text::read(eta);
    let pair = |one: &str, other: &str| text.words.windows(2).any(|two| two[0].text == one && two[1].text == other);
    let mut found = Vec::new();
    if pair("same", "day") || pair("siku", "hiyo") || pair("siku", "ile") {
        found.push((0, 0));
    }
    if pair("next", "day") || pair("siku", "inayofuata") || pair("day", "after") {
        found.push((1, 1));
    }
    found.extend(moments(&mut text).into_iter().filter_map(|moment| match moment.what {
        What::Ahead(days) => Some((days, days)),
        _ => None,
    }));
    let figures = figures(&text, "KES");
    let days =
        figures.iter().filter(|figure| figure.counts == Counts::Time(Unit::Day)).map(|figure| figure.value / 100);
    found.extend(days.clone().min().zip(days.max()));
    found
}

/// A date, a time or both, as they are serialised.
fn civil(text: &str) -> Option<(Option<jiff::civil::Date>, Option<i16>)> {
    let starts = |count: usize| text.len() >= count && text.as_bytes()[..count.min(2)].iter().all(u8::is_ascii_digit);
    if !starts(8) || text.contains(' ') {
        return None;
    }
    if let Ok(at) = text.parse::<jiff::Zoned>() {
        return Some((Some(at.date()), Some(minute_of(at.time()))));
    }
    if let Ok(at) = text.parse::<jiff::civil::DateTime>()
        && text.contains('T')
    {
        return Some((Some(at.date()), Some(minute_of(at.time()))));
    }
    if let Ok(date) = text.parse::<jiff::civil::Date>() {
        return Some((Some(date), None));
    }
    text.parse::<jiff::civil::Time>().ok().map(|time| (None, Some(minute_of(time))))
}
