//! What the law gives a customer: all that is stored of them, and that it is forgotten.
//!
//! Forgetting keeps the books: orders, amounts, receipts and what happened stay, without a name, a number, an address or
//! a word that was said. What a payment provider called back with stays as it came, encrypted, because it is the proof of
//! a payment; what people taught the assistant names nobody.

use duka_kernel::{ConversationId, CustomerId, Timestamp};
use duka_shop::OrderState;
use sea_orm::FromQueryResult;
use serde_json::{Value as Json, json};

use crate::{
    Guard, StoreError, Tx, customers::IDENTITY, events::NewEvent, inbox::TEXT, memories::NOTICE, orders::Order,
    pages::person, tasks::DETAIL, turns::TRACE,
};

/// More orders than anybody has.
const ALL: u64 = 100_000;

#[derive(FromQueryResult)]
struct Identity {
    identity_enc: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Picture {
    media_key: String,
}

impl Tx {
    /// Everything that is stored of a customer, as JSON.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such customer.
    pub async fn export_customer(&self, id: CustomerId) -> Result<Json, StoreError> {
        const IDENTITIES: &str =
            "SELECT identity_enc FROM customer_identities WHERE tenant_id = $1 AND customer_id = $2 ORDER BY id";
        let profile = person::read(self, id).await?;
        let customer = &profile.customer;
        let identities: Vec<Identity> = self.conn.rows(IDENTITIES, self.of(id)).await?;
        let identities =
            identities.iter().map(|row| self.open(IDENTITY, &row.identity_enc)).collect::<Result<Vec<_>, _>>()?;
        let mut conversations = Vec::with_capacity(profile.conversations.len());
        for conversation in &profile.conversations {
            conversations.push(json!({"id": conversation, "messages": self.said(*conversation).await?}));
        }
        let mut orders = Vec::new();
        for order in self.orders_of(id, ALL).await? {
            orders.push(self.written(order).await?);
        }
        let appointments = self.appointments_of(id).await?;
        let appointments: Vec<Json> = appointments
            .iter()
            .map(|a| json!({"id": a.id, "service": a.service, "start": time(a.start_at), "state": a.state.name()}))
            .collect();
        let memories = self.memories(id, u32::MAX).await?;
        let consents: Vec<Json> = profile
            .consents
            .iter()
            .map(|c| json!({"purpose": c.purpose, "granted": c.granted, "source": c.source, "at": time(c.at)}))
            .collect();
        Ok(json!({
            "customer": {
                "id": id, "name": customer.name, "phone": customer.phone, "identities": identities,
                "language": customer.language, "no_marketing": customer.opted_out, "facts": customer.facts,
                "tags": profile.tags, "notes": profile.notes, "first_wrote_at": time(profile.created_at),
                "lifetime_value": profile.spent,
            },
            "consents": consents,
            "conversations": conversations,
            "orders": orders,
            "appointments": appointments,
            "remembered": memories.iter().map(|m| json!({"text": m.text, "at": time(m.at)})).collect::<Vec<_>>(),
        }))
    }

    async fn said(&self, conversation: ConversationId) -> Result<Vec<Json>, StoreError> {
        let history = self.history(conversation, u32::MAX).await?;
        let message = |m: duka_kernel::MessageId, by: &str, kind: &str, text: &str, at: Timestamp| json!({"id": m, "by": by, "kind": kind, "text": text, "at": time(at)});
        Ok(history
            .iter()
            .map(|m| message(m.id, if m.outbound { "shop" } else { "customer" }, &m.kind, &m.text, m.at))
            .collect())
    }

    async fn written(&self, order: Order) -> Result<Json, StoreError> {
        let payments = self.payments_of_order(order.id).await?;
        let payments: Vec<Json> = payments
            .iter()
            .map(|p| {
                json!({
                    "amount": p.amount.minor, "phone": p.phone, "state": p.state.name(), "receipt": p.receipt,
                    "at": time(p.requested_at),
                })
            })
            .collect();
        let lines: Vec<Json> = order
            .lines
            .iter()
            .map(|l| {
                json!({
                    "sku": l.sku, "name": l.name, "size": l.size, "colour": l.colour, "quantity": l.quantity,
                    "unit_price": l.unit_price.minor,
                })
            })
            .collect();
        Ok(json!({
            "number": order.number, "state": order.state.name(), "placed_at": time(order.placed_at),
            "total": order.total.minor, "currency": order.total.currency.code(), "address": order.address,
            "lines": lines, "payments": payments, "rating": self.rating_of(order.id).await?,
        }))
    }

    /// Forgets who a customer is and what they said. Gives the keys of pictures and files that nothing of the shop names
    /// any more, to be deleted once this is committed.
    ///
    /// # Errors
    /// [`Guard::State`] while an order of theirs is under way, because its address and number are needed;
    /// [`StoreError::NotFound`] if the shop has no such customer.
    pub async fn erase_customer(&self, id: CustomerId, actor: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
        const CUSTOMER: &str = "UPDATE customers SET name_enc = NULL, phone_enc = NULL, phone_hash = NULL, \
             payer_enc = NULL, facts_enc = NULL, notes_enc = NULL, language = NULL, language_pinned = FALSE, \
             opted_out = TRUE, updated_at = $3 WHERE tenant_id = $1 AND id = $2";
        let over = |state: OrderState| {
            use OrderState::{Cancelled, Delivered, Expired, Refunded};
            matches!(state, Cancelled | Delivered | Expired | Refunded)
        };
        if self.orders_of(id, ALL).await?.iter().any(|order| !over(order.state)) {
            return Err(Guard::State("an order of the customer").into());
        }
        let mut values = self.of(id);
        values.push(now.0.into());
        if self.conn.run(CUSTOMER, values).await? == 0 {
            return Err(StoreError::NotFound);
        }
        self.forget_terms(id).await?;
        let pictures = self.pictures_of(id).await?;
        self.forget_words(id).await?;
        for forget in FORGOTTEN {
            self.conn.run(forget, self.of(id)).await?;
        }
        self.append_events(&[NewEvent {
            kind: "customer.erased".into(),
            payload: json!({"customer": id}),
            actor: actor.to_owned(),
            at: now,
        }])
        .await?;
        self.unnamed(pictures).await
    }

    fn of(&self, id: CustomerId) -> Vec<sea_orm::Value> {
        vec![self.tenant_uuid().into(), id.0.into()]
    }

    async fn pictures_of(&self, id: CustomerId) -> Result<Vec<String>, StoreError> {
        const FIND: &str = "SELECT DISTINCT m.media_key FROM conversations c \
             JOIN messages m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id \
             WHERE c.tenant_id = $1 AND c.customer_id = $2 AND m.media_key IS NOT NULL AND m.direction = 'in'";
        let rows: Vec<Picture> = self.conn.rows(FIND, self.of(id)).await?;
        Ok(rows.into_iter().map(|row| row.media_key).collect())
    }

    /// Empties what has to stay as a row but holds words.
    async fn forget_words(&self, id: CustomerId) -> Result<(), StoreError> {
        const MESSAGES: &str = "UPDATE messages SET text_enc = $3, payload_enc = NULL, media_key = NULL, \
             due_at = NULL, status = CASE WHEN direction = 'out' AND status = 'pending' THEN 'failed' ELSE status END, \
             answered_at = coalesce(answered_at, created_at) WHERE tenant_id = $1 AND conversation_id IN \
             (SELECT c.id FROM conversations c WHERE c.tenant_id = $1 AND c.customer_id = $2)";
        const TURNS: &str = "UPDATE turns SET trace_enc = $3 WHERE tenant_id = $1 AND conversation_id IN \
             (SELECT c.id FROM conversations c WHERE c.tenant_id = $1 AND c.customer_id = $2)";
        const TASKS: &str = "UPDATE tasks SET detail_enc = $3 WHERE tenant_id = $1 AND customer_id = $2";
        const NOTICES: &str = "UPDATE owner_notices SET text_enc = $3 WHERE tenant_id = $1 AND customer_id = $2";
        let empty = [
            (MESSAGES, self.seal(TEXT, "")?),
            (TURNS, self.seal(TRACE, "null")?),
            (TASKS, self.seal(DETAIL, "null")?),
            (NOTICES, self.seal(NOTICE, "")?),
        ];
        for (update, sealed) in empty {
            let mut values = self.of(id);
            values.push(sealed.into());
            self.conn.run(update, values).await?;
        }
        Ok(())
    }

    /// Of some keys, those that no product, message or document names any more; the shop may not read them any more.
    async fn unnamed(&self, keys: Vec<String>) -> Result<Vec<String>, StoreError> {
        const NAMED: &str = "SELECT (SELECT count(*) FROM products WHERE tenant_id = $1 AND image = $2) \
             + (SELECT count(*) FROM messages WHERE tenant_id = $1 AND media_key = $2) AS n";
        const FORGET: &str = "DELETE FROM media WHERE tenant_id = $1 AND hash = $2";
        const LOOKS: &str = "DELETE FROM looks WHERE tenant_id = $1 AND hash = $2";
        #[derive(FromQueryResult)]
        struct Named {
            n: i64,
        }
        let mut gone = Vec::new();
        for key in keys {
            let values = vec![self.tenant_uuid().into(), key.as_str().into()];
            if self.conn.row::<Named>(NAMED, values).await?.is_some_and(|row| row.n > 0) {
                continue;
            }
            let hash = key.rsplit('/').next().unwrap_or_default();
            for forget in [FORGET, LOOKS] {
                self.conn.run(forget, vec![self.tenant_uuid().into(), hash.into()]).await?;
            }
            gone.push(key);
        }
        Ok(gone)
    }
}

/// What is left of a person in other rows. The parameters are the shop and the customer.
const FORGOTTEN: [&str; 14] = [
    "UPDATE appointments SET notes_enc = NULL WHERE tenant_id = $1 AND customer_id = $2",
    "UPDATE conversations SET state_enc = NULL, stage = '', handed_off = FALSE, unread = FALSE, version = version + 1 \
     WHERE tenant_id = $1 AND customer_id = $2",
    "UPDATE hand_overs SET state = 'released', released_at = coalesce(released_at, opened_at), \
     released_by = coalesce(released_by, 'erased'), version = version + 1 \
     WHERE tenant_id = $1 AND customer_id = $2 AND released_at IS NULL",
    "UPDATE orders SET address_enc = NULL WHERE tenant_id = $1 AND customer_id = $2",
    "UPDATE payments SET phone_enc = NULL WHERE tenant_id = $1 AND order_id IN \
     (SELECT o.id FROM orders o WHERE o.tenant_id = $1 AND o.customer_id = $2)",
    "DELETE FROM order_notes WHERE tenant_id = $1 AND order_id IN \
     (SELECT o.id FROM orders o WHERE o.tenant_id = $1 AND o.customer_id = $2)",
    "DELETE FROM customer_identities WHERE tenant_id = $1 AND customer_id = $2",
    "DELETE FROM customer_tags WHERE tenant_id = $1 AND customer_id = $2",
    "DELETE FROM memories WHERE tenant_id = $1 AND customer_id = $2",
    "DELETE FROM interests WHERE tenant_id = $1 AND customer_id = $2",
    "DELETE FROM summaries WHERE tenant_id = $1 AND conversation_id IN \
     (SELECT c.id FROM conversations c WHERE c.tenant_id = $1 AND c.customer_id = $2)",
    "DELETE FROM misses WHERE tenant_id = $1 AND conversation_id IN \
     (SELECT c.id FROM conversations c WHERE c.tenant_id = $1 AND c.customer_id = $2)",
    "UPDATE consents SET message_id = NULL WHERE tenant_id = $1 AND customer_id = $2",
    "UPDATE tasks SET closed_at = coalesce(closed_at, opened_at), outcome = coalesce(outcome, 'erased') \
     WHERE tenant_id = $1 AND customer_id = $2",
];

fn time(at: Timestamp) -> String {
    at.to_jiff().to_string()
}
