//! Something of everything there is to say.

use duka_kernel::{Colour, Language, Size, Timestamp};
use duka_shop::{
    OrderState, PaymentFailure,
    about::{About, Contacts},
    booking::Refusal,
    hours,
    pricing::CouponRefusal,
    profile::{Exchange, Returns},
    promotion::{Cut, Promotion},
    search::Dropped,
    sizing::Confidence,
};
use jiff::civil;

use super::facts::{
    at, bulk, bulk_prices, card, collected, coupons, day, kasarani, kes, line, lines, now, phone, quote, service,
    three, wrap, zones,
};
use crate::{
    effect::HandOffReason,
    say::{AboutPart, Because, BookingFacts, Card, CaseOrder, Deposited, Offer, Say},
};

/// Something to say, and what has to be in its words in every language.
pub(super) type Sample = (Say, &'static [&'static str]);

pub(super) fn samples() -> Vec<Sample> {
    let mut all = meeting();
    all.extend(finding());
    all.extend(cart());
    all.extend(checkout_and_payment());
    all.extend(orders());
    all.extend(about());
    all.extend(bookings());
    all
}

fn moment(days: i64) -> Timestamp {
    now().plus_minutes(days * 24 * 60)
}

fn open() -> hours::Status {
    hours::Status::Open { closes: at(4, 18) }
}

fn closed() -> hours::Status {
    hours::Status::Closed { opens: Some(at(5, 9)), holiday: None }
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
        (Say::Faq { answer: "Yes, we gift-wrap for KES 200.".into(), then: true }, &["KES 200"]),
        (Say::Faq { answer: "Oyee, karibu.".into(), then: false }, &["Oyee"]),
        (Say::NotOffered, &[]),
        (Say::AboutShop { about: about_us(), part: None }, &["since 2014", "honesty", "Made in Kenya", "everyone"]),
        (Say::AboutShop { about: about_us(), part: Some(AboutPart::Values) }, &["honesty"]),
        (Say::AboutShop { about: About::default(), part: None }, &["Malkia Boutique"]),
        (Say::HandedOff { reason: HandOffReason::Asked, now: open() }, &[]),
        (Say::HandedOff { reason: HandOffReason::Complaint, now: closed() }, &[]),
        (Say::HandedOff { reason: HandOffReason::NotUnderstood, now: open() }, &[]),
        (Say::HandedOff { reason: HandOffReason::NeedsPerson, now: closed() }, &[]),
        (Say::HandedOff { reason: HandOffReason::PaymentDispute, now: open() }, &[]),
        (Say::ComplaintTaken { number: None, now: open() }, &[]),
        (Say::ComplaintTaken { number: Some("DK-7F2K9Q".into()), now: closed() }, &["DK-7F2K9Q"]),
        (Say::StillWaiting { now: open() }, &[]),
        (Say::StillWaiting { now: closed() }, &[]),
        (Say::AssistantBack { nobody_answered: true }, &[]),
        (Say::AssistantBack { nobody_answered: false }, &[]),
        (Say::OthersArePrivate, &[]),
        (Say::AskTeam, &[]),
        (
            Say::AskCaseOrder {
                orders: vec![
                    CaseOrder { number: "DK-7F2K9Q".into(), lines: lines(), at: moment(-4) },
                    CaseOrder {
                        number: "DK-8G3L2R".into(),
                        lines: vec![line("Pwani Silk Scarf", "ONE", 1, 900)],
                        at: moment(-1),
                    },
                ],
            },
            &["1. DK-7F2K9Q", "2. DK-8G3L2R"],
        ),
        (Say::AskCaseItem { lines: lines() }, &["1. "]),
        (Say::CaseWithin { number: "DK-7F2K9Q".into(), bought: moment(-1), until: moment(6) }, &["DK-7F2K9Q", "10"]),
        (Say::CaseTooLate { number: "DK-7F2K9Q".into(), age: 9, days: 7, exchange_days: Some(14) }, &["9", "7", "14"]),
        (Say::CaseTooLate { number: "DK-7F2K9Q".into(), age: 20, days: 7, exchange_days: None }, &["20", "7"]),
        (Say::CaseKnown { number: "DK-7F2K9Q".into() }, &["DK-7F2K9Q"]),
        (Say::AskReason, &[]),
        (Say::AskWanted { name: "Zawadi Red Wrap Dress".into(), sizes: vec![Size::parse("L")] }, &["L"]),
        (Say::AskWanted { name: "Zawadi Red Wrap Dress".into(), sizes: vec![] }, &[]),
        (
            Say::ExchangeStock {
                name: "Zawadi Red Wrap Dress".into(),
                size: Size::parse("L"),
                colour: None,
                available: true,
                others: vec![],
            },
            &["Zawadi", "L"],
        ),
        (
            Say::ExchangeStock {
                name: "Zawadi Red Wrap Dress".into(),
                size: Size::parse("XL"),
                colour: None,
                available: false,
                others: vec![Size::parse("S")],
            },
            &["Zawadi", "XL"],
        ),
        (Say::CaseNoted, &[]),
        (Say::NoRefund, &[]),
        (Say::StaffSaid { text: "Pay to till 555111, ask for Njeri".into() }, &["555111", "Njeri"]),
    ];
    for kind in ["voice", "sticker", "video", "document", "contacts", "empty", "poll"] {
        all.push((Say::Unsupported { kind: kind.into() }, &[]));
    }
    for rating in [1, 3, 5] {
        all.push((Say::Rated { rating: Some(rating) }, &["5"]));
    }
    all
}

fn contacts() -> Contacts {
    Contacts {
        phone: None,
        email: Some("hello@malkia.example".into()),
        website: Some("malkia.example".into()),
        socials: [("instagram".to_owned(), "@malkia".to_owned())].into(),
    }
}

fn promotions() -> Vec<Promotion> {
    let promotion = |name: &str, cut, until| Promotion {
        name: name.into(),
        cut,
        products: vec![],
        categories: vec![],
        from: None,
        until,
        members: None,
    };
    vec![
        promotion("March dresses", Cut::Percent(20), Some(civil::date(2026, 3, 9).at(0, 0, 0, 0))),
        promotion("Scarf week", Cut::Price(kes(700)), None),
    ]
}

fn about_us() -> About {
    About {
        brief: Some("A family boutique on Moi Avenue since 2014.".into()),
        mission: Some("Good clothes for everyone.".into()),
        values: vec!["honesty".into(), "care".into()],
        selling_points: vec!["Made in Kenya".into()],
    }
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
        (products(Because::Picture, three(), None), listed),
        (products(Because::Fabric, three(), None), listed),
        (products(Because::Gift, three(), None), listed),
        (products(Because::Gift, three(), Some(kes(8_000))), &["KES 8,000", "1. Zawadi"]),
        (Say::NothingFound { asked: "tuxedo".into() }, &["tuxedo"]),
        (Say::NothingFound { asked: String::new() }, &[]),
        (Say::NoMore, &[]),
        (
            Say::Details { card: wrap(), description: "Soft crepe, ties at the waist.".into() },
            &["KES 2,800", "S, M, L", "crepe"],
        ),
        (Say::Price { cards: vec![wrap()] }, &["Zawadi Red Wrap Dress", "KES 2,800"]),
        (Say::Price { cards: vec![Card { was: Some(kes(3_500)), ..wrap() }] }, &["KES 2,800 (", " 3,500)"]),
        (Say::Price { cards: vec![card("Malaika", 4_500, &[])] }, &["Malaika", "KES 4,500"]),
        (Say::Price { cards: three() }, listed),
        (
            Say::PriceRange { what: "laptop".into(), from: kes(25_000), to: kes(90_000), count: 6 },
            &["KES 25,000", "KES 90,000", "6"],
        ),
        (Say::PriceRange { what: String::new(), from: kes(900), to: kes(900), count: 2 }, &["KES 900", "2"]),
        (
            Say::Compare { cards: three(), descriptions: Vec::new(), numbers: vec![1, 2, 3] },
            &["1. Zawadi", "KES 2,800", "KES 900", "KES 7,200"],
        ),
        (
            Say::Compare {
                cards: vec![wrap(), card("Malaika", 4_500, &["M", "L", "XL"])],
                descriptions: vec!["Soft crepe.".into(), "Cotton lace.".into()],
                numbers: vec![1, 3],
            },
            &["3. Malaika", "Soft crepe", "Cotton lace", "KES 1,700"],
        ),
        (
            Say::Compare {
                cards: vec![wrap(), card("Malaika", 2_800, &[])],
                descriptions: vec![String::new(), String::new()],
                numbers: vec![1, 2],
            },
            &["KES 2,800"],
        ),
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
        (Say::AskSize { card: wrap(), first: false }, &["Zawadi Red Wrap Dress", "S, M, L"]),
        (Say::AskSize { card: card("Malaika", 4_500, &["S", "XL"]), first: true }, &["Malaika", "S, XL"]),
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

pub(super) const FAILURES: [PaymentFailure; 8] = [
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
        (
            Say::Contact { phone: Some(phone()), location: Some("Moi Avenue".into()), contacts: Contacts::default() },
            &["0712 345 678", "Moi Avenue"],
        ),
        (
            Say::Contact { phone: Some(phone()), location: None, contacts: contacts() },
            &["0712 345 678", "hello@malkia.example", "malkia.example", "Instagram: @malkia"],
        ),
        (
            Say::Contact { phone: None, location: Some("Moi Avenue".into()), contacts: Contacts::default() },
            &["Moi Avenue"],
        ),
        (Say::Contact { phone: None, location: None, contacts: Contacts::default() }, &[]),
        (Say::HoursOn { date: civil::date(2026, 3, 5), hours: Some(day(9, 19)), holiday: None }, &[]),
        (Say::HoursOn { date: civil::date(2026, 3, 8), hours: None, holiday: None }, &[]),
        (
            Say::HoursOn { date: civil::date(2026, 4, 3), hours: None, holiday: Some("Good Friday".into()) },
            &["Good Friday", "3 "],
        ),
        (
            Say::HoursOn {
                date: civil::date(2026, 12, 24),
                hours: Some(day(9, 13)),
                holiday: Some("Christmas Eve".into()),
            },
            &["Christmas Eve"],
        ),
        (
            Say::Coupons { promotions: vec![], coupons: coupons(), wholesale: Some(bulk_prices()) },
            &["KARIBU10", "10%", "KES 2,000", "KES 500"],
        ),
        (Say::Coupons { promotions: vec![], coupons: vec![], wholesale: None }, &[]),
        (
            Say::Coupons { promotions: promotions(), coupons: vec![], wholesale: None },
            &["March dresses", "20%", "Scarf week", "KES 700", "8 "],
        ),
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
        (Say::ReturnPolicy { returns: Some(returns) }, &["7", "M-Pesa"]),
        (Say::ReturnPolicy { returns: None }, &[]),
        (Say::ExchangePolicy { exchange: Some(exchange) }, &["14"]),
        (Say::ExchangePolicy { exchange: None }, &[]),
        (Say::Services { services: vec![service()] }, &["Alteration Fitting", "KES 800", "30"]),
        (Say::Services { services: vec![] }, &[]),
        (Say::FabricSeen, &[]),
        (Say::ServiceDetails { service: service() }, &["Alteration Fitting", "KES 800", "Hemming"]),
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

/// A booking on a day of March.
pub(super) fn booking(day: i8) -> BookingFacts {
    BookingFacts {
        title: "Braids (long)".into(),
        start: at(day, 14).timestamp().into(),
        minutes: 240,
        price: kes(3_500),
        place: Some("Tom Mboya Street".into()),
    }
}

fn bookings() -> Vec<Sample> {
    let start = |day| booking(day).start;
    let title = || "Braids (long)".to_owned();
    let deposit = kes(1_000);
    let facts: &[&str] = &["Braids (long)", "KES 3,500", "240", "Tom Mboya Street", "5"];
    let mut all: Vec<Sample> = vec![
        (Say::AskService { services: vec![service(), service()] }, &["1. Alteration Fitting", "KES 800"]),
        (Say::AskWhen { title: None }, &[]),
        (Say::AskWhen { title: Some(title()) }, &["Braids (long)"]),
        (Say::AskBooking { booking: booking(5), deposit: None, cancel_hours: 24, from: None, again: false }, facts),
        (
            Say::AskBooking { booking: booking(5), deposit: Some(deposit), cancel_hours: 24, from: None, again: false },
            &["KES 3,500", "KES 1,000", "24"],
        ),
        (
            Say::AskBooking { booking: booking(5), deposit: None, cancel_hours: 0, from: Some(start(6)), again: false },
            facts,
        ),
        (
            Say::AskBooking { booking: booking(5), deposit: None, cancel_hours: 24, from: None, again: true },
            &["Braids (long)", "KES 3,500"],
        ),
        (Say::Booked { booking: booking(5), paid: None }, facts),
        (
            Say::Booked {
                booking: booking(5),
                paid: Some(Deposited { amount: deposit, receipt: Some("SCA1B2C3D4".into()) }),
            },
            &["KES 1,000", "SCA1B2C3D4", "Tom Mboya Street"],
        ),
        (Say::DepositAsked { booking: booking(5), deposit, cancel_hours: 24 }, &["KES 1,000", "24", "Braids (long)"]),
        (Say::DepositAsked { booking: booking(5), deposit, cancel_hours: 0 }, &["KES 1,000", "Braids (long)"]),
        (Say::BookingLapsed { title: title(), start: start(5) }, &["Braids (long)"]),
        (Say::BookingDropped, &[]),
        (Say::Bookings { bookings: vec![booking(5)] }, facts),
        (Say::Bookings { bookings: vec![booking(5), booking(6)] }, &["Braids (long)", "KES 3,500"]),
        (Say::NoBooking, &[]),
        (Say::AskWhichBooking { bookings: vec![booking(5), booking(6)], cancel: true }, &["1. Braids (long)", "2. "]),
        (Say::AskWhichBooking { bookings: vec![booking(5), booking(6)], cancel: false }, &["1. Braids (long)", "2. "]),
        (Say::BookingMoved { booking: booking(6), from: start(5) }, &["Braids (long)", "KES 3,500", "6"]),
        (
            Say::AskCancelBooking { title: title(), start: start(5), deposit, cancel_hours: 24 },
            &["Braids (long)", "KES 1,000", "24"],
        ),
        (Say::BookingCancelled { title: title(), start: start(5), deposit: None, kept: false }, &["Braids (long)"]),
        (Say::BookingCancelled { title: title(), start: start(5), deposit: Some(deposit), kept: true }, &["KES 1,000"]),
        (
            Say::BookingCancelled { title: title(), start: start(5), deposit: Some(deposit), kept: false },
            &["KES 1,000"],
        ),
        (Say::BookingReminder { booking: booking(5) }, facts),
    ];
    let (open, close) = (civil::time(9, 0, 0, 0), civil::time(17, 0, 0, 0));
    let date = civil::date(2026, 3, 5);
    for why in [
        Offer::Day(date),
        Offer::Soonest,
        Offer::NoneOn(date, None),
        Offer::NoneOn(date, Some(Refusal::NotThatDay)),
        Offer::Refused(Refusal::Past, None),
        Offer::Refused(Refusal::TooFar(21), Some(start(5))),
        Offer::Refused(Refusal::NotThatDay, Some(start(5))),
        Offer::Refused(Refusal::Holiday("Eid".into()), Some(start(5))),
        Offer::Refused(Refusal::Holiday(String::new()), Some(start(5))),
        Offer::Refused(Refusal::OutsideHours { open, close }, Some(start(5))),
        Offer::Refused(Refusal::Break, Some(start(5))),
        Offer::Refused(Refusal::Taken, Some(start(5))),
    ] {
        let times = vec![start(5), start(5).plus_minutes(90), start(6)];
        all.push((Say::OfferTimes { title: title(), price: kes(3_500), times, why }, &["1. ", "3. ", "KES 3,500"]));
    }
    let none = Say::OfferTimes { title: title(), price: kes(3_500), times: Vec::new(), why: Offer::Soonest };
    all.push((none, &["Braids (long)"]));
    all
}
