//! Every reader of what a model writes, for tests that look for input that breaks one.

use std::sync::LazyLock;

use duka_kernel::{AppointmentId, Currency, Language, OrderId, PaymentId, Timestamp};
use duka_perception::{Context, perceive};
use duka_shop::{
    Product, ShopProfile, Stock, Variant, file::new_profile, knowledge::Knowledge, search::CatalogueIndex,
};
use jiff::tz::TimeZone;

use super::{Answer, Description, prompt::MARKER, proposal::proposals, words};
use crate::{
    decide::{Heard, Open},
    dialogue::Dialogue,
    lock::{self, Facts},
    recall::{CustomerView, Recall},
};

struct Shop {
    profile: ShopProfile,
    catalogue: CatalogueIndex,
    stock: Stock,
    knowledge: Knowledge,
    customer: CustomerView,
    heard: [Heard; 1],
}

static SHOP: LazyLock<Shop> = LazyLock::new(|| {
    let price = duka_kernel::Money::from_major(2_800, Currency::Kes);
    let size = duka_kernel::Size::parse("M");
    let variant = Variant { id: duka_kernel::VariantId::new(), size, colour: None, price };
    let product = Product {
        id: duka_kernel::ProductId::new(),
        sku: "D1".into(),
        name: "Red Wrap Dress".into(),
        description: String::new(),
        category: "dress".into(),
        price,
        compare_at: None,
        tags: Vec::new(),
        attributes: std::collections::BTreeMap::new(),
        colours: Vec::new(),
        image: None,
        variants: vec![variant],
    };
    let perception = perceive("can I get that red dress in M?", &Context::default());
    Shop {
        profile: new_profile("any", "Any", Currency::Kes),
        catalogue: CatalogueIndex::build(vec![product]),
        stock: Stock::default(),
        knowledge: Knowledge::default(),
        customer: CustomerView::default(),
        heard: [Heard::Text { perception, quoted: None }],
    }
});

/// Has each of them read these bytes: as a description of a picture, as an answer, its proposals, and as words that may be sent.
pub fn read_anything(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shop = &*SHOP;
    let recall = Recall {
        shop: &shop.profile,
        catalogue: &shop.catalogue,
        stock: &shop.stock,
        knowledge: &shop.knowledge,
        services: &[],
        customer: &shop.customer,
        orders: &[],
        now: Timestamp(1_772_607_600_000),
        zone: &TimeZone::UTC,
        new_order: OrderId::new(),
        new_payment: PaymentId::new(),
        new_appointment: AppointmentId::new(),
        diary: None,
        payments_down: false,
    };
    let dialogue = Dialogue::default();
    let mut facts = Facts::of(&[], &recall, &dialogue);
    facts.secret(MARKER);
    let mut said = vec![text.clone().into_owned()];
    if let Ok(description) = Description::read(&text) {
        said.extend(description.sentence);
    }
    if let Ok(answer) = Answer::read(&text) {
        let _ = proposals(&answer, Open::Unsure, &shop.heard, &dialogue, &recall);
        said.push(answer.reply_text);
    }
    for words in said {
        let _ = Language::ALL.map(|language| words::check(&words, language));
        let _ = lock::check(&words, &facts);
    }
}
