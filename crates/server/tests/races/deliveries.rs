//! Parallel deliveries: each message once, each conversation in order.

use std::time::Duration;

use futures::future::join_all;

use crate::{
    on_both,
    support::Installation,
    world::{Dice, PRODUCTS, World, check_log},
};

on_both!(
    a_message_delivered_five_times_at_once_is_answered_once,
    parallel_messages_of_one_customer_are_each_heard_once,
    a_parallel_burst_is_answered_once,
);

async fn a_message_delivered_five_times_at_once_is_answered_once(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let messages: Vec<_> = (0..100)
        .map(|customer| world.message(customer, &format!("how much is the {}?", PRODUCTS[customer % PRODUCTS.len()])))
        .collect();
    let mut deliveries: Vec<_> = messages.iter().flat_map(|message| [message; 5]).collect();
    let mut dice = Dice(1);
    for i in (1..deliveries.len()).rev() {
        deliveries.swap(i, usize::try_from(dice.roll(i as u64 + 1)).unwrap());
    }
    let taken = join_all(deliveries.iter().map(|message| world.deliver(&server.base, message))).await;
    assert!(taken.iter().all(|taken| *taken), "every delivery is acknowledged");
    world.settled(&server).await;

    assert_eq!(world.count("messages WHERE direction = 'in'").await, 100);
    assert_eq!(world.count("customers").await, 100);
    for customer in 0..100 {
        let got = world.got(customer);
        assert_eq!(got.len(), 1, "customer {customer}: {got:?}");
        assert!(got[0].body.contains(PRODUCTS[customer % PRODUCTS.len()]), "customer {customer}: {got:?}");
    }
    check_log(&server.log(), &[]);
}

/// Twenty different messages of one customer at once. How many turns that takes is chance; what is heard is not.
async fn parallel_messages_of_one_customer_are_each_heard_once(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    fill_a_cart(&world, &server).await;
    check_cart(&world, &server).await;
    check_log(&server.log(), &[]);
}

async fn a_parallel_burst_is_answered_once(installation: Installation) {
    let world = World::new(installation, Duration::from_millis(700)).await;
    let server = world.serve().await;
    fill_a_cart(&world, &server).await;
    assert_eq!(world.count("turns").await, 1);
    check_cart(&world, &server).await;
    check_log(&server.log(), &[]);
}

async fn fill_a_cart(world: &World, server: &crate::support::Server) {
    let texts: Vec<_> = PRODUCTS.iter().chain(&PRODUCTS).map(|product| format!("add the {product}")).collect();
    join_all(texts.iter().map(|text| world.write(server, 7, text))).await;
    world.settled(server).await;
    assert_eq!(world.count("messages WHERE direction = 'in'").await, 20);
}

/// Each product is in the cart. Naming one that is in it already does not put in another.
async fn check_cart(world: &World, server: &crate::support::Server) {
    let cart = world.ask(server, 7, "show my cart").await;
    for product in PRODUCTS {
        let line = cart.lines().find(|line| line.contains(product)).unwrap_or_default();
        assert!(line.contains(": 1 × "), "{product} in: {cart}");
    }
}
