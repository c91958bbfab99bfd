//! Shops as last read, so that a message does not read a whole catalogue.
//!
//! A shop's row carries four versions: of its settings, its catalogue, its stock and its documents. Recall reads them with
//! the conversation; only what moved since is read again. What a message costs therefore does not grow with
//! the number of shops, nor with another shop's products.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use duka_kernel::{TenantId, TenantScope};
use duka_models::OwnModel;
use duka_providers::channels::twilio::TwilioAccount;
use duka_shop::{Service, ShopProfile, Stock, knowledge::Knowledge, search::CatalogueIndex};
use duka_store::{Store, StoreError, Tx, tenants::Versions};
use jiff::tz::TimeZone;
use secrecy::ExposeSecret;

use crate::{learning::Learnt, own_model, payments::PaymentAccount};

/// A shop as it was at `versions`.
#[derive(Debug)]
pub struct Shop {
    /// When it was read.
    pub versions: Versions,
    /// Its settings, with what was learnt among its own answers: for answering, never for writing back.
    pub profile: Arc<ShopProfile>,
    /// Its time zone.
    pub zone: TimeZone,
    /// What it sells.
    pub catalogue: Arc<CatalogueIndex>,
    /// What its documents say.
    pub knowledge: Arc<Knowledge>,
    /// What was learnt from conversations and approved.
    pub learnt: Arc<Learnt>,
    /// What can be booked.
    pub services: Arc<Vec<Service>>,
    /// What is in stock.
    pub stock: Arc<Stock>,
    /// Its account at Twilio.
    pub twilio: Option<TwilioAccount>,
    /// How it is paid.
    pub payments: PaymentAccount,
    /// The language model it brings itself.
    pub own_model: Option<OwnModel>,
}

/// The shops that were asked for, at most [`Shops::KEPT`] of them.
#[derive(Clone, Debug, Default)]
pub struct Shops(Arc<Mutex<HashMap<TenantId, Kept>>>);

#[derive(Debug)]
struct Kept {
    shop: Arc<Shop>,
    used: u64,
}

impl Shops {
    /// How many shops are kept; the one not asked for the longest makes room.
    const KEPT: usize = 512;

    /// The shop as it is at `versions`, if it is known.
    #[must_use]
    pub fn known_at(&self, scope: TenantScope, versions: Versions) -> Option<Arc<Shop>> {
        self.known(scope.tenant()).filter(|shop| shop.versions == versions)
    }

    /// The shop as it is at `versions`, read in `tx` where it is not known.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn at(&self, tx: &Tx, versions: Versions) -> Result<Arc<Shop>, StoreError> {
        let known = self.known(tx.tenant());
        if let Some(shop) = &known
            && shop.versions == versions
        {
            return Ok(Arc::clone(shop));
        }
        let shop = Arc::new(read(tx, versions, known).await?);
        self.keep(tx.tenant(), Arc::clone(&shop));
        Ok(shop)
    }

    /// The shop as it is now.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn now(&self, store: &Store, scope: TenantScope) -> Result<Arc<Shop>, StoreError> {
        let tx = store.read(scope).await?;
        let versions = tx.versions().await?;
        self.at(&tx, versions).await
    }

    /// The shop as it was read last: enough for its name and accounts.
    ///
    /// # Errors
    /// If it was never read and the database cannot be.
    pub async fn recent(&self, store: &Store, scope: TenantScope) -> Result<Arc<Shop>, StoreError> {
        match self.known(scope.tenant()) {
            Some(shop) => Ok(shop),
            None => self.now(store, scope).await,
        }
    }

    fn known(&self, tenant: TenantId) -> Option<Arc<Shop>> {
        self.lock().get(&tenant).map(|kept| Arc::clone(&kept.shop))
    }

    fn keep(&self, tenant: TenantId, shop: Arc<Shop>) {
        let mut shops = self.lock();
        let used = shops.values().map(|kept| kept.used).max().unwrap_or(0) + 1;
        shops.insert(tenant, Kept { shop, used });
        if shops.len() > Self::KEPT
            && let Some(oldest) = shops.iter().min_by_key(|(_, kept)| kept.used).map(|(tenant, _)| *tenant)
        {
            shops.remove(&oldest);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<TenantId, Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads what moved, and takes the rest from what was known.
async fn read(tx: &Tx, versions: Versions, known: Option<Arc<Shop>>) -> Result<Shop, StoreError> {
    let same_knowledge = known.as_ref().filter(|shop| shop.versions.knowledge == versions.knowledge);
    let (knowledge, learnt) = match same_knowledge {
        Some(shop) => (Arc::clone(&shop.knowledge), Arc::clone(&shop.learnt)),
        None => (Arc::new(Knowledge::build(tx.passages().await?)), Arc::new(Learnt::read(tx).await?)),
    };
    let same_settings = known.as_ref().filter(|shop| shop.versions.settings == versions.settings);
    let (twilio, payments, own_model) = match same_settings {
        Some(shop) => (shop.twilio.clone(), shop.payments.clone(), shop.own_model.clone()),
        None => (twilio(tx).await?, PaymentAccount::read(tx).await?, own_model::read(tx).await?),
    };
    let profile = match same_settings.filter(|_| same_knowledge.is_some()) {
        Some(shop) => Arc::clone(&shop.profile),
        None => Arc::new(learnt.added_to(tx.profile().await?)),
    };
    let same_catalogue = known
        .as_ref()
        .filter(|shop| shop.versions.catalogue == versions.catalogue && shop.learnt.additions == learnt.additions);
    let (catalogue, services) = match same_catalogue {
        Some(shop) => (Arc::clone(&shop.catalogue), Arc::clone(&shop.services)),
        None => {
            let products = learnt.completed(tx.products().await?);
            (Arc::new(CatalogueIndex::build(products)), Arc::new(tx.services().await?))
        }
    };
    let stock = Arc::new(tx.stock().await?);
    let zone = TimeZone::get(&profile.timezone).unwrap_or(TimeZone::UTC);
    Ok(Shop { versions, profile, zone, catalogue, knowledge, learnt, services, stock, twilio, payments, own_model })
}

/// The shop's account at Twilio, if both halves of it are set.
async fn twilio(tx: &Tx) -> Result<Option<TwilioAccount>, StoreError> {
    let sid = tx.credential("twilio.account_sid").await?;
    let token = tx.credential("twilio.auth_token").await?;
    Ok(sid
        .zip(token)
        .map(|(sid, auth_token)| TwilioAccount { account_sid: sid.expose_secret().to_owned(), auth_token }))
}
