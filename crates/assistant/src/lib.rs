//! The turn: messages in, decisions committed, messages out; payments and due work.
//!
//! [`App`] is one installation at work. [`inbox`] stores what arrives, [`turn`] answers it, [`outbox`] sends,
//! [`payments`] asks for money and settles it, [`due`] does what time makes due. `duka serve` runs them as
//! background work ([`work`]); the console runs them one after another until nothing is left to do.

mod addresses;
pub mod app;
mod commit;
mod correspondents;
mod hearing;
pub mod due;
pub mod gather;
pub mod inbox;
pub mod inline;
pub mod media;
pub mod outside;
pub mod outbox;
pub mod owner;
pub mod payments;
mod recall;
pub mod shops;
pub mod turn;
pub mod work;

pub use self::app::{App, Settings};
