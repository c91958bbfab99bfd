//! When a shop is open.

use duka_kernel::Timestamp;
use jiff::{
    Zoned,
    civil::Date,
    tz::{Offset, TimeZone},
};
use serde::{Deserialize, Serialize};

use crate::{
    ShopProfile,
    profile::{Holiday, OpenHours},
};

/// How many days ahead the next opening is looked for.
const DAYS_AHEAD: i32 = 14;

/// Whether a shop is open.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is.
    Open {
        /// When it closes, today, on the shop's clock.
        closes: Zoned,
    },
    /// It is not.
    Closed {
        /// When it opens next, on the shop's clock; `None` if not within 14 days.
        opens: Option<Zoned>,
        /// The holiday, if that is why it is not open today.
        holiday: Option<String>,
    },
    /// The shop has not said when it is open.
    Unknown,
}

/// The time zone of a shop. Where the machine has no time zone database, East Africa Time (UTC+3, no daylight
/// saving since 1960), which all of Kenya, Uganda and Tanzania keep.
#[must_use]
pub fn zone(profile: &ShopProfile) -> TimeZone {
    TimeZone::get(&profile.timezone).unwrap_or_else(|_| TimeZone::fixed(Offset::constant(3)))
}

/// The hours of a date: those of the holiday if it is one, otherwise those of the weekday.
#[must_use]
pub fn hours_on(profile: &ShopProfile, date: Date) -> Option<OpenHours> {
    match holiday_on(profile, date) {
        Some(holiday) => holiday.hours,
        None => profile.hours[weekday_index(date)],
    }
}

/// Whether the shop is open at a moment. It is open at the minute it opens, and closed at the minute it closes.
#[must_use]
pub fn status(profile: &ShopProfile, now: Timestamp) -> Status {
    if profile.hours.iter().all(Option::is_none) && profile.holidays.iter().all(|h| h.hours.is_none()) {
        return Status::Unknown;
    }
    let zone = zone(profile);
    let here = now.in_zone(&zone);
    let (today, time) = (here.date(), here.time());
    if let Some(hours) = hours_on(profile, today)
        && hours.open <= time
        && time < hours.close
        && let Ok(closes) = today.to_datetime(hours.close).to_zoned(zone.clone())
    {
        return Status::Open { closes };
    }
    let opens = (0..=DAYS_AHEAD).find_map(|ahead| {
        let date = today.checked_add(jiff::Span::new().days(ahead)).ok()?;
        let opens = date.to_datetime(hours_on(profile, date)?.open).to_zoned(zone.clone()).ok()?;
        (opens > here).then_some(opens)
    });
    let holiday = holiday_on(profile, today).filter(|h| h.hours.is_none()).map(|h| h.name.clone());
    Status::Closed { opens, holiday }
}

/// The week in few words: weekdays in a row (0 is Monday) with the same hours, and these hours. Every weekday is
/// in exactly one row; the rows are in the order of the week.
#[must_use]
pub fn week(profile: &ShopProfile) -> Vec<(Vec<u8>, Option<OpenHours>)> {
    let mut rows: Vec<(Vec<u8>, Option<OpenHours>)> = Vec::new();
    for (day, hours) in (0u8..).zip(profile.hours) {
        match rows.last_mut() {
            Some((days, same)) if *same == hours => days.push(day),
            _ => rows.push((vec![day], hours)),
        }
    }
    rows
}

fn holiday_on(profile: &ShopProfile, date: Date) -> Option<&Holiday> {
    profile.holidays.iter().find(|h| h.date == date)
}

fn weekday_index(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).expect("0 to 6")
}
