//! What a shop is set up with besides its profile: the names of its settings and credentials, its number, its accounts.

use duka_kernel::{PhoneNumber, TenantScope, Timestamp};
use duka_providers::channels::twilio::{SendError, SentQuery};
use duka_store::{StoreError, Tx};

use crate::App;

/// Settings of providers that are no secrets.
pub const FREE: [&str; 10] = [
    "payments.provider",
    "paylink.path",
    "paylink.api_key_header",
    "paylink.username_header",
    "models.own",
    "models.api_base",
    "models.vision",
    "models.transcribe",
    "models.embed",
    "models.fall_back",
];

/// Settings that are secrets: stored encrypted, never shown.
pub const CREDENTIALS: [&str; 5] =
    ["twilio.account_sid", "twilio.auth_token", "paylink.api_key", "paylink.username", "models.api_key"];

/// Providers that a shop can be paid by.
pub const PROVIDERS: [&str; 2] = ["sandbox", "paylink"];

/// The shop is written to on another number, or on none: the one before is retired.
///
/// # Errors
/// [`duka_store::Guard::Duplicate`] if another shop has the number.
pub async fn move_number(
    tx: &Tx,
    before: Option<&PhoneNumber>,
    after: Option<&PhoneNumber>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if before == after {
        return Ok(());
    }
    let address = |number: &PhoneNumber| format!("whatsapp:+{}", number.digits());
    let old = before.map(address);
    let kept = tx.channels().await?.into_iter().filter(|c| c.kind == "twilio" && c.active).map(|c| c.address);
    let kept: Vec<String> = kept.filter(|kept| Some(kept) != old.as_ref()).collect();
    tx.retire_channels_except("twilio", &kept).await?;
    if let Some(number) = after {
        tx.upsert_channel("twilio", &address(number), None, now).await?;
    }
    Ok(())
}

/// Whether Twilio takes the shop's account, in a sentence either way. Nothing is sent.
///
/// # Errors
/// If the database fails.
pub async fn trial_of_twilio(app: &App, scope: TenantScope) -> Result<Result<String, String>, StoreError> {
    let shop = app.shops.now(&app.store, scope).await?;
    let Some(account) = &shop.twilio else {
        return Ok(Err("Twilio's account or its secret is not set".into()));
    };
    if shop.profile.whatsapp_number.is_none() {
        return Ok(Err("The number that customers write to is not set".into()));
    }
    // Asking for what was sent to a number that nobody has changes nothing and needs the same account.
    let query = SentQuery { to: "whatsapp:+254700000000", body: "", media_count: 0, since: app.clock.now() };
    Ok(match app.outside.twilio().find_sent(account, &query).await {
        Ok(_) => Ok("Twilio takes the account".into()),
        Err(SendError::TryLater(_) | SendError::Unknown(_)) => Err("Twilio does not answer now; try again".into()),
        Err(error) => Err(error.to_string()),
    })
}
