//! Conversations that people have to answer, and what customers agreed to.

use duka_kernel::{ConversationId, CustomerId, TaskId};
use duka_shop::handover::{HandOverState, Progress};
use duka_store::{
    Guard, StoreError,
    consents::Consent,
    handovers::{HandOver, NewHandOver},
    tasks::Task,
};

use serde_json::json;

use crate::database::{NOW, on_each};

pub fn asked(conversation: ConversationId, customer: CustomerId) -> NewHandOver {
    let reason = "asked".to_owned();
    NewHandOver { conversation, customer, order: None, reason, at: NOW, told_up_to: None }
}

pub fn refused() -> Consent {
    let (purpose, source) = ("marketing".to_owned(), "console".to_owned());
    Consent { purpose, granted: false, source, message: None, at: NOW }
}

pub fn task(conversation: ConversationId, customer: CustomerId) -> Task {
    let detail = json!({"said": "it does not fit"});
    Task { id: TaskId::new(), customer, conversation, order: None, kind: "return".into(), detail, opened_at: NOW }
}

#[tokio::test]
async fn a_task_is_amended_while_it_is_open_and_closed_once() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, conversation) = shop.customer("254712345678").await;
        let opened = task(conversation, customer);
        let id = opened.id;
        let done = shop.store.write_with(shop.scope, opened, move |tx, opened| {
            Box::pin(async move {
                tx.open_task(opened).await?;
                tx.amend_task(id, &json!({"reason": "too small"})).await?;
                assert_eq!(tx.open_tasks_of(customer).await?[0].detail["reason"], "too small");
                tx.close_task(id, "done", "staff", NOW).await?;
                assert!(tx.close_task(id, "done", "staff", NOW).await.is_err());
                assert!(tx.amend_task(id, &json!({})).await.is_err());
                tx.open_tasks().await
            })
        });
        assert_eq!(done.await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_conversation_has_one_hand_over_at_a_time_and_a_change_is_made_once() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, conversation) = shop.customer("254712345678").await;
        let done = shop.store.write(shop.scope, move |tx| {
            Box::pin(async move {
                let first = tx.open_hand_over(&asked(conversation, customer)).await?;
                assert_eq!(tx.open_hand_over(&asked(conversation, customer)).await?.id, first.id);
                let progress = Progress { unanswered_since: None, last_staff_at: Some(NOW), ..first.progress };
                let answering = HandOverState::Answering;
                let after = HandOver { state: answering, assigned: Some("Njeri".into()), progress, ..first.clone() };
                tx.update_hand_over(&first, &after).await?;
                // What was read before is no longer how it is.
                let stale = tx.update_hand_over(&first, &after).await;
                assert!(matches!(stale, Err(StoreError::Conflict(Guard::State(_)))));
                let now = tx.hand_over_of(conversation).await?.expect("it is under way");
                assert_eq!((now.state, now.assigned.as_deref(), now.progress), (answering, Some("Njeri"), progress));
                let waiting = HandOver { state: HandOverState::Waiting, ..now.clone() };
                assert!(tx.update_hand_over(&now, &waiting).await.is_err(), "it does not wait again");
                tx.release_hand_over(&now, "staff", NOW).await?;
                assert!(tx.hand_overs().await?.is_empty());
                let second = tx.open_hand_over(&asked(conversation, customer)).await?;
                assert_ne!(second.id, first.id);
                Ok(tx.hand_overs().await?.len())
            })
        });
        assert_eq!(done.await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_agreed_to_is_kept_with_its_source_and_time() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, _) = shop.customer("254712345678").await;
        let again = Consent { granted: true, at: NOW.plus_seconds(60), ..refused() };
        let kept = shop.store.write_with(shop.scope, again.clone(), move |tx, again| {
            Box::pin(async move {
                tx.record_consent(customer, &refused()).await?;
                tx.record_consent(customer, again).await?;
                tx.consents_of(customer).await
            })
        });
        assert_eq!(kept.await.unwrap(), [refused(), again]);
    })
    .await;
}
