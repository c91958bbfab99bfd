//! What the conversation looks like when a message arrives.

use duka_kernel::{Colour, Timestamp};
use serde::{Deserialize, Serialize};

/// What the shop's last message asked for. The same words ("2", "ndio") mean different things after each.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Awaiting {
    /// Nothing in particular.
    #[default]
    None,
    /// Which of the products shown.
    ProductChoice,
    /// Which size.
    Size,
    /// How many pieces.
    Quantity,
    /// Whether to add more or check out.
    CartNext,
    /// Yes or no to adding something more.
    AddMoreConfirm,
    /// Where to deliver.
    Address,
    /// Which number pays.
    Phone,
    /// Yes or no to the order summary.
    CheckoutConfirm,
    /// The payment itself.
    Payment,
    /// Day and time of a booking.
    AppointmentTime,
    /// Yes or no to a booking.
    AppointmentConfirm,
    /// A rating from 1 to 5.
    Rating,
    /// Yes or no to marketing messages.
    MarketingConsent,
}

/// One product of the list shown last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Shown {
    /// The number the customer may type.
    pub n: u32,
    /// Stock-keeping unit.
    #[serde(default)]
    pub sku: String,
    /// Name as shown.
    #[serde(default)]
    pub name: String,
    /// Main colour.
    #[serde(default, alias = "color")]
    pub colour: Option<Colour>,
    /// Whole shillings.
    #[serde(default)]
    pub price: i64,
}

/// What a message is read against.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Context {
    /// The shop's last message.
    pub last_bot: Option<String>,
    /// What it asked for.
    pub awaiting: Awaiting,
    /// The products it last showed, numbered.
    pub shown: Vec<Shown>,
    /// `image` if the text is the caption of a picture.
    pub media: Option<String>,
    /// Now, for "tomorrow". Wednesday 4 March 2026, 10:00 in Nairobi if not given.
    pub now: Option<Timestamp>,
    /// IANA time zone of the shop; `Africa/Nairobi` if not given.
    pub timezone: Option<String>,
}
