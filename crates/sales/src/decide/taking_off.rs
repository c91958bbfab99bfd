//! What is taken off besides things: a coupon, the delivery. And words of taking off that take off nothing.

use duka_perception::{Intent, Wish};
use duka_shop::delivery;

use super::{cart, checkout, cues::TAKES_OUT, inquiries, shop_info};
use crate::{
    desk::Desk,
    dialogue::Question,
    say::Say,
    tools::remove_coupon,
    words::{has_any, telling_words, words},
};

const COUPON: &[&str] =
    &["coupon", "coupons", "code", "voucher", "kuponi", "kupon", "promo", "discount", "discounts", "punguzo", "vocha"];
const DELIVERY: &[&str] = &["delivery", "deliveries", "delivering", "usafirishaji", "kudeliver", "shipping"];
const NO_DELIVERY: &[&str] = &[
    "remove",
    "toa",
    "ondoa",
    "cancel",
    "sitaki",
    "sihitaji",
    "without",
    "no",
    "dont want",
    "dont need",
    "bila",
    "acha",
    "wacha",
    "futa",
    "sidai",
    "skip",
];
/// What one is asked for with a word that also takes out: "toa maelezo".
const TOLD: &[&str] = &[
    "maelezo",
    "maelezo ya",
    "details",
    "info",
    "information",
    "picha",
    "photo",
    "photos",
    "picture",
    "pictures",
    "description",
];
const PRICE: &[&str] = &["bei", "price", "prices", "pesa ngapi"];
const WORRIES: &[&str] = &["wasiwasi", "shaka", "hofu", "worry", "worries", "stress"];
/// Words that point at a line of the cart, or say nothing.
const POINTS: &str = "\
    item, items, thing, things, product, piece, pieces, last, first, second, third, other, ones, everything, remove, \
    removed, removing, delete, drop, cancel, ondoa, niondolee, toa, nitolee, utoe, itoe, zitoe, futa, sitaki, \
    sihitaji, acha, wacha, without, dont, no, longer, anymore, more, minus, less, punguza, out, off, from, hiyo, \
    hio, hizo, hii, ile, zile, hicho, hilo, kitu, vitu, mwisho, kwanza, pili, tatu, moja, kikapu, kikapuni, cart, \
    order, oda, basket, actually, sorry, please, tena, kabisa, sasa, wait, ngoja, changed, mind, nimebadilisha, nia, \
    mawazo, not, nimeghairi, chomoa, iyo, ingine, nyingine, one, two, three, four, five, mbili, nne, tano, badala, \
    scrap, scratch, rid, leave, exclude, take, nope, hapana, zii, manze, bana, buda, hapo, hataki, sidai, sibebi, \
    achana, wachana, bila, nayo, nazo, will, chose, added, picked, selected, ordered, nilichagua, niliweka, \
    nimeweka, been, that, them, those";

/// Serves it. Says whether the wish was that.
pub(super) fn serve(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        Abuse, Availability, Bargain, CancelOrder, ClearCart, Complaint, DeliveryQuestion, Deny, DiscountCoupon,
        HumanHandoff, OptOut, PaymentClaim, PaymentProblem, ReturnRefund,
    };
    let text = &wish.text;
    if text.contains('?')
        || matches!(wish.intent, Abuse | Complaint | HumanHandoff | PaymentClaim | PaymentProblem | ReturnRefund)
    {
        return false;
    }
    let takes_out = has_any(text, TAKES_OUT) && words(text).len() <= 9;
    let removes = wish.intent == Intent::RemoveFromCart || takes_out;
    let of_coupon = has_any(text, COUPON) || code_in(desk, wish).is_some();
    let deals = matches!(
        wish.intent,
        Intent::RemoveFromCart | DiscountCoupon | Bargain | Deny | ClearCart | OptOut | CancelOrder
    ) || wish.confidence < super::reading::UNSURE;
    let plain = wish.slots.product.is_empty() && wish.slots.ordinal.is_empty();
    if removes && of_coupon && deals && plain {
        take_coupon_off(desk, wish);
        return true;
    }
    let shopping = !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty();
    let of_delivery = has_any(text, DELIVERY) && has_any(text, NO_DELIVERY) && wish.slots.address.is_none();
    let asks = matches!(wish.intent, Availability)
        || has_any(text, &["how much", "ngapi", "free", "bure", "problem", "shida"]);
    let sent = wish.intent == DeliveryQuestion && !takes_out;
    if shopping && of_delivery && plain && !asks && !sent && desk.recall.shop.delivery.pickup && words(text).len() <= 9
    {
        checkout::place_given(desk, delivery::PICKUP);
        return true;
    }
    if wish.intent != Intent::RemoveFromCart || !has_any(text, &["toa", "ondoa", "remove", "nipe"]) {
        return false;
    }
    match () {
        () if has_any(text, WORRIES) => {
            desk.say(Say::Thanks);
            true
        }
        () if has_any(text, TOLD) => {
            let read = Wish { intent: Availability, ..wish.clone() };
            inquiries::availability(desk, &read, None);
            true
        }
        () if has_any(text, PRICE) => {
            inquiries::price(desk, &Wish { intent: Intent::PriceInquiry, ..wish.clone() }, None);
            true
        }
        () => false,
    }
}

fn take_coupon_off(desk: &mut Desk<'_>, wish: &Wish) {
    match remove_coupon(desk) {
        Some(code) => desk.say(Say::CouponRemoved { code }),
        None => {
            let asked =
                code_in(desk, wish).or_else(|| wish.slots.coupon.clone()).unwrap_or_else(|| "coupon".to_owned());
            desk.say(Say::NotInCart { asked: Some(asked) });
        }
    }
    if !desk.dialogue.cart.is_empty() && !desk.dialogue.then_checkout {
        cart::view(desk);
    }
}

/// Whether what is to be taken out is something that the cart does not hold.
pub(super) fn names_something_else(wish: &Wish) -> bool {
    let slots = &wish.slots;
    let described = !slots.product.is_empty()
        || !slots.colour.is_empty()
        || !slots.size.is_empty()
        || !slots.ordinal.is_empty()
        || !slots.quantity.is_empty();
    let other = |word: &String| {
        word.len() > 3 && !POINTS.split(',').any(|known| known.trim() == word) && !word.ends_with("toe")
    };
    !described && telling_words(&wish.text).iter().any(other)
}

/// A code of the shop in a message, however it is set: "KARIBU 10", "karibu10".
pub(super) fn code_in(desk: &Desk<'_>, wish: &Wish) -> Option<String> {
    let said = words(&wish.text);
    let pairs = said.windows(2).map(|pair| pair.concat());
    let all: Vec<String> = said.iter().cloned().chain(pairs).map(|word| word.to_uppercase()).collect();
    let codes = desk.recall.shop.coupons.iter().map(|coupon| coupon.code.to_uppercase());
    codes.into_iter().find(|code| all.contains(code))
}

/// "KARIBU 10", "MALKIA 500": a code and nothing else, though it reads as a number of pieces.
pub(super) fn code_alone(desk: &Desk<'_>, wish: &Wish) -> Option<String> {
    const BESIDE: &[&str] = &[
        "my", "code", "coupon", "is", "use", "apply", "try", "yangu", "ni", "tumia", "weka", "add", "promo", "the",
        "with", "na", "nina",
    ];
    let said: Vec<String> = words(&wish.text).into_iter().filter(|word| !BESIDE.contains(&word.as_str())).collect();
    if said.len() > 2 {
        return None;
    }
    if let Some(code) = code_in(desk, wish) {
        return Some(code);
    }
    let shaped = |code: &str| {
        let stem = code.trim_end_matches(|c: char| c.is_ascii_digit());
        (3..=12).contains(&stem.len())
            && (2..=4).contains(&(code.len() - stem.len()))
            && stem.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let written = wish.text.split_whitespace().collect::<String>();
    let slots = &wish.slots;
    let means_more =
        !slots.product.is_empty() || !slots.colour.is_empty() || !slots.size.is_empty() || slots.address.is_some();
    let asked_where = matches!(desk.pending, Question::Address) || wish.intent == Intent::GiveAddress;
    (!means_more && !asked_where && shaped(&written)).then_some(written)
}

/// Uses a code that is all a message says. Says whether it was that.
pub(super) fn uses_code(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        Availability, DiscountCoupon, PaymentClaim, ProductSearch, RemoveFromCart, RepeatUnclear, SelectOption,
        UpdateQuantity,
    };
    let likely = matches!(
        wish.intent,
        Availability
            | DiscountCoupon
            | ProductSearch
            | RepeatUnclear
            | SelectOption
            | UpdateQuantity
            | Intent::AddToCart
            | Intent::ChooseSize
            | Intent::SmalltalkOfftopic
            | Intent::GiveAddress
            | Intent::Affirm
    ) || wish.confidence < super::reading::UNSURE;
    // "MALKIA 500" is a code of the shop and no payment.
    let claimed = wish.intent == PaymentClaim && (code_in(desk, wish).is_none() || wish.slots.receipt.is_some());
    let likely = likely || wish.intent == PaymentClaim;
    if !likely || wish.intent == RemoveFromCart || claimed || has_any(&wish.text, TAKES_OUT) {
        return false;
    }
    let Some(code) = code_alone(desk, wish) else { return false };
    shop_info::use_code(desk, &code);
    true
}

/// "One more thing": something else is to be said, not bought.
pub(super) fn wants_a_word(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const A_WORD: &[&str] = &[
        "one more thing",
        "another thing",
        "one last thing",
        "one more question",
        "kitu moja zaidi",
        "jambo moja",
        "jambo lingine",
        "kitu kingine",
        "swali lingine",
        "swali moja",
        "swali ingine",
        "kitu ingine",
        "niko na swali",
        "nko na swali",
        "nina swali",
        "nikona swali",
        "niko na question",
        "niulize kitu",
        "niulize swali",
        "can i ask you something",
        "can i ask something",
        "i have a question",
        "quick question",
    ];
    let said = words(&wish.text);
    let names_nothing = wish.slots.product.is_empty() && wish.slots.size.is_empty();
    let announces = has_any(&wish.text, A_WORD);
    let bare = announces && (said.len() <= 4 || names_nothing && said.len() <= 10);
    let wants = has_any(&wish.text, &["nataka", "want", "need", "show", "nionyeshe", "nipe", "add", "ongeza", "weka"]);
    if bare && !wants {
        desk.say(Say::GoAhead);
        desk.quiet = true;
    }
    bare && !wants
}
