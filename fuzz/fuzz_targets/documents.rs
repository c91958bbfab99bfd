//! Documents that shops import, whatever they are.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| duka_documents::read_anything(bytes));
