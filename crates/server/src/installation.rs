//! Putting an installation together from its configuration.

use anyhow::{Context, Result};
use duka_assistant::{
    App, Settings,
    app::{Left, Parts},
    payments::Gateways,
};
use duka_kernel::TenantScope;
use duka_models::Models;
use duka_providers::{
    channels::twilio::{Twilio, TwilioConfig},
    http::{self, Timeouts},
    payments::PayLinkConfig,
    push::Pusher,
};
use duka_store::{Keyring, Store, StoreOptions, media::Media};
use tokio::sync::mpsc;
use url::Url;

use crate::config::Config;

/// Connections to the database that read at the same time.
const CONNECTIONS: u32 = 8;

/// Opens the database, without looking at its version.
///
/// # Errors
/// If it cannot be opened, or the keys cannot be read.
pub async fn open(config: &Config) -> Result<Store> {
    std::fs::create_dir_all(&config.data_dir)
        .with_context(|| format!("cannot make the folder {}; check DUKA_DATA_DIR", config.data_dir.display()))?;
    let master_keys = match &config.master_key {
        Some(keys) => Keyring::parse(keys)?,
        None => Keyring::load_or_create(&config.data_dir)?,
    };
    let options = StoreOptions { url: config.database_url.clone(), master_keys, max_connections: CONNECTIONS };
    Ok(Store::open(&options).await?)
}

/// Opens the database and brings it to this version where that is done without being asked: on SQLite.
///
/// # Errors
/// If it cannot be opened or has another version.
pub async fn open_current(config: &Config) -> Result<Store> {
    let store = open(config).await?;
    if store.is_shared() {
        store.check_version().await?
    } else {
        store.migrate().await?
    }
    Ok(store)
}

/// Puts an installation together over an open database.
///
/// # Errors
/// If an address or the storage of media is not usable.
pub fn assemble(config: &Config, store: Store) -> Result<(App, mpsc::UnboundedReceiver<Left>)> {
    let http = http::client(Timeouts::default()).context("the HTTP client could not be made")?;
    let twilio = TwilioConfig::at(config.twilio_api_base.as_str()).context("DUKA_TWILIO_API_BASE")?;
    let paylink = PayLinkConfig::at(config.paylink_api_base.as_str()).context("DUKA_PAYLINK_API_BASE")?;
    let media = Media::open(&media_url(config)?)?;
    let parts = Parts {
        store,
        clock: config.clock.clone(),
        settings: Settings { public_url: config.public_url.clone(), quiet: config.quiet, patience: config.patience },
        twilio: Twilio::new(http.clone(), twilio),
        pusher: Pusher::new(http.clone(), config.public_url.clone(), config.push_api_base.clone()),
        gateways: Gateways::new(http, paylink),
        media,
        models: Models::new(config.models.clone(), config.clock.clone())?,
    };
    Ok(App::new(parts))
}

/// Where media are: as configured, else in the data directory.
fn media_url(config: &Config) -> Result<Url> {
    if let Some(url) = &config.media_url {
        return Url::parse(url).with_context(|| format!("DUKA_MEDIA_URL is {url:?}, but has to be file://… or s3://…"));
    }
    let folder = std::path::absolute(config.data_dir.join("media")).context("the data directory has no path")?;
    Url::from_directory_path(&folder).map_err(|()| anyhow::anyhow!("{} cannot be an address", folder.display()))
}

/// The scope of the shop with this slug: an operator on the command line may act for any.
///
/// # Errors
/// If there is no such shop; names those there are.
pub async fn shop(store: &Store, slug: &str) -> Result<TenantScope> {
    let system = store.system_read().await?;
    if let Some(tenant) = system.tenant_by_slug(slug).await? {
        return Ok(TenantScope::of(tenant));
    }
    let slugs: Vec<String> = system.tenants().await?.into_iter().map(|tenant| tenant.slug).collect();
    let there = if slugs.is_empty() {
        "there is none yet: duka tenant apply FILE.yaml".into()
    } else {
        format!("there are {}", slugs.join(", "))
    };
    anyhow::bail!("there is no shop {slug:?}; {there}")
}
