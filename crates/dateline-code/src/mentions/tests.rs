use crate::testing::{annotation, reading};

/// What the word at a position (from 0) stands for: the word that it takes up.
fn taken_up(lines: &str, words: &[(&str, usize)]) -> Vec<Option<String>> {
    let (text, a) = annotation(lines);
    let r = reading(&text, &a);
    let of = |&(word, nth): &(&str, usize)| {
        let at = a.tokens.iter().enumerate().filter(|(_, t)| t.span.text(&text) == Some(word)).nth(nth).unwrap().0;
        let head = r.mentions.at(at).and_then(|m| m.antecedent)?;
        a.tokens[head].span.text(&text).map(str::to_owned)
    };
    words.iter().map(of).collect()
}

fn some(words: &[&str]) -> Vec<Option<String>> {
    words.iter().map(|w| Some((*w).to_owned()).filter(|w| !w.is_empty())).collect()
}

#[test]
fn nouns_tell_the_gender_of_whom_a_pronoun_means() {
    let found = taken_up(
        "
        The the DET 2 det
        spokeswoman spokeswoman NOUN 3 nsubj Number=Sing
        met meet VERB 0 root
        the the DET 5 det
        king king NOUN 3 obj Number=Sing
        =. . PUNCT 3 punct

        He he PRON 2 nsubj
        praised praise VERB 0 root
        her her PRON 4 nmod:poss
        work work NOUN 2 obj Number=Sing
        =. . PUNCT 2 punct",
        &[("He", 0), ("her", 0)],
    );
    assert_eq!(found, some(&["king", "spokeswoman"]));
}

#[test]
fn an_object_is_not_its_own_subject_and_a_possessor_not_what_it_has() {
    let found = taken_up(
        "
        The the DET 2 det
        minister minister NOUN 3 nsubj Number=Sing
        met meet VERB 0 root
        his he PRON 5 nmod:poss
        brother brother NOUN 3 obj Number=Sing
        =. . PUNCT 3 punct

        The the DET 2 det
        general general NOUN 3 nsubj Number=Sing
        arrested arrest VERB 0 root
        him he PRON 3 obj
        =. . PUNCT 3 punct",
        &[("his", 0), ("him", 0)],
    );
    assert_eq!(found[0], Some("minister".to_owned()));
    assert_ne!(found[1], Some("general".to_owned()));
}

#[test]
fn a_pronoun_for_a_thing_is_no_actor() {
    let found = taken_up(
        "
        The the DET 2 det
        ministry ministry NOUN 3 nsubj Number=Sing
        tested test VERB 0 root
        a a DET 5 det
        missile missile NOUN 3 obj Number=Sing
        =. . PUNCT 3 punct

        The the DET 2 det
        missile missile NOUN 3 nsubj Number=Sing
        failed fail VERB 0 root
        =. . PUNCT 3 punct

        It it PRON 2 nsubj
        exploded explode VERB 0 root
        =. . PUNCT 2 punct",
        &[("It", 0)],
    );
    assert_eq!(found, some(&[""]));
}

#[test]
fn whom_a_speaker_calls_he_is_somebody_else() {
    let found = taken_up(
        "
        The the DET 2 det
        general general NOUN 3 nsubj Number=Sing
        resigned resign VERB 0 root
        =. . PUNCT 3 punct

        The the DET 2 det
        minister minister NOUN 3 nsubj Number=Sing
        said say VERB 0 root
        =, , PUNCT 3 punct
        “ “ PUNCT 8 punct
        =He he PRON 8 nsubj
        was be AUX 8 cop
        tired tired ADJ 3 ccomp
        =. . PUNCT 3 punct
        =” ” PUNCT 8 punct",
        &[("He", 0)],
    );
    assert_eq!(found, some(&["general"]));
}

#[test]
fn a_description_takes_up_what_an_apposition_said() {
    let found = taken_up(
        "
        Marsh Marsh PROPN 6 nsubj Number=Sing PERSON
        =, , PUNCT 4 punct
        a a DET 4 det
        sculptor sculptor NOUN 1 appos Number=Sing
        =, , PUNCT 4 punct
        protested protest VERB 0 root
        =. . PUNCT 6 punct

        Police police NOUN 2 nsubj Number=Plur
        arrested arrest VERB 0 root
        the the DET 4 det
        sculptor sculptor NOUN 2 obj Number=Sing
        =. . PUNCT 2 punct",
        &[("sculptor", 1)],
    );
    assert_eq!(found, some(&["Marsh"]));
}

#[test]
fn who_is_the_nearest_person_above_its_clause() {
    let found = taken_up(
        "
        The the DET 2 det
        chief chief NOUN 8 nsubj Number=Sing
        of of ADP 5 case
        the the DET 5 det
        ministry ministry NOUN 2 nmod Number=Sing
        who who PRON 7 nsubj
        resigned resign VERB 5 acl:relcl
        fled flee VERB 0 root
        =. . PUNCT 8 punct",
        &[("who", 0)],
    );
    assert_eq!(found, some(&["chief"]));
}
