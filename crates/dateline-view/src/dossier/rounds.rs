//! The rounds in the mediation-event form: one row a round. docs/dossier.md says what is in each column.

use dateline_story::{Dossier, Evidence, RoundKind, Side};
use std::io::Write;

const COLUMNS: [&str; 20] = [
    "story",
    "round",
    "start",
    "end",
    "place",
    "country",
    "latitude",
    "longitude",
    "kind",
    "parties",
    "party_names",
    "third_parties",
    "third_party_names",
    "individuals",
    "outcome",
    "status",
    "reports",
    "first_published",
    "report",
    "sentence",
];

/// Writes the rounds that were held, and the next one.
pub fn write(name: &str, d: &Dossier, out: &mut dyn Write) -> std::io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    let n = &d.negotiation;
    let held = n.rounds.iter().map(|r| (r, "held"));
    for (i, (r, status)) in held.chain(n.next_round.iter().map(|r| (r, "announced"))).enumerate() {
        let place = r.place.as_ref();
        let degrees = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
        let codes = |s: &[Side]| s.iter().map(Side::as_str).collect::<Vec<_>>().join(";");
        let names = |s: &[Side]| s.iter().map(|s| d.name(s)).collect::<Vec<_>>().join(";");
        let kind = match r.kind {
            RoundKind::Talks => "talks",
            RoundKind::Visit => "visit",
            RoundKind::Call => "call",
        };
        let first: Option<&Evidence> = r.evidence.first();
        let row = [
            name.to_owned(),
            (i + 1).to_string(),
            r.start.to_string(),
            r.end.to_string(),
            place.and_then(|p| p.name.clone().or_else(|| p.text.clone())).unwrap_or_default(),
            place.and_then(|p| p.country.clone()).unwrap_or_default(),
            degrees(place.and_then(|p| p.lat)),
            degrees(place.and_then(|p| p.lon)),
            kind.to_owned(),
            codes(&r.parties),
            names(&r.parties),
            codes(&r.third_parties),
            names(&r.third_parties),
            r.individuals.join(";"),
            r.outcome.map_or(String::new(), |o| o.to_string()),
            status.to_owned(),
            r.reports.to_string(),
            first.and_then(|e| e.published).map_or(String::new(), |d| d.to_string()),
            first.map_or(String::new(), |e| e.report.clone()),
            first.map_or(String::new(), |e| e.text.clone()),
        ];
        table.write_record(row)?;
    }
    table.flush()
}
