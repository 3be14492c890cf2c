//! Places by name: a table sorted by folded name, searched in place, so that it costs nothing at start-up.

/// A place of the gazetteer (GeoNames, CC BY 4.0).
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow<'a> {
    /// Its name.
    pub name: &'a str,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166 alpha-3.
    pub country: &'a str,
    /// First-level administrative unit.
    pub admin1: &'a str,
    /// Inhabitants; of a first-level unit those of its towns, of a smaller unit a nominal number.
    pub population: u64,
    /// Whether it is an administrative unit rather than a town.
    pub admin: bool,
}

/// The rows of a name (already folded), largest first.
pub(crate) fn rows<'a>(table: &'a str, key: &str) -> Vec<PlaceRow<'a>> {
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
    table[low..]
        .lines()
        .take_while(|l| l.strip_prefix(key).is_some_and(|r| r.starts_with('\t')))
        .filter_map(parse)
        .collect()
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
    let mut c = line.split('\t').skip(1);
    Some(PlaceRow {
        name: c.next()?,
        geonames: c.next()?.parse().ok(),
        lat: c.next()?.parse().ok(),
        lon: c.next()?.parse().ok(),
        country: c.next()?,
        admin1: c.next()?,
        population: c.next()?.parse().unwrap_or(0),
        admin: c.next()? == "A",
    })
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
            alpha\tAlpha\t1\t1.0\t2.0\tAAA\tX\t10\tP\nbeta\tBeta\t2\t1\t2\tBBB\tX\t90\tP\nbeta\tBeta\t3\t1\t2\tCCC\tX\t10\tA\nzeta\tZeta\t4\t\t\tDDD\t\t0\tP\n";
        assert_eq!(rows(table, "beta").iter().map(|r| r.geonames).collect::<Vec<_>>(), [Some(2), Some(3)]);
        assert_eq!(rows(table, "alpha")[0].country, "AAA");
        assert_eq!(rows(table, "zeta")[0].lat, None);
        assert!(rows(table, "bet").is_empty() && rows(table, "zz").is_empty() && rows(table, "").is_empty());
    }
}
