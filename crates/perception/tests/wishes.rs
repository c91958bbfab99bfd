//! Several wishes in one message.

use duka_perception::{Awaiting, Context, Intent, Perception, Shown, perceive};

fn two_shown() -> Context {
    let shown = [(1, "Zuri Red Dress", "red"), (2, "Imani Blue Dress", "blue")].map(|(n, name, colour)| Shown {
        n,
        sku: String::new(),
        name: name.into(),
        colour: colour.parse().ok(),
        price: 2500,
    });
    Context { awaiting: Awaiting::ProductChoice, shown: shown.to_vec(), ..Context::default() }
}

fn awaiting(awaiting: Awaiting) -> Context {
    Context { awaiting, ..Context::default() }
}

fn intents(seen: &Perception) -> Vec<Intent> {
    seen.wishes.iter().map(|w| w.intent).collect()
}

#[test]
fn adding_both_checking_out_and_an_address_are_three_wishes_in_order() {
    let seen = perceive("add both and checkout to Utawala", &two_shown());
    assert_eq!(intents(&seen), [Intent::AddToCart, Intent::Checkout, Intent::GiveAddress], "{seen:#?}");
    assert_eq!(seen.wishes[0].slots.ordinal, [1, 2]);
    assert_eq!(seen.wishes[2].slots.address.as_deref(), Some("Utawala"));
}

#[test]
fn a_choice_with_a_size_and_a_place_are_two_wishes() {
    let seen = perceive("nipe ya pili size M na unitumie Westlands", &two_shown());
    assert_eq!(seen.wishes.len(), 2, "{seen:#?}");
    assert_eq!(seen.wishes[0].slots.ordinal, [2]);
    assert_eq!(seen.wishes[0].slots.size, ["M".into()]);
    assert_eq!(seen.wishes[1].intent, Intent::GiveAddress);
    assert_eq!(seen.wishes[1].slots.address.as_deref(), Some("Westlands"));
}

#[test]
fn each_wish_keeps_its_own_product() {
    let seen = perceive("remove the shoes and make the dress 2", &awaiting(Awaiting::CartNext));
    assert_eq!(intents(&seen), [Intent::RemoveFromCart, Intent::UpdateQuantity], "{seen:#?}");
    assert_eq!(seen.wishes[0].slots.product, ["shoes"]);
    assert_eq!(seen.wishes[1].slots.product, ["dress"]);
    assert_eq!(seen.wishes[1].slots.quantity, [2]);
}

#[test]
fn a_greeting_before_a_question_is_not_a_wish() {
    for text in [
        "Hi, how much is the red dress?",
        "habari yako. bei ya gauni jekundu ni ngapi",
        "niaje buda, hiyo dress ni how much",
    ] {
        let seen = perceive(text, &Context::default());
        assert_eq!(intents(&seen), [Intent::PriceInquiry], "{text}: {seen:#?}");
        assert_eq!(seen.intent, Intent::PriceInquiry);
    }
}

#[test]
fn a_greeting_alone_is_a_wish() {
    assert_eq!(intents(&perceive("good morning, how are you", &Context::default())), [Intent::Greeting]);
}

#[test]
fn what_changes_something_counts_over_a_question() {
    let seen = perceive("Add the black hoodie to my cart. What time do you close?", &Context::default());
    assert_eq!(seen.intent, Intent::AddToCart, "{seen:#?}");
    assert!(intents(&seen).contains(&Intent::BusinessHours), "{seen:#?}");
}

#[test]
fn lists_and_numbers_are_not_taken_apart() {
    for (text, context, intent) in [
        ("add one kiondo and two scarves", Context::default(), Intent::AddToCart),
        ("Langata, mtaa wa Otiende, nyumba 44", awaiting(Awaiting::Address), Intent::GiveAddress),
        ("nimelipa elfu mbili na mia tano", awaiting(Awaiting::Payment), Intent::PaymentClaim),
        ("natafuta gauni jeusi, saizi M", Context::default(), Intent::ProductSearch),
    ] {
        assert_eq!(intents(&perceive(text, &context)), [intent], "{text}");
    }
}
