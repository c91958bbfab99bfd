//! An empty, migrated database for one test, of each kind.

use std::{future::Future, sync::Arc};

use duka_kernel::{ChannelId, ConversationId, Currency, CustomerId, PhoneNumber, TenantId, TenantScope, Timestamp};
use duka_shop::ShopProfile;
use duka_store::{Keyring, Store, StoreOptions, customers::Sender};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use uuid::Uuid;

pub const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
pub const OTHER_KEY: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
pub const NOW: Timestamp = Timestamp(1_772_600_000_000);

/// A database of one test.
#[derive(Clone)]
pub struct TestDb {
    pub store: Store,
    pub url: String,
    _folder: Option<Arc<tempfile::TempDir>>,
}

/// Runs a test on every kind of database there is.
pub async fn on_each<F: Future<Output = ()>>(body: impl Fn(TestDb) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("duka.db").display());
    body(open(url, Some(Arc::new(folder))).await).await;
    if let Some(url) = fresh_postgres().await {
        let db = open(url.clone(), None).await;
        body(db.clone()).await;
        db.store.close().await;
        drop_postgres(&url).await;
    }
}

async fn open(url: String, folder: Option<Arc<tempfile::TempDir>>) -> TestDb {
    let store = open_store(&url, KEY).await;
    store.migrate().await.unwrap();
    TestDb { store, url, _folder: folder }
}

pub async fn open_store(url: &str, key: &str) -> Store {
    let master_keys = Keyring::parse(key).unwrap();
    Store::open(&StoreOptions { url: url.to_owned(), master_keys, max_connections: 4 }).await.unwrap()
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
    let (address, _) = server.rsplit_once('/').unwrap();
    Some(format!("{address}/{name}"))
}

async fn drop_postgres(url: &str) {
    let name = url.rsplit_once('/').unwrap().1;
    let admin = Database::connect(server().unwrap()).await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    admin.close().await.unwrap();
}

impl TestDb {
    /// An open store that was not made by [`on_each`].
    pub fn of(store: Store, url: String) -> Self {
        Self { store, url, _folder: None }
    }

    /// A connection past the store, as the login role.
    pub async fn raw(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.unwrap()
    }

    pub fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    pub async fn shop(&self, slug: &str) -> Shop {
        let profile = profile(slug);
        let tenant: TenantId = self
            .store
            .system_write_with(profile, |tx, profile| Box::pin(async move { tx.create_tenant(profile, NOW).await }))
            .await
            .unwrap();
        let scope = TenantScope::of(tenant);
        let address = format!("whatsapp:+{slug}");
        let channel = self
            .store
            .write_with(scope, address, |tx, address| {
                Box::pin(async move { tx.upsert_channel("twilio", address, Some("AC1"), NOW).await })
            })
            .await
            .unwrap();
        Shop { store: self.store.clone(), scope, channel }
    }
}

/// A shop of one test, with one channel.
#[derive(Clone)]
pub struct Shop {
    pub store: Store,
    pub scope: TenantScope,
    pub channel: ChannelId,
}

impl Shop {
    /// Someone who writes for the first time.
    pub async fn customer(&self, phone: &str) -> (CustomerId, ConversationId) {
        let phone = PhoneNumber::parse(phone).unwrap();
        let channel = self.channel;
        let resolved = self.store.write_with(self.scope, phone, move |tx, phone| {
            Box::pin(async move {
                let identity = format!("whatsapp:+{}", phone.digits());
                let sender = Sender { channel, identity: &identity, profile_name: Some("Wanjiku"), phone: Some(phone) };
                tx.resolve(&sender, NOW).await
            })
        });
        let resolved = resolved.await.unwrap();
        (resolved.customer, resolved.conversation)
    }
}

pub fn profile(slug: &str) -> ShopProfile {
    duka_shop::file::new_profile(slug, slug, Currency::Kes)
}
