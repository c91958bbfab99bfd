//! What several families of routes answer with: states, pictures, days, who did something.

use std::{borrow::Cow, collections::BTreeMap, str::FromStr};

use duka_kernel::{ApiKeyId, Timestamp, UserId};
use duka_shop::{OrderState, PaymentState, ShopProfile};
use duka_store::audit::Actor;
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{ObjectBuilder, Type},
    },
};
use uuid::Uuid;

use crate::{
    principal::AtShop,
    problem::{Problem, Reply},
};

/// Where a picture or file of the shop is had, by what it is stored under.
#[must_use]
pub fn media_url(key: &str) -> String {
    format!("/v1/media/{}", key.rsplit('/').next().unwrap_or_default())
}

/// A name out of a fixed list, in the description with all of them.
macro_rules! named {
    ($(#[$doc:meta])* $wrapper:ident($of:ty) called $name:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $wrapper(pub $of);

        impl Serialize for $wrapper {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.0.name())
            }
        }

        impl<'de> Deserialize<'de> for $wrapper {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(from)?;
                <$of>::from_str(&text).map(Self).map_err(de::Error::custom)
            }
        }

        impl PartialSchema for $wrapper {
            fn schema() -> RefOr<Schema> {
                let names = <$of>::ALL.iter().map(|one| one.name());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
            }
        }

        impl ToSchema for $wrapper {
            fn name() -> Cow<'static, str> {
                $name.into()
            }
        }
    };
}

named! {
    /// Where an order stands.
    StateOut(OrderState) called "OrderState"
}
named! {
    /// Where an attempt to be paid stands.
    PaymentStateOut(PaymentState) called "PaymentState"
}

/// Names out of a fixed list, separated by commas.
///
/// # Errors
/// If one is none of them.
pub fn listed<T: FromStr>(text: Option<&str>, pointer: &str) -> Reply<Vec<T>>
where
    T::Err: std::fmt::Display,
{
    let named = text.unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty());
    named.map(|name| name.parse().map_err(|wrong: T::Err| Problem::field(pointer, wrong.to_string()))).collect()
}

/// The shop's time zone.
#[must_use]
pub fn zone(shop: &ShopProfile) -> TimeZone {
    TimeZone::get(&shop.timezone).unwrap_or(TimeZone::UTC)
}

/// When the first of some days of the shop's calendar begins, and when the last is over.
///
/// # Errors
/// If a day is out of reach of any calendar.
pub fn days(from: Option<Date>, to: Option<Date>, zone: &TimeZone) -> Reply<(Option<Timestamp>, Option<Timestamp>)> {
    let begins = |day: Date, pointer: &str| {
        let begun = day.to_zoned(zone.clone()).map(|at| Timestamp::from(at.timestamp()));
        begun.map_err(|_| Problem::field(pointer, "is out of reach"))
    };
    let to =
        to.map(|day| day.checked_add(1.day()).map_err(|_| Problem::field("/to", "is out of reach"))).transpose()?;
    Ok((from.map(|day| begins(day, "/from")).transpose()?, to.map(|day| begins(day, "/to")).transpose()?))
}

/// Whether whoever calls reads the pages in Swahili.
///
/// # Errors
/// If the database fails.
pub async fn speaks_swahili(at: &AtShop) -> Reply<bool> {
    let Some(user) = at.user else { return Ok(false) };
    Ok(at.api.app.store.system_read().await?.user(user).await?.locale == "sw")
}

/// How who does something is written to what they do, such as `staff:0199…`.
#[must_use]
pub fn signature(actor: Actor) -> String {
    match actor {
        Actor::User(UserId(id)) | Actor::Operator(UserId(id)) => format!("staff:{id}"),
        Actor::Key(ApiKeyId(id)) => format!("key:{id}"),
        Actor::System => "system".to_owned(),
    }
}

/// What those who did something are called now.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<Uuid, String>);

impl Names {
    /// The names of those who signed.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn of<'s>(at: &AtShop, signatures: impl IntoIterator<Item = &'s str>) -> Reply<Self> {
        let mut ids: Vec<Uuid> = signatures.into_iter().filter_map(signed).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let keys = at.read().await?.api_keys().await?;
        let mut names: BTreeMap<Uuid, String> = keys.into_iter().map(|key| (key.id.0, key.label)).collect();
        let users: Vec<UserId> = ids.into_iter().map(UserId).collect();
        let users = at.api.app.store.system_read().await?.users(&users).await?;
        names.extend(users.into_iter().map(|user| (user.id.0, user.name)));
        Ok(Self(names))
    }

    /// The name of who signed, or what they are: `customer`, `assistant`, `staff`, …
    #[must_use]
    pub fn name(&self, signature: &str) -> String {
        let known = signed(signature).and_then(|id| self.0.get(&id).cloned());
        known.unwrap_or_else(|| signature.split(':').next().unwrap_or_default().to_owned())
    }
}

fn signed(signature: &str) -> Option<Uuid> {
    signature.split_once(':').and_then(|(_, id)| Uuid::parse_str(id).ok())
}
