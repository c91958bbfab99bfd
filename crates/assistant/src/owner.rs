//! Telling the owner, on the shop's own channel, and keeping count of it.

use duka_kernel::{CustomerId, PhoneNumber, TenantScope, Timestamp};
use duka_sales::{Part, express::owner::owner_message, reply::PartKind};
use duka_store::{StoreError, Tx, channels::Channel, conversations::Recalled, customers::Sender, outbox::Claim};

pub use duka_sales::express::owner::OwnerSay;

use crate::{
    app::Left,
    correspondents::Address,
    outbox,
    shops::Shop,
};

/// What is needed to tell the owner about one customer, owned, because the transaction may run more than once.
#[derive(Clone, Debug)]
pub struct Desk {
    channel: Channel,
    owner: Option<PhoneNumber>,
    shop: std::sync::Arc<Shop>,
    customer: CustomerId,
    customer_name: Option<String>,
}

impl Desk {
    /// For a turn of a customer.
    #[must_use]
    pub fn of(shop: &std::sync::Arc<Shop>, known: &Recalled, address: &Address) -> Self {
        Self::new(shop, known.customer.id, known.customer.name.clone(), address)
    }

    /// For any customer.
    #[must_use]
    pub fn new(shop: &std::sync::Arc<Shop>, customer: CustomerId, name: Option<String>, address: &Address) -> Self {
        Self {
            channel: address.channel.clone(),
            owner: shop.profile.owner_phone.clone(),
            shop: std::sync::Arc::clone(shop),
            customer,
            customer_name: name,
        }
    }

    /// Writes down what the owner is told, and the message if the shop has a number for that. Gives the message to
    /// be sent.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn tell(&self, tx: &Tx, say: &OwnerSay, claim: &Claim, now: Timestamp) -> Result<Option<Left>, StoreError> {
        let text = owner_message(say, &self.shop.profile, self.customer_name.as_deref());
        tx.note_for_owner(Some(self.customer), say.kind(), &text, now).await?;
        let Some(owner) = &self.owner else { return Ok(None) };
        let identity = match self.channel.kind.as_str() {
            "twilio" => format!("whatsapp:+{}", owner.digits()),
            _ => owner.digits().to_owned(),
        };
        let sender = Sender { channel: self.channel.id, identity: &identity, profile_name: None, phone: Some(owner) };
        let resolved = tx.resolve(&sender, now).await?;
        let parts = [Part { kind: PartKind::Text, text, image: None, sku: None, options: Vec::new() }];
        let rows = outbox::rows(&parts);
        tx.enqueue(resolved.conversation, self.channel.id, &rows, claim, now).await?;
        let address = Address { channel: self.channel.clone(), identity };
        let scope: TenantScope = tx.scope();
        Ok(Some(Left::Send(scope, resolved.conversation, outbox::outgoing(&rows, &parts, &address, now))))
    }
}
