//! The report that the project began from, coded against its reference record.

use dateline_code::Coder;
use dateline_report::{Actor, Report, Round, TalksState};
use std::collections::BTreeSet;
use std::path::Path;

/// Of its 16 events, how many must have type, parties, place, date, status and source right: 11 since weights version 4, 12 before, when a
/// passing word of contacts and a journey were coded and other reports less well.
const WHOLE: f64 = 11.0;

#[test]
fn most_events_of_the_first_report_are_wholly_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/dev");
    if !folder.is_dir() {
        println!("skipped: ../shared absent");
        return;
    }
    let coder = Coder::embedded().expect("the embedded model and codebook are sound");
    let (figures, _) = dateline_eval::gold::score(&folder, &coder, "seed-").expect("the gold record is readable");
    let recall = figures.recall("whole event").expect("the figure is measured");
    assert!((recall * 16.0).round() >= WHOLE, "{recall}");
    assert_eq!(figures.value("figures"), Some(1.0));
}

#[test]
fn the_talks_of_the_first_report_are_complete_and_right() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/dev/seed-hostage-negotiations.json");
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: ../shared absent");
        return;
    };
    let gold: serde_json::Value = serde_json::from_str(&text).expect("the gold record is JSON");
    let report = Report {
        text: gold["text"].as_str().unwrap_or_default().to_owned(),
        published: gold["published"].as_str().and_then(|d| d.parse().ok()),
        ..Report::default()
    };
    let coder = Coder::embedded().expect("the embedded model and codebook are sound");
    let talks = coder.session().code(&report).talks.expect("the report is about talks");
    let expected = |key: &str| -> BTreeSet<String> {
        let list = gold["gold"]["talks"][key].as_array().cloned().unwrap_or_default();
        list.iter().map(|x| side(x["text"].as_str(), x["country"].as_str(), x["sector"].as_str(), key)).collect()
    };
    let found = |list: &[Actor], key: &str| -> BTreeSet<String> {
        list.iter().map(|a| side(Some(&a.text), a.country.as_deref(), a.sector.as_deref(), key)).collect()
    };
    assert_eq!(found(&talks.parties, "parties"), expected("parties"));
    assert_eq!(found(&talks.third_parties, "third_parties"), expected("third_parties"));
    assert_eq!(found(&talks.individuals, "individuals"), expected("individuals"));
    let venues: BTreeSet<String> =
        talks.venues.iter().map(|p| side(p.text.as_deref(), p.country.as_deref(), None, "venues")).collect();
    assert_eq!(venues, expected("venues"));
    let issues: Vec<&str> = talks.issues.iter().map(|i| i.issue.as_str()).collect();
    assert_eq!(issues, ["release", "ceasefire"]);
    // Rounds are not noted in the gold record's talks; their days are those of its events e1 and e12.
    let days = |id: &str| {
        let events = gold["gold"]["events"].as_array().cloned().unwrap_or_default();
        let date = events.into_iter().find(|e| e["id"] == id).map(|e| e["date"].clone()).unwrap_or_default();
        (date["start"].as_str().map(str::to_owned), date["end"].as_str().map(str::to_owned))
    };
    let round = |r: Option<&Round>| {
        let date = r.and_then(|r| r.date.clone()).unwrap_or_default();
        (date.start.map(|d| d.to_string()), date.end.map(|d| d.to_string()))
    };
    assert_eq!(round(talks.next_round.as_ref()), days("e1"));
    assert_eq!(round(talks.last_round.as_ref()), days("e12"));
    assert_eq!(talks.last_round.and_then(|r| r.outcome), Some(TalksState::Progress));
    assert_eq!(talks.state, Some(TalksState::Planned));
}

/// A participant by codes; persons and towns by their last word as well, since texts may hold more or less of a title.
fn side(text: Option<&str>, country: Option<&str>, sector: Option<&str>, list: &str) -> String {
    let last = text.and_then(|t| t.split_whitespace().last()).filter(|_| matches!(list, "individuals" | "venues"));
    format!("{} {} {}", last.unwrap_or_default(), country.unwrap_or("-"), sector.unwrap_or("-"))
}
