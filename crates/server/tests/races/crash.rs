//! `kill -9` in the middle of a load.

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

use duka_doubles::Fault;
use futures::future::join_all;

use crate::{
    on_both,
    support::Installation,
    world::{Dice, PATIENCE, PRODUCTS, World, check_log, tail},
};

on_both!(
    what_was_acknowledged_is_answered_once_however_often_the_process_dies,
    replies_that_could_not_leave_before_a_crash_leave_once_after_it,
);

const CUSTOMERS: usize = 40;
const MESSAGES: usize = 10;

/// The product that a customer asks for with their n-th message.
fn product(customer: usize, n: usize) -> &'static str {
    PRODUCTS[(customer + 3 * n) % PRODUCTS.len()]
}

async fn what_was_acknowledged_is_answered_once_however_often_the_process_dies(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let base = Mutex::new(server.base.clone());
    let deadline = Instant::now() + PATIENCE;
    let talk = |customer: usize| {
        let (world, base) = (&world, &base);
        async move {
            for n in 0..MESSAGES {
                let message = world.message(customer, &format!("how much is the {}?", product(customer, n)));
                // A delivery that is not acknowledged is made again, as Twilio does.
                loop {
                    let base = base.lock().unwrap().clone();
                    if world.deliver(&base, &message).await {
                        break;
                    }
                    assert!(Instant::now() < deadline, "customer {customer}: message {n} is never taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                while world.got(customer).len() <= n {
                    assert!(Instant::now() < deadline, "customer {customer}: message {n} is never answered");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    };
    let talking = join_all((0..CUSTOMERS).map(talk));
    let dying = async {
        let (mut server, mut logs, mut dice) = (server, Vec::new(), Dice(2026));
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_millis(150 + dice.roll(700))).await;
            logs.push(server.log());
            server.kill().await;
            server = world.serve().await;
            *base.lock().unwrap() = server.base.clone();
        }
        (server, logs)
    };
    let (_, (server, mut logs)) = tokio::join!(talking, dying);
    world.settled(&server).await;
    logs.push(server.log());

    for customer in 0..CUSTOMERS {
        let got = world.got(customer);
        assert_eq!(got.len(), MESSAGES, "customer {customer}: {got:#?}\n{}", tail(&server.log()));
        for (n, message) in got.iter().enumerate() {
            assert!(message.body.contains(product(customer, n)), "customer {customer}, answer {n}: {}", message.body);
        }
    }
    let stored = i64::try_from(CUSTOMERS * MESSAGES).unwrap();
    assert_eq!(world.count("messages WHERE direction = 'in'").await, stored);
    assert_eq!(world.count("messages WHERE direction = 'out' AND status <> 'sent'").await, 0);
    logs.iter().for_each(|log| check_log(log, &[]));
}

/// Twilio takes the replies and the process dies before it hears so; others never got that far. The next process finds
/// out which is which, and a reply to a new message does not overtake the old one.
async fn replies_that_could_not_leave_before_a_crash_leave_once_after_it(installation: Installation) {
    const MANY: usize = 250;
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    world.outside.twilio.fail_next(MANY, &Fault::Delay(Duration::from_secs(2)));
    let ask = |n: usize| format!("how much is the {}?", PRODUCTS[n % PRODUCTS.len()]);
    join_all((0..MANY).map(|customer| {
        let (world, server) = (&world, &server);
        async move { world.write(server, customer, &ask(customer)).await }
    }))
    .await;
    let answered = i64::try_from(MANY).unwrap();
    world.until_rows(&server, answered, "messages WHERE direction = 'in' AND answered_at IS NOT NULL").await;
    // Some have arrived and their answer has not; of others Twilio has not heard.
    world.outside.twilio.await_sent(100, PATIENCE).await.unwrap();
    server.kill().await;
    let server = world.serve().await;
    join_all((0..MANY).map(|customer| {
        let (world, server) = (&world, &server);
        async move { world.write(server, customer, &ask(customer + 1)).await }
    }))
    .await;
    world.settled(&server).await;
    for customer in 0..MANY {
        let got = world.got(customer);
        assert_eq!(got.len(), 2, "customer {customer}: {got:#?}");
        for (n, message) in got.iter().enumerate() {
            let product = PRODUCTS[(customer + n) % PRODUCTS.len()];
            assert!(message.body.contains(product), "customer {customer}, answer {n}: {}", message.body);
        }
    }
    check_log(&server.log(), &[]);
}
