//! Readings that need no statistics: short set phrases, and answers to what the shop asked.

use crate::{
    context::{Awaiting, Context},
    entities::Entities,
    features,
    intent::Intent,
    lexicon::{self, RULES},
    normalise::Message,
    reference,
};

/// The confidence of a message made of set phrases only.
pub(crate) const SET_PHRASE: f32 = 0.97;

/// The intent that the message says by itself, with the confidence of the rule.
pub(crate) fn read(message: &Message<'_>, context: &Context, entities: &Entities) -> Option<(Intent, f32)> {
    if let Some(intent) = one_word(message, context) {
        return Some((intent, SET_PHRASE));
    }
    if let Some(intent) = meaningless(message, entities).filter(|_| entities.rating.is_none()) {
        return Some((intent, 0.9));
    }
    set_phrases(message, context, entities)
        .map(|i| (i, SET_PHRASE))
        .or_else(|| answer(message, context, entities).map(|i| (i, 0.95)))
        .or_else(|| anywhere(message, context, entities).map(|i| (i, 0.93)))
}

/// Nothing but punctuation, keyboard noise, or pictograms without a meaning of their own.
fn meaningless(message: &Message<'_>, entities: &Entities) -> Option<Intent> {
    if message.tokens.is_empty() {
        return Some(Intent::RepeatUnclear);
    }
    let noise = message.tokens.iter().enumerate().all(|(i, t)| {
        entities.kinds[i].is_none()
            && RULES.at(message, i).is_none()
            && !lexicon::is_known_word(&t.text)
            && is_noise(&t.text)
    });
    noise.then_some(Intent::RepeatUnclear)
}

/// "STOP" as networks teach it, "n" and "y" where a yes or no is asked for.
fn one_word(message: &Message<'_>, context: &Context) -> Option<Intent> {
    let word = message.raw.trim().trim_matches(|c: char| c.is_ascii_punctuation());
    let is = |other: &str| word.eq_ignore_ascii_case(other);
    match context.awaiting {
        Awaiting::None | Awaiting::MarketingConsent | Awaiting::Rating if is("stop") => Some(Intent::OptOut),
        _ if !asks_yes_or_no(context) => None,
        _ if is("n") => Some(Intent::Deny),
        _ if is("y") => Some(Intent::Affirm),
        _ => None,
    }
}

fn asks_yes_or_no(context: &Context) -> bool {
    matches!(
        context.awaiting,
        Awaiting::CheckoutConfirm
            | Awaiting::AddMoreConfirm
            | Awaiting::AppointmentConfirm
            | Awaiting::MarketingConsent
    )
}

fn is_noise(word: &str) -> bool {
    if !word.is_ascii() {
        return !word.starts_with(char::is_alphabetic);
    }
    let letters = word.bytes().all(|b| b.is_ascii_alphabetic());
    // what is left of "zzz"
    if word.len() == 1 {
        return letters && !matches!(word, "s" | "m" | "l" | "i" | "a");
    }
    let vowels = word.bytes().filter(|b| b"aeiou".contains(b)).count();
    let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz"];
    let keys = word.len() >= 4
        && word.as_bytes().windows(3).filter(|w| rows.iter().any(|r| r.as_bytes().windows(3).any(|k| k == *w))).count()
            * 2
            >= word.len() - 2;
    letters
        && (keys
            || word.len() >= 3
                && vowels == 0
                && !matches!(word, "hmm" | "mmm" | "mmh" | "hmmm" | "mhm" | "pst" | "tsk" | "shh" | "nkt"))
        || letters && word.len() >= 7 && vowels * 5 < word.len()
}

/// A message made of set phrases and fillers only: "asante sana buda", "ok poa", "hi there".
fn set_phrases(message: &Message<'_>, context: &Context, entities: &Entities) -> Option<Intent> {
    if message.tokens.len() > 9 || !entities.product.is_empty() || context.media.is_some() {
        return None;
    }
    let mut said: Vec<&'static str> = Vec::new();
    let mut i = 0;
    while i < message.tokens.len() {
        let found = RULES.at(message, i)?;
        said.push(found.value);
        i += found.len;
    }
    let has = |what: &str| said.contains(&what);
    if let Some(asked) = ["opt_in", "payment_methods"].into_iter().find(|asked| has(asked)) {
        return asked.parse().ok();
    }
    // Words that the shop's own messages tell them to write. "Pay" asks for the prompt and claims nothing.
    if let Some(told) = ["human_handoff", "pay", "order_status", "view_cart"].into_iter().find(|told| has(told))
        && !has("deny")
        && !has("goodbye")
    {
        return told.parse().ok();
    }
    let again = has("retry") || message.tokens.iter().any(|t| matches!(t.text.as_str(), "tena" | "again"));
    if again && !has("deny") && about_payment(context) && ["thanks", "goodbye", "greeting"].iter().all(|p| !has(p)) {
        return Some(Intent::Pay);
    }
    if has("more") {
        return looks_at_goods(context).then_some(Intent::ProductSearch);
    }
    let yes_or_no = asks_yes_or_no(context);
    // "great" where a rating is asked for is one
    if context.awaiting == Awaiting::Rating && has("affirm") && !has("thanks") {
        return None;
    }
    if context.awaiting == Awaiting::MarketingConsent && has("deny") != has("affirm") {
        return Some(if has("deny") { Intent::OptOut } else { Intent::OptIn });
    }
    if has("deny") && has("affirm") || has("retry") && !yes_or_no {
        return None;
    }
    let order = if yes_or_no {
        ["deny", "affirm", "goodbye", "thanks", "greeting"]
    } else {
        ["deny", "goodbye", "thanks", "affirm", "greeting"]
    };
    // "thanks, see you" is thanks, "see you then, thanks" a goodbye
    if let Some(first) = said.iter().find(|s| matches!(**s, "thanks" | "goodbye"))
        && has("thanks")
        && has("goodbye")
        && !has("deny")
    {
        return first.parse().ok();
    }
    // "sure thing, thanks" where nothing was asked is thanks; "ok bye" a goodbye
    order.into_iter().find(|o| has(o)).and_then(|name| name.parse().ok())
}

/// Whether only fillers are said: "my bad", "please my dear".
pub(crate) fn says_nothing(message: &Message<'_>) -> bool {
    let mut i = 0;
    while i < message.tokens.len() {
        match RULES.at(message, i) {
            Some(found) if found.value == "filler" => i += found.len,
            _ => return false,
        }
    }
    true
}

/// Whether the shop waits for a payment or has just spoken of one that failed.
fn about_payment(context: &Context) -> bool {
    let spoken = || {
        let said = context.last_bot.as_deref().unwrap_or_default().to_lowercase();
        ["payment", "m-pesa", "mpesa", "malipo", "prompt", "stk"].iter().any(|w| said.contains(w))
    };
    match context.awaiting {
        Awaiting::Payment | Awaiting::Phone => true,
        Awaiting::None => spoken(),
        _ => false,
    }
}

/// Whether the customer may want to see more: goods are shown, or nothing else is asked.
fn looks_at_goods(context: &Context) -> bool {
    match context.awaiting {
        Awaiting::ProductChoice | Awaiting::CartNext | Awaiting::AddMoreConfirm => true,
        Awaiting::None | Awaiting::Size => !context.shown.is_empty(),
        _ => false,
    }
}

/// "hiyo ya red iko poa": approval of what was shown chooses it.
fn approves(message: &Message<'_>, e: &Entities) -> bool {
    const FINE: [&str; 8] = ["poa", "fiti", "sawa", "safi", "moto", "freshi", "fine", "nice"];
    let fine = (1..message.tokens.len()).any(|i| {
        FINE.contains(&message.word(i))
            && matches!(message.before(i, 1), "iko" | "ni" | "ziko" | "is" | "iko na" | "looks")
    });
    fine && !message.asks() && (!e.product.is_empty() || !e.colour.is_empty() || !e.ordinal.is_empty())
}

/// Short answers to what the shop asked for.
fn answer(message: &Message<'_>, context: &Context, e: &Entities) -> Option<Intent> {
    let words = message.tokens.len();
    let ideas = features::concepts(message);
    let is = |concept: &str| ideas.contains(&concept);
    let asks = message.asks() || is("HOWMUCH") || is("WHERE") || is("WHEN") || is("WHICH");
    let lone_number =
        words <= 3 && e.amounts.is_empty() && (!e.counts.is_empty() || e.rating.is_some() || !e.ordinal.is_empty());
    if asks_of_place(message, e) {
        return Some(Intent::DeliveryQuestion);
    }
    // "peleka Karen", "deliver to Karen"
    let stands = context.awaiting == Awaiting::None
        && matches!(
            message.word(0),
            "i" | "im" | "niko" | "nko" | "nipo" | "naishi" | "nakaa" | "at" | "in" | "near" | "to"
        );
    if words <= 4 && e.known_place && !asks && !stands && crate::place::leads(message, 0).is_some() {
        return Some(Intent::GiveAddress);
    }
    // "deliver to Karen, call Njeri on 0712345678"
    if e.known_place && e.phone.is_some() && !asks && crate::place::leads(message, 0).is_some() && !is("PAY") {
        return Some(Intent::GiveAddress);
    }
    match context.awaiting {
        // "nataka ya bluu" of what is shown
        Awaiting::ProductChoice
            if words <= 5
                && e.product.is_empty()
                && e.colour.iter().any(|c| context.shown.iter().any(|s| s.colour == Some(*c)))
                && reference::points(message)
                && (is("WANT") || is("GIVEME"))
                && !asks
                && !is("STOCKED") =>
        {
            Some(Intent::SelectOption)
        }
        Awaiting::Rating if e.rating.is_some() && !asks || lone_number => match context.awaiting {
            Awaiting::Rating => Some(Intent::FeedbackRating),
            Awaiting::Quantity if !e.counts.is_empty() => Some(Intent::UpdateQuantity),
            Awaiting::ProductChoice if !e.ordinal.is_empty() => Some(Intent::SelectOption),
            Awaiting::CartNext if words <= 2 && !e.counts.is_empty() => Some(Intent::UpdateQuantity),
            _ => None,
        },
        Awaiting::ProductChoice | Awaiting::Size | Awaiting::None
            if words <= 9 && context.shown.len() > 1 && !asks && !is("REMOVE") && !is("NO") && approves(message, e) =>
        {
            Some(if is("ADD") { Intent::AddToCart } else { Intent::SelectOption })
        }
        Awaiting::Size
            if words <= 9
                && !asks
                && context.shown.len() > 1
                && !is("STOCKED")
                && !is("NO")
                && reference::points(message) =>
        {
            Some(if is("ADD") { Intent::AddToCart } else { Intent::SelectOption })
        }
        Awaiting::Size
            if !e.size.is_empty()
                && words <= 6
                && !asks
                && e.size.len() == 1
                && !is("COMPARE")
                && !is("STOCKED")
                && !is("CANCEL")
                && !wonders(message) =>
        {
            Some(Intent::ChooseSize)
        }
        Awaiting::Quantity if !e.counts.is_empty() && words <= 6 && !asks && e.product.is_empty() => {
            Some(Intent::UpdateQuantity)
        }
        Awaiting::ProductChoice
            if !e.ordinal.is_empty()
                && words <= 6
                && !asks
                && !wonders(message)
                && !is("REMOVE")
                && !is("PRICE")
                && !is("CHEAPER") =>
        {
            // "add both" puts them in the cart at once; "give me both" still only chooses
            Some(if is("ADD") { Intent::AddToCart } else { Intent::SelectOption })
        }
        // "weka moja" of what is named
        Awaiting::ProductChoice if words <= 7 && is("ADD") && !asks && !e.counts.is_empty() && !is("REMOVE") => {
            Some(Intent::AddToCart)
        }
        Awaiting::Phone if e.phone.is_some() => Some(Intent::Pay),
        Awaiting::Payment if e.phone.is_some() && !is("PROBLEM") && e.receipt.is_none() && !is("PAIDCLAIM") => {
            Some(Intent::Pay)
        }
        Awaiting::Address if (e.known_place || e.pickup) && !asks && !wonders(message) && !is("CANCEL") => {
            Some(Intent::GiveAddress)
        }
        Awaiting::AppointmentTime
            if (e.date.is_some() || e.time.is_some()) && words <= 7 && !asks && !is("CANCEL") && !is("MOVE") =>
        {
            Some(Intent::BookAppointment)
        }
        _ => None,
    }
}

/// A question without its mark.
fn wonders(message: &Message<'_>) -> bool {
    let opens = matches!(
        message.word(0),
        "is" | "are"
            | "do"
            | "does"
            | "can"
            | "could"
            | "what"
            | "whats"
            | "where"
            | "wheres"
            | "how"
            | "if"
            | "why"
            | "je"
            | "kuna"
            | "mna"
            | "nikija"
            | "nikikam"
            | "when"
            | "which"
            | "who"
            | "will"
            | "would"
    );
    let asks = |word: &str| {
        matches!(
            word,
            "ama"
                | "gani"
                | "nini"
                | "wapi"
                | "free"
                | "bure"
                | "lini"
                | "ipo"
                | "zipo"
                | "available"
                | "inapatikana"
                | "haiko"
                | "what"
                | "whether"
                | "till"
                | "until"
                | "where"
                | "when"
                | "doh"
                | "aje"
                | "mnafika"
                | "mnafikanga"
        )
    };
    opens || message.tokens.iter().any(|t| asks(&t.text))
}

/// "na Westlands?", "what about Karen": the question before is asked again of another place.
fn asks_of_place(message: &Message<'_>, e: &Entities) -> bool {
    let words = message.tokens.len();
    let about = matches!(message.word(0), "na" | "and" | "what" | "how" | "je") && message.asks();
    e.known_place && words <= 5 && (about || matches!((message.word(0), message.word(1)), ("what" | "how", "about")))
}

/// What cannot be anything else wherever it stands.
fn anywhere(message: &Message<'_>, _context: &Context, e: &Entities) -> Option<Intent> {
    let ideas = features::concepts(message);
    let is = |concept: &str| ideas.contains(&concept);
    if is("INJECT") {
        return Some(Intent::PromptInjection);
    }
    if e.receipt.is_some() && !is("PROBLEM") && !is("REFUND") && !is("RETURN") {
        return Some(Intent::PaymentClaim);
    }
    None
}
