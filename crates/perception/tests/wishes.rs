//! Several wishes in one message.

use duka_perception::{Awaiting, Context, Intent, Perception, Shown, Wish, perceive};

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
        ("natafuta gauni jekundu na viatu", Context::default(), Intent::ProductSearch),
        ("Kilimani, opposite the shoes shop, gate 4", awaiting(Awaiting::Address), Intent::GiveAddress),
        ("give me 1 and 2", two_shown(), Intent::SelectOption),
        ("checkout please, checkout", awaiting(Awaiting::CartNext), Intent::Checkout),
        ("Langata, mtaa wa Otiende, nyumba 44", awaiting(Awaiting::Address), Intent::GiveAddress),
        ("nimelipa elfu mbili na mia tano", awaiting(Awaiting::Payment), Intent::PaymentClaim),
        ("natafuta gauni jeusi, saizi M", Context::default(), Intent::ProductSearch),
    ] {
        assert_eq!(intents(&perceive(text, &context)), [intent], "{text}");
    }
}

/// Intent, product, colour, size and number of each wish.
fn goods(text: &str, context: &Context) -> Vec<(Intent, String, String, String, Vec<u32>)> {
    let one = |w: &Wish| {
        let colours: Vec<String> = w.slots.colour.iter().map(ToString::to_string).collect();
        let sizes: Vec<String> = w.slots.size.iter().map(ToString::to_string).collect();
        (w.intent, w.slots.product.join("+"), colours.join("+"), sizes.join("+"), w.slots.quantity.clone())
    };
    perceive(text, context).wishes.iter().map(one).collect()
}

#[test]
fn each_item_of_a_list_is_a_wish_with_its_own_colour_size_and_number() {
    use Intent::{AddToCart as Add, RemoveFromCart as Remove};
    let plain = Context::default();
    type Case = (&'static str, Intent, [(&'static str, &'static str, &'static str, &'static [u32]); 2]);
    let cases: [Case; 10] = [
        (
            "give me the red dress M and the black skirt S",
            Add,
            [("dress", "red", "M", &[]), ("skirt", "black", "S", &[])],
        ),
        (
            "add the grey hoodie M and the black pencil skirt S",
            Add,
            [("hoodie", "grey", "M", &[]), ("skirt", "black", "S", &[])],
        ),
        (
            "nirushie hiyo bag ya brown na scarf ya purple kwa cart",
            Add,
            [("bag", "brown", "", &[]), ("scarf", "purple", "", &[])],
        ),
        (
            "Weka mkoba wa kahawia na skafu ya zambarau kwenye kikapu",
            Add,
            [("bag", "brown", "", &[]), ("scarf", "purple", "", &[])],
        ),
        (
            "weka hoodie grey size M na skirt black size S",
            Add,
            [("hoodie", "grey", "M", &[]), ("skirt", "black", "S", &[])],
        ),
        ("add two t-shirts in M and one skirt S", Add, [("tshirt", "", "M", &[2]), ("skirt", "", "S", &[1])]),
        ("add 2 white shirts in M and 3 in L", Add, [("shirt", "white", "M", &[2]), ("shirt", "white", "L", &[3])]),
        ("add one kiondo and two scarves", Add, [("bag", "", "", &[1]), ("scarf", "", "", &[2])]),
        ("remove the shoes and the bag", Remove, [("shoes", "", "", &[]), ("bag", "", "", &[])]),
        ("toa viatu na mkoba", Remove, [("shoes", "", "", &[]), ("bag", "", "", &[])]),
    ];
    for (text, intent, items) in cases {
        let wanted: Vec<_> = items
            .iter()
            .map(|(p, c, s, q)| (intent, (*p).to_owned(), (*c).to_owned(), (*s).to_owned(), q.to_vec()))
            .collect();
        assert_eq!(goods(text, &plain), wanted, "{text}");
    }
}

#[test]
fn goods_beside_an_address_are_wanted_too() {
    for (text, place) in [
        ("Hi, I want the red wrap dress in size L, deliver to Utawala please", "Utawala"),
        ("deliver to Utawala the red wrap dress size L", "Utawala"),
        ("nataka gauni jekundu saizi L nipelekee Utawala", "Utawala"),
        ("I want the red dress L and send it to Rongai", "Rongai"),
        ("red dress size L, deliver to Rongai", "Rongai"),
    ] {
        for context in [Context::default(), awaiting(Awaiting::Address)] {
            let seen = perceive(text, &context);
            let item = seen.wishes.iter().find(|w| w.slots.product == ["dress"]);
            let item = item.unwrap_or_else(|| panic!("{text}: {seen:#?}"));
            assert!(
                matches!(item.intent, Intent::AddToCart | Intent::ProductSearch | Intent::SelectOption),
                "{text}: {item:?}"
            );
            assert_eq!((item.slots.colour.len(), item.slots.size.len()), (1, 1), "{text}: {item:?}");
            let address = seen.wishes.iter().find_map(|w| w.slots.address.as_deref());
            assert_eq!(address, Some(place), "{text}: {seen:#?}");
        }
    }
}

#[test]
fn two_questions_are_two_wishes() {
    let seen = perceive("how much is the pink blouse and do you have sandals", &Context::default());
    assert_eq!(seen.wishes.len(), 2, "{seen:#?}");
    assert_eq!(seen.wishes[0].intent, Intent::PriceInquiry);
    assert_eq!(seen.wishes[1].slots.product, ["sandals"]);
}

#[test]
fn trying_again_is_paying_while_a_payment_is_awaited() {
    for text in ["try again", "jaribu tena", "tuma tena msee", "tena", "ok try again please"] {
        assert_eq!(perceive(text, &awaiting(Awaiting::Payment)).intent, Intent::Pay, "{text}");
        let failed = Context { last_bot: Some("The M-Pesa payment failed: wrong PIN.".into()), ..Context::default() };
        assert_eq!(perceive(text, &failed).intent, Intent::Pay, "{text}");
    }
    assert_eq!(perceive("hello again", &awaiting(Awaiting::Payment)).intent, Intent::Greeting);
}

#[test]
fn more_after_a_list_is_a_search() {
    for text in ["more", "show me more", "zingine", "anything cheaper?", "zingine bana", "more please"] {
        assert_eq!(perceive(text, &two_shown()).intent, Intent::ProductSearch, "{text}");
        assert_eq!(perceive(text, &awaiting(Awaiting::CartNext)).intent, Intent::ProductSearch, "{text}");
    }
    assert_eq!(perceive("no more", &awaiting(Awaiting::AddMoreConfirm)).intent, Intent::Deny);
}

#[test]
fn approval_confirms_and_approval_of_what_is_shown_chooses() {
    for text in ["looks good", "yes I still want", "niko sawa", "endelea", "iko poa", "niko sawa, endelea"] {
        let seen = perceive(text, &awaiting(Awaiting::CheckoutConfirm));
        assert_eq!(seen.intent, Intent::Affirm, "{text}");
        assert!(seen.confidence > 0.8, "{text}: {}", seen.confidence);
    }
    assert_eq!(
        goods("hiyo ya red iko poa, size M", &two_shown()),
        [(Intent::SelectOption, String::new(), "red".to_owned(), "M".to_owned(), vec![])]
    );
    assert_eq!(
        goods("scarf iko poa, weka moja", &two_shown()),
        [(Intent::AddToCart, "scarf".to_owned(), String::new(), String::new(), vec![1])]
    );
    assert_eq!(
        goods("I'll take the blue one size M", &two_shown()),
        [(Intent::SelectOption, String::new(), "blue".to_owned(), "M".to_owned(), vec![])]
    );
}

#[test]
fn a_colour_wanted_of_what_is_shown_chooses_and_a_place_to_bring_to_is_an_address() {
    assert_eq!(perceive("nataka ya bluu", &two_shown()).intent, Intent::SelectOption);
    assert_eq!(
        intents(&perceive("lipia, peleka Karen", &awaiting(Awaiting::CartNext))),
        [Intent::Pay, Intent::GiveAddress]
    );
}
