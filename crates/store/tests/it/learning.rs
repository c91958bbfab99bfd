//! Summaries of conversations, and lessons that wait for a person's word.

use duka_kernel::ConversationId;
use duka_store::{
    Guard, StoreError,
    lessons::{LessonBody, LessonKind, LessonState, Miss},
    summaries::Summary,
};

use crate::database::{NOW, Shop, on_each};

pub fn summary(text: &str, version: i64) -> Summary {
    Summary { text: text.into(), version, at: NOW }
}

pub fn miss(conversation: ConversationId, said: &str) -> Miss {
    Miss { conversation, said: said.into(), intent: "repeat_unclear".into(), at: NOW }
}

pub fn answer(says: &str, response: &str) -> LessonBody {
    LessonBody { says: says.into(), response: response.into(), times: 1, ..LessonBody::default() }
}

#[tokio::test]
async fn a_summary_is_replaced_by_a_later_one_only() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (_, conversation) = shop.customer("254712345678").await;
        for (text, version) in [("first", 8), ("later", 16), ("late writer", 8)] {
            let work = summary(text, version);
            let kept = shop.store.write_with(shop.scope, work, move |tx, s| Box::pin(tx.keep_summary(conversation, s)));
            kept.await.unwrap();
        }
        let tx = shop.store.read(shop.scope).await.unwrap();
        assert_eq!(tx.summary(conversation).await.unwrap(), Some(summary("later", 16)));
    })
    .await;
}

#[tokio::test]
async fn a_lesson_is_proposed_once_and_decided_once() {
    on_each(|db| async move {
        let (shop, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let propose = async || {
            let body = answer("Do you wrap gifts?", "");
            let proposed = shop.store.write_with(shop.scope, body, |tx, body| {
                Box::pin(tx.propose(LessonKind::Answer, "gift wrap", body, NOW))
            });
            proposed.await.unwrap()
        };
        let lessons = async |state| shop.store.read(shop.scope).await.unwrap().lessons(state).await.unwrap();
        assert!(propose().await && !propose().await);
        let proposed = lessons(LessonState::Proposed).await.remove(0);
        assert!(lessons(LessonState::Approved).await.is_empty());
        let decide = async |to| {
            let id = proposed.id;
            let body = answer("Do you wrap gifts?", "Yes, for free.");
            let decided = shop
                .store
                .write_with(shop.scope, body, move |tx, body| Box::pin(tx.decide_lesson(id, to, body, "owner", NOW)));
            decided.await
        };
        decide(LessonState::Approved).await.unwrap();
        assert!(matches!(decide(LessonState::Rejected).await, Err(StoreError::Conflict(Guard::State(_)))));
        assert_eq!(lessons(LessonState::Approved).await[0].body.response, "Yes, for free.");
        assert!(!propose().await, "what was decided is not proposed again");
        let withdraw = async |at: &Shop| {
            let id = proposed.id;
            at.store.write(at.scope, move |tx| Box::pin(tx.withdraw_lesson(id, "owner", NOW))).await
        };
        assert!(withdraw(&other).await.is_err(), "another shop's lesson");
        withdraw(&shop).await.unwrap();
        assert!(matches!(withdraw(&shop).await, Err(StoreError::Conflict(Guard::State(_)))));
        assert!(lessons(LessonState::Approved).await.is_empty() && !propose().await);
        let tx = other.store.read(other.scope).await.unwrap();
        assert!(tx.lessons(LessonState::Approved).await.unwrap().is_empty());
    })
    .await;
}
