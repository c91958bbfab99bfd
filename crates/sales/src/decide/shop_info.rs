//! Questions about the shop: where, when, how to pay, what delivery costs, what reduces a price.

use duka_kernel::{Money, ProductId, VariantId};
use duka_perception::{Mood, Wish};
use duka_shop::{
    Cart, CartLine, Product, ShopProfile,
    delivery::{self, DeliveryRefusal},
    hours,
    pricing::{self, Buyer, Quote},
    profile::Coupon,
};

use super::{cart, choosing, questions, reference, reference::Reference};
use crate::{
    desk::{Desk, LIST_LENGTH},
    dialogue::{Purpose, Question},
    effect::{Effect, OwnerNews},
    say::{Because, PaymentAsked, Say},
    tools::{ApplyCoupon, CouponOutcome, apply_coupon, usable_coupons},
    words::{has_any, words},
};

/// What is at the place, beside where it is.
pub(super) const PARKING: &[&str] = &["parking", "park", "maegesho", "kupark"];
const HOW_MUCH: &[&str] =
    &["how much", "fee", "cost", "charge", "charges", "bei", "ngapi", "pesa ngapi", "how long", "when", "lini"];
const DELIVERY: &[&str] =
    &["delivery", "deliver", "usafiri", "kupeleka", "kutuma", "kuletewa", "shipping", "transport"];
const EVERYWHERE: &[&str] =
    &["where do you deliver", "which areas", "all areas", "wapi", "mnadeliver wapi", "places", "upcountry", "zones"];

/// Open or not on the day that is asked about; else now, and the week.
pub(super) fn opening_hours(desk: &mut Desk<'_>, wish: &Wish) {
    let shop = desk.recall.shop;
    let date = wish.slots.date.as_deref().and_then(|date| date.parse().ok());
    if let Some(date) = date.filter(|date| *date != desk.today()) {
        let holiday = shop.holidays.iter().find(|day| day.date == date).map(|day| day.name.clone());
        return desk.say(Say::HoursOn { date, hours: hours::hours_on(shop, date), holiday });
    }
    desk.say(Say::Hours { now: hours::status(shop, desk.recall.now), week: hours::week(shop) });
}

/// Where the shop is; with its number if that is asked too.
pub(super) fn location(desk: &mut Desk<'_>, wish: &Wish) {
    if has_any(&wish.text, &["contact", "contacts", "phone number", "number", "namba"]) {
        return contact(desk);
    }
    desk.say(Say::Location { location: desk.recall.shop.location.clone() });
    if has_any(&wish.text, PARKING) {
        // The address does not say it.
        questions::pass_on(desk, &wish.text);
    }
}

/// "Kuna parking?": asked of the shop, whatever else it looks like. Says whether that was it.
pub(super) fn asks_of_the_place(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    // Park Road is a place to deliver to.
    const FOR_CARS: &[&str] = &["parking", "maegesho", "kupark", "to park", "i park", "park my car"];
    let parks = has_any(&wish.text, FOR_CARS) && wish.slots.product.is_empty() && wish.slots.address.is_none();
    if parks && !super::documents::own_answer(desk, &wish.text) {
        location(desk, wish);
    }
    parks
}

/// How to reach the shop.
pub(super) fn contact(desk: &mut Desk<'_>) {
    let shop = desk.recall.shop;
    let phone = shop.contacts.phone.clone().or_else(|| shop.whatsapp_number.clone());
    desk.say(Say::Contact { phone, location: shop.location.clone(), contacts: shop.contacts.clone() });
}

/// How one can pay, with the shop's own account if it has one.
pub(super) fn payment_methods(desk: &mut Desk<'_>, wish: &Wish) {
    let shop = desk.recall.shop;
    if let Some(asked) = asked_way(shop, wish) {
        return desk.say(Say::PaymentAnswer { asked });
    }
    desk.say(Say::PaymentMethods {
        methods: shop.payment_methods.clone(),
        manual: shop.manual_payment.clone(),
        on_delivery: shop.cash_on_delivery,
    });
}

/// The way to pay that a message asks about, if the shop has nothing of the kind.
fn asked_way(shop: &ShopProfile, wish: &Wish) -> Option<PaymentAsked> {
    const PAYBILL: &[&str] =
        &["paybill", "pay bill", "till", "till number", "buy goods", "account number", "lipa namba"];
    const CARD: &[&str] = &["card", "cards", "visa", "mastercard", "kadi"];
    const PARTS: &[&str] = &[
        "half",
        "nusu",
        "installment",
        "installments",
        "instalment",
        "instalments",
        "lipa pole pole",
        "polepole",
        "pole pole",
        "kidogo kidogo",
        "mdogo mdogo",
        "awamu",
        "bit by bit",
        "end month",
        "mwisho wa mwezi",
        "lipa later",
        "pay later",
        "mkopo",
        "on credit",
        "deposit",
    ];
    const WALLET: &[&str] = &["airtel", "airtel money", "t kash", "tkash", "equitel", "paypal", "bitcoin", "crypto"];
    const BANK: &[&str] = &["bank", "benki", "bank transfer", "pesalink", "cheque", "eft"];
    const CASH: &[&str] = &["agent", "cash"];
    if has_any(&wish.text, &["gift", "voucher", "vouchers", "zawadi"]) {
        return None;
    }
    let takes = |way: &str| shop.payment_methods.iter().any(|method| method.to_lowercase().contains(way));
    match () {
        () if has_any(&wish.text, PARTS) => Some(PaymentAsked::InParts),
        () if has_any(&wish.text, PAYBILL) && shop.manual_payment.is_none() => Some(PaymentAsked::Paybill),
        () if has_any(&wish.text, CARD) && !takes("card") && !takes("visa") => Some(PaymentAsked::Card),
        () if has_any(&wish.text, WALLET) && !WALLET.iter().any(|way| takes(way)) => Some(PaymentAsked::Wallet),
        () if has_any(&wish.text, BANK) && !takes("bank") && shop.manual_payment.is_none() => Some(PaymentAsked::Bank),
        () if has_any(&wish.text, CASH) && !takes("cash") && !shop.cash_on_delivery => Some(PaymentAsked::Cash),
        () => None,
    }
}

/// What delivery costs. Asked while the address is awaited, the place is taken to be the one.
pub(super) fn delivery(desk: &mut Desk<'_>, wish: &Wish) {
    let shop = desk.recall.shop;
    if super::case_words::asks_who_pays(desk, wish) {
        return desk.say(Say::ExchangePolicy { exchange: shop.exchange.clone() });
    }
    let Some(place) = wish.slots.address.as_deref() else {
        // Where it goes was just said, so only that place is asked about.
        return match desk.dialogue.delivery.clone().filter(|_| !has_any(&wish.text, EVERYWHERE)) {
            // "Can it reach me by Friday?": when it comes where it goes.
            Some(choice) if has_any(&wish.text, HOW_MUCH) || wish.slots.date.is_some() && !choice.pickup => {
                desk.say(Say::DeliveryFee { choice });
            }
            _ => delivery_info(desk),
        };
    };
    match delivery::choose(shop, place) {
        Ok(choice) => {
            desk.say(Say::DeliveryFee { choice: choice.clone() });
            if desk.pending == Question::Address {
                desk.dialogue.delivery = Some(choice.clone());
                desk.touched = true;
                desk.answered();
            } else if !choice.pickup && desk.dialogue.delivery.as_ref() != Some(&choice) {
                desk.dialogue.place_asked = Some(place.trim().to_owned());
            }
        }
        Err(DeliveryRefusal::Unclear) => delivery_info(desk),
        Err(DeliveryRefusal::Abroad) => {
            questions::pass_on(desk, &wish.text);
        }
        Err(refusal) => desk.say(Say::NoDelivery { pickup: refusal == DeliveryRefusal::NoPickup }),
    }
}

fn delivery_info(desk: &mut Desk<'_>) {
    let delivery = &desk.recall.shop.delivery;
    desk.say(Say::DeliveryInfo { zones: delivery.zones.clone(), pickup: delivery.pickup });
}

/// A code is used; without one, the codes that count are named.
pub(super) fn coupon(desk: &mut Desk<'_>, wish: &Wish) {
    let code = wish.slots.coupon.clone().or_else(|| code_said(&wish.text));
    match code.as_deref() {
        Some(code) => use_code(desk, code),
        None => {
            let (promotions, coupons) = (desk.offers.iter().cloned().collect(), usable_coupons(desk));
            desk.say(Say::Coupons { promotions, coupons, wholesale: desk.recall.shop.wholesale.clone() });
            show_reduced(desk);
        }
    }
}

/// "Apply fake99": what looks like a code, in small letters too.
fn code_said(text: &str) -> Option<String> {
    const USES: &[&str] = &["apply", "use", "try", "code", "coupon", "tumia", "weka", "jaribu", "promo"];
    let shaped = |word: &&String| {
        (4..=16).contains(&word.len())
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.ends_with(|c: char| c.is_ascii_digit())
            && word.chars().filter(char::is_ascii_alphabetic).count() >= 3
    };
    let said = words(text);
    said.iter().find(shaped).filter(|_| has_any(text, USES)).map(|code| code.to_uppercase())
}

/// What costs less now, to choose from; not to somebody who is checking out.
fn show_reduced(desk: &mut Desk<'_>) {
    let looking = matches!(desk.pending, Question::None | Question::ProductChoice | Question::Take { .. });
    if desk.dialogue.then_checkout || desk.mood == Mood::Angry || !looking {
        return;
    }
    let reduced = |p: &&Product| desk.card(p).was.is_some() && desk.recall.stock.has(p);
    let all = desk.recall.catalogue.products().iter();
    let products: Vec<ProductId> = all.filter(reduced).map(|p| p.id).take(LIST_LENGTH).collect();
    if !products.is_empty() {
        desk.show(Because::OnOffer, &products, None);
    }
}

/// Uses a code and says what it does or why it does nothing.
pub(super) fn use_code(desk: &mut Desk<'_>, code: &str) {
    let outcome = apply_coupon(desk, &ApplyCoupon { code: code.to_owned() });
    let code = code.trim().to_uppercase();
    desk.say(match outcome {
        Ok(CouponOutcome::Reduces(quote)) => Say::CouponAccepted { code, quote: *quote },
        Ok(CouponOutcome::WholesaleIsMore(percent)) => Say::CouponSmaller { code, percent },
        Ok(CouponOutcome::Kept) => Say::CouponKept { code },
        Err(refusal) => Say::CouponRefused { code, refusal },
    });
    cart::offer_next(desk);
}

/// The list price stands; what does reduce it is named.
pub(super) fn bargain(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    if has_any(&wish.text, DELIVERY) && wish.slots.product.is_empty() {
        return delivery(desk, wish);
    }
    let product = product_meant(desk, wish, quoted);
    // "And if I take 12?": what 12 come to.
    let several = wish.slots.quantity.iter().any(|pieces| *pieces > 1) && wish.slots.offer_price.is_none();
    if several && product.is_some() && desk.recall.shop.wholesale.is_some() {
        return wholesale(desk, wish, quoted);
    }
    let price = product.map(|p| desk.card(p));
    if let Some(product) = product {
        choosing::under_discussion(desk, &[product.id]);
    }
    let spent = desk.subtotal();
    let worth = match &price {
        Some(card) if !desk.dialogue.cart.lines.iter().any(|line| line.product == card.product) => {
            spent.checked_add(card.price).unwrap_or(spent)
        }
        _ => spent,
    };
    let (coupons, reached) = within_reach(usable_coupons(desk), worth);
    // Who cannot use a code hears what else there is.
    let wholesale = desk.recall.shop.wholesale.clone().filter(|_| !reached);
    desk.say(Say::Bargain { price, coupons, wholesale, angry: desk.mood == Mood::Angry });
}

/// The codes that count for a purchase worth so much, and whether any does; if none, the one that is nearest. With nothing
/// chosen yet every code may count.
fn within_reach(coupons: Vec<Coupon>, worth: Money) -> (Vec<Coupon>, bool) {
    if worth.is_zero() {
        return (coupons, false);
    }
    let (count, beyond): (Vec<Coupon>, Vec<Coupon>) =
        coupons.into_iter().partition(|coupon| coupon.min_subtotal.minor <= worth.minor);
    if count.is_empty() {
        return (beyond.into_iter().min_by_key(|coupon| coupon.min_subtotal.minor).into_iter().collect(), false);
    }
    (count, true)
}

fn product_meant<'a>(desk: &Desk<'a>, wish: &Wish, quoted: Option<ProductId>) -> Option<&'a Product> {
    match reference::resolve(desk, wish, quoted) {
        Reference::These(products) if products.len() == 1 => desk.product(products[0]),
        Reference::Nothing if !wish.slots.product.is_empty() => match reference::by_name(desk, wish)[..] {
            [one] => desk.product(one),
            _ => None,
        },
        _ => None,
    }
}

/// "How much per piece?", after so many were spoken of. Says whether that was it.
pub(super) fn price_per_piece(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const EACH: &[&str] = &[
        "per piece",
        "a piece",
        "each",
        "one piece",
        "for one",
        "per one",
        "per pc",
        "kila moja",
        "moja ni",
        "moja inakuwa",
        "moja inakam",
        "moja itakuwa",
        "moja itakam",
        "kwa moja",
    ];
    let points = wish.slots.product.is_empty() && wish.slots.ordinal.is_empty() && wish.slots.colour.is_empty();
    let Some(product) = desk.dialogue.focus.filter(|_| points && has_any(&wish.text, EACH)) else { return false };
    let Some(pieces) = choosing::number_spoken_of(desk, product) else { return false };
    let Some(product) = desk.product(product) else { return false };
    let Some(quote) = quote_for(desk, product, pieces) else { return false };
    let each = Money::from_minor(quote.total.minor / i64::from(pieces.max(1)), quote.total.currency);
    desk.say(Say::PerPiece { card: desk.card(product), pieces, each });
    choosing::under_discussion(desk, &[product.id]);
    true
}

/// Tiers, and what so many pieces of the product under discussion come to. The owner hears of it.
pub(super) fn wholesale(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    if price_per_piece(desk, wish) {
        return;
    }
    let pieces = wish.slots.quantity.iter().copied().max().filter(|pieces| *pieces > 0);
    let product = product_meant(desk, wish, quoted);
    let total = product.zip(pieces).and_then(|(product, pieces)| quote_for(desk, product, pieces));
    let news = OwnerNews::Wholesale { said: wish.text.clone() };
    desk.effect(Effect::TellOwner(news));
    let unit = product.map(|p| desk.card(p));
    if let Some(product) = product {
        choosing::under_discussion(desk, &[product.id]);
        choosing::keep_number(desk, product.id, pieces.as_slice());
    }
    let unclear = product.is_none() && !wish.slots.product.is_empty();
    desk.say(Say::Wholesale { wholesale: desk.recall.shop.wholesale.clone(), pieces, unit, total });
    if unclear {
        let named = reference::by_name(desk, wish);
        if !named.is_empty() {
            choosing::ask_which(desk, &named, &wish.slots, Purpose::Buy);
        }
    }
}

/// What so many pieces of a product come to, without a coupon and without delivery.
fn quote_for(desk: &Desk<'_>, product: &Product, pieces: u32) -> Option<Quote> {
    let variant = product.variants.first()?;
    let line = line_of(product, variant.id, desk.offers.price(product, variant.price), pieces);
    let cart = Cart { lines: vec![line], coupon: None };
    pricing::quote(desk.recall.shop, &cart, None, &Buyer::default(), desk.today()).ok()
}

fn line_of(product: &Product, variant: VariantId, unit_price: Money, quantity: u32) -> CartLine {
    let (sku, name) = (product.sku.clone(), product.name.clone());
    CartLine {
        variant,
        product: product.id,
        sku,
        name,
        size: duka_kernel::Size::one(),
        colour: None,
        quantity,
        unit_price,
    }
}
