//! One size and colour: price, pieces and threshold changed quickly, and why there are as many pieces as there are.

use duka_kernel::VariantId;
use duka_store::{
    StoreError, Tx,
    audit::Change,
    catalogue::{Counted, VariantChange},
    pages::{
        product::{self, VariantRow},
        stock::{self, MovementRow},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    VariantOut,
    input::{MOST_PRICE, MOST_STOCK, MOST_THRESHOLD},
    one::refused,
};
use crate::{
    answer::List,
    describe::Route,
    extract::{Json, Paging, Path},
    problem::{Check, Reply},
    route,
    staff::{
        Staff,
        right::{CatalogEdit, CatalogView},
    },
};

pub fn routes() -> Vec<Route> {
    vec![route!(update_variant), route!(list_movements)]
}

/// What of a size and colour is changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VariantChangeIn {
    /// In minor units.
    #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
    price: Option<i64>,
    /// How many pieces there are, as they were counted. Not together with `delta`.
    #[schema(minimum = 0, maximum = 1_000_000)]
    on_hand: Option<i64>,
    /// How many pieces more, or fewer, there are.
    #[schema(minimum = -1_000_000, maximum = 1_000_000)]
    delta: Option<i64>,
    /// Why; it stands with the movement.
    #[schema(max_length = 200)]
    reason: Option<String>,
    /// So many or fewer are little; the number of the whole shop takes a number of its own away.
    #[schema(minimum = 0, maximum = 10_000)]
    threshold: Option<i64>,
}

impl VariantChangeIn {
    fn change(self, low: u32) -> Reply<VariantChange> {
        Check::new()
            .that(self.price.is_none_or(|n| (1..=MOST_PRICE).contains(&n)), "/price", "has to be more than 0")
            .that(self.on_hand.is_none_or(|n| (0..=MOST_STOCK).contains(&n)), "/on_hand", "has to be 0 to 1,000,000")
            .that(
                self.delta.is_none_or(|n| (-MOST_STOCK..=MOST_STOCK).contains(&n)),
                "/delta",
                "has to be at most 1,000,000",
            )
            .that(self.on_hand.is_none() || self.delta.is_none(), "/delta", "cannot come together with on_hand")
            .that(
                self.reason.as_ref().is_none_or(|reason| reason.chars().count() <= 200),
                "/reason",
                "has at most 200 characters",
            )
            .that(
                self.threshold.is_none_or(|n| (0..=MOST_THRESHOLD).contains(&n)),
                "/threshold",
                "has to be 0 to 10,000",
            )
            .done()?;
        let count = |n: i64| u32::try_from(n).unwrap_or(0);
        Ok(VariantChange {
            price: self.price,
            stock: self.on_hand.map(|n| Counted::To(count(n))).or(self.delta.map(Counted::By)),
            threshold: self.threshold.map(|n| Some(count(n)).filter(|n| *n != low)),
            reference: self.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty()),
        })
    }
}

fn told(row: &VariantRow) -> Value {
    json!({"price": row.price.minor, "on_hand": row.on_hand, "threshold": row.threshold})
}

/// A variant as it is shown: with the colour of its product where nobody has to choose.
async fn shown(tx: &Tx, row: VariantRow) -> Result<VariantOut, StoreError> {
    let low = tx.profile().await?.low_stock;
    let colours = product::product(tx, row.product, low).await?.colours;
    let only = if let [only] = colours.as_slice() { Some(only.name()) } else { None };
    Ok(VariantOut::new(row, low, only))
}

/// Change price, pieces or threshold of a size and colour. Customers see it in the next answer.
///
/// A price that all sizes and colours have is that of the product.
#[utoipa::path(patch, path = "/variants/{id}", tag = "products")]
async fn update_variant(
    staff: Staff<CatalogEdit>,
    Path(id): Path<Uuid>,
    Json(input): Json<VariantChangeIn>,
) -> Reply<Json<VariantOut>> {
    let id = VariantId(id);
    let tx = staff.read().await?;
    let (before, low) = (product::variant(&tx, id).await?, tx.profile().await?.low_stock);
    drop(tx);
    let (change, now) = (input.change(low)?, staff.now());
    let changed = staff.change((change, before), move |tx, (change, before)| {
        Box::pin(async move {
            tx.change_variant(id, change, now).await?;
            let row = product::variant(tx, id).await?;
            let mut changes = Vec::new();
            if told(&row) != told(before) {
                changes.push(Change::new("variant.changed").of("variant", id).from(told(before)).to(told(&row)));
            }
            Ok((shown(tx, row).await?, changes))
        })
    });
    Ok(Json(changed.await.map_err(refused)?))
}

/// A change of the pieces.
#[derive(Serialize, ToSchema)]
struct MovementOut {
    id: Uuid,
    at: jiff::Timestamp,
    /// Pieces more, or fewer, in the shop.
    delta: i64,
    /// Pieces more, or fewer, held for orders.
    reserved: i64,
    /// Pieces in the shop after it.
    left: i64,
    /// `reserved` or `released` for an order, `sold`, `listed` in a file, `counted`.
    reason: String,
    /// The number of the order, or what was said of it.
    by: Option<String>,
}

impl From<MovementRow> for MovementOut {
    fn from(row: MovementRow) -> Self {
        Self {
            id: row.id,
            at: row.at.to_jiff(),
            delta: row.on_hand,
            reserved: row.reserved,
            left: row.left,
            reason: row.reason,
            by: row.reference,
        }
    }
}

/// List why a size and colour has the pieces it has, newest first.
#[utoipa::path(get, path = "/variants/{id}/movements", tag = "products")]
async fn list_movements(
    staff: Staff<CatalogView>,
    Path(id): Path<Uuid>,
    paging: Paging,
) -> Reply<Json<List<MovementOut>>> {
    let (tx, id) = (staff.read().await?, VariantId(id));
    product::variant(&tx, id).await?;
    let page = stock::movements(&tx, id, paging.after.as_ref(), paging.limit).await?;
    Ok(Json(List::of(page, MovementOut::from)))
}
