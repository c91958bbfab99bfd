use std::collections::{BTreeMap, HashMap};

use duka_kernel::{Colour, Currency, Money, ProductId, Size, VariantId};
use duka_shop::{Product, StockLevel, Variant};
use duka_store::{Guard, StoreError, catalogue::Upserted};
use futures::future::join_all;

use crate::database::{NOW, Shop, on_each};

pub fn product(sku: &str, sizes: &[&str]) -> Product {
    let price = Money::from_major(2_800, Currency::Kes);
    Product {
        id: ProductId::new(),
        sku: sku.into(),
        name: "Red dress".into(),
        description: "Light".into(),
        category: "dress".into(),
        price,
        compare_at: None,
        tags: vec!["party".into()],
        attributes: BTreeMap::from([("fabric".into(), "cotton".into())]),
        colours: vec![Colour::Red],
        image: Some("red.jpg".into()),
        variants: sizes
            .iter()
            .map(|size| Variant { id: VariantId::new(), size: Size::parse(size), colour: None, price })
            .collect(),
    }
}

pub fn pieces(product: &Product, count: u32) -> HashMap<VariantId, u32> {
    product.variants.iter().map(|variant| (variant.id, count)).collect()
}

pub async fn apply(shop: &Shop, products: Vec<Product>, stock: HashMap<VariantId, u32>) -> Upserted {
    let applied = shop.store.write_with(shop.scope, (products, stock), |tx, (products, stock)| {
        Box::pin(tx.upsert_products(products, stock, NOW))
    });
    applied.await.unwrap()
}

async fn level(shop: &Shop, variant: VariantId) -> StockLevel {
    shop.store.read(shop.scope).await.unwrap().stock().await.unwrap().0[&variant]
}

#[tokio::test]
async fn the_same_list_again_changes_nothing_even_after_a_sale() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let first = product("MB-1", &["S", "M"]);
        let stock = pieces(&first, 3);
        assert_eq!(apply(&shop, vec![first.clone()], stock.clone()).await.created, ["MB-1"]);
        let read = db.store.read(shop.scope).await.unwrap().products().await.unwrap();
        assert_eq!(read, std::slice::from_ref(&first));

        let variant = first.variants[0].id;
        let sold = db.store.write(shop.scope, move |tx| {
            Box::pin(async move {
                tx.reserve(&[(variant, 2)], "DK-1", NOW).await?;
                tx.commit_sale(&[(variant, 1)], "DK-1", NOW).await
            })
        });
        sold.await.unwrap();
        let versions = db.store.read(shop.scope).await.unwrap().shop().await.unwrap().versions;

        // As read from the file again: other identities, the same list.
        let again = product("MB-1", &["S", "M"]);
        let stock = pieces(&again, 3);
        assert_eq!(apply(&shop, vec![again.clone()], stock).await, Upserted { unchanged: 1, ..Upserted::default() });
        assert_eq!(level(&shop, variant).await, StockLevel { on_hand: 2, reserved: 1 });
        assert_eq!(db.store.read(shop.scope).await.unwrap().shop().await.unwrap().versions, versions);

        let recount = pieces(&again, 9);
        assert_eq!(apply(&shop, vec![again], recount).await.updated, ["MB-1"]);
        assert_eq!(level(&shop, variant).await, StockLevel { on_hand: 9, reserved: 1 });
    })
    .await;
}

#[tokio::test]
async fn what_is_not_listed_any_more_is_not_offered() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (one, two) = (product("MB-1", &["S", "M"]), product("MB-2", &["L"]));
        apply(&shop, vec![one.clone(), two], HashMap::new()).await;
        let mut shorter = product("MB-1", &["M", "XL"]);
        shorter.name = "Crimson dress".into();
        assert_eq!(apply(&shop, vec![shorter], HashMap::new()).await.updated, ["MB-1"]);
        let retired = db.store.write(shop.scope, |tx| {
            Box::pin(async move { tx.retire_products_except(&["MB-1".to_owned()], NOW).await })
        });
        assert_eq!(retired.await.unwrap(), 1);
        let products = db.store.read(shop.scope).await.unwrap().products().await.unwrap();
        assert_eq!(products.len(), 1);
        assert_eq!((products[0].id, products[0].name.as_str()), (one.id, "Crimson dress"));
        let sizes: Vec<_> = products[0].variants.iter().map(|v| v.size.as_str()).collect();
        assert_eq!(sizes, ["M", "XL"]);
    })
    .await;
}

#[tokio::test]
async fn of_a_hundred_who_want_the_last_piece_exactly_one_gets_it() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let last = product("MB-1", &["M"]);
        let variant = last.variants[0].id;
        apply(&shop, vec![last.clone()], pieces(&last, 1)).await;
        let attempts = (0..100).map(|n| {
            let shop = shop.clone();
            tokio::spawn(async move {
                let attempt = shop.store.write(shop.scope, move |tx| {
                    Box::pin(async move { tx.reserve(&[(variant, 1)], &format!("DK-{n}"), NOW).await })
                });
                attempt.await
            })
        });
        let mut got = 0;
        for attempt in join_all(attempts).await {
            match attempt.unwrap() {
                Ok(()) => got += 1,
                Err(StoreError::Conflict(Guard::OutOfStock(out))) => assert_eq!(out, variant),
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(got, 1);
        assert_eq!(level(&shop, variant).await, StockLevel { on_hand: 1, reserved: 1 });
    })
    .await;
}

#[tokio::test]
async fn stock_never_goes_below_what_is_held() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let dress = product("MB-1", &["M"]);
        let variant = dress.variants[0].id;
        apply(&shop, vec![dress.clone()], pieces(&dress, 5)).await;
        let scope = shop.scope;
        let moves = db.store.write(scope, move |tx| {
            Box::pin(async move {
                tx.reserve(&[(variant, 3)], "DK-1", NOW).await?;
                tx.set_stock(variant, 4, None, NOW).await?;
                tx.release(&[(variant, 1)], "DK-1", NOW).await
            })
        });
        moves.await.unwrap();
        let lower = db.store.write(scope, move |tx| Box::pin(async move { tx.set_stock(variant, 1, None, NOW).await }));
        assert!(matches!(lower.await, Err(StoreError::Conflict(Guard::OutOfStock(_)))));
        let release =
            db.store.write(scope, move |tx| Box::pin(async move { tx.release(&[(variant, 3)], "x", NOW).await }));
        assert!(matches!(release.await, Err(StoreError::Conflict(Guard::OutOfStock(_)))));
        assert_eq!(level(&shop, variant).await, StockLevel { on_hand: 4, reserved: 2 });
        let lines = db.store.read(scope).await.unwrap().stock_lines().await.unwrap();
        assert_eq!((lines[0].sku.as_str(), lines[0].size.as_str(), lines[0].price), ("MB-1", "M", 280_000));
    })
    .await;
}
