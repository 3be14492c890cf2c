//! The source of a citation: its words, its author, whether it is anonymous.

use super::{Attribution, Finder};
use crate::tree;
use dateline_annotate::{EntityKind, Rel, Upos};
use dateline_report::{Anonymity, Phrase, Source};
use std::ops::Range;

impl Finder<'_> {
    pub(super) fn build(&self, head: usize, cue: usize, content: Range<usize>) -> Option<Attribution> {
        self.build_from(head, 0, cue, content)
    }

    /// A citation whose source phrase begins at `first` or later.
    pub(super) fn build_from(
        &self,
        head: usize,
        first: usize,
        cue: usize,
        content: Range<usize>,
    ) -> Option<Attribution> {
        let head = self.author(head).unwrap_or(head);
        let mut mention = self.mentions.at(head);
        if self.a.tokens[head].upos == Upos::Pron
            && let Some(m) = self.antecedent(head)
        {
            mention = Some(m);
        }
        let pronoun = self.a.tokens[head].upos == Upos::Pron;
        let (phrase, span) = match mention {
            Some(m) if pronoun => (m.actor.text.clone(), m.actor.span),
            _ => {
                let mut range = tree::noun_phrase(self.a, head);
                range.start = range.start.max(first).min(head);
                while range.start < head
                    && matches!(self.a.tokens[range.start].upos, Upos::Adp | Upos::Punct | Upos::Cconj | Upos::Sconj)
                {
                    range.start += 1;
                }
                let span = tree::span_of(self.a, &range);
                (span.text(self.text)?.to_owned(), span)
            }
        };
        if phrase.is_empty() || pronoun && mention.is_none() || self.cues.pointless.contains(&self.lemma(head)) {
            return None;
        }
        let named = mention.filter(|_| pronoun).map_or(head, |m| m.head);
        let anonymous = self.is_anonymous(named);
        let source = Source {
            anonymous,
            anonymity: anonymous.then(|| self.anonymity(named)),
            text: phrase,
            span,
            actor: mention.map(|m| m.actor.clone()),
            cue: Some(Phrase::at(self.text, self.a.tokens[cue].span)),
        };
        Some(Attribution { head, cue, content, direct: false, source })
    }

    /// Whose document it is: "a statement by the ministry", "a report from AFP", "a statement released by the Guard".
    fn author(&self, head: usize) -> Option<usize> {
        if !self.cues.documents.contains(&self.lemma(head)) {
            return None;
        }
        let by = |c: &usize| {
            matches!(self.a.tokens[*c].rel, Rel::Nmod | Rel::Obl | Rel::OblAgent)
                && matches!(tree::preposition(self.a, self.text, *c).as_deref(), Some("by" | "from"))
        };
        self.a.children(head).find(by).or_else(|| {
            let clause = self.child(head, |r| r == Rel::Acl)?;
            self.a.children(clause).find(by)
        })
    }

    /// What kind of unnamed source a word stands for. A place where somebody is ("a source in Gaza") names no body.
    fn anonymity(&self, head: usize) -> Anonymity {
        let a = self.a;
        let of = |c: usize| match a.tokens[c].rel {
            Rel::Compound | Rel::Amod | Rel::NmodPoss => c < head,
            Rel::Nmod => {
                matches!(tree::preposition(a, self.text, c).as_deref(), Some("of" | "at" | "from" | "with" | "for"))
            }
            _ => false,
        };
        let names = |c: usize| {
            let own = tree::noun_phrase(a, c);
            own.clone().any(|i| a.tokens[i].upos == Upos::Propn || a.entity_at(i).is_some())
                || self.mentions.at(c).is_some_and(|m| m.actor.id.is_some())
        };
        if a.children(head).any(|c| of(c) && names(c)) {
            Anonymity::OfBody
        } else if a.tokens[head].has("Number=Plur") {
            Anonymity::Several
        } else {
            Anonymity::One
        }
    }

    /// No name and no named institution: "two U.S. officials", "a source in the region".
    fn is_anonymous(&self, head: usize) -> bool {
        let t = &self.a.tokens[head];
        let lemma = self.lemma(head);
        let nameless =
            self.cues.nameless.contains(&lemma) || self.cues.nameless.contains(&self.word(head).to_lowercase());
        if self.cues.institutions.contains(&lemma) || t.upos == Upos::Propn && !nameless {
            return false;
        }
        let entity = self.a.entity_at(head).is_some_and(|e| matches!(e.kind, EntityKind::Person | EntityKind::Org));
        if entity && !nameless {
            return false;
        }
        if t.has("Number=Plur") || nameless {
            return true;
        }
        // One report, one office: "the indictment", "the Pentagon spokesman", "the ministry".
        let known =
            self.mentions.at(head).is_some_and(|m| !m.actor.person || m.actor.role.is_some() || m.actor.name.is_some());
        !known && !self.cues.documents.contains(&lemma)
    }
}
