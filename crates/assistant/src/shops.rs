//! Shops as last read, so that a message does not read a whole catalogue.
//!
//! A shop's row carries three versions: of its settings, its catalogue and its stock. Recall reads them with
//! the conversation; only what moved since is read again. What a message costs therefore does not grow with
//! the number of shops, nor with another shop's products.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use duka_kernel::{TenantId, TenantScope};
use duka_shop::{Service, ShopProfile, Stock, search::CatalogueIndex};
use duka_store::{Store, StoreError, tenants::Versions};
use jiff::tz::TimeZone;

/// A shop as it was at `versions`.
#[derive(Debug)]
pub struct Shop {
    /// When it was read.
    pub versions: Versions,
    /// Its settings.
    pub profile: Arc<ShopProfile>,
    /// Its time zone.
    pub zone: TimeZone,
    /// What it sells.
    pub catalogue: Arc<CatalogueIndex>,
    /// What can be booked.
    pub services: Arc<Vec<Service>>,
    /// What is in stock.
    pub stock: Arc<Stock>,
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

    /// The shop as it is at `versions`.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn get(&self, store: &Store, scope: TenantScope, versions: Versions) -> Result<Arc<Shop>, StoreError> {
        let known = self.lock().get(&scope.tenant()).map(|kept| Arc::clone(&kept.shop));
        if let Some(shop) = &known
            && shop.versions == versions
        {
            return Ok(Arc::clone(shop));
        }
        let shop = Arc::new(read(store, scope, versions, known).await?);
        self.keep(scope.tenant(), Arc::clone(&shop));
        Ok(shop)
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
async fn read(
    store: &Store,
    scope: TenantScope,
    versions: Versions,
    known: Option<Arc<Shop>>,
) -> Result<Shop, StoreError> {
    let tx = store.read(scope).await?;
    let same_settings = known.as_ref().filter(|shop| shop.versions.settings == versions.settings);
    let profile = match same_settings {
        Some(shop) => Arc::clone(&shop.profile),
        None => Arc::new(tx.profile().await?),
    };
    let same_catalogue = known.as_ref().filter(|shop| shop.versions.catalogue == versions.catalogue);
    let (catalogue, services) = match same_catalogue {
        Some(shop) => (Arc::clone(&shop.catalogue), Arc::clone(&shop.services)),
        None => (Arc::new(CatalogueIndex::build(tx.products().await?)), Arc::new(tx.services().await?)),
    };
    let stock = Arc::new(tx.stock().await?);
    let zone = TimeZone::get(&profile.timezone).unwrap_or(TimeZone::UTC);
    Ok(Shop { versions, profile, zone, catalogue, services, stock })
}
