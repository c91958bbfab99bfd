//! Doubles of the services Duka talks to, over real sockets: for tests, for the bench and for trying the
//! product by hand. Each checks what the real one checks, remembers what it was asked, and misbehaves
//! when told to.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail by panic"))]

mod faults;
pub mod models;
pub mod paylink;
mod push;
mod server;
pub mod twilio;
mod webhook;

pub use self::{
    faults::Fault,
    paylink::{CallbackShape, Outcome, PayLinkDouble, PushRequest},
    push::PushDouble,
    twilio::{HostedMedia, SentMessage, TwilioDouble},
    webhook::{Answer, TooFew},
};
