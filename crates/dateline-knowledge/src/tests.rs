use super::*;

/// Country and sector of a phrase whose words stand apart; the head is marked with a star.
fn code(phrase: &str, on: Option<&str>) -> (Option<String>, Option<String>) {
    let head = phrase.split(' ').position(|w| w.starts_with('*')).unwrap();
    let words: Vec<&str> = phrase.split(' ').map(|w| w.trim_start_matches('*')).collect();
    // Good enough lemmas for these phrases: the annotator makes real ones.
    let lemma = |w: &str| match w {
        "soldiers" | "rebels" | "hostages" | "officials" | "generals" | "residents" | "hundreds" => {
            w.trim_end_matches('s').to_owned()
        }
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
    assert!(cairo.windows(2).all(|w| w[0].population >= w[1].population));
    let town = cairo.iter().find(|r| r.feature == Feature::Town);
    assert_eq!(town.map(|r| (r.country, r.geonames)), Some(("EGY", Some(360_630))));
    assert!(Knowledge::embedded().places("Nosuchplaceatall").is_empty());
}

#[test]
fn those_who_are_counted_stand_behind_the_number() {
    expect("*half of the generals", None, "", "MIL");
    expect("*hundreds of Rwandans", None, "RWA", "CVL");
}

#[test]
fn a_town_or_province_beside_a_role_tells_its_country() {
    expect("Shanghai *police", None, "CHN", "COP");
    expect("Kano State *government", None, "NGA", "GOV");
    expect("*residents of Aleppo", None, "SYR", "CVL");
    // Two towns of a size share the name: it tells nothing.
    expect("Tripoli *police", None, "LBY", "COP");
}

#[test]
fn institutions_and_heads_are_those_of_the_body_that_is_named() {
    expect("Chile 's Defense *Department", None, "CHL", "GOV");
    expect("*president of the Riigikogu", None, "EST", "LEG");
    expect("the Burkina Faso ’s *army", None, "BFA", "MIL");
}

#[test]
fn offices_that_nobody_holds_any_more_are_former() {
    expect("Angela *Merkel", Some("2017-04-01"), "DEU", "GOV");
    expect("Angela *Merkel", Some("2022-01-10"), "DEU", "ELI");
    expect("*Trump", Some("2019-04-01"), "USA", "GOV");
    expect("*Trump", Some("2022-04-01"), "USA", "ELI");
    // Another with the same first names is somebody else.
    expect("Juan Carlos *Quintero", Some("2010-01-01"), "", "");
}

#[test]
fn own_entities_speak_first() {
    let table = "names\tcountry\tsector\tkind\trole\tfrom\nHoms Front|HF\tSYR\tREB\tgroup\t\t2019-05\nBarack Obama\tKEN\tCVL\tperson\n";
    let k = Knowledge::with_entities(table).unwrap();
    let code = |name: &str, on: &str| k.name(name, on.parse().ok()).map(|n| (n.country.as_str(), n.sector.as_deref()));
    assert_eq!(code("Homs Front", "2020-01-01"), Some(("SYR", Some("REB"))));
    assert_eq!(code("Barack Obama", "2012-01-01"), Some(("KEN", Some("CVL"))));
    let wrong = Knowledge::with_entities("X\tXXX").err().unwrap();
    assert_eq!((wrong.line, wrong.column), (1, 3));
}

#[test]
fn the_gazetteer_is_in_the_order_in_which_it_is_searched() {
    let lines = || include_str!("../../../knowledge/tables/gazetteer.tsv").lines().skip(1);
    let keys = || lines().filter_map(|l| l.split('\t').next());
    assert!(keys().zip(keys().skip(1)).all(|(a, b)| a.as_bytes() <= b.as_bytes()));
    assert!(keys().step_by(997).all(|k| fold(k) == k), "a key that no look-up makes");
}

#[test]
fn places_have_their_units() {
    let k = Knowledge::embedded();
    let homs = &k.places("Springfield");
    assert!(homs.iter().any(|r| k.unit(r.country, r.unit) == Some("Illinois")));
    assert_eq!(k.abbreviation("Va."), Some(("Virginia", "USA")));
    assert_eq!(k.kind_of("Laurel County"), Some("county"));
    assert!(k.region_centre("Africa").is_some());
}

#[test]
fn the_inventory_counts_people_groups_and_institutions() {
    let all = Knowledge::embedded().inventory();
    let syria = &all.countries["SYR"];
    assert!(syria.people > 10 && syria.groups > 10 && syria.decades[&2010] > 5);
    assert_eq!(all.rows, all.sources.values().sum::<usize>());
}

#[test]
fn nouns_titles_and_given_names_tell_gender() {
    let know = Knowledge::embedded();
    assert_eq!(know.gender_of_noun("Mrs."), Some(Gender::Female));
    assert_eq!(know.gender_of_noun("spokesman"), Some(Gender::Male));
    assert_eq!(know.gender_of_given_name("Patricia"), Some(Gender::Female));
    // Known people tell of names that no census of one country has.
    assert_eq!(know.gender_of_given_name("Kofi"), Some(Gender::Male));
    assert_eq!(know.gender_of_given_name("patricia"), None);
    assert_eq!(know.gender_of_noun("minister"), None);
}

#[test]
fn surnames_after_titles_and_before_governments_are_known() {
    expect("Mr *Chirac", Some("2002-05-01"), "FRA", "GOV");
    // Another first name is another man.
    expect("Tim *Chirac", Some("2002-05-01"), "", "");
    expect("the Merkel *Cabinet", Some("2014-05-01"), "DEU", "GOV");
    expect("the Merkel *government", Some("2024-05-01"), "DEU", "GOV");
    expect("*Chirac", Some("2024-05-01"), "", "");
    expect("Ruiz or *Chirac", Some("2024-05-01"), "", "");
    expect("former President *Chirac", Some("2024-05-01"), "FRA", "ELI");
    expect("the late President *Chavez", Some("2014-05-01"), "VEN", "ELI");
}

#[test]
fn of_two_of_one_surname_the_leader_is_meant() {
    // The foreign minister of Palestine and the prime minister of Iraq.
    expect("al - *Maliki", Some("2010-05-01"), "IRQ", "GOV");
}

#[test]
fn british_spellings_are_known() {
    expect("*Nato", None, "IGO", "MIL");
    expect("the Shanghai Cooperation *Organisation", None, "IGO", "");
    // Three letters are no word: "Who".
    assert_ne!(code("*Who", None).0.as_deref(), Some("UNO"));
}

#[test]
fn an_envoy_is_of_the_state_that_sent_him() {
    expect("the American *envoy at the U.N.", None, "USA", "GOV");
    expect("the *envoy of the U.N.", None, "UNO", "");
}

#[test]
fn peoples_without_a_state_live_in_several() {
    let know = Knowledge::embedded();
    assert!(know.states_of_people("Kurdish").contains(&"IRQ"));
    assert!(know.states_of_people("Turkish").is_empty());
    assert!(know.is_title("Mr.") && know.is_title("Dr") && !know.is_title("President"));
}

#[test]
fn unknown_names_sound_like_those_of_their_country() {
    let know = Knowledge::embedded();
    let likest = |name: &str, of: &[&str]| {
        let best = of.iter().max_by(|x, y| know.likeness(name, x).total_cmp(&know.likeness(name, y)));
        best.map(|c| (*c).to_owned())
    };
    assert_eq!(likest("Kakha Lomidze", &["RUS", "GEO", "USA"]).as_deref(), Some("GEO"));
    assert_eq!(likest("Gao Zhiyuan", &["USA", "CHN", "KOR"]).as_deref(), Some("CHN"));
    assert_eq!(likest("Cevdet Demirkan", &["IRQ", "TUR", "USA"]).as_deref(), Some("TUR"));
}

#[test]
fn an_own_state_is_one() {
    let know = Knowledge::with_entities("Ruritania\tRUR\tGOV\tstate\nRuritanian\tRUR\t\tpeople\n").unwrap();
    let r = know.resolve_phrase(&[("Ruritanian", "Ruritanian"), ("soldiers", "soldier")], 1, None);
    assert_eq!((r.country.as_deref(), r.sector.as_deref()), (Some("RUR"), Some("MIL")));
}
