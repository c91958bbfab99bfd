//! What a message names: products, sizes, amounts, places, times.

use duka_kernel::{Colour, Language, PhoneNumber, Size};
use serde::{Deserialize, Serialize};

/// Values found in a message, canonical so that they can be compared. Lists keep the order of the text.
/// In data files a list of one is written as the value itself, and an empty slot is left out.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Slots {
    /// Garment or good, in English singular as the customer named it: `dress` for *gauni*, `shoes` for *ndula*.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub product: Vec<String>,
    /// Colours.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub colour: Vec<Colour>,
    /// Sizes.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub size: Vec<Size>,
    /// Numbers of pieces.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub quantity: Vec<u32>,
    /// Budget, whole shillings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_max: Option<i64>,
    /// Lower end of a price range, whole shillings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_min: Option<i64>,
    /// What the customer proposes to pay, whole shillings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer_price: Option<i64>,
    /// Any other amount of money mentioned, whole shillings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// `wedding`, `traditional_ceremony`, `office`, `interview`, `church`, `party`, `date`, `graduation`,
    /// `birthday`, `beach`, `gym`, `school`, `travel`.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub occasion: Vec<String>,
    /// Positions in what was shown, from 1; -1 for the last.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub ordinal: Vec<i32>,
    /// A phone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// M-Pesa receipt: ten characters, capitals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// The place as written, or `pickup`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// `HH:MM` in 24 hours, or `morning`, `afternoon`, `evening`, `night`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Coupon code, capitals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupon: Option<String>,
    /// `styling`, `alteration`, `tailoring`, `bridal_fitting`, `wardrobe_makeover`, `makeup`, or another
    /// service word as written.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub service: Vec<String>,
    /// Order number as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_ref: Option<String>,
    /// 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// Language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// `women`, `men`, `kids`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
}

/// A list that data files write as a bare value when it has one member.
mod one_or_many {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(items: &[T], serializer: S) -> Result<S::Ok, S::Error> {
        match items {
            [one] => one.serialize(serializer),
            many => many.serialize(serializer),
        }
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Vec<T>, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either<T> {
            Many(Vec<T>),
            One(T),
        }
        Ok(match Either::deserialize(d)? {
            Either::Many(items) => items,
            Either::One(item) => vec![item],
        })
    }
}
