//! What a wish can only mean here: the reading of a sentence corrected by what is in the cart, was bought and is sold.
//! A misread word then costs nothing: nobody takes things out of an empty cart, or wears size M thirty times.

use duka_kernel::{ProductId, Size};
use duka_perception::{Intent, Perception, Wish};
use duka_shop::delivery;

use super::{
    reading::{self, UNSURE},
    reference,
};
use crate::{
    desk::Desk,
    dialogue::Question,
    words::{has_any, words},
};

const TAKES_OUT: &[&str] = &[
    "remove", "take out", "take off", "off", "drop", "delete", "without", "dont want", "do not want", "dont need",
    "no longer", "anymore", "minus", "less", "cancel", "ondoa", "niondolee", "uondoe", "iondoe", "zitoe", "itoe",
    "toa", "utoe", "nitolee", "sitaki", "sihitaji", "futa", "punguza", "acha", "wacha", "badala",
];
const ASKS: &[&str] = &[
    "how", "what", "which", "price", "cost", "do you", "can i", "can you", "bei", "ngapi", "gani", "je", "mna", "mko",
    "kuna", "mnauza",
];
const IN_BULK: &[&str] = &[
    "wholesale", "bulk", "reseller", "resale", "resell", "jumla", "kuuza", "niuze", "mob", "many", "nyingi", "mingi",
    "pieces", "vipande", "each", "per piece", "supplier", "bale", "discount", "punguzo", "event", "team",
];
const COMES_BY: &[&str] = &[
    "pickup", "pick up", "ill pick", "will pick", "pick it up", "pick them up", "collect", "nitapick", "ntapick",
    "nitachukua dukani", "kuchukua", "nitaichukua dukani", "nitapitia", "ntapitia", "nakuja kuchukua",
];
const BRINGS_BACK_MONEY: &[&str] = &[
    "pesa zitarudi", "pesa itarudi", "pesa zangu zitarudi", "hela zitarudi", "doh itarudi", "nitapata pesa",
    "nitapata doh", "ntapata doh", "ntapata pesa", "get my money", "my refund", "refund", "money back",
];

/// The wish as it can be meant, beside the rest of the message.
pub(super) fn plausible(desk: &Desk<'_>, perception: &Perception, mut wish: Wish) -> Wish {
    number_as_size(desk, &mut wish);
    if wish.slots.address.is_some() {
        wish.slots.address = whole_place(perception).or(wish.slots.address);
    }
    let meant = instead(desk, &wish);
    if meant != wish.intent {
        wish.intent = meant;
        wish.confidence = wish.confidence.max(UNSURE);
    }
    if matches!(wish.intent, Intent::Checkout | Intent::GiveAddress)
        && wish.slots.address.is_none()
        && has_any(&wish.text, COMES_BY)
        && desk.recall.shop.delivery.pickup
    {
        wish.slots.address = Some(delivery::PICKUP.to_owned());
    }
    wish
}

/// What it must be, if it cannot be what it reads as.
fn instead(desk: &Desk<'_>, wish: &Wish) -> Intent {
    let (slots, text) = (&wish.slots, &wish.text);
    let names_goods = !slots.product.is_empty();
    let buys = if has_any(text, ASKS) || text.contains('?') { Intent::ProductSearch } else { Intent::AddToCart };
    match wish.intent {
        // Nothing that is named is in the cart, and no word takes anything out.
        Intent::RemoveFromCart if names_goods && !has_any(text, TAKES_OUT) && !in_cart(desk, wish) => buys,
        Intent::UpdateQuantity if slots.product.len() > 1 && desk.dialogue.cart.is_empty() => buys,
        Intent::WholesaleInquiry if names_goods && few(desk, wish) && !has_any(text, IN_BULK) => buys,
        Intent::Exchange if names_goods && !has_bought(desk) && !in_cart(desk, wish) => buys,
        Intent::Availability if !names_goods && has_any(text, BRINGS_BACK_MONEY) && has_bought(desk) => {
            Intent::ReturnRefund
        }
        Intent::PriceInquiry | Intent::ProductSearch
            if !names_goods && slots.ordinal.is_empty() && goes_to_an_area(desk, wish) =>
        {
            Intent::DeliveryQuestion
        }
        intent => intent,
    }
}

fn in_cart(desk: &Desk<'_>, wish: &Wish) -> bool {
    let kinds = reference::kind(desk, &wish.slots.product);
    let wanted = desk.dialogue.wanted.iter().map(|wanted| wanted.product);
    desk.dialogue.cart.lines.iter().map(|line| line.product).chain(wanted).any(|id| kinds.contains(&id))
}

fn has_bought(desk: &Desk<'_>) -> bool {
    desk.recall.orders.iter().any(|order| order.state.is_sold())
}

/// Fewer than the first step of the wholesale prices, or pieces of a size, as one buys for oneself.
fn few(desk: &Desk<'_>, wish: &Wish) -> bool {
    let pieces: u32 = wish.slots.quantity.iter().fold(0, |sum, n| sum.saturating_add(*n));
    let least = desk.recall.shop.wholesale.as_ref().and_then(|wholesale| wholesale.tiers.first()).map_or(0, |t| t.min);
    pieces > 0 && (pieces < least || !wish.slots.size.is_empty())
}

fn goes_to_an_area(desk: &Desk<'_>, wish: &Wish) -> bool {
    let to = ["to", "hadi", "mpaka", "kwenda", "hapo", "kupeleka", "kutuma", "na"];
    reading::area_named(desk, wish).is_some_and(|area| {
        let first = words(&area).first().cloned().unwrap_or_default();
        to.iter().any(|to| has_any(&wish.text, &[&format!("{to} {first}")]))
    })
}

/// "Checkout to South B, Plainsview, house 12": one place, though its parts were heard apart.
fn whole_place(perception: &Perception) -> Option<String> {
    let parts: Vec<&str> = perception.wishes.iter().filter_map(|wish| wish.slots.address.as_deref()).collect();
    let said: Vec<&str> = perception.wishes.iter().map(|wish| wish.text.trim()).collect();
    let [first, second] = parts[..] else { return None };
    let ends = said.iter().any(|text| text.ends_with(first));
    let begins = said.iter().any(|text| text.starts_with(second));
    (ends && begins && first != second).then(|| format!("{first}, {second}"))
}

/// "Niwekee hizo 41", of sneakers: a number of pieces that is one of their sizes and no number anybody buys is a size.
fn number_as_size(desk: &Desk<'_>, wish: &mut Wish) {
    const LEAST: u32 = 20;
    let [number] = wish.slots.quantity[..] else { return };
    if number < LEAST || !wish.slots.size.is_empty() || has_any(&wish.text, &["pieces", "pcs", "vipande"]) {
        return;
    }
    let size = Size::parse(&number.to_string());
    let comes_in = |id: ProductId| {
        desk.product(id).is_some_and(|product| product.variants.iter().any(|variant| variant.size == size))
    };
    let meant: Vec<ProductId> = if wish.slots.product.is_empty() {
        let cart = desk.dialogue.cart.lines.iter().map(|line| line.product);
        let wanted = desk.dialogue.wanted.iter().map(|wanted| wanted.product);
        desk.dialogue.shown.iter().copied().chain(desk.dialogue.focus).chain(wanted).chain(cart).collect()
    } else {
        reference::kind(desk, &wish.slots.product).into_iter().collect()
    };
    if meant.into_iter().any(comes_in) {
        wish.slots.quantity.clear();
        wish.slots.size = vec![size];
        if wish.intent == Intent::UpdateQuantity && desk.pending == Question::Variant {
            wish.intent = Intent::ChooseSize;
        }
    }
}
