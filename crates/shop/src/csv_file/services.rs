//! Services: `code,name,description,duration_min,price,days,open,close`, and what else is known of their appointments:
//! `variant,also,staff,needs,at_once,buffer_before,buffer_after,deposit`.

use std::collections::HashMap;

use duka_kernel::{Currency, ServiceId};

use super::{
    RowError, ServiceFile, cells,
    mapping::Known,
    table::{Cells, Table},
};
use crate::{
    Service,
    booking::{Deposit, Terms},
    file::words,
};

const CODE: &[&str] = &["code", "sku"];
const NAME: &[&str] = &["name", "service"];
const DURATION: &[&str] = &["duration min", "duration", "minutes"];
const PRICE: &[&str] = &["price"];
const DAYS: &[&str] = &["days"];
const OPEN: &[&str] = &["open", "from"];
const CLOSE: &[&str] = &["close", "to", "until"];
const VARIANT: &[&str] = &["variant", "option"];
const ALSO: &[&str] = &["also", "aliases", "also called"];
const STAFF: &[&str] = &["staff"];
const NEEDS: &[&str] = &["needs", "resources"];
const AT_ONCE: &[&str] = &["at once", "capacity"];
const BEFORE: &[&str] = &["buffer before"];
const AFTER: &[&str] = &["buffer after", "buffer"];
const DEPOSIT: &[&str] = &["deposit"];

/// What a person may choose a column for.
pub(super) const FIELDS: &[Known] = &[
    Known::needed("code", CODE, &["ref", "reference"]),
    Known::needed("name", NAME, &["huduma", "jina", "title"]),
    Known::needed("minutes", DURATION, &["muda", "length", "time"]),
    Known::needed("price", PRICE, &["bei", "amount"]),
    Known::needed("days", DAYS, &["siku"]),
    Known::needed("open", OPEN, &["start", "opens"]),
    Known::needed("close", CLOSE, &["end", "closes"]),
    Known::may("description", &["description"], &["maelezo", "details"]),
    Known::may("variant", VARIANT, &[]),
    Known::may("also", ALSO, &[]),
    Known::may("staff", STAFF, &[]),
    Known::may("needs", NEEDS, &[]),
    Known::may("at_once", AT_ONCE, &[]),
    Known::may("deposit", DEPOSIT, &[]),
];

/// The longest preparation or tidying up: a day's work.
const MOST_BUFFER: u32 = 8 * 60;

/// Reads the rows of a table of services.
pub(super) fn read(table: &Table, currency: Currency, file: &mut ServiceFile) {
    let needed = [CODE, NAME, DURATION, PRICE, DAYS, OPEN, CLOSE];
    let missing: Vec<&str> = needed.iter().filter(|names| !table.has(names)).map(|names| names[0]).collect();
    if !missing.is_empty() {
        let message = format!("no column {}; the header is: {}", missing.join(", "), table.header_line());
        return file.errors.push(RowError { line: 1, column: None, message });
    }
    let mut lines: HashMap<String, u64> = HashMap::new();
    for row in table.cells() {
        let read = service(row, currency).and_then(|service| match lines.get(&service.code.to_uppercase()) {
            Some(line) => Err(row.error(CODE, format!("{} is already in line {line}", service.code))),
            None => Ok(service),
        });
        match read {
            Ok(service) => {
                lines.insert(service.code.to_uppercase(), row.line());
                file.services.push(service);
            }
            Err(error) => file.errors.push(error),
        }
    }
    file.errors.sort_by_key(|error| error.line);
}

fn service(row: Cells<'_>, currency: Currency) -> Result<Service, RowError> {
    let required = |names: &'static [&'static str], what: &str| match row.get(names) {
        "" => Err(row.error(names, format!("missing: every service needs a {what}"))),
        text => Ok(text.to_owned()),
    };
    let (code, name) = (required(CODE, "code")?, required(NAME, "name")?);
    let minutes = row.get(DURATION).parse::<u32>().ok().filter(|n| (1..=24 * 60).contains(n));
    let duration_min = minutes.ok_or_else(|| {
        row.error(DURATION, format!("{:?} is not a length in minutes: use 1 to 1440", row.get(DURATION)))
    })?;
    let price = cells::price(row.get(PRICE), currency).map_err(|why| row.error(PRICE, why))?;
    let time = |names: &'static [&'static str]| words::time(row.get(names)).map_err(|why| row.error(names, why));
    let (open, close) = (time(OPEN)?, time(CLOSE)?);
    let minute =
        |time: jiff::civil::Time| u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs());
    if minute(close) < minute(open) + duration_min {
        let message = format!("{duration_min} minutes do not fit between {open} and {close}");
        return Err(row.error(CLOSE, message));
    }
    Ok(Service {
        id: ServiceId::new(),
        code,
        name,
        description: row.get(&["description"]).to_owned(),
        duration_min,
        price,
        days: days(row)?,
        open,
        close,
        terms: terms(row, currency)?,
    })
}

/// The columns that may be missing.
fn terms(row: Cells<'_>, currency: Currency) -> Result<Terms, RowError> {
    let list = |names| cells::list(row.get(names), &[';', ',']);
    let number = |names: &'static [&'static str], least, most| match row.get(names) {
        "" => Ok(None),
        text => words::count(text, least, most).map(Some).map_err(|why| row.error(names, why)),
    };
    let deposit = match row.get(DEPOSIT) {
        "" => None,
        text => Some(deposit(text, currency).map_err(|why| row.error(DEPOSIT, why))?),
    };
    Ok(Terms {
        variant: Some(row.get(VARIANT).to_owned()).filter(|variant| !variant.is_empty()),
        also: list(ALSO),
        staff: list(STAFF),
        needs: list(NEEDS),
        at_once: number(AT_ONCE, 1, 1_000)?,
        buffer_before: number(BEFORE, 0, MOST_BUFFER)?.unwrap_or(0),
        buffer_after: number(AFTER, 0, MOST_BUFFER)?.unwrap_or(0),
        deposit,
    })
}

/// `500`, `30%`, or `none` where the shop's own rule is not to count.
fn deposit(text: &str, currency: Currency) -> Result<Deposit, String> {
    if ["none", "no", "0"].contains(&text.to_lowercase().as_str()) {
        return Ok(Deposit::Percent(0));
    }
    if text.ends_with('%') {
        words::percent(text).map(Deposit::Percent)
    } else {
        words::amount(text, currency).map(Deposit::Amount)
    }
}

/// `Mon|Tue`, `Mon-Fri`, `daily`.
fn days(row: Cells<'_>) -> Result<[bool; 7], RowError> {
    let text = row.get(DAYS);
    if ["daily", "every day", "all"].contains(&text.to_lowercase().as_str()) {
        return Ok([true; 7]);
    }
    let mut days = [false; 7];
    for part in cells::list(text, &[',', ';']) {
        let which = words::weekdays(&part)
            .ok_or_else(|| row.error(DAYS, format!("{part:?} is not a weekday: write Mon|Tue|Wed or Mon-Fri")))?;
        which.into_iter().for_each(|day| days[day] = true);
    }
    if days == [false; 7] {
        return Err(row.error(DAYS, "missing: the weekdays it is offered, like Mon|Tue|Wed"));
    }
    Ok(days)
}
