//! What `duka doctor` says about models.

use anyhow::Result;
use duka_models::Models;
use jiff::{ToSpan, civil::Date, tz::TimeZone};

use crate::config::Config;

/// So many days before a model ends it is time to choose another.
const DAYS_BEFORE_END: i32 = 60;

/// After so many days what the program knows about models is old.
const DAYS_OF_KNOWING: i32 = 90;

/// Asks every tier of the chain once, and says whether it works and how long it will.
pub async fn check(config: &Config, say: &mut impl FnMut(bool, &str)) -> Result<()> {
    let models = Models::new(config.models.clone(), config.clock.clone())?;
    for model in models.without_access() {
        say(false, &format!("{model} can be reached (there is no key for it, or no address)"));
    }
    let probed = models.probe().await;
    if probed.is_empty() && models.without_access().is_empty() {
        say(true, "no model is configured (rules and templates answer everything)");
        return Ok(());
    }
    for tier in probed {
        match tier.outcome {
            Ok(millis) => say(true, &format!("{} answers ({millis} ms)", tier.model)),
            Err(kind) => say(false, &format!("{} answers (it failed: {kind})", tier.model)),
        }
    }
    let today = config.clock.now().in_zone(&TimeZone::UTC).date();
    for tier in models.health() {
        if let Some(end) = tier.retires.filter(|end| *end < today + DAYS_BEFORE_END.days()) {
            println!("SOON    {} ends on {end}: choose another for DUKA_LLM_CHAIN", tier.model);
        }
    }
    let as_of: Date = Models::as_of();
    if as_of + DAYS_OF_KNOWING.days() < today {
        println!("SOON    prices and ends of models are those of {as_of}: a newer version of Duka knows newer ones");
    }
    Ok(())
}
