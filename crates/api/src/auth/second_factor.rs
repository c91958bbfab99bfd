//! The second factor: codes of an authenticator app (RFC 6238), and recovery codes for when the phone is lost.

use duka_kernel::UserId;
use duka_store::users::Proof;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};
use utoipa::ToSchema;

use super::login::count_on;
use crate::{
    Api,
    answer::Done,
    describe::Route,
    extract::Json,
    problem::{CONFLICT, NOT_LOGGED_IN, Problem, Reply},
    route,
    staff::Person,
};

/// Recovery codes that are given out.
const RECOVERY_CODES: usize = 10;

pub fn routes() -> Vec<Route> {
    vec![route!(propose_totp), route!(confirm_totp), route!(stop_totp)]
}

/// A second factor that is not in force yet.
#[derive(Serialize, ToSchema)]
struct TotpOut {
    /// For typing it into an app.
    secret: String,
    /// For a QR code.
    uri: String,
}

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CodeIn {
    /// Six digits of the app, or a recovery code.
    #[schema(max_length = 40)]
    code: String,
}

/// What stands for the second factor when the phone is lost.
#[derive(Serialize, ToSchema)]
struct RecoveryOut {
    /// Each works once. They are not shown again.
    recovery_codes: Vec<String>,
}

/// The app's codes for a secret. An account is named, so that apps can show which it is.
fn totp(secret: &SecretString, email: &str) -> Reply<Totp> {
    let secret = Secret::try_from_base32(secret.expose_secret()).map_err(Problem::internal)?;
    // A colon would end the issuer's name in the address that apps read.
    let account = email.replace(':', " ");
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some("Duka"))
        .with_account_name(account)
        .build()
        .map_err(Problem::internal)
}

fn random<const N: usize>() -> Reply<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Problem::internal)?;
    Ok(bytes)
}

/// A code such as `k7qm2-x4hpa`, without letters that look like digits.
fn recovery_code() -> Reply<String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters: String = random::<10>()?.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    Ok(format!("{}-{}", &letters[..5], &letters[5..]))
}

/// Whether a code is one of the app's that was not used yet, or a recovery code. It is used up by that.
///
/// # Errors
/// If the database fails.
pub(super) async fn is_right(api: &Api, proof: &Proof, code: &str) -> Reply<bool> {
    let (user, code) = (proof.user, code.trim().to_lowercase());
    let Some(secret) = &proof.totp else { return Ok(false) };
    let seconds = u64::try_from(api.app.clock.now().0 / 1000).unwrap_or_default();
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp(secret, "")?.check(&digits, seconds).and_then(|step| i64::try_from(step).ok());
    let used = api.app.store.system_write_with(code, move |tx, code| {
        Box::pin(async move {
            match step {
                Some(step) => tx.use_totp_step(user, step).await,
                None => tx.use_recovery(user, code).await,
            }
        })
    });
    Ok(used.await?)
}

/// Begin to use a second factor: its secret, for an authenticator app.
///
/// It is not asked for before it was confirmed with a code.
#[utoipa::path(post, path = "/auth/totp", tag = "auth")]
async fn propose_totp(caller: Person) -> Reply<Json<TotpOut>> {
    let secret = SecretString::from(Secret::from(random::<20>()?).to_base32());
    let user = caller.user;
    let email = caller.api.app.store.system_read().await?.user(user).await?.email;
    let uri = totp(&secret, &email)?.to_url().map_err(Problem::internal)?;
    let propose = caller
        .api
        .app
        .store
        .system_write_with(secret.clone(), move |tx, secret| Box::pin(tx.propose_totp(user, secret)));
    if !propose.await? {
        return Err(CONFLICT.because("A second factor is in force; take it away first"));
    }
    Ok(Json(TotpOut { secret: secret.expose_secret().to_owned(), uri: uri.to_string() }))
}

/// Put the second factor in force with its first code.
#[utoipa::path(post, path = "/auth/totp/confirm", tag = "auth")]
async fn confirm_totp(caller: Person, Json(input): Json<CodeIn>) -> Reply<Json<RecoveryOut>> {
    let user = caller.user;
    count_on(&caller.api, user).await?;
    let proof = proof(&caller.api, user).await?;
    if proof.totp.is_none() || proof.totp_on {
        return Err(CONFLICT.because("There is no second factor that waits for its first code"));
    }
    if !is_right(&caller.api, &proof, &input.code).await? {
        return Err(Problem::field("/code", "is not the code that the app shows now"));
    }
    let codes = (0..RECOVERY_CODES).map(|_| recovery_code()).collect::<Reply<Vec<_>>>()?;
    let kept: Vec<SecretString> = codes.iter().map(|code| SecretString::from(code.as_str())).collect();
    let confirm = caller.api.app.store.system_write_with(kept, move |tx, kept| {
        Box::pin(async move {
            tx.forget_tries(&format!("user:{user}")).await?;
            tx.confirm_totp(user, kept).await
        })
    });
    confirm.await?;
    Ok(Json(RecoveryOut { recovery_codes: codes }))
}

/// Take the second factor away, with one of its codes.
#[utoipa::path(delete, path = "/auth/totp", tag = "auth")]
async fn stop_totp(caller: Person, Json(input): Json<CodeIn>) -> Reply<Done> {
    let user = caller.user;
    count_on(&caller.api, user).await?;
    let proof = proof(&caller.api, user).await?;
    if !proof.totp_on {
        return Err(CONFLICT.because("There is no second factor"));
    }
    if !is_right(&caller.api, &proof, &input.code).await? {
        return Err(Problem::field("/code", "is not the code that the app shows now"));
    }
    let stop = caller.api.app.store.system_write(move |tx| {
        Box::pin(async move {
            tx.forget_tries(&format!("user:{user}")).await?;
            tx.stop_totp(user).await
        })
    });
    stop.await?;
    Ok(Done)
}

async fn proof(api: &Api, user: UserId) -> Reply<Proof> {
    api.app.store.system_read().await?.proof(user).await?.ok_or_else(|| NOT_LOGGED_IN.problem())
}
