//! What can be booked, and what is booked.

mod appointments;
mod services;
mod times;

use duka_assistant::appointments::Refused;
use duka_shop::booking::Refusal;

use crate::{
    describe::Route,
    problem::{CONFLICT, Problem, SLOT_TAKEN},
};

pub fn routes() -> Vec<Route> {
    [appointments::routes(), times::routes(), services::routes()].into_iter().flatten().collect()
}

/// Why an appointment was not made or moved, as people are told.
fn refused(refused: Refused) -> Problem {
    match refused {
        Refused::Store(error) => error.into(),
        Refused::NoSuchLane => Problem::field("/lane", "is not where this service is done"),
        Refused::NoSuchService => CONFLICT.because("This service is not offered any more"),
        Refused::Unfit(why) => match why {
            Refusal::Taken => SLOT_TAKEN.because("Somebody else is booked then"),
            Refusal::Past => Problem::field("/start", "has passed, or is too soon"),
            Refusal::TooFar(days) => Problem::field("/start", format!("is more than {days} days ahead")),
            Refusal::NotThatDay => Problem::field("/start", "is a day on which this service is not offered"),
            Refusal::Holiday(name) => Problem::field("/start", format!("is a holiday: {name}")),
            Refusal::OutsideHours { open, close } => {
                Problem::field("/start", format!("is outside the hours of this service, {open} to {close}"))
            }
            Refusal::Break => Problem::field("/start", "falls into a break"),
        },
    }
}
