//! Language models: the chain of providers, what they cost, how they fail.
//!
//! [`Models`] is the chain. It is asked to word something ([`Models::chat`]), to hear ([`Models::transcribe`]) or to place
//! something among its likes ([`Models::embed`]), tries its tiers in order within the time it is given, and tells of every
//! attempt what it cost and how it ended. It knows no shop and no database.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail by panic"))]

mod ask;
mod call;
mod chain;
mod model;

pub use self::{
    ask::{Ask, Embeddable, Embedding, Message, Picture, Purpose, Recording, Schema, Speaker},
    call::{Asked, Call, Exhausted, FailureKind, Usage},
    chain::{Access, ChainOrder, Models, ModelsConfig, OwnModel, SetupError, TierHealth},
    model::{BadModelId, ModelId, Provider},
};
