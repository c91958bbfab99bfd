//! The API as its clients see it, on SQLite always and on PostgreSQL when `DUKA_TEST_POSTGRES_URL` names a server that this
//! may make databases on.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod analytics;
mod bookings;
mod customers;
mod description;
mod fixture;
mod floor;
mod imports;
mod inbox;
mod knowledge;
mod live;
mod login;
mod manners;
mod matrix;
mod operator;
mod orders;
mod pictures;
mod products;
mod selling;
mod settings;
mod simulator;
mod team;
mod walks;
mod world;
