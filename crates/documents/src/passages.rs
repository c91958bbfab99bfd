//! Cutting text into passages.

use text_splitter::{ChunkConfig, TextSplitter};

use crate::{CHARACTERS, Document, Note, PASSAGES};

/// About as long as what one answers with, in characters.
const LENGTH: usize = 800;
/// A heading or question beyond this is cut.
const HEADING: usize = 200;

/// Pieces of at most [`LENGTH`] characters, cut at paragraphs, sentences or words, in this order of liking.
pub(crate) fn pieces(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    if text.len() <= LENGTH {
        return vec![text.to_owned()];
    }
    TextSplitter::new(ChunkConfig::new(LENGTH)).chunks(text).map(str::to_owned).collect()
}

/// Brings a document within its bounds.
pub(crate) fn bound(document: &mut Document) {
    document.passages.retain(|passage| passage.text.chars().any(char::is_alphanumeric));
    for passage in &mut document.passages {
        passage.heading = beginning(&passage.heading, HEADING);
        passage.question = passage.question.as_deref().map(|question| beginning(question, HEADING));
    }
    let mut characters = 0;
    let within = document.passages.iter().take(PASSAGES).take_while(|passage| {
        characters += passage.text.chars().count();
        characters <= CHARACTERS
    });
    let within = within.count();
    if within < document.passages.len() {
        document.passages.truncate(within);
        document.notes.push(Note::Length);
    }
}

fn beginning(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
