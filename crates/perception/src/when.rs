//! The day and the time of a text, whatever else it says.

use jiff::civil::{Date, Time};

use crate::{context::Context, datetime, normalise::Message};

/// A day and a time, as far as they are named.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct When {
    /// The day.
    pub date: Option<Date>,
    /// The time, exact or as a part of the day.
    pub time: Option<TimeOfDay>,
}

/// A time of day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeOfDay {
    /// To the minute.
    At(Time),
    /// "Asubuhi".
    Morning,
    /// "Mchana".
    Afternoon,
    /// "Jioni".
    Evening,
    /// "Usiku".
    Night,
}

/// Reads the day and the time that an answer about an appointment names; the last of several.
#[must_use]
pub fn when(text: &str, context: &Context) -> When {
    let message = Message::read(text);
    let mut taken = vec![false; message.tokens.len()];
    let date = datetime::date(&message, context, &mut taken).and_then(|date| date.parse().ok());
    let time = datetime::time(&message, true, &mut taken).and_then(|time| match time.as_str() {
        "morning" => Some(TimeOfDay::Morning),
        "afternoon" => Some(TimeOfDay::Afternoon),
        "evening" => Some(TimeOfDay::Evening),
        "night" => Some(TimeOfDay::Night),
        exact => exact.parse().ok().map(TimeOfDay::At),
    });
    // "Leo jioni" is read as a day.
    let has = |words: &[&str]| message.tokens.iter().any(|token| words.contains(&token.text.as_str()));
    let part = || {
        if has(&["jioni", "evening"]) {
            Some(TimeOfDay::Evening)
        } else {
            has(&["usiku", "tonight"]).then_some(TimeOfDay::Night)
        }
    };
    When { date, time: time.or_else(part) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn a_day_and_a_time_are_found_in_any_answer() {
        let read = |text| when(text, &Context::default());
        let at = |hour, minute| Some(TimeOfDay::At(time(hour, minute, 0, 0)));
        assert_eq!(read("hapana, weka saa tisa"), When { date: None, time: at(15, 0) });
        assert_eq!(read("Kesho saa nane, braids"), When { date: Some(date(2026, 3, 5)), time: at(14, 0) });
        assert_eq!(read("no, 10:30 on Friday"), When { date: Some(date(2026, 3, 6)), time: at(10, 30) });
        let today = Some(date(2026, 3, 4));
        assert_eq!(read("leo jioni"), When { date: today, time: Some(TimeOfDay::Evening) });
        assert_eq!(read("jioni"), When { date: None, time: Some(TimeOfDay::Evening) });
        assert_eq!(read("the red dress"), When::default());
    }
}
