//! What pictures look like is kept once for a content and a version, and is the shop's own.

use crate::database::{NOW, Shop, on_each};

const HASH: &str = "0000000000000000000000000000000000000000000000000000000000000abc";

async fn keep(shop: &Shop, version: u16, features: &'static [u8]) {
    let kept = shop
        .store
        .write(shop.scope, move |tx| Box::pin(async move { tx.keep_looks(HASH, version, features, NOW).await }));
    kept.await.unwrap();
}

async fn looks(shop: &Shop, version: u16) -> Option<Vec<u8>> {
    shop.store.read(shop.scope).await.unwrap().looks(HASH, version).await.unwrap()
}

#[tokio::test]
async fn looks_are_the_shops_own_and_those_of_another_version_count_for_nothing() {
    on_each(|db| async move {
        let (one, other) = (db.shop("malkia").await, db.shop("zuri").await);
        keep(&one, 1, b"first").await;
        keep(&one, 1, b"again").await;
        assert_eq!(looks(&one, 1).await.as_deref(), Some(b"first".as_slice()), "computed once");
        assert_eq!(looks(&one, 2).await, None, "another version computes it again");
        assert_eq!(looks(&other, 1).await, None, "the other shop has not seen it");
        keep(&one, 2, b"second").await;
        assert_eq!(looks(&one, 2).await.as_deref(), Some(b"second".as_slice()));
    })
    .await;
}
