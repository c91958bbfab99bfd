//! What both doubles need to call Duka back and to be waited for.

use std::time::Duration;

use reqwest::RequestBuilder;
use tokio::sync::watch;

/// What a webhook was answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

impl Answer {
    pub(crate) async fn of(request: RequestBuilder) -> Result<Self, reqwest::Error> {
        let response = request.send().await?;
        Ok(Self { status: response.status().as_u16(), body: response.text().await? })
    }
}

/// Fewer came in time than were waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooFew {
    /// How many were waited for.
    pub wanted: usize,
    /// How many came.
    pub came: usize,
}

impl std::fmt::Display for TooFew {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} came in time, {} were waited for", self.came, self.wanted)
    }
}

impl std::error::Error for TooFew {}

/// Waits until a count has reached `wanted`.
pub(crate) async fn reach(count: &watch::Sender<usize>, wanted: usize, within: Duration) -> Result<(), TooFew> {
    let mut count = count.subscribe();
    let reached = tokio::time::timeout(within, count.wait_for(|came| *came >= wanted)).await.is_ok();
    let came = *count.borrow();
    if reached { Ok(()) } else { Err(TooFew { wanted, came }) }
}

/// The client that calls Duka: like the real ones, it waits 15 s for an answer.
pub(crate) fn caller() -> reqwest::Client {
    let client =
        reqwest::Client::builder().timeout(Duration::from_secs(15)).redirect(reqwest::redirect::Policy::none());
    client.build().expect("the system's TLS roots can be read")
}
