//! Place names of a whole text, and what phrases stand for.

use dateline_code::Coder;
use dateline_report::Report;

fn places(text: &str) -> Vec<(String, String, Option<String>)> {
    let coder = Coder::embedded().expect("the model and codebook that ship can be read");
    let found = coder.session().toponyms(&Report::from_text(text));
    let show =
        |t: &dateline_code::Toponym| Some((t.place.text.clone()?, t.place.country.clone()?, t.place.admin1.clone()));
    found.iter().filter_map(show).collect()
}

fn country<'p>(found: &'p [(String, String, Option<String>)], name: &str) -> Option<(&'p str, Option<&'p str>)> {
    found.iter().find(|p| p.0 == name).map(|p| (p.1.as_str(), p.2.as_deref()))
}

#[test]
fn places_beside_one_another_settle_which_is_meant() {
    let texas = places("A fire broke out in Paris, Texas, on Monday. Crews came from Sherman and Dallas.");
    assert_eq!(country(&texas, "Paris"), Some(("USA", Some("Texas"))));
    let france = places("The president returned to Paris from Lyon and Marseille.");
    assert_eq!(country(&france, "Paris").map(|x| x.0), Some("FRA"));
}

#[test]
fn peoples_and_abbreviations_are_toponyms_too() {
    let found = places("Syrian officials met in Richmond, Va., on Friday.");
    assert_eq!(country(&found, "Syrian").map(|x| x.0), Some("SYR"));
    assert_eq!(country(&found, "Richmond"), Some(("USA", Some("Virginia"))));
}

#[test]
fn phrases_say_why_they_resolve() {
    let coder = Coder::embedded().expect("the model and codebook that ship can be read");
    let report = Report { published: "2016-05-01".parse().ok(), ..Report::from_text("two Turkish soldiers") };
    let found = coder.session().actors(&report, None);
    let soldiers = found.iter().find(|r| r.actor.role.is_some()).expect("the soldiers are an actor");
    assert_eq!((soldiers.actor.country.as_deref(), soldiers.actor.sector.as_deref()), (Some("TUR"), Some("MIL")));
    assert!(soldiers.why.iter().any(|w| w.contains("Turkish")) && soldiers.why.iter().any(|w| w.contains("role")));
    // Unnamed people are of the home that is given.
    let report = Report::from_text("Defense Minister");
    let minister = coder.session().actor(&report, Some("German")).expect("a minister is an actor");
    assert_eq!(minister.country.as_deref(), Some("DEU"));
}
