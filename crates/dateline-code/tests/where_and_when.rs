//! Places and days of events, as whole reports of ours tell them.

use dateline_code::Coder;
use dateline_report::{Event, Record, Report};

fn code(coder: &Coder, text: &str) -> Record {
    let published = Some("2026-03-13".parse().unwrap());
    coder.session().code(&Report { text: text.to_owned(), published, ..Report::default() })
}

fn country<'r>(r: &'r Record, trigger: &str) -> Option<&'r str> {
    let event = r.events.iter().find(|e| e.trigger.contains(trigger));
    event.unwrap_or_else(|| panic!("{trigger}: {:?}", r.events)).place.as_ref()?.country.as_deref()
}

fn days(e: &Event) -> Option<String> {
    e.date.as_ref().and_then(|d| d.start).map(|d| d.to_string())
}

#[test]
fn the_phrase_around_a_place_tells_its_country() {
    let coder = Coder::embedded().unwrap();
    for (text, trigger, expected) in [
        ("Hundreds of students protested outside the Saudi embassy in Sanaa on Wednesday.", "protest", Some("YEM")),
        ("Delegates from both parties met in St. Paul, Minnesota, on Thursday.", "met", Some("USA")),
        (
            "U.S. Secretary of State Ann Holt met Russian Foreign Minister Oleg Petrov in Geneva on Monday.",
            "met",
            Some("CHE"),
        ),
        ("Gunmen attacked a police post in the Syrian city of Tell Nasriya on Tuesday.", "attacked", Some("SYR")),
    ] {
        assert_eq!(country(&code(&coder, text), trigger), expected, "{text}");
    }
}

#[test]
fn days_are_lent_by_mentions_of_the_same_happening_and_by_the_saying() {
    let coder = Coder::embedded().unwrap();
    let r = code(
        &coder,
        "Turkish Army Shells Kurdish Positions\n\nTurkish troops shelled Kurdish positions in northern Syria on Wednesday, the army said.\n\n\
         \"The shelling is a crime and we condemn it,\" Syrian Foreign Minister Karim Haddad said on Thursday.",
    );
    assert_eq!(days(&r.events[0]).as_deref(), Some("2026-03-11"), "{:?}", r.events[0]);
    let condemned = r.events.iter().find(|e| e.trigger.contains("condemn")).expect("the condemnation is coded");
    assert_eq!(days(condemned).as_deref(), Some("2026-03-12"));
}

#[test]
fn a_part_of_a_place_is_known_less_finely() {
    let coder = Coder::embedded().unwrap();
    for (text, words, precision) in [
        ("Rebels attacked an army post north of Homs on Tuesday.", "north of Homs", "admin"),
        ("Turkish troops shelled Kurdish positions in northern Syria on Wednesday.", "northern Syria", "admin"),
        ("Gunmen killed two policemen in Homs on Tuesday.", "Homs", "city"),
    ] {
        let r = code(&coder, text);
        let place = r.events.iter().find_map(|e| e.place.clone()).unwrap_or_else(|| panic!("no place: {text}"));
        assert_eq!(place.text.as_deref(), Some(words), "{place:?}");
        assert_eq!(place.precision.map(|p| p.to_string()).as_deref(), Some(precision), "{place:?}");
        assert_eq!(place.country.as_deref(), Some("SYR"));
    }
}

#[test]
fn places_without_a_name_are_of_the_country_that_their_phrase_or_the_report_names() {
    let coder = Coder::embedded().unwrap();
    let r = code(
        &coder,
        "Egyptian students clashed with Egyptian police outside the presidential palace in Egypt on Monday. Egypt's students had protested for weeks.",
    );
    let clash = r.events.iter().find(|e| e.trigger == "clashed").expect("the clash is coded");
    assert_eq!(clash.place.as_ref().and_then(|p| p.country.as_deref()), Some("EGY"), "{:?}", clash.place);
}
