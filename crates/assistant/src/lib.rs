//! The turn: messages in, decisions committed, messages out; payments and due work.
//!
//! [`App`] is one installation at work. [`inbox`] stores what arrives, [`turn`] answers it, [`outbox`] sends,
//! [`payments`] asks for money and settles it, [`due`] does what time makes due. `duka serve` runs them as
//! background work ([`work`]); the console runs them one after another until nothing is left to do.

mod addresses;
pub mod app;
pub mod appointments;
mod approval;
pub mod bookings;
mod commit;
mod correspondents;
mod describing;
pub mod due;
mod errands;
mod feedback;
pub mod gather;
mod handover;
mod happened;
mod hearing;
mod holding;
pub mod imports;
pub mod inbox;
pub mod inline;
mod interests;
mod jobs;
pub mod knowledge;
pub mod leads;
pub mod learning;
mod listening;
mod locked;
pub mod looks;
pub mod media;
pub mod memory;
pub mod models;
pub mod orders;
pub mod outbox;
pub mod outside;
pub mod own_model;
pub mod owner;
pub mod payments;
pub mod people;
pub mod pictures;
mod placing;
pub mod preview;
pub mod recall;
mod reports;
mod setting_aside;
pub mod setup;
pub mod shops;
pub mod simulator;
mod spending;
mod thinking;
mod told;
pub mod tools;
mod transcript;
pub mod turn;
pub mod work;

pub use duka_sales::effect::ADDRESS_FORGOTTEN;

pub use self::{
    app::{App, Settings},
    commit::SET_ASIDE,
};
