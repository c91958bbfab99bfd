//! PDF: the text of its pages.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use pdf_extract::{Document, PlainTextOutput, output_doc_page};

use crate::{CHARACTERS, Note, PAGES, Passage, Place, Refusal, text};

/// The passages of a PDF. A page that cannot be read takes none of the others with it.
pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Passage>, Vec<Note>), Refusal> {
    let mut document = Document::load_mem(bytes).map_err(|e| refused(bytes, &e))?;
    if document.is_encrypted() {
        // Many are locked against changes only, with no password to read.
        document.decrypt("").map_err(|_| Refusal::Protected)?;
    }
    // A tree of pages that holds itself lists them again and again.
    let mut seen = BTreeSet::new();
    let pages: Vec<u32> =
        document.get_pages().into_iter().filter(|(_, object)| seen.insert(*object)).map(|(page, _)| page).collect();
    let mut notes = Vec::new();
    notes.extend((pages.len() > PAGES).then_some(Note::Pages { of: pages.len() }));
    let (mut found, mut damaged, mut characters) = (Vec::new(), 0, 0);
    for page in pages.into_iter().take(PAGES) {
        let Some(words) = page_text(&document, page) else {
            damaged += 1;
            continue;
        };
        characters += words.len();
        text::cut(&text::clean(&words), &Place::Page(page), "", &mut found);
        if characters > CHARACTERS {
            notes.push(Note::Length);
            break;
        }
    }
    if found.is_empty() && is_locked(bytes) {
        return Err(Refusal::Protected);
    }
    if found.is_empty() && damaged > 0 {
        return Err(Refusal::Damaged);
    }
    notes.extend((damaged > 0).then_some(Note::DamagedPages(damaged)));
    Ok((found, notes))
}

fn page_text(document: &Document, page: u32) -> Option<String> {
    let extracted = catch_unwind(AssertUnwindSafe(|| {
        let mut words = String::new();
        let mut output = PlainTextOutput::new(&mut words);
        output_doc_page(document, &mut output, page).ok()?;
        Some(words)
    }));
    extracted.ok().flatten()
}

fn refused(bytes: &[u8], error: &pdf_extract::Error) -> Refusal {
    use pdf_extract::Error;
    match error {
        Error::Decryption(_) | Error::InvalidPassword => Refusal::Protected,
        Error::UnsupportedSecurityHandler(_) => Refusal::Protected,
        _ if is_locked(bytes) => Refusal::Protected,
        _ => Refusal::Damaged,
    }
}

/// Whether a file says that it is encrypted.
fn is_locked(bytes: &[u8]) -> bool {
    const ENCRYPT: &[u8] = b"/Encrypt";
    bytes.windows(ENCRYPT.len()).any(|part| part == ENCRYPT)
}
