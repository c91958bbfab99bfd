//! One installation at work: what every part of the turn needs.

use std::{sync::Arc, time::Duration};

use duka_kernel::{Clock, ConversationId, PaymentId, TenantScope};
use duka_store::Store;
use tokio::sync::mpsc;
use url::Url;

use crate::{outbox::Outgoing, shops::Shops};

/// What an operator decides about the work.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What providers are told: the address of this installation.
    pub public_url: Url,
    /// For how long a burst of messages is gathered.
    pub quiet: Duration,
    /// Where Twilio's API is.
    pub twilio_api_base: Url,
    /// Where PayLink's API is.
    pub paylink_api_base: Url,
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
    /// The outside world.
    pub outside: Arc<crate::outbox::Outside>,
    /// What a committed turn leaves to do; read by the background work.
    pub(crate) left: mpsc::UnboundedSender<Left>,
}

/// What a committed transaction leaves to be done outside of it.
#[derive(Debug)]
pub enum Left {
    /// A message was stored: the conversation has something to answer.
    Answer(TenantScope, ConversationId),
    /// Messages to send, in order, of one conversation.
    Send(TenantScope, ConversationId, Vec<Outgoing>),
    /// A payment to ask the provider for.
    Request(TenantScope, PaymentId),
    /// A payment to ask the provider about.
    Check(TenantScope, PaymentId),
}
