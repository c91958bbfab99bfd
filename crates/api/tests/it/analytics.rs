//! Figures: each is what a plain statement over the rows gives.

use duka_kernel::{TenantScope, Timestamp};
use duka_shop::{
    OrderState::{self, Delivered, Expired, Paid, RefundDue, Shipped},
    team::Role,
};
use duka_store::{events::NewEvent, model_calls::ModelCall};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    selling::{meet, order, product},
    world::{Caller, NOW, World, on_each},
};

const SOLD: &str = "state IN ('paid', 'processing', 'shipped', 'delivered')";
const WAYS: [&[OrderState]; 5] = [&[Paid], &[Paid, Shipped, Delivered], &[Paid, RefundDue], &[Expired], &[]];
/// When 1 March 2026 begins and 6 March is over in Nairobi.
const FROM: i64 = 1_772_312_400_000;
const TO: i64 = FROM + 6 * 86_400_000;
const SPAN: &str = "from=2026-03-01&to=2026-03-06";

/// Forty orders, five hours apart and back from now, and a rating a day.
async fn shop(world: &World) -> (TenantScope, Caller) {
    let scope = world.shop("malkia").await;
    let (_, owner) = world.member(scope, Role::Owner).await;
    let dresses =
        [product(world, scope, "MB-1", "Red dress", 90).await, product(world, scope, "MB-2", "Gown", 90).await];
    let people = [
        meet(world, scope, "Wanjiku", "254712000001", NOW.plus_minutes(-9 * 1440)).await,
        meet(world, scope, "Otieno", "254723000002", NOW.plus_minutes(-1440)).await,
    ];
    for n in 0..40_u32 {
        let at = NOW.plus_minutes(-300 * i64::from(n) - 30);
        let what = (people[n as usize % 2], &dresses[n as usize % 2], 1 + n % 3);
        order(world, scope, &format!("DK-A{n}"), what, at, WAYS[n as usize % 5]).await;
    }
    let events: Vec<NewEvent> = (0..10).map(|n| rated(1 + n % 5, NOW.plus_minutes(-1440 * n))).collect();
    let written = world.app.store.write_with(scope, events, |tx, events| {
        Box::pin(async move {
            tx.append_events(events).await?;
            tx.record_model_calls(&[call("small", 700), call("large", 1500), call("large", 20)]).await
        })
    });
    written.await.unwrap();
    (scope, owner)
}

fn rated(rating: i64, at: Timestamp) -> NewEvent {
    NewEvent { kind: "conversation.rated".into(), payload: json!({"rating": rating}), actor: "customer".into(), at }
}

fn call(model: &str, cost: i64) -> ModelCall {
    ModelCall {
        id: Uuid::now_v7(),
        conversation: None,
        purpose: "reply".into(),
        provider: "openai".into(),
        model: model.into(),
        input: 10,
        cached: 0,
        cache_write: 0,
        output: 5,
        reasoning: 0,
        audio_millis: 0,
        estimated: false,
        cost_micro_usd: cost,
        own_key: false,
        outcome: "answered".into(),
        millis: 100,
        at: NOW.plus_minutes(-5),
    }
}

fn sum(points: &Value, name: &str) -> i64 {
    points.as_array().unwrap().iter().map(|point| point[name].as_i64().unwrap()).sum()
}

fn paid(more: &str) -> String {
    format!("FROM orders WHERE {SOLD} AND paid_at >= {FROM} AND paid_at < {TO} {more}")
}

#[tokio::test]
async fn what_is_sold_is_the_sum_of_the_rows_whatever_it_is_shown_by() {
    on_each(|world| async move {
        let (_, owner) = shop(&world).await;
        let get = async |what: &str| world.get(&owner, &format!("/v1/analytics/{what}")).await.is(200).json;
        let total = world.number(&format!("SELECT CAST(sum(total) AS bigint) {}", paid(""))).await;
        let count = world.number(&format!("SELECT count(*) {}", paid(""))).await;
        assert!(total > 0 && count > 5);
        for (by, points) in [("day", 6), ("week", 2), ("month", 1)] {
            let revenue = get(&format!("revenue?{SPAN}&by={by}")).await;
            assert_eq!(revenue["points"].as_array().unwrap().len(), points, "{by}");
            assert_eq!((sum(&revenue["points"], "revenue"), &revenue["total"]), (total, &json!(total)));
            assert_eq!(sum(&revenue["points"], "orders"), count);
            let days = 6 * 86_400_000;
            let before = format!("FROM orders WHERE {SOLD} AND paid_at >= {} AND paid_at < {FROM}", FROM - days);
            assert_eq!(
                revenue["previous_total"],
                world.number(&format!("SELECT CAST(sum(total) AS bigint) {before}")).await
            );
            let orders = get(&format!("orders?{SPAN}&by={by}")).await;
            assert_eq!((&orders["average"], &orders["count"]), (&json!(total / count), &json!(count)));
            let back = format!("state IN ('refund_due', 'refunded') AND paid_at >= {FROM} AND paid_at < {TO}");
            assert_eq!(orders["refunds"], world.number(&format!("SELECT count(*) FROM orders WHERE {back}")).await);
        }
        let products = get(&format!("products?{SPAN}")).await;
        let lines = format!("FROM order_lines l WHERE l.order_id IN (SELECT id {})", paid(""));
        let units = world.number(&format!("SELECT CAST(sum(l.quantity) AS bigint) {lines}")).await;
        assert_eq!((sum(&products["items"], "units"), &products["total"]), (units, &json!(units)));
        for item in products["items"].as_array().unwrap() {
            let own = format!("{lines} AND l.sku = '{}'", item["sku"].as_str().unwrap());
            let worth = format!("SELECT CAST(sum(l.quantity * l.unit_price) AS bigint) {own}");
            assert_eq!(item["revenue"], world.number(&worth).await);
            assert!(item["turnover"].as_f64().unwrap() > 0.0);
        }
        let shares: f64 =
            products["items"].as_array().unwrap().iter().map(|item| item["share"].as_f64().unwrap()).sum();
        assert!((shares - 1.0).abs() < 1e-9);
        let funnel = get(&format!("funnel?{SPAN}")).await;
        let stage = |name: &str| {
            let stages = funnel["stages"].as_array().unwrap();
            stages.iter().find(|stage| stage["stage"] == name).unwrap()["count"].as_i64().unwrap()
        };
        let placed = format!("FROM orders WHERE placed_at >= {FROM} AND placed_at < {TO}");
        assert_eq!(stage("ordered"), world.number(&format!("SELECT count(DISTINCT conversation_id) {placed}")).await);
        let bought = format!("SELECT count(DISTINCT conversation_id) {placed} AND {SOLD}");
        assert_eq!(stage("paid"), world.number(&bought).await);
    })
    .await;
}

#[tokio::test]
async fn people_ratings_and_costs_are_what_the_rows_say() {
    on_each(|world| async move {
        let (_, owner) = shop(&world).await;
        let get = async |what: &str| world.get(&owner, &format!("/v1/{what}")).await.is(200).json;
        let acquired = get(&format!("analytics/acquisition?{SPAN}")).await;
        let met = format!("SELECT count(*) FROM customers WHERE created_at >= {FROM} AND created_at < {TO}");
        assert_eq!((&acquired["total"], sum(&acquired["points"], "customers")), (&json!(1), world.number(&met).await));

        let customers = get(&format!("analytics/customers?{SPAN}")).await;
        let buyers = world.number(&format!("SELECT count(DISTINCT customer_id) {}", paid(""))).await;
        assert_eq!(customers["new"].as_i64().unwrap() + customers["returning"].as_i64().unwrap(), buyers);
        assert!((customers["repeat_rate"].as_f64().unwrap() - 1.0).abs() < 1e-9);
        assert!(customers["days_between_orders"].as_f64().unwrap() > 0.0);

        let ratings = get(&format!("analytics/satisfaction?{SPAN}")).await;
        let given = format!("FROM events WHERE kind = 'conversation.rated' AND at >= {FROM} AND at < {TO}");
        assert_eq!(ratings["ratings"], world.number(&format!("SELECT count(*) {given}")).await);
        for (name, condition) in [
            ("positive", "(payload LIKE '%\"rating\":4%' OR payload LIKE '%\"rating\":5%')"),
            ("neutral", "payload LIKE '%\"rating\":3%'"),
        ] {
            assert_eq!(
                ratings[name],
                world.number(&format!("SELECT count(*) {given} AND {condition}")).await,
                "{name}"
            );
        }
        // A thumb up raises the score.
        let before = ratings["score"].as_f64().unwrap();
        let scope = world.app.store.system_read().await.unwrap().tenants().await.unwrap()[0].id;
        let up = vec![rated(5, NOW.plus_minutes(-1))];
        let written = world.app.store.write_with(TenantScope::of(scope), up, |tx, up| Box::pin(tx.append_events(up)));
        written.await.unwrap();
        let after = get(&format!("analytics/satisfaction?{SPAN}")).await;
        assert!(after["score"].as_f64().unwrap() > before);
        let today = after["points"].as_array().unwrap().iter().find(|point| point["at"] == "2026-03-05").unwrap();
        assert!(today["score"].is_number());

        let costs = get("costs").await;
        assert_eq!((&costs["month"], &costs["spent_micros"]), (&json!("2026-03"), &json!(2220)));
        assert_eq!(costs["items"][0], json!({"model": "openai/large", "calls": 2, "cost_micros": 1520}));
        for what in ["messages", "assistant", "services", "hints"] {
            let figures = get(&format!("analytics/{what}?{SPAN}&by=month")).await;
            assert!(figures["definition"].as_str().unwrap().len() > 30, "{what}");
        }
        for wrong in ["from=2026-03-06&to=2026-03-01", "from=2020-01-01&to=2026-01-01", "by=year", "from=x"] {
            world.get(&owner, &format!("/v1/analytics/revenue?{wrong}")).await.is(422);
        }
    })
    .await;
}

#[tokio::test]
async fn the_first_page_is_what_the_rows_say_and_moves_with_them() {
    on_each(|world| async move {
        let (scope, owner) = shop(&world).await;
        let overview = async || world.get(&owner, "/v1/overview").await.is(200).json;
        let before = overview().await;
        let pending = "SELECT count(*) FROM orders WHERE state IN ('pending_payment', 'payment_failed')";
        assert_eq!(before["pending_orders"], world.number(pending).await);
        // Today began nine hours before noon in UTC, and it is noon in Nairobi.
        let begun = NOW.0 - 12 * 3_600_000;
        let today = format!("FROM orders WHERE {SOLD} AND paid_at >= {begun} AND paid_at <= {}", NOW.0);
        assert_eq!(before["today"]["orders"], world.number(&format!("SELECT count(*) {today}")).await);
        let revenue = world.number(&format!("SELECT CAST(sum(total) AS bigint) {today}")).await;
        assert_eq!(before["today"]["revenue"], revenue);
        let month = format!("SELECT CAST(sum(total) AS bigint) FROM orders WHERE {SOLD}");
        assert_eq!(sum(&before["revenue_30d"], "revenue"), world.number(&month).await);
        assert_eq!(before["revenue_30d"].as_array().unwrap().len(), 30);
        assert_eq!(before["top_sellers"].as_array().unwrap().len(), 2);

        let gown = product(&world, scope, "MB-9", "Silk gown", 4).await;
        let person = meet(&world, scope, "Wanjiku", "254712000001", NOW).await;
        order(&world, scope, "DK-NEW", (person, &gown, 3), NOW, &[]).await;
        let after = overview().await;
        assert_eq!(after["pending_orders"].as_i64(), before["pending_orders"].as_i64().map(|n| n + 1));
        let low = after["low_stock"].as_array().unwrap();
        assert!(low.iter().any(|row| row["name"] == "Silk gown" && row["left"] == 1), "{low:?}");
        assert!(
            after["activity"].as_array().unwrap().iter().any(|row| row["title"].as_str().unwrap().contains("DK-A"))
        );

        let empty = world.shop("empty").await;
        let (_, other) = world.member(empty, Role::Owner).await;
        let nothing = world.get(&other, "/v1/overview").await.is(200).json;
        assert_eq!((&nothing["pending_orders"], &nothing["low_stock"]), (&json!(0), &json!([])));
    })
    .await;
}
