//! Structured logs on standard error. They carry identities and counts, never message text, names or numbers.

use anyhow::{Context, Result};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use crate::config::Config;

/// Starts logging as configured.
///
/// # Errors
/// If the filter of `DUKA_LOG` is not valid.
pub fn start(config: &Config) -> Result<()> {
    let filter = EnvFilter::try_new(&config.log)
        .with_context(|| format!("DUKA_LOG is {:?}, but has to be a filter such as info or duka=debug", config.log))?;
    let layer = fmt::layer().with_writer(std::io::stderr).with_target(false);
    let registry = tracing_subscriber::registry().with(filter);
    if config.log_json { registry.with(layer.json().flatten_event(true)).init() } else { registry.with(layer.compact()).init() }
    Ok(())
}
