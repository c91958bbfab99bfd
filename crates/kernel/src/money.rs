//! Money as whole minor units of a currency. Never a float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency that a shop can sell in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Kenyan shilling.
    #[default]
    Kes,
    /// Ugandan shilling; ISO 4217 gives it no minor unit.
    Ugx,
    /// Tanzanian shilling.
    Tzs,
    /// Rwandan franc; ISO 4217 gives it no minor unit.
    Rwf,
    /// United States dollar.
    Usd,
}

impl Currency {
    /// The ISO 4217 code, such as `KES`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kes => "KES",
            Self::Ugx => "UGX",
            Self::Tzs => "TZS",
            Self::Rwf => "RWF",
            Self::Usd => "USD",
        }
    }

    /// Minor units in one major unit (ISO 4217 exponent).
    #[must_use]
    pub const fn minor_per_major(self) -> i64 {
        match self {
            Self::Kes | Self::Tzs | Self::Usd => 100,
            Self::Ugx | Self::Rwf => 1,
        }
    }

    /// The currency with this ISO 4217 code, in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Kes, Self::Ugx, Self::Tzs, Self::Rwf, Self::Usd]
            .into_iter()
            .find(|c| c.code().eq_ignore_ascii_case(code))
    }
}

/// What can go wrong with an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MoneyError {
    /// The sum does not fit 64 bits.
    #[error("the amount is too large")]
    Overflow,
    /// Two currencies met in one sum.
    #[error("amounts of {} and {} cannot be combined", .0.code(), .1.code())]
    Currencies(Currency, Currency),
}

/// An amount in minor units (cents) of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: KES 2,800 is `280_000`.
    pub minor: i64,
    /// Whose minor units they are.
    pub currency: Currency,
}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// An amount in whole major units, saturating at the largest that fits.
    #[must_use]
    pub const fn from_major(major: i64, currency: Currency) -> Self {
        Self { minor: major.saturating_mul(currency.minor_per_major()), currency }
    }

    /// Nothing of a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Whether nothing is owed.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum.
    ///
    /// # Errors
    /// If the currencies differ or the sum does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// The difference, which may be negative.
    ///
    /// # Errors
    /// If the currencies differ or the difference does not fit.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    /// So many times the amount.
    ///
    /// # Errors
    /// If the product does not fit.
    pub fn times(self, count: u32) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(i64::from(count)).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// `percent` per cent of the amount, rounded half up to a whole major unit, because M-Pesa takes
    /// whole shillings and a customer is never shown cents.
    #[must_use]
    pub fn percent(self, percent: u8) -> Self {
        let unit = i128::from(self.currency.minor_per_major());
        let hundredths = i128::from(self.minor) * i128::from(percent);
        let major = (hundredths + 50 * unit).div_euclid(100 * unit);
        Self { minor: i64::try_from(major * unit).unwrap_or(i64::MAX), ..self }
    }

    /// The amount in whole major units, rounded up: what M-Pesa is asked for.
    #[must_use]
    pub const fn major_rounded_up(self) -> i64 {
        let unit = self.currency.minor_per_major();
        self.minor.div_euclid(unit) + if self.minor.rem_euclid(unit) > 0 { 1 } else { 0 }
    }

    fn combine(self, other: Self, op: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Currencies(self.currency, other.currency));
        }
        let minor = op(self.minor, other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }
}

impl fmt::Display for Money {
    /// As customers write it: `KES 2,800`, with cents only where there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.currency.minor_per_major().unsigned_abs();
        let (major, cents) = (self.minor.unsigned_abs() / unit, self.minor.unsigned_abs() % unit);
        let digits = major.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.minor < 0 { "-" } else { "" };
        write!(f, "{} {sign}{grouped}", self.currency.code())?;
        if cents > 0 { write!(f, ".{cents:02}") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shows_thousands_and_only_needed_cents() {
        assert_eq!(Money::from_major(2_800, Currency::Kes).to_string(), "KES 2,800");
        assert_eq!(Money::from_minor(123_456_705, Currency::Kes).to_string(), "KES 1,234,567.05");
        assert_eq!(Money::from_minor(-50_000, Currency::Kes).to_string(), "KES -500");
        assert_eq!(Money::from_major(900, Currency::Ugx).to_string(), "UGX 900");
    }

    #[test]
    fn currencies_do_not_mix() {
        let (kes, usd) = (Money::from_major(1, Currency::Kes), Money::from_major(1, Currency::Usd));
        assert_eq!(kes.checked_add(usd), Err(MoneyError::Currencies(Currency::Kes, Currency::Usd)));
    }

    proptest! {
        #[test]
        fn adding_then_taking_away_gives_back_the_same(a in -1_000_000_000i64..1_000_000_000, b in -1_000_000_000i64..1_000_000_000) {
            let (a, b) = (Money::from_minor(a, Currency::Kes), Money::from_minor(b, Currency::Kes));
            prop_assert_eq!(a.checked_add(b).unwrap().checked_sub(b).unwrap(), a);
        }

        #[test]
        fn a_percentage_is_whole_shillings_and_within_half_of_one(minor in 0i64..100_000_000_000, percent in 0u8..=100) {
            let part = Money::from_minor(minor, Currency::Kes).percent(percent);
            prop_assert_eq!(part.minor % 100, 0);
            let exact_hundredths = i128::from(minor) * i128::from(percent);
            prop_assert!((i128::from(part.minor) * 100 - exact_hundredths).abs() <= 5_000);
        }

        #[test]
        fn mpesa_is_never_asked_for_less_than_is_owed(minor in 0i64..1_000_000_000) {
            let owed = Money::from_minor(minor, Currency::Kes);
            prop_assert!(owed.major_rounded_up() * 100 >= minor);
            prop_assert!(owed.major_rounded_up() * 100 - minor < 100);
        }
    }
}
