//! People who log in: accounts from the command line, and the API of a running server.

use reqwest::Client;
use serde_json::{Value, json};

use crate::{
    commands::refused,
    support::{
        Installation, on_each_database,
        shop::{PaidThrough, TestShop},
    },
};

async fn log_in(base: &str, email: &str, password: &str) -> (u16, Value) {
    let body = json!({"email": email, "password": password});
    let answer = Client::new().post(format!("{base}/v1/auth/login")).json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn an_account_from_the_command_line_logs_in_to_its_shop() {
    on_each_database(async |installation| {
        TestShop { paid_through: PaidThrough::Sandbox, ..TestShop::kito() }.apply(&installation).await;
        let create = ["user", "create", "--tenant", "kito", "--email", "achieng@example.com", "--role", "analyst"];
        refused(&installation.run_with(&create, "short").await, &["10 characters"]);
        let made = installation.run_with(&create, "mango juice 42\n").await.fine();
        let made: Value = serde_json::from_str(&made).unwrap();
        assert_eq!((&made["tenant"], &made["role"]), (&json!("kito"), &json!("analyst")));
        refused(&installation.run_with(&create, "mango juice 42").await, &["achieng@example.com"]);
        let operator = ["user", "create", "--operator", "--email", "ops@example.com"];
        installation.run_with(&operator, "pineapple 77").await.fine();

        let server = installation.serve().await;
        let (status, login) = log_in(&server.base, "achieng@example.com", "mango juice 42").await;
        assert_eq!((status, &login["shops"][0]["role"]), (200, &json!("analyst")), "{login}");
        let me = Client::new().get(server.at("/v1/me?tenant=kito")).bearer_auth(login["token"].as_str().unwrap());
        assert_eq!(me.send().await.unwrap().status(), 200);
        let (_, operator) = log_in(&server.base, "ops@example.com", "pineapple 77").await;
        assert_eq!((&operator["user"]["operator"], &operator["shops"]), (&json!(true), &json!([])));
        // Another password ends what was begun with the one before.
        let renew = ["user", "password", "--email", "achieng@example.com"];
        installation.run_with(&renew, "pawpaw pie 99").await.fine();
        let me = Client::new().get(server.at("/v1/me?tenant=kito")).bearer_auth(login["token"].as_str().unwrap());
        assert_eq!(me.send().await.unwrap().status(), 401);
        assert_eq!(log_in(&server.base, "achieng@example.com", "mango juice 42").await.0, 401);
        assert!(!server.log().contains("mango juice") && !server.log().contains("achieng"), "{}", server.log());
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn the_demo_prints_a_log_in_that_works() {
    let installation = Installation::new().await;
    let server = installation.serve_as(&["demo"]).await;
    let log = server.log();
    let said = |name: &str| log.lines().find_map(|line| line.trim().strip_prefix(name)).unwrap().trim().to_owned();
    let (status, login) = log_in(&server.base, &said("e-mail"), &said("password")).await;
    assert_eq!((status, &login["shops"][0]["slug"]), (200, &json!("zuri")), "{login}");
    server.stop().await;
}

#[tokio::test]
async fn the_description_is_printed_without_an_installation() {
    let installation = Installation::new().await;
    let printed: Value = serde_json::from_str(&installation.run(&["openapi"]).await.fine()).unwrap();
    assert!(printed["paths"]["/v1/auth/login"]["post"].is_object());
    assert!(!installation.folder().join("data").exists());
}
