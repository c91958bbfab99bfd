//! Conversations on a small made-up shop, with what the messages mean given by hand.

mod asking;
mod booking;
mod buying;
mod finding;
mod knowledge;
mod paying;
mod properties;
mod talk;
mod world;
