//! The settings: each part read with a version, written with it, checked like a shop file, and live at once.

use duka_kernel::TenantScope;
use duka_shop::team::Role;
use serde_json::{Value, json};

use crate::world::{Caller, World, on_each};

const PARTS: [&str; 11] = [
    "profile",
    "hours",
    "delivery",
    "policies",
    "coupons",
    "personality",
    "handover",
    "models",
    "bookings",
    "payments",
    "channels",
];

async fn owner(world: &World, slug: &str) -> (TenantScope, Caller) {
    let scope = world.shop(slug).await;
    (scope, world.member(scope, Role::Owner).await.1)
}

struct Read {
    tag: String,
    body: Value,
}

async fn read(world: &World, caller: &Caller, part: &str) -> Read {
    let answer = world.get(caller, &format!("/v1/settings/{part}")).await.is(200);
    let tag = answer.headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(tag, format!("\"{}\"", answer.json["version"]));
    Read { tag, body: answer.json }
}

/// Changes a part as a page does: with everything that was read.
async fn change(world: &World, caller: &Caller, part: &str, edit: impl FnOnce(&mut Value)) -> crate::world::Answer {
    let Read { tag, mut body } = read(world, caller, part).await;
    edit(&mut body);
    world.put(&caller.changing(tag), &format!("/v1/settings/{part}"), body).await
}

fn fill(body: &mut Value, part: &str) {
    let fields = match part {
        "profile" => {
            json!({"name": "Malkia ${PATH}", "kind": "clothes", "location": "Moi Avenue: \"Sasa\"", "language": "sw",
            "whatsapp_number": "0700000010", "owner_phone": "+254 700 000 910"})
        }
        "hours" => json!({"holidays": [{"date": "2026-12-25", "name": "Christmas", "open": null, "close": null}],
            "week": [{"day": "mon", "open": "09:00", "close": "18:30"}, {"day": "sun", "open": null, "close": null}]}),
        "delivery" => {
            json!({"zones": [{"name": "CBD", "fee": 15050, "areas": ["Moi Avenue", "Town"], "eta": "same day"},
            {"name": "Upcountry", "fee": 45000, "areas": [], "eta": null}], "pickup": true, "reservation_minutes": 45,
            "deposit_percent": 30})
        }
        "policies" => json!({"return_days": 7, "return_condition": "unworn", "refund": "M-Pesa", "exchange_days": 14,
            "customer_pays_delivery": false, "bargaining": true, "cash_on_delivery": true, "wholesale_min_pieces": 10,
            "wholesale_tiers": [{"min": 10, "percent": 12}, {"min": 30, "percent": 20}]}),
        "coupons" => json!({"coupons": [{"code": "KARIBU10", "kind": "percent", "value": 10, "min_subtotal": 150000,
            "expires": "2030-12-31", "max_uses": null, "used": 0}, {"code": "LESS50", "kind": "fixed", "value": 5000,
            "min_subtotal": 0, "expires": null, "max_uses": 3, "used": 0}]}),
        "personality" => json!({"name": "Nia", "tone": "playful", "emoji": "many", "sales_goal": "help"}),
        "handover" => {
            json!({"remind_minutes": 5, "quiet_minutes": 30, "return_minutes": null, "backup_phone": "0711111111"})
        }
        "models" => json!({"mode": "hard", "provider": "openai", "model": "gpt-6-luna", "monthly_budget": 1250,
            "key": "sk-very-secret"}),
        "bookings" => json!({"lead_minutes": 60, "horizon_days": 30, "cancel_hours": 12, "deposit_percent": 20,
            "lanes": ["Amina", "Rose"], "remind_hours": 6}),
        "payments" => {
            json!({"provider": "paylink", "enabled": false, "shortcode": "malkia", "secret": "plk_very_secret",
            "manual_payment": "Till 555111", "methods": ["M-Pesa", "Cash"]})
        }
        _ => json!({"channels": [{"kind": "twilio", "number": "0700000010", "account": format!("AC{}", "a".repeat(32)),
            "secret": "tok_very_secret"}]}),
    };
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
}

#[tokio::test]
async fn each_part_is_read_changed_and_left_alone_if_it_is_not_the_one_that_was_read() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        let mut last = Vec::new();
        for part in PARTS {
            let path = format!("/v1/settings/{part}");
            let before = read(&world, &owner, part).await;
            // As it was read, it stays so, version and all.
            let same = change(&world, &owner, part, |_| {}).await.is(200);
            assert_eq!(same.json, before.body, "{part}");
            assert_eq!(world.put(&owner, &path, before.body.clone()).await.is(428).problem(), "version_needed");

            let changed = change(&world, &owner, part, |body| fill(body, part)).await.is(200).json;
            assert_ne!(changed["version"], before.body["version"], "{part}");
            let stale = world.put(&owner.changing(before.tag), &path, before.body.clone()).await.is(412);
            assert_eq!(stale.problem(), "stale");
            let again = change(&world, &owner, part, |_| {}).await.is(200).json;
            assert_eq!(again, changed, "{part}: what was written reads back");
            last.push(changed);
        }
        // Changing one part touched no other, but for the number, which two of them show.
        for (part, changed) in PARTS.iter().zip(&last) {
            assert_eq!(read(&world, &owner, part).await.body, *changed, "{part}");
        }
        assert_eq!(last[0]["name"], "Malkia ${PATH}");
        assert_eq!(last[0]["whatsapp_number"], "254700000010");
        assert_eq!(last[1]["week"][0], json!({"day": "mon", "open": "09:00", "close": "18:30"}));
        assert_eq!(last[1]["week"][6]["open"], Value::Null);
        assert_eq!(last[2]["zones"][0]["fee"], 15_050);
        assert_eq!(last[7]["monthly_budget"], 1_250);
        assert_eq!(last[10]["channels"][0]["status"], "connected");
        let me = world.get(&owner, "/v1/me").await.is(200).json;
        assert_eq!((&me["shop"]["kind"], &me["shop"]["language"]), (&json!("clothes"), &json!("sw")));

        // Secrets are kept, and told nobody.
        let log = world.get(&owner, "/v1/audit?limit=100").await.is(200).text;
        let shown: String = last.iter().map(Value::to_string).collect();
        for secret in ["very-secret", "very_secret"] {
            assert!(!shown.contains(secret) && !log.contains(secret), "a secret is shown");
        }
        assert!(log.contains("settings.secret_set") && log.contains("models.api_key"));
        assert_eq!(last[7]["has_key"], true);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_of_its_field_and_nothing_is_changed() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        let cases: [(&str, Value, &str); 27] = [
            ("profile", json!({"name": " "}), "/name"),
            ("profile", json!({"slug": "zuri"}), "/slug"),
            ("profile", json!({"currency": "UGX"}), "/currency"),
            ("profile", json!({"timezone": "Nairobi"}), "/timezone"),
            ("profile", json!({"language": "fr"}), "/language"),
            ("profile", json!({"owner_phone": "12"}), "/owner_phone"),
            ("hours", json!({"week": [{"day": "tue", "open": "18:00", "close": "09:00"}]}), "/week/0/open"),
            ("hours", json!({"week": [{"day": "tue", "open": "18:00", "close": null}]}), "/week/0/close"),
            (
                "hours",
                json!({"holidays": [{"date": "25.12.", "name": "", "open": null, "close": null}]}),
                "/holidays/0/date",
            ),
            ("delivery", json!({"zones": [{"name": "a", "fee": -1, "areas": ["x"], "eta": null}]}), "/zones/0/fee"),
            (
                "delivery",
                json!({"zones": [{"name": "a", "fee": 1, "areas": [], "eta": null},
                {"name": "b", "fee": 1, "areas": [], "eta": null}]}),
                "/zones/1/areas",
            ),
            ("delivery", json!({"deposit_percent": 101}), "/deposit_percent"),
            ("delivery", json!({"reservation_minutes": 0}), "/reservation_minutes"),
            ("policies", json!({"return_days": 4000}), "/return_days"),
            ("policies", json!({"wholesale_tiers": [{"min": 5, "percent": 0}]}), "/wholesale_tiers/0/percent"),
            ("policies", json!({"wholesale_min_pieces": 3}), "/wholesale_tiers"),
            (
                "coupons",
                json!({"coupons": [{"code": "A B", "kind": "percent", "value": 10, "min_subtotal": 0}]}),
                "/coupons/0/code",
            ),
            (
                "coupons",
                json!({"coupons": [{"code": "A", "kind": "percent", "value": 101, "min_subtotal": 0}]}),
                "/coupons/0/value",
            ),
            (
                "coupons",
                json!({"coupons": [{"code": "A", "kind": "fixed", "value": i64::MAX, "min_subtotal": 0}]}),
                "/coupons/0/value",
            ),
            ("handover", json!({"remind_minutes": 0}), "/remind_minutes"),
            ("handover", json!({"backup_phone": "nobody"}), "/backup_phone"),
            ("bookings", json!({"horizon_days": 0}), "/horizon_days"),
            ("bookings", json!({"lanes": ["Amina", "Amina"]}), "/lanes/1"),
            ("payments", json!({"provider": "bank"}), "/provider"),
            ("payments", json!({"provider": "paylink"}), "/secret"),
            ("channels", json!({"channels": []}), "/channels"),
            ("channels", json!({"channels": [{"kind": "twilio", "number": "x"}]}), "/channels/0/number"),
        ];
        for (part, edit, pointer) in cases {
            let before = read(&world, &owner, part).await.body;
            let fields = edit.as_object().unwrap().clone();
            let refused = change(&world, &owner, part, |body| body.as_object_mut().unwrap().extend(fields)).await;
            let refused = refused.is(422);
            let pointers: Vec<&Value> =
                refused.json["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
            assert!(pointers.contains(&&json!(pointer)), "{part} {pointer}: {}", refused.text);
            assert_eq!(read(&world, &owner, part).await.body, before);
        }
        let hidden = [
            "http://llm.example.com/v1",
            "https://localhost/v1",
            "https://10.0.0.1/v1",
            "https://169.254.169.254/latest",
            "https://[::1]/v1",
            "https://a:b@llm.example.com/v1",
            "file:///etc/passwd",
            "llm",
        ];
        for address in hidden {
            let refused = change(&world, &owner, "models", |body| {
                body["provider"] = "compatible".into();
                body["model"] = "mistral".into();
                body["api_base"] = address.into();
            });
            let refused = refused.await.is(422);
            assert_eq!(refused.json["errors"][0]["pointer"], "/api_base", "{address}: {}", refused.text);
        }
        let odd = change(&world, &owner, "models", |body| body["model"] = "../../x".into()).await.is(422);
        assert_eq!(odd.json["errors"][0]["pointer"], "/model");
    })
    .await;
}

#[tokio::test]
async fn a_number_is_one_shops_and_moves_with_the_settings() {
    on_each(|world| async move {
        let (scope, first) = owner(&world, "malkia").await;
        let (_, second) = owner(&world, "zuri").await;
        let set = |number: &'static str| move |body: &mut Value| body["whatsapp_number"] = number.into();
        change(&world, &first, "profile", set("0700000010")).await.is(200);
        assert_eq!(change(&world, &second, "profile", set("0700000010")).await.is(409).problem(), "duplicate");
        change(&world, &first, "profile", set("0700000011")).await.is(200);
        let active: Vec<String> = world
            .app
            .store
            .read(scope)
            .await
            .unwrap()
            .channels()
            .await
            .unwrap()
            .into_iter()
            .filter(|channel| channel.kind == "twilio" && channel.active)
            .map(|channel| channel.address)
            .collect();
        assert_eq!(active, ["whatsapp:+254700000011"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_changed_is_answered_by_at_once() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        let settings =
            |tone: &str, name: &str| json!({"name": name, "tone": tone, "emoji": "none", "sales_goal": "help"});
        let ask = async |tone: &str, name: &str, message: &str| -> String {
            let body = json!({"settings": settings(tone, name), "message": message});
            let answer = world.post(&owner, "/v1/settings/personality/preview", body).await.is(200).json;
            answer["reply"].as_str().unwrap().to_owned()
        };
        let sunday = "are you open on sunday?";
        let closed = ask("warm", "Nia", sunday).await;
        let open = json!([{"day": "sun", "open": "11:00", "close": "16:00"}]);
        change(&world, &owner, "hours", |body| body["week"] = open).await.is(200);
        let opened = ask("warm", "Nia", sunday).await;
        assert_ne!(closed, opened);
        assert!(opened.contains("11"), "{opened}");
        let returns = ask("warm", "Nia", "can I return it?").await;
        change(&world, &owner, "policies", |body| {
            body["return_days"] = 9.into();
            body["return_condition"] = "unworn, tags on".into();
        })
        .await
        .is(200);
        let now = ask("warm", "Nia", "can I return it?").await;
        assert!(now != returns && now.contains('9'), "{now}");

        assert_ne!(ask("formal", "Nia", "hi").await, ask("playful", "Nia", "hi").await);
        assert!(ask("warm", "Zawadi", "hi, who is this?").await.contains("Zawadi"));
        let saved = read(&world, &owner, "personality").await.body;
        assert_eq!(saved["name"], "", "a preview saves nothing");
        for body in [
            json!({"settings": settings("warm", "x"), "message": " "}),
            json!({"settings": settings("loud", "x"), "message": "hi"}),
        ] {
            world.post(&owner, "/v1/settings/personality/preview", body).await.is(422);
        }
    })
    .await;
}

#[tokio::test]
async fn accounts_are_tried_without_a_payment_or_a_message() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        let tried = async |path: &str, body: Value| world.post(&owner, path, body).await.is(200).json["ok"].clone();
        assert_eq!(tried("/v1/settings/payments/test", json!({})).await, true);
        assert_eq!(tried("/v1/settings/channels/test", json!({"kind": "twilio"})).await, false);
        world.post(&owner, "/v1/settings/channels/test", json!({"kind": "pigeon"})).await.is(422);
        // Nobody answers where these point in a test.
        change(&world, &owner, "payments", |body| fill(body, "payments")).await.is(200);
        change(&world, &owner, "channels", |body| fill(body, "channels")).await.is(200);
        assert_eq!(tried("/v1/settings/payments/test", json!({})).await, false);
        assert_eq!(tried("/v1/settings/channels/test", json!({"kind": "twilio"})).await, false);
        // Without a model of its own a shop's key is of no use, so it is not kept.
        change(&world, &owner, "models", |body| fill(body, "models")).await.is(200);
        let gone = change(&world, &owner, "models", |body| {
            body["provider"] = "".into();
            body["model"] = "".into();
        });
        assert_eq!(gone.await.is(200).json["has_key"], false);
    })
    .await;
}

#[tokio::test]
async fn what_a_page_does_not_show_stays_as_it_is() {
    on_each(|world| async move {
        let (scope, owner) = owner(&world, "malkia").await;
        let keys = json!({
            "coupons": [{"code": "VIP", "type": "percent", "value": 15, "starts": "2026-01-01", "customers": ["0712345678"]}],
            "booking": {"staff": [{"name": "Amina", "hours": {"mon": "10:00-14:00"}}], "deposit": {"amount": 500}},
            "deposit": {"percent": 40, "applies_to": "wholesale"},
            "models": {"history": 12},
        });
        let kept = world.app.store.write_with(scope, keys, |tx, keys| {
            Box::pin(async move {
                let profile = tx.profile().await?;
                let keys = keys.as_object().unwrap().clone();
                tx.save_profile(&duka_shop::file::with_keys(&profile, keys).unwrap()).await
            })
        });
        assert!(kept.await.unwrap());
        let before = world.app.store.read(scope).await.unwrap().profile().await.unwrap();
        let edit = |body: &mut Value| body["coupons"][0]["value"] = 20.into();
        change(&world, &owner, "coupons", edit).await.is(200);
        change(&world, &owner, "bookings", |body| body["lanes"] = json!(["Amina", "Rose"])).await.is(200);
        change(&world, &owner, "delivery", |body| body["deposit_percent"] = 50.into()).await.is(200);
        change(&world, &owner, "models", |body| body["mode"] = "off".into()).await.is(200);
        let after = world.app.store.read(scope).await.unwrap().profile().await.unwrap();
        assert_eq!((after.coupons[0].starts, &after.coupons[0].customers), (before.coupons[0].starts, &before.coupons[0].customers));
        assert_eq!(after.booking.staff[0], before.booking.staff[0]);
        assert_eq!(after.booking.deposit, before.booking.deposit);
        assert_eq!(after.deposit.map(|deposit| deposit.applies_to), before.deposit.map(|deposit| deposit.applies_to));
        assert_eq!(after.models.history, 12);
    })
    .await;
}
