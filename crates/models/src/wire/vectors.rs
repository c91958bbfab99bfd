//! Embeddings.

use serde_json::{Value, json};

use super::{Answered, gemini::picture_part, openai};
use crate::{Embeddable, FailureKind, Provider, Usage, failure::Failure, tier::Tier};

/// The Gemini model that is told in the text what a text is for; older ones are told in a field.
const TOLD_IN_TEXT: &str = "gemini-embedding-2";

/// An empty text is refused by all of them, and there has to be a vector for each.
const NOTHING: &str = "-";

pub(super) fn gemini_question(tier: &Tier, items: &[Embeddable]) -> Value {
    let requests = items.iter().map(|item| {
        let mut request = json!({"model": format!("models/{}", tier.model.name)});
        let parts = if tier.model.name == TOLD_IN_TEXT {
            told_in_text(item)
        } else {
            request["taskType"] =
                if matches!(item, Embeddable::Query(_)) { "RETRIEVAL_QUERY" } else { "RETRIEVAL_DOCUMENT" }.into();
            if let Embeddable::Passage { title: Some(title), .. } = item {
                request["title"] = title.as_str().into();
            }
            vec![json!({"text": words(item, false)})]
        };
        request["content"] = json!({"parts": parts});
        if let Some(dimensions) = tier.known.dimensions {
            request["outputDimensionality"] = dimensions.into();
        }
        request
    });
    json!({"requests": requests.collect::<Vec<_>>()})
}

/// The parts of one content, which become one vector.
fn told_in_text(item: &Embeddable) -> Vec<Value> {
    match item {
        Embeddable::Query(text) => vec![json!({"text": format!("task: search result | query: {}", or_nothing(text))})],
        Embeddable::Passage { title, text } => {
            let title = title.as_deref().unwrap_or("none");
            vec![json!({"text": format!("title: {title} | text: {}", or_nothing(text))})]
        }
        Embeddable::Picture(picture) => vec![picture_part(picture)],
        Embeddable::PictureWith { picture, text } => vec![json!({"text": or_nothing(text)}), picture_part(picture)],
    }
}

pub(super) fn openai_question(tier: &Tier, items: &[Embeddable]) -> Value {
    let input: Vec<String> = items.iter().map(|item| words(item, true)).collect();
    let mut body = json!({"model": tier.model.name, "input": input});
    if tier.model.provider != Provider::Together {
        body["encoding_format"] = "float".into();
        if let Some(dimensions) = tier.known.dimensions {
            body["dimensions"] = dimensions.into();
        }
    }
    body
}

/// The words of an item, for models that take nothing else.
fn words(item: &Embeddable, with_title: bool) -> String {
    match item {
        Embeddable::Passage { title: Some(title), text } if with_title => format!("{title}\n{text}"),
        Embeddable::Query(text) | Embeddable::Passage { text, .. } | Embeddable::PictureWith { text, .. } => {
            or_nothing(text).to_owned()
        }
        Embeddable::Picture(_) => NOTHING.to_owned(),
    }
}

fn or_nothing(text: &str) -> &str {
    if text.trim().is_empty() { NOTHING } else { text }
}

/// As many vectors as were asked for, each of length one.
pub(super) fn read(
    provider: Provider,
    answer: &Value,
    wanted: usize,
    dimensions: Option<u32>,
) -> Result<Answered<Vec<Vec<f32>>>, Failure> {
    let (vectors, usage) = match provider {
        Provider::Gemini => {
            let all = answer["embeddings"].as_array().into_iter().flatten();
            let tokens = answer.pointer("/usageMetadata/promptTokenCount").and_then(Value::as_u64);
            (all.map(|one| &one["values"]).collect(), tokens.map(|input| Usage { input, ..Usage::default() }))
        }
        _ => (in_order(answer, wanted), openai::usage(&answer["usage"])),
    };
    let malformed = |note: &str| Failure::of_answer(FailureKind::Malformed, usage, note);
    if vectors.len() != wanted {
        return Err(malformed("there are not as many vectors as texts"));
    }
    let vectors: Option<Vec<Vec<f32>>> = vectors.into_iter().map(|values| unit(values, dimensions)).collect();
    let value = vectors.ok_or_else(|| malformed("a vector is none"))?;
    if value.windows(2).any(|pair| pair[0].len() != pair[1].len()) {
        return Err(malformed("vectors differ in length"));
    }
    Ok(Answered { value, usage })
}

/// Vectors come in any order, each with its place.
fn in_order(answer: &Value, wanted: usize) -> Vec<&Value> {
    let mut places: Vec<Option<&Value>> = vec![None; wanted];
    for (at, one) in answer["data"].as_array().into_iter().flatten().enumerate() {
        let place = one["index"].as_u64().map_or(Some(at), |index| usize::try_from(index).ok());
        if let Some(slot) = place.and_then(|place| places.get_mut(place)) {
            *slot = Some(&one["embedding"]);
        }
    }
    places.into_iter().flatten().collect()
}

/// The vector with length one, if it is one of the dimensions asked for.
fn unit(values: &Value, dimensions: Option<u32>) -> Option<Vec<f32>> {
    let values: Vec<f64> = values.as_array()?.iter().map(Value::as_f64).collect::<Option<_>>()?;
    let is_as_long_as_asked = dimensions.is_none_or(|dimensions| values.len() == dimensions as usize);
    let length = values.iter().map(|x| x * x).sum::<f64>().sqrt();
    if values.is_empty() || !is_as_long_as_asked || !length.is_normal() {
        return None;
    }
    Some(values.into_iter().map(|x| (x / length) as f32).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_vector_is_not_taken_for_one() {
        for wrong in [json!([]), json!([0.0, 0.0]), json!([1e308, 1e308]), json!([1, "2"]), json!(null), json!([1.0])] {
            assert_eq!(unit(&wrong, Some(2)), None, "{wrong}");
        }
        assert_eq!(unit(&json!([3.0, 4.0]), Some(2)), Some(vec![0.6, 0.8]));
    }

    #[test]
    fn each_vector_goes_to_its_text_whatever_order_they_come_in() {
        let one = |index, x| json!({"index": index, "embedding": [x, 0.0]});
        let answer = json!({"data": [one(1, 1.0), one(0, -1.0)]});
        let read = |wanted| read(Provider::OpenAi, &answer, wanted, Some(2)).map(|answered| answered.value);
        assert_eq!(read(2).unwrap(), [[-1.0, 0.0], [1.0, 0.0]]);
        assert_eq!(read(3).unwrap_err().kind, FailureKind::Malformed);
        assert_eq!(read(1).unwrap(), [[-1.0, 0.0]]);
    }
}
