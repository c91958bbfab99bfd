//! When a person takes over.

use super::speaker::Speaker;
use crate::effect::HandOffReason;

pub(super) fn handed_off(s: &mut Speaker<'_>, reason: HandOffReason, open: bool) {
    let key = match reason {
        HandOffReason::Asked => "handed_off",
        HandOffReason::Complaint => "handed_off_complaint",
        HandOffReason::NotUnderstood => "handed_off_not_understood",
        HandOffReason::NeedsPerson => "handed_off_needs_person",
    };
    let text = s.text(key, &[]);
    let closed = if open { String::new() } else { s.text("handed_off_closed", &[]) };
    s.lines(vec![text, closed]);
}

pub(super) fn complaint(s: &mut Speaker<'_>, number: Option<&str>) {
    s.calm_down();
    match number {
        Some(number) => s.put("complaint_number", &[("number", number)]),
        None => s.put("complaint", &[]),
    }
}
