//! A part of the settings: read with a version, and written if it has that version still.
//!
//! What is written are keys of the shop file, so that it is checked by what checks a shop file and `duka tenant set`. The
//! version of a part is made from what it says: two people who change different parts do not stand in each other's way.

use duka_kernel::{Currency, Timestamp};
use duka_models::Models;
use duka_shop::file::{FileError, as_keys, with_keys};
use duka_store::{Guard, StoreError, Tx, audit::Change, channels::Channel, tenants::Tenant};
use secrecy::SecretString;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::{
    answer::Versioned,
    principal::AtShop,
    problem::{Problem, Reply},
};

/// What is known of a shop when a part of its settings is read.
pub struct Known {
    pub shop: Tenant,
    /// Credentials that are set.
    pub credentials: Vec<String>,
    /// Its name at the payment provider, and its account at Twilio: names, not secrets.
    pub merchant: Option<SecretString>,
    pub account: Option<SecretString>,
    pub channels: Vec<Channel>,
    /// How often each coupon was used.
    pub coupons: Vec<(String, i64)>,
    /// What models have cost this month, in millionths of a US dollar.
    pub spent: i64,
    /// The shop as the shop file has it.
    file: Map<String, Value>,
    /// The installation's models, which know what addresses a shop may name.
    pub models: Models,
}

impl Known {
    async fn read(tx: &Tx, models: &Models, now: Timestamp) -> Result<Self, StoreError> {
        let shop = tx.shop().await?;
        let zone = jiff::tz::TimeZone::get(&shop.profile.timezone).unwrap_or(jiff::tz::TimeZone::UTC);
        let month = now.in_zone(&zone).date().first_of_month().to_zoned(zone);
        let month = month.map_or(Timestamp(0), |start| start.timestamp().into());
        Ok(Self {
            credentials: tx.credential_names().await?,
            merchant: tx.credential("paylink.username").await?,
            account: tx.credential("twilio.account_sid").await?,
            channels: tx.channels().await?,
            coupons: tx.coupon_totals().await?,
            spent: tx.model_spending(month).await?,
            file: as_keys(&shop.profile).map_err(|why| StoreError::Corrupt(why.to_string()))?,
            models: models.clone(),
            shop,
        })
    }

    /// What the shop sells in.
    pub fn currency(&self) -> Currency {
        self.shop.profile.currency
    }

    /// The entry of a list of the shop file that is called so; an empty one if there is none.
    pub fn item(&self, list: &str, name: &str, value: &str) -> Map<String, Value> {
        named(self.file.get(list), name, value)
    }

    /// The same of a list in a part of it, whose entries have names or are names.
    pub fn nested_item(&self, part: &str, list: &str, name: &str) -> Map<String, Value> {
        named(self.file.get(part).and_then(|part| part.get(list)), "name", name)
    }

    /// Whether a credential is set.
    pub fn has(&self, credential: &str) -> bool {
        self.credentials.iter().any(|name| name == credential)
    }
}

fn named(list: Option<&Value>, name: &str, value: &str) -> Map<String, Value> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    let mut items = items.filter_map(Value::as_object);
    items.find(|item| item.get(name).and_then(Value::as_str) == Some(value)).cloned().unwrap_or_default()
}

/// What is to be written.
#[derive(Clone, Default)]
pub struct Writing {
    /// Keys of the shop file.
    pub keys: Map<String, Value>,
    /// Free settings; nothing takes one away.
    pub free: Vec<(String, Option<String>)>,
    /// Credentials.
    pub secrets: Vec<(String, SecretString)>,
    /// Credentials that are no longer needed.
    pub forgotten: Vec<String>,
}

impl Writing {
    /// A key of the shop file.
    pub fn key(&mut self, name: &str, value: impl Into<Value>) -> &mut Self {
        self.keys.insert(name.to_owned(), value.into());
        self
    }

    /// A secret, if one was sent.
    pub fn secret(&mut self, name: &str, value: Option<&String>) -> &mut Self {
        let value = value.map(|value| value.trim()).filter(|value| !value.is_empty());
        self.secrets.extend(value.map(|value| (name.to_owned(), SecretString::from(value))));
        self
    }
}

/// A part of the settings.
pub trait Part: Clone + Serialize + DeserializeOwned + ToSchema + Send + Sync + 'static {
    /// Its name in addresses and in the audit log.
    const NAME: &'static str;

    /// As it is, without its version.
    fn read(known: &Known) -> Self;

    /// Its version.
    fn version(&mut self) -> &mut i64;

    /// Without what changes by itself, such as what was spent.
    #[must_use]
    fn settled(self) -> Self {
        self
    }

    /// What of it is to be written.
    fn write(&self, known: &Known, into: &mut Writing) -> Reply<()>;

    /// Where something stands in it that the shop file has at `pointer`.
    fn place(&self, pointer: &str) -> String {
        pointer.to_owned()
    }
}

/// An amount in minor units as the shop file has it.
pub fn major(minor: i64, currency: Currency) -> Value {
    let unit = currency.minor_per_major();
    let (whole, rest) = (minor.unsigned_abs() / unit.unsigned_abs(), minor.unsigned_abs() % unit.unsigned_abs());
    let sign = if minor < 0 { "-" } else { "" };
    if unit == 1 { format!("{sign}{whole}").into() } else { format!("{sign}{whole}.{rest:02}").into() }
}

/// Text that may be missing.
pub fn text(value: &str) -> Value {
    let value = value.trim();
    if value.is_empty() { Value::Null } else { value.into() }
}

/// The version of what a part says: 48 bits of its hash, which every client's numbers hold.
fn version_of<P: Part>(part: &P) -> Result<i64, StoreError> {
    let mut settled = part.clone().settled();
    *settled.version() = 0;
    let digest = Sha256::digest(serde_json::to_vec(&settled)?);
    Ok(digest.iter().take(6).fold(0, |version, byte| version << 8 | i64::from(*byte)))
}

fn versioned<P: Part>(known: &Known) -> Result<(i64, P), StoreError> {
    let mut part = P::read(known);
    let version = version_of(&part)?;
    *part.version() = version;
    Ok((version, part))
}

/// A part as it is.
pub async fn read<P: Part>(staff: &AtShop) -> Reply<Versioned<P>> {
    let known = Known::read(&staff.read().await?, &staff.api.app.models, staff.now()).await?;
    let (version, row) = versioned(&known)?;
    Ok(Versioned { version, row })
}

/// Writes a part that has this version.
pub async fn save<P: Part>(staff: &AtShop, version: i64, part: P) -> Reply<Versioned<P>> {
    let known = Known::read(&staff.read().await?, &staff.api.app.models, staff.now()).await?;
    crate::answer::IfMatch(version).is(versioned::<P>(&known)?.0)?;
    let mut writing = Writing::default();
    part.write(&known, &mut writing)?;
    if let Err(errors) = with_keys(&known.shop.profile, writing.keys.clone()) {
        return Err(wrong(&part, errors));
    }
    let now = staff.now();
    let saved = staff.change((writing, staff.api.app.models.clone()), move |tx, (writing, models)| {
        Box::pin(async move {
            tx.lock_shop().await?;
            // Somebody may have been a moment faster, with this part or another.
            let known = Known::read(tx, models, now).await?;
            let (is, before) = versioned::<P>(&known)?;
            if is != version {
                return Err(Guard::Stale("this part of the settings").into());
            }
            write(tx, &known, writing, now).await?;
            let (version, after) = versioned::<P>(&Known::read(tx, models, now).await?)?;
            let change = Change::new("settings.changed").of("settings", P::NAME);
            let change = change.from(serde_json::to_value(before)?).to(serde_json::to_value(&after)?);
            let secrets: Vec<Value> = writing.secrets.iter().map(|(name, _)| name.as_str().into()).collect();
            let mut changes = vec![change];
            if !secrets.is_empty() {
                let told = Change::new("settings.secret_set").of("settings", P::NAME);
                changes.push(told.to(serde_json::json!({ "names": secrets })));
            }
            Ok(((version, after), changes))
        })
    });
    let (version, row) = saved.await?;
    Ok(Versioned { version, row })
}

async fn write(tx: &Tx, known: &Known, writing: &Writing, now: Timestamp) -> Result<(), StoreError> {
    let before = &known.shop.profile;
    let profile = with_keys(before, writing.keys.clone());
    let profile = profile.map_err(|_| Guard::Stale("this part of the settings"))?;
    tx.save_profile(&profile).await?;
    duka_assistant::setup::move_number(tx, before.whatsapp_number.as_ref(), profile.whatsapp_number.as_ref(), now)
        .await?;
    tx.set_settings(&writing.free).await?;
    for (name, value) in &writing.secrets {
        tx.set_credential(name, value, now).await?;
    }
    for name in &writing.forgotten {
        tx.forget_credential(name).await?;
    }
    Ok(())
}

fn wrong<P: Part>(part: &P, errors: Vec<FileError>) -> Problem {
    let complaint = |problem: Problem, error: FileError| {
        let place = part.place(&error.pointer());
        problem.and_field(place, error.message)
    };
    errors.into_iter().fold(crate::problem::INVALID.problem(), complaint)
}
