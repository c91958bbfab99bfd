//! A word to who waits: an answer that takes long is said to be on its way.

use std::{pin::pin, sync::Arc, time::Duration};

use duka_kernel::{ConversationId, Language, TenantScope};
use duka_perception::{Context, perceive};
use duka_sales::Say;
use duka_store::{StoreError, Tx, conversations::Recalled, events::NewEvent};
use serde_json::json;

use crate::{
    app::{App, Left},
    told::Told,
};

/// An answer that is not there after so long takes long. Together with the gathering of a burst the customer has a word
/// within ten seconds, whatever the answer waits for.
const AFTER: Duration = Duration::from_secs(5);

/// Makes an answer; if that takes long, the customer is told so meanwhile.
pub(crate) async fn while_made<T>(
    app: &App,
    scope: TenantScope,
    conversation: ConversationId,
    answer: impl Future<Output = T>,
) -> T {
    let mut answer = pin!(answer);
    tokio::select! {
        biased;
        made = &mut answer => return made,
        () = tokio::time::sleep(AFTER) => {}
    }
    let (made, held) = tokio::join!(answer, hold(app, scope, conversation));
    if let Err(error) = held {
        tracing::warn!(%error, %conversation, "the customer was not told that the answer takes long");
    }
    made
}

/// Says it, unless there is nothing to answer any more or a person has taken over.
async fn hold(app: &App, scope: TenantScope, conversation: ConversationId) -> Result<(), StoreError> {
    let told = Arc::new(Told::new(app, scope).await?);
    told.tell(app, move |told, tx| Box::pin(say(told, tx, conversation))).await
}

async fn say(told: &Told, tx: &Tx, conversation: ConversationId) -> Result<Vec<Left>, StoreError> {
    let Some(known) = tx.recall(conversation).await?.filter(waits) else { return Ok(Vec::new()) };
    let payload = json!({"conversation": conversation, "waiting": known.pending.len()});
    let event = NewEvent { kind: "reply_late".into(), payload, actor: "assistant".into(), at: told.now };
    tx.append_events(&[event]).await?;
    let language = language(&known).unwrap_or(told.shop.profile.default_language);
    told.in_passing(tx, &known.conversation, language, &[Say::OneMoment]).await.map(|left| vec![left])
}

fn waits(known: &Recalled) -> bool {
    !known.pending.is_empty() && !known.conversation.handed_off
}

/// The language of what waits, else the customer's.
fn language(known: &Recalled) -> Option<Language> {
    let said = known.pending.iter().rev().filter(|message| !message.text.trim().is_empty());
    let read = said.map(|message| perceive(&message.text, &Context::default())).find(|read| read.language_is_clear);
    read.and_then(|read| read.langs.first().copied()).or(known.customer.language)
}
