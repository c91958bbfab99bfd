//! Where conversations take place: the channel, and what it calls the customer.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use duka_kernel::{ChannelId, ConversationId};
use duka_store::{StoreError, Tx, channels::Channel, conversations::Conversation};

/// Where a conversation takes place.
#[derive(Clone, Debug)]
pub struct Address {
    /// The shop's number or account.
    pub channel: Channel,
    /// The channel's opaque name for the customer.
    pub identity: String,
}

/// Conversations by sender and senders by conversation, so that a message of someone known costs no look-up.
/// Neither ever changes.
#[derive(Debug, Default)]
pub struct Correspondents(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    by_sender: HashMap<(ChannelId, String), ConversationId>,
    by_conversation: HashMap<ConversationId, Arc<Address>>,
}

impl Correspondents {
    /// How many are remembered before all are forgotten and looked up again.
    const REMEMBERED: usize = 50_000;

    /// The conversation of a sender, if it was met before.
    pub fn conversation(&self, channel: ChannelId, identity: &str) -> Option<ConversationId> {
        self.lock().by_sender.get(&(channel, identity.to_owned())).copied()
    }

    /// Remembers where a conversation takes place.
    pub fn remember(&self, conversation: ConversationId, address: Address) -> Arc<Address> {
        let mut known = self.lock();
        if known.by_conversation.len() >= Self::REMEMBERED {
            *known = Known::default();
        }
        known.by_sender.insert((address.channel.id, address.identity.clone()), conversation);
        let address = Arc::new(address);
        known.by_conversation.insert(conversation, Arc::clone(&address));
        address
    }

    /// Where a conversation takes place, if that is known.
    pub fn address(&self, conversation: ConversationId) -> Option<Arc<Address>> {
        self.lock().by_conversation.get(&conversation).cloned()
    }

    /// Where a conversation takes place, looked up if it is not known.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn of(&self, tx: &Tx, conversation: &Conversation) -> Result<Arc<Address>, StoreError> {
        if let Some(address) = self.address(conversation.id) {
            return Ok(address);
        }
        let channels = tx.channels().await?;
        let channel = channels.into_iter().find(|c| c.id == conversation.channel).ok_or(StoreError::NotFound)?;
        let identity = tx.identity(conversation.customer, conversation.channel).await?;
        Ok(self.remember(conversation.id, Address { channel, identity }))
    }

    /// Forgets where a conversation takes place: who writes from there next is somebody else.
    pub fn forget(&self, conversation: ConversationId) {
        let mut known = self.lock();
        known.by_conversation.remove(&conversation);
        known.by_sender.retain(|_, known| *known != conversation);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
