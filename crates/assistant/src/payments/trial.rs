//! Whether a shop's payment provider takes its account.

use duka_kernel::TenantScope;
use duka_providers::payments::GatewayError;
use duka_store::StoreError;

use super::PaymentAccount;
use crate::App;

/// What is asked about: no payment is called so.
const NO_PAYMENT: &str = "duka-trial";

/// Asks the provider about a payment that there is not, which needs the same account as asking for one. Nobody is prompted.
/// In a sentence either way.
///
/// # Errors
/// If the database fails.
pub async fn trial(app: &App, scope: TenantScope) -> Result<Result<String, String>, StoreError> {
    let shop = app.shops.now(&app.store, scope).await?;
    if let PaymentAccount::Unusable(why) = &shop.payments {
        return Ok(Err(why.clone()));
    }
    let Some(gateway) = app.gateways.of(&shop) else {
        return Ok(Err("the shop's payment settings cannot be used".into()));
    };
    Ok(match gateway.query(NO_PAYMENT).await {
        Ok(_) | Err(GatewayError::Declined(_)) => Ok(match shop.payments {
            PaymentAccount::Sandbox => "The sandbox answers; no real money moves".into(),
            _ => "The provider takes the account".into(),
        }),
        Err(GatewayError::TryLater | GatewayError::Unknown(_)) => {
            Err("The provider does not answer now; try again".into())
        }
        Err(error @ GatewayError::Misconfigured(_)) => Err(error.to_string()),
    })
}
