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

/// Country of the mention at each word.
fn countries(lines: &str, words: &[&str]) -> Vec<Option<String>> {
    let (text, a) = annotation(lines);
    let r = reading(&text, &a);
    let of = |word: &&str| {
        let at = a.tokens.iter().position(|t| t.span.text(&text) == Some(word)).unwrap();
        r.mentions.at(at).and_then(|m| m.actor.country.clone())
    };
    words.iter().map(of).collect()
}

#[test]
fn possessors_lend_their_country() {
    // The report is about Mali, and Peru stands no nearer than it.
    let found = countries(
        "
        Mali Mali PROPN 2 nsubj GPE
        thanked thank VERB 0 root
        Mali Mali PROPN 2 obj GPE
        =. . PUNCT 2 punct

        Peru Peru PROPN 2 nsubj GPE
        told tell VERB 0 root
        Mali Mali PROPN 2 obj GPE
        that that SCONJ 7 mark
        Peru Peru PROPN 7 nsubj GPE
        had have AUX 7 aux
        arrested arrest VERB 2 ccomp
        its its PRON 9 nmod:poss
        protesters protester NOUN 7 obj Number=Plur
        =. . PUNCT 2 punct",
        &["protesters"],
    );
    assert_eq!(found, some(&["PER"]));
}

#[test]
fn an_unknown_name_points_to_a_state_without_its_title() {
    let found = countries(
        "
        Kenya Kenya PROPN 2 nsubj GPE
        thanked thank VERB 0 root
        America America PROPN 2 obj GPE
        =. . PUNCT 2 punct

        President president NOUN 2 nmod:desc
        Odhiambo Odhiambo PROPN 3 nsubj PERSON
        resigned resign VERB 0 root
        =. . PUNCT 3 punct",
        &["Odhiambo"],
    );
    assert_eq!(found, some(&["KEN"]));
}

#[test]
fn numbers_of_people_stand_for_them() {
    let lines = |next: &str| {
        format!(
            "
            Thousands thousand NOUN 2 nsubj Number=Plur
            marched march VERB 0 root
            in in ADP 4 case
            Chad Chad PROPN 2 obl GPE
            {next}
            =. . PUNCT 2 punct"
        )
    };
    assert_eq!(countries(&lines("again again ADV 2 advmod"), &["Thousands"]), some(&["TCD"]));
    let tens = "
        Tens ten NOUN 4 nsubj Number=Plur
        of of ADP 3 case
        thousands thousand NOUN 1 nmod Number=Plur
        marched march VERB 0 root
        in in ADP 6 case
        Chad Chad PROPN 4 obl GPE";
    assert_eq!(countries(tens, &["Tens"]), some(&["TCD"]));
    // Of what is counted the number is none.
    let (text, a) = annotation(
        "
        Thousands thousand NOUN 4 nsubj Number=Plur
        of of ADP 3 case
        cars car NOUN 1 nmod Number=Plur
        burned burn VERB 0 root
        in in ADP 6 case
        Chad Chad PROPN 4 obl GPE",
    );
    assert!(reading(&text, &a).mentions.at(0).is_none());
}

#[test]
fn the_two_are_those_last_named_together() {
    let (text, a) = annotation(
        "
        The the DET 3 det
        Peruvian Peruvian ADJ 3 amod NORP
        president president NOUN 4 nsubj Number=Sing
        met meet VERB 0 root
        the the DET 7 det
        Chilean Chilean ADJ 7 amod NORP
        president president NOUN 4 obj Number=Sing
        =. . PUNCT 4 punct

        The the DET 2 det
        two two NUM 3 nsubj
        dined dine VERB 0 root
        =. . PUNCT 3 punct

        Both both DET 2 det
        sides side NOUN 3 nsubj Number=Plur
        agreed agree VERB 0 root
        on on ADP 6 case
        both both DET 6 det
        plans plan NOUN 3 obl Number=Plur
        =. . PUNCT 3 punct

        The the DET 2 det
        presidents president NOUN 3 nsubj Number=Plur
        left leave VERB 0 root
        =. . PUNCT 3 punct",
    );
    let r = reading(&text, &a);
    let both = |head: usize| {
        let two = r.mentions.at(head)?;
        two.other.as_ref().map(|y| (two.actor.country.clone().unwrap(), y.country.clone().unwrap()))
    };
    let pair = Some(("PER".to_owned(), "CHL".to_owned()));
    assert_eq!([both(9), both(13), both(17), both(20)], [pair.clone(), pair.clone(), None, pair]);
}

#[test]
fn a_surname_is_whom_the_report_told_of_by_full_name() {
    let (text, a) = annotation(
        "
        Chadian Chadian ADJ 3 amod NORP
        minister minister NOUN 3 nmod:desc
        Omar Omar PROPN 5 nsubj PERSON
        Kagame Kagame PROPN 3 flat
        resigned resign VERB 0 root
        =. . PUNCT 5 punct

        Kagame Kagame PROPN 2 nsubj PERSON
        left leave VERB 0 root
        =. . PUNCT 2 punct",
    );
    let r = reading(&text, &a);
    // No president of Rwanda.
    assert_eq!(r.mentions.at(6).unwrap().actor.country.as_deref(), Some("TCD"));
}

#[test]
fn foreign_people_are_of_no_country_foreign_ministers_are() {
    let found = countries(
        "
        Chad Chad PROPN 2 nsubj GPE
        received receive VERB 0 root
        foreign foreign ADJ 4 amod
        envoys envoy NOUN 2 obj Number=Plur
        =. . PUNCT 2 punct

        The the DET 3 det
        foreign foreign ADJ 3 amod
        minister minister NOUN 4 nsubj Number=Sing
        smiled smile VERB 0 root
        =. . PUNCT 4 punct",
        &["envoys", "minister"],
    );
    assert_eq!(found, some(&["", "TCD"]));
}

#[test]
fn police_are_those_of_the_country_that_the_report_is_about() {
    let chad = "
        Chad Chad PROPN 2 nsubj GPE
        thanked thank VERB 0 root
        Chad Chad PROPN 2 obj GPE
        =. . PUNCT 2 punct
";
    let rest = "
        Malian Malian ADJ 2 amod NORP
        police police NOUN 3 nsubj
        came come VERB 0 root
        =. . PUNCT 3 punct

        Officers officer NOUN 2 nsubj Number=Plur
        left leave VERB 0 root
        =. . PUNCT 2 punct

        Police police NOUN 2 nsubj
        ran run VERB 0 root
        =. . PUNCT 2 punct";
    assert_eq!(countries(&format!("{chad}\n{chad}\n{chad}\n{rest}"), &["Police"]), some(&["TCD"]));
}

#[test]
fn a_people_of_several_states_is_of_the_one_that_the_report_speaks_of() {
    let found = countries(
        "
        Syria Syria PROPN 2 nsubj GPE
        supported support VERB 0 root
        Kurdish kurdish ADJ 4 amod NORP
        rebels rebel NOUN 2 obj Number=Plur
        against against ADP 6 case
        France France PROPN 2 obl GPE
        =. . PUNCT 2 punct",
        &["rebels"],
    );
    assert_eq!(found, some(&["SYR"]));
}

#[test]
fn people_are_of_the_place_where_they_act() {
    let found = countries(
        "
        Chad Chad PROPN 2 nsubj GPE
        thanked thank VERB 0 root
        Chad Chad PROPN 2 obj GPE
        =. . PUNCT 2 punct

        Protesters protester NOUN 2 nsubj Number=Plur
        marched march VERB 0 root
        in in ADP 4 case
        Kenya Kenya PROPN 2 obl GPE
        =. . PUNCT 2 punct",
        &["Protesters"],
    );
    assert_eq!(found, some(&["KEN"]));
}

#[test]
fn who_meets_a_counterpart_is_of_another_state() {
    let found = countries(
        "
        Chad Chad PROPN 2 nsubj GPE
        thanked thank VERB 0 root
        Kenya Kenya PROPN 2 obj GPE
        =. . PUNCT 2 punct

        The the DET 2 det
        minister minister NOUN 3 nsubj Number=Sing
        called call VERB 0 root
        his his PRON 6 nmod:poss
        Kenyan Kenyan ADJ 6 amod NORP
        counterpart counterpart NOUN 3 obj Number=Sing
        =. . PUNCT 3 punct",
        &["minister"],
    );
    assert_eq!(found, some(&["TCD"]));
}

#[test]
fn a_name_between_commas_after_an_office_is_its_holder() {
    let (text, a) = annotation(
        "
        The the DET 2 det
        envoy envoy NOUN 9 nsubj Number=Sing
        for for ADP 4 case
        Mali Mali PROPN 2 nmod GPE
        =, , PUNCT 6 punct
        Ana Ana PROPN 2 conj PERSON
        Ruiz Ruiz PROPN 6 flat
        =, , PUNCT 9 punct
        met meet VERB 0 root
        rebels rebel NOUN 9 obj Number=Plur
        =. . PUNCT 9 punct",
    );
    let r = reading(&text, &a);
    assert!(r.mentions.at(5).unwrap().appositive);
    assert!(!r.mentions.at(1).unwrap().appositive);
}

#[test]
fn the_members_of_a_group_after_it_are_mentions_of_their_own() {
    let lines = |number: &str| {
        format!(
            "
        The the DET 2 det
        powers power NOUN 7 nsubj Number={number}
        =, , PUNCT 4 punct
        Chile Chile PROPN 2 appos GPE
        and and CCONJ 6 cc
        Peru Peru PROPN 4 conj GPE
        =, , PUNCT 8 punct
        met meet VERB 0 root
        =. . PUNCT 8 punct"
        )
    };
    let apposed = |number| {
        let (text, a) = annotation(&lines(number));
        reading(&text, &a).mentions.at(3).unwrap().appositive
    };
    assert!(!apposed("Plur"));
    assert!(apposed("Sing"));
}

#[test]
fn a_name_of_two_states_is_that_which_the_report_speaks_of() {
    let lines = |town: &str| {
        format!(
            "
        Georgia Georgia PROPN 2 nsubj GPE
        thanked thank VERB 0 root
        {town} {town} PROPN 2 obj GPE
        =. . PUNCT 2 punct"
        )
    };
    assert_eq!(countries(&lines("Atlanta"), &["Georgia"]), some(&["USA"]));
    assert_eq!(countries(&lines("Tbilisi"), &["Georgia"]), some(&["GEO"]));
    // The United States alone say nothing of Georgia.
    assert_eq!(countries(&lines("Washington"), &["Georgia"]), some(&["GEO"]));
}

#[test]
fn a_name_within_a_longer_one_is_of_its_state_alone() {
    let lines = |first: &str, name: &str, capital: &str| {
        format!(
            "
        {first} low ADJ 2 amod
        {name} {name} PROPN 3 nsubj GPE
        thanked thank VERB 0 root
        {capital} {capital} PROPN 3 obj GPE
        =. . PUNCT 3 punct"
        )
    };
    assert_eq!(countries(&lines("South", "Korea", "Pyongyang"), &["Korea"]), some(&["KOR"]));
    assert_eq!(countries(&lines("Poor", "Korea", "Pyongyang"), &["Korea"]), some(&["PRK"]));
    assert_eq!(countries(&lines("Equatorial", "Guinea", "Conakry"), &["Guinea"]), some(&["GNQ"]));
}
