//! `GET /v1/events`: what happens in the shop, as it happens.
//!
//! Each stream reads the shop's own rows of `duka_store::live` behind the place it has told, a few times a second: whoever
//! wrote them, on whichever node, they are told once and in order. A page that lost its connection goes on behind the
//! last event it saw.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderName, HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use duka_kernel::UserId;
use duka_shop::team::{Right, Rights};
use duka_store::{
    StoreError,
    live::{LiveEvent, LivePlace, RESET},
};
use futures::stream;
use serde_json::json;
use tokio::{sync::watch, time::Instant};
use utoipa::PartialSchema;

use crate::{
    Api,
    describe::{Describing, Input, Output, Route},
    principal::{AtShop, still_at_shop},
    problem::{Problem, Reply, SLOW_DOWN},
    route,
    staff::Member,
};

/// How often a stream looks for what is new.
const LOOK: Duration = Duration::from_millis(400);
/// How often it is looked whether whoever listens may still.
const CHECK: Duration = Duration::from_secs(5);
/// How often something is sent, so that both ends know of a connection that broke.
const BEAT: Duration = Duration::from_secs(15);
/// Events that are read at once.
const AT_ONCE: u32 = 200;
/// Streams that one person may have open at the same time: as many as browsers open to a server.
const STREAMS: usize = 8;

pub fn routes() -> Vec<Route> {
    vec![route!(listen)]
}

/// Who listens, and that the process is about to end.
pub struct Streams {
    open: Mutex<HashMap<UserId, usize>>,
    closing: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { open: Mutex::default(), closing: watch::channel(false).0 }
    }
}

impl Streams {
    /// Ends every stream.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn enter(self: &Arc<Self>, user: UserId) -> Reply<Seat> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(user).or_default();
        if *count >= STREAMS {
            return Err(SLOW_DOWN.because(format!("You have {STREAMS} streams open already")).after(30));
        }
        *count += 1;
        Ok(Seat { streams: Arc::clone(self), user })
    }
}

/// An open stream, as it is counted.
struct Seat {
    streams: Arc<Streams>,
    user: UserId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.user) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.user);
            }
        }
    }
}

/// The last event that a page saw before it lost its connection.
struct LastEvent(String);

impl OptionalFromRequestParts<Api> for LastEvent {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Option<Self>, Problem> {
        let sent = parts.headers.get("last-event-id").and_then(|sent| sent.to_str().ok());
        Ok(sent.filter(|sent| !sent.is_empty()).map(|sent| Self(sent.to_owned())))
    }
}

/// The same, where the header may be left out.
struct After(Option<LastEvent>);

impl FromRequestParts<Api> for After {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        <LastEvent as OptionalFromRequestParts<Api>>::from_request_parts(parts, api).await.map(Self)
    }
}

impl Input for After {
    fn describe(at: &mut Describing<'_>) {
        at.header("Last-Event-ID", false, "The last event that was seen: the stream goes on behind it");
    }
}

/// Events as they happen.
struct Events(Body);

impl IntoResponse for Events {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        // Proxies are not to gather what is to be told at once.
        headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
        response
    }
}

impl Output for Events {
    fn describe(at: &mut Describing<'_>) {
        at.answers(
            "200",
            "Events, until one end hangs up",
            Some(("text/event-stream", <String as PartialSchema>::schema())),
        );
    }
}

/// Listen to what happens in the shop. Each event has `data` of JSON: its `kind` (`order`, `payment`, `message`,
/// `delivery-tick`, `stock`, `handover`, `appointment`), the `id` of what it is about and `what` became of it; you are told
/// what you have the right to see. The first event is `open`. After `reset` read everything again: you were away for too long.
/// The stream ends when your session does, or the shop is no longer yours.
#[utoipa::path(get, path = "/events", tag = "live")]
async fn listen(member: Member, After(last): After) -> Reply<Events> {
    let seat = member.api.streams.enter(member.user)?;
    let now = member.read().await?.live_now().await?;
    let known = last.as_ref().and_then(|last| last.0.parse::<LivePlace>().ok());
    let lost = last.is_some() && known.is_none();
    let mut begun = told(now, "open", &json!({"kind": "open", "id": null, "what": "open"}));
    if let Some(place) = known {
        // What was missed comes next; until then this is as far as it was told.
        begun = told(place, "open", &json!({"kind": "open", "id": null, "what": "resumed"}));
    } else if lost {
        begun.push_str(&reset(now));
    }
    let at: AtShop = AtShop::clone(&member);
    let place = known.unwrap_or(now);
    let listener = Listener {
        closing: at.api.streams.closing.subscribe(),
        rights: at.rights,
        at,
        place,
        begun: Some(begun),
        checked: Instant::now(),
        beaten: Instant::now(),
        _seat: seat,
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let text = listener.next().await?;
        Some((Ok::<_, std::io::Error>(Bytes::from(text)), listener))
    });
    Ok(Events(Body::from_stream(events)))
}

/// Someone who listens.
struct Listener {
    at: AtShop,
    rights: Rights,
    place: LivePlace,
    begun: Option<String>,
    checked: Instant,
    beaten: Instant,
    closing: watch::Receiver<bool>,
    _seat: Seat,
}

impl Listener {
    /// What is sent next; nothing if the stream is over.
    async fn next(&mut self) -> Option<String> {
        if let Some(begun) = self.begun.take() {
            return Some(begun);
        }
        loop {
            let events = self.look().await.ok()?;
            if (!events.is_empty() || self.checked.elapsed() >= CHECK) && !self.may_still().await {
                return None;
            }
            let text = self.tell(&events);
            if let Some(last) = events.last() {
                self.place = last.place;
            }
            if !text.is_empty() {
                self.beaten = Instant::now();
                return Some(text);
            }
            if self.beaten.elapsed() >= BEAT {
                self.beaten = Instant::now();
                return Some(":\n\n".to_owned());
            }
            tokio::select! {
                _ = self.closing.wait_for(|closing| *closing) => return None,
                () = tokio::time::sleep(if events.is_empty() { LOOK } else { Duration::ZERO }) => {}
            }
        }
    }

    async fn look(&self) -> Result<Vec<LiveEvent>, StoreError> {
        self.at.api.app.store.peek(self.at.scope).await?.live_since(self.place, AT_ONCE).await
    }

    /// Whether whoever listens is still logged in and in this shop, and with which rights.
    async fn may_still(&mut self) -> bool {
        self.checked = Instant::now();
        match still_at_shop(&self.at).await {
            Ok(rights) => {
                self.rights = rights;
                true
            }
            Err(_) => false,
        }
    }

    /// Events as they are sent: those that whoever listens may see, and of the stock only the last of many.
    fn tell(&self, events: &[LiveEvent]) -> String {
        let last_stock = events.iter().rposition(|event| event.kind == "stock");
        let mut text = String::new();
        for (n, event) in events.iter().enumerate() {
            if event.kind == RESET {
                text.push_str(&reset(event.place));
            } else if may_see(self.rights, &event.kind) && (event.kind != "stock" || Some(n) == last_stock) {
                let data = json!({
                    "kind": event.kind, "id": event.subject, "what": what(event),
                    "conversation_id": event.conversation, "number": event.label,
                });
                text.push_str(&told(event.place, &event.kind, &data));
            }
        }
        text
    }
}

fn may_see(rights: Rights, kind: &str) -> bool {
    match kind {
        "order" => rights.has(Right::OrdersView),
        "payment" => rights.has(Right::OrdersView) || rights.has(Right::FinanceView),
        "stock" => rights.has(Right::CatalogView),
        "appointment" => rights.has(Right::AppointmentsView),
        _ => rights.has(Right::ConversationsView),
    }
}

fn what(event: &LiveEvent) -> &str {
    match (event.kind.as_str(), event.what.as_str()) {
        ("message", "in") => "received",
        ("message", "out") => "written",
        (_, what) => what,
    }
}

fn reset(place: LivePlace) -> String {
    told(place, RESET, &json!({"kind": RESET, "id": null, "what": RESET}))
}

fn told(place: LivePlace, kind: &str, data: &serde_json::Value) -> String {
    format!("id: {place}\nevent: {kind}\ndata: {data}\n\n")
}
