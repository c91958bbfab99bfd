//! One installation at work: what every part of the turn needs.

use std::{sync::Arc, time::Duration};

use duka_kernel::{Clock, ConversationId, PaymentId, TenantScope, Timestamp};
use duka_models::Models;
use duka_providers::{channels::twilio::Twilio, push::Pusher};
use duka_store::{Store, media::Media, outbox::Claim};
use tokio::sync::mpsc;
use url::Url;

use crate::{
    correspondents::Correspondents,
    looks::Looking,
    media::Fetched,
    models::Doubts,
    outbox::{Outgoing, Stuck},
    outside::Outside,
    payments::Gateways,
    reports::Early,
    shops::Shops,
    spending::Spending,
};

/// For how long the process that committed a message may take to send it before another may.
const CLAIM_SECONDS: i64 = 20;

/// What an operator decides about the work.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What providers are told: the address of this installation.
    pub public_url: Url,
    /// For how long a burst of messages is gathered.
    pub quiet: Duration,
    /// For how long an answer may wait for a language model.
    pub patience: Duration,
}

/// One installation at work. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The time of day.
    pub clock: Clock,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    /// The name of this process among those that work on one database.
    pub node: Arc<str>,
    /// Shops, as last read.
    pub shops: Shops,
    /// The channels messages leave by.
    pub outside: Arc<Outside>,
    /// The providers that are asked for payments.
    pub gateways: Arc<Gateways>,
    /// Pictures and files.
    pub media: Media,
    /// Language models; asked only by way of [`crate::models`].
    pub models: Models,
    /// Pushes to the team's browsers.
    pub pusher: Pusher,
    pub(crate) spending: Arc<Spending>,
    pub(crate) doubts: Arc<Doubts>,
    pub(crate) fetched: Arc<Fetched>,
    /// The looking at pictures.
    pub looking: Arc<Looking>,
    pub(crate) correspondents: Arc<Correspondents>,
    pub(crate) early: Arc<Early>,
    pub(crate) stuck: Arc<Stuck>,
    left: mpsc::UnboundedSender<Left>,
}

/// What a committed transaction leaves to be done outside of it. Each is also found by a sweep, so that losing
/// one loses time and nothing else.
#[derive(Debug)]
pub enum Left {
    /// A message was stored: the conversation has something to answer.
    Answer(TenantScope, ConversationId),
    /// Messages to send, in order, to one conversation.
    Send(TenantScope, ConversationId, Vec<Outgoing>),
    /// A payment to ask the provider for.
    Request(TenantScope, PaymentId),
    /// A payment to ask the provider about.
    Check(TenantScope, PaymentId),
    /// A payment callback that was written down.
    Notice(uuid::Uuid),
    /// Payment callbacks that could not be understood before.
    Notices,
}

/// The parts of an installation that are made outside of it.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The time of day.
    pub clock: Clock,
    /// What the operator decided.
    pub settings: Settings,
    /// Twilio's client.
    pub twilio: Twilio,
    /// The providers that are asked for payments.
    pub gateways: Gateways,
    /// Pictures and files.
    pub media: Media,
    /// Language models.
    pub models: Models,
    /// Pushes to the team's browsers.
    pub pusher: Pusher,
}

impl App {
    /// Puts an installation together. The receiver is for [`crate::work`] or [`crate::inline`].
    #[must_use]
    pub fn new(parts: Parts) -> (Self, mpsc::UnboundedReceiver<Left>) {
        let (left, receiver) = mpsc::unbounded_channel();
        let status_callback = format!("{}/webhook/whatsapp/status", base(&parts.settings.public_url));
        let app = Self {
            store: parts.store,
            clock: parts.clock,
            settings: Arc::new(parts.settings),
            node: uuid::Uuid::now_v7().to_string().into(),
            shops: Shops::default(),
            outside: Outside::new(parts.twilio, status_callback),
            gateways: Arc::new(parts.gateways),
            media: parts.media,
            models: parts.models,
            pusher: parts.pusher,
            spending: Arc::default(),
            doubts: Arc::default(),
            fetched: Arc::default(),
            looking: Arc::default(),
            correspondents: Arc::default(),
            early: Arc::default(),
            stuck: Arc::default(),
            left,
        };
        (app, receiver)
    }

    /// Leaves something to be done. If nobody does it any more, the process is ending and the sweep of the next
    /// one will.
    pub(crate) fn leave(&self, left: Left) {
        let _ = self.left.send(left);
    }

    /// The claim of this process on messages it commits now.
    pub(crate) fn claim(&self, now: Timestamp) -> Claim {
        Claim { node: self.node.to_string(), until: now.plus_seconds(CLAIM_SECONDS) }
    }

    /// The address of this installation without a slash at its end.
    #[must_use]
    pub fn public_base(&self) -> String {
        base(&self.settings.public_url)
    }
}

fn base(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}
