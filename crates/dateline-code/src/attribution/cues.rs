//! The words that cite: verbs, prepositions, documents, the colon of a headline.

use super::{Attribution, Finder};
use crate::mentions::Reference;
use crate::tree;
use dateline_annotate::{Rel, Upos};
use std::ops::Range;

impl Finder<'_> {
    /// "X said that ...", "..., X said", "\"...\", said X".
    pub(super) fn verb(&self, i: usize) -> Option<Attribution> {
        let (a, t) = (self.a, &self.a.tokens[i]);
        let lemma = self.lemma(i);
        if t.upos != Upos::Verb {
            return None;
        }
        if self.cues.quoters.contains(&lemma) {
            // "quotes police as saying": the object speaks.
            if let Some(object) = self.child(i, |r| r == Rel::Obj) {
                let (said, all) = (tree::noun_phrase(a, object).end, tree::subtree(a, i));
                let speaks = (said..all.end)
                    .take(3)
                    .any(|t| a.tokens[t].upos == Upos::Verb && self.cues.verbs.contains(&self.lemma(t)));
                if speaks {
                    return self.build(object, i, said..all.end);
                }
            }
        }
        if !self.cues.verbs.contains(&lemma) && !self.cues.evidence.contains(&lemma) {
            return None;
        }
        let subject = self.subject(i)?;
        if self.is_denied(i) {
            return None;
        }
        if self.cues.evidence.contains(&lemma) && !self.may_tell(subject) {
            return None;
        }
        let clause = a.children(i).find(|&c| {
            matches!(a.tokens[c].rel, Rel::Ccomp | Rel::Parataxis | Rel::Xcomp | Rel::CsubjPass)
                && a.tokens[c].upos != Upos::Punct
        });
        let content = match clause {
            Some(c) => {
                let content = tree::subtree(a, c);
                // A cue at the end covers all that is said before it: "A happened, and B happened, police said".
                let whole = a.sentences[a.sentence_of(i)].tokens.start;
                if content.end <= i.min(subject) && t.rel == Rel::Root { whole..content.end } else { content }
            }
            // The quotation may be the tree's root: "\"We left\", he said" with "said" beneath it.
            None if self.is_aside(i) && t.head.is_some_and(|h| !self.cues.verbs.contains(&self.lemma(h))) => {
                let whole = a.sentences[a.sentence_of(i)].tokens.clone();
                let own = tree::subtree(a, i);
                if own.start == whole.start {
                    own.end..whole.end
                } else if own.end + 1 >= whole.end {
                    whole.start..own.start
                } else {
                    whole
                }
            }
            None => return None,
        };
        let who = self.quoted_by(i).unwrap_or(subject);
        self.build(who, i, content)
    }

    /// Whether a cue cites nothing because it did not take place: "did not confirm".
    fn is_denied(&self, i: usize) -> bool {
        let denies = |c| {
            self.cues.negators.contains(&self.lemma(c)) || self.cues.negators.contains(&self.word(c).to_lowercase())
        };
        self.a.children(i).any(denies)
    }

    /// Whether a cue is set into or behind what it cites: "towns, officials say, are cut off". One with an object or a conjunction
    /// of its own ("after they announced the ban") is told itself.
    fn is_aside(&self, i: usize) -> bool {
        let rel = self.a.tokens[i].rel;
        let own = |c: Rel| matches!(c, Rel::Mark | Rel::Obj | Rel::Obl);
        rel == Rel::Parataxis || rel == Rel::Advcl && self.child(i, own).is_none()
    }

    /// "announced a ban", "claimed responsibility for the attack", "attacks claimed by the group": what is told as an object.
    pub(super) fn object_of(&self, i: usize) -> Option<Attribution> {
        let (a, t) = (self.a, &self.a.tokens[i]);
        if t.upos != Upos::Verb || !self.cues.objects.contains(&self.lemma(i)) || self.is_denied(i) {
            return None;
        }
        let subject = self.subject(i).filter(|&s| self.may_tell(s) || a.tokens[s].upos == Upos::Pron)?;
        let object = self.child(i, |r| matches!(r, Rel::Obj | Rel::NsubjPass));
        let content = match object {
            // What follows the object belongs to it: "responsibility | for the attack".
            Some(o) if o > i => {
                let end = a
                    .children(i)
                    .filter(|&c| c > o && !matches!(a.tokens[c].rel, Rel::Obl | Rel::Nmod | Rel::Acl))
                    .min();
                tree::subtree(a, o).start..end.map_or(tree::subtree(a, i).end, |c| tree::subtree(a, c).start)
            }
            Some(o) => tree::subtree(a, o),
            None if t.rel == Rel::Acl && tree::is_passive(a, i) => t.head.map(|noun| noun..noun + 1)?,
            None => return None,
        };
        if content.contains(&subject) || content.is_empty() {
            return None;
        }
        self.build(subject, i, content)
    }

    /// "a newspaper report that ...", "reports that ...": a document and the clause that tells its content.
    pub(super) fn claim(&self, i: usize) -> Option<Attribution> {
        let a = self.a;
        if a.tokens[i].upos != Upos::Noun || !self.cues.documents.contains(&self.lemma(i)) {
            return None;
        }
        let that =
            |c: usize| a.children(c).any(|m| a.tokens[m].rel == Rel::Mark && self.word(m).eq_ignore_ascii_case("that"));
        let clause = a.children(i).find(|&c| c > i && matches!(a.tokens[c].rel, Rel::Acl | Rel::Ccomp) && that(c))?;
        self.build(i, i, tree::subtree(a, clause))
    }

    /// Who speaks under a cue verb: its subject or agent, else the subject of the verb it is joined to.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        if let Some(own) = self.child(verb, |r| matches!(r, Rel::Nsubj | Rel::OblAgent)) {
            return Some(own);
        }
        if tree::is_passive(self.a, verb) {
            let by = |c: &usize| {
                matches!(self.a.tokens[*c].rel, Rel::Obl)
                    && tree::preposition(self.a, self.text, *c).as_deref() == Some("by")
            };
            return self.a.children(verb).find(by);
        }
        let t = &self.a.tokens[verb];
        let shares = matches!(t.rel, Rel::Conj | Rel::Advcl | Rel::Parataxis | Rel::Xcomp);
        t.head.filter(|_| shares).and_then(|h| self.child(h, |r| r == Rel::Nsubj))
    }

    /// "Citing officials, the paper reported": those whom the paper cites.
    fn quoted_by(&self, cue: usize) -> Option<usize> {
        let verb = self
            .a
            .children(cue)
            .find(|&c| self.a.tokens[c].rel == Rel::Advcl && self.cues.quoters.contains(&self.lemma(c)))?;
        self.child(verb, |r| r == Rel::Obj)
    }

    /// Whether a subject can tell anything: persons, groups and documents can, other things only show.
    pub(super) fn may_tell(&self, subject: usize) -> bool {
        self.mentions.at(subject).is_some()
            || self.cues.documents.contains(&self.lemma(subject))
            || self.cues.nouns.contains(&self.lemma(subject))
    }

    /// "According to X, ...".
    pub(super) fn according_to(&self, i: usize) -> Option<Attribution> {
        let word = self.word(i).to_lowercase();
        let sentence = self.a.sentences[self.a.sentence_of(i)].tokens.clone();
        if i + 1 >= sentence.end {
            return None;
        }
        let next = self.word(i + 1).to_lowercase();
        if !self.cues.phrases.iter().any(|p| p.split_once(' ') == Some((word.as_str(), next.as_str()))) {
            return None;
        }
        let head = (i + 2..sentence.end).find(|&h| {
            let t = &self.a.tokens[h];
            matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron)
                && !matches!(t.rel, Rel::Compound | Rel::Amod | Rel::NmodPoss | Rel::Det | Rel::NmodDesc)
        })?;
        self.build_from(head, i + 2, i, sentence)
    }

    /// "The report by the UN commission details attacks": the content of a document that tells by a verb of its own.
    pub(super) fn document_of(&self, i: usize) -> Option<Attribution> {
        let t = &self.a.tokens[i];
        if t.upos != Upos::Verb || !self.cues.details.contains(&self.lemma(i)) {
            return None;
        }
        let subject = self.child(i, |r| r == Rel::Nsubj)?;
        let object = self.child(i, |r| matches!(r, Rel::Obj | Rel::Ccomp))?;
        let document = self.cues.documents.contains(&self.lemma(subject));
        let pronoun =
            self.a.tokens[subject].upos == Upos::Pron && matches!(self.word(subject).to_lowercase().as_str(), "it");
        if !document && !pronoun {
            return None;
        }
        let head = if document { subject } else { self.earlier_document(subject)? };
        self.build(head, i, tree::subtree(self.a, object))
    }

    /// The document that "it" takes up: the latest one of this or the previous sentence.
    fn earlier_document(&self, pronoun: usize) -> Option<usize> {
        let s = self.a.sentence_of(pronoun);
        let from = self.a.sentences[s.saturating_sub(1)].tokens.start;
        (from..pronoun)
            .rev()
            .find(|&i| self.a.tokens[i].upos == Upos::Noun && self.cues.documents.contains(&self.lemma(i)))
    }

    /// "Talks to Resume: Sources".
    pub(super) fn headline(&self, s: usize) -> Option<Attribution> {
        let a = self.a;
        let tokens = a.sentences[s].tokens.clone();
        let colon = tokens.clone().rev().find(|&i| self.word(i) == ":")?;
        let (front, back) = (tokens.start..colon, colon + 1..tokens.end);
        let known = |i: usize| {
            self.cues.nouns.contains(&self.lemma(i))
                || self.cues.documents.contains(&self.lemma(i))
                || self.mentions.at(i).is_some_and(|m| m.reference == Reference::Name || m.actor.role.is_some())
        };
        // "Minister Scolds Banks: 'You Lied'": who acts before the colon says what stands quoted behind it.
        let quoted = back.clone().next().is_some_and(|i| self.word(i).starts_with(['"', '“', '‘', '\'']));
        let verb =
            front.clone().find(|&i| a.tokens[i].upos == Upos::Verb && self.child(i, |r| r == Rel::Nsubj).is_some());
        if quoted && let Some(head) = verb.and_then(|v| self.child(v, |r| r == Rel::Nsubj)) {
            return self.build(head, colon, back);
        }
        let says = |r: &Range<usize>| {
            !r.is_empty() && r.len() <= 5 && r.clone().any(known) && !r.clone().any(|i| a.tokens[i].upos == Upos::Verb)
        };
        let (who, what) = if says(&back) {
            (back, front)
        } else if says(&front) {
            (front, back)
        } else {
            return None;
        };
        let head = who.clone().find(|&i| a.tokens[i].head.is_none_or(|h| !who.contains(&h)))?;
        self.build(head, colon, what)
    }
}
