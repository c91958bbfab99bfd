//! Groups of customers: who belongs to one is a rule, never a list, so that it is right on any day.

use duka_kernel::{Language, Size};
use serde::{Deserialize, Serialize};

/// Whom a rule holds for: everything that is given has to be so. A rule that gives nothing holds for everybody.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// Bought for at least this, in minor units; what was given back does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spent_from: Option<i64>,
    /// Bought for at most this, in minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spent_to: Option<i64>,
    /// Has at least so many orders that were sold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders_from: Option<u32>,
    /// Has at most so many orders that were sold; 0 is who never bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders_to: Option<u32>,
    /// Placed an order within so many days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered_within_days: Option<u32>,
    /// Has ordered, but not for so many days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent_for_days: Option<u32>,
    /// First wrote within so many days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_within_days: Option<u32>,
    /// Writes in this language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Is called so by the team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// Bought something in this size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// Takes advertisements, or does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketing: Option<bool>,
}

impl Rule {
    /// What is wrong with a rule: the field, and what is expected of it.
    #[must_use]
    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut problems = Vec::new();
        if self.spent_from.is_some_and(|n| n < 0) {
            problems.push(("spent_from", "an amount is not negative"));
        }
        if self.spent_to.is_some_and(|n| n < 0) {
            problems.push(("spent_to", "an amount is not negative"));
        }
        if matches!((self.spent_from, self.spent_to), (Some(from), Some(to)) if from > to) {
            problems.push(("spent_to", "this is less than the amount it begins with"));
        }
        if matches!((self.orders_from, self.orders_to), (Some(from), Some(to)) if from > to) {
            problems.push(("orders_to", "this is less than the number it begins with"));
        }
        if matches!((self.silent_for_days, self.ordered_within_days), (Some(silent), Some(within)) if silent >= within)
        {
            problems.push(("silent_for_days", "nobody has ordered within that time and been silent for it"));
        }
        if self.tag.as_ref().is_some_and(|tag| tag.trim().is_empty() || tag.chars().count() > 40) {
            problems.push(("tag", "a tag has 1 to 40 letters"));
        }
        problems
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_stored_as_what_it_says_and_read_back() {
        let rule =
            Rule { spent_from: Some(1_000_000), silent_for_days: Some(30), tag: Some("vip".into()), ..Rule::default() };
        let json = serde_json::to_string(&rule).unwrap();
        assert_eq!(json, r#"{"spent_from":1000000,"silent_for_days":30,"tag":"vip"}"#);
        assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), rule);
        assert!(
            serde_json::from_str::<Rule>(r#"{"spend":1}"#).is_err(),
            "a misspelt condition would hold for everybody"
        );
    }

    #[test]
    fn what_can_hold_for_nobody_is_a_problem() {
        let none = Rule::default().problems();
        assert!(none.is_empty());
        let rule = Rule {
            spent_from: Some(5),
            spent_to: Some(4),
            orders_from: Some(2),
            orders_to: Some(1),
            silent_for_days: Some(30),
            ordered_within_days: Some(30),
            tag: Some(" ".into()),
            ..Rule::default()
        };
        let fields: Vec<_> = rule.problems().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["spent_to", "orders_to", "silent_for_days", "tag"]);
    }
}
