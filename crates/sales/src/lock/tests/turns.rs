//! Turns as they are decided, by name.

use duka_kernel::{AppointmentId, Colour, Currency, Language, Money, OrderId, PaymentId, Size, Timestamp};
use duka_perception::Mood;
use duka_shop::knowledge::Knowledge;
use duka_shop::{
    OrderState, Product, Service, ShopProfile, Stock, Variant, hours,
    profile::{EmojiUse, Exchange, Returns, Tone, Wholesale},
    search::CatalogueIndex,
};
use jiff::tz::TimeZone;

use crate::{
    dialogue::Dialogue,
    effect::HandOffReason,
    express::tests::{
        facts::{
            at, bulk_prices, card, collected, coupons, day, kasarani, kes, line, lines, now, phone, quote, service,
            shop, three, wrap, zone, zones,
        },
        say_in,
    },
    lock::Facts,
    recall::{CustomerView, Recall},
    say::{Because, BookingFacts, Card, Offer, Say},
};

/// The turns there are.
pub(super) const TURNS: [&str; 30] = [
    "list",
    "price",
    "in_stock",
    "size_out",
    "sold_out",
    "nothing",
    "added",
    "cart",
    "summary",
    "asked",
    "waiting",
    "paid",
    "shipped",
    "fee",
    "zones",
    "hours",
    "closed",
    "returns",
    "no_exchange",
    "coupons",
    "bargain",
    "times",
    "booked",
    "talk",
    "team",
    "compare",
    "claim",
    "few",
    "picked_up",
    "reduced",
];

/// A shop, its catalogue and a customer.
pub(super) struct World {
    shop: ShopProfile,
    catalogue: CatalogueIndex,
    stock: Stock,
    customer: CustomerView,
    zone: TimeZone,
    services: Vec<Service>,
    knowledge: Knowledge,
}

impl World {
    pub(super) fn new() -> Self {
        let mut shop = shop(Tone::Warm, EmojiUse::Some);
        shop.hours[6] = None;
        shop.returns =
            Some(Returns { days: 7, condition: Some("unworn, tags on".into()), refund: Some("M-Pesa".into()) });
        shop.whatsapp_number = duka_kernel::PhoneNumber::parse("0700000001").ok();
        // What the conversations here are not about.
        let others = [("Malkia Sequin Gown", "dress", 8_900), ("Amani Leather Tote", "bag", 4_600)];
        let catalogue =
            CatalogueIndex::build(others.iter().map(|(name, kind, price)| product(name, kind, *price)).collect());
        Self {
            shop,
            catalogue,
            stock: Stock::default(),
            customer: CustomerView { name: Some("Achieng".into()), phone: Some(phone()), ..CustomerView::default() },
            zone: zone(),
            services: vec![service()],
            knowledge: Knowledge::default(),
        }
    }

    pub(super) fn facts(&self, turn: &str) -> Facts<'_> {
        Facts::of(&says(turn), &self.recall(), &Dialogue::default())
    }

    /// What the templates say of a turn.
    pub(super) fn decided(&self, turn: &str, language: &str) -> String {
        let language = Language::ALL.into_iter().find(|known| known.code() == language).expect("a language");
        let parts = say_in(&says(turn), &self.shop, language, Mood::Neutral, 0).parts;
        parts.into_iter().map(|part| part.text).collect::<Vec<_>>().join("\n")
    }

    /// The facts of open talk after one dress was shown, or several.
    pub(super) fn shown(&self, what: &str) -> Facts<'_> {
        let mut facts = Facts::of(&says("talk"), &self.recall(), &Dialogue::default());
        let blue = |card: Card| Card { colours: vec![Colour::Blue], ..card };
        facts.also(&blue(card("Blue Floral Midi Dress", 2_500, &["S", "M", "L"])));
        if what == "list" {
            let green = card("Maua Green Floral Maxi Dress", 3_500, &["S", "M", "L", "XL"]);
            facts.also(&Card { colours: vec![Colour::Green], ..green });
            facts.also(&wrap());
            let black = card("Nyota Black Bodycon Dress", 2_200, &["S", "M"]);
            facts.also(&Card { colours: vec![Colour::Black], ..black });
        }
        facts
    }

    fn recall(&self) -> Recall<'_> {
        Recall {
            shop: &self.shop,
            catalogue: &self.catalogue,
            knowledge: &self.knowledge,
            stock: &self.stock,
            services: &self.services,
            customer: &self.customer,
            orders: &[],
            now: now(),
            zone: &self.zone,
            new_order: OrderId::new(),
            new_payment: PaymentId::new(),
            new_appointment: AppointmentId::new(),
            diary: None,
            payments_down: false,
        }
    }
}

fn product(name: &str, category: &str, price: i64) -> Product {
    let variant = Variant { id: duka_kernel::VariantId::new(), size: Size::one(), colour: None, price: kes(price) };
    Product {
        id: duka_kernel::ProductId::new(),
        sku: name.chars().filter(char::is_ascii_uppercase).collect::<String>() + "-1",
        name: name.into(),
        description: String::new(),
        category: category.into(),
        price: Money::from_major(price, Currency::Kes),
        compare_at: None,
        tags: Vec::new(),
        attributes: std::collections::BTreeMap::new(),
        colours: Vec::new(),
        image: None,
        variants: vec![variant],
    }
}

fn booking() -> BookingFacts {
    BookingFacts {
        title: "Alteration Fitting".into(),
        start: moment(5, 14),
        minutes: 30,
        price: kes(800),
        place: Some("Jamhuri Arcade, 2nd floor, shop B14, Moi Avenue".into()),
    }
}

fn moment(day: i8, hour: i8) -> Timestamp {
    Timestamp(at(day, hour).timestamp().as_millisecond())
}

const NUMBER: &str = "DK-7F2K9Q";

fn says(turn: &str) -> Vec<Say> {
    let number = || NUMBER.to_owned();
    let receipt = || Some("SCA1B2C3D4".to_owned());
    vec![match turn {
        "list" => Say::Products { because: Because::Asked, cards: three(), budget: None },
        "price" => Say::Price { cards: vec![wrap()] },
        "in_stock" => Say::InStock { card: wrap(), size: Some(Size::parse("M")) },
        "size_out" => Say::SizeOut { card: wrap(), size: Size::parse("XL"), made: true },
        "sold_out" => Say::SoldOut { name: "Pwani Silk Scarf".into() },
        "nothing" => Say::NothingFound { asked: "heels".into() },
        "added" => {
            Say::Added { lines: vec![line("Zawadi Red Wrap Dress", "M", 2, 2_800)], pieces: 2, subtotal: kes(5_600) }
        }
        "cart" => Say::CartView { lines: lines(), quote: quote() },
        "summary" => Say::Summary { lines: lines(), quote: quote(), delivery: kasarani(), payer: Some(phone()) },
        "asked" => Say::PaymentAsked { number: number(), amount: kes(6_150), phone: phone(), hold_minutes: 30 },
        "waiting" => Say::PaymentWaiting { number: number(), amount: kes(6_150), phone: Some(phone()) },
        "paid" => Say::Receipt {
            number: number(),
            lines: lines(),
            total: kes(6_150),
            receipt: receipt(),
            delivery: kasarani(),
        },
        "shipped" => Say::OrderStatus {
            number: number(),
            state: OrderState::Shipped,
            placed_at: moment(3, 12),
            total: kes(6_150),
            eta: Some("next day".into()),
            expected: None,
            others: 0,
        },
        "fee" => Say::DeliveryFee { choice: kasarani() },
        "zones" => Say::DeliveryInfo { zones: zones(), pickup: true },
        "hours" => Say::Hours {
            now: hours::Status::Open { closes: at(4, 19) },
            week: vec![(vec![0, 1, 2, 3, 4, 5], Some(day(9, 19))), (vec![6], None)],
        },
        "closed" => Say::HoursOn { date: jiff::civil::date(2026, 3, 8), hours: None, holiday: None },
        "returns" => Say::ReturnPolicy {
            returns: Some(Returns {
                days: 7,
                condition: Some("unworn, tags on".into()),
                refund: Some("M-Pesa".into()),
            }),
        },
        "no_exchange" => Say::ExchangePolicy { exchange: None::<Exchange> },
        "coupons" => Say::Coupons { promotions: Vec::new(), coupons: coupons(), wholesale: None::<Wholesale> },
        "bargain" => {
            Say::Bargain { price: Some(wrap()), coupons: Vec::new(), wholesale: Some(bulk_prices()), angry: false }
        }
        "times" => Say::OfferTimes {
            title: "Alteration Fitting".into(),
            price: kes(800),
            times: vec![moment(5, 14), moment(6, 10)],
            why: Offer::Soonest,
        },
        "booked" => Say::Booked { booking: booking(), paid: None },
        "talk" => Say::OffTopic { angry: false },
        "team" => Say::HandedOff { reason: HandOffReason::Asked, now: hours::Status::Open { closes: at(4, 19) } },
        "compare" => Say::Compare {
            cards: vec![wrap(), card("Pwani Silk Scarf", 900, &["ONE"])],
            descriptions: Vec::new(),
            numbers: vec![1, 2],
        },
        "claim" => Say::ClaimChecked { number: Some(number()), receipt: receipt() },
        "few" => Say::OnlySoMany { name: "Zawadi Red Wrap Dress".into(), size: Size::parse("M"), available: 2 },
        "picked_up" => Say::DeliveryTo { choice: collected() },
        "reduced" => Say::Price { cards: vec![Card { was: Some(kes(3_500)), ..wrap() }] },
        other => panic!("no turn {other}"),
    }]
}
