//! `duka import`: products and services from CSV files.

use std::process::ExitCode;

use anyhow::{Context, Result};
use duka_shop::csv_file::{RowError, read_products, read_services};
use serde_json::json;

use super::ImportArgs;
use crate::{
    config::Config,
    installation,
    seeding::{Folder, Source, with_pictures},
};

/// `duka import products`
pub async fn products(config: &Config, args: &ImportArgs) -> Result<ExitCode> {
    let bytes = std::fs::read(&args.file).with_context(|| format!("{} is not readable", args.file.display()))?;
    let store = installation::open_current(config).await?;
    let scope = installation::shop(&store, &args.tenant).await?;
    let (app, _left) = installation::assemble(config, store)?;
    let currency = app.store.read(scope).await?.profile().await?.currency;
    let images = args
        .images
        .clone()
        .unwrap_or_else(|| args.file.parent().map(|folder| folder.join("catalogue-images")).unwrap_or_default());
    let folder = Folder(images);
    let products = with_pictures(&app, scope, read_products(&bytes, currency), |name| folder.read(name)).await?;
    let now = config.clock.now();
    let (errors, warnings) = (products.file.errors.clone(), products.file.warnings.clone());
    let skipped = products.file.skipped;
    let upserted = app.store.write_with(scope, products, move |tx, products| Box::pin(products.write(tx, now))).await?;
    duka_assistant::looks::at_products(&app, scope).await?;
    let rest = Rest { skipped, looked_at: app.looking.analysed(), errors: &errors, warnings: &warnings };
    report(args.json, &upserted, &rest);
    app.store.close().await;
    Ok(exit(&errors))
}

/// `duka import services`
pub async fn services(config: &Config, args: &ImportArgs) -> Result<ExitCode> {
    let bytes = std::fs::read(&args.file).with_context(|| format!("{} is not readable", args.file.display()))?;
    let store = installation::open_current(config).await?;
    let scope = installation::shop(&store, &args.tenant).await?;
    let currency = store.read(scope).await?.profile().await?.currency;
    let file = read_services(&bytes, currency);
    let errors = file.errors.clone();
    let upserted = store.write_with(scope, file, |tx, file| Box::pin(tx.upsert_services(&file.services))).await?;
    report(args.json, &upserted, &Rest { skipped: 0, looked_at: 0, errors: &errors, warnings: &[] });
    store.close().await;
    Ok(exit(&errors))
}

/// What an import did besides writing rows.
struct Rest<'r> {
    skipped: u64,
    /// Pictures whose looks were not known yet.
    looked_at: u64,
    errors: &'r [RowError],
    warnings: &'r [RowError],
}

fn report(as_json: bool, upserted: &duka_store::catalogue::Upserted, rest: &Rest<'_>) {
    let Rest { skipped, looked_at, errors, warnings } = *rest;
    if as_json {
        let rows = |rows: &[RowError]| -> Vec<serde_json::Value> {
            rows.iter().map(|e| json!({"line": e.line, "column": e.column, "message": e.message})).collect()
        };
        let out = json!({
            "created": upserted.created, "updated": upserted.updated, "unchanged": upserted.unchanged,
            "skipped": skipped, "looked_at": looked_at, "errors": rows(errors), "warnings": rows(warnings),
        });
        println!("{out}");
        return;
    }
    let (created, updated, unchanged) = (upserted.created.len(), upserted.updated.len(), upserted.unchanged);
    println!("{created} created, {updated} updated, {unchanged} unchanged, {skipped} skipped, {} bad", errors.len());
    for error in errors {
        println!("bad: {error}");
    }
    for warning in warnings {
        println!("note: {warning}");
    }
}

fn exit(errors: &[RowError]) -> ExitCode {
    if errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
