//! Fifty customers and one free time.

use std::time::Duration;

use futures::future::join_all;

use crate::{
    on_both,
    support::Installation,
    world::{World, check_log},
};

const CUSTOMERS: usize = 50;

on_both!(of_fifty_who_ask_for_one_time_one_books_it, of_fifty_who_said_yes_to_one_time_one_has_it);

/// A shop with one service that serves one customer at a time, and how one books it so many days from now.
async fn open(world: &World) -> impl Fn(i64) -> String + use<> {
    let services = "code,name,description,duration_min,price,days,open,close\n\
                    MSG,Massage,Full body.,60,4000,daily,09:00,18:00\n";
    let file = world.installation.put("services.csv", services);
    let import = ["import", "services", "--tenant", &world.shop.slug, &file.display().to_string()];
    world.installation.run(&import).await.fine();
    let today = jiff::Timestamp::now().in_tz("Africa/Nairobi").unwrap().date();
    move |days| {
        let date = today.checked_add(jiff::Span::new().days(days)).unwrap();
        format!("book a massage on {}/{}/{} at 2pm", date.day(), date.month(), date.year())
    }
}

fn is_proposed(answer: &str) -> bool {
    answer.contains("KES 4,000 (60 min)") && !is_refused(answer)
}

fn is_refused(answer: &str) -> bool {
    answer.contains("taken") && answer.contains("1. ")
}

async fn of_fifty_who_ask_for_one_time_one_books_it(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let booking = open(&world).await;
    let server = world.serve().await;
    let wish = booking(3);
    let answers = join_all((0..CUSTOMERS).map(|customer| world.ask(&server, customer, &wish))).await;
    assert_eq!(answers.iter().filter(|answer| is_proposed(answer)).count(), 1, "{answers:#?}");
    assert_eq!(answers.iter().filter(|answer| is_refused(answer)).count(), CUSTOMERS - 1, "{answers:#?}");
    let chosen = answers.iter().position(|answer| is_proposed(answer)).unwrap();
    let yes = world.ask(&server, chosen, "yes").await;
    assert!(yes.contains("booked") && yes.contains("KES 4,000"), "{yes}");
    world.settled(&server).await;
    assert_eq!(world.count("appointments WHERE status = 'booked'").await, 1);
    assert_eq!(world.count("appointments").await, 1);
    check_log(&server.log(), &[]);
}

async fn of_fifty_who_said_yes_to_one_time_one_has_it(installation: Installation) {
    let world = World::new(installation, Duration::ZERO).await;
    let booking = open(&world).await;
    let server = world.serve().await;
    // Each is proposed the time and lets it lapse, so that at the end all of them can say yes to it.
    for customer in 0..CUSTOMERS {
        let answer = world.ask(&server, customer, &booking(4)).await;
        assert!(is_proposed(&answer), "customer {customer}: {answer}");
        world.alter("UPDATE appointments SET expires_at = 1 WHERE status = 'held'").await;
    }
    let answers = join_all((0..CUSTOMERS).map(|customer| world.ask(&server, customer, "yes"))).await;
    world.settled(&server).await;
    assert_eq!(world.count("appointments WHERE status = 'booked'").await, 1, "{answers:#?}");
    let booked = answers.iter().filter(|answer| answer.contains("booked") && is_proposed(answer)).count();
    assert_eq!(booked, 1, "one customer is told of a booking: {answers:#?}");
    assert_eq!(answers.iter().filter(|answer| is_refused(answer)).count(), CUSTOMERS - 1, "{answers:#?}");
    let overlapping = "appointment_claims a JOIN appointment_claims b ON a.lane = b.lane AND a.id <> b.id \
         AND a.from_at < b.to_at AND b.from_at < a.to_at \
         JOIN appointments x ON x.id = a.appointment_id AND x.status = 'booked' \
         JOIN appointments y ON y.id = b.appointment_id AND y.status = 'booked'";
    assert_eq!(world.count(overlapping).await, 0);
    check_log(&server.log(), &[]);
}
