//! Work to be done later.

use duka_kernel::Timestamp;
use duka_store::{
    Guard, StoreError,
    jobs::{Job, JobKind},
};
use futures::future::join_all;
use uuid::Uuid;

use crate::database::{NOW, Shop, TestDb, on_each};

async fn schedule(shop: &Shop, kind: JobKind, subject: Uuid, at: Timestamp) {
    let set = shop.store.write(shop.scope, move |tx| Box::pin(async move { tx.schedule(kind, subject, at).await }));
    set.await.unwrap();
}

async fn due(db: &TestDb, at: Timestamp) -> Vec<Job> {
    let jobs = db.store.system_read().await.unwrap().due_jobs(&JobKind::QUICK, at, 10).await.unwrap();
    jobs.into_iter().map(|(_, job)| job).collect()
}

#[tokio::test]
async fn a_job_is_due_at_its_time_and_set_once() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
        let later = NOW.plus_seconds(60);
        schedule(&shop, JobKind::FeedbackRequest, second, later).await;
        schedule(&shop, JobKind::FeedbackRequest, first, NOW).await;
        schedule(&shop, JobKind::FeedbackRequest, first, NOW).await;
        assert_eq!(db.store.system_read().await.unwrap().next_due().await.unwrap(), Some(NOW));
        assert_eq!(due(&db, NOW.plus_seconds(-1)).await, []);
        assert_eq!(due(&db, NOW).await.iter().map(|job| job.subject).collect::<Vec<_>>(), [first]);
        assert_eq!(due(&db, later).await.iter().map(|job| job.subject).collect::<Vec<_>>(), [first, second]);
    })
    .await;
}

#[tokio::test]
async fn a_job_called_off_is_not_done_and_can_be_set_for_another_time() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let subject = Uuid::now_v7();
        schedule(&shop, JobKind::AppointmentReminder, subject, NOW).await;
        let cancelled = shop.store.write(shop.scope, move |tx| {
            Box::pin(async move { tx.cancel_jobs(JobKind::AppointmentReminder, subject).await })
        });
        cancelled.await.unwrap();
        assert_eq!(due(&db, NOW).await, []);
        let later = NOW.plus_seconds(60);
        schedule(&shop, JobKind::AppointmentReminder, subject, later).await;
        assert_eq!(due(&db, later).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_finish_a_job_one_does_what_it_is_for() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        schedule(&shop, JobKind::BackInStock, Uuid::now_v7(), NOW).await;
        let id = due(&db, NOW).await[0].id;
        let finished =
            (0..8).map(|_| shop.store.write(shop.scope, move |tx| Box::pin(async move { tx.finish_job(id).await })));
        let finished = join_all(finished).await;
        assert_eq!(finished.iter().filter(|done| done.is_ok()).count(), 1);
        let refused = |done: &&Result<(), StoreError>| matches!(done, Err(StoreError::Conflict(Guard::State(_))));
        assert_eq!(finished.iter().filter(refused).count(), 7);
        assert_eq!(due(&db, NOW).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_fails_waits_longer_each_time_and_is_parked_in_the_end() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        schedule(&shop, JobKind::HandOverCheck, Uuid::now_v7(), NOW).await;
        let (mut now, mut waits) = (NOW, Vec::new());
        while let Some(job) = due(&db, now).await.pop() {
            let failed = shop.store.write_with(shop.scope, job, move |tx, job| {
                Box::pin(async move { tx.fail_job(job, "the provider is down", now).await })
            });
            if failed.await.unwrap() {
                break;
            }
            let next = db.store.system_read().await.unwrap().next_due().await.unwrap().unwrap();
            waits.push(next.millis_since(now));
            now = next;
        }
        assert_eq!(waits.len(), 9);
        assert!(waits.windows(2).take(6).all(|pair| pair[1] > pair[0]), "{waits:?}");
        let parked = shop.store.read(shop.scope).await.unwrap().parked_jobs(10).await.unwrap();
        assert_eq!(parked.len(), 1);
        assert_eq!(parked[0].error.as_deref(), Some("the provider is down"));
        assert_eq!(db.store.system_read().await.unwrap().next_due().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_shop_cannot_finish_or_see_the_jobs_of_another() {
    on_each(|db| async move {
        let (ours, theirs) = (db.shop("malkia").await, db.shop("nyota").await);
        schedule(&ours, JobKind::BackInStock, Uuid::now_v7(), NOW).await;
        let id = due(&db, NOW).await[0].id;
        let done = theirs.store.write(theirs.scope, move |tx| Box::pin(async move { tx.finish_job(id).await }));
        assert!(matches!(done.await, Err(StoreError::Conflict(Guard::State(_)))));
        assert_eq!(due(&db, NOW).await.len(), 1);
    })
    .await;
}
