//! Whoever runs the installation: apart from every shop, and no reader of conversations without saying why.

use duka_shop::team::Role;
use serde_json::json;

use crate::world::{Caller, NOW, on_each};

#[tokio::test]
async fn the_operator_sees_shops_and_figures_and_is_in_no_shop() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let operator = world.operator("ops@example.com").await;
        let operator = world.logged_in(operator).await;
        let shops = world.get(&operator, "/v1/operator/tenants").await.is(200);
        assert_eq!(shops.json["items"][0]["slug"], "malkia");
        world.get(&owner, "/v1/operator/tenants").await.is(403);
        for path in ["/v1/me", "/v1/team", "/v1/audit"] {
            world.get(&operator.at("malkia"), path).await.is(404);
        }
        let made = world.post(&operator, "/v1/operator/tenants", json!({"name": "Zuri Collections"})).await.is(201);
        assert_eq!(made.json["slug"], "zuri-collections");
        let program = Caller::key(made.json["key"].as_str().unwrap());
        world.get(&program, "/v1/team").await.is(200);
        let path = format!("/v1/operator/tenants/{}", scope.tenant());
        let renamed = world.patch(&operator, &path, json!({"name": "Malkia"})).await.is(200);
        assert_eq!(renamed.json["name"], "Malkia");
        let usage = world.get(&operator, "/v1/operator/usage").await.is(200);
        assert_eq!(
            (&usage.json["items"][0]["slug"], &usage.json["items"][0]["members"]),
            (&json!("malkia"), &json!(1))
        );
        let health = world.get(&operator, "/v1/operator/health").await.is(200);
        assert_eq!((&health.json["database"], &health.json["parked_jobs"]), (&json!(true), &json!(0)));
        let log = world.get(&owner, "/v1/audit").await.is(200);
        assert_eq!(log.json["items"][0]["what"], "shop.renamed");
        assert_eq!(log.json["items"][0]["actor"]["kind"], "operator");
    })
    .await;
}

#[tokio::test]
async fn conversations_are_read_for_an_hour_after_saying_why_and_the_shop_sees_it() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        world.shop("zuri").await;
        let (_, owner) = world.member(scope, Role::Owner).await;
        let operator = world.operator("ops@example.com").await;
        let operator = world.logged_in(operator).await;
        let path = format!("/v1/operator/tenants/{}/content-access", scope.tenant());
        world.post(&operator, &path, json!({"reason": "because"})).await.is(422);
        world.post(&owner, &path, json!({"reason": "I would like to, please"})).await.is(403);
        let reason = json!({"reason": "A customer says that they were charged twice"});
        let nobodys = format!("/v1/operator/tenants/{}/content-access", uuid::Uuid::nil());
        world.post(&operator, &nobodys, reason.clone()).await.is(404);
        world.post(&operator, &path, reason).await.is(201);
        // The shop is there for them now, with one right and no other.
        let refused = world.get(&operator.at("malkia"), "/v1/team").await.is(403);
        assert_eq!(refused.problem(), "no_right");
        world.get(&operator.at("zuri"), "/v1/team").await.is(404);
        let log = world.get(&owner, "/v1/audit?what=operator.content_access").await.is(200);
        assert!(log.text.contains("charged twice"), "{}", log.text);
        let tx = world.app.store.system_read().await.unwrap();
        let user = tx.user_by_email("ops@example.com").await.unwrap().unwrap().id;
        let access = async |minutes| tx.content_access(user, "malkia", NOW.plus_minutes(minutes)).await.unwrap();
        assert!(access(59).await.is_some() && access(60).await.is_none());
    })
    .await;
}
