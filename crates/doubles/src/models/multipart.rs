//! Forms with files, as far as transcriptions need them.

use serde_json::{Map, Value, json};

/// The boundary that a content type names.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let rest = content_type.strip_prefix("multipart/form-data;")?.trim().strip_prefix("boundary=")?;
    Some(rest.trim_matches('"').to_owned())
}

/// The fields of a form: a text each, a list where a name (`languages[]`) comes more than once, `{name, length}` for a file.
pub(super) fn fields(body: &[u8], boundary: &str) -> Value {
    let mut fields = Map::new();
    for part in parts(body, format!("--{boundary}").as_bytes()) {
        let Some(end) = find(part, b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&part[..end]);
        let content = part[end + 4..].strip_suffix(b"\r\n").unwrap_or_default();
        let Some(name) = quoted(&head, "name=\"") else { continue };
        let value = match quoted(&head, "filename=\"") {
            Some(file) => json!({"name": file, "length": content.len()}),
            None => Value::String(String::from_utf8_lossy(content).into_owned()),
        };
        match (name.ends_with("[]"), fields.get_mut(&name)) {
            (true, Some(Value::Array(list))) => list.push(value),
            (true, _) => drop(fields.insert(name, json!([value]))),
            (false, _) => drop(fields.insert(name, value)),
        }
    }
    Value::Object(fields)
}

fn parts<'a>(mut body: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(start) = find(body, mark) {
        body = &body[start + mark.len()..];
        let end = find(body, mark).unwrap_or(body.len());
        parts.push(&body[..end]);
    }
    parts
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

fn quoted(head: &str, before: &str) -> Option<String> {
    // `filename="` ends with `name="`, so a name has to begin where a word does.
    let start = head
        .match_indices(before)
        .map(|(at, _)| at)
        .find(|at| *at == 0 || !head.as_bytes()[at - 1].is_ascii_alphabetic())?;
    head[start + before.len()..].split('"').next().map(str::to_owned)
}
