//! Pictures through the built program: looked at once, found in the own shop alone, and harmless whatever they are.

use bytes::Bytes;
use duka_doubles::HostedMedia;
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use serde_json::{Value, json};

use crate::support::{
    Installation, Outside,
    console::{Console, words},
    customer::{Customer, text},
    on_each_database,
    shop::{TestShop, picture},
    until,
};

/// More than a phone's largest photo takes while it is decoded at a fraction of its size, beside the program itself.
const MEMORY_KIB: u64 = 700 * 1024;

#[tokio::test]
async fn pictures_that_did_not_change_are_not_looked_at_again() {
    on_each_database(async |installation| {
        let shop = TestShop::kito();
        installation.put("empty.csv", "sku,name,price\nKT-000,Brown Belt,900\n");
        let file = shop.write(&installation);
        installation.put(&file, format!("tenants:\n{}", shop.entry().replace("kito.csv", "empty.csv")));
        installation.run(&["tenant", "apply", &file]).await.fine();
        let import = async || -> Value {
            let command = ["import", "products", "--tenant", "kito", "kito.csv", "--images", "pictures", "--json"];
            serde_json::from_str(&installation.run(&command).await.fine()).unwrap()
        };
        let tables = installation.tables().await;
        assert_eq!(import().await["looked_at"], 2, "the two products that have a picture");
        assert_eq!(tables.count("looks").await, 2);
        assert_eq!(import().await["looked_at"], 0, "another process, the same catalogue");
        installation
            .put("kito.csv", shop.catalogue.replace("2800,", "2900,").replace("Red Wrap Dress", "Scarlet Wrap Dress"));
        let renamed = import().await;
        assert_eq!(
            (&renamed["looked_at"], &renamed["updated"]),
            (&json!(0), &json!(["KT-001"])),
            "the picture is the same"
        );
        installation.put("pictures/zc-003.jpg", picture("zc-007.jpg"));
        assert_eq!(import().await["looked_at"], 1, "the one that is another now");
        assert_eq!(import().await["looked_at"], 0);
    })
    .await;
}

#[tokio::test]
async fn a_photo_finds_only_what_the_asked_shop_sells() {
    on_each_database(async |installation| {
        let (kito, pwani) = (TestShop::kito(), TestShop::pwani());
        kito.apply(&installation).await;
        pwani.apply(&installation).await;
        // Each shop's own picture, sent to both.
        for (photo, owner, other) in [("zc-003.jpg", &kito, &pwani), ("zc-001.jpg", &pwani, &kito)] {
            installation.put("photo.jpg", picture(photo));
            for asked in [owner, other] {
                let mut console = Console::open(&installation, &asked.slug);
                let answer = console.line(json!({"image": "photo.jpg", "text": "do you have this?"})).await;
                console.close().await;
                let said = words(&answer);
                let names = |shop: &TestShop| -> Vec<String> {
                    let rows = shop.catalogue.lines().skip(1);
                    rows.filter_map(|row| row.split(',').nth(1)).map(str::to_owned).collect()
                };
                let stranger = if asked.slug == owner.slug { other } else { owner };
                assert!(names(asked).iter().any(|name| said.contains(name)), "{photo} at {}: {said}", asked.slug);
                for name in names(stranger) {
                    assert!(!said.contains(&name), "{photo} at {}: {name} is of {}: {said}", asked.slug, stranger.slug);
                }
            }
        }
    })
    .await;
}

/// A PNG that announces a size and has no pixels to show for it.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let body = [name.as_slice(), data].concat();
        let crc = body.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
        });
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &body, &(!crc).to_be_bytes()].concat()
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let pixels = [0x78, 0x9c, 0x03, 0, 0, 0, 0, 1];
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &header), &chunk(b"IDAT", &pixels), &chunk(b"IEND", &[])].concat()
}

/// A photograph of forty megapixels, as new phones make them.
fn forty_megapixels() -> Vec<u8> {
    let pixels = RgbImage::from_pixel(8_000, 5_000, Rgb([170, 40, 60]));
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 70).encode_image(&pixels).unwrap();
    bytes
}

fn hosted(outside: &Outside, content_type: &str, bytes: Vec<u8>) -> String {
    outside.twilio.host_media(HostedMedia::File { content_type: content_type.into(), bytes: Bytes::from(bytes) })
}

fn media<'a>(address: &'a str, content_type: &'a str) -> [(&'a str, &'a str); 3] {
    [("NumMedia", "1"), ("MediaUrl0", address), ("MediaContentType0", content_type)]
}

/// The most memory that a process ever had, in KiB.
fn memory_peak(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn enormous_pictures_and_bombs_hurt_nobody_else() {
    let outside = Outside::start().await;
    let installation = outside.around(Installation::new().await);
    let shop = TestShop::kito();
    shop.apply(&installation).await;
    let server = installation.serve().await;
    let tables = installation.tables().await;
    let bombs = [bomb(50_000, 50_000), bomb(16_000, 16_000), bomb(8_000, 5_000), bomb(1, 60_000)];
    let bombs = bombs.map(|bytes| (hosted(&outside, "image/png", bytes), "image/png"));
    let photo = (hosted(&outside, "image/jpeg", forty_megapixels()), "image/jpeg");

    let senders: Vec<Customer> = (0..8).map(|n| Customer::of(&shop, &format!("25471200010{n}"), "Otieno")).collect();
    for (sender, (address, kind)) in
        senders.iter().zip([&photo, &bombs[0], &bombs[1], &photo, &bombs[2], &photo, &bombs[3], &photo])
    {
        assert_eq!(sender.send(&server, &outside.twilio, &media(address, kind)).await.status, 200);
    }
    let other = Customer::of(&shop, "254712345678", "Wanjiku");
    other.write(&server, &outside.twilio, "do you have the red wrap dress in M?").await;
    let answer = until("another customer's answer", async || {
        let got = text(&other.got(&outside.twilio));
        (!got.is_empty()).then_some(got)
    });
    assert!(answer.await.contains("Red Wrap Dress"));

    tables.settled().await;
    for sender in &senders {
        let got = text(&sender.got(&outside.twilio));
        assert!(!got.trim().is_empty(), "{} got no answer:\n{}", sender.phone, server.log());
        assert!(!got.to_lowercase().contains("error"), "{got}");
    }
    let kept = tables.count("messages WHERE direction = 'in' AND media_key IS NOT NULL").await;
    assert_eq!(kept, 4, "the photo, each time; of the bombs nothing");
    assert_eq!(tables.count("media WHERE bytes > 1048576").await, 0, "and that small");
    assert!(memory_peak(server.pid()) < MEMORY_KIB, "{} KiB", memory_peak(server.pid()));
    assert_eq!(server.get("/health/ready").await.unwrap().status(), 200);
    assert!(!server.log().contains("panicked"), "{}", server.log());
    server.stop().await;
}

#[tokio::test]
async fn a_picture_and_the_words_after_it_are_one_question() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        // Long enough for both to arrive within it.
        let installation = outside.around(installation).with("DUKA_QUIET_MS", "1500");
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let tables = installation.tables().await;
        let wanjiku = Customer::of(&shop, "254712345678", "Wanjiku");
        let address = hosted(&outside, "image/jpeg", picture("zc-003.jpg"));
        assert_eq!(wanjiku.send(&server, &outside.twilio, &media(&address, "image/jpeg")).await.status, 200);
        wanjiku.write(&server, &outside.twilio, "uko nayo size XL?").await;
        tables.settled().await;
        let said = text(&wanjiku.got(&outside.twilio));
        assert!(said.contains("Red Wrap Dress") && said.contains("XL"), "of the piece in the picture: {said}");
        assert_eq!(tables.count("messages WHERE direction = 'in'").await, 2);
        assert_eq!(
            tables.number("SELECT COUNT(DISTINCT answered_at) FROM messages WHERE direction = 'in'").await,
            1,
            "one answer: {said}"
        );
        let answer = wanjiku.says(&server, &outside.twilio, "sawa, nipe size M").await;
        let cart = wanjiku.says(&server, &outside.twilio, "what is in my cart?").await;
        assert!(cart.contains("Red Wrap Dress") && cart.contains("2,800"), "{answer}\n{cart}");
        server.stop().await;
    })
    .await;
}
