//! What the shop itself has written down, and prices that are lower for a time or for some.

use duka_shop::{
    about::{About, Phrase},
    profile::{Coupon, Faq, Holiday, Reduction},
    promotion::{Cut, Loyalty, Members, Promotion},
};
use jiff::civil::date;

use super::world::{World, kes, names};
use crate::{Effect, Say, say::AboutPart};

fn promotion(cut: Cut) -> Promotion {
    Promotion {
        name: "March dresses".into(),
        cut,
        products: Vec::new(),
        categories: vec!["dress".into()],
        from: None,
        until: None,
        members: None,
    }
}

fn answer(says: &[Say]) -> Option<&str> {
    says.iter().find_map(|say| if let Say::Faq { answer, .. } = say { Some(answer.as_str()) } else { None })
}

#[test]
fn a_set_phrase_gets_its_answer_and_nothing_else() {
    let mut w = World::new();
    w.shop.phrases = vec![Phrase { says: vec!["Tausi oyee".into()], response: "Oyee, karibu!".into() }];
    w.dialogue.introduced = true;
    let says = w.text("TAUSI oyee!!");
    assert_eq!(says, [Say::Faq { answer: "Oyee, karibu!".into(), then: false }]);
    assert!(w.effects().iter().all(|effect| matches!(effect, Effect::Customer(_))));
}

#[test]
fn a_set_phrase_never_stands_before_the_cart_or_the_answer_to_a_question() {
    let mut w = World::new();
    let phrase = |says: &str| Phrase { says: vec![says.into()], response: "No, no.".into() };
    w.shop.phrases = vec![phrase("checkout"), phrase("yes"), phrase("add D1 size M")];
    let says = w.say(
        "add_to_cart",
        "add D1 size M",
        serde_json::json!({"product": ["dress"], "size": ["M"], "colour": ["red"]}),
    );
    assert_eq!(answer(&says), None, "{says:?}");
    w.say("checkout", "checkout", serde_json::json!({}));
    w.say("give_address", "Karen", serde_json::json!({"address": "Karen"}));
    let says = w.say("affirm", "yes", serde_json::json!({}));
    assert_eq!(answer(&says), None, "{says:?}");
    assert_eq!(w.orders.len(), 1);
}

#[test]
fn an_intent_is_switched_off_for_one_shop_only() {
    let mut w = World::new();
    let book = |w: &mut World| names(&w.say("book_appointment", "nataka kubook", serde_json::json!({})));
    assert!(!book(&mut w).contains(&"not_offered".to_owned()));
    let mut other = World::new();
    other.shop.disabled_intents = vec!["book_appointment".into()];
    let says = book(&mut other);
    assert!(says.contains(&"not_offered".to_owned()), "{says:?}");
    assert!(other.effects().iter().all(|effect| matches!(effect, Effect::Customer(_))));
    assert_eq!(other.dialogue.misunderstood, 0);
}

#[test]
fn a_known_question_goes_before_the_goods_it_names_unless_it_is_switched_off() {
    let mut w = World::new();
    let faq = |active| Faq { q: "Can you customise a dress for me?".into(), a: "Yes, in 5 days.".into(), active };
    w.shop.faqs = vec![faq(true)];
    let ask = |w: &mut World| {
        w.say("product_search", "can you customise a dress?", serde_json::json!({"product": ["dress"]}))
    };
    assert_eq!(answer(&ask(&mut w)), Some("Yes, in 5 days."));
    w.shop.faqs = vec![faq(false)];
    assert_eq!(answer(&ask(&mut w)), None);
}

#[test]
fn the_shop_tells_of_itself_in_its_own_words() {
    let mut w = World::new();
    w.shop.about =
        About { brief: Some("A family shop.".into()), mission: Some("Good clothes.".into()), ..About::default() };
    for text in ["tell me about your shop", "niambieni kuhusu duka lenu", "nyinyi ni nani?"] {
        let says = w.text(text);
        let told = says.iter().any(|say| matches!(say, Say::AboutShop { about, part: None } if *about == w.shop.about));
        assert!(told, "{text}: {says:?}");
    }
    let says = w.text("what is your mission?");
    assert!(says.iter().any(|say| matches!(say, Say::AboutShop { part: Some(AboutPart::Mission), .. })), "{says:?}");
}

#[test]
fn the_hours_of_a_named_day_are_those_of_that_day() {
    let mut w = World::new();
    w.shop.hours[6] = None;
    w.shop.holidays = vec![Holiday { date: date(2026, 4, 3), name: "Good Friday".into(), hours: None }];
    let mut on = |text: &str| match w.text(text).into_iter().find(|say| matches!(say, Say::HoursOn { .. })) {
        Some(Say::HoursOn { date, hours, holiday }) => (date, hours.is_some(), holiday),
        _ => panic!("{text}"),
    };
    assert_eq!(on("mko open kesho?"), (date(2026, 3, 5), true, None));
    assert_eq!(on("mnafungua Jumapili?"), (date(2026, 3, 8), false, None));
    assert_eq!(on("are you open on 3 April?"), (date(2026, 4, 3), false, Some("Good Friday".into())));
}

#[test]
fn a_promoted_price_is_what_is_shown_and_what_is_charged_until_it_ends() {
    let mut w = World::new();
    let list = w.catalogue.by_sku("D1").expect("a dress").price;
    let ends = date(2026, 3, 4).at(12, 0, 0, 0);
    w.shop.promotions = vec![Promotion { until: Some(ends), ..promotion(Cut::Percent(20)) }];
    let says =
        w.say("price_inquiry", "how much is the D1?", serde_json::json!({"product": ["dress"], "colour": ["red"]}));
    let card = says
        .iter()
        .find_map(|say| match say {
            Say::Price { cards } | Say::Products { cards, .. } => cards.iter().find(|card| card.sku == "D1"),
            _ => None,
        })
        .expect("its card");
    let reduced = kes(list.minor / 100 * 8 / 10);
    assert_eq!((card.price, card.was), (reduced, Some(list)));
    w.say("add_to_cart", "add it, size M", serde_json::json!({"product": ["dress"], "colour": ["red"], "size": ["M"]}));
    assert_eq!(w.dialogue.cart.lines[0].unit_price, reduced);
    w.now = w.now.plus_minutes(3 * 60);
    let says = w.say("view_cart", "cart", serde_json::json!({}));
    assert_eq!(w.dialogue.cart.lines[0].unit_price, list);
    let Some(Say::CartChanged { repriced, .. }) = says.first() else { panic!("{says:?}") };
    assert_eq!((repriced[0].0.unit_price, repriced[0].1), (list, reduced), "the new price, and the old one");
}

#[test]
fn a_deal_for_loyal_customers_is_seen_and_paid_by_them_alone() {
    let members = || Some(Members { min_orders: Some(3), ..Members::default() });
    let deals = |orders: u32| {
        let mut w = World::new();
        w.shop.promotions = vec![Promotion { members: members(), ..promotion(Cut::Price(kes(1_000))) }];
        let base = w.shop.coupons[0].clone();
        w.shop.coupons = vec![Coupon {
            code: "LOYAL".into(),
            reduction: Reduction::Percent(15),
            min_subtotal: kes(0),
            members: members(),
            ..base
        }];
        w.customer.loyalty = Loyalty { orders, ..Loyalty::default() };
        let says = w.say("discount_coupon", "any offers?", serde_json::json!({}));
        let seen = says.iter().any(|say| matches!(say, Say::Coupons { promotions, coupons, .. } if !promotions.is_empty() && !coupons.is_empty()));
        w.say(
            "add_to_cart",
            "the red dress, M",
            serde_json::json!({"product": ["dress"], "colour": ["red"], "size": ["M"]}),
        );
        let says = w.say("discount_coupon", "LOYAL", serde_json::json!({"coupon": "LOYAL"}));
        let used = names(&says).contains(&"coupon_accepted".to_owned());
        (seen, w.dialogue.cart.lines[0].unit_price == kes(1_000), used)
    };
    assert_eq!(deals(2), (false, false, false));
    assert_eq!(deals(3), (true, true, true));
}
