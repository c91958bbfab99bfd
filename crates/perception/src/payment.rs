//! Codes: phone numbers, M-Pesa receipts, order numbers, coupons.

use duka_kernel::PhoneNumber;

use crate::normalise::{Gap, Message};

/// A phone number that M-Pesa can prompt. Its words are marked as taken.
pub(crate) fn phone(message: &Message<'_>, taken: &mut [bool]) -> Option<PhoneNumber> {
    let part_of = |i: usize| message.tokens.get(i).filter(|t| t.text.bytes().all(|b| b.is_ascii_digit()));
    for i in 0..message.tokens.len() {
        let mut digits = String::new();
        for k in 0..6 {
            let Some(token) = part_of(i + k).filter(|t| k == 0 || t.gap <= Gap::Hyphen) else { break };
            digits.push_str(&token.text);
            if digits.len() > 12 {
                break;
            }
            let shape = digits.starts_with('0') && digits.len() == 10
                || digits.starts_with("254") && digits.len() == 12
                || digits.len() == 9 && (k == 0 || message.tokens[i].text.len() == 3);
            // the run of digits has to end here
            let ends = part_of(i + k + 1).is_none_or(|t| t.gap > Gap::Hyphen || t.text.len() < 3);
            if shape
                && ends
                && let Ok(phone) = PhoneNumber::parse(&digits)
                && phone.is_mpesa()
            {
                taken[i..=i + k].fill(true);
                return Some(phone);
            }
        }
    }
    None
}

fn is_code(word: &str) -> bool {
    word.is_ascii() && word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_alphabetic())
}

fn names_coupon(word: &str) -> bool {
    matches!(
        word,
        "coupon"
            | "voucher"
            | "promo"
            | "promocode"
            | "kuponi"
            | "vocha"
            | "discount"
            | "punguzo"
            | "offer"
            | "ofa"
            | "kupon"
            | "coupons"
    )
}

fn names_code(word: &str) -> bool {
    names_coupon(word) || matches!(word, "code" | "msimbo" | "kodi" | "codes")
}

fn names_payment(word: &str) -> bool {
    matches!(
        word,
        "mpesa"
            | "ref"
            | "reference"
            | "receipt"
            | "risiti"
            | "transaction"
            | "paid"
            | "nimelipa"
            | "nimetuma"
            | "sent"
            | "muamala"
            | "confirmed"
            | "imethibitishwa"
    )
}

/// An M-Pesa receipt: ten letters and digits, a letter first. Its word is marked as taken.
pub(crate) fn receipt(message: &Message<'_>, taken: &mut [bool]) -> Option<String> {
    let any = |test: fn(&str) -> bool| message.tokens.iter().any(|t| test(&t.text));
    let about_coupons = any(names_coupon) && !any(names_payment);
    let at = message.tokens.iter().position(|t| {
        let word = t.text.as_str();
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.len() == 10 && word.is_ascii() && word.bytes().all(|b| b.is_ascii_alphanumeric())
            && word.starts_with(|c: char| c.is_ascii_alphabetic()) && (1..=8).contains(&digits)
            // "KARIBU2026" ends in its only digits; a receipt mixes them
            && !(about_coupons || word.trim_end_matches(|c: char| c.is_ascii_digit()).bytes().all(|b| b.is_ascii_alphabetic()) && digits <= 4 && !any(names_payment))
    })?;
    taken[at] = true;
    Some(message.tokens[at].text.to_ascii_uppercase())
}

/// An order number as written: `DK-3310`, `#4521`, "order 1042". Its words are marked as taken.
pub(crate) fn order_ref(message: &Message<'_>, taken: &mut [bool]) -> Option<String> {
    let tokens = &message.tokens;
    for i in 0..tokens.len() {
        if taken[i] {
            continue;
        }
        let word = tokens[i].text.as_str();
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        // DK-3310, ORD-0042
        if let Some(next) = tokens.get(i + 1)
            && next.gap == Gap::Hyphen
            && (1..=5).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_alphabetic())
            && (3..=8).contains(&next.text.len())
            && next.text.bytes().all(|b| b.is_ascii_digit())
            && message.raw.get(tokens[i].end..next.start) == Some("-")
        {
            taken[i..i + 2].fill(true);
            return Some(message.written(i, i + 2).to_owned());
        }
        // MLK 1042
        if tokens[i].shouted
            && (2..=4).contains(&word.len())
            && !matches!(
                word,
                "kes" | "ksh" | "sh" | "no" | "po" | "box" | "hse" | "size" | "uk" | "eu" | "rm" | "plot"
            )
            && let Some(next) = tokens.get(i + 1)
            && next.gap == Gap::Space
            && (3..=6).contains(&next.text.len())
            && next.text.bytes().all(|b| b.is_ascii_digit())
            && !next.shillings
            && !tokens.iter().all(|t| t.shouted || t.is_number())
        {
            taken[i..i + 2].fill(true);
            return Some(message.written(i, i + 2).to_owned());
        }
        if tokens[i].hash && (3..=8).contains(&word.len()) && word.bytes().any(|b| b.is_ascii_digit()) {
            taken[i] = true;
            return Some(message.written(i, i + 1).to_owned());
        }
        let lettered = is_code(word)
            && word.len() <= 9
            && word.len() >= 4
            && (word.starts_with("dk") || word.starts_with("ord") || word.starts_with("mb"))
            && word.trim_start_matches(|c: char| c.is_ascii_alphabetic()).bytes().all(|b| b.is_ascii_digit());
        let numbered = |at: usize| {
            matches!(
                message.word(at),
                "no" | "number" | "namba" | "nambari" | "ref" | "id" | "ya" | "yangu" | "my" | "reference" | "code"
            )
        };
        let ordered =
            |at: usize| matches!(message.word(at), "order" | "agizo" | "mzigo" | "parcel" | "package" | "orders");
        let named = (1..=3).any(|back| i >= back && ordered(i - back) && (i - back + 1..i).all(numbered));
        let plain = digits && (3..=8).contains(&word.len()) && !tokens[i].shillings;
        if lettered || named && (plain || is_code(word) && word.len() >= 4 && !word.ends_with('k')) {
            taken[i] = true;
            return Some(message.written(i, i + 1).to_owned());
        }
    }
    None
}

/// A coupon code in capitals. Its word is marked as taken.
pub(crate) fn coupon(message: &Message<'_>, taken: &mut [bool]) -> Option<String> {
    let tokens = &message.tokens;
    let spoken = tokens.iter().any(|t| names_code(&t.text));
    let at = (0..tokens.len()).find(|&i| {
        let token = &tokens[i];
        let word = token.text.as_str();
        if taken[i]
            || !word.is_ascii()
            || !(4..=16).contains(&word.len())
            || !word.bytes().all(|b| b.is_ascii_alphanumeric())
        {
            return false;
        }
        let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let tail = word.len() - stem.len();
        let shaped = stem.len() >= 3 && (1..=4).contains(&tail) && stem.bytes().all(|b| b.is_ascii_alphabetic());
        if shaped && (token.shouted || spoken || stem.len() >= 5) {
            return true;
        }
        let led = (1..=2).any(|back| i >= back && names_code(message.before(i, back)));
        let all_shout = tokens.iter().filter(|t| t.text.len() > 2).all(|t| t.shouted || t.is_number());
        led && token.shouted && !all_shout && !names_code(word) && !names_payment(word)
    })?;
    taken[at] = true;
    Some(tokens[at].text.to_ascii_uppercase())
}
