//! What models say for a customer and propose, whatever it is.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| duka_sales::model::read_anything(bytes));
