//! What is to be said, as facts. The only place an amount, a stock statement, a date or an order number in a
//! reply can come from; [`crate::express`] puts it into words and adds none of its own.

mod parts;

pub use self::parts::{
    AboutPart, Basis, Because, BookingFacts, Card, CaseOrder, ChartBasis, Deposited, Hail, Offer, PaymentAsked,
};
use duka_kernel::{Colour, Language, Money, PhoneNumber, Size, Timestamp};
use duka_shop::{
    CartLine, OrderState, PaymentFailure, Service,
    about::{About, Contacts},
    delivery,
    fit::{Fitting, Row},
    hours,
    knowledge::Source,
    pricing::{CouponRefusal, Quote},
    profile::{Coupon, Exchange, OpenHours, Returns, Tier, Wholesale, Zone},
    promotion::Promotion,
    sizing::Confidence,
};
use serde::Serialize;

use crate::decide::Unheard;

/// One thing to say. In a reply they follow each other in order; at most one asks a question, and it is the last.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "what a variant says says what its fields are")]
pub enum Say {
    // ── Meeting
    /// Hello, and what the customer can do. `first` adds that this is the shop's assistant and how to reach a person.
    Greeting { name: Option<String>, first: bool, returning: bool, hail: Option<Hail> },
    /// To a first message that already asks something: one line saying that this is the shop's assistant.
    Introduction,
    /// The customer said thanks: a word back.
    Thanks,
    /// A yes or no to nothing in particular: what can be done next (go on to checkout if a cart waits, or look around).
    WhatNext { cart_waiting: bool },
    /// Goodbye.
    Goodbye { cart_waiting: bool },
    /// One light line and back to the shop.
    OffTopic { angry: bool },
    /// Not understood; says what can be asked.
    NotUnderstood { again: bool },
    /// The last message once more.
    Again { text: String },
    /// Kind and firm.
    Abuse,
    /// Nothing happened; back to shopping.
    Injection,
    /// A kind of message that cannot be read here: `sticker`, `video`, `document`, `contacts`, `empty`.
    Unsupported { kind: String },
    /// A voice note in which nothing was heard: to be typed, please.
    Unheard { why: Unheard },
    /// What was heard in a voice note; asks whether that is right before it is done.
    HeardYou { words: String },
    /// It was not right: to be said again or typed.
    HeardWrong,
    /// Cloth is seen, and the shop makes clothes: the service follows.
    FabricSeen,
    /// The picture is kept; the customer is asked what it shows.
    PictureKept,
    /// The language is changed; said in that language.
    LanguageChanged { to: Language },
    /// No more marketing.
    OptedOut,
    /// Marketing again.
    OptedIn,
    /// Thanks for a rating or praise; `person` if somebody of the team takes it up.
    Rated { rating: Option<u8>, person: bool },
    /// Something that goes with what they liked: said softly, once.
    Suggest { card: Card },
    /// Pleased to meet you, and what can be done.
    NameKept { name: String },
    /// An answer in the shop's own words; `then` adds what can be done next.
    Faq { answer: String, then: bool },
    /// What a document of the shop says, in its own words, and where.
    Passage { answer: String, source: Source },

    // ── Finding
    /// Products, numbered from 1, three to five where there are as many.
    Products { because: Because, cards: Vec<Card>, budget: Option<Money> },
    /// Nothing like it.
    NothingFound { asked: String },
    /// No more of the same.
    NoMore,
    /// One product in full, with its sizes.
    Details { card: Card, description: String },
    /// What it costs.
    Price { cards: Vec<Card> },
    /// From the cheapest to the dearest of a kind.
    PriceRange { what: String, from: Money, to: Money, count: usize },
    /// Two or more side by side, with what they are like where that is asked for, under the numbers of the list.
    Compare { cards: Vec<Card>, descriptions: Vec<String>, numbers: Vec<u32> },
    /// It is there: in this size, or in these.
    InStock { card: Card, size: Option<Size> },
    /// What it costs, in the size that was said.
    PriceOfSize { card: Card, size: Size },
    /// The colours it comes in, or of several without a name.
    ColoursThere { name: Option<String>, colours: Vec<Colour> },
    /// It is not there in this size; these are. `made`: it comes in that size, and is sold out.
    SizeOut { card: Card, size: Size, made: bool },
    /// Not in this colour.
    ColourOut { name: String, colour: Colour, others: Vec<Colour> },
    /// Sold out in every size.
    SoldOut { name: String },
    /// The customer is told here when it is back; if not `here`, only the owner knows that they want it.
    WillTellWhenBack { name: String, here: bool },
    /// They are not told any more.
    WaitingStopped,
    /// What they waited for is back.
    BackInStock { card: Card, sizes: Vec<Size> },
    /// Several fit; which one? Names every candidate.
    AskWhich { cards: Vec<Card> },
    /// Nothing was shown that this could point at.
    AskWhichProduct,

    // ── Sizes
    /// Which size? Sizes that can be bought now. `first`: the product was not shown before, so its price is said.
    AskSize { card: Card, first: bool },
    /// Which size, asked again: or it is left out.
    AskSizeAgain { card: Card },
    /// Which colour?
    AskColour { card: Card, colours: Vec<Colour> },
    /// From what was bought before.
    SizeAdvice {
        size: Size,
        confidence: Confidence,
        count: u32,
        basis: Basis,
        in_stock: Option<bool>,
        name: Option<String>,
    },
    /// From measurements or a garment that fits, by a chart.
    SizeByChart { fitting: Fitting, basis: ChartBasis, in_stock: Option<bool>, name: Option<String> },
    /// Larger than the largest size of the chart, or nothing of it is known.
    NoSizeByChart { name: Option<String>, sizes: Vec<Size> },
    /// Between two sizes: the smaller for a close fit or stretch, the larger for room.
    BetweenSizes { small: Size, large: Size, gives: bool, name: Option<String> },
    /// No history: asks what is usually worn.
    AskUsualSize { card: Option<Card> },
    /// The size the customer says they wear is kept.
    UsualSizeKept { size: Size },

    /// What was said of them is kept: where they live, with what delivery there costs.
    AreaKept { choice: delivery::Choice },
    /// The colours they like.
    ColoursKept { colours: Vec<Colour> },
    /// It is forgotten, as asked.
    Forgotten,
    /// What became of the goods of last time: what costs another price now, and what is gone.
    LastTime { repriced: Vec<(CartLine, Money)>, gone: Vec<CartLine> },

    // ── Cart
    /// These lines were added (quantities as added).
    Added { lines: Vec<CartLine>, pieces: u32, subtotal: Money },
    /// It is in the cart already; `second` asks whether one more is meant.
    InCartAlready { line: CartLine, second: bool },
    /// Far more were asked for than there are: shall all of these be put in?
    AskPieces { name: String, size: Size, available: u32 },
    /// So many pieces there are.
    Left { name: String, size: Size, available: u32 },
    /// One line stands in for another now (quantities as moved).
    Swapped { out: CartLine, line: CartLine },
    /// It is there in that size too: change the line to it?
    AskSwap { card: Card, size: Size, old: CartLine },
    /// Left out of the order, because their size is not known.
    LeftOut { names: Vec<String> },
    /// Fewer were added or set than asked, because that is all there is.
    OnlySoMany { name: String, size: Size, available: u32 },
    /// Taken out.
    Removed { lines: Vec<CartLine> },
    /// It was not in the cart.
    NotInCart { asked: Option<String> },
    /// Number of pieces set.
    QuantitySet { line: CartLine },
    /// How many?
    AskQuantity { name: String },
    /// Which line of the cart is meant?
    AskWhichLine { lines: Vec<CartLine> },
    /// The cart with its total.
    CartView { lines: Vec<CartLine>, quote: Quote },
    /// Nothing in it.
    CartEmpty,
    /// Really empty it?
    AskClear { pieces: u32 },
    /// Emptied.
    Cleared,
    /// Kept as it was.
    Kept,
    /// Anything else, or check out? `subtotal` is what the goods come to, less what is taken off.
    AskNext { subtotal: Money },
    /// After a long gap: what changed of the cart meanwhile.
    CartChanged { repriced: Vec<(CartLine, Money)>, gone: Vec<CartLine> },
    /// So many more pieces reach a wholesale tier.
    NextTier { missing: u32, tier: Tier },

    // ── Checkout
    /// Where to? Offers the saved place, and collecting where the shop has that.
    /// `lives`: the place is where they said they live; nothing was delivered there yet.
    AskAddress { saved: Option<delivery::Choice>, lives: bool, pickup: bool },
    /// Where to? Offers the place that was asked about before.
    AskAddressThere { choice: delivery::Choice },
    /// Where it goes and what that costs.
    DeliveryTo { choice: delivery::Choice },
    /// The shop does not deliver, or does not let collect.
    NoDelivery { pickup: bool },
    /// The place is not clear enough.
    AddressUnclear,
    /// Which number pays? Proposes the one known.
    AskPhone { known: Option<PhoneNumber> },
    /// That is not a number M-Pesa can prompt.
    PhoneWrong,
    /// Everything, before anything is charged; asks for a yes. `payer` is the number that will be prompted.
    Summary { lines: Vec<CartLine>, quote: Quote, delivery: delivery::Choice, payer: Option<PhoneNumber> },
    /// The total changed since the summary; a new one follows.
    TotalChanged,
    /// Not ordered; what may be changed.
    NotOrdered,

    // ── Payment
    /// The order stands and the prompt is on its way.
    PaymentAsked { number: String, amount: Money, phone: PhoneNumber, hold_minutes: u32 },
    /// The order stands; its payment is asked for once the team has approved it.
    AwaitsApproval { number: String, amount: Money },
    /// The team has not approved the order: it is cancelled.
    NotApproved { number: String },
    /// The prompt is sent once more.
    PaymentAskedAgain { number: String, amount: Money, phone: PhoneNumber },
    /// A prompt is already open on the phone.
    PaymentWaiting { number: String, amount: Money, phone: Option<PhoneNumber> },
    /// The order is to be changed while a prompt is open: how to stop it first.
    ChangeAfterPrompt { number: String, amount: Money, phone: Option<PhoneNumber> },
    /// No prompt can be sent: the shop's own instructions, with the order's number to quote.
    PayByHand { number: String, amount: Money, instructions: String },
    /// No prompt can be sent and the shop has no other way; the order waits and the team is told.
    PaymentDelayed { number: String, amount: Money },
    /// The attempt failed; a retry is one word away.
    PaymentFailed { number: String, amount: Money, failure: PaymentFailure },
    /// A claim to have paid is being checked; nothing counts as paid until it is seen.
    ClaimChecked { number: Option<String>, receipt: Option<String> },
    /// Already paid.
    AlreadyPaid { number: String, receipt: Option<String> },
    /// Nothing is waiting for money.
    NothingToPay,
    /// Paid: the receipt.
    Receipt { number: String, lines: Vec<CartLine>, total: Money, receipt: Option<String>, delivery: delivery::Choice },
    /// Money came after the order had ended and it could not be filled; it goes back.
    RefundDue { number: String, amount: Money, receipt: Option<String> },
    /// Not paid in time; the pieces are free again.
    OrderExpired { number: String },
    /// Someone else bought the last while the customer decided; the order was not placed.
    JustSold { lines: Vec<CartLine> },

    // ── Orders
    /// The latest order.
    OrderStatus {
        number: String,
        state: OrderState,
        placed_at: Timestamp,
        total: Money,
        eta: Option<String>,
        /// The last day on which it should come, where the shop's words tell.
        expected: Option<Timestamp>,
        others: usize,
    },
    /// It is on its way, or has arrived.
    OrderMoved { number: String, state: OrderState, eta: Option<String>, pickup: bool },
    /// How was it, from 1 to 5? `first` is what was bought, with so many other things.
    AskRating { number: String, first: String, others: usize },
    /// An apology is accepted.
    Forgiven,
    /// Somebody is content with what was just arranged: until then.
    WaitsForNothing,
    /// What an order is to be changed in was passed on to the team.
    ToldTeam { number: String },
    /// A booking is for one person; the others one after another.
    OnePerBooking,
    /// No such order of this customer.
    NoOrder { asked: Option<String> },
    /// Really cancel?
    AskCancel { number: String, total: Money },
    /// Stopped.
    OrderCancelled { number: String, prompted: Option<Money> },
    /// Too late to stop here; a person will.
    CannotCancel { number: String, state: OrderState },

    /// Which of these orders is to come back?
    AskCaseOrder { orders: Vec<CaseOrder> },
    /// Which of its items?
    AskCaseItem { lines: Vec<CartLine> },
    /// It can come back, until then; the team has it.
    CaseWithin { number: String, bought: Timestamp, until: Timestamp },
    /// It was bought too many days ago; exchanging it may still be possible.
    CaseTooLate { number: String, age: i64, days: u32, exchange_days: Option<u32> },
    /// The team has it already.
    CaseKnown { number: String },
    /// Why does it come back?
    AskReason,
    /// What instead? With the sizes that are there.
    AskWanted { name: String, sizes: Vec<Size> },
    /// Whether what is wanted instead is there.
    ExchangeStock { name: String, size: Size, colour: Option<Colour>, available: bool, others: Vec<Size> },
    /// Added for the team.
    CaseNoted,
    /// No money is on its way back.
    NoRefund,

    // ── About the shop
    /// Zones, fees, times.
    DeliveryInfo { zones: Vec<Zone>, pickup: bool },
    /// To one place.
    DeliveryFee { choice: delivery::Choice },
    /// Open or not on one day; the holiday it is, if it is one.
    HoursOn { date: jiff::civil::Date, hours: Option<OpenHours>, holiday: Option<String> },
    /// Open or not now, and the week.
    Hours { now: hours::Status, week: Vec<(Vec<u8>, Option<OpenHours>)> },
    /// Where the shop is.
    Location { location: Option<String> },
    /// How one can pay.
    PaymentMethods { methods: Vec<String>, manual: Option<String>, on_delivery: bool },
    /// Whether one can pay in this way.
    PaymentAnswer { asked: PaymentAsked },
    /// A kind word to somebody who feels low.
    Comfort,
    /// Nothing was ever bought here that could be bought again.
    NoEarlierOrder,
    /// Whoever brings it is to call: noted with the order, or for the one to come.
    CallNoted { number: Option<String> },
    /// Sorry for what is wrong with a thing.
    SorryFor,
    /// A date was named that no calendar has.
    NoSuchDay,
    /// Several bookings were asked for at once: one after the other.
    BookingsInTurn,
    /// A size chart: the product's or shop's own, or what is usual.
    SizeChart { name: Option<String>, rows: Vec<Row>, own: bool },
    /// No hurry: another prompt comes when they are ready.
    PayWhenReady,
    /// The shop's number, place and other contacts.
    Contact { phone: Option<PhoneNumber>, location: Option<String>, contacts: Contacts },
    /// Who the shop is, in its own words; `part` if only that is asked.
    AboutShop { about: About, part: Option<AboutPart> },
    /// To who is only looking: no rush.
    NoRush,
    /// Something this shop has switched off.
    NotOffered,
    /// Prices that are lower now, and codes this customer can use now.
    Coupons { promotions: Vec<Promotion>, coupons: Vec<Coupon>, wholesale: Option<Wholesale> },
    /// The code counts.
    CouponAccepted { code: String, quote: Quote },
    /// The code counts, but wholesale takes off more.
    CouponSmaller { code: String, percent: u8 },
    /// The code does not count.
    CouponRefused { code: String, refusal: CouponRefusal },
    /// The code is kept until there is something in the cart.
    CouponKept { code: String },
    /// The code is off the cart.
    CouponRemoved { code: String },
    /// Somebody wants to say something else: gladly.
    GoAhead,
    /// List prices; what does reduce them.
    Bargain { price: Option<Card>, coupons: Vec<Coupon>, wholesale: Option<Wholesale>, angry: bool },
    /// Tiers, and what so many pieces come to.
    Wholesale { wholesale: Option<Wholesale>, pieces: Option<u32>, unit: Option<Card>, total: Option<Quote> },
    /// What one piece comes to when so many are taken.
    PerPiece { card: Card, pieces: u32, each: Money },
    /// Taking back for money.
    ReturnPolicy { returns: Option<Returns> },
    /// Taking back for other things.
    ExchangePolicy { exchange: Option<Exchange> },
    /// What can be booked.
    Services { services: Vec<Service> },
    /// One service in full.
    ServiceDetails { service: Service },

    // ── Appointments
    /// Which of these services?
    AskService { services: Vec<Service> },
    /// Times to choose from; none if nothing is free for a long time.
    OfferTimes { title: String, price: Money, times: Vec<Timestamp>, why: Offer },
    /// Which day and time?
    AskWhen { title: Option<String> },
    /// Everything of a booking, before it counts; asks for a yes. `from` is set where one is moved, `again` where the
    /// same was proposed before.
    AskBooking {
        booking: BookingFacts,
        deposit: Option<Money>,
        cancel_hours: u32,
        from: Option<Timestamp>,
        again: bool,
    },
    /// Booked; with the deposit and its receipt if one was paid.
    Booked { booking: BookingFacts, paid: Option<Deposited> },
    /// The time is kept until the deposit is paid.
    DepositAsked { booking: BookingFacts, deposit: Money, cancel_hours: u32 },
    /// The deposit did not come in time; the time is free again.
    BookingLapsed { title: String, start: Timestamp },
    /// Nothing is arranged any more.
    BookingDropped,
    /// What is booked.
    Bookings { bookings: Vec<BookingFacts> },
    /// Nothing is.
    NoBooking,
    /// Which of these bookings is to be moved or called off?
    AskWhichBooking { bookings: Vec<BookingFacts>, cancel: bool },
    /// Moved.
    BookingMoved { booking: BookingFacts, from: Timestamp },
    /// Really call it off, although the deposit is kept?
    AskCancelBooking { title: String, start: Timestamp, deposit: Money, cancel_hours: u32 },
    /// Called off; the deposit goes back or is kept.
    BookingCancelled { title: String, start: Timestamp, deposit: Option<Money>, kept: bool },
    /// An appointment is near.
    BookingReminder { booking: BookingFacts },

    // ── People
    /// A person takes over; when, if the shop is closed now.
    HandedOff { reason: crate::effect::HandOffReason, now: hours::Status },
    /// Sorry, and a person takes over.
    ComplaintTaken { number: Option<String>, now: hours::Status },
    /// No person has answered yet, honestly.
    StillWaiting { now: hours::Status },
    /// The answer takes a moment longer.
    OneMoment,
    /// The assistant answers again although something still waits for the team.
    AssistantBack { nobody_answered: bool },
    /// Nothing is said of other people.
    OthersArePrivate,
    /// A question that the team has to answer.
    AskTeam,
    /// What a person of the shop wrote before, once more.
    StaffSaid { text: String },
}
