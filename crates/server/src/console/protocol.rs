//! The console protocol: what a line in may be, and what a line out says. One JSON object a line.

use duka_kernel::PhoneNumber;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A line in.
#[derive(Debug)]
pub struct LineIn {
    /// Comes back with the answer.
    pub id: Option<Value>,
    /// Another customer than the one before.
    pub from: Option<PhoneNumber>,
    /// Their profile name.
    pub name: Option<String>,
    /// Another shop, by slug.
    pub to: Option<String>,
    /// What happens.
    pub action: Action,
}

/// What a line in makes happen.
#[derive(Debug)]
pub enum Action {
    /// The customer writes, or sends a picture with or without words.
    Text(String),
    /// The customer sends a picture.
    Image { path: String, caption: Option<String> },
    /// The customer sends a voice note.
    Voice { path: String },
    /// The customer sends something that cannot be read.
    Unsupported(String),
    /// The customer sends a place.
    Location(Place),
    /// The channel delivers the customer's last message once more.
    ResendPrevious,
    /// Something happens that is not a message of the customer.
    Event(Event),
    /// Time passes, and every job that became due runs.
    Wait { millis: i64 },
    /// The shop's data are put into a state.
    Setup(Setup),
    /// Nothing happens; the answer says more.
    Inspect(Vec<String>),
}

/// A place on the map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// What the place is called.
    pub name: Option<String>,
    /// Its address.
    pub address: Option<String>,
}

/// What happens besides the customer's messages.
#[derive(Debug, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The provider says that the latest payment request was paid.
    PaymentSuccess {
        /// M-Pesa receipt.
        receipt: String,
        /// Minor units; what was asked for if left out.
        amount: Option<i64>,
        /// Who paid.
        payer: Option<PhoneNumber>,
        /// The same notice twice.
        #[serde(default)]
        duplicate: bool,
        /// A notice about a payment that nobody asked for.
        #[serde(default)]
        unknown_reference: bool,
    },
    /// The provider says that the latest payment request failed.
    PaymentFailed {
        /// Why.
        reason: FailureReason,
    },
    /// A person of the shop writes to the customer.
    StaffReply {
        /// The words.
        text: String,
    },
    /// The assistant may answer again.
    StaffRelease,
    /// The staff approve the customer's latest order, which waits for that.
    StaffApprove,
    /// The staff decline it.
    StaffDecline,
    /// Staff move an order of the customer on.
    OrderMoved {
        /// To which state.
        status: String,
        /// Which order; the latest if left out.
        order: Option<String>,
    },
    /// The shop sends an advertisement to its customers.
    MarketingBroadcast {
        /// The words.
        text: String,
    },
}

/// Why a payment fails.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// The payer pressed cancel.
    CancelledByUser,
    /// The PIN was wrong.
    WrongPin,
    /// Not enough money.
    InsufficientFunds,
    /// No answer.
    Timeout,
}

/// A state to put the shop's data into.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Setup {
    /// Orders that were placed before. They change no stock.
    pub orders: Vec<SetupOrder>,
    /// Bookings that were made before.
    pub appointments: Vec<SetupAppointment>,
    /// Stock by `SKU/SIZE`.
    pub stock: std::collections::BTreeMap<String, u32>,
}

/// An order placed before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetupOrder {
    /// Its number, kept.
    pub number: String,
    /// Whose.
    pub phone: PhoneNumber,
    /// Their name.
    pub name: Option<String>,
    /// Where it stands.
    pub status: String,
    /// What was bought.
    #[serde(default)]
    pub items: Vec<SetupItem>,
    /// Minor units; computed from the items if left out.
    pub total: Option<i64>,
    /// Where it goes.
    pub address: Option<String>,
    /// Delivery zone.
    pub zone: Option<String>,
    /// Paid so many days ago.
    pub paid_days_ago: Option<f64>,
}

/// A line of such an order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetupItem {
    /// Which product.
    pub sku: String,
    /// In which size.
    pub size: Option<String>,
    /// How many; 1 if left out.
    pub quantity: Option<u32>,
}

/// A booking made before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetupAppointment {
    /// Whose.
    pub phone: PhoneNumber,
    /// The service's code.
    pub service: String,
    /// When it starts.
    pub start: jiff::Timestamp,
    /// `booked` or `cancelled`; booked if left out.
    pub status: Option<String>,
    /// Their name.
    pub name: Option<String>,
}

/// Reads a line.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn read_line(line: &str) -> Result<LineIn, String> {
    let value: Value = serde_json::from_str(line).map_err(|e| format!("not a JSON object: {e}"))?;
    let Value::Object(mut fields) = value else { return Err("a line has to be a JSON object".into()) };
    let id = fields.remove("id");
    let from = take(&mut fields, "from")?;
    let name = take(&mut fields, "name")?;
    let to = take(&mut fields, "to")?;
    let action = read_action(fields)?;
    Ok(LineIn { id, from, name, to, action })
}

fn read_action(mut fields: Map<String, Value>) -> Result<Action, String> {
    const KINDS: [&str; 10] =
        ["image", "voice", "unsupported", "location", "resend_previous", "event", "wait", "setup", "inspect", "text"];
    let Some(kind) = KINDS.iter().find(|kind| fields.contains_key(**kind)) else {
        return Err(format!("nothing to do: give one of {}", KINDS.join(", ")));
    };
    let action = match *kind {
        "event" => {
            let event = serde_json::from_value(Value::Object(std::mem::take(&mut fields)))
                .map_err(|e| format!("event: {e}"))?;
            Action::Event(event)
        }
        "image" => Action::Image { path: need(&mut fields, "image")?, caption: take(&mut fields, "text")? },
        "voice" => Action::Voice { path: need(&mut fields, "voice")? },
        "unsupported" => Action::Unsupported(need(&mut fields, "unsupported")?),
        "location" => Action::Location(need(&mut fields, "location")?),
        "resend_previous" => {
            need::<bool>(&mut fields, "resend_previous")?;
            Action::ResendPrevious
        }
        "wait" => Action::Wait { millis: duration_millis(&need::<String>(&mut fields, "wait")?)? },
        "setup" => Action::Setup(need(&mut fields, "setup")?),
        "inspect" => Action::Inspect(need(&mut fields, "inspect")?),
        _ => Action::Text(need(&mut fields, "text")?),
    };
    match fields.keys().next() {
        Some(extra) => Err(format!("{extra:?} does not belong in a line with {kind:?}")),
        None => Ok(action),
    }
}

fn take<T: serde::de::DeserializeOwned>(fields: &mut Map<String, Value>, name: &str) -> Result<Option<T>, String> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => serde_json::from_value(value).map(Some).map_err(|e| format!("{name}: {e}")),
    }
}

fn need<T: serde::de::DeserializeOwned>(fields: &mut Map<String, Value>, name: &str) -> Result<T, String> {
    take(fields, name)?.ok_or_else(|| format!("{name} is missing"))
}

/// `45m`, `6h`, `2d`, `30s`, `1h30m` or `500ms` in milliseconds; at most ten years.
fn duration_millis(text: &str) -> Result<i64, String> {
    let wrong = || format!("{text:?} is not a time to wait: write it like 45m, 6h or 2d");
    let mut rest = text.trim();
    let mut total: i64 = 0;
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let number: i64 = rest[..digits].parse().map_err(|_| wrong())?;
        let unit_end = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |i| digits + i);
        let unit = match rest[digits..unit_end].trim() {
            "ms" => 1,
            "s" | "sec" => 1_000,
            "m" | "min" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            "w" => 604_800_000,
            _ => return Err(wrong()),
        };
        total = number.checked_mul(unit).and_then(|part| total.checked_add(part)).ok_or_else(wrong)?;
        rest = &rest[unit_end..];
    }
    if total > 315_360_000_000 { Err(format!("{text:?} is too long to wait: at most ten years")) } else { Ok(total) }
}

/// A line out.
#[derive(Debug, Serialize)]
pub struct LineOut {
    /// The line in's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    /// Everything sent meanwhile, to whomever.
    pub replies: Vec<ReplyOut>,
    /// How it stands for the line's customer and shop.
    pub state: StateOut,
    /// How the last turn went; absent if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<Value>,
    /// Every variant's stock by `SKU/SIZE`, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<std::collections::BTreeMap<String, StockOut>>,
}

/// A message sent.
#[derive(Debug, Clone, Serialize)]
pub struct ReplyOut {
    /// By which shop.
    pub shop: String,
    /// To whom.
    pub to: String,
    /// `text`, `image`, `list`, `buttons` or `document`.
    pub kind: String,
    /// The words or the caption.
    pub text: String,
    /// The picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// What can be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<duka_sales::reply::Choice>,
}

/// Stock of a variant.
#[derive(Debug, Serialize)]
pub struct StockOut {
    /// In the shop.
    pub on_hand: u32,
    /// Held for unpaid orders.
    pub reserved: u32,
    /// Minor units.
    pub price: i64,
}

/// How a customer stands with a shop.
#[derive(Debug, Serialize)]
pub struct StateOut {
    /// RFC 3339, in the shop's time zone.
    pub now: String,
    /// Stage of the sale.
    pub stage: &'static str,
    /// Language answered in.
    pub language: duka_kernel::Language,
    /// The cart.
    pub cart: Vec<ItemOut>,
    /// At list prices.
    pub subtotal: i64,
    /// Taken off.
    pub discount: i64,
    /// Code accepted for the cart.
    pub coupon: Option<String>,
    /// To pay, delivery included once it is known.
    pub total: i64,
    /// Oldest first.
    pub orders: Vec<OrderOut>,
    /// Oldest first.
    pub payment_requests: Vec<PaymentOut>,
    /// Oldest first.
    pub appointments: Vec<AppointmentOut>,
    /// Whether a person has taken over.
    pub handed_off: bool,
    /// Whether marketing is refused.
    pub opted_out: bool,
    /// How often the owner was told something about this customer.
    pub owner_notifications: u64,
}

/// A line of a cart or an order.
#[derive(Debug, Serialize)]
pub struct ItemOut {
    /// Which product.
    pub sku: String,
    /// In which size.
    pub size: String,
    /// In which colour.
    pub color: Option<String>,
    /// How many.
    pub quantity: u32,
    /// Minor units, list price.
    pub unit_price: i64,
}

/// An order.
#[derive(Debug, Serialize)]
pub struct OrderOut {
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub status: String,
    /// What was bought.
    pub items: Vec<ItemOut>,
    /// At list prices.
    pub subtotal: i64,
    /// Taken off.
    pub discount: i64,
    /// Code used.
    pub coupon: Option<String>,
    /// Whether wholesale took it off.
    pub wholesale: bool,
    /// For delivery.
    pub delivery_fee: i64,
    /// To pay.
    pub total: i64,
    /// Where it goes; `pickup` if it is collected.
    pub address: Option<String>,
}

/// A request for a payment.
#[derive(Debug, Serialize)]
pub struct PaymentOut {
    /// The order's number.
    pub order: String,
    /// Minor units.
    pub amount: i64,
    /// Who was asked.
    pub phone: String,
    /// Where it stands.
    pub status: String,
}

/// A booking.
#[derive(Debug, Serialize)]
pub struct AppointmentOut {
    /// The service's code.
    pub service: String,
    /// RFC 3339.
    pub start: String,
    /// `booked` or `cancelled`.
    pub status: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_kind_of_line() {
        let lines = [
            r#"{"text":"una hii size M?","id":7,"from":"254712345678","name":"Wanjiku","to":"nyota"}"#,
            r#"{"image":"a.jpg","text":"hii iko?"}"#,
            r#"{"voice":"a.ogg"}"#,
            r#"{"unsupported":"sticker"}"#,
            r#"{"location":{"latitude":-1.28,"longitude":36.82,"name":"TRM"}}"#,
            r#"{"resend_previous":true}"#,
            r#"{"event":"payment_success","receipt":"SCA1B2C3D4","amount":310000,"duplicate":true}"#,
            r#"{"event":"payment_failed","reason":"wrong_pin"}"#,
            r#"{"event":"staff_reply","text":"Hi"}"#,
            r#"{"event":"staff_release"}"#,
            r#"{"event":"staff_approve"}"#,
            r#"{"event":"staff_decline"}"#,
            r#"{"event":"order_moved","status":"shipped"}"#,
            r#"{"wait":"1h30m"}"#,
            r#"{"setup":{"stock":{"MB-002/M":1},"orders":[{"number":"DK-1","phone":"254712345678","status":"paid"}]}}"#,
            r#"{"inspect":["stock"]}"#,
        ];
        for line in lines {
            assert!(read_line(line).is_ok(), "{line}: {:?}", read_line(line).err());
        }
        let first = read_line(lines[0]).unwrap();
        assert!(matches!(first.action, Action::Text(text) if text == "una hii size M?"));
        assert_eq!(first.id, Some(Value::from(7)));
    }

    #[test]
    fn says_what_is_wrong_with_a_line() {
        for (line, part) in [
            ("hello", "not a JSON object"),
            ("[1]", "has to be a JSON object"),
            ("{}", "nothing to do"),
            (r#"{"text":5}"#, "text"),
            (r#"{"text":"a","colour":"red"}"#, "colour"),
            (r#"{"wait":"soon"}"#, "45m"),
            (r#"{"event":"payment_failed","reason":"bored"}"#, "event"),
            (r#"{"text":"a","from":"x"}"#, "from"),
        ] {
            let error = read_line(line).unwrap_err();
            assert!(error.contains(part), "{line}: {error}");
        }
    }

    #[test]
    fn adds_up_times_to_wait() {
        assert_eq!(duration_millis("1h30m").unwrap(), 5_400_000);
        assert_eq!(duration_millis("45m").unwrap(), 2_700_000);
        assert_eq!(duration_millis("2d").unwrap(), 172_800_000);
        for wrong in ["", "m", "5", "5y", "99999999999999999999d", "9999999999d", "-5m"] {
            assert!(duration_millis(wrong).is_err(), "{wrong}");
        }
    }
}
