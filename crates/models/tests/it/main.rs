//! The chain against doubles of the providers over real sockets.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod bytes;
mod contract;
mod failover;
mod logs;
mod own;
mod senses;
mod support;
