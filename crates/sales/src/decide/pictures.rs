//! A picture: the piece it shows, what comes near, or what else it is for.

use duka_kernel::ProductId;
use duka_perception::{Intent, Perception, Slots, Wish};
use duka_shop::Service;
use duka_vision::Route;

use super::{booking, inquiries, items, payment, people, reading, speaking, text};
use crate::{
    desk::Desk,
    dialogue::LastSearch,
    model::Shows,
    say::{Because, Say},
    tools::{SearchSimilarProducts, Sight, picture_kinds, search_similar_products},
    words::has_any,
};

/// Under this a picture is not clearly for anything.
const SURE: f32 = 0.45;

/// Under this what a model says of its kind counts more.
const UNSURE: f32 = 0.7;

/// The most pictures of what comes near.
const NEAREST: usize = 4;

/// Services that make clothes, in their names and descriptions.
const MAKES: &[&str] = &["tailor", "tailoring", "custom", "sew", "sewing", "stitching", "made-to-measure", "fundi"];

/// A question whether something can be made of this.
const ASKS_TO_MAKE: &[&str] = &[
    "make",
    "sew",
    "stitch",
    "tailor",
    "custom",
    "design",
    "shona",
    "mnashona",
    "kushona",
    "shonea",
    "shonewa",
    "nishonee",
    "mnatengeneza",
    "tengeneza",
    "tengenezea",
];

/// Serves a picture with what its words say. There is nothing of it if it could not be looked at.
pub(super) fn picture(desk: &mut Desk<'_>, caption: Option<&Perception>, sight: Option<Sight<'_>>) {
    let Some(sight) = sight else { return by_words(desk, caption) };
    let (route, sure) = sight.seen.route();
    match (route, sight.described.map(|described| described.kind)) {
        _ if sure < SURE && caption.is_some_and(reading::describes) => by_words(desk, caption),
        // Where the looks say hardly anything, it is what a model calls it; what is a payment, the looks alone say.
        (Route::Fabric | Route::Other, Some(Shows::Product)) if sure < UNSURE && !awaits_money(desk) => {
            product(desk, caption, sight);
        }
        (Route::Product, Some(Shows::Fabric)) if sure < UNSURE => fabric(desk, caption, sight),
        (route, _) => by_looks(desk, caption, route, sight),
    }
}

fn by_looks(desk: &mut Desk<'_>, caption: Option<&Perception>, route: Route, sight: Sight<'_>) {
    match route {
        Route::Product => product(desk, caption, sight),
        Route::Fabric => fabric(desk, caption, sight),
        Route::Payment => proof(desk, caption),
        // A screenshot while money is awaited is most likely of that.
        Route::Other if awaits_money(desk) && caption.is_none_or(says_nothing_else) => proof(desk, caption),
        Route::Other => by_words(desk, caption),
    }
}

/// Nothing could be made of the picture: its words are taken alone, or what it shows is asked.
fn by_words(desk: &mut Desk<'_>, caption: Option<&Perception>) {
    match caption.filter(|caption| reading::describes(caption)) {
        Some(caption) => text(desk, caption, None),
        None => {
            desk.say(Say::PictureKept);
            desk.quiet = true;
        }
    }
}

fn product(desk: &mut Desk<'_>, caption: Option<&Perception>, sight: Sight<'_>) {
    let nothing = Slots::default();
    let own = caption.filter(|caption| is_about_it(caption));
    let slots = own.map_or(&nothing, |caption| &caption.slots);
    let found = search_similar_products(desk, &SearchSimilarProducts { sight, slots, limit: NEAREST });
    if let Some(caption) = caption {
        speaking::note_language(desk, caption);
    }
    if let Some(same) = found.same {
        return have_it(desk, same, caption);
    }
    if found.similar.is_empty() {
        return by_words(desk, caption);
    }
    show(desk, Because::Picture, &found.similar, slots, sight);
    if let Some(other) = caption.filter(|caption| !is_about_it(caption) && reading::describes(caption)) {
        text(desk, other, None);
    }
}

/// The shop has the very piece: what was asked about it, or what it costs and in which sizes it is there.
fn have_it(desk: &mut Desk<'_>, product: ProductId, caption: Option<&Perception>) {
    match caption {
        Some(caption) if !is_about_it(caption) && reading::describes(caption) => {
            desk.dialogue.focus = Some(product);
            text(desk, caption, Some(product));
        }
        Some(caption) if !caption.slots.colour.is_empty() => {
            // "This but in black?"
            let wish = Wish {
                intent: Intent::Availability,
                confidence: caption.confidence,
                slots: Slots { product: Vec::new(), ..caption.slots.clone() },
                text: said(caption).to_owned(),
            };
            inquiries::availability(desk, &wish, Some(product));
        }
        Some(caption) => inquiries::say_stock(desk, product, &caption.slots),
        None => inquiries::say_stock(desk, product, &Slots::default()),
    }
}

/// Cloth, or a print: who makes something of it, and what there is in it.
fn fabric(desk: &mut Desk<'_>, caption: Option<&Perception>, sight: Sight<'_>) {
    if let Some(caption) = caption {
        speaking::note_language(desk, caption);
    }
    let wants_it_made = caption.is_some_and(|caption| caption.wishes.iter().any(|w| has_any(&w.text, ASKS_TO_MAKE)));
    let tailoring = desk.recall.services.iter().find(|service| makes(service)).map(|service| service.id);
    if wants_it_made && tailoring.is_none() {
        return people::made_to_order(desk);
    }
    if let Some(service) = tailoring {
        desk.say(Say::FabricSeen);
        return booking::describe(desk, &[service]);
    }
    let nothing = Slots::default();
    let slots = caption.filter(|caption| is_about_it(caption)).map_or(&nothing, |caption| &caption.slots);
    let found = search_similar_products(desk, &SearchSimilarProducts { sight, slots, limit: NEAREST });
    let near: Vec<ProductId> = found.same.into_iter().chain(found.similar).take(NEAREST).collect();
    if near.is_empty() {
        return by_words(desk, caption);
    }
    show(desk, Because::Fabric, &near, slots, sight);
}

pub(super) fn makes(service: &Service) -> bool {
    has_any(&service.name, MAKES) || has_any(&service.description, MAKES)
}

/// A slip or a screenshot of a payment is a claim like any other: it is checked, and counts for nothing by itself.
fn proof(desk: &mut Desk<'_>, caption: Option<&Perception>) {
    if let Some(caption) = caption {
        speaking::note_language(desk, caption);
    }
    let receipt = caption.and_then(|caption| caption.slots.receipt.clone());
    let claims = receipt.is_some() || caption.is_some_and(|caption| caption.intent == Intent::PaymentClaim);
    if payment::current(desk).is_none() && !claims {
        // A slip, or a page of anything: what it is about is asked.
        desk.say(Say::PictureKept);
        desk.quiet = true;
        return;
    }
    if payment::current(desk).is_none() && receipt.is_none() {
        return payment::claim_without_order(desk);
    }
    payment::claim_of(desk, receipt, caption.map_or("sent a picture of a payment", said));
}

fn said(caption: &Perception) -> &str {
    caption.wishes.first().map_or("", |wish| wish.text.as_str())
}

fn awaits_money(desk: &Desk<'_>) -> bool {
    payment::current(desk).is_some_and(|order| order.state.awaits_payment())
}

/// Whether the words under a screenshot ask for nothing that is not about the money.
fn says_nothing_else(caption: &Perception) -> bool {
    use Intent::{
        Affirm, Greeting, ImageSearchCaption, PaymentClaim, PaymentProblem, RepeatUnclear, SmalltalkOfftopic,
    };
    matches!(
        caption.intent,
        Affirm | Greeting | ImageSearchCaption | PaymentClaim | PaymentProblem | RepeatUnclear | SmalltalkOfftopic
    ) && caption.slots.product.is_empty()
}

/// Whether the words under a picture ask for what it shows: *do you have this?*, *una hii size M?*
fn is_about_it(caption: &Perception) -> bool {
    use Intent::{Availability, Greeting, ImageSearchCaption, ProductSearch, RepeatUnclear, SmalltalkOfftopic};
    // "Give me this in M" takes it.
    let takes = !caption.slots.size.is_empty() && items::wants(said(caption)) && !said(caption).contains('?');
    let takes = takes && matches!(caption.intent, Availability | ImageSearchCaption | ProductSearch);
    !takes
        && matches!(
            caption.intent,
            Availability | Greeting | ImageSearchCaption | ProductSearch | RepeatUnclear | SmalltalkOfftopic
        )
}

/// Shows what comes near, and looks on from there when more is asked for.
fn show(desk: &mut Desk<'_>, because: Because, products: &[ProductId], slots: &Slots, sight: Sight<'_>) {
    let of_picture = || picture_kinds(desk, sight);
    let kinds = if slots.product.is_empty() { of_picture() } else { slots.product.clone() };
    let money = |amount: i64| duka_kernel::Money::from_major(amount, desk.recall.shop.currency);
    let price_max = slots.price_max.map(money);
    desk.dialogue.search = Some(LastSearch {
        text: kinds.join(" "),
        product: kinds,
        colours: slots.colour.clone(),
        sizes: slots.size.clone(),
        price_max,
        price_min: slots.price_min.map(money),
        seen: products.to_vec(),
        ..LastSearch::default()
    });
    desk.show(because, products, price_max);
}
