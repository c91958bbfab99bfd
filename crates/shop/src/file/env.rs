//! `${NAME}` in the texts of a shop file, so that secrets need not stand in it.

use serde_json::Value;

use super::node::Errors;

/// Replaces every `${NAME}` in every text by what `env` answers; `$${` is a plain `${`. A name that is not set is
/// noted with the path of its text.
pub(super) fn expand(value: &mut Value, path: &str, env: &dyn Fn(&str) -> Option<String>, errors: &Errors) {
    match value {
        Value::String(text) if text.contains("${") => match expanded(text, env) {
            Ok(new) => *text = new,
            Err(why) => errors.add(path, why),
        },
        Value::Array(items) => {
            for (i, item) in items.iter_mut().enumerate() {
                expand(item, &format!("{path}[{i}]"), env, errors);
            }
        }
        Value::Object(map) => {
            for (key, item) in map.iter_mut() {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                expand(item, &path, env, errors);
            }
        }
        _ => {}
    }
}

/// A text that [`expand`] turns back into this one.
pub(super) fn escape(text: &str) -> String {
    text.replace("${", "$${")
}

/// Whether a text is one `${NAME}` and nothing else.
pub(super) fn is_reference(text: &str) -> bool {
    text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).is_some_and(is_name)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn expanded(text: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut new = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        let after = &from[2..];
        if let Some(plain) = before.strip_suffix('$') {
            new.push_str(plain);
            new.push_str("${");
            rest = after;
            continue;
        }
        new.push_str(before);
        let (name, tail) = after
            .split_once('}')
            .filter(|(name, _)| is_name(name))
            .ok_or("${ without a name and } after it: write ${NAME}, or $${ for a plain ${")?;
        new.push_str(&env(name).ok_or_else(|| format!("the environment variable {name} is not set"))?);
        rest = tail;
    }
    new.push_str(rest);
    Ok(new)
}
