//! How long a tier may take, when it is asked once more, and how long one that failed rests. Pure, so that it can be read and
//! tested in one place.

use std::time::Duration;

use crate::{FailureKind, failure::Failure};

/// The least time in which a model may be expected to answer.
pub(crate) const FAIR: Duration = Duration::from_millis(1_500);

/// The least time for which asking again is worth it.
const WORTH_ASKING: Duration = Duration::from_millis(500);

/// How often a tier is asked again in one go.
const RETRIES: u32 = 2;

/// After so many answers in a row that could not be used, it is the tier and not the question.
const CONTENT_IN_A_ROW: u32 = 3;

/// How long a tier may take of what is left, with so many tiers after it: half, so that one that hangs cannot take the time of all
/// others, but enough to answer in. The last has it all.
pub(crate) fn share(left: Duration, others: usize) -> Duration {
    if others == 0 { left } else { (left / 2).max(FAIR).min(left) }
}

/// A pause before a tier is asked again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Pause {
    /// What the provider asked for.
    pub at_least: Duration,
    /// On top, by chance between nothing and this, so that those who failed together do not come back together.
    pub up_to: Duration,
}

/// Whether and when to ask the same tier again, after so many retries, with so much of its share left.
pub(crate) fn again(failure: &Failure, retries: u32, left: Duration) -> Option<Pause> {
    let is_transient =
        matches!(failure.kind, FailureKind::Overloaded | FailureKind::Unreachable | FailureKind::RateLimited);
    if !is_transient || retries >= RETRIES {
        return None;
    }
    let at_least = failure.wait.unwrap_or_default();
    let up_to = Duration::from_millis(250) * 2_u32.pow(retries);
    (at_least + up_to + WORTH_ASKING <= left).then_some(Pause { at_least, up_to })
}

/// How long a tier rests that has failed so often in a row, this time in this way; not at all if it may well answer the next
/// question.
pub(crate) fn rest(failure: &Failure, in_a_row: u32) -> Option<Duration> {
    let minutes = |n: u64| Duration::from_secs(60 * n);
    let growing = |from: u64, most: Duration| {
        (Duration::from_secs(from) * 2_u32.saturating_pow(in_a_row.saturating_sub(1).min(16))).min(most)
    };
    if failure.about_request && in_a_row < CONTENT_IN_A_ROW {
        return None;
    }
    let by_kind = match failure.kind {
        FailureKind::RateLimited => growing(10, minutes(5)),
        FailureKind::OutOfQuota => minutes(60),
        FailureKind::Overloaded | FailureKind::Unreachable => growing(10, minutes(2)),
        FailureKind::Slow => growing(15, minutes(5)),
        FailureKind::Misconfigured if failure.about_request => minutes(1),
        FailureKind::Misconfigured => minutes(10),
        FailureKind::Malformed | FailureKind::Refused => minutes(1),
    };
    Some(failure.wait.unwrap_or(by_kind))
}

/// A time by chance between nothing and this.
pub(crate) fn by_chance(up_to: Duration) -> Duration {
    let mut bytes = [0; 4];
    // Without randomness everyone waits equally long, which is only less polite.
    let part = if getrandom::fill(&mut bytes).is_ok() {
        f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
    } else {
        1.0
    };
    up_to.mul_f64(part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn millis(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    fn failed(kind: FailureKind) -> Failure {
        Failure::new(kind, "")
    }

    #[test]
    fn a_tier_has_half_of_what_is_left_and_the_last_has_it_all() {
        assert_eq!(share(millis(8_000), 6), millis(4_000));
        assert_eq!(share(millis(4_000), 5), millis(2_000));
        assert_eq!(share(millis(2_000), 4), millis(1_500));
        assert_eq!(share(millis(500), 3), millis(500));
        assert_eq!(share(millis(8_000), 0), millis(8_000));
    }

    #[test]
    fn what_is_transient_is_tried_twice_more_after_growing_pauses() {
        let pause = |retries| again(&failed(FailureKind::Overloaded), retries, millis(4_000));
        assert_eq!(pause(0), Some(Pause { at_least: Duration::ZERO, up_to: millis(250) }));
        assert_eq!(pause(1), Some(Pause { at_least: Duration::ZERO, up_to: millis(500) }));
        assert_eq!(pause(2), None);
    }

    #[test]
    fn no_one_waits_longer_than_there_is_time() {
        let limited = Failure { wait: Some(millis(2_000)), ..failed(FailureKind::RateLimited) };
        assert_eq!(again(&limited, 0, millis(2_749)), None);
        assert_eq!(again(&limited, 0, millis(2_750)).unwrap().at_least, millis(2_000));
    }

    #[test]
    fn what_will_not_change_is_not_asked_again() {
        use FailureKind::{Malformed, Misconfigured, OutOfQuota, Refused, Slow};
        for kind in [Malformed, Misconfigured, OutOfQuota, Refused, Slow] {
            assert_eq!(again(&failed(kind), 0, millis(60_000)), None, "{kind}");
        }
    }

    #[test]
    fn a_tier_rests_as_long_as_its_failure_lasts() {
        let seconds = |kind, in_a_row| rest(&failed(kind), in_a_row).unwrap().as_secs();
        assert_eq!([1, 2, 3, 4, 9].map(|n| seconds(FailureKind::Overloaded, n)), [10, 20, 40, 80, 120]);
        assert_eq!([1, 2, 6, 99].map(|n| seconds(FailureKind::RateLimited, n)), [10, 20, 300, 300]);
        assert_eq!(seconds(FailureKind::OutOfQuota, 1), 3_600);
        assert_eq!(seconds(FailureKind::Misconfigured, 1), 600);
        assert_eq!(seconds(FailureKind::Slow, 1), 15);
        let told = Failure { wait: Some(millis(47_000)), ..failed(FailureKind::RateLimited) };
        assert_eq!(rest(&told, 3), Some(millis(47_000)));
    }

    #[test]
    fn one_question_that_is_refused_does_not_stop_others() {
        let refused = Failure::of_answer(FailureKind::Refused, None, "");
        assert_eq!(rest(&refused, 2), None);
        assert_eq!(rest(&refused, 3), Some(millis(60_000)));
    }

    proptest! {
        #[test]
        fn tiers_never_take_more_than_the_budget(budget in 0_u64..60_000, tiers in 1_usize..10) {
            let mut left = millis(budget);
            for others in (0..tiers).rev() {
                let share = share(left, others);
                prop_assert!(share <= left);
                left -= share;
            }
            prop_assert_eq!(left, Duration::ZERO);
        }

        #[test]
        fn chance_keeps_within_its_bounds(up_to in 0_u64..100_000) {
            prop_assert!(by_chance(millis(up_to)) <= millis(up_to));
        }
    }
}
