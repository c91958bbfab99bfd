//! A small shop and a customer: decisions are carried out on it as the database would.

use std::collections::HashMap;

use duka_kernel::{
    AppointmentId, Colour, Currency, Language, Money, OrderId, PaymentId, PhoneNumber, ProductId, ServiceId, Size,
    Timestamp, VariantId,
};
use duka_perception::{Evidence, Intent, Mood, Perception, Slots, Wish};
use duka_shop::{
    OrderState, PaymentFailure, PaymentState, Product, Service, ShopProfile, Stock, StockLevel, Variant,
    booking::{AppointmentState, Claim, Taken},
    knowledge::Knowledge,
    profile::{Coupon, Delivery, Faq, OpenHours, Personality, Reduction, Returns, Tier, Wholesale, Zone},
    promotion::Offers,
    search::CatalogueIndex,
};
use jiff::civil::time;
use serde_json::{Value, json};

use crate::{
    Decision, Dialogue, Effect, Heard, Say, decide,
    effect::CustomerChange,
    recall::{AppointmentView, CustomerView, Diary, OrderView, PaymentView, Recall},
};

pub(crate) fn kes(amount: i64) -> Money {
    Money::from_major(amount, Currency::Kes)
}

pub(crate) fn shop() -> ShopProfile {
    let day = Some(OpenHours { open: time(9, 0, 0, 0), close: time(19, 0, 0, 0) });
    let zone = |name: &str, fee: i64, areas: &[&str], eta: &str| Zone {
        name: name.into(),
        fee: kes(fee),
        areas: areas.iter().map(|a| (*a).to_owned()).collect(),
        eta: Some(eta.into()),
    };
    let coupon = |code: &str, reduction, min: i64| Coupon {
        code: code.into(),
        reduction,
        min_subtotal: kes(min),
        starts: None,
        expires: None,
        max_uses: None,
        max_uses_per_customer: None,
        customers: Vec::new(),
        members: None,
    };
    ShopProfile {
        name: "Tausi".into(),
        slug: "tausi".into(),
        currency: Currency::Kes,
        timezone: "Africa/Nairobi".into(),
        default_language: Language::En,
        whatsapp_number: PhoneNumber::parse("0700000001").ok(),
        owner_phone: PhoneNumber::parse("0700000901").ok(),
        hours: [day; 7],
        holidays: Vec::new(),
        location: Some("Moi Avenue".into()),
        payment_methods: vec!["M-Pesa".into()],
        manual_payment: None,
        cash_on_delivery: false,
        delivery: Delivery {
            zones: vec![
                zone("cbd", 150, &["CBD", "Moi Avenue"], "same day"),
                zone("nairobi", 300, &["Westlands", "Utawala", "Karen"], "next day"),
                zone("upcountry", 450, &[], "1-3 days"),
            ],
            pickup: true,
        },
        coupons: vec![
            coupon("KARIBU10", Reduction::Percent(10), 2_000),
            coupon("TANO", Reduction::Fixed(kes(500)), 5_000),
        ],
        bargaining: false,
        wholesale: Some(Wholesale { min_pieces: 10, tiers: vec![Tier { min: 10, percent: 15 }], note: None }),
        returns: Some(Returns { days: 7, condition: None, refund: None }),
        exchange: None,
        reservation_minutes: 30,
        personality: Personality::default(),
        deposit: None,
        size_charts: std::collections::BTreeMap::new(),
        booking: duka_shop::booking::BookingRules::default(),
        approval_above: None,
        handover: duka_shop::handover::HandOverRules::default(),
        faqs: vec![Faq { q: "How do I wash the silk scarves?".into(), a: "By hand, cold.".into(), active: true }],
        about: duka_shop::about::About::default(),
        contacts: duka_shop::about::Contacts::default(),
        phrases: Vec::new(),
        disabled_intents: Vec::new(),
        promotions: Vec::new(),
        feedback_hours: Some(24),
        models: duka_shop::models::ModelRules::default(),
        modules: duka_shop::profile::Modules::default(),
        low_stock: 3,
    }
}

fn product(
    sku: &str,
    name: &str,
    category: &str,
    colour: Colour,
    price: i64,
    stock: &[(&str, u32)],
) -> (Product, Vec<u32>) {
    let variants = stock.iter().map(|(size, _)| Variant {
        id: VariantId::new(),
        size: Size::parse(size),
        colour: None,
        price: kes(price),
    });
    let product = Product {
        id: ProductId::new(),
        sku: sku.into(),
        name: name.into(),
        description: format!("{name}, well made."),
        category: category.into(),
        price: kes(price),
        compare_at: None,
        tags: Vec::new(),
        attributes: std::collections::BTreeMap::new(),
        colours: vec![colour],
        image: Some(format!("{}.jpg", sku.to_lowercase())),
        variants: variants.collect(),
    };
    (product, stock.iter().map(|(_, n)| *n).collect())
}

fn catalogue() -> Vec<(Product, Vec<u32>)> {
    vec![
        product("D1", "Red Wrap Dress", "dress", Colour::Red, 2_800, &[("S", 4), ("M", 6), ("XL", 0)]),
        product("D2", "Blue Floral Midi Dress", "dress", Colour::Blue, 2_500, &[("S", 2), ("M", 1), ("L", 3)]),
        product("D3", "Blue Denim Shirt Dress", "dress", Colour::Blue, 3_000, &[("M", 4)]),
        product("D4", "Pink Tulle Dress", "dress", Colour::Pink, 5_200, &[("S", 0), ("M", 0)]),
        product("D5", "Purple Dera", "dress", Colour::Purple, 1_200, &[("ONE", 12)]),
        product("S1", "Black Block Heels", "shoes", Colour::Black, 3_500, &[("38", 3), ("39", 3), ("40", 0)]),
        product("S2", "White Sneakers", "shoes", Colour::White, 2_600, &[("40", 4), ("41", 4)]),
        product("J1", "Slim Blue Jeans", "jeans", Colour::Blue, 2_200, &[("30", 4), ("32", 6)]),
        product("B1", "Brown Tote Handbag", "bag", Colour::Brown, 1_900, &[("ONE", 5)]),
        product("A1", "Silk Head Scarf", "accessory", Colour::Purple, 600, &[("ONE", 15)]),
    ]
}

/// One customer of the shop, and everything that is kept between their messages.
pub(crate) struct World {
    pub shop: ShopProfile,
    pub catalogue: CatalogueIndex,
    pub stock: Stock,
    pub services: Vec<Service>,
    pub knowledge: Knowledge,
    pub diary: Diary,
    pub customer: CustomerView,
    pub orders: Vec<OrderView>,
    pub dialogue: Dialogue,
    pub now: Timestamp,
    pub payments_down: bool,
    pub last: Option<Decision>,
    /// How the last words were read.
    pub heard: Option<Perception>,
}

impl World {
    pub(crate) fn new() -> Self {
        let mut stock = HashMap::new();
        let mut products = Vec::new();
        for (product, counts) in catalogue() {
            for (variant, on_hand) in product.variants.iter().zip(counts) {
                stock.insert(variant.id, StockLevel { on_hand, reserved: 0 });
            }
            products.push(product);
        }
        let customer =
            CustomerView { phone: PhoneNumber::parse("0712345678").ok(), is_new: true, ..CustomerView::default() };
        Self {
            shop: shop(),
            catalogue: CatalogueIndex::build(products),
            stock: Stock(stock),
            services: Vec::new(),
            knowledge: Knowledge::default(),
            diary: Diary::default(),
            customer,
            orders: Vec::new(),
            dialogue: Dialogue::default(),
            now: Timestamp(1_772_607_600_000),
            payments_down: false,
            last: None,
            heard: None,
        }
    }

    pub(crate) fn id(&self, sku: &str) -> ProductId {
        self.catalogue.by_sku(sku).expect("a product of the made-up shop").id
    }

    pub(crate) fn variant(&self, sku: &str, size: &str) -> VariantId {
        let product = self.catalogue.by_sku(sku).expect("a product of the made-up shop");
        product.variants.iter().find(|v| v.size == Size::parse(size)).expect("a size of it").id
    }

    pub(crate) fn set_stock(&mut self, sku: &str, size: &str, on_hand: u32) {
        let variant = self.variant(sku, size);
        self.stock.0.insert(variant, StockLevel { on_hand, reserved: 0 });
    }

    /// Puts products in front of the customer as a list would.
    pub(crate) fn show(&mut self, skus: &[&str]) {
        self.dialogue.shown = skus.iter().map(|sku| self.id(sku)).collect();
        self.dialogue.question = crate::Question::ProductChoice;
        self.dialogue.focus = None;
    }

    pub(crate) fn decide(&self, heard: &[Heard]) -> Decision {
        self.recalled(|recall| decide(&self.dialogue, heard, recall))
    }

    /// What is known now.
    pub(crate) fn recalled<T>(&self, with: impl FnOnce(&Recall<'_>) -> T) -> T {
        let zone = duka_shop::hours::zone(&self.shop);
        with(&Recall {
            shop: &self.shop,
            catalogue: &self.catalogue,
            stock: &self.stock,
            knowledge: &self.knowledge,
            services: &self.services,
            customer: &self.customer,
            orders: &self.orders,
            now: self.now,
            zone: &zone,
            new_order: OrderId::new(),
            new_payment: PaymentId::new(),
            new_appointment: AppointmentId::new(),
            diary: Some(&self.diary),
            payments_down: self.payments_down,
        })
    }

    /// A message arrives, is decided on, and what it makes happen happens.
    pub(crate) fn hear(&mut self, heard: &[Heard]) -> Vec<Say> {
        let decision = self.decide(heard);
        for effect in &decision.effects {
            self.happen(effect);
        }
        self.dialogue = decision.dialogue.clone();
        self.now = self.now.plus_seconds(20);
        let says = decision.says.clone();
        self.last = Some(decision);
        says
    }

    pub(crate) fn say(&mut self, intent: &str, text: &str, slots: Value) -> Vec<Say> {
        self.hear(&[message(&[wish(intent, text, slots)])])
    }

    /// The customer's own words.
    pub(crate) fn text(&mut self, text: &str) -> Vec<Say> {
        let perception = self.read(text);
        self.heard = Some(perception.clone());
        self.hear(&[Heard::Text { perception, quoted: None }])
    }

    /// Words as they are read in this conversation.
    pub(crate) fn read(&self, text: &str) -> Perception {
        let context = self.dialogue.context(&self.catalogue, &Offers::default(), self.now, &self.shop.timezone);
        duka_perception::perceive(text, &context)
    }

    fn happen(&mut self, effect: &Effect) {
        match effect {
            Effect::PlaceOrder(order) => {
                for line in &order.lines {
                    self.stock.0.entry(line.variant).or_default().reserved += line.quantity;
                }
                self.orders.insert(
                    0,
                    OrderView {
                        id: order.id,
                        number: order.number.clone(),
                        state: OrderState::PendingPayment,
                        lines: order.lines.clone(),
                        total: order.total,
                        delivery: order.delivery.clone(),
                        placed_at: self.now,
                        paid_at: None,
                        expires_at: Some(self.now.plus_minutes(30)),
                        payment: None,
                    },
                );
            }
            Effect::RequestPayment(request) => {
                let order = self.orders.iter_mut().find(|o| o.id == request.order).expect("the order exists");
                order.payment = Some(PaymentView {
                    state: PaymentState::Pending,
                    failure: None,
                    phone: Some(request.phone.clone()),
                    receipt: None,
                    requested_at: self.now,
                });
            }
            Effect::CancelOrder { order, .. } => self.end(*order, OrderState::Cancelled),
            Effect::TakeSlot(booking) => {
                let state = if booking.until.is_some() { AppointmentState::Held } else { AppointmentState::Booked };
                self.appoint(booking.id, booking.service, booking.start, state, (booking.order, &booking.claims));
            }
            Effect::ReleaseSlot(id) => self.free(*id),
            Effect::MoveBooking { id, service, start, claims } => {
                self.appoint(*id, *service, *start, AppointmentState::Booked, (None, claims));
            }
            Effect::CancelBooking { id, .. } => {
                self.diary.taken.retain(|taken| taken.appointment != *id);
                self.diary.mine.iter_mut().filter(|mine| mine.id == *id).for_each(|mine| {
                    mine.state = AppointmentState::Cancelled;
                });
            }
            Effect::Customer(CustomerChange::Address(choice)) => self.customer.address = Some(choice.clone()),
            Effect::Customer(CustomerChange::ForgetAddress) => {
                self.customer.address = None;
                self.customer.facts.remove("area");
                self.customer.facts.insert(crate::effect::ADDRESS_FORGOTTEN.into(), "yes".into());
            }
            Effect::Customer(CustomerChange::Fact { name, value }) if value.is_empty() => {
                self.customer.facts.remove(name);
            }
            Effect::Customer(CustomerChange::Phone(phone)) => self.customer.phone = Some(phone.clone()),
            Effect::Customer(CustomerChange::Language(language)) => self.customer.language = Some(*language),
            Effect::Customer(CustomerChange::Fact { name, value }) => {
                self.customer.facts.insert(name.clone(), value.clone());
            }
            _ => {}
        }
    }

    fn appoint(
        &mut self,
        id: AppointmentId,
        service: ServiceId,
        start: Timestamp,
        state: AppointmentState,
        (order, claims): (Option<OrderId>, &[Claim]),
    ) {
        self.free(id);
        self.diary.taken.extend(claims.iter().map(|claim| Taken { appointment: id, claim: claim.clone() }));
        self.diary.mine.push(AppointmentView { id, service, start, state, order, deposit: None });
    }

    fn free(&mut self, id: AppointmentId) {
        self.diary.taken.retain(|taken| taken.appointment != id);
        self.diary.mine.retain(|mine| mine.id != id);
    }

    fn end(&mut self, order: OrderId, state: OrderState) {
        let order = self.orders.iter_mut().find(|o| o.id == order).expect("the order exists");
        order.state = state;
        for line in &order.lines {
            let level = self.stock.0.entry(line.variant).or_default();
            level.reserved = level.reserved.saturating_sub(line.quantity);
        }
    }

    /// The latest order is paid.
    pub(crate) fn paid(&mut self) -> Vec<Say> {
        let order = self.orders.first_mut().expect("an order");
        order.state = OrderState::Paid;
        order.paid_at = Some(self.now);
        if let Some(payment) = &mut order.payment {
            payment.state = PaymentState::Succeeded;
            payment.receipt = Some("SCA1B2C3D4".into());
        }
        let (dialogue, says) = crate::settlement::receipt(&self.dialogue, &self.orders[0]);
        self.dialogue = dialogue;
        says
    }

    /// The latest attempt fails.
    pub(crate) fn failed(&mut self, failure: PaymentFailure) -> Vec<Say> {
        let order = self.orders.first_mut().expect("an order");
        order.state = OrderState::PaymentFailed;
        if let Some(payment) = &mut order.payment {
            payment.state = failure.state();
            payment.failure = Some(failure);
        }
        let (dialogue, says) = crate::settlement::failed(&self.dialogue, &self.orders[0], failure);
        self.dialogue = dialogue;
        says
    }

    /// The time of the latest order runs out.
    pub(crate) fn expired(&mut self) -> Vec<Say> {
        self.now = self.now.plus_minutes(31);
        let id = self.orders[0].id;
        self.end(id, OrderState::Expired);
        let (dialogue, says) = crate::settlement::expired(&self.dialogue, &self.orders[0]);
        self.dialogue = dialogue;
        says
    }

    pub(crate) fn effects(&self) -> &[Effect] {
        self.last.as_ref().map_or(&[], |decision| &decision.effects)
    }

    /// The cart as `SKU/SIZE×QUANTITY`.
    pub(crate) fn cart(&self) -> Vec<String> {
        self.dialogue.cart.lines.iter().map(|l| format!("{}/{}×{}", l.sku, l.size, l.quantity)).collect()
    }
}

pub(crate) fn wish(intent: &str, text: &str, slots: Value) -> Wish {
    let intent: Intent = intent.parse().expect("an intent");
    let slots: Slots = serde_json::from_value(slots).expect("slots");
    Wish { intent, confidence: 0.95, slots, text: text.to_owned() }
}

pub(crate) fn plain(intent: &str, text: &str) -> Wish {
    wish(intent, text, json!({}))
}

pub(crate) fn message(wishes: &[Wish]) -> Heard {
    Heard::Text { perception: perception(wishes), quoted: None }
}

pub(crate) fn perception(wishes: &[Wish]) -> Perception {
    let first = wishes.first().expect("a wish").clone();
    Perception {
        langs: vec![Language::En],
        language_is_clear: true,
        evidence: Evidence { english: 3, ..Evidence::default() },
        intent: first.intent,
        confidence: first.confidence,
        slots: first.slots,
        wishes: wishes.to_vec(),
        mood: Mood::Neutral,
    }
}

/// The names of what is said, in order.
pub(crate) fn names(says: &[Say]) -> Vec<String> {
    says.iter()
        .map(|say| match serde_json::to_value(say).expect("says are data") {
            Value::String(name) => name,
            Value::Object(fields) => fields.keys().next().cloned().unwrap_or_default(),
            _ => String::new(),
        })
        .collect()
}
