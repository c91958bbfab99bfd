//! What a file is, by its content.

use infer::MatcherType;
use serde::{Deserialize, Serialize};

use crate::{Refusal, table};

/// What a document is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// PDF.
    Pdf,
    /// An Excel workbook (XLSX).
    Workbook,
    /// Markdown.
    Markdown,
    /// A table as text: CSV, with whichever separator.
    Table,
    /// Questions and answers as JSON.
    Questions,
    /// Any other text.
    Text,
}

impl Kind {
    /// Its MIME type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Markdown => "text/markdown",
            Self::Table => "text/csv",
            Self::Questions => "application/json",
            Self::Text => "text/plain",
        }
    }
}

/// What a file is that has a signature; `None` for text.
pub(crate) fn of(bytes: &[u8]) -> Result<Option<Kind>, Refusal> {
    // Some programs write a few bytes before the signature, and readers accept that.
    if bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-") {
        return Ok(Some(Kind::Pdf));
    }
    let Some(known) = infer::get(bytes) else { return Ok(None) };
    match (known.extension(), known.matcher_type()) {
        ("xlsx", _) => Ok(Some(Kind::Workbook)),
        // A workbook whose parts are in an unusual order looks like any archive.
        ("zip", _) => Ok(Some(Kind::Workbook)),
        // Excel and Word wrap what they encrypt in this, and old versions write it.
        ("msi" | "ole", _) | (_, MatcherType::Doc) if is_compound(bytes) => {
            Err(Refusal::NotRead("an Office file of the old kind, or one with a password".into()))
        }
        ("docx", _) => Err(Refusal::NotRead("a Word document".into())),
        ("pptx", _) => Err(Refusal::NotRead("a presentation".into())),
        (_, MatcherType::App) => Err(Refusal::Other("a program".into())),
        (_, MatcherType::Image) => Err(Refusal::Other("a picture".into())),
        (_, MatcherType::Audio) => Err(Refusal::Other("a sound".into())),
        (_, MatcherType::Video) => Err(Refusal::Other("a film".into())),
        (_, MatcherType::Archive) => Err(Refusal::Other("an archive".into())),
        (_, MatcherType::Text) => Ok(None),
        _ => Err(Refusal::Other(format!("a file of the kind {}", known.mime_type()))),
    }
}

fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// Which kind of text it is. The name decides only where the text may be either.
pub(crate) fn of_text(text: &str, name: &str) -> Kind {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let first = text.trim_start().chars().next();
    if matches!(first, Some('{' | '[')) && crate::questions::is_json(text) {
        return Kind::Questions;
    }
    let heading = |line: &str| {
        let marks = line.bytes().take_while(|b| *b == b'#').count();
        (1..=6).contains(&marks) && line.as_bytes().get(marks) == Some(&b' ')
    };
    if matches!(ending.as_str(), "md" | "markdown") || text.lines().take(2000).any(heading) {
        return Kind::Markdown;
    }
    if table::looks_like_one(text, matches!(ending.as_str(), "csv" | "tsv")) { Kind::Table } else { Kind::Text }
}
