//! According to whom: who is cited for what.

use crate::lexicon::AttributionCues;
use crate::mentions::{Mentions, Reference};
use crate::tree;
use dateline_annotate::{Annotation, EntityKind, Rel, Upos};
use dateline_report::{Phrase, Source};
use std::ops::Range;

/// One citation: a source, the words that cite it, and the words it is cited for.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Head word of the source.
    pub head: usize,
    /// The word that cites.
    pub cue: usize,
    /// The cited words.
    pub content: Range<usize>,
    /// The source as the record has it.
    pub source: Source,
}

/// All citations of a report.
pub fn find(a: &Annotation, text: &str, cues: &AttributionCues, mentions: &Mentions) -> Vec<Attribution> {
    let mut out = Vec::new();
    for (s, sentence) in a.sentences.iter().enumerate() {
        if sentence.headline
            && let Some(x) = headline(a, text, cues, mentions, s)
        {
            out.push(x);
        }
        for i in sentence.tokens.clone() {
            let found = verb(a, text, cues, mentions, i).or_else(|| according_to(a, text, cues, mentions, i));
            out.extend(found);
        }
    }
    out
}

/// The innermost citation whose content holds a word.
pub fn of(all: &[Attribution], token: usize) -> Option<&Attribution> {
    all.iter().filter(|x| x.content.contains(&token) && x.cue != token).min_by_key(|x| x.content.len())
}

/// "X said that ...", "..., X said", "\"...\", said X".
fn verb(a: &Annotation, text: &str, cues: &AttributionCues, mentions: &Mentions, i: usize) -> Option<Attribution> {
    let t = &a.tokens[i];
    if t.upos != Upos::Verb || !cues.verbs.contains(&t.lemma.to_lowercase()) {
        return None;
    }
    let subject = a.children(i).find(|&c| matches!(a.tokens[c].rel, Rel::Nsubj | Rel::OblAgent)).or_else(|| {
        let shared = t.rel == Rel::Conj || t.rel == Rel::Advcl;
        t.head.filter(|_| shared).and_then(|h| a.children(h).find(|&c| a.tokens[c].rel == Rel::Nsubj))
    })?;
    let clause = a.children(i).find(|&c| matches!(a.tokens[c].rel, Rel::Ccomp | Rel::Parataxis | Rel::Xcomp) && a.tokens[c].upos != Upos::Punct);
    let content = match clause {
        Some(c) => tree::subtree(a, c),
        // The quotation may be the tree's root: "\"We left\", he said" with "said" beneath it.
        None if matches!(t.rel, Rel::Parataxis | Rel::Advcl) => {
            let whole = a.sentences[a.sentence_of(i)].tokens.clone();
            let own = tree::subtree(a, i);
            if own.start > whole.start { whole.start..own.start } else { own.end..whole.end }
        }
        None => {
            // "announced a ban", "confirmed the arrest": the object is what is told, if the cue takes one.
            let object = a.children(i).find(|&c| a.tokens[c].rel == Rel::Obj).filter(|_| cues.objects.contains(&t.lemma.to_lowercase()))?;
            tree::subtree(a, object)
        }
    };
    build(a, text, mentions, subject, i, content)
}

/// "According to X, ...", "X's statement".
fn according_to(a: &Annotation, text: &str, cues: &AttributionCues, mentions: &Mentions, i: usize) -> Option<Attribution> {
    let word = a.tokens[i].span.text(text)?.to_lowercase();
    let next = a.tokens.get(i + 1)?.span.text(text)?.to_lowercase();
    if !cues.phrases.iter().any(|p| p.split_once(' ') == Some((word.as_str(), next.as_str()))) {
        return None;
    }
    let sentence = a.sentences[a.sentence_of(i)].tokens.clone();
    let head = (i + 2..sentence.end).find(|&h| {
        matches!(a.tokens[h].upos, Upos::Noun | Upos::Propn | Upos::Pron) && !matches!(a.tokens[h].rel, Rel::Compound | Rel::Amod | Rel::NmodPoss | Rel::Det | Rel::NmodDesc)
    })?;
    build(a, text, mentions, head, i, sentence)
}

/// "Talks to Resume: Sources".
fn headline(a: &Annotation, text: &str, cues: &AttributionCues, mentions: &Mentions, s: usize) -> Option<Attribution> {
    let tokens = a.sentences[s].tokens.clone();
    let colon = tokens.clone().rev().find(|&i| a.tokens[i].span.text(text) == Some(":"))?;
    let (front, back) = (tokens.start..colon, colon + 1..tokens.end);
    let says = |r: &Range<usize>| {
        r.len() <= 4 && r.clone().any(|i| cues.nouns.contains(&a.tokens[i].lemma.to_lowercase()) || mentions.at(i).is_some_and(|m| m.reference == Reference::Name))
    };
    let (who, what) = if !back.is_empty() && says(&back) { (back, front) } else if !front.is_empty() && says(&front) && front.len() < 4 { (front, back) } else { return None };
    let head = who.clone().find(|&i| a.tokens[i].head.is_none_or(|h| !who.contains(&h)))?;
    build(a, text, mentions, head, colon, what)
}

fn build(a: &Annotation, text: &str, mentions: &Mentions, head: usize, cue: usize, content: Range<usize>) -> Option<Attribution> {
    let mention = mentions.at(head);
    let (phrase, span) = match mention {
        Some(m) if m.reference == Reference::Pronoun => (m.actor.text.clone(), m.actor.span),
        _ => {
            let span = tree::span_of(a, &tree::noun_phrase(a, head));
            (span.text(text)?.to_owned(), span)
        }
    };
    if phrase.is_empty() || a.tokens[head].upos == Upos::Pron && mention.is_none() {
        return None;
    }
    let source = Source {
        anonymous: is_anonymous(a, mentions, head),
        text: phrase,
        span,
        actor: mention.map(|m| m.actor.clone()),
        cue: Some(Phrase::at(text, a.tokens[cue].span)),
    };
    Some(Attribution { head, cue, content, source })
}

/// No name and no named institution: "two U.S. officials", "a source in the region".
fn is_anonymous(a: &Annotation, mentions: &Mentions, head: usize) -> bool {
    if let Some(m) = mentions.at(head)
        && (m.reference == Reference::Pronoun || m.actor.name.is_some() && m.reference == Reference::Name)
    {
        return m.reference == Reference::Pronoun && m.actor.name.is_none() && !m.actor.person;
    }
    let named = a.entities.iter().any(|e| e.tokens.contains(&head) && e.kind != EntityKind::Place) || a.tokens[head].upos == Upos::Propn;
    let institution = mentions.at(head).is_some_and(|m| !m.actor.person && !a.tokens[head].has("Number=Plur"));
    !named && !institution
}
