//! What customers wait for, on both databases.

use duka_kernel::VariantId;
use duka_store::jobs::JobKind;

use crate::{
    catalogue::{apply, pieces, product},
    database::{NOW, Shop, on_each},
};

async fn due(shop: &Shop) -> usize {
    let due = shop.store.system_read().await.unwrap().due_jobs(&JobKind::QUICK, NOW, 100).await.unwrap();
    due.into_iter().filter(|(_, job)| job.kind == JobKind::BackInStock).count()
}

async fn set(shop: &Shop, variant: VariantId, on_hand: u32) {
    shop.store
        .write(shop.scope, move |tx| Box::pin(async move { tx.set_stock(variant, on_hand, None, NOW).await }))
        .await
        .unwrap();
}

#[tokio::test]
async fn whoever_waits_for_a_variant_gets_one_job_when_pieces_become_free() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, conversation) = shop.customer("254712345678").await;
        let dress = product("MB-1", &["M", "L"]);
        apply(&shop, vec![dress.clone()], pieces(&dress, 0)).await;
        let (medium, large) = (dress.variants[0].id, dress.variants[1].id);
        for _ in 0..2 {
            let wait = shop.store.write(shop.scope, move |tx| {
                Box::pin(async move { tx.wait_for(customer, conversation, &[medium], false, NOW).await })
            });
            wait.await.unwrap();
        }
        assert_eq!(due(&shop).await, 0, "nothing is free");
        set(&shop, large, 3).await;
        assert_eq!(due(&shop).await, 0, "nobody waits for this size");
        let demand = db.store.read(shop.scope).await.unwrap().demand(10).await.unwrap();
        assert_eq!(demand.iter().map(|d| (d.variant, d.customers)).collect::<Vec<_>>(), [(medium, 1)]);
        set(&shop, medium, 1).await;
        set(&shop, medium, 4).await;
        assert_eq!(due(&shop).await, 1);
        let interest = db.store.read(shop.scope).await.unwrap().interests_of(customer).await.unwrap()[0];
        let told = shop.store.write(shop.scope, move |tx| {
            Box::pin(async move {
                Ok((tx.interest_told(interest.id, NOW).await?, tx.interest_told(interest.id, NOW).await?))
            })
        });
        assert_eq!(told.await.unwrap(), (true, false));
    })
    .await;
}

#[tokio::test]
async fn what_is_free_already_when_waiting_begins_is_told_at_once_and_who_gave_up_is_left_alone() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, conversation) = shop.customer("254712345678").await;
        let dress = product("MB-1", &["M"]);
        apply(&shop, vec![dress.clone()], pieces(&dress, 2)).await;
        let medium = dress.variants[0].id;
        let wait = shop.store.write(shop.scope, move |tx| {
            Box::pin(async move {
                tx.wait_for(customer, conversation, &[medium], false, NOW).await?;
                tx.stop_waiting(customer, NOW).await
            })
        });
        assert_eq!(wait.await.unwrap().len(), 1);
        assert_eq!(due(&shop).await, 1);
        assert!(db.store.read(shop.scope).await.unwrap().interests_of(customer).await.unwrap().is_empty());
    })
    .await;
}
