//! Whatever comes from outside, reading it harms nothing.

use duka_models::read_anything;
use proptest::prelude::*;

#[path = "../../../../fuzz/spoil.rs"]
mod spoil;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read_anything(&bytes);
    }

    #[test]
    fn a_spoilt_answer_can_be_read(bytes in spoil::spoilt("answers")) {
        read_anything(&bytes);
    }
}

#[test]
fn every_answer_that_is_spoilt_can_be_read_as_it_is() {
    let seeds = spoil::seeds("answers");
    assert!(seeds.len() >= 8);
    seeds.iter().for_each(|seed| read_anything(seed));
}

#[test]
fn deep_and_long_answers_can_be_read() {
    read_anything("[".repeat(100_000).as_bytes());
    read_anything("{".repeat(100_000).as_bytes());
    read_anything(r#"{"a":"#.repeat(100_000).as_bytes());
    read_anything(format!("OggS{}", "x".repeat(100_000)).as_bytes());
}
