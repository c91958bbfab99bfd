use duka_shop::{ShopProfile, profile::OpenHours};
use duka_store::analytics::{
    Span,
    hints::{self, Hint},
    hours, services,
};
use jiff::{civil::time, tz::TimeZone};

use super::{end, past};
use crate::{
    bookings::{appointment, claim},
    database::{on_each, profile},
    pages::{hour, meet},
    sales::service,
};

fn fortnight() -> Span {
    Span::last_days(15, end(), TimeZone::get("Africa/Nairobi").unwrap())
}

#[tokio::test]
async fn hints_rest_on_figures_and_an_empty_shop_gets_none() {
    on_each(|db| async move {
        let past = past(&db).await;
        let shop = past.shop.clone();
        let wanted = past.products[0].variants[0].id;
        let (customer, conversation) = meet(&shop, "Atieno", "254745000009", hour(1)).await;
        let write = shop.store.write(shop.scope, move |tx| {
            Box::pin(async move {
                let level = tx.stock().await?.0[&wanted];
                tx.set_stock(wanted, level.reserved, None, hour(300)).await?;
                tx.wait_for(customer, conversation, &[wanted], false, hour(300)).await
            })
        });
        write.await.unwrap();
        let tx = db.store.read(shop.scope).await.unwrap();
        let open = OpenHours { open: time(9, 0, 0, 0), close: time(10, 0, 0, 0) };
        let busy = hours::read(&tx, &fortnight()).await.unwrap().busiest().unwrap();
        let rules = ShopProfile { hours: [Some(open); 7], ..profile("malkia") };
        let found = hints::read(&tx, &fortnight(), &rules, end()).await.unwrap();
        let id = past.products[0].id;
        assert!(
            matches!(&found[0], Hint::Restock { product, waiting: 1, .. } if *product == id),
            "who waits comes first: {found:?}"
        );
        assert!(found.iter().any(|hint| matches!(hint, Hint::NotSelling { left: 90, .. })), "{found:?}");
        let unpaid = past.number("SELECT count(*) FROM orders WHERE state = 'expired'").await;
        let told = found.iter().any(|hint| matches!(hint, Hint::Unpaid { orders } if orders.part == unpaid));
        assert_eq!(told, unpaid * 5 >= 40, "{found:?}");
        let closed = !(9..10).contains(&busy.1);
        let said = found.iter().any(|hint| matches!(hint, Hint::BusyWhenClosed { hour, .. } if *hour == busy.1));
        assert_eq!(said, closed, "{found:?}");
        drop(tx);
        let empty = db.shop("zuri").await;
        let tx = db.store.read(empty.scope).await.unwrap();
        assert!(hints::read(&tx, &fortnight(), &profile("zuri"), end()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_service_is_used_by_what_is_booked_of_the_time_it_is_offered() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, _) = meet(&shop, "Atieno", "254745000009", hour(1)).await;
        let write = shop.store.write_with(shop.scope, service(), move |tx, service| {
            Box::pin(async move {
                tx.upsert_services(std::slice::from_ref(service)).await?;
                let id = tx.services().await?[0].id;
                for n in 0..4 {
                    let booked = appointment(customer, id, hour(n * 3));
                    tx.take_slot(&booked, &[claim("service/braids/1", hour(n * 3), 90)], hour(0)).await?;
                    match n {
                        2 => tx.cancel_appointment(booked.id).await?,
                        3 => tx.mark_missed(booked.id).await?,
                        _ => {}
                    }
                }
                Ok(())
            })
        });
        write.await.unwrap();
        let tx = db.store.read(shop.scope).await.unwrap();
        let span = Span::last_days(2, hour(20), TimeZone::get("Africa/Nairobi").unwrap());
        let used = services::read(&tx, &span, &profile("malkia")).await.unwrap();
        assert_eq!(used.len(), 1);
        assert_eq!((used[0].booked, used[0].cancelled, used[0].missed), (2, 1, 1));
        // Offered from 9 to 18 on both days.
        assert_eq!((used[0].minutes.part, used[0].minutes.of), (180, 2 * 9 * 60));
    })
    .await;
}
