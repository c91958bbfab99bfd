//! When a person takes over.

use duka_shop::hours::Status;

use super::{
    format::{TEXT, clean_text},
    speaker::Speaker,
};
use crate::effect::HandOffReason;

pub(super) fn handed_off(s: &mut Speaker<'_>, reason: HandOffReason, now: &Status) {
    let key = match reason {
        HandOffReason::Asked => "handed_off",
        HandOffReason::Complaint => "handed_off_complaint",
        HandOffReason::NotUnderstood => "handed_off_not_understood",
        HandOffReason::NeedsPerson => "handed_off_needs_person",
        HandOffReason::PaymentDispute => "handed_off_payment",
        HandOffReason::Failure => "handed_off_failure",
    };
    let lines = vec![s.text(key, &[]), when(s, now)];
    s.lines(lines);
}

pub(super) fn complaint(s: &mut Speaker<'_>, number: Option<&str>, now: &Status) {
    s.calm_down();
    let sorry = match number {
        Some(number) => s.text("complaint_number", &[("number", number)]),
        None => s.text("complaint", &[]),
    };
    let lines = vec![sorry, when(s, now)];
    s.lines(lines);
}

pub(super) fn still_waiting(s: &mut Speaker<'_>, now: &Status) {
    s.calm_down();
    let lines = vec![s.text("still_waiting", &[]), when(s, now)];
    s.lines(lines);
}

/// From when on people answer, if the shop is closed.
fn when(s: &mut Speaker<'_>, now: &Status) -> String {
    match now {
        Status::Open { .. } | Status::Unknown => String::new(),
        Status::Closed { opens: Some(opens), .. } => {
            let opens = s.voice.moment(opens);
            s.text("handed_off_until", &[("opens", &opens)])
        }
        Status::Closed { opens: None, .. } => s.text("handed_off_closed", &[]),
    }
}

pub(super) fn staff_said(s: &mut Speaker<'_>, text: &str) {
    let lines = vec![s.text("staff_said", &[]), clean_text(text, TEXT)];
    s.lines(lines);
}
