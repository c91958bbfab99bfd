//! The chain against doubles of the providers over real sockets.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod contract;
mod failover;
mod own;
mod senses;
mod support;
