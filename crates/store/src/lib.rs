//! Persistence on SQLite (default, embedded) and PostgreSQL, from one schema.
//!
//! - [`Store`]: opens, migrates, reads and writes. A write is a unit of work on a [`Tx`], which sees one shop's rows;
//!   [`SystemTx`] sees every shop's, for finding the shop of a message and for sweeps.
//! - One module per feature holds its rows and its queries, as methods of these two.
//! - What a person says or is, is encrypted ([`Keyring`]) and found again by keyed hashes.
//!
//! What differs between the databases (the writer, row-level security, claiming rows, notifications) is inside here.

mod after_sale;
mod audience;
mod crypto;
mod due;
mod error;
mod installation;
mod migrations;
mod postgres;
mod privacy;
mod recaller;
mod rotation;
mod signatures;
mod sqlite;
mod store;
mod testers;
mod tx;
mod wake;
mod writer;

pub mod analytics;
pub mod api_keys;
pub mod audit;
pub mod bookings;
pub mod catalogue;
pub mod channels;
pub mod consents;
pub mod conversations;
pub mod coupons;
pub mod customers;
mod descriptions;
pub mod documents;
pub mod events;
pub mod handovers;
pub mod history;
pub mod imports;
pub mod inbox;
pub mod interests;
pub mod jobs;
pub mod lessons;
pub mod live;
pub mod looks;
pub mod media;
pub mod memories;
pub mod model_calls;
pub mod once;
pub mod operator;
pub mod orders;
pub mod outbox;
pub mod pages;
pub mod payment_notices;
pub mod payments;
pub mod picture_vectors;
pub mod saved_replies;
pub mod sessions;
pub mod stock;
pub mod summaries;
pub mod tasks;
pub mod team;
pub mod tenants;
pub mod turns;
pub mod users;

pub use self::{
    crypto::{KEY_FILE, Keyring},
    error::{Guard, StoreError},
    store::{Store, StoreOptions},
    tx::{Plan, SystemTx, Tx},
    wake::{Wakeup, Wakeups},
};
