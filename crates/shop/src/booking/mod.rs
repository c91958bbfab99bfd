//! Appointments: what a shop says about them, and which times are free.
//!
//! A booking occupies *lanes*: a person of the staff, a chair, or, where a service needs neither, the service itself.
//! A lane serves one booking at a time, from the buffer before it to the buffer after it. [`Calendar`] answers which
//! times are free and which lanes a booking would take; the database makes sure at commit that they still are.

mod calendar;
mod lanes;
mod rules;
mod state;
#[cfg(test)]
mod tests;

pub use self::{
    calendar::{Calendar, DayPart, Refusal},
    lanes::{Claim, Taken},
    rules::{BookingRules, Deposit, Resource, Staff, Terms},
    state::AppointmentState,
};
