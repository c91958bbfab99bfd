//! A double of the providers of language models: OpenAI, Gemini, Anthropic, Together and any compatible server, each speaking
//! its own wire below its own path of one socket.
//!
//! What it answers is a function of what it was asked; [`Fault`]s queue up for whom they are meant. It refuses what the real
//! ones refuse, and remembers every request.

mod answers;
mod errors;
mod multipart;
pub mod phrasing;
mod received;
mod rules;
mod vectors;

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, State as Shared},
    http::{HeaderMap, StatusCode, Uri},
    response::{Html, IntoResponse, Response},
};
use duka_models::{Access, ChainOrder, ModelId, ModelsConfig, Provider};
use serde_json::Value;
use tokio::sync::watch;

pub use self::received::{Received, Said, Task};
use crate::{
    TooFew,
    server::{Line, Server},
    webhook::reach,
};

/// How long a provider says one has to wait, and where it says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hint {
    /// It does not say.
    None,
    /// In the body, as Gemini does: `RetryInfo`.
    RetryInfo(Duration),
    /// In the header `retry-after`, in seconds.
    RetryAfter(u64),
    /// In the header `retry-after-ms`.
    RetryAfterMillis(u64),
    /// In the header `x-ratelimit-reset-requests`, such as `6m0s`.
    Reset(&'static str),
}

/// What goes wrong with a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// 429: too many requests.
    RateLimited(Hint),
    /// 429: the money is gone (`insufficient_quota`; Anthropic: 402 `billing_error`).
    OutOfMoney,
    /// 429: what may be asked in a day is used up.
    DailyQuota,
    /// Another HTTP status, with an error in the provider's shape: 401, 402, 404, 500, 503, 529 …
    Status(u16),
    /// Nothing for so long, then the answer.
    Hang(Duration),
    /// The connection is cut.
    Cut,
    /// The body ends in the middle of its JSON.
    Torn,
    /// A page of HTML, with status 200.
    Page,
    /// A body of so many bytes.
    Huge(usize),
    /// The model stops at the limit of tokens, in the middle of its answer.
    Truncated,
    /// The model refuses.
    Refused,
    /// The prompt is blocked (Gemini: no candidates; others: the content filter).
    Blocked,
    /// An answer with nothing in it.
    Empty,
    /// The answer, with talk before and after it.
    Chatty,
    /// Thinking first, then the answer.
    Thinking,
    /// The answer, without saying what it used.
    NoUsage,
    /// Vectors of another length than was asked for.
    OtherLength,
}

type Answer = dyn Fn(&Received) -> String + Send + Sync;

/// The providers of models, on a socket of this machine, until it is dropped.
pub struct Double {
    server: Server,
    state: Arc<State>,
}

struct State {
    answer: Mutex<Arc<Answer>>,
    faults: Mutex<Vec<Queued>>,
    keys: Mutex<BTreeMap<Provider, String>>,
    usage: Mutex<BTreeMap<Provider, Value>>,
    received: Mutex<Vec<Received>>,
    count: watch::Sender<usize>,
}

/// A fault, for whom it is meant, and how often it still happens.
struct Queued {
    on: String,
    times: Option<usize>,
    fault: Fault,
}

impl Double {
    /// Starts on a free port of the loopback address. `answer` says what a model answers, or hears, to what it is asked.
    ///
    /// # Errors
    /// If no socket can be had.
    pub async fn answering(answer: impl Fn(&Received) -> String + Send + Sync + 'static) -> io::Result<Self> {
        let state = Arc::new(State {
            answer: Mutex::new(Arc::new(answer)),
            faults: Mutex::default(),
            keys: Mutex::default(),
            usage: Mutex::default(),
            received: Mutex::default(),
            count: watch::Sender::new(0),
        });
        let router = Router::new().fallback(serve).layer(DefaultBodyLimit::disable()).with_state(state.clone());
        Ok(Self { server: Server::start(SocketAddr::from(([127, 0, 0, 1], 0)), router).await?, state })
    }

    /// Where a provider listens, for `DUKA_<PROVIDER>_API_BASE`.
    #[must_use]
    pub fn base(&self, provider: Provider) -> String {
        let version = if provider == Provider::Gemini { "v1beta" } else { "v1" };
        format!("{}/{provider}/{version}", self.server.base_url())
    }

    /// The configuration of an installation whose providers are all here, each with the key `key-<provider>`; with these tiers,
    /// or with the suggested ones if there are none.
    ///
    /// # Panics
    /// If a tier is not a model.
    #[must_use]
    pub fn config(&self, tiers: &[&str]) -> ModelsConfig {
        let parsed = tiers.iter().map(|id| id.parse::<ModelId>().expect("a tier is provider/model"));
        let order = if tiers.is_empty() { ChainOrder::Suggested } else { ChainOrder::Tiers(parsed.collect()) };
        let access = |provider: Provider| Access {
            key: Some(format!("key-{provider}").into()),
            base: Some(self.base(provider).parse().expect("its own address is one")),
        };
        let all = Provider::ALL.into_iter().map(|provider| (provider, access(provider)));
        ModelsConfig { order, access: all.collect(), allow_local: false }
    }

    /// From now on, this is what is answered.
    pub fn answer(&self, answer: impl Fn(&Received) -> String + Send + Sync + 'static) {
        *lock(&self.state.answer) = Arc::new(answer);
    }

    /// Lets the next `times` requests to models whose `provider/model` begins with `on` go wrong: `""` is all of them, `"openai/"`
    /// a provider, `"openai/gpt-6-luna"` a model. Faults for the same model happen in the order they were given.
    pub fn fail(&self, on: &str, times: usize, fault: &Fault) {
        lock(&self.state.faults).push(Queued { on: on.to_owned(), times: Some(times), fault: fault.clone() });
    }

    /// The same, until [`Self::mend`].
    pub fn break_down(&self, on: &str, fault: &Fault) {
        lock(&self.state.faults).push(Queued { on: on.to_owned(), times: None, fault: fault.clone() });
    }

    /// Everything works again.
    pub fn mend(&self) {
        lock(&self.state.faults).clear();
    }

    /// From now on a provider takes only this key; before, it takes any.
    pub fn require_key(&self, provider: Provider, key: &str) {
        lock(&self.state.keys).insert(provider, key.to_owned());
    }

    /// From now on a provider says that this was used, whatever was; in its own shape.
    pub fn use_up(&self, provider: Provider, usage: Value) {
        lock(&self.state.usage).insert(provider, usage);
    }

    /// Every request so far, oldest first.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        lock(&self.state.received).clone()
    }

    /// The models of these requests, in order, as `provider/model`.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        lock(&self.state.received).iter().map(Received::target).collect()
    }

    /// Waits until so many requests have come in all.
    ///
    /// # Errors
    /// If fewer came within the time.
    pub async fn await_received(&self, wanted: usize, within: Duration) -> Result<Vec<Received>, TooFew> {
        reach(&self.state.count, wanted, within).await?;
        Ok(self.received())
    }

    /// Forgets what was received.
    pub fn forget(&self) {
        lock(&self.state.received).clear();
        self.state.count.send_replace(0);
    }
}

impl State {
    fn record(&self, received: &Received) {
        let mut all = lock(&self.received);
        all.push(received.clone());
        self.count.send_replace(all.len());
    }

    /// The first fault that is meant for this model.
    fn fault_for(&self, target: &str) -> Option<Fault> {
        let mut faults = lock(&self.faults);
        let at = faults.iter().position(|queued| target.starts_with(&queued.on) && queued.times != Some(0))?;
        let queued = &mut faults[at];
        queued.times = queued.times.map(|times| times - 1);
        let fault = queued.fault.clone();
        faults.retain(|queued| queued.times != Some(0));
        Some(fault)
    }
}

async fn serve(
    Shared(state): Shared<Arc<State>>,
    ConnectInfo(line): ConnectInfo<Line>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(received) = Received::read(&uri, &headers, &body) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    state.record(&received);
    let provider = received.provider;
    let fault = state.fault_for(&received.target());
    match &fault {
        Some(Fault::RateLimited(hint)) => return errors::rate_limited(provider, *hint),
        Some(Fault::OutOfMoney) => return errors::out_of_money(provider),
        Some(Fault::DailyQuota) => return errors::daily_quota(provider),
        Some(Fault::Status(status)) => return errors::status(provider, *status),
        Some(Fault::Hang(time)) => tokio::time::sleep(*time).await,
        Some(Fault::Cut) => {
            line.cut();
            return StatusCode::NO_CONTENT.into_response();
        }
        Some(Fault::Page) => return Html("<html><body>Please sign in</body></html>").into_response(),
        Some(Fault::Huge(bytes)) => return huge(*bytes),
        _ => {}
    }
    let wanted = lock(&state.keys).get(&provider).cloned();
    if wanted.is_some() && wanted != received.key || provider != Provider::Compatible && received.key.is_none() {
        return errors::status(provider, 401);
    }
    if let Err(why) = rules::check(&received) {
        return errors::bad_request(provider, &why);
    }
    let answer = lock(&state.answer).clone();
    let mut reply = answers::of(&received, fault.as_ref(), &*answer);
    if fault == Some(Fault::NoUsage) {
        answers::without_usage(&mut reply);
    } else if let Some(usage) = lock(&state.usage).get(&provider) {
        answers::with_usage(provider, &mut reply, usage);
    }
    let mut text = reply.to_string();
    if fault == Some(Fault::Torn) {
        text.truncate(text.len() * 2 / 3);
    }
    ([("content-type", "application/json")], text).into_response()
}

fn huge(bytes: usize) -> Response {
    let mut body = br#"{"choices":[{"message":{"content":""#.to_vec();
    body.resize(bytes.max(body.len()), b'x');
    ([("content-type", "application/json")], body).into_response()
}

/// The value, even if a test panicked while it held the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
