//! One question, tier after tier, within its time.

use std::time::Duration;

use duka_kernel::Clock;
use futures::future::BoxFuture;
use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use crate::{
    Asked, Call, Exhausted, FailureKind, Purpose, Usage,
    cost::{Sense, cost},
    failure::Failure,
    health::Health,
    policy,
    tier::Tier,
    wire::Answered,
};

/// So many models that refuse a question, or answer it with nothing usable, are enough.
const UNWILLING: usize = 2;

/// What is asked, as far as the chain has to know.
pub(crate) struct Question<'q, T> {
    pub purpose: Purpose,
    pub sense: Sense,
    pub budget: Duration,
    /// What the question costs to read at a tier, if the provider does not say.
    pub estimate: &'q (dyn Fn(&Tier) -> Usage + Send + Sync),
    /// How many tokens an answer is, if the provider does not say.
    pub written: fn(&T) -> u64,
}

/// What a round stands on.
pub(crate) struct Round<'r> {
    pub clock: &'r Clock,
    pub health: &'r Health,
    /// How long one waits of a time left to chance.
    pub chance: fn(Duration) -> Duration,
}

impl Round<'_> {
    /// Asks the tiers in order until one answers.
    pub async fn ask<'t, T>(
        &self,
        tiers: &'t [Tier],
        question: &Question<'_, T>,
        attempt: impl Fn(&'t Tier) -> BoxFuture<'t, Result<Answered<T>, Failure>>,
    ) -> Asked<T> {
        let end = Instant::now() + question.budget;
        let mut calls = Vec::new();
        let (mut unwilling, mut all_are_down, mut late) = (0, true, false);
        for (at, tier) in tiers.iter().enumerate() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                late = true;
                break;
            }
            if !self.health.may_ask(tier.id, self.clock.now()) {
                continue;
            }
            let share = policy::share(left, self.awake(&tiers[at + 1..]));
            match self.ask_tier(tier, question, share, &attempt, &mut calls).await {
                Ok(answer) => return Asked { result: Ok(answer), calls },
                Err(failure) => {
                    unwilling += usize::from(matches!(failure.kind, FailureKind::Refused | FailureKind::Malformed));
                    all_are_down &= !failure.about_request;
                    late |= had_no_chance(&failure, share);
                    if unwilling == UNWILLING {
                        break;
                    }
                }
            }
        }
        let why = match (all_are_down, late) {
            _ if tiers.is_empty() => Exhausted::NoTier,
            (true, false) => Exhausted::AllDown,
            (true, true) => Exhausted::Late,
            (false, _) => Exhausted::NoAnswer,
        };
        let purpose = question.purpose.name();
        if !tiers.is_empty() {
            tracing::warn!(purpose, tiers = tiers.len(), attempts = calls.len(), "no model answered: {why}");
        }
        Asked { result: Err(why), calls }
    }

    fn awake(&self, tiers: &[Tier]) -> usize {
        let now = self.clock.now();
        let rests = |tier: &&Tier| self.health.of(tier.id, now).is_some_and(|(_, until)| until.is_some());
        tiers.iter().filter(|tier| !rests(tier)).count()
    }

    /// Asks one tier, again where that may help, and notes how it is.
    async fn ask_tier<'t, T>(
        &self,
        tier: &'t Tier,
        question: &Question<'_, T>,
        share: Duration,
        attempt: &impl Fn(&'t Tier) -> BoxFuture<'t, Result<Answered<T>, Failure>>,
        calls: &mut Vec<Call>,
    ) -> Result<T, Failure> {
        let end = Instant::now() + share;
        let mut retries = 0;
        loop {
            let (begun, at) = (Instant::now(), self.clock.now());
            let outcome = timeout_at(end, attempt(tier)).await.unwrap_or_else(|_| Err(Failure::slow()));
            let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            let call = note(tier, question, at, millis, &outcome);
            let (model, purpose) = (tier.model.to_string(), question.purpose.name());
            calls.push(call);
            let failure = match outcome {
                Ok(answered) => {
                    self.health.answered(tier.id);
                    tracing::debug!(model, purpose, millis, retries, "a model answered");
                    return Ok(answered.value);
                }
                Err(failure) => failure,
            };
            let (kind, why) = (failure.kind.name(), failure.note.as_str());
            tracing::warn!(model, purpose, millis, retries, kind, why, "a model failed");
            let left = end.saturating_duration_since(Instant::now());
            if let Some(pause) = policy::again(&failure, retries, left) {
                sleep(pause.at_least + (self.chance)(pause.up_to)).await;
                retries += 1;
                continue;
            }
            if !had_no_chance(&failure, share)
                && let Some(until) = self.health.failed(tier.id, &failure, self.clock.now())
            {
                tracing::warn!(model, kind, until = %until.to_jiff(), "a model rests");
            }
            return Err(failure);
        }
    }
}

/// Who had hardly any time is not to blame for being slow.
fn had_no_chance(failure: &Failure, share: Duration) -> bool {
    failure.kind == FailureKind::Slow && share < policy::FAIR
}

/// The attempt as a row.
fn note<T>(
    tier: &Tier,
    question: &Question<'_, T>,
    at: duka_kernel::Timestamp,
    millis: u64,
    outcome: &Result<Answered<T>, Failure>,
) -> Call {
    let reckoned = |written| {
        let estimate = (question.estimate)(tier);
        Usage { output: estimate.output + written, estimated: true, ..estimate }
    };
    let mut usage = match outcome {
        Ok(answered) => answered.usage.unwrap_or_else(|| reckoned((question.written)(&answered.value))),
        Err(failure) if failure.may_be_billed => failure.usage.unwrap_or_else(|| reckoned(0)),
        Err(failure) => failure.usage.unwrap_or_default(),
    };
    let cost = cost(&tier.model, tier.is_local(), &usage, question.sense, at);
    usage.estimated |= !cost.is_known && cost.micro_usd > 0;
    Call {
        id: Uuid::now_v7(),
        at,
        purpose: question.purpose,
        model: tier.model.clone(),
        usage,
        cost_micro_usd: cost.micro_usd,
        millis,
        outcome: outcome.as_ref().map(|_| ()).map_err(|failure| failure.kind),
        own_key: tier.is_own,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use duka_kernel::Timestamp;

    use super::*;
    use crate::test::tiers;

    /// What each attempt does: takes so many milliseconds, and ends so.
    type Script = Vec<(u64, Result<(), Failure>)>;

    struct World {
        clock: Clock,
        health: Health,
        asked: Mutex<Vec<(String, u64)>>,
    }

    impl World {
        fn new() -> Self {
            Self { clock: Clock::standing_at(Timestamp(0)), health: Health::default(), asked: Mutex::default() }
        }

        /// Asks `tiers`, whose attempts happen as scripted; says who was asked, and at what millisecond.
        async fn ask(&self, tiers: &[Tier], budget: u64, script: Script) -> (Asked<()>, Vec<(String, u64)>) {
            let (script, begun) = (Mutex::new(script.into_iter()), Instant::now());
            let question = Question {
                purpose: Purpose::Reply,
                sense: Sense::Text,
                budget: Duration::from_millis(budget),
                estimate: &|_| Usage { input: 100, ..Usage::default() },
                written: |&()| 10,
            };
            let round = Round { clock: &self.clock, health: &self.health, chance: |up_to| up_to };
            let asked = round.ask(tiers, &question, |tier| {
                let at = u64::try_from(begun.elapsed().as_millis()).unwrap();
                self.asked.lock().unwrap().push((tier.model.name.clone(), at));
                let (takes, outcome) = script.lock().unwrap().next().expect("the script is long enough");
                Box::pin(async move {
                    sleep(Duration::from_millis(takes)).await;
                    outcome.map(|()| Answered { value: (), usage: None })
                })
            });
            (asked.await, std::mem::take(&mut self.asked.lock().unwrap()))
        }
    }

    fn failed(kind: FailureKind) -> Result<(), Failure> {
        Err(Failure::new(kind, "scripted"))
    }

    fn at(steps: &[(&str, u64)]) -> Vec<(String, u64)> {
        steps.iter().map(|(name, millis)| ((*name).to_owned(), *millis)).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn retries_come_after_growing_pauses_and_then_the_next_tier_is_asked() {
        let overloaded = || (100, failed(FailureKind::Overloaded));
        let script = vec![overloaded(), overloaded(), overloaded(), (50, Ok(()))];
        let (asked, order) = World::new().ask(&tiers(2), 8_000, script).await;
        assert!(asked.result.is_ok());
        assert_eq!(order, at(&[("m1", 0), ("m1", 350), ("m1", 950), ("m2", 1_050)]));
        let outcomes: Vec<_> = asked.calls.iter().map(|call| (call.millis, call.outcome)).collect();
        let overloaded = (100, Err(FailureKind::Overloaded));
        assert_eq!(outcomes, [overloaded, overloaded, overloaded, (50, Ok(()))]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_tier_that_hangs_costs_its_share_and_the_next_one_answers_in_time() {
        let hang = || (60_000, Ok(()));
        let (asked, order) = World::new().ask(&tiers(7), 8_000, vec![hang(), hang(), (900, Ok(()))]).await;
        assert!(asked.result.is_ok());
        assert_eq!(order, at(&[("m1", 0), ("m2", 4_000), ("m3", 6_000)]));
    }

    #[tokio::test(start_paused = true)]
    async fn the_budget_is_kept_whatever_hangs() {
        let begun = Instant::now();
        let hangs = (0..9).map(|_| (60_000, Ok(()))).collect();
        let (asked, _) = World::new().ask(&tiers(9), 8_000, hangs).await;
        assert_eq!(asked.result, Err(Exhausted::Late));
        assert_eq!(begun.elapsed(), Duration::from_millis(8_000));
    }

    #[tokio::test(start_paused = true)]
    async fn the_tier_that_failed_is_left_out_until_its_rest_is_over() {
        let (world, tiers) = (World::new(), tiers(2));
        let broke = vec![(1, failed(FailureKind::OutOfQuota)), (1, Ok(()))];
        assert_eq!(world.ask(&tiers, 8_000, broke).await.1, at(&[("m1", 0), ("m2", 1)]));
        world.clock.advance_millis(3_599_998);
        assert_eq!(world.ask(&tiers, 8_000, vec![(1, Ok(()))]).await.1, at(&[("m2", 0)]));
        world.clock.advance_millis(2);
        assert_eq!(world.ask(&tiers, 8_000, vec![(1, Ok(()))]).await.1, at(&[("m1", 0)]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_hint_is_waited_for_if_there_is_time_and_else_the_next_tier_is_asked() {
        let limited = |millis| {
            let wait = Some(Duration::from_millis(millis));
            (0, Err(Failure { wait, ..Failure::new(FailureKind::RateLimited, "scripted") }))
        };
        let (_, order) = World::new().ask(&tiers(2), 8_000, vec![limited(1_000), (1, Ok(()))]).await;
        assert_eq!(order, at(&[("m1", 0), ("m1", 1_250)]));
        let (_, order) = World::new().ask(&tiers(2), 8_000, vec![limited(47_000), (1, Ok(()))]).await;
        assert_eq!(order, at(&[("m1", 0), ("m2", 0)]));
    }

    #[tokio::test(start_paused = true)]
    async fn two_models_that_refuse_are_enough_and_neither_rests() {
        let refused = || (10, Err(Failure::of_answer(FailureKind::Refused, None, "scripted")));
        let world = World::new();
        let (asked, order) = world.ask(&tiers(7), 8_000, vec![refused(), refused()]).await;
        assert_eq!((asked.result, order.len()), (Err(Exhausted::NoAnswer), 2));
        assert_eq!(world.ask(&tiers(7), 8_000, vec![(1, Ok(()))]).await.1, at(&[("m1", 0)]));
    }

    #[tokio::test(start_paused = true)]
    async fn with_all_tiers_down_nobody_waits() {
        let (world, tiers) = (World::new(), tiers(3));
        let broke = (0..3).map(|_| (1, failed(FailureKind::Misconfigured))).collect();
        assert_eq!(world.ask(&tiers, 8_000, broke).await.0.result, Err(Exhausted::AllDown));
        let begun = Instant::now();
        let (asked, order) = world.ask(&tiers, 8_000, Vec::new()).await;
        assert_eq!((asked.result, order.len(), begun.elapsed()), (Err(Exhausted::AllDown), 0, Duration::ZERO));
    }

    #[tokio::test(start_paused = true)]
    async fn who_had_hardly_any_time_does_not_rest_for_being_slow() {
        let (world, tiers) = (World::new(), tiers(1));
        assert_eq!(world.ask(&tiers, 1_000, vec![(5_000, Ok(()))]).await.0.result, Err(Exhausted::Late));
        assert_eq!(world.ask(&tiers, 8_000, vec![(1, Ok(()))]).await.1, at(&[("m1", 0)]));
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_provider_does_not_say_is_reckoned_and_marked() {
        let (asked, _) = World::new().ask(&tiers(2), 8_000, vec![(60_000, Ok(())), (1, Ok(()))]).await;
        let usages: Vec<_> =
            asked.calls.iter().map(|call| (call.usage.input, call.usage.output, call.usage.estimated)).collect();
        assert_eq!(usages, [(100, 0, true), (100, 10, true)]);
        assert!(asked.calls.iter().all(|call| call.cost_micro_usd > 0));
    }
}
