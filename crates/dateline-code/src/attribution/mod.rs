//! According to whom: who is cited for what.

mod cues;
mod lexicon;
mod pronouns;
mod source;
mod speech;
mod statements;
#[cfg(test)]
mod tests;

pub use lexicon::StatementWords;

use crate::lexicon::AttributionCues;
use crate::mentions::Mentions;
use crate::quotes;
use crate::tree;
use dateline_annotate::{Annotation, Rel, Upos};
use dateline_report::{Actor, EventType, Source, Span, Statement};
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
    /// Whether the content is the source's own words, so that "we" there is the source.
    pub direct: bool,
    /// The source as the record has it.
    pub source: Source,
}

/// A pronoun with what it stands for; words are tokens.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The pronoun.
    pub pronoun: usize,
    /// Head word of the mention that it stands for.
    pub antecedent: usize,
    /// Whom that mention means.
    pub actor: Actor,
}

/// What the citations of a report say.
#[derive(Clone, Debug, Default)]
pub struct Cited {
    /// All citations, which the sources of events are read from.
    pub attributions: Vec<Attribution>,
    /// Whom its personal pronouns stand for, in text order.
    pub pronouns: Vec<Standing>,
    /// Everything that somebody is told to have said, thought or wanted.
    pub statements: Vec<Statement>,
}

/// The words that citations are found by.
#[derive(Clone, Copy)]
pub struct Cues<'c> {
    /// Words that cite.
    pub citing: &'c AttributionCues,
    /// Further words of statements.
    pub telling: &'c StatementWords,
}

/// Finds the citations of a report.
pub fn find(a: &Annotation, text: &str, cues: Cues, mentions: &Mentions) -> Cited {
    let mut finder = Finder {
        a,
        text,
        cues: cues.citing,
        mentions,
        out: Vec::new(),
        focus: vec![None; a.sentences.len()],
        quotes: quotes::spans(text),
    };
    for s in 0..a.sentences.len() {
        finder.sentence(s);
    }
    finder.announced_statements();
    finder.signed_lines();
    finder.signed_quotations();
    finder.quotations();
    let pronouns = finder.pronouns();
    let statements = finder.statements(cues.telling);
    Cited { attributions: finder.out, pronouns, statements }
}

/// The innermost citation whose content holds a word.
pub fn of(all: &[Attribution], token: usize) -> Option<&Attribution> {
    all.iter().filter(|x| x.content.contains(&token) && x.cue != token).min_by_key(|x| x.content.len())
}

/// The innermost citation of an event: of its head word, but not one whose source is part of the event's own words, nor, for acts
/// of speech, one whose source is the speaker himself ("Lavrov said the strikes were a crime": Lavrov accuses, nobody is cited).
pub fn of_event<'x>(
    all: &'x [Attribution],
    kind: EventType,
    words: &Range<usize>,
    head: usize,
    actors: &[Actor],
) -> Option<&'x Attribution> {
    let speech = is_speech(kind);
    all.iter()
        .filter(|x| x.content.contains(&head) && x.cue != head && !words.contains(&x.cue) && !words.contains(&x.head))
        .filter(|x| !(speech && actors.iter().any(|actor| is_same(&x.source, actor))))
        .min_by_key(|x| x.content.len())
}

/// Whether acts of a type are done by speaking.
pub fn is_speech(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Accuse
            | EventType::Request
            | EventType::Threaten
            | EventType::Support
            | EventType::Reject
            | EventType::Agree
            | EventType::Concede
    )
}

/// Who acts in an act of speech that names no actor: the one whose words it stands in ("The strikes were a crime, Lavrov said").
pub fn speaker(all: &[Attribution], a: &Annotation, kind: EventType, head: usize) -> Option<Actor> {
    let speech = matches!(kind, EventType::Accuse | EventType::Request | EventType::Threaten | EventType::Support);
    // "I am appalled" is the speaker's act, "he was accused" is not.
    let feels = a.children(head).any(|c| a.tokens[c].rel == Rel::NsubjPass && a.tokens[c].has("Person=1"));
    let passive = a.tokens[head].upos == Upos::Verb && tree::is_passive(a, head) && !feels;
    let spoken =
        |x: &&Attribution| a.tokens[x.cue].upos == Upos::Verb && (x.direct || a.tokens[head].upos != Upos::Noun);
    of(all, head).filter(|_| speech && !passive).filter(spoken).and_then(|x| x.source.actor.clone())
}

/// Whether a source and an actor are one: the same words, the same entry of the knowledge base, or a shared name.
pub(crate) fn is_same(source: &Source, actor: &Actor) -> bool {
    if source.span.overlaps(actor.span) {
        return true;
    }
    if let Some(who) = &source.actor
        && who.id.is_some()
        && who.id == actor.id
        && who.person == actor.person
    {
        return true;
    }
    let names = |t: &str| -> Vec<String> {
        t.split_whitespace()
            .filter(|w| w.starts_with(char::is_uppercase) && w.len() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let last = |t: &str| names(t).pop();
    let shared = last(&source.text);
    shared.is_some() && shared == last(&actor.text)
}

struct Finder<'f> {
    a: &'f Annotation,
    text: &'f str,
    cues: &'f AttributionCues,
    mentions: &'f Mentions,
    out: Vec<Attribution>,
    /// For each sentence the person it is about: its subject, else whom it cites.
    focus: Vec<Option<usize>>,
    /// What stands between quotation marks.
    quotes: Vec<Span>,
}

impl Finder<'_> {
    pub(super) fn lemma(&self, i: usize) -> String {
        self.a.tokens[i].lemma.to_lowercase()
    }

    pub(super) fn word(&self, i: usize) -> &str {
        self.a.tokens[i].span.text(self.text).unwrap_or_default()
    }

    pub(super) fn child(&self, i: usize, fits: impl Fn(Rel) -> bool) -> Option<usize> {
        self.a.children(i).find(|&c| fits(self.a.tokens[c].rel))
    }

    fn sentence(&mut self, s: usize) {
        let sentence = self.a.sentences[s].clone();
        let first = self.out.len();
        if sentence.headline {
            let found = self.headline(s);
            self.out.extend(found);
        }
        for i in sentence.tokens.clone() {
            let claim = self.object_of(i).or_else(|| self.claim(i));
            self.out.extend(claim);
            let found = self.verb(i).or_else(|| self.according_to(i)).or_else(|| self.document_of(i));
            // "the attack that officials believe rebels launched": the noun is told as well.
            if let Some(x) = &found
                && self.a.tokens[i].rel == Rel::AclRelcl
                && let Some(noun) = self.a.tokens[i].head
                && noun != x.head
            {
                self.out.push(Attribution { content: noun..noun + 1, ..x.clone() });
            }
            self.out.extend(found);
        }
        self.focus[s] = self.person_in_focus(s, first);
    }
}
