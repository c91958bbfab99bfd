use duka_kernel::{MessageId, PhoneNumber, TurnId};
use duka_store::{
    Guard, StoreError,
    customers::{CustomerUpdate, Sender},
    events::NewEvent,
    inbox::NewInbound,
    outbox::{Claim, Delivery, NewOutbound},
    turns::TurnCommit,
};
use serde_json::json;

use crate::database::{NOW, Shop, on_each};

pub fn inbound(shop: &Shop, conversation: duka_kernel::ConversationId, provider_id: &str, text: &str) -> NewInbound {
    NewInbound {
        id: MessageId::new(),
        conversation,
        channel: shop.channel,
        provider_message_id: provider_id.to_owned(),
        kind: "text".into(),
        text: text.into(),
        media_key: None,
        payload: None,
        reply_to: None,
        received_at: NOW,
    }
}

pub fn turn(shop: &Shop, conversation: duka_kernel::ConversationId, version: i64) -> TurnCommit {
    TurnCommit {
        id: TurnId::new(),
        conversation,
        channel: shop.channel,
        expected_version: version,
        stage: "searching".into(),
        state: r#"{"payer":"254712345678"}"#.into(),
        handed_off: false,
        answered: vec![],
        last_inbound_at: Some(NOW),
        outbound: vec![],
        claim: Claim { node: "a".into(), until: NOW.plus_seconds(30) },
        events: vec![NewEvent {
            kind: "turn.answered".into(),
            payload: json!({"n": 1}),
            actor: "assistant".into(),
            at: NOW,
        }],
        trace: json!({"intent": "greet"}),
        model_calls: 0,
        micros: 321,
        at: NOW,
    }
}

async fn receive(shop: &Shop, messages: Vec<NewInbound>) -> Vec<bool> {
    let stored = shop.store.write_with(shop.scope, messages, |tx, messages| Box::pin(tx.receive(messages)));
    stored.await.unwrap()
}

async fn commit(shop: &Shop, turn: TurnCommit) -> Result<(), StoreError> {
    shop.store.write_with(shop.scope, turn, |tx, turn| Box::pin(tx.commit_turn(turn))).await
}

#[tokio::test]
async fn a_sender_is_the_same_customer_in_the_same_conversation_every_time() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let first = shop.customer("254712345678").await;
        assert_eq!(shop.customer("254712345678").await, first);
        assert_ne!(shop.customer("254712345679").await.0, first.0);
    })
    .await;
}

#[tokio::test]
async fn twenty_first_messages_at_once_make_one_customer() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let phone = "254712345678";
        let all = futures::future::join_all((0..20).map(|_| shop.customer(phone))).await;
        assert!(all.iter().all(|one| *one == all[0]));
        let tx = db.store.read(shop.scope).await.unwrap();
        let found = tx.customer_by_phone(&PhoneNumber::parse(phone).unwrap()).await.unwrap();
        assert_eq!(found, Some(all[0].0));
    })
    .await;
}

#[tokio::test]
async fn the_same_vouched_number_on_two_channels_is_one_customer_with_two_conversations() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, conversation) = shop.customer("254712345678").await;
        let (again, other) = db
            .store
            .write(shop.scope, |tx| {
                Box::pin(async move {
                    let channel = tx.upsert_channel("console", "malkia", None, NOW).await?;
                    let phone = PhoneNumber::parse("254712345678").unwrap();
                    let sender = Sender { channel, identity: "254712345678", profile_name: None, phone: Some(&phone) };
                    let resolved = tx.resolve(&sender, NOW).await?;
                    Ok((resolved.customer, resolved.conversation))
                })
            })
            .await
            .unwrap();
        assert_eq!(again, customer);
        assert_ne!(other, conversation);
    })
    .await;
}

#[tokio::test]
async fn a_number_someone_says_they_pay_from_makes_them_nobody_else() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (thief, _) = shop.customer("254711111111").await;
        db.store
            .write(shop.scope, move |tx| {
                Box::pin(async move {
                    let payer = PhoneNumber::parse("254722222222").ok();
                    tx.update_customer(thief, &CustomerUpdate { payer, ..CustomerUpdate::default() }, NOW).await
                })
            })
            .await
            .unwrap();
        let (victim, _) = shop.customer("254722222222").await;
        assert_ne!(victim, thief);
        let tx = db.store.read(shop.scope).await.unwrap();
        assert_eq!(tx.customer(thief).await.unwrap().phone.unwrap().digits(), "254722222222");
    })
    .await;
}

#[tokio::test]
async fn a_repeated_delivery_is_stored_once() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (_, conversation) = shop.customer("254712345678").await;
        assert_eq!(receive(&shop, vec![inbound(&shop, conversation, "SM1", "Habari")]).await, [true]);
        let again = vec![inbound(&shop, conversation, "SM1", "Habari"), inbound(&shop, conversation, "SM2", "Bei?")];
        assert_eq!(receive(&shop, again).await, [false, true]);
        let recalled = db.store.read(shop.scope).await.unwrap().recall(conversation).await.unwrap().unwrap();
        let texts: Vec<_> = recalled.pending.iter().map(|m| m.text.as_str()).collect();
        assert_eq!(texts, ["Habari", "Bei?"]);
        assert!(recalled.customer.is_new);
        assert_eq!(recalled.customer.name.as_deref(), Some("Wanjiku"));
    })
    .await;
}

#[tokio::test]
async fn a_turn_is_committed_once_and_only_on_the_version_it_read() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (_, conversation) = shop.customer("254712345678").await;
        let message = inbound(&shop, conversation, "SM1", "Habari");
        receive(&shop, vec![message.clone()]).await;

        let answer = NewOutbound {
            id: MessageId::new(),
            kind: "text".into(),
            text: "Karibu!".into(),
            payload: Some(json!({"options": []})),
            media_key: None,
        };
        let mut done = turn(&shop, conversation, 0);
        done.answered = vec![message.id];
        done.outbound = vec![answer.clone()];
        let twice = TurnCommit { id: TurnId::new(), outbound: vec![], ..done.clone() };
        commit(&shop, done).await.unwrap();
        assert!(matches!(commit(&shop, twice).await, Err(StoreError::Conflict(Guard::Version))));

        let tx = db.store.read(shop.scope).await.unwrap();
        let recalled = tx.recall(conversation).await.unwrap().unwrap();
        assert!(recalled.pending.is_empty() && !recalled.customer.is_new);
        assert_eq!(recalled.conversation.version, 1);
        assert_eq!(recalled.conversation.state, r#"{"payer":"254712345678"}"#);
        assert_eq!(tx.events_since(None, 10).await.unwrap().len(), 1);
        assert_eq!(tx.turns(conversation, 5).await.unwrap()[0].trace, json!({"intent": "greet"}));
        let history = tx.history(conversation, 8).await.unwrap();
        assert_eq!(history.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["Habari", "Karibu!"]);
        assert_eq!(history[1].status, "pending");
    })
    .await;
}

#[tokio::test]
async fn an_unsent_message_is_claimed_by_one_node_after_its_first_claim_ran_out() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (_, conversation) = shop.customer("254712345678").await;
        let mut done = turn(&shop, conversation, 0);
        let ids: Vec<MessageId> = (0..2).map(|_| MessageId::new()).collect();
        let part =
            |id, text: &str| NewOutbound { id, kind: "text".into(), text: text.into(), payload: None, media_key: None };
        done.outbound = vec![part(ids[0], "one"), part(ids[1], "two")];
        commit(&shop, done).await.unwrap();
        let claim = |at: i64| {
            let claim = Claim { node: "b".into(), until: NOW.plus_seconds(at + 60) };
            let store = db.store.clone();
            async move {
                let claimed = store.system_write_with(claim, move |tx, claim| {
                    Box::pin(async move { tx.claim_unsent(claim, NOW.plus_seconds(at), 10, false).await })
                });
                claimed.await.unwrap()
            }
        };
        assert!(claim(29).await.is_empty());
        let claimed = claim(31).await;
        assert_eq!(claimed.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!((claimed[0].to.as_str(), claimed[0].from.as_str()), ("whatsapp:+254712345678", "whatsapp:+malkia"));
        assert!(claim(32).await.is_empty());

        let channel = shop.channel;
        let reports = db.store.write_with(shop.scope, ids.clone(), move |tx, ids| {
            Box::pin(async move {
                tx.mark_sent(&[(ids[0], "SM10".into()), (ids[1], "SM11".into())]).await?;
                Ok([
                    tx.report_delivery(channel, "SM10", Delivery::Read, None).await?,
                    tx.report_delivery(channel, "SM10", Delivery::Delivered, None).await?,
                    tx.report_delivery(channel, "SM11", Delivery::Failed, Some("63016")).await?,
                    tx.report_delivery(channel, "SM99", Delivery::Sent, None).await?,
                ])
            })
        });
        assert_eq!(reports.await.unwrap(), [true, false, true, false]);
        assert!(claim(1000).await.is_empty());
        let history = db.store.read(shop.scope).await.unwrap().history(conversation, 8).await.unwrap();
        assert_eq!(history.iter().map(|m| m.status.as_str()).collect::<Vec<_>>(), ["read", "failed"]);
    })
    .await;
}

#[tokio::test]
async fn unanswered_conversations_are_found_unless_someone_holds_them() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (_, conversation) = shop.customer("254712345678").await;
        receive(&shop, vec![inbound(&shop, conversation, "SM1", "Habari")]).await;
        let unanswered = |now| {
            let store = db.store.clone();
            async move { store.system_read().await.unwrap().unanswered(NOW, now, 10).await.unwrap() }
        };
        assert_eq!(unanswered(NOW).await, [(shop.scope.tenant(), conversation)]);
        let lease = |owner: &'static str| {
            let store = db.store.clone();
            let scope = shop.scope;
            async move {
                let until = NOW.plus_seconds(10);
                let lease = store.write(scope, move |tx| {
                    Box::pin(async move { tx.acquire_lease(conversation, owner, NOW, until).await })
                });
                lease.await
            }
        };
        lease("a").await.unwrap();
        lease("a").await.unwrap();
        assert!(matches!(lease("b").await, Err(StoreError::Conflict(Guard::Lease))));
        assert!(unanswered(NOW).await.is_empty());
        assert_eq!(unanswered(NOW.plus_seconds(11)).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn those_who_recall_at_the_same_time_see_their_own_conversation_and_no_other() {
    on_each(|db| async move {
        let (malkia, zuri) = (db.shop("malkia").await, db.shop("zuri").await);
        let mut asked = Vec::new();
        for n in 0..7 {
            let shop = if n % 2 == 0 { &malkia } else { &zuri };
            let (_, conversation) = shop.customer(&format!("25471234560{n}")).await;
            let burst = (0..n).map(|m| inbound(shop, conversation, &format!("SM{n}-{m}"), &format!("{n}.{m}")));
            receive(shop, burst.collect()).await;
            asked.push((n, shop.scope, conversation));
        }
        // Each twice, and each once with the scope of the other shop.
        let recalls = asked.iter().flat_map(|(n, scope, conversation)| {
            let other = if *scope == malkia.scope { zuri.scope } else { malkia.scope };
            [(Some(*n), *scope), (Some(*n), *scope), (None, other)].map(|(expected, scope)| {
                let store = db.store.clone();
                async move { (expected, store.recall(scope, *conversation).await.unwrap()) }
            })
        });
        for (expected, recalled) in futures::future::join_all(recalls).await {
            let words = recalled.map(|r| r.pending.into_iter().map(|m| m.text).collect::<Vec<_>>());
            assert_eq!(words, expected.map(|n| (0..n).map(|m| format!("{n}.{m}")).collect()));
        }
    })
    .await;
}
