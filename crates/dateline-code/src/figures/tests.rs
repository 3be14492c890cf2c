use super::*;
use crate::data;
use crate::testing::{annotation, reading};

/// (value, approximation, unit, words) of the figures of hand-made trees.
fn figures(lines: &str) -> Vec<(u64, Approx, String, String)> {
    let (text, a) = annotation(lines);
    let people = People::from_toml(data::PEOPLE).unwrap();
    let found = find(&reading(&text, &a), &people);
    found.into_iter().map(|f| (f.figure.value, f.figure.approx, f.figure.unit, f.figure.text)).collect()
}

#[test]
fn a_part_is_counted_in_the_unit_of_its_whole() {
    let found = figures(
        "
        Approximately approximately ADV 2 advmod
        120 120 NUM 3 nummod
        hostages hostage NOUN 10 nsubj:pass Number=Plur
        =, , PUNCT 8 punct
        including include VERB 8 case
        five five NUM 8 nummod
        U.S. U.S. PROPN 8 compound
        citizens citizen NOUN 3 nmod Number=Plur
        are be AUX 10 aux:pass
        held hold VERB 0 root
        =. . PUNCT 10 punct",
    );
    let expected = [
        (120, Approx::About, "hostages".to_owned(), "Approximately 120 hostages".to_owned()),
        (5, Approx::Exact, "hostages".to_owned(), "five U.S. citizens".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn numbers_alone_count_people_by_their_fate() {
    let found = figures(
        "
        The the DET 2 det
        blast blast NOUN 3 nsubj
        killed kill VERB 0 root
        12 12 NUM 3 obj
        and and CCONJ 6 cc
        wounded wound VERB 3 conj Tense=Past
        more more ADJ 9 advmod
        than than ADP 7 fixed
        50 50 NUM 6 obj
        =. . PUNCT 3 punct",
    );
    let short: Vec<_> = found.iter().map(|f| (f.0, f.1, f.2.as_str(), f.3.as_str())).collect();
    assert_eq!(short, [(12, Approx::Exact, "dead", "12"), (50, Approx::AtLeast, "wounded", "more than 50")]);
}

#[test]
fn things_that_people_modify_are_no_people() {
    let found = figures(
        "
        Two two NUM 3 nummod
        police police NOUN 3 compound
        stations station NOUN 4 nsubj Number=Plur
        burned burn VERB 0 root
        =, , PUNCT 10 punct
        dozens dozen NOUN 10 nsubj Number=Plur
        of of ADP 9 case
        young young ADJ 9 amod
        protesters protester NOUN 6 nmod Number=Plur
        fled flee VERB 4 conj
        =. . PUNCT 4 punct",
    );
    let short: Vec<_> = found.iter().map(|f| (f.0, f.1, f.2.as_str(), f.3.as_str())).collect();
    assert_eq!(short, [(24, Approx::AtLeast, "displaced", "dozens of young protesters")]);
}
