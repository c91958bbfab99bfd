//! Documents of a shop: replaced as a whole, and nobody else's.

use duka_shop::knowledge::{Embedding, Passage, Place, Source};
use duka_store::documents::{Kept, NewDocument};

use crate::database::{NOW, on_each};

pub fn document(name: &str, text: &str) -> NewDocument {
    let place = Place { page: Some(1), ..Place::default() };
    let passages = text.lines().map(|line| Passage {
        source: Source { document: name.into(), place: place.clone() },
        heading: "Care".into(),
        question: None,
        text: line.into(),
        embedding: None,
    });
    NewDocument {
        name: name.into(),
        hash: text.len().to_string(),
        kind: "text".into(),
        reader: 1,
        passages: passages.collect(),
    }
}

#[tokio::test]
async fn a_changed_document_leaves_nothing_of_what_it_was() {
    on_each(|db| async move {
        let (shop, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let keep = async |document: NewDocument| {
            let kept = shop.store.write_with(shop.scope, document, |tx, d| Box::pin(tx.keep_document(d, NOW)));
            kept.await.unwrap()
        };
        let versions = async || shop.store.read(shop.scope).await.unwrap().versions().await.unwrap();
        let before = versions().await;
        assert_eq!(keep(document("care.md", "Iron silk hot.\nWash at ninety.")).await, Kept::Created);
        let first = versions().await;
        assert!(first.knowledge > before.knowledge && first.catalogue == before.catalogue);
        assert_eq!(keep(document("care.md", "Iron silk hot.\nWash at ninety.")).await, Kept::Unchanged);
        assert_eq!(versions().await, first);

        assert_eq!(keep(document("care.md", "Never iron silk.")).await, Kept::Updated);
        assert!(versions().await.knowledge > first.knowledge);
        let tx = shop.store.read(shop.scope).await.unwrap();
        let texts: Vec<String> = tx.passages().await.unwrap().into_iter().map(|p| p.text).collect();
        assert_eq!(texts, ["Never iron silk."]);
        let found = &tx.documents().await.unwrap()[0];
        assert_eq!((found.name.as_str(), found.passages, found.embedded), ("care.md", 1, 0));
        assert!(other.store.read(other.scope).await.unwrap().passages().await.unwrap().is_empty());

        let removed = shop.store.write(shop.scope, |tx| Box::pin(tx.remove_document("care.md")));
        assert!(removed.await.unwrap());
        assert!(shop.store.read(shop.scope).await.unwrap().passages().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn passages_are_embedded_anew_for_another_model() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let kept = shop
            .store
            .write_with(shop.scope, document("care.md", "One.\nTwo."), |tx, d| Box::pin(tx.keep_document(d, NOW)));
        kept.await.unwrap();
        let waiting = async |model: &'static str| {
            shop.store.read(shop.scope).await.unwrap().unembedded_passages(model, 10).await.unwrap()
        };
        let (first, embedding) =
            (waiting("a").await.remove(0), Embedding { model: "a".into(), values: vec![0.6, 0.8] });
        let work = (first.id, embedding.clone());
        let written = shop.store.write_with(shop.scope, work, |tx, (id, e)| Box::pin(tx.embed_passage(*id, e)));
        written.await.unwrap();
        assert_eq!((waiting("a").await.len(), waiting("b").await.len()), (1, 2));
        let passages = shop.store.read(shop.scope).await.unwrap().passages().await.unwrap();
        assert_eq!(passages.iter().filter_map(|p| p.embedding.clone()).collect::<Vec<_>>(), [embedding]);
    })
    .await;
}
