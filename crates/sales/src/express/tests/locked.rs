//! The fact lock lets every text through that the templates make of the facts.

use duka_kernel::{AppointmentId, Language, OrderId, PaymentId};
use duka_shop::{Stock, profile::EmojiUse, search::CatalogueIndex};

use super::{MOODS, TONES, now, samples::samples, say_in, shop, zone};
use crate::{
    dialogue::Dialogue,
    lock::{Facts, check},
    recall::{CustomerView, Recall},
};

#[test]
fn no_text_of_a_template_is_stopped() {
    let (catalogue, stock, customer, zone) =
        (CatalogueIndex::build(Vec::new()), Stock::default(), CustomerView::default(), zone());
    let knowledge = duka_shop::knowledge::Knowledge::default();
    let (mut said, mut stopped) = (0, Vec::new());
    for tone in TONES {
        let shop = shop(tone, EmojiUse::Some);
        let recall = Recall {
            shop: &shop,
            catalogue: &catalogue,
            knowledge: &knowledge,
            stock: &stock,
            services: &[],
            customer: &customer,
            orders: &[],
            now: now(),
            zone: &zone,
            new_order: OrderId::new(),
            new_payment: PaymentId::new(),
            new_appointment: AppointmentId::new(),
            diary: None,
            payments_down: false,
        };
        for (say, _) in samples() {
            let says = [say];
            let facts = Facts::of(&says, &recall, &Dialogue::default());
            for (language, mood) in Language::ALL.into_iter().flat_map(|language| MOODS.map(|mood| (language, mood))) {
                for seed in 0..2 {
                    for part in say_in(&says, &shop, language, mood, seed).parts {
                        said += 1;
                        if let Err(breaches) = check(&part.text, &facts) {
                            stopped.push(format!("{language} {:?}\n  {breaches:?}\n  {}", says[0], part.text));
                        }
                    }
                }
            }
        }
    }
    stopped.sort();
    stopped.dedup();
    assert!(stopped.is_empty(), "{} of {said} are stopped:\n{}", stopped.len(), stopped.join("\n"));
}
