//! When customers write: mostly in the evening, more at the weekend, most when salaries have come.

use duka_kernel::Timestamp;
use jiff::{ToSpan, civil::Date, tz::TimeZone};

use super::dice::Dice;

/// By the hour of the day.
const HOURS: [usize; 24] = [2, 1, 0, 0, 0, 1, 3, 6, 9, 12, 14, 14, 18, 17, 14, 13, 14, 18, 24, 32, 36, 32, 20, 8];

/// The days of a past with how busy each is.
pub struct Calendar {
    days: Vec<Date>,
    weights: Vec<usize>,
    zone: TimeZone,
    now: Timestamp,
}

impl Calendar {
    /// So many days up to now.
    pub fn new(days: i32, now: Timestamp, zone: TimeZone) -> Self {
        let today = now.in_zone(&zone).date();
        let days: Vec<Date> = (0..days).rev().map(|back| today.saturating_sub(back.days())).collect();
        let weights = days.iter().enumerate().map(|(n, day)| busy(*day) * (days.len() + n) / days.len()).collect();
        Self { days, weights, zone, now }
    }

    /// A moment of them, before now.
    pub fn moment(&self, dice: &mut Dice) -> Timestamp {
        loop {
            let day = self.days[dice.weighted(&self.weights)];
            let hour = i8::try_from(dice.weighted(&HOURS)).unwrap_or(12);
            let (minute, second) = (dice.between(0, 59), dice.between(0, 59));
            let time = day.at(hour, i8::try_from(minute).unwrap_or(0), i8::try_from(second).unwrap_or(0), 0);
            if let Ok(moment) = time.to_zoned(self.zone.clone()) {
                let moment = Timestamp::from(moment.timestamp());
                // A conversation takes a while.
                if moment < self.now.plus_minutes(-20) {
                    return moment;
                }
            }
        }
    }

    /// A whole hour of a day.
    pub fn at_hour(&self, day: Date, hour: i64) -> Option<Timestamp> {
        let time = day.at(i8::try_from(hour).ok()?, 0, 0, 0);
        time.to_zoned(self.zone.clone()).ok().map(|moment| moment.timestamp().into())
    }

    /// When the first day begins.
    pub fn begins(&self) -> Timestamp {
        let start = self.days[0].to_zoned(self.zone.clone());
        start.map_or(self.now, |start| start.timestamp().into())
    }
}

/// Salaries come at the end of the month.
fn busy(day: Date) -> usize {
    let payday = if day.day() >= 27 || day.day() <= 2 { 22 } else { 10 };
    payday * if day.weekday().to_monday_zero_offset() >= 4 { 13 } else { 10 }
}
