//! From a wish to the area that serves it.

use duka_kernel::{Money, ProductId};
use duka_perception::{Intent, Wish};
use duka_shop::{Product, delivery};

use super::{
    answers, attending, booking, cart, changing, checkout, choosing, comparing,
    cues::COMES_BY,
    documents, finding, fitting, gifts, guarding, inquiries, items, knowledge, memory, orders, others, payment, people,
    questions,
    reading::{self, GUESS, is_a_likely_answer, prefers_faq},
    receiving, reference, refining, returns, search, shop_info, sizing, speaking, taking_off, waiting,
};
use crate::{
    desk::Desk,
    dialogue::Question,
    say::{Because, Say},
    words::{has_any, same_word, telling_words, words},
};

/// A message whose point is unclear but which names goods is about these goods, where that cannot hurt.
fn names_goods_in_passing(asked: &Question, wish: &Wish) -> bool {
    let shopping = matches!(
        asked,
        Question::None | Question::ProductChoice | Question::Take { .. } | Question::Variant | Question::CartNext
    );
    shopping && (!wish.slots.product.is_empty() || !wish.slots.colour.is_empty())
}

/// Whether a word of the message is the name of something in the shop that no dictionary knows: it is looked for.
fn is_called_so(desk: &Desk<'_>, wish: &Wish) -> bool {
    let words = telling_words(&wish.text);
    let name = |p: &Product| telling_words(&p.name);
    let named = |w: &String| desk.recall.catalogue.products().iter().any(|p| name(p).iter().any(|n| same_word(n, w)));
    desk.pending == Question::None && words.len() <= 4 && words.iter().any(|w| w.len() > 3 && named(w))
}

/// "Za shanga", of the shoes that are shown: the beaded ones.
fn singles_out(desk: &Desk<'_>, wish: &Wish) -> bool {
    let shown = &desk.dialogue.shown;
    desk.pending == Question::ProductChoice && finding::as_called(desk, &wish.text, shown.clone()).len() < shown.len()
}

/// Whether there is something that an address could be for.
fn sends_something(desk: &Desk<'_>) -> bool {
    !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty()
}

/// "And 43?" of what is shown asks whether it is there; "can I have 43?" takes it.
fn asks_whether(desk: &Desk<'_>, wish: &Wish) -> bool {
    const TAKES: &[&str] =
        &["have", "give", "get", "take", "want", "add", "nipe", "nipee", "nipatie", "nataka", "naomba"];
    matches!(desk.pending, Question::Take { .. } | Question::ProductChoice)
        && wish.text.contains('?')
        && !has_any(&wish.text, TAKES)
}

/// "STOP" alone is how one leaves a list; while a yes or no is awaited it is a no.
fn is_stop(desk: &Desk<'_>, wish: &Wish) -> bool {
    let asked = matches!(
        desk.pending,
        Question::Summary { .. } | Question::ClearCart | Question::CancelOrder(_) | Question::Payment(_)
    );
    let free = desk.pending == Question::None && desk.dialogue.cart.is_empty();
    !asked && wish.intent != Intent::OptIn && people::marketing_said(wish, free) == Some(true)
}

/// "Hiyo ya red iko poa, size M": nice, not "is it there?".
fn likes_it(desk: &Desk<'_>, wish: &Wish) -> bool {
    const NICE: &[&str] =
        &["iko poa", "iko fiti", "iko sawa", "ni poa", "ni fiti", "imeweza", "imenibamba", "nimeipenda"];
    !desk.dialogue.shown.is_empty() && has_any(&wish.text, NICE) && !wish.text.contains('?')
}

/// Serves one wish.
pub(super) fn serve(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    if is_stop(desk, wish) {
        return people::marketing(desk, true);
    }
    if people::is_back(desk, wish) || payment::needs_time(desk, wish) {
        return;
    }
    if attending::wants_a_person(desk, wish)
        || attending::calls_on_arrival(desk, wish)
        || attending::comforts(desk, wish)
        || orders::receipt(desk, wish)
    {
        return;
    }
    if waiting::serve(desk, wish, quoted) || changing::holds_back(desk, wish) {
        return;
    }
    if memory::asks_for_last_time(wish) && memory::same_again(desk, wish) {
        return;
    }
    if memory::serve(desk, wish)
        || finding::shows_pictures(desk, wish)
        || finding::looks_around(desk, wish)
        || finding::which_there_are(desk, wish)
    {
        return;
    }
    if inquiries::how_many_left(desk, wish) || fitting::serve(desk, wish, quoted) {
        return;
    }
    if people::accused(desk, wish)
        || people::asked_who(desk, wish)
        || people::only_looking(desk, wish)
        || people::name_given(desk, wish)
        || knowledge::about_the_shop(desk, wish)
        || knowledge::contacts(desk, wish)
        || knowledge::is_a_known_question(desk, wish)
        || knowledge::switched_off(desk, wish)
        || questions::about_trait(desk, wish)
        || documents::is_answered(desk, wish)
        || shop_info::asks_of_the_place(desk, wish)
        || questions::about_make(desk, wish)
    {
        return;
    }
    if comparing::compares(desk, wish) || refining::refines(desk, wish) || gifts::ideas(desk, wish) {
        return;
    }
    if wish.confidence < GUESS && !is_a_likely_answer(&desk.pending, wish) {
        if people::said_by_staff(desk, wish) {
            return;
        }
        if names_goods_in_passing(&desk.pending, wish) {
            return match wish.intent {
                Intent::PriceInquiry => inquiries::price(desk, wish, quoted),
                Intent::Availability => inquiries::availability(desk, wish, quoted),
                Intent::ProductSearch => search::search(desk, wish),
                _ => choosing::choose(desk, wish, quoted),
            };
        }
        if wish.intent == Intent::GiveAddress && reading::area_named(desk, wish).is_some() && sends_something(desk) {
            return checkout::address(desk, wish);
        }
        if wish.intent == Intent::WholesaleInquiry && !wish.slots.quantity.is_empty() && desk.dialogue.focus.is_some() {
            return shop_info::wholesale(desk, wish, quoted);
        }
        if singles_out(desk, wish) {
            // "Which one can carry a laptop?" takes none.
            let asks = questions::is_question(&wish.text) || has_any(&wish.text, &["ipi", "gani", "zipi", "which"]);
            let named = finding::as_called(desk, &wish.text, desk.dialogue.shown.clone());
            return match (asks, &named[..]) {
                (true, [one]) => inquiries::say_stock(desk, *one, &wish.slots),
                (true, several) => {
                    let several = several.to_vec();
                    desk.show(Because::Asked, &several, None);
                }
                (false, _) => choosing::choose(desk, wish, quoted),
            };
        }
        if is_called_so(desk, wish) {
            return search::search(desk, wish);
        }
        if wish.intent == Intent::DiscountCoupon && wish.slots.coupon.is_some() {
            return shop_info::coupon(desk, wish);
        }
        if wish.intent == Intent::DeliveryQuestion && has_any(&wish.text, &["delivery", "deliver", "mnadeliver"]) {
            return shop_info::delivery(desk, wish);
        }
        return people::repeat_or_unclear(desk, wish);
    }
    if prefers_faq(wish) && documents::own_answer(desk, &wish.text) {
        return;
    }
    if people::said_by_staff(desk, wish) {
        return;
    }
    if sizing::changes_its_size(desk, wish) {
        return;
    }
    match wish.intent {
        Intent::Affirm if desk.placed.is_some() => {}
        Intent::Affirm => answers::yes(desk, wish),
        Intent::Deny => answers::no(desk, wish),
        Intent::ProductSearch | Intent::ImageSearchCaption
            if quoted.is_some() && wish.slots.product.is_empty() && others::like_what_is_meant(desk, wish, quoted) => {}
        Intent::ProductSearch if quoted.is_none() && items::chosen_by_name(desk, wish) => {}
        Intent::ProductSearch | Intent::ImageSearchCaption => search::search(desk, wish),
        Intent::Availability if likes_it(desk, wish) => choosing::buy(desk, wish, quoted),
        Intent::PriceInquiry => inquiries::price(desk, wish, quoted),
        Intent::Availability => inquiries::availability(desk, wish, quoted),
        Intent::SelectOption => choosing::choose(desk, wish, quoted),
        Intent::AddToCart => choosing::buy(desk, wish, quoted),
        Intent::ChooseSize if asks_whether(desk, wish) => inquiries::availability(desk, wish, quoted),
        Intent::ChooseSize => sizing::choose(desk, wish, quoted),
        Intent::SizeAdvice => sizing::advise(desk, wish, quoted),
        Intent::RemoveFromCart => cart::remove(desk, wish),
        Intent::UpdateQuantity if guarding::is_about_the_price(wish) => shop_info::bargain(desk, wish, quoted),
        Intent::UpdateQuantity => cart::quantity(desk, wish, quoted),
        Intent::ViewCart => cart::view(desk),
        Intent::ClearCart => cart::ask_clear(desk),
        _ => serve_order(desk, wish, quoted),
    }
}

/// "Nitachukua hilo" is said of coming for an order and of taking what is shown; with nothing chosen it is the latter.
fn takes_it(desk: &Desk<'_>, wish: &Wish) -> bool {
    const TAKE: &[&str] = &["nitachukua", "nachukua", "nichukue", "nitalichukua", "nitaichukua", "nitakichukua"];
    const COLLECT: &[&str] =
        &["dukani", "duka", "shop", "pick", "base", "hapo", "kuja", "nitakuja", "mwenyewe", "kwenu"];
    let shown = matches!(desk.pending, Question::Take { .. } | Question::ProductChoice);
    let empty = desk.dialogue.cart.is_empty() && desk.dialogue.wanted.is_empty();
    shown && empty && has_any(&wish.text, TAKE) && !has_any(&wish.text, COLLECT)
}

/// A word or two that name no place known here, while nothing is to be sent anywhere.
fn names_no_place(desk: &Desk<'_>, wish: &Wish) -> bool {
    let Some(place) = wish.slots.address.as_deref().filter(|place| *place != delivery::PICKUP) else { return false };
    let nothing_to_send = desk.dialogue.cart.is_empty() && desk.dialogue.wanted.is_empty();
    let awaited = matches!(desk.pending, Question::Address | Question::Payment(_));
    let known = delivery::areas_known(desk.recall.shop).iter().any(|area| has_any(place, &[&words(area).join(" ")]));
    nothing_to_send && !awaited && !known && words(&wish.text).len() <= 2
}

/// Wishes about checking out, money and orders.
fn serve_order(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    match wish.intent {
        Intent::Checkout => check_out(desk, wish, quoted),
        Intent::GiveAddress if takes_it(desk, wish) => choosing::buy(desk, wish, quoted),
        Intent::GiveAddress if names_no_place(desk, wish) => people::repeat_or_unclear(desk, wish),
        Intent::GiveAddress => {
            choose_on_the_way(desk, wish, quoted);
            checkout::address(desk, wish);
        }
        Intent::Pay => {
            choose_on_the_way(desk, wish, quoted);
            payment::pay(desk, wish);
        }
        Intent::PaymentClaim => payment::claim(desk, wish),
        Intent::PaymentProblem => payment::problem(desk, wish),
        Intent::OrderStatus => orders::status(desk, wish),
        Intent::CancelOrder => orders::cancel(desk, wish),
        Intent::ReturnRefund => returns::give_back(desk, wish),
        Intent::Exchange => returns::exchange(desk, wish),
        _ => serve_question(desk, wish, quoted),
    }
}

/// What is chosen in the same breath as the checkout, the address or the payment: "number 2 and checkout".
fn choose_on_the_way(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    let nothing_chosen = desk.dialogue.cart.is_empty() && desk.dialogue.wanted.is_empty() && desk.asking.is_none();
    let shown = !desk.dialogue.shown.is_empty();
    let points = shown && (!wish.slots.ordinal.is_empty() || (nothing_chosen && reference::means_all(&wish.text)));
    let names = nothing_chosen && !wish.slots.product.is_empty() && desk.dialogue.open_order.is_none();
    if desk.placed.is_none() && (points || names) {
        choosing::buy(desk, wish, quoted);
    }
}

/// "Checkout" at the summary is its yes.
fn check_out(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    choose_on_the_way(desk, wish, quoted);
    match desk.pending {
        _ if desk.placed.is_some() => {}
        Question::Summary { total } if wish.slots.address.is_none() && wish.slots.phone.is_none() => {
            checkout::confirm(desk, total);
        }
        _ => checkout::begin(desk),
    }
}

/// A bare "cancel" is about the order or the cart.
fn names_a_booking(wish: &Wish) -> bool {
    const BOOKING: &[&str] =
        &["appointment", "booking", "book", "booked", "session", "fitting", "miadi", "appointment yangu", "slot"];
    !wish.slots.service.is_empty()
        || wish.slots.date.is_some()
        || wish.slots.time.is_some()
        || has_any(&wish.text, BOOKING)
}

/// Whether something is booked or being arranged that a bare "cancel" of an appointment can be about.
fn has_bookings(desk: &mut Desk<'_>) -> bool {
    let now = desk.recall.now;
    !desk.recall.services.is_empty() && desk.diary().mine.iter().any(|mine| mine.is_to_come(now))
}

/// Questions about the shop, and everything between people.
fn serve_question(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    match wish.intent {
        Intent::DeliveryQuestion if orders::asks_when_it_comes(desk, wish) => orders::status(desk, wish),
        Intent::DeliveryQuestion => shop_info::delivery(desk, wish),
        Intent::BusinessHours => {
            shop_info::opening_hours(desk, wish);
            if desk.pending == Question::Address && has_any(&wish.text, COMES_BY) && desk.recall.shop.delivery.pickup {
                // "Naichukua kesho dukani, saa ngapi mnafungua?"
                checkout::place_given(desk, delivery::PICKUP);
            }
        }
        Intent::Location => shop_info::location(desk, wish),
        Intent::PaymentMethods => shop_info::payment_methods(desk, wish),
        Intent::DiscountCoupon => shop_info::coupon(desk, wish),
        Intent::Bargain => shop_info::bargain(desk, wish, quoted),
        Intent::WholesaleInquiry => shop_info::wholesale(desk, wish, quoted),
        Intent::ServiceInquiry => booking::inquire(desk, wish),
        Intent::CancelAppointment if !names_a_booking(wish) && !has_bookings(desk) => orders::cancel(desk, wish),
        Intent::BookAppointment | Intent::RescheduleAppointment | Intent::CancelAppointment => {
            booking::serve(desk, wish);
        }
        Intent::Complaint => people::complaint(desk, wish),
        Intent::HumanHandoff => people::person(desk, wish),
        Intent::OptOut => people::marketing(desk, true),
        Intent::OptIn => people::marketing(desk, false),
        Intent::FeedbackRating => people::feedback(desk, wish),
        Intent::ChangeLanguage => speaking::change_language(desk, wish),
        _ => serve_talk(desk, wish),
    }
}

/// Words that want nothing done.
fn serve_talk(desk: &mut Desk<'_>, wish: &Wish) {
    match wish.intent {
        Intent::Greeting => return people::greet(desk, wish),
        Intent::SmalltalkOfftopic => return people::off_topic(desk, wish),
        Intent::PromptInjection => {
            desk.say(Say::Injection);
            // What is sold may be spoken of all the same.
            if let Some(named) = reference::called(desk, &wish.text) {
                choosing::under_discussion(desk, &[named]);
            }
            return;
        }
        Intent::Thanks => {
            desk.say(Say::Thanks);
            // In the middle of a checkout what is open is asked again, so that a yes answers that and nothing else.
            desk.quiet = !desk.dialogue.then_checkout && desk.pending != Question::BookingConfirm;
            return;
        }
        Intent::Goodbye => desk.say(Say::Goodbye { cart_waiting: !desk.dialogue.cart.is_empty() }),
        Intent::Abuse => desk.say(Say::Abuse),
        _ => return people::repeat_or_unclear(desk, wish),
    }
    desk.quiet = true;
}

/// "Add the red dress at 100 bob": the price that counts is said before anything is added.
pub(super) fn hold_to_the_price(desk: &mut Desk<'_>, wish: &Wish) {
    let Some(named) = wish.slots.amount.or(wish.slots.offer_price) else { return };
    if wish.intent != Intent::AddToCart || wish.slots.product.is_empty() {
        return;
    }
    let [one] = reference::by_name(desk, wish)[..] else { return };
    let Some(product) = desk.product(one) else { return };
    let card = desk.card(product);
    let offered = Money::from_major(named, desk.recall.shop.currency);
    let its_own = product.variants.iter().any(|variant| variant.price == offered);
    if !its_own && offered.minor < card.price.minor && has_any(&wish.text, &["at", "for", "kwa", "ya", "bei"]) {
        desk.say(Say::Bargain { price: Some(card), coupons: Vec::new(), wholesale: None, angry: false });
    }
}

/// An address, a number to pay from or a code named together with something else.
pub(super) fn take_along(desk: &mut Desk<'_>, wish: &Wish) {
    use Intent::{AddToCart, Affirm, Checkout, ChooseSize, SelectOption, UpdateQuantity};
    if !matches!(wish.intent, AddToCart | SelectOption | ChooseSize | UpdateQuantity | Checkout | Affirm) {
        return;
    }
    if let Some(code) = wish.slots.coupon.as_ref().filter(|_| taking_off::code_alone(desk, wish).is_none()) {
        shop_info::use_code(desk, code);
    }
    if let Some(place) = wish.slots.address.as_deref().filter(|_| desk.placed.is_none()) {
        checkout::place_given(desk, place);
    }
    let pays = desk.placed.is_none() && !receiving::names_a_receiver(wish);
    if let Some(phone) = wish.slots.phone.as_ref().filter(|_| pays) {
        checkout::payer_given(desk, phone);
    }
}
