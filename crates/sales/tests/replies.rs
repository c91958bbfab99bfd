//! Whatever a model writes, reading it harms nothing.

#![allow(missing_docs, reason = "a test's name says what it is about")]

use duka_sales::model::read_anything;
use proptest::prelude::*;

#[path = "../../../fuzz/spoil.rs"]
mod spoil;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_text_can_be_read(text in "\\PC{0,300}") {
        read_anything(text.as_bytes());
    }

    #[test]
    fn a_spoilt_reply_can_be_read(bytes in spoil::spoilt("replies")) {
        read_anything(&bytes);
    }
}

#[test]
fn every_reply_that_is_spoilt_can_be_read_as_it_is() {
    let seeds = spoil::seeds("replies");
    assert!(seeds.len() >= 6);
    seeds.iter().for_each(|seed| read_anything(seed));
}
