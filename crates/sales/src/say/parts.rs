//! The parts that what is said is made of: a product as it is shown, an appointment, a case, an offer, and why.

use duka_kernel::{Colour, Money, ProductId, Size, Timestamp};
use duka_shop::{CartLine, Product, Service, ShopProfile, Stock, booking::Refusal, promotion::Offers};
use jiff::civil::Date;
use serde::Serialize;

/// A product as it is shown.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Card {
    /// Its identity.
    pub product: ProductId,
    /// Stock-keeping unit.
    pub sku: String,
    /// Name.
    pub name: String,
    /// What it costs; the lowest where variants differ.
    pub price: Money,
    /// The highest price, where variants differ.
    pub price_to: Option<Money>,
    /// What it cost before, where it is reduced.
    pub was: Option<Money>,
    /// Colours.
    pub colours: Vec<Colour>,
    /// Sizes that can be bought now; empty if it is sold out.
    pub sizes: Vec<Size>,
    /// The picture, as the catalogue names it.
    pub image: Option<String>,
    /// The size this customer usually takes, if it can be bought now.
    pub usual_size: Option<Size>,
}

impl Card {
    /// A product as it is shown to somebody whose sizes are not known.
    #[must_use]
    pub fn of(product: &Product, stock: &Stock, offers: &Offers) -> Self {
        let listed = || product.variants.iter().map(|v| v.price);
        let cheapest = listed().min_by_key(|price| price.minor).unwrap_or(product.price);
        let price = offers.price(product, cheapest);
        let dearest = listed().map(|list| offers.price(product, list)).max_by_key(|price| price.minor);
        let price_to = dearest.filter(|most| most.minor > price.minor);
        Self {
            product: product.id,
            sku: product.sku.clone(),
            name: product.name.clone(),
            price,
            was: offers.was(product, cheapest).filter(|_| price_to.is_none()),
            price_to,
            colours: product.colours.clone(),
            sizes: stock.sizes_of(product),
            image: product.image.clone(),
            usual_size: None,
        }
    }
}

/// What a size is advised by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// What was bought.
    Bought,
    /// What was bought, and was too small or too large in this size.
    Corrected {
        /// The size that did not fit.
        from: Size,
        /// Whether it was too small.
        too_small: bool,
    },
    /// What the shop noted about the customer.
    Noted,
    /// What the customer said they wear.
    Told,
    /// What the customer said of somebody they buy for.
    Theirs,
}

/// What a chart was read with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartBasis {
    /// Measurements.
    Body,
    /// A garment from elsewhere that fits: `12 at Mr Price`.
    Garment(String),
    /// Height and weight: no more than a guess.
    Build,
}

/// An order that may come back.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CaseOrder {
    /// Its number.
    pub number: String,
    /// What was bought.
    pub lines: Vec<CartLine>,
    /// When.
    pub at: Timestamp,
}

/// Which part of what a shop says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AboutPart {
    /// What it is there for.
    Mission,
    /// What it holds to.
    Values,
    /// Why people buy there.
    SellingPoints,
}

/// Why products are shown.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// They are what was asked for.
    Asked,
    /// Nothing met everything; these come near. Says what could not be met, in `duka_shop::search::Dropped` names.
    Near(Vec<duka_shop::search::Dropped>),
    /// More of the same.
    More,
    /// What was asked for is sold out; these are like it.
    InsteadOf(String),
    /// Nothing in particular was asked; these are a good start.
    Browse,
    /// Like one the customer likes.
    Similar,
    /// They cost less than before.
    OnOffer,
    /// Not quite what the picture shows, but near.
    Picture,
    /// Near the cloth or print in the picture.
    Fabric,
    /// Ideas for a gift.
    Gift,
}

/// A booking as it is said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BookingFacts {
    /// What, with its variant.
    pub title: String,
    /// When.
    pub start: Timestamp,
    /// How long it takes.
    pub minutes: u32,
    /// What it costs.
    pub price: Money,
    /// Where.
    pub place: Option<String>,
}

impl BookingFacts {
    /// Of a service at a time.
    #[must_use]
    pub fn of(service: &Service, start: Timestamp, shop: &ShopProfile) -> Self {
        Self {
            title: service.title(),
            start,
            minutes: service.duration_min,
            price: service.price,
            place: shop.location.clone(),
        }
    }
}

/// A deposit that was paid.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Deposited {
    /// How much.
    pub amount: Money,
    /// The receipt.
    pub receipt: Option<String>,
}

/// Why these times are offered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// They are free on the day that was asked for.
    Day(Date),
    /// They are the next.
    Soonest,
    /// Nothing is free on that day, perhaps for a reason.
    NoneOn(Date, Option<Refusal>),
    /// The time that was asked for cannot be had.
    Refused(Refusal, Option<Timestamp>),
}

/// A hello that has an answer of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hail {
    /// *Shikamoo*.
    Elder,
    /// *Salaam alaikum*.
    Peace,
}

/// A way to pay that is asked about and that the shop does not take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentAsked {
    /// A paybill or till number to pay to.
    Paybill,
    /// A bank card.
    Card,
    /// Money kept elsewhere than with M-Pesa.
    Wallet,
    /// A transfer from a bank.
    Bank,
    /// Half now, or later.
    InParts,
    /// Cash, or through an agent.
    Cash,
    /// Only after trying it on.
    TryFirst,
}
