//! Why a file is not taken, in words for who sent it.

use serde::{Deserialize, Serialize};

use crate::{BYTES, apart::SECONDS};

/// Why a file is not taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Nothing is in it.
    #[error("it holds no text")]
    Empty,
    /// It is too large.
    #[error("it is larger than {} MB; split it", BYTES / 1024 / 1024)]
    TooLarge,
    /// It is something else, whatever its name says.
    #[error("it is {0} and no document; use PDF, TXT, Markdown, CSV, XLSX or JSON")]
    Other(String),
    /// It is a document of a kind that is not read.
    #[error("it is {0}, which is not read; save it as PDF or XLSX")]
    NotRead(String),
    /// It needs a password.
    #[error("it is protected by a password; save it without one")]
    Protected,
    /// It holds pictures of text and no text.
    #[error("it holds pictures and no text, like a scan; type the text, or save it as a PDF with text")]
    Pictures,
    /// It cannot be read.
    #[error("it is damaged; open it where it was made and save it anew")]
    Damaged,
    /// It grows beyond bounds when it is unpacked.
    #[error("it grows beyond bounds when it is unpacked; save only the sheets with text in it")]
    Expands,
    /// Reading it took too long.
    #[error("reading it took longer than {SECONDS} seconds; save it anew, or split it")]
    Slow,
    /// Reading it took its process down.
    #[error("it could not be read: it took all memory, or goes round in circles; save it anew, or split it")]
    Crashed,
    /// The process that reads could not be started.
    #[error("it was not read: the reading process could not be started ({0})")]
    NotStarted(String),
}
