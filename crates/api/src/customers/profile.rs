//! One customer, and what the team corrects of them.

use duka_kernel::{CustomerId, Language};
use duka_store::{StoreError, Tx, audit::Change, customers::CustomerUpdate, pages::person};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::sizes::{others, set_sizes, sizes};
use crate::{
    answer::{IfMatch, Versioned},
    describe::Route,
    extract::{Json, Path},
    people::language,
    problem::{Check, Problem, Reply},
    route,
    staff::{
        Staff,
        right::{CustomersEdit, CustomersView},
    },
};

/// Sentences that are remembered of a customer.
const REMEMBERED: u32 = 20;
/// Orders whose addresses are shown.
const ORDERS: u64 = 20;

pub fn routes() -> Vec<Route> {
    vec![route!(get_customer), route!(update_customer)]
}

/// A customer with all that is known of them.
#[derive(Serialize, ToSchema)]
pub struct CustomerOut {
    id: Uuid,
    /// As the channel, or the team, calls them.
    name: Option<String>,
    /// The number they pay from, or write from; empty if it is not known.
    phone: String,
    /// What they bought for and did not give back, in minor units.
    lifetime_value: i64,
    /// Orders placed.
    orders_count: i64,
    last_order_at: Option<jiff::Timestamp>,
    /// What they write in, such as `sw`; empty if it is not known yet.
    language: &'static str,
    /// Sizes that are theirs.
    sizes: Vec<String>,
    /// What they said of themselves.
    preferences: Vec<String>,
    /// What the team calls them.
    tags: Vec<String>,
    /// What the team wrote of them.
    notes: String,
    /// Where things went, the last first.
    addresses: Vec<String>,
    /// What they agreed to or refused, oldest first.
    consents: Vec<ConsentOut>,
    /// What is remembered of them, newest first.
    facts: Vec<String>,
    /// Whether they want no marketing.
    no_marketing: bool,
    first_seen_at: jiff::Timestamp,
    /// Where they write, the conversation with the last word first.
    conversations: Vec<Uuid>,
    /// Whether somebody of the team plays them.
    test: bool,
    /// For `If-Match`.
    version: i64,
}

/// Something that a customer agreed to or refused.
#[derive(Serialize, ToSchema)]
struct ConsentOut {
    /// Such as `marketing`.
    kind: String,
    given: bool,
    /// Where it was said.
    source: String,
    at: jiff::Timestamp,
}

impl CustomerOut {
    /// A customer of the shop.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such customer.
    pub async fn read(tx: &Tx, id: CustomerId) -> Result<Self, StoreError> {
        let profile = person::read(tx, id).await?;
        let memories = tx.memories(id, REMEMBERED).await?;
        let customer = profile.customer;
        let last = customer.facts.address.as_ref().filter(|choice| !choice.pickup).map(|choice| choice.address.clone());
        let mut addresses: Vec<String> = last.into_iter().collect();
        for order in tx.orders_of(id, ORDERS).await? {
            if !order.pickup && !order.address.is_empty() && !addresses.contains(&order.address) {
                addresses.push(order.address);
            }
        }
        let consent = |consent: duka_store::consents::Consent| ConsentOut {
            kind: consent.purpose,
            given: consent.granted,
            source: consent.source,
            at: consent.at.to_jiff(),
        };
        Ok(Self {
            id: id.0,
            phone: customer.phone.map(|phone| phone.digits().to_owned()).unwrap_or_default(),
            lifetime_value: profile.spent,
            orders_count: customer.order_count,
            last_order_at: profile.last_order_at.map(|at| at.to_jiff()),
            language: language(customer.language),
            sizes: sizes(&customer.facts.said),
            preferences: others(&customer.facts.said).collect(),
            name: customer.name,
            tags: profile.tags,
            notes: profile.notes,
            addresses,
            consents: profile.consents.into_iter().map(consent).collect(),
            facts: memories.into_iter().map(|memory| memory.text).collect(),
            no_marketing: customer.opted_out,
            first_seen_at: profile.created_at.to_jiff(),
            conversations: profile.conversations.into_iter().map(|id| id.0).collect(),
            test: profile.test,
            version: profile.version,
        })
    }
}

/// Show a customer with all that is known of them.
#[utoipa::path(get, path = "/customers/{id}", tag = "customers")]
async fn get_customer(staff: Staff<CustomersView>, Path(id): Path<Uuid>) -> Reply<Versioned<CustomerOut>> {
    let row = CustomerOut::read(&staff.read().await?, CustomerId(id)).await?;
    Ok(Versioned { version: row.version, row })
}

/// What the team corrects of a customer; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CustomerIn {
    #[schema(max_length = 100)]
    name: Option<String>,
    /// Such as `sw`. Empty is as if left out.
    #[schema(max_length = 10)]
    language: Option<String>,
    #[schema(max_items = 20)]
    tags: Option<Vec<String>>,
    #[schema(max_length = 4000)]
    notes: Option<String>,
    #[schema(max_items = 20)]
    sizes: Option<Vec<String>>,
}

/// What is changed, checked.
struct Changes {
    name: Option<String>,
    language: Option<Language>,
    tags: Option<Vec<String>>,
    notes: Option<String>,
    sizes: Option<Vec<String>>,
}

impl CustomerIn {
    fn check(self) -> Reply<Changes> {
        let short = |list: &Option<Vec<String>>, most: usize| {
            let fits = |text: &String| !text.trim().is_empty() && text.chars().count() <= most;
            list.as_ref().is_none_or(|list| list.len() <= 20 && list.iter().all(fits))
        };
        let length = |text: &Option<String>| text.as_ref().map_or(0, |text| text.chars().count());
        Check::new()
            .that(length(&self.name) <= 100, "/name", "has to have at most 100 characters")
            .that(length(&self.notes) <= 4000, "/notes", "has to have at most 4000 characters")
            .that(short(&self.tags, 40), "/tags", "has to be up to 20 words of 1 to 40 characters")
            .that(short(&self.sizes, 20), "/sizes", "has to be up to 20 sizes of 1 to 20 characters")
            .done()?;
        let said = self.language.filter(|language| !language.is_empty());
        let language = said.map(|code| code.parse::<Language>()).transpose();
        Ok(Changes {
            name: self.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
            language: language.map_err(|_| Problem::field("/language", "is not a language that is spoken here"))?,
            tags: self.tags,
            notes: self.notes,
            sizes: self.sizes,
        })
    }
}

impl Changes {
    /// What is changed, by name: what it says is the customer's and not for the log.
    fn names(&self) -> Vec<&'static str> {
        let all = [
            ("name", self.name.is_some()),
            ("language", self.language.is_some()),
            ("tags", self.tags.is_some()),
            ("notes", self.notes.is_some()),
            ("sizes", self.sizes.is_some()),
        ];
        all.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect()
    }
}

/// Correct what is known of a customer.
#[utoipa::path(patch, path = "/customers/{id}", tag = "customers")]
async fn update_customer(
    staff: Staff<CustomersEdit>,
    Path(id): Path<Uuid>,
    IfMatch(version): IfMatch,
    Json(input): Json<CustomerIn>,
) -> Reply<Versioned<CustomerOut>> {
    let (changes, now, customer) = (input.check()?, staff.now(), CustomerId(id));
    let changed = staff.change(changes, move |tx, changes| {
        Box::pin(async move {
            tx.claim_customer(customer, version).await?;
            let known = tx.customer(customer).await?;
            let mut facts = known.facts.clone();
            if let Some(sizes) = &changes.sizes {
                set_sizes(&mut facts.said, sizes);
            }
            if let Some(tags) = &changes.tags {
                tx.set_tags(customer, tags).await?;
                // Prices for members go by them.
                facts.said.insert("tags".into(), tags.join(","));
            }
            if let Some(notes) = &changes.notes {
                tx.set_notes(customer, notes, now).await?;
            }
            let update = CustomerUpdate {
                name: changes.name.clone(),
                language: changes.language,
                language_pinned: changes.language.map(|_| true),
                facts: (facts != known.facts).then_some(facts),
                ..CustomerUpdate::default()
            };
            tx.update_customer(customer, &update, now).await?;
            let told = json!({"changed": changes.names()});
            let change = Change::new("customer.changed").of("customer", id).to(told);
            Ok((CustomerOut::read(tx, customer).await?, vec![change]))
        })
    });
    let row = changed.await?;
    Ok(Versioned { version: row.version, row })
}
