//! What is demanded, offered, accepted or refused: the words under a predicate, and the issues they name.

use super::stances::{Mark, Predicate};
use crate::coder::Reading;
use crate::talk::TalkWords;
use crate::tree;
use dateline_annotate::{Annotation, Rel, Upos};
use dateline_report::EventType;
use std::ops::Range;

/// What is demanded, offered, accepted or refused: the clauses and objects under the head.
pub(super) fn of_event(r: &Reading, words: &TalkWords, kind: EventType, head: usize) -> Vec<Range<usize>> {
    let a = r.a;
    let clausal = |rel: Rel| matches!(rel, Rel::Xcomp | Rel::Ccomp | Rel::Acl | Rel::Csubj);
    // "push the government to reach a deal": parsers hang the clause on the one addressed as well.
    if kind == EventType::Request
        && let Some(clause) = of_addressee(a, head)
    {
        return vec![clause];
    }
    let clause = a.children(head).any(|c| clausal(a.tokens[c].rel));
    let mut out: Vec<Range<usize>> = Vec::new();
    for c in a.children(head) {
        let keep = match a.tokens[c].rel {
            // "agreed that it is late" accepts nothing.
            Rel::Ccomp if kind == EventType::Agree => false,
            rel if clausal(rel) => true,
            // With a clause the object is the one addressed: "urged Israel to withdraw".
            Rel::Obj => !clause,
            Rel::Obl | Rel::Nmod => tree::preposition(a, r.text, c).is_some_and(|p| words.content_preposition(&p)),
            Rel::Advcl => c > head && tree::is_infinitive(a, c),
            Rel::NsubjPass => true,
            Rel::Compound | Rel::Amod => a.tokens[head].upos == Upos::Noun,
            _ => false,
        };
        if keep {
            out.push(tree::subtree(a, c));
        }
    }
    let answer = kind == EventType::Agree;
    if out.is_empty() && !answer || a.tokens[head].upos == Upos::Aux {
        // "must allow access": the demand is the clause itself.
        let clause = tree::subtree(a, a.tokens[head].head.filter(|_| a.tokens[head].upos == Upos::Aux).unwrap_or(head));
        if clause.len() > 1 {
            out.push(clause);
        }
    }
    out
}

/// The infinitive that hangs on a verb's object instead of the verb.
fn of_addressee(a: &Annotation, verb: usize) -> Option<Range<usize>> {
    let own = |c: usize| matches!(a.tokens[c].rel, Rel::Xcomp | Rel::Ccomp) && c > verb;
    if a.tokens[verb].upos != Upos::Verb || a.children(verb).any(own) {
        return None;
    }
    let object = a.children(verb).find(|&c| c > verb && matches!(a.tokens[c].rel, Rel::Obj | Rel::Obl))?;
    let infinitive = |above: usize, rel: Rel| {
        a.children(above).find(|&c| c > object && a.tokens[c].rel == rel && tree::is_infinitive(a, c))
    };
    // "continue to push the government to reach": under the verb above.
    let above = a.tokens[verb].head.filter(|_| a.tokens[verb].rel == Rel::Xcomp);
    let clause = infinitive(object, Rel::Acl).or_else(|| above.and_then(|v| infinitive(v, Rel::Xcomp)))?;
    Some(tree::subtree(a, clause))
}

/// The content of a stance word: its clauses, its object where that is content, and what stands under its prepositions. A passive
/// participle has the noun it describes: "the access called for by the council".
pub(super) fn of_word(r: &Reading, p: &Predicate, head: usize) -> Vec<Range<usize>> {
    let a = r.a;
    let verbal = a.tokens[head].upos == Upos::Verb;
    if a.tokens[head].upos == Upos::Adp {
        return a.children(head).filter(|&c| a.tokens[c].rel == Rel::Obj).map(|c| tree::subtree(a, c)).collect();
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    if p.is(Mark::Only) && verbal && a.tokens[head].rel == Rel::Acl && tree::is_passive(a, head) {
        let stranded = a.children(head).any(|c| p.under.contains(&a.tokens[c].lemma.to_lowercase()));
        out.extend(a.tokens[head].head.filter(|_| stranded).map(|noun| tree::noun_phrase(a, noun)));
        return out;
    }
    let possible = |c: usize| a.children(c).any(|m| a.tokens[m].rel == Rel::Aux && a.tokens[m].has("VerbForm=Fin"));
    let clause = |c: usize| match a.tokens[c].rel {
        Rel::Xcomp | Rel::Ccomp => c > head && (!p.is(Mark::Possible) || possible(c)),
        Rel::Csubj => p.is(Mark::Impersonal),
        Rel::Acl | Rel::Advcl => c > head && tree::is_infinitive(a, c),
        _ => false,
    };
    for c in a.children(head) {
        let under = matches!(a.tokens[c].rel, Rel::Obl | Rel::Nmod | Rel::OblAgent)
            && tree::preposition(a, r.text, c).is_some_and(|x| p.under.contains(&x));
        let keep = under
            || !p.is(Mark::Only)
                && (clause(c)
                    || p.is(Mark::Object)
                        && (a.tokens[c].rel == Rel::Obj && c > head
                            || a.tokens[c].rel == Rel::NsubjPass && a.children(head).any(|g| is_agent(r, g))));
        if keep {
            out.push(tree::subtree(a, c));
        }
    }
    if out.is_empty() && verbal && !p.is(Mark::Only) && p.under.is_empty() {
        out.extend(of_addressee(a, head));
    }
    out
}

fn is_agent(r: &Reading, c: usize) -> bool {
    r.a.tokens[c].rel == Rel::OblAgent
}

/// The parts of a content that are coordinated: "cease bombing | and renew talks".
pub(super) fn segments(a: &Annotation, content: Range<usize>) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = content
        .clone()
        .filter(|&i| a.tokens[i].rel == Rel::Conj && a.tokens[i].head.is_some_and(|h| content.contains(&h)))
        .map(|i| tree::subtree(a, i).start)
        .filter(|&s| s > content.start)
        .collect();
    starts.insert(0, content.start);
    starts.dedup();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([content.end]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(s, e)| s..e).filter(|r| !r.is_empty()).collect()
}

/// Without conjunctions and punctuation at the edges.
pub(super) fn trimmed(a: &Annotation, mut range: Range<usize>) -> Range<usize> {
    let edge = |i: usize| matches!(a.tokens[i].upos, Upos::Punct | Upos::Cconj);
    while range.len() > 1 && edge(range.end - 1) {
        range.end -= 1;
    }
    while range.len() > 1 && edge(range.start) {
        range.start += 1;
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::testing::{annotation, reading};
    use dateline_report::Issue;

    #[test]
    fn a_demand_for_two_things_names_two_issues() {
        let (text, a) = annotation(
            "
            He he PRON 2 nsubj
            urged urge VERB 0 root
            Israel Israel PROPN 2 obj
            to to PART 5 mark
            stop stop VERB 2 xcomp
            the the DET 7 det
            bombing bombing NOUN 5 obj
            and and CCONJ 10 cc
            to to PART 10 mark
            renew renew VERB 5 conj
            talks talk NOUN 10 obj
            =. . PUNCT 2 punct",
        );
        let words = TalkWords::from_toml(data::ISSUES, data::ASSESSMENTS).unwrap();
        let r = reading(&text, &a);
        let parts: Vec<Range<usize>> =
            of_event(&r, &words, EventType::Request, 1).into_iter().flat_map(|c| segments(&a, c)).collect();
        let issues: Vec<Issue> = parts.iter().filter_map(|p| words.issue(&a, &text, p.clone()).map(|x| x.0)).collect();
        assert_eq!(issues, [Issue::Ceasefire, Issue::Talks]);
        assert_eq!(tree::span_of(&a, &trimmed(&a, parts[1].clone())).text(&text), Some("to renew talks"));
    }
}
