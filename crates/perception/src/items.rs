//! A list of goods in one breath ("the grey hoodie M and the black skirt S") as one item each.

use crate::{Intent, Slots, features, normalise::Message, wishes};

/// One item of a list: its words `from..to`, and what it leaves to its neighbour to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Item {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// It names no good of its own: the other's is meant ("two shirts in M and one in L").
    pub(crate) like: Option<usize>,
}

type Kinds<'k> = &'k [Option<&'static str>];

/// What a stretch of a list holds.
struct Stretch<'k> {
    kinds: Kinds<'k>,
    from: usize,
    to: usize,
}

impl Stretch<'_> {
    fn has(&self, kind: &str) -> bool {
        self.kinds[self.from..self.to].contains(&Some(kind))
    }

    /// "the red one", "ya red", "the blue": a colour that stands for a good.
    fn colour_stands(&self, message: &Message<'_>) -> bool {
        (self.from..self.to).any(|i| {
            self.kinds[i] == Some("COLOUR")
                && (matches!(message.word(i + 1), "one" | "ones")
                    || i > self.from
                        && matches!(
                            message.before(i, 1),
                            "ya" | "la" | "cha" | "za" | "vya" | "wa" | "ile" | "hiyo" | "hio" | "the"
                        ))
        })
    }

    fn is_counted(&self) -> bool {
        self.has("SIZE") || self.has("NUM")
    }

    /// "black M" and "grey L": a colour with its size, after another one.
    fn follows(&self, last: &Self) -> bool {
        self.has("COLOUR") && self.has("SIZE") && last.has("COLOUR") && last.has("SIZE")
    }

    fn is_item(&self, message: &Message<'_>) -> bool {
        self.has("PRODUCT") || self.has("ORDINAL") || self.has("SIZE") && self.has("NUM") || self.colour_stands(message)
    }
}

/// The items of a list, when an intent is wanted of each of several.
pub(crate) fn items(message: &Message<'_>, kinds: Kinds<'_>, intent: Intent) -> Vec<Item> {
    use Intent as I;
    let kept_back = message.tokens.iter().any(|t| matches!(t.text.as_str(), "except" | "isipokuwa" | "bakisha"));
    if kept_back
        || !matches!(intent, I::AddToCart | I::RemoveFromCart | I::SelectOption | I::UpdateQuantity | I::ProductSearch)
    {
        return Vec::new();
    }
    let mut found: Vec<Stretch<'_>> = Vec::new();
    let mut from = 0;
    let count = message.tokens.len();
    for at in 1..=count {
        if at < count && !wishes::is_cut(message, at, kinds, true) {
            continue;
        }
        let start = wishes::skip_joiners(message, from, at);
        let stretch = Stretch { kinds, from: start, to: at };
        // what names nothing goes with the item before it, or leads to the first
        match found.last_mut() {
            _ if start >= at => {}
            Some(last) if !stretch.follows(last) && !stretch.is_item(message) || !last.is_item(message) => last.to = at,
            _ => found.push(stretch),
        }
        from = at;
    }
    if let [.., before, last] = &found[..]
        && !last.is_item(message)
        && !last.follows(before)
    {
        found.pop();
    }
    let only_positions = found.iter().all(|s| !s.has("PRODUCT") && !s.is_counted() && s.has("ORDINAL"));
    let each_counted = found.iter().all(Stretch::is_counted);
    let needs_counts = matches!(intent, I::UpdateQuantity | I::ProductSearch);
    if found.len() < 2 || only_positions || needs_counts && !each_counted {
        return Vec::new();
    }
    (0..found.len()).map(|k| Item { from: found[k].from, to: found[k].to, like: like(message, &found, k) }).collect()
}

/// Whose good an item without a name of its own means: "gauni la bluu na la kijani", "the red and the blue dress".
fn like(message: &Message<'_>, items: &[Stretch<'_>], k: usize) -> Option<usize> {
    let own = |s: &Stretch<'_>| s.has("PRODUCT") || s.has("ORDINAL");
    let pronoun = (items[k].from..items[k].to)
        .any(|i| items[k].kinds[i] == Some("COLOUR") && matches!(message.word(i + 1), "one" | "ones"));
    if own(&items[k]) || pronoun {
        return None;
    }
    (0..k).rev().chain(k + 1..items.len()).find(|other| own(&items[*other]))
}

/// Fills in what an item leaves to its neighbour to say.
pub(crate) fn complete(slots: &mut [Slots], items: &[Item], message: &Message<'_>) {
    for (k, item) in items.iter().enumerate() {
        let Some(like) = item.like else { continue };
        if slots[k].product.is_empty() {
            slots[k].product = slots[like].product.clone();
        }
        if slots[k].colour.is_empty() {
            slots[k].colour = slots[like].colour.clone();
        }
        if slots[k].ordinal.is_empty() && slots[k].product.is_empty() {
            slots[k].ordinal = slots[like].ordinal.clone();
        }
    }
    // "two hoodies, black M and grey L": the number is that of both together
    for k in 0..items.len() {
        let others: Vec<usize> = (0..items.len()).filter(|i| items[*i].like == Some(k)).collect();
        let together = u32::try_from(others.len() + 1).ok();
        let uncounted = others.iter().all(|i| slots[*i].quantity.is_empty());
        if !others.is_empty()
            && uncounted
            && slots[k].quantity.len() == 1
            && slots[k].quantity.first().copied() == together
        {
            slots[k].quantity.clear();
        }
    }
    // "both in size M", "moja moja kila moja"
    let shared = features::concepts(message).contains(&"EVERYTHING")
        || message.tokens.iter().any(|t| matches!(t.text.as_str(), "both" | "each" | "kila"));
    if shared && let Some(size) = slots.iter().map(|s| s.size.clone()).find(|s| s.len() == 1) {
        slots.iter_mut().filter(|s| s.size.is_empty()).for_each(|s| s.size.clone_from(&size));
    }
}
