//! From a body, or from a garment that fits, to a size: size charts, and what the numbers of other shops mean.

use std::{collections::BTreeMap, sync::LazyLock};

use duka_kernel::Size;
use serde::{Deserialize, Serialize};

use crate::{Product, ShopProfile};

/// Under which names a product's own chart may stand among its attributes.
const CHART: [&str; 3] = ["size_chart", "size chart", "sizechart"];
/// The most a chart may hold.
const MOST_ROWS: usize = 30;

/// A body in whole centimetres, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// Around the bust or chest.
    pub bust: Option<u32>,
    /// Around the waist.
    pub waist: Option<u32>,
    /// Around the hips.
    pub hips: Option<u32>,
}

impl Body {
    /// Whether nothing is known.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        self.bust.is_none() && self.waist.is_none() && self.hips.is_none()
    }
}

/// What numbers a size is given in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Numbers {
    /// British, women's clothes.
    Uk,
    /// Continental.
    Eu,
    /// American.
    Us,
    /// Inches around the waist.
    Waist,
}

impl Numbers {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "uk" => Self::Uk,
            "eu" => Self::Eu,
            "us" => Self::Us,
            "waist" => Self::Waist,
            _ => return None,
        })
    }
}

/// One row of a chart: a size and the ranges it is cut for, in centimetres.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Row {
    /// The size.
    pub size: Size,
    /// By name: `bust`, `waist`, `hips`; both ends included.
    pub ranges: BTreeMap<&'static str, (u32, u32)>,
}

/// A size chart, smallest size first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Whether it is the shop's own, and not what is usual.
    pub own: bool,
}

/// What a chart says of a body.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Fitting {
    /// The size to take.
    pub size: Size,
    /// Another that is as near: the body lies between the two.
    pub or: Option<Size>,
    /// The row of the chart that says so.
    pub row: Row,
    /// Whether the chart is the shop's own.
    pub own: bool,
}

struct UsualRow {
    letter: Size,
    numbers: [u32; 3],
    row: Row,
}

fn lines(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

static USUAL: LazyLock<Vec<UsualRow>> = LazyLock::new(|| {
    let read = |fields: Vec<&'static str>| {
        let number = |at: usize| fields.get(at).and_then(|f| f.parse().ok()).expect("body_sizes.tsv has numbers");
        let span = |at: usize| fields.get(at).and_then(|f| range(f)).expect("body_sizes.tsv has ranges");
        let letter = Size::parse(fields[0]);
        let ranges = BTreeMap::from([("bust", span(4)), ("waist", span(5)), ("hips", span(6))]);
        UsualRow { row: Row { size: letter.clone(), ranges }, letter, numbers: [number(1), number(2), number(3)] }
    };
    lines(include_str!("../data/body_sizes.tsv")).map(read).collect()
});

/// A place people know their size from.
struct Source {
    name: &'static str,
    numbers: Option<Numbers>,
    spoken: Vec<&'static str>,
}

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let read = |fields: Vec<&'static str>| Source {
        name: fields[0],
        numbers: fields.get(1).and_then(|n| Numbers::parse(n)),
        spoken: fields.get(2).copied().unwrap_or_default().split(',').map(str::trim).collect(),
    };
    lines(include_str!("../data/size_sources.tsv")).map(read).collect()
});

/// The shop that words name as the one somebody knows their size from, and the numbers it labels in. `words` are in
/// lower case, without punctuation, a blank between two.
#[must_use]
pub fn source_named(words: &str) -> Option<(&'static str, Option<Numbers>)> {
    let padded = format!(" {words} ");
    let named = |source: &&Source| source.spoken.iter().any(|name| padded.contains(&format!(" {name} ")));
    SOURCES.iter().find(named).map(|source| (source.name, source.numbers))
}

/// The body that a number of women's clothes is usually cut for.
#[must_use]
pub fn body_of(number: u32, numbers: Numbers) -> Option<Body> {
    let at = match numbers {
        Numbers::Uk => 0,
        Numbers::Eu => 1,
        Numbers::Us => 2,
        Numbers::Waist => {
            return (20..=60).contains(&number).then(|| Body { waist: Some(from_inches(number)), ..Body::default() });
        }
    };
    let row = USUAL.iter().find(|row| row.numbers[at] == number)?;
    let middle = |name: &str| row.row.ranges.get(name).map(|(low, high)| low.midpoint(*high));
    Some(Body { bust: middle("bust"), waist: middle("waist"), hips: middle("hips") })
}

/// The body that a letter is usually cut for.
#[must_use]
pub fn body_of_letter(size: &Size) -> Option<Body> {
    let rows: Vec<&UsualRow> = USUAL.iter().filter(|row| row.letter == *size).collect();
    let (first, last) = (rows.first()?, rows.last()?);
    let middle = |name: &str| Some(first.row.ranges.get(name)?.0.midpoint(last.row.ranges.get(name)?.1));
    Some(Body { bust: middle("bust"), waist: middle("waist"), hips: middle("hips") })
}

/// Whole centimetres.
#[must_use]
pub const fn from_inches(inches: u32) -> u32 {
    inches.saturating_mul(254).saturating_add(50) / 100
}

/// The chart that a product is cut by: its own, the shop's for its category, or what is usual. `None` for what is sized
/// otherwise: shoes, children's clothes, one size for all.
#[must_use]
pub fn chart_of(product: &Product, profile: &ShopProfile) -> Option<Chart> {
    let own = CHART.iter().find_map(|name| product.attributes.get(*name));
    let kinds = std::iter::once(product.category.as_str()).chain(product.category.split('/').rev());
    let of_category = kinds.filter_map(|kind| profile.size_charts.get(kind)).next();
    let offered: Vec<&Size> = product.variants.iter().map(|v| &v.size).collect();
    let chart = own.or(of_category).and_then(|text| read_chart(text));
    let chart = chart.or_else(|| usual_for(&offered, &product.category))?;
    let rows: Vec<Row> = chart.rows.into_iter().filter(|row| offered.contains(&&row.size)).collect();
    (!rows.is_empty()).then_some(Chart { rows, ..chart })
}

/// What is usual, in letters.
#[must_use]
pub fn usual_chart() -> Chart {
    Chart { rows: usual_letters(), own: false }
}

fn usual_letters() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for usual in USUAL.iter() {
        match rows.last_mut().filter(|row| row.size == usual.letter) {
            Some(row) => {
                for (name, (_, high)) in &usual.row.ranges {
                    row.ranges.entry(name).and_modify(|range| range.1 = *high);
                }
            }
            None => rows.push(usual.row.clone()),
        }
    }
    rows
}

/// What is usual, in the sizes that a product comes in.
fn usual_for(offered: &[&Size], category: &str) -> Option<Chart> {
    const SIZED_OTHERWISE: [&str; 6] = ["shoe", "sandal", "boot", "kid", "child", "belt"];
    if SIZED_OTHERWISE.iter().any(|kind| category.contains(kind)) {
        return None;
    }
    let numbers: Vec<u32> = offered.iter().filter_map(|size| size.as_str().parse().ok()).collect();
    let rows = if numbers.len() == offered.len() && numbers.iter().all(|n| (24..=50).contains(n)) {
        // Trousers: inches around the waist, a centimetre or so either way.
        let row = |inches: &u32| Row {
            size: Size::parse(&inches.to_string()),
            ranges: BTreeMap::from([("waist", (from_inches(*inches).saturating_sub(2), from_inches(*inches) + 2))]),
        };
        numbers.iter().map(row).collect()
    } else if numbers.len() == offered.len() {
        let row = |row: &UsualRow| Row { size: Size::parse(&row.numbers[0].to_string()), ..row.row.clone() };
        USUAL.iter().map(row).collect()
    } else {
        usual_letters()
    };
    Some(Chart { rows, own: false })
}

/// Reads `S: bust 84-88, waist 66-70 | M: bust 89-94, …`: centimetres, or inches where `in` follows a number. `None` if
/// it is none.
#[must_use]
pub fn read_chart(text: &str) -> Option<Chart> {
    let mut rows = Vec::new();
    for part in text.split(['|', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).take(MOST_ROWS) {
        let (size, measures) = part.split_once(':')?;
        let mut ranges = BTreeMap::new();
        for measure in measures.split(',').map(|m| m.trim().to_lowercase()) {
            let (name, span) = measure.split_once(' ')?;
            let name = match name {
                "bust" | "chest" => "bust",
                "waist" => "waist",
                "hips" | "hip" => "hips",
                _ => return None,
            };
            let inches = span.trim_end().ends_with("in") || span.contains('"');
            let (low, high) = range(span.trim_end_matches(|c: char| !c.is_ascii_digit()))?;
            let span = if inches { (from_inches(low), from_inches(high)) } else { (low, high) };
            ranges.insert(name, span);
        }
        rows.push(Row { size: Size::parse(size), ranges });
    }
    rows.sort_by_key(|row| row.size.rank());
    (!rows.is_empty()).then_some(Chart { rows, own: true })
}

fn range(text: &str) -> Option<(u32, u32)> {
    let (low, high) = text.split_once(['-', '–']).unwrap_or((text, text));
    let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    (low <= high && high < 300).then_some((low, high))
}

impl Chart {
    /// The size for a body: the smallest that nothing of it is too large for. `None` if the chart says nothing of what
    /// is known of the body, or the body is larger than the largest size.
    #[must_use]
    pub fn fit(&self, body: &Body) -> Option<Fitting> {
        let measures: Vec<(&str, u32)> = [("bust", body.bust), ("waist", body.waist), ("hips", body.hips)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .filter(|(name, _)| self.rows.iter().any(|row| row.ranges.contains_key(name)))
            .collect();
        if measures.is_empty() {
            return None;
        }
        let fits = |row: &Row| measures.iter().all(|(name, value)| row.ranges.get(name).is_none_or(|r| *value <= r.1));
        let at = self.rows.iter().position(fits)?;
        let row = &self.rows[at];
        // Where only the smaller part of the measures asks for this size, the one below is worth a thought.
        let below = at.checked_sub(1).map(|below| &self.rows[below]);
        let needs =
            |row: &Row| measures.iter().filter(|(n, value)| row.ranges.get(n).is_some_and(|r| *value > r.1)).count();
        let or = below.filter(|below| measures.len() > 1 && needs(below) * 2 <= measures.len());
        Some(Fitting {
            size: row.size.clone(),
            or: or.map(|below| below.size.clone()),
            row: row.clone(),
            own: self.own,
        })
    }
}

/// Whether a child of so many years wears a size such as `5-6Y`, `6Y` or `6 YEARS`.
#[must_use]
pub fn is_for_age(size: &Size, years: u32) -> bool {
    let text = size.as_str();
    let Some(ages) = text.strip_suffix('Y').or_else(|| text.strip_suffix("YRS")).or_else(|| text.strip_suffix("YEARS"))
    else {
        return false;
    };
    range(ages.trim()).is_some_and(|(from, to)| (from..=to).contains(&years))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_read_in_centimetres_and_inches_and_nothing_else_is_one() {
        let chart = read_chart("M: bust 89-94, waist 70-75 | S: bust 33-35in").expect("a chart");
        assert_eq!(chart.rows.iter().map(|r| r.size.as_str()).collect::<Vec<_>>(), ["S", "M"]);
        assert_eq!(chart.rows[0].ranges["bust"], (84, 89));
        for wrong in ["", "runs small", "S: arms 3", "S: bust 90-80", "S: bust"] {
            assert_eq!(read_chart(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_size_is_the_smallest_that_nothing_is_too_large_for() {
        let chart = read_chart("S: bust 84-88, hips 92-96 | M: bust 89-94, hips 97-102 | L: bust 95-100, hips 103-108")
            .expect("a chart");
        let body = |bust, hips| Body { bust: Some(bust), hips: Some(hips), waist: None };
        let fit = |bust, hips| chart.fit(&body(bust, hips)).map(|f| (f.size.to_string(), f.or.map(|s| s.to_string())));
        assert_eq!(fit(86, 95), Some(("S".into(), None)));
        assert_eq!(fit(90, 95), Some(("M".into(), Some("S".into()))));
        assert_eq!(fit(80, 80), Some(("S".into(), None)));
        assert_eq!(fit(120, 95), None);
        assert_eq!(chart.fit(&Body { waist: Some(70), ..Body::default() }), None);
    }

    #[test]
    fn numbers_of_other_shops_mean_a_body() {
        assert_eq!(source_named("i wear 12 at mr price"), Some(("Mr Price", Some(Numbers::Uk))));
        assert_eq!(source_named("size 40 at zara"), Some(("Zara", Some(Numbers::Eu))));
        assert_eq!(source_named("my price is low"), None);
        let (uk, eu, us) = (body_of(12, Numbers::Uk), body_of(40, Numbers::Eu), body_of(8, Numbers::Us));
        assert!(uk.is_some() && uk == eu && eu == us);
        assert_eq!(body_of(32, Numbers::Waist).and_then(|b| b.waist), Some(81));
        assert_eq!(body_of(3, Numbers::Uk), None);
    }

    #[test]
    fn a_childs_size_is_known_by_its_age() {
        assert!(is_for_age(&Size::parse("5-6Y"), 6) && is_for_age(&Size::parse("6Y"), 6));
        assert!(!is_for_age(&Size::parse("7-8Y"), 6) && !is_for_age(&Size::parse("M"), 6));
    }
}
