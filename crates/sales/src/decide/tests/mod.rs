//! Conversations on a small made-up shop, with what the messages mean given by hand.

mod asking;
mod buying;
mod finding;
mod paying;
mod properties;
mod remembering;
mod talk;
mod world;
