//! How the clause around a time expression stands to the present.

use super::vocabulary::VOCABULARY;
use super::words::Words;
use crate::annotation::{Rel, Upos};
use std::ops::Range;

/// The tense around a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// The expression hangs right on a verb in the past.
    Past,
    /// Nothing nearby tells, or a past form further up.
    Unclear,
    Present,
    Future,
}

/// Steps up the tree in search of the governing predicate.
const CLIMB: usize = 8;

/// What one predicate shows.
enum Shown {
    Past,
    Present,
    Future,
    Nothing,
}

/// The tense around a stretch of words: that of the nearest predicate above it that shows one.
pub(super) fn around(w: &Words, words: Range<usize>) -> Tense {
    if words.start.checked_sub(1).is_some_and(|i| w.is(i, "eversince")) {
        return Tense::Past;
    }
    let a = w.annotation;
    let first = w.head(words);
    // "Sunday's attack": the noun happened whatever becomes of it, unless it plainly will.
    let possessive = a.tokens[first].rel == Rel::NmodPoss;
    let mut at = first;
    for step in 0..CLIMB {
        let Some(head) = a.tokens[at].head else { break };
        at = head;
        match shown(w, at, possessive) {
            Shown::Future => return Tense::Future,
            Shown::Past if step == 0 => return Tense::Past,
            Shown::Present if !possessive && !w.headline() => return Tense::Present,
            // Headlines tell the past in the present.
            Shown::Past | Shown::Present => return Tense::Unclear,
            Shown::Nothing => {}
        }
    }
    Tense::Unclear
}

/// Whether the verb above a stretch of words stands in the present perfect: "has held them for weeks".
pub(super) fn is_present_perfect(w: &Words, words: Range<usize>) -> bool {
    let a = w.annotation;
    let have = |c: usize| a.tokens[c].rel == Rel::Aux && a.tokens[c].lemma == "have" && a.tokens[c].has("Tense=Pres");
    a.tokens[w.head(words)].head.is_some_and(|h| a.children(h).any(have))
}

fn shown(w: &Words, at: usize, possessive: bool) -> Shown {
    let a = w.annotation;
    let t = &a.tokens[at];
    let lemma_is_cue = |i: usize| VOCABULARY.is_cue(&a.tokens[i].lemma);
    let auxiliaries = || a.children(at).filter(|&c| matches!(a.tokens[c].rel, Rel::Aux | Rel::AuxPass | Rel::Cop));
    let coming = |c: usize| lemma_is_cue(c) && !(possessive && a.tokens[c].lemma == "would");
    if auxiliaries().any(coming) || a.children(at).any(|c| a.tokens[c].rel == Rel::Amod && lemma_is_cue(c)) {
        return Shown::Future;
    }
    let verb = matches!(t.upos, Upos::Verb | Upos::Aux);
    let past = |i: usize| a.tokens[i].has("Tense=Past") && a.tokens[i].has("VerbForm=Fin") || is_past_form(w, i);
    if verb && a.children(at).any(|c| a.tokens[c].rel == Rel::Mark && a.tokens[c].lemma == "to") {
        if possessive {
            return Shown::Nothing;
        }
        let done =
            t.head.is_some_and(|h| past(h) && (t.rel == Rel::Advcl || VOCABULARY.is_implicative(&a.tokens[h].lemma)));
        return if done { Shown::Nothing } else { Shown::Future };
    }
    // "Talks are scheduled", "is due", but "set a record".
    let participle = t.has("VerbForm=Part") || t.upos == Upos::Adj;
    if lemma_is_cue(at) && (participle || verb && t.has("Tense=Pres")) {
        return Shown::Future;
    }
    if auxiliaries().any(past) || verb && past(at) {
        return Shown::Past;
    }
    if verb && t.has("Tense=Past") {
        // A participle: past by itself, with "have" and "being", present with "is".
        let present = auxiliaries()
            .any(|c| a.tokens[c].has("Tense=Pres") && a.tokens[c].has("VerbForm=Fin") && a.tokens[c].lemma == "be");
        return if present { Shown::Present } else { Shown::Past };
    }
    let finite = |i: usize| a.tokens[i].has("Tense=Pres") && a.tokens[i].has("VerbForm=Fin");
    let bare = t.has("VerbForm=Inf") && t.rel == Rel::Root && auxiliaries().next().is_none();
    if auxiliaries().any(finite) || verb && (finite(at) || bare) {
        return Shown::Present;
    }
    Shown::Nothing
}

/// Whether a verb tagged as present stands in a form that only the past has ("was", "deplored", "lit"): the tagger is not to be trusted
/// against the form. Such a form is neither the lemma nor in "-s", or it ends in "-ed", which a lemma in "-eed" only seems to.
fn is_past_form(w: &Words, i: usize) -> bool {
    let t = &w.annotation.tokens[i];
    let Some(at) = i.checked_sub(w.tokens.start) else { return false };
    let form = w.lower(at);
    if !(t.has("Tense=Pres") && t.has("VerbForm=Fin")) {
        return false;
    }
    let regular = form.len() > 4 && form.ends_with("ed") && !form.ends_with("eed");
    let irregular = !form.ends_with('s') && form.len() > 2 && form != t.lemma.to_lowercase();
    w.is(at, "pastform") || t.upos == Upos::Verb && (regular || irregular)
}
