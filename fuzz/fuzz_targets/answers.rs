//! What providers of models answer, and what models say, whatever it is.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| duka_models::read_anything(bytes));
