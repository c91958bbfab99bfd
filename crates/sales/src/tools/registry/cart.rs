//! The cart by name of product.

use duka_kernel::{Colour, Money, Size};
use duka_perception::{Intent, Slots};
use duka_shop::{CartLine, Product, pricing::Quote};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Call, Effects, Proposal, Refusal, Said, product, products::as_said, variant};
use crate::{
    desk::Desk,
    tools::{self, AddRefusal, CouponOutcome, QuantityRefusal},
    words::{same_word, telling_words, words},
};

/// A line of the cart, as it is told.
#[derive(Serialize)]
pub(super) struct Line {
    sku: String,
    name: String,
    size: Size,
    colour: Option<Colour>,
    quantity: u32,
    unit_price: Money,
}

impl From<CartLine> for Line {
    fn from(line: CartLine) -> Self {
        let CartLine { sku, name, size, colour, quantity, unit_price, .. } = line;
        Self { sku, name, size, colour, quantity, unit_price }
    }
}

/// The cart, as it is told.
#[derive(Serialize)]
pub(super) struct Cart {
    lines: Vec<Line>,
    subtotal: Money,
    discount: Money,
    total: Money,
}

fn whole(desk: &Desk<'_>) -> Result<Cart, Refusal> {
    let zero = Money::zero(desk.recall.shop.currency);
    if desk.dialogue.cart.is_empty() {
        return Ok(Cart { lines: Vec::new(), subtotal: zero, discount: zero, total: zero });
    }
    let (lines, quote) =
        tools::get_cart(desk).ok_or_else(|| Refusal::NotNow("the cart cannot be added up".to_owned()))?;
    let Quote { subtotal, discount, total, .. } = quote;
    Ok(Cart { lines: lines.into_iter().map(Line::from).collect(), subtotal, discount, total })
}

/// The line of the cart that is meant.
fn line(desk: &Desk<'_>, sku: &str, size: Option<&str>) -> Result<CartLine, Refusal> {
    let size = size.map(Size::parse);
    let lines = desk.dialogue.cart.lines.iter();
    let mut meant = lines.filter(|line| line.sku == sku && size.as_ref().is_none_or(|size| line.size == *size));
    match (meant.next(), meant.next()) {
        (Some(line), None) => Ok(line.clone()),
        (Some(_), Some(_)) => Err(Refusal::Arguments(format!("{sku} is in the cart in several sizes: say which"))),
        (None, _) => Err(Refusal::NotFound(format!("{sku} in the cart"))),
    }
}

/// Whether the customer's own message points at this product: by its number, its kind, its colour or a word of its name.
/// What a text of somebody else asks for is not put into a cart.
fn is_named(desk: &Desk<'_>, product: &Product, said: Said<'_>) -> bool {
    let slots = &said.perception.slots;
    let own: Vec<String> = telling_words(&product.name).into_iter().chain(telling_words(&product.category)).collect();
    let known = |word: &String| own.iter().any(|name| same_word(name, word));
    let by_number = slots.ordinal.iter().any(|n| {
        let at = usize::try_from(*n).ok().and_then(|n| n.checked_sub(1));
        at.and_then(|at| desk.dialogue.shown.get(at)) == Some(&product.id)
    });
    by_number
        || slots.product.iter().any(|kind| words(kind).iter().any(known))
        || slots.colour.iter().any(|colour| product.colours.contains(colour))
        || telling_words(said.text).iter().any(known)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddToCart {
    /// The product's sku.
    sku: String,
    /// The size the customer named.
    size: Option<String>,
    /// The colour the customer named.
    colour: Option<String>,
    /// How many pieces the customer named; one if null.
    quantity: Option<u32>,
}

/// What was added, and the cart as it is then.
#[derive(Serialize)]
pub(super) struct Added {
    added: Line,
    cart: Cart,
}

impl Call for AddToCart {
    type Output = Added;
    const NAME: &'static str = "add_to_cart";
    const DESCRIPTION: &'static str = "Puts pieces of a product into the customer's cart.";
    const EFFECTS: Effects = Effects::ChangesCart;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let product = product(desk, &self.sku)?;
        let variant = variant(product, self.size.as_deref(), self.colour.as_deref())?.id;
        let args = tools::AddToCart { variant, quantity: self.quantity.unwrap_or(1) };
        let added = tools::add_to_cart(desk, &args).map_err(|refusal| match refusal {
            AddRefusal::Unknown => Refusal::NotFound(format!("product {}", self.sku)),
            AddRefusal::SoldOut => Refusal::NotNow("it is sold out".to_owned()),
            AddRefusal::AllInCart(all) => Refusal::NotNow(format!("all {all} of it are in the cart already")),
        })?;
        Ok(Added { added: added.line.into(), cart: whole(desk)? })
    }

    fn propose(self, desk: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        let product = product(desk, &self.sku)?;
        let mut slots = as_said(self.size.as_deref(), self.colour.as_deref(), said)?;
        if !is_named(desk, product, said) {
            // It is spoken of, and a yes of the customer takes it.
            return Ok(Proposal::of(Intent::Availability, "", slots).about(product));
        }
        slots.quantity = self.quantity.filter(|n| said.perception.slots.quantity.contains(n)).into_iter().collect();
        Ok(Proposal::of(Intent::AddToCart, "", slots).about(product))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RemoveFromCart {
    /// The sku of a product in the cart.
    sku: String,
    /// Its size, if it is there in several.
    size: Option<String>,
}

impl Call for RemoveFromCart {
    type Output = Cart;
    const NAME: &'static str = "remove_from_cart";
    const DESCRIPTION: &'static str = "Takes a product out of the customer's cart.";
    const EFFECTS: Effects = Effects::ChangesCart;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let variant = line(desk, &self.sku, self.size.as_deref())?.variant;
        tools::remove_from_cart(desk, &tools::RemoveFromCart { variant });
        whole(desk)
    }

    fn propose(self, desk: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        let line = line(desk, &self.sku, self.size.as_deref())?;
        if !is_named(desk, product(desk, &self.sku)?, said) {
            return Err(Refusal::NotSaid("what to take out".to_owned()));
        }
        Ok(Proposal::of(Intent::RemoveFromCart, &line.name, slots_of(&line)))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UpdateQuantity {
    /// The sku of a product in the cart.
    sku: String,
    /// Its size, if it is there in several.
    size: Option<String>,
    /// How many pieces the customer wants in all; 0 takes it out.
    quantity: u32,
}

impl Call for UpdateQuantity {
    type Output = Cart;
    const NAME: &'static str = "update_quantity";
    const DESCRIPTION: &'static str = "Sets how many pieces of a product are in the customer's cart.";
    const EFFECTS: Effects = Effects::ChangesCart;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let variant = line(desk, &self.sku, self.size.as_deref())?.variant;
        let set = tools::update_quantity(desk, &tools::UpdateQuantity { variant, quantity: self.quantity });
        set.map_err(|refusal| match refusal {
            QuantityRefusal::NotInCart => Refusal::NotFound(format!("{} in the cart", self.sku)),
            QuantityRefusal::SoldOut => Refusal::NotNow("it is sold out".to_owned()),
        })?;
        whole(desk)
    }

    fn propose(self, desk: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        let line = line(desk, &self.sku, self.size.as_deref())?;
        if !said.perception.slots.quantity.contains(&self.quantity) {
            return Err(Refusal::NotSaid("how many".to_owned()));
        }
        let slots = Slots { quantity: vec![self.quantity], ..slots_of(&line) };
        Ok(Proposal::of(Intent::UpdateQuantity, &line.name, slots))
    }
}

/// What tells a line from the others.
fn slots_of(line: &CartLine) -> Slots {
    let size = if line.size.is_one() { Vec::new() } else { vec![line.size.clone()] };
    Slots { size, colour: line.colour.into_iter().collect(), ..Slots::default() }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetCart {}

impl Call for GetCart {
    type Output = Cart;
    const NAME: &'static str = "get_cart";
    const DESCRIPTION: &'static str = "Shows what is in the customer's cart and what it comes to.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        whole(desk)
    }

    fn propose(self, _: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        Ok(Proposal::of(Intent::ViewCart, "", Slots::default()))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClearCart {}

impl Call for ClearCart {
    type Output = Cart;
    const NAME: &'static str = "clear_cart";
    const DESCRIPTION: &'static str = "Empties the customer's cart.";
    const EFFECTS: Effects = Effects::ChangesCart;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        tools::clear_cart(desk);
        whole(desk)
    }

    fn propose(self, _: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        // The policy asks whether that is really meant.
        Ok(Proposal::of(Intent::ClearCart, "", Slots::default()))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApplyCoupon {
    /// The code as the customer wrote it.
    code: String,
}

/// What the code does.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Applied {
    Reduces(Cart),
    WholesaleIsMore(u8),
    KeptForLater,
}

impl Call for ApplyCoupon {
    type Output = Applied;
    const NAME: &'static str = "apply_coupon";
    const DESCRIPTION: &'static str = "Uses a discount code that the customer wrote.";
    const EFFECTS: Effects = Effects::ChangesCart;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let outcome = tools::apply_coupon(desk, &tools::ApplyCoupon { code: self.code });
        let outcome = outcome.map_err(|refusal| Refusal::NotNow(format!("the code does not count: {refusal:?}")))?;
        Ok(match outcome {
            CouponOutcome::Reduces(_) => Applied::Reduces(whole(desk)?),
            CouponOutcome::WholesaleIsMore(percent) => Applied::WholesaleIsMore(percent),
            CouponOutcome::Kept => Applied::KeptForLater,
        })
    }

    fn propose(self, _: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        let code = self.code.trim().to_uppercase();
        if code.is_empty() || !words(said.text).contains(&code.to_lowercase()) {
            return Err(Refusal::NotSaid("that code".to_owned()));
        }
        let slots = Slots { coupon: Some(code.clone()), ..Slots::default() };
        Ok(Proposal::of(Intent::DiscountCoupon, &code, slots))
    }
}
