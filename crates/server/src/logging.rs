//! Structured logs on standard error. They carry identities and counts, never message text, names or numbers.

use anyhow::{Context, Result};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use crate::config::Config;

/// Starts logging as configured. Commands that end by themselves log warnings only, unless `DUKA_LOG` is set.
///
/// # Errors
/// If the filter of `DUKA_LOG` is not valid.
pub fn start(config: &Config, serving: bool) -> Result<()> {
    let wanted = config.log.as_deref().unwrap_or(if serving { "info" } else { "warn" });
    let filter = EnvFilter::try_new(wanted)
        .with_context(|| format!("DUKA_LOG is {:?}, but has to be a filter such as info or duka=debug", wanted))?;
    let layer = fmt::layer().with_writer(std::io::stderr).with_target(false);
    let registry = tracing_subscriber::registry().with(filter);
    if config.log_json {
        registry.with(layer.json().flatten_event(true)).init()
    } else {
        registry.with(layer.compact()).init()
    }
    Ok(())
}
