//! Many at once, and the worst at the worst moment: parallel deliveries, the last piece, payments that come early,
//! late and twice, a process that is killed, two processes on one database, a channel that fails.
//!
//! Each test starts the built program with doubles of Twilio and PayLink on real sockets. Each runs on SQLite, and on
//! PostgreSQL if `DUKA_TEST_POSTGRES_URL` is set (`scripts/postgres start` prints one).

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail by panic")]

#[path = "../support/mod.rs"]
mod support;

mod channel;
mod crash;
mod deliveries;
mod last_piece;
mod money;
mod nodes;
mod one_time;
mod world;

/// The same scenario on each database.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::support::Installation::new().await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(installation) = crate::support::Installation::on_postgres().await {
                    super::$name(installation).await;
                }
            })+
        }
    };
}
pub(crate) use on_both;
