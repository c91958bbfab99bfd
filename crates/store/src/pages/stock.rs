//! Why a variant has the pieces it has, and what is running out.

use duka_kernel::{ProductId, Timestamp, VariantId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Cursor, Key, List, Order, Page};
use crate::{StoreError, Tx};

/// A change of a variant's pieces.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovementRow {
    /// Its identity.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Pieces more, or fewer, in the shop.
    pub on_hand: i64,
    /// Pieces more, or fewer, held for orders.
    pub reserved: i64,
    /// Why: `reserved`, `released`, `sold`, `listed` (from a file), `counted`.
    pub reason: String,
    /// The order it was for, or what somebody said of it.
    pub reference: Option<String>,
    /// Pieces that were in the shop after it.
    pub left: i64,
}

/// A variant of which little is left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LowRow {
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub variant: VariantId,
    /// The product's name.
    pub name: String,
    /// The key of its picture.
    pub image: Option<String>,
    /// The size.
    pub size: String,
    /// The colour, where variants differ in it.
    pub colour: Option<String>,
    /// Pieces that can be sold.
    pub left: i64,
    /// So many or fewer are little.
    pub threshold: i64,
}

#[derive(FromQueryResult)]
struct Moved {
    id: Uuid,
    at: i64,
    on_hand_delta: i64,
    reserved_delta: i64,
    reason: String,
    reference: Option<String>,
    pieces: i64,
}

#[derive(FromQueryResult)]
struct Low {
    product_id: Uuid,
    id: Uuid,
    name: String,
    image: Option<String>,
    size: String,
    colour: Option<String>,
    pieces: i64,
    little: i64,
}

/// A page of a variant's movements, newest first.
///
/// # Errors
/// [`StoreError::Cursor`]; or if the database fails.
pub async fn movements(
    tx: &Tx,
    variant: VariantId,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<MovementRow>, StoreError> {
    const NEWEST: Order = Order::newest("movements.newest", "m.id", "m.id");
    let mut list = List::new(
        tx,
        "SELECT m.id, m.at, m.on_hand_delta, m.reserved_delta, m.reason, m.reference, \
           v.on_hand - CAST((SELECT coalesce(sum(l.on_hand_delta), 0) FROM stock_movements l \
             WHERE l.tenant_id = m.tenant_id AND l.variant_id = m.variant_id AND l.id > m.id) AS bigint) AS pieces \
         FROM stock_movements m JOIN variants v ON v.tenant_id = m.tenant_id AND v.id = m.variant_id \
         WHERE m.tenant_id = $1",
    );
    list.and("m.variant_id = ?", [variant.0.into()]);
    let read = |row: Moved| {
        Ok(MovementRow {
            id: row.id,
            at: Timestamp(row.at),
            on_hand: row.on_hand_delta,
            reserved: row.reserved_delta,
            reason: row.reason,
            reference: row.reference,
            left: row.pieces,
        })
    };
    list.page(tx, NEWEST, (after, limit), |row: &Moved| (Key::Number(0), row.id), read).await
}

/// Variants that are offered and have their threshold or fewer pieces left, fewest first. `threshold` is the shop's, for
/// variants without their own.
///
/// # Errors
/// If the database fails.
pub async fn low(tx: &Tx, threshold: u32, limit: u32) -> Result<Vec<LowRow>, StoreError> {
    let list = List::new(
        tx,
        format!(
            "SELECT v.product_id, v.id, p.name, p.image, v.size, v.colour, v.on_hand - v.reserved AS pieces, \
             CAST(coalesce(v.threshold, {threshold}) AS bigint) AS little \
             FROM variants v JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id \
             WHERE v.tenant_id = $1 AND v.active AND p.active \
               AND v.on_hand - v.reserved <= coalesce(v.threshold, {threshold})"
        ),
    );
    let rows: Vec<Low> = list
        .all(tx, &format!(" ORDER BY v.on_hand - v.reserved, p.position, p.id, v.position, v.id LIMIT {limit}"))
        .await?;
    let read = |row: Low| LowRow {
        product: ProductId(row.product_id),
        variant: VariantId(row.id),
        name: row.name,
        image: row.image,
        size: row.size,
        colour: row.colour,
        left: row.pieces,
        threshold: row.little,
    };
    Ok(rows.into_iter().map(read).collect())
}

impl Tx {
    /// Sets how many pieces of a variant are little; `None` is what the shop says for all.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such variant.
    pub async fn set_threshold(&self, variant: VariantId, threshold: Option<u32>) -> Result<(), StoreError> {
        const SET: &str = "UPDATE variants SET threshold = $3 WHERE tenant_id = $1 AND id = $2";
        let values = vec![self.tenant_uuid().into(), variant.0.into(), threshold.map(i64::from).into()];
        if self.conn.run(SET, values).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// How many pieces of a variant are little, if it has a number of its own.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such variant.
    pub async fn threshold(&self, variant: VariantId) -> Result<Option<u32>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            threshold: Option<i64>,
        }
        const FIND: &str = "SELECT threshold FROM variants WHERE tenant_id = $1 AND id = $2";
        let row: Option<Row> = self.conn.row(FIND, vec![self.tenant_uuid().into(), variant.0.into()]).await?;
        Ok(row.ok_or(StoreError::NotFound)?.threshold.and_then(|n| u32::try_from(n).ok()))
    }
}
