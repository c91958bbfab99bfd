//! Groups of customers, each by a rule.

use duka_kernel::{Language, Size};
use duka_shop::segment::Rule;
use duka_store::{
    audit::Change,
    pages::segments::{self, Segment},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Created, Done, List},
    describe::Route,
    extract::{Json, Path},
    problem::{Check, Problem, Reply},
    route,
    staff::{
        Staff,
        right::{CustomersEdit, CustomersView},
    },
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_segments), route!(create_segment), route!(update_segment), route!(delete_segment)]
}

/// Whom a group holds: everything that is given has to be so. A rule that gives nothing holds everybody.
#[derive(Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct SegmentRule {
    /// Has at least so many orders that were sold.
    #[schema(minimum = 0, maximum = 1_000_000)]
    min_orders: Option<u32>,
    /// Has at most so many orders that were sold; 0 is who never bought.
    #[schema(minimum = 0, maximum = 1_000_000)]
    max_orders: Option<u32>,
    /// Bought for at least this, in minor units.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    min_spent: Option<i64>,
    /// Bought for at most this, in minor units.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    max_spent: Option<i64>,
    /// Has ordered, but not for so many days.
    #[schema(minimum = 0, maximum = 36_500)]
    quiet_days: Option<u32>,
    /// Ordered within so many days.
    #[schema(minimum = 0, maximum = 36_500)]
    ordered_within_days: Option<u32>,
    /// First wrote within so many days.
    #[schema(minimum = 0, maximum = 36_500)]
    new_within_days: Option<u32>,
    /// Is called so by the team.
    #[schema(max_length = 40)]
    tag: Option<String>,
    /// Writes in this language, such as `sw`.
    #[schema(max_length = 10)]
    language: Option<String>,
    /// Bought something in this size.
    #[schema(max_length = 20)]
    size: Option<String>,
    /// Takes advertisements, or does not.
    marketing: Option<bool>,
}

impl SegmentRule {
    fn read(self) -> Reply<Rule> {
        let days = |days: Option<u32>| days.is_none_or(|days| days <= 36_500);
        let money = |minor: Option<i64>| minor.is_none_or(|minor| (0..=1_000_000_000_000).contains(&minor));
        Check::new()
            .that(self.min_orders.is_none_or(|n| n <= 1_000_000), "/rule/min_orders", "has to be up to 1000000")
            .that(self.max_orders.is_none_or(|n| n <= 1_000_000), "/rule/max_orders", "has to be up to 1000000")
            .that(money(self.min_spent), "/rule/min_spent", "has to be an amount")
            .that(money(self.max_spent), "/rule/max_spent", "has to be an amount")
            .that(days(self.quiet_days), "/rule/quiet_days", "has to be up to 36500")
            .that(days(self.ordered_within_days), "/rule/ordered_within_days", "has to be up to 36500")
            .that(days(self.new_within_days), "/rule/new_within_days", "has to be up to 36500")
            .that(self.size.as_ref().is_none_or(|size| size.chars().count() <= 20), "/rule/size", "is too long")
            .done()?;
        let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let language = given(self.language).map(|code| code.parse::<Language>()).transpose();
        let rule = Rule {
            spent_from: self.min_spent,
            spent_to: self.max_spent,
            orders_from: self.min_orders,
            orders_to: self.max_orders,
            ordered_within_days: self.ordered_within_days,
            silent_for_days: self.quiet_days,
            new_within_days: self.new_within_days,
            language: language
                .map_err(|_| Problem::field("/rule/language", "is not a language that is spoken here"))?,
            tag: given(self.tag),
            size: given(self.size).map(|size| Size::parse(&size)),
            marketing: self.marketing,
        };
        let mut check = Check::new();
        for (field, problem) in rule.problems() {
            check = check.that(false, &format!("/rule/{}", ours(field)), problem);
        }
        check.done()?;
        Ok(rule)
    }
}

/// What a condition is called here.
fn ours(field: &str) -> &str {
    match field {
        "spent_from" => "min_spent",
        "spent_to" => "max_spent",
        "orders_from" => "min_orders",
        "orders_to" => "max_orders",
        "silent_for_days" => "quiet_days",
        other => other,
    }
}

impl From<Rule> for SegmentRule {
    fn from(rule: Rule) -> Self {
        Self {
            min_orders: rule.orders_from,
            max_orders: rule.orders_to,
            min_spent: rule.spent_from,
            max_spent: rule.spent_to,
            quiet_days: rule.silent_for_days,
            ordered_within_days: rule.ordered_within_days,
            new_within_days: rule.new_within_days,
            tag: rule.tag,
            language: rule.language.map(|language| language.code().to_owned()),
            size: rule.size.map(|size| size.as_str().to_owned()),
            marketing: rule.marketing,
        }
    }
}

/// A group of customers.
#[derive(Serialize, ToSchema)]
struct SegmentOut {
    id: Uuid,
    name: String,
    rule: SegmentRule,
    /// How many are in it now.
    count: i64,
}

impl From<Segment> for SegmentOut {
    fn from(segment: Segment) -> Self {
        Self { id: segment.id, name: segment.name, rule: segment.rule.into(), count: segment.customers }
    }
}

/// List the groups of customers with how many are in each, by name.
#[utoipa::path(get, path = "/segments", tag = "customers")]
async fn list_segments(staff: Staff<CustomersView>) -> Reply<Json<List<SegmentOut>>> {
    let found = segments::list(&staff.read().await?, staff.now()).await?;
    Ok(Json(List::whole(found.into_iter().map(SegmentOut::from).collect())))
}

/// A group to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SegmentIn {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    rule: SegmentRule,
}

impl SegmentIn {
    fn check(self) -> Reply<(String, Rule)> {
        Check::new().text(&self.name, 60, "/name").done()?;
        Ok((self.name.trim().to_owned(), self.rule.read()?))
    }
}

/// Make a group of customers.
#[utoipa::path(post, path = "/segments", tag = "customers")]
async fn create_segment(staff: Staff<CustomersEdit>, Json(input): Json<SegmentIn>) -> Reply<Created<SegmentOut>> {
    let now = staff.now();
    let made = staff.change(input.check()?, move |tx, (name, rule)| {
        Box::pin(async move {
            let id = tx.create_segment(name, rule, now).await?;
            let change = Change::new("segment.created").of("segment", id).to(json!({"name": name}));
            Ok((segments::read(tx, id, now).await?, vec![change]))
        })
    });
    Ok(Created(made.await?.into()))
}

/// Change a group of customers.
#[utoipa::path(patch, path = "/segments/{id}", tag = "customers")]
async fn update_segment(
    staff: Staff<CustomersEdit>,
    Path(id): Path<Uuid>,
    Json(input): Json<SegmentIn>,
) -> Reply<Json<SegmentOut>> {
    let now = staff.now();
    let changed = staff.change(input.check()?, move |tx, (name, rule)| {
        Box::pin(async move {
            let before = segments::read(tx, id, now).await?;
            tx.update_segment(id, before.version, name, rule).await?;
            let change = Change::new("segment.changed").of("segment", id);
            let change = change.from(json!({"name": before.name})).to(json!({"name": name}));
            Ok((segments::read(tx, id, now).await?, vec![change]))
        })
    });
    Ok(Json(changed.await?.into()))
}

/// Take a group of customers away; the customers stay.
#[utoipa::path(delete, path = "/segments/{id}", tag = "customers")]
async fn delete_segment(staff: Staff<CustomersEdit>, Path(id): Path<Uuid>) -> Reply<Done> {
    staff
        .change((), move |tx, ()| {
            Box::pin(async move {
                tx.delete_segment(id).await?;
                Ok(((), vec![Change::new("segment.deleted").of("segment", id)]))
            })
        })
        .await?;
    Ok(Done)
}
