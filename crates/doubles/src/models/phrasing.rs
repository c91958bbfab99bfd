//! A model that words replies freely: what the shop has decided to say in other words, with its amounts in other formats and
//! small talk around them. It says nothing that it was not told.

use serde_json::{Value, json};

use super::Received;

/// What it says of its own, before and after, in each language.
const SMALL_TALK: [(&str, [&str; 2], [&str; 2]); 3] = [
    (
        "en",
        ["Happy to help you with that.", "Good that you ask."],
        ["Tell me what you think.", "I'm right here if you need me."],
    ),
    (
        "sheng",
        ["Fiti sana, nimekuskia.", "Sawa buda, acha nikushow."],
        ["Nishow vile unaona.", "Niko hapa ukinihitaji."],
    ),
    ("sw", ["Asante kwa kuniuliza.", "Nimekuelewa vizuri."], ["Niambie unaonaje.", "Niko hapa ukinihitaji."]),
];

/// What it answers: an answer in the shape that a turn asks for.
#[must_use]
pub fn phrase(received: &Received) -> String {
    answer(&words(received)).to_string()
}

/// An answer with these words and nothing else.
#[must_use]
pub fn answer(words: &str) -> Value {
    json!({
        "reply_text": words, "actions": [], "intent": "repeat_unclear", "language": "en", "hand_off": false,
        "entities": {"product": null, "colour": null, "size": null},
    })
}

/// What the shop has decided to say, as the instructions hold it.
#[must_use]
pub fn decided(received: &Received) -> &str {
    let after = received.system.split_once("<decided>").map_or("", |(_, after)| after);
    after.split_once("</decided>").map_or("", |(decided, _)| decided).trim()
}

fn words(received: &Received) -> String {
    let language = SMALL_TALK.iter().find(|(code, ..)| received.system.contains(&format!("({code})")));
    let (_, before, after) = language.unwrap_or(&SMALL_TALK[0]);
    let decided = decided(received);
    let turn = decided.len() + received.messages.len();
    // Lists follow by themselves.
    let is_listed = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit() || c == '•');
    let said: Vec<&str> = decided.lines().filter(|line| !is_listed(line) && !line.is_empty()).collect();
    let said = in_other_formats(&whole_sentences(&said.join(" "), 400), turn);
    format!("{} {} {}", before[turn % 2], said.trim_end_matches(':'), after[turn / 2 % 2])
}

/// As many sentences as fit.
fn whole_sentences(text: &str, most: usize) -> String {
    let mut whole = String::new();
    for sentence in text.split_inclusive(['.', '!', '?']) {
        if whole.len() + sentence.len() > most {
            break;
        }
        whole.push_str(sentence);
    }
    whole
}

/// `KES 2,800` as people write it: `2800 bob`, `Sh 2,800`, `2.8k`.
fn in_other_formats(text: &str, seed: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut nth = seed;
    while let Some((before, after)) = rest.split_once("KES ") {
        out.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(after.len());
        let figure = after[..end].trim_end_matches(',');
        let plain = figure.replace(',', "");
        out.push_str(&match (nth % 4, plain.strip_suffix("00").and_then(|hundreds| hundreds.parse::<u64>().ok())) {
            (0, _) => format!("{plain} bob"),
            (1, _) => format!("Sh {figure}"),
            (2, Some(hundreds)) if hundreds >= 10 && hundreds % 10 > 0 => {
                format!("{}.{}k", hundreds / 10, hundreds % 10)
            }
            (2, Some(hundreds)) if hundreds >= 10 => format!("{}k", hundreds / 10),
            _ => format!("KSh {plain}/="),
        });
        rest = &after[figure.len()..];
        nth += 1;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_stay_what_they_are() {
        let text = "The dress is KES 2,800, the scarf KES 650.";
        assert_eq!(in_other_formats(text, 0), "The dress is 2800 bob, the scarf Sh 650.");
        assert_eq!(in_other_formats(text, 2), "The dress is 2.8k, the scarf KSh 650/=.");
        assert_eq!(in_other_formats("KES 3,000", 2), "3k");
    }
}
