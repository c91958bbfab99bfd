//! `duka doctor`: what is missing before customers can be served.

use std::process::ExitCode;

use anyhow::Result;
use duka_assistant::{SET_ASIDE, own_model, payments::PaymentAccount};
use duka_kernel::TenantScope;

use super::tiers;
use crate::{config::Config, installation};

/// For how long messages that could not be dealt with are listed.
const SET_ASIDE_MINUTES: i64 = 7 * 24 * 60;

/// `duka doctor`
pub async fn doctor(config: &Config) -> Result<ExitCode> {
    let mut missing = 0;
    let mut say = |fine: bool, what: &str| {
        println!("{} {what}", if fine { "ok     " } else { "MISSING" });
        missing += usize::from(!fine);
    };
    let store = installation::open_current(config).await?;
    say(true, "the database opens and has this program's version");
    let public = config.public_url.scheme() == "https";
    say(public, "DUKA_PUBLIC_URL is an https address (providers call it and sign over it)");
    say(config.master_key.is_some(), "DUKA_MASTER_KEY is set (else the key lies beside the data it protects)");
    tiers::check(config, &mut say).await?;
    let shops = store.system_read().await?.tenants().await?;
    say(!shops.is_empty(), "there is a shop");
    for shop in shops {
        let scope = TenantScope::of(shop.id);
        let tx = store.read(scope).await?;
        let profile = tx.profile().await?;
        let twilio =
            tx.credential("twilio.account_sid").await?.is_some() && tx.credential("twilio.auth_token").await?.is_some();
        let slug = &shop.slug;
        let numbers = tx.channels().await?.into_iter().filter(|channel| channel.kind == "twilio" && channel.active);
        say(numbers.count() > 0, &format!("{slug}: has a WhatsApp number"));
        say(twilio, &format!("{slug}: has Twilio credentials (twilio.account_sid, twilio.auth_token)"));
        let payments = PaymentAccount::read(&tx).await?;
        say(
            matches!(payments, PaymentAccount::PayLink(_)),
            &format!("{slug}: is paid by a real provider (now: {})", payments.name()),
        );
        if let Some(own) = own_model::check(&tx).await? {
            let wrong = own.err().map(|why| format!(" ({why})")).unwrap_or_default();
            say(wrong.is_empty(), &format!("{slug}: its own language model can be used{wrong}"));
        }
        say(profile.owner_phone.is_some(), &format!("{slug}: the owner has a number to be told on"));
        say(!tx.products().await?.is_empty(), &format!("{slug}: has products"));
        for job in tx.parked_jobs(20).await? {
            let why = job.error.unwrap_or_default();
            say(false, &format!("{slug}: a job ({}) was given up: {why}", job.kind));
        }
        for event in tx.events_of(SET_ASIDE, config.clock.now().plus_minutes(-SET_ASIDE_MINUTES), 20).await? {
            let (conversation, why) = (&event.payload["conversation"], &event.payload["reason"]);
            say(
                false,
                &format!("{slug}: messages could not be dealt with and went to the team ({conversation}): {why}"),
            );
        }
        let reachable = profile.delivery.pickup || !profile.delivery.zones.is_empty();
        say(reachable, &format!("{slug}: delivers somewhere or lets customers collect"));
    }
    Ok(if missing == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
