//! What a language model is asked where a decision leaves something open ([`crate::Open`]), and what becomes of its answer.
//! Pure: the asking itself is done by who has a network.
//!
//! A model words and proposes. Its words stand for the templates' only if [`words`] and the fact lock let them; its
//! proposals become wishes that the policy decides on as it does on those of the customer, and are never a yes.

pub mod answer;
mod anything;
pub mod candidates;
pub mod description;
pub mod prompt;
pub mod proposal;
pub mod words;

pub use self::{
    answer::{Answer, Malformed},
    anything::read_anything,
    candidates::{Candidate, candidates},
    description::{Description, Shows},
    prompt::{Line, Prompt, Scene},
    proposal::{Considered, Proposals},
    words::Unfit,
};
