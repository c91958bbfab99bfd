//! Questions with their answers: in text as `Q: … A: …` or as a question on a line of its own, and as JSON.

use serde_json::Value;

use crate::{
    Note, Passage, Place, passages,
    text::{clean, flat},
};

/// Longer than this, a line that ends with a question mark is prose.
const LONGEST_QUESTION: usize = 160;
/// So many lines that are no question are named.
const NAMED: usize = 20;

const ASKS: [&str; 5] = ["q", "question", "swali", "maswali", "faq"];
const ANSWERS: [&str; 4] = ["a", "answer", "jibu", "majibu"];

/// A part of a text.
pub(crate) struct Block {
    /// The question it answers.
    pub question: Option<String>,
    /// Its words.
    pub text: String,
}

/// Tells questions with their answers from the rest of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let marked = lines.iter().any(|line| marked(line, &ASKS).is_some())
        && lines.iter().any(|line| marked(line, &ANSWERS).is_some());
    let mut blocks = vec![Block { question: None, text: String::new() }];
    let mut asking = false;
    for line in lines {
        let (asked, answered) = if marked { (marked_question(line), marked_answer(line)) } else { (bare(line), None) };
        let open = blocks.last_mut().expect("there is always one");
        match (asked, answered) {
            (Some(question), _) => {
                blocks.push(Block { question: Some(question.to_owned()), text: String::new() });
                asking = marked;
            }
            (None, Some(answer)) => {
                asking = false;
                push_line(&mut open.text, answer);
            }
            // A question that goes on in the next line.
            (None, None) if asking && !line.trim().is_empty() => {
                if let Some(question) = &mut open.question {
                    question.push(' ');
                    question.push_str(line.trim());
                }
            }
            (None, None) => push_line(&mut open.text, line),
        }
    }
    // A question that nothing answers is only text.
    for block in &mut blocks {
        if block.text.trim().is_empty() {
            block.text = block.question.take().unwrap_or_default();
        }
    }
    blocks.retain(|block| !block.text.trim().is_empty());
    blocks
}

fn push_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

fn marked_question(line: &str) -> Option<&str> {
    marked(line, &ASKS).filter(|question| !question.is_empty())
}

fn marked_answer(line: &str) -> Option<&str> {
    marked(line, &ANSWERS)
}

/// What follows `Q:`, `Question 3.`, `Swali -` and the like.
fn marked<'l>(line: &'l str, marks: &[&str]) -> Option<&'l str> {
    let line = line.trim().trim_start_matches(['*', '_', '#', '-', '•']).trim_start();
    let end = line.find(|c: char| !c.is_alphabetic())?;
    let word = line[..end].to_lowercase();
    if !marks.contains(&word.as_str()) {
        return None;
    }
    let rest = line[end..].trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let rest = rest.strip_prefix([':', '.', ')', '-', '–', '—'])?;
    Some(rest.trim_start_matches(['*', '_', ':']).trim())
}

/// A line that is a question and nothing else.
fn bare(line: &str) -> Option<&str> {
    let line = line.trim().trim_start_matches(['*', '_', '-', '•', '#']).trim_end_matches(['*', '_']).trim();
    let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')')).trim_start();
    let one = line.ends_with('?') && !line[..line.len() - 1].contains(['?', '.', '!']);
    (one && line.chars().count() <= LONGEST_QUESTION && line.split_whitespace().count() > 1).then_some(line)
}

/// Whether a text in braces or brackets is JSON, one value or one a line.
pub(crate) fn is_json(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default();
    serde_json::from_str::<Value>(first).is_ok() || serde_json::from_str::<Value>(text).is_ok()
}

/// Questions and answers in JSON: a list of objects, or an object a line.
pub(crate) fn read_json(text: &str) -> (Vec<Passage>, Vec<Note>) {
    let whole = serde_json::from_str::<Value>(text).ok();
    let values: Vec<(usize, Option<Value>)> = match whole {
        Some(Value::Array(items)) => (1..).zip(items.into_iter().map(Some)).collect(),
        Some(value) => vec![(1, Some(value))],
        None => {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
            lines.map(|(at, line)| (at, serde_json::from_str(line).ok())).collect()
        }
    };
    let (mut found, mut notes) = (Vec::new(), Vec::new());
    for (at, value) in values.into_iter().take(crate::ROWS) {
        match value.as_ref().and_then(pair) {
            Some((question, answer)) => {
                let place = Place::Row { sheet: None, row: u32::try_from(at).unwrap_or(u32::MAX) };
                found.extend(passages::pieces(&answer).into_iter().map(|text| Passage {
                    place: place.clone(),
                    heading: String::new(),
                    question: Some(question.clone()),
                    text,
                }));
            }
            None if notes.len() < NAMED => notes.push(Note::Line(at)),
            None => {}
        }
    }
    (found, notes)
}

fn pair(value: &Value) -> Option<(String, String)> {
    let fields = value.as_object()?;
    let of = |names: &[&str]| {
        let named = fields.iter().find(|(name, _)| names.contains(&name.to_lowercase().as_str()));
        named.and_then(|(_, value)| value.as_str()).map(clean).filter(|text| !text.trim().is_empty())
    };
    Some((flat(&of(&ASKS)?), of(&ANSWERS)?.trim().to_owned()))
}

/// Whether a column is named as questions are, and which answers them.
pub(crate) fn columns(header: &[String]) -> Option<(usize, usize)> {
    let find = |names: &[&str]| header.iter().position(|name| names.contains(&name.trim().to_lowercase().as_str()));
    Some((find(&ASKS)?, find(&ANSWERS)?))
}
