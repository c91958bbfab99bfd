//! Which area a point on the map is in, as far as that can be told without a map.

use std::sync::LazyLock;

/// Further from the middle of an area than this, somebody may well be in another.
const NEAR_KM: f64 = 3.0;
/// A degree of latitude, and at the equator one of longitude; Kenya is near enough to it.
const KM_OF_DEGREE: f64 = 111.2;

static PLACES: LazyLock<Vec<(&str, f64, f64)>> = LazyLock::new(|| {
    let lines = include_str!("../data/places.tsv").lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    let read = |line: &'static str| {
        let mut fields = line.split('\t');
        let name = fields.next().expect("places.tsv has names");
        let mut degrees = || fields.next().and_then(|f| f.parse().ok()).expect("places.tsv has degrees");
        (name, degrees(), degrees())
    };
    lines.map(read).collect()
});

/// The area around a point, in degrees north and east; `None` if none that is known is near.
#[must_use]
pub fn area_at(latitude: f64, longitude: f64) -> Option<&'static str> {
    let distance = |(_, north, east): &(&str, f64, f64)| {
        (((latitude - north) * KM_OF_DEGREE).powi(2) + ((longitude - east) * KM_OF_DEGREE).powi(2)).sqrt()
    };
    let near = PLACES.iter().map(|place| (place.0, distance(place))).filter(|(_, km)| *km <= NEAR_KM);
    near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_in_the_area_nearest_to_it_or_in_none() {
        assert_eq!(area_at(-1.2195, 36.8960), Some("Kasarani"));
        assert_eq!(area_at(-1.2680, 36.8110), Some("Westlands"));
        assert_eq!(area_at(2.5, 38.0), None);
        assert_eq!(area_at(f64::NAN, 36.8), None);
    }
}
