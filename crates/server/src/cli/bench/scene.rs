//! What is measured on: generated shops, and what their customers write.

use std::{fmt::Write as _, path::Path};

use anyhow::Result;
use duka_assistant::{App, app::Left};
use duka_doubles::twilio::{ACCOUNT_SID, AUTH_TOKEN};
use tokio::sync::mpsc;
use url::Url;

use crate::{
    config::Config,
    installation,
    seeding::{self, Source},
};

/// Shops of the installation that is put under load.
pub const SHOPS: usize = 50;

/// Products of each of them.
pub const PRODUCTS: usize = 100;

/// What webhooks are signed for.
pub const PUBLIC_URL: &str = "http://bench.example";

/// Conversations as customers lead them, in English, Swahili and Sheng. Each ends as it began, with an empty cart,
/// so that it can be had again and again.
pub const TALKS: [&[&str]; 6] = [
    &[
        "hi",
        "do you have a red dress under 4000?",
        "the first one, size M",
        "how much is delivery to Westlands?",
        "show me my cart",
        "remove it",
        "thanks",
    ],
    &[
        "hello, what are your opening hours?",
        "I'm looking for black heels size 38",
        "any other colours?",
        "ok thank you",
    ],
    &[
        "habari za leo",
        "natafuta gauni la harusi rangi ya bluu",
        "nipe ya kwanza size L",
        "mnapeleka Kilimani? ni pesa ngapi?",
        "ondoa kwenye kikapu",
        "asante sana",
    ],
    &["mko wapi?", "mnauza viatu vya wanaume?", "bei ya mwisho ni ngapi?", "sawa, nitarudi"],
    &["niaje", "uko na hoodie black size L?", "nipe ya pili", "ni how much in total?", "toa hiyo", "poa, asante msee"],
    &[
        "sasa, mko na sneakers white za 42?",
        "something for a church wedding, size M, below 5k",
        "can I return it if it does not fit?",
        "do you take mpesa?",
        "tuonane kesho",
    ],
];

/// The WhatsApp address of a shop, by its number from 0.
pub fn shop_address(shop: usize) -> String {
    format!("whatsapp:+2547000{:05}", 1 + shop)
}

/// Opens an installation in a folder.
pub async fn open(config: &Config, folder: &Path) -> Result<(App, mpsc::UnboundedReceiver<Left>)> {
    let config = Config {
        database_url: format!("sqlite://{}", folder.join("duka.db").display()),
        data_dir: folder.to_owned(),
        media_url: None,
        master_key: None,
        public_url: Url::parse(PUBLIC_URL)?,
        ..config.clone()
    };
    let store = installation::open_current(&config).await?;
    installation::assemble(&config, store)
}

/// Makes so many shops of so many products in a folder.
pub async fn shops(config: &Config, folder: &Path, shops: usize, products: usize) -> Result<()> {
    let (app, _) = open(config, folder).await?;
    let mut yaml = String::from("tenants:\n");
    for shop in 0..shops {
        write!(
            yaml,
            r#"
  bench-{shop}:
    name: Bench {shop}
    slug: bench-{shop}
    owner_phone: "2547110{shop:05}"
    catalogue: "{products}"
    currency: KES
    hours: {{mon: ["09:00", "18:30"], tue: ["09:00", "18:30"], wed: ["09:00", "18:30"], sat: ["09:00", "16:00"]}}
    location: "Sunbird Mall, 1st floor, Ngong Road, Nairobi"
    payment_methods: ["M-Pesa STK push"]
    delivery:
      zones:
        - {{name: nairobi, fee: 250, areas: [CBD, Westlands, Kilimani]}}
        - {{name: upcountry, fee: 450, areas: []}}
    returns: {{days: 7, condition: "unworn, tags on", refund: "M-Pesa within 3 working days"}}
    channels:
      - {{kind: twilio, number: "{}", account_sid: {ACCOUNT_SID}, auth_token: "{AUTH_TOKEN}"}}
"#,
            shop_address(shop).trim_start_matches("whatsapp:")
        )?;
    }
    seeding::apply(&app, &yaml, &Generated).await?;
    app.store.close().await;
    Ok(())
}

/// Catalogues by the number of their products.
struct Generated;

impl Source for Generated {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        Ok(path.parse().ok().map(|count| catalogue(count).into_bytes()))
    }
}

/// A catalogue file of so many products, the same every time.
fn catalogue(count: usize) -> String {
    const NAMES: [&str; 7] = ["Zawadi", "Amani", "Nyota", "Malaika", "Imara", "Pwani", "Waridi"];
    const STYLES: [&str; 5] = ["Floral", "Plain", "Striped", "Lace", "Denim"];
    const COLOURS: [&str; 7] = ["red", "black", "blue", "white", "green", "pink", "brown"];
    const KINDS: [(&str, &str, &str); 8] = [
        ("Midi Dress", "dress", "S:40|M:60|L:50|XL:0"),
        ("Block Heels", "shoes", "37:40|38:40|39:0|40:30"),
        ("Wedding Gown", "dress", "S:30|M:30|L:20"),
        ("Sneakers", "shoes", "38:40|40:0|42:50"),
        ("Tote Bag", "bag", "ONE:90"),
        ("Hoodie", "hoodie", "M:40|L:50|XL:60"),
        ("Jeans", "jeans", "30:40|32:0|34:50"),
        ("Pencil Skirt", "skirt", "S:20|M:50|L:40"),
    ];
    const TAGS: [&str; 6] = ["church", "office", "party", "beach", "wedding", "casual"];
    let mut csv = String::from("sku,name,description,category,colors,sizes,price,tags\n");
    for at in 0..count {
        let (kind, category, sizes) = KINDS[at % KINDS.len()];
        let (name, style) = (NAMES[at / 3 % NAMES.len()], STYLES[at / 5 % STYLES.len()]);
        let colour = COLOURS[at % COLOURS.len()];
        let (tag, other) = (TAGS[at % TAGS.len()], TAGS[at / 7 % TAGS.len()]);
        let price = 800 + at * 370 % 7_000;
        csv.push_str(&format!(
            "BN-{at:05},{name} {colour} {style} {kind},\"{colour} {style} {kind} with a careful finish and a soft lining.\",\
             {category},{colour},{sizes},{price},{tag}|{other}\n"
        ));
    }
    csv
}
