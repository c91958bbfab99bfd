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

pub(crate) fn weekday_index(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).expect("0 to 6")
}

#[cfg(test)]
mod tests {
    use duka_kernel::Currency;
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;
    use crate::file::new_profile;

    fn shop() -> ShopProfile {
        let hours = |open, close| Some(OpenHours { open: time(open, 0, 0, 0), close: time(close, 0, 0, 0) });
        let mut profile = new_profile("malkia", "Malkia", Currency::Kes);
        profile.hours = [hours(9, 19); 7];
        profile.hours[6] = None;
        profile.holidays = vec![
            Holiday { date: date(2026, 12, 25), name: "Christmas".into(), hours: None },
            Holiday { date: date(2026, 12, 24), name: "Christmas Eve".into(), hours: hours(9, 13) },
        ];
        profile
    }

    /// A moment in Nairobi.
    fn at(text: &str) -> Timestamp {
        format!("{text}+03:00").parse::<jiff::Timestamp>().expect("a time").into()
    }

    fn opens(profile: &ShopProfile, now: &str) -> Option<String> {
        match status(profile, at(now)) {
            Status::Closed { opens, .. } => opens.map(|opens| opens.strftime("%a %F %H:%M").to_string()),
            other => panic!("open: {other:?}"),
        }
    }

    #[test]
    fn it_is_open_from_the_minute_it_opens_until_the_minute_it_closes() {
        let is_open = |now| matches!(status(&shop(), at(now)), Status::Open { .. });
        assert!(is_open("2026-03-04T09:00:00") && is_open("2026-03-04T18:59:59"));
        assert!(!is_open("2026-03-04T08:59:59") && !is_open("2026-03-04T19:00:00"));
        match status(&shop(), at("2026-03-04T10:00:00")) {
            Status::Open { closes } => assert_eq!(closes.strftime("%F %H:%M").to_string(), "2026-03-04 19:00"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_next_opening_is_today_tomorrow_or_after_the_closed_day() {
        assert_eq!(opens(&shop(), "2026-03-04T00:00:00").as_deref(), Some("Wed 2026-03-04 09:00"));
        assert_eq!(opens(&shop(), "2026-03-04T23:59:59").as_deref(), Some("Thu 2026-03-05 09:00"));
        assert_eq!(opens(&shop(), "2026-03-07T19:00:00").as_deref(), Some("Mon 2026-03-09 09:00"));
    }

    #[test]
    fn holidays_go_before_the_week() {
        assert_eq!(opens(&shop(), "2026-12-24T13:00:00").as_deref(), Some("Sat 2026-12-26 09:00"));
        match status(&shop(), at("2026-12-25T12:00:00")) {
            Status::Closed { holiday, .. } => assert_eq!(holiday.as_deref(), Some("Christmas")),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_shop_without_hours_is_neither_open_nor_closed() {
        let mut profile = shop();
        profile.hours = [None; 7];
        assert_eq!(opens(&profile, "2026-03-04T10:00:00"), None);
        profile.holidays.clear();
        assert_eq!(status(&profile, at("2026-03-04T10:00:00")), Status::Unknown);
    }

    #[test]
    fn the_week_is_told_in_few_rows() {
        let days: Vec<_> = week(&shop()).into_iter().map(|(days, hours)| (days, hours.is_some())).collect();
        assert_eq!(days, [(vec![0, 1, 2, 3, 4, 5], true), (vec![6], false)]);
    }

    proptest! {
        #[test]
        fn a_closed_shop_opens_later_and_is_open_then(hour in 0i64..24 * 400) {
            let now = at("2026-01-01T00:30:00").plus_minutes(hour * 60);
            if let Status::Closed { opens, .. } = status(&shop(), now) {
                let opens = Timestamp::from(opens.expect("within 14 days").timestamp());
                prop_assert!(opens > now);
                let is_open = matches!(status(&shop(), opens), Status::Open { .. });
                prop_assert!(is_open);
            }
        }
    }
}
