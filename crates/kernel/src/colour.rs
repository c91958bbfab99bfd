//! The colours that shops list and customers ask for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! colours {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// A colour family. Finer words (turquoise, burgundy) are read as the nearest of these.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[allow(missing_docs, reason = "each name says it")]
        pub enum Colour { $($variant),+ }

        impl Colour {
            /// Every colour.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The English name in lower case, British spelling: `grey`, `multicolour`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

colours! {
    Black = "black", White = "white", Grey = "grey", Blue = "blue", Navy = "navy", Red = "red", Maroon = "maroon",
    Pink = "pink", Purple = "purple", Orange = "orange", Yellow = "yellow", Green = "green", Teal = "teal",
    Brown = "brown", Beige = "beige", Cream = "cream", Gold = "gold", Silver = "silver", Multicolour = "multicolour",
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Colour {
    type Err = String;

    /// Reads the name in any case; American spellings, `nude` and `multi` are accepted.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let name = s.trim().to_lowercase();
        let name = match name.as_str() {
            "gray" => "grey",
            "nude" | "khaki" | "tan" => "beige",
            "multicolor" | "multi" | "mixed" | "multi-colour" | "multi-color" => "multicolour",
            "burgundy" | "wine" => "maroon",
            "turquoise" => "teal",
            other => other,
        };
        Self::ALL.iter().copied().find(|c| c.name() == name).ok_or_else(|| format!("{s:?} is not a known colour"))
    }
}
