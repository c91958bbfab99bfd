//! Questions that nothing the shop has said answers: the team is asked, nothing is invented.

use duka_kernel::{OrderId, ProductId};
use duka_perception::{Intent, Wish};

use super::reading::{GUESS, UNSURE};
use crate::{
    desk::Desk,
    effect::{Effect, OwnerNews, TaskDetail, TaskKind},
    say::Say,
    words::{has_any, same_word, telling_words, words},
};

/// So many questions of one conversation wait for the team at a time; more are not passed on before those are answered.
const WAITING: u8 = 3;

const ASKING: &[&str] = &[
    "what", "which", "how", "is", "are", "do", "does", "did", "can", "could", "will", "would", "where", "when", "why",
    "who", "whose", "je", "gani", "nini", "vipi", "ngapi", "lini", "wapi", "kwanini", "mbona", "mna", "mnauza",
    "mnafanya", "mnatoa", "naweza", "inaweza", "zinaweza", "huwa", "aje", "mko", "iko", "ziko", "mnaezana", "naeza",
    "inaeza", "mnaweza", "inafaa",
];
/// What goods are like, as opposed to which there are.
pub(super) const MAKE: &[&str] = &[
    "fabric",
    "material",
    "kitambaa",
    "stretch",
    "stretchy",
    "stretches",
    "lined",
    "lining",
    "wash",
    "washed",
    "machine",
    "washable",
    "fade",
    "inafua",
    "inapauka",
    "shrink",
    "original",
    "genuine",
    "fake",
    "made",
    "imetengenezwa",
    "zinatoka",
    "inatoka",
    "warranty",
    "guarantee",
    "waterproof",
    "thick",
    "heavy",
    "transparent",
    "itchy",
    "iron",
    "leather",
];
/// What a garment has or is, asked of the one that is talked of.
const TRAITS: &[&str] = &[
    "pocket",
    "pockets",
    "mifuko",
    "mfuko",
    "sleeve",
    "sleeves",
    "mikono",
    "length",
    "urefu",
    "zip",
    "zipu",
    "buttons",
    "vifungo",
    "belt",
    "collar",
    "kola",
    "heel",
    "kisigino",
    "material",
    "fabric",
    "kitambaa",
    "cotton",
    "pamba",
    "silk",
    "leather",
    "ngozi",
    "lined",
    "lining",
    "stretch",
    "inavutika",
    "laptop",
    "hood",
    "chain",
    "strap",
    "straps",
    "slit",
];
/// Words for the cloth itself, which a description names without them.
const CLOTH: &[&str] = &["material", "fabric", "kitambaa", "made", "imetengenezwa"];
const CLOTHS: &[&str] = &[
    "cotton",
    "crepe",
    "fabric",
    "leather",
    "chiffon",
    "satin",
    "silk",
    "denim",
    "knit",
    "fleece",
    "velvet",
    "lace",
    "tulle",
    "linen",
    "wool",
    "polyester",
    "sisal",
    "stretch",
    "ribbed",
];
/// Said to a shop about itself.
const TO_THE_SHOP: &[&str] = &[
    "do you",
    "can you",
    "could you",
    "are you",
    "can i",
    "je mna",
    "mna",
    "mnauza",
    "mnafanya",
    "mnatoa",
    "mnaweza",
    "mko",
    "naweza",
    "naeza",
    "mnaeza",
    "inawezekana",
    "huwa mna",
];

/// Passes a question on to the team. Says whether it was one: words of asking, and something it is about.
pub(super) fn ask_team(desk: &mut Desk<'_>, text: &str) -> bool {
    const ANNOUNCES: &[&str] = &[
        "nina swali",
        "niko na swali",
        "nko na swali",
        "i have a question",
        "a quick question",
        "swali kuhusu",
        "kuuliza kuhusu",
    ];
    let all = words(text);
    if has_any(text, ANNOUNCES) && all.len() <= 8 {
        // The question is still to come.
        desk.say(Say::GoAhead);
        desk.quiet = true;
        return true;
    }
    let asks = is_question(text);
    let about = telling_words(text).iter().any(|word| word.len() > 3 && !ASKING.contains(&word.as_str()));
    let by_its_end = all.last().is_some_and(|word| matches!(word.as_str(), "ama" | "au" | "eti"));
    if !asks || !(has_any(text, ASKING) || has_any(text, MAKE) || by_its_end) || !about || all.len() < 3 {
        return false;
    }
    pass_on(desk, text)
}

/// Notes something for the team about an order, and tells the owner.
pub(super) fn note_for_team(desk: &mut Desk<'_>, order: Option<OrderId>, said: &str) {
    let detail = TaskDetail { said: said.to_owned(), ..TaskDetail::default() };
    desk.effect(Effect::OpenTask { kind: TaskKind::Question, order, detail });
    desk.effect(Effect::TellOwner(OwnerNews::Question { said: said.to_owned(), about: None }));
}

/// Passes what is asked on to the team, if there is something it is about. Says whether there was.
pub(super) fn pass_on(desk: &mut Desk<'_>, text: &str) -> bool {
    if super::documents::own_answer(desk, text) {
        return true;
    }
    if telling_words(text).is_empty() {
        return false;
    }
    desk.say(Say::AskTeam);
    if desk.dialogue.questions < WAITING {
        desk.dialogue.questions += 1;
        let about = desk.dialogue.focus.and_then(|id| desk.product(id)).map(|product| product.name.clone());
        let (items, said) = (about.iter().cloned().collect(), text.trim().to_owned());
        let detail = TaskDetail { items, said: said.clone(), ..TaskDetail::default() };
        desk.effect(Effect::OpenTask { kind: TaskKind::Question, order: None, detail });
        desk.effect(Effect::TellOwner(OwnerNews::Question { said, about }));
    }
    true
}

/// Whether words ask: by their mark, or by how they begin.
pub(super) fn is_question(text: &str) -> bool {
    const ENDS: &[&str] = &["ama", "au", "je", "eti"];
    let said = words(text);
    let begins = || said.first().is_some_and(|word| ASKING.contains(&word.as_str()));
    // "Zinatoka Turkey ama", without a mark.
    let ends = || said.len() > 2 && said.last().is_some_and(|word| ENDS.contains(&word.as_str()));
    text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?').ends_with('?') || begins() || ends()
}

/// "Any leather jacket?": the word is of a name, and asks nothing of it.
fn names_it(desk: &Desk<'_>, wish: &Wish) -> bool {
    let asked: Vec<String> = telling_words(&wish.text).into_iter().filter(|w| MAKE.contains(&w.as_str())).collect();
    let of_name = |id: &ProductId| {
        let name = desk.product(*id).map(|p| telling_words(&p.name)).unwrap_or_default();
        asked.iter().all(|word| name.iter().any(|n| same_word(n, word)))
    };
    let points = has_any(&wish.text, &["is the", "are the", "is it", "does the", "hiyo", "hii", "ni ya", "made"]);
    !wish.slots.product.is_empty() && !points && super::reference::by_name(desk, wish).iter().any(of_name)
}

/// "Is the fabric stretchy?": the description if it says so, else the team.
pub(super) fn about_make(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{Availability, ImageSearchCaption, ProductSearch, RepeatUnclear, SizeAdvice, WholesaleInquiry};
    let taken_for = matches!(
        wish.intent,
        Availability | ImageSearchCaption | ProductSearch | RepeatUnclear | SizeAdvice | WholesaleInquiry
    );
    let taken_for = taken_for || wish.confidence < GUESS;
    let sure = wish.intent == ProductSearch && wish.confidence >= UNSURE && !wish.text.contains('?');
    if names_it(desk, wish) {
        return false;
    }
    if !taken_for || sure || !has_any(&wish.text, MAKE) || !wish.slots.size.is_empty() {
        return false;
    }
    let asked: Vec<String> = telling_words(&wish.text).into_iter().filter(|w| MAKE.contains(&w.as_str())).collect();
    let described = desk.dialogue.focus.and_then(|id| desk.product(id)).filter(|product| {
        let known = telling_words(&product.description);
        asked.iter().any(|word| known.iter().any(|known| same_word(known, word)))
    });
    match described {
        Some(product) => {
            let (card, description) = (desk.card(product), product.description.clone());
            desk.say(Say::Details { card, description });
            true
        }
        None => super::documents::own_answer(desk, &wish.text) || ask_team(desk, &wish.text),
    }
}

/// "Does the wrap dress have pockets?", "do your bags have an inside pocket?": what the description says, or those whose
/// descriptions say so; what none says is asked of the team and never answered with a yes. Says whether it was that.
pub(super) fn about_property(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const OF_THEM: &[&str] = &[
        "does the",
        "does this",
        "does that",
        "do the",
        "do your",
        "do these",
        "do those",
        "do they",
        "is the",
        "is this",
        "is that",
        "are the",
        "are your",
        "are these",
        "are those",
        "is your",
        "what fabric",
        "what material",
        "which fabric",
        "which material",
        "hiyo",
        "hii",
        "hizo",
        "hizi",
        "ile",
        "zenu",
        "yenu",
        "ina",
        "zina",
        "imetengenezwa",
        "zimetengenezwa",
        "ni ya",
        "ni za",
        "huwa",
    ];
    const MOST: usize = 12;
    use Intent::{
        AddToCart, CancelOrder, Checkout, Complaint, Exchange, GiveAddress, HumanHandoff, Pay, PaymentClaim,
        ReturnRefund,
    };
    let text = &wish.text;
    let acts = matches!(
        wish.intent,
        AddToCart | CancelOrder | Checkout | Exchange | GiveAddress | HumanHandoff | Pay | PaymentClaim | ReturnRefund
    );
    let grave = wish.intent == Complaint && !is_question(text);
    let slots = &wish.slots;
    let other =
        !slots.size.is_empty() || slots.price_max.is_some() || slots.date.is_some() || slots.order_ref.is_some();
    let property = has_any(text, TRAITS) || has_any(text, MAKE) || has_any(text, CLOTH) || has_any(text, CLOTHS);
    let asks = is_question(text) && has_any(text, OF_THEM);
    if acts || grave || other || !property || !asks || slots.product.is_empty() || words(text).len() > MOST {
        return false;
    }
    let named = super::reference::by_name(desk, wish);
    let of_kind = super::reference::kind(desk, &slots.product);
    let candidates: Vec<ProductId> = match named[..] {
        [one] => vec![one],
        _ => desk.dialogue.focus.filter(|id| of_kind.contains(id)).map_or(named, |focus| vec![focus]),
    };
    // "Is the leather jacket in?": the word is of its name.
    let of_name = |id: &ProductId| {
        desk.product(*id).is_some_and(|p| {
            let name = telling_words(&p.name);
            telling_words(text).iter().filter(|w| is_property(w)).all(|w| name.iter().any(|n| same_word(n, w)))
        })
    };
    if candidates.is_empty() || candidates.iter().any(of_name) {
        return false;
    }
    let telling: Vec<ProductId> = candidates.iter().copied().filter(|id| tells(desk, *id, text)).collect();
    match (&telling[..], &candidates[..]) {
        ([one], _) => {
            let Some(product) = desk.product(*one) else { return false };
            let (card, description) = (desk.card(product), product.description.clone());
            desk.say(Say::Details { card, description });
            super::choosing::under_discussion(desk, &[*one]);
            true
        }
        ([], _) => super::documents::own_answer(desk, text) || pass_on(desk, text),
        (several, _) => {
            let several = several.to_vec();
            desk.show(crate::say::Because::Asked, &several, None);
            true
        }
    }
}

fn is_property(word: &str) -> bool {
    [TRAITS, MAKE, CLOTH, CLOTHS].iter().any(|list| list.contains(&word))
}

/// Whether a product's description tells what is asked.
fn tells(desk: &Desk<'_>, id: ProductId, text: &str) -> bool {
    let Some(product) = desk.product(id) else { return false };
    let known = telling_words(&product.description);
    let asked: Vec<String> = telling_words(text).into_iter().filter(|word| is_property(word)).collect();
    asked.iter().any(|word| known.iter().any(|known| same_word(known, word)))
        || !desk.recall.catalogue.called_among(&asked.join(" "), &[id]).is_empty()
        || has_any(text, CLOTH) && known.iter().any(|word| CLOTHS.contains(&word.as_str()))
        || has_any(text, CLOTHS) && known.iter().any(|word| CLOTHS.contains(&word.as_str()))
        || has_any(text, &["length", "urefu"])
            && has_any(&product.description, &["length", "knee", "floor", "maxi", "midi", "mini"])
}

/// "Does it have pockets?", "ina mikono mirefu", "ina urefu gani" of what is talked of: its description, if it tells; else
/// the team. Says whether it was such a question.
pub(super) fn about_trait(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const OF_IT: &[&str] = &[
        "it", "they", "that", "this", "the", "is", "does", "ina", "zina", "ni", "hiyo", "hii", "iko", "kina", "lina",
        "have",
    ];
    const MOST: usize = 9;
    let slots = &wish.slots;
    let acts =
        matches!(wish.intent, Intent::AddToCart | Intent::RemoveFromCart | Intent::Checkout | Intent::GiveAddress);
    let several = desk.dialogue.focus.is_none() && desk.dialogue.wanted.is_empty();
    let other =
        !slots.ordinal.is_empty() || !slots.size.is_empty() || !slots.colour.is_empty() || slots.price_max.is_some();
    let said = words(&wish.text);
    let asks = has_any(&wish.text, TRAITS) || has_any(&wish.text, CLOTH);
    if acts || several || other || said.len() > MOST || !asks || !has_any(&wish.text, OF_IT) {
        return false;
    }
    let at_hand = desk.dialogue.focus.or(desk.dialogue.wanted.first().map(|wanted| wanted.product));
    let Some(product) = at_hand.and_then(|id| desk.product(id)) else { return false };
    if !slots.product.is_empty()
        && super::reference::is_another_kind(desk, product.id, slots)
        && !has_any(&wish.text, &["it", "hiyo", "hii"])
    {
        return false;
    }
    let known = telling_words(&product.description);
    let tells = !desk.recall.catalogue.called_among(&wish.text, &[product.id]).is_empty()
        || (has_any(&wish.text, &["length", "urefu"])
            && has_any(&product.description, &["length", "knee", "floor", "maxi", "midi", "mini"]))
        || (has_any(&wish.text, CLOTH) && known.iter().any(|word| CLOTHS.contains(&word.as_str())));
    if tells {
        let (card, description) = (desk.card(product), product.description.clone());
        desk.say(Say::Details { card, description });
        super::choosing::under_discussion(desk, &[product.id]);
        return true;
    }
    super::knowledge::faq(desk, &wish.text) || ask_team(desk, &wish.text)
}

/// Something asked of the shop that only looked like small talk.
pub(super) fn about_the_shop(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    wish.confidence < UNSURE && has_any(&wish.text, TO_THE_SHOP) && ask_team(desk, &wish.text)
}
