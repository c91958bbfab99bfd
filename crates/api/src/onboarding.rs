//! The way from an empty shop to the first customer who is answered.

use std::collections::BTreeMap;

use duka_store::{StoreError, Tx, audit::Change};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    describe::Route,
    extract::Json,
    problem::Reply,
    route,
    staff::{Member, Staff, right::SettingsManage},
};

/// Where the steps are kept that people said are done.
const KEPT: &str = "onboarding";

pub fn routes() -> Vec<Route> {
    vec![route!(get_onboarding), route!(update_onboarding)]
}

/// A step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// What the shop is and when it is open.
    Profile,
    /// What it sells.
    Catalogue,
    /// How it is paid.
    Payments,
    /// Where it is written to.
    Channel,
    /// How it speaks.
    Voice,
    /// Somebody has tried it.
    Test,
    /// It answers customers.
    Live,
}

impl Step {
    const ALL: [Self; 7] =
        [Self::Profile, Self::Catalogue, Self::Payments, Self::Channel, Self::Voice, Self::Test, Self::Live];

    const fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Catalogue => "catalogue",
            Self::Payments => "payments",
            Self::Channel => "channel",
            Self::Voice => "voice",
            Self::Test => "test",
            Self::Live => "live",
        }
    }
}

/// How far the shop is.
#[derive(Serialize, ToSchema)]
struct OnboardingOut {
    /// The steps that are done: those that people said are, and those that the shop itself shows to be.
    #[schema(inline)]
    done: Vec<Step>,
    /// Whether it answers customers.
    live: bool,
}

fn said(settings: &BTreeMap<String, String>) -> Vec<&str> {
    let kept = settings.get(KEPT).map(String::as_str).unwrap_or_default();
    kept.split(',').filter(|step| !step.is_empty()).collect()
}

/// The steps that are done, in their order.
async fn steps(tx: &Tx) -> Result<Vec<Step>, StoreError> {
    let shop = tx.shop().await?;
    let said = said(&shop.settings);
    let mut done = Vec::new();
    for step in Step::ALL {
        let seen = match step {
            Step::Profile => shop.profile.location.is_some() && shop.profile.hours.iter().any(Option::is_some),
            Step::Catalogue => tx.versions().await?.catalogue > 1 && !tx.products().await?.is_empty(),
            Step::Payments => {
                let provider = shop.settings.get("payments.provider").map(String::as_str);
                provider == Some("paylink") && tx.credential("paylink.api_key").await?.is_some()
            }
            Step::Channel => tx.channels().await?.iter().any(|channel| channel.active && channel.kind == "twilio"),
            Step::Test => tx.was_tried().await?,
            Step::Voice | Step::Live => false,
        };
        if seen || said.contains(&step.name()) {
            done.push(step);
        }
    }
    Ok(done)
}

/// The names of the steps that are done.
pub async fn done(tx: &Tx) -> Result<Vec<String>, StoreError> {
    Ok(steps(tx).await?.into_iter().map(|step| step.name().to_owned()).collect())
}

async fn standing(tx: &Tx) -> Result<OnboardingOut, StoreError> {
    let done = steps(tx).await?;
    Ok(OnboardingOut { live: done.contains(&Step::Live), done })
}

/// Tell how far the shop is set up.
#[utoipa::path(get, path = "/onboarding", tag = "onboarding")]
async fn get_onboarding(member: Member) -> Reply<Json<OnboardingOut>> {
    Ok(Json(standing(&member.read().await?).await?))
}

/// What a person says of a step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OnboardingIn {
    #[schema(inline)]
    step: Step,
    done: bool,
}

/// Say that a step is done, or is not. What the shop itself shows to be done stays so.
#[utoipa::path(patch, path = "/onboarding", tag = "onboarding")]
async fn update_onboarding(
    staff: Staff<SettingsManage>,
    Json(input): Json<OnboardingIn>,
) -> Reply<Json<OnboardingOut>> {
    let changed = staff.change((input.step, input.done), |tx, (step, done)| {
        Box::pin(async move {
            let settings = tx.settings().await?;
            let mut kept = said(&settings);
            kept.retain(|known| *known != step.name());
            if *done {
                kept.push(step.name());
            }
            tx.set_settings(&[(KEPT.to_owned(), Some(kept.join(",")))]).await?;
            let change = Change::new("onboarding.changed").to(json!({"step": step.name(), "done": done}));
            Ok((standing(tx).await?, vec![change]))
        })
    });
    Ok(Json(changed.await?))
}
