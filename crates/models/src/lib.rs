//! Language models: the chain of providers, what they cost, how they fail.
//!
//! [`Models`] is the chain. It is asked to word something ([`Models::chat`]), to hear ([`Models::transcribe`]) or to place
//! something among its likes ([`Models::embed`]), tries its tiers in order within the time it is given, and tells of every
//! attempt what it cost and how it ended. It knows no shop and no database.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail by panic"))]

mod ask;
mod call;
mod catalogue;
mod chain;
mod config;
mod cost;
mod failure;
mod health;
mod model;
mod policy;
mod round;
#[cfg(test)]
mod test;
mod tier;
mod wire;

pub use self::{
    ask::{Ask, Embeddable, Embedding, Message, Picture, Purpose, Recording, Schema, Speaker},
    call::{Asked, Call, Exhausted, FailureKind, Usage},
    chain::{Models, Probed, TierHealth},
    config::{Access, ChainOrder, ModelsConfig, OwnModel, SetupError},
    model::{BadModelId, ModelId, Provider},
    wire::check_own_address,
};

/// Has every reader of what comes from providers read these bytes, for tests that look for input that breaks one.
pub fn read_anything(bytes: &[u8]) {
    wire::read_anything(bytes);
}
