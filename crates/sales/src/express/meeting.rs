//! Hello, goodbye, and everything that is not about goods.

use duka_kernel::Language;
use duka_shop::knowledge::Source;

use super::{
    Voice,
    format::{NAME, TEXT, clean, clean_text},
    speaker::Speaker,
};
use crate::{decide::Unheard, say::Hail};

pub(super) fn greeting(s: &mut Speaker<'_>, name: Option<&str>, first: bool, returning: bool, hail: Option<Hail>) {
    let shop = s.voice.shop.name.as_str();
    let name = name.map(|n| clean(n, NAME)).filter(|n| n.chars().any(char::is_alphabetic));
    let hello = match (&name, returning) {
        (Some(name), true) => s.text("hello_again_named", &[("shop", shop), ("name", name)]),
        (Some(name), false) => s.text("hello_named", &[("shop", shop), ("name", name)]),
        (None, true) => s.text("hello_again", &[("shop", shop)]),
        (None, false) => s.text("hello", &[("shop", shop)]),
    };
    let hello = match hail {
        Some(Hail::Elder) => format!("{} {hello}", s.text("marahaba", &[])),
        Some(Hail::Peace) => format!("{} {hello}", s.text("salaam", &[])),
        None => hello,
    };
    let introduction = if first { introduction_text(s) } else { String::new() };
    s.lines(vec![hello, introduction]);
    s.ask("greeting_ask", &[]);
}

pub(super) fn introduction(s: &mut Speaker<'_>) {
    let text = introduction_text(s);
    s.paragraph(text);
    s.next("what_next", &[]);
}

fn introduction_text(s: &mut Speaker<'_>) -> String {
    let shop = s.voice.shop;
    match &shop.personality.name {
        Some(name) => s.text("introduction_named", &[("shop", &shop.name), ("assistant", name)]),
        None => s.text("introduction", &[("shop", &shop.name)]),
    }
}

pub(super) fn thanks(s: &mut Speaker<'_>) {
    s.put("thanks", &[]);
    s.next("anything_else", &[]);
}

pub(super) fn what_next(s: &mut Speaker<'_>, cart_waiting: bool) {
    s.put(if cart_waiting { "what_next_cart" } else { "what_next" }, &[]);
}

pub(super) fn goodbye(s: &mut Speaker<'_>, cart_waiting: bool) {
    s.put(if cart_waiting { "goodbye_cart" } else { "goodbye" }, &[]);
}

pub(super) fn off_topic(s: &mut Speaker<'_>, angry: bool) {
    if angry {
        s.calm_down();
    }
    s.put("off_topic", &[]);
    s.next("off_topic_ask", &[]);
}

pub(super) fn again(s: &mut Speaker<'_>, text: &str) {
    let text = clean_text(text, TEXT);
    if text.is_empty() {
        return s.put("not_understood", &[]);
    }
    s.put("again", &[]);
    s.paragraph(text);
}

pub(super) fn abuse(s: &mut Speaker<'_>) {
    s.calm_down();
    s.put("abuse", &[]);
    s.ask("abuse_ask", &[]);
}

pub(super) fn injection(s: &mut Speaker<'_>) {
    s.put("injection", &[]);
    s.next("what_next", &[]);
}

pub(super) fn unsupported(s: &mut Speaker<'_>, kind: &str) {
    let key = match kind {
        "sticker" => "unsupported_sticker",
        "video" => "unsupported_video",
        "document" => "unsupported_document",
        "contacts" => "unsupported_contacts",
        "empty" => "unsupported_empty",
        _ => "unsupported_other",
    };
    s.put_open(key, &[]);
}

pub(super) fn unheard(s: &mut Speaker<'_>, why: Unheard) {
    let key = match why {
        Unheard::Deaf => "unheard_deaf",
        Unheard::NotNow => "unheard_not_now",
        Unheard::TooLong => "unheard_too_long",
        Unheard::Silent => "unheard_silent",
        Unheard::Broken => "unheard_broken",
    };
    s.put_open(key, &[]);
}

pub(super) fn language_changed(s: &mut Speaker<'_>, to: Language) {
    s.voice = Voice { language: to, ..s.voice };
    s.put("language_changed", &[]);
    s.next("what_next", &[]);
}

pub(super) fn rated(s: &mut Speaker<'_>, rating: Option<u8>, person: bool) {
    let key = match rating {
        Some(_) if person => "rated_low_person",
        None => return s.put("rated_none", &[]),
        Some(4..) => "rated_high",
        Some(3) => "rated_middle",
        Some(_) => "rated_low",
    };
    let rating = rating.unwrap_or_default().to_string();
    s.put_open(key, &[("rating", &rating)]);
}

pub(super) fn name_kept(s: &mut Speaker<'_>, name: &str) {
    s.put("name_kept", &[("name", &clean(name, NAME))]);
    s.next("what_next", &[]);
}

pub(super) fn faq(s: &mut Speaker<'_>, answer: &str, then: bool) {
    s.paragraph(clean_text(answer, TEXT));
    if then {
        s.next("anything_else", &[]);
    }
}

/// A document's own words, and where they stand, so that anybody can look it up.
pub(super) fn passage(s: &mut Speaker<'_>, answer: &str, source: &Source) {
    let answer = clean_text(answer, TEXT / 2);
    let mut cited = clean(&source.document, NAME);
    if let Some(sheet) = &source.place.sheet {
        cited = format!("{cited}, {}", clean(sheet, NAME));
    }
    for (word, number) in [("page", source.place.page), ("row", source.place.row)] {
        if let Some(number) = number {
            cited = format!("{cited}, {} {number}", s.voice.word(word));
        }
    }
    if s.facts_only {
        s.paragraph(format!("({cited})"));
    }
    s.put("from_document", &[("answer", &answer), ("source", &cited)]);
    s.next("anything_else", &[]);
}
