//! What every provider is asked, and how each of its answers is taken.

use std::time::{Duration, Instant};

use duka_doubles::models::{Fault, Hint, Received};
use duka_models::{Exhausted, FailureKind, Provider, Usage};
use futures::future::join_all;
use serde_json::json;

use crate::support::{REPLY, SEEING, ask, chain, double, picture};

#[tokio::test]
async fn every_provider_answers_in_the_shape_that_is_asked_for() {
    let double = double().await;
    for (provider, model) in SEEING {
        let asked = chain(&double, &[model]).chat(None, &ask()).await;
        assert_eq!(asked.result.as_deref(), Ok(REPLY), "{model}");
        let [call] = asked.calls.as_slice() else { panic!("{model} was asked once") };
        assert_eq!((call.model.to_string().as_str(), call.outcome, call.own_key), (model, Ok(()), false));
        let received = double.received().pop().unwrap();
        assert_eq!(received.provider, provider);
        assert!(received.system.starts_with("You sell dresses for Malkia."), "{model}");
        let said: Vec<&str> = received.messages.iter().map(|said| said.text.as_str()).collect();
        assert_eq!(said, ["Hi", "Karibu!", "Una dera ya harusi?"], "{model}");
        assert_eq!(received.schema, ask().schema.map(|schema| schema.json), "{model}");
        assert_eq!(received.model, model.split_once('/').unwrap().1, "the name is sent as it is");
    }
}

#[tokio::test]
async fn every_provider_is_shown_pictures() {
    let double = double().await;
    for (_, model) in SEEING {
        let models = chain(&double, &[model]);
        assert!(models.can_see(None), "{model}");
        let mut ask = ask();
        ask.pictures = vec![picture(), picture()];
        assert_eq!(models.chat(None, &ask).await.result.as_deref(), Ok(REPLY), "{model}");
        assert_eq!(double.received().pop().unwrap().pictures, 2, "{model}");
    }
}

#[tokio::test]
async fn no_sampling_is_asked_for_and_nothing_is_stored_or_thought_at_length() {
    let double = double().await;
    let of = async |model: &str| -> Received {
        assert!(chain(&double, &[model]).chat(None, &ask()).await.result.is_ok(), "{model}");
        double.received().pop().unwrap()
    };
    for (_, model) in SEEING {
        let body = of(model).await.body.to_string();
        for sampling in ["temperature", "topP", "top_p", "topK", "top_k", "seed"] {
            assert!(!body.contains(&format!("\"{sampling}\"")), "{model}: {sampling}");
        }
    }
    let openai = of("openai/gpt-6-luna").await;
    assert_eq!((&openai["/store"], &openai["/reasoning_effort"]), (&json!(false), &json!("none")));
    assert_eq!(
        (&openai["/max_completion_tokens"], &openai["/safety_identifier"]),
        (&json!(300), &json!("hash-of-somebody"))
    );
    let gemini = of("gemini/gemini-3.8-flash").await;
    assert_eq!(gemini["/generationConfig/thinkingConfig/thinkingLevel"], "LOW");
    assert_eq!(gemini["/generationConfig/maxOutputTokens"], 300 + 1_024);
    let anthropic = of("anthropic/claude-haiku-5-5").await;
    assert_eq!(
        (&anthropic["/output_config/effort"], &anthropic["/metadata/user_id"]),
        (&json!("low"), &json!("hash-of-somebody"))
    );
    let old = of("openai/gpt-4o-mini").await;
    assert_eq!(old["/reasoning_effort"], json!(null), "it does not know efforts");
    let unknown = of("openai/gpt-7-nova").await;
    assert_eq!(unknown["/max_completion_tokens"], 300 + 1_024, "it may think before it answers");
}

#[tokio::test]
async fn servers_that_may_not_keep_to_a_schema_are_told_it_in_words_too() {
    let double = double().await;
    for (model, told) in
        [("together/openai/gpt-oss-120b", true), ("compatible/llama3", true), ("openai/gpt-6-luna", false)]
    {
        assert!(chain(&double, &[model]).chat(None, &ask()).await.result.is_ok());
        assert_eq!(double.received().pop().unwrap().system.contains("additionalProperties"), told, "{model}");
    }
}

#[tokio::test]
async fn each_failure_is_told_apart() {
    use FailureKind::{Malformed, Misconfigured, OutOfQuota, Overloaded, RateLimited, Refused, Unreachable};
    let cases = [
        (Fault::RateLimited(Hint::None), RateLimited),
        (Fault::RateLimited(Hint::RetryInfo(Duration::from_secs(47))), RateLimited),
        (Fault::RateLimited(Hint::RetryAfter(30)), RateLimited),
        (Fault::RateLimited(Hint::RetryAfterMillis(20_000)), RateLimited),
        (Fault::RateLimited(Hint::Reset("6m0s")), RateLimited),
        (Fault::OutOfMoney, OutOfQuota),
        (Fault::DailyQuota, OutOfQuota),
        (Fault::Status(402), OutOfQuota),
        (Fault::Status(500), Overloaded),
        (Fault::Status(503), Overloaded),
        (Fault::Status(504), Overloaded),
        (Fault::Status(529), Overloaded),
        (Fault::Status(400), Misconfigured),
        (Fault::Status(401), Misconfigured),
        (Fault::Status(403), Misconfigured),
        (Fault::Status(404), Misconfigured),
        (Fault::Cut, Unreachable),
        (Fault::Torn, Malformed),
        (Fault::Page, Malformed),
        (Fault::Huge(2 << 20), Malformed),
        (Fault::Truncated, Malformed),
        (Fault::Empty, Malformed),
        (Fault::Refused, Refused),
        (Fault::Blocked, Refused),
    ];
    let cases = &cases;
    join_all(SEEING.map(|(provider, model)| async move {
        let double = double().await;
        for (fault, kind) in cases {
            double.break_down("", fault);
            let asked = chain(&double, &[model]).chat(None, &ask()).await;
            double.mend();
            assert!(asked.result.is_err(), "{model}: {fault:?}");
            let kinds: Vec<_> = asked.calls.iter().map(|call| call.outcome.unwrap_err()).collect();
            assert!(!kinds.is_empty() && kinds.iter().all(|one| one == kind), "{provider}: {fault:?} gives {kinds:?}");
        }
    }))
    .await;
}

#[tokio::test]
async fn one_that_hangs_is_given_up_when_the_time_is_over() {
    let double = double().await;
    for (_, model) in SEEING {
        double.fail("", 1, &Fault::Hang(Duration::from_secs(60)));
        let mut ask = ask();
        ask.budget = Duration::from_millis(300);
        let begun = Instant::now();
        let asked = chain(&double, &[model]).chat(None, &ask).await;
        assert!(begun.elapsed() < Duration::from_secs(3), "{model}");
        assert_eq!((asked.result, asked.calls[0].outcome), (Err(Exhausted::Late), Err(FailureKind::Slow)), "{model}");
    }
}

#[tokio::test]
async fn talk_around_the_json_and_thinking_before_it_do_no_harm() {
    let double = double().await;
    for (_, model) in SEEING {
        for fault in [Fault::Chatty, Fault::Thinking] {
            double.fail("", 1, &fault);
            let asked = chain(&double, &[model]).chat(None, &ask()).await;
            assert_eq!(asked.result.as_deref(), Ok(REPLY), "{model}: {fault:?}");
        }
    }
}

#[tokio::test]
async fn what_an_answer_used_means_the_same_whoever_gave_it() {
    let double = double().await;
    let openai = json!({"prompt_tokens": 1_000, "completion_tokens": 90, "prompt_tokens_details": {"cached_tokens": 600,
        "cache_write_tokens": 100}, "completion_tokens_details": {"reasoning_tokens": 40}});
    let cases = [
        ("openai/gpt-6-luna", openai.clone()),
        ("compatible/llama3", openai),
        (
            "anthropic/claude-haiku-5-5",
            json!({"input_tokens": 300, "cache_read_input_tokens": 600, "cache_creation_input_tokens": 100, "output_tokens": 90,
                "output_tokens_details": {"thinking_tokens": 40}}),
        ),
        (
            "gemini/gemini-3.8-flash",
            json!({"promptTokenCount": 990, "toolUsePromptTokenCount": 10, "cachedContentTokenCount": 600,
                "candidatesTokenCount": 50, "thoughtsTokenCount": 40}),
        ),
    ];
    for (model, usage) in cases {
        let provider = model.parse::<duka_models::ModelId>().unwrap().provider;
        double.use_up(provider, usage);
        let asked = chain(&double, &[model]).chat(None, &ask()).await;
        let cache_write = if provider == Provider::Gemini { 0 } else { 100 };
        let same = Usage {
            input: 1_000,
            cached: 600,
            cache_write,
            output: 90,
            reasoning: 40,
            audio_millis: 0,
            estimated: false,
        };
        assert_eq!(asked.calls[0].usage, same, "{model}");
    }
}

#[tokio::test]
async fn what_is_used_costs_by_the_price_of_the_day() {
    let double = double().await;
    double.use_up(Provider::OpenAi, json!({"prompt_tokens": 3_000, "completion_tokens": 200}));
    let asked = chain(&double, &["openai/gpt-6-luna"]).chat(None, &ask()).await;
    assert_eq!(asked.calls[0].cost_micro_usd, 400);
}

#[tokio::test]
async fn what_a_provider_does_not_say_is_reckoned_and_marked() {
    let double = double().await;
    for (_, model) in SEEING {
        double.fail("", 1, &Fault::NoUsage);
        let asked = chain(&double, &[model]).chat(None, &ask()).await;
        let usage = asked.calls[0].usage;
        assert!(asked.result.is_ok() && usage.estimated && usage.input > 10 && usage.output > 5, "{model}: {usage:?}");
    }
}

#[tokio::test]
async fn the_key_is_in_a_header_of_its_provider_and_nowhere_else() {
    let double = double().await;
    for (provider, model) in SEEING {
        let key = format!("key-{provider}");
        assert!(chain(&double, &[model]).chat(None, &ask()).await.result.is_ok());
        let received = double.received().pop().unwrap();
        assert_eq!(received.key.as_deref(), Some(key.as_str()));
        assert!(!received.path.contains(&key) && !received.body.to_string().contains(&key), "{model}");
        assert_eq!(received.headers.values().filter(|value| value.contains(&key)).count(), 1, "{model}");
    }
}
