//! Where rounds were held.

use crate::escape;
use crate::map::LAND;
use dateline_report::PlacePrecision;
use dateline_story::Dossier;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Degrees around the outermost venues.
const MARGIN: f64 = 8.0;
/// Names written beside their dot at most.
const NAMED: usize = 12;

/// Venues that are known to the town; a round known only to the country has no dot.
pub(super) fn venues(o: &mut String, d: &Dossier) {
    let mut towns: BTreeMap<&str, (f64, f64, usize)> = BTreeMap::new();
    for p in d.negotiation.rounds.iter().filter_map(|r| r.place.as_ref()) {
        let fine = matches!(p.precision, Some(PlacePrecision::City | PlacePrecision::Site));
        if let (Some(name), Some(lat), Some(lon)) = (p.name.as_deref().filter(|_| fine), p.lat, p.lon) {
            towns.entry(name).or_insert((lon, lat, 0)).2 += 1;
        }
    }
    if towns.is_empty() {
        return;
    }
    let bound = |of: fn(&(f64, f64, usize)) -> f64| {
        let values = || towns.values().map(of);
        (values().fold(f64::MAX, f64::min) - MARGIN, values().fold(f64::MIN, f64::max) + MARGIN)
    };
    let ((west, mut east), (mut south, mut north)) = (bound(|t| t.0), bound(|t| t.1));
    // At least the width of a continent, and not higher than half its width.
    east = east.max(west + 40.0);
    let height = (north - south).max((east - west) * 0.36);
    let middle = f64::midpoint(north, south);
    (south, north) = ((middle - height / 2.0).max(-85.0), (middle + height / 2.0).min(85.0));
    let (width, height) = ((east - west) * 2.0, (north - south) * 2.0);
    let unit = width / 900.0;
    let _ = write!(
        o,
        "<figure tabindex=\"0\"><svg viewBox=\"{:.1} {:.1} {width:.1} {height:.1}\" role=\"img\" aria-label=\"Where rounds were held\"><path class=\"land\" d=\"{LAND}\"/>",
        west * 2.0,
        -north * 2.0
    );
    let mut ranked: Vec<_> = towns.iter().collect();
    ranked.sort_by_key(|(name, t)| (std::cmp::Reverse(t.2), **name));
    for (i, (name, (lon, lat, rounds))) in ranked.into_iter().enumerate() {
        let (x, y) = (lon * 2.0, -lat * 2.0);
        let r = unit * (4.0 + (*rounds as f64).sqrt() * 2.0);
        let told = if *rounds == 1 { "1 round".to_owned() } else { format!("{rounds} rounds") };
        let _ = write!(
            o,
            "<circle class=\"dot\" cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{r:.2}\" fill-opacity=\".75\"><title>{}: {told}</title></circle>",
            escape(name)
        );
        if i < NAMED {
            let _ = write!(
                o,
                "<text class=\"town\" x=\"{:.2}\" y=\"{:.2}\" font-size=\"{:.2}\">{}</text>",
                x + r + unit * 3.0,
                y + unit * 4.0,
                unit * 13.0,
                escape(name)
            );
        }
    }
    o.push_str("</svg><figcaption>Towns where rounds were held; larger: more rounds. Coasts: Natural Earth.</figcaption></figure>");
}
