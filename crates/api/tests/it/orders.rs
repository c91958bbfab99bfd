//! Orders and the money for them, as the shop's team sees and moves them.

use axum::http::Method;
use duka_kernel::{OrderId, TenantScope};
use duka_shop::{
    OrderState::{self, Cancelled, Delivered, Expired, Paid, Shipped},
    team::Role,
};
use serde_json::{Value, json};

use crate::{
    fixture,
    selling::{Person, meet, order, product},
    walks::operations,
    world::{Caller, NOW, World, on_each},
};

struct Shop {
    scope: TenantScope,
    owner: Caller,
    people: [Person; 2],
    orders: Vec<OrderId>,
}

const WAYS: [&[OrderState]; 6] =
    [&[], &[Paid], &[Paid, Shipped], &[Paid, Shipped, Delivered], &[Expired], &[Cancelled]];

/// Twelve orders, an hour apart, of two customers.
async fn shop(world: &World) -> Shop {
    let scope = world.shop("malkia").await;
    let (_, owner) = world.member(scope, Role::Owner).await;
    let dress = product(world, scope, "MB-1", "Red dress", 60).await;
    let wanjiku = meet(world, scope, "=Wanjiku <script>", "254712000001", NOW).await;
    let otieno = meet(world, scope, "Otieno", "254723000002", NOW).await;
    let mut orders = Vec::new();
    for n in 0..12_u32 {
        let person = if n % 2 == 0 { wanjiku } else { otieno };
        let at = NOW.plus_minutes(-60 * i64::from(n));
        orders.push(
            order(world, scope, &format!("DK-A{n}"), (person, &dress, 1 + n % 3), at, WAYS[n as usize % 6]).await,
        );
    }
    Shop { scope, owner, people: [wanjiku, otieno], orders }
}

fn numbers(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_list_is_narrowed_sorted_and_read_in_parts() {
    on_each(|world| async move {
        let shop = shop(&world).await;
        let list = async |query: &str| world.get(&shop.owner, &format!("/v1/orders?{query}")).await.is(200).json;
        let all = list("").await;
        assert_eq!(numbers(&all)[..3], ["DK-A0", "DK-A1", "DK-A2"]);
        let row = &all["items"][1];
        assert_eq!(
            (&row["state"], &row["payment_state"], &row["fulfilment"], &row["total"], &row["items_count"]),
            (&json!("paid"), &json!("succeeded"), &json!("pending"), &json!(560_000), &json!(2))
        );
        assert_eq!(row["customer"]["phone"], "254723000002");
        assert!(all["items"][0]["payment_state"].is_null() && all["next"].is_null());

        let mut parts = Vec::new();
        let mut next = String::new();
        loop {
            let part = list(&format!("limit=5&sort=total&cursor={next}")).await;
            parts.extend(numbers(&part).into_iter().map(str::to_owned));
            match part["next"].as_str() {
                Some(cursor) => next = cursor.to_owned(),
                None => break,
            }
        }
        assert_eq!(parts, numbers(&list("sort=total").await));
        assert_eq!(parts.len(), 12);

        assert_eq!(numbers(&list("state=shipped,delivered").await), ["DK-A2", "DK-A3", "DK-A8", "DK-A9"]);
        assert_eq!(numbers(&list("q=DK-A3").await), ["DK-A3"]);
        assert_eq!(numbers(&list("q=otieno&state=paid").await), ["DK-A1", "DK-A7"]);
        let of = format!("customer={}&min=560000&max=560000", shop.people[0].id);
        assert_eq!(numbers(&list(&of).await), ["DK-A4", "DK-A10"]);
        // Noon in Nairobi, an hour apart.
        assert_eq!(numbers(&list("from=2026-03-05&to=2026-03-05").await).len(), 12);
        assert_eq!(numbers(&list("to=2026-03-04").await).len(), 0);
        assert_eq!(numbers(&list("sort=placed_at&limit=1").await), ["DK-A11"]);

        let counts = world.get(&shop.owner, "/v1/orders/counts").await.is(200).json;
        for count in counts["counts"].as_array().unwrap() {
            let state = count["state"].as_str().unwrap();
            let plain = format!("FROM orders WHERE state = '{state}'");
            assert_eq!(count["count"], world.number(&format!("SELECT count(*) {plain}")).await);
            assert_eq!(count["total"], world.number(&format!("SELECT CAST(sum(total) AS bigint) {plain}")).await);
        }
        for wrong in [
            "state=sold",
            "from=yesterday",
            "min=x",
            "max=9223372036854775808",
            "customer=me",
            "sort=name",
            "limit=101",
            "cursor=x",
            "from=-9999-01-01&to=9999-12-31",
            &format!("q={}", "x".repeat(101)),
        ] {
            let answer = world.get(&shop.owner, &format!("/v1/orders?{wrong}")).await;
            assert_eq!((answer.status.as_u16(), answer.problem()), (422, "invalid"), "{wrong}: {}", answer.text);
        }
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_people_who_move_an_order_is_told_and_the_customer_hears_once() {
    on_each(|world| async move {
        let shop = shop(&world).await;
        let (other, second) = world.member(shop.scope, Role::Admin).await;
        let path = format!("/v1/orders/{}", shop.orders[1]);
        let seen = world.get(&shop.owner, &path).await.is(200);
        let tag = seen.headers["etag"].to_str().unwrap().to_owned();
        assert_eq!(seen.json["next_states"], json!(["processing", "shipped"]));
        assert_eq!(seen.json["items"][0]["size"], "M");
        assert_eq!(seen.json["payments"][0]["receipt"], "R-DK-A1");
        let to = |state: &str| json!({"state": state, "reason": "Rider Juma has it"});
        let go = format!("{path}/move");
        assert_eq!(world.post(&second, &go, to("shipped")).await.is(428).problem(), "version_needed");
        let at = |caller: &Caller| caller.clone().with("if-match", tag.clone());
        let moved = world.post(&at(&second), &go, to("shipped")).await.is(200);
        assert_eq!(moved.json["state"], "shipped");
        assert_ne!(moved.headers["etag"].to_str().unwrap(), tag);
        let stale = world.post(&at(&shop.owner), &go, to("processing")).await.is(412);
        assert_eq!(stale.problem(), "stale");

        let after = world.get(&shop.owner, &path).await.is(200).json;
        let last = after["timeline"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["kind"], &last["text"]), (&json!("shipped"), &json!("Rider Juma has it")));
        let who = world.app.store.system_read().await.unwrap().user(other).await.unwrap().name;
        assert_eq!(last["actor"], who);
        assert_eq!(world.number("SELECT count(*) FROM messages WHERE direction = 'out'").await, 1);
        let audit = world.get(&shop.owner, "/v1/audit?what=order.moved").await.is(200).json;
        assert_eq!(audit["items"].as_array().unwrap().len(), 1);
        assert_eq!(audit["items"][0]["after"], json!({"state": "shipped"}));
        assert!(!audit.to_string().contains("Juma"));
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_an_order_paid_or_moves_it_where_it_cannot_go() {
    on_each(|world| async move {
        let shop = shop(&world).await;
        for (n, allowed) in [(0, &[][..]), (1, &["processing", "shipped"]), (2, &["delivered"]), (4, &[])] {
            let path = format!("/v1/orders/{}", shop.orders[n]);
            for state in OrderState::ALL.iter().filter(|state| !allowed.contains(&state.name())) {
                let caller = shop.owner.clone().with("if-match", "\"1\"");
                let version = world.get(&caller, &path).await.json["version"].as_i64().unwrap();
                let caller = caller.with("if-match", format!("\"{version}\""));
                let refused =
                    world.post(&caller, &format!("{path}/move"), json!({"state": state.name()})).await.is(409);
                assert_eq!(refused.problem(), "conflict");
            }
        }
        // Whatever else is called with the least that it takes, as the owner, on everything there is.
        let filled = fixture::fill(&world, "zuri").await;
        let unpaid = "SELECT count(*) FROM orders WHERE state IN ('pending_payment', 'expired', 'cancelled')";
        let received = "SELECT count(*) FROM payments WHERE state = 'succeeded'";
        let before = (world.number(unpaid).await, world.number(received).await);
        for operation in operations() {
            let ends = operation.name.contains("password") || operation.name.contains("session");
            if operation.reads() || operation.path.starts_with("/v1/simulator") || ends {
                continue;
            }
            let caller = filled.owner.clone().with("if-match", "\"1\"");
            world.call(&caller, operation.method.clone(), &filled.path(&operation.path), operation.body.clone()).await;
        }
        assert_eq!((world.number(unpaid).await, world.number(received).await), before);
        assert!(operations().iter().all(|one| !one.path.starts_with("/v1/payments") || one.method == Method::GET));
    })
    .await;
}

#[tokio::test]
async fn notes_receipts_and_tables_say_what_was_written_and_run_nothing() {
    on_each(|world| async move {
        let shop = shop(&world).await;
        let path = format!("/v1/orders/{}", shop.orders[2]);
        world.post(&shop.owner, &format!("{path}/note"), json!({"text": "Call <b>first</b>"})).await.is(204);
        for wrong in [json!({"text": " "}), json!({"text": "x".repeat(2001)}), json!({})] {
            world.post(&shop.owner, &format!("{path}/note"), wrong).await.is(422);
        }
        let order = world.get(&shop.owner, &path).await.is(200).json;
        assert_eq!(order["notes"][0]["text"], "Call <b>first</b>");

        for (query, paper) in [("", "size:A4"), ("?format=a4", "size:A4"), ("?format=80mm", "size:80mm")] {
            let receipt = world.get(&shop.owner, &format!("{path}/receipt{query}")).await.is(200);
            assert_eq!(receipt.headers["content-type"], "text/html; charset=utf-8");
            let policy = receipt.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'"), "{policy}");
            assert!(receipt.text.contains(paper) && receipt.text.contains("KES 8,400"), "{}", receipt.text);
            assert!(receipt.text.contains("=Wanjiku &lt;script&gt;") && receipt.text.contains("R-DK-A2"));
            assert!(!receipt.text.contains("<script>") && !receipt.text.contains("<b>"));
        }
        world.get(&shop.owner, &format!("{path}/receipt?format=a5")).await.is(422);

        let table = world.get(&shop.owner, "/v1/orders/export?state=shipped&sort=placed_at").await.is(200);
        assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
        let lines: Vec<&str> = table.text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[1].starts_with("DK-A8,2026-03-05T01:00:00Z,'=Wanjiku <script>,254712000001,shipped,succeeded,"));
        assert!(lines[2].ends_with("3,8400.00,KES"), "{}", table.text);
        let all = world.get(&shop.owner, "/v1/orders/export").await.is(200);
        assert_eq!(all.text.lines().count(), 13);
    })
    .await;
}

#[tokio::test]
async fn payments_are_listed_and_summed_up() {
    on_each(|world| async move {
        let shop = shop(&world).await;
        let list = world.get(&shop.owner, "/v1/payments?state=succeeded&from=2026-03-05").await.is(200).json;
        let rows = list["items"].as_array().unwrap();
        assert_eq!(rows.len(), 6);
        assert_eq!(rows[0]["order"]["number"], "DK-A1");
        let one = world.get(&shop.owner, "/v1/payments?q=r-dk-a3").await.is(200).json;
        assert_eq!(one["items"].as_array().unwrap().len(), 1);
        let summary = world.get(&shop.owner, "/v1/payments/summary").await.is(200).json;
        let sum = "SELECT CAST(sum(amount) AS bigint) FROM payments WHERE state = 'succeeded'";
        assert_eq!(summary["received"], world.number(sum).await);
        assert_eq!((&summary["count"], &summary["failed"]), (&json!(6), &json!(0)));
        world.get(&shop.owner, "/v1/payments?state=lost").await.is(422);
    })
    .await;
}
