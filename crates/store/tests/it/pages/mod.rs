//! What the pages of the dashboard read.

mod customers;
mod inbox;
mod lists;
mod privacy;

use duka_kernel::{ConversationId, CustomerId, OrderId, PhoneNumber, Timestamp};
use duka_shop::OrderState;
use duka_store::{
    StoreError, Tx,
    coupons::CouponLimits,
    customers::Sender,
    orders::{Order, Transition},
    pages::{Cursor, Page},
};
use futures::future::BoxFuture;

use crate::{
    catalogue::{apply, pieces, product},
    database::{NOW, Shop, TestDb},
    sales::{order, payment},
};

/// A shop with three customers and their orders, an hour apart.
pub struct World {
    pub shop: Shop,
    pub people: Vec<(CustomerId, ConversationId)>,
    pub orders: Vec<Order>,
}

pub const NAMES: [(&str, &str); 3] =
    [("Wanjiku Ng'ang'a", "254712000001"), ("Achieng Otieno", "254723000002"), ("Wambui Kamau", "254734000003")];

pub fn hour(n: i64) -> Timestamp {
    NOW.plus_minutes(60 * n)
}

pub async fn meet(
    shop: &Shop,
    name: &'static str,
    number: &'static str,
    at: Timestamp,
) -> (CustomerId, ConversationId) {
    let channel = shop.channel;
    let met = shop.store.write(shop.scope, move |tx| {
        Box::pin(async move {
            let phone = PhoneNumber::parse(number).unwrap();
            let identity = format!("whatsapp:+{number}");
            let sender = Sender { channel, identity: &identity, profile_name: Some(name), phone: Some(&phone) };
            tx.resolve(&sender, at).await
        })
    });
    let met = met.await.unwrap();
    (met.customer, met.conversation)
}

/// Moves an order along, an hour a step.
pub async fn moved(shop: &Shop, id: OrderId, states: &'static [OrderState], at: Timestamp) {
    let write = shop.store.write(shop.scope, move |tx| {
        Box::pin(async move {
            for (n, pair) in states.windows(2).enumerate() {
                let at = at.plus_minutes(60 * i64::try_from(n).unwrap());
                let step = Transition { from: pair[0], to: pair[1], actor: "provider", reason: "test", at };
                tx.transition_order(id, &step).await?;
            }
            Ok(())
        })
    });
    write.await.unwrap();
}

pub async fn world(db: &TestDb) -> World {
    let shop = db.shop("malkia").await;
    let dress = product("MB-1", &["M"]);
    apply(&shop, vec![dress.clone()], pieces(&dress, 50)).await;
    let mut people = Vec::new();
    for (n, (name, number)) in NAMES.into_iter().enumerate() {
        people.push(meet(&shop, name, number, hour(i64::try_from(n).unwrap())).await);
    }
    let mut orders = Vec::new();
    for n in 0..7_u32 {
        let (customer, conversation) = people[n as usize % 2];
        let mut placed = order(&format!("DK-A{n}"), customer, &dress, 1 + n % 3);
        (placed.placed_at, placed.conversation) = (hour(10 + i64::from(n)), Some(conversation));
        let attempt = payment(&placed);
        let work = (placed.clone(), attempt);
        let write = shop.store.write_with(shop.scope, work, |tx, (placed, attempt)| {
            Box::pin(async move {
                tx.place_order(placed, CouponLimits::default()).await?;
                tx.insert_payment(attempt).await
            })
        });
        write.await.unwrap();
        orders.push(placed);
    }
    use OrderState::{Cancelled, Delivered, Paid, PendingPayment, RefundDue, Refunded, Shipped};
    moved(&shop, orders[0].id, &[PendingPayment, Paid, Shipped, Delivered], hour(20)).await;
    moved(&shop, orders[1].id, &[PendingPayment, Paid], hour(21)).await;
    moved(&shop, orders[2].id, &[PendingPayment, Paid, RefundDue, Refunded], hour(22)).await;
    moved(&shop, orders[3].id, &[PendingPayment, Cancelled], hour(23)).await;
    World { shop, people, orders }
}

/// Reads a list in pages of two and in one, and gives the keys of its rows, which have to be the same.
pub async fn walked<T, K: PartialEq + std::fmt::Debug>(
    tx: &Tx,
    key: impl Fn(&T) -> K,
    read: impl for<'a> Fn(&'a Tx, Option<Cursor>, u32) -> BoxFuture<'a, Result<Page<T>, StoreError>>,
) -> Vec<K> {
    let whole = read(tx, None, 100).await.unwrap();
    assert!(whole.next.is_none());
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = read(tx, after, 2).await.unwrap();
        assert!(page.items.len() <= 2);
        found.extend(page.items.iter().map(&key));
        let Some(next) = page.next else { break };
        after = Some(next.to_string().parse().unwrap());
    }
    assert_eq!(found, whole.items.iter().map(&key).collect::<Vec<_>>());
    found
}
