//! Which times are free.

use duka_kernel::{AppointmentId, Timestamp};
use jiff::{
    ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use super::lanes::{self, Claim, Lane, Taken};
use crate::{
    Service, ShopProfile, hours,
    profile::{Holiday, OpenHours},
};

/// How many days are looked through for a free time.
const DAYS_SEARCHED: i32 = 45;

/// A part of the day that a customer asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// Before noon.
    Morning,
    /// From noon to five.
    Afternoon,
    /// From four on.
    Evening,
    /// From six on.
    Night,
}

impl DayPart {
    /// Whether an appointment that begins at this time is in it.
    #[must_use]
    pub fn has(self, time: Time) -> bool {
        let hour = time.hour();
        match self {
            Self::Morning => hour < 12,
            Self::Afternoon => (12..17).contains(&hour),
            Self::Evening => hour >= 16,
            Self::Night => hour >= 18,
        }
    }
}

/// Why a time cannot be had.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It has passed, or is too near.
    Past,
    /// It is too far ahead: at most so many days.
    TooFar(u32),
    /// The service is not offered on that weekday.
    NotThatDay,
    /// The shop is closed that day, for this holiday.
    Holiday(String),
    /// It would begin before or end after these hours.
    OutsideHours {
        /// From.
        open: Time,
        /// To.
        close: Time,
    },
    /// It falls into a break.
    Break,
    /// Somebody else has it.
    Taken,
}

/// The appointments of a shop as one customer's turn sees them.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// The shop.
    pub shop: &'a ShopProfile,
    /// Its time zone.
    pub zone: &'a TimeZone,
    /// What can be booked.
    pub services: &'a [Service],
    /// What is occupied.
    pub taken: &'a [Taken],
    /// Now.
    pub now: Timestamp,
    /// Bookings that do not count: the one that is being moved, and what is held for this customer.
    pub but: &'a [AppointmentId],
}

impl Calendar<'_> {
    /// The lanes that an appointment at this time would occupy.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn check(&self, service: &Service, start: Timestamp) -> Result<Vec<Claim>, Refusal> {
        self.check_in(service, start, None)
    }

    /// The lanes that an appointment at this time would occupy, this one among them if it is one the service needs.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn check_in(&self, service: &Service, start: Timestamp, lane: Option<&str>) -> Result<Vec<Claim>, Refusal> {
        let rules = &self.shop.booking;
        let local = start.in_zone(self.zone);
        if start.millis_since(self.now) < i64::from(rules.lead_min) * 60_000 || start <= self.now {
            return Err(Refusal::Past);
        }
        let last = self.today().checked_add(i64::from(rules.days_ahead).days()).unwrap_or(Date::MAX);
        if local.date() > last {
            return Err(Refusal::TooFar(rules.days_ahead));
        }
        let hours = self.hours(service, local.date())?;
        let span = self.span(service, start)?;
        if span.open < hours.open || span.close > hours.close {
            return Err(Refusal::OutsideHours { open: hours.open, close: hours.close });
        }
        if rules.breaks.iter().any(|pause| overlap(span, *pause)) {
            return Err(Refusal::Break);
        }
        self.claims(service, start, Some(span), lane).ok_or(Refusal::Taken)
    }

    /// The lanes of which a service needs one each, as they are stored.
    #[must_use]
    pub fn lanes(&self, service: &Service) -> Vec<Vec<String>> {
        let needed = lanes::needed(service, self.services, &self.shop.booking);
        needed.into_iter().map(|lanes| lanes.into_iter().map(|lane| lane.name).collect()).collect()
    }

    /// The lanes of an appointment that was agreed to elsewhere, free or not.
    #[must_use]
    pub fn claims_of(&self, service: &Service, start: Timestamp) -> Vec<Claim> {
        let nothing_taken = Calendar { taken: &[], ..*self };
        let span = self.span(service, start).ok();
        self.claims(service, start, span, None)
            .or_else(|| nothing_taken.claims(service, start, None, None))
            .unwrap_or_default()
    }

    /// The free times of a day, at the shop's step.
    #[must_use]
    pub fn free_on(&self, service: &Service, date: Date, part: Option<DayPart>) -> Vec<Timestamp> {
        let Ok(hours) = self.hours(service, date) else { return Vec::new() };
        let step = i64::from(self.shop.booking.step_min.max(5));
        let mut free = Vec::new();
        let mut time = date.to_datetime(hours.open);
        while time.date() == date && time.time() < hours.close {
            let in_part = part.is_none_or(|part| part.has(time.time()));
            if in_part
                && let Some(start) = self.moment(time.date(), time.time())
                && self.check(service, start).is_ok()
            {
                free.push(start);
            }
            let Ok(next) = time.checked_add(step.minutes()) else { break };
            time = next;
        }
        free
    }

    /// Some free times of a day, spread over it.
    #[must_use]
    pub fn offer_on(&self, service: &Service, date: Date, part: Option<DayPart>, count: usize) -> Vec<Timestamp> {
        spread(&self.free_on(service, date, part), count)
    }

    /// The next free times, at most two a day; at this time of day if one is named.
    #[must_use]
    pub fn upcoming(
        &self,
        service: &Service,
        from: Date,
        time: Option<Time>,
        part: Option<DayPart>,
        count: usize,
    ) -> Vec<Timestamp> {
        let mut found = Vec::new();
        for date in self.days(from) {
            let free = match time {
                Some(time) => {
                    let start = self.moment(date, time).filter(|start| self.check(service, *start).is_ok());
                    start.into_iter().collect()
                }
                None => spread(&self.free_on(service, date, part), 2),
            };
            found.extend(free);
            if found.len() >= count {
                break;
            }
        }
        found.truncate(count);
        found
    }

    /// Free times near one that cannot be had: the nearest of that day, then of the days after it.
    #[must_use]
    pub fn nearest(&self, service: &Service, wanted: Timestamp, count: usize) -> Vec<Timestamp> {
        let local = wanted.in_zone(self.zone);
        let near = |mut free: Vec<Timestamp>, most: usize, at: Timestamp| {
            free.sort_by_key(|start| (start.millis_since(at).abs(), *start));
            free.truncate(most);
            free
        };
        let mut found = near(self.free_on(service, local.date(), None), count.saturating_sub(1).max(1), wanted);
        for date in self.days(local.date()).filter(|date| *date != local.date()) {
            if found.len() >= count {
                break;
            }
            let Some(same_time) = self.moment(date, local.time()) else { continue };
            found.extend(near(self.free_on(service, date, None), 1, same_time));
        }
        found.sort_unstable();
        found
    }

    /// The hours in which a service is offered on a date. Its own hours count, not those of the shop's week; a holiday
    /// closes it, or shortens the day.
    ///
    /// # Errors
    /// If it is not offered on that date.
    pub fn hours(&self, service: &Service, date: Date) -> Result<OpenHours, Refusal> {
        let own = OpenHours { open: service.open, close: service.close };
        let holiday: Option<&Holiday> = self.shop.holidays.iter().find(|h| h.date == date);
        if !service.days[weekday(date)] {
            return Err(Refusal::NotThatDay);
        }
        match holiday {
            None => Ok(own),
            Some(holiday) => match holiday.hours {
                Some(hours) if own.open.max(hours.open) < own.close.min(hours.close) => {
                    Ok(OpenHours { open: own.open.max(hours.open), close: own.close.min(hours.close) })
                }
                _ => Err(Refusal::Holiday(holiday.name.clone())),
            },
        }
    }

    /// A time of a date; `None` where clocks skip it.
    #[must_use]
    pub fn moment(&self, date: Date, time: Time) -> Option<Timestamp> {
        let zoned = date.to_datetime(time).to_zoned(self.zone.clone()).ok()?;
        (zoned.time() == time).then(|| zoned.timestamp().into())
    }

    fn today(&self) -> Date {
        self.now.in_zone(self.zone).date()
    }

    fn days(&self, from: Date) -> impl Iterator<Item = Date> + use<> {
        let from = from.max(self.today());
        (0..DAYS_SEARCHED).filter_map(move |ahead| from.checked_add(ahead.days()).ok())
    }

    /// From when to when on the shop's clock; it has to be on one day.
    fn span(&self, service: &Service, start: Timestamp) -> Result<OpenHours, Refusal> {
        let from = start.in_zone(self.zone);
        let to = start.plus_minutes(service.duration_min.into()).in_zone(self.zone);
        if from.date() == to.date() {
            Ok(OpenHours { open: from.time(), close: to.time() })
        } else {
            Err(Refusal::OutsideHours { open: service.open, close: service.close })
        }
    }

    /// One lane of each kind that is needed, all free; who works is looked at only if a span is given.
    fn claims(
        &self,
        service: &Service,
        start: Timestamp,
        span: Option<OpenHours>,
        only: Option<&str>,
    ) -> Option<Vec<Claim>> {
        let (before, after) = (service.terms.buffer_before, service.terms.buffer_after);
        let from = start.plus_minutes(-i64::from(before));
        let to = start.plus_minutes(i64::from(service.duration_min) + i64::from(after));
        let date = start.in_zone(self.zone).date();
        let is_free = |lane: &Lane| {
            let taken = self.taken.iter().filter(|t| !self.but.contains(&t.appointment) && t.claim.lane == lane.name);
            let works = match (&lane.staff, span) {
                (Some(name), Some(span)) => self.works(name, date, span),
                _ => true,
            };
            works && !taken.map(|t| &t.claim).any(|c| c.from < to && from < c.to)
        };
        let needed = lanes::needed(service, self.services, &self.shop.booking);
        let mut claims: Vec<Claim> = Vec::with_capacity(needed.len());
        for lanes in needed {
            let named = only.filter(|only| lanes.iter().any(|lane| lane.name == *only));
            let may = |lane: &Lane| named.is_none_or(|only| lane.name == only) && is_free(lane);
            let lane = lanes.into_iter().find(|lane| may(lane) && claims.iter().all(|c| c.lane != lane.name))?;
            claims.push(Claim { lane: lane.name, from, to });
        }
        Some(claims)
    }

    fn works(&self, name: &str, date: Date, span: OpenHours) -> bool {
        let Some(person) = self.shop.booking.staff.iter().find(|s| s.name == name) else { return true };
        let at_work = person.hours.as_ref().is_none_or(|week| {
            week[weekday(date)].is_some_and(|hours| hours.open <= span.open && span.close <= hours.close)
        });
        at_work && !person.breaks.iter().any(|pause| overlap(span, *pause))
    }
}

fn overlap(a: OpenHours, b: OpenHours) -> bool {
    a.open < b.close && b.open < a.close
}

fn weekday(date: Date) -> usize {
    hours::weekday_index(date)
}

/// So many of them, the first and the last among them.
fn spread(times: &[Timestamp], count: usize) -> Vec<Timestamp> {
    if times.len() <= count || count < 2 {
        return times.iter().take(count).copied().collect();
    }
    (0..count).map(|i| times[i * (times.len() - 1) / (count - 1)]).collect()
}
