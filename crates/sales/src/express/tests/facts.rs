//! A shop, its goods and a customer's cart to speak about.

use duka_kernel::{Colour, Currency, Money, PhoneNumber, ProductId, ServiceId, Size, Timestamp, VariantId};
use duka_shop::{
    CartLine, Service, ShopProfile, delivery,
    pricing::{Applied, Quote},
    profile::{Coupon, Delivery, EmojiUse, OpenHours, Personality, Reduction, Tier, Tone, Wholesale, Zone},
};
use jiff::{civil, tz::TimeZone};

use crate::say::Card;

pub(crate) fn kes(amount: i64) -> Money {
    Money::from_major(amount, Currency::Kes)
}

fn sizes(names: &[&str]) -> Vec<Size> {
    names.iter().map(|name| Size::parse(name)).collect()
}

pub(crate) fn phone() -> PhoneNumber {
    PhoneNumber::parse("0712345678").expect("a number")
}

pub(crate) fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::Offset::constant(3))
}

/// Wednesday 4 March 2026, ten in the morning in Nairobi.
pub(crate) fn now() -> Timestamp {
    Timestamp(1_772_607_600_000)
}

pub(crate) fn at(day: i8, hour: i8) -> jiff::Zoned {
    civil::date(2026, 3, day).at(hour, 0, 0, 0).to_zoned(zone()).expect("a moment")
}

pub(crate) fn card(name: &str, price: i64, sizes_: &[&str]) -> Card {
    Card {
        product: ProductId(uuid(name)),
        sku: format!("MB-{}", name.len()),
        name: name.to_owned(),
        price: kes(price),
        price_to: None,
        was: None,
        colours: vec![Colour::Red],
        sizes: sizes(sizes_),
        image: Some(format!("{}.jpg", name.len())),
        usual_size: None,
    }
}

pub(crate) fn uuid<T: serde::de::DeserializeOwned>(_: &str) -> T {
    serde_json::from_str("\"0195a0c0-0000-7000-8000-000000000001\"").expect("an id")
}

pub(crate) fn wrap() -> Card {
    Card { usual_size: Some(Size::parse("M")), ..card("Zawadi Red Wrap Dress", 2_800, &["S", "M", "L"]) }
}

pub(crate) fn three() -> Vec<Card> {
    let scarf = card("Pwani Silk Scarf", 900, &["ONE"]);
    let suit = Card { price_to: Some(kes(7_200)), ..card("Savannah Linen Trouser Suit", 6_500, &["38", "40"]) };
    vec![wrap(), scarf, suit]
}

pub(crate) fn line(name: &str, size: &str, quantity: u32, price: i64) -> CartLine {
    CartLine {
        variant: VariantId(uuid(name)),
        product: ProductId(uuid(name)),
        sku: format!("MB-{}", name.len()),
        name: name.to_owned(),
        size: Size::parse(size),
        colour: (size == "M").then_some(Colour::Red),
        quantity,
        unit_price: kes(price),
    }
}

pub(crate) fn lines() -> Vec<CartLine> {
    vec![line("Zawadi Red Wrap Dress", "M", 2, 2_800), line("Pwani Silk Scarf", "ONE", 1, 900)]
}

pub(crate) fn quote() -> Quote {
    Quote {
        pieces: 3,
        subtotal: kes(6_500),
        discount: kes(650),
        reduction: Applied::Coupon { code: "KARIBU10".into() },
        delivery_fee: Some(kes(300)),
        total: kes(6_150),
        wholesale: false,
    }
}

pub(crate) fn bulk() -> Quote {
    Quote {
        pieces: 20,
        subtotal: kes(56_000),
        discount: kes(8_400),
        reduction: Applied::Wholesale { percent: 15 },
        delivery_fee: None,
        total: kes(47_600),
        wholesale: true,
    }
}

pub(crate) fn kasarani() -> delivery::Choice {
    delivery::Choice {
        address: "Kasarani, Seasons, gate B".into(),
        zone: Some("nairobi".into()),
        fee: kes(300),
        pickup: false,
        eta: Some("next day".into()),
    }
}

pub(crate) fn collected() -> delivery::Choice {
    delivery::Choice { address: delivery::PICKUP.into(), zone: None, fee: kes(0), pickup: true, eta: None }
}

pub(crate) fn coupons() -> Vec<Coupon> {
    let coupon = |code: &str, reduction, min| Coupon {
        code: code.into(),
        reduction,
        min_subtotal: kes(min),
        starts: None,
        expires: Some(civil::date(2026, 12, 31)),
        max_uses: None,
        max_uses_per_customer: None,
        customers: Vec::new(),
        members: None,
    };
    vec![coupon("KARIBU10", Reduction::Percent(10), 2_000), coupon("MALKIA500", Reduction::Fixed(kes(500)), 0)]
}

pub(crate) fn bulk_prices() -> Wholesale {
    Wholesale {
        min_pieces: 10,
        tiers: vec![Tier { min: 10, percent: 15 }, Tier { min: 50, percent: 25 }],
        note: Some("15% off from 10 pieces".into()),
    }
}

pub(crate) fn day(open: i8, close: i8) -> OpenHours {
    OpenHours { open: civil::time(open, 0, 0, 0), close: civil::time(close, 0, 0, 0) }
}

pub(crate) fn service() -> Service {
    Service {
        id: ServiceId(uuid("service")),
        code: "SV-02".into(),
        name: "Alteration Fitting".into(),
        description: "Hemming, taking in or letting out.".into(),
        duration_min: 30,
        price: kes(800),
        days: [true, true, true, true, true, true, false],
        open: civil::time(9, 0, 0, 0),
        close: civil::time(17, 0, 0, 0),
        terms: duka_shop::booking::Terms::default(),
    }
}

pub(crate) fn shop(tone: Tone, emoji: EmojiUse) -> ShopProfile {
    ShopProfile {
        hours: [Some(day(9, 19)); 7],
        location: Some("Jamhuri Arcade, 2nd floor, shop B14, Moi Avenue".into()),
        payment_methods: vec!["M-Pesa STK push".into()],
        delivery: Delivery { zones: zones(), pickup: true },
        coupons: coupons(),
        wholesale: Some(bulk_prices()),
        personality: Personality { name: None, tone, emoji },
        ..duka_shop::file::new_profile("malkia", "Malkia Boutique", Currency::Kes)
    }
}

pub(crate) fn zones() -> Vec<Zone> {
    let zone = |name: &str, fee, areas: &[&str], eta: &str| Zone {
        name: name.into(),
        fee: kes(fee),
        areas: areas.iter().map(|a| (*a).to_owned()).collect(),
        eta: Some(eta.into()),
    };
    vec![
        zone("cbd", 150, &["CBD", "Town", "Ngara"], "same day"),
        zone("nairobi", 300, &["Westlands", "Kilimani", "Karen", "Umoja", "Kasarani", "Ruaka", "Rongai"], "next day"),
        zone("upcountry", 450, &[], "1-3 days by courier"),
    ]
}
