#[cfg(unix)]
mod apart;
mod files;
mod harm;
mod reading;

use crate::{Document, read};

fn of(bytes: &[u8], name: &str) -> Document {
    read(bytes, name).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

fn texts(document: &Document) -> Vec<&str> {
    document.passages.iter().map(|passage| passage.text.as_str()).collect()
}
