//! Making an account and its first shop.

use duka_kernel::{Currency, PhoneNumber, TenantScope, UserId};
use duka_shop::{ShopProfile, file::new_profile, team::Role};
use duka_store::{
    Guard, StoreError, SystemTx,
    audit::{Actor, Change},
    team::MemberRole,
    users::NewUser,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{LoggedIn, begin, login::count_from, passwords};
use crate::{
    Api,
    describe::Route,
    extract::Json,
    problem::{Check, DUPLICATE, NO_RIGHT, Problem, Reply},
    route,
    staff::Anyone,
};

pub fn routes() -> Vec<Route> {
    vec![route!(sign_up)]
}

/// An account and a shop.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignupIn {
    #[schema(min_length = 3, max_length = 254)]
    email: String,
    #[schema(min_length = 10, max_length = 200)]
    password: String,
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    #[schema(min_length = 1, max_length = 100)]
    shop_name: String,
    /// The number that customers write to.
    whatsapp: Option<String>,
}

/// Whether a text can be an address. Whether it is one, only a message to it shows.
pub(crate) fn is_email(text: &str) -> bool {
    let text = text.trim();
    let parts = text.split_once('@');
    let fine =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@');
    text.len() <= 254 && parts.is_some_and(|(name, host)| fine(name) && fine(host))
}

/// Make an account and its first shop, and log in.
///
/// The shop's short name is made from its name. Its customers collect until it says where it delivers.
#[utoipa::path(post, path = "/auth/signup", tag = "auth")]
async fn sign_up(caller: Anyone, Json(input): Json<SignupIn>) -> Reply<LoggedIn> {
    let api = &caller.api;
    if !api.settings.signup {
        return Err(NO_RIGHT.because("Accounts are made by whoever runs this installation"));
    }
    let number = input.whatsapp.as_deref().filter(|number| !number.trim().is_empty()).map(PhoneNumber::parse);
    let check = Check::new()
        .that(is_email(&input.email), "/email", "is no e-mail address")
        .text(&input.name, 100, "/name")
        .text(&input.shop_name, 100, "/shop_name")
        .that(!matches!(number, Some(Err(_))), "/whatsapp", "is no phone number");
    passwords::check(check, &input.password, "/password").done()?;
    count_from(api, &caller.client).await?;
    let password = api.passwords.hash(input.password).await?;
    let new = NewUser { email: input.email, name: input.name, password, locale: "en".into(), operator: false };
    let user = found(api, new, &input.shop_name, number.and_then(Result::ok)).await?;
    begin(api, user, &caller.client).await
}

async fn found(api: &Api, new: NewUser, shop_name: &str, number: Option<PhoneNumber>) -> Reply<UserId> {
    let now = api.app.clock.now();
    let mut profile = new_profile("", shop_name.trim(), Currency::Kes);
    profile.whatsapp_number = number;
    profile.delivery.pickup = true;
    let founded = api.app.store.system_write_with((new, profile), move |tx, (new, profile)| {
        Box::pin(async move {
            let user = tx.create_user(new, now).await?;
            let profile = ShopProfile { slug: free_slug(tx, &profile.name).await?, ..profile.clone() };
            let tenant = tx.create_tenant(&profile, now).await?;
            let shop = tx.within(TenantScope::of(tenant));
            shop.upsert_channel("console", &format!("console:{}", profile.slug), None, now).await?;
            shop.add_member(user, MemberRole::BuiltIn(Role::Owner), now).await?;
            let change = Change::new("shop.created").of("shop", tenant).to(json!({"slug": profile.slug}));
            shop.audit(Actor::User(user), &change, now).await?;
            Ok(user)
        })
    });
    founded.await.map_err(|error| match error {
        StoreError::Conflict(Guard::Duplicate("account")) => {
            DUPLICATE.because("There is an account with this e-mail address; log in with it")
        }
        other => Problem::from(other),
    })
}

/// A short name that no shop has, made from a name: `malkia-boutique`, `malkia-boutique-2`.
pub(crate) async fn free_slug(tx: &SystemTx, name: &str) -> Result<String, StoreError> {
    let base = slug(name);
    for n in 1.. {
        let slug = if n == 1 { base.clone() } else { format!("{base}-{n}") };
        if tx.tenant_by_slug(&slug).await?.is_none() {
            return Ok(slug);
        }
    }
    Err(StoreError::NotFound)
}

fn slug(name: &str) -> String {
    let letters = name.to_lowercase();
    let words = letters.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("-");
    let short: String = joined.chars().take(30).collect();
    let short = short.trim_end_matches('-');
    if short.is_empty() { "shop".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_made_of_what_an_address_may_hold() {
        assert_eq!(slug("  Malkia's Boutique & Co. "), "malkia-s-boutique-co");
        assert_eq!(slug("商店 !"), "shop");
        assert_eq!(slug(&"long name ".repeat(10)), "long-name-long-name-long-name");
    }

    #[test]
    fn what_cannot_be_an_address_is_told() {
        for text in ["a@b", "achieng@duka.co.ke", " a+b@c.d "] {
            assert!(is_email(text), "{text}");
        }
        for text in ["", "a", "@b", "a@", "a b@c", "a@b@c", "a@\nb", &"x@".repeat(130)] {
            assert!(!is_email(text), "{text}");
        }
    }
}
