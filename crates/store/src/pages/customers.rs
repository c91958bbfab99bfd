//! The list of customers.

use std::collections::HashMap;

use duka_kernel::{Language, Size, Timestamp};
use duka_shop::segment::Rule;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Count, Cursor, Key, List, Order, PERSON, Page, Person, PersonRow, searching::MOST_FOUND};
use crate::{StoreError, Tx, analytics::SOLD};

pub(crate) const TAG: &str = "customer_tags.tag_enc";
const TAG_HASH: &str = "customer_tags.tag_hash";

/// Which customers.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// Whose name or phone number begins so.
    pub search: Option<String>,
    /// Whom this holds for.
    pub rule: Rule,
    /// Whom the team calls so.
    pub tag: Option<String>,
}

/// The order of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    /// Who wrote first most recently comes first.
    #[default]
    Newest,
    /// Who bought for most comes first.
    Best,
    /// Who ordered last comes first.
    LastOrder,
}

impl Sort {
    const fn order(self) -> Order {
        match self {
            Self::Newest => Order::newest("customers.newest", "u.created_at", "u.id"),
            Self::Best => Order::newest("customers.best", "u.spent", "u.id"),
            Self::LastOrder => Order::newest("customers.last_order", "u.last_order_at", "u.id"),
        }
    }
}

/// A customer as the list shows them.
#[derive(Clone, PartialEq, Debug)]
pub struct CustomerRow {
    /// Who.
    pub person: Person,
    /// What they write in.
    pub language: Option<Language>,
    /// Orders placed.
    pub orders: i64,
    /// Of these, sold and not given back.
    pub bought: i64,
    /// What these came to, in minor units: the lifetime value.
    pub spent: i64,
    /// When they ordered last.
    pub last_order_at: Option<Timestamp>,
    /// Whether they want no marketing.
    pub opted_out: bool,
    /// What the team calls them.
    pub tags: Vec<String>,
    /// When they first wrote.
    pub created_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    #[sea_orm(nested)]
    person: PersonRow,
    language: Option<String>,
    order_count: i64,
    bought: i64,
    spent: i64,
    last_order_at: i64,
    opted_out: bool,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct TagRow {
    customer_id: Uuid,
    tag_enc: Vec<u8>,
}

#[derive(FromQueryResult)]
struct TagCount {
    tag_enc: Vec<u8>,
    n: i64,
}

impl Row {
    fn read(self, tx: &Tx) -> Result<CustomerRow, StoreError> {
        Ok(CustomerRow {
            person: self.person.decrypt(tx.opener())?,
            language: self.language.and_then(|code| code.parse().ok()),
            orders: self.order_count,
            bought: self.bought,
            spent: self.spent,
            last_order_at: (self.last_order_at > 0).then_some(Timestamp(self.last_order_at)),
            opted_out: self.opted_out,
            tags: Vec::new(),
            created_at: Timestamp(self.created_at),
        })
    }

    const fn key(&self, sort: Sort) -> (Key, Uuid) {
        let key = match sort {
            Sort::Newest => self.created_at,
            Sort::Best => self.spent,
            Sort::LastOrder => self.last_order_at,
        };
        (Key::Number(key), self.id)
    }
}

/// A page of customers. `now` is what a rule's days are counted from.
///
/// # Errors
/// [`StoreError::Cursor`]; or if the database fails.
pub async fn list(
    tx: &Tx,
    filter: &Filter,
    now: Timestamp,
    sort: Sort,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<CustomerRow>, StoreError> {
    let mut list = List::new(
        tx,
        format!(
            "SELECT u.id, {PERSON}, u.language, u.order_count, u.bought, u.spent, u.last_order_at, u.opted_out, \
             u.created_at FROM customers u WHERE u.tenant_id = $1 AND NOT u.test"
        ),
    );
    if let Some(said) = filter.search.as_deref().map(str::trim).filter(|said| !said.is_empty()) {
        let found = tx.find_customers(said, MOST_FOUND).await?;
        if found.is_empty() {
            return Ok(Page::empty());
        }
        list.one_of("u.id", found.into_iter().map(|customer| customer.0));
    }
    narrow(tx, &mut list, &filter.rule, now)?;
    called(tx, &mut list, filter.tag.as_deref())?;
    let mut page =
        list.page(tx, sort.order(), (after, limit), move |row: &Row| row.key(sort), |row| row.read(tx)).await?;
    let ids: Vec<Uuid> = page.items.iter().map(|row| row.person.id.0).collect();
    let mut tags = tags_of(tx, &ids).await?;
    for item in &mut page.items {
        item.tags = tags.remove(&item.person.id.0).unwrap_or_default();
    }
    Ok(page)
}

/// How many customers a rule holds for.
///
/// # Errors
/// If the database fails.
pub async fn count(tx: &Tx, rule: &Rule, now: Timestamp) -> Result<i64, StoreError> {
    let mut list = List::new(tx, "SELECT count(*) AS n FROM customers u WHERE u.tenant_id = $1 AND NOT u.test");
    narrow(tx, &mut list, rule, now)?;
    Ok(list.all::<Count>(tx, "").await?.first().map_or(0, |row| row.n))
}

/// Leaves the customers whom a rule holds for.
fn narrow(tx: &Tx, list: &mut List, rule: &Rule, now: Timestamp) -> Result<(), StoreError> {
    let since = |days: u32| now.plus_minutes(-i64::from(days) * 24 * 60).0;
    list.if_some("u.spent >= ?", rule.spent_from)
        .if_some("u.spent <= ?", rule.spent_to)
        .if_some("u.bought >= ?", rule.orders_from.map(i64::from))
        .if_some("u.bought <= ?", rule.orders_to.map(i64::from))
        .if_some("u.last_order_at >= ?", rule.ordered_within_days.map(since))
        .if_some("u.last_order_at > 0 AND u.last_order_at < ?", rule.silent_for_days.map(since))
        .if_some("u.created_at >= ?", rule.new_within_days.map(since))
        .if_some("u.language = ?", rule.language.map(Language::code))
        .if_some("u.opted_out = ?", rule.marketing.map(|agreed| !agreed));
    list.if_some(
        &format!(
            "EXISTS (SELECT 1 FROM orders o JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id \
             WHERE o.tenant_id = u.tenant_id AND o.customer_id = u.id AND o.state IN {SOLD} AND l.size = ?)"
        ),
        rule.size.as_ref().map(Size::as_str),
    );
    called(tx, list, rule.tag.as_deref())
}

/// Leaves the customers whom the team calls so.
fn called(tx: &Tx, list: &mut List, tag: Option<&str>) -> Result<(), StoreError> {
    if let Some(tag) = tag {
        list.and(
            "EXISTS (SELECT 1 FROM customer_tags g WHERE g.tenant_id = u.tenant_id AND g.tag_hash = ? \
             AND g.customer_id = u.id)",
            [tag_hash(tx, tag)?.into()],
        );
    }
    Ok(())
}

fn tag_hash(tx: &Tx, tag: &str) -> Result<Vec<u8>, StoreError> {
    tx.hash(TAG_HASH, &tag.trim().to_lowercase())
}

/// What the team calls some customers.
pub(crate) async fn tags_of(tx: &Tx, customers: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>, StoreError> {
    let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
    if customers.is_empty() {
        return Ok(found);
    }
    let mut list = List::new(tx, "SELECT customer_id, tag_enc FROM customer_tags WHERE tenant_id = $1");
    list.one_of("customer_id", customers.iter().copied());
    for row in list.all::<TagRow>(tx, " ORDER BY id").await? {
        found.entry(row.customer_id).or_default().push(tx.open(TAG, &row.tag_enc)?);
    }
    Ok(found)
}

/// What the team calls customers, with how many are called so, most first.
///
/// # Errors
/// If the database fails.
pub async fn tags(tx: &Tx) -> Result<Vec<(String, i64)>, StoreError> {
    // Which of the ciphertexts of one tag is shown does not matter.
    let list = List::new(
        tx,
        "SELECT g.tag_enc, c.n FROM (SELECT tag_hash, count(*) AS n FROM customer_tags WHERE tenant_id = $1 \
         GROUP BY tag_hash) c JOIN customer_tags g ON g.tag_hash = c.tag_hash WHERE g.tenant_id = $1 \
         AND g.id = (SELECT f.id FROM customer_tags f WHERE f.tenant_id = $1 AND f.tag_hash = c.tag_hash \
                     ORDER BY f.customer_id LIMIT 1)",
    );
    let rows: Vec<TagCount> = list.all(tx, "").await?;
    let mut tags =
        rows.into_iter().map(|row| Ok((tx.open(TAG, &row.tag_enc)?, row.n))).collect::<Result<Vec<_>, StoreError>>()?;
    tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(tags)
}

impl Tx {
    /// What the team calls a customer from now on. The same word in small and capital letters is one tag.
    ///
    /// # Errors
    /// If the customer is not the shop's, or the database fails.
    pub async fn set_tags(&self, customer: duka_kernel::CustomerId, tags: &[String]) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE FROM customer_tags WHERE tenant_id = $1 AND customer_id = $2";
        const INSERT: &str = "INSERT INTO customer_tags (tenant_id, id, customer_id, tag_hash, tag_enc) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        self.conn.run(FORGET, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        for tag in tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
            let values = vec![
                self.tenant_uuid().into(),
                Uuid::now_v7().into(),
                customer.0.into(),
                tag_hash(self, tag)?.into(),
                self.seal(TAG, tag)?.into(),
            ];
            self.conn.run(INSERT, values).await?;
        }
        Ok(())
    }
}
