//! Which tiers rest after having failed.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use duka_kernel::Timestamp;

use crate::{FailureKind, failure::Failure, policy};

/// For how long others keep away while one question finds out whether a tier that has rested answers again.
const PROBE: Duration = Duration::from_secs(10);

/// Tiers that have failed and not answered since, by what they are reached by. What is well is not here.
#[derive(Default)]
pub(crate) struct Health(Mutex<HashMap<u64, Ailing>>);

#[derive(Clone, Copy)]
struct Ailing {
    kind: FailureKind,
    in_a_row: u32,
    rests_until: Option<Timestamp>,
}

impl Health {
    /// Whether a tier may be asked now. Of those who come after its rest, the first goes alone.
    pub fn may_ask(&self, tier: u64, now: Timestamp) -> bool {
        let mut ailing = self.lock();
        let Some(ailing) = ailing.get_mut(&tier) else { return true };
        match ailing.rests_until {
            None => true,
            Some(until) if now < until => false,
            Some(_) => {
                ailing.rests_until = Some(later(now, PROBE));
                true
            }
        }
    }

    /// A tier answered.
    pub fn answered(&self, tier: u64) {
        self.lock().remove(&tier);
    }

    /// A tier failed; gives until when it rests.
    pub fn failed(&self, tier: u64, failure: &Failure, now: Timestamp) -> Option<Timestamp> {
        let mut all = self.lock();
        let before = all.get(&tier).copied();
        let in_a_row = before.map_or(0, |ailing| ailing.in_a_row).saturating_add(1);
        let rests_until = policy::rest(failure, in_a_row).map(|rest| later(now, rest));
        all.insert(tier, Ailing { kind: failure.kind, in_a_row, rests_until });
        rests_until
    }

    /// What a tier failed with last, and until when it rests.
    pub fn of(&self, tier: u64, now: Timestamp) -> Option<(FailureKind, Option<Timestamp>)> {
        self.lock().get(&tier).map(|ailing| (ailing.kind, ailing.rests_until.filter(|until| now < *until)))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Ailing>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn later(now: Timestamp, by: Duration) -> Timestamp {
    now.plus_millis(i64::try_from(by.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_that_failed_rests_is_probed_by_one_and_is_well_once_it_answers() {
        let (health, start) = (Health::default(), Timestamp(0));
        let down = Failure::new(FailureKind::Overloaded, "");
        assert!(health.may_ask(1, start));
        assert_eq!(health.failed(1, &down, start), Some(Timestamp(10_000)));
        assert!(!health.may_ask(1, Timestamp(9_999)));
        assert!(health.may_ask(2, Timestamp(9_999)), "another tier is not concerned");
        assert!(health.may_ask(1, Timestamp(10_000)));
        assert!(!health.may_ask(1, Timestamp(10_000)), "one at a time finds out");
        assert_eq!(health.failed(1, &down, Timestamp(10_500)), Some(Timestamp(30_500)));
        assert_eq!(health.of(1, Timestamp(10_500)), Some((FailureKind::Overloaded, Some(Timestamp(30_500)))));
        health.answered(1);
        assert!(health.may_ask(1, Timestamp(10_500)));
        assert_eq!(health.of(1, Timestamp(10_500)), None);
    }

    #[test]
    fn a_probe_that_never_comes_back_does_not_keep_others_away_for_good() {
        let health = Health::default();
        health.failed(1, &Failure::new(FailureKind::Slow, ""), Timestamp(0));
        assert!(health.may_ask(1, Timestamp(15_000)));
        assert!(!health.may_ask(1, Timestamp(24_999)));
        assert!(health.may_ask(1, Timestamp(25_000)));
    }
}
