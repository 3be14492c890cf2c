//! The world as paths of a drawing, in half degrees east and south.

/// Coasts: derived from Natural Earth 1:110m land (public domain).
pub const LAND: &str = include_str!("land.path");

/// Outlines by country code, made by `web/basemap.py` of Natural Earth 1:110m countries (public domain). Small countries have none.
const COUNTRIES: &str = include_str!("countries.tsv");

/// The outline of a country, if it is large enough to have one.
pub fn outline(country: &str) -> Option<&'static str> {
    COUNTRIES.lines().filter_map(|l| l.split_once('\t')).find(|(code, _)| *code == country).map(|(_, path)| path)
}

#[cfg(test)]
mod tests {
    #[test]
    fn countries_have_outlines() {
        assert!(super::outline("SDN").is_some_and(|p| p.starts_with('M') && p.ends_with('Z')));
        assert_eq!(super::outline("XXX"), None);
    }
}
