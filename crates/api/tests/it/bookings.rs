//! The calendar as people of the shop work in it.

use duka_shop::team::Role;
use serde_json::{Value, json};

use crate::{
    floor,
    world::{Caller, World, on_each},
};

async fn service(world: &World, caller: &Caller, lanes: &[&str]) -> Value {
    let body = json!({
        "code": "BRD", "name": "Braids", "description": "", "duration_min": 90, "price": 150_000,
        "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "open": "09:00", "close": "18:00",
        "lanes": lanes, "active": true, "buffer_after": 15,
    });
    world.post(caller, "/v1/services", body).await.is(201).json
}

fn booking(service: &Value, start: &str, lane: Option<&str>) -> Value {
    json!({"service": service["id"], "start": start, "lane": lane, "name": "Akinyi", "phone": "0712 345 678"})
}

async fn change(world: &World, caller: &Caller, id: &Value, version: i64, body: Value) -> crate::world::Answer {
    let caller = caller.clone().with("if-match", format!("\"{version}\""));
    world.patch(&caller, &format!("/v1/appointments/{}", id.as_str().unwrap()), body).await
}

#[tokio::test]
async fn a_booking_is_made_moved_and_called_off_and_never_meets_another() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let braids = service(&world, &owner, &["Amina", "Rose"]).await;
        let id = braids["id"].as_str().unwrap();
        let free = world.get(&owner, &format!("/v1/appointments/free?service={id}&day=2026-03-06")).await.is(200);
        let slots = free.json["slots"].as_array().unwrap();
        assert_eq!((&slots[0], slots.len()), (&json!({"start": "2026-03-06T06:00:00Z", "lane": "Amina"}), 32));
        // Two at the same time, one for each who serves; not a third.
        let path = "/v1/appointments";
        let first =
            world.post(&owner, path, booking(&braids, "2026-03-06T06:00:00Z", Some("Amina"))).await.is(201).json;
        assert_eq!(
            (&first["lane"], &first["end"], &first["status"]),
            (&json!("Amina"), &json!("2026-03-06T07:30:00Z"), &json!("booked"))
        );
        let taken = world.post(&owner, path, booking(&braids, "2026-03-06T06:30:00Z", Some("Amina"))).await;
        assert_eq!(taken.is(409).problem(), "slot_taken");
        let second = world.post(&owner, path, booking(&braids, "2026-03-06T06:30:00Z", None)).await.is(201).json;
        assert_eq!(second["lane"], "Rose");
        let third = world.post(&owner, path, booking(&braids, "2026-03-06T06:00:00Z", None)).await;
        assert_eq!(third.is(409).problem(), "slot_taken");

        let move_to = |start: &str| json!({"start": start});
        let id = &first["id"];
        let without =
            world.patch(&owner, &format!("{path}/{}", id.as_str().unwrap()), move_to("2026-03-06T10:00:00Z")).await;
        assert_eq!(without.is(428).problem(), "version_needed");
        let version = first["version"].as_i64().unwrap();
        let moved = change(&world, &owner, id, version, move_to("2026-03-06T10:00:00Z")).await.is(200);
        assert_eq!((&moved.json["start"], &moved.json["lane"]), (&json!("2026-03-06T10:00:00Z"), &json!("Amina")));
        let stale = change(&world, &owner, id, version, move_to("2026-03-06T11:00:00Z")).await;
        assert_eq!(stale.is(412).problem(), "stale");
        let version = moved.json["version"].as_i64().unwrap();
        for (start, what) in [
            ("2026-03-06T04:00:00Z", "before it opens"),
            ("2026-03-06T14:00:00Z", "it would not be finished"),
            ("2026-03-04T10:00:00Z", "over"),
            ("2999-03-06T10:00:00Z", "too far"),
        ] {
            let refused = change(&world, &owner, id, version, move_to(start)).await.is(422);
            assert_eq!(refused.json["errors"][0]["pointer"], "/start", "{what}");
        }
        let nobody =
            change(&world, &owner, id, version, json!({"start": "2026-03-06T10:00:00Z", "lane": "Otieno"})).await;
        assert_eq!(nobody.is(422).json["errors"][0]["pointer"], "/lane");
        let swapped =
            change(&world, &owner, id, version, json!({"start": "2026-03-06T10:00:00Z", "lane": "Rose"})).await;
        assert_eq!(swapped.is(200).json["lane"], "Rose");

        let day = world.get(&owner, &format!("{path}?from=2026-03-06&to=2026-03-06&lane=Rose")).await.is(200);
        assert_eq!(day.json["items"].as_array().unwrap().len(), 2);
        let cancel = format!("{path}/{}/cancel", id.as_str().unwrap());
        let gone = world.post(&owner, &cancel, json!({"reason": "the customer called"})).await.is(200);
        assert_eq!(gone.json["status"], "cancelled");
        assert_eq!(world.post(&owner, &cancel, json!({})).await.is(409).problem(), "conflict");
        let booked = world.get(&owner, &format!("{path}?status=booked")).await.is(200);
        assert_eq!(booked.json["items"].as_array().unwrap().len(), 1);
        world.post(&owner, path, booking(&braids, "2026-03-06T10:00:00Z", Some("Rose"))).await.is(201);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_move_into_the_same_time_one_gets_it() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let braids = service(&world, &owner, &[]).await;
        let path = "/v1/appointments";
        let one = world.post(&owner, path, booking(&braids, "2026-03-06T06:00:00Z", None)).await.is(201).json;
        let two = world.post(&owner, path, booking(&braids, "2026-03-06T08:00:00Z", None)).await.is(201).json;
        let there = json!({"start": "2026-03-06T12:00:00Z"});
        let (first, second) = futures::join!(
            change(&world, &owner, &one["id"], 1, there.clone()),
            change(&world, &owner, &two["id"], 1, there.clone()),
        );
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", first.text, second.text);
    })
    .await;
}

#[tokio::test]
async fn the_customer_is_told_where_they_write() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let channel = floor::console(&world, scope).await;
        let conversation = floor::hear(&world, scope, &channel, "254712345678", "Akinyi", "hi").await;
        world.work_off().await;
        let braids = service(&world, &owner, &[]).await;
        let made =
            world.post(&owner, "/v1/appointments", booking(&braids, "2026-03-06T06:00:00Z", None)).await.is(201).json;
        change(&world, &owner, &made["id"], 1, json!({"start": "2026-03-06T08:00:00Z"})).await.is(200);
        let cancel = format!("/v1/appointments/{}/cancel", made["id"].as_str().unwrap());
        world.post(&owner, &cancel, json!({})).await.is(200);
        world.work_off().await;
        let said = world.get(&owner, &format!("/v1/conversations/{conversation}/messages")).await.is(200);
        let texts: Vec<&str> =
            said.json["items"].as_array().unwrap().iter().filter_map(|m| m["text"].as_str()).collect();
        let about = texts.iter().filter(|text| text.contains("Braids")).count();
        assert_eq!(about, 3, "booked, moved, cancelled: {texts:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_service_is_changed_by_one_at_a_time_and_its_bookings_stay() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let braids = service(&world, &owner, &["Amina"]).await;
        world.post(&owner, "/v1/appointments", booking(&braids, "2026-03-06T06:00:00Z", None)).await.is(201);
        let one = format!("/v1/services/{}", braids["id"].as_str().unwrap());
        let read = world.get(&owner, &one).await.is(200);
        assert_eq!(read.headers["etag"], "\"1\"");
        let mut body = json!({
            "code": "BRD", "name": "Long braids", "description": "", "duration_min": 120, "price": 250_000,
            "days": ["sat"], "open": "10:00", "close": "16:00", "lanes": ["Amina"], "active": true,
            "deposit": {"percent": 20}, "variant": "long", "buffer_before": 10,
        });
        let with = |version: &str| owner.clone().with("if-match", version.to_owned());
        let put = async |caller: &Caller, body: &Value| {
            world.call(caller, axum::http::Method::PUT, &one, Some(body.clone())).await
        };
        put(&owner, &body).await.is(428);
        let changed = put(&with("\"1\""), &body).await.is(200);
        assert_eq!(changed.json["deposit"], json!({"percent": 20, "amount": null}));
        assert_eq!((&changed.json["version"], &changed.json["days"]), (&json!(2), &json!(["sat"])));
        assert_eq!(put(&with("\"1\""), &body).await.is(412).problem(), "stale");
        for (field, bad) in [
            ("open", json!("25:00")),
            ("close", json!("09:00")),
            ("duration_min", json!(0)),
            ("price", json!(-1)),
            ("days", json!([])),
            ("deposit", json!({"percent": 20, "amount": 5})),
            ("name", json!(" ")),
            ("lanes", json!(["staff/x"])),
        ] {
            let good = std::mem::replace(&mut body[field], bad);
            let refused = put(&with("\"2\""), &body).await.is(422);
            assert!(
                refused.json["errors"][0]["pointer"].as_str().unwrap().starts_with(&format!("/{field}")),
                "{}",
                refused.text
            );
            body[field] = good;
        }
        assert_eq!(world.get(&owner, "/v1/lanes").await.json["items"], json!(["Amina"]));
        let duplicate = world.post(&owner, "/v1/services", body.clone()).await;
        assert_eq!(duplicate.is(409).problem(), "duplicate");
        world.delete(&with("\"1\""), &one).await.is(412);
        world.delete(&with("\"2\""), &one).await.is(204);
        world.get(&owner, &one).await.is(404);
        assert_eq!(world.get(&owner, "/v1/services").await.json["items"], json!([]));
        let booked = world.get(&owner, "/v1/appointments").await.is(200);
        assert_eq!(booked.json["items"][0]["service"]["name"], "Long braids");
        // The same code again is the same service again.
        let again = world.post(&owner, "/v1/services", body).await.is(201);
        assert_eq!(again.json["id"], braids["id"]);
    })
    .await;
}
