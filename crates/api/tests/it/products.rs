//! Products: made, found, changed, copied, taken away and had back; their pieces.

use duka_kernel::{TenantScope, VariantId};
use duka_shop::team::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{Answer, Caller, NOW, World, on_each};

fn dress(sku: &str) -> Value {
    json!({
        "sku": sku, "name": "Wrap dress", "category": "Dresses", "price": 280_000, "compare_at": null,
        "description": "Light", "tags": ["party"], "attributes": {"fabric": "cotton"}, "active": true,
        "variants": [
            {"size": "S", "colour": "red", "price": null, "on_hand": 5, "threshold": null},
            {"size": "M", "colour": "sky blue", "price": 300_000, "on_hand": 2, "threshold": 1},
        ],
    })
}

async fn owner(world: &World, slug: &str) -> (TenantScope, Caller) {
    let scope = world.shop(slug).await;
    (scope, world.member(scope, Role::Owner).await.1)
}

fn at(version: &Answer) -> String {
    version.headers["etag"].to_str().unwrap().to_owned()
}

/// What is sent to leave a product as it is.
fn as_it_is(product: &Value) -> Value {
    let mut body = product.clone();
    let fields = body.as_object_mut().unwrap();
    for name in ["id", "images", "stock", "version"] {
        fields.remove(name);
    }
    for variant in fields["variants"].as_array_mut().unwrap() {
        variant.as_object_mut().unwrap().remove("reserved");
    }
    body
}

#[tokio::test]
async fn a_product_is_made_read_and_changed_as_a_whole() {
    on_each(|world| async move {
        let (scope, owner) = owner(&world, "malkia").await;
        let made = world.post(&owner, "/v1/products", dress("D1")).await.is(201).json;
        assert_eq!(made["category"], "dresses");
        assert_eq!(made["colours"], json!(["red", "blue"]));
        assert_eq!((&made["variants"][0]["price"], &made["variants"][1]["price"]), (&json!(280_000), &json!(300_000)));
        assert_eq!((&made["variants"][0]["threshold"], &made["variants"][1]["threshold"]), (&json!(3), &json!(1)));
        assert_eq!(made["stock"], json!({"on_hand": 7, "reserved": 0, "status": "in"}));
        let path = format!("/v1/products/{}", made["id"].as_str().unwrap());
        let read = world.get(&owner, &path).await.is(200);
        assert_eq!(read.json, made);

        // As it was read, nothing changes but the version.
        let same = world.put(&owner.changing(at(&read)), &path, as_it_is(&made)).await.is(200);
        assert_eq!(as_it_is(&same.json), as_it_is(&made));
        assert_eq!(same.json["variants"], made["variants"]);

        let mut body = as_it_is(&same.json);
        body["name"] = "Wrap gown".into();
        body["variants"] = json!([
            // M is not offered any more, S is now green, and there is an L.
            {"id": made["variants"][0]["id"], "size": "S", "colour": "green", "on_hand": 4},
            {"size": "L", "colour": "red", "on_hand": 1},
        ]);
        assert_eq!(world.put(&owner, &path, body.clone()).await.is(428).problem(), "version_needed");
        let old = owner.changing(at(&read));
        assert_eq!(world.put(&old, &path, body.clone()).await.is(412).problem(), "stale");
        assert_eq!(world.get(&owner, &path).await.json, same.json, "nothing was overwritten");
        let changed = world.put(&owner.changing(at(&same)), &path, body).await.is(200).json;
        assert_eq!(changed["variants"][0]["id"], made["variants"][0]["id"], "it keeps its identity");
        assert_eq!(changed["variants"].as_array().unwrap().len(), 2);
        assert_eq!(changed["stock"]["on_hand"], 5);

        let tx = world.app.store.read(scope).await.unwrap();
        let offered = tx.products().await.unwrap().remove(0);
        let sizes: Vec<String> = offered.variants.iter().map(|variant| variant.size.to_string()).collect();
        assert_eq!((offered.name.as_str(), sizes), ("Wrap gown", vec!["S".to_owned(), "L".to_owned()]));
        drop(tx);
        let log = world.get(&owner, "/v1/audit?what=product.changed").await.is(200).json;
        assert_eq!(log["items"][0]["before"]["name"], "Wrap dress");
        assert_eq!(log["items"][0]["after"]["name"], "Wrap gown");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_of_each_field() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        world.post(&owner, "/v1/products", dress("D1")).await.is(201);
        let twice = world.post(&owner, "/v1/products", dress("D1")).await.is(409);
        assert_eq!((twice.problem(), &twice.json["errors"][0]["pointer"]), ("duplicate", &json!("/sku")));
        let wrong = |change: fn(&mut Value)| {
            let mut body = dress("D2");
            change(&mut body);
            body
        };
        let cases: [(Value, &str); 9] = [
            (wrong(|body| body["name"] = " ".into()), "/name"),
            (wrong(|body| body["price"] = 0.into()), "/price"),
            (wrong(|body| body["price"] = i64::MAX.into()), "/price"),
            (wrong(|body| body["compare_at"] = (-1).into()), "/compare_at"),
            (wrong(|body| body["variants"] = json!([])), "/variants"),
            (wrong(|body| body["variants"][1]["colour"] = "blurple".into()), "/variants/1/colour"),
            (wrong(|body| body["variants"][1]["on_hand"] = (-1).into()), "/variants/1/on_hand"),
            (wrong(|body| body["variants"][1] = json!({"size": "s", "colour": "Red", "on_hand": 0})), "/variants/1"),
            (wrong(|body| body["description"] = "x".repeat(5001).into()), "/description"),
        ];
        for (body, pointer) in cases {
            let refused = world.post(&owner, "/v1/products", body).await.is(422);
            assert_eq!(refused.json["errors"][0]["pointer"], pointer, "{}", refused.text);
        }
        assert_eq!(world.get(&owner, "/v1/products").await.json["items"].as_array().unwrap().len(), 1);
        for query in ["stock=many", "sort=x", "colour=blurple", "active=2", "limit=0", "cursor=x", "q=%00"] {
            world.get(&owner, &format!("/v1/products?{query}")).await.is(422);
        }
    })
    .await;
}

#[tokio::test]
async fn the_list_is_narrowed_sorted_and_read_in_parts() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        let (_, other) = crate::products::owner(&world, "zuri").await;
        world.post(&other, "/v1/products", dress("Z1")).await.is(201);
        for (n, name) in ["Anorak", "Beret", "Cape", "Dress", "Earrings"].into_iter().enumerate() {
            let mut body = dress(&format!("D{n}"));
            body["name"] = name.into();
            body["price"] = (100_000 * (5 - n)).into();
            body["active"] = (n != 4).into();
            let (size, pieces) = (["S", "M"][n % 2], [9, 2, 0, 9, 9][n]);
            body["variants"] = json!([{"size": size, "on_hand": pieces}]);
            world.post(&owner, "/v1/products", body).await.is(201);
        }
        let names = async |query: &str| -> Vec<String> {
            let mut found = Vec::new();
            let mut next = String::new();
            loop {
                let page = world.get(&owner, &format!("/v1/products?limit=2&{query}&cursor={next}")).await.is(200).json;
                let items = page["items"].as_array().unwrap();
                found.extend(items.iter().map(|row| row["name"].as_str().unwrap().to_owned()));
                match page["next"].as_str() {
                    Some(cursor) => next = cursor.to_owned(),
                    None => return found,
                }
            }
        };
        assert_eq!(names("").await, ["Earrings", "Dress", "Cape", "Beret", "Anorak"]);
        assert_eq!(names("sort=listed").await, ["Anorak", "Beret", "Cape", "Dress", "Earrings"]);
        assert_eq!(names("sort=-price").await, ["Anorak", "Beret", "Cape", "Dress", "Earrings"]);
        assert_eq!(names("sort=name&stock=in").await, ["Anorak", "Dress", "Earrings"]);
        assert_eq!(names("stock=low").await, ["Beret"]);
        assert_eq!(names("stock=out").await, ["Cape"]);
        assert_eq!(names("active=false").await, ["Earrings"]);
        assert_eq!(names("size=s&sort=name").await, ["Anorak", "Cape", "Earrings"]);
        assert_eq!(names("q=cap").await, ["Cape"]);
        assert_eq!(names("q=%25").await, Vec::<String>::new());
        let facets = world.get(&owner, "/v1/products/facets").await.is(200).json;
        assert_eq!(facets["categories"], json!([{"name": "dresses", "count": 4}]));
        assert_eq!(facets["sizes"], json!([{"name": "M", "count": 2}, {"name": "S", "count": 2}]));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_product_is_not_sold_and_comes_back_as_it_was() {
    on_each(|world| async move {
        let (scope, owner) = owner(&world, "malkia").await;
        let made = world.post(&owner, "/v1/products", dress("D1")).await.is(201).json;
        let path = format!("/v1/products/{}", made["id"].as_str().unwrap());
        let offered = async || world.app.store.read(scope).await.unwrap().products().await.unwrap().len();
        let versions = async || world.app.store.read(scope).await.unwrap().versions().await.unwrap();
        let before = versions().await;
        world.delete(&owner, &path).await.is(428);
        world.delete(&owner.changing("\"9\""), &path).await.is(412);
        assert_eq!((offered().await, versions().await), (1, before));
        world.delete(&owner.changing("\"1\""), &path).await.is(204);
        assert_eq!(offered().await, 0);
        assert!(versions().await.catalogue > before.catalogue, "what is remembered of the shop is read again");
        world.get(&owner, &path).await.is(404);
        let variant = made["variants"][0]["id"].as_str().unwrap();
        world.patch(&owner, &format!("/v1/variants/{variant}"), json!({"on_hand": 1})).await.is(404);
        assert_eq!(world.get(&owner, "/v1/products").await.json["items"], json!([]));
        assert_eq!(world.get(&owner, "/v1/products?deleted=true").await.json["items"][0]["sku"], "D1");
        world.post(&owner, "/v1/products", dress("D1")).await.is(409);

        world.post(&owner, &format!("{path}/restore"), json!({})).await.is(204);
        world.post(&owner, &format!("{path}/restore"), json!({})).await.is(204);
        assert_eq!(offered().await, 1);
        let back = world.get(&owner, &path).await.is(200).json;
        assert_eq!(as_it_is(&back), as_it_is(&made));

        // What was not offered is not offered when it is back.
        let mut hidden = as_it_is(&back);
        hidden["active"] = false.into();
        let saved = world.put(&owner.changing(back["version"].to_string()), &path, hidden).await.is(200);
        world.delete(&owner.changing(at(&saved)), &path).await.is(204);
        world.post(&owner, &format!("{path}/restore"), json!({})).await.is(204);
        assert_eq!(offered().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_copy_has_sizes_and_colours_but_no_pieces() {
    on_each(|world| async move {
        let (_, owner) = owner(&world, "malkia").await;
        let made = world.post(&owner, "/v1/products", dress("D1")).await.is(201).json;
        let path = format!("/v1/products/{}/duplicate", made["id"].as_str().unwrap());
        let copy = world.post(&owner, &path, json!({})).await.is(201).json;
        let again = world.post(&owner, &path, json!({})).await.is(201).json;
        assert_eq!((&copy["sku"], &again["sku"]), (&json!("D1-2"), &json!("D1-3")));
        assert_eq!((&copy["active"], &copy["stock"]["on_hand"]), (&json!(false), &json!(0)));
        let shape = |product: &Value| -> Vec<Value> {
            let variants = product["variants"].as_array().unwrap().iter();
            variants.map(|row| json!([row["size"], row["colour"], row["price"], row["threshold"]])).collect()
        };
        assert_eq!(shape(&copy), shape(&made));
    })
    .await;
}

#[tokio::test]
async fn pieces_are_counted_and_each_change_says_why() {
    on_each(|world| async move {
        let (scope, owner) = owner(&world, "malkia").await;
        let made = world.post(&owner, "/v1/products", dress("D1")).await.is(201).json;
        let id: Uuid = made["variants"][0]["id"].as_str().unwrap().parse().unwrap();
        let path = format!("/v1/variants/{id}");
        let counted = world.patch(&owner, &path, json!({"on_hand": 8})).await.is(200).json;
        assert_eq!((&counted["on_hand"], &counted["colour"]), (&json!(8), &json!("red")));
        world.patch(&owner, &path, json!({"delta": -2, "reason": "two were torn"})).await.is(200);
        let held = world.app.store.write(scope, move |tx| {
            Box::pin(async move {
                tx.reserve(&[(VariantId(id), 3)], "DK-1", NOW).await?;
                tx.commit_sale(&[(VariantId(id), 1)], "DK-1", NOW).await
            })
        });
        held.await.unwrap();
        // Five are left, two of them held.
        for body in [json!({"on_hand": 1}), json!({"delta": -4})] {
            let refused = world.patch(&owner, &path, body).await.is(409);
            assert_eq!(refused.problem(), "out_of_stock", "{}", refused.text);
        }
        let wrong = [
            json!({"on_hand": -1}),
            json!({"on_hand": 1, "delta": 1}),
            json!({"delta": i64::MIN}),
            json!({"price": 0}),
            json!({"threshold": 10_001}),
            json!({"colour": "red"}),
        ];
        for body in wrong {
            world.patch(&owner, &path, body).await.is(422);
        }
        let movements = world.get(&owner, &format!("{path}/movements")).await.is(200).json;
        let told: Vec<Value> = movements["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| json!([row["reason"], row["delta"], row["left"], row["by"]]))
            .collect();
        let expected = [
            json!(["sold", -1, 5, "DK-1"]),
            json!(["reserved", 0, 6, "DK-1"]),
            json!(["counted", -2, 6, "two were torn"]),
            json!(["counted", 3, 8, null]),
            json!(["counted", 5, 5, null]),
        ];
        assert_eq!(told, expected);
        let mut parts = world.get(&owner, &format!("{path}/movements?limit=2")).await.is(200).json;
        let next = parts["next"].take();
        let rest = world.get(&owner, &format!("{path}/movements?cursor={}", next.as_str().unwrap())).await.is(200).json;
        assert_eq!(rest["items"][0]["left"], 6);

        // A price that all have is the product's.
        world.patch(&owner, &path, json!({"price": 300_000})).await.is(200);
        let product = format!("/v1/products/{}", made["id"].as_str().unwrap());
        assert_eq!(world.get(&owner, &product).await.json["price"], 300_000);
    })
    .await;
}

#[tokio::test]
async fn what_was_sold_while_a_product_was_edited_stays_sold() {
    on_each(|world| async move {
        let (scope, owner) = owner(&world, "malkia").await;
        let made = world.post(&owner, "/v1/products", dress("D1")).await.is(201).json;
        let id: Uuid = made["variants"][0]["id"].as_str().unwrap().parse().unwrap();
        let sold = world.app.store.write(scope, move |tx| {
            Box::pin(async move {
                tx.reserve(&[(VariantId(id), 2)], "DK-1", NOW).await?;
                tx.commit_sale(&[(VariantId(id), 2)], "DK-1", NOW).await
            })
        });
        sold.await.unwrap();
        let mut body = as_it_is(&made);
        body["name"] = "Gown".into();
        body["variants"][0]["on_hand"] = 6.into();
        for variant in body["variants"].as_array_mut().unwrap() {
            let read = made["variants"].as_array().unwrap().iter().find(|row| row["id"] == variant["id"]).unwrap();
            variant["on_hand_before"] = read["on_hand"].clone();
        }
        let path = format!("/v1/products/{}", made["id"].as_str().unwrap());
        let saved = world.put(&owner.changing("\"1\""), &path, body).await.is(200).json;
        assert_eq!((&saved["variants"][0]["on_hand"], &saved["variants"][1]["on_hand"]), (&json!(4), &json!(2)));
    })
    .await;
}
