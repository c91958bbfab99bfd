//! Which parts of the assistant's work a shop wants.

use super::{
    node::Node,
    words,
    write::{Tree, map},
};
use crate::profile::Modules;

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
    fn parts_are_switched_on_and_off() {
        let mut modules = Modules::default();
        assert_eq!(set_module(&mut modules, "recommendations", "off"), Ok(true));
        assert!(!modules.recommendations && modules.payments);
        assert_eq!(set_module(&mut modules, "telepathy", "on"), Ok(false));
        assert!(set_module(&mut modules, "leads", "maybe").is_err());
    }
}
