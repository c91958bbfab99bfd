//! Bringing a shop to what its files say: profile, channels, credentials, products with pictures, services.
//!
//! Everything is read and checked before anything is written, and all of a shop is written in one transaction:
//! a file that is wrong changes nothing. Applying twice changes nothing either.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use duka_assistant::{
    App,
    setup::{FREE, PROVIDERS},
};
use duka_kernel::{PhoneNumber, TenantId, TenantScope, Timestamp};
use duka_shop::{
    csv_file::{ProductFile, ServiceFile, read_products, read_services},
    file::{PaymentEntry, ShopFile, read_shop_file},
};
use duka_store::{StoreError, Tx, catalogue::Upserted, jobs::JobKind, media::StoredMedia};
use secrecy::SecretString;

use crate::config::Config;

/// Where the files of a shop are.
pub trait Source: Send + Sync {
    /// A file by its path relative to the shop file; `None` if there is none.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>>;
}

/// Files in a folder.
pub struct Folder(pub PathBuf);

impl Source for Folder {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        match std::fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{} is not readable", self.0.join(path).display())),
        }
    }
}

/// What applying a shop did.
#[derive(Debug, Default)]
pub struct Applied {
    /// The shop.
    pub slug: String,
    /// Whether it was created.
    pub created: bool,
    /// Whether its settings changed.
    pub settings_changed: bool,
    /// Products created.
    pub products_created: usize,
    /// Products changed.
    pub products_updated: usize,
    /// Products that were already so.
    pub products_unchanged: usize,
    /// What was not taken: rows with their line and reason.
    pub complaints: Vec<String>,
}

/// Reads a shop file and applies every shop in it.
///
/// # Errors
/// If the file cannot be read or a shop in it is wrong; says everything that is wrong, with its path in the file.
pub async fn apply(app: &App, yaml: &str, source: &dyn Source) -> Result<Vec<Applied>> {
    let shops = read_shop_file(yaml, &Config::lookup).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("  {error}")).collect();
        anyhow::anyhow!("the shop file is wrong:\n{}", lines.join("\n"))
    })?;
    if shops.is_empty() {
        bail!("the shop file names no shop: it begins with tenants:");
    }
    for shop in &shops {
        check(shop).with_context(|| format!("tenants.{}", shop.profile.slug))?;
    }
    let mut applied = Vec::with_capacity(shops.len());
    for shop in shops {
        let slug = shop.profile.slug.clone();
        applied.push(apply_shop(app, shop, source).await.with_context(|| format!("shop {slug}"))?);
    }
    Ok(applied)
}

/// Refuses what this program cannot do, before anything is written.
fn check(shop: &ShopFile) -> Result<()> {
    if let Some(entry) = shop.payments.iter().find(|entry| !PROVIDERS.contains(&entry.provider.as_str())) {
        bail!("payments: {:?} is not a provider this version can use; use {}", entry.provider, PROVIDERS.join(" or "));
    }
    if let Some(entry) = shop.channels.iter().find(|entry| entry.kind != "twilio") {
        bail!("channels: {:?} is not a channel this version can use; use twilio", entry.kind);
    }
    Ok(())
}

async fn apply_shop(app: &App, shop: ShopFile, source: &dyn Source) -> Result<Applied> {
    let products = match &shop.catalogue {
        Some(path) => Some(read_products(&need(source, path)?, shop.profile.currency)),
        None => None,
    };
    let services = match &shop.services {
        Some(path) => Some(read_services(&need(source, path)?, shop.profile.currency)),
        None => None,
    };
    let mut complaints = Vec::new();
    for (path, errors) in [
        (&shop.catalogue, products.as_ref().map(|f| f.errors.as_slice())),
        (&shop.services, services.as_ref().map(|f| f.errors.as_slice())),
    ] {
        if let (Some(path), Some(errors)) = (path, errors) {
            complaints.extend(errors.iter().map(|error| format!("{path}: {error}")));
        }
    }
    let now = app.clock.now();
    let known = app.store.system_read().await?.tenant_by_slug(&shop.profile.slug).await?;
    // Chosen here because pictures are stored under it before the shop is written.
    let tenant = known.unwrap_or_else(TenantId::new);
    let scope = TenantScope::of(tenant);
    let images = shop.images.clone();
    let products = match products {
        Some(file) => Some(with_pictures(app, scope, file, |name| source.read(&format!("{images}/{name}"))).await?),
        None => None,
    };
    let content = Content { shop, products, services, now };
    let mut applied = app
        .store
        .system_write_with(content, move |tx, content| {
            Box::pin(async move {
                if known.is_none() {
                    tx.create_tenant_as(tenant, &content.shop.profile, content.now).await?;
                }
                write(&tx.within(scope), content).await
            })
        })
        .await?;
    applied.created = known.is_none();
    applied.complaints = complaints;
    Ok(applied)
}

/// Everything of one shop, checked.
struct Content {
    shop: ShopFile,
    products: Option<Products>,
    services: Option<ServiceFile>,
    now: Timestamp,
}

/// Products whose pictures are stored, not yet written.
pub struct Products {
    /// As the file says, with the keys of the pictures in place of their names.
    pub file: ProductFile,
    pictures: Vec<StoredMedia>,
}

impl Products {
    /// Writes products, stock and which pictures the shop has.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn write(&self, tx: &Tx, now: Timestamp) -> Result<Upserted, StoreError> {
        for picture in &self.pictures {
            tx.record_media(picture, now).await?;
        }
        let upserted = tx.upsert_products(&self.file.products, &self.file.stock, now).await?;
        if !(self.pictures.is_empty() || upserted.created.is_empty() && upserted.updated.is_empty()) {
            tx.schedule(JobKind::LookAtPictures, tx.tenant().0, now).await?;
        }
        Ok(upserted)
    }
}

async fn write(tx: &Tx, content: &Content) -> Result<Applied, StoreError> {
    let Content { shop, products, services, now } = content;
    let mut applied = Applied { slug: shop.profile.slug.clone(), ..Applied::default() };
    applied.settings_changed = tx.save_profile(&shop.profile).await?;
    channels(tx, shop, *now).await?;
    for entry in &shop.payments {
        applied.settings_changed |= payments(tx, entry, *now).await?;
    }
    if let Some(products) = products {
        let upserted = products.write(tx, *now).await?;
        applied.products_created = upserted.created.len();
        applied.products_updated = upserted.updated.len();
        applied.products_unchanged = upserted.unchanged;
    }
    if let Some(file) = services {
        tx.upsert_services(&file.services).await?;
    }
    Ok(applied)
}

/// The numbers a shop is written to on: its own, those it lists, and the console.
pub async fn channels(tx: &Tx, shop: &ShopFile, now: Timestamp) -> Result<(), StoreError> {
    tx.upsert_channel("console", &console_address(&shop.profile.slug), None, now).await?;
    let address = |number: &PhoneNumber| format!("whatsapp:+{}", number.digits());
    let own = shop.profile.whatsapp_number.iter().map(address);
    let addresses: Vec<String> = own.chain(shop.channels.iter().map(|entry| address(&entry.number))).collect();
    tx.retire_channels_except("twilio", &addresses).await?;
    if let Some(number) = &shop.profile.whatsapp_number {
        tx.upsert_channel("twilio", &address(number), None, now).await?;
    }
    for entry in &shop.channels {
        let sid = entry.account_sid.as_deref();
        tx.upsert_channel(&entry.kind, &address(&entry.number), sid, now).await?;
        if let Some(sid) = sid {
            tx.set_credential("twilio.account_sid", &SecretString::from(sid), now).await?;
        }
        if let Some(token) = &entry.auth_token {
            tx.set_credential("twilio.auth_token", &SecretString::from(token.as_str()), now).await?;
        }
    }
    Ok(())
}

/// The console's address of a shop.
#[must_use]
pub fn console_address(slug: &str) -> String {
    format!("console:{slug}")
}

async fn payments(tx: &Tx, entry: &PaymentEntry, now: Timestamp) -> Result<bool, StoreError> {
    let mut free = vec![("payments.provider".to_owned(), Some(entry.provider.clone()))];
    let (secrets, plain): (Vec<_>, Vec<_>) =
        entry.settings.iter().partition(|(name, _)| !FREE.contains(&format!("{}.{name}", entry.provider).as_str()));
    free.extend(plain.into_iter().map(|(name, value)| (format!("{}.{name}", entry.provider), Some(value.clone()))));
    let mut changed = tx.set_settings(&free).await?;
    for (name, value) in secrets {
        let name = format!("{}.{name}", entry.provider);
        changed |= tx.set_credential(&name, &SecretString::from(value.as_str()), now).await?;
    }
    Ok(changed)
}

/// Stores the pictures that products name, and puts their keys in place of the names. A picture that is not
/// there or is none is a complaint in the file, and the product is sold without it.
pub async fn with_pictures(
    app: &App,
    scope: TenantScope,
    mut file: ProductFile,
    read: impl Fn(&str) -> Result<Option<Vec<u8>>>,
) -> Result<Products> {
    let mut stored: BTreeMap<String, Option<StoredMedia>> = BTreeMap::new();
    for product in &mut file.products {
        let Some(name) = product.image.take() else { continue };
        let picture = match stored.get(&name) {
            Some(picture) => picture.clone(),
            None => {
                let picture = store_picture(app, scope, &name, read(&safe(&name))?).await?;
                stored.insert(name, picture.clone());
                picture
            }
        };
        product.image = picture.map(|picture| picture.key);
    }
    Ok(Products { file, pictures: stored.into_values().flatten().collect() })
}

async fn store_picture(
    app: &App,
    scope: TenantScope,
    name: &str,
    bytes: Option<Vec<u8>>,
) -> Result<Option<StoredMedia>> {
    let Some(bytes) = bytes else {
        tracing::warn!(picture = name, "a product's picture is not there");
        return Ok(None);
    };
    let Some(kind) = duka_assistant::media::sniff(&bytes).filter(|kind| kind.starts_with("image/")) else {
        tracing::warn!(picture = name, "a product's picture is not a picture");
        return Ok(None);
    };
    let fitted = match duka_assistant::media::fit(app, Bytes::from(bytes)).await {
        Ok(fitted) => fitted,
        Err(refused) => {
            tracing::warn!(picture = name, %refused, "a product's picture was not taken");
            return Ok(None);
        }
    };
    let kind = duka_assistant::media::sniff(&fitted).unwrap_or(kind);
    Ok(Some(app.media.put(scope, fitted, kind).await?))
}

/// The name of a file without any folder, so that a catalogue cannot name files elsewhere.
fn safe(name: &str) -> String {
    Path::new(name).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn need(source: &dyn Source, path: &str) -> Result<Vec<u8>> {
    source.read(path)?.with_context(|| format!("{path} is named in the shop file but is not there"))
}
