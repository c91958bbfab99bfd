//! JSON Schemas in the subset that every provider takes unchanged: every key required, nothing else allowed, what may be
//! missing is null; no formats, titles, references or defaults.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value};

/// Of a type.
pub(super) fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::default().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    simplify(&mut schema);
    schema
}

fn simplify(schema: &mut Value) {
    let Value::Object(fields) = schema else { return };
    for name in ["$schema", "title", "format", "default", "minimum", "maximum"] {
        fields.remove(name);
    }
    if fields.get("type").and_then(Value::as_str) == Some("object") {
        let properties = fields.entry("properties").or_insert_with(|| Value::Object(Map::new()));
        let names: Vec<Value> =
            properties.as_object().into_iter().flat_map(Map::keys).cloned().map(Value::String).collect();
        fields.insert("required".to_owned(), Value::Array(names));
        fields.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    for (name, field) in fields.iter_mut() {
        match (name.as_str(), field) {
            ("properties", Value::Object(properties)) => properties.values_mut().for_each(simplify),
            ("items", items) => simplify(items),
            ("anyOf", Value::Array(choices)) => choices.iter_mut().for_each(simplify),
            _ => {}
        }
    }
}
