//! What the assistant would answer, by what answers customers; nothing is kept and nobody is written to.

use std::sync::Arc;

use duka_kernel::TenantScope;
use duka_perception::perceive;
use duka_sales::{
    Dialogue, Heard, Recall, decide, express,
    express::plain,
    recall::{CustomerView, Diary},
};
use duka_shop::{ShopProfile, profile::Personality, promotion::Offers};
use duka_store::StoreError;

use crate::{
    App,
    shops::Shop,
    turn::{known_here, voice},
};

/// Who the words come from; the wording follows from it.
const SOMEBODY: &str = "preview";

/// What a new customer would be answered if the assistant sounded so, and suggested things or not. No model is asked.
///
/// # Errors
/// If the database fails.
pub async fn answer(
    app: &App,
    scope: TenantScope,
    personality: Personality,
    suggests: bool,
    message: &str,
) -> Result<String, StoreError> {
    let shop = app.shops.now(&app.store, scope).await?;
    let mut profile = ShopProfile::clone(&shop.profile);
    profile.personality = personality;
    profile.modules.recommendations = suggests;
    let shop = Shop {
        versions: shop.versions,
        profile: Arc::new(profile),
        zone: shop.zone.clone(),
        catalogue: Arc::clone(&shop.catalogue),
        knowledge: Arc::clone(&shop.knowledge),
        learnt: Arc::clone(&shop.learnt),
        services: Arc::clone(&shop.services),
        stock: Arc::clone(&shop.stock),
        twilio: None,
        payments: shop.payments.clone(),
        own_model: None,
    };
    let (now, dialogue) = (app.clock.now(), Dialogue::default());
    let customer = CustomerView { is_new: true, ..CustomerView::default() };
    let offers = Offers::of(&shop.profile, &customer.loyalty, now.in_zone(&shop.zone).datetime());
    let context = dialogue.context(&shop.catalogue, &offers, now, &shop.profile.timezone);
    let perception = shop.learnt.correct(message, perceive(message, &context));
    let heard = [Heard::Text { perception, quoted: None }];
    let diary = Diary::default();
    let recall = Recall { diary: Some(&diary), ..known_here(app, &shop, &customer, &[], now) };
    let decision = decide(&dialogue, &heard, &recall);
    Ok(plain(&express(&decision.says, &voice(&shop, &decision, SOMEBODY, now))))
}
