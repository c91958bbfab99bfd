//! Messages written from templates. See `data/README.md` for the notation.

use std::{collections::BTreeMap, error::Error, fs, path::Path};

use duka_kernel::Language;
use duka_perception::{Awaiting, Context, Intent, Shown, learning};

use crate::random::Random;

/// One message with its labels.
pub struct Sample {
    pub intent: Intent,
    /// The main language, if the words show it.
    pub language: Option<Language>,
    pub features: Vec<u32>,
    /// How much it counts.
    pub weight: f32,
    /// From a template that training does not see.
    pub held_out: bool,
}

struct Template {
    intent: Intent,
    language: Language,
    text: String,
    contexts: Vec<String>,
    /// The contexts are part of the meaning: no other is tried.
    pinned: bool,
}

/// The templates and the lists their slots draw from.
pub struct Grammar {
    templates: Vec<Template>,
    lists: BTreeMap<String, Vec<String>>,
}

impl Grammar {
    /// Reads every file of a folder: `lists.tsv` and the templates in `*.txt`.
    pub fn load(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let lists = fs::read_to_string(folder.join("lists.tsv"))?
            .lines()
            .filter_map(|l| l.split_once('\t'))
            .map(|(k, v)| (k.to_owned(), v.split('|').map(str::to_owned).collect()))
            .collect();
        let mut paths: Vec<_> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
        paths.retain(|p| p.extension().is_some_and(|x| x == "txt"));
        paths.sort();
        let mut templates = Vec::new();
        for path in paths {
            parse(&fs::read_to_string(&path)?, &mut templates).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        Ok(Self { templates, lists })
    }

    /// How many templates there are.
    pub fn templates(&self) -> usize {
        self.templates.len()
    }

    /// About so many messages of every intent, the same for the same seed.
    pub fn samples(&self, per_intent: usize, seed: u64) -> Vec<Sample> {
        let mut random = Random(seed);
        let mut samples = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for intent in Intent::ALL {
            let templates: Vec<&Template> = self.templates.iter().filter(|t| t.intent == *intent).collect();
            let each = per_intent.div_ceil(templates.len().max(1)).max(2);
            for template in templates {
                let held_out = learning::fingerprint([("template", template.text.as_bytes())]) % 12 == 0;
                for turn in 0..each {
                    let plain = self.expand(&template.text, template.language, &mut random);
                    let text = if turn == 0 {
                        plain
                    } else {
                        self.roughen(plain, template.intent, template.language, &mut random)
                    };
                    let context = context(template, &mut random);
                    if seen.insert((text.clone(), format!("{:?}", context.awaiting))) {
                        let features = learning::features_of(&text, &context);
                        samples.push(Sample {
                            intent: *intent,
                            language: Some(template.language),
                            features,
                            weight: 1.0,
                            held_out,
                        });
                    }
                }
            }
        }
        samples
    }

    /// Chooses among `(a|b|)` and fills `{slots}` from the list of the language, or the common one.
    fn expand(&self, text: &str, language: Language, random: &mut Random) -> String {
        let mut text = text.to_owned();
        while let Some(close) = text.find(')') {
            let Some(open) = text[..close].rfind('(') else { break };
            let choices: Vec<&str> = text[open + 1..close].split('|').collect();
            let choice = (*random.pick(&choices)).to_owned();
            text.replace_range(open..=close, &choice);
        }
        for _ in 0..20 {
            let Some(open) = text.find('{') else { break };
            let Some(close) = text[open..].find('}') else { break };
            let name = &text[open + 1..open + close];
            let list = self.lists.get(&format!("{name}.{language}")).or_else(|| self.lists.get(name));
            let value = match (name, list) {
                (_, Some(list)) => random.pick(list).clone(),
                ("phone", _) => phone(random),
                ("receipt", _) => receipt(random),
                ("orderref", _) => {
                    format!("{}{}", random.pick(&["DK-", "#", "DK-", "ORD-"]), 1000 + random.below(9000))
                }
                _ => panic!("no list {name:?} for {language} in {text:?}"),
            };
            text.replace_range(open..=open + close, &value);
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// As customers type: fillers, slips, missing or shouting capitals, short forms.
    pub fn roughen(&self, mut text: String, intent: Intent, language: Language, random: &mut Random) -> String {
        let list = |name: &str| self.lists.get(&format!("{name}.{language}")).map_or(&[][..], Vec::as_slice);
        let short =
            matches!(intent, Intent::Greeting | Intent::Thanks | Intent::Goodbye | Intent::Affirm | Intent::Deny);
        if random.percent(14) && !list("filler").is_empty() {
            text = format!("{text} {}", random.pick(list("filler")));
        } else if random.percent(10) && !short && !list("opener").is_empty() {
            text = format!("{} {text}", random.pick(list("opener")));
        }
        if random.percent(20) {
            text = slip(&text, random);
        }
        if random.percent(10) {
            text = slip(&text, random);
        }
        match random.below(20) {
            0..=9 => text = text.to_lowercase(),
            10 => text = text.to_uppercase(),
            11..=13 => {
                let mut chars = text.chars();
                text = chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect());
            }
            _ => {}
        }
        if random.percent(40) {
            text.retain(|c| !matches!(c, ',' | '?' | '!' | '\''));
        }
        if random.percent(12) {
            for (long, short) in [
                ("niko", "nko"),
                ("ngapi", "ngp"),
                ("please", "plz"),
                ("you", "u"),
                ("naomba", "nomba"),
                ("size", "sz"),
                ("nataka", "ntaka"),
                ("tafadhali", "tafadhal"),
                ("sahii", "sai"),
                ("your", "ur"),
                ("price", "prc"),
                ("delivery", "dlvry"),
                ("how much", "hw mch"),
                ("order", "oda"),
            ] {
                text = text.replace(long, short);
            }
        }
        text
    }
}

fn slip(text: &str, random: &mut Random) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < 8 {
        return text.to_owned();
    }
    let at = 1 + random.below(chars.len() - 2);
    if !chars[at].is_ascii_lowercase() || !chars[at - 1].is_ascii_lowercase() || !chars[at + 1].is_ascii_lowercase() {
        return text.to_owned();
    }
    let mut out = chars.clone();
    match random.below(4) {
        0 | 1 => {
            out.remove(at);
        }
        2 => out.swap(at, at + 1),
        _ => out.insert(at, chars[at]),
    }
    out.into_iter().collect()
}

fn phone(random: &mut Random) -> String {
    let digits = format!("{:08}", random.below(100_000_000));
    let first = random.pick(&["7", "7", "1"]);
    match random.below(4) {
        0 => format!("0{first}{} {} {}", &digits[..2], &digits[2..5], &digits[5..]),
        1 => format!("+254{first}{digits}"),
        2 => format!("254{first}{digits}"),
        _ => format!("0{first}{digits}"),
    }
}

fn receipt(random: &mut Random) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut code: Vec<u8> = (0..10)
        .map(|_| {
            if random.percent(35) {
                b'0' + u8::try_from(random.below(10)).unwrap_or(0)
            } else {
                letters[random.below(26)]
            }
        })
        .collect();
    (code[0], code[3]) = (b'U', b'4');
    String::from_utf8(code).expect("letters and digits")
}

fn parse(text: &str, templates: &mut Vec<Template>) -> Result<(), String> {
    let mut intent = None;
    let (mut contexts, mut pinned) = (vec!["none".to_owned()], false);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        if let Some(name) = line.strip_prefix("= ") {
            intent = Some(name.trim().parse::<Intent>()?);
            (contexts, pinned) = (vec!["none".to_owned()], false);
        } else if let Some(list) = line.strip_prefix('@') {
            pinned = list.starts_with('!');
            contexts = list.trim_start_matches('!').split_whitespace().map(str::to_owned).collect();
        } else {
            let (language, template) =
                line.split_once(": ").ok_or_else(|| format!("line {}: no language in {line:?}", number + 1))?;
            let intent = intent.ok_or_else(|| format!("line {}: no intent yet", number + 1))?;
            let language = language.parse().map_err(|e| format!("line {}: {e}", number + 1))?;
            for text in template.split(" ;; ") {
                templates.push(Template {
                    intent,
                    language,
                    text: text.trim().to_owned(),
                    contexts: contexts.clone(),
                    pinned,
                });
            }
        }
    }
    Ok(())
}

/// A conversation in which the message could arrive.
fn context(template: &Template, random: &mut Random) -> Context {
    if template.pinned || random.percent(70) {
        named_context(random.pick(&template.contexts).as_str())
    } else {
        any_context(random)
    }
}

/// A conversation at any point.
pub fn any_context(random: &mut Random) -> Context {
    const ANY: [&str; 10] =
        ["none", "none", "none", "none", "cart_next", "product_choice", "one", "checkout_confirm", "payment", "size"];
    named_context(*random.pick(&ANY))
}

fn named_context(name: &str) -> Context {
    let shown = |n: usize| {
        let goods = [
            ("Zuri Wrap Dress", "red", 2800),
            ("Tumaini Blue Skirt", "blue", 1900),
            ("Asha Black Hoodie", "black", 2200),
        ];
        goods
            .iter()
            .take(n)
            .zip(1..)
            .map(|((name, colour, price), n)| Shown {
                n,
                sku: String::new(),
                name: (*name).into(),
                colour: colour.parse().ok(),
                price: *price,
            })
            .collect()
    };
    let (awaiting, shown, last_bot, media) = match name {
        "cart_next" => (Awaiting::CartNext, shown(0), "Added. Anything else, or checkout?", None),
        "product_choice" => (Awaiting::ProductChoice, shown(3), "Which one do you like?", None),
        "size" => (Awaiting::Size, shown(1), "Which size?", None),
        "one" => (Awaiting::None, shown(1), "Zuri Wrap Dress, KES 2,800.", None),
        "booked" => (Awaiting::None, shown(0), "You are booked for tomorrow.", None),
        "payment" => (Awaiting::Payment, shown(0), "Enter your PIN to pay.", None),
        "checkout_confirm" => (Awaiting::CheckoutConfirm, shown(0), "Shall I go ahead?", None),
        "phone" => (Awaiting::Phone, shown(0), "Which number pays?", None),
        "address" => (Awaiting::Address, shown(0), "Where should we deliver?", None),
        "appointment_time" => (Awaiting::AppointmentTime, shown(0), "Which day and time?", None),
        "appointment_confirm" => (Awaiting::AppointmentConfirm, shown(0), "Shall I book it?", None),
        "rating" => (Awaiting::Rating, shown(0), "From 1 to 5?", None),
        "quantity" => (Awaiting::Quantity, shown(1), "How many?", None),
        "add_more_confirm" => (Awaiting::AddMoreConfirm, shown(0), "Anything else?", None),
        "marketing_consent" => (Awaiting::MarketingConsent, shown(0), "May we send you offers?", None),
        "image" => (Awaiting::None, shown(0), "", Some("image".to_owned())),
        _ => (Awaiting::None, shown(0), "", None),
    };
    Context {
        awaiting,
        shown,
        last_bot: (!last_bot.is_empty()).then(|| last_bot.to_owned()),
        media,
        ..Context::default()
    }
}
