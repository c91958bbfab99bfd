//! What the pages of the dashboard read: one file a subject. A list is read a page at a time, in a fixed order, from
//! where the page before ended: rows that come or go meanwhile are neither shown twice nor left out.

pub mod appointments;
pub mod conversations;
pub mod customers;
pub mod messages;
pub mod order;
pub mod orders;
pub mod overview;
pub mod payments;
pub mod person;
pub mod product;
pub mod products;
pub mod searching;
pub mod segments;
pub mod stock;

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duka_kernel::{CustomerId, PhoneNumber};
use sea_orm::{FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    customers::{NAME, PAYER, PHONE},
    tx::Opener,
};

/// The most rows of one page.
pub const MOST: u32 = 100;

/// Some rows of a list, and where the next page begins if there is one.
#[derive(Clone, PartialEq, Debug)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// The last row of a page. Written and read as text that means nothing to others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cursor {
    order: String,
    key: Key,
    id: Uuid,
}

/// What a list is ordered by before the identity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Key {
    Number(i64),
    Text(String),
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(serde_json::to_string(self).map_err(|_| fmt::Error)?))
    }
}

impl FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let json = URL_SAFE_NO_PAD.decode(text).map_err(|_| StoreError::Cursor)?;
        serde_json::from_slice(&json).map_err(|_| StoreError::Cursor)
    }
}

/// How a list is ordered: by a column and then by the identity, both the same way.
#[derive(Clone, Copy)]
pub(crate) struct Order {
    /// Its name; a cursor of another order is refused.
    pub name: &'static str,
    pub column: &'static str,
    pub id: &'static str,
    pub descending: bool,
    pub text: bool,
}

impl Order {
    pub const fn newest(name: &'static str, column: &'static str, id: &'static str) -> Self {
        Self { name, column, id, descending: true, text: false }
    }

    pub const fn ascending(self) -> Self {
        Self { descending: false, ..self }
    }
}

/// A list being asked for: a statement whose first parameter is the shop.
pub(crate) struct List {
    text: String,
    values: Vec<Value>,
}

impl List {
    /// `select` is complete up to its conditions, of which the first says whose rows they are.
    pub fn new(tx: &Tx, select: impl Into<String>) -> Self {
        Self { text: select.into(), values: vec![tx.tenant_uuid().into()] }
    }

    /// A condition whose parameters are written `?`.
    pub fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) -> &mut Self {
        self.text.push_str(" AND ");
        let mut values = values.into_iter();
        for (i, part) in condition.split('?').enumerate() {
            if i > 0 {
                self.values.extend(values.next());
                self.text.push_str(&format!("${}", self.values.len()));
            }
            self.text.push_str(part);
        }
        self
    }

    /// A condition, if there is a value for it.
    pub fn if_some<V: Into<Value>>(&mut self, condition: &str, value: Option<V>) -> &mut Self {
        if let Some(value) = value {
            self.and(condition, [value.into()]);
        }
        self
    }

    /// That a column has one of some values.
    pub fn one_of<V: Into<Value>>(&mut self, column: &str, values: impl IntoIterator<Item = V>) -> &mut Self {
        let values: Vec<Value> = values.into_iter().map(Into::into).collect();
        let places = vec!["?"; values.len()].join(", ");
        self.and(&if values.is_empty() { "FALSE".to_owned() } else { format!("{column} IN ({places})") }, values)
    }

    /// The rows of a page after a cursor. `key` says of a row where it stands.
    pub async fn page<R: FromQueryResult, T>(
        mut self,
        tx: &Tx,
        order: Order,
        (after, limit): (Option<&Cursor>, u32),
        key: impl Fn(&R) -> (Key, Uuid),
        read: impl Fn(R) -> Result<T, StoreError>,
    ) -> Result<Page<T>, StoreError> {
        let Order { name, column, id, descending, text } = order;
        let (than, way) = if descending { ("<", " DESC") } else { (">", "") };
        if let Some(cursor) = after {
            if cursor.order != name || matches!(cursor.key, Key::Text(_)) != text {
                return Err(StoreError::Cursor);
            }
            let key = match &cursor.key {
                Key::Number(number) => Value::from(*number),
                Key::Text(text) => text.as_str().into(),
            };
            if column == id {
                self.and(&format!("{id} {than} ?"), [Value::from(cursor.id)]);
            } else {
                self.and(&format!("({column}, {id}) {than} (?, ?)"), [key, cursor.id.into()]);
            }
        }
        let limit = limit.clamp(1, MOST) as usize;
        self.values.push(Value::from(i64::try_from(limit + 1).unwrap_or(i64::MAX)));
        let by = if column == id { format!("{id}{way}") } else { format!("{column}{way}, {id}{way}") };
        self.text.push_str(&format!(" ORDER BY {by} LIMIT ${}", self.values.len()));
        let mut rows: Vec<R> = tx.conn.rows(self.text, self.values).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|last| {
            let (key, id) = key(last);
            Cursor { order: name.to_owned(), key, id }
        });
        Ok(Page { items: rows.into_iter().map(read).collect::<Result<_, _>>()?, next })
    }

    /// All rows, in an order of the statement's own.
    pub async fn all<R: FromQueryResult>(mut self, tx: &Tx, end: &str) -> Result<Vec<R>, StoreError> {
        self.text.push_str(end);
        tx.conn.rows(self.text, self.values).await
    }
}

impl<T> Page<T> {
    /// A page without rows.
    pub(crate) const fn empty() -> Self {
        Self { items: Vec::new(), next: None }
    }
}

/// A customer as a list shows them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Who.
    pub id: CustomerId,
    /// As the channel calls them; untrusted text.
    pub name: Option<String>,
    /// The number they pay from, or write from where the channel shows it.
    pub phone: Option<PhoneNumber>,
    /// Whether somebody of the team plays them, to try the shop.
    pub test: bool,
}

/// The columns of [`PersonRow`], from `customers u`.
pub(crate) const PERSON: &str = "u.id AS person_id, u.name_enc, u.phone_enc, u.payer_enc, u.test";

/// A customer as part of a wider select.
#[derive(FromQueryResult)]
pub(crate) struct PersonRow {
    person_id: Uuid,
    name_enc: Option<Vec<u8>>,
    phone_enc: Option<Vec<u8>>,
    payer_enc: Option<Vec<u8>>,
    test: bool,
}

impl PersonRow {
    pub fn decrypt(&self, opener: Opener<'_>) -> Result<Person, StoreError> {
        let phone = match (&self.payer_enc, &self.phone_enc) {
            (Some(payer), _) => Some(opener.open(PAYER, payer)?),
            (None, Some(phone)) => Some(opener.open(PHONE, phone)?),
            (None, None) => None,
        };
        Ok(Person {
            id: CustomerId(self.person_id),
            name: opener.open_optional(NAME, self.name_enc.as_deref())?,
            phone: phone.and_then(|digits| PhoneNumber::parse(&digits).ok()),
            test: self.test,
        })
    }
}

/// A number of rows.
#[derive(FromQueryResult)]
pub(crate) struct Count {
    pub n: i64,
}

impl Tx {
    /// The number that a statement about the shop counts.
    pub(crate) async fn count(&self, select: &str) -> Result<i64, StoreError> {
        Ok(self.conn.row::<Count>(select, vec![self.tenant_uuid().into()]).await?.map_or(0, |row| row.n))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_anything_else_is_refused() {
        for key in [Key::Number(-5), Key::Text("Zuri \"red\" gown".into())] {
            let cursor = Cursor { order: "newest".into(), key, id: Uuid::now_v7() };
            let text = cursor.to_string();
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)), "{text}");
            assert_eq!(text.parse::<Cursor>().unwrap(), cursor);
        }
        for text in ["", "x", "bm9uc2Vuc2U", "e30", "💥"] {
            assert!(matches!(text.parse::<Cursor>(), Err(StoreError::Cursor)), "{text}");
        }
    }
}
