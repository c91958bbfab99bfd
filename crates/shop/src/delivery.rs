//! Where a shop delivers, and for how much.

use duka_kernel::Money;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{ShopProfile, profile::Zone};

/// Where an order goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// The place as the customer wrote it, or [`PICKUP`].
    pub address: String,
    /// The zone it is in; `None` when it is collected.
    pub zone: Option<String>,
    /// What delivery costs; 0 when it is collected.
    pub fee: Money,
    /// Whether the customer collects it at the shop.
    pub pickup: bool,
    /// When it arrives, in the shop's words.
    pub eta: Option<String>,
}

/// The address that means the customer collects the order.
pub const PICKUP: &str = "pickup";

/// Why an address cannot be delivered to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryRefusal {
    /// The shop does not deliver there, or not at all.
    NoDelivery,
    /// Customers cannot collect at this shop.
    NoPickup,
    /// Another country: people say whether it goes there and for how much.
    Abroad,
    /// It says too little: no place at all, or a whole city of which only parts are known.
    Unclear,
}

/// The zone and fee of an address: the zone of the area it names, otherwise the zone without areas. Of several
/// areas the one with the longest name counts, then the one spelled right, then the first zone. Letter case,
/// accents and small typing mistakes do not matter. Another town ("Kenyatta Avenue, Nakuru") is not the area of
/// the same name here.
///
/// # Errors
/// If the shop does not deliver there or the address says too little.
pub fn choose(profile: &ShopProfile, address: &str) -> Result<Choice, DeliveryRefusal> {
    let address = address.trim();
    if is_pickup(address) {
        return pickup(profile).ok_or(DeliveryRefusal::NoPickup);
    }
    let place = words(address);
    if !place.iter().any(|word| word.chars().any(char::is_alphabetic)) {
        return Err(DeliveryRefusal::Unclear);
    }
    if place.iter().any(|word| ABROAD.contains(&word.as_str())) {
        return Err(DeliveryRefusal::Abroad);
    }
    let zones = &profile.delivery.zones;
    let elsewhere = zones.iter().find(|zone| zone.areas.is_empty());
    let named = if names_other_town(profile, &place) { None } else { zone_of(zones, &place) };
    if named.is_none() && zones.iter().any(|zone| !zone.areas.is_empty() && words(&zone.name) == place) {
        return Err(DeliveryRefusal::Unclear);
    }
    let zone = named.or(elsewhere).ok_or(DeliveryRefusal::NoDelivery)?;
    Ok(Choice {
        address: spelled(profile, address),
        zone: Some(zone.name.clone()),
        fee: zone.fee,
        pickup: false,
        eta: zone.eta.clone(),
    })
}

/// Collecting at the shop, if customers can.
#[must_use]
pub fn pickup(profile: &ShopProfile) -> Option<Choice> {
    profile.delivery.pickup.then(|| Choice {
        address: PICKUP.to_owned(),
        zone: None,
        fee: Money::zero(profile.currency),
        pickup: true,
        eta: None,
    })
}

/// Every area named in a zone, in the order of the zones.
#[must_use]
pub fn areas_known(profile: &ShopProfile) -> Vec<&str> {
    profile.delivery.zones.iter().flat_map(|zone| zone.areas.iter().map(String::as_str)).collect()
}

fn is_pickup(address: &str) -> bool {
    let joined: String = address.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    joined == PICKUP
}

/// A place typed in small letters as it is written: the shop's own spelling of its areas, capitals elsewhere.
fn spelled(profile: &ShopProfile, address: &str) -> String {
    const SMALL: &[&str] = &[
        "ya", "na", "wa", "za", "la", "kwa", "karibu", "hapo", "near", "next", "to", "opposite", "behind", "the", "of",
        "at", "in", "by", "and", "stage", "gate", "house", "hse", "nyumba", "number", "no", "floor", "apt",
    ];
    if address.chars().any(char::is_uppercase) {
        return address.to_owned();
    }
    let own = areas_known(profile);
    if let Some(area) = own.iter().find(|area| area.to_lowercase() == address) {
        return (*area).to_owned();
    }
    let capital = |word: &str| {
        let spelling = own.iter().flat_map(|area| area.split_whitespace()).find(|own| own.to_lowercase() == word);
        match spelling {
            Some(own) => own.to_owned(),
            None if SMALL.contains(&word) => word.to_owned(),
            None => {
                let mut letters = word.chars();
                letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
            }
        }
    };
    address.split(' ').map(capital).collect::<Vec<String>>().join(" ")
}

/// Other countries and their towns that customers name.
const ABROAD: &[&str] = &[
    "uganda",
    "kampala",
    "tanzania",
    "arusha",
    "zanzibar",
    "rwanda",
    "kigali",
    "burundi",
    "ethiopia",
    "somalia",
    "mogadishu",
    "sudan",
    "juba",
    "congo",
    "nigeria",
    "ghana",
    "dubai",
    "qatar",
    "saudi",
    "usa",
    "america",
    "canada",
    "london",
    "germany",
    "australia",
    "india",
    "china",
    "abroad",
    "ughaibuni",
    "majuu",
];

/// Words that mean a town's centre, whichever town it is.
const CENTRE: &[&str] = &["cbd", "town", "tao", "mjini"];

/// Towns that are not near one another. An address in one of them is not in another one, whatever its streets are
/// called: most have a Moi Avenue and a CBD.
const TOWNS: &[&str] = &[
    "bomet",
    "bungoma",
    "busia",
    "chuka",
    "diani",
    "eldoret",
    "embu",
    "garissa",
    "gilgil",
    "homabay",
    "isiolo",
    "kabarnet",
    "kajiado",
    "kakamega",
    "kapsabet",
    "karatina",
    "kericho",
    "kerugoya",
    "kilifi",
    "kisii",
    "kisumu",
    "kitale",
    "kitui",
    "lamu",
    "lodwar",
    "machakos",
    "makindu",
    "malindi",
    "mandera",
    "maralal",
    "marsabit",
    "meru",
    "migori",
    "molo",
    "mombasa",
    "mtwapa",
    "muranga",
    "mwingi",
    "nairobi",
    "naivasha",
    "nakuru",
    "nanyuki",
    "narok",
    "nyahururu",
    "nyeri",
    "siaya",
    "thika",
    "ukunda",
    "voi",
    "wajir",
    "watamu",
    "webuye",
    "wote",
];

/// What people in Nairobi call their estates, and the estate.
const NICKNAMES: &[(&str, &str)] = &[
    ("buru", "buruburu"),
    ("dago", "dagoretti"),
    ("doni", "donholm"),
    ("githu", "githurai"),
    ("imara", "imaradaima"),
    ("isich", "eastleigh"),
    ("kawangs", "kawangware"),
    ("kibich", "kibera"),
    ("kibra", "kibera"),
    ("kile", "kileleshwa"),
    ("lavi", "lavington"),
    ("ronga", "rongai"),
    ("westi", "westlands"),
    ("westie", "westlands"),
    ("westy", "westlands"),
    ("zima", "zimmerman"),
    ("zimma", "zimmerman"),
];

/// Words after a town's name that make it a street or a house: Mombasa Road, Nyeri House.
const STREET: &[&str] = &[
    "road",
    "street",
    "avenue",
    "lane",
    "highway",
    "superhighway",
    "drive",
    "close",
    "way",
    "house",
    "plaza",
    "mall",
    "building",
    "arcade",
    "estate",
    "court",
    "towers",
    "bypass",
];

/// Whether an address is in a town that is neither the shop's own nor in one of its zones.
fn names_other_town(profile: &ShopProfile, place: &[String]) -> bool {
    let mut own: Vec<String> = profile.location.as_deref().map(words).unwrap_or_default();
    if own.is_empty() {
        own.push("nairobi".to_owned());
    }
    for zone in &profile.delivery.zones {
        own.extend(words(&zone.name));
        own.extend(zone.areas.iter().flat_map(|area| words(area)));
    }
    place.iter().enumerate().any(|(i, word)| {
        let is_street = place.get(i + 1).is_some_and(|next| STREET.contains(&next.as_str()));
        TOWNS.contains(&word.as_str()) && !is_street && !own.contains(word)
    })
}

/// The zone of the best area named in an address.
fn zone_of<'a>(zones: &'a [Zone], place: &[String]) -> Option<&'a Zone> {
    let mut best: Option<((usize, bool), &Zone)> = None;
    for zone in zones {
        for area in &zone.areas {
            let area = words(area);
            let Some(exact) = names(place, &area) else { continue };
            let rank = (area.iter().map(|word| word.chars().count()).sum(), exact);
            if best.is_none_or(|(other, _)| rank > other) {
                best = Some((rank, zone));
            }
        }
    }
    best.map(|(_, zone)| zone)
}

/// Whether an address names an area, and then whether exactly. Words may be joined or parted (`South-B`, `buru
/// buru`), and centre words stand for each other.
fn names(place: &[String], area: &[String]) -> Option<bool> {
    if let [only] = area
        && CENTRE.contains(&only.as_str())
    {
        return place.iter().any(|word| CENTRE.contains(&word.as_str())).then_some(true);
    }
    let joined = area.concat();
    let windows = |length: usize| place.windows(length.max(1));
    if joined.is_empty() {
        return None;
    }
    if NICKNAMES.iter().any(|(nickname, name)| *name == joined && place.iter().any(|word| word == nickname)) {
        return Some(true);
    }
    if (1..=area.len() + 2).any(|length| windows(length).any(|window| window.concat() == joined)) {
        return Some(true);
    }
    let misspelt = windows(area.len()).any(|window| window.iter().zip(area).all(|(w, a)| w == a || is_typo(w, a)));
    misspelt.then_some(false)
}

/// Whether a word is a name with a small mistake: one letter in names from five letters, two from nine. The first
/// letter is hardly ever wrong, and most other names differ in it.
fn is_typo(word: &str, name: &str) -> bool {
    let allowed = match name.chars().count() {
        0..5 => return false,
        5..9 => 1,
        _ => 2,
    };
    word.chars().next() == name.chars().next() && strsim::damerau_levenshtein(word, name) <= allowed
}

/// The words of a place in lower case without accents and apostrophes; abbreviations of streets in full.
fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '`'))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let full = |word: &str| {
        match word {
            "rd" => "road",
            "st" | "str" => "street",
            "ave" | "av" => "avenue",
            "hse" => "house",
            "est" => "estate",
            "bldg" => "building",
            other => other,
        }
        .to_owned()
    };
    let mut words: Vec<String> = plain.split_whitespace().map(full).collect();
    // "City centre" is one of the words for a town's centre, in two words.
    if let Some(at) =
        words.windows(2).position(|pair| pair[0] == "city" && matches!(pair[1].as_str(), "centre" | "center"))
    {
        words.splice(at..at + 2, ["cbd".to_owned()]);
    }
    words
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

    use duka_kernel::Currency;
    use proptest::prelude::*;

    use super::*;
    use crate::file::new_profile;

    fn shop() -> ShopProfile {
        let zone = |name: &str, fee, areas: &[&str], eta: Option<&str>| Zone {
            name: name.into(),
            fee: Money::from_major(fee, Currency::Kes),
            areas: areas.iter().map(|area| (*area).to_owned()).collect(),
            eta: eta.map(str::to_owned),
        };
        let mut profile = new_profile("malkia", "Malkia", Currency::Kes);
        profile.location = Some("Jamhuri Arcade, Moi Avenue, Nairobi CBD".into());
        profile.delivery.pickup = true;
        profile.delivery.zones = vec![
            zone(
                "cbd",
                150,
                &["CBD", "Town", "Moi Avenue", "Kenyatta Avenue", "Tom Mboya Street", "Ngara", "Upper Hill"],
                Some("same day"),
            ),
            zone(
                "nairobi",
                300,
                &[
                    "Westlands",
                    "South B",
                    "South C",
                    "Langata",
                    "Karen",
                    "Umoja",
                    "Buruburu",
                    "Kahawa",
                    "Ruaka",
                    "Rongai",
                    "Utawala",
                    "Imara Daima",
                    "Pipeline",
                ],
                None,
            ),
            zone("upcountry", 450, &[], None),
        ];
        profile
    }

    fn zone_for(address: &str) -> String {
        choose(&shop(), address).expect("delivered").zone.expect("a zone")
    }

    #[test]
    fn an_area_is_found_however_it_is_written() {
        for address in [
            "Westlands",
            "niko westlans, Waiyaki Way",
            "WESTLANDS!",
            "Utawalla",
            "utawala shooters",
            "Umoja 2",
            "South-B",
            "southb",
            "buru buru phase 5",
            "Lang'ata",
            "Imara Daima gate B",
            "imaradaima",
            "Pipelin",
            "Kahawa Sukari",
            "westi",
            "Buru, phase 4",
        ] {
            assert_eq!(zone_for(address), "nairobi", "{address}");
        }
        for address in [
            "tao",
            "CBD",
            "town",
            "City Centre",
            "Nairobi CBD",
            "moi ave, Bazaar plaza",
            "Tom Mboya St",
            "tommboya street",
            "upperhill",
            "Ngara Road",
            "mjini",
        ] {
            assert_eq!(zone_for(address), "cbd", "{address}");
        }
    }

    #[test]
    fn a_place_in_no_area_goes_to_the_zone_without_areas() {
        for address in [
            "Kisumu",
            "Nakuru town",
            "Kenyatta Avenue, Nakuru",
            "Mombasa CBD",
            "Ruaraka",
            "Thika",
            "Kangemi",
            "Eastlands",
            "South D",
        ] {
            assert_eq!(zone_for(address), "upcountry", "{address}");
        }
    }

    #[test]
    fn a_road_named_after_a_town_is_not_the_town() {
        assert_eq!(zone_for("South B, off Mombasa Road"), "nairobi");
        assert_eq!(zone_for("Nyeri Hse, Moi Avenue"), "cbd");
    }

    #[test]
    fn the_longest_area_counts() {
        assert_eq!(zone_for("Upper Hill near Karen"), "cbd");
        assert_eq!(zone_for("Karen, not town"), "nairobi");
    }

    #[test]
    fn the_choice_says_what_it_costs_and_when_it_arrives() {
        let choice = choose(&shop(), " Ngara ").unwrap();
        assert_eq!(
            (choice.address.as_str(), choice.fee.minor, choice.eta.as_deref()),
            ("Ngara", 15_000, Some("same day"))
        );
    }

    #[test]
    fn pickup_is_free_where_the_shop_allows_it() {
        let choice = choose(&shop(), "Pickup").unwrap();
        assert!(choice.pickup && choice.fee.is_zero() && choice.zone.is_none() && choice.address == PICKUP);
        let mut none = shop();
        none.delivery.pickup = false;
        assert_eq!(choose(&none, "pick-up"), Err(DeliveryRefusal::NoPickup));
    }

    #[test]
    fn too_little_is_unclear_and_what_no_zone_takes_is_refused() {
        for address in ["", "  ", "123", "?", "Nairobi"] {
            assert_eq!(choose(&shop(), address), Err(DeliveryRefusal::Unclear), "{address:?}");
        }
        let mut nearby = shop();
        nearby.delivery.zones.pop();
        assert_eq!(choose(&nearby, "Kisumu"), Err(DeliveryRefusal::NoDelivery));
        nearby.delivery.zones.clear();
        assert_eq!(choose(&nearby, "Westlands"), Err(DeliveryRefusal::NoDelivery));
        assert_eq!(areas_known(&shop())[..2], ["CBD", "Town"]);
    }

    proptest! {
        #[test]
        fn every_area_is_delivered_to_at_the_fee_of_its_zone(zone in 0usize..2, area in 0usize..100, before in "[0-9 ,.]{0,5}") {
            let profile = shop();
            let zone = &profile.delivery.zones[zone];
            let area = &zone.areas[area % zone.areas.len()];
            let choice = choose(&profile, &format!("{before} {}", area.to_uppercase())).unwrap();
            prop_assert_eq!((choice.zone.as_deref(), choice.fee), (Some(zone.name.as_str()), zone.fee));
        }

        #[test]
        fn any_text_is_answered_without_panic(address in "\\PC{0,40}") {
            if let Ok(choice) = choose(&shop(), &address) {
                prop_assert!(choice.fee.minor >= 0);
            }
        }
    }
}
