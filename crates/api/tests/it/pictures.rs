//! Pictures of products: several, in order, encoded afresh, found at once, and nobody else's.

use std::io::Cursor;

use duka_shop::team::{Right, Role};
use duka_vision::VERSION;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::{
    fixture::dress,
    world::{Caller, NOW, World, on_each},
};

/// A picture of one colour with a frame, so that no two are the same.
fn picture(colour: [u8; 3], side: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(side, side + 40, |x, y| {
        let inside = (side / 4..side * 3 / 4).contains(&x) && y > side / 8;
        Rgb(if inside { colour } else { [240, 240, 236] })
    });
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// The same picture with where it was taken.
fn with_place(jpeg: &[u8]) -> Vec<u8> {
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0 1.2921 S 36.8219 E";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, exif, &jpeg[2..]].concat()
}

struct Shop {
    owner: Caller,
    scope: duka_kernel::TenantScope,
    path: String,
}

async fn shop(world: &World, slug: &str) -> Shop {
    let scope = world.shop(slug).await;
    let owner = world.member(scope, Role::Owner).await.1;
    let made = world.app.store.write(scope, |tx| Box::pin(async move { tx.create_product(&dress("D1"), NOW).await }));
    Shop { owner, scope, path: format!("/v1/products/{}", made.await.unwrap()) }
}

fn urls(product: &Value) -> Vec<String> {
    product["images"].as_array().unwrap().iter().map(|image| image["url"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn several_are_added_put_in_order_described_and_taken_off() {
    on_each(|world| async move {
        let shop = shop(&world, "malkia").await;
        let (owner, images) = (&shop.owner, format!("{}/images", shop.path));
        let red = with_place(&picture([200, 30, 30], 1600, ImageFormat::Jpeg));
        let blue = picture([30, 30, 200], 300, ImageFormat::Png);
        let added = world.upload(owner, &images, &[&red, &blue], &[]).await.is(200).json;
        assert_eq!(urls(&added).len(), 2);
        let again = world.upload(owner, &images, &[&red], &[]).await.is(200).json;
        assert_eq!(urls(&again), urls(&added), "one that is there is not added again");
        let row = world.get(owner, "/v1/products").await.is(200).json["items"][0].clone();
        assert_eq!((&row["image"], &row["images_count"]), (&json!(urls(&added)[0]), &json!(2)));

        let stored = world.get(owner, &urls(&added)[0]).await.is(200);
        assert_eq!(stored.headers["content-type"], "image/jpeg");
        assert_eq!(stored.headers["x-content-type-options"], "nosniff");
        assert_eq!(stored.headers["cache-control"], "private, max-age=31536000, immutable");
        assert!(!stored.text.contains("Exif") && !stored.text.contains("36.8219"));
        let key = world.app.store.read(shop.scope).await.unwrap().products().await.unwrap().remove(0).image.unwrap();
        let bytes = world.app.media.get(shop.scope, &key).await.unwrap();
        let decoded = image::load_from_memory(&bytes).unwrap();
        assert_eq!(decoded.height().max(decoded.width()), 1280);

        // Both are known by what they look like before anybody asks.
        let known = world.app.store.read(shop.scope).await.unwrap().product_pictures(VERSION).await.unwrap();
        assert_eq!(known.iter().filter(|picture| picture.features.is_some()).count(), 2);

        let ids: Vec<Value> = added["images"].as_array().unwrap().iter().map(|image| image["id"].clone()).collect();
        let turned = json!({"order": [ids[1], ids[0]]});
        world.patch(owner, &images, turned).await.is(204);
        let after = world.get(owner, &shop.path).await.is(200).json;
        assert_eq!(urls(&after), [urls(&added)[1].clone(), urls(&added)[0].clone()]);
        for order in [json!([]), json!([ids[0]]), json!([ids[0], ids[0]]), json!([ids[0], ids[1], ids[1]])] {
            let refused = world.patch(owner, &images, json!({ "order": order })).await.is(422);
            assert_eq!(refused.json["errors"][0]["pointer"], "/order");
        }
        let second = format!("{images}/{}", ids[0].as_str().unwrap());
        world.patch(owner, &second, json!({"alt": "From behind"})).await.is(204);
        assert_eq!(world.get(owner, &shop.path).await.json["images"][1]["alt"], "From behind");
        world.delete(owner, &format!("{images}/{}", ids[1].as_str().unwrap())).await.is(204);
        let left = world.get(owner, &shop.path).await.is(200).json;
        assert_eq!(urls(&left), [urls(&added)[0].clone()]);
        assert_eq!(world.get(owner, "/v1/products").await.json["items"][0]["image"], urls(&added)[0]);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_picture_is_refused_whatever_it_calls_itself() {
    on_each(|world| async move {
        let shop = shop(&world, "malkia").await;
        let images = format!("{}/images", shop.path);
        let good = picture([10, 120, 10], 200, ImageFormat::Jpeg);
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#.as_slice();
        let cut = &good[..good.len() / 3];
        for bad in [svg, b"<script>alert(1)</script>", b"\xFF\xD8\xFF", b"GIF89a", cut, b"%PDF-1.7"] {
            let refused = world.upload(&shop.owner, &images, &[&good, bad], &[]).await.is(422);
            assert_eq!(refused.json["errors"][0]["pointer"], "/file/1", "{}", refused.text);
        }
        assert_eq!(world.get(&shop.owner, &shop.path).await.json["images"], json!([]), "all of them or none");
        world.upload(&shop.owner, &images, &[], &[]).await.is(422);
        world.upload(&shop.owner, &images, &[b""], &[]).await.is(422);
        world.post(&shop.owner, &images, json!({})).await.is(415);
        let many = vec![good.as_slice(); 13];
        world.upload(&shop.owner, &images, &many, &[]).await.is(422);

        // A script behind a picture is not in what is stored of it.
        let both = [good.as_slice(), b"<script>alert(1)</script>"].concat();
        let added = world.upload(&shop.owner, &images, &[&both], &[]).await.is(200).json;
        assert!(!world.get(&shop.owner, &urls(&added)[0]).await.is(200).text.contains("script"));
        let all: Vec<Vec<u8>> = (0..12).map(|n| picture([20 * n, 90, 90], 120, ImageFormat::Png)).collect();
        let all: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        assert_eq!(world.upload(&shop.owner, &images, &all, &[]).await.is(409).problem(), "conflict");
    })
    .await;
}

#[tokio::test]
async fn files_are_the_shops_own_and_customers_photos_need_the_right_to_conversations() {
    on_each(|world| async move {
        let (own, other) = (shop(&world, "malkia").await, shop(&world, "zuri").await);
        let photo = picture([200, 200, 10], 200, ImageFormat::Jpeg);
        let added = world.upload(&own.owner, &format!("{}/images", own.path), &[&photo], &[]).await.is(200).json;
        let url = urls(&added).remove(0);
        world.get(&other.owner, &url).await.is(404);
        world.upload(&other.owner, &format!("{}/images", own.path), &[&photo], &[]).await.is(404);
        for path in
            ["/v1/media/x", "/v1/media/..%2F..%2Fduka.db", &url.to_uppercase().replace("/V1/MEDIA", "/v1/media")]
        {
            world.get(&own.owner, path).await.is(404);
        }
        let sent = world.app.media.put(own.scope, "from a customer".into(), "image/jpeg").await.unwrap();
        let list = world.app.media.put(own.scope, "sku,name\n".into(), "text/csv").await.unwrap();
        for stored in [sent.clone(), list.clone()] {
            let noted =
                world.app.store.write_with(own.scope, stored, |tx, stored| Box::pin(tx.record_media(stored, NOW)));
            noted.await.unwrap();
        }
        let counting = world.allowed(own.scope, &[Right::AnalyticsView]).await;
        let talking = world.allowed(own.scope, &[Right::ConversationsView]).await;
        world.get(&counting, &url).await.is(200);
        world.get(&counting, &format!("/v1/media/{}", sent.hash)).await.is(403);
        world.get(&talking, &format!("/v1/media/{}", sent.hash)).await.is(200);
        world.get(&own.owner, &format!("/v1/media/{}", list.hash)).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_photo_proposes_what_to_say_of_a_product() {
    on_each(|world| async move {
        let shop = shop(&world, "malkia").await;
        let photo = include_bytes!("../../../../demo/catalogue-images/zc-001.jpg").as_slice();
        let said = world.upload(&shop.owner, "/v1/products/describe", &[photo], &[]).await.is(200).json;
        assert!(said["category"].is_string() && !said["colours"].as_array().unwrap().is_empty(), "{said}");
        assert!(said["name"].as_str().unwrap().to_lowercase().contains(said["category"].as_str().unwrap()), "{said}");
        world.upload(&shop.owner, "/v1/products/describe", &[b"no picture"], &[]).await.is(422);
    })
    .await;
}
