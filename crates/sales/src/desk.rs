//! The working state of one turn: a copy of the dialogue, and what happens and is said because of it.

use duka_kernel::{Colour, Language, Money, ProductId, Size, VariantId};
use duka_perception::Mood;
use duka_shop::{CartLine, Product, promotion::Offers};

use crate::{
    decide::Decision,
    dialogue::{Dialogue, Question, Stage},
    effect::{Effect, NewOrder},
    recall::{Diary, Recall},
    say::{Because, Card, Say},
};

/// So many earlier lists can still be spoken of.
const EARLIER_LISTS: usize = 3;

/// The most products one list shows.
pub const LIST_LENGTH: usize = 5;

/// Where a turn is worked on. Tools change it; the policy decides which.
#[derive(Clone, Debug)]
pub struct Desk<'a> {
    /// What is known.
    pub recall: &'a Recall<'a>,
    /// The conversation, as it becomes.
    pub dialogue: Dialogue,
    /// What is to happen outside.
    pub effects: Vec<Effect>,
    /// What is said, without the question at the end.
    pub says: Vec<Say>,
    /// The stages entered, in order.
    pub passed: Vec<Stage>,
    /// The language to answer in.
    pub language: Language,
    /// How the customer sounds.
    pub mood: Mood,
    /// What lowers prices for this customer now.
    pub offers: Offers,
    /// What had been asked when the message arrived.
    pub pending: Question,
    /// The question that ends the reply, once one is chosen.
    pub(crate) asking: Option<Say>,
    /// The question chosen for an earlier message of the burst, which a later one may answer before it is asked.
    pub(crate) held: Option<Say>,
    /// Whether anything a summary shows changed in this turn.
    pub(crate) touched: bool,
    /// Whether something was put in the cart in this turn.
    pub(crate) added: bool,
    /// Whether products were asked for in this turn whose size may still be unknown.
    pub(crate) wanted_now: bool,
    /// Whether nothing is asked after this: thanks, goodbye, a person takes over.
    pub(crate) quiet: bool,
    /// Whether the message heard now can be the yes that orders.
    pub(crate) plain_yes: bool,
    /// The line of the cart that what is chosen now is to stand in for.
    pub(crate) replaces: Option<VariantId>,
    /// The order placed in this turn.
    pub(crate) placed: Option<NewOrder>,
    /// Pieces that orders stopped in this turn give back.
    pub(crate) released: Vec<(VariantId, u32)>,
    /// Whether the decision rests on appointments that were not read.
    lacks_diary: bool,
    /// What the customer had seen when the message arrived.
    seen: Vec<ProductId>,
}

/// What was shown last, is talked about or is in the cart.
fn seen(dialogue: &Dialogue) -> Vec<ProductId> {
    let in_cart = dialogue.cart.lines.iter().map(|line| line.product);
    dialogue.shown.iter().copied().chain(dialogue.focus).chain(in_cart).collect()
}

/// A picture of a product goes out where the product is first shown, and again only if it is looked at.
fn show_once(says: &mut [Say], mut seen: Vec<ProductId>) {
    for say in says {
        let new = |card: &Card| !seen.contains(&card.product);
        let cards: &mut [Card] = match say {
            Say::Products { cards, .. } => {
                seen.extend(cards.iter().map(|card| card.product));
                continue;
            }
            Say::Details { card, .. } => {
                seen.push(card.product);
                continue;
            }
            Say::AskSizeAgain { card } => std::slice::from_mut(card),
            Say::AskSize { card, first } => {
                *first = new(card);
                std::slice::from_mut(card)
            }
            Say::InStock { card, .. } | Say::PriceOfSize { card, .. } => std::slice::from_mut(card),
            Say::Price { cards } | Say::Compare { cards, .. } | Say::AskWhich { cards } => cards,
            _ => continue,
        };
        for card in cards {
            if seen.contains(&card.product) {
                card.image = None;
            }
            seen.push(card.product);
        }
    }
}

impl<'a> Desk<'a> {
    /// Begins a turn.
    #[must_use]
    pub fn open(dialogue: &Dialogue, recall: &'a Recall<'a>) -> Self {
        Self {
            recall,
            dialogue: Dialogue { replaces: None, ..dialogue.clone() },
            effects: Vec::new(),
            says: Vec::new(),
            passed: Vec::new(),
            language: recall.customer.language.unwrap_or(recall.shop.default_language),
            mood: Mood::Neutral,
            offers: recall.offers(),
            pending: dialogue.question.clone(),
            asking: None,
            held: None,
            touched: false,
            added: false,
            wanted_now: false,
            quiet: false,
            plain_yes: true,
            replaces: dialogue.replaces,
            placed: None,
            released: Vec::new(),
            lacks_diary: false,
            seen: seen(dialogue),
        }
    }

    /// Ends the turn. The question, if there is one, is said last.
    #[must_use]
    pub fn close(mut self) -> Decision {
        self.says.extend(self.asking.take());
        show_once(&mut self.says, self.seen);
        Decision {
            dialogue: self.dialogue,
            effects: self.effects,
            says: self.says,
            passed: self.passed,
            language: self.language,
            mood: self.mood,
            needs_diary: self.lacks_diary,
            open: None,
        }
    }

    /// The appointments. Where they were not read the decision says that it needs them, and is made again.
    pub(crate) fn diary(&mut self) -> &'a Diary {
        static NONE: Diary = Diary { taken: Vec::new(), mine: Vec::new() };
        self.lacks_diary |= self.recall.diary.is_none();
        self.recall.diary.unwrap_or(&NONE)
    }

    /// Rests on appointments if what was tried on a copy does.
    pub(crate) fn rests_on_as(&mut self, tried: &Self) {
        self.lacks_diary |= tried.lacks_diary;
    }

    /// Says something that asks nothing.
    pub fn say(&mut self, say: Say) {
        self.says.push(say);
    }

    /// Ends the reply with this question. A choice between candidates stands before every other question: nothing
    /// else can be asked before it is answered. Of two choices the later stands.
    pub fn ask(&mut self, question: Question, say: Say) {
        let is_choice = |say: &Say| matches!(say, Say::AskWhich { .. } | Say::AskWhichLine { .. });
        if self.asking.as_ref().is_some_and(is_choice) && !is_choice(&say) {
            return;
        }
        self.dialogue.question = question;
        self.asking = Some(say);
    }

    /// Another message of the burst begins: it may answer what an earlier one left open.
    pub(crate) fn next_message(&mut self) {
        if let Some(asking) = self.asking.take() {
            self.pending = self.dialogue.question.clone();
            self.held = Some(asking);
        }
    }

    /// Makes something happen outside.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Moves to a stage of the sale.
    pub fn enter(&mut self, stage: Stage) {
        if self.dialogue.stage != stage {
            self.dialogue.stage = stage;
            self.passed.push(stage);
        }
    }

    /// The question that was open has its answer.
    pub fn answered(&mut self) {
        self.pending = Question::None;
        self.held = None;
        if self.asking.is_none() {
            self.dialogue.question = Question::None;
        }
    }

    /// Says that a line was added; lines added in a row are one sentence.
    pub(crate) fn say_added(&mut self, line: CartLine) {
        let subtotal = self.subtotal();
        let pieces = self.dialogue.cart.pieces();
        self.added = true;
        match self.says.last_mut() {
            Some(Say::Added { lines, pieces: p, subtotal: s }) => {
                lines.push(line);
                (*p, *s) = (pieces, subtotal);
            }
            _ => self.say(Say::Added { lines: vec![line], pieces, subtotal }),
        }
    }

    /// How many pieces of a variant can be bought, counting what this turn gives back.
    #[must_use]
    pub fn available(&self, variant: VariantId) -> u32 {
        let released = self.released.iter().filter(|(id, _)| *id == variant).map(|(_, pieces)| *pieces);
        released.fold(self.recall.stock.available(variant), u32::saturating_add)
    }

    /// List prices of the cart together.
    #[must_use]
    pub fn subtotal(&self) -> Money {
        let zero = Money::zero(self.recall.shop.currency);
        self.dialogue.cart.lines.iter().fold(zero, |sum, line| {
            line.unit_price.times(line.quantity).and_then(|amount| sum.checked_add(amount)).unwrap_or(sum)
        })
    }

    /// A product of the catalogue.
    #[must_use]
    pub fn product(&self, id: ProductId) -> Option<&'a Product> {
        self.recall.catalogue.by_id(id)
    }

    /// The lowest price of a product now, for this customer.
    #[must_use]
    pub fn price(&self, product: &Product) -> Money {
        self.card(product).price
    }

    /// A product as it is shown to this customer.
    #[must_use]
    pub fn card(&self, product: &Product) -> Card {
        let card = Card::of(product, self.recall.stock, &self.offers);
        let usual_size = crate::tools::usual_size(self, product).filter(|size| card.sizes.contains(size));
        Card { usual_size, ..card }
    }

    /// That a product is not there in a size.
    #[must_use]
    pub fn size_out(&self, product: &Product, size: Size) -> Say {
        let made = product.variants.iter().any(|v| v.size == size);
        Say::SizeOut { card: self.card(product), size, made }
    }

    /// Cards of the products that are still in the catalogue.
    #[must_use]
    pub fn cards(&self, products: &[ProductId]) -> Vec<Card> {
        products.iter().filter_map(|id| self.product(*id)).map(|p| self.card(p)).collect()
    }

    /// Shows products as a numbered list. Two lists in one reply become one, so that a number means one thing.
    pub(crate) fn show(&mut self, because: Because, products: &[ProductId], budget: Option<Money>) {
        if matches!(self.asking, Some(Say::AskWhichLine { .. })) {
            // Its numbers are those of the cart; a second numbered list would make them mean two things.
            return;
        }
        let earlier = self.take_list();
        let keep = earlier.len().min(LIST_LENGTH - products.len().min(LIST_LENGTH / 2));
        let mut ids: Vec<ProductId> = earlier.into_iter().take(keep).collect();
        for id in products {
            if !ids.contains(id) && ids.len() < LIST_LENGTH {
                ids.push(*id);
            }
        }
        self.dialogue.focus = if let [only] = ids[..] { Some(only) } else { None };
        let cards = self.cards(&ids);
        self.dialogue.question = match (&ids[..], cards.first()) {
            ([only], Some(card)) => Question::Take { product: *only, sized: card.sizes.len() > 1 },
            _ => Question::ProductChoice,
        };
        let before = std::mem::replace(&mut self.dialogue.shown, ids);
        if before.len() > 1 {
            self.dialogue.earlier.push(before);
            let old = self.dialogue.earlier.len().saturating_sub(EARLIER_LISTS);
            self.dialogue.earlier.drain(..old);
        }
        self.say(Say::Products { because, cards, budget });
        if self.dialogue.stage != Stage::Choosing {
            self.enter(Stage::Searching);
        }
        self.enter(Stage::Choosing);
    }

    /// Takes a list said earlier in this turn back, to be said together with a new one.
    fn take_list(&mut self) -> Vec<ProductId> {
        let before = self.says.len();
        self.says.retain(|say| !matches!(say, Say::Products { .. }));
        let choice = matches!(self.asking, Some(Say::AskWhich { .. }));
        if choice {
            self.asking = None;
        }
        self.held = None;
        if choice || self.says.len() < before { std::mem::take(&mut self.dialogue.shown) } else { Vec::new() }
    }

    /// The colours of a product that can be bought now, in one size if given.
    #[must_use]
    pub(crate) fn colours_of(&self, product: &Product, size: Option<&Size>) -> Vec<Colour> {
        let mut colours = Vec::new();
        let in_stock = product.variants.iter().filter(|v| self.recall.stock.available(v.id) > 0);
        for colour in in_stock.filter(|v| size.is_none_or(|s| v.size == *s)).filter_map(|v| v.colour) {
            if !colours.contains(&colour) {
                colours.push(colour);
            }
        }
        colours
    }

    /// The day it is at the shop.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        self.recall.now.in_zone(self.recall.zone).date()
    }
}
