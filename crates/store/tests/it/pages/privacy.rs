use duka_shop::OrderState;
use duka_store::{Guard, StoreError, pages::orders};
use sea_orm::{ConnectionTrait, Statement};

use super::{hour, moved, world};
use crate::{database::on_each, sales::fill};

#[tokio::test]
async fn an_export_has_everything_and_an_erased_customer_leaves_only_the_books() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let filled = fill(&shop).await;
        let customer = filled.customer;
        let tx = db.store.read(shop.scope).await.unwrap();
        let export = tx.export_customer(customer).await.unwrap().to_string();
        for part in
            ["Wanjiku", "254712345678", "Habari yako", "Karibu sana", "Moi Avenue", "DK-1", "likes red", "VIP", "calls"]
        {
            assert!(export.contains(part), "{part} is missing in {export}");
        }
        let order = tx.order_by_number("DK-1").await.unwrap().unwrap();
        drop(tx);
        let erase =
            || db.store.write(shop.scope, move |tx| Box::pin(tx.erase_customer(customer, "staff:amina", hour(9))));
        assert!(matches!(erase().await, Err(StoreError::Conflict(Guard::State(_)))), "its order is under way");
        moved(&shop, order.id, &[OrderState::PendingPayment, OrderState::Cancelled], hour(1)).await;
        assert!(erase().await.unwrap().is_empty());

        let tx = db.store.read(shop.scope).await.unwrap();
        let export = tx.export_customer(customer).await.unwrap().to_string();
        for part in
            ["Wanjiku", "254712345678", "Habari yako", "Karibu sana", "Moi Avenue", "likes red", "VIP", "calls", "gift"]
        {
            assert!(!export.contains(part), "{part} is left in {export}");
        }
        assert!(tx.find_customers("wanjiku", 5).await.unwrap().is_empty());
        assert!(tx.customer(customer).await.unwrap().opted_out);
        let books = tx.order_by_number("DK-1").await.unwrap().unwrap();
        assert_eq!((books.total, books.lines.len(), books.address.as_str()), (order.total, 1, ""));
        let kinds: Vec<_> = tx.events_since(None, 99).await.unwrap().into_iter().map(|event| event.kind).collect();
        assert_eq!(kinds.last().unwrap(), "customer.erased");
        assert!(tx.recall(filled.conversation).await.unwrap().unwrap().pending.is_empty());
        drop(tx);
        // Who writes from the same number again is somebody new.
        let (again, _) = shop.customer("254712345678").await;
        assert_ne!(again, customer);
    })
    .await;
}

#[tokio::test]
async fn nothing_encrypted_of_an_erased_customer_can_be_opened_to_what_it_was() {
    on_each(|db| async move {
        let world = world(&db).await;
        let (customer, _) = world.people[2];
        let erased =
            db.store.write(world.shop.scope, move |tx| Box::pin(tx.erase_customer(customer, "staff:a", hour(1))));
        erased.await.unwrap();
        let raw = db.raw().await;
        for (table, column) in [("customer_terms", "customer_id"), ("customer_identities", "customer_id")] {
            let literal =
                if db.is_postgres() { format!("'{customer}'") } else { format!("x'{}'", customer.0.simple()) };
            let count = format!("SELECT count(*) AS n FROM {table} WHERE {column} = {literal}");
            let row = raw.query_one_raw(Statement::from_string(raw.get_database_backend(), count)).await.unwrap();
            assert_eq!(row.unwrap().try_get::<i64>("", "n").unwrap(), 0, "{table}");
        }
        let tx = db.store.read(world.shop.scope).await.unwrap();
        let all = orders::list(&tx, &orders::Filter::default(), orders::Sort::Newest, None, 50).await.unwrap();
        assert_eq!(all.items.len(), 7, "others are as they were");
        assert!(all.items.iter().all(|row| row.customer.name.is_some()));
    })
    .await;
}
