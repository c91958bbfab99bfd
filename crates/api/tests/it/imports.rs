//! Lists from files: read, mapped, taken over by a job, reported row by row.

use duka_assistant::due;
use duka_kernel::TenantScope;
use duka_shop::team::{Right, Role};
use serde_json::{Value, json};

use crate::world::{Caller, World, on_each};

async fn owner(world: &World, slug: &str) -> (TenantScope, Caller) {
    let scope = world.shop(slug).await;
    (scope, world.member(scope, Role::Owner).await.1)
}

async fn read(world: &World, caller: &Caller, file: &[u8], kind: &str) -> Value {
    world.upload(caller, "/v1/imports", &[file], &[("kind", kind)]).await.is(201).json
}

/// Takes over a list as it was understood, and gives the report.
async fn taken_over(world: &World, caller: &Caller, file: &[u8], kind: &str) -> Value {
    let seen = read(world, caller, file, kind).await;
    let path = format!("/v1/imports/{}", seen["id"].as_str().unwrap());
    let body = json!({"mapping": seen["mapping"]});
    let begun = world.post(caller, &format!("{path}/run"), body).await.is(202).json;
    assert_eq!(begun["state"], "running");
    work(world).await;
    world.get(caller, &path).await.is(200).json
}

async fn work(world: &World) {
    due::sweep_slow(&world.app).await.unwrap();
}

async fn names(world: &World, caller: &Caller) -> Vec<String> {
    let list = world.get(caller, "/v1/products?sort=listed&limit=100").await.is(200).json;
    list["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn another_shops_list_is_understood_taken_over_and_reported() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        let file = "Jina;Bei (KES);Idadi;Saizi;Rangi\nGauni;1500;3;M;nyekundu\nSketi;abc;1;S;blue\nKofia;500;;;black\n";
        let seen = read(&world, &owner, file.as_bytes(), "products").await;
        assert_eq!(seen["columns"], json!(["Jina", "Bei (KES)", "Idadi", "Saizi", "Rangi"]));
        assert_eq!(seen["preview"][0], json!(["Gauni", "1500", "3", "M", "nyekundu"]));
        let guessed =
            json!({"name": "Jina", "price": "Bei (KES)", "stock": "Idadi", "size": "Saizi", "colour": "Rangi"});
        assert_eq!((&seen["mapping"], &seen["state"]), (&guessed, &json!("preview")));
        assert_eq!((&seen["total"], &seen["failed"]), (&json!(2), &json!(1)));
        assert_eq!((&seen["problems"][0]["line"], &seen["problems"][0]["column"]), (&json!(3), &json!("Bei (KES)")));
        assert!(names(&world, &owner).await.is_empty(), "nothing is taken over by reading");

        let path = format!("/v1/imports/{}", seen["id"].as_str().unwrap());
        let wrong = [
            (json!({"name": "Jina"}), "/mapping/price"),
            (json!({"name": "Jina", "price": "Bei"}), "/mapping/price"),
            (json!({"name": "Jina", "price": "Bei (KES)", "colour of money": "Rangi"}), "/mapping/colour of money"),
        ];
        for (mapping, pointer) in wrong {
            let refused = world.post(&owner, &format!("{path}/run"), json!({ "mapping": mapping })).await.is(422);
            assert_eq!(refused.json["errors"][0]["pointer"], pointer, "{}", refused.text);
        }
        world.post(&owner, &format!("{path}/run"), json!({ "mapping": guessed })).await.is(202);
        assert_eq!(
            world.post(&owner, &format!("{path}/run"), json!({ "mapping": guessed })).await.is(409).problem(),
            "conflict"
        );
        work(&world).await;
        let report = world.get(&owner, &path).await.is(200).json;
        assert_eq!(report["state"], "done");
        assert_eq!((&report["created"], &report["updated"], &report["failed"]), (&json!(2), &json!(0), &json!(1)));
        assert_eq!((&report["done"], &report["total"]), (&json!(2), &json!(2)));
        assert!(report["problems"][0]["message"].as_str().unwrap().contains("write it like"), "{report}");
        assert_eq!(names(&world, &owner).await, ["Gauni", "Kofia"]);

        // Again it changes nothing; with another price that product alone.
        let again = taken_over(&world, &owner, file.as_bytes(), "products").await;
        assert_eq!((&again["created"], &again["updated"]), (&json!(0), &json!(0)));
        let dearer = taken_over(&world, &owner, file.replace("1500", "1800").as_bytes(), "products").await;
        assert_eq!((&dearer["created"], &dearer["updated"]), (&json!(0), &json!(1)));
    })
    .await;
}

#[tokio::test]
async fn files_of_any_spreadsheet_are_read() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        let text = "sku\tname\tprice\tstock\nD1\tGaûni – “new”\t1,500\t2\n";
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let seen = read(&world, &owner, &utf16, "products").await;
        assert_eq!(seen["preview"][0][1], "Gaûni – “new”");
        let latin = b"sku,name,price\nD2,Caf\xE9 dress \x96 new,1500\n";
        assert_eq!(read(&world, &owner, latin, "products").await["preview"][0][1], "Café dress – new");
        let shopify = b"Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty\n\
            red-dress,Red dress,Size,S,1500,2\nred-dress,,,M,1600,1\n";
        let report = taken_over(&world, &owner, shopify, "products").await;
        assert_eq!((&report["created"], &report["failed"]), (&json!(1), &json!(0)));
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice();
        for (file, why) in [(b"".as_slice(), "missing"), (b"sku,name,price\n", "rows"), (picture, "CSV")] {
            let refused = world.upload(&owner, "/v1/imports", &[file], &[("kind", "products")]).await.is(422);
            assert!(refused.text.contains(why), "{}", refused.text);
        }
        for kind in [&[("kind", "people")][..], &[]] {
            let refused = world.upload(&owner, "/v1/imports", &[b"a,b\n1,2\n"], kind).await.is(422);
            assert_eq!(refused.json["errors"][0]["pointer"], "/kind");
        }
        let odd: Vec<u8> = (0..4_000_u32).map(|n| u8::try_from(n * 31 % 251).unwrap()).collect();
        let odd = world.upload(&owner, "/v1/imports", &[&odd], &[("kind", "services")]).await;
        assert!(!odd.status.is_server_error(), "{}", odd.text);
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_rows_are_taken_over_and_more_are_refused() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        let row = |n: usize| format!("D{n},Dress {n},{},=cmd|' /C calc'!A{n},{}\n", 1_000 + n % 500, n % 7);
        let file = |rows: usize| format!("sku,name,price,tags,stock\n{}", (0..rows).map(row).collect::<String>());
        world.upload(&owner, "/v1/imports", &[file(10_001).as_bytes()], &[("kind", "products")]).await.is(422);
        let report = taken_over(&world, &owner, file(10_000).as_bytes(), "products").await;
        assert_eq!(
            (&report["state"], &report["created"], &report["done"]),
            (&json!("done"), &json!(10_000), &json!(10_000))
        );
        let page = world.get(&owner, "/v1/products?q=D9999&sort=listed").await.is(200).json;
        assert_eq!(page["items"][0]["sku"], "D9999");
    })
    .await;
}

#[tokio::test]
async fn services_are_another_rights_and_lists_are_the_shops_own() {
    on_each(|world| async move {
        let (scope, owner) = owner(&world, "malkia").await;
        let (_, other) = crate::imports::owner(&world, "zuri").await;
        let file = b"code,name,duration_min,price,days,open,close\nS1,Braids,90,1500,Mon-Sat,09:00,18:00\n";
        let report = taken_over(&world, &owner, file, "services").await;
        assert_eq!((&report["created"], &report["state"]), (&json!(1), &json!("done")));
        let path = format!("/v1/imports/{}", report["id"].as_str().unwrap());
        world.get(&other, &path).await.is(404);
        world.post(&other, &format!("{path}/run"), json!({"mapping": {}})).await.is(404);
        let goods = world.allowed(scope, &[Right::CatalogEdit]).await;
        world.upload(&goods, "/v1/imports", &[file], &[("kind", "services")]).await.is(403);
        world.get(&goods, &path).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn what_is_exported_holds_no_formula_and_is_taken_over_again_as_it_is() {
    on_each(|world| async move {
        let (scope, owner) = owner(&world, "malkia").await;
        let mut body = json!({
            "sku": "=D1", "name": "@Wrap, \"dress\"", "category": "dress", "price": 280_050, "description": "-light\nand long",
            "tags": ["+plus, size"], "attributes": {"fabric": "=HYPERLINK(1)"}, "active": true, "compare_at": 300_000,
            "variants": [{"size": "S", "colour": "red", "on_hand": 5}, {"size": "M", "colour": "blue", "on_hand": 2, "price": 290_000}],
        });
        world.post(&owner, "/v1/products", body.clone()).await.is(201);
        body["sku"] = "D2".into();
        body["active"] = false.into();
        world.post(&owner, "/v1/products", body).await.is(201);
        let file = world.get(&owner, "/v1/products/export").await.is(200);
        assert!(file.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
        assert!(file.text.starts_with("sku,name,"), "{}", file.text);
        assert!(file.text.contains("'=D1,\"'@Wrap, \"\"dress\"\"\",\"'-light\nand long\",dress,2800.50,3000,red,S,5,"), "{}", file.text);
        assert!(file.text.contains("'=HYPERLINK(1)") && !file.text.contains("D2"), "{}", file.text);
        let before = world.app.store.read(scope).await.unwrap().products().await.unwrap();
        let report = taken_over(&world, &owner, file.text.as_bytes(), "products").await;
        assert_eq!((&report["failed"], &report["created"], &report["updated"]), (&json!(0), &json!(0), &json!(1)), "{report}");
        let after = world.app.store.read(scope).await.unwrap().products().await.unwrap();
        assert_eq!(after, before, "only what was listed last is noted");
        assert_eq!(world.get(&owner, "/v1/products/export?q=nothing").await.is(200).text.lines().count(), 1);
    })
    .await;
}
