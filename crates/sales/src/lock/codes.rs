//! What is read letter by letter: order numbers, receipts, coupon codes, phone numbers, links, e-mail addresses.

use super::text::{Gap, Text};

/// What a code is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    /// `DK-7F2K9Q`.
    Order,
    /// Ten capitals and digits, as M-Pesa gives them.
    Receipt,
    /// Letters and digits of another shape: a coupon, a stock-keeping unit.
    Code,
    /// A word of an interface: `reply_text`.
    Internal,
    Phone,
    Link,
}

/// A code, in the form in which two are compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Code {
    pub(super) sort: Sort,
    pub(super) key: String,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The last digits of a phone number: what is the same however it is written.
const PHONE_DIGITS: usize = 9;

/// The form of a code in which two are compared.
pub(super) fn key(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// The form of a phone number in which two are compared.
pub(super) fn phone_key(digits: &str) -> String {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(PHONE_DIGITS)..].to_owned()
}

/// The form of a link in which two are compared.
pub(super) fn link_key(link: &str) -> String {
    let lower = link.to_lowercase();
    let bare = lower.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    bare.trim_end_matches(['/', '.', ',', ')', '!', '?', ';', ':']).to_owned()
}

/// Every code of a text; their words are marked as taken.
pub(super) fn codes(text: &mut Text<'_>) -> Vec<Code> {
    let mut found = Vec::new();
    links(text, &mut found);
    let mut i = 0;
    while i < text.words.len() {
        let code = if text.words[i].taken {
            None
        } else {
            phone(text, i).or_else(|| order(text, i)).or_else(|| mixed(text, i))
        };
        match code {
            Some(code) => {
                take(text, code.from, code.to);
                i = code.to;
                found.push(code);
            }
            None => i += 1,
        }
    }
    found
}

fn take(text: &mut Text<'_>, from: usize, to: usize) {
    text.words[from..to].iter_mut().for_each(|word| word.taken = true);
}

/// Links, e-mail addresses, accounts (`@malkia`) and words of interfaces (`reply_text`), which are pieces of the text
/// between spaces.
fn links(text: &mut Text<'_>, found: &mut Vec<Code>) {
    let raw = text.raw;
    let mut first = 0;
    for piece in raw.split_whitespace() {
        let start = piece.as_ptr() as usize - raw.as_ptr() as usize;
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '_'));
        let Some(sort) = sort_of(bare) else { continue };
        let (start, end) = (start, start + piece.len());
        while text.words.get(first).is_some_and(|word| word.end <= start) {
            first += 1;
        }
        let to = first + text.words[first..].iter().take_while(|word| word.start < end).count();
        if to > first {
            found.push(Code { sort, key: link_key(bare), from: first, to });
            take(text, first, to);
        }
    }
}

fn sort_of(piece: &str) -> Option<Sort> {
    const ENDINGS: [&str; 22] = [
        "com", "ke", "org", "net", "me", "ly", "shop", "store", "io", "app", "link", "info", "biz", "xyz", "online",
        "site", "ai", "dev", "tz", "ug", "rw", "gl",
    ];
    if !piece.is_ascii() && !piece.contains("://") {
        return None;
    }
    let lower = piece.to_ascii_lowercase();
    let handle = lower
        .strip_prefix('@')
        .is_some_and(|name| name.len() > 1 && name.starts_with(|c: char| c.is_ascii_alphabetic()));
    let mail = lower.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let host = lower.split(['/', '?']).next().unwrap_or_default();
    let named = host.rsplit_once('.').is_some_and(|(name, ending)| {
        ENDINGS.contains(&ending) && name.bytes().last().is_some_and(|b| b.is_ascii_alphanumeric()) && name.len() > 1
    });
    if lower.contains("://") || lower.starts_with("www.") || handle || mail || named {
        return Some(Sort::Link);
    }
    let parts = || lower.split('_');
    let internal =
        parts().count() > 1 && parts().all(|part| part.len() > 1 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    internal.then_some(Sort::Internal)
}

/// `0712 345 678`, `+254712345678`: numbers behind each other that are together as long as a phone number.
fn phone(text: &Text<'_>, i: usize) -> Option<Code> {
    let plain = |at: usize| {
        let word = text.words.get(at)?;
        (word.is_number() && word.text.bytes().all(|b| b.is_ascii_digit())).then_some(word)
    };
    let first = plain(i)?;
    if !(first.sign == Some('+')
        || first.text.starts_with('0')
        || first.text.starts_with("254")
        || first.text.len() >= 9)
    {
        return None;
    }
    let mut digits = first.text.clone();
    let mut to = i + 1;
    while let Some(next) = plain(to).filter(|next| next.gap <= Gap::Hyphen && next.sign.is_none()) {
        if digits.len() + next.text.len() > 13 {
            break;
        }
        digits.push_str(&next.text);
        to += 1;
    }
    (digits.len() >= PHONE_DIGITS).then(|| Code { sort: Sort::Phone, key: phone_key(&digits), from: i, to })
}

/// `DK-7F2K9Q`, also in small letters or with a space.
fn order(text: &Text<'_>, i: usize) -> Option<Code> {
    let (word, next) = (text.word(i), text.words.get(i + 1));
    let tail = |tail: &str| tail.len() == 6 && tail.bytes().all(|b| b.is_ascii_alphanumeric());
    if word == "dk" {
        let next = next.filter(|next| next.gap <= Gap::Hyphen && tail(&next.text))?;
        return Some(Code { sort: Sort::Order, key: key(&format!("DK{}", next.text)), from: i, to: i + 2 });
    }
    let own = word.strip_prefix("dk").is_some_and(|rest| tail(rest) && rest.bytes().any(|b| b.is_ascii_digit()));
    own.then(|| Code { sort: Sort::Order, key: key(word), from: i, to: i + 1 })
}

/// Letters and digits in one word, or capitals behind "code".
fn mixed(text: &Text<'_>, i: usize) -> Option<Code> {
    let word = &text.words[i];
    let bytes = word.text.as_bytes();
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let written = &text.raw[word.start..word.end];
    let shouted = written.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if digits + letters != bytes.len() || bytes.len() < 4 {
        return None;
    }
    let code = |sort| Some(Code { sort, key: key(&word.text), from: i, to: i + 1 });
    if digits > 0 && letters > 0 {
        return code(if bytes.len() == 10 && shouted { Sort::Receipt } else { Sort::Code });
    }
    let named = matches!(text.before(i, 1), "code" | "coupon" | "kodi" | "promo" | "voucher")
        || matches!(text.word(i + 1), "code" | "coupon");
    if digits == 0 && shouted && named && !is_usual(&word.text) { code(Sort::Code) } else { None }
}

/// Words that are written in capitals without being a code.
fn is_usual(word: &str) -> bool {
    matches!(word, "mpesa" | "pesa" | "okay" | "free" | "promo" | "code" | "sms" | "whatsapp")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Sort, String)> {
        codes(&mut Text::read(text)).into_iter().map(|code| (code.sort, code.key)).collect()
    }

    #[test]
    fn codes_are_told_from_words_and_numbers() {
        for (text, sort, key) in [
            ("Order DK-7F2K9Q is in", Sort::Order, "DK7F2K9Q"),
            ("oda dk 7f2k9q", Sort::Order, "DK7F2K9Q"),
            ("M-Pesa code: SCA1B2C3D4.", Sort::Receipt, "SCA1B2C3D4"),
            ("use KARIBU10 today", Sort::Code, "KARIBU10"),
            ("code KARIBU", Sort::Code, "KARIBU"),
            ("call 0712 345 678 now", Sort::Phone, "712345678"),
            ("call +254-712-345678", Sort::Phone, "712345678"),
            ("see https://malkia.co.ke/shop!", Sort::Link, "malkia.co.ke/shop"),
            ("see bit.ly/malkia", Sort::Link, "bit.ly/malkia"),
            ("follow @malkia_ke", Sort::Link, "@malkia_ke"),
            ("write to hi@malkia.co.ke", Sort::Link, "hi@malkia.co.ke"),
            ("my reply_text says", Sort::Internal, "reply_text"),
        ] {
            assert_eq!(read(text), [(sort, key.to_owned())], "{text}");
        }
        for text in ["KES 2,800 na 900", "Size XL ama 2XL", "Okay.Sawa", "M-PESA code", "leo saa 3", "1. Zawadi"] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
