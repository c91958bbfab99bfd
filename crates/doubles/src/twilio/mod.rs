//! A double of Twilio's Messages API, its media store and its webhooks.

mod api;
mod ledger;
mod media;
pub mod webhooks;

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{Router, routing::get};
use base64::{Engine, engine::general_purpose::STANDARD};
use tokio::sync::{broadcast, watch};

use self::ledger::Ledger;
pub use self::{ledger::SentMessage, media::HostedMedia};
use crate::{
    Fault, TooFew,
    faults::Faults,
    server::Server,
    webhook::{caller, reach},
};

/// The account that every double knows from the start.
pub const ACCOUNT_SID: &str = "AC00000000000000000000000000000001";

/// Its Auth Token.
pub const AUTH_TOKEN: &str = "12345678901234567890123456789012";

/// Twilio, on a socket of this machine, until it is dropped.
pub struct TwilioDouble {
    server: Server,
    state: Arc<State>,
    caller: reqwest::Client,
}

struct State {
    /// `Authorization` values by account.
    accounts: Mutex<HashMap<String, Account>>,
    ledger: Mutex<Ledger>,
    media: Mutex<HashMap<String, HostedMedia>>,
    count: watch::Sender<usize>,
    arrivals: broadcast::Sender<SentMessage>,
    faults: Faults,
    next_id: AtomicU64,
    downloads: AtomicU64,
}

#[derive(Clone)]
struct Account {
    auth_token: String,
    authorization: String,
}

impl TwilioDouble {
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
            accounts: Mutex::default(),
            ledger: Mutex::default(),
            media: Mutex::default(),
            count: watch::Sender::new(0),
            arrivals: broadcast::Sender::new(4_096),
            faults: Faults::default(),
            next_id: AtomicU64::new(1),
            downloads: AtomicU64::new(0),
        });
        let router = Router::new()
            .route("/2010-04-01/Accounts/{account}/Messages.json", get(api::list).post(api::create))
            .route("/2010-04-01/Accounts/{account}/Messages/{message}/Media/{medium}", get(media::download))
            .with_state(state.clone());
        let double = Self { server: Server::start(address, router).await?, state, caller: caller() };
        double.add_account(ACCOUNT_SID, AUTH_TOKEN);
        Ok(double)
    }

    /// Where it listens, for `DUKA_TWILIO_API_BASE`: `http://127.0.0.1:…`.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// Makes another account known, or changes the token of one.
    pub fn add_account(&self, account_sid: &str, auth_token: &str) {
        let authorization = format!("Basic {}", STANDARD.encode(format!("{account_sid}:{auth_token}")));
        let account = Account { auth_token: auth_token.to_owned(), authorization };
        lock(&self.state.accounts).insert(account_sid.to_owned(), account);
    }

    /// Everything it has accepted, oldest first, since the start or the last [`Self::forget`].
    #[must_use]
    pub fn sent(&self) -> Vec<SentMessage> {
        lock(&self.state.ledger).all().to_vec()
    }

    /// How many messages that is, without copying them.
    #[must_use]
    pub fn sent_count(&self) -> usize {
        *self.state.count.borrow()
    }

    /// Waits until `wanted` messages have been accepted in all and gives them.
    ///
    /// # Errors
    /// If fewer came within the time.
    pub async fn await_sent(&self, wanted: usize, within: Duration) -> Result<Vec<SentMessage>, TooFew> {
        reach(&self.state.count, wanted, within).await?;
        Ok(self.sent())
    }

    /// Forgets what was accepted.
    pub fn forget(&self) {
        let mut ledger = lock(&self.state.ledger);
        *ledger = Ledger::default();
        self.state.count.send_replace(0);
    }

    /// What it accepts from now on, as it comes. Who falls 4,096 behind misses the oldest.
    #[must_use]
    pub fn arrivals(&self) -> broadcast::Receiver<SentMessage> {
        self.state.arrivals.subscribe()
    }

    /// Lets the next `count` messages go wrong.
    pub fn fail_next(&self, count: usize, fault: &Fault) {
        self.state.faults.add(count, fault);
    }

    /// Delays every answer about messages from now on; zero for none.
    pub fn delay_all(&self, by: Duration) {
        self.state.faults.delay_all(by);
    }

    /// How often media were asked for, whether they were given or not.
    #[must_use]
    pub fn downloads(&self) -> u64 {
        self.state.downloads.load(Ordering::Relaxed)
    }

    /// Keeps a file of the first account for download and gives its address, as webhooks carry it.
    #[must_use]
    pub fn host_media(&self, media: HostedMedia) -> String {
        let (message, medium) = (self.state.new_sid("MM"), self.state.new_sid("ME"));
        lock(&self.state.media).insert(medium.clone(), media);
        format!("{}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{message}/Media/{medium}", self.base_url())
    }
}

impl State {
    fn new_sid(&self, prefix: &str) -> String {
        format!("{prefix}{:032x}", self.next_id.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, message: SentMessage) {
        if self.arrivals.receiver_count() > 0 {
            // Nobody listening any more is not a failure.
            let _ = self.arrivals.send(message.clone());
        }
        let mut ledger = lock(&self.ledger);
        ledger.add(message);
        // Counted under the lock, so that whoever waits finds the message.
        self.count.send_replace(ledger.all().len());
    }
}

/// The value, even if a test panicked while it held the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
