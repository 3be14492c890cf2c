use crate::testing::{annotation, cited, reading};

const SAID: &str = "
    Two two NUM 3 nummod
    U.S. U.S. PROPN 3 compound
    officials official NOUN 4 nsubj Number=Plur
    said say VERB 0 root
    rebels rebel NOUN 6 nsubj Number=Plur
    attacked attack VERB 4 ccomp
    Homs Homs PROPN 6 obj PLACE
    =. . PUNCT 4 punct

    They they PRON 2 nsubj
    said say VERB 0 root
    troops troop NOUN 4 nsubj Number=Plur
    fled flee VERB 2 ccomp
    =. . PUNCT 2 punct";

#[test]
fn a_reporting_verb_cites_its_subject_for_its_clause() {
    let (text, a) = annotation(SAID);
    let r = reading(&text, &a);
    let x = cited(&r, "attacked").unwrap();
    assert_eq!((x.source.text.as_str(), x.source.anonymous), ("Two U.S. officials", true));
    assert_eq!(x.source.cue.as_ref().unwrap().text, "said");
    assert!(cited(&r, "officials").is_none());
}

#[test]
fn they_said_takes_up_whom_the_report_cited_last() {
    let (text, a) = annotation(SAID);
    let r = reading(&text, &a);
    assert_eq!(cited(&r, "fled").unwrap().source.text, "Two U.S. officials");
}

#[test]
fn a_cue_at_the_end_covers_the_whole_sentence_and_its_quotation() {
    let (text, a) = annotation(
        "
        “ “ PUNCT 3 punct
        =Troops troop NOUN 3 nsubj Number=Plur
        attacked attack VERB 0 root
        =. . PUNCT 3 punct

        They they PRON 2 nsubj
        left leave VERB 6 ccomp
        =, , PUNCT 2 punct
        =” ” PUNCT 2 punct
        Lavrov Lavrov PROPN 6 nsubj Number=Sing PERSON
        said say VERB 0 root
        =. . PUNCT 6 punct",
    );
    let r = reading(&text, &a);
    assert_eq!(cited(&r, "left").unwrap().source.text, "Lavrov");
    // The quotation began a sentence earlier.
    let x = cited(&r, "attacked").unwrap();
    assert_eq!((x.source.text.as_str(), x.source.anonymous, x.direct), ("Lavrov", false, true));
}

#[test]
fn according_to_a_statement_by_somebody_cites_its_author() {
    let (text, a) = annotation(
        "
        According accord VERB 4 case
        to to ADP 1 fixed
        a a DET 4 det
        statement statement NOUN 10 obl Number=Sing
        by by ADP 7 case
        the the DET 7 det
        ministry ministry NOUN 4 nmod Number=Sing
        =, , PUNCT 4 punct
        rebels rebel NOUN 10 nsubj Number=Plur
        attacked attack VERB 0 root
        =. . PUNCT 10 punct",
    );
    let r = reading(&text, &a);
    let x = cited(&r, "attacked").unwrap();
    assert_eq!((x.source.text.as_str(), x.source.anonymous), ("the ministry", false));
}

#[test]
fn a_headline_cites_after_its_colon_and_a_denied_cue_cites_nobody() {
    let (text, a) = annotation(
        "
        #Talks talk NOUN 3 nsubj Number=Plur
        to to PART 3 mark
        Resume resume VERB 0 root
        =: : PUNCT 3 punct
        Sources source NOUN 3 parataxis Number=Plur

        The the DET 2 det
        ministry ministry NOUN 5 nsubj Number=Sing
        did do AUX 5 aux
        not not PART 5 advmod
        confirm confirm VERB 0 root
        the the DET 7 det
        attack attack NOUN 5 obj
        =. . PUNCT 5 punct",
    );
    let r = reading(&text, &a);
    assert_eq!(cited(&r, "Talks").unwrap().source.text, "Sources");
    assert!(cited(&r, "attack").is_none());
}

#[test]
fn the_speaker_of_an_accusation_is_its_actor_and_no_source() {
    use crate::attribution::{of_event, speaker};
    use dateline_report::EventType;
    let (text, a) = annotation(
        "
        Lavrov Lavrov PROPN 2 nsubj Number=Sing PERSON
        said say VERB 0 root
        the the DET 4 det
        strikes strike NOUN 6 nsubj Number=Plur
        were be AUX 6 cop
        criminal criminal ADJ 2 ccomp
        =. . PUNCT 2 punct",
    );
    let r = reading(&text, &a);
    let actor = speaker(&r.attributions, &a, EventType::Accuse, 5).unwrap();
    assert_eq!(actor.text, "Lavrov");
    assert!(of_event(&r.attributions, EventType::Accuse, &(5..6), 5, std::slice::from_ref(&actor)).is_none());
    assert!(of_event(&r.attributions, EventType::Assault, &(3..4), 3, &[]).is_some());
}
