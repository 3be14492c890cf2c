//! Whether an event happened: tense, mood, modality and negation of its predicate, with the learned coder as second voice.

use crate::candidates::Candidate;
use crate::lexicon::StatusCues;
use crate::tree;
use dateline_annotate::{Annotation, EventScores, Rel, Upos};
use dateline_report::{Certainty, CertaintyGrade, Date, EventType, Phrase, Span, Status};
use std::ops::Range;

/// What the words around a predicate say of its reality.
#[derive(Clone, Debug, PartialEq)]
pub struct Reality {
    /// Whether it happened.
    pub status: Status,
    /// The words that say so, when they are not plain tense.
    pub cue: Option<usize>,
}

/// Reads the status of a candidate.
pub fn read(a: &Annotation, text: &str, cues: &StatusCues, c: &Candidate) -> Reality {
    if let Some(status) = c.frame.and_then(|f| f.status) {
        return Reality { status, cue: None };
    }
    if c.refuses.is_some() {
        return Reality { status: Status::Actual, cue: None };
    }
    let model = most_probable(&a.tokens[c.head].event)
        .or_else(|| c.words.clone().find_map(|i| most_probable(&a.tokens[i].event)));
    let grammar = by_grammar(a, text, cues, c.head)
        .or_else(|| (c.predicate != c.head).then(|| by_grammar(a, text, cues, c.predicate)).flatten());
    match (grammar.or_else(|| to_come(a, c)), model) {
        (Some(r), _) => r,
        (None, Some((status, p))) if p >= MODEL_DECIDES => Reality { status, cue: None },
        _ => Reality { status: Status::Actual, cue: None },
    }
}

/// What the words around a phrase, whose head is `word`, say of its reality; none where they say nothing. Words that the phrase begins with
/// make it what it is ("not possible to go on").
pub(crate) fn of_phrase(
    a: &Annotation,
    text: &str,
    cues: &StatusCues,
    word: usize,
    phrase: &Range<usize>,
) -> Option<Status> {
    by_grammar(a, text, cues, word).filter(|r| r.cue != Some(phrase.start)).map(|r| r.status)
}

/// "Talks to Open in Nairobi": in headlines an infinitive on the noun for talks tells what is to come.
fn to_come(a: &Annotation, c: &Candidate) -> Option<Reality> {
    let headline = a.sentences[a.sentence_of(c.head)].headline && c.kind == EventType::Consult;
    let to = |verb: usize| a.children(verb).find(|&m| a.tokens[m].rel == Rel::Mark && a.tokens[m].upos == Upos::Part);
    let infinitive = |v: &usize| a.tokens[*v].rel == Rel::Acl && a.tokens[*v].upos == Upos::Verb;
    let cue = a.children(c.head).filter(infinitive).find_map(to).filter(|_| headline)?;
    Some(Reality { status: Status::Future, cue: Some(cue) })
}

/// Talks whose own day lies after publication have not been held yet.
pub fn by_day(status: Status, kind: EventType, start: Option<Date>, published: Option<Date>) -> Status {
    let coming = start.zip(published).is_some_and(|(s, p)| s > p);
    if kind == EventType::Consult && coming && status == Status::Actual { Status::Future } else { status }
}

/// Probability from which the learned coder decides without a word that says so.
const MODEL_DECIDES: f32 = 0.75;

fn most_probable(scores: &EventScores) -> Option<(Status, f32)> {
    let (i, p) = scores.status.iter().enumerate().max_by(|x, y| x.1.total_cmp(y.1))?;
    (*p > 0.0).then_some((Status::ALL[i], *p))
}

/// The status that cue words on the way up from the predicate give, the nearest first. `None` where there is none.
fn by_grammar(a: &Annotation, text: &str, cues: &StatusCues, predicate: usize) -> Option<Reality> {
    let mut at = predicate;
    let mut near = true;
    let mut shared = false;
    for step in 0..4 {
        // What a conjunct shares with the first verb is its auxiliary, not its negation ("did not deny but blamed").
        let found = dependents_say(a, text, cues, at).filter(|r| near && !(shared && r.status == Status::Negated));
        if found.is_some() {
            return found;
        }
        let head = a.tokens[at].head?;
        let rel = a.tokens[at].rel;
        let climbs = match rel {
            Rel::Xcomp | Rel::Ccomp | Rel::Acl | Rel::Csubj => true,
            Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::Nmod | Rel::Compound => {
                a.tokens[predicate].upos != Upos::Verb
            }
            Rel::Conj => true,
            _ => false,
        };
        if !climbs || step == 3 {
            return None;
        }
        let lemma = a.tokens[head].lemma.to_lowercase();
        // What an act does is not what is done about it: "the talks failed", "the deal calls for a truce".
        let does = rel == Rel::Nsubj && a.tokens[head].upos == Upos::Verb;
        let status = cues.governor(&lemma).filter(|&s| !does || s == Status::Future);
        // A noun under "in", "during" and the like is a setting, not a content.
        let content = !matches!(rel, Rel::Obl | Rel::Nmod)
            || tree::preposition(a, text, at).is_some_and(|p| cues.content_prepositions.contains(&p));
        if let Some(status) = status.filter(|_| content && rel != Rel::Conj) {
            return Some(Reality { status, cue: Some(head) });
        }
        if matches!(rel, Rel::Obl | Rel::Nmod) && !content {
            return None;
        }
        shared |= rel == Rel::Conj;
        // The modal of a clause above says nothing of a full clause or modifier below it.
        near &= matches!(rel, Rel::Xcomp | Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Conj | Rel::Compound)
            && (step == 0 || a.tokens[at].upos == Upos::Verb || rel == Rel::Compound);
        at = head;
    }
    None
}

fn dependents_say(a: &Annotation, text: &str, cues: &StatusCues, word: usize) -> Option<Reality> {
    let mut modal = None;
    let mut infinitive = false;
    for c in a.children(word) {
        let lemma = a.tokens[c].lemma.to_lowercase();
        let form = a.tokens[c].span.text(text).unwrap_or_default().to_lowercase();
        match a.tokens[c].rel {
            Rel::Advmod | Rel::Det | Rel::Cc | Rel::Aux
                if cues.negators.contains(&form) || cues.negators.contains(&lemma) =>
            {
                return Some(Reality { status: Status::Negated, cue: Some(c) });
            }
            Rel::Aux if modal.is_none() => {
                modal = cues.modals.get(&lemma).or_else(|| cues.modals.get(&form)).map(|&s| (s, c));
            }
            Rel::Amod | Rel::Compound => {
                if let Some(&s) = cues.modifiers.get(&lemma) {
                    return Some(Reality { status: s, cue: Some(c) });
                }
            }
            Rel::Mark if a.tokens[c].upos == Upos::Part && form == "to" => infinitive = true,
            Rel::Mark if cues.conditionals.contains(&form) => {
                return Some(Reality { status: Status::Hypothetical, cue: Some(c) });
            }
            _ => {}
        }
    }
    if let Some((status, c)) = modal {
        let told = cues.reported.get(&a.tokens[c].lemma.to_lowercase()).filter(|_| is_reported(a, text, cues, word));
        return Some(Reality { status: told.copied().unwrap_or(status), cue: Some(c) });
    }
    // A headline's noun whose own clause is a bare infinitive: "Talks to Open in Oslo".
    let coming = |v: usize| matches!(a.tokens[v].rel, Rel::Acl | Rel::AclRelcl) && tree::is_infinitive(a, v);
    if a.tokens[word].upos != Upos::Verb && a.sentences[a.sentence_of(word)].headline && a.children(word).any(coming) {
        return Some(Reality { status: Status::Future, cue: None });
    }
    // A headline's bare infinitive is its future: "Talks to resume".
    let headline = a.sentences[a.sentence_of(word)].headline;
    let root = a.tokens[word].head.is_none() || matches!(a.tokens[word].rel, Rel::Acl | Rel::Advcl);
    (infinitive && headline && root).then_some(Reality { status: Status::Future, cue: None })
}

/// Whether a verb's clause is what somebody said in the past, on no condition: "said it would free the prisoners".
fn is_reported(a: &Annotation, text: &str, cues: &StatusCues, verb: usize) -> bool {
    let condition = |c: usize| {
        let word = a.tokens[c].span.text(text).unwrap_or_default().to_lowercase();
        a.tokens[c].rel == Rel::Mark && cues.conditionals.contains(&word)
    };
    let conditional = |c: usize| a.tokens[c].rel == Rel::Advcl && a.children(c).any(condition);
    let first = if a.tokens[verb].rel == Rel::Conj { a.tokens[verb].head.unwrap_or(verb) } else { verb };
    let told = a.tokens[first]
        .head
        .is_some_and(|h| a.tokens[h].has("Tense=Past") && cues.governor(&a.tokens[h].lemma.to_lowercase()).is_none());
    a.tokens[first].rel == Rel::Ccomp && told && !a.children(first).chain(a.children(verb)).any(conditional)
}

/// How sure the text is of an event: the hedge on its predicate, else whether somebody is cited for it.
pub fn certainty(a: &Annotation, text: &str, cues: &StatusCues, c: &Candidate, cited: Option<Span>) -> Certainty {
    let mut around: Vec<usize> = a.children(c.head).collect();
    let mut at = c.head;
    for _ in 0..2 {
        let Some(head) = a.tokens[at].head else { break };
        around.push(head);
        around.extend(a.children(head).filter(|&x| matches!(a.tokens[x].rel, Rel::Advmod | Rel::Amod)));
        at = head;
    }
    let hit = around
        .into_iter()
        .filter(|&i| !c.words.contains(&i))
        .find_map(|i| cues.hedges.get(&a.tokens[i].lemma.to_lowercase()).map(|&grade| (i, grade)));
    match hit {
        Some((i, grade)) => Certainty { grade, cue: Some(Phrase::at(text, a.tokens[i].span)) },
        None if cited.is_some() => Certainty { grade: CertaintyGrade::Attributed, cue: None },
        None => Certainty { grade: CertaintyGrade::Stated, cue: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::annotation;

    /// The status that grammar gives the word at `at`.
    fn status(lines: &str, at: usize) -> Option<Status> {
        let (text, a) = annotation(lines);
        let cues = StatusCues::from_toml(crate::data::STATUS).unwrap();
        by_grammar(&a, &text, &cues, at).map(|r| r.status)
    }

    #[test]
    fn what_was_said_to_be_done_is_planned_unless_on_a_condition() {
        let told = |rest: &str| {
            format!(
                "
            Chad Chad PROPN 2 nsubj
            said say VERB 0 root Tense=Past
            it it PRON 5 nsubj
            would would AUX 5 aux
            leave leave VERB 2 ccomp
            {rest}"
            )
        };
        assert_eq!(status(&told(""), 4), Some(Status::Future));
        let condition = "if if SCONJ 7 mark\nattacked attack VERB 5 advcl";
        assert_eq!(status(&told(condition), 4), Some(Status::Hypothetical));
        let alone = "Chad Chad PROPN 3 nsubj\nwould would AUX 3 aux\nleave leave VERB 0 root";
        assert_eq!(status(alone, 2), Some(Status::Hypothetical));
    }

    #[test]
    fn what_failed_was_held_and_what_was_called_off_was_not() {
        assert_eq!(status("talks talk NOUN 2 nsubj\nfailed fail VERB 0 root Tense=Past", 0), None);
        let cancelled = "talks talk NOUN 3 nsubj:pass\nwere be AUX 3 aux:pass\ncancelled cancel VERB 0 root";
        assert_eq!(status(cancelled, 0), Some(Status::Negated));
    }
}
