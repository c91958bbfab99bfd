//! Shops to sell from.

use std::fmt::Write;

use duka_doubles::{
    paylink::{API_KEY, USERNAME},
    twilio::{ACCOUNT_SID, AUTH_TOKEN},
};

use super::Installation;

/// What the products are, with the pictures of the demo shop. `KT-004` is the last piece of its kind.
pub const CATALOGUE: &str = "\
sku,name,description,category,colors,sizes,price,tags,image
KT-001,Red Wrap Dress,Soft red wrap dress that ties at the waist.,dress,red,S:4|M:6|L:3|XL:0,2800,wrap|party,zc-003.jpg
KT-002,Blue Floral Dress,Blue midi dress with white flowers.,dress,blue,S:2|M:1|L:3,2500,floral|church,zc-002.jpg
KT-003,Brown Tote Handbag,Big brown tote handbag with a zip.,bag,brown,ONE:10,2600,tote|office,
KT-004,Green Silk Scarf,Green head scarf of silk.,scarf,green,ONE:1,500,silk,
KT-005,White Cotton T-shirt,Plain white round-neck t-shirt.,tshirt,white,S:30|M:30|L:20,800,plain|basic,
";

/// How a shop is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaidThrough {
    PayLink,
    Sandbox,
}

/// A shop as its file says.
#[derive(Clone, Debug)]
pub struct TestShop {
    pub slug: String,
    pub name: String,
    /// Digits.
    pub number: String,
    /// Digits.
    pub owner: String,
    pub account_sid: String,
    pub auth_token: String,
    pub paid_through: PaidThrough,
    pub catalogue: String,
    pub reservation_minutes: u32,
    /// Further lines of the shop's mapping, indented by four.
    pub more: String,
}

impl TestShop {
    /// On the number that the Twilio double writes to unless told otherwise, paid through PayLink.
    pub fn kito() -> Self {
        Self {
            slug: "kito".into(),
            name: "Kito Boutique".into(),
            number: "254700000001".into(),
            owner: "254700000901".into(),
            account_sid: ACCOUNT_SID.into(),
            auth_token: AUTH_TOKEN.into(),
            paid_through: PaidThrough::PayLink,
            catalogue: CATALOGUE.into(),
            reservation_minutes: 30,
            more: String::new(),
        }
    }

    /// Another shop with another account, number and products, paid through PayLink too.
    pub fn pwani() -> Self {
        Self {
            slug: "pwani".into(),
            name: "Pwani Shoes".into(),
            number: "254700000002".into(),
            owner: "254700000902".into(),
            account_sid: "AC00000000000000000000000000000002".into(),
            auth_token: "98765432109876543210987654321098".into(),
            catalogue: "\
sku,name,description,category,colors,sizes,price,tags,image
PW-001,White Canvas Sneakers,White sneakers of canvas.,shoes,white,39:4|40:4|41:4|42:4,3000,casual,zc-001.jpg
PW-002,Black Leather Sandals,Black sandals of leather.,shoes,black,38:3|39:3,1500,beach,zc-004.jpg
"
            .into(),
            ..Self::kito()
        }
    }

    /// WhatsApp's address of the shop.
    pub fn address(&self) -> String {
        format!("whatsapp:+{}", self.number)
    }

    /// The entry of the shop in a shop file.
    pub fn entry(&self) -> String {
        let Self { slug, name, number, owner, account_sid, auth_token, reservation_minutes, more, .. } = self;
        let mut entry = format!(
            "  {slug}:
    name: {name}
    slug: {slug}
    owner_phone: \"{owner}\"
    catalogue: {slug}.csv
    images: pictures
    currency: KES
    default_language: en
    hours: {{mon: [\"09:00\", \"18:00\"], tue: [\"09:00\", \"18:00\"], sun: null}}
    location: \"Biashara Plaza, 1st floor, Nairobi CBD\"
    manual_payment: \"Till 555111, {name}\"
    delivery:
      zones:
        - {{name: cbd, fee: 100, areas: [CBD, Town]}}
        - {{name: nairobi, fee: 250, areas: [Westlands, Kilimani]}}
        - {{name: upcountry, fee: 400, areas: []}}
      pickup: true
    coupons:
      - {{code: KARIBU10, type: percent, value: 10, min_subtotal: 2000, expires: \"2099-12-31\"}}
    returns: {{days: 7, condition: \"unworn, tags on\", refund: \"M-Pesa within 3 working days\"}}
    reservation_minutes: {reservation_minutes}
    channels: [{{kind: twilio, number: \"+{number}\", account_sid: {account_sid}, auth_token: \"{auth_token}\"}}]
"
        );
        if self.paid_through == PaidThrough::PayLink {
            writeln!(entry, "    payments: [{{provider: paylink, username: {USERNAME}, api_key: {API_KEY}}}]").unwrap();
        }
        entry + more
    }

    /// Puts the shop's file, products and pictures into an installation's folder and gives the file's name.
    pub fn write(&self, installation: &Installation) -> String {
        let file = format!("{}.yaml", self.slug);
        installation.put(&format!("{}.csv", self.slug), &self.catalogue);
        for number in 1..=4 {
            let name = format!("zc-{number:03}.jpg");
            installation.put(&format!("pictures/{name}"), picture(&name));
        }
        installation.put(&file, format!("tenants:\n{}", self.entry()));
        file
    }

    /// Applies the shop.
    pub async fn apply(&self, installation: &Installation) {
        let file = self.write(installation);
        installation.run(&["tenant", "apply", &file]).await.fine();
    }
}

/// A picture of the demo shop.
pub fn picture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../demo/catalogue-images/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
