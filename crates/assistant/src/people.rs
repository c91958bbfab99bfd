//! What people of the shop say and do in a conversation.

use duka_kernel::{ConversationId, TenantScope};
use duka_providers::channels::twilio::{BODY_LIMIT, split_text};
use duka_sales::{Part, reply::PartKind};
use duka_store::{StoreError, channels::Channel, events::NewEvent};
use serde_json::json;

use crate::{
    app::{App, Left},
    outbox,
};

impl App {
    /// A person of the shop writes to the customer. From then on the assistant is quiet, until it is released.
    ///
    /// # Errors
    /// If it could not be written down; nothing is sent then.
    pub async fn staff_reply(
        &self,
        scope: TenantScope,
        conversation: ConversationId,
        text: String,
    ) -> Result<(), StoreError> {
        self.say(scope, conversation, text, true).await
    }

    /// The assistant may answer again.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn release(&self, scope: TenantScope, conversation: ConversationId) -> Result<(), StoreError> {
        let at = self.clock.now();
        self.store
            .write(scope, move |tx| {
                Box::pin(async move {
                    if tx.hand_off(conversation, false).await? {
                        let payload = json!({"conversation": conversation});
                        let kind = "conversation.released".to_owned();
                        tx.append_events(&[NewEvent { kind, payload, actor: "staff".into(), at }]).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Sends an advertisement to every customer on a channel who has written and has not refused marketing.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn broadcast(&self, scope: TenantScope, channel: &Channel, text: String) -> Result<(), StoreError> {
        let audience = self.store.read(scope).await?.audience(channel.id).await?;
        for conversation in audience {
            self.say(scope, conversation, text.clone(), false).await?;
        }
        Ok(())
    }

    async fn say(
        &self,
        scope: TenantScope,
        conversation: ConversationId,
        text: String,
        take_over: bool,
    ) -> Result<(), StoreError> {
        let tx = self.store.read(scope).await?;
        let known = tx.conversation(conversation).await?;
        let address = self.correspondents.of(&tx, &known).await?;
        let behind = tx.has_unsent(conversation, None).await?;
        drop(tx);
        let now = self.clock.now();
        let part = |text: &str| Part {
            kind: PartKind::Text,
            text: text.to_owned(),
            image: None,
            sku: None,
            options: Vec::new(),
        };
        let parts: Vec<Part> = split_text(&text, BODY_LIMIT).into_iter().map(part).collect();
        let rows = outbox::rows(&parts);
        let claim = self.claim(now);
        let sending = outbox::outgoing(&rows, &parts, &address, &claim, now, behind);
        let channel = address.channel.id;
        self.store
            .write_with(scope, (rows, claim), move |tx, (rows, claim)| {
                Box::pin(async move {
                    if take_over {
                        tx.hand_off(conversation, true).await?;
                    }
                    tx.enqueue(conversation, channel, rows, claim, now).await
                })
            })
            .await?;
        self.leave(Left::Send(scope, conversation, sending));
        Ok(())
    }
}
