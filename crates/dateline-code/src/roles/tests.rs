use super::*;
use crate::testing::{annotation, reading};
use dateline_report::EventType;

/// The participants of an event of a type at the word `trigger`, where the learned coder gives `words` their roles.
fn assigned(kind: EventType, lines: &str, trigger: usize, words: &[(usize, ArgRole, f32)]) -> Participants {
    let (text, mut a) = annotation(lines);
    for t in &mut a.tokens {
        t.event.none = 1.0;
    }
    let mut scores = vec![[0.0; 6]; a.tokens.len()];
    for &(word, role, p) in words {
        scores[word][ArgRole::ALL.iter().position(|&r| r == role).unwrap()] = p;
    }
    a.roles = vec![RoleScores { trigger, words: scores }];
    let mentions = reading(&text, &a).mentions;
    let c = Candidate {
        head: trigger,
        words: trigger..trigger + 1,
        kind,
        frame: None,
        predicate: trigger,
        model: 1.0,
        confidence: 1.0,
        refuses: None,
    };
    let carriers = Carriers::from_toml(crate::data::CARRIERS).unwrap();
    assign(&Codebook::embedded().unwrap(), &a, &text, &mentions, &c, &carriers, Weights::default())
}

fn countries(list: Vec<Actor>) -> Vec<String> {
    list.into_iter().filter_map(|x| x.country).collect()
}

/// Countries of actors and third parties of a meeting.
fn parties(lines: &str, trigger: usize, words: &[(usize, ArgRole, f32)]) -> (Vec<String>, Vec<String>) {
    let found = assigned(EventType::Consult, lines, trigger, words);
    (countries(found.actors), countries(found.third_parties))
}

fn player(mention: &Mention, part: Part, score: f32) -> Player<'_> {
    Player { mention, part, score, held: false }
}

#[test]
fn who_stands_in_the_next_coordinate_clause_takes_part_in_that_one() {
    let lines = "
        Oman Oman PROPN 2 nsubj GPE
        met meet VERB 0 root
        Qatar Qatar PROPN 2 obj GPE
        and and CCONJ 5 cc
        praised praise VERB 2 conj
        Italy Italy PROPN 5 obj GPE
        =. . PUNCT 2 punct";
    let surely = [(0, ArgRole::Actor, 0.95), (2, ArgRole::Actor, 0.95), (5, ArgRole::Actor, 0.95)];
    assert_eq!(parties(lines, 1, &surely).0, ["OMN", "QAT"]);
    // Its own clause has whom the learned coder sees there.
    assert!(parties(lines, 4, &surely).0.contains(&"ITA".to_owned()));
}

#[test]
fn a_mediator_of_another_clause_needs_a_surer_voice() {
    let lines = "
        Oman Oman PROPN 2 nsubj GPE
        met meet VERB 0 root
        Qatar Qatar PROPN 2 obj GPE
        because because SCONJ 6 mark
        Italy Italy PROPN 6 nsubj GPE
        asked ask VERB 2 advcl
        =. . PUNCT 2 punct";
    let sides = |p| [(0, ArgRole::Actor, 0.95), (2, ArgRole::Actor, 0.95), (4, ArgRole::ThirdParty, p)];
    assert_eq!(parties(lines, 1, &sides(0.8)).1, Vec::<String>::new());
    assert_eq!(parties(lines, 1, &sides(0.95)).1, ["ITA"]);
}

#[test]
fn only_a_verb_that_carries_an_act_lends_it_its_subject() {
    let lines = |verb: &str| {
        format!(
            "
        Chad Chad PROPN 2 nsubj GPE
        x {verb} VERB 0 root
        talks talk NOUN 2 obj Number=Plur
        =. . PUNCT 2 punct"
        )
    };
    // "Chad held talks", "Chad praised talks".
    assert_eq!(parties(&lines("hold"), 2, &[(0, ArgRole::Actor, 0.3)]).0, ["TCD"]);
    assert_eq!(parties(&lines("praise"), 2, &[(0, ArgRole::Actor, 0.3)]).0, Vec::<String>::new());
}

#[test]
fn the_members_of_a_group_stand_for_it() {
    let state = |c: &str| Actor { country: Some(c.to_owned()), text: c.to_owned(), ..Actor::default() };
    let group = |text: &str| Actor { country: Some("IGO".to_owned()), text: text.to_owned(), ..Actor::default() };
    let mut all = vec![group("the three powers"), state("FRA"), state("DEU"), state("GBR")];
    drop_collectives(&mut all);
    assert_eq!(all.len(), 3);
    // One of whose members only two are named stays.
    let mut some = vec![group("the six powers"), state("FRA"), state("DEU")];
    drop_collectives(&mut some);
    assert_eq!(some.len(), 3);
}

#[test]
fn who_acts_is_not_acted_upon_by_a_pronoun() {
    let (text, a) = annotation(
        "
        Chad Chad PROPN 2 nsubj GPE
        praised praise VERB 0 root
        itself itself PRON 2 obj
        =. . PUNCT 2 punct",
    );
    let mentions = reading(&text, &a).mentions;
    let chad = mentions.at(0).unwrap();
    let itself = Mention { head: 2, antecedent: Some(0), ..chad.clone() };
    let mut chosen = vec![player(chad, Part::Actor, 1.0), player(&itself, Part::Recipient, 1.0)];
    drop_actors_again(&mut chosen);
    assert_eq!(chosen.len(), 1);
    // The same state by another word.
    let again = Mention { head: 9, ..chad.clone() };
    let mut chosen = vec![player(chad, Part::Actor, 1.0), player(&again, Part::Recipient, 1.0)];
    drop_actors_again(&mut chosen);
    assert_eq!(chosen.len(), 1);
    // "Chad kept its word": the name stands for who acts under the pronoun.
    let mut chosen = vec![player(&itself, Part::Actor, 1.0), player(chad, Part::Recipient, 1.0)];
    drop_actors_again(&mut chosen);
    assert_eq!(chosen.len(), 1);
}

#[test]
fn a_government_does_not_act_on_itself_beside_others() {
    let (text, a) = annotation(
        "
        Chad Chad PROPN 2 nsubj GPE
        accused accuse VERB 0 root
        Chile Chile PROPN 2 obj GPE
        =. . PUNCT 2 punct",
    );
    let mentions = reading(&text, &a).mentions;
    let (chad, chile) = (mentions.at(0).unwrap(), mentions.at(2).unwrap());
    let leader = Mention { head: 9, ..chad.clone() };
    let left = |held: bool, others: &[&Mention]| {
        let leader = Player { held, ..player(&leader, Part::Recipient, 1.0) };
        let mut chosen = vec![player(chad, Part::Actor, 1.0), leader];
        chosen.extend(others.iter().map(|m| player(m, Part::Recipient, 1.0)));
        drop_own_side(&mut chosen);
        chosen.len()
    };
    assert_eq!(left(false, &[chile]), 2);
    assert_eq!(left(false, &[]), 2);
    assert_eq!(left(true, &[chile]), 3);
}

#[test]
fn whom_a_protest_is_for_is_not_whom_it_is_against() {
    let lines = "
        Students student NOUN 2 nsubj Number=Plur
        marched march VERB 0 root
        while while SCONJ 5 mark
        Chile Chile PROPN 5 nsubj GPE
        slept sleep VERB 2 advcl
        =. . PUNCT 2 punct";
    let against = |p| countries(assigned(EventType::Protest, lines, 1, &[(3, ArgRole::Recipient, p)]).recipients);
    assert_eq!(against(0.92), Vec::<String>::new());
    assert_eq!(against(0.99), ["CHL"]);
}

#[test]
fn the_learned_coder_may_mark_the_office_or_the_name() {
    let lines = "
        The the DET 3 det
        Chilean Chilean ADJ 3 amod NORP
        president president NOUN 7 nsubj Number=Sing
        =, , PUNCT 5 punct
        Ana Ana PROPN 3 appos PERSON
        =, , PUNCT 5 punct
        smiled smile VERB 0 root
        over over ADP 9 case
        talks talk NOUN 7 obl Number=Plur
        =. . PUNCT 7 punct";
    for word in [2, 4] {
        assert_eq!(parties(lines, 8, &[(word, ArgRole::Actor, 0.95)]).0, ["CHL"], "{word}");
    }
}

#[test]
fn of_two_of_one_country_the_surer_plays_the_part() {
    let (text, a) = annotation(
        "
        Chad Chad PROPN 2 nsubj GPE
        praised praise VERB 0 root
        Chad Chad PROPN 2 obj GPE
        and and CCONJ 5 cc
        Chad Chad PROPN 3 conj GPE
        =. . PUNCT 2 punct",
    );
    let mentions = reading(&text, &a).mentions;
    let at = |i: usize| mentions.at(i).unwrap();
    let left = |all: &[Player]| {
        let mut chosen = all.to_vec();
        drop_twins(&a, &mut chosen);
        chosen.iter().map(|x| x.mention.head).collect::<Vec<_>>()
    };
    let (sure, unsure) = (player(at(0), Part::Actor, 0.9), player(at(2), Part::Actor, 0.8));
    assert_eq!(left(&[sure, unsure]), [0]);
    assert_eq!(left(&[sure, Player { held: true, ..unsure }]), [2]);
    assert_eq!(left(&[sure, Player { part: Part::Recipient, ..unsure }]), [0, 2]);
    // Told of together.
    assert_eq!(left(&[unsure, player(at(4), Part::Actor, 0.7)]), [2, 4]);
}

#[test]
fn the_clause_on_a_noun_says_to_whom_its_act_is_done() {
    let lines = "
        Aid aid NOUN 4 nsubj Number=Sing
        that that PRON 4 nsubj:pass
        is be AUX 4 aux:pass
        sent send VERB 1 acl:relcl Tense=Past|VerbForm=Part|Voice=Pass
        to to ADP 6 case
        Chad Chad PROPN 4 obl GPE
        by by ADP 8 case
        Peru Peru PROPN 4 obl:agent GPE
        helps help VERB 0 root
        =. . PUNCT 9 punct";
    let some = [(5, ArgRole::Recipient, 0.2), (7, ArgRole::Actor, 0.2)];
    let found = assigned(EventType::Aid, lines, 0, &some);
    assert_eq!(
        (countries(found.actors), countries(found.recipients)),
        (vec!["PER".to_owned()], vec!["TCD".to_owned()])
    );
}

#[test]
fn a_second_phrase_beside_the_first_is_coordinated_with_it() {
    let (_, a) = annotation(
        "
        talks talk NOUN 0 root Number=Plur
        between between ADP 3 case
        Chad Chad PROPN 1 nmod GPE
        and and CCONJ 6 cc
        rebel rebel ADJ 6 amod
        Mali Mali PROPN 1 nmod GPE
        in in ADP 8 case
        Peru Peru PROPN 1 nmod GPE",
    );
    assert_eq!(tree::conjuncts(&a, 2), [2, 5]);
    assert_eq!(tree::conjuncts(&a, 5), [5]);
}
