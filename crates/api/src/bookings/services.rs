//! What can be booked.

use duka_kernel::{Currency, Money, ServiceId};
use duka_shop::{
    Service,
    booking::{Deposit, Terms},
};
use duka_store::{audit::Change, bookings::KeptService};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Created, Done, IfMatch, List, Versioned},
    describe::Route,
    extract::{Json, Path},
    problem::{Check, Problem, Reply},
    route,
    staff::{
        Staff,
        right::{AppointmentsView, ServicesEdit},
    },
};

/// Weekdays as bodies name them, Monday first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// A day.
const LONGEST: u32 = 24 * 60;

pub fn routes() -> Vec<Route> {
    vec![
        route!(list_services),
        route!(get_service),
        route!(create_service),
        route!(update_service),
        route!(delete_service),
    ]
}

/// A day of the week.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// What is asked before an appointment counts: a part of the price, or an amount.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DepositTerms {
    /// Per cent of the price.
    #[schema(minimum = 0, maximum = 100)]
    percent: Option<u8>,
    /// In minor units.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    amount: Option<i64>,
}

/// Something that can be booked.
#[derive(Serialize, ToSchema)]
struct ServiceOut {
    id: Uuid,
    /// Short, and unique in the shop.
    code: String,
    name: String,
    description: String,
    duration_min: u32,
    /// In minor units.
    price: i64,
    /// Such as `mon`.
    days: Vec<&'static str>,
    /// From when, on the shop's clock: `09:00`.
    open: String,
    /// Until when it has to be finished.
    close: String,
    /// Who does it.
    lanes: Vec<String>,
    /// Chairs, rooms and machines that are needed for it, one of each.
    needs: Vec<String>,
    /// What tells it from others of the same name.
    variant: Option<String>,
    /// Other words that customers use for it.
    also: Vec<String>,
    /// How many customers it serves at once.
    at_once: Option<u32>,
    /// Minutes of preparation.
    buffer_before: u32,
    /// Minutes of tidying up.
    buffer_after: u32,
    /// The shop's rule if there is none.
    deposit: Option<DepositTerms>,
    /// Whether it is offered.
    active: bool,
    /// For `If-Match`.
    version: i64,
}

impl From<KeptService> for ServiceOut {
    fn from(kept: KeptService) -> Self {
        let KeptService { service, active, version } = kept;
        let clock = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
        let deposit = |deposit: Deposit| match deposit {
            Deposit::Percent(percent) => DepositTerms { percent: Some(percent), amount: None },
            Deposit::Amount(money) => DepositTerms { percent: None, amount: Some(money.minor) },
        };
        let terms = service.terms;
        Self {
            id: service.id.0,
            code: service.code,
            name: service.name,
            description: service.description,
            duration_min: service.duration_min,
            price: service.price.minor,
            days: DAYS.into_iter().zip(service.days).filter(|(_, open)| *open).map(|(day, _)| day).collect(),
            open: clock(service.open),
            close: clock(service.close),
            lanes: terms.staff,
            needs: terms.needs,
            variant: terms.variant,
            also: terms.also,
            at_once: terms.at_once,
            buffer_before: terms.buffer_before,
            buffer_after: terms.buffer_after,
            deposit: terms.deposit.map(deposit),
            active,
            version,
        }
    }
}

/// A service as it is to be. What is left out of the last lines is as if the shop had said nothing about it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ServiceIn {
    #[schema(min_length = 1, max_length = 40)]
    code: String,
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    #[schema(max_length = 1000)]
    description: String,
    #[schema(minimum = 5, maximum = 1440)]
    duration_min: u32,
    /// In minor units.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    price: i64,
    #[schema(inline, min_items = 1, max_items = 7)]
    days: Vec<Weekday>,
    /// On the shop's clock: `09:00`.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$")]
    open: String,
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$")]
    close: String,
    /// Who does it.
    #[schema(max_items = 50)]
    lanes: Vec<String>,
    active: bool,
    #[serde(default)]
    #[schema(max_items = 10)]
    needs: Vec<String>,
    #[schema(max_length = 60)]
    variant: Option<String>,
    #[serde(default)]
    #[schema(max_items = 20)]
    also: Vec<String>,
    #[schema(minimum = 1, maximum = 200)]
    at_once: Option<u32>,
    #[serde(default)]
    #[schema(minimum = 0, maximum = 480)]
    buffer_before: u32,
    #[serde(default)]
    #[schema(minimum = 0, maximum = 480)]
    buffer_after: u32,
    deposit: Option<DepositTerms>,
}

impl ServiceIn {
    fn read(self, id: ServiceId, money: Currency) -> Reply<Service> {
        let words = |list: &[String], most: usize| {
            let fits = |word: &String| {
                !word.trim().is_empty() && word.chars().count() <= 60 && !word.contains(['/', '\n', '\r'])
            };
            list.len() <= most && list.iter().all(fits)
        };
        let (open, close) = (clock(&self.open), clock(&self.close));
        let deposit = self.deposit.map(|deposit| read_deposit(deposit, money)).transpose()?.flatten();
        let hours = "has to be a time such as 09:00";
        Check::new()
            .text(&self.code, 40, "/code")
            .text(&self.name, 100, "/name")
            .that(self.description.chars().count() <= 1000, "/description", "has to have at most 1000 characters")
            .that((5..=LONGEST).contains(&self.duration_min), "/duration_min", "has to be 5 to 1440 minutes")
            .that((0..=1_000_000_000_000).contains(&self.price), "/price", "has to be an amount")
            .that(!self.days.is_empty() && self.days.len() <= 7, "/days", "has to name a day")
            .that(open.is_some(), "/open", hours)
            .that(close.is_some(), "/close", hours)
            .that(open.zip(close).is_none_or(|(open, close)| open < close), "/close", "has to be after it opens")
            .that(words(&self.lanes, 50), "/lanes", "has to be names of up to 60 letters")
            .that(words(&self.needs, 10), "/needs", "has to be names of up to 60 letters")
            .that(words(&self.also, 20), "/also", "has to be words of up to 60 letters")
            .that(self.variant.as_ref().is_none_or(|v| v.chars().count() <= 60), "/variant", "is too long")
            .that(self.at_once.is_none_or(|n| (1..=200).contains(&n)), "/at_once", "has to be 1 to 200")
            .that(self.buffer_before <= 480, "/buffer_before", "has to be up to 480 minutes")
            .that(self.buffer_after <= 480, "/buffer_after", "has to be up to 480 minutes")
            .done()?;
        let (Some(open), Some(close)) = (open, close) else { return Err(Problem::field("/open", hours)) };
        let mut days = [false; 7];
        self.days.iter().for_each(|day| days[*day as usize] = true);
        let trimmed = |list: Vec<String>| list.iter().map(|word| word.trim().to_owned()).collect();
        Ok(Service {
            id,
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
            description: self.description.trim().to_owned(),
            duration_min: self.duration_min,
            price: Money::from_minor(self.price, money),
            days,
            open,
            close,
            terms: Terms {
                variant: self.variant.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
                also: trimmed(self.also),
                staff: trimmed(self.lanes),
                needs: trimmed(self.needs),
                at_once: self.at_once,
                buffer_before: self.buffer_before,
                buffer_after: self.buffer_after,
                deposit,
            },
        })
    }
}

fn clock(text: &str) -> Option<Time> {
    let whole = if text.len() == 5 { format!("{text}:00") } else { text.to_owned() };
    whole.parse().ok().filter(|_| (5..=8).contains(&text.len()))
}

fn read_deposit(deposit: DepositTerms, money: Currency) -> Reply<Option<Deposit>> {
    match (deposit.percent, deposit.amount) {
        (Some(percent), None) if percent <= 100 => Ok(Some(Deposit::Percent(percent))),
        (None, Some(amount)) if (0..=1_000_000_000_000).contains(&amount) => {
            Ok(Some(Deposit::Amount(Money::from_minor(amount, money))))
        }
        (None, None) => Ok(None),
        _ => Err(Problem::field("/deposit", "has to be percent, 0 to 100, or amount")),
    }
}

fn told(kept: &KeptService) -> Value {
    let service = &kept.service;
    json!({
        "code": service.code, "name": service.name, "price": service.price.minor,
        "duration_min": service.duration_min, "active": kept.active,
    })
}

/// List what can be booked, in the order of the shop's list, what is not offered now included.
#[utoipa::path(get, path = "/services", tag = "bookings")]
async fn list_services(staff: Staff<AppointmentsView>) -> Reply<Json<List<ServiceOut>>> {
    let services = staff.read().await?.kept_services().await?;
    Ok(Json(List::whole(services.into_iter().map(ServiceOut::from).collect())))
}

/// Show a service.
#[utoipa::path(get, path = "/services/{id}", tag = "bookings")]
async fn get_service(staff: Staff<AppointmentsView>, Path(id): Path<Uuid>) -> Reply<Versioned<ServiceOut>> {
    let kept = staff.read().await?.kept_service(ServiceId(id)).await?;
    Ok(Versioned { version: kept.version, row: kept.into() })
}

/// Make a service.
#[utoipa::path(post, path = "/services", tag = "bookings")]
async fn create_service(staff: Staff<ServicesEdit>, Json(input): Json<ServiceIn>) -> Reply<Created<ServiceOut>> {
    let (active, money) = (input.active, staff.read().await?.profile().await?.currency);
    let service = input.read(ServiceId::new(), money)?;
    let made = staff.change(service, move |tx, service| {
        Box::pin(async move {
            let kept = tx.create_service(service, active).await?;
            let change = Change::new("service.created").of("service", kept.service.id).to(told(&kept));
            Ok((kept, vec![change]))
        })
    });
    Ok(Created(made.await?.into()))
}

/// Change a service. What is booked stays booked.
#[utoipa::path(put, path = "/services/{id}", tag = "bookings")]
async fn update_service(
    staff: Staff<ServicesEdit>,
    Path(id): Path<Uuid>,
    IfMatch(version): IfMatch,
    Json(input): Json<ServiceIn>,
) -> Reply<Versioned<ServiceOut>> {
    let id = ServiceId(id);
    let tx = staff.read().await?;
    let before = tx.kept_service(id).await?;
    let (active, money) = (input.active, tx.profile().await?.currency);
    drop(tx);
    let service = input.read(id, money)?;
    let changed = staff.change((before, KeptService { service, active, version }), |tx, (before, changed)| {
        Box::pin(async move {
            let kept = tx.update_service(changed).await?;
            let change = Change::new("service.changed").of("service", kept.service.id);
            Ok((kept.clone(), vec![change.from(told(before)).to(told(&kept))]))
        })
    });
    let kept = changed.await?;
    Ok(Versioned { version: kept.version, row: kept.into() })
}

/// Take a service away. What is booked stays booked.
#[utoipa::path(delete, path = "/services/{id}", tag = "bookings")]
async fn delete_service(staff: Staff<ServicesEdit>, Path(id): Path<Uuid>, IfMatch(version): IfMatch) -> Reply<Done> {
    let (id, now) = (ServiceId(id), staff.now());
    staff
        .change((), move |tx, ()| {
            Box::pin(async move {
                let booked = tx.remove_service(id, version, now).await?;
                let change = Change::new("service.deleted").of("service", id).from(json!({"booked": booked}));
                Ok(((), vec![change]))
            })
        })
        .await?;
    Ok(Done)
}
