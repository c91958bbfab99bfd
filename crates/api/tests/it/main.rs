//! The API as its clients see it, on SQLite always and on PostgreSQL when `DUKA_TEST_POSTGRES_URL` names a server that this
//! may make databases on.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod analytics;
mod description;
mod fixture;
mod live;
mod login;
mod manners;
mod matrix;
mod operator;
mod orders;
mod selling;
mod team;
mod walks;
mod world;
