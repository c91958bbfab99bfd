//! The built program from the outside: over HTTP beside doubles of Twilio and PayLink, at the command line, and
//! through the console protocol. On SQLite always, and on PostgreSQL when `DUKA_TEST_POSTGRES_URL` names a server on
//! which databases may be made (`scripts/postgres run cargo test -p duka --test it`).

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail by panic, and its name says what it is about")]

#[path = "../support/mod.rs"]
mod support;

mod adversaries;
mod after_sale;
mod changes;
mod commands;
mod knowledge;
mod models;
mod models_down;
mod obeying;
mod outages;
mod people;
mod pictures;
mod playing;
mod process;
mod protocol;
mod remembering;
mod sale;
mod switches;
mod tenants;
mod tools;
mod trades;
mod vision;
mod voice;
mod webhooks;
