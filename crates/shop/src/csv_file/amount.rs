//! Prices as shops write them: `1200`, `1,200`, `KES 1,200.50`, `1200/=`.

use duka_kernel::{Currency, Money};

/// The most a single amount may come to, in whole units of its currency. More is a slip of the keyboard.
const MOST: i64 = 1_000_000_000;

/// Why a text is not an amount.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub(crate) enum AmountError {
    /// It has no digits, or other characters.
    #[error("{0:?} is not an amount: write it like 1200 or 1,200.50")]
    NotANumber(String),
    /// It is less than 0.
    #[error("{0:?} is negative: an amount is 0 or more")]
    Negative(String),
    /// It is more than a billion.
    #[error("{0:?} is too large: the most is 1,000,000,000")]
    TooLarge(String),
    /// It is finer than the smallest coin.
    #[error("{0:?} has too many decimals: write it like 1200 or 1,200.50")]
    TooFine(String),
    /// It is in another currency.
    #[error("{text:?} is not in {}, which the shop sells in", shop.code())]
    OtherCurrency {
        /// What was written.
        text: String,
        /// What the shop sells in.
        shop: Currency,
    },
}

/// Reads an amount in major units. Commas and spaces group thousands, a point begins decimals; `1.200,50` is
/// read too. The currency may stand before or after it.
pub(crate) fn parse(text: &str, currency: Currency) -> Result<Money, AmountError> {
    let own = || text.trim().to_owned();
    let number = without_currency(text, currency)?;
    let (negative, number) = match number.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, number.as_str()),
    };
    let (whole, decimals) = parts(number).ok_or_else(|| AmountError::NotANumber(own()))?;
    let unit = currency.minor_per_major();
    let places = if unit == 100 { 2 } else { 0 };
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > places {
        return Err(AmountError::TooFine(own()));
    }
    let whole: i64 = whole.parse().ok().filter(|w| *w <= MOST).ok_or_else(|| AmountError::TooLarge(own()))?;
    let cents: i64 = format!("{decimals:0<places$}").parse().unwrap_or(0);
    let minor = whole * unit + cents;
    if negative && minor > 0 {
        return Err(AmountError::Negative(own()));
    }
    Ok(Money::from_minor(minor, currency))
}

/// The number without the currency around it. Only the shop's own currency may be there.
fn without_currency(text: &str, currency: Currency) -> Result<String, AmountError> {
    let text = text.trim();
    let mut number = text.to_uppercase();
    for ending in ["/=", "/-"] {
        if let Some(rest) = number.strip_suffix(ending) {
            number = rest.to_owned();
        }
    }
    let names: &[&str] = match currency {
        Currency::Kes => &["KES", "KSHS", "KSH", "SHS", "SH"],
        Currency::Ugx => &["UGX", "USHS", "USH", "SHS", "SH"],
        Currency::Tzs => &["TZS", "TSHS", "TSH", "SHS", "SH"],
        Currency::Rwf => &["RWF", "FRW", "RF"],
        Currency::Usd => &["USD", "US$", "$"],
    };
    let mut rest = number.trim();
    for name in names {
        if let Some(after) = rest.strip_prefix(name) {
            rest = after.trim_start_matches(['.', ' ', '\u{a0}']);
            break;
        }
        if let Some(before) = rest.strip_suffix(name) {
            rest = before.trim_end();
            break;
        }
    }
    let code = rest.trim_matches(|c: char| !c.is_alphabetic() && c != '$' && c != '€' && c != '£');
    if ["KES", "KSH", "UGX", "USH", "TZS", "TSH", "RWF", "USD", "EUR", "GBP", "$", "€", "£"].contains(&code) {
        return Err(AmountError::OtherCurrency { text: text.to_owned(), shop: currency });
    }
    Ok(rest.to_owned())
}

/// The digits before and after the decimal sign; `None` if it is no number.
fn parts(number: &str) -> Option<(String, &str)> {
    let is_grouping = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'');
    let (whole, decimals) = match (number.rfind('.'), number.rfind(',')) {
        (Some(point), Some(comma)) => number.split_at(point.max(comma)),
        (Some(point), None) if number.matches('.').count() == 1 => number.split_at(point),
        // One comma with two digits after it is a decimal comma; with three it groups thousands.
        (None, Some(comma)) if number.len() - comma == 3 && number.matches(',').count() == 1 => number.split_at(comma),
        _ => (number, ""),
    };
    let decimals = decimals.get(1..).unwrap_or_default();
    let sign = number.as_bytes().get(whole.len()).copied();
    let group = if sign == Some(b'.') || !whole.contains('.') { ',' } else { '.' };
    let mut groups = whole.split(|c| c == group || is_grouping(c));
    let first = groups.next().unwrap_or_default();
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let has_whole = !first.is_empty() || (digits.is_empty() && !decimals.is_empty());
    let read = has_whole && all_digits(&digits) && all_digits(decimals) && decimals.len() <= 20;
    read.then(|| (if digits.is_empty() { "0".to_owned() } else { digits }, decimals))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prices_are_read_as_shops_write_them() {
        for text in
            ["1200", "1,200", "1 200", "KES 1,200.00", "Ksh. 1200/=", "1200/-", "1.200,00", "1200 KSH", " 1200.0 "]
        {
            assert_eq!(parse(text, Currency::Kes).map(|m| m.minor), Ok(120_000), "{text}");
        }
        assert_eq!(parse("KES 1,200.50", Currency::Kes).map(|m| m.minor), Ok(120_050));
        assert_eq!(parse("12,50", Currency::Kes).map(|m| m.minor), Ok(1_250));
        assert_eq!(parse("1.200.000", Currency::Ugx).map(|m| m.minor), Ok(1_200_000));
        assert_eq!(parse("$19.99", Currency::Usd).map(|m| m.minor), Ok(1_999));
        assert_eq!(parse(".5", Currency::Kes).map(|m| m.minor), Ok(50));
    }

    #[test]
    fn what_is_no_price_says_why() {
        use AmountError as E;
        for text in ["", "abc", "12a", "1,20,0", "1..2", "KES", "-", ",", "1,", ",200"] {
            assert_eq!(parse(text, Currency::Kes), Err(E::NotANumber(text.into())), "{text}");
        }
        assert_eq!(parse("-5", Currency::Kes), Err(E::Negative("-5".into())));
        assert_eq!(parse("KES -5", Currency::Kes), Err(E::Negative("KES -5".into())));
        assert_eq!(parse("99999999999999999999", Currency::Kes), Err(E::TooLarge("99999999999999999999".into())));
        assert_eq!(parse("1.234", Currency::Kes), Err(E::TooFine("1.234".into())));
        assert_eq!(parse("10.5", Currency::Ugx), Err(E::TooFine("10.5".into())));
        assert_eq!(
            parse("USD 20", Currency::Kes),
            Err(E::OtherCurrency { text: "USD 20".into(), shop: Currency::Kes })
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,20}") {
            let _ = parse(&text, Currency::Kes);
        }

        #[test]
        fn an_amount_as_customers_see_it_reads_back(minor in 0i64..=100_000_000_000) {
            let amount = Money::from_minor(minor, Currency::Kes);
            prop_assert_eq!(parse(&amount.to_string(), Currency::Kes), Ok(amount));
        }
    }
}
