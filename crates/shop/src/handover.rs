//! Handing a conversation to a person and back: which moves exist, and what time makes due.

use std::{fmt, str::FromStr};

use duka_kernel::{PhoneNumber, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{ShopProfile, hours};

/// What customers write meanwhile reaches the owner at most this often, several messages together.
pub const FORWARD_MINUTES: i64 = 5;
/// Reminders come after once, twice, four times … the time; from this one on once a day.
const DOUBLINGS: u32 = 6;
const DAY_MINUTES: i64 = 24 * 60;

/// Where a hand-over stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOverState {
    /// No person has taken it up.
    Waiting,
    /// It is somebody's to answer.
    Assigned,
    /// A person has written.
    Answering,
    /// The assistant answers again.
    Released,
}

impl HandOverState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Assigned, Self::Answering, Self::Released];

    /// The states a hand-over may move to from this one.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Waiting => &[Self::Assigned, Self::Answering, Self::Released],
            // Another person, or nobody in particular any more.
            Self::Assigned => &[Self::Assigned, Self::Waiting, Self::Answering, Self::Released],
            Self::Answering => &[Self::Answering, Self::Assigned, Self::Released],
            Self::Released => &[],
        }
    }

    /// Whether a hand-over may move from this state to another.
    #[must_use]
    pub fn can_become(self, to: Self) -> bool {
        self.next().contains(&to)
    }

    /// The name in the database and the protocols, such as `waiting`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Assigned => "assigned",
            Self::Answering => "answering",
            Self::Released => "released",
        }
    }
}

impl fmt::Display for HandOverState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for HandOverState {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.name() == s).ok_or_else(|| format!("{s:?} is no hand-over state"))
    }
}

/// By which times a shop's people answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOverRules {
    /// Nobody has answered for so many minutes: the owner is reminded and the customer is told.
    pub remind_minutes: u32,
    /// The assistant is quiet for so many minutes after the last message of a person.
    pub quiet_minutes: u32,
    /// Nobody has answered for so many minutes: the assistant takes the conversation back; never if not set.
    pub return_minutes: Option<u32>,
    /// Who is told as well from the second reminder on.
    pub backup_phone: Option<PhoneNumber>,
}

impl Default for HandOverRules {
    fn default() -> Self {
        Self { remind_minutes: 15, quiet_minutes: 60, return_minutes: None, backup_phone: None }
    }
}

/// How far a hand-over has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// The first message of the customer that no person has answered. Only a person's message takes it away: nothing
    /// that the assistant says does.
    pub unanswered_since: Option<Timestamp>,
    /// When a person wrote last.
    pub last_staff_at: Option<Timestamp>,
    /// How often people were reminded of what waits now.
    pub reminders: u32,
    /// When they were reminded last.
    pub last_reminder_at: Option<Timestamp>,
    /// When the owner was last told what the customer wrote.
    pub told_at: Timestamp,
    /// Whether the customer has written since.
    pub untold: bool,
}

/// What a hand-over needs now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Due {
    /// Nothing; it is to be looked at again then.
    Later(Timestamp),
    /// The owner is told what the customer has written meanwhile.
    Forward,
    /// People are reminded; the first time the customer is told as well.
    Remind,
    /// The assistant answers again.
    Return,
}

/// What a hand-over needs at a moment.
#[must_use]
pub fn due(progress: &Progress, shop: &ShopProfile, now: Timestamp) -> Due {
    let rules = &shop.handover;
    let after = |from: Timestamp, minutes: u32| from.plus_minutes(i64::from(minutes));
    // Nobody can take it up while the shop is closed, so only the time it is open counts.
    let given_up =
        progress.unanswered_since.zip(rules.return_minutes).map(|(since, minutes)| open_for(shop, since, minutes));
    let fell_quiet = progress.last_staff_at.map(|at| after(at, rules.quiet_minutes));
    let back = given_up.into_iter().chain(fell_quiet).min();
    if back.is_some_and(|back| back <= now) {
        return Due::Return;
    }
    let forward = progress.untold.then(|| progress.told_at.plus_minutes(FORWARD_MINUTES));
    if forward.is_some_and(|at| at <= now) {
        return Due::Forward;
    }
    let remind = next_reminder(progress, shop);
    if remind.is_some_and(|at| at <= now) {
        return Due::Remind;
    }
    let next = back.into_iter().chain(forward).chain(remind).min();
    Due::Later(next.unwrap_or_else(|| now.plus_minutes(DAY_MINUTES)))
}

/// When people are reminded next. Never while the shop is closed: the first reminder of the night is for the opening.
fn next_reminder(progress: &Progress, shop: &ShopProfile) -> Option<Timestamp> {
    let since = progress.unanswered_since?;
    let minutes = i64::from(shop.handover.remind_minutes);
    let at = match (progress.last_reminder_at, progress.reminders) {
        (None, _) | (_, 0) => since.plus_minutes(minutes),
        (Some(last), n @ 1..=DOUBLINGS) => last.plus_minutes(minutes << (n - 1)),
        (Some(last), _) => last.plus_minutes(DAY_MINUTES.max(minutes)),
    };
    Some(when_open(shop, at))
}

/// The moment by which the shop has been open for so many minutes since another. A shop that does not say when it is open,
/// or does not open any more, counts as open.
fn open_for(shop: &ShopProfile, since: Timestamp, minutes: u32) -> Timestamp {
    /// So many openings and closings are looked at.
    const MOST: usize = 200;
    let (mut at, mut left) = (since, i64::from(minutes) * 60_000);
    let millis = |moment: &jiff::Zoned| Timestamp(moment.timestamp().as_millisecond());
    for _ in 0..MOST {
        match hours::status(shop, at) {
            hours::Status::Open { closes } if millis(&closes).millis_since(at) < left && millis(&closes) > at => {
                left -= millis(&closes).millis_since(at);
                at = millis(&closes);
            }
            hours::Status::Closed { opens: Some(opens), .. } if millis(&opens) > at => at = millis(&opens),
            _ => break,
        }
    }
    Timestamp(at.0 + left)
}

/// The moment itself, or the next opening if the shop is closed then.
fn when_open(shop: &ShopProfile, at: Timestamp) -> Timestamp {
    match hours::status(shop, at) {
        hours::Status::Closed { opens: Some(opens), .. } => Timestamp(opens.timestamp().as_millisecond()),
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use duka_kernel::Currency;
    use jiff::civil::time;
    use proptest::prelude::*;

    use super::*;
    use crate::{file::new_profile, profile::OpenHours};

    /// Wednesday 4 March 2026, 10:00 in Nairobi.
    const NOW: Timestamp = Timestamp(1_772_607_600_000);

    fn shop() -> ShopProfile {
        let mut profile = new_profile("malkia", "Malkia", Currency::Kes);
        profile.hours = [Some(OpenHours { open: time(9, 0, 0, 0), close: time(18, 0, 0, 0) }); 7];
        profile
    }

    const fn waiting() -> Progress {
        Progress {
            unanswered_since: Some(NOW),
            last_staff_at: None,
            reminders: 0,
            last_reminder_at: None,
            told_at: NOW,
            untold: false,
        }
    }

    #[test]
    fn people_are_reminded_after_the_time_and_then_ever_less_often() {
        let shop = shop();
        assert_eq!(due(&waiting(), &shop, NOW), Due::Later(NOW.plus_minutes(15)));
        assert_eq!(due(&waiting(), &shop, NOW.plus_minutes(15)), Due::Remind);
        let reminded = Progress { reminders: 1, last_reminder_at: Some(NOW.plus_minutes(15)), ..waiting() };
        assert_eq!(due(&reminded, &shop, NOW.plus_minutes(16)), Due::Later(NOW.plus_minutes(30)));
        let again = Progress { reminders: 2, last_reminder_at: Some(NOW.plus_minutes(30)), ..waiting() };
        assert_eq!(due(&again, &shop, NOW.plus_minutes(31)), Due::Later(NOW.plus_minutes(60)));
    }

    #[test]
    fn nobody_is_reminded_at_night() {
        let shop = shop();
        let evening = NOW.plus_minutes(11 * 60);
        let asked = Progress { unanswered_since: Some(evening), told_at: evening, ..waiting() };
        let opening = NOW.plus_minutes(23 * 60);
        assert_eq!(due(&asked, &shop, evening.plus_minutes(60)), Due::Later(opening));
        assert_eq!(due(&asked, &shop, opening), Due::Remind);
        let reminded = Progress { reminders: 1, last_reminder_at: Some(opening), ..asked };
        assert_eq!(due(&reminded, &shop, opening), Due::Later(opening.plus_minutes(15)));
    }

    #[test]
    fn after_a_person_wrote_the_assistant_is_quiet_for_the_set_time() {
        let shop = shop();
        let answered = Progress { unanswered_since: None, last_staff_at: Some(NOW), ..waiting() };
        assert_eq!(due(&answered, &shop, NOW.plus_minutes(59)), Due::Later(NOW.plus_minutes(60)));
        assert_eq!(due(&answered, &shop, NOW.plus_minutes(60)), Due::Return);
    }

    #[test]
    fn what_nobody_takes_up_goes_back_only_where_the_shop_says_so() {
        let mut shop = shop();
        assert_ne!(due(&waiting(), &shop, NOW.plus_minutes(40_000)), Due::Return);
        shop.handover.return_minutes = Some(120);
        assert_eq!(due(&waiting(), &shop, NOW.plus_minutes(120)), Due::Return);
    }

    #[test]
    fn the_time_to_take_it_up_runs_while_the_shop_is_open() {
        let mut shop = shop();
        shop.handover.return_minutes = Some(120);
        // At nine in the evening; the shop opens at nine.
        let evening = NOW.plus_minutes(11 * 60);
        let asked = Progress { unanswered_since: Some(evening), told_at: evening, ..waiting() };
        for hours in [2, 5, 11] {
            assert_ne!(due(&asked, &shop, evening.plus_minutes(hours * 60)), Due::Return, "{hours} h later");
        }
        assert_eq!(due(&asked, &shop, NOW.plus_minutes(25 * 60)), Due::Return, "two hours after it opened");
        // An hour before it closes: the other hour is the next morning's.
        let late = NOW.plus_minutes(7 * 60);
        let asked = Progress { unanswered_since: Some(late), told_at: late, ..waiting() };
        assert_ne!(due(&asked, &shop, NOW.plus_minutes(23 * 60 + 59)), Due::Return);
        assert_eq!(due(&asked, &shop, NOW.plus_minutes(24 * 60)), Due::Return);
    }

    #[test]
    fn what_is_released_stays_released() {
        assert!(HandOverState::Released.next().is_empty());
        for state in HandOverState::ALL {
            assert_eq!(state.name().parse(), Ok(state));
            assert_eq!(state.can_become(HandOverState::Released), state != HandOverState::Released);
        }
    }

    proptest! {
        #[test]
        fn a_later_look_is_always_in_the_future(
            since in proptest::option::of(0i64..100_000), staff in proptest::option::of(0i64..100_000),
            reminders in 0u32..40, told in 0i64..100_000, untold: bool, ahead in 0i64..200_000,
            back in proptest::option::of(1u32..10_000),
        ) {
            let mut shop = shop();
            shop.handover.return_minutes = back;
            let at = |minutes: i64| NOW.plus_minutes(minutes);
            let progress = Progress {
                unanswered_since: since.map(at), last_staff_at: staff.map(at), reminders,
                last_reminder_at: (reminders > 0).then(|| at(told)), told_at: at(told), untold,
            };
            if let Due::Later(next) = due(&progress, &shop, at(ahead)) {
                prop_assert!(next > at(ahead));
            }
        }
    }
}
