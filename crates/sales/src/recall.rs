//! What is known when a message arrives: one consistent view, read before anything is decided.

use duka_kernel::{AppointmentId, Language, Money, OrderId, PaymentId, PhoneNumber, ServiceId, TaskId, Timestamp};
use duka_shop::{
    CartLine, OrderState, PaymentFailure, PaymentState, Service, ShopProfile, Stock,
    booking::{AppointmentState, Taken},
    delivery,
    knowledge::Knowledge,
    promotion::{Loyalty, Offers},
    search::CatalogueIndex,
    sizing::PastPurchase,
};

use crate::effect::{TaskDetail, TaskKind};

/// Everything a decision may rest on.
#[derive(Clone, Copy, Debug)]
pub struct Recall<'a> {
    /// The shop.
    pub shop: &'a ShopProfile,
    /// What it sells.
    pub catalogue: &'a CatalogueIndex,
    /// What is in stock now.
    pub stock: &'a Stock,
    /// What its documents say.
    pub knowledge: &'a Knowledge,
    /// What can be booked.
    pub services: &'a [Service],
    /// Who writes.
    pub customer: &'a CustomerView,
    /// Their orders, newest first, at most ten.
    pub orders: &'a [OrderView],
    /// Now.
    pub now: Timestamp,
    /// The shop's time zone.
    pub zone: &'a jiff::tz::TimeZone,
    /// The identity of the order this turn may place; its number is [`order_number`] of it.
    pub new_order: OrderId,
    /// The identity of the payment this turn may ask for.
    pub new_payment: PaymentId,
    /// The identity of the appointment this turn may make.
    pub new_appointment: AppointmentId,
    /// The appointments, read only for the turns that are about them: a decision that needs them says so.
    pub diary: Option<&'a Diary>,
    /// Whether manual payment has to be offered because no provider can be asked.
    pub payments_down: bool,
}

/// The appointments of a shop as a turn of one customer sees them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Diary {
    /// What is occupied from now on.
    pub taken: Vec<Taken>,
    /// The customer's own, in the order they were made.
    pub mine: Vec<AppointmentView>,
}

/// An appointment of the customer.
#[derive(Clone, PartialEq, Debug)]
pub struct AppointmentView {
    /// Its identity.
    pub id: AppointmentId,
    /// Of what.
    pub service: ServiceId,
    /// When.
    pub start: Timestamp,
    /// Where it stands.
    pub state: AppointmentState,
    /// The order of its deposit.
    pub order: Option<OrderId>,
    /// What was paid beforehand.
    pub deposit: Option<Money>,
}

impl AppointmentView {
    /// Whether it is booked and still to come.
    #[must_use]
    pub fn is_to_come(&self, now: Timestamp) -> bool {
        self.state == AppointmentState::Booked && self.start > now
    }

    /// Whether its time is only kept until the customer answers.
    #[must_use]
    pub fn is_proposal(&self) -> bool {
        self.state == AppointmentState::Held && self.order.is_none()
    }

    /// Whether its time is kept until the deposit is paid.
    #[must_use]
    pub fn awaits_deposit(&self, now: Timestamp) -> bool {
        self.state == AppointmentState::Held && self.order.is_some() && self.start > now
    }
}

impl Recall<'_> {
    /// What lowers prices for this customer now.
    #[must_use]
    pub fn offers(&self) -> Offers {
        Offers::of(self.shop, &self.customer.loyalty, self.now.in_zone(self.zone).datetime())
    }
}

/// What is known of a customer.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CustomerView {
    /// As the channel calls them; untrusted text.
    pub name: Option<String>,
    /// The number they pay from, or write from where the channel shows it.
    pub phone: Option<PhoneNumber>,
    /// The language they last wrote clearly.
    pub language: Option<Language>,
    /// Whether they asked for that language.
    pub language_pinned: bool,
    /// Whether they want no marketing.
    pub opted_out: bool,
    /// Where things were delivered last.
    pub address: Option<delivery::Choice>,
    /// What they said of themselves: `usual_size` → `M`.
    pub facts: std::collections::BTreeMap<String, String>,
    /// What they bought and paid, newest first.
    pub purchases: Vec<PastPurchase>,
    /// Whether they ever wrote before this conversation's first turn.
    pub is_new: bool,
    /// What the team still has to do for them.
    pub tasks: Vec<TaskView>,
    /// Uses of coupons by this customer: code → times.
    pub coupon_uses: std::collections::BTreeMap<String, u32>,
    /// Uses of limited coupons by everybody: code → times.
    pub coupon_uses_total: std::collections::BTreeMap<String, u32>,
    /// How loyal they are, for prices and codes that are for loyal customers.
    pub loyalty: Loyalty,
    /// Sentences kept about them, newest first; read only where a tool is called by itself.
    pub memories: Vec<String>,
    /// What the conversation came to, as it was last summed up; read only there too.
    pub summary: Option<String>,
}

/// Something the team has to do for the customer.
#[derive(Clone, PartialEq, Debug)]
pub struct TaskView {
    /// Its identity.
    pub id: TaskId,
    /// What.
    pub kind: TaskKind,
    /// The order it is about, if it is about one.
    pub order: Option<OrderId>,
    /// What is known of it.
    pub detail: TaskDetail,
}

/// An order as the conversation sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct OrderView {
    /// Its identity.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: OrderState,
    /// What was bought.
    pub lines: Vec<CartLine>,
    /// What it comes to.
    pub total: Money,
    /// Where it goes.
    pub delivery: delivery::Choice,
    /// When it was agreed to.
    pub placed_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Until when its stock is held.
    pub expires_at: Option<Timestamp>,
    /// How the last attempt to be paid stands.
    pub payment: Option<PaymentView>,
}

/// The last attempt to be paid for an order.
#[derive(Clone, PartialEq, Debug)]
pub struct PaymentView {
    /// Where it stands.
    pub state: PaymentState,
    /// Why it failed.
    pub failure: Option<PaymentFailure>,
    /// Who was asked to pay.
    pub phone: Option<PhoneNumber>,
    /// The receipt, once paid.
    pub receipt: Option<String>,
    /// When it was asked for.
    pub requested_at: Timestamp,
}

/// The number of an order as people and payments see it: `DK-` and six letters or digits that cannot be
/// mistaken for each other, taken from the random part of its identity. Fits the twelve characters that
/// M-Pesa allows an account reference.
#[must_use]
pub fn order_number(id: OrderId) -> String {
    const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let bits = id.0.as_u128();
    let letters = (0..6).map(|i| char::from(ALPHABET[((bits >> (5 * i)) & 31) as usize]));
    std::iter::once("DK-".chars()).flatten().chain(letters).collect()
}
