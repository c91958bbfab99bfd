//! Reading a file of messages, so that perception can be measured on its own.

mod labelled;
mod report;

use std::{
    io::{self, BufRead, Write},
    time::Instant,
};

use serde::{Deserialize, Serialize};

pub use self::{
    labelled::{Labelled, written},
    report::{Found, Report, Share},
};
use crate::{Context, Intent, Slots, Weights, perceive, perceive_with};

/// What can go wrong with a file of messages.
#[derive(Debug)]
pub enum EvaluationError {
    /// Reading or writing failed.
    Io(io::Error),
    /// A line is not a message.
    Line {
        /// The line's number, from 1.
        number: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl std::fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(source) => write!(f, "the messages could not be read or the results not written: {source}"),
            Self::Line { number, source } => write!(
                f,
                "line {number} is not a message: {source}; write a JSON object with \"id\", \"text\" and, if there is one, \"context\""
            ),
        }
    }
}

impl std::error::Error for EvaluationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(source) => Some(source),
            Self::Line { source, .. } => Some(source),
        }
    }
}

impl From<io::Error> for EvaluationError {
    fn from(source: io::Error) -> Self {
        Self::Io(source)
    }
}

#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    context: Option<Context>,
}

#[derive(Serialize)]
struct Prediction<'a> {
    id: &'a serde_json::Value,
    intent: Intent,
    slots: &'a Slots,
    langs: &'a [duka_kernel::Language],
    confidence: f32,
}

/// Reads messages, a JSON object a line (`{"id", "text", "context"?}`, other fields are ignored), and writes what
/// is perceived, a line each: `{"id", "intent", "slots", "langs", "confidence"}`. Blank lines are skipped.
/// Returns how many messages there were.
///
/// # Errors
/// If reading or writing fails, or a line is not a message; the error names the line.
pub fn run_lines(reader: impl BufRead, mut writer: impl Write) -> Result<usize, EvaluationError> {
    let mut count = 0;
    for (i, line) in reader.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |source| EvaluationError::Line { number: i + 1, source };
        let Line { id, text, context } = serde_json::from_str(&line).map_err(wrong)?;
        let seen = perceive(&text, &context.unwrap_or_default());
        let prediction = Prediction {
            id: &id,
            intent: seen.intent,
            slots: &seen.slots,
            langs: &seen.langs,
            confidence: seen.confidence,
        };
        serde_json::to_writer(&mut writer, &prediction).map_err(wrong)?;
        writer.write_all(b"\n")?;
        count += 1;
    }
    Ok(count)
}

/// Reads messages with what they mean, a JSON object a line: `{"text", "intent", "langs", "slots"}`, and perhaps
/// `"context"`, `"intent_alt"` and `"accept"`.
///
/// # Errors
/// If reading fails, or a line is not such a message; the error names the line.
pub fn labelled_lines(reader: impl BufRead) -> Result<Vec<Labelled>, EvaluationError> {
    let mut messages = Vec::new();
    for (i, line) in reader.lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            let wrong = |source| EvaluationError::Line { number: i + 1, source };
            messages.push(serde_json::from_str(&line).map_err(wrong)?);
        }
    }
    Ok(messages)
}

/// How well messages with known meaning are read.
#[must_use]
pub fn measure<'a>(weights: Weights<'_>, messages: impl IntoIterator<Item = &'a Labelled>) -> Report {
    let mut report = Report::default();
    for gold in messages {
        let start = Instant::now();
        let seen = perceive_with(weights, &gold.text, &gold.context);
        report.add(gold, &seen, start.elapsed());
    }
    report
}
