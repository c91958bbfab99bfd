//! An installation of one test, and callers of its API.

use std::{future::Future, num::NonZeroU32, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use duka_api::{Api, Settings};
use duka_assistant::{App, app::Parts, inline::Inline, payments::Gateways};
use duka_kernel::{Clock, TenantScope, Timestamp, UserId};
use duka_models::{Models, ModelsConfig};
use duka_providers::{
    channels::twilio::{Twilio, TwilioConfig},
    http::{self, Timeouts},
    payments::PayLinkConfig,
};
use duka_shop::team::{Right, Role};
use duka_store::{Keyring, Store, StoreOptions, media::Media, sessions::Seen, team::MemberRole, users::NewUser};
use sea_orm::{ConnectionTrait, Database};
use secrecy::ExposeSecret;
use serde_json::Value;
use tower::ServiceExt;
use url::Url;
use uuid::Uuid;

pub const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
/// Thursday noon in Nairobi.
pub const NOW: Timestamp = Timestamp(1_772_701_200_000);
/// The password of everybody here.
pub const PASSWORD: &str = "mango juice 42";

pub struct World {
    pub app: App,
    pub router: Router,
    pub clock: Clock,
    pub url: String,
    pub api: Api,
    work: tokio::sync::Mutex<Inline>,
    _folder: tempfile::TempDir,
}

/// Runs a test on every kind of database there is.
pub async fn on_each<F: Future<Output = ()>>(body: impl Fn(std::sync::Arc<World>) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("duka.db").display());
    body(world(&url, folder, settings()).await.into()).await;
    if let Some(url) = fresh_postgres().await {
        let world: std::sync::Arc<World> = world(&url, tempfile::tempdir().unwrap(), settings()).await.into();
        body(std::sync::Arc::clone(&world)).await;
        world.app.store.close().await;
        drop_postgres(&url).await;
    }
}

/// A world on SQLite with other settings.
pub async fn with(settings: Settings) -> World {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("duka.db").display());
    world(&url, folder, settings).await
}

pub fn settings() -> Settings {
    Settings {
        origins: vec!["https://shop.example".parse().unwrap()],
        proxies: 0,
        secure: true,
        rate: NonZeroU32::new(1_000_000).unwrap(),
        signup: true,
    }
}

fn server() -> Option<String> {
    std::env::var("DUKA_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())
}

async fn fresh_postgres() -> Option<String> {
    let server = server()?;
    let name = format!("duka_test_{}", Uuid::now_v7().simple());
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    Some(format!("{}/{name}", server.rsplit_once('/').unwrap().0))
}

async fn drop_postgres(url: &str) {
    let name = url.rsplit_once('/').unwrap().1;
    let admin = Database::connect(server().unwrap()).await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    admin.close().await.unwrap();
}

async fn world(url: &str, folder: tempfile::TempDir, settings: Settings) -> World {
    let options = StoreOptions { url: url.to_owned(), master_keys: Keyring::parse(KEY).unwrap(), max_connections: 4 };
    let store = Store::open(&options).await.unwrap();
    store.migrate().await.unwrap();
    let client = http::client(Timeouts::default()).unwrap();
    let clock = Clock::standing_at(NOW);
    // Nothing of a test ever leaves this machine: port 9 discards.
    let nowhere = "http://127.0.0.1:9";
    let parts = Parts {
        store,
        clock: clock.clone(),
        settings: duka_assistant::Settings {
            public_url: Url::parse("https://duka.example").unwrap(),
            quiet: Duration::from_millis(20),
            patience: Duration::from_secs(1),
        },
        twilio: Twilio::new(client.clone(), TwilioConfig::at(nowhere).unwrap()),
        gateways: Gateways::new(client, PayLinkConfig::at(nowhere).unwrap()),
        media: Media::open(&Url::from_directory_path(folder.path().join("media")).unwrap()).unwrap(),
        models: Models::new(ModelsConfig::default(), clock.clone()).unwrap(),
    };
    let (app, left) = App::new(parts);
    let api = Api::new(app.clone(), settings);
    let router = duka_api::router(api.clone());
    let work = tokio::sync::Mutex::new(Inline::new(app.clone(), left));
    World { app, router, clock, api, url: url.to_owned(), work, _folder: folder }
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Answer {
    /// The name of the problem, if it is one.
    pub fn problem(&self) -> &str {
        self.json["type"].as_str().and_then(|kind| kind.strip_prefix("/docs/errors/")).unwrap_or_default()
    }

    /// What a browser is to keep: name, value, and everything after.
    pub fn cookies(&self) -> Vec<(String, String, String)> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap());
        lines
            .map(|line| {
                let (pair, rest) = line.split_once(';').unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                (name.to_owned(), value.to_owned(), rest.trim().to_owned())
            })
            .collect()
    }

    pub fn cookie(&self, name: &str) -> String {
        self.cookies().into_iter().find(|(known, _, _)| known == name).unwrap().1
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
}

/// Somebody who calls.
#[derive(Clone, Default, Debug)]
pub struct Caller(Vec<(&'static str, String)>);

impl Caller {
    pub fn stranger() -> Self {
        Self::default()
    }

    pub fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.0.retain(|(name, _)| *name != header);
        self.0.push((header, value.into()));
        self
    }

    /// What they send with each request.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Changing what has this version.
    pub fn changing(&self, version: impl Into<String>) -> Self {
        self.clone().with("if-match", version)
    }

    pub fn bearer(token: impl std::fmt::Display) -> Self {
        Self::default().with("authorization", format!("Bearer {token}"))
    }

    pub fn key(key: impl Into<String>) -> Self {
        Self::default().with("x-tenant-api-key", key)
    }

    /// In a shop, by slug or identity.
    pub fn at(&self, shop: &str) -> Self {
        self.clone().with("x-tenant-id", shop)
    }
}

impl World {
    /// Does what is left to do in the background: answers, sends, settles.
    pub async fn work_off(&self) {
        self.work.lock().await.work_off().await.unwrap();
    }

    pub async fn call(&self, caller: &Caller, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &caller.0 {
            request = request.header(*name, value);
        }
        let body = match body {
            Some(body) => {
                if !caller.0.iter().any(|(name, _)| *name == "content-type") {
                    request = request.header(header::CONTENT_TYPE, "application/json");
                }
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }

    pub async fn put(&self, caller: &Caller, path: &str, body: Value) -> Answer {
        self.call(caller, Method::PUT, path, Some(body)).await
    }

    /// Sends a form with files in its field `file`, and other fields.
    pub async fn upload(&self, caller: &Caller, path: &str, files: &[&[u8]], texts: &[(&str, &str)]) -> Answer {
        const EDGE: &str = "edge-of-a-part";
        let mut body: Vec<u8> = Vec::new();
        for (name, text) in texts {
            let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
            body.extend(head.as_bytes());
        }
        for file in files {
            let head = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../a.bin\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend(*file);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{EDGE}--\r\n").as_bytes());
        let mut request = Request::builder().method(Method::POST).uri(path);
        for (name, value) in caller.headers() {
            request = request.header(name, value);
        }
        let request = request.header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let endless = head.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let bytes = if endless { axum::body::Bytes::new() } else { to_bytes(body, usize::MAX).await.unwrap() };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Answer { status: head.status, headers: head.headers, text, json }
    }

    /// What a plain statement over the rows of every shop gives; 0 for nothing.
    pub async fn number(&self, select: &str) -> i64 {
        let database = Database::connect(&self.url).await.unwrap();
        let statement = sea_orm::Statement::from_string(database.get_database_backend(), select);
        let row = database.query_one_raw(statement).await.unwrap().unwrap();
        let value: Option<i64> = row.try_get_by_index(0).unwrap();
        database.close().await.unwrap();
        value.unwrap_or(0)
    }

    pub async fn get(&self, caller: &Caller, path: &str) -> Answer {
        self.call(caller, Method::GET, path, None).await
    }

    pub async fn post(&self, caller: &Caller, path: &str, body: Value) -> Answer {
        self.call(caller, Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, caller: &Caller, path: &str, body: Value) -> Answer {
        self.call(caller, Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, caller: &Caller, path: &str) -> Answer {
        self.call(caller, Method::DELETE, path, None).await
    }

    pub async fn shop(&self, slug: &str) -> TenantScope {
        let profile = duka_shop::file::new_profile(slug, &format!("Shop {slug}"), duka_kernel::Currency::Kes);
        let made = self.app.store.system_write_with(profile, |tx, profile| Box::pin(tx.create_tenant(profile, NOW)));
        TenantScope::of(made.await.unwrap())
    }

    /// Someone with an account, whose hash is not one of a password unless they log in with it.
    pub async fn user(&self, email: &str, password: Option<&str>) -> UserId {
        let password = password.map_or("none".to_owned(), |password| duka_api::password_hash(password).unwrap());
        self.account(email, password, false).await
    }

    pub async fn operator(&self, email: &str) -> UserId {
        self.account(email, "none".into(), true).await
    }

    async fn account(&self, email: &str, password: String, operator: bool) -> UserId {
        let name = email.split('@').next().unwrap().to_owned();
        let new = NewUser { email: email.into(), name, password, locale: "en".into(), operator };
        self.app.store.system_write_with(new, |tx, new| Box::pin(tx.create_user(new, NOW))).await.unwrap()
    }

    pub async fn join(&self, scope: TenantScope, user: UserId, role: MemberRole) {
        let joined = self.app.store.write(scope, move |tx| Box::pin(tx.add_member(user, role, NOW)));
        joined.await.unwrap();
    }

    /// Someone of a shop's team with a built-in role, logged in there.
    pub async fn member(&self, scope: TenantScope, role: Role) -> (UserId, Caller) {
        let user = self.user(&format!("{role}-{}@example.com", Uuid::now_v7().simple()), None).await;
        self.join(scope, user, MemberRole::BuiltIn(role)).await;
        (user, self.logged_in(user).await.at(&scope.tenant().to_string()))
    }

    /// Someone of a shop's team with exactly these rights, logged in there.
    pub async fn allowed(&self, scope: TenantScope, rights: &[Right]) -> Caller {
        let user = self.user(&format!("{}@example.com", Uuid::now_v7().simple()), None).await;
        let (name, rights) = (Uuid::now_v7().to_string(), rights.iter().copied().collect());
        let made = self.app.store.write_with(scope, name, move |tx, name| Box::pin(tx.create_role(name, rights, NOW)));
        self.join(scope, user, MemberRole::Own(made.await.unwrap())).await;
        self.logged_in(user).await.at(&scope.tenant().to_string())
    }

    pub async fn logged_in(&self, user: UserId) -> Caller {
        let now = self.clock.now();
        let begun = self.app.store.system_write(move |tx| {
            Box::pin(async move { tx.begin_session(user, false, &Seen::default(), now).await })
        });
        Caller::bearer(begun.await.unwrap().access.expose_secret())
    }
}
