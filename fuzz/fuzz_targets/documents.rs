//! Documents that shops import, whatever they are.

#![no_main]

use std::sync::Once;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    static QUIET: Once = Once::new();
    // The readers of foreign formats give up by panicking, which is caught; only what is not caught ends the fuzzing.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| ())));
    duka_documents::read_anything(bytes);
});
