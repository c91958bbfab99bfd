//! Wire clients of the services Duka talks to. Each turns one provider's words into ours and back;
//! none keeps state, retries, or knows a database: callers retry through the outbox.
//!
//! Every call that makes something happen outside has three outcomes, not two: done, refused, and
//! *unknown*, when the connection broke after the request may have been accepted.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail by panic"))]

pub mod channels;
pub mod http;
pub mod payments;
pub mod push;
