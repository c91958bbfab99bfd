//! Builds a reply: picks the texts that suit the voice, fills in the facts, and lays out the parts.

use duka_kernel::Size;
use duka_perception::Mood;
use duka_shop::profile::{EmojiUse, Tone};

use super::{
    Voice,
    format::{self, LINE, clean, clip},
    template::{Piece, Template, book},
};
use crate::{
    dialogue::Wording,
    reply::{Choice, Part, PartKind, Reply},
    say::Card,
};

/// A text part is at most this long.
const PART: usize = 1_500;
/// WhatsApp takes 1,024 characters above buttons.
const ABOVE_BUTTONS: usize = 1_000;
/// WhatsApp's limits for the titles of buttons and of list rows, and for what stands under a row.
const BUTTON_TITLE: usize = 20;
const ROW_TITLE: usize = 24;
const ROW_TEXT: usize = 72;
/// WhatsApp's limits for how many there can be.
const BUTTONS: usize = 3;
const ROWS: usize = 10;
/// A list of lines in a text is at most this long; what does not fit is counted.
const LIST: usize = 900;

/// Which of a text's own voices is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Register {
    Warm,
    Playful,
    Formal,
    /// To the angry: no emoji, no jokes, nothing on offer.
    Sober,
}

/// Puts one reply together.
pub(super) struct Speaker<'a> {
    /// How to say it.
    pub(super) voice: Voice<'a>,
    /// Whether the last thing to say is being said: only that one may end with a next step.
    pub(super) last: bool,
    /// Whether what the cart comes to is said later in the reply.
    pub(super) sums_follow: bool,
    /// Whether lists, prices and pictures are said and sentences are not: other words stand for them.
    pub(super) facts_only: bool,
    register: Register,
    emoji_left: usize,
    exclaimed: bool,
    paragraphs: Vec<String>,
    pictures: Vec<Part>,
    options: Vec<Choice>,
    next_number: u32,
    wordings: Vec<Wording>,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(voice: Voice<'a>) -> Self {
        let personality = &voice.shop.personality;
        let register = match (voice.mood, personality.tone) {
            (Mood::Angry, _) => Register::Sober,
            (_, Tone::Formal) => Register::Formal,
            (Mood::Playful, _) | (_, Tone::Playful) => Register::Playful,
            (Mood::Neutral, Tone::Warm) => Register::Warm,
        };
        let emoji_left = match (register, personality.emoji) {
            (Register::Sober, _) | (_, EmojiUse::None) => 0,
            (_, EmojiUse::Some) => 1,
            (_, EmojiUse::Many) => 3,
        };
        Self {
            voice,
            last: true,
            sums_follow: false,
            facts_only: false,
            register,
            emoji_left,
            exclaimed: false,
            paragraphs: Vec::new(),
            pictures: Vec::new(),
            options: Vec::new(),
            next_number: 1,
            wordings: Vec::new(),
        }
    }

    /// From here on as to the angry.
    pub(super) fn calm_down(&mut self) {
        (self.register, self.emoji_left) = (Register::Sober, 0);
    }

    /// Whether the customer is angry.
    pub(super) fn is_sober(&self) -> bool {
        self.register == Register::Sober
    }

    /// A text with its facts filled in.
    pub(super) fn text(&mut self, key: &str, facts: &[(&str, &str)]) -> String {
        let Some(template) = self.pick(key) else {
            debug_assert!(false, "no text {key}");
            return String::new();
        };
        let mut out = String::new();
        for (i, piece) in template.iter().enumerate() {
            match piece {
                Piece::Words(words) => self.push_words(&mut out, words),
                Piece::Emoji(emoji) if self.emoji_left > 0 => {
                    self.emoji_left -= 1;
                    out.push_str(emoji);
                }
                Piece::Emoji(_) => {
                    out.truncate(out.trim_end().len());
                    // Between two sentences the emoji stood for the full stop.
                    if i + 1 < template.len() && out.ends_with(char::is_alphanumeric) {
                        out.push('.');
                    }
                }
                Piece::Fact(name) => {
                    let fact = facts.iter().find(|(fact, _)| fact == name);
                    debug_assert!(fact.is_some(), "{key} needs {name}");
                    out.push_str(&clean(fact.map_or("", |(_, value)| value), 2 * LINE));
                }
            }
        }
        out.trim().to_owned()
    }

    /// A text as a paragraph.
    pub(super) fn put(&mut self, key: &str, facts: &[(&str, &str)]) {
        if self.facts_only {
            return;
        }
        let text = self.text(key, facts);
        self.paragraph(text);
    }

    /// A text that ends in a question, as a paragraph. The question is left out if something else is said after
    /// it: a reply asks one thing.
    pub(super) fn put_open(&mut self, key: &str, facts: &[(&str, &str)]) {
        if self.facts_only {
            return;
        }
        let mut text = self.text(key, facts);
        if !self.last
            && text.ends_with('?')
            && let Some(end) = text.rfind(". ")
        {
            text.truncate(end + 1);
        }
        self.paragraph(text);
    }

    /// Words that no template has, as this voice would write them: emoji only where it uses them.
    pub(super) fn own_words(&mut self, words: &str) {
        let plain = self.emoji_left == 0;
        let kept: String = words.chars().filter(|c| !(plain && format::is_emoji(*c))).collect();
        self.paragraph(format::clean_text(kept.trim(), PART / 2));
    }

    /// A paragraph as it is.
    pub(super) fn paragraph(&mut self, text: String) {
        if !text.is_empty() {
            self.paragraphs.push(text);
        }
    }

    /// Lines that belong together.
    pub(super) fn lines(&mut self, lines: Vec<String>) {
        self.paragraph(lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
    }

    /// A text that introduces lines, and the lines. If there are too many, the rest is counted.
    pub(super) fn listing(&mut self, heading: String, lines: Vec<String>) {
        let mut block = if self.facts_only { Vec::new() } else { vec![with_colon(heading)] };
        block.extend(self.shortened(lines));
        self.lines(block);
    }

    /// As many of the lines as fit a message, and how many more there are.
    pub(super) fn shortened(&mut self, lines: Vec<String>) -> Vec<String> {
        let mut room = LIST;
        let fit = lines.iter().take_while(|line| {
            let length = line.chars().count() + 1;
            let fits = length <= room;
            room = room.saturating_sub(length);
            fits
        });
        let (fit, all) = (fit.count(), lines.len());
        let mut kept: Vec<String> = lines.into_iter().take(fit).collect();
        if fit < all {
            let count = (all - fit).to_string();
            kept.push(self.text("more_lines", &[("count", &count)]));
        }
        kept
    }

    /// What the customer can do next, if nothing else is said after this. Not to the angry.
    pub(super) fn next(&mut self, key: &str, facts: &[(&str, &str)]) {
        if self.last && !self.is_sober() {
            self.put(key, facts);
        }
    }

    /// What the customer has to answer, if nothing else is said after this.
    pub(super) fn ask(&mut self, key: &str, facts: &[(&str, &str)]) {
        if self.last {
            self.put(key, facts);
        }
    }

    /// The next number that a customer can answer with.
    pub(super) fn number(&mut self) -> u32 {
        let number = self.next_number;
        self.next_number += 1;
        number
    }

    /// Gives something to choose the next number.
    pub(super) fn option(&mut self, title: &str, description: Option<String>, sku: Option<&str>) -> u32 {
        let n = self.number();
        self.options.push(Choice {
            n,
            title: clean(title, LINE),
            description: description.map(|d| clip(&d, ROW_TEXT)),
            sku: sku.map(str::to_owned),
        });
        n
    }

    /// Sizes to choose from.
    pub(super) fn size_options(&mut self, sizes: &[Size]) {
        for size in sizes {
            self.option(size.as_str(), None, None);
        }
    }

    /// Products with numbers to choose by; the lines that say them.
    pub(super) fn product_options(&mut self, cards: &[Card]) -> Vec<String> {
        cards.iter().map(|card| self.product_option(card)).collect()
    }

    /// Products with numbers and pictures.
    pub(super) fn product_cards(&mut self, cards: &[Card]) -> Vec<String> {
        let mut lines = Vec::new();
        for card in cards {
            lines.push(self.product_option(card));
            let n = self.next_number - 1;
            self.picture(card, Some(n));
        }
        lines
    }

    fn product_option(&mut self, card: &Card) -> String {
        let voice = self.voice;
        let sizes = if card.sizes.is_empty() { voice.word("sold_out").to_owned() } else { voice.sizes(&card.sizes) };
        let price = voice.price(card);
        let n = self.option(&card.name, Some(format!("{price} · {sizes}")), Some(&card.sku));
        let usual = match card.usual_size.as_ref().filter(|size| !size.is_one() && card.sizes.contains(size)) {
            Some(size) => format!("; {}", self.text("your_usual", &[("size", size.as_str())])),
            None => String::new(),
        };
        let name = clean(&card.name, format::NAME);
        // One pair of brackets is enough.
        if card.was.is_some() && card.price_to.is_none() {
            return format!("{n}. {name} – {price} · {sizes}{usual}");
        }
        format!("{n}. {name} – {price} ({sizes}{usual})")
    }

    /// The picture of a product, if there is one.
    pub(super) fn picture(&mut self, card: &Card, number: Option<u32>) {
        let Some(image) = &card.image else { return };
        let number = number.map_or(String::new(), |n| format!("{n}. "));
        self.pictures.push(Part {
            kind: PartKind::Image,
            text: format!("{number}{} – {}", clean(&card.name, format::NAME), self.voice.price(card)),
            image: Some(image.clone()),
            sku: Some(card.sku.clone()),
            options: Vec::new(),
        });
    }

    /// The reply: texts, with the choice on the last of them, then pictures.
    pub(super) fn finish(self) -> Reply {
        let mut options = self.options;
        let kind = match options.len() {
            0 => PartKind::Text,
            1..=BUTTONS => PartKind::Buttons,
            _ => PartKind::List,
        };
        let title = if kind == PartKind::Buttons { BUTTON_TITLE } else { ROW_TITLE };
        options.truncate(ROWS);
        shorten_titles(&mut options, title);
        let above = if kind == PartKind::Buttons { ABOVE_BUTTONS } else { PART };
        let mut texts = fit(self.paragraphs, above);
        let last = texts.pop();
        let mut parts: Vec<Part> = texts.into_iter().map(|text| words(PartKind::Text, text, Vec::new())).collect();
        parts.extend(last.map(|text| words(kind, text, options)));
        parts.extend(self.pictures);
        Reply { parts, wordings: self.wordings }
    }

    /// One of a text's variants: by the seed, but never the one that was used last.
    fn pick(&mut self, key: &str) -> Option<&'static Template> {
        let say = &book(self.voice.language).say;
        let own = match self.register {
            Register::Warm => None,
            Register::Playful => say.get(&format!("{key}.playful")),
            Register::Formal => say.get(&format!("{key}.formal")),
            Register::Sober => say.get(&format!("{key}.angry")),
        };
        let variants = own.or_else(|| say.get(key))?;
        let count = u64::try_from(variants.len()).ok().filter(|count| *count > 0)?;
        let mut chosen = mix(self.voice.seed, key) % count;
        let name = mix(u64::from(self.voice.language as u8) << 8 | self.register as u64, key) as u32;
        if self.voice.said.iter().any(|used| used.0 == name && u64::from(used.1) == chosen) {
            chosen = (chosen + 1) % count;
        }
        let wording = Wording(name, chosen as u8);
        if count > 1 && !self.wordings.contains(&wording) {
            self.wordings.push(wording);
        }
        variants.get(usize::try_from(chosen).ok()?)
    }

    /// Only the first exclamation mark of a reply stays, and none in a formal or sober voice.
    fn push_words(&mut self, out: &mut String, words: &str) {
        for c in words.chars() {
            if c == '!' {
                let keep = !self.exclaimed && matches!(self.register, Register::Warm | Register::Playful);
                self.exclaimed = true;
                out.push(if keep { '!' } else { '.' });
            } else {
                out.push(c);
            }
        }
    }
}

/// Ends a heading that has no punctuation of its own.
pub(super) fn with_colon(heading: String) -> String {
    if heading.ends_with(char::is_alphanumeric) { heading + ":" } else { heading }
}

fn words(kind: PartKind, text: String, options: Vec<Choice>) -> Part {
    Part { kind, text, image: None, sku: None, options }
}

/// Titles of at most so many characters, all different.
fn shorten_titles(options: &mut [Choice], max: usize) {
    let short: Vec<String> = options.iter().map(|o| clip(&o.title, max)).collect();
    for (i, option) in options.iter_mut().enumerate() {
        let twice = short.iter().enumerate().any(|(j, title)| j != i && *title == short[i]);
        option.title = if twice { clip(&format!("{}. {}", option.n, option.title), max) } else { short[i].clone() };
    }
}

/// Paragraphs as few texts as they fit, the last of them at most `above` long.
fn fit(paragraphs: Vec<String>, above: usize) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let count = paragraphs.len();
    for (i, paragraph) in paragraphs.into_iter().enumerate() {
        let room = if i + 1 == count { above } else { PART };
        let paragraph = clip(&paragraph, room);
        match texts.last_mut() {
            Some(text) if text.chars().count() + 2 + paragraph.chars().count() <= room => {
                text.push_str("\n\n");
                text.push_str(&paragraph);
            }
            _ => texts.push(paragraph),
        }
    }
    texts
}

/// A number that looks random but is the same for the same seed and key (FNV-1a, then splitmix64's finish).
fn mix(seed: u64, key: &str) -> u64 {
    let hash =
        key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
    let mut z = hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
