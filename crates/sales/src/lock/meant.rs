//! Which products the words of a sentence of free talk are said of.

use duka_shop::search::colour_named;

use super::{
    Facts,
    figures::Figure,
    products::mentions,
    text::{Gap, Span, Text},
};

/// Words that stand between products of which the same is said.
const JOINING: [&str; 10] = ["and", "or", "the", "na", "au", "ama", "n", "this", "hii", "hiyo"];
/// Words that set products against each other within what is said of one: then it has to be so of each.
const AGAINST: [&str; 8] = ["unlike", "than", "kuliko", "compared", "versus", "vs", "instead", "badala"];
/// Words that name the product of an amount before it.
const OF: [&str; 3] = ["for", "kwa", "ya"];
/// How far from a product its colour stands: "gauni la bluu", "dress ya blue".
const NEAR: usize = 2;

/// Products that are named together, and where.
struct Group {
    goods: Vec<usize>,
    from: usize,
    to: usize,
}

/// The products of a sentence.
pub(super) struct Meant {
    groups: Vec<Group>,
    /// The words `from..to` of each name.
    pub(super) names: Vec<(usize, usize)>,
    /// What the sentence is about where it names none.
    before: Option<Vec<usize>>,
    against: bool,
}

impl Meant {
    /// `before` is the product that was spoken of last.
    pub(super) fn of(facts: &Facts<'_>, text: &Text<'_>, span: Span, before: Option<usize>) -> Self {
        let named = named(facts, text, span, before);
        let names = named.iter().map(|group| (group.from, group.to)).collect();
        let mut groups: Vec<Group> = Vec::new();
        for group in if named.is_empty() { coloured(facts, text, span) } else { named } {
            match groups.last_mut().filter(|last| are_joined(text, last.to, group.from)) {
                Some(last) => (last.goods.extend(group.goods), last.to = group.to).1,
                None => groups.push(group),
            }
        }
        let only = (facts.goods.len() == 1).then_some(0);
        let against = text.words[span.from..span.to]
            .iter()
            .any(|word| AGAINST.contains(&&*word.text) || word.text == "like" && word.gap == Gap::Mark);
        Self { groups, names, before: before.or(only).map(|good| vec![good]), against }
    }

    /// Whether the sentence names a product.
    pub(super) const fn is_named(&self) -> bool {
        !self.groups.is_empty()
    }

    /// How many products the sentence names.
    pub(super) fn count(&self) -> i64 {
        let mut goods: Vec<usize> = self.groups.iter().flat_map(|group| group.goods.iter().copied()).collect();
        goods.sort_unstable();
        goods.dedup();
        i64::try_from(goods.len()).unwrap_or_default()
    }

    /// The one product that was named last.
    pub(super) fn last(&self) -> Option<usize> {
        match self.groups.last()?.goods[..] {
            [good] => Some(good),
            _ => None,
        }
    }

    /// What a word is said of: the products named last before it, else those named first behind it, else the one that was
    /// spoken of before.
    pub(super) fn at(&self, at: usize) -> Option<Vec<usize>> {
        if self.against && self.is_named() {
            return Some(self.groups.iter().flat_map(|group| group.goods.iter().copied()).collect());
        }
        let last = self.groups.iter().rfind(|group| group.from <= at).or(self.groups.first());
        last.map(|group| group.goods.clone()).or_else(|| self.before.clone())
    }

    /// What an amount is said of: "KES 900 for the scarf" names it behind.
    pub(super) fn of_figure(&self, text: &Text<'_>, figure: &Figure) -> Option<Vec<usize>> {
        let behind = OF.contains(&text.word(figure.to));
        let next = |group: &&Group| (figure.to + 1..figure.to + 1 + NEAR).contains(&group.from);
        let next = self.groups.iter().find(|group| behind && !self.against && next(group));
        next.map(|group| group.goods.clone()).or_else(|| self.at(figure.from))
    }
}

/// The products that are named, each where. A kind that fits several means the one with the colour beside it, else the one
/// that was named before.
fn named(facts: &Facts<'_>, text: &Text<'_>, span: Span, before: Option<usize>) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    for mention in mentions(facts, text, span.from, span.to) {
        let mut goods = mention.goods;
        if goods.len() > 1 {
            let around = mention.from.saturating_sub(NEAR).max(span.from)..(mention.to + NEAR).min(span.to);
            let colours = around.filter_map(|at| colour_named(text.word(at)));
            let colour = colours.into_iter().next();
            let fitting: Vec<usize> =
                goods.iter().copied().filter(|good| colour.is_some_and(|colour| has(facts, *good, colour))).collect();
            let same = |own: &[usize]| own.iter().all(|good| goods.contains(good));
            if !fitting.is_empty() {
                goods = fitting;
            } else if found.iter().any(|group| same(&group.goods)) {
                continue;
            } else if let Some(before) = before.filter(|before| found.is_empty() && same(&[*before])) {
                goods = vec![before];
            }
        }
        found.push(Group { goods, from: mention.from, to: mention.to });
    }
    found
}

/// "The blue one": products by their colours alone.
fn coloured(facts: &Facts<'_>, text: &Text<'_>, span: Span) -> Vec<Group> {
    let group = |at: usize| {
        let colour = colour_named(text.word(at))?;
        let goods: Vec<usize> = (0..facts.goods.len()).filter(|good| has(facts, *good, colour)).collect();
        (!goods.is_empty()).then_some(Group { goods, from: at, to: at + 1 })
    };
    (span.from..span.to).filter_map(group).collect()
}

fn has(facts: &Facts<'_>, good: usize, colour: duka_kernel::Colour) -> bool {
    facts.goods[good].has_colour(colour)
}

fn are_joined(text: &Text<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|at| JOINING.contains(&text.word(at)))
}
