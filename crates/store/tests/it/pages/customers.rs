use duka_kernel::{Language, PhoneNumber};
use duka_shop::segment::Rule;
use duka_store::{
    Guard, StoreError,
    customers::CustomerUpdate,
    pages::{customers, person, segments},
};
use sea_orm::ConnectionTrait;

use super::{NAMES, hour, walked, world};
use crate::database::on_each;

async fn named(tx: &duka_store::Tx, filter: customers::Filter, sort: customers::Sort) -> Vec<String> {
    walked(
        tx,
        |row: &customers::CustomerRow| row.person.name.clone().unwrap_or_default(),
        |tx, after, limit| {
            let filter = filter.clone();
            Box::pin(async move { customers::list(tx, &filter, hour(24 * 40), sort, after.as_ref(), limit).await })
        },
    )
    .await
}

#[tokio::test]
async fn customers_are_listed_by_what_they_bought_and_found_by_name_number_tag_and_rule() {
    on_each(|db| async move {
        use customers::{Filter, Sort};
        let world = world(&db).await;
        let (wanjiku, achieng, wambui) = (world.people[0].0, world.people[1].0, world.people[2].0);
        let write = db.store.write(world.shop.scope, move |tx| {
            Box::pin(async move {
                tx.set_tags(achieng, &["VIP".into(), " vip ".into(), "Karen".into(), String::new()]).await?;
                tx.set_tags(wambui, &["vip".into()]).await?;
                tx.set_notes(achieng, "pays at once", hour(30)).await?;
                let update = CustomerUpdate { language: Some(Language::Sw), ..CustomerUpdate::default() };
                tx.update_customer(wambui, &update, hour(30)).await?;
                let payer = PhoneNumber::parse("0799888777").ok();
                let update = CustomerUpdate { name: Some("Mama Junior".into()), payer, ..CustomerUpdate::default() };
                tx.update_customer(wanjiku, &update, hour(31)).await
            })
        });
        write.await.unwrap();
        let tx = db.store.read(world.shop.scope).await.unwrap();
        let all = Filter::default();
        assert_eq!(named(&tx, all.clone(), Sort::Newest).await, ["Wambui Kamau", "Achieng Otieno", "Mama Junior"]);
        assert_eq!(named(&tx, all.clone(), Sort::Best).await, ["Achieng Otieno", "Mama Junior", "Wambui Kamau"]);
        assert_eq!(named(&tx, all.clone(), Sort::LastOrder).await, ["Mama Junior", "Achieng Otieno", "Wambui Kamau"]);
        for (said, expected) in [
            ("mama jun", vec!["Mama Junior"]),
            ("wanjiku", vec![]),
            ("0799 888 777", vec!["Mama Junior"]),
            ("0712000001", vec!["Mama Junior"]),
            ("0003", vec!["Wambui Kamau"]),
            ("kamau wambui", vec!["Wambui Kamau"]),
            ("x", vec![]),
        ] {
            let filter = Filter { search: Some(said.into()), ..all.clone() };
            assert_eq!(named(&tx, filter, Sort::Newest).await, expected, "{said}");
        }
        let rule = |rule: Rule| Filter { rule, ..all.clone() };
        let cases = [
            (Rule { spent_from: Some(500_000), ..Rule::default() }, vec!["Achieng Otieno"]),
            (Rule { orders_to: Some(0), ..Rule::default() }, vec!["Wambui Kamau"]),
            (Rule { orders_from: Some(1), ..Rule::default() }, vec!["Achieng Otieno", "Mama Junior"]),
            (Rule { tag: Some("Vip".into()), ..Rule::default() }, vec!["Wambui Kamau", "Achieng Otieno"]),
            (Rule { language: Some(Language::Sw), ..Rule::default() }, vec!["Wambui Kamau"]),
            (Rule { silent_for_days: Some(30), ..Rule::default() }, vec!["Achieng Otieno", "Mama Junior"]),
            (
                Rule { silent_for_days: Some(39), ordered_within_days: Some(60), ..Rule::default() },
                vec!["Achieng Otieno", "Mama Junior"],
            ),
            (Rule { ordered_within_days: Some(30), ..Rule::default() }, vec![]),
            (Rule { marketing: Some(false), ..Rule::default() }, vec![]),
        ];
        for (wanted, expected) in cases {
            let count = customers::count(&tx, &wanted, hour(24 * 40)).await.unwrap();
            assert_eq!(count, i64::try_from(expected.len()).unwrap(), "{wanted:?}");
            assert_eq!(named(&tx, rule(wanted.clone()), Sort::Newest).await, expected, "{wanted:?}");
        }
        assert_eq!(customers::tags(&tx).await.unwrap().iter().map(|(_, n)| *n).collect::<Vec<_>>(), [2, 1]);
        let profile = person::read(&tx, achieng).await.unwrap();
        // Two of the three orders of the lifetime are cancelled or wait for money.
        assert_eq!((profile.bought, profile.spent, profile.notes.as_str()), (1, 560_000, "pays at once"));
        assert_eq!(profile.tags, ["VIP", "Karen"]);
        assert_eq!(profile.conversations, [world.people[1].1]);
        assert_eq!(tx.bought(achieng).await.unwrap(), (1, 560_000), "what is counted is what a sum gives");
        assert_eq!(tx.bought(wanjiku).await.unwrap(), (1, 280_000), "what was given back does not count");
    })
    .await;
}

#[tokio::test]
async fn a_segment_is_changed_by_who_read_it_last_and_counts_whom_its_rule_holds_for() {
    on_each(|db| async move {
        let world = world(&db).await;
        let rule = Rule { orders_from: Some(1), ..Rule::default() };
        let id = db
            .store
            .write_with(world.shop.scope, rule.clone(), |tx, rule| Box::pin(tx.create_segment("Buyers", rule, hour(1))))
            .await
            .unwrap();
        let read = || async {
            let tx = db.store.read(world.shop.scope).await.unwrap();
            segments::read(&tx, id, hour(50)).await.unwrap()
        };
        let before = read().await;
        assert_eq!((before.customers, before.version, &before.rule), (2, 1, &rule));
        let again = db.store.write_with(world.shop.scope, rule.clone(), |tx, rule| {
            Box::pin(tx.create_segment("Buyers", rule, hour(1)))
        });
        assert!(matches!(again.await, Err(StoreError::Conflict(Guard::Duplicate("segment")))));
        let change = |version: i64| {
            let rule = Rule { orders_to: Some(0), ..Rule::default() };
            db.store.write_with(world.shop.scope, rule, move |tx, rule| {
                Box::pin(tx.update_segment(id, version, "Lookers", rule))
            })
        };
        change(1).await.unwrap();
        assert!(matches!(change(1).await, Err(StoreError::Conflict(Guard::Stale(_)))));
        assert_eq!((read().await.customers, read().await.name.as_str()), (1, "Lookers"));
        let other = db.shop("zuri").await;
        let stolen = db.store.write(other.scope, move |tx| Box::pin(tx.delete_segment(id)));
        assert!(matches!(stolen.await, Err(StoreError::NotFound)));
        db.store.write(world.shop.scope, move |tx| Box::pin(tx.delete_segment(id))).await.unwrap();
        assert!(segments::list(&db.store.read(world.shop.scope).await.unwrap(), hour(1)).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn customers_of_an_older_version_are_found_after_the_upgrade() {
    on_each(|db| async move {
        let world = world(&db).await;
        let raw = db.raw().await;
        raw.execute_unprepared("DELETE FROM customer_terms").await.unwrap();
        raw.execute_unprepared("UPDATE customers SET searchable = FALSE").await.unwrap();
        let found = || async {
            let tx = db.store.read(world.shop.scope).await.unwrap();
            tx.find_customers("achieng", 5).await.unwrap()
        };
        assert!(found().await.is_empty());
        db.store.migrate().await.unwrap();
        assert_eq!(found().await, [world.people[1].0]);
        assert_eq!(NAMES.len(), 3);
    })
    .await;
}
