//! Documents of a shop: their text, cut into passages that an answer can rest on and name.
//!
//! What a file is, its content says, never its name. Everything is bounded: bytes, pages, rows, characters, what a
//! compressed file grows to. A file is read by [`apart::Reader`] in a process of its own, so that one that was made to
//! do harm harms that process alone.

pub mod apart;
mod confine;
mod kind;
mod markdown;
mod passages;
mod pdf;
mod questions;
mod refusal;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod workbook;

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

pub use self::{confine::confine, kind::Kind, refusal::Refusal};

/// The largest file that is read.
pub const BYTES: usize = 20 * 1024 * 1024;
/// The most pages that are read of a PDF.
pub const PAGES: usize = 500;
/// The most rows that are read of tables.
pub const ROWS: usize = 5_000;
/// The most characters that are kept of a file.
pub const CHARACTERS: usize = 1_000_000;
/// The most passages of a file.
pub const PASSAGES: usize = 5_000;

/// What a file says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// What it says, in order.
    pub passages: Vec<Passage>,
    /// What was left out, and why.
    pub notes: Vec<Note>,
}

/// A piece of a document, short enough to be an answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands.
    pub place: Place,
    /// The headings above it: `Returns › Shoes`; empty if there are none.
    pub heading: String,
    /// The question that it answers, if the document has it as question and answer.
    pub question: Option<String>,
    /// Its words.
    pub text: String,
}

/// Where in a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Documents without pages and rows.
    Whole,
    /// A page, from 1.
    Page(u32),
    /// A row, from 1, and the sheet it is on if the file has several.
    Row {
        /// The sheet's name.
        sheet: Option<String>,
        /// Its number.
        row: u32,
    },
}

/// Something of a document that was left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// It has more pages than are read.
    #[error("only the first {PAGES} of its {of} pages were read; split it into files of {PAGES} pages")]
    Pages {
        /// How many it has.
        of: usize,
    },
    /// It has pages that could not be read.
    #[error("{0} of its pages could not be read")]
    DamagedPages(usize),
    /// It has more rows than are read.
    #[error("only the first {ROWS} rows were read; split it into several files")]
    Rows,
    /// It is longer than is kept.
    #[error("only the beginning was kept: it is longer than {CHARACTERS} characters or {PASSAGES} passages")]
    Length,
    /// Cells that hold a formula and no value.
    #[error("{0} cells hold formulas and were left out; save the values")]
    Formulas(usize),
    /// Lines that are not what the others are.
    #[error("line {0} was left out: it is no question with its answer")]
    Line(usize),
}

/// Reads a document. The name helps only to tell kinds of plain text apart.
///
/// # Errors
/// A [`Refusal`] that says what is wrong with it, in words for who wrote it.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > BYTES {
        return Err(Refusal::TooLarge);
    }
    // The readers of foreign formats give up by panicking on some damaged files.
    let read = catch_unwind(AssertUnwindSafe(|| read_bounded(bytes, name)));
    let mut document = read.unwrap_or(Err(Refusal::Damaged))?;
    passages::bound(&mut document);
    if document.passages.is_empty() {
        return Err(if document.kind == Kind::Pdf { Refusal::Pictures } else { Refusal::Empty });
    }
    Ok(document)
}

/// Has every reader read these bytes, for tests that look for input that breaks one. The readers of plain text must not
/// even panic.
pub fn read_anything(bytes: &[u8]) {
    let _ = read(bytes, "");
    if let Ok(text) = text::decode(bytes) {
        let _ = (text::read(&text), markdown::read(&text), table::read(&text), questions::read_json(&text));
    }
}

fn read_bounded(bytes: &[u8], name: &str) -> Result<Document, Refusal> {
    let kind = kind::of(bytes)?;
    let (kind, (passages, notes)) = match kind {
        Some(Kind::Pdf) => (Kind::Pdf, pdf::read(bytes)?),
        Some(Kind::Workbook) => (Kind::Workbook, workbook::read(bytes)?),
        _ => {
            let text = text::decode(bytes)?;
            let kept = text::beginning(&text, CHARACTERS);
            let is_cut = kept.len() < text.len();
            let text = kept;
            let kind = kind::of_text(text, name);
            let mut read = match kind {
                Kind::Markdown => markdown::read(text),
                Kind::Table => table::read(text),
                Kind::Questions => questions::read_json(text),
                Kind::Text | Kind::Pdf | Kind::Workbook => (text::read(text), Vec::new()),
            };
            read.1.extend(is_cut.then_some(Note::Length));
            (kind, read)
        }
    };
    Ok(Document { kind, passages, notes })
}

impl std::fmt::Display for Place {
    /// As it stands behind a document's name: `p. 2`, `row 4`, `Prices, row 4`; nothing for the whole.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Page(page) => write!(f, "p. {page}"),
            Self::Row { sheet: Some(sheet), row } => write!(f, "{sheet}, row {row}"),
            Self::Row { sheet: None, row } => write!(f, "row {row}"),
        }
    }
}
