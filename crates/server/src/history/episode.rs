//! One conversation after another, with what it came to.

use std::collections::BTreeMap;

use duka_kernel::{
    AppointmentId, ChannelId, ConversationId, CustomerId, Language, MessageId, Money, OrderId, PaymentId, PhoneNumber,
    Timestamp, TurnId, VariantId,
};
use duka_shop::{
    CartLine, OrderState, PaymentFailure, PaymentState, Product, Service,
    booking::{AppointmentState, Claim},
};
use duka_store::{
    bookings::Appointment,
    events::NewEvent,
    history::{Past, PastMessage, PastPerson, PastTurn, identity_at},
    lessons::Miss,
    model_calls::ModelCall,
    orders::Order,
    payments::Payment,
};
use serde_json::json;

use super::{
    Extent,
    calendar::Calendar,
    chats::{self, Chat, Comes, Speaker},
    dice::Dice,
    people::{AREAS, FIRST, LAST},
    wording::{code, thanks, words},
};

/// How often somebody who was there before is looked for.
const TRIES: usize = 20;
/// Minutes between two conversations with the same person.
const APART: i64 = 45;

/// Makes a past up.
pub struct Maker {
    dice: Dice,
    calendar: Calendar,
    chats: Vec<Chat>,
    products: Vec<Product>,
    channel: ChannelId,
    now: Timestamp,
    people: Vec<PastPerson>,
    /// When each was talked to.
    talks: BTreeMap<CustomerId, Vec<(Timestamp, Timestamp)>>,
    orders_left: usize,
    messages_left: usize,
    orders_made: usize,
    most_people: usize,
}

/// What was bought, to whom and where it goes.
struct Sale {
    order: Order,
    sizes: String,
    area: &'static str,
    payments: Vec<Payment>,
    rating: Option<u8>,
}

impl Maker {
    pub fn new(extent: Extent, calendar: Calendar, products: Vec<Product>, channel: ChannelId, now: Timestamp) -> Self {
        Self {
            dice: Dice::new(extent.seed),
            calendar,
            chats: chats::all(),
            products,
            channel,
            now,
            people: Vec::new(),
            talks: BTreeMap::new(),
            orders_left: extent.orders,
            messages_left: extent.messages,
            orders_made: 0,
            most_people: (extent.messages / 30).max(extent.orders / 4).max(1),
        }
    }

    /// About so many messages more; none if all has happened.
    pub fn next(&mut self, messages: usize) -> Option<Past> {
        let mut past = Past::default();
        while past.messages.len() < messages && (self.orders_left > 0 || self.messages_left > 0) {
            self.episode(&mut past);
        }
        (!past.messages.is_empty()).then_some(past)
    }

    fn episode(&mut self, past: &mut Past) {
        // As many sales among what is left as there are orders left.
        let lines = 9;
        let sells = self.orders_left > 0
            && (self.messages_left == 0 || self.dice.below(self.messages_left) < self.orders_left * lines);
        let chat = self.chat(sells);
        let (person, at) = self.who(past, chat.language);
        let sale = self.sale(&person, at, &chat);
        let before = past.messages.len();
        let mut ends = self.talk(past, &chat, &person, &sale, at);
        if chat.comes == Comes::Sale {
            self.orders_left = self.orders_left.saturating_sub(1);
            ends = self.settle(past, &person, sale, ends);
        }
        if chat.comes == Comes::Missed {
            let said = past.messages[before].text.clone();
            self.puzzle(past, &person, said, at);
        }
        if chat.comes == Comes::People {
            let reason = if self.dice.percent(60) { "asked" } else { "complaint" };
            past.hand_overs.push((person.conversation, person.id, reason, at.plus_seconds(5), ends));
            past.events.push(event(
                "conversation.handed_off",
                json!({"conversation": person.conversation}),
                "customer",
                at,
            ));
            past.events.push(event(
                "conversation.released",
                json!({"conversation": person.conversation}),
                "staff",
                ends,
            ));
        }
        self.messages_left = self.messages_left.saturating_sub(past.messages.len() - before);
        self.talks.entry(person.id).or_default().push((at, ends.plus_minutes(APART)));
    }

    /// What is noted of words that were not understood: that they were not, and the model that was asked.
    fn puzzle(&mut self, past: &mut Past, person: &PastPerson, said: String, at: Timestamp) {
        let conversation = person.conversation;
        past.misses.push(Miss { conversation, said, intent: "repeat_unclear".into(), at });
        let (input, output) = (self.dice.between(1_400, 2_600), self.dice.between(60, 180));
        past.calls.push(ModelCall {
            id: identity_at(at, self.dice.bytes()),
            conversation: Some(person.conversation),
            purpose: "reply".into(),
            provider: "openai".into(),
            model: "gpt-6-luna".into(),
            input,
            cached: 0,
            cache_write: 0,
            output,
            reasoning: 0,
            audio_millis: 0,
            estimated: false,
            cost_micro_usd: input / 5 + output,
            own_key: false,
            outcome: if self.dice.percent(94) { "answered" } else { "timeout" }.into(),
            millis: self.dice.between(500, 2_200),
            at,
        });
    }

    fn chat(&mut self, sells: bool) -> Chat {
        let comes = match () {
            () if sells => Comes::Sale,
            () if self.dice.percent(8) => Comes::People,
            () if self.dice.percent(7) => Comes::Missed,
            () => Comes::Look,
        };
        let fitting: Vec<&Chat> = self.chats.iter().filter(|chat| chat.comes == comes).collect();
        fitting[self.dice.below(fitting.len())].clone()
    }

    /// Somebody who writes, often for the second or tenth time, and when.
    fn who(&mut self, past: &mut Past, language: Language) -> (PastPerson, Timestamp) {
        let at = self.calendar.moment(&mut self.dice);
        let come_back = self.people.len() >= self.most_people || self.dice.percent(45);
        for _ in 0..if come_back && !self.people.is_empty() { TRIES } else { 0 } {
            // Some come back much more often than others.
            let place = self.dice.below(self.people.len()).min(self.dice.below(self.people.len()));
            let known = &self.people[place];
            let talks = self.talks.get(&known.id).map(Vec::as_slice).unwrap_or_default();
            if at > known.at && talks.iter().all(|(from, to)| at > *to || at.plus_minutes(APART) < *from) {
                return (known.clone(), at);
            }
        }
        let digits = format!("2547{:08}", 10_000_000 + self.people.len() * 7_919 % 89_999_999);
        let name = format!("{} {}", self.dice.one(&FIRST), self.dice.one(&LAST));
        let phone = PhoneNumber::parse(&digits).expect("the number of a Kenyan phone has twelve digits");
        let id = CustomerId(identity_at(at, self.dice.bytes()));
        let conversation = ConversationId(identity_at(at, self.dice.bytes()));
        let person = PastPerson { id, name, phone, language, conversation, channel: self.channel, at };
        past.people.push(person.clone());
        self.people.push(person.clone());
        (person, at)
    }

    /// What they look at, and buy if it comes to that.
    fn sale(&mut self, person: &PastPerson, at: Timestamp, chat: &Chat) -> Sale {
        // Some things sell much better than others.
        let place = self.dice.below(self.products.len()).min(self.dice.below(self.products.len()));
        let product = self.products[place].clone();
        let variant = self.dice.one(&product.variants).clone();
        let quantity = if self.dice.percent(85) { 1 } else { 2 };
        let (area, zone, fee) = *self.dice.one(&AREAS);
        let price = variant.price;
        let subtotal = price.minor * i64::from(quantity);
        let money = |minor| Money::from_minor(minor, price.currency);
        let placed_at = at.plus_seconds(20 * i64::try_from(chat.lines.len()).unwrap_or(0));
        let state = self.fate(placed_at);
        let id = OrderId(identity_at(placed_at, self.dice.bytes()));
        self.orders_made += 1;
        let paid = state.is_sold() || matches!(state, OrderState::Refunded | OrderState::RefundDue);
        let paid_at = paid.then(|| placed_at.plus_seconds(self.dice.between(25, 140)));
        let rating = (state == OrderState::Delivered && self.dice.percent(35))
            .then(|| [5, 5, 5, 4, 4, 3, 2, 1][self.dice.weighted(&[40, 20, 10, 14, 8, 5, 2, 1])]);
        let order = Order {
            id,
            number: format!("DK-{}", code(self.orders_made)),
            customer: person.id,
            conversation: Some(person.conversation),
            state,
            lines: vec![CartLine {
                variant: variant.id,
                product: product.id,
                sku: product.sku.clone(),
                name: product.name.clone(),
                size: variant.size.clone(),
                colour: variant.colour.or_else(|| product.colours.first().copied()),
                quantity,
                unit_price: price,
            }],
            subtotal: money(subtotal),
            discount: money(0),
            coupon: None,
            wholesale: false,
            delivery_fee: money(fee),
            total: money(subtotal + fee),
            address: format!("{area}, next to the stage"),
            zone: Some(zone.to_owned()),
            pickup: false,
            placed_at,
            expires_at: None,
            paid_at,
            payment: None,
        };
        let sizes: Vec<&str> = product.variants.iter().map(|variant| variant.size.as_str()).collect();
        let payments = self.payments(&order, &person.phone);
        Sale { sizes: sizes.join(", "), area, payments, rating, order }
    }

    /// What becomes of an order: the older, the further it came.
    fn fate(&mut self, placed_at: Timestamp) -> OrderState {
        use OrderState::{Cancelled, Delivered, Expired, Paid, Processing, Refunded, Shipped};
        let hours = self.now.millis_since(placed_at) / 3_600_000;
        match self.dice.below(100) {
            0..9 => Expired,
            9..13 => Cancelled,
            13..15 if hours > 72 => Refunded,
            _ => match hours {
                ..3 => Paid,
                3..20 => [Paid, Processing][self.dice.below(2)],
                20..48 => [Processing, Shipped, Shipped, Delivered][self.dice.below(4)],
                _ => Delivered,
            },
        }
    }

    fn payments(&mut self, order: &Order, phone: &PhoneNumber) -> Vec<Payment> {
        let mut attempts = Vec::new();
        let failed = order.paid_at.is_none() || self.dice.percent(9);
        let attempt = |dice: &mut Dice, at: Timestamp| Payment {
            id: PaymentId(identity_at(at, dice.bytes())),
            order: order.id,
            provider: "sandbox".into(),
            amount: order.total,
            phone: Some(phone.clone()),
            reference: order.number.clone(),
            provider_reference: None,
            state: PaymentState::Succeeded,
            failure: None,
            receipt: None,
            requested_at: at,
            next_check_at: None,
            checks: 1,
            settled_at: None,
        };
        if failed {
            use PaymentFailure::{CancelledByPayer, InsufficientFunds, NoAnswer, WrongPin};
            let mut first = attempt(&mut self.dice, order.placed_at);
            let failure = *self.dice.one(&[CancelledByPayer, InsufficientFunds, NoAnswer, WrongPin]);
            (first.state, first.failure) = (failure.state(), Some(failure));
            first.settled_at = Some(order.placed_at.plus_seconds(20));
            attempts.push(first);
        }
        if let Some(paid_at) = order.paid_at {
            let mut last = attempt(&mut self.dice, order.placed_at.plus_seconds(if failed { 22 } else { 0 }));
            last.receipt = Some(format!("S{}{}", code(self.orders_made), code(self.dice.below(900) + 100)));
            last.settled_at = Some(paid_at);
            attempts.push(last);
        }
        attempts
    }

    /// What is said; gives when it was over.
    fn talk(&mut self, past: &mut Past, chat: &Chat, person: &PastPerson, sale: &Sale, from: Timestamp) -> Timestamp {
        let words = words(person, &sale.order, &sale.sizes, sale.area);
        let (mut at, mut waiting): (Timestamp, Vec<usize>) = (from, Vec::new());
        let placed_at = sale.order.placed_at;
        let last = chat.lines.len() - 1;
        for (n, line) in chat.lines.iter().enumerate() {
            let staff = line.by == Speaker::Staff;
            at = at.plus_millis(match line.by {
                Speaker::Customer => self.dice.between(6_000, 17_000),
                Speaker::Assistant => self.dice.between(900, 2_900),
                Speaker::Staff => self.dice.between(60_000, 600_000),
            });
            // An order is placed with the words that say so.
            if n == last && chat.comes == Comes::Sale {
                at = Timestamp(at.0.max(placed_at.0));
            }
            let turn = TurnId(identity_at(at, self.dice.bytes()));
            let text = words.iter().fold(line.text.clone(), |text, (name, value)| text.replace(name, value));
            let heard = line.by == Speaker::Customer;
            if !heard {
                let answered = std::mem::take(&mut waiting);
                past.turns.push(PastTurn {
                    id: turn,
                    conversation: person.conversation,
                    stage: line.stage,
                    heard: if staff { 0 } else { i64::try_from(answered.len()).unwrap_or(0) },
                    micros: if staff { 0 } else { self.dice.between(400, 2_500) },
                    at,
                });
                for place in answered {
                    let message: &mut PastMessage = &mut past.messages[place];
                    (message.turn, message.answered_at) = (turn, Some(at));
                }
            } else {
                waiting.push(past.messages.len());
            }
            past.messages.push(PastMessage {
                id: MessageId(identity_at(at, self.dice.bytes())),
                conversation: person.conversation,
                channel: self.channel,
                text,
                by: (!heard).then_some(if staff { "staff" } else { "assistant" }),
                turn,
                at,
                answered_at: heard.then_some(at.plus_millis(1_200)),
            });
        }
        at
    }

    /// The order, its money, its pieces and what the log says; gives when it was settled.
    fn settle(&mut self, past: &mut Past, person: &PastPerson, sale: Sale, ends: Timestamp) -> Timestamp {
        let Sale { mut order, mut payments, rating, .. } = sale;
        // The words came when they did.
        let late = ends.millis_since(order.placed_at).max(0);
        order.placed_at = order.placed_at.plus_millis(late);
        order.paid_at = order.paid_at.map(|at| at.plus_millis(late));
        for payment in &mut payments {
            payment.requested_at = payment.requested_at.plus_millis(late);
            payment.settled_at = payment.settled_at.map(|at| at.plus_millis(late));
        }
        let (id, number, at) = (order.id, order.number.clone(), order.placed_at);
        let about = json!({"order": id, "number": number, "customer": person.id, "total": order.total.minor});
        past.events.push(event("order.placed", about.clone(), "customer", at));
        for payment in &payments {
            let kind = format!("payment.{}", payment.state);
            past.events.push(event(&kind, about.clone(), "provider", payment.settled_at.unwrap_or(at)));
        }
        for line in &order.lines {
            pieces(past, line, &order);
        }
        let settled = order.paid_at.unwrap_or(at.plus_minutes(30));
        for (state, hours) in steps(order.state) {
            let moved = settled.plus_minutes(hours * 60);
            past.events.push(event(
                &format!("order.{state}"),
                about.clone(),
                actor(state),
                Timestamp(moved.0.min(self.now.0)),
            ));
        }
        if order.paid_at.is_some() {
            let text = thanks(person.language, &order);
            let turn = TurnId(identity_at(settled, self.dice.bytes()));
            let stage = "after_sale";
            past.turns.push(PastTurn {
                id: turn,
                conversation: person.conversation,
                stage,
                heard: 0,
                micros: 0,
                at: settled,
            });
            past.messages.push(PastMessage {
                id: MessageId(identity_at(settled, self.dice.bytes())),
                conversation: person.conversation,
                channel: self.channel,
                text,
                by: Some("assistant"),
                turn,
                at: settled,
                answered_at: None,
            });
        }
        if let Some(rating) = rating {
            let about =
                json!({"conversation": person.conversation, "customer": person.id, "rating": rating, "order": id});
            let at = Timestamp(settled.plus_minutes(72 * 60).0.min(self.now.0));
            past.events.push(event("conversation.rated", about, "customer", at));
        }
        past.orders.push((order, payments, rating));
        settled
    }

    /// Appointments of the last weeks and the next ones: each service once a day at most, so that no two meet.
    pub fn bookings(&mut self, services: &[Service]) -> Vec<(Appointment, Vec<Claim>)> {
        let mut made = Vec::new();
        if self.people.is_empty() {
            return made;
        }
        for service in services {
            for days in -30..10_i64 {
                let day = self.now.plus_minutes(days * 24 * 60).in_zone(&jiff::tz::TimeZone::UTC).date();
                let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
                if !service.days[weekday] || !self.dice.percent(55) {
                    continue;
                }
                let hours = i64::from(service.close.hour() - service.open.hour()) - 2;
                let hour = i64::from(service.open.hour()) + self.dice.between(0, hours.max(0));
                let Some(start) = self.calendar.at_hour(day, hour) else { continue };
                let person = self.dice.one(&self.people).clone();
                let state = match self.dice.below(100) {
                    0..10 => AppointmentState::Cancelled,
                    10..16 if start < self.now => AppointmentState::Missed,
                    _ => AppointmentState::Booked,
                };
                let created_at = Timestamp(start.plus_minutes(-self.dice.between(60, 5_000)).0.min(self.now.0));
                let staff = service.terms.staff.first().map(|name| format!("staff/{name}"));
                let lane = staff.unwrap_or_else(|| format!("service/{}/1", service.code));
                let to = start.plus_minutes(i64::from(service.duration_min));
                let appointment = Appointment {
                    id: AppointmentId(identity_at(created_at, self.dice.bytes())),
                    customer: person.id,
                    conversation: Some(person.conversation),
                    service: service.id,
                    start_at: start,
                    state,
                    expires_at: None,
                    order: None,
                    created_at,
                };
                made.push((appointment, vec![Claim { lane, from: start, to }]));
            }
        }
        made
    }
}

/// Why pieces came and went: the shop had as many delivered as were sold, so that today's stock is what it is.
fn pieces(past: &mut Past, line: &CartLine, order: &Order) {
    let (variant, count, at): (VariantId, i64, Timestamp) = (line.variant, line.quantity.into(), order.placed_at);
    let reference = Some(order.number.clone());
    if let Some(paid_at) = order.paid_at {
        past.movements.push((variant, count, 0, "counted", Some("delivery".into()), at.plus_minutes(-90)));
        past.movements.push((variant, 0, count, "reserved", reference.clone(), at));
        past.movements.push((variant, -count, -count, "sold", reference, paid_at));
    } else {
        past.movements.push((variant, 0, count, "reserved", reference.clone(), at));
        past.movements.push((variant, 0, -count, "released", reference, at.plus_minutes(30)));
    }
}

/// The moves to a state, with how many hours after the money each was.
fn steps(state: OrderState) -> Vec<(OrderState, i64)> {
    use OrderState::{Cancelled, Delivered, Expired, Paid, Processing, RefundDue, Refunded, Shipped};
    let way = [(Paid, 0), (Processing, 3), (Shipped, 20), (Delivered, 44)];
    match state {
        Expired | Cancelled => vec![(state, 0)],
        Refunded => vec![(Paid, 0), (RefundDue, 30), (Refunded, 60)],
        reached => {
            let end = way.iter().position(|(step, _)| *step == reached).unwrap_or(0);
            way[..=end].to_vec()
        }
    }
}

const fn actor(state: OrderState) -> &'static str {
    match state {
        OrderState::Paid => "provider",
        OrderState::Expired => "system",
        OrderState::Cancelled => "customer",
        _ => "staff",
    }
}

fn event(kind: &str, payload: serde_json::Value, actor: &str, at: Timestamp) -> NewEvent {
    NewEvent { kind: kind.to_owned(), payload, actor: actor.to_owned(), at }
}
