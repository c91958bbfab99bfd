//! What open pages are told: complete, in order, and not for ever.

use duka_store::live::{LiveEvent, LivePlace, RESET};
use sea_orm::{ConnectionTrait, TransactionTrait};

use crate::database::{Shop, on_each};

const WROTE: &str = "INSERT INTO live (tenant_id, kind, what, subject) VALUES";

async fn told(shop: &Shop, place: LivePlace) -> Vec<LiveEvent> {
    shop.store.read(shop.scope).await.unwrap().live_since(place, 10_000).await.unwrap()
}

/// So many events after a place. On PostgreSQL, whatever else runs on the server may hold them up for a moment.
async fn soon(shop: &Shop, place: LivePlace, count: usize) -> Vec<LiveEvent> {
    for _ in 0..1000 {
        let events = told(shop, place).await;
        if events.len() >= count {
            assert_eq!(events.len(), count);
            return events;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("fewer than {count} events");
}

#[tokio::test]
async fn what_commits_late_is_not_left_out_because_something_younger_was_told() {
    on_each(|db| async move {
        if !db.is_postgres() {
            // SQLite has one writer at a time.
            return;
        }
        let shop = db.shop("malkia").await;
        let start = shop.store.read(shop.scope).await.unwrap().live_now().await.unwrap();
        let (one, other) = (db.raw().await, db.raw().await);
        let row = |what: &str| format!("{WROTE} ('{}', 'order', '{what}', '')", shop.scope.tenant());
        let late = one.begin().await.unwrap();
        late.execute_unprepared(&row("late")).await.unwrap();
        other.execute_unprepared(&row("early")).await.unwrap();
        assert!(told(&shop, start).await.is_empty(), "an order was told that another may come before");
        late.commit().await.unwrap();
        let whats: Vec<String> = soon(&shop, start, 2).await.into_iter().map(|event| event.what).collect();
        assert_eq!(whats, ["late", "early"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_long_past_is_forgotten_and_whoever_missed_it_is_told_so() {
    on_each(|db| async move {
        let (shop, other) = (db.shop("malkia").await, db.shop("zuri").await);
        for shop in [&shop, &other] {
            shop.customer("254712345678").await;
        }
        let product = crate::catalogue::product("MB-1", &["M"]);
        crate::catalogue::apply(&shop, vec![product.clone()], crate::catalogue::pieces(&product, 1)).await;
        let first = soon(&shop, LivePlace::default(), 1).await[0].place;
        let variant = product.variants[0].id;
        for round in 0..21_u32 {
            let counted = shop.store.write(shop.scope, move |tx| {
                Box::pin(async move {
                    for n in 0..200 {
                        tx.set_stock(variant, 2 + round * 200 + n, None, crate::database::NOW).await?;
                    }
                    Ok(())
                })
            });
            counted.await.unwrap();
        }
        let prune = || shop.store.system_write(|tx| Box::pin(tx.prune_live()));
        soon(&shop, first, 21 * 200).await;
        prune().await.unwrap();
        let kept = soon(&shop, first, 2_001).await;
        assert_eq!(kept[0].kind, RESET);
        assert!(kept[1..].iter().all(|event| event.kind == "stock"));
        prune().await.unwrap();
        assert_eq!(told(&shop, first).await.len(), 2_001);
        assert_eq!(told(&shop, kept[0].place).await.len(), 2_000);
    })
    .await;
}
