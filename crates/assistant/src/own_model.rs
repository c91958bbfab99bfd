//! The model that a shop brings itself.

pub use duka_models::check_own_address as check_address;
use duka_models::{ModelId, OwnModel};
use duka_store::{StoreError, Tx};
use secrecy::SecretString;

/// The shop's own model, if it has set one. What cannot be used is logged and left out, so that the installation's
/// models answer; `duka doctor` says what is wrong.
///
/// # Errors
/// If the database cannot be read.
pub(crate) async fn read(tx: &Tx) -> Result<Option<OwnModel>, StoreError> {
    match check(tx).await? {
        Some(Err(why)) => {
            tracing::warn!(tenant = %tx.tenant(), %why, "the shop's own model is not used");
            Ok(None)
        }
        Some(Ok(own)) => Ok(Some(own)),
        None => Ok(None),
    }
}

/// Whether a text names a model, as `openai/gpt-6-luna` does.
///
/// # Errors
/// What is wrong with it.
pub fn check_name(name: &str) -> Result<(), String> {
    name.parse::<ModelId>().map(drop).map_err(|wrong| wrong.to_string())
}

/// Whether a setting says yes.
#[must_use]
pub fn is_on(value: &str) -> bool {
    ["yes", "true", "on", "1"].contains(&value.trim())
}

/// The shop's own model, or what is wrong with its settings.
///
/// # Errors
/// If the database cannot be read.
pub async fn check(tx: &Tx) -> Result<Option<Result<OwnModel, String>>, StoreError> {
    let mut settings = tx.settings().await?;
    let Some(name) = settings.remove("models.own") else { return Ok(None) };
    let key = tx.credential("models.api_key").await?;
    let mut other = |key: &str| settings.remove(&format!("models.{key}"));
    let (base, vision, transcribe, embed) = (other("api_base"), other("vision"), other("transcribe"), other("embed"));
    let fall_back = other("fall_back").is_some_and(|value| is_on(&value));
    let read = || {
        let model: ModelId = name.parse().map_err(|wrong| format!("models.own: {wrong}"))?;
        let base = base.map(|text| text.parse().map_err(|_| format!("models.api_base: {text:?} is not an address")));
        let key = key.unwrap_or_else(|| SecretString::from(""));
        Ok(OwnModel { base: base.transpose()?, key, model, vision, transcribe, embed, fall_back })
    };
    Ok(Some(read()))
}
