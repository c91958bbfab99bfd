//! What the law gives a customer: a copy of all that is stored, and that it is forgotten.

use duka_kernel::CustomerId;
use duka_store::{audit::Change, pages::person};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::Done,
    describe::Route,
    extract::{Json, Path},
    problem::Reply,
    route,
    staff::{Staff, right::CustomersEdit},
};

pub fn routes() -> Vec<Route> {
    vec![route!(export_customer), route!(erase_customer)]
}

/// Everything that is stored of a customer.
#[derive(Serialize, ToSchema)]
struct CustomerExport {
    /// Who they are.
    customer: serde_json::Value,
    /// What they agreed to or refused.
    consents: serde_json::Value,
    /// What was said.
    conversations: serde_json::Value,
    /// What they ordered and paid.
    orders: serde_json::Value,
    /// What they booked.
    appointments: serde_json::Value,
    /// What is remembered of them.
    remembered: serde_json::Value,
}

/// Give everything that is stored of a customer.
#[utoipa::path(get, path = "/customers/{id}/export", tag = "customers")]
async fn export_customer(staff: Staff<CustomersEdit>, Path(id): Path<Uuid>) -> Reply<Json<CustomerExport>> {
    let mut all = staff.read().await?.export_customer(CustomerId(id)).await?;
    staff.note(Change::new("customer.exported").of("customer", id)).await?;
    let mut take = |name: &str| all.get_mut(name).map(serde_json::Value::take).unwrap_or_default();
    Ok(Json(CustomerExport {
        customer: take("customer"),
        consents: take("consents"),
        conversations: take("conversations"),
        orders: take("orders"),
        appointments: take("appointments"),
        remembered: take("remembered"),
    }))
}

/// Nothing has to be said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EraseIn {}

/// Forget who a customer is and what they said. Orders and amounts stay, without a name. Not while an order is under way.
#[utoipa::path(post, path = "/customers/{id}/erase", tag = "customers")]
async fn erase_customer(
    staff: Staff<CustomersEdit>,
    Path(id): Path<Uuid>,
    _nothing: Option<Json<EraseIn>>,
) -> Reply<Done> {
    let (customer, now) = (CustomerId(id), staff.now());
    let erased = staff.change((), move |tx, ()| {
        Box::pin(async move {
            let conversations = person::read(tx, customer).await?.conversations;
            let files = tx.erase_customer(customer, "staff", now).await?;
            Ok(((conversations, files), vec![Change::new("customer.erased").of("customer", id)]))
        })
    });
    let (conversations, files) = erased.await?;
    staff.api.app.forget(staff.scope, &conversations, &files).await;
    Ok(Done)
}
