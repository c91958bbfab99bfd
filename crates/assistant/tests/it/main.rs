//! The assistant with the providers of models as a double on a real socket.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail by panic, and its name says what it is about")]

mod meaning;
mod models;
mod support;
