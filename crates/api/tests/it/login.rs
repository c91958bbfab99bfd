//! Logging in, staying in, being thrown out.

use duka_store::sessions::{ACCESS, IDLE, LONGEST};
use serde_json::json;
use totp_rs::{Builder, Secret};

use crate::world::{Caller, PASSWORD, World, on_each, settings, with};

fn me(email: &str) -> serde_json::Value {
    json!({"email": email, "password": PASSWORD})
}

async fn shop_with_owner(world: &World) {
    let scope = world.shop("malkia").await;
    let user = world.user("achieng@example.com", Some(PASSWORD)).await;
    world.join(scope, user, duka_store::team::MemberRole::BuiltIn(duka_shop::team::Role::Owner)).await;
}

#[tokio::test]
async fn a_program_logs_in_works_refreshes_and_logs_out() {
    on_each(|world| async move {
        shop_with_owner(&world).await;
        let login = world.post(&Caller::stranger(), "/v1/auth/login", me("Achieng@Example.com")).await.is(200);
        assert_eq!(login.json["shops"][0]["slug"], "malkia");
        assert_eq!(
            (&login.json["user"]["name"], &login.json["shops"][0]["role"]),
            (&json!("achieng"), &json!("owner"))
        );
        assert!(login.cookies().is_empty());
        let caller = Caller::bearer(login.json["token"].as_str().unwrap()).at("malkia");
        let me = world.get(&caller, "/v1/me").await.is(200);
        assert_eq!((me.json["shop"]["currency"].as_str(), me.json["role"].as_str()), (Some("KES"), Some("owner")));
        assert!(me.json["rights"].as_array().unwrap().contains(&json!("finance:withdraw:approve")));

        world.clock.advance_millis(ACCESS);
        world.get(&caller, "/v1/me").await.is(401);
        let refresh = json!({"refresh_token": login.json["refresh_token"]});
        let next = world.post(&Caller::stranger(), "/v1/auth/refresh", refresh.clone()).await.is(200);
        let caller = Caller::bearer(next.json["token"].as_str().unwrap()).at("malkia");
        world.get(&caller, "/v1/me").await.is(200);

        // A copy of the first refresh token ends everything.
        world.clock.advance_millis(120_000);
        world.post(&Caller::stranger(), "/v1/auth/refresh", refresh).await.is(401);
        world.get(&caller, "/v1/me").await.is(401);

        let login = world.post(&Caller::stranger(), "/v1/auth/login", me_again()).await.is(200);
        let caller = Caller::bearer(login.json["token"].as_str().unwrap()).at("malkia");
        world.post(&caller, "/v1/auth/logout", json!({})).await.is(204);
        world.get(&caller, "/v1/me").await.is(401);
        world.post(&caller, "/v1/auth/logout", json!({})).await.is(204);
    })
    .await;
}

fn me_again() -> serde_json::Value {
    me("achieng@example.com")
}

/// A browser with what it was given.
fn browser(answer: &crate::world::Answer) -> Caller {
    let cookies: Vec<String> = answer.cookies().iter().map(|(name, value, _)| format!("{name}={value}")).collect();
    Caller::stranger()
        .with("cookie", cookies.join("; "))
        .with("x-csrf-token", answer.cookie("duka_csrf"))
        .with("x-duka-client", "browser")
        .at("malkia")
}

#[tokio::test]
async fn a_browser_gets_cookies_that_scripts_and_other_sites_cannot_use() {
    on_each(|world| async move {
        shop_with_owner(&world).await;
        let from = Caller::stranger().with("x-duka-client", "browser").with("user-agent", "Firefox on Android");
        let login = world.post(&from, "/v1/auth/login", me_again()).await.is(200);
        assert!(login.json["token"].is_null() && login.json["refresh_token"].is_null());
        let mut kept: Vec<(String, String)> = login.cookies().into_iter().map(|(name, _, rest)| (name, rest)).collect();
        kept.sort();
        assert_eq!(
            kept,
            [
                ("duka_access", "Path=/v1; Max-Age=900; SameSite=Strict; HttpOnly; Secure"),
                ("duka_csrf", "Path=/; Max-Age=2592000; SameSite=Strict; Secure"),
                ("duka_refresh", "Path=/v1/auth; Max-Age=2592000; SameSite=Strict; HttpOnly; Secure"),
            ]
            .map(|(name, rest)| (name.to_owned(), rest.to_owned()))
        );

        let page = browser(&login);
        world.get(&page, "/v1/me").await.is(200);
        world.patch(&page, "/v1/me", json!({"name": "Achieng O."})).await.is(200);
        for forged in [page.clone().with("x-csrf-token", ""), page.clone().with("x-csrf-token", "0".repeat(64))] {
            let refused = world.patch(&forged, "/v1/me", json!({"name": "Mallory"})).await.is(403);
            assert_eq!(refused.problem(), "no_csrf");
            world.post(&forged, "/v1/auth/refresh", json!({})).await.is(403);
            world.get(&forged, "/v1/me").await.is(200);
        }
        let next = world.call(&page, axum::http::Method::POST, "/v1/auth/refresh", None).await.is(200);
        let page = browser(&next);
        let sessions = world.get(&page, "/v1/auth/sessions").await.is(200);
        assert_eq!(sessions.json["items"][0]["agent"], "Firefox on Android");
        assert_eq!(sessions.json["items"][0]["current"], true);
        let out = world.post(&page, "/v1/auth/logout", json!({})).await.is(204);
        assert!(out.cookies().iter().all(|(_, value, rest)| value.is_empty() && rest.contains("Max-Age=0")));
        world.get(&page, "/v1/me").await.is(401);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_not_used_ends_and_so_does_one_that_is_old() {
    on_each(|world| async move {
        shop_with_owner(&world).await;
        let login = async || world.post(&Caller::stranger(), "/v1/auth/login", me_again()).await.is(200);
        let refresh = async |token: &serde_json::Value| {
            world.post(&Caller::stranger(), "/v1/auth/refresh", json!({"refresh_token": token})).await
        };
        let idle = login().await;
        world.clock.advance_millis(IDLE);
        refresh(&idle.json["refresh_token"]).await.is(401);
        let mut token = login().await.json["refresh_token"].clone();
        for _ in 0..LONGEST / (IDLE / 2) - 1 {
            world.clock.advance_millis(IDLE / 2);
            token = refresh(&token).await.is(200).json["refresh_token"].clone();
        }
        world.clock.advance_millis(IDLE / 2);
        refresh(&token).await.is(401);
    })
    .await;
}

#[tokio::test]
async fn after_five_tries_none_is_taken_whether_or_not_there_is_such_an_account() {
    on_each(|world| async move {
        shop_with_owner(&world).await;
        let mut told = Vec::new();
        for email in ["achieng@example.com", "nobody@example.com"] {
            let wrong = json!({"email": email, "password": "not the password"});
            let mut answers = Vec::new();
            for _ in 0..7 {
                let answer = world.post(&Caller::stranger(), "/v1/auth/login", wrong.clone()).await;
                answers.push((answer.status.as_u16(), answer.problem().to_owned(), answer.json));
            }
            assert_eq!(answers[4].0, 401, "{answers:?}");
            assert_eq!((answers[5].0, answers[6].1.as_str()), (429, "locked"), "{answers:?}");
            told.push(answers);
        }
        assert_eq!(told[0], told[1], "an account can be told from none");
        let locked = world.post(&Caller::stranger(), "/v1/auth/login", me_again()).await.is(429);
        let seconds: i64 = locked.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((800..=901).contains(&seconds), "{seconds}");
        world.clock.advance_millis(seconds * 1000);
        world.post(&Caller::stranger(), "/v1/auth/login", me_again()).await.is(200);
        // What was right is forgotten: five more may fail.
        for _ in 0..5 {
            let wrong = json!({"email": "achieng@example.com", "password": "not the password"});
            world.post(&Caller::stranger(), "/v1/auth/login", wrong).await.is(401);
        }
    })
    .await;
}

#[tokio::test]
async fn another_password_ends_the_other_sessions() {
    on_each(|world| async move {
        shop_with_owner(&world).await;
        let login = async || {
            let login = world.post(&Caller::stranger(), "/v1/auth/login", me_again()).await.is(200);
            Caller::bearer(login.json["token"].as_str().unwrap()).at("malkia")
        };
        let (here, there) = (login().await, login().await);
        let change = |current: &str, new: &str| json!({"current": current, "new": new});
        let wrong = world.post(&here, "/v1/auth/password", change("not the password", "pineapple 77")).await.is(422);
        assert_eq!(wrong.json["errors"][0]["pointer"], "/current");
        let short = world.post(&here, "/v1/auth/password", change(PASSWORD, "short")).await.is(422);
        assert_eq!(short.json["errors"][0]["pointer"], "/new");
        world.post(&here, "/v1/auth/password", change(PASSWORD, "pineapple 77")).await.is(204);
        world.get(&here, "/v1/me").await.is(200);
        world.get(&there, "/v1/me").await.is(401);
        world.post(&Caller::stranger(), "/v1/auth/login", me_again()).await.is(401);
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_is_asked_for_once_it_is_confirmed_and_each_code_works_once() {
    on_each(|world| async move {
        shop_with_owner(&world).await;
        let login = world.post(&Caller::stranger(), "/v1/auth/login", me_again()).await.is(200);
        let caller = Caller::bearer(login.json["token"].as_str().unwrap()).at("malkia");
        let offered = world.post(&caller, "/v1/auth/totp", json!({})).await.is(200);
        assert!(offered.json["uri"].as_str().unwrap().starts_with("otpauth://totp/Duka:achieng%40example.com?"));
        let secret = Secret::try_from_base32(offered.json["secret"].as_str().unwrap()).unwrap();
        let app = Builder::new().with_secret(secret).build().unwrap();
        let code = || {
            let seconds = u64::try_from(world.clock.now().0 / 1000).unwrap();
            app.generate(seconds).to_string()
        };
        // Not in force yet.
        world.post(&Caller::stranger(), "/v1/auth/login", me_again()).await.is(200);
        world.post(&caller, "/v1/auth/totp/confirm", json!({"code": "000000"})).await.is(422);
        let confirmed = world.post(&caller, "/v1/auth/totp/confirm", json!({"code": code()})).await.is(200);
        let recovery = confirmed.json["recovery_codes"].as_array().unwrap().clone();
        assert_eq!(recovery.len(), 10);

        let login = async |code: serde_json::Value| {
            let body = json!({"email": "achieng@example.com", "password": PASSWORD, "code": code});
            world.post(&Caller::stranger(), "/v1/auth/login", body).await
        };
        assert_eq!(login(json!(null)).await.is(401).problem(), "code_needed");
        login(json!(code())).await.is(401);
        world.clock.advance_millis(30_000);
        let now = code();
        login(json!(now)).await.is(200);
        login(json!(now)).await.is(401);
        login(recovery[0].clone()).await.is(200);
        login(recovery[0].clone()).await.is(401);
        world.post(&caller, "/v1/auth/totp", json!({})).await.is(409);
        let gone = world.call(&caller, axum::http::Method::DELETE, "/v1/auth/totp", Some(json!({"code": recovery[1]})));
        gone.await.is(204);
        login(json!(null)).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn signing_up_makes_an_account_and_a_shop_of_its_own() {
    on_each(|world| async move {
        let body = |email: &str| {
            json!({"email": email, "password": PASSWORD, "name": "Njeri", "shop_name": "Njeri's Shoes",
                   "whatsapp": "0712 345 678"})
        };
        let first = world.post(&Caller::stranger(), "/v1/auth/signup", body("njeri@example.com")).await.is(200);
        assert_eq!(first.json["shops"][0]["slug"], "njeri-s-shoes");
        let caller = Caller::bearer(first.json["token"].as_str().unwrap()).at("njeri-s-shoes");
        assert_eq!(world.get(&caller, "/v1/me").await.is(200).json["role"], "owner");
        let second = world.post(&Caller::stranger(), "/v1/auth/signup", body("other@example.com")).await.is(200);
        assert_eq!(second.json["shops"][0]["slug"], "njeri-s-shoes-2");
        world.get(&caller.at("njeri-s-shoes-2"), "/v1/me").await.is(404);
        let twice = world.post(&Caller::stranger(), "/v1/auth/signup", body("Njeri@example.com")).await.is(409);
        assert_eq!(twice.problem(), "duplicate");
        let wrong =
            json!({"email": "no address", "password": "short", "name": " ", "shop_name": "x", "whatsapp": "12"});
        let wrong = world.post(&Caller::stranger(), "/v1/auth/signup", wrong).await.is(422);
        let fields: Vec<&str> =
            wrong.json["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
        assert_eq!(fields, ["/email", "/name", "/whatsapp", "/password"]);
    })
    .await;
}

#[tokio::test]
async fn where_accounts_are_not_for_everybody_nobody_signs_up() {
    let world = with(duka_api::Settings { signup: false, ..settings() }).await;
    let body = json!({"email": "a@b.c", "password": PASSWORD, "name": "A", "shop_name": "B"});
    world.post(&Caller::stranger(), "/v1/auth/signup", body).await.is(403);
}
