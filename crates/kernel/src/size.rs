//! Sizes as shops print them: letters, numbers, or one size for all.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A size in canonical form: `S`, `XXL`, `38`, `ONE`. Two spellings of one size are equal.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Size(String);

impl Size {
    /// One size for all.
    #[must_use]
    pub fn one() -> Self {
        Self("ONE".into())
    }

    /// The canonical form of what a shop or a customer wrote: `medium` is `M`, `2xl` is `XXL`,
    /// `EU 38` is `38`, `free size` is `ONE`. Unknown words are kept in capitals.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let upper = text.trim().to_uppercase();
        let bare = upper
            .trim_start_matches("SIZE")
            .trim_start_matches("UK")
            .trim_start_matches("EU")
            .trim_matches(|c: char| c.is_whitespace() || c == '.' || c == ':');
        let canonical = match bare {
            "SMALL" => "S",
            "MEDIUM" => "M",
            "LARGE" => "L",
            "EXTRA SMALL" | "X-SMALL" => "XS",
            "EXTRA LARGE" | "X-LARGE" | "XLARGE" => "XL",
            "2XL" | "XX-LARGE" => "XXL",
            "3XL" => "XXXL",
            "" | "FREE" | "FREE SIZE" | "FREESIZE" | "ONE SIZE" | "ONESIZE" | "OS" => "ONE",
            other => other,
        };
        Self(canonical.to_owned())
    }

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is one size for all, so that nobody has to be asked.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.0 == "ONE"
    }

    /// A key that sorts letters from small to large, then numbers by value.
    #[must_use]
    pub fn rank(&self) -> (u8, u32) {
        const LETTERS: [&str; 8] = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"];
        match (LETTERS.iter().position(|l| *l == self.0), self.0.parse::<u32>()) {
            (Some(i), _) => (0, u32::try_from(i).unwrap_or(u32::MAX)),
            (None, Ok(n)) => (1, n),
            (None, Err(_)) => (2, 0),
        }
    }
}

impl From<String> for Size {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

impl From<&str> for Size {
    fn from(text: &str) -> Self {
        Self::parse(text)
    }
}

impl From<Size> for String {
    fn from(size: Size) -> Self {
        size.0
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn spellings_of_one_size_are_equal() {
        assert_eq!(Size::parse("medium"), Size::parse("M"));
        assert_eq!(Size::parse("EU 38"), Size::parse("38"));
        assert_eq!(Size::parse("2xl"), Size::parse("XXL"));
        assert!(Size::parse("free size").is_one() && Size::parse("").is_one());
    }

    #[test]
    fn sizes_sort_as_on_a_rack() {
        let mut sizes: Vec<Size> = ["L", "XXL", "S", "40", "38", "M", "XL"].map(Size::parse).to_vec();
        sizes.sort_by_key(Size::rank);
        assert_eq!(sizes.iter().map(Size::as_str).collect::<Vec<_>>(), ["S", "M", "L", "XL", "XXL", "38", "40"]);
    }
}
