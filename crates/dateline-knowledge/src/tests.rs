use super::*;

/// Country and sector of a phrase whose words stand apart; the head is marked with a star.
fn code(phrase: &str, on: Option<&str>) -> (Option<String>, Option<String>) {
    let head = phrase.split(' ').position(|w| w.starts_with('*')).unwrap();
    let words: Vec<&str> = phrase.split(' ').map(|w| w.trim_start_matches('*')).collect();
    // Good enough lemmas for these phrases: the annotator makes real ones.
    let lemma = |w: &str| match w {
        "soldiers" | "rebels" | "hostages" | "officials" => w.trim_end_matches('s').to_owned(),
        "families" => "family".to_owned(),
        "backed" => "back".to_owned(),
        _ if w.starts_with(char::is_uppercase) => w.to_owned(),
        _ => w.to_lowercase(),
    };
    let lemmas: Vec<String> = words.iter().map(|w| lemma(w)).collect();
    let pairs: Vec<(&str, &str)> = words.iter().zip(&lemmas).map(|(w, l)| (*w, l.as_str())).collect();
    let r = Knowledge::embedded().resolve_phrase(&pairs, head, on.map(|d| d.parse().unwrap()));
    (r.country, r.sector)
}

fn expect(phrase: &str, on: Option<&str>, country: &str, sector: &str) {
    let some = |s: &str| Some(s.to_owned()).filter(|s| !s.is_empty());
    assert_eq!(code(phrase, on), (some(country), some(sector)), "{phrase}");
}

#[test]
fn names_roles_and_nationalities_compose() {
    expect("two Turkish *soldiers", None, "TUR", "MIL");
    expect("the Iran - backed Houthi *movement", None, "YEM", "REB");
    expect("Syrian *rebels", None, "SYR", "REB");
    expect("the White *House", None, "USA", "GOV");
    expect("*Hamas", None, "PSE", "REB");
    expect("Hamas *leader", None, "PSE", "REB");
    expect("a police *spokesman", None, "", "COP");
    expect("*families of the hostages", None, "", "CVL");
    expect("Qatari Prime *Minister", None, "QAT", "GOV");
    expect("the U.N. special *envoy", None, "UNO", "");
}

#[test]
fn offices_have_dates() {
    expect("*Taliban", Some("2019-05-01"), "AFG", "REB");
    expect("*Taliban", Some("2023-05-01"), "AFG", "GOV");
    expect("*Erdogan", Some("2016-05-01"), "TUR", "GOV");
    expect("former Afghan president *Karzai", Some("2016-05-01"), "AFG", "ELI");
}

#[test]
fn capitals_only_match_as_written() {
    assert!(Knowledge::embedded().name("is", None).is_none());
    assert_eq!(Knowledge::embedded().name("IS", None).map(|n| n.country.as_str()), Some("IMG"));
    assert!(Knowledge::embedded().name("us", None).is_none());
}

#[test]
fn places_are_found_largest_first() {
    let cairo = Knowledge::embedded().places("Cairo");
    assert_eq!((cairo[0].country, cairo[0].geonames), ("EGY", Some(360_630)));
    assert!(Knowledge::embedded().places("Nosuchplaceatall").is_empty());
}
