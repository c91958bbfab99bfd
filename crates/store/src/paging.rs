//! Long lists in parts: where one goes on is the place of the last row seen, so that nothing is skipped or repeated when
//! rows are added meanwhile, and no page costs more than the first.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::Value;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A part of a list.
#[derive(Clone, PartialEq, Debug)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where it goes on, if it does.
    pub next: Option<Cursor>,
}

/// The place of a row in a list: the value that the list is ordered by, and the row's identity where that is the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cursor {
    /// What the list is ordered by.
    pub key: Key,
    /// The row.
    pub id: Uuid,
}

/// A value that lists are ordered by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Key {
    /// A time, an amount, a number.
    Number(i64),
    /// A name.
    Text(String),
}

impl Cursor {
    /// As clients get it. They are not to look into it.
    #[must_use]
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&(&self.key, self.id)).unwrap_or_default())
    }

    /// What [`Cursor::encode`] gave; nothing for anything else.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (key, id) = serde_json::from_slice(&bytes).ok()?;
        Some(Self { key, id })
    }

    /// The number that the list is ordered by; the end of the list for a cursor of another list.
    #[must_use]
    pub fn number(&self) -> i64 {
        match self.key {
            Key::Number(number) => number,
            Key::Text(_) => i64::MIN,
        }
    }
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Number(number) => number.into(),
            Key::Text(text) => text.into(),
        }
    }
}

impl From<i64> for Key {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Key {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T> Page<T> {
    /// A page of at most `limit` rows out of up to one more, which only says that there is another page.
    pub fn of(mut rows: Vec<T>, limit: u32, place: impl Fn(&T) -> Cursor) -> Self {
        let limit = limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(place) } else { None };
        Self { items: rows, next }
    }

    /// The same page of something else.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_nothing_else_is_one() {
        for key in [Key::Number(-3), Key::Text("Dress \"A\"".into())] {
            let cursor = Cursor { key, id: Uuid::now_v7() };
            assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
        for text in ["", "x", "AAAA", "W10", "bnVsbA"] {
            assert_eq!(Cursor::decode(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_goes_on_only_if_there_is_more() {
        let place = |n: &i64| Cursor { key: (*n).into(), id: Uuid::nil() };
        let (part, whole) = (Page::of(vec![5, 4, 3], 2, place), Page::of(vec![5, 4], 2, place));
        assert_eq!((part.items, part.next.map(|c| c.number())), (vec![5, 4], Some(4)));
        assert_eq!((whole.items, whole.next), (vec![5, 4], None));
    }
}
