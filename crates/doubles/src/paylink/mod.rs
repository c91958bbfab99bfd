//! A double of PayLink: it takes prompts, is asked about them, and calls back in every shape seen.

mod api;
mod callbacks;

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    routing::{get, post},
};
use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::{broadcast, watch};

pub use self::callbacks::{CallbackShape, Outcome};
use crate::{
    Fault, TooFew,
    faults::Faults,
    server::Server,
    webhook::{caller, reach},
};

/// The merchant that every double knows.
pub const USERNAME: &str = "malkia";

/// Its key.
pub const API_KEY: &str = "plk_test_0123456789abcdef";

/// A prompt that was accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PushRequest {
    /// `ws_CO_…`: the answer and the callbacks carry it.
    pub checkout_id: String,
    /// The payer, `+2547…`.
    pub phone: String,
    /// Whole shillings.
    pub amount: i64,
    /// The merchant's reference.
    pub reference: String,
    /// The words on the prompt.
    pub description: String,
    /// Where the outcome was asked for.
    pub callback_url: String,
    /// The key under which it may be asked for again.
    pub idempotency_key: Option<String>,
    /// When it was accepted.
    pub at: Timestamp,
}

/// PayLink, on a socket of this machine, until it is dropped.
pub struct PayLinkDouble {
    server: Server,
    state: Arc<State>,
}

struct State {
    credentials: Mutex<(String, String)>,
    ledger: Mutex<Ledger>,
    count: watch::Sender<usize>,
    arrivals: broadcast::Sender<PushRequest>,
    faults: Faults,
    calls: AtomicU64,
    hides_status: AtomicBool,
    caller: reqwest::Client,
    /// How long the payer takes, and the shape in which that is told; nobody pays if unset.
    payer: Mutex<Option<(Duration, CallbackShape)>>,
}

#[derive(Default)]
struct Ledger {
    requests: Vec<PushRequest>,
    by_key: HashMap<String, usize>,
    outcomes: HashMap<String, Outcome>,
}

impl PayLinkDouble {
    /// Starts on a free port of the loopback address.
    ///
    /// # Errors
    /// If no socket can be had.
    pub async fn start() -> io::Result<Self> {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// Starts on a given address.
    ///
    /// # Errors
    /// If the address is taken.
    pub async fn start_at(address: SocketAddr) -> io::Result<Self> {
        let state = Arc::new(State {
            credentials: Mutex::new((USERNAME.to_owned(), API_KEY.to_owned())),
            ledger: Mutex::default(),
            count: watch::Sender::new(0),
            arrivals: broadcast::Sender::new(4_096),
            faults: Faults::default(),
            calls: AtomicU64::new(0),
            hides_status: AtomicBool::new(false),
            caller: caller(),
            payer: Mutex::default(),
        });
        let router = Router::new()
            .route("/api/v1/stk-push", post(api::push))
            .route("/api/v1/stk-push/{checkout_id}", get(api::status))
            .with_state(state.clone());
        Ok(Self { server: Server::start(address, router).await?, state })
    }

    /// Where it listens, for `DUKA_PAYLINK_API_BASE`: `http://127.0.0.1:…`.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// Changes the merchant's name and key.
    pub fn set_credentials(&self, username: &str, api_key: &str) {
        *lock(&self.state.credentials) = (username.to_owned(), api_key.to_owned());
    }

    /// Every prompt it has accepted, oldest first; one that was asked for again with its key counts once.
    #[must_use]
    pub fn requests(&self) -> Vec<PushRequest> {
        lock(&self.state.ledger).requests.clone()
    }

    /// How often a prompt was asked for, refusals and repetitions included.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.state.calls.load(Ordering::Relaxed)
    }

    /// Waits until `wanted` prompts have been accepted in all and gives them.
    ///
    /// # Errors
    /// If fewer came within the time.
    pub async fn await_requests(&self, wanted: usize, within: Duration) -> Result<Vec<PushRequest>, TooFew> {
        reach(&self.state.count, wanted, within).await?;
        Ok(self.requests())
    }

    /// What it accepts from now on, as it comes. Who falls 4,096 behind misses the oldest.
    #[must_use]
    pub fn arrivals(&self) -> broadcast::Receiver<PushRequest> {
        self.state.arrivals.subscribe()
    }

    /// Lets the next `count` prompts go wrong.
    pub fn fail_next(&self, count: usize, fault: &Fault) {
        self.state.faults.add(count, fault);
    }

    /// Delays every answer to a prompt from now on; zero for none.
    pub fn delay_all(&self, by: Duration) {
        self.state.faults.delay_all(by);
    }

    /// Whether questions about a prompt are answered with 404, as if there were no such address.
    pub fn hide_status(&self, hide: bool) {
        self.state.hides_status.store(hide, Ordering::Relaxed);
    }

    /// Lets every payer pay by itself after a while, or, with `None`, never.
    pub fn pay_by_itself(&self, after: Option<(Duration, CallbackShape)>) {
        *lock(&self.state.payer) = after;
    }

    /// What questions about a prompt are answered with from now on. Calls nobody back.
    pub fn settle(&self, checkout_id: &str, outcome: Outcome) {
        lock(&self.state.ledger).outcomes.insert(checkout_id.to_owned(), outcome);
    }
}

/// The value, even if a test panicked while it held the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
