//! A channel that fails: everything leaves in the end, once and in order.

use std::time::{Duration, Instant};

use duka_doubles::Fault;
use futures::future::join_all;

use crate::{
    on_both,
    support::Installation,
    world::{Dice, PRODUCTS, World, check_log},
};

on_both!(
    faults_of_every_kind_lose_double_and_reorder_nothing,
    a_reply_does_not_overtake_one_that_has_to_wait,
    the_same_words_twice_are_sent_twice,
);

fn too_many() -> Fault {
    Fault::Refuse { status: 429, code: 20_429, message: "Too Many Requests".into() }
}

fn faults() -> [Fault; 5] {
    [
        too_many(),
        Fault::Refuse { status: 500, code: 20_500, message: "Internal Server Error".into() },
        Fault::Page { status: 502 },
        Fault::HangUp,
        Fault::HangUpAfterAccepting,
    ]
}

async fn faults_of_every_kind_lose_double_and_reorder_nothing(installation: Installation) {
    const CUSTOMERS: usize = 30;
    const MESSAGES: usize = 4;
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let mut dice = Dice(7);
    let faults = faults();
    for _ in 0..60 {
        let fault = &faults[usize::try_from(dice.roll(5)).unwrap()];
        world.outside.twilio.fail_next(1, fault);
    }
    // Each message of a customer follows when the one before it has its turn, whether its reply has left or not.
    for n in 0..MESSAGES {
        join_all((0..CUSTOMERS).map(|customer| {
            let (world, server) = (&world, &server);
            let product = PRODUCTS[(customer + 3 * n) % PRODUCTS.len()];
            async move { world.write(server, customer, &format!("how much is the {product}?")).await }
        }))
        .await;
        world.until_rows(&server, 0, "messages WHERE direction = 'in' AND answered_at IS NULL").await;
    }
    world.settled(&server).await;
    for customer in 0..CUSTOMERS {
        let got = world.got(customer);
        assert_eq!(got.len(), MESSAGES, "customer {customer}: {got:#?}");
        for (n, message) in got.iter().enumerate() {
            let product = PRODUCTS[(customer + 3 * n) % PRODUCTS.len()];
            assert!(message.body.contains(product), "customer {customer}, answer {n}: {got:#?}");
        }
    }
    assert_eq!(world.count("messages WHERE direction = 'out' AND status <> 'sent'").await, 0);
    check_log(&server.log(), &[]);
}

async fn a_reply_does_not_overtake_one_that_has_to_wait(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    world.outside.twilio.fail_next(1, &too_many());
    world.write(&server, 1, "how much is the Grey Fleece Hoodie?").await;
    world.until_rows(&server, 1, "messages WHERE direction = 'out' AND attempts = 1").await;
    let begun = Instant::now();
    let second = world.ask(&server, 1, "how much is the Cream Bow Blouse?").await;
    world.settled(&server).await;
    let got: Vec<_> = world.got(1).into_iter().map(|message| message.body).collect();
    assert_eq!(got.len(), 2, "{got:?}");
    assert!(got[0].contains("Hoodie") && got[1].contains("Blouse"), "{got:?}");
    assert!(second.contains("Hoodie") && begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    // Nothing is held back any more.
    let begun = Instant::now();
    world.ask(&server, 1, "how much is the Brown Leather Belt?").await;
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    check_log(&server.log(), &[]);
}

/// What Twilio lists cannot be told apart by its words.
async fn the_same_words_twice_are_sent_twice(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    world.ask(&server, 1, "show my cart").await;
    world.outside.twilio.fail_next(2, &Fault::HangUpAfterAccepting);
    world.outside.twilio.fail_next(2, &Fault::HangUp);
    for n in 0..4 {
        world.write(&server, 1, "what time do you close?").await;
        world.until_rows(&server, n + 2, "turns").await;
    }
    world.settled(&server).await;
    let got: Vec<_> = world.got(1).into_iter().map(|message| message.body).collect();
    assert_eq!(got.len(), 5, "{got:#?}");
    assert_eq!(world.count("messages WHERE direction = 'out' AND status = 'sent'").await, 5);
    check_log(&server.log(), &[]);
}
