//! What words mean in a shop: kinds of product, synonyms, occasions, concepts. Read from `crates/shop/data`.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use duka_kernel::Colour;

use super::{dictionary::Dictionary, embed::CONCEPTS, words::words};

/// The number of a kind in [`Lexicon::kinds`].
pub(super) type KindId = u8;

/// For whom a product is, as bits.
pub(super) mod audience {
    pub(in crate::search) const WOMEN: u8 = 1;
    pub(in crate::search) const MEN: u8 = 2;
    pub(in crate::search) const KIDS: u8 = 4;
}

/// A kind of product.
#[derive(Debug)]
pub(super) struct Kind {
    /// The canonical word for it.
    pub(super) key: Box<str>,
    /// What it is a kind of.
    pub(super) parent: Option<KindId>,
    /// What to offer where a shop has none, best first.
    pub(super) like: Vec<KindId>,
    /// Holds kinds together without being one.
    pub(super) group: bool,
    /// What a thing is made of, and no thing itself.
    pub(super) material: bool,
}

/// What a word or phrase says.
#[derive(Clone, Default, Debug)]
pub(super) struct Meaning {
    /// The word that stands for all its synonyms.
    pub(super) canonical: Box<str>,
    pub(super) kind: Option<KindId>,
    pub(super) colour: Option<Colour>,
    /// Bits of [`audience`].
    pub(super) audience: u8,
    /// Bits by place in the list of occasions.
    pub(super) occasions: u32,
    pub(super) concepts: Vec<(u8, f32)>,
    /// Says nothing about a product.
    pub(super) stop: bool,
}

/// All words with a meaning.
#[derive(Debug)]
pub(super) struct Lexicon {
    meanings: HashMap<Box<str>, Meaning>,
    pub(super) kinds: Vec<Kind>,
    occasions: Vec<Box<str>>,
    /// Words in the longest phrase.
    longest: usize,
    /// Single words, to correct typos to.
    pub(super) vocabulary: Dictionary,
}

/// A word or phrase of a text with what it means, if that is known.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// As written, without endings.
    pub(super) key: String,
    pub(super) meaning: Option<&'static Meaning>,
}

impl Lexicon {
    /// The lexicon, read on first use.
    pub(super) fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
        &LEXICON
    }

    /// What a word or phrase in the form of [`words`] says.
    pub(super) fn meaning(&self, key: &str) -> Option<&Meaning> {
        self.meanings.get(key)
    }

    /// The bit of an occasion by name; none for occasions the lexicon does not have.
    pub(super) fn occasion(&self, name: &str) -> u32 {
        let name = key_of(name);
        let own = self.occasions.iter().position(|known| *known == name.as_str().into());
        own.map_or_else(|| self.meaning(&name).map_or(0, |m| self.occasion_of_canonical(&m.canonical)), |at| 1 << at)
    }

    fn occasion_of_canonical(&self, canonical: &str) -> u32 {
        self.occasions.iter().position(|known| **known == *canonical).map_or(0, |at| 1 << at)
    }

    /// Whether a kind is another or a kind of it.
    pub(super) fn is_a(&self, kind: KindId, other: KindId) -> bool {
        self.lineage(kind).any(|ancestor| ancestor == other)
    }

    /// A kind, what it is a kind of, and so on.
    pub(super) fn lineage(&self, kind: KindId) -> impl Iterator<Item = KindId> {
        std::iter::successors(Some(kind), |kind| self.kinds[usize::from(*kind)].parent)
    }

    /// A kind's number and entry.
    pub(super) fn kind(&self, kind: KindId) -> &Kind {
        &self.kinds[usize::from(kind)]
    }

    /// Words as terms: the longest phrases that mean something, else single words.
    pub(super) fn terms(&'static self, words: &[String]) -> Vec<Term> {
        let mut terms = Vec::with_capacity(words.len());
        let mut rest = words;
        let mut phrase = String::new();
        while !rest.is_empty() {
            let found = (1..=self.longest.min(rest.len())).rev().find_map(|count| {
                phrase.clear();
                for (at, word) in rest[..count].iter().enumerate() {
                    if at > 0 {
                        phrase.push(' ');
                    }
                    phrase.push_str(word);
                }
                self.meanings.get(phrase.as_str()).map(|meaning| (count, meaning))
            });
            let (count, meaning) = found.map_or((1, None), |(count, meaning)| (count, Some(meaning)));
            terms.push(Term { key: rest[..count].join(" "), meaning });
            rest = &rest[count..];
        }
        terms
    }

    fn read() -> Self {
        let mut reader = Reader::default();
        reader.kinds(include_str!("../../data/types.tsv"));
        reader.synonyms(include_str!("../../data/synonyms.tsv"));
        reader.concepts(include_str!("../../data/concepts.tsv"));
        reader.occasions(include_str!("../../data/occasions.tsv"));
        reader.stop_words(include_str!("../../data/stopwords.txt"));
        reader.finish()
    }
}

/// A name or phrase in the form words are compared in.
pub(super) fn key_of(text: &str) -> String {
    words(&text.replace('_', " ")).join(" ")
}

/// Puts the lexicon together from its files, which are part of the program: a fault in them fails the tests.
#[derive(Default)]
struct Reader {
    meanings: HashMap<Box<str>, Meaning>,
    kinds: Vec<Kind>,
    kind_names: Vec<String>,
    concepts: HashMap<String, Vec<(u8, f32)>>,
    concept_names: Vec<String>,
    occasions: Vec<Box<str>>,
    occasions_of: HashMap<String, u32>,
}

fn lines(file: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(|line| {
        let mut fields = line.split('\t');
        (fields.next().unwrap_or_default(), fields.collect())
    })
}

impl Reader {
    /// The word's entry, made if there is none.
    fn entry(&mut self, key: &str) -> &mut Meaning {
        self.meanings.entry(key.into()).or_insert_with(|| Meaning { canonical: key.into(), ..Meaning::default() })
    }

    fn kind_id(&self, name: &str) -> KindId {
        let at = self.kind_names.iter().position(|known| *known == name).expect("types.tsv names every kind it uses");
        KindId::try_from(at).expect("types.tsv has at most 256 kinds")
    }

    fn kinds(&mut self, file: &str) {
        self.kind_names = lines(file).map(|(name, _)| name.trim_start_matches(['+', '*']).to_owned()).collect();
        for (at, (name, fields)) in lines(file).enumerate() {
            let field = |n: usize| fields.get(n).copied().unwrap_or_default().split(',').map(str::trim);
            let ids = |n: usize| field(n).map(|f| f.trim_start_matches('+')).filter(|f| !f.is_empty());
            let canonical = key_of(&self.kind_names[at]);
            let kind = Kind {
                key: canonical.as_str().into(),
                parent: ids(0).next().map(|parent| self.kind_id(parent)),
                like: ids(1).map(|like| self.kind_id(like)).collect(),
                group: name.starts_with('+'),
                material: name.starts_with('*'),
            };
            self.kinds.push(kind);
            let id = KindId::try_from(at).expect("types.tsv has at most 256 kinds");
            let spoken: Vec<String> =
                field(2).map(key_of).filter(|key| !key.is_empty()).chain([canonical.clone()]).collect();
            for key in spoken {
                let entry = self.entry(&key);
                if entry.kind.is_none() {
                    entry.kind = Some(id);
                    entry.canonical = canonical.as_str().into();
                }
            }
        }
    }

    fn synonyms(&mut self, file: &str) {
        for (head, fields) in lines(file) {
            let head = key_of(head);
            self.entry(&head);
            for word in fields.iter().flat_map(|f| f.split(',')).map(key_of).filter(|word| !word.is_empty()) {
                let entry = self.entry(&word);
                if *entry.canonical == *word && entry.kind.is_none() {
                    entry.canonical = head.as_str().into();
                }
            }
        }
    }

    fn concepts(&mut self, file: &str) {
        for (phrase, fields) in lines(file) {
            let key = key_of(phrase);
            self.entry(&key);
            let weights = fields.iter().flat_map(|f| f.split_whitespace()).map(|concept| {
                let (name, weight) = concept.split_once(':').unwrap_or((concept, "1"));
                let at = self.concept_names.iter().position(|known| known == name).unwrap_or_else(|| {
                    self.concept_names.push(name.to_owned());
                    self.concept_names.len() - 1
                });
                assert!(at < CONCEPTS, "concepts.tsv has more than {CONCEPTS} concepts: {name}");
                (u8::try_from(at).expect("checked above"), weight.parse().expect("a weight is a number"))
            });
            let weights = weights.collect();
            self.concepts.insert(key, weights);
        }
    }

    fn occasions(&mut self, file: &str) {
        for (at, (occasion, fields)) in lines(file).enumerate() {
            assert!(at < 32, "occasions.tsv has more than 32 occasions");
            let occasion = key_of(occasion);
            for word in fields.iter().flat_map(|f| f.split(',')).map(key_of).filter(|word| !word.is_empty()) {
                self.entry(&word);
                *self.occasions_of.entry(word).or_default() |= 1 << at;
            }
            self.entry(&occasion);
            *self.occasions_of.entry(occasion.clone()).or_default() |= 1 << at;
            self.occasions.push(occasion.into());
        }
    }

    fn stop_words(&mut self, file: &str) {
        for word in lines(file).flat_map(|(line, _)| line.split_whitespace()) {
            // Not shortened: "is" and "this" are whole words. Both forms stop.
            self.entry(&word.to_lowercase()).stop = true;
            self.entry(&key_of(word)).stop = true;
        }
    }

    fn finish(mut self) -> Lexicon {
        const AUDIENCES: [(&str, u8); 4] = [
            ("women", audience::WOMEN),
            ("men", audience::MEN),
            ("kid", audience::KIDS),
            ("unisex", audience::WOMEN | audience::MEN),
        ];
        for colour in Colour::ALL {
            self.entry(colour.name());
        }
        for (key, meaning) in &mut self.meanings {
            let canonical = &*meaning.canonical;
            meaning.colour = Colour::ALL.iter().copied().find(|colour| colour.name() == canonical);
            meaning.audience = AUDIENCES.iter().find(|(name, _)| *name == canonical).map_or(0, |(_, bits)| *bits);
            let occasions = |word: &str| self.occasions_of.get(word).copied().unwrap_or_default();
            meaning.occasions = occasions(key) | occasions(canonical);
            if let Some(kind) = meaning.kind {
                let ancestors =
                    std::iter::successors(Some(kind), |kind| self.kinds[usize::from(*kind)].parent).map(usize::from);
                for at in ancestors {
                    meaning.occasions |= occasions(&key_of(&self.kind_names[at]));
                }
            }
            let own = self.concepts.get(&**key).or_else(|| self.concepts.get(canonical));
            meaning.concepts = own.cloned().unwrap_or_default();
            let parent = meaning.kind.and_then(|kind| self.kinds[usize::from(kind)].parent);
            let inherited = parent.and_then(|parent| self.concepts.get(&key_of(&self.kind_names[usize::from(parent)])));
            let weaker = if meaning.concepts.is_empty() { 0.9 } else { 0.4 };
            for (concept, weight) in inherited.into_iter().flatten() {
                meaning.concepts.push((*concept, weight * weaker));
            }
        }
        let longest = self.meanings.keys().map(|key| key.split(' ').count()).max().unwrap_or(1);
        let single: BTreeSet<String> =
            self.meanings.keys().filter(|key| !key.contains(' ')).map(|key| key.to_string()).collect();
        Lexicon {
            meanings: self.meanings,
            kinds: self.kinds,
            occasions: self.occasions,
            longest,
            vocabulary: Dictionary::new(&single),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(word: &str) -> &'static str {
        Lexicon::get().meaning(&key_of(word)).map_or("", |meaning| &meaning.canonical)
    }

    #[test]
    fn swahili_and_sheng_words_mean_their_english_ones() {
        for (word, english) in [
            ("gauni", "dress"),
            ("magauni", "dress"),
            ("viatu", "shoe"),
            ("ndula", "shoe"),
            ("kofia", "hat"),
            ("suruali", "trouser"),
            ("mkoba", "bag"),
            ("harusi", "wedding"),
            ("sherehe", "party"),
            ("baridi", "cold weather"),
            ("nyekundu", "red"),
            ("t-shirts", "tshirt"),
            ("ankara", "kitenge"),
        ] {
            assert_eq!(canonical(word), english, "{word}");
        }
    }

    #[test]
    fn kinds_hold_their_own_and_no_others() {
        let lexicon = Lexicon::get();
        let kind = |word: &str| lexicon.meaning(&key_of(word)).and_then(|m| m.kind).expect(word);
        for (word, wider) in
            [("heels", "shoes"), ("flip flops", "shoes"), ("crop top", "top"), ("dera", "dress"), ("polo", "shirt")]
        {
            assert!(lexicon.is_a(kind(word), kind(wider)), "{word} is a kind of {wider}");
        }
        for (word, other) in [("jeans", "trousers"), ("shoes", "heels"), ("t-shirt", "shirt"), ("shirt", "top")] {
            assert!(!lexicon.is_a(kind(word), kind(other)), "{word} is no kind of {other}");
        }
    }

    #[test]
    fn phrases_are_read_as_one() {
        let words = words("something for a garden party in a T-shirt");
        let terms = Lexicon::get().terms(&words);
        let keys: Vec<&str> = terms.iter().map(|term| term.key.as_str()).collect();
        assert_eq!(keys, ["something", "for", "a", "garden party", "in", "a", "t shirt"]);
    }
}
