//! From what was found in each way to one answer.

use duka_kernel::{Money, ProductId};

use super::{
    CatalogueIndex, Dropped, Fit, Hit, PriceRange, SearchQuery,
    embed::{DIMENSIONS, cosine},
    filter::{Match, PRICE, Wanted, dropped, severity},
    fusion::add_ranking,
    lexicon::{KindId, Lexicon},
    reading::Reading,
};
use crate::{Product, Stock};

/// Below this cosine two texts have nothing to do with each other.
const SOME_LIKENESS: f32 = 0.15;
/// From this cosine on a product answers a wish by its meaning alone.
const LIKENESS: f32 = 0.35;
/// And it has to come this near to the best one.
const SHARE_OF_BEST: f32 = 0.5;
/// What resembling earlier purchases adds at most: some places, not all.
const PREFERENCE: f32 = 0.004;
/// How much a low price counts where one is asked for: more than words and meaning together.
const CHEAPNESS: f32 = 4.0;

/// How every product fares by words and by meaning.
struct Found {
    words: Vec<f32>,
    /// How many of the query's words it certainly has.
    covered: Vec<u8>,
    meaning: Vec<f32>,
    /// Known by a name in the query.
    branded: Vec<bool>,
}

/// A product that may be a hit.
struct Candidate {
    at: usize,
    found: Match,
    score: f32,
}

/// See [`CatalogueIndex::search`].
pub(super) fn search(index: &CatalogueIndex, query: &SearchQuery, stock: &Stock) -> Vec<Hit> {
    if query.limit == 0 {
        return Vec::new();
    }
    let search = Search::new(index, query, Some(stock));
    let mut hits = search.named_by_code();
    let pinned = hits.len();
    let rest = search.best();
    // Beside a product asked for by its code, others only belong if they meet everything.
    if pinned == 0 || rest.iter().all(|hit| hit.fit == Fit::Exact) {
        let new: Vec<Hit> = rest.into_iter().filter(|hit| hits.iter().all(|h| h.product != hit.product)).collect();
        hits.extend(new);
    }
    hits.truncate(query.limit);
    search.prefer(&mut hits, pinned);
    hits
}

/// See [`CatalogueIndex::price_range`].
pub(super) fn price_range(index: &CatalogueIndex, query: &SearchQuery) -> Option<PriceRange> {
    let query = SearchQuery { exclude: Vec::new(), like: None, include_sold_out: true, ..query.clone() };
    let search = Search::new(index, &query, None);
    if search.kind_missing {
        return None;
    }
    let prices: Vec<[Money; 2]> = search
        .pool
        .iter()
        .filter_map(|at| search.wanted.prices(*at, &index.products[*at], &index.facets[*at]))
        .collect();
    let min = prices.iter().map(|[min, _]| *min).min_by_key(|price| price.minor)?;
    let max = prices.iter().map(|[_, max]| *max).max_by_key(|price| price.minor)?;
    Some(PriceRange { min, max, count: prices.len() })
}

struct Search<'a> {
    index: &'a CatalogueIndex,
    query: &'a SearchQuery,
    /// `None`: everything counts as in stock.
    stock: Option<&'a Stock>,
    wanted: Wanted<'a>,
    reading: Reading,
    found: Found,
    /// Products of the kind or meaning asked for.
    pool: Vec<usize>,
    /// The shop has nothing of the kind; the pool is the nearest to it.
    kind_missing: bool,
}

impl<'a> Search<'a> {
    fn new(index: &'a CatalogueIndex, query: &'a SearchQuery, stock: Option<&'a Stock>) -> Self {
        let wanted = Wanted::new(query, &index.text);
        let reading = Reading::new(query, &wanted, &index.text);
        let found = Found::of(index, query, &reading);
        let stock = stock.filter(|_| !query.include_sold_out);
        let mut search = Self { index, query, stock, wanted, reading, found, pool: Vec::new(), kind_missing: false };
        search.pool = search.subject();
        let like = query.like.and_then(|id| index.place_of(id));
        search.pool.retain(|at| Some(*at) != like && !query.exclude.contains(&index.products[*at].id));
        search
    }

    /// What the query is about: the kind named, or spoken of, or else what its words and meaning find.
    fn subject(&mut self) -> Vec<usize> {
        let like = self.query.like.and_then(|id| self.index.place_of(id));
        let heard = !self.wanted.names_kind && like.is_none() && self.hears_kinds();
        if self.wanted.names_kind || heard {
            let pool = self.of_kind();
            if pool.iter().any(|at| self.in_stock(*at)) {
                return if heard { self.narrowed(pool) } else { pool };
            }
            self.kind_missing = true;
            return self.nearest_kind();
        }
        let all = 0..self.index.products.len();
        if let Some(like) = like {
            let same_kind = |at: &usize| self.index.facets[*at].shares_kind(&self.index.facets[like]);
            let others: Vec<usize> = all.filter(|at| *at != like && same_kind(at)).collect();
            return if others.iter().any(|at| self.in_stock(*at)) { others } else { self.about(&self.found.meaning) };
        }
        if self.wanted.wants_occasion() || !self.reading.says_something {
            return all.collect();
        }
        let pool = self.about(&self.found.meaning);
        // Unknown words may be chatter around what is named; known ones are a wish the shop cannot meet.
        let chatter = !self.reading.says_something_known && self.wanted.names_more();
        if pool.is_empty() && (chatter || self.wanted.names_look()) {
            self.kind_missing = !chatter;
            return all.collect();
        }
        pool
    }

    /// Of a wide group heard in the text ("gym clothes"), what the other words are about.
    fn narrowed(&self, pool: Vec<usize>) -> Vec<usize> {
        let is_wide = self.wanted.kinds().iter().all(|kind| Lexicon::get().kind(*kind).group);
        if !is_wide || !self.reading.says_something || self.wanted.wants_occasion() {
            return pool;
        }
        let about = self.about(&self.found.meaning);
        let both: Vec<usize> = pool.iter().copied().filter(|at| about.binary_search(at).is_ok()).collect();
        // Unknown words may be chatter; a known wish that nothing meets is better not answered with anything.
        if both.is_empty() && !self.reading.says_something_known { pool } else { both }
    }

    /// Takes the kinds the text speaks of as named, where the customer's message was not read further.
    fn hears_kinds(&mut self) -> bool {
        if self.reading.kinds.is_empty() {
            return false;
        }
        self.wanted.name_kinds(std::mem::take(&mut self.reading.kinds));
        self.reading = Reading::new(self.query, &self.wanted, &self.index.text);
        self.found = Found::of(self.index, self.query, &self.reading);
        true
    }

    fn of_kind(&self) -> Vec<usize> {
        (0..self.index.products.len()).filter(|at| self.wanted.is_kind(*at, &self.index.facets[*at])).collect()
    }

    /// Products that have the query's words or meaning.
    fn about(&self, meaning: &[f32]) -> Vec<usize> {
        let others = |at: &usize| self.query.like != Some(self.index.products[*at].id);
        let best = (0..meaning.len()).filter(others).map(|at| meaning[at]).fold(0.0, f32::max);
        let near = LIKENESS.max(SHARE_OF_BEST * best);
        (0..meaning.len()).filter(|at| self.found.words[*at] > 0.0 || meaning[*at] >= near).collect()
    }

    /// Products for somebody whose kind the shop does not have: of a like kind, of the same wider kind, or
    /// of a near meaning.
    fn nearest_kind(&self) -> Vec<usize> {
        let lexicon = Lexicon::get();
        for kind in self.wanted.kinds() {
            let like = lexicon.kind(*kind).like.iter().copied();
            let wider = lexicon.lineage(*kind).skip(1).filter(|kind| !lexicon.kind(*kind).group);
            // A wide group without a wider one (accessories) holds things too different to offer for each other.
            let is_close = |kind: &KindId| lexicon.kind(*kind).group && lexicon.kind(*kind).parent.is_some();
            let groups = lexicon.lineage(*kind).skip(1).filter(is_close).take(1);
            for other in like.chain(wider).chain(groups) {
                let pool: Vec<usize> =
                    (0..self.index.products.len()).filter(|at| self.index.facets[*at].is_a(other)).collect();
                if pool.iter().any(|at| self.in_stock(*at)) {
                    return pool;
                }
            }
        }
        let meaning: Vec<f32> =
            self.index.vectors.iter().map(|vector| cosine(vector, &self.reading.whole_meaning)).collect();
        self.about(&meaning)
    }

    fn in_stock(&self, at: usize) -> bool {
        self.stock.is_none_or(|stock| stock.has(&self.index.products[at]))
    }

    /// How a product meets the query with what is in stock.
    fn matches(&self, at: usize) -> Option<Match> {
        let available = |variant| self.stock.is_none_or(|stock| stock.available(variant) > 0);
        self.wanted.matches(at, &self.index.products[at], &self.index.facets[at], available)
    }

    /// Products named by their code, whatever else they miss.
    fn named_by_code(&self) -> Vec<Hit> {
        let bounds = [self.query.price_min, self.query.price_max];
        let named = self.index.codes.named_in(&self.query.text, bounds);
        let mut hits = Vec::new();
        for at in named {
            let product = &self.index.products[at];
            if self.query.exclude.contains(&product.id) || self.query.like == Some(product.id) {
                continue;
            }
            let Some(found) = self.matches(at) else { continue };
            let other_kind = self.wanted.names_kind && !self.wanted.is_kind(at, &self.index.facets[at]);
            let score = 3.0 - hits.len() as f32 * 0.01;
            hits.push(Hit { product: product.id, score, fit: fit(&found, other_kind) });
        }
        hits
    }

    /// The best of the pool: what meets everything, else what misses least.
    fn best(&self) -> Vec<Hit> {
        let index = self.index;
        // Stock is looked up only for what would be shown: most of a search's time otherwise.
        let whole = self.pool.iter().filter_map(|at| {
            let found = self.wanted.matches(*at, &index.products[*at], &index.facets[*at], |_| true)?;
            (found.misses == 0).then_some(Candidate { at: *at, found, score: 0.0 })
        });
        let whole = self.ranked(whole.collect());
        let hits: Vec<Hit> = whole
            .iter()
            .filter(|candidate| self.matches(candidate.at).is_some_and(|found| found.misses == 0))
            .take(self.query.limit)
            .map(|candidate| self.hit(candidate))
            .collect();
        if !hits.is_empty() {
            return hits;
        }
        let mut candidates: Vec<Candidate> = self
            .pool
            .iter()
            .filter_map(|at| self.matches(*at).map(|found| Candidate { at: *at, found, score: 0.0 }))
            .collect();
        let Some(least) = candidates.iter().map(|c| severity(c.found.misses)).min() else { return Vec::new() };
        candidates.retain(|candidate| severity(candidate.found.misses) == least);
        self.ranked(candidates).iter().take(self.query.limit).map(|candidate| self.hit(candidate)).collect()
    }

    fn hit(&self, candidate: &Candidate) -> Hit {
        Hit {
            product: self.index.products[candidate.at].id,
            score: candidate.score,
            fit: fit(&candidate.found, self.kind_missing),
        }
    }

    /// Candidates with scores, best first; equal ones in the order of the catalogue.
    fn ranked(&self, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
        let of = |values: &[f32]| -> Vec<f32> { candidates.iter().map(|c| values[c.at]).collect() };
        let mut fused = vec![0.0; candidates.len()];
        add_ranking(&mut fused, &of(&self.found.words), 0.0, 1.0);
        add_ranking(&mut fused, &of(&self.found.meaning), SOME_LIKENESS, 1.0);
        if self.wanted.names_kind || self.wanted.names_more() {
            let square: Vec<f32> = candidates.iter().map(|c| c.found.square).collect();
            add_ranking(&mut fused, &square, -1.0, 1.0);
        }
        if self.reading.wants_cheap || self.query.cheapest_first {
            let cheapness: Vec<f32> = candidates.iter().map(|c| -(c.found.price.minor as f32)).collect();
            add_ranking(&mut fused, &cheapness, f32::NEG_INFINITY, CHEAPNESS);
        }
        for (candidate, fused) in candidates.iter_mut().zip(fused) {
            candidate.score = self.score(candidate, fused);
        }
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
        self.take_turns(&mut candidates);
        candidates
    }

    /// Where several kinds are named, lets them take turns, so that one does not hide the others.
    fn take_turns(&self, candidates: &mut Vec<Candidate>) {
        let kinds = self.wanted.kinds();
        if kinds.len() < 2 || self.kind_missing {
            return;
        }
        let scores: Vec<f32> = candidates.iter().map(|c| c.score).collect();
        let mut taken = vec![0; kinds.len() + 1];
        let mut turns: Vec<(usize, Candidate)> = Vec::with_capacity(candidates.len());
        for candidate in candidates.drain(..) {
            let facets = &self.index.facets[candidate.at];
            let kind = kinds.iter().position(|kind| facets.is_a(*kind)).unwrap_or(kinds.len());
            turns.push((taken[kind], candidate));
            taken[kind] += 1;
        }
        turns.sort_by_key(|(turn, _)| *turn);
        candidates
            .extend(turns.into_iter().zip(scores).map(|((_, candidate), score)| Candidate { score, ..candidate }));
    }

    /// Fused rank, behind what counts more: the brand named, nearness to a budget, nearness in what is missed.
    fn score(&self, candidate: &Candidate, fused: f32) -> f32 {
        let Candidate { at, found, .. } = candidate;
        let brand = if self.found.branded[*at] { 1.0 } else { 0.0 };
        if found.misses & PRICE != 0 {
            return brand + 0.9 * found.nearness + 0.01 * fused;
        }
        let spend = self.query.price_max.filter(|_| self.reading.has_budget && found.misses == 0);
        let nearness = match spend {
            // Of what answers the wish equally well, the nearest to the budget.
            Some(budget) => {
                let share = found.price.minor as f32 / budget.minor.max(1) as f32;
                0.1 * f32::from(self.found.covered[*at].min(5)) + 0.09 * share.clamp(0.0, 1.0) + 0.001 * fused
            }
            None => 0.05 * found.nearness + fused,
        };
        brand + nearness
    }

    /// Moves what resembles earlier purchases up a little among the hits after the first `pinned`.
    fn prefer(&self, hits: &mut [Hit], pinned: usize) {
        let bought: Vec<&Product> = self.query.preferred.iter().filter_map(|id| self.index.by_id(*id)).collect();
        let q = self.query;
        let no_taste = bought.is_empty() && q.liked_colours.is_empty() && q.own_sizes.is_empty();
        if no_taste || q.cheapest_first || self.reading.wants_cheap || hits.len() <= pinned {
            return;
        }
        for hit in &mut hits[pinned..] {
            hit.score += PREFERENCE * self.affinity(hit.product, &bought);
        }
        hits[pinned..].sort_by(|a, b| b.score.total_cmp(&a.score));
    }

    /// How much a product is to the customer's taste, 0 to 1: how much it resembles the most similar of those bought in
    /// kind, colour and style, whether they like its colour, and whether it is there in their size.
    fn affinity(&self, product: ProductId, bought: &[&Product]) -> f32 {
        let Some(product) = self.index.by_id(product) else { return 0.0 };
        let resembles = |other: &&Product| {
            let kind = if product.category == other.category { 0.4 } else { 0.0 };
            let colour = if product.colours.iter().any(|c| other.colours.contains(c)) { 0.3 } else { 0.0 };
            let style = if product.tags.iter().any(|t| other.tags.contains(t)) { 0.3 } else { 0.0 };
            kind + colour + style
        };
        let liked = product.colours.iter().any(|colour| self.query.liked_colours.contains(colour));
        let can_be_had = |id| self.stock.is_none_or(|stock| stock.available(id) > 0);
        let fits = product.variants.iter().any(|v| self.query.own_sizes.contains(&v.size) && can_be_had(v.id));
        let taste = if liked { 0.4 } else { 0.0 } + if fits { 0.3 } else { 0.0 };
        (bought.iter().map(resembles).fold(0.0, f32::max) + taste).min(1.0)
    }
}

fn fit(found: &Match, other_kind: bool) -> Fit {
    let mut drops = dropped(found.misses);
    if other_kind && !drops.contains(&Dropped::Type) {
        drops.push(Dropped::Type);
    }
    if drops.is_empty() { Fit::Exact } else { Fit::Relaxed(drops) }
}

impl Found {
    /// Scores every product by words and by meaning.
    fn of(index: &CatalogueIndex, query: &SearchQuery, reading: &Reading) -> Self {
        let (words, covered) = index.text.score(&reading.sought);
        let model = query.like.and_then(|id| index.place_of(id)).map(|at| &index.vectors[at]);
        let target: Option<[f32; DIMENSIONS]> = match (model, reading.meaning.iter().any(|x| *x != 0.0)) {
            // "Like this one, but for church": mostly like this one.
            (Some(model), true) => Some(std::array::from_fn(|at| 0.8 * model[at] + 0.4 * reading.meaning[at])),
            (Some(model), false) => Some(*model),
            (None, true) => Some(reading.meaning),
            (None, false) => None,
        };
        let meaning = match target {
            Some(target) => index.vectors.iter().map(|vector| cosine(vector, &target)).collect(),
            None => vec![0.0; index.products.len()],
        };
        let mut branded = vec![false; index.products.len()];
        for name in &reading.names {
            index.of_brand(name).for_each(|at| branded[at] = true);
        }
        Self { words, covered, meaning, branded }
    }
}
