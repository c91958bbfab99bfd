//! What is proposed to be added to a product. It never takes the place of what the shop says itself.

use std::collections::BTreeMap;

use duka_kernel::Colour;
use serde::{Deserialize, Serialize};

use crate::Product;

/// What may be added to a product.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Additions {
    /// The kind of good it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Its colours, the main one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub colours: Vec<Colour>,
    /// Words to find it by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What else is known of it, such as `style` and `pattern`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// A description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Additions {
    /// What of it a product lacks.
    #[must_use]
    pub fn missing_from(&self, product: &Product) -> Self {
        let unknown = |tag: &&String| !product.tags.iter().any(|known| known.eq_ignore_ascii_case(tag));
        let unsaid = |entry: &(&String, &String)| !product.attributes.contains_key(entry.0);
        Self {
            category: self.category.clone().filter(|_| product.category.trim().is_empty()),
            colours: if product.colours.is_empty() { self.colours.clone() } else { Vec::new() },
            tags: self.tags.iter().filter(unknown).cloned().collect(),
            attributes: self
                .attributes
                .iter()
                .filter(unsaid)
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            description: self.description.clone().filter(|_| product.description.trim().is_empty()),
        }
    }

    /// Whether nothing is added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// A product with what of it is missing there.
    #[must_use]
    pub fn added_to(&self, mut product: Product) -> Product {
        let Self { category, colours, tags, attributes, description } = self.missing_from(&product);
        product.category = category.unwrap_or(product.category);
        product.colours.extend(colours);
        product.tags.extend(tags);
        product.attributes.extend(attributes);
        product.description = description.unwrap_or(product.description);
        product
    }
}

#[cfg(test)]
mod tests {
    use duka_kernel::{Currency, Money, ProductId};

    use super::*;

    fn product() -> Product {
        Product {
            id: ProductId::new(),
            sku: "D1".into(),
            name: "Evening Gown".into(),
            description: String::new(),
            category: "dress".into(),
            price: Money::from_major(2_000, Currency::Kes),
            compare_at: None,
            tags: vec!["Long".into()],
            attributes: BTreeMap::from([("style".into(), "wrap".into())]),
            colours: Vec::new(),
            image: None,
            variants: Vec::new(),
        }
    }

    fn additions() -> Additions {
        Additions {
            category: Some("skirt".into()),
            colours: vec![Colour::Red],
            tags: vec!["long".into(), "satin".into()],
            attributes: BTreeMap::from([("style".into(), "a-line".into()), ("pattern".into(), "plain".into())]),
            description: Some("A long red gown.".into()),
        }
    }

    #[test]
    fn what_the_shop_says_stays_and_what_it_lacks_is_added() {
        let after = additions().added_to(product());
        assert_eq!((after.category.as_str(), after.attributes["style"].as_str()), ("dress", "wrap"));
        assert_eq!(
            (after.colours.as_slice(), after.tags.as_slice()),
            (&[Colour::Red][..], &["Long".into(), "satin".into()][..])
        );
        assert_eq!((after.attributes["pattern"].as_str(), after.description.as_str()), ("plain", "A long red gown."));
        assert!(additions().missing_from(&after).is_empty(), "once it is there nothing is missing");
        assert_eq!(additions().added_to(after.clone()), after);
    }

    #[test]
    fn an_unknown_field_is_refused() {
        assert!(serde_json::from_str::<Additions>(r#"{"price": 10}"#).is_err());
        assert_eq!(serde_json::from_str::<Additions>("{}").ok(), Some(Additions::default()));
    }
}
