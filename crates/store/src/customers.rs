//! The people who write to a shop.
//!
//! A person has identities (one for each channel they write on) and perhaps a phone number the channel vouches for. The
//! number they say they pay from is kept apart: it identifies nobody.

use std::collections::BTreeMap;

use duka_kernel::{ChannelId, ConversationId, CustomerId, Language, PhoneNumber, Timestamp};
use duka_shop::delivery;
use sea_orm::{FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{StoreError, Tx, tx::Opener};

pub(crate) const NAME: &str = "customers.name_enc";
pub(crate) const PHONE: &str = "customers.phone_enc";
pub(crate) const PAYER: &str = "customers.payer_enc";
pub(crate) const FACTS: &str = "customers.facts_enc";
pub(crate) const PHONE_HASH: &str = "customers.phone_hash";
pub(crate) const IDENTITY: &str = "customer_identities.identity_enc";
pub(crate) const IDENTITY_HASH: &str = "customer_identities.identity_hash";

/// What is known of a customer.
#[derive(Clone, PartialEq, Debug)]
pub struct Customer {
    /// Their identity.
    pub id: CustomerId,
    /// As the channel calls them; untrusted text.
    pub name: Option<String>,
    /// The number they pay from, or write from where the channel shows it.
    pub phone: Option<PhoneNumber>,
    /// The language they last wrote clearly.
    pub language: Option<Language>,
    /// Whether they asked for that language.
    pub language_pinned: bool,
    /// Whether they want no marketing.
    pub opted_out: bool,
    /// Orders placed so far.
    pub order_count: i64,
    /// What they said of themselves, and where things go.
    pub facts: Facts,
    /// Whether they have never been answered.
    pub is_new: bool,
}

/// What a customer said of themselves, and where things go.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Where things were delivered last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<delivery::Choice>,
    /// `usual_size` → `M`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub said: BTreeMap<String, String>,
}

/// Changes to a customer; what is `None` stays.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CustomerUpdate {
    /// The channel calls them this now.
    pub name: Option<String>,
    /// Writes, or asked for, this language.
    pub language: Option<Language>,
    /// Asked for that language.
    pub language_pinned: Option<bool>,
    /// Wants no marketing.
    pub opted_out: Option<bool>,
    /// Pays from this number.
    pub payer: Option<PhoneNumber>,
    /// All their facts.
    pub facts: Option<Facts>,
}

impl CustomerUpdate {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who wrote, as a channel says it.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// On which channel.
    pub channel: ChannelId,
    /// The channel's opaque name for them, such as `whatsapp:+254712345678`.
    pub identity: &'a str,
    /// As they call themselves there.
    pub profile_name: Option<&'a str>,
    /// Their number, if the channel vouches for it. The same number on two channels is the same customer.
    pub phone: Option<&'a PhoneNumber>,
}

/// Whose message it is and to which conversation it belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Resolved {
    /// Who.
    pub customer: CustomerId,
    /// Where.
    pub conversation: ConversationId,
    /// Whether the conversation was begun by this.
    pub is_new: bool,
}

#[derive(FromQueryResult)]
struct Known {
    customer_id: Uuid,
    conversation_id: Option<Uuid>,
    name_enc: Option<Vec<u8>>,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Identity {
    identity_enc: Vec<u8>,
}

/// The columns of [`Columns`], from `customers u`.
pub(crate) const COLUMNS: &str = "u.id AS customer_id, u.name_enc, u.phone_enc, u.payer_enc, u.facts_enc, u.language, \
     u.language_pinned, u.opted_out, u.order_count";

/// A customer as part of a wider select.
#[derive(FromQueryResult)]
pub(crate) struct Columns {
    customer_id: Uuid,
    name_enc: Option<Vec<u8>>,
    phone_enc: Option<Vec<u8>>,
    payer_enc: Option<Vec<u8>>,
    facts_enc: Option<Vec<u8>>,
    language: Option<String>,
    language_pinned: bool,
    opted_out: bool,
    order_count: i64,
}

impl Columns {
    pub fn decrypt(self, opener: Opener<'_>, is_new: bool) -> Result<Customer, StoreError> {
        let (phone, column) = match (&self.payer_enc, &self.phone_enc) {
            (Some(payer), _) => (Some(payer), PAYER),
            (None, phone) => (phone.as_ref(), PHONE),
        };
        let phone = opener.open_optional(column, phone.map(Vec::as_slice))?;
        let facts = opener.open_optional(FACTS, self.facts_enc.as_deref())?;
        Ok(Customer {
            id: CustomerId(self.customer_id),
            name: opener.open_optional(NAME, self.name_enc.as_deref())?,
            phone: phone.and_then(|digits| PhoneNumber::parse(&digits).ok()),
            language: self.language.and_then(|code| code.parse().ok()),
            language_pinned: self.language_pinned,
            opted_out: self.opted_out,
            order_count: self.order_count,
            facts: facts.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default(),
            is_new,
        })
    }
}

impl Tx {
    /// Finds the customer and conversation of a sender, or makes them. Safe when the same sender writes twice at once.
    ///
    /// # Errors
    /// If the channel is not the shop's, or the database fails.
    pub async fn resolve(&self, sender: &Sender<'_>, now: Timestamp) -> Result<Resolved, StoreError> {
        let identity_hash = self.hash(IDENTITY_HASH, sender.identity)?;
        let known = self.known(sender.channel, &identity_hash).await?;
        if let Some(known) = &known {
            self.rename(known, sender.profile_name, now).await?;
        }
        if let Some(Known { customer_id, conversation_id: Some(conversation), .. }) = known {
            return Ok(Resolved {
                customer: CustomerId(customer_id),
                conversation: ConversationId(conversation),
                is_new: false,
            });
        }
        let customer = match known {
            Some(known) => CustomerId(known.customer_id),
            None => self.identify(sender, identity_hash, now).await?,
        };
        self.open_conversation(customer, sender.channel, now).await
    }

    async fn known(&self, channel: ChannelId, identity_hash: &[u8]) -> Result<Option<Known>, StoreError> {
        const FIND: &str = "SELECT i.customer_id, c.id AS conversation_id, u.name_enc FROM customer_identities i \
             JOIN customers u ON u.tenant_id = i.tenant_id AND u.id = i.customer_id \
             LEFT JOIN conversations c ON c.tenant_id = i.tenant_id AND c.customer_id = i.customer_id \
               AND c.channel_id = i.channel_id \
             WHERE i.tenant_id = $1 AND i.channel_id = $2 AND i.identity_hash = $3";
        let values = vec![self.tenant_uuid().into(), channel.0.into(), identity_hash.to_vec().into()];
        self.conn.row(FIND, values).await
    }

    /// Takes over what a customer calls themselves now.
    async fn rename(&self, known: &Known, name: Option<&str>, now: Timestamp) -> Result<(), StoreError> {
        let Some(name) = name else { return Ok(()) };
        if self.open_optional(NAME, known.name_enc.as_deref())?.as_deref() == Some(name) {
            return Ok(());
        }
        let update = CustomerUpdate { name: Some(name.to_owned()), ..CustomerUpdate::default() };
        self.update_customer(CustomerId(known.customer_id), &update, now).await
    }

    /// Ties an identity to the customer with the vouched number, or to a new customer.
    async fn identify(
        &self,
        sender: &Sender<'_>,
        identity_hash: Vec<u8>,
        now: Timestamp,
    ) -> Result<CustomerId, StoreError> {
        const TIE: &str = "INSERT INTO customer_identities \
             (tenant_id, id, channel_id, identity_hash, customer_id, identity_enc) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let customer = self.customer_of_phone(sender.phone, sender.profile_name, now).await?;
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            sender.channel.0.into(),
            identity_hash.clone().into(),
            customer.0.into(),
            self.seal(IDENTITY, sender.identity)?.into(),
        ];
        if self.conn.run(TIE, values).await? > 0 {
            return Ok(customer);
        }
        // Someone else tied it a moment ago. If the customer was made here for nothing, it goes again.
        let winner = self.known(sender.channel, &identity_hash).await?.ok_or(StoreError::NotFound)?;
        if winner.customer_id != customer.0 && sender.phone.is_none() {
            const FORGET: &str = "DELETE FROM customers WHERE tenant_id = $1 AND id = $2";
            self.forget_terms(customer).await?;
            self.conn.run(FORGET, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        }
        Ok(CustomerId(winner.customer_id))
    }

    /// The customer with a vouched number, or a new one; without a number always a new one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn customer_of_phone(
        &self,
        phone: Option<&PhoneNumber>,
        name: Option<&str>,
        now: Timestamp,
    ) -> Result<CustomerId, StoreError> {
        const INSERT: &str = "INSERT INTO customers (tenant_id, id, name_enc, phone_enc, phone_hash, language_pinned, \
             opted_out, order_count, created_at, updated_at, searchable) \
             VALUES ($1, $2, $3, $4, $5, FALSE, FALSE, 0, $6, $6, TRUE) ON CONFLICT DO NOTHING";
        if let Some(phone) = phone
            && let Some(known) = self.customer_by_phone(phone).await?
        {
            return Ok(known);
        }
        let id = CustomerId::new();
        let digits = phone.map(PhoneNumber::digits);
        let values = vec![
            self.tenant_uuid().into(),
            id.0.into(),
            self.seal_optional(NAME, name)?.into(),
            self.seal_optional(PHONE, digits)?.into(),
            digits.map(|digits| self.hash(PHONE_HASH, digits)).transpose()?.into(),
            now.0.into(),
        ];
        if self.conn.run(INSERT, values).await? > 0 {
            let numbers: Vec<&str> = digits.into_iter().collect();
            self.index_customer(id, name, &numbers).await?;
            return Ok(id);
        }
        let phone = phone.ok_or(StoreError::NotFound)?;
        self.customer_by_phone(phone).await?.ok_or(StoreError::NotFound)
    }

    /// The customer whose number, vouched for by a channel, this is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn customer_by_phone(&self, phone: &PhoneNumber) -> Result<Option<CustomerId>, StoreError> {
        const FIND: &str = "SELECT id FROM customers WHERE tenant_id = $1 AND phone_hash = $2";
        let hash = self.hash(PHONE_HASH, phone.digits())?;
        let found: Option<Id> = self.conn.row(FIND, vec![self.tenant_uuid().into(), hash.into()]).await?;
        Ok(found.map(|row| CustomerId(row.id)))
    }

    /// A customer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such customer.
    pub async fn customer(&self, customer: CustomerId) -> Result<Customer, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            #[sea_orm(nested)]
            columns: Columns,
            answered: bool,
        }
        let find = format!(
            "SELECT {COLUMNS}, EXISTS (SELECT 1 FROM conversations c WHERE c.tenant_id = u.tenant_id \
               AND c.customer_id = u.id AND c.version > 0) AS answered \
             FROM customers u WHERE u.tenant_id = $1 AND u.id = $2"
        );
        let found: Option<Row> = self.conn.row(find, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        let row = found.ok_or(StoreError::NotFound)?;
        row.columns.decrypt(self.opener(), !row.answered)
    }

    /// Changes what is known of a customer, in one statement; nothing if nothing changes.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such customer.
    pub async fn update_customer(
        &self,
        customer: CustomerId,
        update: &CustomerUpdate,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut values: Vec<Value> = vec![self.tenant_uuid().into(), customer.0.into(), now.0.into()];
        let mut set = "updated_at = $3".to_owned();
        let mut change = |column: &str, value: Value| {
            values.push(value);
            set.push_str(&format!(", {column} = ${}", values.len()));
        };
        if let Some(name) = &update.name {
            change("name_enc", self.seal(NAME, name)?.into());
        }
        if let Some(language) = update.language {
            change("language", language.code().into());
        }
        if let Some(pinned) = update.language_pinned {
            change("language_pinned", pinned.into());
        }
        if let Some(opted_out) = update.opted_out {
            change("opted_out", opted_out.into());
        }
        if let Some(payer) = &update.payer {
            change("payer_enc", self.seal(PAYER, payer.digits())?.into());
        }
        if let Some(facts) = &update.facts {
            change("facts_enc", self.seal(FACTS, &serde_json::to_string(facts)?)?.into());
        }
        if values.len() == 3 {
            return Ok(());
        }
        let statement = format!("UPDATE customers SET {set} WHERE tenant_id = $1 AND id = $2");
        if self.conn.run(statement, values).await? == 0 {
            return Err(StoreError::NotFound);
        }
        if update.name.is_some() || update.payer.is_some() {
            self.index_customer_again(customer).await?;
        }
        Ok(())
    }

    /// The channel's name for a customer: where a message to them is sent.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if they never wrote on that channel.
    pub async fn identity(&self, customer: CustomerId, channel: ChannelId) -> Result<String, StoreError> {
        const FIND: &str = "SELECT identity_enc FROM customer_identities \
             WHERE tenant_id = $1 AND customer_id = $2 AND channel_id = $3 ORDER BY id DESC LIMIT 1";
        let values = vec![self.tenant_uuid().into(), customer.0.into(), channel.0.into()];
        let found: Option<Identity> = self.conn.row(FIND, values).await?;
        self.open(IDENTITY, &found.ok_or(StoreError::NotFound)?.identity_enc)
    }
}
