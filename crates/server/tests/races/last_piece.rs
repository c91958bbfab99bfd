//! A hundred customers and one last dress.

use std::time::Duration;

use duka_doubles::{CallbackShape, Outcome};
use futures::future::join_all;

use crate::{
    on_both,
    support::Installation,
    world::{LAST, World, check_log},
};

on_both!(the_last_piece_is_sold_once);

async fn the_last_piece_is_sold_once(installation: Installation) {
    const CUSTOMERS: usize = 100;
    let world = World::new(installation, Duration::ZERO).await;
    let server = world.serve().await;
    let to_the_summary = (0..CUSTOMERS).map(|customer| {
        let (world, server) = (&world, &server);
        async move {
            world.ask(server, customer, &format!("add the {LAST}")).await;
            let summary = world.ask(server, customer, "checkout, I will pick it up at the shop").await;
            assert!(summary.contains("6,800"), "{summary}");
        }
    });
    join_all(to_the_summary).await;
    let answers = join_all((0..CUSTOMERS).map(|customer| world.ask(&server, customer, "yes"))).await;
    world.settled(&server).await;

    assert_eq!(world.count("orders").await, 1);
    assert_eq!(world.count("payments").await, 1);
    assert_eq!(world.outside.paylink.await_requests(1, Duration::from_secs(10)).await.unwrap().len(), 1);
    let placed = answers.iter().filter(|answer| answer.contains("DK-")).count();
    assert_eq!(placed, 1, "one customer is told of an order");
    for (customer, answer) in answers.iter().enumerate() {
        assert_eq!(world.got(customer).len(), 3, "customer {customer}: {:?}", world.got(customer));
        let refused = answer.contains(LAST) && !answer.contains("DK-");
        assert!(refused || answer.contains("DK-"), "customer {customer} does not learn what happened: {answer}");
    }
    world.check_stock().await;
    assert_eq!(world.count("variants WHERE on_hand = 1 AND reserved = 1").await, 1);

    let request = &world.outside.paylink.requests()[0];
    let outcome = Outcome::Paid { receipt: "SGA1B2C3D4".into(), amount: request.amount };
    let url = request.callback_url.replace("http://duka.test", &server.base);
    world.outside.paylink.post_callback(&url, CallbackShape::CheckoutId, request, &outcome).await.unwrap();
    world.until_rows(&server, 1, "orders WHERE state = 'paid'").await;
    world.check_stock().await;
    assert_eq!(world.count("variants WHERE on_hand = 0 AND reserved = 0").await, 1);
    check_log(&server.log(), &[]);
}
