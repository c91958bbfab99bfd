//! Being paid: asking the provider, believing its notices, and settling each payment once.
//!
//! - [`request`]: the prompt is asked for after the turn that decided on it is committed, with the payment's
//!   identity as idempotency key, so that asking again never charges twice.
//! - [`take_notice`](App::take_notice), [`process_notices`]: a callback is written down, answered, and then
//!   believed only if it is about a payment of ours and the amount is the one asked for.
//! - [`check`], [`reconcile`]: the provider is asked about what stays open, so that a lost callback loses nothing.
//! - [`settle`]: the one function through which a payment's outcome reaches an order, whatever brought the news.
//! - [`expire_orders`]: stock held for an order that nobody paid goes back.

mod expiry;
mod gateways;
mod notices;
mod reconcile;
mod request;
mod settle;
mod trial;

pub use self::{
    expiry::{cancel, expire_orders},
    gateways::{Gateways, PaymentAccount, SANDBOX},
    notices::{Refused, process_notice, process_notices},
    reconcile::{check, reconcile},
    request::request,
    settle::{Outcome, settle},
    trial::trial,
};

/// The first question about a payment comes after so many seconds: a prompt is rarely answered sooner.
pub(crate) const FIRST_CHECK_SECONDS: i64 = 20;

/// A prompt lives about a minute on the payer's phone. A payment that is open for so many seconds more has failed,
/// as far as anybody can know; money that comes later is still booked.
pub(crate) const GIVE_UP_SECONDS: i64 = 300;
