//! What a language model may do for a shop, and which parts of the assistant's work it wants.

use super::{
    node::Node,
    words,
    write::{Tree, map, number, text},
};
use crate::profile::{ModelRules, ModelUse, Modules};

/// The most messages that a model is told.
const MOST_HISTORY: u32 = 30;

/// `model: {use: open, history: 8}`.
pub(super) fn model(node: &Node<'_>) -> ModelRules {
    let usual = ModelRules::default();
    if node.is_null() {
        return usual;
    }
    node.is_mapping_of(&["use", "history"]);
    ModelRules {
        used: node.get("use").read(model_use).unwrap_or(usual.used),
        history: node.get("history").read(history).unwrap_or(usual.history),
    }
}

/// `modules: {payments: on, leads: on, recommendations: off}`.
pub(super) fn modules(node: &Node<'_>) -> Modules {
    let usual = Modules::default();
    if node.is_null() {
        return usual;
    }
    node.is_mapping_of(&["payments", "leads", "recommendations"]);
    let on = |name: &str, usual: bool| node.get(name).read(words::flag).unwrap_or(usual);
    Modules {
        payments: on("payments", usual.payments),
        leads: on("leads", usual.leads),
        recommendations: on("recommendations", usual.recommendations),
    }
}

/// `model.use`, `model.history`. `Ok(false)` if there is no such setting.
pub(super) fn set_model(rules: &mut ModelRules, what: &str, value: &str) -> Result<bool, String> {
    match what {
        "use" => rules.used = model_use(value)?,
        "history" => rules.history = history(value)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// `modules.payments`, `modules.leads`, `modules.recommendations`. `Ok(false)` if there is no such part.
pub(super) fn set_module(modules: &mut Modules, what: &str, value: &str) -> Result<bool, String> {
    let module = match what {
        "payments" => &mut modules.payments,
        "leads" => &mut modules.leads,
        "recommendations" => &mut modules.recommendations,
        _ => return Ok(false),
    };
    *module = words::flag(value)?;
    Ok(true)
}

fn model_use(text: &str) -> Result<ModelUse, String> {
    match text.trim().to_lowercase().as_str() {
        // An unquoted `off` is a flag in YAML.
        "off" | "false" | "no" => Ok(ModelUse::Off),
        "unsure" => Ok(ModelUse::Unsure),
        "open" => Ok(ModelUse::Open),
        _ => Err(format!("{text:?} is not what a model is used for: use off, unsure or open")),
    }
}

fn history(text: &str) -> Result<u8, String> {
    words::count(text, 1, MOST_HISTORY).map(|count| u8::try_from(count).unwrap_or(u8::MAX))
}

pub(super) fn write_model(rules: ModelRules) -> Option<Tree> {
    let used = match rules.used {
        ModelUse::Off => "off",
        ModelUse::Unsure => "unsure",
        ModelUse::Open => "open",
    };
    (rules != ModelRules::default()).then(|| map([("use", text(used)), ("history", number(rules.history))]))
}

pub(super) fn write_modules(modules: Modules) -> Option<Tree> {
    (modules != Modules::default()).then(|| {
        map([
            ("payments", Some(Tree::Flag(modules.payments))),
            ("leads", Some(Tree::Flag(modules.leads))),
            ("recommendations", Some(Tree::Flag(modules.recommendations))),
        ])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_used_as_far_as_the_shop_wants() {
        let mut rules = ModelRules::default();
        assert_eq!(set_model(&mut rules, "use", "Unsure"), Ok(true));
        assert_eq!(set_model(&mut rules, "history", "12"), Ok(true));
        assert_eq!(rules, ModelRules { used: ModelUse::Unsure, history: 12 });
        assert!(set_model(&mut rules, "use", "always").is_err_and(|why| why.contains("off, unsure or open")));
        assert!(set_model(&mut rules, "history", "0").is_err());
        assert_eq!(set_model(&mut rules, "key", "sk-1"), Ok(false), "credentials are kept elsewhere");
    }

    #[test]
    fn parts_are_switched_on_and_off() {
        let mut modules = Modules::default();
        assert_eq!(set_module(&mut modules, "recommendations", "off"), Ok(true));
        assert!(!modules.recommendations && modules.payments);
        assert_eq!(set_module(&mut modules, "telepathy", "on"), Ok(false));
        assert!(set_module(&mut modules, "leads", "maybe").is_err());
    }
}
