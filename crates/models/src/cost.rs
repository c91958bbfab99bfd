//! What a call costs.

use duka_kernel::Timestamp;

use crate::{
    ModelId, Usage,
    catalogue::{Known, Rates, catalogue, day},
};

/// How what is read came in: some models charge for sound or pictures by another rate than for text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sense {
    Text,
    Sound,
    Picture,
}

/// What a call cost, and whether the price is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cost {
    pub micro_usd: i64,
    pub is_known: bool,
}

/// What a call cost by the prices of that day, rounded up to a millionth of a dollar. A model on this machine or its network
/// costs nothing; one that is not in the file costs what the file says of such.
pub(crate) fn cost(model: &ModelId, is_local: bool, usage: &Usage, sense: Sense, at: Timestamp) -> Cost {
    let known = Known::of(model);
    let Some(price) = known.price_on(day(at)) else {
        let rates = if is_local { Rates::default() } else { catalogue().unknown };
        return Cost { micro_usd: total(&rates, usage, sense), is_known: is_local };
    };
    let long = price.long.as_ref().filter(|long| usage.input > long.above);
    let rates = long.map_or(&price.rates, |long| &long.rates);
    Cost { micro_usd: total(rates, usage, sense), is_known: true }
}

fn total(rates: &Rates, usage: &Usage, sense: Sense) -> i64 {
    let read = match sense {
        Sense::Text => rates.input,
        Sense::Sound => rates.heard.unwrap_or(rates.input),
        Sense::Picture => rates.seen.unwrap_or(rates.input),
    };
    // Providers are believed within reason: what is cached is part of what is read.
    let cached = usage.cached.min(usage.input);
    let written = usage.cache_write.min(usage.input - cached);
    let fresh = usage.input - cached - written;
    let parts = [
        (fresh, read),
        (cached, rates.cached.unwrap_or(read)),
        (written, rates.cache_write.unwrap_or(read)),
        (usage.output, rates.output),
        (usage.audio_millis, rates.sound),
    ];
    let billionths: u128 = parts.into_iter().map(|(count, rate)| u128::from(count) * u128::from(rate)).sum();
    i64::try_from(billionths.div_ceil(1_000)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    fn micro_usd(model: &str, usage: Usage, on: &str) -> i64 {
        cost(&model.parse().unwrap(), false, &usage, Sense::Text, at(&format!("{on}T12:00:00Z"))).micro_usd
    }

    const REPLY: Usage =
        Usage { input: 3_000, cached: 0, cache_write: 0, output: 200, reasoning: 0, audio_millis: 0, estimated: false };

    #[test]
    fn a_reply_costs_what_the_price_of_its_day_says() {
        assert_eq!(micro_usd("openai/gpt-6-luna", REPLY, "2026-11-20"), 400);
        assert_eq!(micro_usd("gemini/gemini-3.5-flash-lite", REPLY, "2026-11-20"), 1_400);
        assert_eq!(micro_usd("gemini/gemini-3.8-flash", REPLY, "2026-12-31"), 3_000);
        assert_eq!(micro_usd("gemini/gemini-3.8-flash", REPLY, "2027-01-01"), 6_000);
        assert_eq!(micro_usd("gemini/gemini-2.5-flash", REPLY, "2026-11-30"), 1_400);
    }

    #[test]
    fn a_long_prompt_makes_the_whole_call_dearer() {
        let long = |input| micro_usd("anthropic/claude-haiku-5-5", Usage { input, ..REPLY }, "2026-11-20");
        assert_eq!(long(100_000), 10_000 + 100);
        assert_eq!(long(100_001), 50_001 + 500);
    }

    #[test]
    fn what_is_cached_is_read_at_its_own_rate() {
        let usage = Usage { cached: 2_000, cache_write: 400, ..REPLY };
        assert_eq!(
            micro_usd("openai/gpt-6-luna", usage, "2026-11-20"),
            (600 * 100 + 2_000 * 10 + 400 * 125 + 200 * 500) / 1_000
        );
    }

    #[test]
    fn sound_costs_by_its_length_or_by_its_own_rate() {
        let minute = Usage { audio_millis: 60_000, ..Usage::default() };
        assert_eq!(micro_usd("openai/gpt-transcribe", minute, "2026-11-20"), 4_500);
        let heard = cost(
            &"gemini/gemini-2.5-flash-lite".parse().unwrap(),
            false,
            &Usage { input: 640, ..Usage::default() },
            Sense::Sound,
            at("2026-11-20T12:00:00Z"),
        );
        assert_eq!(heard.micro_usd, 192);
    }

    #[test]
    fn an_unknown_model_costs_more_rather_than_less_and_one_nearby_nothing() {
        let id: ModelId = "compatible/llama3.2:3b".parse().unwrap();
        let elsewhere = cost(&id, false, &REPLY, Sense::Text, at("2026-11-20T12:00:00Z"));
        assert_eq!(elsewhere, Cost { micro_usd: 4_000, is_known: false });
        let nearby = cost(&id, true, &REPLY, Sense::Text, at("2026-11-20T12:00:00Z"));
        assert_eq!(nearby, Cost { micro_usd: 0, is_known: true });
    }

    proptest! {
        #[test]
        fn no_figure_of_a_provider_overflows(input: u64, cached: u64, cache_write: u64, output: u64, audio_millis: u64) {
            let usage = Usage { input, cached, cache_write, output, reasoning: 0, audio_millis, estimated: false };
            prop_assert!(micro_usd("openai/gpt-6-luna", usage, "2026-11-20") >= 0);
        }
    }
}
