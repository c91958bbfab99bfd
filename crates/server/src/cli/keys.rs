//! `duka keys`: the keys that encrypt credentials and personal data.

use std::process::ExitCode;

use anyhow::Result;

use crate::{config::Config, installation};

/// `duka keys rotate`
pub async fn rotate(config: &Config) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let rotated = store.rotate_keys().await?;
    println!("{rotated} values encrypted anew; every value is encrypted with the first key of DUKA_MASTER_KEY now");
    Ok(ExitCode::SUCCESS)
}
