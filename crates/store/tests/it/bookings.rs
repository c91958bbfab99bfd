//! Appointments: their moves, and that a lane serves one at a time.

use duka_kernel::{AppointmentId, CustomerId, ServiceId, Timestamp};
use duka_shop::booking::{AppointmentState, Claim};
use duka_store::{Guard, StoreError, bookings::Appointment};
use futures::future::join_all;

use crate::{
    database::{NOW, Shop, on_each},
    sales::service,
};

pub fn appointment(customer: CustomerId, service: ServiceId, start_at: Timestamp) -> Appointment {
    Appointment {
        id: AppointmentId::new(),
        customer,
        conversation: None,
        service,
        start_at,
        state: AppointmentState::Booked,
        expires_at: None,
        order: None,
        created_at: NOW,
    }
}

pub fn claim(lane: &str, from: Timestamp, minutes: i64) -> Claim {
    Claim { lane: lane.into(), from, to: from.plus_minutes(minutes) }
}

async fn braids(shop: &Shop) -> ServiceId {
    let services = vec![service()];
    let write = shop.store.write_with(shop.scope, services, |tx, services| {
        Box::pin(async move {
            tx.upsert_services(services).await?;
            assert_eq!(tx.upsert_services(services).await?.unchanged, 1);
            Ok(tx.services().await?[0].id)
        })
    });
    write.await.unwrap()
}

async fn take(shop: &Shop, appointment: &Appointment, claims: Vec<Claim>, now: Timestamp) -> Result<(), StoreError> {
    let input = (appointment.clone(), claims);
    let write = shop.store.write_with(shop.scope, input, move |tx, (appointment, claims)| {
        Box::pin(async move { tx.take_slot(appointment, claims, now).await })
    });
    write.await
}

fn is_taken(result: &Result<(), StoreError>) -> bool {
    matches!(result, Err(StoreError::Conflict(Guard::SlotTaken)))
}

#[tokio::test]
async fn a_booking_moves_and_is_called_off_and_stays_one_entry() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (customer, _) = shop.customer("254712345678").await;
        let service = braids(&shop).await;
        let (first, later) = (NOW.plus_minutes(60), NOW.plus_minutes(120));
        let booked = appointment(customer, service, first);
        take(&shop, &booked, vec![claim("a", first, 60)], NOW).await.unwrap();
        let id = booked.id;
        let moved = db.store.write(shop.scope, move |tx| {
            Box::pin(async move {
                tx.move_appointment(id, (service, later), &[claim("a", later, 60)], NOW).await?;
                assert_eq!(tx.taken_after(NOW).await?.len(), 1);
                assert_eq!(tx.appointment(id).await?.start_at, later);
                tx.cancel_appointment(id).await?;
                assert!(tx.taken_after(NOW).await?.is_empty());
                tx.appointments_of(customer).await
            })
        });
        let moved = moved.await.unwrap();
        assert_eq!((moved.len(), moved[0].state, moved[0].start_at), (1, AppointmentState::Cancelled, later));
        let again = db.store.write(shop.scope, move |tx| Box::pin(tx.cancel_appointment(id))).await;
        assert!(matches!(again, Err(StoreError::Conflict(Guard::State(_)))));
    })
    .await;
}

#[tokio::test]
async fn of_fifty_who_take_one_time_together_one_has_it() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let service = braids(&shop).await;
        let start = NOW.plus_minutes(60);
        let mut all = Vec::new();
        for n in 0..50 {
            let (customer, _) = shop.customer(&format!("2547123456{n:02}")).await;
            all.push(appointment(customer, service, start.plus_minutes(n % 3)));
        }
        // Two lanes each, in either order.
        let both = |n: usize, at| {
            let mut lanes = vec![claim("staff/Asha", at, 60), claim("chair/1", at, 60)];
            lanes.rotate_left(n % 2);
            lanes
        };
        let taken = all.iter().enumerate().map(|(n, one)| take(&shop, one, both(n, one.start_at), NOW));
        let taken = join_all(taken).await;
        assert_eq!(taken.iter().filter(|result| result.is_ok()).count(), 1);
        assert_eq!(taken.iter().filter(|result| is_taken(result)).count(), 49);
        assert_eq!(db.store.read(shop.scope).await.unwrap().taken_after(NOW).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_time_that_is_held_is_taken_until_it_lapses_and_of_two_who_agree_then_one_has_it() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let service = braids(&shop).await;
        let (one, _) = shop.customer("254712345678").await;
        let (two, _) = shop.customer("254712345679").await;
        let start = NOW.plus_minutes(60);
        let lanes = || vec![claim("a", start, 60)];
        let until = NOW.plus_minutes(10);
        let held = |customer, until| Appointment {
            state: AppointmentState::Held,
            expires_at: Some(until),
            ..appointment(customer, service, start)
        };
        let (first, second) = (held(one, until), held(two, until.plus_minutes(10)));
        take(&shop, &first, lanes(), NOW).await.unwrap();
        assert!(is_taken(&take(&shop, &second, lanes(), NOW).await));
        // The first lets it lapse, the second holds it; both say yes.
        take(&shop, &second, lanes(), until).await.unwrap();
        let agreed =
            |held: &Appointment| Appointment { state: AppointmentState::Booked, expires_at: None, ..held.clone() };
        let (a, b) = (agreed(&first), agreed(&second));
        let (late, right) = tokio::join!(take(&shop, &a, lanes(), until), take(&shop, &b, lanes(), until));
        assert!(is_taken(&late), "{late:?}");
        right.unwrap();
        let lapsed = db.store.system_read().await.unwrap().lapsed_holds(until, 9).await.unwrap();
        assert_eq!(lapsed.iter().map(|(_, id)| *id).collect::<Vec<_>>(), [first.id]);
        let id = first.id;
        db.store.write(shop.scope, move |tx| Box::pin(tx.release_hold(id))).await.unwrap();
        let gone = db.store.read(shop.scope).await.unwrap().appointment(id).await;
        assert!(matches!(gone, Err(StoreError::NotFound)));
    })
    .await;
}
