//! What a shop configures about appointments.

use duka_kernel::Money;
use serde::{Deserialize, Serialize};

use crate::{Service, profile::OpenHours};

/// Rules for all appointments of a shop.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct BookingRules {
    /// Who works here, as far as it matters who is free.
    pub staff: Vec<Staff>,
    /// Chairs, rooms, machines.
    pub resources: Vec<Resource>,
    /// Times of every day at which nobody is served.
    pub breaks: Vec<OpenHours>,
    /// Times are offered every so many minutes.
    pub step_min: u32,
    /// An appointment begins at least so many minutes from now.
    pub lead_min: u32,
    /// And at most so many days from now.
    pub days_ahead: u32,
    /// How long a proposed time is kept for a customer who has not said yes.
    pub hold_min: u32,
    /// Asked before an appointment counts, unless the service says otherwise.
    pub deposit: Option<Deposit>,
    /// A deposit is kept if an appointment is called off less than so many hours before it.
    pub cancel_hours: u32,
    /// Who did not come so many times is asked for `no_show_deposit` from then on.
    pub no_show_limit: u32,
    /// What they are asked for.
    pub no_show_deposit: Option<Deposit>,
    /// How many minutes before it a customer is reminded, each once.
    pub reminders_min: Vec<u32>,
}

impl Default for BookingRules {
    fn default() -> Self {
        Self {
            staff: Vec::new(),
            resources: Vec::new(),
            breaks: Vec::new(),
            step_min: 30,
            lead_min: 0,
            days_ahead: 180,
            hold_min: 10,
            deposit: None,
            cancel_hours: 24,
            no_show_limit: 2,
            no_show_deposit: None,
            reminders_min: vec![24 * 60, 2 * 60],
        }
    }
}

impl BookingRules {
    /// What has to be paid before an appointment counts, for a customer who stayed away so many times.
    #[must_use]
    pub fn deposit_for(&self, service: &Service, no_shows: u32) -> Option<Money> {
        let stayed_away = self.no_show_deposit.filter(|_| no_shows >= self.no_show_limit);
        let usual = service.terms.deposit.or(self.deposit);
        let amounts = [usual, stayed_away].into_iter().flatten().map(|deposit| deposit.of(service.price));
        amounts.max_by_key(|amount| amount.minor).filter(|amount| amount.minor > 0)
    }
}

/// A part of the price paid beforehand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deposit {
    /// Per cent of the price, 0 to 100; nothing is asked for 0.
    Percent(u8),
    /// An amount, at most the price.
    Amount(Money),
}

impl Deposit {
    /// What it comes to, in whole units: nobody is prompted for cents.
    #[must_use]
    pub fn of(self, price: Money) -> Money {
        let unit = price.currency.minor_per_major();
        let minor = match self {
            Self::Percent(percent) => {
                let hundredths = price.minor.saturating_mul(i64::from(percent));
                hundredths.saturating_add(100 * unit - 1) / (100 * unit) * unit
            }
            Self::Amount(amount) => amount.minor,
        };
        Money::from_minor(minor.min(price.minor), price.currency)
    }
}

/// Somebody who serves customers. The name is the identity: bookings stay with it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Staff {
    /// As customers know them.
    pub name: String,
    /// When they work, Monday first; all the time a service is offered if not said.
    #[serde(default)]
    pub hours: Option<[Option<OpenHours>; 7]>,
    /// Times of every day at which they serve nobody.
    #[serde(default)]
    pub breaks: Vec<OpenHours>,
}

/// Something of which there are a few. The name is the identity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Resource {
    /// What it is: `chair`.
    pub name: String,
    /// How many there are.
    pub count: u32,
}

/// What a service says about its appointments beside its hours, its length and its price.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// What tells it from others of the same name: `short`, `long`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// Other words customers use for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Who can do it, one of them is needed; nobody in particular if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<String>,
    /// What is needed for it, one of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// How many customers it serves at once; one, unless staff or resources say how many there can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_once: Option<u32>,
    /// Minutes of preparation.
    #[serde(skip_serializing_if = "is_zero")]
    pub buffer_before: u32,
    /// Minutes of tidying up.
    #[serde(skip_serializing_if = "is_zero")]
    pub buffer_after: u32,
    /// Asked before an appointment counts; the shop's rule if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deposit: Option<Deposit>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(n: &u32) -> bool {
    *n == 0
}
