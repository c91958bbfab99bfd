//! Two shops that have something of everything, so that each operation of the description can be called on it.

use duka_kernel::{Colour, Currency, Money, SessionId, Size, TenantScope};
use duka_shop::team::{Rights, Role};
use duka_store::{
    api_keys::NewKey,
    catalogue::{Counted, Draft, DraftVariant},
    imports::{Import, ImportState},
    sessions::Seen,
    team::MemberRole,
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    floor, selling,
    world::{Caller, NOW, World},
};

/// A shop of a test, and what of it stands in addresses.
pub struct Filled {
    pub scope: TenantScope,
    pub owner: Caller,
    names: Vec<(&'static str, String)>,
}

impl Filled {
    /// What stands in an address for a name in braces.
    ///
    /// # Panics
    /// If this fixture does not know the name: then it has to be filled in below.
    pub fn name(&self, name: &str) -> &str {
        let found = self.names.iter().find(|(known, _)| *known == name);
        &found.unwrap_or_else(|| panic!("put something for {{{name}}} into fill() of tests/it/fixture.rs")).1
    }

    /// An address with everything filled in. `{id}` is of what the address names before it: in `/orders/{id}` it is
    /// known here as `orders/id`.
    pub fn path(&self, template: &str) -> String {
        let mut path = String::new();
        let mut family = "";
        for part in template.split('{') {
            let rest = match part.split_once('}') {
                Some(("id", rest)) => {
                    path.push_str(self.name(&format!("{family}/id")));
                    rest
                }
                Some((name, rest)) => {
                    path.push_str(self.name(name));
                    rest
                }
                None => part,
            };
            path.push_str(rest);
            family = rest.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        }
        path
    }

    /// Everything that stands in addresses of this shop.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(_, value)| value.as_str())
    }
}

/// A shop with one of each thing that has an address.
pub async fn fill(world: &World, slug: &str) -> Filled {
    let scope = world.shop(slug).await;
    let (_, owner) = world.member(scope, Role::Owner).await;
    let (other, _) = world.member(scope, Role::Analyst).await;
    let seen = Seen { agent: format!("agent-of-{slug}"), address: "10.0.0.1".into() };
    let session: SessionId = world
        .app
        .store
        .system_write_with(seen, move |tx, seen| {
            Box::pin(async move { Ok(tx.begin_session(other, false, seen, NOW).await?.session) })
        })
        .await
        .unwrap();
    let label = format!("key-of-{slug}");
    let made = world.app.store.write_with(scope, label, |tx, label| {
        Box::pin(async move {
            let role = tx.create_role(label, Rights::NONE, NOW).await?;
            let admin = MemberRole::BuiltIn(Role::Admin);
            let (invitation, token) = tx.invite("asked@example.com", admin, NOW.plus_seconds(3600), NOW).await?;
            let new = NewKey { label: label.clone(), rights: None, expires_at: None };
            let (key, _) = tx.make_api_key(&new, NOW).await?;
            Ok((role, invitation, token, key))
        })
    });
    let (role, invitation, token, key) = made.await.unwrap();
    let (product, variant, image, hash) = a_product(world, scope).await;
    let import = a_list(world, scope).await;
    let order = selling::order_of(world, scope, slug).await;
    let mut names = floor::fill(world, scope, slug).await;
    names.extend([
        ("products/id", product),
        ("variants/id", variant),
        ("imports/id", import),
        ("image", image),
        ("hash", hash),
        ("invitation", invitation.to_string()),
        ("key", key.to_string()),
        ("orders/id", order.to_string()),
        ("role", role.to_string()),
        ("session", session.to_string()),
        ("tenant", scope.tenant().to_string()),
        ("token", token.expose_secret().to_owned()),
        ("user", other.to_string()),
    ]);
    Filled { scope, owner, names }
}

/// A product with a picture: the product, its size, its picture, and the picture's hash, which is of this shop alone.
async fn a_product(world: &World, scope: TenantScope) -> (String, String, String, String) {
    let content = format!("a picture of {}", scope.tenant());
    let stored = world.app.media.put(scope, content.into(), "image/jpeg").await.unwrap();
    let made = world.app.store.write_with(scope, stored, |tx, stored| {
        Box::pin(async move {
            let product = tx.create_product(&dress("WALK-1"), NOW).await?;
            tx.record_media(stored, NOW).await?;
            tx.add_product_image(product, &stored.key, NOW).await?;
            let image = tx.product_images(product).await?.remove(0).id;
            let variant = duka_store::pages::product::product(tx, product, 3).await?.variants.remove(0).id;
            Ok((product.to_string(), variant.to_string(), image.to_string(), stored.hash.clone()))
        })
    });
    made.await.unwrap()
}

/// A list of one product that was read and not taken over.
async fn a_list(world: &World, scope: TenantScope) -> String {
    let content = format!("sku,name,price\nL1,List of {},1500\n", scope.tenant());
    let stored = world.app.media.put(scope, content.into(), "text/csv").await.unwrap();
    let import = Import {
        id: Uuid::now_v7(),
        kind: "products".into(),
        state: ImportState::Preview,
        media_key: stored.key,
        mapping: [("name".to_owned(), "name".to_owned())].into(),
        problems: Vec::new(),
        total: 1,
        done: 0,
        created: 0,
        updated: 0,
        failed: 0,
    };
    let id = import.id.to_string();
    let kept = world.app.store.write_with(scope, import, |tx, import| Box::pin(tx.keep_import(import, NOW)));
    kept.await.unwrap();
    id
}

/// A dress in S and M, five pieces of each.
pub fn dress(sku: &str) -> Draft {
    let price = Money::from_major(2_800, Currency::Kes);
    let variant = |size: &str| DraftVariant {
        id: None,
        size: Size::parse(size),
        colour: None,
        price,
        stock: Counted::To(5),
        threshold: None,
    };
    Draft {
        sku: sku.into(),
        name: "Wrap dress".into(),
        description: "Light".into(),
        category: "dress".into(),
        price,
        compare_at: None,
        tags: vec!["party".into()],
        attributes: [("fabric".to_owned(), "cotton".to_owned())].into(),
        colours: vec![Colour::Red],
        active: true,
        variants: vec![variant("S"), variant("M")],
    }
}

/// A body that an operation takes, where one that is made from its schema means nothing.
pub fn body(operation: &str) -> Option<Value> {
    Some(match operation {
        "change_member" => json!({"role": "analyst"}),
        "move_order" => json!({"state": "processing"}),
        "note_order" => json!({"text": "Call first"}),
        "update_role" => json!({"name": "Packer", "rights": []}),
        _ => return None,
    })
}

/// Something that stands in an address and is nobody's.
pub fn nobodys(template: &str) -> String {
    template
        .split('{')
        .map(|part| part.split_once('}').map_or(part.to_owned(), |(_, rest)| format!("{}{rest}", Uuid::nil())))
        .collect()
}
