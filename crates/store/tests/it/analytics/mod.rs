//! The shop's figures: each equals a plain sum over the rows.

mod figures;
mod hints;
mod plans;

use duka_kernel::{ConversationId, CustomerId, Timestamp, TurnId};
use duka_shop::{OrderState, Product};
use duka_store::{coupons::CouponLimits, events::NewEvent, handovers::NewHandOver, lessons::Miss, turns::TurnCommit};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::json;

use crate::{
    catalogue::{apply, pieces, product},
    conversations::{inbound, turn},
    database::{NOW, Shop, TestDb},
    pages::{NAMES, hour, meet, moved},
    sales::order,
};

/// A shop with a fortnight of history.
pub struct Past {
    pub shop: Shop,
    pub products: Vec<Product>,
    pub raw: DatabaseConnection,
}

impl Past {
    /// What a plain statement gives.
    pub async fn number(&self, select: &str) -> i64 {
        let statement = Statement::from_string(self.raw.get_database_backend(), select);
        let row = self.raw.query_one_raw(statement).await.unwrap().unwrap();
        let value: Option<i64> = row.try_get_by_index(0).unwrap();
        value.unwrap_or(0)
    }
}

const STAGES: [&str; 5] = ["greeting", "searching", "cart", "summary", "payment"];

/// Forty orders seven hours apart with all that can become of them, and a message an hour.
pub async fn past(db: &TestDb) -> Past {
    use OrderState::{Cancelled, Delivered, Expired, Paid, PendingPayment, RefundDue, Refunded, Shipped};
    const WAYS: [&[OrderState]; 6] = [
        &[PendingPayment, Paid],
        &[PendingPayment, Paid, Shipped, Delivered],
        &[PendingPayment, Paid, RefundDue, Refunded],
        &[PendingPayment, Expired],
        &[PendingPayment],
        &[PendingPayment, Cancelled],
    ];
    let shop = db.shop("malkia").await;
    let mut products = Vec::new();
    for sku in ["MB-1", "MB-2", "MB-3"] {
        let mut product = product(sku, &["M"]);
        product.category = if sku == "MB-3" { "shoes".into() } else { "dress".into() };
        products.push(product);
    }
    let stock = products.iter().flat_map(|product| pieces(product, 90)).collect();
    apply(&shop, products.clone(), stock).await;
    let mut people = Vec::new();
    for (n, (name, number)) in (0..).zip(NAMES) {
        people.push(meet(&shop, name, number, hour(n * 100)).await);
    }
    for n in 0..40_u32 {
        let (customer, conversation) = people[n as usize % 3];
        let at = hour(1 + i64::from(n) * 7);
        let mut placed = order(&format!("DK-B{n}"), customer, &products[n as usize % 2], 1 + n % 4);
        (placed.placed_at, placed.conversation) = (at, (n % 5 > 0).then_some(conversation));
        let id = placed.id;
        let write = shop
            .store
            .write_with(shop.scope, placed, |tx, placed| Box::pin(tx.place_order(placed, CouponLimits::default())));
        write.await.unwrap();
        moved(&shop, id, WAYS[n as usize % WAYS.len()], at.plus_minutes(20)).await;
    }
    talk(&shop, &people).await;
    Past { raw: db.raw().await, shop, products }
}

/// A message an hour; each answered a little later than the one before, some not at all.
async fn talk(shop: &Shop, people: &[(CustomerId, ConversationId)]) {
    let mut versions = [0; 3];
    for n in 0..120_i64 {
        let who = usize::try_from(n % 3).unwrap();
        let (customer, conversation) = people[who];
        let mut message = inbound(shop, conversation, &format!("SM{n}"), "mna red dress?");
        message.received_at = hour(n * 2);
        let mut done = TurnCommit { id: TurnId::new(), ..turn(shop, conversation, versions[who]) };
        done.at = message.received_at.plus_seconds(1 + (n * 37) % 101);
        done.stage = STAGES[usize::try_from(n / 3).unwrap() % STAGES.len()].into();
        done.answered = if n % 10 == 9 { vec![] } else { vec![message.id] };
        done.outbound = vec![duka_store::outbox::NewOutbound {
            id: duka_kernel::MessageId::new(),
            kind: "text".into(),
            text: "Ndio".into(),
            payload: None,
            media_key: None,
        }];
        done.events = match n % 8 {
            0 => vec![event("conversation.rated", json!({"rating": 1 + n % 5, "customer": customer}), done.at)],
            1 => vec![event("reply_stopped", json!({"turn": done.id}), done.at)],
            _ => vec![],
        };
        versions[who] += 1;
        let write = shop.store.write_with(shop.scope, (message, done), move |tx, (message, done)| {
            Box::pin(async move {
                tx.receive(std::slice::from_ref(message)).await?;
                tx.commit_turn(done).await?;
                if n % 12 == 5 {
                    let (said, intent) = ("hmm".to_owned(), "repeat_unclear".to_owned());
                    tx.note_miss(&Miss { conversation, said, intent, at: done.at }).await?;
                    tx.record_model_calls(&[crate::model_calls::call(Some(conversation), 700, done.at)]).await?;
                }
                if n % 30 == 7 {
                    let new = NewHandOver {
                        conversation,
                        customer,
                        order: None,
                        reason: if n > 60 { "asked".into() } else { "complaint".into() },
                        at: done.at,
                        told_up_to: None,
                    };
                    let opened = tx.open_hand_over(&new).await?;
                    tx.release_hand_over(&opened, "staff", done.at).await?;
                }
                Ok(())
            })
        });
        write.await.unwrap();
    }
}

fn event(kind: &str, payload: serde_json::Value, at: Timestamp) -> NewEvent {
    NewEvent { kind: kind.into(), payload, actor: "customer".into(), at }
}

/// The moment the fixture ends.
pub fn end() -> Timestamp {
    NOW.plus_minutes(60 * 24 * 13)
}
