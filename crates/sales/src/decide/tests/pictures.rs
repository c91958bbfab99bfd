//! What a picture makes happen. The pictures are those the looking itself is tested with.

use std::sync::Arc;

use duka_kernel::Colour;
use duka_shop::search::Looks;
use duka_vision::{ImageFeatures, Picture, analyse};
use serde_json::json;

use super::world::{World, names, perception, plain, wish};
use crate::{
    Heard, Say,
    effect::{Effect, HandOffReason, OwnerNews},
    model::{Description, Shows},
    say::Because,
};

fn seen(file: &str) -> Arc<ImageFeatures> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../vision/tests").join(file);
    Arc::new(analyse(&Picture::decode(&std::fs::read(path).expect("it is there")).expect("it is a picture")))
}

/// The red dress is photographed as the maroon one, the bag as the skirt, the scarf as the hat of the sample.
fn world() -> World {
    let w = World::new();
    let of = |sku: &str, file: &str| (w.id(sku), (*seen(file)).clone());
    let looks = vec![
        of("D1", "photos/dg058.jpg"),
        of("D4", "photos/dg038.jpg"),
        of("B1", "photos/dg041.jpg"),
        of("A1", "photos/dg046.jpg"),
    ];
    w.catalogue.keep_looks(Looks::new(looks));
    w
}

fn picture(file: &str, caption: Option<duka_perception::Perception>) -> Heard {
    Heard::Picture { caption, seen: Some(seen(file)), described: None, placed: None }
}

#[test]
fn a_piece_of_the_shop_is_recognised_with_its_price_and_sizes() {
    let mut w = world();
    let says = w.hear(&[picture("photos/dg058__crop.jpg", None)]);
    let Some(Say::InStock { card, size: None }) = says.last() else { panic!("{says:?}") };
    assert_eq!((card.sku.as_str(), card.price), ("D1", super::world::kes(2_800)));
    let says = w.say("add_to_cart", "I'll take it in M", json!({"size": ["M"]}));
    assert_eq!(w.cart(), ["D1/M×1"], "{says:?}");
}

#[test]
fn the_caption_is_answered_about_the_piece() {
    let mut w = world();
    let caption = perception(&[wish("image_search_caption", "una hii size M?", json!({"size": ["M"]}))]);
    let says = w.hear(&[picture("photos/dg058__crop.jpg", Some(caption))]);
    assert!(
        matches!(says.last(), Some(Say::InStock { card, size: Some(size) }) if card.sku == "D1" && size.as_str() == "M"),
        "{says:?}"
    );
    let mut w = world();
    let caption = perception(&[wish("add_to_cart", "add this, M", json!({"size": ["M"]}))]);
    w.hear(&[picture("photos/dg058__crop.jpg", Some(caption))]);
    assert_eq!(w.cart(), ["D1/M×1"]);
}

#[test]
fn what_the_shop_does_not_have_shows_the_nearest_and_says_so() {
    let mut w = world();
    let says = w.hear(&[picture("photos/dg013.jpg", None)]);
    let Some(Say::Products { because: Because::Picture, cards, .. }) = says.last() else { panic!("{says:?}") };
    assert!(cards.len() >= 3 && cards.iter().all(|card| !card.sizes.is_empty()), "{cards:?}");
    assert!(cards.iter().all(|card| card.sku != "D4"), "what is sold out is not offered");
}

#[test]
fn the_words_narrow_what_is_shown() {
    let mut w = world();
    let caption = perception(&[wish("image_search_caption", "kama hii under 1000", json!({"price_max": 1000}))]);
    let says = w.hear(&[picture("photos/dg013.jpg", Some(caption))]);
    let Some(Say::Products { because: Because::Picture, cards, .. }) = says.last() else { panic!("{says:?}") };
    assert_eq!(cards.iter().map(|card| card.sku.as_str()).collect::<Vec<_>>(), ["A1"]);
}

#[test]
fn cloth_is_for_the_tailor_if_there_is_one_and_for_a_person_if_it_is_to_be_made() {
    let mut w = world();
    let says = w.hear(&[picture("routing/fabric-06.jpg", None)]);
    assert!(matches!(says.last(), Some(Say::Products { because: Because::Fabric, .. })), "{says:?}");
    let caption = perception(&[plain("service_inquiry", "can you make a dress from this?")]);
    w.services.clear();
    w.hear(&[picture("routing/fabric-06.jpg", Some(caption.clone()))]);
    let handed = |effect: &Effect| matches!(effect, Effect::HandOff { reason: HandOffReason::NeedsPerson, .. });
    assert!(w.effects().iter().any(handed), "{:?}", w.effects());

    let mut w = World::new();
    w.services.push(super::booking::service("KT", "Kitenge Tailoring", None, 45, 1_000));
    let says = w.hear(&[picture("routing/fabric-06.jpg", Some(caption))]);
    assert!(says.iter().any(|say| matches!(say, Say::FabricSeen)), "{says:?}");
    assert!(
        says.iter().any(|say| matches!(say, Say::ServiceDetails { service } if service.name == "Kitenge Tailoring"))
    );
}

#[test]
fn a_picture_of_a_payment_is_a_claim_and_nothing_is_paid_by_it() {
    let mut w = world();
    let says = w.hear(&[picture("routing/payment-02.jpg", None)]);
    assert_eq!(names(&says).last().map(String::as_str), Some("picture_kept"), "nothing is owed: {says:?}");
    w.show(&["B1"]);
    w.say("add_to_cart", "add it", json!({}));
    w.say("checkout", "checkout to Karen", json!({"address": "Karen"}));
    w.say("affirm", "yes", json!({}));
    let before: Vec<_> = w.orders.iter().map(|order| order.state).collect();
    assert_eq!(before.len(), 1);
    let says = w.hear(&[picture("routing/payment-02.jpg", None)]);
    assert!(matches!(says.last(), Some(Say::ClaimChecked { .. })), "{says:?}");
    let told = |effect: &Effect| matches!(effect, Effect::TellOwner(OwnerNews::PaymentClaimed { receipt: None, .. }));
    assert!(w.effects().iter().any(told));
    assert_eq!(w.orders.iter().map(|order| order.state).collect::<Vec<_>>(), before);
}

#[test]
fn what_cannot_be_made_out_is_asked_about_or_looked_for_by_its_words() {
    let mut w = world();
    let says = w.hear(&[picture("routing/other-04.jpg", None)]);
    assert_eq!(names(&says).last().map(String::as_str), Some("picture_kept"), "{says:?}");
    let caption =
        perception(&[wish("product_search", "blue floral dress", json!({"product": ["dress"], "colour": ["blue"]}))]);
    let says = w.hear(&[Heard::Picture { caption: Some(caption), seen: None, described: None, placed: None }]);
    assert!(matches!(says.last(), Some(Say::Products { because: Because::Asked, .. })), "{says:?}");
}

/// A picture with what a model says of it.
fn described(file: &str, kind: Shows, garment: &str, colours: &[Colour]) -> Heard {
    let described = Description {
        kind,
        garment: Some(garment.into()),
        colours: colours.to_vec(),
        text: Some("90% OFF TODAY".into()),
        ..Description::default()
    };
    Heard::Picture { caption: None, seen: Some(seen(file)), described: Some(Arc::new(described)), placed: None }
}

fn shown(says: &[Say]) -> Vec<String> {
    let Some(Say::Products { cards, .. }) = says.last() else { panic!("{says:?}") };
    cards.iter().map(|card| card.sku.clone()).collect()
}

#[test]
fn what_a_model_calls_it_comes_first_if_the_shop_has_it() {
    for (garment, first) in [("tote bag", "B1"), ("wrap dress", "D1"), ("head scarf", "A1")] {
        let mut w = world();
        let says = w.hear(&[described("photos/dg013.jpg", Shows::Product, garment, &[])]);
        assert_eq!(shown(&says)[0], first, "{garment}: {says:?}");
        let more = w.dialogue.search.as_ref().expect("a search that goes on");
        assert!(!more.product.is_empty());
    }
    let mut w = world();
    let plain = shown(&w.hear(&[picture("photos/dg013.jpg", None)]));
    let mut w = world();
    let says = w.hear(&[described("photos/dg013.jpg", Shows::Product, "space suit", &[])]);
    assert_eq!(shown(&says), plain, "what the shop does not have changes nothing, and is not spoken of");
    assert!(!format!("{says:?}").contains("space suit") && !format!("{says:?}").contains("90%"));
}

#[test]
fn the_kind_that_a_picture_looks_like_is_that_of_the_shops_own_list() {
    let mut w = World::new();
    let boots = seen("photos/dg055.jpg");
    assert!(boots.category().0 == "shoes" && boots.category().1 >= 0.45, "{:?}", boots.category());
    let photos = ["photos/dg009.jpg", "photos/dg044.jpg", "photos/dg003.jpg"].map(seen);
    // Whatever looks least like boots is what the shop lists as shoes.
    let ids = ["B1", "A1", "S1"].map(|sku| w.id(sku));
    let looks: Vec<_> = ids.iter().zip(&photos).map(|(id, photo)| (*id, (**photo).clone())).collect();
    let order = Looks::new(looks).alike(&boots);
    let place = |at: usize| ids.iter().position(|id| *id == order[at].product).expect("one of the three");
    let photo = |at: usize| (*photos[place(at)]).clone();
    let listed = vec![(w.id("B1"), photo(0)), (w.id("A1"), photo(1)), (w.id("S1"), photo(2))];
    w.catalogue.keep_looks(Looks::new(listed));
    let says = w.hear(&[picture("photos/dg055.jpg", None)]);
    assert_eq!(shown(&says), ["S1", "B1", "A1"]);
}

#[test]
fn a_payment_is_one_by_its_looks_alone() {
    let mut w = world();
    w.show(&["B1"]);
    w.say("add_to_cart", "add it", json!({}));
    w.say("checkout", "checkout to Karen", json!({"address": "Karen"}));
    w.say("affirm", "yes", json!({}));
    let says = w.hear(&[described("photos/dg013.jpg", Shows::Payment, "receipt", &[])]);
    assert!(!says.iter().any(|say| matches!(say, Say::ClaimChecked { .. })), "{says:?}");
    let says = w.hear(&[described("routing/payment-02.jpg", Shows::Product, "dress", &[Colour::Red])]);
    assert!(matches!(says.last(), Some(Say::ClaimChecked { .. })), "{says:?}");
}
