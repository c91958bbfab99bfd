//! Appointments.

use duka_kernel::{Language, Money, Timestamp};
use duka_shop::{Service, booking::Refusal};
use jiff::civil::Date;

use super::{
    Voice, about,
    format::{LINE, NAME, capitalised, clean},
    speaker::Speaker,
};
use crate::say::{BookingFacts, Deposited, Offer};

impl Voice<'_> {
    /// A day, so that nobody can mistake it: `tomorrow, Thursday 5 March`.
    fn whole_day(&self, date: Date) -> String {
        let weekday = u8::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        let day = format!("{} {}", self.weekday(weekday), self.date(date));
        let today = self.now.in_zone(self.zone).date();
        if date == today {
            format!("{}, {day}", self.word("today"))
        } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == date) {
            format!("{}, {day}", self.word("tomorrow"))
        } else {
            day
        }
    }

    /// A time of day that both clocks agree on: `2 pm`, `saa nane mchana (14:00)`.
    fn clear_time(&self, at: Timestamp) -> String {
        let time = at.in_zone(self.zone).time();
        match self.language {
            Language::En => self.time(time),
            _ => format!("{} ({})", self.time(time), time.strftime("%H:%M")),
        }
    }

    /// `tomorrow, Thursday 5 March at 2 pm`.
    pub(super) fn appointment(&self, at: Timestamp) -> String {
        let (day, time) = (self.whole_day(at.in_zone(self.zone).date()), self.clear_time(at));
        match self.language {
            Language::En => format!("{day} {} {time}", self.word("at")),
            _ => format!("{day}, {time}"),
        }
    }

    /// What fits a button: `Thursday 2 pm`, `Alhamisi 14:00`.
    fn short_moment(&self, at: Timestamp) -> String {
        let local = at.in_zone(self.zone);
        let weekday = u8::try_from(local.date().weekday().to_monday_zero_offset()).unwrap_or_default();
        match self.language {
            Language::En => format!("{} {}", self.weekday(weekday), self.time(local.time())),
            _ => format!("{} {}", self.weekday(weekday), local.strftime("%H:%M")),
        }
    }
}

/// What, when, how long, for how much, where.
fn facts(s: &Speaker<'_>, booking: &BookingFacts) -> Vec<String> {
    let voice = s.voice;
    let mut lines = vec![
        format!("{} – {} ({})", clean(&booking.title, NAME), booking.price, about::minutes(&voice, booking.minutes)),
        capitalised(&voice.appointment(booking.start)),
    ];
    lines.extend(booking.place.as_ref().map(|place| format!("{}: {}", voice.word("place"), clean(place, LINE))));
    lines
}

fn headed(s: &mut Speaker<'_>, heading: &str, booking: &BookingFacts) {
    let heading = s.text(heading, &[]);
    let lines = facts(s, booking);
    s.listing(heading, lines);
}

/// Services with numbers to choose by; the lines that say them.
pub(super) fn service_options(s: &mut Speaker<'_>, services: &[Service]) -> Vec<String> {
    let line = |service: &Service| {
        let about = format!("{} · {}", service.price, about::minutes(&s.voice, service.duration_min));
        let n = s.option(&service.title(), Some(about), None);
        format!("{n}. {}", about::service_line(s, service))
    };
    services.iter().map(line).collect()
}

pub(super) fn ask_service(s: &mut Speaker<'_>, services: &[Service]) {
    let heading = s.text("ask_service", &[]);
    let lines = service_options(s, services);
    s.listing(heading, lines);
}

pub(super) fn ask_when(s: &mut Speaker<'_>, title: Option<&str>) {
    match title {
        Some(title) => s.put("ask_when_named", &[("title", &clean(title, NAME))]),
        // Which of them is asked too.
        None => s.put("services_ask", &[]),
    }
}

pub(super) fn offer(s: &mut Speaker<'_>, title: &str, price: Money, times: &[Timestamp], why: &Offer) {
    let (title, price) = (clean(title, NAME), price.to_string());
    let named = [("title", title.as_str()), ("price", price.as_str())];
    if let Some(no) = refusal(s, &title, why) {
        s.paragraph(no);
    }
    if times.is_empty() {
        return s.put("times_none", &[("title", &title)]);
    }
    let (heading, one_day) = match why {
        Offer::Day(date) => {
            let day = s.voice.whole_day(*date);
            (s.text("times_day", &[named[0], named[1], ("day", &day)]), true)
        }
        Offer::Soonest => (s.text("times_soonest", &named), false),
        _ => (s.text("times_instead", &named), false),
    };
    let lines = times.iter().map(|at| {
        let n = s.option(&s.voice.short_moment(*at), None, None);
        let when = if one_day { s.voice.clear_time(*at) } else { capitalised(&s.voice.appointment(*at)) };
        format!("{n}. {when}")
    });
    let lines = lines.collect();
    s.listing(heading, lines);
    s.put("times_ask", &[]);
}

/// Why it is not the time that was asked for.
fn refusal(s: &mut Speaker<'_>, title: &str, why: &Offer) -> Option<String> {
    let voice = s.voice;
    let (refusal, day, start) = match why {
        Offer::Day(_) | Offer::Soonest => return None,
        Offer::NoneOn(date, None) => return Some(s.text("none_that_day", &[("day", &voice.whole_day(*date))])),
        Offer::NoneOn(date, Some(refusal)) => (refusal, Some(*date), None),
        Offer::Refused(refusal, start) => (refusal, start.map(|start| start.in_zone(voice.zone).date()), *start),
    };
    let day = day.map(|date| voice.whole_day(date)).unwrap_or_default();
    let when = start.map(|start| voice.appointment(start)).unwrap_or_default();
    Some(match refusal {
        Refusal::Past => s.text("refused_past", &[]),
        Refusal::TooFar(days) => s.text("refused_far", &[("days", &days.to_string())]),
        Refusal::NotThatDay => s.text("refused_day", &[("title", title), ("day", &day)]),
        Refusal::Holiday(name) if name.is_empty() => s.text("refused_closed", &[("day", &day)]),
        Refusal::Holiday(name) => s.text("refused_holiday", &[("day", &day), ("holiday", &clean(name, NAME))]),
        Refusal::OutsideHours { open, close } => {
            let (open, close) = (voice.time(*open), voice.time(*close));
            s.text("refused_hours", &[("title", title), ("open", &open), ("close", &close)])
        }
        Refusal::Break => s.text("refused_break", &[]),
        Refusal::Taken => s.text("refused_taken", &[("when", &when)]),
    })
}

/// What is asked beforehand and when it is kept.
fn terms(s: &mut Speaker<'_>, deposit: Money, cancel_hours: u32) -> String {
    let amount = deposit.to_string();
    match cancel_hours {
        0 => s.text("deposit_terms_no_show", &[("amount", &amount)]),
        hours => s.text("deposit_terms", &[("amount", &amount), ("hours", &hours.to_string())]),
    }
}

pub(super) fn ask(
    s: &mut Speaker<'_>,
    booking: &BookingFacts,
    (deposit, cancel_hours): (Option<Money>, u32),
    moved: bool,
    again: bool,
) {
    if again {
        let (title, price) = (clean(&booking.title, NAME), booking.price.to_string());
        let when = s.voice.appointment(booking.start);
        return s.put("booking_ask_again", &[("title", &title), ("price", &price), ("when", &when)]);
    }
    headed(s, if moved { "booking_move_heading" } else { "booking_heading" }, booking);
    if let Some(deposit) = deposit {
        let terms = terms(s, deposit, cancel_hours);
        s.paragraph(terms);
    }
    s.put(if moved { "booking_move_ask" } else { "booking_ask" }, &[]);
}

pub(super) fn booked(s: &mut Speaker<'_>, booking: &BookingFacts, paid: Option<&Deposited>) {
    headed(s, "booked", booking);
    if let Some(paid) = paid {
        let mut lines = vec![s.text("deposit_paid", &[("amount", &paid.amount.to_string())])];
        let receipt = paid.receipt.as_deref();
        lines.extend(receipt.map(|code| format!("{}: {}", s.voice.word("receipt"), clean(code, NAME))));
        s.lines(lines);
    }
    s.next("booked_next", &[]);
}

pub(super) fn deposit_asked(s: &mut Speaker<'_>, booking: &BookingFacts, deposit: Money, cancel_hours: u32) {
    headed(s, "booking_held", booking);
    let terms = terms(s, deposit, cancel_hours);
    s.paragraph(terms);
}

pub(super) fn lapsed(s: &mut Speaker<'_>, title: &str, start: Timestamp) {
    let when = s.voice.appointment(start);
    s.put("booking_lapsed", &[("title", &clean(title, NAME)), ("when", &when)]);
}

pub(super) fn bookings(s: &mut Speaker<'_>, bookings: &[BookingFacts]) {
    match bookings {
        [one] => headed(s, "your_booking", one),
        several => {
            let heading = s.text("your_bookings", &[]);
            let lines = several.iter().map(|booking| format!("• {}", line(s, booking))).collect();
            s.listing(heading, lines);
        }
    }
    s.next("booked_next", &[]);
}

fn line(s: &Speaker<'_>, booking: &BookingFacts) -> String {
    format!("{}: {} ({})", clean(&booking.title, NAME), s.voice.appointment(booking.start), booking.price)
}

pub(super) fn ask_which(s: &mut Speaker<'_>, bookings: &[BookingFacts], cancel: bool) {
    let heading = s.text(if cancel { "ask_which_cancel" } else { "ask_which_move" }, &[]);
    let lines = bookings.iter().map(|booking| {
        let n = s.option(&booking.title, Some(s.voice.appointment(booking.start)), None);
        format!("{n}. {}", line(s, booking))
    });
    let lines = lines.collect();
    s.listing(heading, lines);
}

pub(super) fn moved(s: &mut Speaker<'_>, booking: &BookingFacts) {
    headed(s, "booking_moved", booking);
}

pub(super) fn ask_cancel(s: &mut Speaker<'_>, title: &str, start: Timestamp, deposit: Money, hours: u32) {
    let (title, when, amount) = (clean(title, NAME), s.voice.appointment(start), deposit.to_string());
    let facts = [("title", &*title), ("when", &*when), ("amount", &*amount), ("hours", &*hours.to_string())];
    s.put("ask_cancel_booking", &facts);
}

pub(super) fn cancelled(s: &mut Speaker<'_>, title: &str, start: Timestamp, deposit: Option<Money>, kept: bool) {
    let when = s.voice.appointment(start);
    s.put("booking_cancelled", &[("title", &clean(title, NAME)), ("when", &when)]);
    if let Some(deposit) = deposit {
        s.put(if kept { "deposit_kept" } else { "deposit_back" }, &[("amount", &deposit.to_string())]);
    }
    s.next("cancelled_next", &[]);
}

pub(super) fn reminder(s: &mut Speaker<'_>, booking: &BookingFacts) {
    headed(s, "booking_reminder", booking);
    s.put("booking_reminder_ask", &[]);
}
