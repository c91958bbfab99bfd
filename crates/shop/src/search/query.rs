//! What is asked of a catalogue and what comes back.

use duka_kernel::{Colour, Money, ProductId, Size};

use crate::promotion::Offers;

/// What to look for. Everything named has to be met; several values of one field are alternatives.
#[derive(Clone, PartialEq, Debug)]
pub struct SearchQuery {
    /// What the customer wrote, in any language; may be empty.
    pub text: String,
    /// Kinds of product in canonical words: `dress`, `shoes`, `top`. A material (`kitenge`) next to a
    /// kind narrows it.
    pub product: Vec<String>,
    /// Any of these colours.
    pub colours: Vec<Colour>,
    /// None of these colours.
    pub not_colours: Vec<Colour>,
    /// Any of these sizes, in stock. One size for all meets every letter size of clothing.
    pub sizes: Vec<Size>,
    /// At most this. With a word such as "budget" in the text it is also what the customer expects to
    /// spend.
    pub price_max: Option<Money>,
    /// At least this.
    pub price_min: Option<Money>,
    /// Any of these occasions: `wedding`, `office`.
    pub occasions: Vec<String>,
    /// `women`, `men` or `kids`.
    pub audience: Option<String>,
    /// Never these: shown before, or in the cart.
    pub exclude: Vec<ProductId>,
    /// Products similar to this one, without it.
    pub like: Option<ProductId>,
    /// Bought before: what resembles them is ranked a little higher; what is found stays the same.
    pub preferred: Vec<ProductId>,
    /// What lowers prices now: limits are compared with what a product costs then.
    pub offers: Offers,
    /// Colours the customer likes, which rank like `preferred`.
    pub liked_colours: Vec<Colour>,
    /// Sizes the customer wears: what is in stock in one of them ranks a little higher as well.
    pub own_sizes: Vec<Size>,
    /// Whether the cheapest come first.
    pub cheapest_first: bool,
    /// Whether products without stock are found as well.
    pub include_sold_out: bool,
    /// At most so many hits.
    pub limit: usize,
}

impl Default for SearchQuery {
    /// Asks for nothing in particular, five hits.
    fn default() -> Self {
        Self {
            text: String::new(),
            product: Vec::new(),
            colours: Vec::new(),
            not_colours: Vec::new(),
            sizes: Vec::new(),
            price_max: None,
            price_min: None,
            occasions: Vec::new(),
            audience: None,
            exclude: Vec::new(),
            like: None,
            preferred: Vec::new(),
            offers: Offers::default(),
            liked_colours: Vec::new(),
            own_sizes: Vec::new(),
            cheapest_first: false,
            include_sold_out: false,
            limit: 5,
        }
    }
}

/// A product found.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// Which one.
    pub product: ProductId,
    /// Comparable within one answer only; higher is better.
    pub score: f32,
    /// Whether it is all that was asked for.
    pub fit: Fit,
}

/// How well a product meets what was named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fit {
    /// In everything.
    Exact,
    /// In everything but these; never empty. Nothing in the shop meets more.
    Relaxed(Vec<Dropped>),
}

/// Something named that a product does not meet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dropped {
    /// It comes in other colours.
    Colour,
    /// It is in stock in other sizes.
    Size,
    /// It costs up to a quarter more, or less, than the bounds.
    Price,
    /// It is for somebody else.
    Audience,
    /// It is not known to suit the occasion.
    Occasion,
    /// The shop sells nothing of the kind; this is the nearest in meaning.
    Type,
}

/// What the products that match a query cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PriceRange {
    /// The cheapest.
    pub min: Money,
    /// The dearest.
    pub max: Money,
    /// How many products.
    pub count: usize,
}
