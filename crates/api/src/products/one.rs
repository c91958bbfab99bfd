//! One product: made, read, changed as a whole, copied, taken away and had back.

use duka_kernel::{Money, ProductId};
use duka_store::{
    StoreError, Tx,
    audit::Change,
    catalogue::{Counted, Draft, DraftVariant},
    pages::product::{self, ProductPage},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    ProductOut,
    input::{Place, ProductIn},
};
use crate::{
    answer::{Created, Done, IfMatch, Versioned},
    describe::Route,
    extract::{Json, Path},
    problem::{DUPLICATE, OUT_OF_STOCK, Problem, Reply},
    route,
    staff::{
        Staff,
        right::{CatalogEdit, CatalogView},
    },
};

pub fn routes() -> Vec<Route> {
    vec![
        route!(get_product),
        route!(create_product),
        route!(save_product),
        route!(duplicate_product),
        route!(delete_product),
        route!(restore_product),
    ]
}

/// A product and what is little in its shop.
pub(super) async fn read(tx: &Tx, id: ProductId) -> Result<(ProductPage, u32), StoreError> {
    let low = tx.profile().await?.low_stock;
    Ok((product::product(tx, id, low).await?, low))
}

fn versioned((page, low): (ProductPage, u32)) -> Versioned<ProductOut> {
    Versioned { version: page.row.version, row: ProductOut::new(page, low) }
}

/// What the audit log says of a product.
fn told(page: &ProductPage) -> Value {
    let variants: Vec<Value> = page
        .variants
        .iter()
        .map(|row| json!({"id": row.id, "size": row.size, "colour": row.colour, "price": row.price.minor, "on_hand": row.on_hand}))
        .collect();
    let row = &page.row;
    json!({
        "sku": row.sku, "name": row.name, "category": row.category, "price": row.price.minor,
        "compare_at": row.compare_at.map(|was| was.minor), "active": row.active, "variants": variants,
    })
}

/// A refusal of the database in words about the product.
pub(super) fn refused(problem: Problem) -> Problem {
    if problem.code == DUPLICATE {
        return DUPLICATE
            .because(
                "Another product has this code, or one that was deleted had it: restore that one, or choose another",
            )
            .and_field("/sku", "is the code of another product");
    }
    if problem.code == OUT_OF_STOCK {
        return OUT_OF_STOCK.because("More pieces than that are held for orders");
    }
    problem
}

/// Read a product.
#[utoipa::path(get, path = "/products/{id}", tag = "products")]
async fn get_product(staff: Staff<CatalogView>, Path(id): Path<Uuid>) -> Reply<Versioned<ProductOut>> {
    Ok(versioned(read(&staff.read().await?, ProductId(id)).await?))
}

/// Make a product. It comes last in the shop's list.
#[utoipa::path(post, path = "/products", tag = "products")]
async fn create_product(staff: Staff<CatalogEdit>, Json(input): Json<ProductIn>) -> Reply<Created<ProductOut>> {
    let profile = staff.read().await?.profile().await?;
    let place = Place { currency: profile.currency, low_stock: profile.low_stock, colours: Vec::new() };
    let (draft, now) = (input.draft(&place)?, staff.now());
    let made = staff.change(draft, move |tx, draft| {
        Box::pin(async move {
            let id = tx.create_product(draft, now).await?;
            let read = read(tx, id).await?;
            let change = Change::new("product.created").of("product", id).to(told(&read.0));
            Ok((read, vec![change]))
        })
    });
    let (page, low) = made.await.map_err(refused)?;
    Ok(Created(ProductOut::new(page, low)))
}

/// Change everything of a product but its pictures.
///
/// A size and colour that is left out is not offered any more; orders of it stay. Where `on_hand_before` is sent, what was
/// sold since it was read stays sold.
#[utoipa::path(put, path = "/products/{id}", tag = "products")]
async fn save_product(
    staff: Staff<CatalogEdit>,
    Path(id): Path<Uuid>,
    IfMatch(version): IfMatch,
    Json(input): Json<ProductIn>,
) -> Reply<Versioned<ProductOut>> {
    let id = ProductId(id);
    let (before, low_stock) = read(&staff.read().await?, id).await?;
    IfMatch(version).is(before.row.version)?;
    let place = Place { currency: before.row.price.currency, low_stock, colours: before.colours.clone() };
    let (draft, now) = (input.draft(&place)?, staff.now());
    let saved = staff.change((draft, before), move |tx, (draft, before)| {
        Box::pin(async move {
            tx.save_product(id, version, draft, now).await?;
            let read = read(tx, id).await?;
            let change = Change::new("product.changed").of("product", id).from(told(before)).to(told(&read.0));
            Ok((read, vec![change]))
        })
    });
    Ok(versioned(saved.await.map_err(refused)?))
}

/// Copy a product with its sizes, colours and pictures, but without pieces. The copy is not offered until it is changed so.
#[utoipa::path(post, path = "/products/{id}/duplicate", tag = "products")]
async fn duplicate_product(staff: Staff<CatalogEdit>, Path(id): Path<Uuid>) -> Reply<Created<ProductOut>> {
    let (id, now) = (ProductId(id), staff.now());
    let made = staff.change((), move |tx, ()| {
        Box::pin(async move {
            let (original, _) = read(tx, id).await?;
            let copy = tx.create_product(&copied(&original, free_sku(tx, &original.row.sku).await?), now).await?;
            for image in &original.images {
                tx.add_product_image(copy, &image.media_key, now).await?;
            }
            let read = read(tx, copy).await?;
            let change = Change::new("product.created").of("product", copy).to(told(&read.0));
            Ok((read, vec![change]))
        })
    });
    let (page, low) = made.await.map_err(refused)?;
    Ok(Created(ProductOut::new(page, low)))
}

fn copied(original: &ProductPage, sku: String) -> Draft {
    let row = &original.row;
    let variants = original.variants.iter().map(|row| DraftVariant {
        id: None,
        size: row.size.clone(),
        colour: row.colour,
        price: row.price,
        stock: Counted::To(0),
        threshold: row.threshold,
    });
    Draft {
        sku,
        name: row.name.clone(),
        description: original.description.clone(),
        category: row.category.clone(),
        price: Money::from_minor(row.price.minor, row.price.currency),
        compare_at: row.compare_at,
        tags: original.tags.clone(),
        attributes: original.attributes.clone(),
        colours: original.colours.clone(),
        active: false,
        variants: variants.collect(),
    }
}

/// `D1-2`, `D1-3`, …: the first that no product has.
async fn free_sku(tx: &Tx, sku: &str) -> Result<String, StoreError> {
    let stem: String = sku.chars().take(50).collect();
    let mut n = 2_u32;
    loop {
        let free = format!("{stem}-{n}");
        if tx.product_by_sku(&free).await?.is_none() {
            return Ok(free);
        }
        n += 1;
    }
}

/// Take a product away. It is neither sold nor shown any more; orders of it stay, and it can be had back.
#[utoipa::path(delete, path = "/products/{id}", tag = "products")]
async fn delete_product(staff: Staff<CatalogEdit>, Path(id): Path<Uuid>, IfMatch(version): IfMatch) -> Reply<Done> {
    let (id, now) = (ProductId(id), staff.now());
    let gone = staff.change((), move |tx, ()| {
        Box::pin(async move {
            let (before, _) = read(tx, id).await?;
            tx.remove_product(id, version, now).await?;
            Ok(((), vec![Change::new("product.deleted").of("product", id).from(told(&before))]))
        })
    });
    gone.await?;
    Ok(Done)
}

/// Have a product back that was taken away, as it was.
#[utoipa::path(post, path = "/products/{id}/restore", tag = "products")]
async fn restore_product(staff: Staff<CatalogEdit>, Path(id): Path<Uuid>) -> Reply<Done> {
    let (id, now) = (ProductId(id), staff.now());
    let back = staff.change((), move |tx, ()| {
        Box::pin(async move {
            let was_away = tx.restore_product(id, now).await?;
            let change = Change::new("product.restored").of("product", id);
            Ok(((), if was_away { vec![change] } else { Vec::new() }))
        })
    });
    back.await?;
    Ok(Done)
}
