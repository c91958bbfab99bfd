//! Some time after an order arrived, its customer is asked how it was.

use std::sync::Arc;

use duka_kernel::{OrderId, TenantScope};
use duka_sales::{Dialogue, Question, settlement};
use duka_shop::OrderState;
use duka_store::{
    StoreError,
    jobs::{Job, JobKind},
};

use crate::{app::App, told::Told};

/// A customer who is in the middle of something is asked this much later.
const LATER_MINUTES: i64 = 120;
/// On WhatsApp a business may write freely for so long after the customer wrote.
const WINDOW_SECONDS: i64 = 24 * 60 * 60;

/// Asks, unless there is no reason to: the order went back, a person has taken over, or the customer wants no such
/// messages. Where the channel lets a shop write only within a day and that is over, nothing is sent: it would be refused.
pub(crate) async fn ask(app: &App, scope: TenantScope, job: Job) -> Result<(), StoreError> {
    let told = Arc::new(Told::new(app, scope).await?);
    told.tell(app, move |told, tx| {
        let job = job.clone();
        Box::pin(async move {
            tx.finish_job(job.id).await?;
            let order = tx.order(OrderId(job.subject)).await?;
            let Some(conversation) = order.conversation.filter(|_| order.state == OrderState::Delivered) else {
                return Ok(Vec::new());
            };
            let conversation = tx.conversation(conversation).await?;
            let customer = tx.customer(conversation.customer).await?;
            if conversation.handed_off || customer.opted_out || tx.rating_of(order.id).await?.is_some() {
                return Ok(Vec::new());
            }
            let dialogue: Dialogue = serde_json::from_str(&conversation.state).unwrap_or_default();
            if !matches!(dialogue.question, Question::None | Question::ProductChoice | Question::Take { .. }) {
                tx.schedule(JobKind::FeedbackRequest, job.subject, told.now.plus_minutes(LATER_MINUTES)).await?;
                return Ok(Vec::new());
            }
            let open = told.channel_kind(tx, &conversation).await? != "twilio"
                || conversation.last_inbound_at.is_some_and(|at| told.now.millis_since(at) < WINDOW_SECONDS * 1000);
            if !open {
                tracing::info!(order = %order.id, "not asked how it was: the customer last wrote more than a day ago");
                return Ok(Vec::new());
            }
            told.customer_of(tx, &order, settlement::ask_how_it_was).await
        })
    })
    .await
}
