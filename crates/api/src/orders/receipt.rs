//! What a customer is handed with an order, to be printed.

use std::fmt::Write;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use duka_kernel::{Language, Money, OrderId};
use duka_shop::{PaymentState, ShopProfile};
use duka_store::pages::order::{self, OrderPage};
use serde::Deserialize;
use utoipa::{IntoParams, PartialSchema, ToSchema};
use uuid::Uuid;

use crate::{
    describe::{Describing, Output, Route},
    extract::{Path, Query},
    problem::Reply,
    route,
    shapes::zone,
    staff::{Staff, right::OrdersView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(get_receipt)]
}

/// A page that loads and runs nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const STYLE: &str = "body{font:12pt/1.45 system-ui,sans-serif;color:#000;margin:0 auto}h1{font-size:1.3em;margin:0}\
table{width:100%;border-collapse:collapse;margin:1em 0}td{padding:.25em 0;vertical-align:top}\
td:last-child{text-align:right;white-space:nowrap}tr.sum td{border-top:1px solid #000}\
tr.total td{font-weight:700;border-top:2px solid #000}p{margin:.2em 0}.small{font-size:.85em}";

/// How wide the paper is.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
enum Paper {
    #[default]
    #[serde(rename = "a4")]
    A4,
    #[serde(rename = "80mm")]
    Roll,
}

#[derive(Deserialize, IntoParams)]
struct ReceiptIn {
    /// The paper: A4 if nothing is said, or a roll of 80 mm.
    #[param(inline)]
    format: Option<Paper>,
}

/// A page to be printed.
struct Receipt(String);

impl IntoResponse for Receipt {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        response
    }
}

impl Output for Receipt {
    fn describe(at: &mut Describing<'_>) {
        at.answers("200", "A page to be printed", Some(("text/html", <String as PartialSchema>::schema())));
    }
}

/// Get the receipt of an order as a page to be printed.
#[utoipa::path(get, path = "/orders/{id}/receipt", tag = "orders")]
async fn get_receipt(staff: Staff<OrdersView>, Path(id): Path<Uuid>, Query(asked): Query<ReceiptIn>) -> Reply<Receipt> {
    let tx = staff.read().await?;
    let page = order::read(&tx, OrderId(id)).await?;
    let shop = tx.profile().await?;
    Ok(Receipt(html(&page, &shop, asked.format.unwrap_or_default())))
}

/// The words of a receipt.
struct Words {
    order: &'static str,
    to: &'static str,
    collected: &'static str,
    subtotal: &'static str,
    discount: &'static str,
    delivery: &'static str,
    total: &'static str,
    paid: &'static str,
    unpaid: &'static str,
    thanks: &'static str,
}

const ENGLISH: Words = Words {
    order: "Order",
    to: "Deliver to",
    collected: "Collected at the shop",
    subtotal: "Subtotal",
    discount: "Discount",
    delivery: "Delivery",
    total: "Total",
    paid: "Paid",
    unpaid: "Not paid",
    thanks: "Thank you for shopping with us!",
};

const SWAHILI: Words = Words {
    order: "Oda",
    to: "Peleka",
    collected: "Inachukuliwa dukani",
    subtotal: "Jumla ndogo",
    discount: "Punguzo",
    delivery: "Usafiri",
    total: "Jumla",
    paid: "Imelipwa",
    unpaid: "Haijalipwa",
    thanks: "Asante kwa kununua nasi!",
};

fn html(page: &OrderPage, shop: &ShopProfile, paper: Paper) -> String {
    let (words, language) = if shop.default_language == Language::En { (&ENGLISH, "en") } else { (&SWAHILI, "sw") };
    let order = &page.order;
    let size = match paper {
        Paper::A4 => "@page{size:A4;margin:18mm}body{max-width:174mm}",
        Paper::Roll => "@page{size:80mm auto;margin:3mm}body{width:72mm;font-size:10pt}",
    };
    let day = order.placed_at.in_zone(&zone(shop)).strftime("%d.%m.%Y %H:%M").to_string();
    let mut out = format!(
        "<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}{size}</style><h1>{}</h1>",
        escaped(&order.number),
        escaped(&shop.name),
    );
    let mut say = |text: &str| {
        let _ = write!(out, "<p>{}</p>", escaped(text));
    };
    shop.location.iter().for_each(|place| say(place));
    shop.whatsapp_number.iter().for_each(|phone| say(&phone.local()));
    say(&format!("{} {} · {day}", words.order, order.number));
    page.customer.name.iter().for_each(|name| say(name));
    if order.pickup {
        say(words.collected);
    } else if !order.address.is_empty() {
        say(&format!("{}: {}", words.to, order.address));
    }
    out.push_str("<table>");
    for line in &order.lines {
        let size = (!line.size.is_one()).then(|| line.size.as_str());
        let kind: Vec<&str> = size.into_iter().chain(line.colour.map(|colour| colour.name())).collect();
        let kind = if kind.is_empty() { String::new() } else { format!(" ({})", kind.join(", ")) };
        let sum = Money { minor: line.unit_price.minor * i64::from(line.quantity), ..line.unit_price };
        row(&mut out, "", &format!("{} × {}{kind}", line.quantity, line.name), &sum.to_string());
    }
    row(&mut out, "sum", words.subtotal, &order.subtotal.to_string());
    if order.discount.minor > 0 {
        let less = Money { minor: -order.discount.minor, ..order.discount };
        row(&mut out, "", words.discount, &less.to_string());
    }
    if !order.pickup {
        row(&mut out, "", words.delivery, &order.delivery_fee.to_string());
    }
    row(&mut out, "total", words.total, &order.total.to_string());
    out.push_str("</table>");
    let paid: Vec<_> = page.payments.iter().filter(|payment| payment.state == PaymentState::Succeeded).collect();
    for payment in &paid {
        let receipt = payment.receipt.as_deref().unwrap_or_default();
        let _ = write!(out, "<p>{}: {} {}</p>", words.paid, escaped(&payment.amount.to_string()), escaped(receipt));
    }
    if paid.is_empty() && !order.state.is_sold() {
        let _ = write!(out, "<p>{}</p>", words.unpaid);
    }
    let _ = write!(out, "<p class=\"small\">{}</p></html>", words.thanks);
    out
}

fn row(out: &mut String, class: &str, what: &str, sum: &str) {
    let _ = write!(out, "<tr class=\"{class}\"><td>{}</td><td>{}</td></tr>", escaped(what), escaped(sum));
}

/// Text that is nothing else in a page.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
