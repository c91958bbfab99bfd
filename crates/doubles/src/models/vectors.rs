//! Vectors that are alike where words are.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::received::{Received, list};

/// How long a vector is if the request does not say.
const DIMENSIONS: usize = 64;

/// A vector for each thing that is to be embedded. They are three long, so that whoever needs length one has to see to it.
pub(super) fn of(received: &Received) -> Vec<Vec<f64>> {
    let body = &received.body;
    if received.path.contains(":batch") {
        return list(&body["requests"]).iter().map(gemini).collect();
    }
    if received.path.contains(":embed") {
        return vec![gemini(body)];
    }
    let dimensions = length(&body["dimensions"]);
    match &body["input"] {
        Value::String(text) => vec![vector(text, dimensions)],
        inputs => list(inputs).iter().map(|text| vector(text.as_str().unwrap_or_default(), dimensions)).collect(),
    }
}

fn gemini(request: &Value) -> Vec<f64> {
    let mut words = String::new();
    for part in list(&request["content"]["parts"]) {
        words.push(' ');
        words.push_str(part["text"].as_str().unwrap_or_default());
        if let Some(data) = part.pointer("/inlineData/data").and_then(Value::as_str) {
            let bytes = STANDARD.decode(data).unwrap_or_default();
            words.push_str(&format!(" picture{}", bytes.iter().map(|byte| usize::from(*byte)).sum::<usize>()));
        }
    }
    vector(&words, length(&request["outputDimensionality"]))
}

fn length(dimensions: &Value) -> usize {
    dimensions.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(DIMENSIONS)
}

/// Words are counted into places that depend on their first five letters alone.
fn vector(text: &str, dimensions: usize) -> Vec<f64> {
    let mut counts = vec![0.0_f64; dimensions.max(1)];
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let place = word.chars().take(5).fold(7_usize, |sum, c| sum.wrapping_mul(31).wrapping_add(c as usize));
        counts[place % dimensions.max(1)] += 1.0;
    }
    let length = counts.iter().map(|n| n * n).sum::<f64>().sqrt();
    if length == 0.0 {
        counts[0] = 3.0;
        return counts;
    }
    counts.iter().map(|n| n / length * 3.0).collect()
}
