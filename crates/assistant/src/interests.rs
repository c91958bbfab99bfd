//! Telling customers that what they waited for is back.

use std::sync::Arc;

use duka_kernel::{TenantScope, Timestamp};
use duka_sales::settlement;
use duka_shop::promotion::Offers;
use duka_store::{StoreError, Tx, conversations::Conversation, events::NewEvent, interests::Interest, jobs::Job};
use serde_json::json;

use crate::{
    app::{App, Left},
    recall,
    told::Told,
};

/// WhatsApp takes what the customer did not ask for just now only so long after their last message.
const WINDOW_HOURS: i64 = 24;

/// Tells the customer of an interest that it can be bought again, once: everything of that product they wait for in one
/// message. Where nothing may be sent now (a person has taken over, or the customer wrote too long ago for the channel to
/// take it) the conversation keeps the news for their next message.
///
/// # Errors
/// If the job is over already, or the database fails.
pub(crate) async fn tell(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    let told = Arc::new(Told::new(app, scope).await?);
    let (id, subject) = (job.id, job.subject);
    told.tell(app, move |told, tx| {
        Box::pin(async move {
            tx.finish_job(id).await?;
            match tx.waiting_interest(subject).await? {
                Some(interest) => back(told, tx, interest).await,
                None => Ok(Vec::new()),
            }
        })
    })
    .await
}

async fn back(told: &Told, tx: &Tx, interest: Interest) -> Result<Vec<Left>, StoreError> {
    let catalogue = &told.shop.catalogue;
    let Some((product, _)) = catalogue.variant(interest.variant) else { return Ok(Vec::new()) };
    let stock = tx.stock().await?;
    let of_product = |i: &Interest| catalogue.variant(i.variant).is_some_and(|(p, _)| p.id == product.id);
    let waiting: Vec<Interest> = tx.interests_of(interest.customer).await?.into_iter().filter(of_product).collect();
    let variants: Vec<_> = waiting.iter().map(|i| i.variant).filter(|v| stock.available(*v) > 0).collect();
    if variants.is_empty() {
        // Sold again before anybody could be told.
        return Ok(Vec::new());
    }
    for interest in waiting.iter().filter(|i| i.any_size || variants.contains(&i.variant)) {
        tx.interest_told(interest.id, told.now).await?;
    }
    let payload = json!({"customer": interest.customer, "variants": variants});
    let event = NewEvent { kind: "stock.back_told".into(), payload, actor: "system".into(), at: told.now };
    tx.append_events(&[event]).await?;
    let conversation = tx.conversation(interest.conversation).await?;
    let quiet = conversation.handed_off || outside_window(told, tx, &conversation).await?;
    let customer = tx.customer(interest.customer).await?;
    let (customer, _) = recall::customer(tx, &customer, &told.shop).await?;
    let here = told.now.in_zone(&told.shop.zone).datetime();
    let offers = Offers::of(&told.shop.profile, &customer.loyalty, here);
    let trace = json!({"about": "stock", "sku": product.sku, "model_calls": 0});
    told.customer_in(tx, &conversation, trace, |dialogue| {
        if quiet {
            settlement::back_later(dialogue, &variants)
        } else {
            settlement::back(dialogue, product, &stock, &offers, &variants)
        }
    })
    .await
}

async fn outside_window(told: &Told, tx: &Tx, conversation: &Conversation) -> Result<bool, StoreError> {
    let limited = told.channel_kind(tx, conversation).await? == "twilio";
    let last = conversation.last_inbound_at.unwrap_or(Timestamp(i64::MIN / 2));
    Ok(limited && told.now.millis_since(last) > WINDOW_HOURS * 3_600_000)
}
