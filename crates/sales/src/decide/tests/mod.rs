//! Conversations on a small made-up shop, with what the messages mean given by hand.

mod asking;
mod booking;
mod buying;
mod consent;
mod documents;
mod finding;
mod knowledge;
mod paying;
mod pictures;
mod properties;
mod remembering;
mod speaking;
mod talk;
mod taught;
pub(crate) mod world;
