//! The customer and the people of the shop.

use duka_kernel::{Colour, OrderId, Size};
use duka_shop::{
    Product,
    sizing::{self, Advice, Confidence},
};
use serde::{Deserialize, Serialize};

use crate::{
    desk::Desk,
    effect::{CustomerChange, Effect, HandOffReason},
    say::Basis,
};

/// Which size of a garment this customer takes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecommendSize {
    /// The category: `dress`, `shoes/heels`.
    pub category: String,
    /// The sizes a product comes in, if it is about one; empty for any.
    pub offered: Vec<Size>,
}

impl RecommendSize {
    /// About one product.
    #[must_use]
    pub fn of(product: &Product) -> Self {
        Self { category: product.category.clone(), offered: product.variants.iter().map(|v| v.size.clone()).collect() }
    }
}

/// Advice from what staff noted for this kind of garment (`size.dress`), else from what the customer bought of it, else
/// from what they said they wear.
#[must_use]
pub fn recommend_size(desk: &Desk<'_>, args: &RecommendSize) -> Advice {
    let customer = desk.recall.customer;
    if let Some(gift) = &desk.dialogue.gift {
        // Somebody else's size is not the customer's.
        let theirs = gift.relation.as_ref().and_then(|relation| customer.facts.get(&format!("size_of.{relation}")));
        let size = theirs.map(|size| Size::parse(size));
        let size = size.filter(|size| args.offered.is_empty() || args.offered.contains(size));
        return Advice { size, confidence: Confidence::Low, count: 0 };
    }
    let advice = if args.offered.is_empty() {
        sizing::recommend(&customer.purchases, &args.category)
    } else {
        sizing::recommend_among(&customer.purchases, &args.category, &args.offered)
    };
    let known = |name: &str| {
        let size = customer.facts.get(name).map(|size| Size::parse(size));
        size.filter(|size| args.offered.is_empty() || args.offered.contains(size))
    };
    let kind = args.category.split('/').next().unwrap_or_default();
    if let Some(size) = known(&format!("size.{kind}")) {
        return Advice { size: Some(size), confidence: Confidence::Low, count: 0 };
    }
    if let Some((_, better)) = corrected(desk, args, advice.size.as_ref()) {
        return Advice { size: Some(better), confidence: Confidence::Medium, count: advice.count };
    }
    let said = known(&format!("said.{}", sizing::family(&args.category))).or_else(|| known("usual_size"));
    Advice { size: advice.size.or(said), ..advice }
}

/// The size that did not fit, and the next one that should, if the size bought most was too small or too large.
fn corrected(desk: &Desk<'_>, args: &RecommendSize, bought: Option<&Size>) -> Option<(bool, Size)> {
    let family = sizing::family(&args.category);
    let told = |name: &str| desk.recall.customer.facts.get(&format!("{name}.{family}")).map(|size| Size::parse(size));
    let bought = bought?;
    let too_small = told("too_small").is_some_and(|size| bought.rank() <= size.rank());
    let too_large = told("too_large").is_some_and(|size| bought.rank() >= size.rank());
    const LETTERS: [&str; 7] = ["XS", "S", "M", "L", "XL", "XXL", "XXXL"];
    let mut offered = args.offered.clone();
    if offered.is_empty() {
        offered.extend(LETTERS.map(Size::parse));
    }
    offered.sort_by_key(Size::rank);
    let same_kind = offered.iter().filter(|size| size.rank().0 == bought.rank().0);
    let next = match (too_small, too_large) {
        (true, false) => same_kind.filter(|size| size.rank() > bought.rank()).min_by_key(|size| size.rank()),
        (false, true) => same_kind.filter(|size| size.rank() < bought.rank()).max_by_key(|size| size.rank()),
        _ => None,
    };
    next.map(|size| (too_small, size.clone()))
}

/// What [`recommend_size`] rests on.
#[must_use]
pub fn basis_of_size(desk: &Desk<'_>, args: &RecommendSize) -> Basis {
    let customer = desk.recall.customer;
    if desk.dialogue.gift.is_some() {
        return Basis::Theirs;
    }
    let kind = args.category.split('/').next().unwrap_or_default();
    let offered = |size: &String| args.offered.is_empty() || args.offered.contains(&Size::parse(size));
    if customer.facts.get(&format!("size.{kind}")).is_some_and(offered) {
        return Basis::Noted;
    }
    let bought = if args.offered.is_empty() {
        sizing::recommend(&customer.purchases, &args.category)
    } else {
        sizing::recommend_among(&customer.purchases, &args.category, &args.offered)
    };
    match (corrected(desk, args, bought.size.as_ref()), bought.size) {
        (Some((too_small, _)), Some(from)) => Basis::Corrected { from, too_small },
        (_, Some(_)) => Basis::Bought,
        (_, None) => Basis::Told,
    }
}

/// The size a customer takes of a product, if it is known.
#[must_use]
pub fn usual_size(desk: &Desk<'_>, product: &Product) -> Option<Size> {
    recommend_size(desk, &RecommendSize::of(product)).size
}

/// The sizes a customer wears, of any kind of garment, as far as they are known.
#[must_use]
pub fn own_sizes(desk: &Desk<'_>) -> Vec<Size> {
    let customer = desk.recall.customer;
    if desk.dialogue.gift.is_some() {
        return Vec::new();
    }
    let is_size = |name: &str| name == "usual_size" || name.starts_with("size.") || name.starts_with("said.");
    let told = customer.facts.iter().filter(|(name, _)| is_size(name)).map(|(_, size)| Size::parse(size));
    let bought = customer.purchases.iter().filter_map(|p| sizing::recommend(&customer.purchases, &p.category).size);
    let mut sizes: Vec<Size> = told.chain(bought).collect();
    sizes.sort();
    sizes.dedup();
    sizes
}

/// The colours a customer said they like.
#[must_use]
pub fn liked_colours(desk: &Desk<'_>) -> Vec<Colour> {
    let liked = desk.recall.customer.facts.get("colour").filter(|_| desk.dialogue.gift.is_none());
    liked.into_iter().flat_map(|names| names.split(',')).filter_map(|name| name.trim().parse().ok()).collect()
}

/// Gives the conversation to a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HandOff {
    /// Why.
    pub reason: HandOffReason,
    /// What the customer said.
    pub said: String,
    /// The order it is about, if it is about one.
    pub order: Option<OrderId>,
}

/// Gives the conversation to a person, once a turn.
pub fn hand_off_to_human(desk: &mut Desk<'_>, args: HandOff) {
    let already = desk.effects.iter().any(|effect| matches!(effect, Effect::HandOff { .. }));
    if !already {
        desk.effect(Effect::HandOff { reason: args.reason, said: args.said, order: args.order });
    }
    desk.quiet = true;
}

/// Keeps a rating.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RecordFeedback {
    /// From 1 to 5.
    pub rating: u8,
    /// Of which order.
    pub order: Option<OrderId>,
}

/// Keeps a rating from 1 to 5. Says whether it was one.
pub fn record_feedback(desk: &mut Desk<'_>, args: RecordFeedback) -> bool {
    let valid = (1..=5).contains(&args.rating);
    if valid {
        desk.effect(Effect::Rate { rating: args.rating, order: args.order });
    }
    valid
}

/// Marketing messages, wanted or not.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SetOptOut {
    /// Not wanted.
    pub out: bool,
}

/// Keeps whether marketing messages are wanted.
pub fn set_opt_out(desk: &mut Desk<'_>, args: SetOptOut) {
    desk.effect(Effect::Customer(CustomerChange::OptOut(args.out)));
}
