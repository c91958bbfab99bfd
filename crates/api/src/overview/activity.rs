//! What happened in the shop, in a line each.

use duka_kernel::{Currency, Money};
use duka_store::events::Event;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub struct ActivityOut {
    id: String,
    /// `order`, `payment`, `message`, `stock`, `handover` or `appointment`.
    kind: &'static str,
    at: jiff::Timestamp,
    /// In a line, in the language of whoever asks.
    title: String,
    /// The page of it.
    link: Option<String>,
}

/// What is said of an event, in English and Swahili. `#` is the order's number, `$` the amount, `*` the rating.
type Line = (&'static str, &'static str, &'static str);

fn line(kind: &str) -> Option<Line> {
    Some(match kind {
        "order.placed" => ("order", "New order #", "Oda mpya #"),
        "order.approved" => ("order", "Order # was approved", "Oda # imeidhinishwa"),
        "order.paid" => ("order", "Order # is paid", "Oda # imelipwa"),
        "order.deposit_paid" => ("order", "The deposit for # is paid", "Amana ya # imelipwa"),
        "order.processing" => ("order", "Order # is being packed", "Oda # inafungashwa"),
        "order.shipped" => ("order", "Order # is on its way", "Oda # iko njiani"),
        "order.delivered" => ("order", "Order # has arrived", "Oda # imefika"),
        "order.expired" => ("order", "Order # was not paid in time", "Oda # haikulipwa kwa wakati"),
        "order.cancelled" => ("order", "Order # was cancelled", "Oda # imeghairiwa"),
        "order.refund_due" => ("order", "Money for # has to go back", "Pesa za # zinafaa kurudishwa"),
        "order.refunded" => ("order", "Money for # went back", "Pesa za # zimerudishwa"),
        "return.asked" => ("order", "A customer asks to return #", "Mteja anaomba kurudisha #"),
        "payment.succeeded" => ("payment", "$ received for #", "$ imepokelewa kwa #"),
        "payment.failed" | "payment.cancelled" | "payment.timed_out" => {
            ("payment", "A payment for # did not work", "Malipo ya # hayakufaulu")
        }
        "conversation.handed_off" => ("handover", "A customer waits for a person", "Mteja anasubiri mtu"),
        "conversation.answered" => ("handover", "The team answered a customer", "Timu imemjibu mteja"),
        "conversation.released" => ("handover", "The assistant answers again", "Msaidizi anajibu tena"),
        "conversation.rated" => ("message", "A customer gave * of 5", "Mteja ametoa * kati ya 5"),
        "message.failed" => ("message", "A message did not arrive", "Ujumbe haukufika"),
        "turn.set_aside" => ("message", "A message could not be answered", "Ujumbe haukuweza kujibiwa"),
        "stock.wanted" => ("stock", "A customer waits for something sold out", "Mteja anasubiri kitu kilichoisha"),
        "booking.made" => ("appointment", "New booking", "Miadi mipya"),
        "booking.moved" => ("appointment", "A booking was moved", "Miadi imehamishwa"),
        "booking.cancelled" => ("appointment", "A booking was cancelled", "Miadi imeghairiwa"),
        _ => return None,
    })
}

impl ActivityOut {
    /// A line of it; none if it is nothing for a shop to look at.
    pub fn new(event: &Event, swahili: bool) -> Option<Self> {
        let (kind, english, in_swahili) = line(&event.kind)?;
        let told = |name: &str| event.payload.get(name);
        let text = |name: &str| told(name).and_then(Value::as_str).unwrap_or_default();
        let currency = Currency::from_code(text("currency")).unwrap_or_default();
        let amount = told("amount").and_then(Value::as_i64).map(|minor| Money::from_minor(minor, currency).to_string());
        let rating = told("rating").and_then(Value::as_i64).map(|rating| rating.to_string());
        let title = if swahili { in_swahili } else { english };
        let title = title
            .replace('#', text("number"))
            .replace('$', &amount.unwrap_or_default())
            .replace('*', &rating.unwrap_or_default());
        let page = |folder: &str, id: &str| (!id.is_empty()).then(|| format!("/{folder}/{id}"));
        let link = match kind {
            "appointment" => Some("/bookings".to_owned()),
            "handover" | "message" => page("inbox", text("conversation")),
            _ => page("orders", text("order")),
        };
        Some(Self { id: event.id.to_string(), kind, at: event.at.to_jiff(), title: title.trim().to_owned(), link })
    }
}
