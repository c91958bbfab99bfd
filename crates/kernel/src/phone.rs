//! Phone numbers that M-Pesa can prompt, and the digits of any other.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A phone number as digits with the country code and no `+`: `254712345678` (E.164 without the plus).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// Why a text is not a phone number.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a phone number: write it like 0712 345 678 or +254712345678")]
pub struct PhoneError;

impl PhoneNumber {
    /// Reads a number as people write it. A number without a country code is taken as Kenyan:
    /// `0712 345 678`, `712345678`, `+254 712-345-678` and `254712345678` are the same.
    ///
    /// # Errors
    /// If it has other characters, or does not have 9 to 15 digits.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let text = text.trim();
        let international = text.starts_with('+');
        let mut digits = String::with_capacity(text.len());
        for c in text.trim_start_matches('+').chars() {
            match c {
                '0'..='9' => digits.push(c),
                ' ' | '-' | '(' | ')' | '.' | '\u{a0}' => {}
                _ => return Err(PhoneError),
            }
        }
        let full = match digits.as_bytes() {
            _ if international => digits,
            [b'0', b'7' | b'1', ..] if digits.len() == 10 => format!("254{}", &digits[1..]),
            [b'7' | b'1', ..] if digits.len() == 9 => format!("254{digits}"),
            _ => digits,
        };
        let kenyan_length = !full.starts_with("254") || full.len() == 12;
        if (9..=15).contains(&full.len()) && !full.starts_with('0') && kenyan_length {
            Ok(Self(full))
        } else {
            Err(PhoneError)
        }
    }

    /// Digits with the country code, without `+`.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Whether M-Pesa in Kenya can be asked to prompt it: `2547…` or `2541…` with twelve digits.
    #[must_use]
    pub fn is_mpesa(&self) -> bool {
        self.0.len() == 12 && (self.0.starts_with("2547") || self.0.starts_with("2541"))
    }

    /// As it is written in Kenya (`0712 345 678`), or with `+` for other countries.
    #[must_use]
    pub fn local(&self) -> String {
        match self.0.strip_prefix("254") {
            Some(rest) if rest.len() == 9 => format!("0{} {} {}", &rest[..3], &rest[3..6], &rest[6..]),
            _ => format!("+{}", self.0),
        }
    }
}

impl FromStr for PhoneNumber {
    type Err = PhoneError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::parse(s)
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = PhoneError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PhoneNumber> for String {
    fn from(phone: PhoneNumber) -> Self {
        phone.0
    }
}

impl fmt::Debug for PhoneNumber {
    /// Only the country code and the last two digits: a number is personal data and logs are read by many.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({}…{})", &self.0[..3], &self.0[self.0.len() - 2..])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_the_ways_kenyans_write_a_number() {
        for text in ["0712 345 678", "0712345678", "712345678", "+254712345678", "254 712-345-678", "(0712) 345678"] {
            assert_eq!(PhoneNumber::parse(text).unwrap().digits(), "254712345678", "{text}");
        }
        assert_eq!(PhoneNumber::parse("0110 222 333").unwrap().digits(), "254110222333");
        assert!(PhoneNumber::parse("+256772123456").is_ok_and(|p| !p.is_mpesa()));
    }

    #[test]
    fn refuses_what_is_not_a_number() {
        for text in ["", "12", "25471234567", "07one2345678", "00000000000", "KE.13491208655302741918"] {
            assert_eq!(PhoneNumber::parse(text), Err(PhoneError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic_and_reading_twice_changes_nothing(text in "\\PC{0,30}") {
            if let Ok(phone) = PhoneNumber::parse(&text) {
                prop_assert_eq!(PhoneNumber::parse(phone.digits()).unwrap(), phone);
            }
        }
    }
}
