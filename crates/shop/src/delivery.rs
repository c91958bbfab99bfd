//! Where a shop delivers, and for how much.

use duka_kernel::Money;
use serde::{Deserialize, Serialize};

use crate::ShopProfile;

/// Where an order goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// The place as the customer wrote it, or [`PICKUP`].
    pub address: String,
    /// The zone it is in; `None` when it is collected.
    pub zone: Option<String>,
    /// What delivery costs; 0 when it is collected.
    pub fee: Money,
    /// Whether the customer collects it at the shop.
    pub pickup: bool,
    /// When it arrives, in the shop's words.
    pub eta: Option<String>,
}

/// The address that means the customer collects the order.
pub const PICKUP: &str = "pickup";

/// Why an address cannot be delivered to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryRefusal {
    /// The shop does not deliver there, or not at all.
    NoDelivery,
    /// Customers cannot collect at this shop.
    NoPickup,
    /// It says too little: no place at all, or a whole city of which only parts are known.
    Unclear,
}

/// The zone and fee of an address.
///
/// # Errors
/// If the shop does not deliver there or the address says too little.
pub fn choose(profile: &ShopProfile, address: &str) -> Result<Choice, DeliveryRefusal> {
    let _ = (profile, address);
    Err(DeliveryRefusal::NoDelivery)
}

/// Every area named in a zone, in the order of the zones.
#[must_use]
pub fn areas_known(profile: &ShopProfile) -> Vec<&str> {
    profile.delivery.zones.iter().flat_map(|zone| zone.areas.iter().map(String::as_str)).collect()
}
