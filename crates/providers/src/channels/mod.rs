//! Where customers write from.

pub mod twilio;
