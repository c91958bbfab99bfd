//! `duka demo`: a shop that sells at once, with nothing to set up.

use std::process::ExitCode;

use anyhow::{Context, Result};
use duka_kernel::TenantScope;
use duka_shop::team::Role;
use duka_store::users::NewUser;
use rust_embed::RustEmbed;

use super::{
    ServeArgs, serve,
    user::{Joining, join},
};
use crate::{
    config::Config,
    history, installation,
    seeding::{self, Source},
};

/// The demo shop's files, inside the program.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../demo"]
#[include = "shop.yaml"]
#[include = "*.csv"]
#[include = "catalogue-images/*"]
struct Files;

/// The demo shop's owner.
const EMAIL: &str = "owner@zuri.example";

/// The demo shop's slug.
pub const SLUG: &str = "zuri";

impl Source for Files {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        Ok(Self::get(path).map(|file| file.data.into_owned()))
    }
}

/// Puts the demo shop into a database; again changes nothing.
///
/// # Errors
/// If the database fails.
pub async fn seed(app: &duka_assistant::App) -> Result<()> {
    let yaml = Files::get("shop.yaml").context("the demo shop is not in this program")?;
    let yaml = String::from_utf8(yaml.data.into_owned()).context("the demo shop's file is not text")?;
    let there = app.store.system_read().await?.tenant_by_slug(SLUG).await?.is_some();
    if !there {
        seeding::apply(app, &yaml, &Files).await?;
    }
    Ok(())
}

/// Puts the demo shop with its past into a database; again changes nothing.
///
/// # Errors
/// If the database fails.
pub async fn prepare(app: &duka_assistant::App) -> Result<()> {
    if app.store.system_read().await?.tenant_by_slug(SLUG).await?.is_some() {
        return Ok(());
    }
    seed(app).await?;
    let tenant = app.store.system_read().await?.tenant_by_slug(SLUG).await?.context("the demo shop was not made")?;
    let scope = TenantScope::of(tenant);
    history::seed(app, scope, history::DEMO).await?;
    Ok(history::leave_open(app, scope).await?)
}

/// `duka demo`
pub async fn demo(config: Config, args: &ServeArgs) -> Result<ExitCode> {
    let store = installation::open_current(&config).await?;
    let (app, left) = installation::assemble(&config, store)?;
    prepare(&app).await?;
    let password = give_login(&app).await?;
    serve::run(&config, args, app, left, |address| {
        println!("{}", greeting(&address.to_string(), &password));
    })
    .await
}

/// Makes the demo shop's owner an account, or gives it another password: the one before was printed in another terminal.
async fn give_login(app: &duka_assistant::App) -> Result<String> {
    let password = format!("karibu-{}", &uuid::Uuid::new_v4().simple().to_string()[..8]);
    let hash = duka_api::password_hash(&password).map_err(|e| anyhow::anyhow!("{e}"))?;
    let scope = installation::shop(&app.store, SLUG).await?;
    let now = app.clock.now();
    let known = app.store.system_read().await?.user_by_email(EMAIL).await?;
    let given = app.store.system_write_with(hash, move |tx, hash| {
        let known = known.as_ref().map(|user| user.id);
        Box::pin(async move {
            if let Some(known) = known {
                return tx.set_password(known, hash).await;
            }
            let new = NewUser {
                email: EMAIL.into(),
                name: "Zuri".into(),
                password: hash.clone(),
                locale: "en".into(),
                operator: false,
            };
            let joining = Joining { known: None, new: Some(new), scope: Some(scope), role: Role::Owner };
            join(tx, &joining, now).await.map(drop)
        })
    });
    given.await?;
    Ok(password)
}

fn greeting(address: &str, password: &str) -> String {
    let program = std::env::current_exe().map_or_else(|_| "duka".into(), |path| path.display().to_string());
    format!(
        "\
Duka is running. Open the dashboard of the demo shop, Zuri Collections, on a phone or a computer:

    http://{address}
    e-mail    {EMAIL}
    password  {password}

Payments are played by the sandbox: no key, no network, no real money. Its simulator is a customer's phone on the screen.
The API is explained at http://{address}/docs. To be a customer in the terminal, in this folder:

    {program} chat --tenant {SLUG}

Try, one line after the other:

    hi, do you have a red dress?
    nipe ya kwanza size M
    checkout, nipelekee Westlands
    ndio
    /pay ok

Stop with Ctrl+C."
    )
}
