//! Two processes over one PostgreSQL.

use std::time::{Duration, Instant};

use futures::future::join_all;
use tokio::process::Child;

use crate::{
    support::{Installation, until},
    world::{PRODUCTS, World, check_log},
};

/// A process that only works: it has no address.
struct Worker {
    _child: Child,
    log: std::path::PathBuf,
}

impl Worker {
    async fn start(world: &World, name: &str) -> Self {
        let log = world.installation.folder().join(format!("{name}.log"));
        let writer = std::fs::File::create(&log).unwrap();
        let mut command = world.installation.command(&["serve", "--role", "worker"]);
        command.stdout(writer.try_clone().unwrap()).stderr(writer);
        let worker = Self { _child: command.spawn().unwrap(), log };
        until("the worker", || async { worker.log().contains("working").then_some(()) }).await;
        worker
    }

    fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_elsewhere_is_woken_sooner_than_it_would_look() {
    let Some(installation) = Installation::on_postgres().await else { return };
    let world = World::new(installation, Duration::ZERO).await;
    let worker = Worker::start(&world, "worker").await;
    let web = world.installation.serve_as(&["serve", "--role", "web"]).await;
    world.ask(&web, 0, "hi").await;
    let mut slowest = Duration::ZERO;
    for n in 0..20 {
        let begun = Instant::now();
        let answer = world.ask(&web, 0, &format!("how much is the {}?", PRODUCTS[n % PRODUCTS.len()])).await;
        slowest = slowest.max(begun.elapsed());
        assert!(answer.contains(PRODUCTS[n % PRODUCTS.len()]), "{answer}");
    }
    // The sweep looks every second, for what is five seconds old.
    assert!(slowest < Duration::from_secs(1), "an answer took {slowest:?}");
    world.settled(&web).await;
    check_log(&web.log(), &[]);
    check_log(&worker.log(), &[]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_answer_everything_once_and_in_order() {
    const CUSTOMERS: usize = 40;
    const MESSAGES: usize = 8;
    let Some(installation) = Installation::on_postgres().await else { return };
    let world = World::new(installation, Duration::ZERO).await;
    let (one, two) = (world.serve().await, world.serve().await);
    let worker = Worker::start(&world, "worker").await;
    // Every message is delivered to both at once; the next follows the answer.
    join_all((0..CUSTOMERS).map(|customer| {
        let (world, one, two) = (&world, &one, &two);
        async move {
            for n in 0..MESSAGES {
                let product = PRODUCTS[(customer + 3 * n) % PRODUCTS.len()];
                let message = world.message(customer, &format!("how much is the {product}?"));
                let (here, there) =
                    tokio::join!(world.deliver(&one.base, &message), world.deliver(&two.base, &message));
                assert!(here && there, "both acknowledge");
                world.answer(one, customer, n).await;
            }
        }
    }))
    .await;
    world.settled(&one).await;
    for customer in 0..CUSTOMERS {
        let got = world.got(customer);
        assert_eq!(got.len(), MESSAGES, "customer {customer}: {got:#?}");
        for (n, message) in got.iter().enumerate() {
            let product = PRODUCTS[(customer + 3 * n) % PRODUCTS.len()];
            assert!(message.body.contains(product), "customer {customer}, answer {n}: {}", message.body);
        }
    }
    let stored = i64::try_from(CUSTOMERS * MESSAGES).unwrap();
    assert_eq!(world.count("messages WHERE direction = 'in'").await, stored);
    for log in [one.log(), two.log(), worker.log()] {
        check_log(&log, &[]);
    }
}

/// A message that reaches one process while the other is answering the one before it waits for nobody to look.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_to_the_other_process_is_answered_soon() {
    const CUSTOMERS: usize = 20;
    let Some(installation) = Installation::on_postgres().await else { return };
    let world = World::new(installation, Duration::ZERO).await;
    let (one, two) = (world.serve().await, world.serve().await);
    let begun = Instant::now();
    join_all((0..CUSTOMERS).map(|customer| {
        let (world, one, two) = (&world, &one, &two);
        async move {
            for (n, product) in PRODUCTS.iter().take(6).enumerate() {
                let server = if n % 2 == 0 { one } else { two };
                world.write(server, customer, &format!("how much is the {product}?")).await;
            }
        }
    }))
    .await;
    world.until_rows(&one, 0, "messages WHERE direction = 'in' AND answered_at IS NULL").await;
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(5), "all were answered only after {took:?}");
    world.settled(&one).await;
    let turns = world.count("turns").await;
    assert_eq!(i64::try_from(world.outside.twilio.sent_count()).unwrap(), turns, "an answer for each turn");
    for log in [one.log(), two.log()] {
        check_log(&log, &[]);
    }
}
