//! What open pages are told: complete, in order, and not for ever.

use duka_store::live::{LivePlace, RESET};
use sea_orm::{ConnectionTrait, TransactionTrait};

use crate::database::{Shop, on_each};

const WROTE: &str = "INSERT INTO live (tenant_id, kind, what, subject) VALUES";

async fn whats(shop: &Shop, place: LivePlace) -> Vec<String> {
    let events = shop.store.read(shop.scope).await.unwrap().live_since(place, 10_000).await.unwrap();
    events.into_iter().map(|event| event.what).collect()
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
        assert!(whats(&shop, start).await.is_empty(), "an order was told that another may come before");
        late.commit().await.unwrap();
        // Whatever else runs on this server may hold it up for a moment.
        let mut told = Vec::new();
        for _ in 0..1000 {
            told = whats(&shop, start).await;
            if told.len() == 2 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!(told, ["late", "early"]);
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
        let first = shop.store.read(shop.scope).await.unwrap().live_now().await.unwrap();
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
        let before = whats(&shop, first).await.len();
        assert!(before > 4_000, "{before}");
        prune().await.unwrap();
        let kept = shop.store.read(shop.scope).await.unwrap().live_since(first, 10_000).await.unwrap();
        assert_eq!((kept.len(), kept[0].kind.as_str()), (2_001, RESET));
        assert!(kept[1..].iter().all(|event| event.kind == "stock"));
        prune().await.unwrap();
        assert_eq!(whats(&shop, first).await.len(), 2_001);
        assert!(whats(&shop, kept[0].place).await.len() == 2_000);
    })
    .await;
}
