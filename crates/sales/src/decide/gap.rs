//! What changed of the cart while the customer was away, or between two messages.

use duka_kernel::Timestamp;

use super::{cart, others};
use crate::{
    desk::Desk,
    dialogue::{Dialogue, Question, Stage},
    say::Say,
};

/// Brings the cart up to date at the beginning of a turn and says what changed. A minute or a week may have
/// passed: what the customer saw has to be what they get.
pub(super) fn notice(desk: &mut Desk<'_>) {
    let changes = cart::recheck(desk);
    if !changes.any() {
        return;
    }
    desk.touched = true;
    let at_summary = matches!(desk.pending, Question::Summary { .. });
    let gone = changes.gone.first().map(|line| line.product);
    if at_summary && changes.repriced.is_empty() {
        desk.say(Say::JustSold { lines: changes.gone });
    } else {
        desk.say(Say::CartChanged { repriced: changes.repriced, gone: changes.gone });
    }
    if desk.dialogue.cart.is_empty() {
        desk.dialogue.then_checkout = false;
        if at_summary || desk.pending == Question::CartNext {
            desk.answered();
            if let Some(product) = gone.and_then(|id| desk.product(id)) {
                others::show_similar(desk, product);
            }
        }
    }
}

/// After so long a question is stale: a yes to come must not order, empty or cancel anything.
const STALE_HOURS: i64 = 6;

/// Whether what was asked last was asked long ago.
pub(super) fn is_stale(dialogue: &Dialogue, now: Timestamp) -> bool {
    let away = dialogue.last_heard.map_or(0, |heard| now.millis_since(heard));
    away >= STALE_HOURS * 3_600_000
}

/// Lets go of a question that was asked long ago. What it was about stays: the cart, what was shown, what waits for its
/// size, and the order that waits for its money.
pub(super) fn let_go_of_old_questions(desk: &mut Desk<'_>) {
    if !is_stale(&desk.dialogue, desk.recall.now) {
        return;
    }
    desk.dialogue.promised_at = None;
    desk.dialogue.advised = None;
    let open = match desk.dialogue.question.clone() {
        Question::Summary { .. }
        | Question::Address
        | Question::Phone
        | Question::ClearCart
        | Question::CartLine { .. }
        | Question::Pieces { .. }
        | Question::Quantity(_) => {
            if desk.dialogue.cart.is_empty() {
                Question::None
            } else {
                Question::CartNext
            }
        }
        Question::CancelOrder(order) => Question::Payment(order),
        question => question,
    };
    if open != desk.dialogue.question {
        desk.dialogue.then_checkout = false;
        desk.dialogue.question = open;
        desk.pending = desk.dialogue.question.clone();
        if !desk.dialogue.cart.is_empty() {
            desk.enter(Stage::Cart);
        }
    }
}
