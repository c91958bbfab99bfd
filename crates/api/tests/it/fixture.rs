//! Two shops that have something of everything, so that each operation of the description can be called on it.

use duka_kernel::{SessionId, TenantScope};
use duka_shop::team::{Rights, Role};
use duka_store::{api_keys::NewKey, sessions::Seen, team::MemberRole};
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
    let order = selling::order_of(world, scope, slug).await;
    let mut names = floor::fill(world, scope, slug).await;
    names.extend([
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
