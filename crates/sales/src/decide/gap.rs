//! What changed of the cart while the customer was away, or between two messages.

use super::{cart, search};
use crate::{desk::Desk, dialogue::Question, say::Say};

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
                search::show_similar(desk, product);
            }
        }
    }
}
