//! Structured logs on standard error. They carry identities and counts, never message text, names or numbers.

use std::io::IsTerminal;

use anyhow::{Context, Result};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use crate::config::Config;

/// What a server logs unless it is told otherwise: its own news, and trouble of the libraries below it.
const SERVING: &str = "warn,duka=info,duka_assistant=info,duka_store=info,duka_providers=info";

/// Starts logging as configured. Commands that end by themselves log warnings only, unless `DUKA_LOG` is set.
///
/// # Errors
/// If the filter of `DUKA_LOG` is not valid.
pub fn start(config: &Config, serving: bool) -> Result<()> {
    let wanted = config.log.as_deref().unwrap_or(if serving { SERVING } else { "warn" });
    let filter = EnvFilter::try_new(wanted)
        .with_context(|| format!("DUKA_LOG is {:?}, but has to be a filter such as info or duka=debug", wanted))?;
    let colours = std::io::stderr().is_terminal();
    let layer = fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(colours);
    let registry = tracing_subscriber::registry().with(filter);
    if config.log_json {
        registry.with(layer.json().flatten_event(true)).init()
    } else {
        registry.with(layer.compact()).init()
    }
    Ok(())
}
