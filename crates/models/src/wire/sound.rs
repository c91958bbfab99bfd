//! Voice notes.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::{Answered, gemini, openai};
use crate::{FailureKind, Recording, Usage, failure::Failure, tier::Tier};

/// The most tokens that a transcript may take, which is about ten minutes of talk.
const MOST_OUTPUT: u32 = 4_000;

/// As many names as are told, so that a large catalogue does not become the prompt.
const KEYWORDS: usize = 60;

/// The model that takes hints in a form of its own.
const TAKES_HINTS: &str = "gpt-transcribe";

/// What Gemini is asked: it has no transcription of its own, and translates unless it is told not to.
pub(super) fn question(tier: &Tier, recording: &Recording) -> Value {
    let mut words = "Write down word for word what is said in this recording, in the languages that are spoken. Do not \
        translate, explain or answer. Speakers mix languages in a sentence; keep the mix. If nothing is said, write nothing."
        .to_owned();
    if !recording.languages.is_empty() {
        words.push_str(&format!(" Languages may be: {}.", recording.languages.join(", ")));
    }
    if !recording.keywords.is_empty() {
        words.push_str(&format!(" These names may be said: {}.", keywords(recording).join(", ")));
    }
    let sound = json!({"inlineData": {"mimeType": plain_mime(recording), "data": super::base64(&recording.bytes)}});
    json!({
        "contents": [{"role": "user", "parts": [{"text": words}, sound]}],
        "generationConfig": gemini::config(tier, MOST_OUTPUT),
        "safetySettings": gemini::safety(),
    })
}

/// The form of `/audio/transcriptions`.
pub(super) fn form(tier: &Tier, recording: &Recording) -> Result<Form, Failure> {
    let wrong = |_| Failure {
        about_request: true,
        ..Failure::new(FailureKind::Misconfigured, "the recording has no proper type")
    };
    // Servers tell the format by the ending of the name.
    let file = Part::stream(recording.bytes.clone()).file_name(format!("note.{}", ending(recording)));
    let file = file.mime_str(plain_mime(recording)).map_err(wrong)?;
    let mut form =
        Form::new().text("model", tier.model.name.clone()).text("response_format", "json").part("file", file);
    if tier.model.name == TAKES_HINTS {
        for language in &recording.languages {
            form = form.text("languages[]", language.clone());
        }
        for keyword in keywords(recording) {
            form = form.text("keywords[]", keyword.to_owned());
        }
        return Ok(form);
    }
    if let [language] = recording.languages.as_slice() {
        form = form.text("language", language.clone());
    }
    if !recording.keywords.is_empty() {
        form = form.text("prompt", keywords(recording).join(", "));
    }
    Ok(form)
}

pub(super) fn read(answer: &Value) -> Result<Answered<String>, Failure> {
    let usage = usage(&answer["usage"]);
    let Some(text) = answer["text"].as_str() else {
        return Err(Failure::of_answer(FailureKind::Malformed, usage, "there is no text"));
    };
    Ok(Answered { value: text.trim().to_owned(), usage })
}

fn usage(usage: &Value) -> Option<Usage> {
    if let Some(seconds) = usage["seconds"].as_f64().filter(|seconds| (0.0..1e9).contains(seconds)) {
        return Some(Usage { audio_millis: (seconds * 1_000.0) as u64, ..Usage::default() });
    }
    match (usage["input_tokens"].as_u64(), usage["output_tokens"].as_u64()) {
        (Some(input), output) => Some(Usage { input, output: output.unwrap_or(0), ..Usage::default() }),
        (None, _) => openai::usage(usage),
    }
}

fn keywords(recording: &Recording) -> Vec<&str> {
    recording.keywords.iter().take(KEYWORDS).map(String::as_str).collect()
}

/// `audio/ogg; codecs=opus` without what follows the semicolon.
fn plain_mime(recording: &Recording) -> &str {
    recording.mime.split(';').next().unwrap_or_default().trim()
}

fn ending(recording: &Recording) -> &'static str {
    match plain_mime(recording) {
        "audio/mpeg" | "audio/mp3" => "mp3",
        "audio/mp4" | "audio/m4a" | "audio/x-m4a" | "audio/aac" => "m4a",
        "audio/wav" | "audio/x-wav" => "wav",
        "audio/webm" => "webm",
        "audio/flac" => "flac",
        _ => "ogg",
    }
}

/// How long a recording is: of OGG the last page says it, counted at 48 kHz as Opus is; else as many bytes as a voice note has.
pub(crate) fn millis(bytes: &[u8]) -> u64 {
    let is_ogg = bytes.starts_with(b"OggS");
    let last_page = bytes.windows(4).rposition(|window| window == b"OggS").filter(|_| is_ogg);
    let position = last_page.and_then(|at| bytes.get(at + 6..at + 14)?.try_into().ok()).map(u64::from_le_bytes);
    let by_size = bytes.len() as u64 / 2;
    match position {
        // A page that ends no packet says -1. No voice note lasts a day.
        Some(samples) if samples / 48 < 86_400_000 => samples / 48,
        _ => by_size,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_says_how_long_it_is() {
        let page = |samples: u64| [b"OggS\0\x04".as_slice(), &samples.to_le_bytes(), b"rest"].concat();
        assert_eq!(millis(&[page(0), page(20 * 48_000)].concat()), 20_000);
        assert_eq!(millis(&page(u64::MAX)), 9);
        assert_eq!(millis(b"OggS"), 2);
        assert_eq!(millis(&[0; 4_000]), 2_000);
    }
}
