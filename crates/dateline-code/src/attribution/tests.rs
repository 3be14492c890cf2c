use crate::testing::{annotation, cited, reading, statements};
use dateline_report::{Anonymity, Form};

const SAID: &str = "
    Two two NUM 3 nummod
    U.S. U.S. PROPN 3 compound
    officials official NOUN 4 nsubj Number=Plur
    said say VERB 0 root
    rebels rebel NOUN 6 nsubj Number=Plur
    attacked attack VERB 4 ccomp
    Homs Homs PROPN 6 obj GPE
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

/// Who says what by which word, and whether within another's statement.
fn told(lines: &str) -> Vec<(String, String, String, bool)> {
    let (text, a) = annotation(lines);
    let words =
        |s: &dateline_report::Statement| s.spans.iter().filter_map(|p| p.text(&text)).collect::<Vec<_>>().join(" | ");
    let by = |s: &dateline_report::Statement| s.by.as_ref().map_or(s.source.text.clone(), |b| b.text.clone());
    let cue = |s: &dateline_report::Statement| s.source.cue.as_ref().map_or(String::new(), |c| c.text.clone());
    statements(&text, &a).iter().map(|s| (by(s), cue(s), words(s), s.nested)).collect()
}

fn line(by: &str, cue: &str, words: &str, nested: bool) -> (String, String, String, bool) {
    (by.to_owned(), cue.to_owned(), words.to_owned(), nested)
}

#[test]
fn statements_keep_the_words_that_stand_there_and_the_antecedent() {
    let (text, a) = annotation(SAID);
    let all = statements(&text, &a);
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].by.as_ref().map(|b| b.text.as_str()), Some("They"));
    assert_eq!(all[1].source.text, "Two U.S. officials");
    assert_eq!(all[0].by, None);
    assert_eq!((all[0].form, all[0].source.anonymity), (Form::Indirect, Some(Anonymity::OfBody)));
}

#[test]
fn a_judgment_ends_where_another_statement_begins_and_an_aside_is_no_content() {
    let accused = "
        Ankara Ankara PROPN 2 nsubj GPE
        accused accuse VERB 0 root
        Damascus Damascus PROPN 2 obj GPE
        of of SCONJ 5 mark
        lying lie VERB 2 advcl
        and and CCONJ 7 cc
        said say VERB 2 conj
        talks talk NOUN 9 nsubj Number=Plur
        failed fail VERB 7 ccomp";
    let found = told(accused);
    assert!(found.contains(&line("Ankara", "said", "talks failed", false)), "{found:?}");
    assert!(found.contains(&line("Ankara", "accused", "Damascus", false)), "{found:?}");
    let aside = "
        The the DET 2 det
        bridge bridge NOUN 3 nsubj
        fell fall VERB 0 root
        =, , PUNCT 3 punct
        according accord VERB 7 case
        to to ADP 5 fixed
        police police NOUN 3 obl Number=Sing
        =. . PUNCT 3 punct";
    assert_eq!(told(aside).first().map(|t| (t.0.as_str(), t.2.as_str())), Some(("police", "The bridge fell")));
}

#[test]
fn what_is_cited_within_a_statement_is_nested() {
    let lines = "
        Lavrov Lavrov PROPN 2 nsubj Number=Sing PERSON
        said say VERB 0 root
        officials official NOUN 4 nsubj Number=Plur
        reported report VERB 2 ccomp
        that that SCONJ 7 mark
        troops troop NOUN 7 nsubj Number=Plur
        fled flee VERB 4 ccomp";
    let nested: Vec<(String, bool)> = told(lines).into_iter().map(|t| (t.0, t.3)).collect();
    assert_eq!(nested, [("Lavrov".to_owned(), false), ("officials".to_owned(), true)]);
}

#[test]
fn a_line_of_a_transcript_is_its_speakers() {
    let lines = "
        The the DET 2 det
        talks talk NOUN 3 nsubj
        began begin VERB 0 root
        =. . PUNCT 3 punct

        //
        Lavrov Lavrov PROPN 4 dislocated Number=Sing PERSON
        =: : PUNCT 1 punct
        We we PRON 4 nsubj Person=1
        agree agree VERB 0 root
        =. . PUNCT 4 punct";
    let found = told(lines);
    assert_eq!(found, [line("Lavrov", ":", "We agree.", false)]);
}
