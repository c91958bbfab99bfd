//! Bringing things back: for money, or for something else. The shop's rules are stated, the customer's own dates are held
//! against them, and what is within the time becomes a task for the team.

use duka_kernel::{OrderId, Timestamp};
use duka_perception::{Intent, Wish};
use duka_shop::{CartLine, OrderState};

use super::{
    cart,
    case_words::reason_said,
    orders::{number_said, say_status},
    swapping,
};
use crate::{
    desk::Desk,
    dialogue::{CaseAsk, Question},
    effect::{Effect, OwnerNews, TaskDetail, TaskKind},
    recall::OrderView,
    say::{CaseOrder, Say},
    tools::{GetOrderStatus, get_order_status},
    words::{has_any, same_word, telling_words, words},
};

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// The most orders that are named for choosing.
const NAMED: usize = 4;

const IN_GENERAL: &[&str] = &[
    "policy",
    "sera",
    "do you accept",
    "do you allow",
    "do you take",
    "if i",
    "nikinunua",
    "mnakubali",
    "huwa",
    "can one",
    "how long do i have",
    "do you do",
    "mnarudisha",
    "nikitaka",
    "kama sitaipenda",
    "mnakubalianga",
    "return policy",
    "return something",
    "naweza kurudisha nguo",
    "naeza rudisha kitu",
    "kurudishiwa nguo",
];
const REFUND_STATUS: &[&str] = &[
    "where is my refund",
    "wheres my refund",
    "refund yangu",
    "refund status",
    "when will i get my refund",
    "when is my refund",
    "my refund",
    "refund bado",
    "bado refund",
    "pesa yangu iko wapi",
    "doh yangu iko wapi",
    "refunded yet",
    "been refunded",
    "refund imefika",
    "refund itafika",
    "refund itakam",
    "refund iko wapi",
    "pesa zangu zitarudi lini",
    "pesa itarudi lini",
    "doh itarudi lini",
];

const HOW_SOON: &[&str] = &["when", "how long", "how soon", "lini", "siku ngapi", "muda gani"];

/// "When will I get my money?": a question, and no reason for sending something back.
pub(super) fn asks_how_soon(wish: &Wish) -> bool {
    has_any(&wish.text, HOW_SOON) && !has_any(&wish.text, &["want", "nataka", "naomba"]) && words(&wish.text).len() <= 9
}

/// Bringing something back for money.
pub(super) fn give_back(desk: &mut Desk<'_>, wish: &Wish) {
    let due = desk.recall.orders.iter().any(|o| matches!(o.state, OrderState::RefundDue | OrderState::Refunded));
    if asks_how_soon(wish) && !due {
        return policy(desk, false);
    }
    if has_any(&wish.text, REFUND_STATUS) && !has_any(&wish.text, &["want", "nataka", "naomba"]) {
        return refund_status(desk);
    }
    if has_any(&wish.text, DAMAGED) {
        desk.say(Say::SorryFor);
    }
    begin(desk, wish, false);
}

/// What is wrong with a thing, so that a sorry comes first.
const DAMAGED: &[&str] = &[
    "torn",
    "tore",
    "ripped",
    "broken",
    "broke",
    "faulty",
    "defect",
    "defective",
    "stained",
    "stain",
    "damaged",
    "hole",
    "imeraruka",
    "imerarua",
    "limeraruka",
    "ziliraruka",
    "imechanika",
    "limechanika",
    "imeharibika",
    "kimeharibika",
    "ina tundu",
    "madoa",
    "imefade",
    "imekatika",
    "zimeraruka",
    "mbovu",
    "kibovu",
];

/// Bringing something back for something else. Before anything is bought it is a change of mind about the cart.
pub(super) fn exchange(desk: &mut Desk<'_>, wish: &Wish) {
    if !desk.dialogue.cart.is_empty() && swapping::change_size(desk, wish) {
        return;
    }
    begin(desk, wish, true);
}

fn begin(desk: &mut Desk<'_>, wish: &Wish, exchange: bool) {
    let asked = number_said(wish);
    let named = get_order_status(desk, &GetOrderStatus { number: asked.clone() }).filter(|_| asked.is_some());
    if let (Some(asked), None) = (&asked, named) {
        return desk.say(Say::NoOrder { asked: Some(asked.clone()) });
    }
    if let Some(order) = named.filter(|order| !order.state.is_sold()) {
        return say_status(desk, order);
    }
    let sold: Vec<&OrderView> = desk.recall.orders.iter().filter(|order| order.state.is_sold()).collect();
    if has_any(&wish.text, IN_GENERAL) || sold.is_empty() {
        return policy(desk, exchange);
    }
    let candidates = match named {
        Some(order) => vec![order],
        None => meant(desk, wish, &sold, exchange),
    };
    match candidates[..] {
        [] => policy(desk, exchange),
        [order] => open(desk, order, wish, exchange),
        _ => ask_order(desk, &candidates, exchange),
    }
}

fn policy(desk: &mut Desk<'_>, exchange: bool) {
    let shop = desk.recall.shop;
    desk.say(if exchange {
        Say::ExchangePolicy { exchange: shop.exchange.clone() }
    } else {
        Say::ReturnPolicy { returns: shop.returns.clone() }
    });
}

/// The orders that may be meant: those with what is named in them, else those that can still be brought back, else the
/// latest.
fn meant<'a>(desk: &Desk<'a>, wish: &Wish, sold: &[&'a OrderView], exchange: bool) -> Vec<&'a OrderView> {
    let with_it: Vec<&OrderView> =
        sold.iter().copied().filter(|order| order.lines.iter().any(|line| names(desk, wish, line))).collect();
    if !with_it.is_empty() {
        return with_it;
    }
    let within = |order: &&OrderView| days(desk, exchange).is_some_and(|days| age(desk, order) <= i64::from(days));
    let open: Vec<&OrderView> = sold.iter().copied().filter(within).collect();
    if open.is_empty() { sold.iter().copied().take(1).collect() } else { open }
}

/// Whether a message names what a line is: by its kind or by a word of its name.
fn names(desk: &Desk<'_>, wish: &Wish, line: &CartLine) -> bool {
    let kind = desk.recall.catalogue.by_id(line.product).map(|product| product.category.clone()).unwrap_or_default();
    let kind_named = wish.slots.product.iter().any(|word| {
        kind.split('/').any(|part| same_word(part, word))
            || telling_words(&line.name).iter().any(|n| same_word(n, word))
    });
    let colour_fits = wish.slots.colour.is_empty() || line.colour.is_none_or(|c| wish.slots.colour.contains(&c));
    kind_named && colour_fits
}

fn ask_order(desk: &mut Desk<'_>, orders: &[&OrderView], exchange: bool) {
    policy(desk, exchange);
    let shown: Vec<&OrderView> = orders.iter().copied().take(NAMED).collect();
    let ids = shown.iter().map(|order| order.id).collect();
    let orders = shown.iter().map(|o| CaseOrder { number: o.number.clone(), lines: o.lines.clone(), at: bought(o) });
    let say = Say::AskCaseOrder { orders: orders.collect() };
    desk.ask(Question::Case { exchange, ask: CaseAsk::Order(ids) }, say);
}

const fn bought(order: &OrderView) -> Timestamp {
    match order.paid_at {
        Some(at) => at,
        None => order.placed_at,
    }
}

/// How many days ago an order was bought, by the shop's calendar.
fn age(desk: &Desk<'_>, order: &OrderView) -> i64 {
    let day = bought(order).in_zone(desk.recall.zone).date();
    day.until(desk.today()).map_or(0, |span| i64::from(span.get_days()))
}

/// Within how many days the shop takes things back.
fn days(desk: &Desk<'_>, exchange: bool) -> Option<u32> {
    let shop = desk.recall.shop;
    if exchange { shop.exchange.as_ref().map(|e| e.days) } else { shop.returns.as_ref().map(|r| r.days) }
}

/// Holds an order against the shop's rules and, if they allow it, opens the task.
fn open(desk: &mut Desk<'_>, order: &OrderView, wish: &Wish, exchange: bool) {
    let age = age(desk, order);
    policy(desk, exchange);
    let Some(days) = days(desk, exchange) else { return };
    let number = order.number.clone();
    if age > i64::from(days) {
        let instead = desk.recall.shop.exchange.as_ref().map(|e| e.days).filter(|d| !exchange && age <= i64::from(*d));
        desk.say(Say::CaseTooLate { number, age, days, exchange_days: instead });
        desk.quiet = true;
        return;
    }
    let kind = if exchange { TaskKind::Exchange } else { TaskKind::Return };
    let until = Timestamp(bought(order).0 + i64::from(days) * DAY_MILLIS);
    if desk.recall.customer.tasks.iter().any(|task| task.kind == kind && task.order == Some(order.id)) {
        desk.say(Say::CaseKnown { number });
        desk.quiet = true;
        return;
    }
    let lines: Vec<&CartLine> = order.lines.iter().filter(|line| names(desk, wish, line)).collect();
    let line = match (&lines[..], &order.lines[..]) {
        ([line], _) => Some((*line).clone()),
        (_, [line]) => Some(line.clone()),
        _ => None,
    };
    let detail =
        TaskDetail { items: line.iter().map(named).collect(), reason: None, wanted: None, said: wish.text.clone() };
    desk.effect(Effect::OpenTask { kind, order: Some(order.id), detail: detail.clone() });
    tell(desk, order, exchange, &detail);
    desk.say(Say::CaseWithin { number, bought: bought(order), until });
    match line {
        None => ask_item(desk, order, exchange),
        Some(line) if exchange => wanted(desk, order, &line, wish),
        Some(_) if reason_said(wish) => {
            let reason = wish.text.trim().to_owned();
            noted(desk, order, false, |detail| detail.reason = Some(reason.clone()));
            desk.says.retain(|say| !matches!(say, Say::CaseNoted));
        }
        Some(_) => ask_reason(desk, order),
    }
}

/// An item as the team reads it: `Red Wrap Dress, M`.
fn named(line: &CartLine) -> String {
    format!("{}, {}", line.name, line.size)
}

fn tell(desk: &mut Desk<'_>, order: &OrderView, exchange: bool, detail: &TaskDetail) {
    let news = OwnerNews::ReturnAsked {
        number: Some(order.number.clone()),
        exchange,
        items: detail.items.clone(),
        wanted: detail.wanted.clone(),
        said: detail.reason.clone().unwrap_or_else(|| detail.said.clone()),
    };
    desk.effects.retain(|effect| !matches!(effect, Effect::TellOwner(OwnerNews::ReturnAsked { .. })));
    desk.effect(Effect::TellOwner(news));
}

fn ask_item(desk: &mut Desk<'_>, order: &OrderView, exchange: bool) {
    let say = Say::AskCaseItem { lines: order.lines.clone() };
    desk.ask(Question::Case { exchange, ask: CaseAsk::Item(order.id) }, say);
}

fn ask_reason(desk: &mut Desk<'_>, order: &OrderView) {
    desk.ask(Question::Case { exchange: false, ask: CaseAsk::Reason(order.id) }, Say::AskReason);
}

/// What is wanted instead: whether it is there, or the question.
fn wanted(desk: &mut Desk<'_>, order: &OrderView, line: &CartLine, wish: &Wish) {
    let product = desk.product(line.product);
    let size = wish.slots.size.iter().find(|size| **size != line.size).cloned();
    let colour = wish.slots.colour.iter().copied().find(|colour| Some(*colour) != line.colour);
    let Some(product) = product else { return noted(desk, order, true, |_| {}) };
    if size.is_none() && colour.is_none() {
        let mut sizes = desk.card(product).sizes;
        sizes.retain(|size| *size != line.size);
        let say = Say::AskWanted { name: product.name.clone(), sizes };
        return desk.ask(Question::Case { exchange: true, ask: CaseAsk::Wanted(order.id, line.variant) }, say);
    }
    let same = size.clone().unwrap_or_else(|| line.size.clone());
    let free = |v: &&duka_shop::Variant| desk.recall.stock.available(v.id) > 0;
    let fits = |v: &&duka_shop::Variant| {
        v.size == same
            && colour.is_none_or(|c| v.colour == Some(c) || (v.colour.is_none() && product.colours.contains(&c)))
    };
    let available = product.variants.iter().any(|v| fits(&v) && free(&v));
    let mut others = desk.card(product).sizes;
    others.retain(|other| *other != same && *other != line.size);
    let name = product.name.clone();
    let what = colour.map_or_else(|| same.to_string(), |colour| format!("{same}, {}", colour.name()));
    noted(desk, order, true, |detail| detail.wanted = Some(what.clone()));
    desk.says.retain(|say| !matches!(say, Say::CaseNoted));
    desk.say(Say::ExchangeStock { name, size: same, colour, available, others });
}

/// Adds to the task of an order what the customer said, and tells the owner.
fn noted(desk: &mut Desk<'_>, order: &OrderView, exchange: bool, add: impl Fn(&mut TaskDetail)) {
    let kind = if exchange { TaskKind::Exchange } else { TaskKind::Return };
    let in_this_turn = desk.effects.iter_mut().find_map(|effect| match effect {
        Effect::OpenTask { kind: opened, order: of, detail } if *opened == kind && *of == Some(order.id) => {
            Some(detail)
        }
        _ => None,
    });
    let detail = if let Some(detail) = in_this_turn {
        add(detail);
        detail.clone()
    } else {
        let known = desk.recall.customer.tasks.iter().find(|task| task.kind == kind && task.order == Some(order.id));
        let Some(known) = known else { return };
        let mut detail = known.detail.clone();
        add(&mut detail);
        desk.effect(Effect::AmendTask { task: known.id, detail: detail.clone() });
        detail
    };
    tell(desk, order, exchange, &detail);
    desk.say(Say::CaseNoted);
    desk.quiet = true;
}

/// The answer to what was asked about a return or an exchange. Says whether it was one.
pub(super) fn answer(desk: &mut Desk<'_>, wish: &Wish, exchange: bool, ask: &CaseAsk) -> bool {
    match ask {
        CaseAsk::Order(orders) => {
            let orders: Vec<&OrderView> =
                orders.iter().filter_map(|id| desk.recall.orders.iter().find(|o| o.id == *id)).collect();
            let picked = picked(wish, orders.len()).and_then(|n| orders.get(n).copied());
            let by_name = || {
                let fits = |o: &&OrderView| o.lines.iter().any(|line| names(desk, wish, line));
                let mut fitting = orders.iter().copied().filter(fits);
                fitting.next().filter(|_| fitting.next().is_none())
            };
            let by_number = || {
                number_said(wish).and_then(|number| get_order_status(desk, &GetOrderStatus { number: Some(number) }))
            };
            let Some(order) = picked.or_else(by_number).or_else(by_name) else { return false };
            desk.answered();
            open(desk, order, wish, exchange);
            // The policy was said with the question.
            desk.says.retain(|say| !matches!(say, Say::ReturnPolicy { .. } | Say::ExchangePolicy { .. }));
            true
        }
        CaseAsk::Item(order) => {
            let Some(order) = known(desk, *order) else { return false };
            let by_name = order.lines.iter().position(|line| names(desk, wish, line));
            let Some(line) = picked(wish, order.lines.len()).or(by_name).and_then(|n| order.lines.get(n)) else {
                return false;
            };
            desk.answered();
            noted(desk, order, exchange, |detail| detail.items = vec![named(line)]);
            desk.says.retain(|say| !matches!(say, Say::CaseNoted));
            desk.quiet = false;
            if exchange {
                wanted(desk, order, line, wish)
            } else {
                ask_reason(desk, order)
            }
            true
        }
        CaseAsk::Reason(order) => {
            let Some(order) = known(desk, *order).filter(|_| is_a_reason(wish)) else { return false };
            desk.answered();
            let reason = wish.text.trim().to_owned();
            noted(desk, order, false, |detail| {
                detail.reason = Some(match &detail.reason {
                    Some(before) => format!("{before} {reason}"),
                    None => reason.clone(),
                });
            });
            true
        }
        CaseAsk::Wanted(order, variant) => {
            let (Some(order), true) =
                (known(desk, *order), !wish.slots.size.is_empty() || !wish.slots.colour.is_empty())
            else {
                return false;
            };
            let Some(line) = order.lines.iter().find(|line| line.variant == *variant) else { return false };
            desk.answered();
            wanted(desk, order, line, wish);
            true
        }
    }
}

fn known<'a>(desk: &Desk<'a>, order: OrderId) -> Option<&'a OrderView> {
    desk.recall.orders.iter().find(|known| known.id == order)
}

/// "The second one", "2".
fn picked(wish: &Wish, of: usize) -> Option<usize> {
    let bare = wish.text.trim().parse::<i32>().ok();
    let n = wish.slots.ordinal.first().copied().or(bare)?;
    let at = if n == -1 { of.checked_sub(1)? } else { usize::try_from(n).ok()?.checked_sub(1)? };
    (at < of).then_some(at)
}

/// Whether a message can say why something comes back, and is not about something else by now.
fn is_a_reason(wish: &Wish) -> bool {
    use Intent::{
        Availability, ChooseSize, Complaint, Deny, FeedbackRating, ImageSearchCaption, ProductSearch, RepeatUnclear,
        ReturnRefund, SelectOption, SizeAdvice, SmalltalkOfftopic, UpdateQuantity,
    };
    let plain = matches!(
        wish.intent,
        ChooseSize
            | Complaint
            | Deny
            | FeedbackRating
            | RepeatUnclear
            | ReturnRefund
            | SelectOption
            | SizeAdvice
            | SmalltalkOfftopic
            | UpdateQuantity
    );
    const THANKS: &[&str] =
        &["thanks", "thank", "thankyou", "asante", "ahsante", "shukran", "thx", "tnx", "bye", "hi", "hello"];
    let polite = matches!(wish.intent, Intent::Thanks | Intent::Goodbye | Intent::Greeting | Intent::Affirm);
    if polite {
        return crate::words::words(&wish.text).len() > 1 && !has_any(&wish.text, THANKS);
    }
    if wish.intent == Intent::Exchange {
        const OTHER: &[&str] = &["exchange", "change", "swap", "instead", "badilisha", "kubadilisha", "nibadilishie"];
        return wish.slots.size.is_empty() && !has_any(&wish.text, OTHER);
    }
    let unsure = matches!(wish.intent, Availability | ProductSearch | ImageSearchCaption) && wish.confidence < 0.6;
    let asks = wish.text.trim_end().ends_with('?');
    (plain || unsure || wish.confidence < super::reading::GUESS) && !asks && !has_any(&wish.text, IN_GENERAL)
}

/// Where the money is that goes back.
fn refund_status(desk: &mut Desk<'_>) {
    let refunds = |order: &&OrderView| matches!(order.state, OrderState::RefundDue | OrderState::Refunded);
    if let Some(order) = desk.recall.orders.iter().find(refunds) {
        return say_status(desk, order);
    }
    let task = desk.recall.customer.tasks.iter().find(|task| task.kind == TaskKind::Return);
    let number = task.and_then(|task| known(desk, task.order?)).map(|order| order.number.clone());
    match number {
        Some(number) => desk.say(Say::CaseKnown { number }),
        None => desk.say(Say::NoRefund),
    }
    desk.quiet = true;
    cart::offer_next(desk);
}
