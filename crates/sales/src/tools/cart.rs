//! The cart.

use duka_kernel::{MoneyError, VariantId};
use duka_shop::{
    CartLine,
    cart::MAX_QUANTITY,
    pricing::{self, Applied, Buyer, CouponRefusal, Quote},
    profile::Coupon,
};
use serde::{Deserialize, Serialize};

use crate::{desk::Desk, dialogue::Stage};

/// Puts pieces of a variant into the cart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AddToCart {
    /// What.
    pub variant: VariantId,
    /// How many; 0 counts as 1.
    pub quantity: u32,
}

/// What was added.
#[derive(Clone, PartialEq, Debug)]
pub struct AddedToCart {
    /// The line with the number of pieces added now.
    pub line: CartLine,
    /// How many there are, if fewer than asked could be added.
    pub only: Option<u32>,
}

/// Why nothing was added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AddRefusal {
    /// Not in the catalogue.
    Unknown,
    /// None in stock.
    SoldOut,
    /// All there are, so many, are in the cart already.
    AllInCart(u32),
}

/// Adds at most what is in stock, counting what the cart holds already.
///
/// # Errors
/// If the variant does not exist or no further piece of it can be bought.
pub fn add_to_cart(desk: &mut Desk<'_>, args: &AddToCart) -> Result<AddedToCart, AddRefusal> {
    let (product, variant) = desk.recall.catalogue.variant(args.variant).ok_or(AddRefusal::Unknown)?;
    let available = desk.available(variant.id).min(MAX_QUANTITY);
    let held = desk.dialogue.cart.lines.iter().find(|l| l.variant == variant.id).map_or(0, |l| l.quantity);
    let room = available.saturating_sub(held);
    if room == 0 {
        return Err(if held > 0 { AddRefusal::AllInCart(available) } else { AddRefusal::SoldOut });
    }
    let asked = args.quantity.max(1);
    let line = CartLine {
        variant: variant.id,
        product: product.id,
        sku: product.sku.clone(),
        name: product.name.clone(),
        size: variant.size.clone(),
        colour: variant.colour.or_else(|| if product.colours.len() == 1 { Some(product.colours[0]) } else { None }),
        quantity: asked.min(room),
        unit_price: desk.offers.price(product, variant.price),
    };
    desk.dialogue.cart.add(line.clone());
    desk.dialogue.focus = Some(product.id);
    desk.touched = true;
    desk.enter(Stage::Cart);
    Ok(AddedToCart { line, only: (asked > room).then_some(available) })
}

/// Sets how many pieces of a line are wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UpdateQuantity {
    /// Which line.
    pub variant: VariantId,
    /// How many; 0 takes it out.
    pub quantity: u32,
}

/// Why a number was not set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuantityRefusal {
    /// There is no such line.
    NotInCart,
    /// None is left in stock.
    SoldOut,
}

/// Sets the number, at most to what is in stock; gives the line as it is now and, if that is less than asked, what
/// there is.
///
/// # Errors
/// If there is no such line, or nothing of it can be bought any more.
pub fn update_quantity(desk: &mut Desk<'_>, args: &UpdateQuantity) -> Result<(CartLine, Option<u32>), QuantityRefusal> {
    let line = desk.dialogue.cart.lines.iter().find(|l| l.variant == args.variant).cloned();
    let line = line.ok_or(QuantityRefusal::NotInCart)?;
    let available = desk.available(args.variant).min(MAX_QUANTITY);
    if args.quantity > 0 && available == 0 {
        return Err(QuantityRefusal::SoldOut);
    }
    let quantity = args.quantity.min(available);
    desk.dialogue.cart.set_quantity(args.variant, quantity);
    desk.touched = true;
    Ok((CartLine { quantity, ..line }, (args.quantity > available).then_some(available)))
}

/// Takes a line out of the cart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemoveFromCart {
    /// Which line.
    pub variant: VariantId,
}

/// Takes the line out and gives it back; `None` if there was none.
pub fn remove_from_cart(desk: &mut Desk<'_>, args: &RemoveFromCart) -> Option<CartLine> {
    let line = desk.dialogue.cart.lines.iter().find(|l| l.variant == args.variant).cloned()?;
    desk.dialogue.cart.remove(args.variant);
    if desk.dialogue.focus == Some(line.product) {
        desk.dialogue.focus = None;
    }
    desk.touched = true;
    Some(line)
}

/// Empties the cart; the coupon stays for the next one.
pub fn clear_cart(desk: &mut Desk<'_>) {
    desk.dialogue.cart.lines.clear();
    desk.dialogue.focus = None;
    desk.touched = true;
}

/// Who buys, for a coupon that only some may use or only so often.
#[must_use]
pub fn buyer(desk: &Desk<'_>, code: Option<&str>) -> Buyer {
    let customer = desk.recall.customer;
    let code = code.unwrap_or_default().trim().to_uppercase();
    Buyer {
        phone: customer.phone.clone(),
        coupon_uses: customer.coupon_uses.get(&code).copied().unwrap_or(0),
        coupon_uses_total: customer.coupon_uses_total.get(&code).copied().unwrap_or(0),
        loyalty: customer.loyalty.clone(),
    }
}

/// What the cart comes to, with delivery once that is known.
///
/// # Errors
/// If amounts do not fit or currencies differ: the catalogue is wrong, and nothing can be sold from it.
pub fn quote(desk: &Desk<'_>) -> Result<Quote, MoneyError> {
    let cart = &desk.dialogue.cart;
    let buyer = buyer(desk, cart.coupon.as_deref());
    pricing::quote(desk.recall.shop, cart, desk.dialogue.delivery.as_ref(), &buyer, desk.today())
}

/// The lines of the cart and what they come to; `None` if it is empty.
#[must_use]
pub fn get_cart(desk: &Desk<'_>) -> Option<(Vec<CartLine>, Quote)> {
    if desk.dialogue.cart.is_empty() {
        return None;
    }
    Some((desk.dialogue.cart.lines.clone(), quote(desk).ok()?))
}

/// Uses a coupon code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApplyCoupon {
    /// As the customer wrote it.
    pub code: String,
}

/// What a valid code does.
#[derive(Clone, PartialEq, Debug)]
pub enum CouponOutcome {
    /// It reduces the cart.
    Reduces(Box<Quote>),
    /// Wholesale takes off more, this many per cent, and only one of them counts.
    WholesaleIsMore(u8),
    /// The cart is empty; the code is kept for it.
    Kept,
}

/// Uses a code on the cart, or keeps it until there is one.
///
/// # Errors
/// If the code does not count for this customer, this cart or this day. A code that only the size of the cart
/// speaks against is kept all the same: it counts once the cart is large enough.
pub fn apply_coupon(desk: &mut Desk<'_>, args: &ApplyCoupon) -> Result<CouponOutcome, CouponRefusal> {
    let (shop, code) = (desk.recall.shop, args.code.trim().to_uppercase());
    let checked = pricing::check_coupon(shop, &code, desk.subtotal(), &buyer(desk, Some(&code)), desk.today());
    let empty = desk.dialogue.cart.is_empty();
    match checked {
        Ok(_) => {}
        Err(CouponRefusal::BelowMinimum { .. }) if empty => {}
        Err(refusal @ CouponRefusal::BelowMinimum { .. }) => {
            desk.dialogue.cart.coupon = Some(code);
            return Err(refusal);
        }
        Err(refusal) => return Err(refusal),
    }
    desk.dialogue.cart.coupon = Some(code);
    desk.touched = true;
    match quote(desk) {
        Ok(quote) if !empty => match quote.reduction {
            Applied::Wholesale { percent } => Ok(CouponOutcome::WholesaleIsMore(percent)),
            _ => Ok(CouponOutcome::Reduces(Box::new(quote))),
        },
        _ => Ok(CouponOutcome::Kept),
    }
}

/// Takes the coupon off the cart. Gives its code, if there was one.
pub fn remove_coupon(desk: &mut Desk<'_>) -> Option<String> {
    let code = desk.dialogue.cart.coupon.take()?;
    desk.touched = true;
    Some(code)
}

/// The codes this customer can use today, however large the cart.
#[must_use]
pub fn usable_coupons(desk: &Desk<'_>) -> Vec<Coupon> {
    let counts = |coupon: &&Coupon| {
        let buyer = buyer(desk, Some(&coupon.code));
        pricing::check_coupon(desk.recall.shop, &coupon.code, coupon.min_subtotal, &buyer, desk.today()).is_ok()
    };
    desk.recall.shop.coupons.iter().filter(counts).cloned().collect()
}
