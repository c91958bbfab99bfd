//! `duka tenant`: creating, configuring, listing and exporting shops.

use std::{path::Path, process::ExitCode};

use anyhow::{Context, Result, bail};
use duka_assistant::{
    own_model,
    setup::{CREDENTIALS, FREE, PROVIDERS, move_number},
};
use duka_kernel::{Currency, TenantScope};
use duka_shop::file::{ChannelEntry, PaymentEntry, ShopFile, apply_setting, new_profile, write_shop_file};
use duka_store::Store;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::CreateArgs;
use crate::{
    config::Config,
    installation,
    seeding::{self, Applied, Folder},
};

/// `duka tenant create`
pub async fn create(config: &Config, args: CreateArgs) -> Result<ExitCode> {
    let currency = Currency::from_code(&args.currency)
        .with_context(|| format!("--currency is {:?}, but has to be one of KES, UGX, TZS, RWF, USD", args.currency))?;
    let slug_is_fine = !args.slug.is_empty()
        && args.slug.len() <= 40
        && args.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !slug_is_fine {
        bail!("--slug is {:?}, but has to be up to 40 lower-case letters, digits and -", args.slug);
    }
    jiff::tz::TimeZone::get(&args.timezone)
        .with_context(|| format!("--timezone is {:?}, but has to be a name such as Africa/Nairobi", args.timezone))?;
    let mut profile = new_profile(&args.slug, &args.name, currency);
    profile.timezone = args.timezone;
    profile.whatsapp_number = args.whatsapp_number;
    // Until it says where it delivers, its customers collect.
    profile.delivery.pickup = true;
    let store = installation::open_current(config).await?;
    let now = config.clock.now();
    let written = profile.clone();
    let created = store
        .system_write(move |tx| {
            let profile = written.clone();
            Box::pin(async move {
                let tenant = tx.create_tenant(&profile, now).await?;
                let shop = tx.within(TenantScope::of(tenant));
                let file = ShopFile {
                    profile,
                    channels: Vec::new(),
                    payments: Vec::new(),
                    catalogue: None,
                    services: None,
                    images: String::new(),
                };
                seeding::channels(&shop, &file, now).await?;
                let (_, key) = shop.create_api_key("first", now).await?;
                Ok((tenant, key))
            })
        })
        .await;
    let (tenant, key) = created.with_context(|| format!("shop {:?} could not be created", args.slug))?;
    let out = json!({
        "tenant_id": tenant, "slug": profile.slug, "name": profile.name, "currency": profile.currency,
        "timezone": profile.timezone, "whatsapp_number": profile.whatsapp_number, "api_key": key.expose_secret(),
    });
    println!("{out:#}");
    Ok(ExitCode::SUCCESS)
}

/// `duka tenant set`
pub async fn set(config: &Config, slug: &str, settings: &[String]) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let scope = installation::shop(&store, slug).await?;
    let mut profile = store.read(scope).await?.profile().await?;
    let before = profile.whatsapp_number.clone();
    let mut free: Vec<(String, Option<String>)> = Vec::new();
    let mut secrets: Vec<(String, SecretString)> = Vec::new();
    for setting in settings {
        let (key, value) = setting.split_once('=').with_context(|| format!("{setting:?} has to be KEY=VALUE"))?;
        if CREDENTIALS.contains(&key) {
            secrets.push((key.to_owned(), SecretString::from(value)));
        } else if FREE.contains(&key) {
            free.push((key.to_owned(), Some(value.to_owned()).filter(|v| !v.is_empty())));
        } else if !apply_setting(&mut profile, key, value).map_err(|why| anyhow::anyhow!("{key}: {why}"))? {
            bail!("there is no setting {key:?}; see docs/shops.md for all of them");
        }
    }
    if let Some((_, Some(provider))) = free.iter().find(|(key, _)| key == "payments.provider")
        && !PROVIDERS.contains(&provider.as_str())
    {
        bail!("payments.provider: {provider:?} is not known; use sandbox or paylink");
    }
    if let Some((_, Some(name))) = free.iter().find(|(key, _)| key == "models.own") {
        own_model::check_name(name).map_err(|why| anyhow::anyhow!("models.own: {why}"))?;
    }
    if let Some((_, Some(address))) = free.iter().find(|(key, _)| key == "models.api_base") {
        own_model::check_address(address, config.models.allow_local)
            .map_err(|why| anyhow::anyhow!("models.api_base: {why}"))?;
    }
    let now = config.clock.now();
    let shown = settings.len();
    store
        .write_with(scope, (profile, before, free, secrets), move |tx, (profile, before, free, secrets)| {
            Box::pin(async move {
                tx.save_profile(profile).await?;
                move_number(tx, before.as_ref(), profile.whatsapp_number.as_ref(), now).await?;
                tx.set_settings(free).await?;
                for (name, value) in secrets {
                    tx.set_credential(name, value, now).await?;
                }
                Ok(())
            })
        })
        .await?;
    println!("{shown} set");
    Ok(ExitCode::SUCCESS)
}

/// `duka tenant apply`
pub async fn apply(config: &Config, file: &Path) -> Result<ExitCode> {
    let yaml = std::fs::read_to_string(file).with_context(|| format!("{} is not readable", file.display()))?;
    let store = installation::open_current(config).await?;
    let (app, _left) = installation::assemble(config, store)?;
    let folder = Folder(file.parent().map(Path::to_path_buf).unwrap_or_default());
    let applied = seeding::apply(&app, &yaml, &folder).await?;
    let mut bad = 0;
    for shop in &applied {
        let scope = installation::shop(&app.store, &shop.slug).await?;
        duka_assistant::looks::at_products(&app, scope).await?;
        println!("{}", describe(shop));
        for complaint in &shop.complaints {
            println!("  not taken: {complaint}");
        }
        bad += shop.complaints.len();
    }
    app.store.close().await;
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn describe(shop: &Applied) -> String {
    let what = match (shop.created, shop.settings_changed) {
        (true, _) => "created",
        (false, true) => "settings changed",
        (false, false) => "settings unchanged",
    };
    format!(
        "{}: {what}; products: {} created, {} updated, {} unchanged",
        shop.slug, shop.products_created, shop.products_updated, shop.products_unchanged
    )
}

/// `duka tenant export`
pub async fn export(config: &Config, slug: &str) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let scope = installation::shop(&store, slug).await?;
    print!("{}", write_shop_file(&[exported(&store, scope).await?]));
    Ok(ExitCode::SUCCESS)
}

/// A shop as its file, without secrets: `${…}` stands in their place.
async fn exported(store: &Store, scope: TenantScope) -> Result<ShopFile> {
    let tx = store.read(scope).await?;
    let profile = tx.profile().await?;
    let names = tx.credential_names().await?;
    let placeholder = |name: &str| format!("${{{}}}", name.to_uppercase().replace('.', "_"));
    let has = |name: &str| names.iter().any(|there| there == name);
    let mut channels = Vec::new();
    for channel in tx.channels().await?.into_iter().filter(|c| c.kind == "twilio" && has("twilio.auth_token")) {
        channels.push(ChannelEntry {
            kind: channel.kind,
            number: channel.address.trim_start_matches("whatsapp:").parse().context("a channel's number")?,
            account_sid: has("twilio.account_sid").then(|| placeholder("twilio.account_sid")),
            auth_token: Some(placeholder("twilio.auth_token")),
            settings: std::collections::BTreeMap::new(),
        });
    }
    let provider = tx.settings().await?.remove("payments.provider").filter(|provider| provider != "sandbox");
    let payments = provider.map(|provider| {
        let prefix = format!("{provider}.");
        let own = names.iter().filter_map(|name| Some((name.strip_prefix(&prefix)?.to_owned(), placeholder(name))));
        PaymentEntry { settings: own.collect(), provider }
    });
    let payments = payments.into_iter().collect();
    Ok(ShopFile { profile, channels, payments, catalogue: None, services: None, images: "catalogue-images".into() })
}

/// `duka tenant list`
pub async fn list(config: &Config) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    for shop in store.system_read().await?.tenants().await? {
        println!("{}\t{}\t{}", shop.slug, shop.name, shop.id);
    }
    Ok(ExitCode::SUCCESS)
}
