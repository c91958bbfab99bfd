//! The team: inviting, changing, removing; roles and keys; what is written down of it.

use duka_shop::team::Role;
use duka_store::team::MemberRole;
use serde_json::{Value, json};

use crate::world::{Caller, PASSWORD, on_each};

fn token(link: &Value) -> String {
    link.as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn someone_is_invited_joins_with_less_and_is_out_at_once_when_removed() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let asked = json!({"email": "otieno@example.com", "role": "support_lead"});
        let invited = world.post(&owner, "/v1/team/invitations", asked).await.is(201);
        assert!(invited.json["link"].as_str().unwrap().starts_with("https://duka.example/invitation/"));
        let token = token(&invited.json["link"]);
        let listed = world.get(&owner, "/v1/team/invitations").await.is(200);
        assert!(listed.json["items"][0]["link"].is_null() && !listed.text.contains(&token));
        let seen = world.get(&Caller::stranger(), &format!("/v1/invitations/{token}")).await.is(200);
        assert_eq!(
            (seen.json["shop"].as_str(), seen.json["has_account"].as_bool()),
            (Some("Shop malkia"), Some(false))
        );

        let accept = format!("/v1/invitations/{token}/accept");
        world.post(&Caller::stranger(), &accept, json!({"name": "Otieno", "password": "short"})).await.is(422);
        let joined =
            world.post(&Caller::stranger(), &accept, json!({"name": "Otieno", "password": PASSWORD})).await.is(200);
        world.post(&Caller::stranger(), &accept, json!({"name": "Otieno", "password": PASSWORD})).await.is(404);
        let otieno = Caller::bearer(joined.json["token"].as_str().unwrap()).at("malkia");
        let me = world.get(&otieno, "/v1/me").await.is(200);
        assert!(!me.json["rights"].as_array().unwrap().contains(&json!("users:manage")));
        world.get(&otieno, "/v1/team").await.is(403);

        let team = world.get(&owner, "/v1/team").await.is(200);
        let id = team.json["items"][1]["id"].as_str().unwrap();
        world.patch(&owner, &format!("/v1/team/{id}"), json!({"role": "admin"})).await.is(204);
        world.get(&otieno, "/v1/team").await.is(200);
        world.delete(&owner, &format!("/v1/team/{id}")).await.is(204);
        world.get(&otieno, "/v1/me").await.is(401);

        let log = world.get(&owner, "/v1/audit").await.is(200);
        let what: Vec<&str> =
            log.json["items"].as_array().unwrap().iter().map(|e| e["what"].as_str().unwrap()).collect();
        assert_eq!(what, ["member.removed", "member.changed", "member.joined", "invitation.created"]);
        assert_eq!(log.json["items"][1]["before"], json!({"role": "support_lead"}));
        assert_eq!(log.json["items"][1]["after"], json!({"role": "admin"}));
        assert!(!log.text.contains("otieno@example.com") && !log.text.contains(&token), "{}", log.text);
        let one = world.get(&owner, "/v1/audit?what=member.joined&limit=1").await.is(200);
        assert_eq!(one.json["items"][0]["actor"]["name"], "Otieno");
    })
    .await;
}

#[tokio::test]
async fn one_person_is_in_several_shops_with_what_they_are_in_each() {
    on_each(|world| async move {
        let (one, other) = (world.shop("malkia").await, world.shop("zuri").await);
        let (_, owner) = world.member(one, Role::Owner).await;
        let user = world.user("achieng@example.com", Some(PASSWORD)).await;
        world.join(other, user, MemberRole::BuiltIn(Role::Owner)).await;
        let asked = json!({"email": "achieng@example.com", "role": "analyst"});
        let invited = world.post(&owner, "/v1/team/invitations", asked).await.is(201);
        let accept = format!("/v1/invitations/{}/accept", token(&invited.json["link"]));
        world.post(&Caller::stranger(), &accept, json!({"password": "not the password"})).await.is(401);
        let joined = world.post(&Caller::stranger(), &accept, json!({"password": PASSWORD})).await.is(200);
        assert_eq!(joined.json["shops"].as_array().unwrap().len(), 2);
        let caller = Caller::bearer(joined.json["token"].as_str().unwrap());
        world.get(&caller.at("malkia"), "/v1/team").await.is(403);
        world.get(&caller.at("zuri"), "/v1/team").await.is(200);
        assert_eq!(world.get(&caller, "/v1/me").await.is(400).problem(), "no_shop");
        // Out of one shop they stay in the other.
        world.delete(&owner, &format!("/v1/team/{user}")).await.is(204);
        world.get(&caller.at("malkia"), "/v1/me").await.is(404);
        world.get(&caller.at("zuri"), "/v1/me").await.is(200);
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_or_takes_what_they_do_not_have() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (owner, _) = world.member(scope, Role::Owner).await;
        let (finance, _) = world.member(scope, Role::FinanceAdmin).await;
        let (admin_id, admin) = world.member(scope, Role::Admin).await;
        for role in ["owner", "finance_admin"] {
            let refused = world.patch(&admin, &format!("/v1/team/{admin_id}"), json!({"role": role})).await.is(403);
            assert!(refused.text.contains("finance:withdraw:approve"), "{}", refused.text);
            let asked = json!({"email": "a@example.com", "role": role});
            world.post(&admin, "/v1/team/invitations", asked).await.is(403);
        }
        for stronger in [owner, finance] {
            world.patch(&admin, &format!("/v1/team/{stronger}"), json!({"role": "analyst"})).await.is(403);
            world.delete(&admin, &format!("/v1/team/{stronger}")).await.is(403);
        }
        let role = json!({"name": "Cashier", "rights": ["finance:withdraw:approve"]});
        world.post(&admin, "/v1/roles", role).await.is(403);
        let key = json!({"label": "payouts", "rights": ["finance:withdraw:approve"]});
        world.post(&admin, "/v1/api-keys", key).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_shop_keeps_an_owner() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (id, owner) = world.member(scope, Role::Owner).await;
        assert_eq!(world.delete(&owner, &format!("/v1/team/{id}")).await.is(409).problem(), "last_owner");
        world.patch(&owner, &format!("/v1/team/{id}"), json!({"role": "admin"})).await.is(409);
        world.member(scope, Role::Owner).await;
        world.patch(&owner, &format!("/v1/team/{id}"), json!({"role": "admin"})).await.is(204);
    })
    .await;
}

#[tokio::test]
async fn a_role_of_two_rights_allows_these_two_only() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let made = json!({"name": "Auditor", "rights": ["audit:view", "integrations:manage"]});
        let made = world.post(&owner, "/v1/roles", made).await.is(201);
        let (user, caller) = world.member(scope, Role::Analyst).await;
        let role = made.json["id"].as_str().unwrap();
        world.patch(&owner, &format!("/v1/team/{user}"), json!({"role": role})).await.is(204);
        world.get(&caller, "/v1/audit").await.is(200);
        world.get(&caller, "/v1/api-keys").await.is(200);
        world.get(&caller, "/v1/team").await.is(403);
        assert_eq!(world.get(&caller, "/v1/me").await.json["rights"], json!(["integrations:manage", "audit:view"]));
        let less = json!({"name": "Auditor", "rights": ["audit:view"]});
        world.patch(&owner, &format!("/v1/roles/{role}"), less).await.is(200);
        world.get(&caller, "/v1/api-keys").await.is(403);
        assert_eq!(world.delete(&owner, &format!("/v1/roles/{role}")).await.is(409).problem(), "in_use");
        for name in ["owner", "Finance Admin", "", &"x".repeat(61)] {
            world.post(&owner, "/v1/roles", json!({"name": name, "rights": []})).await.is(422);
        }
        let unknown =
            world.post(&owner, "/v1/roles", json!({"name": "X", "rights": ["audit:view", "root"]})).await.is(422);
        assert_eq!(unknown.json["errors"][0]["pointer"], "/rights/1");
    })
    .await;
}

#[tokio::test]
async fn a_key_works_for_its_shop_and_rights_until_it_ends_or_is_replaced() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        world.shop("zuri").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let until = world.clock.now().plus_seconds(3600).to_jiff();
        let new = json!({"label": "till", "rights": ["audit:view"], "expires_at": until});
        let made = world.post(&owner, "/v1/api-keys", new).await.is(201);
        let program = Caller::key(made.json["key"].as_str().unwrap());
        world.get(&program, "/v1/audit").await.is(200);
        world.get(&program.at("malkia"), "/v1/audit").await.is(200);
        world.get(&program.at("zuri"), "/v1/audit").await.is(404);
        world.get(&program, "/v1/team").await.is(403);
        assert_eq!(world.get(&program, "/v1/me").await.is(403).problem(), "not_a_person");
        world.get(&program, "/v1/auth/sessions").await.is(403);
        let listed = world.get(&owner, "/v1/api-keys").await.is(200);
        assert!(!listed.text.contains(made.json["key"].as_str().unwrap()));
        assert_eq!(listed.json["items"][0]["used_at"], json!(world.clock.now().to_jiff()));

        let path = format!("/v1/api-keys/{}", made.json["id"].as_str().unwrap());
        let next = world.post(&owner, &format!("{path}/rotate"), json!({})).await.is(200);
        world.get(&program, "/v1/audit").await.is(401);
        let program = Caller::key(next.json["key"].as_str().unwrap());
        world.get(&program, "/v1/audit").await.is(200);
        world.clock.advance_millis(3_600_000);
        world.get(&program, "/v1/audit").await.is(401);
        // The one that every shop is given may do everything.
        let first = world
            .app
            .store
            .write(scope, |tx| Box::pin(async move { tx.create_api_key("first", crate::world::NOW).await }));
        let first = Caller::key(secrecy::ExposeSecret::expose_secret(&first.await.unwrap().1));
        world.get(&first, "/v1/team").await.is(200);
    })
    .await;
}
