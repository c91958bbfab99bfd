//! `duka leads`: who looked and did not buy, and what they wanted.

use std::process::ExitCode;

use anyhow::{Context, Result};
use duka_assistant::leads::{self, Lead};
use serde_json::json;

use crate::{config::Config, installation, printing::Out};

/// `duka leads`
pub async fn leads(config: &Config, slug: &str, csv: bool) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let scope = installation::shop(&store, slug).await?;
    let (app, _) = installation::assemble(config, store)?;
    let leads = leads::of(&app, scope).await?;
    if !csv {
        for lead in &leads {
            println!("{}", row(lead));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = csv::Writer::from_writer(Out::new());
    out.write_record(["name", "phone", "interest", "stage", "last_seen", "source", "marketing"])?;
    for lead in &leads {
        let marketing = if lead.opted_out { "no" } else { "yes" };
        out.write_record([
            safe(lead.name.as_deref().unwrap_or_default()).as_str(),
            lead.phone.as_ref().map(|phone| phone.digits()).unwrap_or_default(),
            safe(&lead.interest.join("; ")).as_str(),
            lead.stage,
            lead.last_seen.as_str(),
            lead.source.as_str(),
            marketing,
        ])?;
    }
    out.flush().context("standard output")?;
    Ok(ExitCode::SUCCESS)
}

fn row(lead: &Lead) -> serde_json::Value {
    json!({
        "name": lead.name, "phone": lead.phone.as_ref().map(|phone| phone.digits()), "interest": lead.interest,
        "stage": lead.stage, "last_seen": lead.last_seen, "source": lead.source, "opted_out": lead.opted_out,
    })
}

/// A customer's words must not be a formula where the file is opened.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}
