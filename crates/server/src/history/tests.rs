#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use duka_kernel::{ChannelId, Colour, Currency, Money, ProductId, Size, Timestamp, VariantId};
use duka_shop::{Product, Variant};
use duka_store::history::Past;
use jiff::tz::TimeZone;

use super::{DEMO, calendar::Calendar, episode::Maker};

const NOW: Timestamp = Timestamp(1_772_600_000_000);

fn product(n: u128) -> Product {
    let price = Money::from_major(2_800, Currency::Kes);
    Product {
        id: ProductId(uuid::Uuid::from_u128(n)),
        sku: format!("ZC-{n}"),
        name: "Pendo Blue Wrap Dress".into(),
        description: String::new(),
        category: "dress".into(),
        price,
        compare_at: None,
        tags: vec![],
        attributes: BTreeMap::new(),
        colours: vec![Colour::Blue],
        image: None,
        variants: vec![Variant {
            id: VariantId(uuid::Uuid::from_u128(n)),
            size: Size::parse("M"),
            colour: None,
            price,
        }],
    }
}

fn past() -> Past {
    let calendar = Calendar::new(DEMO.days, NOW, TimeZone::get("Africa/Nairobi").unwrap());
    let products = (1..9).map(product).collect();
    Maker::new(DEMO, calendar, products, ChannelId::NIL, NOW).next(usize::MAX).unwrap()
}

#[test]
fn the_same_past_is_made_up_every_time_and_none_of_it_is_still_to_come() {
    let (one, other) = (past(), past());
    assert_eq!(one.orders, other.orders);
    assert_eq!(one.orders.len(), DEMO.orders);
    assert!(one.messages.len() >= DEMO.messages && one.messages.len() < DEMO.messages + 20);
    assert!(one.messages.iter().all(|message| message.at < NOW && !message.text.contains('{')));
    assert!(one.events.iter().all(|event| event.at <= NOW));
    let back = one.orders.len().saturating_sub(one.people.len());
    assert!(back > 100, "several customers come back");
}

#[test]
fn pieces_that_came_and_went_leave_the_stock_as_it_is_and_it_is_never_below_nothing() {
    let past = past();
    let mut moves: BTreeMap<VariantId, Vec<(Timestamp, i64, i64)>> = BTreeMap::new();
    for (variant, on_hand, reserved, _, _, at) in &past.movements {
        moves.entry(*variant).or_default().push((*at, *on_hand, *reserved));
    }
    for (variant, mut moves) in moves {
        moves.sort();
        let (mut there, mut held) = (0, 0);
        for (at, on_hand, reserved) in moves {
            (there, held) = (there + on_hand, held + reserved);
            assert!(there >= 0 && held >= 0, "{variant} at {at:?}");
        }
        assert_eq!((there, held), (0, 0), "{variant}");
    }
}

#[test]
fn evenings_and_paydays_are_busy_and_numbers_are_given_once() {
    let past = past();
    let zone = TimeZone::get("Africa/Nairobi").unwrap();
    let at = |hours: std::ops::Range<i8>| {
        past.messages.iter().filter(|message| hours.contains(&message.at.in_zone(&zone).hour())).count()
    };
    assert!(at(18..22) > 3 * at(6..10), "{} {}", at(18..22), at(6..10));
    let numbers: std::collections::BTreeSet<&str> =
        past.orders.iter().map(|(order, _, _)| order.number.as_str()).collect();
    assert_eq!(numbers.len(), past.orders.len());
    let paid = past.orders.iter().filter(|(order, _, _)| order.paid_at.is_some()).count();
    assert!(paid * 10 > past.orders.len() * 7);
}
