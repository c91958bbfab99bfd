//! The list of products, and what it can be narrowed by.

use duka_kernel::Colour;
use duka_store::pages::products::{self, Facets, Filter, Sort};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ProductRowOut, StockState};
use crate::{
    answer::List,
    describe::Route,
    extract::{Json, Paging, Query},
    problem::{Problem, Reply},
    route,
    staff::{Staff, right::CatalogView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_products), route!(get_facets)]
}

/// In which order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
pub enum ProductOrder {
    #[default]
    #[serde(rename = "-created_at")]
    Newest,
    #[serde(rename = "listed")]
    Listed,
    #[serde(rename = "name")]
    Name,
    #[serde(rename = "price")]
    Cheapest,
    #[serde(rename = "-price")]
    Dearest,
}

impl From<ProductOrder> for Sort {
    fn from(order: ProductOrder) -> Self {
        match order {
            ProductOrder::Newest => Self::Newest,
            ProductOrder::Listed => Self::Listed,
            ProductOrder::Name => Self::Name,
            ProductOrder::Cheapest => Self::Cheapest,
            ProductOrder::Dearest => Self::Dearest,
        }
    }
}

/// Which products, and in which order.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
pub struct ProductsIn {
    /// Words that are in the name, code, category or tags, all of them.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// Of this category.
    #[param(max_length = 100)]
    pub category: Option<String>,
    /// So much of it in stock.
    #[param(inline)]
    pub stock: Option<StockState>,
    /// Offered, or not.
    pub active: Option<bool>,
    /// There in this colour.
    #[param(max_length = 30)]
    pub colour: Option<String>,
    /// There in this size.
    #[param(max_length = 30)]
    pub size: Option<String>,
    /// Those that were taken away, instead of those that are there.
    pub deleted: Option<bool>,
    /// The newest first if nothing is said; `listed` is the order of the shop's own list.
    #[param(inline)]
    pub sort: Option<ProductOrder>,
}

impl ProductsIn {
    /// As the database narrows the list.
    pub fn filter(self) -> Reply<Filter> {
        let unknown = |_| Problem::field("/colour", "is no colour of a product");
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Ok(Filter {
            search: said(self.q),
            category: said(self.category),
            stock: self.stock.map(Into::into),
            active: self.active,
            colour: said(self.colour).map(|name| name.parse::<Colour>().map_err(unknown)).transpose()?,
            size: said(self.size).map(|size| duka_kernel::Size::parse(&size).as_str().to_owned()),
            deleted: self.deleted.unwrap_or(false),
        })
    }
}

/// List products.
#[utoipa::path(get, path = "/products", tag = "products")]
async fn list_products(
    staff: Staff<CatalogView>,
    Query(asked): Query<ProductsIn>,
    paging: Paging,
) -> Reply<Json<List<ProductRowOut>>> {
    let sort = asked.sort.unwrap_or_default().into();
    let filter = asked.filter()?;
    let tx = staff.read().await?;
    let low = tx.profile().await?.low_stock;
    let page = products::list(&tx, &filter, low, sort, paging.after.as_ref(), paging.limit).await?;
    Ok(Json(List::of(page, ProductRowOut::from)))
}

/// Something the list can be narrowed by.
#[derive(Serialize, ToSchema)]
struct FacetOut {
    name: String,
    /// How many products it leaves.
    count: i64,
}

/// What the list can be narrowed by, each with what most products have first.
#[derive(Serialize, ToSchema)]
struct FacetsOut {
    categories: Vec<FacetOut>,
    colours: Vec<FacetOut>,
    sizes: Vec<FacetOut>,
}

impl From<Facets> for FacetsOut {
    fn from(facets: Facets) -> Self {
        let list = |values: Vec<(String, i64)>| -> Vec<FacetOut> {
            values.into_iter().map(|(name, count)| FacetOut { name, count }).collect()
        };
        Self { categories: list(facets.categories), colours: list(facets.colours), sizes: list(facets.sizes) }
    }
}

/// Tell what the products that are offered can be narrowed by.
#[utoipa::path(get, path = "/products/facets", tag = "products")]
async fn get_facets(staff: Staff<CatalogView>) -> Reply<Json<FacetsOut>> {
    Ok(Json(products::facets(&staff.read().await?).await?.into()))
}
