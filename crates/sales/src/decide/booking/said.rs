//! What a message says about a time, and which of what was listed it picks.

use duka_perception::{Awaiting, Context, TimeOfDay, Wish, when};
use duka_shop::booking::DayPart;
use jiff::civil::{Date, Time};

use crate::{desk::Desk, words::words};

/// What a message says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub date: Option<Date>,
    pub time: Option<Time>,
    pub part: Option<DayPart>,
    /// A number by itself, or a position; -1 is the last.
    pub number: Option<i32>,
}

impl Said {
    pub fn read(desk: &Desk<'_>, wish: &Wish) -> Self {
        let context = Context {
            awaiting: Awaiting::AppointmentTime,
            now: Some(desk.recall.now),
            timezone: Some(desk.recall.shop.timezone.clone()),
            ..Context::default()
        };
        let found = when(&without_the_old(&wish.text), &context);
        let mut said = Self { date: found.date, number: number(wish), ..Self::default() };
        match found.time {
            Some(TimeOfDay::At(time)) => said.time = Some(time),
            Some(TimeOfDay::Morning) => said.part = Some(DayPart::Morning),
            Some(TimeOfDay::Afternoon) => said.part = Some(DayPart::Afternoon),
            Some(TimeOfDay::Evening) => said.part = Some(DayPart::Evening),
            Some(TimeOfDay::Night) => said.part = Some(DayPart::Night),
            None => {}
        }
        if said.says_when() {
            said.number = None;
        }
        said
    }

    /// Whether it says anything about a time.
    pub const fn says_when(&self) -> bool {
        self.date.is_some() || self.time.is_some() || self.part.is_some()
    }

    /// The one of so many that it picks.
    pub fn pick(&self, count: usize) -> Option<usize> {
        match self.number? {
            -1 => count.checked_sub(1),
            n => usize::try_from(n).ok()?.checked_sub(1).filter(|n| *n < count),
        }
    }

    /// A number that picks nothing may be the hour: "10".
    pub fn as_hour(&self, desk: &Desk<'_>) -> Option<Time> {
        let hour = self.number.filter(|n| (1..=12).contains(n))?;
        let context = Context { now: Some(desk.recall.now), ..Context::default() };
        match when(&format!("at {hour}"), &context).time {
            Some(TimeOfDay::At(time)) => Some(time),
            _ => None,
        }
    }
}

/// "Friday badala ya Thursday", "Friday instead of Thursday": what it was is left out.
fn without_the_old(text: &str) -> String {
    let lower = text.to_lowercase();
    let cut = ["badala ya", "instead of"].iter().filter_map(|old| Some((lower.find(old)?, old.len()))).min();
    let Some((at, len)) = cut else { return text.to_owned() };
    let (before, after) = (text.get(..at).unwrap_or(text), text.get(at + len..).unwrap_or(""));
    let rest: Vec<&str> = after.split_whitespace().skip(1).collect();
    format!("{before} {}", rest.join(" "))
}

/// "2", "number 2", "ya pili", "the last one".
fn number(wish: &Wish) -> Option<i32> {
    if let Some(position) = wish.slots.ordinal.first() {
        return Some(*position);
    }
    let words = words(&wish.text);
    let numbers: Vec<i32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    match numbers[..] {
        [only] if words.len() <= 4 => Some(only),
        _ => None,
    }
}
