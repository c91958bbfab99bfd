use std::collections::BTreeMap;

use duka_kernel::{Currency, Timestamp};
use duka_store::{
    analytics::{
        By, Span, acquisition, assistant, customers, funnel, hours, messages, products, revenue, satisfaction, turnover,
    },
    pages::overview,
};
use jiff::{civil::date, tz::TimeZone};

use super::{end, past};
use crate::database::{on_each, profile};

const SOLD: &str = "state IN ('paid', 'processing', 'shipped', 'delivered')";
/// When the days from 6 to 13 March 2026 begin and are over in Nairobi.
const FROM: i64 = 1_772_744_400_000;
const TO: i64 = FROM + 8 * 86_400_000;

fn week() -> Span {
    let zone = TimeZone::get("Africa/Nairobi").unwrap();
    let span = Span::new(date(2026, 3, 6), date(2026, 3, 13), zone).unwrap();
    assert_eq!((span.from(), span.to()), (Timestamp(FROM), Timestamp(TO)));
    span
}

fn within(column: &str) -> String {
    format!("{column} >= {FROM} AND {column} < {TO}")
}

#[tokio::test]
async fn revenue_and_orders_are_the_sums_of_the_rows_whatever_they_are_shown_by() {
    on_each(|db| async move {
        let past = past(&db).await;
        let tx = db.store.read(past.shop.scope).await.unwrap();
        let paid = within("paid_at");
        let total =
            past.number(&format!("SELECT CAST(sum(total) AS bigint) FROM orders WHERE {SOLD} AND {paid}")).await;
        let count = past.number(&format!("SELECT count(*) FROM orders WHERE {SOLD} AND {paid}")).await;
        assert!(total > 0 && count > 5);
        for (by, buckets) in [(By::Day, 8), (By::Week, 2), (By::Month, 1)] {
            let sales = revenue::over_time(&tx, &week(), by, Currency::Kes).await.unwrap();
            assert_eq!(sales.len(), buckets);
            assert_eq!(sales.iter().map(|(_, sales)| sales.revenue.minor).sum::<i64>(), total, "{by:?}");
            assert_eq!(sales.iter().map(|(_, sales)| sales.orders).sum::<i64>(), count, "{by:?}");
        }
        for (bucket, sales) in revenue::over_time(&tx, &week(), By::Day, Currency::Kes).await.unwrap() {
            let (from, to) = (bucket.from.0, bucket.to.0);
            let day = format!("FROM orders WHERE {SOLD} AND paid_at >= {from} AND paid_at < {to}");
            let sum = past.number(&format!("SELECT CAST(sum(total) AS bigint) {day}")).await;
            assert_eq!(sales.revenue.minor, sum, "{}", bucket.day);
            let average = past.number(&format!("SELECT CAST(sum(total) / nullif(count(*), 0) AS bigint) {day}")).await;
            assert_eq!(sales.average().map_or(0, |money| money.minor), average);
        }
        let placed = revenue::placed(&tx, &week(), By::Day).await.unwrap();
        let time = within("placed_at");
        for (part, condition) in [
            (placed.iter().map(|row| row.orders).sum::<i64>(), "TRUE"),
            (placed.iter().map(|row| row.sold.part).sum(), SOLD),
            (placed.iter().map(|row| row.lost.part).sum(), "state IN ('cancelled', 'expired')"),
        ] {
            let sum = past.number(&format!("SELECT count(*) FROM orders WHERE {time} AND {condition}")).await;
            assert!(part == sum && part > 0, "{condition}: {part} {sum}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_sold_of_each_product_adds_up() {
    on_each(|db| async move {
        let past = past(&db).await;
        let tx = db.store.read(past.shop.scope).await.unwrap();
        let lines =
            format!("FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.{SOLD} AND {}", within("o.paid_at"));
        let best = products::best(&tx, &week(), Currency::Kes, 10).await.unwrap();
        assert_eq!(best.len(), 2);
        for sold in &best {
            let own = format!("{lines} AND l.sku = '{}'", sold.sku);
            let units = past.number(&format!("SELECT CAST(sum(l.quantity) AS bigint) {own}")).await;
            let worth = format!("SELECT CAST(sum(l.quantity * l.unit_price) AS bigint) {own}");
            assert_eq!((sold.units, sold.revenue.minor), (units, past.number(&worth).await));
            assert!(sold.product.is_some() && sold.image.is_some());
        }
        assert!(best[0].units >= best[1].units);
        let categories = products::by_category(&tx, &week(), Currency::Kes).await.unwrap();
        let all = past.number(&format!("SELECT CAST(sum(l.quantity) AS bigint) {lines}")).await;
        assert_eq!(categories.iter().map(|(_, units, _)| units).sum::<i64>(), all);
        assert_eq!(categories[0].0, "dress");

        for row in turnover::read(&tx, &week(), 10).await.unwrap() {
            let of = format!(
                "FROM stock_movements m JOIN variants v ON v.id = m.variant_id \
                 JOIN products p ON p.id = v.product_id WHERE p.sku = '{}'",
                row.sku
            );
            let sold =
                format!("SELECT -CAST(sum(on_hand_delta) AS bigint) {of} AND reason = 'sold' AND {}", within("at"));
            assert_eq!(row.sold, past.number(&sold).await, "{}", row.sku);
            for (pieces, until) in [(row.opening, FROM), (row.closing, TO)] {
                let there = format!("SELECT CAST(sum(on_hand_delta) AS bigint) {of} AND at < {until}");
                assert_eq!(pieces, past.number(&there).await, "{}", row.sku);
            }
            let average = row.opening + row.closing;
            assert_eq!(row.times_in_hundredths(), Some(row.sold * 200 / average));
        }
        assert_eq!(past.products.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn messages_and_how_soon_they_were_answered_are_what_the_rows_say() {
    on_each(|db| async move {
        let past = past(&db).await;
        let tx = db.store.read(past.shop.scope).await.unwrap();
        let volume = messages::over_time(&tx, &week(), By::Day).await.unwrap();
        assert_eq!(volume.len(), 8);
        let time = within("created_at");
        for (direction, sum) in
            [("in", volume.iter().map(|row| row.heard).sum::<i64>()), ("out", volume.iter().map(|row| row.said).sum())]
        {
            let count = format!("SELECT count(*) FROM messages WHERE direction = '{direction}' AND {time}");
            assert_eq!(sum, past.number(&count).await, "{direction}");
            assert!(sum > 50);
        }
        let answered = format!("FROM messages WHERE direction = 'in' AND answered_at IS NOT NULL AND {time}");
        let response = messages::response(&tx, &week()).await.unwrap();
        assert_eq!(response.messages, past.number(&format!("SELECT count(*) {answered}")).await);
        for (percent, value) in [(50, response.p50.unwrap()), (95, response.p95.unwrap())] {
            let skip = (response.messages * percent + 99) / 100 - 1;
            let nearest = format!("SELECT answered_at - created_at {answered} ORDER BY 1 LIMIT 1 OFFSET {skip}");
            assert_eq!(value, past.number(&nearest).await, "{percent}");
        }
        assert!(volume.iter().map(|row| row.answered.messages).sum::<i64>() == response.messages);

        let busy = hours::read(&tx, &week()).await.unwrap();
        assert_eq!(busy.0.iter().flatten().sum::<i64>(), volume.iter().map(|row| row.heard).sum::<i64>());
        let (weekday, hour, most) = busy.busiest().unwrap();
        // Monday 9 March 2026, midnight in Nairobi.
        let monday = 1_773_003_600_000_i64;
        let clock =
            format!("(created_at - {monday} + {}) / 3600000 % 168 = {}", 168 * 3_600_000_i64, weekday * 24 + hour);
        let count = format!("SELECT count(*) FROM messages WHERE direction = 'in' AND {time} AND {clock}");
        assert_eq!(most, past.number(&count).await);
    })
    .await;
}

#[tokio::test]
async fn the_funnel_counts_whoever_came_further_in_every_step_before() {
    on_each(|db| async move {
        let past = past(&db).await;
        let tx = db.store.read(past.shop.scope).await.unwrap();
        let found = funnel::read(&tx, &week()).await.unwrap();
        assert!(found.0.windows(2).all(|pair| pair[0] >= pair[1]), "{found:?}");
        assert_eq!(found.lost().iter().sum::<i64>(), found.0[0] - found.0[5]);
        let turns = format!("SELECT count(DISTINCT conversation_id) FROM turns WHERE heard > 0 AND {}", within("at"));
        assert_eq!(found.0[0], past.number(&turns).await);
        let orders = format!(
            "SELECT count(DISTINCT conversation_id) FROM orders WHERE conversation_id IS NOT NULL AND {}",
            within("placed_at")
        );
        assert_eq!(found.0[4], past.number(&orders).await);
        assert_eq!(found.0[5], past.number(&format!("{orders} AND {SOLD}")).await);
    })
    .await;
}

#[tokio::test]
async fn customers_the_assistant_and_ratings_are_counted_as_their_definitions_say() {
    on_each(|db| async move {
        let past = past(&db).await;
        let tx = db.store.read(past.shop.scope).await.unwrap();
        let met = acquisition::over_time(&tx, &week(), By::Day).await.unwrap();
        let new = past.number(&format!("SELECT count(*) FROM customers WHERE {}", within("created_at"))).await;
        assert!(new == 2 && met.iter().map(|(_, share)| share.of).sum::<i64>() == new);

        let loyal = customers::read(&tx, &week()).await.unwrap();
        let buyers = format!("SELECT DISTINCT customer_id FROM orders WHERE {SOLD} AND {}", within("paid_at"));
        assert_eq!(loyal.repeat.of, past.number(&format!("SELECT count(*) FROM ({buyers}) b")).await);
        let again = format!(
            "SELECT count(*) FROM (SELECT customer_id FROM orders WHERE {SOLD} AND customer_id IN ({buyers}) \
             GROUP BY customer_id HAVING count(*) > 1) b"
        );
        assert_eq!(loyal.repeat.part, past.number(&again).await);
        let gaps = format!(
            "SELECT CAST(avg(gap) AS bigint) FROM (SELECT paid_at, paid_at - lag(paid_at) OVER \
               (PARTITION BY customer_id ORDER BY paid_at) AS gap FROM orders WHERE {SOLD}) g WHERE {}",
            within("paid_at")
        );
        assert_eq!(loyal.between, Some(past.number(&gaps).await));
        assert_eq!((loyal.active.part, loyal.active.of), (3, 3));

        let quality = assistant::read(&tx, &week(), Currency::Kes).await.unwrap();
        let time = within("at");
        let heard = past.number(&format!("SELECT CAST(sum(heard) AS bigint) FROM turns WHERE {time}")).await;
        let missed = past.number(&format!("SELECT count(*) FROM misses WHERE {time}")).await;
        assert_eq!((quality.understood.part, quality.understood.of), (heard - missed, heard));
        let opened = within("opened_at");
        let reasons: BTreeMap<_, _> = quality.reasons.iter().cloned().collect();
        for (reason, count) in &reasons {
            let rows = format!("SELECT count(*) FROM hand_overs WHERE reason = '{reason}' AND {opened}");
            assert_eq!(*count, past.number(&rows).await, "{reason}");
        }
        let handed = format!("SELECT count(DISTINCT conversation_id) FROM hand_overs WHERE {opened}");
        assert_eq!(quality.handed_over.part, past.number(&handed).await);
        let taken = format!("FROM orders WHERE conversation_id IS NOT NULL AND {}", within("placed_at"));
        assert_eq!(quality.completed.of, past.number(&format!("SELECT count(*) {taken}")).await);
        assert_eq!(quality.completed.part, past.number(&format!("SELECT count(*) {taken} AND {SOLD}")).await);
        let sold = format!(
            "SELECT CAST(sum(total) AS bigint) FROM orders WHERE conversation_id IS NOT NULL AND {SOLD} AND {}",
            within("paid_at")
        );
        assert_eq!(quality.sold.minor, past.number(&sold).await);
        let calls = past.number(&format!("SELECT count(*) FROM model_calls WHERE {time}")).await;
        assert!(calls > 0 && quality.model_calls.of == calls && quality.cost_micro_usd == calls * 700);
        let stopped = format!("SELECT count(*) FROM events WHERE kind = 'reply_stopped' AND {time}");
        assert_eq!(quality.stopped, past.number(&stopped).await);
        assert_eq!(
            quality.minutes_saved,
            2 * past.number(&format!("SELECT count(*) FROM turns WHERE heard > 0 AND {time}")).await
        );

        let ratings = satisfaction::read(&tx, &week()).await.unwrap();
        let rated = format!("SELECT count(*) FROM events WHERE kind = 'conversation.rated' AND {time}");
        assert!(ratings.count() == past.number(&rated).await && ratings.count() > 0);
        assert_eq!(ratings.content().part, ratings.given[3] + ratings.given[4]);
        assert!(ratings.sum() >= ratings.count() && ratings.sum() <= 5 * ratings.count());
    })
    .await;
}

#[tokio::test]
async fn the_first_page_shows_what_is_true_now() {
    on_each(|db| async move {
        let past = past(&db).await;
        let tx = db.store.read(past.shop.scope).await.unwrap();
        let now = end().plus_minutes(-60 * 30);
        let seen = overview::read(&tx, &profile("malkia"), now).await.unwrap();
        let begun = Span::last_days(1, now, TimeZone::get("Africa/Nairobi").unwrap()).from().0;
        let sold = |from: i64, to: i64| {
            format!(
                "SELECT CAST(sum(total) AS bigint) FROM orders WHERE {SOLD} AND paid_at >= {from} AND paid_at < {to}"
            )
        };
        let day = 86_400_000;
        assert_eq!(seen.today.revenue.minor, past.number(&sold(begun, begun + day)).await);
        let then = past.number(&sold(begun - 7 * day, now.0 - 7 * day + 1)).await;
        assert_eq!(seen.week_ago.revenue.minor, then);
        assert_eq!(seen.revenue.len(), 30);
        let month = past.number(&sold(begun - 29 * day, begun + day)).await;
        assert_eq!(seen.revenue.iter().map(|(_, sales)| sales.revenue.minor).sum::<i64>(), month);
        let pending = "SELECT count(*) FROM orders WHERE state IN ('pending_payment', 'payment_failed')";
        assert!(seen.pending_orders == past.number(pending).await && seen.pending_orders > 0);
        let active = format!("SELECT count(*) FROM conversations WHERE active_at >= {}", now.0 - day);
        assert_eq!(seen.active_conversations, past.number(&active).await);
        assert_eq!((seen.waiting, seen.low_stock.len()), (0, 0));
        assert!(seen.top_sellers.len() == 2 && seen.activity.len() == 16);
        assert!(seen.activity.windows(2).all(|pair| pair[0].id > pair[1].id));

        let empty = db.shop("zuri").await;
        let tx = db.store.read(empty.scope).await.unwrap();
        let seen = overview::read(&tx, &profile("zuri"), now).await.unwrap();
        assert_eq!((seen.today.orders, seen.today.average(), seen.revenue.len()), (0, None, 30));
    })
    .await;
}
