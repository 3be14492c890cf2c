//! How many were killed, injured or held in one event.

use crate::candidates::Candidate;
use crate::coder::Reading;
use crate::figures::Found;
use crate::people::{Count, People};
use crate::tree::{self, Slot};
use dateline_annotate::{EntityKind, Rel, Upos};
use dateline_report::EventType;

/// (killed, injured, held) of an event, as its own sentence states them.
pub(crate) fn of(
    r: &Reading,
    people: &People,
    c: &Candidate,
    figures: &[Found],
) -> (Option<u64>, Option<u64>, Option<u64>) {
    let mut out = (None, None, None);
    if !matches!(c.kind, EventType::Assault | EventType::Coerce) {
        return out;
    }
    for word in tellers(r, people, c) {
        let Some(count) = people.fate_of(r, word).and_then(|f| people.counts.get(&f).copied()) else { continue };
        let slot = match (count, c.kind) {
            (Count::Killed, EventType::Assault) => &mut out.0,
            (Count::Injured, EventType::Assault) => &mut out.1,
            (Count::Held, _) => &mut out.2,
            _ => continue,
        };
        if slot.is_none() {
            *slot = match stated(r, people, word, figures) {
                Stated::Number(n) => Some(n),
                Stated::Vague => None,
                Stated::Nothing => single(r, people, word, count),
            };
        }
    }
    out
}

/// The words that tell what became of the event's people, the event's own first: "an attack that KILLED six and WOUNDED 14",
/// "opened fire, WOUNDING two", "was KILLED in a strike".
fn tellers(r: &Reading, people: &People, c: &Candidate) -> Vec<usize> {
    let a = r.a;
    let mut out: Vec<usize> = c
        .words
        .clone()
        .filter(|&i| i == c.head || i == c.predicate || matches!(a.tokens[i].upos, Upos::Verb | Upos::Adj))
        .collect();
    for at in [c.head, c.predicate] {
        out.extend(a.children(at).filter(|&x| {
            matches!(a.tokens[x].rel, Rel::Acl | Rel::AclRelcl | Rel::Advcl | Rel::Xcomp | Rel::Conj)
                && a.tokens[x].upos != Upos::Noun
        }));
        // "a man injured during clashes": parsers hang the clashes on a verb before.
        let first = tree::subtree(a, at).start;
        let before = first.checked_sub(1).filter(|&i| i >= a.sentences[a.sentence_of(at)].tokens.start);
        out.extend(before.filter(|&i| {
            a.tokens[at].rel == Rel::Obl
                && a.tokens[i].rel == Rel::Acl
                && people.fate.contains_key(&a.tokens[i].lemma.to_lowercase())
        }));
        // "an attack on a base that killed 18": the clause may hang on where it happened.
        for inner in a.children(at).filter(|&x| a.tokens[x].rel == Rel::Nmod).collect::<Vec<_>>() {
            let deeper: Vec<usize> =
                std::iter::once(inner).chain(a.children(inner).filter(|&x| a.tokens[x].rel == Rel::Nmod)).collect();
            let clauses = deeper
                .into_iter()
                .flat_map(|x| a.children(x))
                .filter(|&x| a.tokens[x].rel == Rel::AclRelcl && !tree::is_passive(a, x));
            out.extend(clauses);
        }
        // The noun may share its clause with those it is joined to: "shootings and attacks that killed 12".
        if a.tokens[at].rel == Rel::Conj
            && let Some(head) = a.tokens[at].head
            && a.tokens[at].upos == Upos::Noun
        {
            out.extend(a.children(head).filter(|&x| matches!(a.tokens[x].rel, Rel::AclRelcl) && x > at));
        }
        // The victims may carry the word: "five men arrested", "left 250 soldiers dead".
        if let Some(head) = a.tokens[at].head
            && matches!(
                a.tokens[at].rel,
                Rel::Nsubj | Rel::Obl | Rel::OblAgent | Rel::Nmod | Rel::NsubjPass | Rel::Compound
            )
            && (!matches!(a.tokens[at].rel, Rel::Nmod | Rel::Compound)
                || people.fate.contains_key(&a.tokens[head].lemma.to_lowercase()))
            && a.tokens[at].upos != Upos::Verb
        {
            out.push(head);
            out.extend(a.children(head).filter(|&x| a.tokens[x].rel == Rel::Xcomp));
        }
    }
    for i in 0..out.len() {
        let told = |x: usize| people.fate.contains_key(&a.tokens[x].lemma.to_lowercase());
        out.extend(a.children(out[i]).filter(|&x| match a.tokens[x].rel {
            Rel::Conj => a.tokens[x].upos == Upos::Verb,
            // "attacks that left 130 dead".
            Rel::Xcomp => told(x),
            _ => false,
        }));
        // "left 250 soldiers dead", with the word hung on the soldiers.
        for victim in a.children(out[i]).filter(|&x| a.tokens[x].rel == Rel::Obj).collect::<Vec<_>>() {
            out.extend(a.children(victim).filter(|&x| x > victim && a.tokens[x].rel == Rel::Amod && told(x)));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|&i| seen.insert(i));
    out
}

/// The figures that hang on a telling word, summed over coordination: "Thirty civilians and 19 officers were arrested" is 49.
fn stated(r: &Reading, people: &People, word: usize, figures: &[Found]) -> Stated {
    let mut own =
        figures.iter().filter(|f| f.fate.as_ref().is_some_and(|x| x.1 == word) && !part_of_whole(r, people, f));
    let Some(first) = own.next() else { return Stated::Nothing };
    if first.vague {
        return Stated::Vague;
    }
    let rest = own.filter(|f| f.joined && !f.vague);
    Stated::Number(rest.fold(first.figure.value, |sum, f| sum.saturating_add(f.figure.value)))
}

/// What figures say of a fate.
enum Stated {
    /// A number.
    Number(u64),
    /// Only "dozens", which fills no count.
    Vague,
    /// No figure.
    Nothing,
}

/// "including five U.S. citizens".
fn part_of_whole(r: &Reading, people: &People, f: &Found) -> bool {
    let before = r.text.get(..f.figure.span.start).unwrap_or_default().trim_end().to_lowercase();
    people.parts.iter().any(|p| before.ends_with(p.as_str()))
}

/// How many single persons a telling word is said of: "killed a commander", "the assassination of the minister". That somebody known
/// by name is held is no count; "a suspect" is.
fn single(r: &Reading, people: &People, word: usize, count: Count) -> Option<u64> {
    let a = r.a;
    let verbal = a.tokens[word].upos == Upos::Verb;
    let dies = people.intransitive.contains(&a.tokens[word].lemma.to_lowercase());
    let slots = tree::slots(a, r.text, word);
    let filling = |wanted: &dyn Fn(&Slot) -> bool| -> Vec<usize> {
        slots.iter().filter(|(s, _)| wanted(s)).map(|x| x.1).collect()
    };
    let mut victims =
        if verbal { filling(&|s| *s == if dies { Slot::Subject } else { Slot::Object }) } else { Vec::new() };
    if victims.is_empty() {
        victims = filling(&|s| *s == Slot::Prep("of".to_owned()));
    }
    if victims.is_empty() && !verbal {
        victims =
            filling(&|s| *s == Slot::Possessor).into_iter().filter(|&v| a.tokens[v].rel == Rel::NmodPoss).collect();
    }
    victims.dedup();
    // "activist and commentator Kem Ley": a second noun without an article or name of its own is the same person.
    let own = |v: usize| {
        a.tokens[v].upos == Upos::Propn
            || a.children(v).any(|c| matches!(a.tokens[c].rel, Rel::Det | Rel::NmodPoss | Rel::Nummod))
    };
    let first = victims.first().copied();
    victims.retain(|&v| Some(v) == first || a.tokens[v].rel != Rel::Conj || own(v));
    let indefinite = |v: usize| a.children(v).any(|c| a.tokens[c].rel == Rel::Det && a.tokens[c].lemma == "a");
    let all = !victims.is_empty()
        && victims.iter().all(|&v| is_one_person(r, people, v) && (count != Count::Held || indefinite(v)));
    all.then_some(victims.len() as u64)
}

fn is_one_person(r: &Reading, people: &People, word: usize) -> bool {
    let a = r.a;
    let t = &a.tokens[word];
    let lemma = t.lemma.to_lowercase();
    if t.upos == Upos::Pron {
        let who = matches!(lemma.as_str(), "who" | "that").then(|| t.head.and_then(|v| a.tokens[v].head)).flatten();
        return who.map_or(people.one.contains(&t.span.text(r.text).unwrap_or_default().to_lowercase()), |h| {
            h != word && is_one_person(r, people, h)
        });
    }
    let counted = a.children(word).any(|c| {
        c < word
            && (a.tokens[c].has("NumType=Card")
                || a.tokens[c].rel == Rel::Det && matches!(a.tokens[c].lemma.as_str(), "no" | "some" | "any"))
    });
    if counted || t.has("Number=Plur") || lemma == "people" {
        return false;
    }
    let named = a.entity_at(word).is_some_and(|e| e.kind == EntityKind::Person);
    let described = people.same.contains(&lemma) || r.mentions.at(word).is_some_and(|m| m.actor.person);
    named || matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj) && described
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::figures;
    use crate::testing::{annotation, reading};

    /// The counts of the event whose trigger is this word.
    fn counts(lines: &str, trigger: &str, kind: EventType) -> (Option<u64>, Option<u64>, Option<u64>) {
        let (text, a) = annotation(lines);
        let people = People::from_toml(data::PEOPLE).unwrap();
        let r = reading(&text, &a);
        let head = a.tokens.iter().position(|t| t.span.text(&text) == Some(trigger)).unwrap();
        let c = Candidate {
            head,
            words: head..head + 1,
            kind,
            frame: None,
            predicate: head,
            model: 1.0,
            confidence: 1.0,
            refuses: None,
        };
        of(&r, &people, &c, &figures::find(&r, &people))
    }

    #[test]
    fn a_clause_on_the_event_tells_its_dead_and_wounded() {
        let lines = "
            The the DET 2 det
            attack attack NOUN 0 root
            that that PRON 4 nsubj
            killed kill VERB 2 acl:relcl
            six six NUM 6 nummod
            soldiers soldier NOUN 4 obj Number=Plur
            and and CCONJ 8 cc
            wounded wound VERB 4 conj Tense=Past
            14 14 NUM 10 nummod
            people people NOUN 8 obj Number=Plur";
        assert_eq!(counts(lines, "attack", EventType::Assault), (Some(6), Some(14), None));
    }

    #[test]
    fn the_dead_that_an_attack_left_are_its_own() {
        let lines = "
            The the DET 2 det
            attack attack NOUN 3 nsubj
            left leave VERB 0 root
            250 250 NUM 5 nummod
            soldiers soldier NOUN 3 obj Number=Plur
            dead dead ADJ 5 amod";
        assert_eq!(counts(lines, "attack", EventType::Assault), (Some(250), None, None));
        let clause = "
            The the DET 2 det
            attacks attack NOUN 0 root Number=Plur
            in in ADP 4 case
            Paris Paris PROPN 2 nmod
            that that PRON 6 nsubj
            left leave VERB 2 acl:relcl
            130 130 NUM 8 nummod
            dead dead NOUN 6 xcomp";
        assert_eq!(counts(clause, "attacks", EventType::Assault), (Some(130), None, None));
    }

    #[test]
    fn a_number_alone_behind_the_verb_is_its_object() {
        let lines = "
            The the DET 2 det
            blast blast NOUN 3 nsubj
            wounded wound VERB 0 root Tense=Past
            more more ADJ 6 advmod
            than than ADP 4 fixed
            50 50 NUM 3 nummod";
        assert_eq!(counts(lines, "blast", EventType::Assault), (None, Some(50), None));
    }

    #[test]
    fn coordinated_figures_add_up() {
        let lines = "
            Thirty thirty NUM 2 nummod
            civilians civilian NOUN 7 nsubj:pass Number=Plur
            and and CCONJ 5 cc
            19 19 NUM 5 nummod
            officers officer NOUN 2 conj Number=Plur
            were be AUX 7 aux:pass
            arrested arrest VERB 0 root Voice=Pass";
        assert_eq!(counts(lines, "arrested", EventType::Coerce), (None, None, Some(49)));
    }

    #[test]
    fn one_victim_is_one_and_dozens_are_none() {
        let one = "
            Gunmen gunman NOUN 2 nsubj Number=Plur
            shot shoot VERB 0 root
            a a DET 4 det
            commander commander NOUN 2 obj Number=Sing
            dead dead ADJ 2 xcomp";
        assert_eq!(counts(one, "shot", EventType::Assault), (Some(1), None, None));
        let dozens = "
            Gunmen gunman NOUN 2 nsubj Number=Plur
            killed kill VERB 0 root
            dozens dozen NOUN 2 obj Number=Plur
            of of ADP 5 case
            villagers villager NOUN 3 nmod Number=Plur";
        assert_eq!(counts(dozens, "killed", EventType::Assault), (None, None, None));
    }
}
