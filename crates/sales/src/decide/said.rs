//! Sizes said in passing: "a dress in M and shoes 39" holds when the shoes are chosen three messages later.

use duka_kernel::Size;
use duka_perception::{Intent, Wish};
use duka_shop::Product;

use super::reference;
use crate::{desk::Desk, dialogue::SaidSize};

/// So many are remembered.
const MOST: usize = 6;

/// Remembers the sizes that a wish names for kinds of things.
pub(super) fn note(desk: &mut Desk<'_>, wish: &Wish) {
    use Intent::{AddToCart, Availability, ChooseSize, PriceInquiry, ProductSearch, SelectOption};
    let shops =
        matches!(wish.intent, AddToCart | Availability | ChooseSize | PriceInquiry | ProductSearch | SelectOption);
    if !shops || wish.slots.product.is_empty() {
        return;
    }
    let sizes = &wish.slots.size;
    // "M or L?" is no size yet.
    let alone = |size: &&Size| sizes.iter().filter(|other| other.rank().0 == size.rank().0).count() == 1;
    for size in sizes.iter().filter(|size| !size.is_one()).filter(alone) {
        let kinds = wish.slots.product.clone();
        desk.dialogue.sizes_said.retain(|said| said.kinds != kinds || said.size.rank().0 != size.rank().0);
        desk.dialogue.sizes_said.push(SaidSize { kinds, size: size.clone() });
    }
    let forgotten = desk.dialogue.sizes_said.len().saturating_sub(MOST);
    desk.dialogue.sizes_said.drain(..forgotten);
}

/// The size last said for a kind of thing that the product is, if it is there in that size.
pub(super) fn size_for(desk: &Desk<'_>, product: &Product) -> Option<Size> {
    let there = desk.recall.stock.sizes_of(product);
    let said = desk.dialogue.sizes_said.iter().rev().filter(|said| there.contains(&said.size));
    let holds = |said: &&SaidSize| reference::kind(desk, &said.kinds).contains(&product.id);
    said.filter(holds).map(|said| said.size.clone()).next()
}
