//! The outside world: the channels messages leave by.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use duka_kernel::{TenantId, Timestamp};
use duka_providers::channels::twilio::{OutgoingMessage, SendError, Sender, SentQuery, Twilio, TwilioAccount};
use duka_sales::Part;

use crate::{shops::Shop, simulator::SIMULATOR};

/// A message about to leave.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Whose shop.
    pub tenant: TenantId,
    /// `twilio` or `console`.
    pub channel: &'a str,
    /// The shop's own address there.
    pub from: &'a str,
    /// The customer's address there.
    pub to: &'a str,
    /// What it says.
    pub part: &'a Part,
    /// The public address of its picture.
    pub picture: Option<&'a str>,
    /// When sending was first possible.
    pub since: Timestamp,
}

/// What became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// The channel took it and calls it so.
    Sent(String),
    /// Not now; again after a while, or after this long.
    Later(Option<Duration>),
    /// It may have been sent: ask before sending again.
    Unknown,
    /// It will never be taken as it is. A short word for the row, a sentence for the log.
    Refused(&'static str, String),
}

/// A message as the console shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Whose shop.
    pub tenant: TenantId,
    /// To whom.
    pub to: String,
    /// What it says.
    pub part: Part,
}

/// The channels of one installation.
#[derive(Debug)]
pub struct Outside {
    twilio: Twilio,
    status_callback: String,
    /// What the console has not shown yet; nothing is kept where there is no console.
    console: Mutex<Option<Vec<Shown>>>,
}

impl Outside {
    /// Over Twilio's client; reports of delivery are asked for at `status_callback`.
    #[must_use]
    pub fn new(twilio: Twilio, status_callback: String) -> Arc<Self> {
        Arc::new(Self { twilio, status_callback, console: Mutex::default() })
    }

    /// Twilio's client, for downloading what customers send.
    #[must_use]
    pub const fn twilio(&self) -> &Twilio {
        &self.twilio
    }

    /// What the console has been sent since this was last asked; the first time it begins to be kept.
    #[must_use]
    pub fn take_shown(&self) -> Vec<Shown> {
        self.console().replace(Vec::new()).unwrap_or_default()
    }

    fn console(&self) -> MutexGuard<'_, Option<Vec<Shown>>> {
        self.console.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The channel's names of messages that may be this one, sent by an attempt that never heard of it; oldest first.
    ///
    /// # Errors
    /// What became of asking: the message must not be sent now.
    pub async fn maybe_sent(&self, shop: &Shop, letter: Letter<'_>) -> Result<Vec<String>, Fate> {
        let (Some(account), "twilio") = (&shop.twilio, letter.channel) else { return Ok(Vec::new()) };
        let query = SentQuery {
            to: letter.to,
            body: &letter.part.text,
            media_count: usize::from(letter.picture.is_some()),
            // Twilio's clock and ours may differ a little.
            since: letter.since.plus_seconds(-2),
        };
        match self.twilio.find_sent(account, &query).await {
            Ok(found) => Ok(found.into_iter().rev().map(|sent| sent.sid).collect()),
            Err(SendError::TryLater(after)) => Err(Fate::Later(after)),
            Err(SendError::Unknown(_)) => Err(Fate::Unknown),
            Err(error) => {
                tracing::warn!(%error, "Twilio does not list what was sent; a reply twice is better than none");
                Ok(Vec::new())
            }
        }
    }

    /// Sends a message.
    pub async fn send(&self, shop: &Shop, letter: Letter<'_>) -> Fate {
        match letter.channel {
            "console" => {
                if let Some(shown) = self.console().as_mut() {
                    shown.push(Shown { tenant: letter.tenant, to: letter.to.to_owned(), part: letter.part.clone() });
                }
                Fate::Sent(format!("console-{}", uuid::Uuid::now_v7()))
            }
            // Whoever plays the customer reads it where it is stored.
            SIMULATOR => Fate::Sent(format!("simulator-{}", uuid::Uuid::now_v7())),
            "twilio" => match &shop.twilio {
                Some(account) => self.send_by_twilio(account, letter).await,
                None => Fate::Refused(
                    "misconfigured",
                    "the shop has no Twilio account: duka tenant set twilio.account_sid=… twilio.auth_token=…".into(),
                ),
            },
            other => Fate::Refused("misconfigured", format!("there is no channel called {other:?}")),
        }
    }

    async fn send_by_twilio(&self, account: &TwilioAccount, letter: Letter<'_>) -> Fate {
        let media_urls: Vec<String> = letter.picture.map(str::to_owned).into_iter().collect();
        let message = OutgoingMessage {
            to: letter.to,
            from: Sender::Address(letter.from),
            body: &letter.part.text,
            media_urls: &media_urls,
            status_callback: Some(&self.status_callback),
        };
        match self.twilio.send(account, &message).await {
            Ok(sent) => Fate::Sent(sent.sid),
            Err(SendError::TryLater(after)) => Fate::Later(after),
            Err(SendError::Unknown(_)) => Fate::Unknown,
            Err(error @ SendError::OutsideWindow) => Fate::Refused("outside_window", error.to_string()),
            Err(error @ SendError::InvalidRecipient) => Fate::Refused("invalid_recipient", error.to_string()),
            Err(error @ SendError::Rejected(..)) => Fate::Refused("rejected", error.to_string()),
            Err(error @ SendError::Misconfigured(_)) => Fate::Refused("misconfigured", error.to_string()),
        }
    }
}
