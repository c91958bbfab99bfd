use duka_kernel::{Currency, VariantId};
use duka_shop::{OrderState, PaymentState, booking::AppointmentState};
use duka_store::{
    StoreError,
    pages::{appointments, order, orders, payments, products, stock},
};

use super::{hour, walked, world};
use crate::{
    bookings::{appointment, claim},
    catalogue::{apply, pieces, product},
    database::on_each,
    sales::service,
};

async fn numbers(tx: &duka_store::Tx, filter: orders::Filter, sort: orders::Sort) -> Vec<String> {
    walked(
        tx,
        |row: &orders::OrderRow| row.number.clone(),
        |tx, after, limit| {
            let filter = filter.clone();
            Box::pin(async move { orders::list(tx, &filter, sort, after.as_ref(), limit).await })
        },
    )
    .await
}

#[tokio::test]
async fn orders_are_read_page_by_page_in_every_order_and_by_every_filter() {
    on_each(|db| async move {
        use orders::{Filter, Sort};
        let world = world(&db).await;
        let tx = db.store.read(world.shop.scope).await.unwrap();
        let all = Filter::default();
        assert_eq!(
            numbers(&tx, all.clone(), Sort::Newest).await,
            ["DK-A6", "DK-A5", "DK-A4", "DK-A3", "DK-A2", "DK-A1", "DK-A0"]
        );
        assert_eq!(numbers(&tx, all.clone(), Sort::Oldest).await.first().unwrap(), "DK-A0");
        assert_eq!(numbers(&tx, all.clone(), Sort::Highest).await[..2], ["DK-A5", "DK-A2"]);
        assert_eq!(numbers(&tx, all.clone(), Sort::Lowest).await[..3], ["DK-A0", "DK-A3", "DK-A6"]);

        let cases = [
            (Filter { states: vec![OrderState::Paid], ..all.clone() }, vec!["DK-A1"]),
            (
                Filter { states: vec![OrderState::Cancelled, OrderState::Delivered], ..all.clone() },
                vec!["DK-A3", "DK-A0"],
            ),
            (Filter { from: Some(hour(12)), to: Some(hour(14)), ..all.clone() }, vec!["DK-A3", "DK-A2"]),
            (Filter { min: Some(600_000), ..all.clone() }, vec!["DK-A5", "DK-A2"]),
            (Filter { max: Some(300_000), ..all.clone() }, vec!["DK-A6", "DK-A3", "DK-A0"]),
            (Filter { customer: Some(world.people[1].0), ..all.clone() }, vec!["DK-A5", "DK-A3", "DK-A1"]),
            (Filter { search: Some("dk-a4".into()), ..all.clone() }, vec!["DK-A4"]),
            (Filter { search: Some("A4".into()), ..all.clone() }, vec!["DK-A4"]),
            (Filter { search: Some("otieno".into()), ..all.clone() }, vec!["DK-A5", "DK-A3", "DK-A1"]),
            (Filter { search: Some("0712".into()), ..all.clone() }, vec!["DK-A6", "DK-A4", "DK-A2", "DK-A0"]),
            (Filter { search: Some("wambui".into()), ..all.clone() }, vec![]),
            (Filter { search: Some("nobody".into()), ..all.clone() }, vec![]),
        ];
        for (filter, expected) in cases {
            assert_eq!(numbers(&tx, filter.clone(), Sort::Newest).await, expected, "{filter:?}");
        }
        let page = orders::list(&tx, &all, Sort::Newest, None, 1).await.unwrap();
        let row = &page.items[0];
        assert_eq!(row.customer.name.as_deref(), Some("Wanjiku Ng'ang'a"));
        assert_eq!((row.pieces, row.payment, row.version), (1, Some(PaymentState::Requested), 1));
        let foreign = orders::list(&tx, &all, Sort::Highest, page.next.as_ref(), 5).await;
        assert!(matches!(foreign, Err(StoreError::Cursor)), "a cursor of another order is refused");

        let counts = orders::counts(&tx, &all, Currency::Kes).await.unwrap();
        assert_eq!(counts["pending_payment"].0, 3);
        assert_eq!((counts["paid"].0, counts["paid"].1.minor), (1, 560_000));
        assert_eq!(counts.values().map(|(n, _)| n).sum::<i64>(), 7);
        assert_eq!(counts.len(), OrderState::ALL.len());
        let other = db.shop("zuri").await;
        let tx = db.store.read(other.scope).await.unwrap();
        assert!(orders::list(&tx, &all, Sort::Newest, None, 5).await.unwrap().items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_order_is_read_with_its_payments_history_and_notes() {
    on_each(|db| async move {
        let world = world(&db).await;
        let id = world.orders[0].id;
        let note = db.store.write(world.shop.scope, move |tx| {
            Box::pin(async move { tx.note_order(id, "leave it with the guard", "staff:amina", hour(30)).await })
        });
        note.await.unwrap();
        let tx = db.store.read(world.shop.scope).await.unwrap();
        let page = order::read(&tx, id).await.unwrap();
        assert_eq!(page.order.state, OrderState::Delivered);
        assert_eq!(page.customer.phone.as_ref().unwrap().digits(), "254712000001");
        assert_eq!(page.images, [Some("red.jpg".to_owned())]);
        assert_eq!(page.payments.len(), 1);
        let kinds: Vec<_> = page.timeline.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["order.paid", "order.shipped", "order.delivered"]);
        assert_eq!(page.notes[0].text, "leave it with the guard");
        assert_eq!(page.version, 4, "it moved three times");
        let other = db.shop("zuri").await;
        let tx = db.store.read(other.scope).await.unwrap();
        assert!(matches!(order::read(&tx, id).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn payments_are_listed_and_added_up_by_state() {
    on_each(|db| async move {
        use payments::Filter;
        let world = world(&db).await;
        let paid = world.orders[1].id;
        let settle = db.store.write(world.shop.scope, move |tx| {
            Box::pin(async move {
                let attempt = tx.payments_of_order(paid).await?.remove(0).id;
                let settled = duka_store::payments::Settlement::Succeeded { receipt: Some("SGR7XA1".into()) };
                tx.settle_payment(attempt, &settled, "provider", hour(21)).await
            })
        });
        assert!(settle.await.unwrap());
        let tx = db.store.read(world.shop.scope).await.unwrap();
        let found = |filter: Filter| {
            let tx = &tx;
            async move {
                walked(
                    tx,
                    |row: &payments::PaymentRow| row.number.clone(),
                    |tx, after, limit| {
                        let filter = filter.clone();
                        Box::pin(async move { payments::list(tx, &filter, after.as_ref(), limit).await })
                    },
                )
                .await
            }
        };
        assert_eq!(found(Filter::default()).await.len(), 7);
        assert_eq!(found(Filter { states: vec![PaymentState::Succeeded], ..Filter::default() }).await, ["DK-A1"]);
        assert_eq!(found(Filter { search: Some("sgr7xa1".into()), ..Filter::default() }).await, ["DK-A1"]);
        assert_eq!(found(Filter { search: Some("DK-A6".into()), ..Filter::default() }).await, ["DK-A6"]);
        assert_eq!(found(Filter { customer: Some(world.people[1].0), ..Filter::default() }).await.len(), 3);
        let sums = payments::summary(&tx, &Filter::default(), Currency::Kes).await.unwrap();
        assert_eq!((sums["succeeded"].0, sums["succeeded"].1.minor, sums["requested"].0), (1, 560_000, 6));
    })
    .await;
}

#[tokio::test]
async fn products_are_found_by_words_stock_colour_and_size() {
    on_each(|db| async move {
        use products::{Filter, Sort, StockStatus};
        let shop = db.shop("malkia").await;
        let mut named = Vec::new();
        for (sku, name, sizes, count) in [
            ("MB-1", "Red dress", &["S", "M"][..], 9),
            ("MB-2", "Blue shirt 100%", &["M"][..], 2),
            ("MB-3", "Ankara gown", &["L"][..], 0),
        ] {
            let mut product = product(sku, sizes);
            product.name = name.into();
            if sku == "MB-2" {
                (product.category, product.colours) = ("shirt".into(), vec![duka_kernel::Colour::Blue]);
            }
            named.push((product, count));
        }
        let stock_of: std::collections::HashMap<VariantId, u32> =
            named.iter().flat_map(|(product, count)| pieces(product, *count)).collect();
        let first = named[0].0.variants[0].id;
        apply(&shop, named.into_iter().map(|(product, _)| product).collect(), stock_of).await;
        let tx = db.store.read(shop.scope).await.unwrap();
        let found = |filter: Filter, sort: Sort| {
            let tx = &tx;
            async move {
                walked(
                    tx,
                    |row: &products::ProductRow| row.sku.clone(),
                    |tx, after, limit| {
                        let filter = filter.clone();
                        Box::pin(async move { products::list(tx, &filter, 3, sort, after.as_ref(), limit).await })
                    },
                )
                .await
            }
        };
        let with = Filter::default;
        assert_eq!(found(with(), Sort::Listed).await, ["MB-1", "MB-2", "MB-3"]);
        assert_eq!(found(with(), Sort::Name).await, ["MB-3", "MB-2", "MB-1"]);
        assert_eq!(found(with(), Sort::Newest).await, ["MB-3", "MB-2", "MB-1"]);
        assert_eq!(found(with(), Sort::Dearest).await.len(), 3);
        assert_eq!(found(with(), Sort::Cheapest).await.len(), 3);
        assert_eq!(found(Filter { search: Some("DRESS red".into()), ..with() }, Sort::Listed).await, ["MB-1"]);
        assert_eq!(found(Filter { search: Some("100%".into()), ..with() }, Sort::Listed).await, ["MB-2"]);
        assert_eq!(found(Filter { search: Some("%".into()), ..with() }, Sort::Listed).await, ["MB-2"]);
        assert_eq!(found(Filter { stock: Some(StockStatus::In), ..with() }, Sort::Listed).await, ["MB-1"]);
        assert_eq!(found(Filter { stock: Some(StockStatus::Low), ..with() }, Sort::Listed).await, ["MB-2"]);
        assert_eq!(found(Filter { stock: Some(StockStatus::Out), ..with() }, Sort::Listed).await, ["MB-3"]);
        assert_eq!(found(Filter { size: Some("M".into()), ..with() }, Sort::Listed).await, ["MB-1", "MB-2"]);
        assert_eq!(found(Filter { category: Some("shirt".into()), ..with() }, Sort::Listed).await, ["MB-2"]);
        let blue = Filter { colour: Some(duka_kernel::Colour::Blue), ..with() };
        assert_eq!(found(blue, Sort::Listed).await, ["MB-2"]);
        assert_eq!(products::count(&tx, &Filter { active: Some(true), ..with() }, 3).await.unwrap(), 3);

        let facets = products::facets(&tx).await.unwrap();
        assert_eq!(facets.categories, [("dress".to_owned(), 2), ("shirt".to_owned(), 1)]);
        assert_eq!(facets.colours, [("red".to_owned(), 2), ("blue".to_owned(), 1)]);
        assert_eq!(facets.sizes, [("M".to_owned(), 2), ("L".to_owned(), 1), ("S".to_owned(), 1)]);

        let low = stock::low(&tx, 3, 10).await.unwrap();
        assert_eq!(low.iter().map(|row| (row.left, row.threshold)).collect::<Vec<_>>(), [(0, 3), (2, 3)]);
        drop(tx);
        let set = db.store.write(shop.scope, move |tx| {
            Box::pin(async move {
                tx.set_threshold(first, Some(9)).await?;
                tx.set_stock(first, 8, Some("counted by Amina"), hour(1)).await
            })
        });
        set.await.unwrap();
        let tx = db.store.read(shop.scope).await.unwrap();
        assert_eq!(tx.threshold(first).await.unwrap(), Some(9));
        assert_eq!(stock::low(&tx, 3, 10).await.unwrap().len(), 3);
        let moves = stock::movements(&tx, first, None, 10).await.unwrap();
        let said: Vec<_> = moves.items.iter().map(|row| (row.reason.as_str(), row.on_hand)).collect();
        assert_eq!(said, [("counted", -1), ("listed", 9)]);
    })
    .await;
}

#[tokio::test]
async fn appointments_of_a_time_are_listed_with_their_lanes() {
    on_each(|db| async move {
        use appointments::Filter;
        let world = world(&db).await;
        let (customer, _) = world.people[0];
        let write = db.store.write_with(world.shop.scope, service(), move |tx, service| {
            Box::pin(async move {
                tx.upsert_services(std::slice::from_ref(service)).await?;
                let id = tx.services().await?[0].id;
                for n in 0..5 {
                    let booked = appointment(customer, id, hour(n * 2));
                    let lane = if n % 2 == 0 { "staff/Njeri" } else { "staff/Otis" };
                    tx.take_slot(&booked, &[claim(lane, hour(n * 2), 90)], hour(0)).await?;
                    if n == 4 {
                        tx.cancel_appointment(booked.id).await?;
                    }
                }
                Ok(())
            })
        });
        write.await.unwrap();
        let tx = db.store.read(world.shop.scope).await.unwrap();
        let found = |filter: Filter| {
            let tx = &tx;
            async move {
                walked(
                    tx,
                    |row: &appointments::AppointmentRow| (row.start_at, row.lanes.clone()),
                    |tx, after, limit| {
                        let filter = filter.clone();
                        Box::pin(async move { appointments::list(tx, &filter, after.as_ref(), limit).await })
                    },
                )
                .await
            }
        };
        assert_eq!(found(Filter::default()).await.len(), 5);
        let range = Filter { from: Some(hour(2)), to: Some(hour(6)), ..Filter::default() };
        let njeri = vec!["staff/Njeri".to_owned()];
        assert_eq!(found(range).await, [(hour(2), vec!["staff/Otis".to_owned()]), (hour(4), njeri.clone())]);
        let booked = Filter { states: vec![AppointmentState::Booked], ..Filter::default() };
        assert_eq!(found(booked).await.len(), 4);
        let lane = Filter { lane: Some("staff/Njeri".into()), ..Filter::default() };
        assert_eq!(found(lane).await, [(hour(0), njeri.clone()), (hour(4), njeri)]);
    })
    .await;
}
