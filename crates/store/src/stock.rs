//! Pieces in stock. `0 ≤ reserved ≤ on_hand` at any moment: each change is guarded in its own statement, and the
//! database checks it once more. Every change is also a row that says why.

use std::collections::HashMap;

use duka_kernel::{Colour, Size, Timestamp, VariantId};
use duka_shop::{Stock, StockLevel};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{Guard, StoreError, Tx, catalogue};

/// A change of a variant's pieces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Movement {
    pub variant: VariantId,
    pub on_hand: i64,
    pub reserved: i64,
}

/// A variant of the shop with its pieces, for inspection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StockLine {
    /// The variant.
    pub variant: VariantId,
    /// Its product's stock-keeping unit.
    pub sku: String,
    /// Its size.
    pub size: Size,
    /// Its colour, where variants differ in it.
    pub colour: Option<Colour>,
    /// How many pieces.
    pub level: StockLevel,
    /// What it costs, in minor units.
    pub price: i64,
}

#[derive(FromQueryResult)]
struct LevelRow {
    id: Uuid,
    on_hand: i64,
    reserved: i64,
}

#[derive(FromQueryResult)]
struct LineRow {
    id: Uuid,
    sku: String,
    size: String,
    colour: Option<String>,
    on_hand: i64,
    reserved: i64,
    price: i64,
}

fn level(on_hand: i64, reserved: i64) -> StockLevel {
    let pieces = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
    StockLevel { on_hand: pieces(on_hand), reserved: pieces(reserved) }
}

impl Tx {
    /// Pieces of every variant that is offered.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn stock(&self) -> Result<Stock, StoreError> {
        const FIND: &str = "SELECT id, on_hand, reserved FROM variants WHERE tenant_id = $1 AND active";
        let rows: Vec<LevelRow> = self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await?;
        let levels: HashMap<_, _> =
            rows.into_iter().map(|row| (VariantId(row.id), level(row.on_hand, row.reserved))).collect();
        Ok(Stock(levels))
    }

    /// Every variant that is offered, with its pieces, by product and in the order of the shop's list.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn stock_lines(&self) -> Result<Vec<StockLine>, StoreError> {
        const FIND: &str = "SELECT v.id, p.sku, v.size, v.colour, v.on_hand, v.reserved, v.price FROM variants v \
             JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id \
             WHERE v.tenant_id = $1 AND v.active AND p.active ORDER BY p.position, p.id, v.position, v.id";
        let rows: Vec<LineRow> = self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await?;
        rows.into_iter()
            .map(|row| {
                Ok(StockLine {
                    variant: VariantId(row.id),
                    sku: row.sku,
                    size: Size::parse(&row.size),
                    colour: catalogue::colour(row.colour.as_deref())?,
                    level: level(row.on_hand, row.reserved),
                    price: row.price,
                })
            })
            .collect()
    }

    /// Sets how many pieces are in the shop, as counted.
    ///
    /// # Errors
    /// [`Guard::OutOfStock`] if more are reserved than that; [`StoreError::NotFound`] if there is no such variant.
    pub async fn set_stock(
        &self,
        variant: VariantId,
        on_hand: u32,
        reference: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const READ: &str = "SELECT id, on_hand, reserved FROM variants WHERE tenant_id = $1 AND id = $2";
        const SET: &str = "UPDATE variants SET on_hand = $3 \
             WHERE tenant_id = $1 AND id = $2 AND on_hand = $4 AND reserved <= $3";
        let ids = || vec![Value::from(self.tenant_uuid()), variant.0.into()];
        let lock = if self.conn.is_postgres() { " FOR UPDATE" } else { "" };
        let before: Option<LevelRow> = self.conn.row(format!("{READ}{lock}"), ids()).await?;
        let before = before.ok_or(StoreError::NotFound)?.on_hand;
        let on_hand = i64::from(on_hand);
        if on_hand == before {
            return Ok(());
        }
        let values = [ids(), vec![on_hand.into(), before.into()]].concat();
        if self.conn.run(SET, values).await? == 0 {
            return Err(Guard::OutOfStock(variant).into());
        }
        let movement = Movement { variant, on_hand: on_hand - before, reserved: 0 };
        self.note_movements(&[movement], "counted", reference, now).await
    }

    /// Holds pieces for an order that is not paid.
    ///
    /// # Errors
    /// [`Guard::OutOfStock`] with a variant of which there are not enough free pieces; then nothing is held, and the unit
    /// of work may go on.
    pub async fn reserve(&self, lines: &[(VariantId, u32)], reference: &str, now: Timestamp) -> Result<(), StoreError> {
        const RESERVE: &str = "UPDATE variants SET reserved = reserved + $3 \
             WHERE tenant_id = $1 AND id = $2 AND on_hand - reserved >= $3";
        self.move_stock(lines, RESERVE, (0, 1), ("reserved", reference), now).await
    }

    /// Gives held pieces back.
    ///
    /// # Errors
    /// [`Guard::OutOfStock`] if so many are not held.
    pub async fn release(&self, lines: &[(VariantId, u32)], reference: &str, now: Timestamp) -> Result<(), StoreError> {
        const RELEASE: &str =
            "UPDATE variants SET reserved = reserved - $3 WHERE tenant_id = $1 AND id = $2 AND reserved >= $3";
        self.move_stock(lines, RELEASE, (0, -1), ("released", reference), now).await
    }

    /// Sells held pieces.
    ///
    /// # Errors
    /// [`Guard::OutOfStock`] if so many are not held.
    pub async fn commit_sale(
        &self,
        lines: &[(VariantId, u32)],
        reference: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const SELL: &str = "UPDATE variants SET reserved = reserved - $3, on_hand = on_hand - $3 \
             WHERE tenant_id = $1 AND id = $2 AND reserved >= $3";
        self.move_stock(lines, SELL, (-1, -1), ("sold", reference), now).await
    }

    async fn move_stock(
        &self,
        lines: &[(VariantId, u32)],
        update: &'static str,
        (on_hand, reserved): (i64, i64),
        (reason, reference): (&str, &str),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        // In one order for everybody: two orders of the same pieces wait for each other instead of locking each other out.
        let mut lines = lines.to_vec();
        lines.sort_unstable_by_key(|(variant, _)| *variant);
        let mut movements = Vec::with_capacity(lines.len());
        for (variant, count) in lines {
            let count = i64::from(count);
            let values = vec![self.tenant_uuid().into(), variant.0.into(), count.into()];
            if self.conn.run(update, values).await? == 0 {
                self.undo(&movements).await?;
                return Err(Guard::OutOfStock(variant).into());
            }
            movements.push(Movement { variant, on_hand: on_hand * count, reserved: reserved * count });
        }
        self.note_movements(&movements, reason, Some(reference), now).await
    }

    /// Takes back what was moved before a refusal, so that a unit of work may go on after one.
    async fn undo(&self, movements: &[Movement]) -> Result<(), StoreError> {
        const UNDO: &str = "UPDATE variants SET on_hand = on_hand - $3, reserved = reserved - $4 \
             WHERE tenant_id = $1 AND id = $2";
        for movement in movements {
            let values = vec![
                self.tenant_uuid().into(),
                movement.variant.0.into(),
                movement.on_hand.into(),
                movement.reserved.into(),
            ];
            self.conn.run(UNDO, values).await?;
        }
        Ok(())
    }

    pub(crate) async fn note_movements(
        &self,
        movements: &[Movement],
        reason: &str,
        reference: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const ROWS: usize = 1000;
        if movements.is_empty() {
            return Ok(());
        }
        for movements in movements.chunks(ROWS) {
            let mut values: Vec<Value> =
                vec![self.tenant_uuid().into(), reason.into(), reference.map(str::to_owned).into(), now.0.into()];
            let mut rows = Vec::with_capacity(movements.len());
            for movement in movements {
                let n = values.len();
                rows.push(format!("($1, ${}, ${}, ${}, ${}, $2, $3, $4)", n + 1, n + 2, n + 3, n + 4));
                values.extend([
                    Value::from(Uuid::now_v7()),
                    movement.variant.0.into(),
                    movement.on_hand.into(),
                    movement.reserved.into(),
                ]);
            }
            let insert = format!(
                "INSERT INTO stock_movements (tenant_id, id, variant_id, on_hand_delta, reserved_delta, reason, \
                 reference, at) VALUES {}",
                rows.join(", ")
            );
            self.conn.run(insert, values).await?;
        }
        self.stock_moved().await?;
        let freed: Vec<VariantId> = movements.iter().filter(|m| m.on_hand > m.reserved).map(|m| m.variant).collect();
        self.tell_who_waits(&freed, now).await
    }
}
