//! The list of customers, and what the team calls them.

use duka_store::pages::{
    customers::{self, CustomerRow, Filter, Sort},
    segments,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::List,
    describe::Route,
    extract::{Json, Paging, Query},
    people::language,
    problem::{NOT_FOUND, Problem, Reply},
    route,
    staff::{Staff, right::CustomersView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_customers), route!(list_tags)]
}

/// The order of the list.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
enum CustomerSort {
    #[default]
    #[serde(rename = "-last_order_at")]
    LastOrder,
    #[serde(rename = "-lifetime_value")]
    Best,
    #[serde(rename = "-first_seen_at")]
    Newest,
}

/// Which customers.
#[derive(Deserialize, IntoParams)]
struct CustomersIn {
    /// The beginning of a name or a number.
    #[param(max_length = 100)]
    q: Option<String>,
    /// In this group.
    segment: Option<Uuid>,
    /// Whom the team calls so.
    #[param(max_length = 40)]
    tag: Option<String>,
    /// Who ordered last comes first if nothing is said.
    #[param(inline)]
    sort: Option<CustomerSort>,
}

/// A customer in the list.
#[derive(Serialize, ToSchema)]
struct CustomerRowOut {
    id: Uuid,
    /// As the channel calls them.
    name: Option<String>,
    /// Empty if it is not known.
    phone: String,
    /// What they write in, such as `sw`; empty if it is not known yet.
    language: &'static str,
    tags: Vec<String>,
    /// Orders placed.
    orders_count: i64,
    /// What they bought for and did not give back, in minor units.
    lifetime_value: i64,
    last_order_at: Option<jiff::Timestamp>,
    first_seen_at: jiff::Timestamp,
}

impl From<CustomerRow> for CustomerRowOut {
    fn from(row: CustomerRow) -> Self {
        Self {
            id: row.person.id.0,
            name: row.person.name,
            phone: row.person.phone.map(|phone| phone.digits().to_owned()).unwrap_or_default(),
            language: language(row.language),
            tags: row.tags,
            orders_count: row.orders,
            lifetime_value: row.spent,
            last_order_at: row.last_order_at.map(|at| at.to_jiff()),
            first_seen_at: row.created_at.to_jiff(),
        }
    }
}

/// List the customers. Those whom the team plays are left out.
#[utoipa::path(get, path = "/customers", tag = "customers")]
async fn list_customers(
    staff: Staff<CustomersView>,
    Query(asked): Query<CustomersIn>,
    paging: Paging,
) -> Reply<Json<List<CustomerRowOut>>> {
    let (tx, now) = (staff.read().await?, staff.now());
    let rule = match asked.segment {
        Some(id) => {
            let found = segments::read(&tx, id, now).await.map_err(Problem::from);
            found.map_err(|problem| if problem.code == NOT_FOUND { unknown() } else { problem })?.rule
        }
        None => Default::default(),
    };
    let tag = asked.tag.filter(|tag| !tag.trim().is_empty());
    let filter = Filter { search: asked.q, rule, tag };
    let sort = match asked.sort.unwrap_or_default() {
        CustomerSort::LastOrder => Sort::LastOrder,
        CustomerSort::Best => Sort::Best,
        CustomerSort::Newest => Sort::Newest,
    };
    let page = customers::list(&tx, &filter, now, sort, paging.after.as_ref(), paging.limit).await?;
    Ok(Json(List::of(page, CustomerRowOut::from)))
}

fn unknown() -> Problem {
    Problem::field("/segment", "is not a group of this shop")
}

/// What the team calls customers.
#[derive(Serialize, ToSchema)]
struct TagOut {
    tag: String,
    /// How many are called so.
    count: i64,
}

/// List what the team calls customers, most used first.
#[utoipa::path(get, path = "/tags", tag = "customers")]
async fn list_tags(staff: Staff<CustomersView>) -> Reply<Json<List<TagOut>>> {
    let tags = customers::tags(&staff.read().await?).await?;
    Ok(Json(List::whole(tags.into_iter().map(|(tag, count)| TagOut { tag, count }).collect())))
}
