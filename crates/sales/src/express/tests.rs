//! Every thing to say, in every language, voice and mood.

use duka_kernel::{Colour, Currency, Language, Money, PhoneNumber, ProductId, ServiceId, Size, Timestamp, VariantId};
use duka_perception::Mood;
use duka_shop::{
    CartLine, OrderState, PaymentFailure, Service, ShopProfile, delivery, hours,
    pricing::{Applied, CouponRefusal, Quote},
    profile::{
        Coupon, Delivery, EmojiUse, Exchange, OpenHours, Personality, Reduction, Returns, Tier, Tone, Wholesale, Zone,
    },
    search::Dropped,
    sizing::Confidence,
};
use jiff::{civil, tz::TimeZone};

use super::{OwnerSay, Voice, Who, express, owner_message, plain};
use crate::{
    effect::HandOffReason,
    reply::{PartKind, Reply},
    say::{Because, Card, Say},
};

fn kes(amount: i64) -> Money {
    Money::from_major(amount, Currency::Kes)
}

fn sizes(names: &[&str]) -> Vec<Size> {
    names.iter().map(|name| Size::parse(name)).collect()
}

fn phone() -> PhoneNumber {
    PhoneNumber::parse("0712345678").expect("a number")
}

fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::Offset::constant(3))
}

/// Wednesday 4 March 2026, ten in the morning in Nairobi.
fn now() -> Timestamp {
    Timestamp(1_772_607_600_000)
}

fn at(day: i8, hour: i8) -> jiff::Zoned {
    civil::date(2026, 3, day).at(hour, 0, 0, 0).to_zoned(zone()).expect("a moment")
}

fn card(name: &str, price: i64, sizes_: &[&str]) -> Card {
    Card {
        product: ProductId(uuid(name)),
        sku: format!("MB-{}", name.len()),
        name: name.to_owned(),
        price: kes(price),
        price_to: None,
        colours: vec![Colour::Red],
        sizes: sizes(sizes_),
        image: Some(format!("{}.jpg", name.len())),
        usual_size: None,
    }
}

fn uuid<T: serde::de::DeserializeOwned>(_: &str) -> T {
    serde_json::from_str("\"0195a0c0-0000-7000-8000-000000000001\"").expect("an id")
}

fn wrap() -> Card {
    Card { usual_size: Some(Size::parse("M")), ..card("Zawadi Red Wrap Dress", 2_800, &["S", "M", "L"]) }
}

fn three() -> Vec<Card> {
    let scarf = card("Pwani Silk Scarf", 900, &["ONE"]);
    let suit = Card { price_to: Some(kes(7_200)), ..card("Savannah Linen Trouser Suit", 6_500, &["38", "40"]) };
    vec![wrap(), scarf, suit]
}

fn line(name: &str, size: &str, quantity: u32, price: i64) -> CartLine {
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

fn lines() -> Vec<CartLine> {
    vec![line("Zawadi Red Wrap Dress", "M", 2, 2_800), line("Pwani Silk Scarf", "ONE", 1, 900)]
}

fn quote() -> Quote {
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

fn bulk() -> Quote {
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

fn kasarani() -> delivery::Choice {
    delivery::Choice {
        address: "Kasarani, Seasons, gate B".into(),
        zone: Some("nairobi".into()),
        fee: kes(300),
        pickup: false,
        eta: Some("next day".into()),
    }
}

fn collected() -> delivery::Choice {
    delivery::Choice { address: delivery::PICKUP.into(), zone: None, fee: kes(0), pickup: true, eta: None }
}

fn coupons() -> Vec<Coupon> {
    let coupon = |code: &str, reduction, min| Coupon {
        code: code.into(),
        reduction,
        min_subtotal: kes(min),
        starts: None,
        expires: Some(civil::date(2026, 12, 31)),
        max_uses: None,
        max_uses_per_customer: None,
        customers: Vec::new(),
    };
    vec![coupon("KARIBU10", Reduction::Percent(10), 2_000), coupon("MALKIA500", Reduction::Fixed(kes(500)), 0)]
}

fn bulk_prices() -> Wholesale {
    Wholesale {
        min_pieces: 10,
        tiers: vec![Tier { min: 10, percent: 15 }, Tier { min: 50, percent: 25 }],
        note: Some("15% off from 10 pieces".into()),
    }
}

fn day(open: i8, close: i8) -> OpenHours {
    OpenHours { open: civil::time(open, 0, 0, 0), close: civil::time(close, 0, 0, 0) }
}

fn service() -> Service {
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
    }
}

fn shop(tone: Tone, emoji: EmojiUse) -> ShopProfile {
    ShopProfile {
        name: "Malkia Boutique".into(),
        slug: "malkia".into(),
        currency: Currency::Kes,
        timezone: "Africa/Nairobi".into(),
        default_language: Language::En,
        whatsapp_number: None,
        owner_phone: None,
        hours: [Some(day(9, 19)); 7],
        holidays: Vec::new(),
        location: Some("Jamhuri Arcade, 2nd floor, shop B14, Moi Avenue".into()),
        payment_methods: vec!["M-Pesa STK push".into()],
        manual_payment: None,
        cash_on_delivery: false,
        delivery: Delivery { zones: zones(), pickup: true },
        coupons: coupons(),
        bargaining: false,
        wholesale: Some(bulk_prices()),
        returns: None,
        exchange: None,
        reservation_minutes: 30,
        personality: Personality { name: None, tone, emoji },
        deposit: None,
        faqs: Vec::new(),
    }
}

fn zones() -> Vec<Zone> {
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

/// Something to say, and what has to be in its words in every language.
type Sample = (Say, &'static [&'static str]);

fn samples() -> Vec<Sample> {
    let mut all = meeting();
    all.extend(finding());
    all.extend(cart());
    all.extend(checkout_and_payment());
    all.extend(orders());
    all.extend(about());
    all
}

fn meeting() -> Vec<Sample> {
    let mut all: Vec<Sample> = vec![
        (Say::Greeting { name: None, first: true, returning: false }, &["Malkia Boutique"]),
        (
            Say::Greeting { name: Some("Achieng".into()), first: true, returning: false },
            &["Malkia Boutique", "Achieng"],
        ),
        (Say::Greeting { name: None, first: false, returning: true }, &["Malkia Boutique"]),
        (Say::Greeting { name: Some("Kamau".into()), first: false, returning: true }, &["Malkia Boutique", "Kamau"]),
        (Say::Introduction, &["Malkia Boutique"]),
        (Say::Thanks, &[]),
        (Say::WhatNext { cart_waiting: false }, &[]),
        (Say::WhatNext { cart_waiting: true }, &[]),
        (Say::Goodbye { cart_waiting: false }, &[]),
        (Say::Goodbye { cart_waiting: true }, &["'cart'"]),
        (Say::OffTopic { angry: false }, &[]),
        (Say::OffTopic { angry: true }, &[]),
        (Say::NotUnderstood { again: false }, &[]),
        (Say::NotUnderstood { again: true }, &[]),
        (Say::Again { text: "1. Zawadi – KES 2,800\n\nWhich one?".into() }, &["1. Zawadi – KES 2,800"]),
        (Say::Abuse, &[]),
        (Say::Injection, &[]),
        (Say::PictureKept, &[]),
        (Say::LanguageChanged { to: Language::Sw }, &["Kiswahili"]),
        (Say::OptedOut, &[]),
        (Say::OptedIn, &[]),
        (Say::Rated { rating: None }, &[]),
        (Say::Faq { answer: "Yes, we gift-wrap for KES 200.".into() }, &["KES 200"]),
        (Say::HandedOff { reason: HandOffReason::Asked, open: true }, &[]),
        (Say::HandedOff { reason: HandOffReason::Complaint, open: false }, &[]),
        (Say::HandedOff { reason: HandOffReason::NotUnderstood, open: true }, &[]),
        (Say::HandedOff { reason: HandOffReason::NeedsPerson, open: false }, &[]),
        (Say::ComplaintTaken { number: None }, &[]),
        (Say::ComplaintTaken { number: Some("DK-7F2K9Q".into()) }, &["DK-7F2K9Q"]),
    ];
    for kind in ["voice", "sticker", "video", "document", "contacts", "empty", "poll"] {
        all.push((Say::Unsupported { kind: kind.into() }, &[]));
    }
    for rating in [1, 3, 5] {
        all.push((Say::Rated { rating: Some(rating) }, &["5"]));
    }
    all
}

fn finding() -> Vec<Sample> {
    let listed: &[&str] =
        &["1. Zawadi Red Wrap Dress – KES 2,800 (S, M, L", "2. Pwani Silk Scarf – KES 900", "KES 7,200"];
    let products = |because, cards, budget| Say::Products { because, cards, budget };
    let name = || "Zawadi Red Wrap Dress".to_owned();
    vec![
        (products(Because::Asked, three(), None), listed),
        (products(Because::Asked, three(), Some(kes(8_000))), &["KES 8,000", "1. Zawadi"]),
        (products(Because::Asked, vec![wrap()], None), &["1. Zawadi Red Wrap Dress – KES 2,800"]),
        (products(Because::Asked, vec![card("Pwani Silk Scarf", 900, &["ONE"])], None), &["KES 900"]),
        (products(Because::Near(vec![Dropped::Colour, Dropped::Price]), three(), None), listed),
        (products(Because::Near(vec![]), three(), None), listed),
        (products(Because::More, three(), None), listed),
        (products(Because::InsteadOf("Malaika White Lace Dress".into()), three(), None), &["Malaika White Lace Dress"]),
        (products(Because::Browse, three(), None), listed),
        (products(Because::Similar, three(), None), listed),
        (Say::NothingFound { asked: "tuxedo".into() }, &["tuxedo"]),
        (Say::NothingFound { asked: String::new() }, &[]),
        (Say::NoMore, &[]),
        (
            Say::Details { card: wrap(), description: "Soft crepe, ties at the waist.".into() },
            &["KES 2,800", "S, M, L", "crepe"],
        ),
        (Say::Price { cards: vec![wrap()] }, &["Zawadi Red Wrap Dress", "KES 2,800"]),
        (Say::Price { cards: vec![card("Malaika", 4_500, &[])] }, &["Malaika", "KES 4,500"]),
        (Say::Price { cards: three() }, listed),
        (
            Say::PriceRange { what: "laptop".into(), from: kes(25_000), to: kes(90_000), count: 6 },
            &["KES 25,000", "KES 90,000", "6"],
        ),
        (Say::PriceRange { what: String::new(), from: kes(900), to: kes(900), count: 2 }, &["KES 900", "2"]),
        (Say::Compare { cards: three() }, &["KES 2,800", "KES 900", "KES 7,200"]),
        (Say::InStock { card: wrap(), size: Some(Size::parse("M")) }, &["Zawadi Red Wrap Dress", "M", "KES 2,800"]),
        (Say::InStock { card: wrap(), size: None }, &["S, M, L", "KES 2,800"]),
        (Say::InStock { card: three()[1].clone(), size: Some(Size::one()) }, &["Pwani Silk Scarf", "KES 900"]),
        (Say::SizeOut { card: wrap(), size: Size::parse("XL") }, &["XL", "S, M, L"]),
        (Say::SizeOut { card: card("Malaika", 4_500, &[]), size: Size::parse("XL") }, &["XL", "Malaika"]),
        (Say::ColourOut { name: name(), colour: Colour::Blue, others: vec![Colour::Red, Colour::Black] }, &["Zawadi"]),
        (Say::ColourOut { name: name(), colour: Colour::Blue, others: vec![] }, &["Zawadi"]),
        (Say::SoldOut { name: name() }, &["Zawadi Red Wrap Dress"]),
        (Say::WillTellWhenBack { name: name() }, &["Zawadi Red Wrap Dress"]),
        (Say::AskWhich { cards: three() }, listed),
        (Say::AskWhichProduct, &[]),
        (Say::AskSize { card: wrap() }, &["Zawadi Red Wrap Dress", "S, M, L"]),
        (Say::AskSize { card: card("Malaika", 4_500, &["S", "XL"]) }, &["Malaika", "S, XL"]),
        (Say::AskColour { card: wrap(), colours: vec![Colour::Pink, Colour::Navy] }, &["Zawadi", "pink", "navy"]),
        (advice(Confidence::High, 4, Some(true)), &["M", "4", "Zawadi"]),
        (advice(Confidence::Medium, 2, Some(false)), &["M", "Zawadi"]),
        (advice(Confidence::Low, 0, None), &["M"]),
        (Say::AskUsualSize { card: None }, &[]),
        (Say::AskUsualSize { card: Some(wrap()) }, &["Zawadi", "S, M, L"]),
        (Say::UsualSizeKept { size: Size::parse("M") }, &["M"]),
    ]
}

fn advice(confidence: Confidence, count: u32, in_stock: Option<bool>) -> Say {
    let name = in_stock.map(|_| "Zawadi Red Wrap Dress".to_owned());
    Say::SizeAdvice { size: Size::parse("M"), confidence, count, in_stock, name }
}

fn cart() -> Vec<Sample> {
    let one = || vec![line("Zawadi Red Wrap Dress", "M", 2, 2_800)];
    let name = || "Zawadi Red Wrap Dress".to_owned();
    vec![
        (Say::Added { lines: one(), pieces: 2, subtotal: kes(5_600) }, &["2 × Zawadi Red Wrap Dress (M", "KES 5,600"]),
        (Say::Added { lines: lines(), pieces: 3, subtotal: kes(6_500) }, &["Pwani Silk Scarf", "KES 6,500"]),
        (Say::OnlySoMany { name: name(), size: Size::parse("M"), available: 2 }, &["Zawadi Red Wrap Dress (M)", "2"]),
        (Say::OnlySoMany { name: name(), size: Size::parse("M"), available: 0 }, &["Zawadi Red Wrap Dress (M)"]),
        (Say::Removed { lines: one() }, &["Zawadi Red Wrap Dress"]),
        (Say::Removed { lines: lines() }, &["Zawadi Red Wrap Dress", "Pwani Silk Scarf"]),
        (Say::NotInCart { asked: Some("bag".into()) }, &["bag"]),
        (Say::NotInCart { asked: None }, &[]),
        (Say::QuantitySet { line: one().remove(0) }, &["2 × Zawadi", "KES 5,600"]),
        (Say::AskQuantity { name: name() }, &["Zawadi Red Wrap Dress"]),
        (Say::AskWhichLine { lines: lines() }, &["1. 2 × Zawadi", "2. Pwani Silk Scarf"]),
        (
            Say::CartView { lines: lines(), quote: quote() },
            &["2 × KES 2,800 = KES 5,600", "-KES 650", "KES 6,150", "KARIBU10"],
        ),
        (Say::CartView { lines: lines(), quote: bulk() }, &["-KES 8,400", "15%", "KES 47,600"]),
        (Say::CartEmpty, &[]),
        (Say::AskClear { pieces: 3 }, &["3"]),
        (Say::Cleared, &[]),
        (Say::Kept, &[]),
        (Say::AskNext { subtotal: kes(6_500) }, &["KES 6,500"]),
        (
            Say::CartChanged {
                repriced: vec![(line("Zawadi", "M", 1, 3_000), kes(2_800))],
                gone: vec![lines().remove(1)],
            },
            &["Zawadi", "KES 3,000", "KES 2,800", "Pwani Silk Scarf"],
        ),
    ]
}

fn checkout_and_payment() -> Vec<Sample> {
    let number = || "DK-7F2K9Q".to_owned();
    let code = || Some("SCA1B2C3D4".to_owned());
    let mut all: Vec<Sample> = vec![
        (Say::AskAddress { saved: None, pickup: false }, &[]),
        (Say::AskAddress { saved: None, pickup: true }, &[]),
        (Say::AskAddress { saved: Some(kasarani()), pickup: false }, &["Kasarani, Seasons, gate B"]),
        (Say::AskAddress { saved: Some(kasarani()), pickup: true }, &["Kasarani, Seasons, gate B"]),
        (Say::AskAddress { saved: Some(collected()), pickup: true }, &[]),
        (Say::DeliveryTo { choice: kasarani() }, &["Kasarani, Seasons, gate B", "KES 300"]),
        (Say::DeliveryTo { choice: collected() }, &["Jamhuri Arcade"]),
        (Say::NoDelivery { pickup: false }, &[]),
        (Say::NoDelivery { pickup: true }, &[]),
        (Say::AddressUnclear, &[]),
        (Say::AskPhone { known: Some(phone()) }, &["0712 345 678"]),
        (Say::AskPhone { known: None }, &[]),
        (Say::PhoneWrong, &["0712 345 678"]),
        (
            Say::Summary { lines: lines(), quote: quote(), delivery: kasarani(), payer: Some(phone()) },
            &["2 × KES 2,800 = KES 5,600", "KES 6,500", "-KES 650", "KES 300", "KES 6,150", "Kasarani", "0712 345 678"],
        ),
        (
            Say::Summary { lines: lines(), quote: quote(), delivery: collected(), payer: None },
            &["KES 6,150", "Jamhuri"],
        ),
        (Say::TotalChanged, &[]),
        (Say::NotOrdered, &[]),
        (
            Say::PaymentAsked { number: number(), amount: kes(6_150), phone: phone(), hold_minutes: 30 },
            &["DK-7F2K9Q", "KES 6,150", "0712 345 678", "30"],
        ),
        (Say::PaymentAskedAgain { number: number(), amount: kes(6_150), phone: phone() }, &["DK-7F2K9Q", "KES 6,150"]),
        (
            Say::PaymentWaiting { number: number(), amount: kes(6_150), phone: Some(phone()) },
            &["KES 6,150", "0712 345 678"],
        ),
        (Say::PaymentWaiting { number: number(), amount: kes(6_150), phone: None }, &["DK-7F2K9Q", "KES 6,150"]),
        (
            Say::PayByHand { number: number(), amount: kes(6_150), instructions: "Till 123456, Malkia".into() },
            &["DK-7F2K9Q", "KES 6,150", "Till 123456"],
        ),
        (Say::PaymentDelayed { number: number(), amount: kes(6_150) }, &["DK-7F2K9Q", "KES 6,150"]),
        (Say::ClaimChecked { number: Some(number()), receipt: code() }, &["DK-7F2K9Q", "SCA1B2C3D4"]),
        (Say::ClaimChecked { number: Some(number()), receipt: None }, &["DK-7F2K9Q"]),
        (Say::ClaimChecked { number: None, receipt: code() }, &["SCA1B2C3D4"]),
        (Say::ClaimChecked { number: None, receipt: None }, &[]),
        (Say::AlreadyPaid { number: number(), receipt: code() }, &["DK-7F2K9Q", "SCA1B2C3D4"]),
        (Say::AlreadyPaid { number: number(), receipt: None }, &["DK-7F2K9Q"]),
        (Say::NothingToPay, &[]),
        (
            Say::Receipt { number: number(), lines: lines(), total: kes(6_150), receipt: code(), delivery: kasarani() },
            &["DK-7F2K9Q", "KES 6,150", "SCA1B2C3D4", "Kasarani", "2 × KES 2,800"],
        ),
        (
            Say::Receipt { number: number(), lines: lines(), total: kes(6_150), receipt: None, delivery: collected() },
            &["DK-7F2K9Q", "KES 6,150", "Jamhuri Arcade"],
        ),
        (
            Say::RefundDue { number: number(), amount: kes(6_150), receipt: code() },
            &["DK-7F2K9Q", "KES 6,150", "SCA1B2C3D4"],
        ),
        (Say::RefundDue { number: number(), amount: kes(6_150), receipt: None }, &["DK-7F2K9Q", "KES 6,150"]),
        (Say::OrderExpired { number: number() }, &["DK-7F2K9Q"]),
        (Say::JustSold { lines: lines() }, &["Zawadi Red Wrap Dress (M", "Pwani Silk Scarf"]),
    ];
    for failure in FAILURES {
        all.push((Say::PaymentFailed { number: number(), amount: kes(6_150), failure }, &["DK-7F2K9Q", "KES 6,150"]));
    }
    all
}

const FAILURES: [PaymentFailure; 8] = [
    PaymentFailure::InsufficientFunds,
    PaymentFailure::CancelledByPayer,
    PaymentFailure::NoAnswer,
    PaymentFailure::WrongPin,
    PaymentFailure::PayerBusy,
    PaymentFailure::LimitExceeded,
    PaymentFailure::ProviderDown,
    PaymentFailure::Other,
];

fn orders() -> Vec<Sample> {
    let number = || "DK-7F2K9Q".to_owned();
    let mut all: Vec<Sample> = vec![
        (Say::NoOrder { asked: None }, &[]),
        (Say::NoOrder { asked: Some("DK-222222".into()) }, &["DK-222222"]),
        (Say::AskCancel { number: number(), total: kes(6_150) }, &["DK-7F2K9Q", "KES 6,150"]),
        (Say::OrderCancelled { number: number() }, &["DK-7F2K9Q"]),
    ];
    for (others, state) in OrderState::ALL.into_iter().enumerate() {
        let placed_at = now().plus_minutes(-60 * 24 * i64::try_from(others).expect("few"));
        let eta = Some("next day".into());
        all.push((
            Say::OrderStatus { number: number(), state, placed_at, total: kes(6_150), eta, others },
            &["DK-7F2K9Q", "KES 6,150"],
        ));
        all.push((Say::CannotCancel { number: number(), state }, &["DK-7F2K9Q"]));
    }
    all
}

fn about() -> Vec<Sample> {
    let week = || vec![(vec![0, 1, 2, 3, 4, 5], Some(day(9, 19))), (vec![6], None)];
    let hours = |now| Say::Hours { now, week: week() };
    let returns = Returns {
        days: 7,
        condition: Some("unworn, tags on".into()),
        refund: Some("M-Pesa within 3 working days".into()),
    };
    let exchange = Exchange { days: 14, condition: Some("unworn, tags on".into()), customer_pays_delivery: true };
    let manual = || Some("Till 123456".to_owned());
    let mut all: Vec<Sample> = vec![
        (Say::DeliveryInfo { zones: zones(), pickup: true }, &["KES 150", "KES 300", "KES 450", "Ngara"]),
        (Say::DeliveryInfo { zones: vec![], pickup: true }, &[]),
        (Say::DeliveryInfo { zones: vec![], pickup: false }, &[]),
        (Say::DeliveryFee { choice: kasarani() }, &["Kasarani", "KES 300"]),
        (hours(hours::Status::Open { closes: at(4, 19) }), &[]),
        (hours(hours::Status::Closed { opens: Some(at(5, 9)), holiday: None }), &[]),
        (
            hours(hours::Status::Closed { opens: Some(at(7, 9)), holiday: Some("Madaraka Day".into()) }),
            &["Madaraka Day"],
        ),
        (hours(hours::Status::Closed { opens: None, holiday: None }), &[]),
        (Say::Hours { now: hours::Status::Unknown, week: vec![] }, &[]),
        (Say::Location { location: Some("Nkrumah Road, Mombasa".into()) }, &["Nkrumah Road, Mombasa"]),
        (Say::Location { location: None }, &[]),
        (
            Say::PaymentMethods {
                methods: vec!["M-Pesa STK push".into(), "cash".into()],
                manual: manual(),
                on_delivery: true,
            },
            &["M-Pesa", "Till 123456"],
        ),
        (Say::PaymentMethods { methods: vec![], manual: None, on_delivery: false }, &["M-Pesa"]),
        (Say::Contact { phone: Some(phone()), location: Some("Moi Avenue".into()) }, &["0712 345 678", "Moi Avenue"]),
        (Say::Contact { phone: Some(phone()), location: None }, &["0712 345 678"]),
        (Say::Contact { phone: None, location: Some("Moi Avenue".into()) }, &["Moi Avenue"]),
        (Say::Contact { phone: None, location: None }, &[]),
        (
            Say::Coupons { coupons: coupons(), wholesale: Some(bulk_prices()) },
            &["KARIBU10", "10%", "KES 2,000", "KES 500"],
        ),
        (Say::Coupons { coupons: vec![], wholesale: None }, &[]),
        (Say::CouponAccepted { code: "KARIBU10".into(), quote: quote() }, &["KARIBU10", "KES 650", "KES 6,150"]),
        (Say::CouponSmaller { code: "KARIBU10".into(), percent: 15 }, &["KARIBU10", "15%"]),
        (Say::CouponKept { code: "KARIBU10".into() }, &["KARIBU10"]),
        (
            Say::Bargain { price: Some(wrap()), coupons: coupons(), wholesale: Some(bulk_prices()), angry: false },
            &["KES 2,800", "KARIBU10"],
        ),
        (Say::Bargain { price: None, coupons: vec![], wholesale: None, angry: true }, &[]),
        (
            Say::Wholesale {
                wholesale: Some(bulk_prices()),
                pieces: Some(20),
                unit: Some(wrap()),
                total: Some(bulk()),
            },
            &["15%", "25%", "20", "KES 2,800", "KES 56,000", "KES 8,400", "KES 47,600"],
        ),
        (
            Say::Wholesale { wholesale: Some(bulk_prices()), pieces: None, unit: None, total: Some(bulk()) },
            &["KES 47,600"],
        ),
        (
            Say::Wholesale { wholesale: Some(bulk_prices()), pieces: None, unit: None, total: None },
            &["15%", "25%", "10", "50"],
        ),
        (Say::Wholesale { wholesale: None, pieces: None, unit: None, total: None }, &[]),
        (Say::ReturnPolicy { returns: Some(returns.clone()), opened: false }, &["7", "M-Pesa"]),
        (Say::ReturnPolicy { returns: Some(returns), opened: true }, &["7"]),
        (Say::ReturnPolicy { returns: None, opened: false }, &[]),
        (Say::ExchangePolicy { exchange: Some(exchange), opened: false }, &["14"]),
        (Say::ExchangePolicy { exchange: None, opened: true }, &[]),
        (Say::Services { services: vec![service()] }, &["Alteration Fitting", "KES 800", "30"]),
        (Say::Services { services: vec![] }, &[]),
        (Say::ServiceDetails { service: service() }, &["Alteration Fitting", "KES 800", "Hemming"]),
        (Say::BookingNoted { service: Some("Alteration Fitting".into()) }, &["Alteration Fitting"]),
        (Say::BookingNoted { service: None }, &[]),
    ];
    let (from, on) = (civil::date(2026, 5, 1), civil::date(2026, 2, 15));
    for refusal in [
        CouponRefusal::Unknown,
        CouponRefusal::NotStarted { from },
        CouponRefusal::Expired { on },
        CouponRefusal::BelowMinimum { min: kes(2_000), missing: kes(200) },
        CouponRefusal::UsedUp,
        CouponRefusal::NotForYou,
    ] {
        all.push((Say::CouponRefused { code: "VALENTINE20".into(), refusal }, &["VALENTINE20"]));
    }
    all
}

fn say_in(says: &[Say], shop: &ShopProfile, language: Language, mood: Mood, seed: u64) -> Reply {
    express(says, &Voice { shop, language, mood, seed, zone: &zone(), now: now() })
}

const MOODS: [Mood; 3] = [Mood::Neutral, Mood::Playful, Mood::Angry];
const TONES: [Tone; 3] = [Tone::Warm, Tone::Playful, Tone::Formal];
const EMOJI: [EmojiUse; 3] = [EmojiUse::None, EmojiUse::Some, EmojiUse::Many];

fn has_emoji(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{1f300}'..='\u{1faff}'))
}

/// What holds for any reply whatsoever.
fn check_form(reply: &Reply, what: &str) {
    let mut numbers: Vec<u32> = Vec::new();
    for part in &reply.parts {
        assert!(!part.text.trim().is_empty() && part.text.chars().count() <= 1_500, "{what}: {}", part.text);
        for bad in ["{", "}", "  ", " .", " ,", "..", "!.", "\n\n\n", ":.", ": :", "(;", "()"] {
            assert!(!part.text.contains(bad), "{what} has {bad:?}: {}", part.text);
        }
        for option in &part.options {
            numbers.push(option.n);
            assert!(option.title.chars().count() <= 24 && !option.title.is_empty(), "{what}");
            assert!(option.description.as_ref().is_none_or(|d| d.chars().count() <= 72), "{what}");
        }
        let right_number = match part.kind {
            PartKind::Buttons => (1..=3).contains(&part.options.len()),
            PartKind::List => (1..=10).contains(&part.options.len()),
            PartKind::Text | PartKind::Image => part.options.is_empty(),
        };
        assert!(right_number, "{what}: {:?}", part.kind);
    }
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "{what}: a number twice");
    let words = plain(reply);
    assert!(words.matches('!').count() <= 1, "{what}: {words}");
    for word in ["error", "sku", "null", "json", "bro ", "sis ", "buda", "stk", "provider", "callback"] {
        assert!(!words.to_lowercase().contains(word), "{what} says {word}: {words}");
    }
}

#[test]
fn everything_can_be_said_in_every_language_voice_and_mood_with_its_facts() {
    for (say, needs) in samples() {
        for (tone, emoji) in TONES.into_iter().flat_map(|tone| EMOJI.map(|emoji| (tone, emoji))) {
            let shop = shop(tone, emoji);
            for (language, mood) in Language::ALL.into_iter().flat_map(|language| MOODS.map(|mood| (language, mood))) {
                for seed in 0..6 {
                    let what = format!("{say:?} in {language} {tone:?} {mood:?}");
                    let reply = say_in(std::slice::from_ref(&say), &shop, language, mood, seed);
                    assert!(!reply.parts.is_empty(), "{what}");
                    check_form(&reply, &what);
                    let words = plain(&reply);
                    for need in needs {
                        assert!(words.contains(need), "{what} lacks {need:?}: {words}");
                    }
                    let quiet = mood == Mood::Angry || emoji == EmojiUse::None;
                    assert!(!(quiet && has_emoji(&words)), "{what} has an emoji: {words}");
                    assert!(!(mood == Mood::Angry && words.contains('!')), "{what} exclaims: {words}");
                }
            }
        }
    }
}

#[test]
fn there_is_a_sample_of_everything_there_is_to_say() {
    let source = include_str!("../say.rs");
    let list = source.split("pub enum Say {").nth(1).expect("the list of things to say");
    let named =
        list.lines().filter(|l| l.starts_with("    ") && l.as_bytes().get(4).is_some_and(u8::is_ascii_uppercase));
    let mut said: Vec<String> = samples().iter().map(|(say, _)| variant(say)).collect();
    said.push("NextTier".into());
    for line in named {
        let name: String = line.trim().chars().take_while(|c| c.is_alphanumeric()).collect();
        assert!(said.contains(&name), "no sample of {name}");
    }
}

fn variant(say: &Say) -> String {
    format!("{say:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

#[test]
fn the_angry_are_offered_nothing() {
    let shop = shop(Tone::Playful, EmojiUse::Many);
    let tier = Say::NextTier { missing: 2, tier: Tier { min: 10, percent: 15 } };
    assert!(say_in(std::slice::from_ref(&tier), &shop, Language::En, Mood::Angry, 1).parts.is_empty());
    assert!(plain(&say_in(&[tier], &shop, Language::En, Mood::Neutral, 1)).contains("15%"));
    let bargain = Say::Bargain { price: Some(wrap()), coupons: vec![], wholesale: Some(bulk_prices()), angry: true };
    assert!(!plain(&say_in(&[bargain], &shop, Language::En, Mood::Neutral, 1)).contains("15%"));
}

#[test]
fn products_come_as_one_list_then_a_picture_each_and_the_question_is_in_the_list() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let says = [
        Say::Introduction,
        Say::Products { because: Because::Asked, cards: three(), budget: None },
        Say::AskSize { card: wrap() },
    ];
    let reply = say_in(&says, &shop, Language::En, Mood::Neutral, 1);
    let kinds: Vec<PartKind> = reply.parts.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [PartKind::List, PartKind::Image, PartKind::Image, PartKind::Image]);
    assert_eq!(reply.parts[0].options.iter().map(|o| o.n).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert!(reply.parts[0].text.contains("automated assistant") && reply.parts[0].text.contains("S, M, L"));
    assert_eq!(reply.parts[1].text, "1. Zawadi Red Wrap Dress – KES 2,800");
    assert_eq!(reply.parts[1].sku.as_deref(), Some("MB-21"));
}

#[test]
fn numbers_go_on_in_a_second_list() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let list = || Say::Products { because: Because::Asked, cards: three(), budget: None };
    let words = plain(&say_in(&[list(), list()], &shop, Language::Sw, Mood::Neutral, 1));
    assert!(words.contains("4. Zawadi Red Wrap Dress") && words.contains("6. Savannah"));
}

#[test]
fn a_choice_of_three_is_buttons_and_of_more_a_list() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let kind = |sizes: &[&str]| {
        say_in(&[Say::AskSize { card: card("Dress", 900, sizes) }], &shop, Language::En, Mood::Neutral, 1).parts[0].kind
    };
    assert_eq!(kind(&["S", "M", "L"]), PartKind::Buttons);
    assert_eq!(kind(&["S", "M", "L", "XL"]), PartKind::List);
}

#[test]
fn what_others_wrote_is_never_read_as_a_template() {
    let shop = shop(Tone::Playful, EmojiUse::Many);
    for name in ["{name} {e:wave} {price}", "Shirt}{", "A\u{202e}B\nC", &"long ".repeat(400)] {
        let card = card(name, 900, &["M"]);
        for say in [
            Say::Price { cards: vec![card.clone()] },
            Say::NothingFound { asked: name.into() },
            Say::Faq { answer: name.into() },
            Say::Greeting { name: Some(name.into()), first: true, returning: false },
        ] {
            let words = plain(&say_in(std::slice::from_ref(&say), &shop, Language::Sheng, Mood::Neutral, 3));
            assert!(!name.starts_with('{') || words.contains(name), "{words}");
            assert!(!words.contains('\u{202e}') && words.chars().count() < 1_500);
        }
    }
}

#[test]
fn long_carts_are_counted_and_still_add_up() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let lines: Vec<CartLine> = (0..80).map(|i| line(&format!("Wrap Dress number {i}"), "M", 3, 2_800)).collect();
    let say = Say::Summary { lines, quote: quote(), delivery: kasarani(), payer: Some(phone()) };
    for language in Language::ALL {
        let reply = say_in(std::slice::from_ref(&say), &shop, language, Mood::Neutral, 1);
        check_form(&reply, "a long cart");
        let words = plain(&reply);
        assert!(words.contains('…') && words.contains("KES 6,150") && words.contains("0712 345 678"), "{words}");
    }
}

#[test]
fn nothing_to_say_is_no_message() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    assert!(say_in(&[], &shop, Language::En, Mood::Neutral, 0).parts.is_empty());
}

#[test]
fn the_same_seed_gives_the_same_words_and_seeds_vary_them() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let words = |seed| plain(&say_in(&[Say::Thanks], &shop, Language::En, Mood::Neutral, seed));
    assert_eq!(words(7), words(7));
    assert!((0..20).any(|seed| words(seed) != words(0)));
}

#[test]
fn the_owner_is_told_in_plain_words() {
    let shop = shop(Tone::Playful, EmojiUse::Many);
    let said = || "nimechoka na nyinyi!".to_owned();
    let customer = || Who { name: Some("Achieng".into()), phone: Some(phone()) };
    let number = || "DK-7F2K9Q".to_owned();
    let code = || Some("SCA1B2C3D4".to_owned());
    let all = [
        OwnerSay::OrderPaid {
            number: number(),
            lines: lines(),
            total: kes(6_150),
            receipt: code(),
            delivery: kasarani(),
            customer: customer(),
        },
        OwnerSay::PersonWaiting { customer: customer(), reason: HandOffReason::Complaint, said: said() },
        OwnerSay::ReturnAsked { customer: customer(), number: Some(number()), said: said() },
        OwnerSay::BookingAsked { customer: Who::default(), said: said() },
        OwnerSay::PaymentClaimed { customer: customer(), number: Some(number()), receipt: code() },
        OwnerSay::PaymentsDown { customer: customer(), number: number(), amount: kes(6_150) },
        OwnerSay::WantsBack { customer: customer(), what: "Malaika White Lace Dress, M".into() },
        OwnerSay::Wholesale { customer: customer(), said: said() },
        OwnerSay::RefundDue { customer: customer(), number: number(), amount: kes(6_150), receipt: code() },
    ];
    let mut transcript = String::new();
    for language in Language::ALL {
        for say in &all {
            let text = owner_message(say, &shop, language);
            assert!(!text.contains(['{', '}']) && !has_emoji(&text), "{text}");
            transcript += &format!("[{language}]\n{text}\n\n");
        }
    }
    insta::assert_snapshot!("owner", transcript);
}

fn transcript(samples: &[Sample], language: Language, tone: Tone, mood: Mood) -> String {
    let shop = shop(tone, EmojiUse::Some);
    let mut out = String::new();
    for (i, (say, _)) in samples.iter().enumerate() {
        let seed = u64::try_from(i).expect("few");
        out += &format!("── {}\n", variant(say));
        for part in say_in(std::slice::from_ref(say), &shop, language, mood, seed).parts {
            let picture = part.image.map_or(String::new(), |image| format!("[picture {image}] "));
            out += &format!("{picture}{}\n", part.text);
            for option in part.options {
                out += &format!("  [{}] {} | {}\n", option.n, option.title, option.description.unwrap_or_default());
            }
        }
        out.push('\n');
    }
    out
}

#[test]
fn everything_reads_well_in_english() {
    insta::assert_snapshot!("english", transcript(&samples(), Language::En, Tone::Warm, Mood::Neutral));
}

#[test]
fn everything_reads_well_in_swahili() {
    insta::assert_snapshot!("swahili", transcript(&samples(), Language::Sw, Tone::Warm, Mood::Neutral));
}

#[test]
fn everything_reads_well_in_sheng() {
    insta::assert_snapshot!("sheng", transcript(&samples(), Language::Sheng, Tone::Warm, Mood::Neutral));
}

#[test]
fn voices_differ_and_facts_do_not() {
    let some: Vec<Sample> = samples()
        .into_iter()
        .filter(|(say, _)| {
            matches!(
                say,
                Say::Greeting { .. }
                    | Say::Products { because: Because::Asked, .. }
                    | Say::Bargain { .. }
                    | Say::Added { .. }
                    | Say::OffTopic { .. }
                    | Say::Receipt { .. }
                    | Say::ComplaintTaken { .. }
                    | Say::PaymentFailed { .. }
            )
        })
        .collect();
    for (name, tone, mood) in [
        ("playful", Tone::Playful, Mood::Neutral),
        ("formal", Tone::Formal, Mood::Neutral),
        ("angry", Tone::Warm, Mood::Angry),
    ] {
        let all = Language::ALL.map(|language| transcript(&some, language, tone, mood)).join("\n════\n\n");
        insta::assert_snapshot!(name, all);
    }
}
