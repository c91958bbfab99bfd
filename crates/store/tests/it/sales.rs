use bytes::Bytes;
use duka_kernel::{ConversationId, Currency, CustomerId, MessageId, Money, OrderId, PaymentId, PhoneNumber, ServiceId};
use duka_shop::{CartLine, OrderState, PaymentFailure, PaymentState, Product, Service, StockLevel, booking::Terms};
use duka_store::{
    Guard, StoreError,
    coupons::CouponLimits,
    imports::{Import, ImportState},
    jobs::JobKind,
    lessons::LessonKind,
    media::Media,
    memories::OwnerNotice,
    orders::{Order, Transition},
    outbox::NewOutbound,
    payments::{Payment, Settlement},
};
use futures::future::join_all;
use secrecy::SecretString;
use serde_json::json;

use crate::{
    bookings::{appointment, claim},
    catalogue::{apply, pieces, product},
    conversations::{inbound, turn},
    database::{NOW, Shop, on_each},
};

pub struct Filled {
    pub customer: CustomerId,
    pub conversation: ConversationId,
    pub payment: PaymentId,
    pub media: String,
}

pub fn order(number: &str, customer: CustomerId, product: &Product, quantity: u32) -> Order {
    let total = Money::from_major(2_800, Currency::Kes).times(quantity).unwrap();
    let zero = Money::zero(Currency::Kes);
    Order {
        id: OrderId::new(),
        number: number.into(),
        customer,
        conversation: None,
        state: OrderState::PendingPayment,
        lines: vec![CartLine {
            variant: product.variants[0].id,
            product: product.id,
            sku: product.sku.clone(),
            name: product.name.clone(),
            size: product.variants[0].size.clone(),
            colour: None,
            quantity,
            unit_price: product.price,
        }],
        subtotal: total,
        discount: zero,
        coupon: None,
        wholesale: false,
        delivery_fee: zero,
        total,
        address: "Moi Avenue".into(),
        zone: Some("cbd".into()),
        pickup: false,
        placed_at: NOW,
        expires_at: Some(NOW.plus_minutes(30)),
        paid_at: None,
        payment: None,
    }
}

pub fn payment(order: &Order) -> Payment {
    Payment {
        id: PaymentId::new(),
        order: order.id,
        provider: "sandbox".into(),
        amount: order.total,
        phone: PhoneNumber::parse("254712345678").ok(),
        reference: order.number.clone(),
        provider_reference: None,
        state: PaymentState::Requested,
        failure: None,
        receipt: None,
        requested_at: NOW,
        next_check_at: Some(NOW.plus_seconds(60)),
        checks: 0,
        settled_at: None,
    }
}

pub fn service() -> Service {
    Service {
        id: ServiceId::new(),
        code: "braids".into(),
        name: "Braids".into(),
        description: String::new(),
        duration_min: 90,
        price: Money::from_major(1_500, Currency::Kes),
        days: [true; 7],
        open: "09:00:00".parse().unwrap(),
        close: "18:00:00".parse().unwrap(),
        terms: Terms::default(),
    }
}

async fn place(shop: &Shop, order: &Order, limits: CouponLimits) -> Result<(), StoreError> {
    let order = order.clone();
    shop.store.write_with(shop.scope, order, move |tx, order| Box::pin(tx.place_order(order, limits))).await
}

async fn step(shop: &Shop, id: OrderId, from: OrderState, to: OrderState) -> Result<(), StoreError> {
    let moved = shop.store.write(shop.scope, move |tx| {
        Box::pin(async move {
            tx.transition_order(id, &Transition { from, to, actor: "system", reason: "test", at: NOW }).await
        })
    });
    moved.await
}

fn list() -> Import {
    Import {
        id: uuid::Uuid::now_v7(),
        kind: "products".into(),
        state: ImportState::Preview,
        media_key: "list.csv".into(),
        mapping: [("name".to_owned(), "Jina".to_owned())].into(),
        problems: Vec::new(),
        total: 1,
        done: 0,
        created: 0,
        updated: 0,
        failed: 0,
    }
}

/// Puts at least one row of the shop into every tenant table.
pub async fn fill(shop: &Shop) -> Filled {
    let (customer, conversation) = shop.customer("254712345678").await;
    let dress = product("MB-1", &["M"]);
    apply(shop, vec![dress.clone()], pieces(&dress, 5)).await;
    let message = inbound(shop, conversation, "SM1", "Habari yako");
    let mut done = turn(shop, conversation, 0);
    done.answered = vec![message.id];
    done.trace = json!("secret-trace");
    done.outbound = vec![NewOutbound {
        id: MessageId::new(),
        kind: "text".into(),
        text: "Karibu sana".into(),
        payload: Some(json!({"text": "Karibu sana"})),
        media_key: None,
    }];
    let mut placed = order("DK-1", customer, &dress, 1);
    placed.coupon = Some("SAVE".into());
    placed.conversation = Some(conversation);
    let attempt = payment(&placed);
    let id = attempt.id;
    let work = (message, done, placed, attempt, service());
    let wanted = dress.variants[0].id;
    let write = shop.store.write_with(shop.scope, work, move |tx, (message, done, placed, attempt, service)| {
        Box::pin(async move {
            tx.receive(std::slice::from_ref(message)).await?;
            tx.commit_turn(done).await?;
            tx.place_order(placed, CouponLimits::default()).await?;
            tx.insert_payment(attempt).await?;
            tx.upsert_services(std::slice::from_ref(service)).await?;
            let booked = appointment(customer, tx.services().await?[0].id, NOW);
            tx.take_slot(&booked, &[claim("service/braids/1", NOW, 90)], NOW).await?;
            tx.remember(customer, "likes red", None, NOW).await?;
            let news = OwnerNotice {
                customer: Some(customer),
                kind: "return".into(),
                text: "wants to return".into(),
                at: NOW,
            };
            tx.tell_owner(&news).await?;
            tx.schedule(JobKind::AppointmentReminder, booked.id.0, NOW).await?;
            tx.wait_for(customer, conversation, &[wanted], false, NOW).await?;
            tx.keep_looks("0abc", 1, b"looks", NOW).await?;
            let vector = duka_shop::knowledge::Embedding {
                model: "gemini/gemini-embedding-2@768".into(),
                values: vec![1.0, 0.0],
            };
            tx.keep_picture_vector("0abc", &vector, NOW).await?;
            tx.keep_description("0abc", "openai/gpt-6-luna", "search", "a red dress", NOW).await?;
            tx.keep_document(&crate::documents::document("care.md", "Never iron silk."), NOW).await?;
            tx.keep_summary(conversation, &crate::learning::summary("wants red", 1)).await?;
            tx.note_miss(&crate::learning::miss(conversation, "mna kite?")).await?;
            tx.propose(LessonKind::Answer, "kite", &crate::learning::answer("mna kite?", ""), NOW).await?;
            tx.record_model_calls(&[crate::model_calls::call(Some(conversation), 2_500, NOW)]).await?;
            tx.open_hand_over(&crate::handovers::asked(conversation, customer)).await?;
            tx.record_consent(customer, &crate::handovers::refused()).await?;
            tx.open_task(&crate::handovers::task(conversation, customer)).await?;
            tx.note_order(placed.id, "gift wrap", "staff:amina", NOW).await?;
            tx.set_tags(customer, &["VIP".to_owned()]).await?;
            tx.set_notes(customer, "prefers calls", NOW).await?;
            tx.set_appointment_notes(booked.id, "brings her own hair").await?;
            tx.create_saved_reply("thanks", "Asante sana!").await?;
            tx.create_segment("Best", &duka_shop::segment::Rule::default(), NOW).await?;
            tx.keep_import(&list(), NOW).await?;
            tx.set_credential("twilio.auth_token", &SecretString::from("tok3n-of-twilio"), NOW).await?;
            tx.create_api_key("till", NOW).await
        })
    });
    write.await.unwrap();
    crate::team::fill(shop).await;
    let folder = tempfile::tempdir().unwrap();
    let media = Media::open(&url::Url::from_directory_path(folder.path()).unwrap()).unwrap();
    let stored = media.put(shop.scope, Bytes::from_static(b"picture"), "image/png").await.unwrap();
    let key = stored.key.clone();
    let tenant = shop.scope.tenant();
    shop.store.write_with(shop.scope, stored, |tx, stored| Box::pin(tx.record_media(stored, NOW))).await.unwrap();
    let notice = shop.store.system_write(move |tx| {
        Box::pin(async move {
            let fingerprint = tenant.to_string();
            let id = tx.insert_notice("sandbox", fingerprint.as_bytes(), "callback-body", NOW).await?.unwrap();
            tx.finish_notice(id, Some(tenant), "settled", NOW).await
        })
    });
    assert!(notice.await.unwrap());
    Filled { customer, conversation, payment: id, media: key }
}

#[tokio::test]
async fn an_order_holds_sells_and_gives_back_its_pieces_as_it_moves() {
    on_each(|db| async move {
        use OrderState::{Cancelled, Expired, Paid, PendingPayment, RefundDue, Shipped};
        let shop = db.shop("malkia").await;
        let (customer, _) = shop.customer("254712345678").await;
        let dress = product("MB-1", &["M"]);
        let variant = dress.variants[0].id;
        apply(&shop, vec![dress.clone()], pieces(&dress, 3)).await;
        let level = || async { db.store.read(shop.scope).await.unwrap().stock().await.unwrap().0[&variant] };

        let paid = order("DK-1", customer, &dress, 2);
        place(&shop, &paid, CouponLimits::default()).await.unwrap();
        assert_eq!(level().await, StockLevel { on_hand: 3, reserved: 2 });
        let late = order("DK-2", customer, &dress, 2);
        let refused = place(&shop, &late, CouponLimits::default()).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Guard::OutOfStock(_)))));
        let same = Order { lines: vec![], ..order("DK-1", customer, &dress, 1) };
        let refused = place(&shop, &same, CouponLimits::default()).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Guard::Duplicate("order")))), "{refused:?}");

        step(&shop, paid.id, PendingPayment, Paid).await.unwrap();
        assert_eq!(level().await, StockLevel { on_hand: 1, reserved: 0 });
        let again = step(&shop, paid.id, PendingPayment, Paid).await;
        assert!(matches!(again, Err(StoreError::Conflict(Guard::State(_)))));
        assert!(step(&shop, paid.id, Paid, Cancelled).await.is_err(), "no such move exists");
        step(&shop, paid.id, Paid, Shipped).await.unwrap();

        let one = order("DK-3", customer, &dress, 1);
        place(&shop, &one, CouponLimits::default()).await.unwrap();
        let expiring = db.store.system_read().await.unwrap().expiring_orders(NOW.plus_minutes(31), 9).await.unwrap();
        assert_eq!(expiring, [(shop.scope.tenant(), one.id, PendingPayment)]);
        step(&shop, one.id, PendingPayment, Expired).await.unwrap();
        assert_eq!(level().await, StockLevel { on_hand: 1, reserved: 0 });
        step(&shop, one.id, Expired, Paid).await.unwrap();
        assert_eq!(level().await, StockLevel { on_hand: 0, reserved: 0 });

        let recorded = order("DK-9", customer, &dress, 1);
        let saved = recorded.clone();
        db.store.write_with(shop.scope, saved, |tx, order| Box::pin(tx.record_order(order))).await.unwrap();
        step(&shop, recorded.id, PendingPayment, Expired).await.unwrap();
        let gone = step(&shop, recorded.id, Expired, Paid).await;
        assert!(matches!(gone, Err(StoreError::Conflict(Guard::OutOfStock(_)))));
        step(&shop, recorded.id, Expired, RefundDue).await.unwrap();

        let tx = db.store.read(shop.scope).await.unwrap();
        let orders = tx.orders_of(customer, 10).await.unwrap();
        let states: Vec<_> = orders.iter().map(|order| (order.number.as_str(), order.state)).collect();
        assert_eq!(states, [("DK-9", RefundDue), ("DK-3", Paid), ("DK-1", Shipped)]);
        let read = Order { state: PendingPayment, expires_at: paid.expires_at, paid_at: None, ..orders[2].clone() };
        assert_eq!(read, paid);
        assert_eq!(tx.customer(customer).await.unwrap().order_count, 3);
        let kinds: Vec<_> = tx.events_since(None, 99).await.unwrap().into_iter().map(|event| event.kind).collect();
        assert_eq!(
            kinds,
            ["order.paid", "order.shipped", "order.expired", "order.paid", "order.expired", "order.refund_due"]
        );
    })
    .await;
}

#[tokio::test]
async fn late_money_for_pieces_that_are_partly_gone_holds_none_of_them_and_is_owed_back() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, _) = shop.customer("254712345678").await;
        let (dress, shoe) = (product("MB-1", &["M"]), product("MB-2", &["38"]));
        let stock = pieces(&dress, 1).into_iter().chain(pieces(&shoe, 1)).collect();
        apply(&shop, vec![dress.clone(), shoe.clone()], stock).await;
        // Whichever variant is tried first, the other one is gone.
        for (number, gone) in [("DK-1", &dress), ("DK-2", &shoe)] {
            let mut both = order(number, customer, &dress, 1);
            both.lines.extend(order(number, customer, &shoe, 1).lines);
            place(&shop, &both, CouponLimits::default()).await.unwrap();
            step(&shop, both.id, OrderState::PendingPayment, OrderState::Expired).await.unwrap();
            let variant = gone.variants[0].id;
            let late = db.store.write(shop.scope, move |tx| {
                Box::pin(async move {
                    tx.set_stock(variant, 0, None, NOW).await?;
                    let to =
                        |to| Transition { from: OrderState::Expired, to, actor: "provider", reason: "late", at: NOW };
                    let paid = tx.transition_order(both.id, &to(OrderState::Paid)).await;
                    assert!(matches!(paid, Err(StoreError::Conflict(Guard::OutOfStock(out))) if out == variant));
                    tx.transition_order(both.id, &to(OrderState::RefundDue)).await?;
                    let held = tx.stock().await?.0.values().map(|level| level.reserved).sum::<u32>();
                    tx.set_stock(variant, 1, None, NOW).await?;
                    Ok(held)
                })
            });
            assert_eq!(late.await.unwrap(), 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_coupon_is_used_no_more_often_than_it_may_be_and_comes_back_with_a_cancelled_order() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let dress = product("MB-1", &["M"]);
        apply(&shop, vec![dress.clone()], pieces(&dress, 100)).await;
        let limits = CouponLimits { by_all: Some(3), by_customer: Some(1) };
        let mut orders = Vec::new();
        for n in 0..8 {
            let (customer, _) = shop.customer(&format!("25471234567{n}")).await;
            orders.push(Order { coupon: Some("SAVE".into()), ..order(&format!("DK-{n}"), customer, &dress, 1) });
        }
        let results = join_all(orders.iter().map(|order| place(&shop, order, limits))).await;
        let placed: Vec<&Order> = orders.iter().zip(&results).filter(|(_, r)| r.is_ok()).map(|(o, _)| o).collect();
        assert_eq!(placed.len(), 3, "{results:?}");

        let again = Order { coupon: Some("SAVE".into()), ..order("DK-10", placed[0].customer, &dress, 1) };
        step(&shop, placed[1].id, OrderState::PendingPayment, OrderState::Cancelled).await.unwrap();
        let refused = place(&shop, &again, limits).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Guard::CouponUsedUp(_)))), "{refused:?}");
        let other = Order { customer: placed[1].customer, ..again };
        place(&shop, &other, limits).await.unwrap();
        let tx = db.store.read(shop.scope).await.unwrap();
        let uses = tx.coupon_uses(other.customer).await.unwrap();
        assert_eq!((uses[0].code.as_str(), uses[0].by_customer, uses[0].by_all), ("SAVE", 1, 3));
    })
    .await;
}

#[tokio::test]
async fn a_payment_is_settled_once_and_late_money_is_still_money() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, _) = shop.customer("254712345678").await;
        let dress = product("MB-1", &["M"]);
        apply(&shop, vec![dress.clone()], pieces(&dress, 9)).await;
        let placed = order("DK-1", customer, &dress, 1);
        place(&shop, &placed, CouponLimits::default()).await.unwrap();
        let attempts = vec![payment(&placed), payment(&placed)];
        let ids = [attempts[0].id, attempts[1].id];
        let requested = db.store.write_with(shop.scope, attempts, |tx, attempts| {
            Box::pin(async move {
                for attempt in attempts {
                    tx.insert_payment(attempt).await?;
                }
                Ok(())
            })
        });
        requested.await.unwrap();
        let pending = |id, reference: &'static str| {
            let shop = shop.clone();
            async move {
                let pending = shop.store.write(shop.scope, move |tx| {
                    Box::pin(async move { tx.payment_pending(id, reference, NOW.plus_seconds(60)).await })
                });
                pending.await
            }
        };
        pending(ids[0], "ws_1").await.unwrap();
        assert!(matches!(pending(ids[0], "ws_1").await, Err(StoreError::Conflict(Guard::State(_)))));
        assert!(matches!(pending(ids[1], "ws_1").await, Err(StoreError::Conflict(Guard::Duplicate(_)))));

        let system = db.store.system_read().await.unwrap();
        let found = system.payment_by_provider_reference("sandbox", "ws_1").await.unwrap();
        assert_eq!(found, Some((shop.scope.tenant(), ids[0])));
        let by_number = system.payments_by_reference("sandbox", "DK-1", placed.total).await.unwrap();
        assert_eq!(by_number.len(), 2);
        assert_eq!(system.payments_to_check(NOW, 9).await.unwrap(), []);
        assert_eq!(system.payments_to_check(NOW.plus_seconds(60), 9).await.unwrap().len(), 2);
        drop(system);

        let settle = |id, settlement: Settlement| {
            let shop = shop.clone();
            async move {
                let settled = shop.store.write_with(shop.scope, settlement, move |tx, settlement| {
                    Box::pin(tx.settle_payment(id, settlement, "provider", NOW))
                });
                settled.await
            }
        };
        let failed = Settlement::Failed(PaymentFailure::NoAnswer);
        let paid = Settlement::Succeeded { receipt: Some("SCA1B2C3D4".into()) };
        assert!(settle(ids[0], failed.clone()).await.unwrap());
        assert!(!settle(ids[0], failed.clone()).await.unwrap());
        assert!(settle(ids[0], paid.clone()).await.unwrap());
        assert!(!settle(ids[0], paid.clone()).await.unwrap());
        assert!(!settle(ids[0], failed).await.unwrap());
        let stolen = settle(ids[1], paid).await;
        assert!(matches!(stolen, Err(StoreError::Conflict(Guard::Duplicate("receipt")))), "{stolen:?}");

        let tx = db.store.read(shop.scope).await.unwrap();
        let read = tx.payment(ids[0]).await.unwrap();
        assert_eq!((read.state, read.failure), (PaymentState::Succeeded, None));
        assert_eq!(tx.payments_of_customer(customer).await.unwrap().len(), 2);
        let last = tx.order(placed.id).await.unwrap().payment.unwrap();
        assert_eq!((last.id, last.phone.unwrap().digits()), (ids[1], "254712345678"));
        let kinds: Vec<_> = tx.events_since(None, 99).await.unwrap().into_iter().map(|event| event.kind).collect();
        assert_eq!(kinds, ["payment.timed_out", "payment.succeeded"]);
    })
    .await;
}

#[tokio::test]
async fn a_callback_is_kept_once_until_it_is_processed() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let insert = || {
            let store = db.store.clone();
            async move {
                let insert = store.system_write(|tx| {
                    Box::pin(async move { tx.insert_notice("paylink", b"abc", r#"{"ok":true}"#, NOW).await })
                });
                insert.await.unwrap()
            }
        };
        let id = insert().await.unwrap();
        assert_eq!(insert().await, None);
        let open = db.store.system_read().await.unwrap().open_notices(NOW, 9).await.unwrap();
        assert_eq!((open.len(), open[0].body.as_str()), (1, r#"{"ok":true}"#));
        let tenant = shop.scope.tenant();
        let finish = || {
            let store = db.store.clone();
            async move {
                let finish = store.system_write(move |tx| {
                    Box::pin(async move { tx.finish_notice(id, Some(tenant), "settled", NOW).await })
                });
                finish.await.unwrap()
            }
        };
        assert!(finish().await);
        assert!(!finish().await);
        assert!(db.store.system_read().await.unwrap().open_notices(NOW, 9).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn media_are_stored_by_content_and_read_only_by_their_shop() {
    on_each(|db| async move {
        let (one, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let folder = tempfile::tempdir().unwrap();
        let media = Media::open(&url::Url::from_directory_path(folder.path()).unwrap()).unwrap();
        let stored = media.put(one.scope, Bytes::from_static(b"picture"), "image/png").await.unwrap();
        assert_eq!(media.put(one.scope, Bytes::from_static(b"picture"), "image/png").await.unwrap(), stored);
        assert_eq!(media.get(one.scope, &stored.key).await.unwrap(), b"picture"[..]);
        assert!(matches!(media.get(other.scope, &stored.key).await, Err(StoreError::NotFound)));
        let up = format!("tenants/{}/media/../../../etc/passwd", one.scope.tenant());
        assert!(matches!(media.get(one.scope, &up).await, Err(StoreError::NotFound)));
    })
    .await;
}
