//! Whatever comes from outside, reading it harms nothing.

use duka_models::read_anything;
use proptest::prelude::*;

/// Answers as they come, to be spoilt.
const ANSWERS: [&str; 8] = [
    r#"{"choices":[{"message":{"content":"{\"reply\":\"Sawa\"}","refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":4}}}"#,
    r#"{"candidates":[{"content":{"parts":[{"text":"a","thought":true},{"text":"{}"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"thoughtsTokenCount":3}}"#,
    r#"{"content":[{"type":"thinking"},{"type":"text","text":"Sawa"}],"stop_reason":"end_turn","usage":{"input_tokens":18446744073709551615,"cache_read_input_tokens":1}}"#,
    r#"{"data":[{"index":0,"embedding":[0.1,-1e300]},{"index":99999999999,"embedding":[]}]}"#,
    r#"{"embeddings":[{"values":[0.5,0.5]}],"usageMetadata":{"promptTokenCount":3}}"#,
    r#"{"text":"Sasa","usage":{"type":"duration","seconds":1e308}}"#,
    r#"[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"0.5s"},{"violations":[{"quotaId":"PerDay"}]}]}}]"#,
    "Sure! ```json\n{\"reply\": {\"a\": [1, {}]}}\n``` <think>é</think>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read_anything(&bytes);
    }

    #[test]
    fn a_spoilt_answer_can_be_read(
        which in 0..ANSWERS.len(),
        cut in any::<proptest::sample::Index>(),
        spoilt in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut bytes = ANSWERS[which].as_bytes().to_vec();
        for (at, byte) in spoilt {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_anything(&bytes);
        read_anything(&bytes[..cut.index(bytes.len())]);
    }
}

#[test]
fn deep_and_long_answers_can_be_read() {
    read_anything("[".repeat(100_000).as_bytes());
    read_anything("{".repeat(100_000).as_bytes());
    read_anything(r#"{"a":"#.repeat(100_000).as_bytes());
    read_anything(format!("OggS{}", "x".repeat(100_000)).as_bytes());
}
