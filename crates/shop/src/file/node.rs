//! A value of the shop file together with its place, so that every error can say where.

use std::cell::RefCell;

use duka_kernel::PhoneNumber;
use serde_json::Value;

use super::{FileError, words};

/// What has been found wrong so far.
#[derive(Default)]
pub(super) struct Errors(RefCell<Vec<FileError>>);

impl Errors {
    pub(super) fn add(&self, path: &str, message: impl Into<String>) {
        self.0.borrow_mut().push(FileError { path: path.to_owned(), message: message.into() });
    }

    pub(super) fn into_inner(self) -> Vec<FileError> {
        self.0.into_inner()
    }
}

/// A value and its path. Reading one that is missing gives `None`; reading one that is wrong gives `None` too,
/// and the error is noted.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) path: String,
    errors: &'a Errors,
}

impl<'a> Node<'a> {
    pub(super) fn new(value: &'a Value, path: String, errors: &'a Errors) -> Self {
        Self { value, path, errors }
    }

    pub(super) fn is_null(&self) -> bool {
        self.value.is_null()
    }

    pub(super) fn error(&self, message: impl Into<String>) {
        self.errors.add(&self.path, message);
    }

    /// The value under a key; null if it is not there.
    pub(super) fn get(&self, key: &str) -> Node<'a> {
        let value = self.value.get(key).unwrap_or(&Value::Null);
        Node { value, path: format!("{}.{key}", self.path), errors: self.errors }
    }

    /// The same, noting an error if it is not there.
    pub(super) fn required(&self, key: &str, expected: &str) -> Node<'a> {
        let node = self.get(key);
        if node.is_null() {
            node.error(format!("missing: {expected}"));
        }
        node
    }

    /// Its keys and values; empty if it is null. An error is noted if it is neither null nor a mapping.
    pub(super) fn entries(&self, expected: &str) -> Vec<(&'a str, Node<'a>)> {
        match self.value {
            Value::Object(map) => map.keys().map(|key| (key.as_str(), self.get(key))).collect(),
            Value::Null => Vec::new(),
            _ => {
                self.error(format!("{} where {expected} is expected", self.kind()));
                Vec::new()
            }
        }
    }

    /// Whether it is a mapping, with only these keys; what is not is noted.
    pub(super) fn is_mapping_of(&self, keys: &[&str]) -> bool {
        for (key, node) in self.entries("a mapping") {
            if !keys.contains(&key) {
                let hint = words::did_you_mean(key, keys);
                let hint = if hint.is_empty() { format!("; known here: {}", keys.join(", ")) } else { hint };
                node.error(format!("unknown key{hint}"));
            }
        }
        self.value.is_object()
    }

    /// Its items; empty if it is null. An error is noted if it is neither null nor a list.
    pub(super) fn items(&self) -> Vec<Node<'a>> {
        match self.value {
            Value::Array(items) => {
                let node = |(i, value)| Node { value, path: format!("{}[{i}]", self.path), errors: self.errors };
                items.iter().enumerate().map(node).collect()
            }
            Value::Null => Vec::new(),
            _ => {
                self.error(format!("{} where a list is expected", self.kind()));
                Vec::new()
            }
        }
    }

    /// A text as it is written; `None` if it is empty. A number is taken as its digits, because phone numbers and
    /// codes are often left unquoted.
    pub(super) fn text(&self) -> Option<String> {
        match self.value {
            Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Null => None,
            _ => {
                self.error(format!("{} where a text is expected", self.kind()));
                None
            }
        }
    }

    /// A text read by a function that says what is wrong with it.
    pub(super) fn read<T>(&self, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text()?;
        parse(&text).map_err(|why| self.error(why)).ok()
    }

    pub(super) fn flag(&self) -> Option<bool> {
        self.read(words::flag)
    }

    pub(super) fn phone(&self) -> Option<PhoneNumber> {
        self.read(|text| PhoneNumber::parse(text).map_err(|why| why.to_string()))
    }

    /// Every text of a list; a single text is a list of one.
    pub(super) fn texts(&self) -> Vec<String> {
        match self.value {
            Value::String(_) => self.text().into_iter().collect(),
            _ => self.items().iter().filter_map(Node::text).collect(),
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "a mapping",
        }
    }
}
