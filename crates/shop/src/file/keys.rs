//! Some keys of a shop changed in place, as the shop file has them.

use serde_json::{Map, Value};

use super::{FileError, ShopFile, env, node::Errors, node::Node, parse, read, write_shop_file};
use crate::ShopProfile;

/// A profile as the shop file has it, key by key.
///
/// # Errors
/// If it was written by a version that this one cannot read.
pub fn as_keys(profile: &ShopProfile) -> Result<Map<String, Value>, FileError> {
    let file = ShopFile {
        profile: profile.clone(),
        channels: Vec::new(),
        payments: Vec::new(),
        catalogue: None,
        services: None,
        images: super::DEFAULT_IMAGES.to_owned(),
    };
    let mut root = parse(&write_shop_file(&[file]))?;
    // What was written stands for itself again.
    env::expand(&mut root, "", &|_| None, &Errors::default());
    let shop = root.get_mut("tenants").and_then(|shops| shops.get_mut(&profile.slug)).map(Value::take);
    match shop {
        Some(Value::Object(keys)) => Ok(keys),
        _ => Err(FileError { path: profile.slug.clone(), message: "is not written as a mapping".to_owned() }),
    }
}

/// A profile with some keys of the shop file in other words: a mapping changes the keys that it has, and null takes away what
/// may be missing. What is checked is what is checked of a shop file. Texts are taken as they are: `${NAME}` stands for
/// nothing here.
///
/// # Errors
/// Everything that is wrong, with the path of each below the shop: `delivery.zones[1].fee`.
pub fn with_keys(profile: &ShopProfile, keys: Map<String, Value>) -> Result<ShopProfile, Vec<FileError>> {
    let mut shop = as_keys(profile).map_err(|error| vec![error])?;
    for (key, value) in keys {
        match (shop.get_mut(&key), value) {
            (Some(Value::Object(known)), Value::Object(changed)) => known.extend(changed),
            (_, value) => drop(shop.insert(key, value)),
        }
    }
    let (shop, errors) = (Value::Object(shop), Errors::default());
    let read = read::tenant(&profile.slug, &Node::new(&shop, String::new(), &errors));
    let errors = errors.into_inner();
    match read {
        Some(read) if errors.is_empty() => Ok(read.profile),
        _ => Err(errors.into_iter().map(below_the_shop).collect()),
    }
}

fn below_the_shop(error: FileError) -> FileError {
    FileError { path: error.path.trim_start_matches('.').to_owned(), ..error }
}

impl FileError {
    /// Where it is as a JSON pointer: `delivery.zones[1].fee` is `/delivery/zones/1/fee`.
    #[must_use]
    pub fn pointer(&self) -> String {
        let parts = self.path.split(['.', '[', ']']).filter(|part| !part.is_empty());
        parts.map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use duka_kernel::Currency;
    use serde_json::json;

    use super::{super::new_profile, *};

    fn keys(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn keys_are_changed_and_everything_else_stays() {
        let mut before = new_profile("malkia", "Malkia ${HOME} $${x}", Currency::Kes);
        before.location = Some("Moi Avenue: \"Sasa Mall\", ${SHOP}".into());
        let changed = with_keys(&before, keys(json!({"delivery": {"zones": [{"name": "cbd", "fee": "150.50"}]}})));
        let changed = changed.unwrap_or_else(|errors| panic!("{errors:?}"));
        assert_eq!(changed.delivery.zones[0].fee.minor, 15_050);
        assert_eq!(ShopProfile { delivery: before.delivery.clone(), ..changed }, before);
    }

    #[test]
    fn a_name_of_the_environment_stands_for_nothing() {
        let before = new_profile("malkia", "Malkia", Currency::Kes);
        let changed = with_keys(&before, keys(json!({"location": "${PATH}"})));
        assert_eq!(changed.map(|shop| shop.location), Ok(Some("${PATH}".to_owned())));
    }

    #[test]
    fn whatever_is_wrong_is_said_with_its_place() {
        let before = new_profile("malkia", "Malkia", Currency::Kes);
        let wrong = json!({
            "hours": {"mon": ["18:00", "09:00"]},
            "delivery": {"zones": [{"name": "cbd", "fee": 1}, {"name": "", "fee": "-5"}]},
        });
        let errors = with_keys(&before, keys(wrong)).err().unwrap_or_default();
        let places: Vec<String> = errors.iter().map(FileError::pointer).collect();
        assert_eq!(places, ["/hours/mon", "/delivery/zones/1/fee"].map(str::to_owned).to_vec(), "{errors:?}");
    }
}
