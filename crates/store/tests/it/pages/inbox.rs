use duka_kernel::{ConversationId, MessageId, Timestamp};
use duka_shop::handover::HandOverState;
use duka_store::{
    StoreError,
    handovers::{HandOver, NewHandOver},
    outbox::NewOutbound,
    pages::{
        conversations::{self, Filter, Which},
        messages::{self, Author, Marker},
    },
};
use serde_json::json;

use super::{World, hour, walked, world};
use crate::{
    conversations::{inbound, turn},
    database::on_each,
};

/// The customer writes, and is answered a minute later.
async fn exchange(world: &World, conversation: ConversationId, version: i64, n: i64, at: Timestamp) {
    let mut message = inbound(&world.shop, conversation, &format!("SM-{conversation}-{n}"), &format!("question {n}"));
    message.received_at = at;
    let mut done = turn(&world.shop, conversation, version);
    (done.answered, done.last_inbound_at, done.at) = (vec![message.id], Some(at), at.plus_minutes(1));
    done.outbound = vec![NewOutbound {
        id: MessageId::new(),
        kind: "text".into(),
        text: format!("answer {n}"),
        payload: Some(json!({"by": if n % 2 == 0 { "assistant" } else { "staff" }})),
        media_key: None,
    }];
    let write = world.shop.store.write_with(world.shop.scope, (message, done), |tx, (message, done)| {
        Box::pin(async move {
            tx.receive(std::slice::from_ref(message)).await?;
            tx.commit_turn(done).await
        })
    });
    write.await.unwrap();
}

#[tokio::test]
async fn the_inbox_shows_who_waits_what_is_unread_and_the_last_word() {
    on_each(|db| async move {
        let world = world(&db).await;
        let ids: Vec<ConversationId> = world.people.iter().map(|(_, conversation)| *conversation).collect();
        for (n, id) in ids.iter().enumerate() {
            for m in 0..3 {
                exchange(&world, *id, m, m, hour(40 + i64::try_from(n).unwrap() * 10 + m)).await;
            }
        }
        let people = world.people.clone();
        let write = db.store.write(world.shop.scope, move |tx| {
            let people = people.clone();
            Box::pin(async move {
                for (n, (customer, conversation)) in people.iter().take(2).enumerate() {
                    tx.hand_off(*conversation, true).await?;
                    let new = NewHandOver {
                        conversation: *conversation,
                        customer: *customer,
                        order: None,
                        reason: "asked".into(),
                        at: hour(90 - i64::try_from(n).unwrap()),
                        told_up_to: None,
                    };
                    let opened = tx.open_hand_over(&new).await?;
                    if n == 1 {
                        let own = HandOver {
                            state: HandOverState::Assigned,
                            assigned: Some("Amina".into()),
                            ..opened.clone()
                        };
                        tx.update_hand_over(&opened, &own).await?;
                    }
                }
                tx.mark_read(people[2].1, None).await
            })
        });
        write.await.unwrap();
        let tx = db.store.read(world.shop.scope).await.unwrap();
        let found = |which: Which, search: Option<&str>| {
            let (tx, filter) = (&tx, Filter { which, customer: None, search: search.map(str::to_owned) });
            async move {
                walked(
                    tx,
                    |row: &conversations::ConversationRow| row.id,
                    |tx, after, limit| {
                        let filter = filter.clone();
                        Box::pin(async move { conversations::list(tx, &filter, after.as_ref(), limit).await })
                    },
                )
                .await
            }
        };
        assert_eq!(found(Which::All, None).await, [ids[2], ids[1], ids[0]]);
        assert_eq!(found(Which::Waiting, None).await, [ids[1], ids[0]], "who waits longest comes first");
        assert_eq!(found(Which::Open, None).await, [ids[1], ids[0]]);
        assert_eq!(found(Which::Of("Amina".into()), None).await, [ids[1]]);
        assert!(found(Which::Of("Brian".into()), None).await.is_empty());
        assert_eq!(found(Which::Unread, None).await, [ids[1], ids[0]]);
        assert_eq!(found(Which::All, Some("wa")).await, [ids[2], ids[0]]);
        assert_eq!(found(Which::Open, Some("achieng")).await, [ids[1]]);
        assert_eq!(conversations::counts(&tx).await.unwrap(), (2, 2));

        let row = conversations::read(&tx, ids[1]).await.unwrap();
        assert_eq!((row.unread, row.handed_off, row.assigned.as_deref()), (3, true, Some("Amina")));
        assert_eq!(row.waiting_since, Some(hour(89)));
        let last = row.last.unwrap();
        assert_eq!((last.text.as_str(), last.outbound, last.at), ("answer 2", true, hour(52).plus_minutes(1)));
        assert_eq!(conversations::read(&tx, ids[2]).await.unwrap().unread, 0);
        drop(tx);
        exchange(&world, ids[2], 3, 3, hour(95)).await;
        let tx = db.store.read(world.shop.scope).await.unwrap();
        assert_eq!(conversations::read(&tx, ids[2]).await.unwrap().unread, 1);
        let other = db.shop("zuri").await;
        let stolen = ids[2];
        let marked = db.store.write(other.scope, move |tx| Box::pin(tx.mark_read(stolen, None)));
        assert!(matches!(marked.await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn messages_come_newest_first_with_what_happened_in_between() {
    on_each(|db| async move {
        let world = world(&db).await;
        let (_, conversation) = world.people[0];
        // Orders of this conversation were placed in hours 10, 12, 14 and 16.
        for n in 0..4 {
            exchange(&world, conversation, n, n, hour(9 + 2 * n)).await;
        }
        let tx = db.store.read(world.shop.scope).await.unwrap();
        let said = walked(
            &tx,
            |row: &messages::MessageRow| {
                let orders: Vec<String> = row
                    .markers
                    .iter()
                    .map(|marker| match marker {
                        Marker::Order { number, .. } => number.clone(),
                        other => format!("{other:?}"),
                    })
                    .collect();
                (row.author, row.text.clone(), orders.join(" "))
            },
            |tx, after, limit| Box::pin(async move { messages::list(tx, conversation, after.as_ref(), limit).await }),
        )
        .await;
        let row = |author: Author, text: &str, orders: &str| (author, text.to_owned(), orders.to_owned());
        assert_eq!(
            said,
            [
                row(Author::Staff, "answer 3", "DK-A6"),
                row(Author::Customer, "question 3", "DK-A4"),
                row(Author::Assistant, "answer 2", ""),
                row(Author::Customer, "question 2", "DK-A2"),
                row(Author::Staff, "answer 1", ""),
                row(Author::Customer, "question 1", "DK-A0"),
                row(Author::Assistant, "answer 0", ""),
                row(Author::Customer, "question 0", ""),
            ]
        );
        let page = messages::list(&tx, conversation, None, 2).await.unwrap();
        let traced = tx.turns(conversation, 1).await.unwrap()[0].id;
        assert_eq!(page.items.iter().map(|row| row.turn).collect::<Vec<_>>(), [Some(traced), Some(traced)]);
        let other = db.shop("zuri").await;
        let tx = db.store.read(other.scope).await.unwrap();
        assert!(matches!(messages::list(&tx, conversation, None, 2).await, Err(StoreError::NotFound)));
    })
    .await;
}
