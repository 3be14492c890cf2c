//! Places by name: a table sorted by folded name, searched in place, so that it costs nothing at start-up.

use std::borrow::Cow;

/// What a place of the gazetteer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// A town or village.
    Town,
    /// A first-level administrative unit.
    Unit,
    /// A smaller administrative unit: a county, a district.
    Subunit,
}

/// A place of the gazetteer (GeoNames, CC BY 4.0).
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166 alpha-3.
    pub country: &'a str,
    /// GeoNames code of its first-level administrative unit, within the country.
    pub unit: &'a str,
    /// Inhabitants; of a first-level unit those of its towns, of a smaller unit a nominal number.
    pub population: u64,
    /// What it is.
    pub feature: Feature,
}

/// The rows of a name (already folded), largest first.
pub(crate) fn rows<'a>(table: &'a str, key: &str) -> Vec<PlaceRow<'a>> {
    lines(table, key).filter_map(parse).collect()
}

/// The lines of a sorted table whose first column is a key.
pub(crate) fn lines<'a>(table: &'a str, key: &str) -> impl Iterator<Item = &'a str> {
    let bytes = table.as_bytes();
    let line_start = |at: usize| bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
    let key_at = |start: usize| {
        let rest = &table[start..];
        &rest[..rest.find('\t').unwrap_or(rest.len())]
    };
    // The header line sorts by itself; start behind it.
    let (mut low, mut high) = (table.find('\n').map_or(0, |i| i + 1), table.len());
    while low < high {
        let middle = line_start(low + (high - low) / 2).max(low);
        if key_at(middle).as_bytes() < key.as_bytes() {
            low = table[middle..].find('\n').map_or(table.len(), |i| middle + i + 1);
        } else {
            high = middle;
        }
    }
    let key = key.to_owned();
    table[low..].lines().take_while(move |l| l.strip_prefix(key.as_str()).is_some_and(|r| r.starts_with('\t')))
}

/// A folded name without the word for what sort of place it is: "anbar province", "province of anbar", "city of homs".
pub(crate) fn without_kind<'k>(key: &'k str, kinds: &[String]) -> &'k str {
    let bare = |kind: &String| {
        let behind = key.strip_suffix(kind.as_str()).and_then(|r| r.strip_suffix(' '));
        behind.or_else(|| key.strip_prefix(kind.as_str()).and_then(|r| r.strip_prefix(" of ")))
    };
    kinds.iter().find_map(bare).unwrap_or(key)
}

fn parse(line: &str) -> Option<PlaceRow<'_>> {
    let mut c = line.split('\t');
    let (key, written) = (c.next()?, c.next()?);
    Some(PlaceRow {
        name: if written.is_empty() { Cow::Owned(in_capitals(key)) } else { Cow::Borrowed(written) },
        geonames: c.next()?.parse().ok(),
        lat: c.next()?.parse().ok(),
        lon: c.next()?.parse().ok(),
        country: c.next()?,
        unit: c.next()?,
        population: c.next()?.parse().unwrap_or(0),
        feature: match c.next()? {
            "A" => Feature::Unit,
            "B" => Feature::Subunit,
            _ => Feature::Town,
        },
    })
}

/// "new york" as "New York": how the table leaves out names that say no more than their keys.
fn in_capitals(key: &str) -> String {
    let word = |w: &str| {
        let mut c = w.chars();
        c.next().map_or(String::new(), |first| first.to_uppercase().chain(c).collect())
    };
    key.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sort_of_place_is_no_part_of_its_name() {
        let kinds = ["province", "city", "camp", "state"].map(str::to_owned);
        let names = ["anbar province", "city of homs", "camp", "statesville"];
        assert_eq!(names.map(|n| without_kind(n, &kinds)), ["anbar", "homs", "camp", "statesville"]);
    }

    #[test]
    fn every_key_of_a_table_is_found() {
        let table = "key\tname\n\
            alpha two\t\t1\t1.0\t2.0\tAAA\tX\t10\tP\nbeta\tBeta\t2\t1\t2\tBBB\tX\t90\tP\nbeta\tBeta\t3\t1\t2\tCCC\tX\t10\tA\nzeta\tZeta\t4\t\t\tDDD\t\t0\tP\n";
        assert_eq!(rows(table, "beta").iter().map(|r| r.geonames).collect::<Vec<_>>(), [Some(2), Some(3)]);
        assert_eq!((rows(table, "alpha two")[0].country, &*rows(table, "alpha two")[0].name), ("AAA", "Alpha Two"));
        assert_eq!(rows(table, "zeta")[0].lat, None);
        assert!(rows(table, "bet").is_empty() && rows(table, "zz").is_empty() && rows(table, "").is_empty());
    }
}
