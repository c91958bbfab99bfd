//! What happens when providers fail.

use std::time::{Duration, Instant};

use duka_doubles::models::Fault;
use duka_kernel::Clock;
use duka_models::{ChainOrder, Exhausted, FailureKind, Models, Purpose};

use crate::support::{REPLY, ask, chain, clock, double, picture};

#[tokio::test]
async fn with_all_keys_there_are_seven_tiers_and_each_answers_when_those_before_it_are_down() {
    use FailureKind::{Misconfigured, OutOfQuota, RateLimited, Refused};
    let double = double().await;
    let tiers: Vec<String> =
        chain(&double, &[]).health().into_iter().map(|tier| tier.model.to_string()).take(7).collect();
    let ends = [
        (Fault::Status(401), Misconfigured),
        (Fault::OutOfMoney, OutOfQuota),
        (Fault::RateLimited(duka_doubles::models::Hint::RetryAfter(60)), RateLimited),
        (Fault::Refused, Refused),
        (Fault::Status(404), Misconfigured),
        (Fault::DailyQuota, OutOfQuota),
    ];
    for killed in 0..7 {
        for (tier, (fault, _)) in tiers.iter().zip(&ends).take(killed) {
            double.break_down(tier, fault);
        }
        double.forget();
        let asked = chain(&double, &[]).chat(None, &ask()).await;
        double.mend();
        assert_eq!(asked.result.as_deref(), Ok(REPLY), "{killed} are down");
        assert_eq!(double.asked(), tiers[..=killed], "in order, each once");
        let reasons: Vec<_> = asked.calls.iter().map(|call| call.outcome).collect();
        let expected = ends[..killed].iter().map(|(_, kind)| Err(*kind)).chain([Ok(())]);
        assert_eq!(reasons, expected.collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_tier_that_is_down_is_left_out_until_its_rest_is_over() {
    let (double, clock) = (double().await, clock());
    let config = double.config(&["openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite"]);
    let models = Models::new(config, clock.clone()).unwrap();
    double.fail("openai/", 1, &Fault::OutOfMoney);
    let order = async |models: &Models| {
        double.forget();
        assert!(models.chat(None, &ask()).await.result.is_ok());
        double.asked()
    };
    assert_eq!(order(&models).await, ["openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite"]);
    let health = models.health().swap_remove(0);
    assert_eq!(health.failing, Some(FailureKind::OutOfQuota));
    assert_eq!(health.rests_until.unwrap().millis_since(clock.now()), 3_600_000);
    assert_eq!(order(&models).await, ["gemini/gemini-3.5-flash-lite"]);
    clock.advance_millis(3_600_000);
    assert_eq!(order(&models).await, ["openai/gpt-6-luna"]);
    assert_eq!(models.health()[0].failing, None);
}

#[tokio::test]
async fn what_is_transient_is_tried_again_at_the_same_tier() {
    let double = double().await;
    double.fail("openai/", 2, &Fault::Status(503));
    let asked = chain(&double, &["openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite"]).chat(None, &ask()).await;
    assert!(asked.result.is_ok());
    assert_eq!(double.asked(), ["openai/gpt-6-luna"; 3]);
}

#[tokio::test]
async fn a_provider_that_hangs_costs_its_share_of_the_time_and_no_more() {
    let double = double().await;
    double.break_down("openai/", &Fault::Hang(Duration::from_secs(60)));
    let mut ask = ask();
    ask.budget = Duration::from_secs(4);
    let begun = Instant::now();
    let asked = chain(&double, &["openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite"]).chat(None, &ask).await;
    assert!(asked.result.is_ok());
    assert_eq!(asked.calls.iter().map(|call| call.outcome.err()).collect::<Vec<_>>(), [Some(FailureKind::Slow), None]);
    assert!(begun.elapsed() < Duration::from_secs(4), "the customer has an answer within the budget");
}

#[tokio::test]
async fn with_everything_down_the_second_question_costs_no_time() {
    let double = double().await;
    double.break_down("", &Fault::Status(401));
    let models = chain(&double, &[]);
    assert_eq!(models.chat(None, &ask()).await.result, Err(Exhausted::AllDown));
    double.forget();
    assert_eq!(models.chat(None, &ask()).await.result, Err(Exhausted::AllDown));
    assert!(double.asked().is_empty());
}

#[tokio::test]
async fn simple_work_goes_to_light_models_and_repairs_to_full_ones() {
    let double = double().await;
    let models = chain(&double, &["openai/gpt-6.1-terra", "openai/gpt-6-luna"]);
    for (purpose, first) in [
        (Purpose::Reply, "openai/gpt-6.1-terra"),
        (Purpose::Summary, "openai/gpt-6-luna"),
        (Purpose::Extract, "openai/gpt-6-luna"),
        (Purpose::Repair, "openai/gpt-6.1-terra"),
    ] {
        let mut ask = ask();
        ask.purpose = purpose;
        assert_eq!(models.chat(None, &ask).await.calls[0].model.to_string(), first, "{purpose}");
    }
}

#[tokio::test]
async fn pictures_go_only_to_models_that_see() {
    let double = double().await;
    let mut ask = ask();
    ask.pictures = vec![picture()];
    let blind = chain(&double, &["together/openai/gpt-oss-120b"]);
    assert!(blind.can_chat(None) && !blind.can_see(None));
    assert_eq!(blind.chat(None, &ask).await.result, Err(Exhausted::NoTier));
    let mixed = chain(&double, &["together/openai/gpt-oss-120b", "openai/gpt-6-luna"]);
    assert_eq!(mixed.chat(None, &ask).await.calls[0].model.to_string(), "openai/gpt-6-luna");
}

#[tokio::test]
async fn without_keys_or_turned_off_there_is_nothing_to_ask() {
    let double = double().await;
    let mut without_keys = double.config(&[]);
    for access in without_keys.access.values_mut() {
        access.key = None;
    }
    let off = duka_models::ModelsConfig { order: ChainOrder::Off, ..double.config(&[]) };
    let none = [Models::none(), Models::new(without_keys, clock()).unwrap(), Models::new(off, clock()).unwrap()];
    for models in none {
        assert!(!models.can_chat(None) && !models.can_see(None) && !models.can_hear(None) && !models.can_embed(None));
        assert_eq!(models.chat(None, &ask()).await.result, Err(Exhausted::NoTier));
        assert!(models.health().is_empty() && models.probe().await.is_empty());
    }
    assert!(double.asked().is_empty());
}

#[tokio::test]
async fn a_tier_that_is_named_but_has_no_key_is_told_and_the_others_work() {
    let double = double().await;
    let mut config = double.config(&["anthropic/claude-haiku-5-5", "openai/gpt-6-luna"]);
    config.access.get_mut(&duka_models::Provider::Anthropic).unwrap().key = None;
    let models = Models::new(config, Clock::system()).unwrap();
    assert_eq!(
        models.without_access().iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["anthropic/claude-haiku-5-5"]
    );
    assert_eq!(models.chat(None, &ask()).await.calls[0].model.to_string(), "openai/gpt-6-luna");
}

#[tokio::test]
async fn a_probe_says_which_tiers_work() {
    let double = double().await;
    double.break_down("gemini/gemini-3.8-flash", &Fault::Status(404));
    let probed = chain(&double, &[]).probe().await;
    let broken: Vec<_> = probed.iter().filter_map(|tier| Some((tier.model.to_string(), tier.outcome.err()?))).collect();
    assert_eq!(broken, [("gemini/gemini-3.8-flash".to_owned(), FailureKind::Misconfigured)]);
    assert_eq!(probed.len(), 9, "seven that word answers and two that embed");
}
