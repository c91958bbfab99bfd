//! The console: a conversation in the terminal or with a program, through the same inbox, turn, outbox, payment and
//! due work as any channel. One thing after another, so that the answer to a line is complete when it is written.

pub mod protocol;
mod session;
mod setup;
mod state;

pub use self::session::Console;
