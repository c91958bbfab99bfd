//! Who the shop is, when it is open, where it delivers.

use duka_kernel::{Language, PhoneNumber};
use duka_shop::profile::OpenHours;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::part::{Known, Part, Writing, major, text};
use crate::problem::{Check, Reply};

/// Who the shop is.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsProfile {
    /// As customers know it.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// The short name in addresses. It stays.
    slug: String,
    /// What it trades in, such as `clothes`.
    #[schema(max_length = 60)]
    kind: String,
    /// Where it is, as customers are told.
    #[schema(max_length = 300)]
    location: String,
    /// The number that customers write to; empty for none.
    whatsapp_number: String,
    /// Who is told about orders and people waiting; empty for nobody.
    owner_phone: String,
    /// ISO 4217. It stays: the prices are in it.
    currency: String,
    /// IANA, such as `Africa/Nairobi`.
    timezone: String,
    /// `en`, `sw` or `sheng`: what customers are spoken to until theirs is known.
    language: String,
    #[serde(default)]
    version: i64,
}

fn digits(number: Option<&PhoneNumber>) -> String {
    number.map(|number| number.digits().to_owned()).unwrap_or_default()
}

impl Part for SettingsProfile {
    const NAME: &'static str = "profile";

    fn read(known: &Known) -> Self {
        let profile = &known.shop.profile;
        Self {
            name: profile.name.clone(),
            slug: profile.slug.clone(),
            kind: known.shop.settings.get("kind").cloned().unwrap_or_default(),
            location: profile.location.clone().unwrap_or_default(),
            whatsapp_number: digits(profile.whatsapp_number.as_ref()),
            owner_phone: digits(profile.owner_phone.as_ref()),
            currency: profile.currency.code().to_owned(),
            timezone: profile.timezone.clone(),
            language: Language::code(profile.default_language).to_owned(),
            version: 0,
        }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn write(&self, known: &Known, into: &mut Writing) -> Reply<()> {
        let profile = &known.shop.profile;
        Check::new()
            .text(&self.name, 100, "/name")
            .that(self.slug == profile.slug, "/slug", "cannot be changed")
            .that(self.currency == profile.currency.code(), "/currency", "cannot be changed: the prices are in it")
            .that(self.kind.chars().count() <= 60, "/kind", "has at most 60 characters")
            .that(self.location.chars().count() <= 300, "/location", "has at most 300 characters")
            .done()?;
        let kind = self.kind.trim();
        into.free.push(("kind".to_owned(), Some(kind.to_owned()).filter(|kind| !kind.is_empty())));
        into.key("name", self.name.trim())
            .key("location", text(&self.location))
            .key("whatsapp_number", text(&self.whatsapp_number))
            .key("owner_phone", text(&self.owner_phone))
            .key("timezone", self.timezone.trim())
            .key("default_language", self.language.trim());
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer.replace("/default_language", "/language")
    }
}

/// A weekday.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum OpenDay {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl OpenDay {
    const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    const fn name(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }
}

/// The hours of a weekday.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DayHours {
    day: OpenDay,
    /// `09:00`; null is closed.
    open: Option<String>,
    /// `18:00`; null is closed.
    close: Option<String>,
}

/// A date with other hours.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HolidayHours {
    /// `2026-12-25`
    #[schema(value_type = String, format = Date)]
    date: String,
    /// What is celebrated.
    #[schema(max_length = 100)]
    name: String,
    /// Null is closed.
    open: Option<String>,
    /// Null is closed.
    close: Option<String>,
}

/// When the shop is open.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsHours {
    /// Monday first. A day that is left out is closed.
    #[schema(max_items = 7)]
    week: Vec<DayHours>,
    #[schema(max_items = 366)]
    holidays: Vec<HolidayHours>,
    #[serde(default)]
    version: i64,
}

fn open(hours: Option<OpenHours>) -> Option<String> {
    hours.map(|hours| hours.open.strftime("%H:%M").to_string())
}

fn close(hours: Option<OpenHours>) -> Option<String> {
    hours.map(|hours| hours.close.strftime("%H:%M").to_string())
}

/// Opening and closing as the shop file has them.
fn both(open: Option<&String>, close: Option<&String>) -> Value {
    let said = |time: Option<&String>| time.map(|time| time.trim().to_owned()).filter(|time| !time.is_empty());
    match (said(open), said(close)) {
        (None, None) => Value::Null,
        (open, close) => json!([open.unwrap_or_default(), close.unwrap_or_default()]),
    }
}

fn half(open: Option<&String>, close: Option<&String>) -> bool {
    open.is_none_or(|time| time.trim().is_empty()) == close.is_none_or(|time| time.trim().is_empty())
}

impl Part for SettingsHours {
    const NAME: &'static str = "hours";

    fn read(known: &Known) -> Self {
        let profile = &known.shop.profile;
        let day = |(day, hours): (OpenDay, Option<OpenHours>)| DayHours { day, open: open(hours), close: close(hours) };
        Self {
            week: OpenDay::ALL.into_iter().zip(profile.hours).map(day).collect(),
            holidays: profile
                .holidays
                .iter()
                .map(|day| HolidayHours {
                    date: day.date.to_string(),
                    name: day.name.clone(),
                    open: open(day.hours),
                    close: close(day.hours),
                })
                .collect(),
            version: 0,
        }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn write(&self, _: &Known, into: &mut Writing) -> Reply<()> {
        let mut check = Check::new().that(self.week.len() <= 7, "/week", "has seven days").that(
            self.holidays.len() <= 366,
            "/holidays",
            "are at most 366",
        );
        let closed = OpenDay::ALL.into_iter().map(|day| (day.name().to_owned(), Value::Null));
        let (mut week, mut holidays): (Map<String, Value>, _) = (closed.collect(), Vec::new());
        for (at, day) in self.week.iter().enumerate() {
            let twice = self.week[..at].iter().any(|other| other.day == day.day);
            let whole = half(day.open.as_ref(), day.close.as_ref());
            check = check
                .that(whole, &format!("/week/{at}/close"), "is missing: a day has two times, or none if it is closed")
                .that(!twice, &format!("/week/{at}/day"), "is there twice");
            week.insert(day.day.name().to_owned(), both(day.open.as_ref(), day.close.as_ref()));
        }
        for (at, day) in self.holidays.iter().enumerate() {
            let whole = half(day.open.as_ref(), day.close.as_ref());
            let missing = "is missing: a day has two times, or none if it is closed";
            check = check
                .that(whole, &format!("/holidays/{at}/close"), missing)
                .that(day.date.parse::<Date>().is_ok(), &format!("/holidays/{at}/date"), "is no date like 2026-12-25")
                .that(day.name.chars().count() <= 100, &format!("/holidays/{at}/name"), "has at most 100 characters");
            let hours = both(day.open.as_ref(), day.close.as_ref());
            holidays.push(json!({"date": day.date, "name": day.name.trim(), "hours": hours}));
        }
        check.done()?;
        into.key("hours", week).key("holidays", holidays);
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        let parts: Vec<&str> = pointer.split('/').skip(1).collect();
        match parts.as_slice() {
            ["hours", day, ..] => {
                let at = self.week.iter().position(|known| known.day.name() == *day).unwrap_or_default();
                format!("/week/{at}/open")
            }
            ["holidays", at, "hours", ..] => format!("/holidays/{at}/open"),
            _ => pointer.to_owned(),
        }
    }
}

/// Where the shop delivers to, and for how much.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeliveryZone {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// In minor units.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    fee: i64,
    /// Its places; none for every other place, which one zone can be.
    #[schema(max_items = 500)]
    areas: Vec<String>,
    /// When it arrives, in the shop's words.
    #[schema(max_length = 100)]
    eta: Option<String>,
}

/// How things reach customers, and what is asked before.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsDelivery {
    #[schema(max_items = 100)]
    zones: Vec<DeliveryZone>,
    /// Whether customers can collect at the shop.
    pickup: bool,
    /// For how long pieces are held for an order that is not paid.
    #[schema(minimum = 1, maximum = 10_080)]
    reservation_minutes: u32,
    /// Per cent of the total that is asked beforehand; 0 for nothing.
    #[schema(minimum = 0, maximum = 100)]
    deposit_percent: u32,
    #[serde(default)]
    version: i64,
}

impl Part for SettingsDelivery {
    const NAME: &'static str = "delivery";

    fn read(known: &Known) -> Self {
        let profile = &known.shop.profile;
        let zones = profile.delivery.zones.iter().map(|zone| DeliveryZone {
            name: zone.name.clone(),
            fee: zone.fee.minor,
            areas: zone.areas.clone(),
            eta: zone.eta.clone(),
        });
        Self {
            zones: zones.collect(),
            pickup: profile.delivery.pickup,
            reservation_minutes: profile.reservation_minutes,
            deposit_percent: profile.deposit.map_or(0, |deposit| deposit.percent.into()),
            version: 0,
        }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn write(&self, known: &Known, into: &mut Writing) -> Reply<()> {
        let mut check = Check::new().that(self.zones.len() <= 100, "/zones", "are at most 100");
        let mut zones = Vec::new();
        for (at, zone) in self.zones.iter().take(100).enumerate() {
            let areas: Vec<&str> = zone.areas.iter().map(|area| area.trim()).filter(|area| !area.is_empty()).collect();
            check = check.text(&zone.name, 60, &format!("/zones/{at}/name")).that(
                areas.len() <= 500,
                &format!("/zones/{at}/areas"),
                "are at most 500",
            );
            let eta = text(zone.eta.as_deref().unwrap_or_default());
            let fee = major(zone.fee, known.currency());
            zones.push(json!({"name": zone.name.trim(), "fee": fee, "areas": areas, "eta": eta}));
        }
        check.done()?;
        let deposit = match (self.deposit_percent, known.shop.profile.deposit) {
            (0, _) => Value::Null,
            (percent, Some(before)) => json!({"percent": percent, "applies_to": before.applies_to}),
            (percent, None) => json!({"percent": percent}),
        };
        into.key("delivery", json!({"zones": zones, "pickup": self.pickup}))
            .key("reservation_minutes", self.reservation_minutes)
            .key("deposit", deposit);
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer.replace("/delivery", "").replace("/deposit/percent", "/deposit_percent")
    }
}
