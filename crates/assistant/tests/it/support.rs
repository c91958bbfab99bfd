//! An installation whose models are a double on a real socket.

use std::{sync::Arc, time::Duration};

use duka_assistant::{
    App, Settings,
    app::{Left, Parts},
    payments::Gateways,
    shops::Shop,
};
use duka_doubles::models::Double;
use duka_kernel::{Clock, Currency, PhoneNumber, TenantScope, Timestamp};
use duka_models::Models;
use duka_providers::{
    channels::twilio::{Twilio, TwilioConfig},
    http::{self, Timeouts},
    payments::PayLinkConfig,
    push::Pusher,
};
use duka_shop::{ShopProfile, file::new_profile};
use duka_store::{Keyring, Store, StoreOptions, media::Media};
use tokio::sync::mpsc;
use url::Url;

/// Wednesday 4 March 2026, 10:00 in Nairobi.
pub const NOW: Timestamp = Timestamp(1_772_607_600_000);

pub struct Installation {
    pub app: App,
    pub double: Double,
    pub left: Option<mpsc::UnboundedReceiver<Left>>,
    _folder: tempfile::TempDir,
}

impl Installation {
    pub async fn new() -> Self {
        Self::with(&["openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite"], Duration::from_secs(8)).await
    }

    /// With these tiers, all suggested ones if there are none, and so long for a message.
    pub async fn with(chain: &[&str], patience: Duration) -> Self {
        let double = Double::answering(|_| "Karibu!".to_owned()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("duka.db").display());
        let master_keys = Keyring::parse("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").unwrap();
        let store = Store::open(&StoreOptions { url, master_keys, max_connections: 4 }).await.unwrap();
        store.migrate().await.unwrap();
        let client = http::client(Timeouts::default()).unwrap();
        let clock = Clock::standing_at(NOW);
        let parts = Parts {
            store,
            clock: clock.clone(),
            settings: Settings { public_url: "http://localhost".parse().unwrap(), quiet: Duration::ZERO, patience },
            twilio: Twilio::new(client.clone(), TwilioConfig::at("http://127.0.0.1:9").unwrap()),
            pusher: Pusher::new(client.clone(), "http://localhost".parse().unwrap(), None),
            gateways: Gateways::new(client, PayLinkConfig::at("http://127.0.0.1:9").unwrap()),
            media: Media::open(&Url::from_directory_path(folder.path()).unwrap()).unwrap(),
            models: Models::new(double.config(chain), clock).unwrap(),
        };
        let (app, left) = App::new(parts);
        Self { app, double, left: Some(left), _folder: folder }
    }

    pub async fn shop(&self, slug: &str, change: impl FnOnce(&mut ShopProfile)) -> TenantScope {
        let mut profile = new_profile(slug, slug, Currency::Kes);
        profile.owner_phone = PhoneNumber::parse("254722000001").ok();
        change(&mut profile);
        let created = self
            .app
            .store
            .system_write_with(profile, |tx, profile| Box::pin(async move { tx.create_tenant(profile, NOW).await }));
        TenantScope::of(created.await.unwrap())
    }

    pub async fn read(&self, scope: TenantScope) -> Arc<Shop> {
        self.app.shops.now(&self.app.store, scope).await.unwrap()
    }

    /// What the owner was told, latest first, by kind.
    pub async fn told(&self, scope: TenantScope) -> Vec<String> {
        let tx = self.app.store.read(scope).await.unwrap();
        tx.owner_notices(9).await.unwrap().into_iter().map(|notice| notice.kind).collect()
    }
}
