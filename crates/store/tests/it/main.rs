//! Stored data, on SQLite always and on PostgreSQL when `DUKA_TEST_POSTGRES_URL` names a server that this may make
//! databases on, as a superuser.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod analytics;
mod bookings;
mod catalogue;
mod conversations;
mod database;
mod documents;
mod encryption;
mod handovers;
mod interests;
mod isolation;
mod jobs;
mod learning;
mod live;
mod looks;
mod model_calls;
mod pages;
mod people;
mod sales;
mod team;
mod writing;
