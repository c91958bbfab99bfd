//! Something of everything there is to say about the shop: delivery, hours, contacts, deals, taking back, services.

use duka_shop::{
    about::Contacts,
    fit::usual_chart,
    hours,
    pricing::CouponRefusal,
    profile::{Exchange, Returns},
    promotion::{Cut, Promotion},
};
use jiff::civil;

use super::{
    facts::{at, bulk, bulk_prices, coupons, day, kasarani, kes, phone, quote, service, wrap, zones},
    samples::Sample,
};
use crate::say::Say;

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

pub(super) fn about() -> Vec<Sample> {
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
        (Say::CouponRemoved { code: "KARIBU10".into() }, &["KARIBU10"]),
        (Say::GoAhead, &[]),
        (Say::Comfort, &[]),
        (Say::NoEarlierOrder, &[]),
        (Say::CallNoted { number: Some("DK-7F2K9Q".into()) }, &["DK-7F2K9Q"]),
        (Say::CallNoted { number: None }, &[]),
        (Say::BookingsInTurn, &[]),
        (Say::NoSuchDay, &[]),
        (Say::SorryFor, &[]),
        (
            Say::SizeChart { name: Some("Wrap Dress".into()), rows: usual_chart().rows, own: true },
            &["Wrap Dress", "M:"],
        ),
        (
            Say::SizeChart { name: Some("Wrap Dress".into()), rows: usual_chart().rows, own: false },
            &["Wrap Dress", "M:"],
        ),
        (Say::SizeChart { name: None, rows: usual_chart().rows, own: false }, &["M:"]),
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
        (Say::PerPiece { card: wrap(), pieces: 20, each: kes(2_380) }, &["KES 2,380", "20", "KES 2,800"]),
        (Say::PerPiece { card: wrap(), pieces: 2, each: kes(2_800) }, &["KES 2,800"]),
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
