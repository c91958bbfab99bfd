//! What the channel reports about messages that were sent.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use duka_kernel::{ChannelId, MessageId, TenantScope};
use duka_providers::channels::twilio::{MessageStatus, StatusUpdate};
use duka_store::{StoreError, channels::Channel, events::NewEvent, outbox::Delivery};
use serde_json::json;

use crate::app::App;

/// Reports that came before the row knew its provider's id: Twilio is sometimes faster than a commit.
#[derive(Debug, Default)]
pub struct Early(Mutex<VecDeque<Report>>);

/// The channel, its name for the message, how far that got, and why it failed.
type Report = (ChannelId, String, Delivery, Option<String>);

impl Early {
    /// How many are remembered.
    const REMEMBERED: usize = 10_000;

    fn remember(&self, channel: ChannelId, id: &str, delivery: Delivery, error: Option<String>) {
        let mut early = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if early.len() >= Self::REMEMBERED {
            early.pop_front();
        }
        early.push_back((channel, id.to_owned(), delivery, error));
    }

    pub(crate) fn take(
        &self,
        channel: ChannelId,
        ids: &[(MessageId, String)],
    ) -> Vec<(String, Delivery, Option<String>)> {
        let mut early = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if early.is_empty() {
            return Vec::new();
        }
        let (found, rest): (VecDeque<_>, VecDeque<_>) =
            early.drain(..).partition(|(c, id, ..)| *c == channel && ids.iter().any(|(_, sent)| sent == id));
        *early = rest;
        found.into_iter().map(|(_, id, delivery, error)| (id, delivery, error)).collect()
    }
}

impl App {
    /// Takes over what Twilio reports about a message.
    ///
    /// # Errors
    /// If it could not be written down.
    pub async fn delivered(
        &self,
        scope: TenantScope,
        channel: &Channel,
        update: &StatusUpdate,
    ) -> Result<(), StoreError> {
        let delivery = match update.status {
            MessageStatus::Sent => Delivery::Sent,
            MessageStatus::Delivered => Delivery::Delivered,
            MessageStatus::Read => Delivery::Read,
            MessageStatus::Failed | MessageStatus::Undelivered => Delivery::Failed,
            _ => return Ok(()),
        };
        let error = update.error_code.map(|code| code.to_string());
        report(self, scope, channel.id, &update.provider_message_id, delivery, error).await
    }
}

/// Notes how far a message got, or remembers it until the message's row knows its provider's id.
///
/// # Errors
/// If it could not be written down.
pub async fn report(
    app: &App,
    scope: TenantScope,
    channel: ChannelId,
    id: &str,
    delivery: Delivery,
    error: Option<String>,
) -> Result<(), StoreError> {
    let at = app.clock.now();
    let input = (id.to_owned(), error.clone());
    let known = app
        .store
        .write_with(scope, input, move |tx, (id, error)| {
            Box::pin(async move {
                let changed = tx.report_delivery(channel, id, delivery, error.as_deref()).await?;
                if changed && delivery == Delivery::Failed {
                    let payload = json!({"provider_message": id, "code": error});
                    let event = NewEvent { kind: "message.failed".into(), payload, actor: "provider".into(), at };
                    tx.append_events(&[event]).await?;
                }
                Ok(changed || tx.message_by_provider_id(channel, id).await?.is_some())
            })
        })
        .await?;
    if !known {
        app.early.remember(channel, id, delivery, error);
    }
    Ok(())
}
