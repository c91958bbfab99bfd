//! Days of the shop, and weeks and months of them.

use duka_kernel::Timestamp;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};

/// The longest time that figures are given for.
const MOST_DAYS: i32 = 800;

/// Days of the shop's calendar, the last one included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    first: Date,
    last: Date,
    zone: TimeZone,
}

/// What figures are given by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum By {
    /// Days.
    #[default]
    Day,
    /// Weeks, from Monday on.
    Week,
    /// Months of the calendar.
    Month,
}

/// A day, week or month, as far as it is in the span.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bucket {
    /// Its first day that is in the span.
    pub day: Date,
    /// When it begins.
    pub from: Timestamp,
    /// When it is over.
    pub to: Timestamp,
}

impl Span {
    /// From one day to another. `None` if there is no day in between, or more than can be asked for.
    #[must_use]
    pub fn new(first: Date, last: Date, zone: TimeZone) -> Option<Self> {
        let days = first.until(last).ok()?.get_days();
        (0..MOST_DAYS).contains(&days).then_some(Self { first, last, zone })
    }

    /// So many days up to the one it is now.
    #[must_use]
    pub fn last_days(days: i32, now: Timestamp, zone: TimeZone) -> Self {
        let last = now.in_zone(&zone).date();
        let first = last.saturating_sub((days.clamp(1, MOST_DAYS) - 1).days());
        Self { first, last, zone }
    }

    /// The first day.
    #[must_use]
    pub const fn first(&self) -> Date {
        self.first
    }

    /// The last day.
    #[must_use]
    pub const fn last(&self) -> Date {
        self.last
    }

    /// The shop's time zone.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// When it begins.
    #[must_use]
    pub fn from(&self) -> Timestamp {
        self.begins(self.first)
    }

    /// When it is over.
    #[must_use]
    pub fn to(&self) -> Timestamp {
        self.begins(next(self.last))
    }

    /// Its days, in order.
    pub fn days(&self) -> impl Iterator<Item = Date> + use<> {
        let last = self.last;
        self.first.series(1.day()).take_while(move |day| *day <= last)
    }

    /// Its days, weeks or months, in order. Together they are the span: no moment is in two or in none.
    #[must_use]
    pub fn buckets(&self, by: By) -> Vec<Bucket> {
        let mut starts: Vec<Date> = Vec::new();
        for day in self.days() {
            let begins = match by {
                By::Day => true,
                By::Week => day.weekday() == Weekday::Monday,
                By::Month => day.day() == 1,
            };
            if begins || starts.is_empty() {
                starts.push(day);
            }
        }
        let ends = starts.iter().skip(1).copied().chain([next(self.last)]);
        let bucket = |(day, end): (&Date, Date)| Bucket { day: *day, from: self.begins(*day), to: self.begins(end) };
        starts.iter().zip(ends).map(bucket).collect()
    }

    /// The whole as one bucket.
    #[must_use]
    pub fn whole(&self) -> Bucket {
        Bucket { day: self.first, from: self.from(), to: self.to() }
    }

    /// Times in which the clocks of the shop differ from UTC by the same, with the difference in milliseconds.
    #[must_use]
    pub fn offsets(&self) -> Vec<(Timestamp, Timestamp, i64)> {
        let (mut from, end) = (self.from(), self.to());
        let mut found = Vec::new();
        while from < end {
            let offset = self.zone.to_offset(from.to_jiff()).seconds();
            let change = self.zone.following(from.to_jiff()).next().map(|next| Timestamp::from(next.timestamp()));
            let to = change.filter(|at| *at > from && *at < end).unwrap_or(end);
            found.push((from, to, i64::from(offset) * 1000));
            from = to;
        }
        found
    }

    fn begins(&self, day: Date) -> Timestamp {
        day.to_zoned(self.zone.clone()).map_or(Timestamp(0), |start| start.timestamp().into())
    }
}

fn next(day: Date) -> Date {
    day.saturating_add(1.day())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn span(first: Date, last: Date, zone: &str) -> Span {
        Span::new(first, last, TimeZone::get(zone).unwrap()).unwrap()
    }

    #[test]
    fn days_weeks_and_months_follow_each_other_without_a_gap() {
        for zone in ["Africa/Nairobi", "America/New_York", "America/Sao_Paulo"] {
            let span = span(date(2026, 1, 28), date(2026, 4, 9), zone);
            for (by, count) in [(By::Day, 72), (By::Week, 11), (By::Month, 4)] {
                let buckets = span.buckets(by);
                assert_eq!(buckets.len(), count, "{zone} {by:?}");
                assert_eq!((buckets[0].from, buckets[count - 1].to), (span.from(), span.to()));
                assert!(buckets.windows(2).all(|pair| pair[0].to == pair[1].from && pair[0].from < pair[0].to));
            }
        }
    }

    #[test]
    fn a_week_begins_on_monday_and_a_month_on_its_first_but_never_outside_the_span() {
        let span = span(date(2026, 1, 28), date(2026, 3, 1), "Africa/Nairobi");
        let days = |by| span.buckets(by).iter().map(|bucket| bucket.day.to_string()).collect::<Vec<_>>();
        assert_eq!(days(By::Week)[..3], ["2026-01-28", "2026-02-02", "2026-02-09"]);
        assert_eq!(days(By::Month), ["2026-01-28", "2026-02-01", "2026-03-01"]);
    }

    #[test]
    fn a_day_in_nairobi_begins_three_hours_before_it_does_in_utc() {
        let span = span(date(2026, 3, 4), date(2026, 3, 4), "Africa/Nairobi");
        assert_eq!(span.from().to_jiff().to_string(), "2026-03-03T21:00:00Z");
        assert_eq!(span.to().millis_since(span.from()), 24 * 3_600_000);
        assert_eq!(span.offsets(), [(span.from(), span.to(), 3 * 3_600_000)]);
    }

    #[test]
    fn clocks_that_change_cut_the_span_where_they_do() {
        let span = span(date(2026, 3, 1), date(2026, 11, 30), "America/New_York");
        let offsets: Vec<i64> = span.offsets().iter().map(|(_, _, offset)| offset / 3_600_000).collect();
        assert_eq!(offsets, [-5, -4, -5]);
        let changing = Span::new(date(2026, 3, 8), date(2026, 3, 8), span.zone().clone()).unwrap();
        assert_eq!(changing.to().millis_since(changing.from()), 23 * 3_600_000);
    }

    #[test]
    fn a_span_ends_after_it_begins_and_is_not_endless() {
        let zone = TimeZone::UTC;
        assert!(Span::new(date(2026, 3, 4), date(2026, 3, 3), zone.clone()).is_none());
        assert!(Span::new(date(2016, 3, 4), date(2026, 3, 3), zone.clone()).is_none());
        let now = Timestamp::from(date(2026, 3, 4).at(22, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp());
        let nairobi = Span::last_days(30, now, TimeZone::get("Africa/Nairobi").unwrap());
        assert_eq!((nairobi.first(), nairobi.last()), (date(2026, 2, 4), date(2026, 3, 5)));
    }
}
