//! What pictures look like is kept once for a content and a version, and is the shop's own.

use duka_shop::knowledge::Embedding;

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

#[tokio::test]
async fn what_models_say_of_a_picture_and_where_they_place_it_is_kept_by_model_and_shop() {
    on_each(|db| async move {
        let (one, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let placed = |values: &[f32]| Embedding { model: "gemini/two@2".into(), values: values.to_vec() };
        let work = (placed(&[1.0, 0.0]), placed(&[0.0, 1.0]));
        let kept = one.store.write_with(one.scope, work, |tx, (first, again)| {
            Box::pin(async move {
                for body in ["a red dress", "a maroon dress"] {
                    tx.keep_description(HASH, "openai/one", "search", body, NOW).await?;
                }
                tx.keep_picture_vector(HASH, first, NOW).await?;
                tx.keep_picture_vector(HASH, again, NOW).await
            })
        });
        kept.await.unwrap();
        let tx = one.store.read(one.scope).await.unwrap();
        let said = tx.description(HASH, "openai/one", "search").await.unwrap();
        assert_eq!(said.as_deref(), Some("a maroon dress"), "the latest counts");
        assert_eq!(tx.description(HASH, "openai/two", "search").await.unwrap(), None);
        assert_eq!(tx.description(HASH, "openai/one", "catalogue").await.unwrap(), None);
        assert_eq!(tx.picture_vector(HASH, "gemini/two@2").await.unwrap(), Some(placed(&[0.0, 1.0])));
        assert_eq!(tx.picture_vector(HASH, "gemini/one@2").await.unwrap(), None);
        let tx = other.store.read(other.scope).await.unwrap();
        assert_eq!(tx.description(HASH, "openai/one", "search").await.unwrap(), None);
        assert_eq!(tx.picture_vector(HASH, "gemini/two@2").await.unwrap(), None);
    })
    .await;
}
