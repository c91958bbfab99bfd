//! Which provider a shop is paid through, and whether it can be reached.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use duka_kernel::TenantId;
use duka_providers::payments::{PayLink, PayLinkAccount, PayLinkConfig, PaymentGateway, SandboxGateway};
use duka_store::{StoreError, Tx};
use secrecy::ExposeSecret;

use crate::shops::Shop;

/// For how long a provider that could not be reached is not asked for new payments.
const DOWN: Duration = Duration::from_secs(60);

/// The name of the provider that nobody's money goes through.
pub const SANDBOX: &str = "sandbox";

/// How a shop is paid.
#[derive(Clone, Debug)]
pub enum PaymentAccount {
    /// By whoever plays the customer. The default, so that a new shop can be tried at once.
    Sandbox,
    /// Through PayLink.
    PayLink(PayLinkAccount),
    /// By a provider that is named but cannot be used; says why.
    Unusable(String),
}

impl PaymentAccount {
    /// Reads it from the shop's settings and credentials.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn read(tx: &Tx) -> Result<Self, StoreError> {
        let settings = tx.settings().await?;
        let provider = settings.get("payments.provider").map_or("sandbox", String::as_str);
        match provider {
            "sandbox" => Ok(Self::Sandbox),
            "paylink" => {
                let username = tx.credential("paylink.username").await?;
                let Some(key) = tx.credential("paylink.api_key").await? else {
                    return Ok(Self::Unusable("paylink.api_key is not set".into()));
                };
                let username = username.map(|name| name.expose_secret().to_owned()).unwrap_or_default();
                let mut account = PayLinkAccount::new(username, key);
                let setting = |name: &str| settings.get(name).cloned();
                account.path = setting("paylink.path").unwrap_or(account.path);
                account.api_key_header = setting("paylink.api_key_header").unwrap_or(account.api_key_header);
                account.username_header = setting("paylink.username_header").unwrap_or(account.username_header);
                Ok(Self::PayLink(account))
            }
            other => Ok(Self::Unusable(format!("payments.provider is {other:?}; use paylink or sandbox"))),
        }
    }

    /// The provider's name, as payments carry it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sandbox => SANDBOX,
            Self::PayLink(_) => "paylink",
            Self::Unusable(_) => "none",
        }
    }
}

/// The providers of one installation.
#[derive(Debug)]
pub struct Gateways {
    http: duka_providers::http::Client,
    paylink: PayLinkConfig,
    down: Mutex<HashMap<TenantId, Instant>>,
}

impl Gateways {
    /// Over the process's HTTP client.
    #[must_use]
    pub fn new(http: duka_providers::http::Client, paylink: PayLinkConfig) -> Self {
        Self { http, paylink, down: Mutex::default() }
    }

    /// The provider that a payment was made out for, if it can be used. What is played is never asked of a real one.
    #[must_use]
    pub fn by_name(&self, provider: &str, shop: &Shop) -> Option<Box<dyn PaymentGateway>> {
        if provider == SANDBOX { Some(Box::new(SandboxGateway)) } else { self.of(shop) }
    }

    /// The provider of a shop, if it has one that can be used.
    #[must_use]
    pub fn of(&self, shop: &Shop) -> Option<Box<dyn PaymentGateway>> {
        match &shop.payments {
            PaymentAccount::Sandbox => Some(Box::new(SandboxGateway)),
            PaymentAccount::PayLink(account) => match PayLink::new(self.http.clone(), &self.paylink, account) {
                Ok(gateway) => Some(Box::new(gateway)),
                Err(error) => {
                    tracing::error!(%error, "a shop's payment settings cannot be used");
                    None
                }
            },
            PaymentAccount::Unusable(_) => None,
        }
    }

    /// Whether customers have to be told how to pay by hand, because nobody can be prompted.
    #[must_use]
    pub fn are_down(&self, shop: &Shop) -> bool {
        matches!(shop.payments, PaymentAccount::Unusable(_))
    }

    /// Whether the shop's provider could not be reached a moment ago.
    #[must_use]
    pub fn were_down(&self, tenant: TenantId) -> bool {
        self.lock().get(&tenant).is_some_and(|since| since.elapsed() < DOWN)
    }

    pub(super) fn note_down(&self, tenant: TenantId) {
        self.lock().insert(tenant, Instant::now());
    }

    pub(super) fn note_up(&self, tenant: TenantId) {
        self.lock().remove(&tenant);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<TenantId, Instant>> {
        self.down.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
