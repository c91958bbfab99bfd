//! One order with everything about it.

use duka_kernel::{ConversationId, OrderId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{List, PERSON, Person, PersonRow};
use crate::{Guard, StoreError, Tx, events::Event, orders, payments::Payment};

const NOTE: &str = "order_notes.text_enc";

/// An order with whose it is, its attempts to be paid and its history.
#[derive(Clone, PartialEq, Debug)]
pub struct OrderPage {
    /// The order with its lines and last payment.
    pub order: orders::Order,
    /// Whose.
    pub customer: Person,
    /// Where it was agreed to.
    pub conversation: Option<ConversationId>,
    /// For each line in order, the key of the product's picture.
    pub images: Vec<Option<String>>,
    /// Every attempt to be paid, oldest first.
    pub payments: Vec<Payment>,
    /// What happened to it, oldest first.
    pub timeline: Vec<Event>,
    /// What the team wrote to it, oldest first.
    pub notes: Vec<OrderNote>,
    /// How the customer rated it, 1 to 5.
    pub rating: Option<i64>,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// Moves with every change.
    pub version: i64,
}

/// What somebody of the team wrote to an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderNote {
    /// Its identity.
    pub id: Uuid,
    /// The words.
    pub text: String,
    /// Who: `staff:…`.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct Head {
    #[sea_orm(nested)]
    person: PersonRow,
    rating: Option<i64>,
    updated_at: i64,
    version: i64,
}

#[derive(FromQueryResult)]
struct Pictured {
    image: Option<String>,
}

#[derive(FromQueryResult)]
struct NoteRow {
    id: Uuid,
    text_enc: Vec<u8>,
    actor: String,
    at: i64,
}

/// An order with everything about it.
///
/// # Errors
/// [`StoreError::NotFound`] if the shop has no such order.
pub async fn read(tx: &Tx, id: OrderId) -> Result<OrderPage, StoreError> {
    let mut list = List::new(
        tx,
        format!(
            "SELECT {PERSON}, o.rating, o.updated_at, o.version FROM orders o \
             JOIN customers u ON u.tenant_id = o.tenant_id AND u.id = o.customer_id WHERE o.tenant_id = $1"
        ),
    );
    list.and("o.id = ?", [id.0.into()]);
    let head: Head = list.all(tx, "").await?.pop().ok_or(StoreError::NotFound)?;
    let order = tx.order(id).await?;
    let mut images = List::new(
        tx,
        "SELECT p.image FROM order_lines l \
         LEFT JOIN products p ON p.tenant_id = l.tenant_id AND p.id = l.product_id WHERE l.tenant_id = $1",
    );
    images.and("l.order_id = ?", [id.0.into()]);
    let images: Vec<Pictured> = images.all(tx, " ORDER BY l.position").await?;
    Ok(OrderPage {
        customer: head.person.decrypt(tx.opener())?,
        conversation: order.conversation,
        images: images.into_iter().map(|row| row.image).collect(),
        payments: tx.payments_of_order(id).await?,
        timeline: tx.events_of_order(id).await?,
        notes: notes(tx, id).await?,
        rating: head.rating,
        updated_at: Timestamp(head.updated_at),
        version: head.version,
        order,
    })
}

async fn notes(tx: &Tx, order: OrderId) -> Result<Vec<OrderNote>, StoreError> {
    let mut list = List::new(tx, "SELECT id, text_enc, actor, at FROM order_notes WHERE tenant_id = $1");
    list.and("order_id = ?", [order.0.into()]);
    let rows: Vec<NoteRow> = list.all(tx, " ORDER BY id").await?;
    rows.into_iter()
        .map(|row| {
            let text = tx.open(NOTE, &row.text_enc)?;
            Ok(OrderNote { id: row.id, text, actor: row.actor, at: Timestamp(row.at) })
        })
        .collect()
}

impl Tx {
    /// Makes sure that an order has a version and keeps it from moving until the unit of work is over.
    ///
    /// # Errors
    /// [`Guard::Stale`] if it has another.
    pub async fn hold_order(&self, id: OrderId, version: i64) -> Result<(), StoreError> {
        const HOLD: &str = "UPDATE orders SET version = version WHERE tenant_id = $1 AND id = $2 AND version = $3";
        let values = vec![self.tenant_uuid().into(), id.0.into(), version.into()];
        if self.conn.run(HOLD, values).await? == 0 { Err(Guard::Stale("the order").into()) } else { Ok(()) }
    }

    /// Keeps what somebody of the team wrote to an order.
    ///
    /// # Errors
    /// If the order is not the shop's, or the database fails.
    pub async fn note_order(
        &self,
        order: OrderId,
        text: &str,
        actor: &str,
        now: Timestamp,
    ) -> Result<Uuid, StoreError> {
        const INSERT: &str = "INSERT INTO order_notes (tenant_id, id, order_id, text_enc, actor, at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        let id = Uuid::now_v7();
        let values = vec![
            self.tenant_uuid().into(),
            id.into(),
            order.0.into(),
            self.seal(NOTE, text)?.into(),
            actor.into(),
            now.0.into(),
        ];
        self.conn.run(INSERT, values).await?;
        Ok(id)
    }
}
