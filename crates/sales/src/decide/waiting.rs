//! "Tell me when it is back": what a customer waits for, and giving it up.

use duka_kernel::{ProductId, Size, VariantId};
use duka_perception::{Intent, Wish};
use duka_shop::Product;

use super::{inquiries, reference, reference::Reference};
use crate::{
    desk::Desk,
    dialogue::{Missed, Question},
    effect::{Effect, OwnerNews},
    say::Say,
    words::has_any,
};

/// Phrases that ask to be told, whatever else the words look like.
const TELL_ME: &[&str] = &[
    "tell me when",
    "tell me if it comes back",
    "let me know when",
    "let me know if it comes back",
    "notify me",
    "alert me",
    "inform me when",
    "text me when",
    "message me when",
    "ping me when",
    "remind me when it",
    "nijulishe",
    "nijulisheni",
    "unijulishe",
    "nitumie message ikirudi",
    "nitext ikirudi",
    "nishow ikirudi",
    "nishow zikirudi",
    "nishow ikikam",
    "nishow zikikam",
    "niambie ikirudi",
    "niambie zikirudi",
    "niambie ikiingia",
    "niambie ikipatikana",
    "ikirudi niambie",
    "ikirudi nishow",
    "ikirudi unishow",
    "ikirudi uniambie",
    "zikirudi uniambie",
    "zikikam nishow",
    "ikikam nishow",
    "when it is back",
    "when its back",
    "when it comes back",
    "when they are back",
    "when you restock",
    "when you get more",
];
/// Words that ask to be told, beside words for its coming.
const TELL: &[&str] = &[
    "nishow",
    "unishow",
    "mnishow",
    "niambie",
    "uniambie",
    "mniambie",
    "nijulishe",
    "mnijulishe",
    "nitext",
    "mnitext",
    "tell me",
    "text me",
    "let me know",
    "inform me",
];
const COMES: &[&str] = &[
    "mkipata",
    "ukipata",
    "ikipatikana",
    "zikipatikana",
    "ikirudi",
    "zikirudi",
    "ikikam",
    "zikikam",
    "ikiingia",
    "zikiingia",
    "mkileta",
    "mkirestock",
    "if you get",
    "once you get",
    "when available",
    "when its available",
    "once its available",
];
/// Phrases that ask for it to come back, of something that is not there.
const BACK: &[&str] = &[
    "back in stock",
    "be back",
    "getting more",
    "get more",
    "get it again",
    "restock",
    "restocked",
    "restocking",
    "coming back",
    "come back",
    "itarudi",
    "zitarudi",
    "mtarudisha",
    "ikirudi",
    "zikirudi",
    "zitakuja",
    "zitaingia",
    "itaingia",
    "itakam",
    "zitakam",
    "when will",
    "mtapata lini",
    "utapata lini",
    "mtaleta lini",
    "mnaleta lini",
];
/// What is told of an order or of offers is something else.
const ELSEWHERE: &[&str] = &[
    "order",
    "oda",
    "parcel",
    "package",
    "mzigo",
    "delivery",
    "deliver",
    "rider",
    "payment",
    "malipo",
    "offers",
    "offer",
    "ofa",
    "sale",
    "discounts",
    "new arrivals",
    "new stock",
    "stock mpya",
    "appointment",
    "booking",
];
/// Not to be told after all.
const NO_MORE: &[&str] = &[
    "dont tell me",
    "dont notify me",
    "stop waiting",
    "no need to tell me",
    "no need to notify me",
    "you dont have to tell me",
    "usinijulishe",
    "usiniambie",
    "usinishow",
    "sitaki kujulishwa",
    "siingoji tena",
    "sihitaji tena",
    "i dont need it anymore",
    "i no longer need it",
    "i no longer want it",
];
/// The same, right after the promise.
const NEVER_MIND: &[&str] = &[
    "usijali",
    "never mind",
    "nevermind",
    "forget it",
    "forget about it",
    "dont worry",
    "dont bother",
    "no need",
    "achana nayo",
    "achana na hiyo",
    "wachana nayo",
    "wacha tu",
    "acha tu",
    "haina haja",
    "hakuna haja",
    "isiwe shida",
    "its okay no",
];
/// For how many turns "never mind" is about what was promised.
const FRESH: u32 = 3;

/// Serves a wish to be told when something is back, or not to be told after all. Says whether it was one.
pub(super) fn serve(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) -> bool {
    if gives_up(desk, wish) {
        return true;
    }
    if !asks_to_be_told(desk, wish) {
        return false;
    }
    let named = meant(desk, wish, quoted);
    tell_when_back(desk, wish, &named);
    true
}

/// Whether the words of a question for stock ask for something to come back.
pub(super) fn asks_for_it_back(wish: &Wish) -> bool {
    has_any(&wish.text, TELL_ME) || has_any(&wish.text, BACK)
}

fn asks_to_be_told(desk: &Desk<'_>, wish: &Wish) -> bool {
    use Intent::{AddToCart, Complaint, GiveAddress, Greeting, HumanHandoff, OrderStatus};
    if has_any(&wish.text, ELSEWHERE) || matches!(wish.intent, Complaint | HumanHandoff) {
        return false;
    }
    let of_something =
        desk.dialogue.missed.is_some() || desk.dialogue.focus.is_some() || !wish.slots.product.is_empty();
    let has_order = desk.dialogue.open_order.is_some() && wish.intent == OrderStatus;
    let tells = has_any(&wish.text, TELL_ME) || has_any(&wish.text, TELL) && has_any(&wish.text, COMES);
    let gone = desk.dialogue.missed.is_some() && !matches!(wish.intent, AddToCart | GiveAddress | Greeting);
    tells && of_something && !has_order || gone && has_any(&wish.text, BACK)
}

/// What is waited for: what is named, pointed at or quoted, else what was just said to be gone.
fn meant(desk: &Desk<'_>, wish: &Wish, quoted: Option<ProductId>) -> Vec<ProductId> {
    if let Some(quoted) = quoted {
        return vec![quoted];
    }
    let names = !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty() || !wish.slots.colour.is_empty();
    match &desk.dialogue.missed {
        Some(missed) if !names => vec![missed.product],
        missed => match reference::resolve(desk, wish, None) {
            Reference::These(products) => products,
            _ => {
                let named = reference::by_name(desk, wish);
                // "The dress" is the one that was just said to be gone.
                let gone = missed.as_ref().map(|missed| missed.product).filter(|gone| named.contains(gone));
                gone.map_or(named, |gone| vec![gone])
            }
        },
    }
}

/// Waits for a product: for the size that is meant, or for any that is gone.
pub(super) fn tell_when_back(desk: &mut Desk<'_>, wish: &Wish, named: &[ProductId]) {
    let Some(product) = named.first().and_then(|id| desk.product(*id)) else {
        let Some(name) = wish.slots.product.first().cloned() else {
            return desk.ask(Question::None, Say::AskWhichProduct);
        };
        return only_the_owner(desk, name);
    };
    let missed = desk.dialogue.missed.clone().filter(|missed| missed.product == product.id);
    let size = wish.slots.size.first().cloned().or_else(|| missed.and_then(|missed| missed.size));
    let variants = waited_for(desk, product, size.as_ref());
    let what = size.as_ref().filter(|size| !size.is_one());
    let what = what.map_or_else(|| product.name.clone(), |size| format!("{} ({size})", product.name));
    let there = |size: &Size| desk.recall.stock.sizes_of(product).contains(size);
    let in_stock = size.as_ref().map_or(variants.is_empty(), there);
    if in_stock {
        return inquiries::say_stock(desk, product.id, &wish.slots);
    }
    if variants.is_empty() {
        // It never came in that size.
        return only_the_owner(desk, what);
    }
    let any_size = size.is_none() && variants.len() > 1;
    let again = desk.dialogue.waits
        && desk.dialogue.promised_at.is_some_and(|at| desk.dialogue.turns.saturating_sub(at) <= FRESH)
        && desk.dialogue.focus == Some(product.id);
    desk.dialogue.waits = true;
    desk.dialogue.promised_at = Some(desk.dialogue.turns);
    desk.dialogue.wanted.retain(|wanted| wanted.product != product.id);
    if matches!(desk.dialogue.question, Question::Variant | Question::Take { .. }) {
        desk.answered();
    }
    desk.dialogue.focus = Some(product.id);
    desk.effect(Effect::WaitFor { variants, any_size });
    if !again {
        // The owner hears of it once.
        desk.effect(Effect::TellOwner(OwnerNews::WantsBack { what: what.clone() }));
    }
    desk.say(Say::WillTellWhenBack { name: what, here: true });
}

fn only_the_owner(desk: &mut Desk<'_>, what: String) {
    desk.effect(Effect::TellOwner(OwnerNews::WantsBack { what: what.clone() }));
    desk.say(Say::WillTellWhenBack { name: what, here: false });
}

/// The variants that are gone, of a size if one is meant.
fn waited_for(desk: &Desk<'_>, product: &Product, size: Option<&Size>) -> Vec<VariantId> {
    let gone = product.variants.iter().filter(|v| desk.recall.stock.available(v.id) == 0);
    gone.filter(|v| size.is_none_or(|size| v.size == *size)).map(|v| v.id).collect()
}

fn gives_up(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let fresh = desk.dialogue.promised_at.is_some_and(|at| desk.dialogue.turns.saturating_sub(at) <= FRESH);
    let open = matches!(desk.pending, Question::None | Question::ProductChoice | Question::Take { .. });
    let vague = fresh && open && has_any(&wish.text, NEVER_MIND);
    if !desk.dialogue.waits || !(vague || has_any(&wish.text, NO_MORE)) {
        return false;
    }
    desk.dialogue.waits = false;
    desk.dialogue.promised_at = None;
    desk.effect(Effect::StopWaiting);
    desk.say(Say::WaitingStopped);
    true
}

/// Notes what a customer was told is not there.
pub(super) fn missed(desk: &mut Desk<'_>, product: ProductId, size: Option<&Size>) {
    desk.dialogue.missed = Some(Missed { product, size: size.cloned() });
}

/// What came back while nothing could be sent is said first, as far as it is still there.
pub(super) fn say_what_came_back(desk: &mut Desk<'_>) {
    let mut back: Vec<(&Product, Vec<Size>)> = Vec::new();
    for variant in std::mem::take(&mut desk.dialogue.back) {
        let Some((product, variant)) = desk.recall.catalogue.variant(variant) else { continue };
        if desk.recall.stock.available(variant.id) == 0 {
            continue;
        }
        match back.iter_mut().find(|(known, _)| known.id == product.id) {
            Some((_, sizes)) => sizes.push(variant.size.clone()),
            None => back.push((product, vec![variant.size.clone()])),
        }
    }
    for (product, sizes) in back {
        let card = desk.card(product);
        desk.say(Say::BackInStock { card, sizes });
        desk.dialogue.focus = Some(product.id);
    }
}
