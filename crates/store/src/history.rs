//! Putting a past into a shop, many rows in a statement: for a shop to try things on, and for measuring. Nothing here checks
//! what the rules of a sale check; who makes a past up has to make up one that could have been.

use duka_kernel::{
    ChannelId, ConversationId, CustomerId, Language, MessageId, PhoneNumber, Timestamp, TurnId, VariantId,
};
use sea_orm::Value;
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    customers::{IDENTITY, IDENTITY_HASH, NAME, PHONE, PHONE_HASH},
    events::NewEvent,
    inbox::{PAYLOAD, TEXT},
    lessons::Miss,
    model_calls::ModelCall,
    orders::{ADDRESS, Order},
    payments::{PHONE as PAYS, Payment},
    turns::TRACE,
};

/// Both databases bound the parameters of a statement; PostgreSQL has the lower bound.
const PARAMETERS: usize = 30_000;

/// Pieces that came or went: variant, pieces in the shop, pieces held, reason, reference, when.
pub type PastMovement = (VariantId, i64, i64, &'static str, Option<String>, Timestamp);

/// What happened in a shop.
#[derive(Default, Debug)]
pub struct Past {
    /// Who wrote for the first time, with their conversation.
    pub people: Vec<PastPerson>,
    /// What was said.
    pub messages: Vec<PastMessage>,
    /// How it was answered.
    pub turns: Vec<PastTurn>,
    /// What was ordered, with its attempts to be paid and its rating.
    pub orders: Vec<(Order, Vec<Payment>, Option<u8>)>,
    /// Why pieces came and went.
    pub movements: Vec<PastMovement>,
    /// What the log says.
    pub events: Vec<NewEvent>,
    /// What was not understood.
    pub misses: Vec<Miss>,
    /// What language models were asked.
    pub calls: Vec<ModelCall>,
    /// Times that people took over: conversation, customer, reason, from when to when.
    pub hand_overs: Vec<(ConversationId, CustomerId, &'static str, Timestamp, Timestamp)>,
}

/// Somebody who wrote for the first time.
#[derive(Clone, Debug)]
pub struct PastPerson {
    /// Who.
    pub id: CustomerId,
    /// What they call themselves.
    pub name: String,
    /// Their number.
    pub phone: PhoneNumber,
    /// What they write in.
    pub language: Language,
    /// Their conversation.
    pub conversation: ConversationId,
    /// Where it is.
    pub channel: ChannelId,
    /// When they wrote first.
    pub at: Timestamp,
}

/// Something that was said.
#[derive(Clone, Debug)]
pub struct PastMessage {
    /// Its identity.
    pub id: MessageId,
    /// Where.
    pub conversation: ConversationId,
    /// Where that is.
    pub channel: ChannelId,
    /// The words.
    pub text: String,
    /// Who of the shop said it: `assistant`, `staff`; nobody if the customer did.
    pub by: Option<&'static str>,
    /// The turn that answers it, or says it.
    pub turn: TurnId,
    /// When.
    pub at: Timestamp,
    /// When it was answered, if the customer said it.
    pub answered_at: Option<Timestamp>,
}

/// How something was answered.
#[derive(Clone, Debug)]
pub struct PastTurn {
    /// Its identity.
    pub id: TurnId,
    /// Where.
    pub conversation: ConversationId,
    /// Where the sale stood afterwards, by name.
    pub stage: &'static str,
    /// How many messages it answered.
    pub heard: i64,
    /// How long it took, in microseconds.
    pub micros: i64,
    /// When.
    pub at: Timestamp,
}

/// An insert of many rows.
struct Bulk<'t> {
    tx: &'t Tx,
    table: &'static str,
    columns: &'static str,
    rows: Vec<String>,
    values: Vec<Value>,
}

impl<'t> Bulk<'t> {
    /// The first column is the shop's, and not named.
    fn new(tx: &'t Tx, table: &'static str, columns: &'static str) -> Self {
        Self { tx, table, columns, rows: Vec::new(), values: vec![tx.tenant_uuid().into()] }
    }

    async fn row(&mut self, row: Vec<Value>) -> Result<(), StoreError> {
        if self.values.len() + row.len() > PARAMETERS {
            self.flush().await?;
        }
        let first = self.values.len() + 1;
        let places: Vec<String> = (first..first + row.len()).map(|n| format!("${n}")).collect();
        self.rows.push(format!("($1, {})", places.join(", ")));
        self.values.extend(row);
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let (rows, values) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.values));
        self.values.push(self.tx.tenant_uuid().into());
        let insert = format!("INSERT INTO {} (tenant_id, {}) VALUES {}", self.table, self.columns, rows.join(", "));
        self.tx.conn.run(insert, values).await.map(drop)
    }
}

/// An identity as if it had been made at a moment; of two made at the same one, the order is chance.
#[must_use]
pub fn identity_at(at: Timestamp, chance: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or(0), &chance).into_uuid()
}

impl Tx {
    /// Writes a past down.
    ///
    /// # Errors
    /// If something of it is there already, or the database fails.
    pub async fn record_past(&self, past: &Past) -> Result<(), StoreError> {
        self.past_people(&past.people).await?;
        self.past_talk(&past.messages, &past.turns).await?;
        self.past_orders(&past.orders).await?;
        let mut movements =
            Bulk::new(self, "stock_movements", "id, variant_id, on_hand_delta, reserved_delta, reason, reference, at");
        for (variant, on_hand, reserved, reason, reference, at) in &past.movements {
            let id = identity_at(*at, chance()?);
            let row: Vec<Value> = vec![
                id.into(),
                variant.0.into(),
                (*on_hand).into(),
                (*reserved).into(),
                (*reason).into(),
                reference.clone().into(),
                at.0.into(),
            ];
            movements.row(row).await?;
        }
        movements.flush().await?;
        let mut events = Bulk::new(self, "events", "id, kind, payload, actor, at, order_id");
        for event in &past.events {
            let order = event.payload.get("order").and_then(serde_json::Value::as_str);
            let row: Vec<Value> = vec![
                identity_at(event.at, chance()?).into(),
                event.kind.as_str().into(),
                event.payload.to_string().into(),
                event.actor.as_str().into(),
                event.at.0.into(),
                order.and_then(|id| Uuid::parse_str(id).ok()).into(),
            ];
            events.row(row).await?;
        }
        events.flush().await?;
        let mut hand_overs = Bulk::new(
            self,
            "hand_overs",
            "id, conversation_id, customer_id, reason, state, opened_at, last_staff_at, reminders, told_at, untold, \
             released_at, released_by, version",
        );
        for (conversation, customer, reason, from, to) in &past.hand_overs {
            let row: Vec<Value> = vec![
                identity_at(*from, chance()?).into(),
                conversation.0.into(),
                customer.0.into(),
                (*reason).into(),
                "released".into(),
                from.0.into(),
                to.0.into(),
                0_i64.into(),
                from.0.into(),
                false.into(),
                to.0.into(),
                "staff".into(),
                2_i64.into(),
            ];
            hand_overs.row(row).await?;
        }
        hand_overs.flush().await?;
        for miss in &past.misses {
            self.note_miss(miss).await?;
        }
        self.record_model_calls(&past.calls).await?;
        // What is long past is no news for open pages.
        self.prune_live().await
    }

    async fn past_people(&self, people: &[PastPerson]) -> Result<(), StoreError> {
        let mut customers = Bulk::new(
            self,
            "customers",
            "id, name_enc, phone_enc, phone_hash, language, language_pinned, opted_out, order_count, created_at, \
             updated_at, searchable",
        );
        let mut identities =
            Bulk::new(self, "customer_identities", "id, channel_id, identity_hash, customer_id, identity_enc");
        let mut conversations = Bulk::new(
            self,
            "conversations",
            "id, customer_id, channel_id, stage, version, handed_off, created_at, active_at",
        );
        for person in people {
            let digits = person.phone.digits();
            let identity = format!("whatsapp:+{digits}");
            let row: Vec<Value> = vec![
                person.id.0.into(),
                self.seal(NAME, &person.name)?.into(),
                self.seal(PHONE, digits)?.into(),
                self.hash(PHONE_HASH, digits)?.into(),
                person.language.code().into(),
                false.into(),
                false.into(),
                0_i64.into(),
                person.at.0.into(),
                person.at.0.into(),
                true.into(),
            ];
            customers.row(row).await?;
            let row: Vec<Value> = vec![
                identity_at(person.at, chance()?).into(),
                person.channel.0.into(),
                self.hash(IDENTITY_HASH, &identity)?.into(),
                person.id.0.into(),
                self.seal(IDENTITY, &identity)?.into(),
            ];
            identities.row(row).await?;
            let row: Vec<Value> = vec![
                person.conversation.0.into(),
                person.id.0.into(),
                person.channel.0.into(),
                "".into(),
                1_i64.into(),
                false.into(),
                person.at.0.into(),
                person.at.0.into(),
            ];
            conversations.row(row).await?;
        }
        customers.flush().await?;
        identities.flush().await?;
        conversations.flush().await?;
        let mut terms = Bulk::new(self, "customer_terms", "term, customer_id");
        for person in people {
            for term in self.terms_of(Some(&person.name), &[person.phone.digits()])? {
                terms.row(vec![term.into(), person.id.0.into()]).await?;
            }
        }
        terms.flush().await
    }

    async fn past_talk(&self, messages: &[PastMessage], turns: &[PastTurn]) -> Result<(), StoreError> {
        let mut said = Bulk::new(
            self,
            "messages",
            "id, conversation_id, channel_id, direction, kind, text_enc, payload_enc, status, attempts, answered_at, \
             turn_id, position, created_at",
        );
        let staff = Some(serde_json::json!({"by": "staff"}).to_string());
        for message in messages {
            let (direction, status) = if message.by.is_some() { ("out", "read") } else { ("in", "received") };
            let payload = staff.as_deref().filter(|_| message.by == Some("staff"));
            let row: Vec<Value> = vec![
                message.id.0.into(),
                message.conversation.0.into(),
                message.channel.0.into(),
                direction.into(),
                "text".into(),
                self.seal(TEXT, &message.text)?.into(),
                self.seal_optional(PAYLOAD, payload)?.into(),
                status.into(),
                1_i64.into(),
                message.answered_at.map(|at| at.0).into(),
                message.turn.0.into(),
                0_i64.into(),
                message.at.0.into(),
            ];
            said.row(row).await?;
        }
        said.flush().await?;
        let mut answered =
            Bulk::new(self, "turns", "id, conversation_id, trace_enc, model_calls, micros, at, stage, heard");
        for turn in turns {
            let row: Vec<Value> = vec![
                turn.id.0.into(),
                turn.conversation.0.into(),
                self.seal(TRACE, "{}")?.into(),
                0_i64.into(),
                turn.micros.into(),
                turn.at.0.into(),
                turn.stage.into(),
                turn.heard.into(),
            ];
            answered.row(row).await?;
        }
        answered.flush().await
    }

    async fn past_orders(&self, orders: &[(Order, Vec<Payment>, Option<u8>)]) -> Result<(), StoreError> {
        let mut heads = Bulk::new(
            self,
            "orders",
            "id, number, customer_id, conversation_id, state, stock, currency, subtotal, discount, coupon, wholesale, \
             delivery_fee, total, address_enc, zone, pickup, placed_at, paid_at, updated_at, rating",
        );
        let mut lines = Bulk::new(
            self,
            "order_lines",
            "id, order_id, variant_id, product_id, position, sku, name, size, colour, quantity, unit_price",
        );
        let mut attempts = Bulk::new(
            self,
            "payments",
            "id, order_id, provider, amount, currency, phone_enc, reference, state, failure, receipt, requested_at, \
             checks, settled_at",
        );
        for (order, payments, rating) in orders {
            let stock = if order.paid_at.is_some() { "sold" } else { "none" };
            let row: Vec<Value> = vec![
                order.id.0.into(),
                order.number.as_str().into(),
                order.customer.0.into(),
                order.conversation.map(|id| id.0).into(),
                order.state.name().into(),
                stock.into(),
                order.total.currency.code().into(),
                order.subtotal.minor.into(),
                order.discount.minor.into(),
                order.coupon.clone().into(),
                order.wholesale.into(),
                order.delivery_fee.minor.into(),
                order.total.minor.into(),
                self.seal(ADDRESS, &order.address)?.into(),
                order.zone.clone().into(),
                order.pickup.into(),
                order.placed_at.0.into(),
                order.paid_at.map(|at| at.0).into(),
                order.paid_at.unwrap_or(order.placed_at).0.into(),
                rating.map(i64::from).into(),
            ];
            heads.row(row).await?;
            for (position, line) in (0_i64..).zip(&order.lines) {
                let row: Vec<Value> = vec![
                    identity_at(order.placed_at, chance()?).into(),
                    order.id.0.into(),
                    line.variant.0.into(),
                    line.product.0.into(),
                    position.into(),
                    line.sku.as_str().into(),
                    line.name.as_str().into(),
                    line.size.as_str().into(),
                    line.colour.map(|colour| colour.name().to_owned()).into(),
                    i64::from(line.quantity).into(),
                    line.unit_price.minor.into(),
                ];
                lines.row(row).await?;
            }
            for payment in payments {
                attempts.row(self.past_payment(payment)?).await?;
            }
        }
        heads.flush().await?;
        lines.flush().await?;
        attempts.flush().await
    }

    fn past_payment(&self, payment: &Payment) -> Result<Vec<Value>, StoreError> {
        Ok(vec![
            payment.id.0.into(),
            payment.order.0.into(),
            payment.provider.as_str().into(),
            payment.amount.minor.into(),
            payment.amount.currency.code().into(),
            self.seal_optional(PAYS, payment.phone.as_ref().map(PhoneNumber::digits))?.into(),
            payment.reference.as_str().into(),
            payment.state.name().into(),
            payment.failure.map(crate::payments::failure_name).transpose()?.into(),
            payment.receipt.clone().into(),
            payment.requested_at.0.into(),
            1_i64.into(),
            payment.settled_at.map(|at| at.0).into(),
        ])
    }

    /// Counts anew what rows hold of other rows: what customers bought, and where conversations stand.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn count_past(&self) -> Result<(), StoreError> {
        let of = "FROM orders o WHERE o.tenant_id = customers.tenant_id AND o.customer_id = customers.id";
        let sold = crate::analytics::SOLD;
        let customers = format!(
            "UPDATE customers SET order_count = (SELECT count(*) {of}), \
               spent = (SELECT coalesce(sum(o.total), 0) {of} AND o.state IN {sold}), \
               bought = (SELECT count(*) {of} AND o.state IN {sold}), \
               last_order_at = (SELECT coalesce(max(o.placed_at), 0) {of}) WHERE tenant_id = $1"
        );
        let last = |what: &str, condition: &str| {
            format!(
                "(SELECT m.{what} FROM messages m WHERE m.tenant_id = conversations.tenant_id \
                 AND m.conversation_id = conversations.id{condition} ORDER BY m.id DESC LIMIT 1)"
            )
        };
        let conversations = format!(
            "UPDATE conversations SET active_at = coalesce({}, active_at), last_inbound_at = {}, \
             last_outbound_at = {}, read_up_to = {}, \
             stage = coalesce((SELECT t.stage FROM turns t WHERE t.tenant_id = conversations.tenant_id \
               AND t.conversation_id = conversations.id ORDER BY t.id DESC LIMIT 1), '') WHERE tenant_id = $1",
            last("created_at", ""),
            last("created_at", " AND m.direction = 'in'"),
            last("created_at", " AND m.direction = 'out'"),
            last("id", ""),
        );
        for update in [customers, conversations] {
            self.conn.run(update, vec![self.tenant_uuid().into()]).await?;
        }
        Ok(())
    }

    /// Dates the pieces that a shop began with back to a moment, so that a past can be before today's.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn date_stock_back(&self, at: Timestamp) -> Result<(), StoreError> {
        const BACK: &str = "UPDATE stock_movements SET at = $2 WHERE tenant_id = $1 AND reason = 'listed' AND at > $2";
        self.conn.run(BACK, vec![self.tenant_uuid().into(), at.0.into()]).await.map(drop)
    }
}

fn chance() -> Result<[u8; 10], StoreError> {
    crate::crypto::random()
}
