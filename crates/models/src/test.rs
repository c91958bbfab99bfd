//! What the tests of this crate share.

use std::time::Duration;

use crate::{Ask, Message, ModelId, Provider, Purpose, Speaker, config::Access, tier::Tier};

/// So many tiers `m1`, `m2`, … that cost something.
pub(crate) fn tiers(count: usize) -> Vec<Tier> {
    let access = Access { key: Some("k".to_owned().into()), base: None };
    let config = crate::ModelsConfig { access: [(Provider::OpenAi, access)].into(), ..crate::ModelsConfig::default() };
    let tier = |n| Tier::of_house(&ModelId::new(Provider::OpenAi, format!("m{n}")), &config).unwrap();
    (1..=count).map(tier).collect()
}

/// A question.
pub(crate) fn ask() -> Ask {
    Ask {
        purpose: Purpose::Reply,
        system: "You sell dresses.".into(),
        messages: vec![Message { by: Speaker::Customer, text: "Una dera?".into() }],
        pictures: Vec::new(),
        schema: None,
        max_output: 100,
        budget: Duration::from_secs(8),
        who: "abc".into(),
    }
}
