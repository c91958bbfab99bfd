//! Cutting text into passages.

use text_splitter::{ChunkConfig, TextSplitter};

use crate::{CHARACTERS, Document, Note, PASSAGES, text};

/// About as long as what one answers with, in characters.
const LENGTH: usize = 800;
/// Texts are cut in parts of about so many bytes.
const PART: usize = 16_384;
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
    let splitter = TextSplitter::new(ChunkConfig::new(LENGTH));
    parts(text).flat_map(|part| splitter.chunks(part)).map(str::to_owned).collect()
}

/// A text in parts of bounded length: looking for where to cut takes longer than in proportion to what is looked through.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = match rest.len() {
            0 => return None,
            few if few <= PART => few,
            _ => {
                let most = rest.floor_char_boundary(PART);
                let window = &rest[..most];
                let cut = ["\n\n", "\n", ". ", " "].iter().find_map(|mark| Some(window.rfind(mark)? + mark.len()));
                cut.filter(|cut| *cut > LENGTH).unwrap_or(most)
            }
        };
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    })
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
        if !document.notes.contains(&Note::Length) {
            document.notes.push(Note::Length);
        }
    }
}

fn beginning(text: &str, most: usize) -> String {
    match text::beginning(text, most) {
        all if all.len() == text.len() => all.to_owned(),
        some => format!("{}…", some.trim_end()),
    }
}
