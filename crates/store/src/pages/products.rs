//! The list of products, and what it can be narrowed by.

use std::collections::{BTreeMap, BTreeSet};

use duka_kernel::{Colour, Money, ProductId, Timestamp};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::{Count, Cursor, Key, List, Order, Page};
use crate::{StoreError, Tx, catalogue::currency};

/// Which products.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// Words that are in the name, code, category or tags, all of them.
    pub search: Option<String>,
    /// Of this category.
    pub category: Option<String>,
    /// So much in stock.
    pub stock: Option<StockStatus>,
    /// Offered, or not.
    pub active: Option<bool>,
    /// There in this colour.
    pub colour: Option<Colour>,
    /// There in this size.
    pub size: Option<String>,
    /// Those that were taken away, instead of those that are there.
    pub deleted: bool,
}

/// How much of a product there is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StockStatus {
    /// Of every size and colour more than its threshold.
    In,
    /// Of some size or colour no more than its threshold.
    Low,
    /// Nothing that could be sold.
    Out,
}

/// The order of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    /// As the shop lists them.
    #[default]
    Listed,
    /// What came last comes first.
    Newest,
    /// By name.
    Name,
    /// The cheapest first.
    Cheapest,
    /// The dearest first.
    Dearest,
}

impl Sort {
    const fn order(self) -> Order {
        const LISTED: Order = Order::newest("products.listed", "p.position", "p.id").ascending();
        match self {
            Self::Listed => LISTED,
            Self::Newest => Order::newest("products.newest", "p.id", "p.id"),
            Self::Name => Order { name: "products.name", column: "p.name", text: true, ..LISTED },
            Self::Cheapest => Order { name: "products.cheapest", column: "p.price", ..LISTED },
            Self::Dearest => Order::newest("products.dearest", "p.price", "p.id"),
        }
    }
}

/// A product as the list shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct ProductRow {
    /// Its identity.
    pub id: ProductId,
    /// Its stock-keeping unit.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: String,
    /// What it costs.
    pub price: Money,
    /// What it cost before.
    pub compare_at: Option<Money>,
    /// The key of its first picture.
    pub image: Option<String>,
    /// How many pictures it has.
    pub images: i64,
    /// Pieces in the shop.
    pub on_hand: i64,
    /// Of these, held for orders.
    pub reserved: i64,
    /// How much there is.
    pub status: StockStatus,
    /// How many sizes and colours are offered.
    pub variants: i64,
    /// Whether it is offered.
    pub active: bool,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// Moves with every change.
    pub version: i64,
}

/// What a list can be narrowed by, each with how many products it leaves, most first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facets {
    /// Categories.
    pub categories: Vec<(String, i64)>,
    /// Colours by name.
    pub colours: Vec<(String, i64)>,
    /// Sizes.
    pub sizes: Vec<(String, i64)>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    sku: String,
    name: String,
    category: String,
    price: i64,
    compare_at: Option<i64>,
    currency: String,
    image: Option<String>,
    images: i64,
    on_hand: i64,
    reserved: i64,
    short: i64,
    variants: i64,
    active: bool,
    position: i64,
    updated_at: i64,
    version: i64,
}

#[derive(FromQueryResult)]
struct Facet {
    value: String,
    n: i64,
}

#[derive(FromQueryResult)]
struct Coloured {
    product_id: Uuid,
    colour: String,
}

/// Of a product's variants that are offered.
const VARIANTS: &str = "FROM variants v WHERE v.tenant_id = p.tenant_id AND v.product_id = p.id AND v.active";

impl Row {
    fn read(self) -> Result<ProductRow, StoreError> {
        let currency = currency(&self.currency)?;
        let status = match () {
            () if self.on_hand <= self.reserved => StockStatus::Out,
            () if self.short > 0 => StockStatus::Low,
            () => StockStatus::In,
        };
        Ok(ProductRow {
            id: ProductId(self.id),
            sku: self.sku,
            name: self.name,
            category: self.category,
            price: Money::from_minor(self.price, currency),
            compare_at: self.compare_at.map(|was| Money::from_minor(was, currency)),
            image: self.image,
            images: self.images,
            on_hand: self.on_hand,
            reserved: self.reserved,
            status,
            variants: self.variants,
            active: self.active,
            updated_at: Timestamp(self.updated_at),
            version: self.version,
        })
    }

    fn key(&self, sort: Sort) -> (Key, Uuid) {
        let key = match sort {
            Sort::Listed => Key::Number(self.position),
            Sort::Newest => Key::Number(0),
            Sort::Name => Key::Text(self.name.clone()),
            Sort::Cheapest | Sort::Dearest => Key::Number(self.price),
        };
        (key, self.id)
    }
}

/// A page of products. `threshold` is the shop's: so many pieces of a size and colour, or fewer, are little, unless the
/// variant has its own.
///
/// # Errors
/// [`StoreError::Cursor`]; or if the database fails.
pub async fn list(
    tx: &Tx,
    filter: &Filter,
    threshold: u32,
    sort: Sort,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<ProductRow>, StoreError> {
    let list = narrowed(tx, filter, threshold, &select(threshold));
    list.page(tx, sort.order(), (after, limit), move |row: &Row| row.key(sort), Row::read).await
}

/// One product that was not taken away, as the list shows it.
pub(super) async fn one(tx: &Tx, id: ProductId, threshold: u32) -> Result<Option<ProductRow>, StoreError> {
    let mut list = List::new(tx, select(threshold));
    list.and("p.id = ? AND p.deleted_at IS NULL", [id.0.into()]);
    let rows: Vec<Row> = list.all(tx, "").await?;
    rows.into_iter().next().map(Row::read).transpose()
}

/// How many products a filter leaves.
///
/// # Errors
/// If the database fails.
pub async fn count(tx: &Tx, filter: &Filter, threshold: u32) -> Result<i64, StoreError> {
    let list = narrowed(tx, filter, threshold, "SELECT count(*) AS n FROM products p WHERE p.tenant_id = $1");
    Ok(list.all::<Count>(tx, "").await?.first().map_or(0, |row| row.n))
}

fn select(threshold: u32) -> String {
    format!(
        "SELECT p.id, p.sku, p.name, p.category, p.price, p.compare_at, p.currency, p.image, p.active, p.position, \
         p.updated_at, p.version, \
         CAST((SELECT coalesce(sum(v.on_hand), 0) {VARIANTS}) AS bigint) AS on_hand, \
         CAST((SELECT coalesce(sum(v.reserved), 0) {VARIANTS}) AS bigint) AS reserved, \
         (SELECT count(*) FROM product_images i WHERE i.tenant_id = p.tenant_id AND i.product_id = p.id) AS images, \
         (SELECT count(*) {VARIANTS}) AS variants, \
         (SELECT count(*) {VARIANTS} AND {}) AS short \
         FROM products p WHERE p.tenant_id = $1",
        is_short(threshold)
    )
}

fn is_short(threshold: u32) -> String {
    format!("v.on_hand - v.reserved <= coalesce(v.threshold, {threshold})")
}

fn narrowed(tx: &Tx, filter: &Filter, threshold: u32, select: &str) -> List {
    let mut list = List::new(tx, select);
    list.and(if filter.deleted { "p.deleted_at IS NOT NULL" } else { "p.deleted_at IS NULL" }, []);
    list.if_some("p.category = ?", filter.category.as_deref()).if_some("p.active = ?", filter.active);
    let short = is_short(threshold);
    let left = format!("(SELECT coalesce(sum(v.on_hand - v.reserved), 0) {VARIANTS})");
    match filter.stock {
        Some(StockStatus::Out) => {
            list.and(&format!("{left} <= 0"), []);
        }
        Some(StockStatus::Low) => {
            list.and(&format!("{left} > 0 AND EXISTS (SELECT 1 {VARIANTS} AND {short})"), []);
        }
        Some(StockStatus::In) => {
            list.and(&format!("{left} > 0 AND NOT EXISTS (SELECT 1 {VARIANTS} AND {short})"), []);
        }
        None => {}
    }
    if let Some(colour) = filter.colour {
        list.and(
            &format!("(p.colours LIKE ? OR EXISTS (SELECT 1 {VARIANTS} AND v.colour = ?))"),
            [format!("%\"{}\"%", colour.name()).into(), colour.name().into()],
        );
    }
    if let Some(size) = &filter.size {
        list.and(&format!("EXISTS (SELECT 1 {VARIANTS} AND v.size = ?)"), [size.as_str().into()]);
    }
    for word in filter.search.as_deref().unwrap_or_default().split_whitespace().take(8) {
        let like = Value::from(format!("%{}%", escaped(&word.to_lowercase())));
        let columns = ["p.name", "p.sku", "p.category", "p.tags"];
        let any: Vec<String> = columns.iter().map(|column| format!("lower({column}) LIKE ? ESCAPE '!'")).collect();
        list.and(&format!("({})", any.join(" OR ")), vec![like; columns.len()]);
    }
    list
}

/// The word without the signs that stand for any text.
fn escaped(word: &str) -> String {
    word.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// What the list of offered products can be narrowed by.
///
/// # Errors
/// If the database fails.
pub async fn facets(tx: &Tx) -> Result<Facets, StoreError> {
    const CATEGORIES: &str = "SELECT p.category AS value, count(*) AS n FROM products p \
         WHERE p.tenant_id = $1 AND p.active GROUP BY p.category";
    const SIZES: &str = "SELECT v.size AS value, count(DISTINCT v.product_id) AS n FROM variants v \
         JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id \
         WHERE v.tenant_id = $1 AND v.active AND p.active GROUP BY v.size";
    const VARIED: &str = "SELECT DISTINCT v.product_id, v.colour FROM variants v \
         JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id \
         WHERE v.tenant_id = $1 AND v.active AND p.active AND v.colour IS NOT NULL";
    const NAMED: &str = "SELECT p.id AS product_id, p.colours AS colour FROM products p \
         WHERE p.tenant_id = $1 AND p.active AND p.colours <> '[]'";
    let mut there: BTreeSet<(String, Uuid)> = BTreeSet::new();
    for row in List::new(tx, NAMED).all::<Coloured>(tx, "").await? {
        let names: Vec<String> = serde_json::from_str(&row.colour)?;
        there.extend(names.into_iter().map(|name| (name, row.product_id)));
    }
    let varied: Vec<Coloured> = List::new(tx, VARIED).all(tx, "").await?;
    there.extend(varied.into_iter().map(|row| (row.colour, row.product_id)));
    let mut colours: BTreeMap<String, i64> = BTreeMap::new();
    for (name, _) in there {
        *colours.entry(name).or_default() += 1;
    }
    Ok(Facets {
        categories: most_first(List::new(tx, CATEGORIES).all(tx, "").await?),
        colours: most_first(colours.into_iter().map(|(value, n)| Facet { value, n }).collect()),
        sizes: most_first(List::new(tx, SIZES).all(tx, "").await?),
    })
}

fn most_first(facets: Vec<Facet>) -> Vec<(String, i64)> {
    let mut facets: Vec<(String, i64)> = facets.into_iter().map(|facet| (facet.value, facet.n)).collect();
    facets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    facets
}
