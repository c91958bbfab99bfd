//! The sales conversation, pure: a message and what is known go in, a decision comes out.
//!
//! - [`dialogue`]: what a conversation remembers between two messages.
//! - [`recall`]: what is known when a message arrives.
//! - [`decide`]: the sales policy. It changes a copy of the dialogue and collects effects and things to say.
//! - [`desk`]: the working state of one turn, which [`tools`] change and the policy directs.
//! - [`settlement`]: what a conversation says and becomes when an order is paid, fails, or runs out of time.
//! - [`lock`]: no reply, whoever words it, says what is not so.
//! - [`effect`]: what has to happen outside, all of it in the one transaction that commits the turn.
//! - [`model`]: what a language model is asked where a decision leaves something open, and what becomes of its answer.
//! - [`knowledge`]: what the shop's documents say to a message.
//! - [`effect`]: what has to happen outside, all of it in the one transaction that commits the turn.
//! - [`summary`]: what a conversation came to, for people and for who words an answer.
//! - [`say`]: what is to be said, as facts; [`express`] puts it into words and parts.

pub mod decide;
pub mod desk;
pub mod dialogue;
pub mod effect;
pub mod express;
mod kept;
pub mod knowledge;
pub mod lock;
pub mod model;
pub mod recall;
pub mod reply;
pub mod say;
pub mod settlement;
pub mod summary;
pub mod tools;
mod words;

pub use self::{
    decide::{Decision, Heard, Open, Unheard, decide},
    dialogue::{Dialogue, Question, Stage},
    effect::Effect,
    express::{Voice, express, express_in_words},
    kept::{Kept, keep},
    recall::Recall,
    reply::{Part, Reply},
    say::Say,
};
