//! The sizes that a customer said are theirs, as one list: what is theirs in general, and what of a kind of garment.

use std::collections::BTreeMap;

use duka_kernel::Size;
use duka_shop::sizing;

const USUAL: &str = "usual_size";
/// Of one kind of garment.
const OF: &str = "said.";

/// What was said of a customer, by name.
pub type Said = BTreeMap<String, String>;

fn is_size(name: &str) -> bool {
    name == USUAL || name.starts_with(OF)
}

/// Each size once.
pub fn sizes(said: &Said) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (_, size) in said.iter().filter(|(name, _)| is_size(name)) {
        if !found.contains(size) {
            found.push(size.clone());
        }
    }
    found
}

/// What else was said, as a sentence each.
pub fn others(said: &Said) -> impl Iterator<Item = String> + use<'_> {
    const INSIDE: [&str; 2] = ["tags", duka_assistant::ADDRESS_FORGOTTEN];
    let shown =
        said.iter().filter(|(name, value)| !is_size(name) && !INSIDE.contains(&name.as_str()) && !value.is_empty());
    shown.map(|(name, value)| format!("{}: {value}", name.replace(['_', '.'], " ")))
}

/// Puts a list in the place of the sizes that are known. What stays keeps the garment it was said of.
pub fn set_sizes(said: &mut Said, list: &[String]) {
    let list: Vec<String> = list.iter().map(|size| Size::parse(size).as_str().to_owned()).collect();
    said.retain(|name, size| !is_size(name) || list.contains(size));
    for size in &list {
        if sizes(said).contains(size) {
            continue;
        }
        let of_shoes = size.parse::<f64>().is_ok_and(|number| (30.0..=50.0).contains(&number));
        let name = if of_shoes { format!("{OF}{}", sizing::family("shoes")) } else { USUAL.to_owned() };
        // Only one can be the usual one; nothing that a person wrote is dropped.
        let name = if said.contains_key(&name) { format!("{OF}{}", size.to_lowercase()) } else { name };
        said.insert(name, size.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_sizes_is_kept_as_it_was_given_and_what_stays_keeps_its_garment() {
        let mut said = Said::from([("said.jeans".into(), "32".into()), ("colour".into(), "red".into())]);
        let list: Vec<String> = ["m", "40", "32", "xl"].map(str::to_owned).to_vec();
        set_sizes(&mut said, &list);
        let mut known = sizes(&said);
        known.sort();
        assert_eq!(known, ["32", "40", "M", "XL"]);
        assert_eq!(said.get(USUAL).map(String::as_str), Some("M"));
        assert_eq!(said.get("said.jeans").map(String::as_str), Some("32"));
        set_sizes(&mut said, &["M".to_owned()]);
        assert_eq!(
            (sizes(&said), others(&said).collect::<Vec<_>>()),
            (vec!["M".to_owned()], vec!["colour: red".to_owned()])
        );
    }
}
