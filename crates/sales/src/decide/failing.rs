//! What cannot be carried out.

use super::people;
use crate::{Decision, Dialogue, desk::Desk, dialogue::Question, effect::HandOffReason, recall::Recall};

/// What is decided on messages that cannot be dealt with, for a reason on this side that does not pass: sorry, and a
/// person takes over. What was asked and what was being arranged is let go of; the cart stays.
#[must_use]
pub fn set_aside(dialogue: &Dialogue, recall: &Recall<'_>, said: &str) -> Decision {
    let mut desk = Desk::open(dialogue, recall);
    desk.dialogue.question = Question::None;
    desk.dialogue.booking = None;
    desk.dialogue.introduced = true;
    people::hand_off(&mut desk, HandOffReason::Failure, said);
    desk.dialogue.turns = desk.dialogue.turns.saturating_add(1);
    desk.dialogue.last_heard = Some(recall.now);
    desk.close()
}
