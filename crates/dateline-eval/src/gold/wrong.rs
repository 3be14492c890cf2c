//! Fields of matched events that differ from the reference, for error analysis.

use super::{Error, ROLES, Scored, same_source};

/// The differing fields of a matched pair, each with what stands on either side: "actors", "place", "date" and so on.
pub(super) fn fields(gold: &Scored, system: &Scored, report: &str, sentence: &str) -> Vec<Error> {
    let mut out = Vec::new();
    let mut note = |kind: &'static str, same: bool, expected: String, found: String| {
        if !same {
            out.push(Error {
                kind,
                report: report.to_owned(),
                event: format!("{} \"{}\"", gold.kind, gold.trigger),
                why: format!("expected {expected}; found {found}"),
                sentence: sentence.to_owned(),
            });
        }
    };
    for (i, role) in ROLES.iter().enumerate() {
        let sorted = |e: &Scored| {
            let mut codes = e.roles[i].clone();
            codes.sort();
            codes
        };
        note(role, sorted(gold) == sorted(system), gold.shown[i].join(" + "), system.shown[i].join(" + "));
    }
    let said = |e: &Scored| format!("{} ({})", e.place.as_deref().unwrap_or("-"), e.place_text);
    let place = gold.place == system.place || gold.place.is_some() && !gold.place_said && system.place.is_none();
    note("place", place, said(gold), said(system));
    let day = |e: &Scored| format!("{:?} ({})", (e.date.0.as_deref(), e.date.1.as_deref()), e.date_text);
    note("date", gold.date.0.is_none() || gold.date == system.date, day(gold), day(system));
    let flag = |e: &Scored| e.historical.to_string();
    note("historical", gold.historical == system.historical, flag(gold), flag(system));
    note("status", gold.status == system.status, gold.status.clone(), system.status.clone());
    let source = |e: &Scored| e.source.clone().unwrap_or_else(|| "-".to_owned());
    let same = same_source(gold.source.as_deref(), system.source.as_deref());
    note("source", same, source(gold), source(system));
    out
}
