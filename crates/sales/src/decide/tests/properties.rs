//! What holds for every conversation, whatever is said.

use duka_kernel::{Colour, Size};
use duka_perception::{Intent, Mood, Slots, Wish};
use proptest::prelude::*;

use super::{
    speaking::spoken,
    world::{World, message, perception},
};
use crate::{Effect, Heard, Question, Say, decide::Unheard, dialogue::Wanted};

fn slots() -> impl Strategy<Value = Slots> {
    let size = prop::sample::select(vec!["S", "M", "XL", "38", "40", "ONE", "77"]);
    let kind = prop::sample::select(vec!["dress", "shoes", "bag", "jeans", "scarf", "laptop"]);
    let place = prop::sample::select(vec!["Karen", "Westlands", "pickup", "", "Mombasa"]);
    let code = prop::sample::select(vec!["KARIBU10", "TANO", "NOPE"]);
    let phone = prop::sample::select(vec!["0712345678", "+256772123456"]);
    (
        prop::collection::vec(kind, 0..2),
        prop::collection::vec(prop::sample::select(Colour::ALL), 0..2),
        prop::collection::vec(size, 0..3),
        prop::collection::vec(prop_oneof![0u32..9, Just(u32::MAX)], 0..2),
        prop::collection::vec(prop_oneof![-3i32..7, Just(i32::MIN), Just(i32::MAX)], 0..3),
        prop::option::of(place),
        prop::option::of(code),
        prop::option::of(phone),
        prop::option::of(prop_oneof![0i64..4_000, Just(i64::MIN), Just(i64::MAX)]),
    )
        .prop_map(|(product, colour, size, quantity, ordinal, address, coupon, phone, amount)| Slots {
            product: product.into_iter().map(str::to_owned).collect(),
            colour,
            size: size.into_iter().map(Size::parse).collect(),
            quantity,
            ordinal,
            address: address.map(str::to_owned),
            coupon: coupon.map(str::to_owned),
            phone: phone.and_then(|p| p.parse().ok()),
            amount,
            price_max: amount,
            ..Slots::default()
        })
}

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let text = prop::sample::select(vec![
        "",
        "add both",
        "the blue one",
        "yes",
        "no",
        "same as last time",
        "cheaper",
        "more",
        "red wrap dress",
        "???",
        "compare them",
        "tell me when it is back",
        "i wear M",
        "make it 2",
        "zote",
        "nataka B1",
    ]);
    // The intents that move a sale come more often, so that whole sales are walked through.
    let moving = vec![
        Intent::SelectOption,
        Intent::AddToCart,
        Intent::ChooseSize,
        Intent::Checkout,
        Intent::GiveAddress,
        Intent::Affirm,
        Intent::Pay,
    ];
    let intent = prop_oneof![prop::sample::select(moving), prop::sample::select(Intent::ALL)];
    let wish = (intent, 0.0f32..1.0, slots(), text).prop_map(|(intent, confidence, slots, text)| Wish {
        intent,
        confidence,
        slots,
        text: text.to_owned(),
    });
    prop::collection::vec(wish, 1..3)
}

fn heard() -> impl Strategy<Value = Heard> {
    let quoted = prop::option::of(prop::sample::select(vec!["D1", "B1", "GONE"]));
    prop_oneof![
        12 => (wishes(), quoted).prop_map(|(wishes, quoted)| match message(&wishes) {
            Heard::Text { perception, .. } => Heard::Text { perception, quoted: quoted.map(str::to_owned) },
            other => other,
        }),
        1 => prop::option::of(wishes())
            .prop_map(|caption| Heard::Picture { caption: caption.map(|wishes| perception(&wishes)), seen: None, described: None, placed: None }),
        1 => prop::option::of(Just("Karen".to_owned())).prop_map(|place| Heard::Location { place, at: Some((-1.22, 36.89)) }),
        2 => wishes().prop_map(|wishes| spoken(&perception(&wishes))),
        1 => Just(Heard::Unheard(Unheard::NotNow)),
        1 => Just(Heard::Unsupported("sticker".into())),
    ]
}

/// Says that ask for an answer.
fn asks(say: &Say) -> bool {
    matches!(
        say,
        Say::AskWhich { .. }
            | Say::AskWhichProduct
            | Say::HeardYou { .. }
            | Say::AskSize { .. }
            | Say::AskColour { .. }
            | Say::AskUsualSize { .. }
            | Say::AskQuantity { .. }
            | Say::AskWhichLine { .. }
            | Say::AskClear { .. }
            | Say::AskNext { .. }
            | Say::AskAddress { .. }
            | Say::AskPhone { .. }
            | Say::AskCancel { .. }
            | Say::AddressUnclear
            | Say::PhoneWrong
            | Say::Summary { .. }
    )
}

/// Whether it holds a yes, typed, or said aloud to what was `read_back`.
fn affirms(heard: &[Heard], read_back: bool) -> bool {
    let yes = |w: &Wish| matches!(w.intent, Intent::Affirm | Intent::Pay | Intent::Checkout) || w.text == "yes";
    heard.iter().any(|item| match item {
        Heard::Text { perception, .. } | Heard::Picture { caption: Some(perception), .. } => {
            perception.wishes.iter().any(yes)
        }
        Heard::Spoken { perception, .. } => read_back && perception.wishes.iter().any(yes),
        _ => false,
    })
}

/// What must hold of every decision.
fn check(w: &World, burst: &[Heard]) {
    let before = w.dialogue.clone();
    let decision = w.decide(burst);
    let placed: Vec<_> = decision.effects.iter().filter(|e| matches!(e, Effect::PlaceOrder(_))).collect();
    assert!(placed.len() <= 1);
    if let [Effect::PlaceOrder(order)] = placed[..] {
        let (asked, read_back) = match &before.question {
            Question::Heard(heard) => (&heard.before, true),
            question => (question, false),
        };
        assert!(matches!(asked, Question::Summary { total } if *total == order.total), "{asked:?}");
        assert!(affirms(burst, read_back));
        assert_eq!(order.lines, before.cart.lines);
    }
    let requests = decision.effects.iter().filter(|e| matches!(e, Effect::RequestPayment(_))).count();
    assert!(requests <= 1);
    let mut after = w.stock.clone();
    for effect in &decision.effects {
        if let Effect::CancelOrder { order, .. } = effect {
            let order = w.orders.iter().find(|o| o.id == *order).expect("their own order");
            for line in &order.lines {
                after.0.entry(line.variant).or_default().reserved -= line.quantity;
            }
        }
    }
    for line in &decision.dialogue.cart.lines {
        assert!(line.quantity > 0 && line.quantity <= after.available(line.variant), "{line:?}");
    }
    let questions: Vec<usize> = decision.says.iter().enumerate().filter(|(_, s)| asks(s)).map(|(i, _)| i).collect();
    assert!(questions.len() <= 1, "{:?}", decision.says);
    assert!(questions.first().is_none_or(|at| at + 1 == decision.says.len()), "{:?}", decision.says);
    let lists = decision.says.iter().filter(|s| matches!(s, Say::Products { .. } | Say::AskWhich { .. }));
    for list in lists {
        let (Say::Products { cards, .. } | Say::AskWhich { cards }) = list else { continue };
        assert!(cards.len() <= 5);
        let numbered: Vec<_> = cards.iter().map(|c| c.product).collect();
        assert_eq!(numbered, decision.dialogue.shown, "the numbers mean what is shown");
    }
    assert!(!decision.says.is_empty(), "something is always said");
    assert!(decision.dialogue.wanted.iter().all(|Wanted { quantity, .. }| *quantity > 0));
    assert!(decision.mood == Mood::Neutral);
    let json = serde_json::to_string(&decision.dialogue).expect("a dialogue is data");
    assert_eq!(serde_json::from_str::<crate::Dialogue>(&json).expect("and comes back"), decision.dialogue);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_conversation_keeps_the_rules_of_the_shop(bursts in prop::collection::vec(prop::collection::vec(heard(), 1..3), 1..14), shown in any::<bool>()) {
        let mut w = World::new();
        if shown {
            w.show(&["B1", "D2", "D1"]);
        }
        for burst in &bursts {
            check(&w, burst);
            w.hear(burst);
            // Now and then the world moves on by itself.
            match w.dialogue.turns % 7 {
                3 if w.orders.first().is_some_and(|o| o.state.awaits_payment()) => drop(w.paid()),
                5 => w.now = w.now.plus_minutes(20),
                6 => w.set_stock("D1", "M", 1),
                _ => {}
            }
        }
    }
}
