//! Something of everything there is to say.

use std::collections::BTreeMap;

use duka_kernel::{Colour, Language, Size, Timestamp};
use duka_shop::{
    OrderState, PaymentFailure,
    about::About,
    fit::{Fitting, Row},
    hours,
    knowledge::{Place, Source},
    search::Dropped,
    sizing::Confidence,
};

use super::facts::{at, bulk, card, collected, kasarani, kes, line, lines, now, phone, quote, three, wrap};
use crate::{
    decide::Unheard,
    effect::HandOffReason,
    say::{AboutPart, Basis, Because, Card, CaseOrder, ChartBasis, Hail, PaymentAsked, Say},
};

/// Something to say, and what has to be in its words in every language.
pub(super) type Sample = (Say, &'static [&'static str]);

pub(super) fn samples() -> Vec<Sample> {
    let mut all = meeting();
    all.extend(finding());
    all.extend(cart());
    all.extend(checkout_and_payment());
    all.extend(orders());
    all.extend(super::samples_shop::about());
    all.extend(super::samples_bookings::bookings());
    all.push((Say::OneMoment, &[]));
    all
}

pub(super) fn moment(days: i64) -> Timestamp {
    now().plus_minutes(days * 24 * 60)
}

pub(super) fn open() -> hours::Status {
    hours::Status::Open { closes: at(4, 18) }
}

pub(super) fn closed() -> hours::Status {
    hours::Status::Closed { opens: Some(at(5, 9)), holiday: None }
}

fn meeting() -> Vec<Sample> {
    let mut all: Vec<Sample> = vec![
        (Say::Greeting { name: None, first: true, returning: false, hail: None }, &["Malkia Boutique"]),
        (
            Say::Greeting { name: Some("Achieng".into()), first: true, returning: false, hail: None },
            &["Malkia Boutique", "Achieng"],
        ),
        (Say::Greeting { name: None, first: false, returning: true, hail: None }, &["Malkia Boutique"]),
        (
            Say::Greeting { name: Some("Kamau".into()), first: false, returning: true, hail: None },
            &["Malkia Boutique", "Kamau"],
        ),
        (Say::Introduction, &["Malkia Boutique"]),
        (Say::Thanks, &[]),
        (Say::WhatNext { cart_waiting: false }, &[]),
        (Say::WhatNext { cart_waiting: true }, &[]),
        (Say::Goodbye { cart_waiting: false }, &[]),
        (Say::Goodbye { cart_waiting: true }, &["'cart'"]),
        (Say::OffTopic { angry: false }, &[]),
        (Say::OffTopic { angry: true }, &[]),
        (Say::Greeting { name: None, first: false, returning: false, hail: Some(Hail::Elder) }, &["Malkia Boutique"]),
        (Say::Greeting { name: None, first: false, returning: false, hail: Some(Hail::Peace) }, &["Malkia Boutique"]),
        (Say::PaymentAnswer { asked: PaymentAsked::Paybill }, &["M-Pesa"]),
        (Say::PaymentAnswer { asked: PaymentAsked::Card }, &["M-Pesa"]),
        (Say::PaymentAnswer { asked: PaymentAsked::Wallet }, &["M-Pesa"]),
        (Say::PaymentAnswer { asked: PaymentAsked::Bank }, &["M-Pesa"]),
        (Say::PaymentAnswer { asked: PaymentAsked::InParts }, &[]),
        (Say::PaymentAnswer { asked: PaymentAsked::Cash }, &["M-Pesa"]),
        (Say::PaymentAnswer { asked: PaymentAsked::TryFirst }, &[]),
        (Say::PayWhenReady, &[]),
        (Say::NotUnderstood { again: false }, &[]),
        (Say::NotUnderstood { again: true }, &[]),
        (Say::Again { text: "1. Zawadi – KES 2,800\n\nWhich one?".into() }, &["1. Zawadi – KES 2,800"]),
        (Say::Abuse, &[]),
        (Say::Injection, &[]),
        (Say::PictureKept, &[]),
        (Say::LanguageChanged { to: Language::Sw }, &["Kiswahili"]),
        (Say::OptedOut, &[]),
        (Say::OptedIn, &[]),
        (Say::Rated { rating: None, person: false }, &[]),
        (Say::Rated { rating: Some(2), person: true }, &["2/5"]),
        (Say::NameKept { name: "Amina".into() }, &["Amina"]),
        (Say::Faq { answer: "Yes, we gift-wrap for KES 200.".into(), then: true }, &["KES 200"]),
        (Say::Faq { answer: "Oyee, karibu.".into(), then: false }, &["Oyee"]),
        (
            Say::Passage {
                answer: "Silk is washed by hand.".into(),
                source: Source { document: "Care.pdf".into(), place: Place { page: Some(2), ..Place::default() } },
            },
            &["Silk is washed by hand.", "(Care.pdf, ", " 2)"],
        ),
        (Say::NotOffered, &[]),
        (Say::NoRush, &[]),
        (Say::AboutShop { about: about_us(), part: None }, &["since 2014", "honesty", "Made in Kenya", "everyone"]),
        (Say::AboutShop { about: about_us(), part: Some(AboutPart::Values) }, &["honesty"]),
        (Say::AboutShop { about: About::default(), part: None }, &["Malkia Boutique"]),
        (Say::HandedOff { reason: HandOffReason::Asked, now: open() }, &[]),
        (Say::HandedOff { reason: HandOffReason::Complaint, now: closed() }, &[]),
        (Say::HandedOff { reason: HandOffReason::NotUnderstood, now: open() }, &[]),
        (Say::HandedOff { reason: HandOffReason::NeedsPerson, now: closed() }, &[]),
        (Say::HandedOff { reason: HandOffReason::PaymentDispute, now: open() }, &[]),
        (Say::HandedOff { reason: HandOffReason::Failure, now: open() }, &[]),
        (Say::ComplaintTaken { number: None, now: open() }, &[]),
        (Say::ComplaintTaken { number: Some("DK-7F2K9Q".into()), now: closed() }, &["DK-7F2K9Q"]),
        (Say::StillWaiting { now: open() }, &[]),
        (Say::StillWaiting { now: closed() }, &[]),
        (Say::AssistantBack { nobody_answered: true }, &[]),
        (Say::AssistantBack { nobody_answered: false }, &[]),
        (Say::AwaitsApproval { number: "DK-7F2K9Q".into(), amount: kes(26_150) }, &["DK-7F2K9Q", "26,150"]),
        (Say::NotApproved { number: "DK-7F2K9Q".into() }, &["DK-7F2K9Q"]),
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
    for why in [Unheard::Deaf, Unheard::NotNow, Unheard::TooLong, Unheard::Silent, Unheard::Broken] {
        all.push((Say::Unheard { why }, &[]));
    }
    all.push((Say::HeardYou { words: "add the red dress size M".into() }, &["add the red dress size M"]));
    let claims = "nimelipa already, add 2 of the scarf at 20% off with free delivery";
    all.push((Say::HeardYou { words: claims.into() }, &["20% off"]));
    all.push((Say::HeardWrong, &[]));
    for kind in ["sticker", "video", "document", "contacts", "empty", "poll"] {
        all.push((Say::Unsupported { kind: kind.into() }, &[]));
    }
    for rating in [1, 3, 5] {
        all.push((Say::Rated { rating: Some(rating), person: false }, &["5"]));
    }
    all
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
        (
            products(Because::OnOffer, vec![Card { was: Some(kes(3_500)), ..wrap() }, three()[1].clone()], None),
            &["1. Zawadi Red Wrap Dress – KES 2,800 (", " 3,500)"],
        ),
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
        (Say::PriceOfSize { card: wrap(), size: Size::parse("M") }, &["Zawadi Red Wrap Dress", "M", "KES 2,800"]),
        (
            Say::ColoursThere { name: Some("Zawadi Red Wrap Dress".into()), colours: vec![Colour::Red] },
            &["Zawadi Red Wrap Dress"],
        ),
        (Say::ColoursThere { name: Some("Zawadi".into()), colours: vec![Colour::Red, Colour::Blue] }, &["Zawadi"]),
        (Say::ColoursThere { name: None, colours: vec![Colour::Red, Colour::Blue] }, &[]),
        (Say::SizeOut { card: wrap(), size: Size::parse("XL"), made: true }, &["XL", "S, M, L"]),
        (Say::SizeOut { card: wrap(), size: Size::parse("XS"), made: false }, &["XS", "S, M, L"]),
        (Say::AskSizeAgain { card: wrap() }, &["Zawadi Red Wrap Dress", "S, M, L"]),
        (Say::SizeOut { card: card("Malaika", 4_500, &[]), size: Size::parse("XL"), made: true }, &["XL", "Malaika"]),
        (Say::ColourOut { name: name(), colour: Colour::Blue, others: vec![Colour::Red, Colour::Black] }, &["Zawadi"]),
        (Say::ColourOut { name: name(), colour: Colour::Blue, others: vec![] }, &["Zawadi"]),
        (Say::SoldOut { name: name() }, &["Zawadi Red Wrap Dress"]),
        (Say::WillTellWhenBack { name: name(), here: false }, &["Zawadi Red Wrap Dress"]),
        (Say::WillTellWhenBack { name: name(), here: true }, &["Zawadi Red Wrap Dress"]),
        (Say::WaitingStopped, &[]),
        (
            Say::BackInStock { card: wrap(), sizes: vec![Size::parse("S"), Size::parse("M")] },
            &["Zawadi Red Wrap Dress", "S, M", "KES 2,800"],
        ),
        (Say::BackInStock { card: three()[1].clone(), sizes: vec![Size::one()] }, &["Pwani Silk Scarf", "KES 900"]),
        (Say::AskWhich { cards: three() }, listed),
        (Say::AskWhichProduct, &[]),
        (Say::AskSize { card: wrap(), first: false }, &["Zawadi Red Wrap Dress", "S, M, L"]),
        (Say::AskSize { card: card("Malaika", 4_500, &["S", "XL"]), first: true }, &["Malaika", "S, XL"]),
        (Say::AskColour { card: wrap(), colours: vec![Colour::Pink, Colour::Navy] }, &["Zawadi", "pink", "navy"]),
        (advice(Confidence::High, 4, Some(true)), &["M", "4", "Zawadi"]),
        (advice(Confidence::Medium, 2, Some(false)), &["M", "Zawadi"]),
        (advice(Confidence::Low, 0, None), &["M"]),
        (by(Basis::Noted), &["M"]),
        (by(Basis::Theirs), &["M"]),
        (by(Basis::Corrected { from: Size::parse("S"), too_small: true }), &["S", "M"]),
        (by(Basis::Corrected { from: Size::parse("L"), too_small: false }), &["L", "M"]),
        (by_chart(ChartBasis::Body, Some("S"), true), &["89–94 cm", "M", "S", "Zawadi"]),
        (by_chart(ChartBasis::Garment("12 (Mr Price)".into()), None, false), &["12 (Mr Price)", "89–94 cm", "M"]),
        (by_chart(ChartBasis::Build, None, false), &["89–94 cm", "M"]),
        (Say::NoSizeByChart { name: Some(name()), sizes: vec![Size::parse("M")] }, &["Zawadi", "M"]),
        (Say::NoSizeByChart { name: None, sizes: vec![] }, &[]),
        (
            Say::BetweenSizes { small: Size::parse("M"), large: Size::parse("L"), gives: true, name: Some(name()) },
            &["M", "Zawadi"],
        ),
        (
            Say::BetweenSizes { small: Size::parse("M"), large: Size::parse("L"), gives: false, name: Some(name()) },
            &["L", "Zawadi"],
        ),
        (Say::BetweenSizes { small: Size::parse("M"), large: Size::parse("L"), gives: false, name: None }, &["M", "L"]),
        (Say::AreaKept { choice: kasarani() }, &["Kasarani, Seasons, gate B", "KES 300"]),
        (Say::ColoursKept { colours: vec![Colour::Red] }, &[]),
        (Say::Forgotten, &[]),
        (
            Say::LastTime {
                repriced: vec![(line("Zawadi", "M", 1, 3_000), kes(2_800))],
                gone: vec![lines().remove(1)],
            },
            &["KES 3,000", "KES 2,800", "Pwani Silk Scarf"],
        ),
        (Say::AskUsualSize { card: None }, &[]),
        (Say::AskUsualSize { card: Some(wrap()) }, &["Zawadi", "S, M, L"]),
        (Say::UsualSizeKept { size: Size::parse("M") }, &["M"]),
    ]
}

fn advice(confidence: Confidence, count: u32, in_stock: Option<bool>) -> Say {
    let name = in_stock.map(|_| "Zawadi Red Wrap Dress".to_owned());
    let basis = if confidence == Confidence::Low { Basis::Told } else { Basis::Bought };
    Say::SizeAdvice { size: Size::parse("M"), confidence, count, basis, in_stock, name }
}

fn by(basis: Basis) -> Say {
    let (size, name) = (Size::parse("M"), Some("Zawadi Red Wrap Dress".to_owned()));
    Say::SizeAdvice { size, confidence: Confidence::Low, count: 0, basis, in_stock: Some(true), name }
}

fn by_chart(basis: ChartBasis, or: Option<&str>, own: bool) -> Say {
    let size = Size::parse("M");
    let row = Row { size: size.clone(), ranges: BTreeMap::from([("bust", (89, 94)), ("hips", (97, 102))]) };
    let fitting = Fitting { size, or: or.map(Size::parse), row, own };
    Say::SizeByChart { fitting, basis, in_stock: Some(true), name: Some("Zawadi Red Wrap Dress".into()) }
}

fn cart() -> Vec<Sample> {
    let one = || vec![line("Zawadi Red Wrap Dress", "M", 2, 2_800)];
    let name = || "Zawadi Red Wrap Dress".to_owned();
    vec![
        (Say::Added { lines: one(), pieces: 2, subtotal: kes(5_600) }, &["2 × Zawadi Red Wrap Dress (M", "KES 5,600"]),
        (Say::Added { lines: lines(), pieces: 3, subtotal: kes(6_500) }, &["Pwani Silk Scarf", "KES 6,500"]),
        (Say::InCartAlready { line: one().remove(0), second: true }, &["2 × Zawadi Red Wrap Dress (M"]),
        (Say::InCartAlready { line: one().remove(0), second: false }, &["2 × Zawadi Red Wrap Dress (M"]),
        (Say::AskPieces { name: name(), size: Size::parse("M"), available: 2 }, &["Zawadi Red Wrap Dress (M)", "2"]),
        (Say::Left { name: name(), size: Size::parse("M"), available: 4 }, &["Zawadi Red Wrap Dress (M)", "4"]),
        (Say::Left { name: name(), size: Size::parse("M"), available: 1 }, &["Zawadi Red Wrap Dress (M)"]),
        (Say::AskPieces { name: name(), size: Size::parse("M"), available: 1 }, &["Zawadi Red Wrap Dress (M)"]),
        (
            Say::Swapped { out: one().remove(0), line: line("Pwani Silk Scarf", "L", 1, 500) },
            &["Pwani Silk Scarf (L", "Zawadi Red Wrap Dress (M"],
        ),
        (
            Say::AskSwap { card: wrap(), size: Size::parse("L"), old: one().remove(0) },
            &["Zawadi Red Wrap Dress", "L", "M", "2,800"],
        ),
        (Say::LeftOut { names: vec![name()] }, &["Zawadi Red Wrap Dress"]),
        (Say::OnlySoMany { name: name(), size: Size::parse("M"), available: 2 }, &["Zawadi Red Wrap Dress (M)", "2"]),
        (Say::OnlySoMany { name: name(), size: Size::parse("M"), available: 0 }, &["Zawadi Red Wrap Dress (M)"]),
        (Say::Removed { lines: one() }, &["Zawadi Red Wrap Dress"]),
        (Say::Removed { lines: lines() }, &["Zawadi Red Wrap Dress", "Pwani Silk Scarf"]),
        (Say::NotInCart { asked: Some("kikoi".into()) }, &["kikoi"]),
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
        (Say::AskAddressThere { choice: kasarani() }, &["Kasarani, Seasons, gate B"]),
        (Say::AskAddress { saved: None, lives: false, pickup: false }, &[]),
        (Say::AskAddress { saved: None, lives: false, pickup: true }, &[]),
        (Say::AskAddress { saved: Some(kasarani()), lives: false, pickup: false }, &["Kasarani, Seasons, gate B"]),
        (Say::AskAddress { saved: Some(kasarani()), lives: true, pickup: true }, &["Kasarani, Seasons, gate B"]),
        (Say::AskAddress { saved: Some(kasarani()), lives: false, pickup: true }, &["Kasarani, Seasons, gate B"]),
        (Say::AskAddress { saved: Some(collected()), lives: false, pickup: true }, &[]),
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
        (
            Say::ChangeAfterPrompt { number: "DK-7F2K9Q".into(), amount: kes(3_100), phone: Some(phone()) },
            &["DK-7F2K9Q", "KES 3,100"],
        ),
        (
            Say::ChangeAfterPrompt { number: "DK-7F2K9Q".into(), amount: kes(3_100), phone: None },
            &["DK-7F2K9Q", "KES 3,100"],
        ),
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

fn moved(state: OrderState, pickup: bool) -> Say {
    Say::OrderMoved { number: "DK-7F2K9Q".into(), state, eta: Some("next day".into()), pickup }
}

fn orders() -> Vec<Sample> {
    let number = || "DK-7F2K9Q".to_owned();
    let mut all: Vec<Sample> = vec![
        (moved(OrderState::Shipped, false), &["DK-7F2K9Q"]),
        (moved(OrderState::Shipped, true), &["DK-7F2K9Q"]),
        (moved(OrderState::Delivered, false), &["DK-7F2K9Q"]),
        (
            Say::AskRating { number: "DK-7F2K9Q".into(), first: "Red Wrap Dress".into(), others: 0 },
            &["DK-7F2K9Q", "Red Wrap Dress", "1", "5"],
        ),
        (
            Say::AskRating { number: "DK-7F2K9Q".into(), first: "Red Wrap Dress".into(), others: 2 },
            &["DK-7F2K9Q", "Red Wrap Dress", "1", "5"],
        ),
        (Say::AskRating { number: "DK-7F2K9Q".into(), first: String::new(), others: 0 }, &["DK-7F2K9Q", "1", "5"]),
        (Say::NoOrder { asked: None }, &[]),
        (Say::NoOrder { asked: Some("DK-222222".into()) }, &["DK-222222"]),
        (Say::AskCancel { number: number(), total: kes(6_150) }, &["DK-7F2K9Q", "KES 6,150"]),
        (Say::OrderCancelled { number: number(), prompted: None }, &["DK-7F2K9Q"]),
        (Say::OrderCancelled { number: number(), prompted: Some(kes(6_150)) }, &["DK-7F2K9Q", "KES 6,150"]),
        (Say::Forgiven, &[]),
        (Say::WaitsForNothing, &[]),
        (Say::ToldTeam { number: number() }, &["DK-7F2K9Q"]),
        (Say::OnePerBooking, &[]),
    ];
    for (others, state) in OrderState::ALL.into_iter().enumerate() {
        let placed_at = now().plus_minutes(-60 * 24 * i64::try_from(others).expect("few"));
        let eta = Some("next day".into());
        all.push((
            Say::OrderStatus { number: number(), state, placed_at, total: kes(6_150), eta, expected: None, others },
            &["DK-7F2K9Q", "KES 6,150"],
        ));
        for expected in [now(), now().plus_minutes(60 * 24), now().plus_minutes(-60 * 48)] {
            let (number, total, expected) = (number(), kes(6_150), Some(expected));
            all.push((
                Say::OrderStatus { number, state, placed_at, total, eta: None, expected, others: 0 },
                &["DK-7F2K9Q"],
            ));
        }
        all.push((Say::CannotCancel { number: number(), state }, &["DK-7F2K9Q"]));
    }
    all
}
