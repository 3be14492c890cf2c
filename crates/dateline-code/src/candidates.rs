//! Event candidates: what the frames and the learned coder propose, put together word by word, each with one confidence.

use crate::codebook::{Codebook, Frame};
use crate::frames::{self, FrameHit};
use crate::lexicon::StatusCues;
use dateline_annotate::{Annotation, EventScores, Rel, Upos};
use dateline_report::EventType;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A proposed event.
#[derive(Clone, Debug)]
pub struct Candidate<'b> {
    /// Its head word: the one the tree and the roles hang on.
    pub head: usize,
    /// All words of the trigger.
    pub words: Range<usize>,
    /// PLOVER type.
    pub kind: EventType,
    /// The frame that fired for this type, if one did.
    pub frame: Option<&'b Frame>,
    /// The word that carries the frame's lemma; the head otherwise.
    pub predicate: usize,
    /// The learned coder's probability of this type here.
    pub model: f32,
    /// How sure the two are together, 0 to 1.
    pub confidence: f32,
    /// The type of what is refused, where a refusal is worded as an act that will not be done.
    pub refuses: Option<EventType>,
}

/// How frames and model weigh in on the log-odds scale, set on the development reports (`dateline eval gold`).
#[derive(Clone, Copy, Debug)]
pub struct Arbitration {
    /// Factor of the model's log-odds.
    pub model: f32,
    /// Factor of the frame's log-odds, its weight being its probability.
    pub frame: f32,
    /// Log-odds that a word without a frame starts from.
    pub no_frame: f32,
    /// Added for all.
    pub bias: f32,
}

impl Default for Arbitration {
    fn default() -> Self {
        Arbitration { model: 0.6, frame: 0.6, no_frame: -0.5, bias: 0.6 }
    }
}

impl Arbitration {
    fn confidence(self, model: f32, frame: Option<f32>) -> f32 {
        let odds = |p: f32| (p.clamp(0.005, 0.995) / (1.0 - p.clamp(0.005, 0.995))).ln();
        let x = self.bias + self.model * odds(model) + frame.map_or(self.no_frame, |w| self.frame * odds(w));
        1.0 / (1.0 + (-x).exp())
    }
}

/// Probability of a type at a word.
pub fn probability(scores: &EventScores, kind: EventType) -> f32 {
    let index = EventType::ALL.iter().position(|&t| t == kind).unwrap_or_default();
    scores.types.get(index).copied().unwrap_or(0.0)
}

/// How much of the learned coder's belief that a word is some other event counts for a frame's type: it saw an event, and the
/// frame knows better which.
const OTHER_TYPE: f32 = 0.5;

/// What the learned coder says for a frame's type at a word.
fn support(scores: &EventScores, h: &FrameHit) -> f32 {
    let event = if scores.types.is_empty() { 0.0 } else { 1.0 - scores.none };
    probability(scores, h.frame.kind).max(OTHER_TYPE * event)
}

/// All candidates above `least` confidence, at most one a (word, type), the surest type of a word only; in text order.
pub fn find<'b>(
    book: &'b Codebook,
    cues: &StatusCues,
    a: &Annotation,
    text: &str,
    rules: Arbitration,
    least: f32,
) -> Vec<Candidate<'b>> {
    let hits = frames::fire(book, a, text);
    let mut out: Vec<Candidate<'b>> = Vec::new();
    let mut taken = vec![false; hits.len()];
    for run in runs(a) {
        let kind = a.tokens[run.start].event.best.map_or(EventType::Consult, |(t, _)| t);
        let inside = |h: &FrameHit| run.contains(&h.trigger) || run.contains(&h.predicate);
        let hit = hits
            .iter()
            .enumerate()
            .filter(|(_, h)| h.frame.kind == kind && inside(h))
            .max_by_key(|(_, h)| h.conditions);
        let head = hit.map_or_else(
            || head_of(a, &run),
            |(_, h)| if run.contains(&h.trigger) { h.trigger } else { head_of(a, &run) },
        );
        for (i, h) in hits.iter().enumerate() {
            taken[i] |= h.frame.kind == kind && inside(h);
        }
        let model = run.clone().map(|i| probability(&a.tokens[i].event, kind)).fold(0.0, f32::max);
        let hit = hit.map(|(_, h)| h);
        out.push(candidate(rules, head, run, kind, model, hit));
    }
    for (h, taken) in hits.iter().zip(taken) {
        if !taken {
            let model =
                [h.trigger, h.predicate].map(|i| support(&a.tokens[i].event, h)).into_iter().fold(0.0, f32::max);
            out.push(candidate(rules, h.trigger, h.trigger..h.trigger + 1, h.frame.kind, model, Some(h)));
        }
    }
    out.retain(|c| c.confidence >= least);
    settle(a, cues, out)
}

fn candidate<'b>(
    rules: Arbitration,
    head: usize,
    words: Range<usize>,
    kind: EventType,
    model: f32,
    hit: Option<&FrameHit<'b>>,
) -> Candidate<'b> {
    Candidate {
        head,
        words,
        kind,
        frame: hit.map(|h| h.frame),
        predicate: hit.map_or(head, |h| h.predicate),
        model,
        confidence: rules.confidence(model, hit.map(|h| h.frame.weight)),
        refuses: None,
    }
}

/// "Will not lift the ban", "is not willing to meet": whoever says that an act of cooperation will not be done refuses it (GUIDE.md).
fn refuse<'b>(a: &Annotation, cues: &StatusCues, mut c: Candidate<'b>) -> Candidate<'b> {
    let with =
        |words: &BTreeSet<String>| a.children(c.predicate).any(|x| words.contains(&a.tokens[x].lemma.to_lowercase()));
    let willing = a.tokens[c.predicate].upos == Upos::Adj && c.kind == EventType::Agree;
    let modal = a.tokens[c.predicate].upos == Upos::Verb && with(&cues.refusals);
    if c.kind.quad() <= 2 && (willing || modal) && with(&cues.negators) {
        c.refuses = Some(c.kind);
        c.kind = EventType::Reject;
    }
    c
}

/// Least probability of any event at which the learned coder proposes one by itself.
const MODEL_PROPOSES: f32 = 0.15;

/// Stretches of neighbouring words of one sentence for which the learned coder sees the same type.
fn runs(a: &Annotation) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for s in &a.sentences {
        let mut open: Option<(usize, EventType)> = None;
        for i in s.tokens.clone() {
            let e = &a.tokens[i].event;
            let kind = e.best.filter(|_| 1.0 - e.none >= MODEL_PROPOSES).map(|(t, _)| t);
            if let (Some((start, k)), other) = (open, kind)
                && other != Some(k)
            {
                out.push(start..i);
                open = None;
            }
            if open.is_none() {
                open = kind.map(|k| (i, k));
            }
        }
        if let Some((start, _)) = open {
            out.push(start..s.tokens.end);
        }
    }
    out
}

/// The word of a run whose head lies outside; content words first.
fn head_of(a: &Annotation, run: &Range<usize>) -> usize {
    let outside = |i: &usize| a.tokens[*i].head.is_none_or(|h| !run.contains(&h));
    let content = |i: &usize| matches!(a.tokens[*i].upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn);
    run.clone().filter(outside).find(content).or_else(|| run.clone().find(content)).unwrap_or(run.start)
}

/// One event a word, and none twice: where two types claim a word the surer stays; a light verb and its noun are one event.
fn settle<'b>(a: &Annotation, cues: &StatusCues, mut all: Vec<Candidate<'b>>) -> Vec<Candidate<'b>> {
    all.sort_by(|x, y| y.confidence.total_cmp(&x.confidence).then(x.head.cmp(&y.head)).then(x.kind.cmp(&y.kind)));
    let mut absorbed: BTreeMap<usize, usize> = BTreeMap::new();
    for c in &all {
        let asks = c.frame.map_or(0, Frame::asks);
        for noun in asked_for(a, c) {
            let most = absorbed.entry(noun).or_default();
            *most = asks.max(*most);
        }
    }
    all.retain(|c| {
        let asks = c.frame.map_or(0, Frame::asks);
        absorbed.get(&c.head).is_none_or(|most| *most < asks || asks == 0 && c.frame.is_some())
    });
    let mut kept: Vec<Candidate<'b>> = Vec::new();
    for c in all {
        let clash = kept.iter().any(|k| {
            let shares = k.words.start < c.words.end && c.words.start < k.words.end
                || k.predicate == c.predicate && k.frame.is_some();
            shares || k.kind == c.kind && one_happening(a, k.head, c.head)
        });
        if !clash {
            kept.push(c);
        }
    }
    // "denied attacking": the denied act is the event, negated; the denial is none of its own.
    let denied: Vec<usize> = kept.iter().filter_map(|c| denial_of(a, cues, c, &kept)).collect();
    kept.retain(|c| !denied.contains(&c.head));
    let contents: Vec<usize> = kept.iter().filter(|c| is_content(a, c, &kept)).map(|c| c.head).collect();
    kept.retain(|c| !contents.contains(&c.head));
    kept.sort_by_key(|c| c.head);
    kept.into_iter().map(|c| refuse(a, cues, c)).collect()
}

/// The nouns that a sure frame asked for by name: they are part of its event ("signed the AGREEMENT", "lifted SANCTIONS"), unless a
/// frame that asks more stands for them.
fn asked_for(a: &Annotation, c: &Candidate) -> Vec<usize> {
    let sure = |f: &&Frame| f.weight >= ABSORBS && f.trigger_slot.is_none() && c.confidence >= ABSORBS;
    let nouns = c.frame.filter(sure).map(|f| frames::asked_nouns(a, f, c.predicate)).unwrap_or_default();
    nouns.into_iter().filter(|i| *i != c.head).collect()
}

/// Weight from which a frame absorbs the nouns that it asks for.
const ABSORBS: f32 = 0.5;

/// The head of the denial whose content an event is.
fn denial_of(a: &Annotation, cues: &StatusCues, inner: &Candidate, all: &[Candidate]) -> Option<usize> {
    let verb =
        a.tokens[inner.predicate].head.filter(|_| matches!(a.tokens[inner.predicate].rel, Rel::Xcomp | Rel::Ccomp))?;
    let denies = cues.denials.contains(&a.tokens[verb].lemma.to_lowercase());
    all.iter()
        .find(|c| denies && c.kind == EventType::Reject && (c.head == verb || c.predicate == verb))
        .map(|c| c.head)
}

/// Whether an event is only what another demands, threatens, promises or refuses: such contents are not coded (GUIDE.md).
fn is_content(a: &Annotation, inner: &Candidate, all: &[Candidate]) -> bool {
    let speech = |h: usize| {
        all.iter().any(|c| {
            (c.head == h || c.predicate == h)
                && c.head != inner.head
                && matches!(
                    c.kind,
                    EventType::Request
                        | EventType::Threaten
                        | EventType::Agree
                        | EventType::Concede
                        | EventType::Reject
                )
        })
    };
    let mut at = inner.head;
    for _ in 0..3 {
        let Some(head) = a.tokens[at].head else { return false };
        match a.tokens[at].rel {
            Rel::Xcomp | Rel::Ccomp => {}
            Rel::Obj | Rel::Obl | Rel::Nmod | Rel::Acl if at == inner.head || a.tokens[at].upos == Upos::Verb => {}
            Rel::Conj if a.tokens[head].rel == Rel::Xcomp || a.tokens[head].rel == Rel::Ccomp => {}
            _ => return false,
        }
        if speech(head) && head < inner.head {
            return true;
        }
        at = head;
    }
    false
}

/// Whether one of two words stands right under the other, so that what they tell of in one type is one happening: "held TALKS", "STRIKES
/// SHUT the port", "SPOKE by TELEPHONE". Words that are coordinated tell of two, and so does a relative clause.
fn one_happening(a: &Annotation, x: usize, y: usize) -> bool {
    let tied = |child: usize, head: usize| {
        a.tokens[child].head == Some(head) && !matches!(a.tokens[child].rel, Rel::Conj | Rel::AclRelcl)
    };
    tied(x, y) || tied(y, x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::annotation;

    #[test]
    fn words_right_under_one_another_tell_of_one_happening() {
        let (_, a) = annotation(
            "
            Strikes strike NOUN 2 nsubj
            shut shut VERB 0 root
            ports port NOUN 2 obj
            and and CCONJ 5 cc
            spread spread VERB 2 conj
            to to ADP 7 case
            Kenya Kenya PROPN 5 obl",
        );
        assert!(one_happening(&a, 0, 1) && one_happening(&a, 1, 0) && one_happening(&a, 4, 6));
        assert!(!one_happening(&a, 1, 4) && !one_happening(&a, 0, 2));
    }

    #[test]
    fn confidence_rises_with_either_voice() {
        let r = Arbitration::default();
        assert!(r.confidence(0.9, None) > r.confidence(0.3, None));
        assert!(r.confidence(0.3, Some(0.9)) > r.confidence(0.3, None));
        assert!(r.confidence(0.02, None) < 0.2);
        assert!((0.0..=1.0).contains(&r.confidence(1.0, Some(1.0))));
    }
}
