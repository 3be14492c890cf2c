//! Whom pronouns stand for, as far as the reading of sources needs it: the person in focus, the one who speaks.

use super::Finder;
use crate::mentions::{Mention, Reference};
use dateline_annotate::{Rel, Upos};
use dateline_report::{Actor, Gender};

impl Finder<'_> {
    /// The person a sentence is about, as head of the mention that names them.
    pub(super) fn person_in_focus(&self, s: usize, first: usize) -> Option<usize> {
        let tokens = self.a.sentences[s].tokens.clone();
        let root = tokens.clone().find(|&i| self.a.tokens[i].head.is_none())?;
        let subject = self.child(root, |r| matches!(r, Rel::Nsubj | Rel::NsubjPass));
        let cited = self.out[first..].iter().rev().map(|x| x.head).find(|&h| tokens.contains(&h));
        [subject, cited].into_iter().flatten().find_map(|i| {
            let m = self.mentions.at(i)?;
            match m.reference {
                Reference::Pronoun => self.antecedent(i).map(|x| x.head),
                _ if m.actor.person => Some(i),
                _ => None,
            }
        })
    }

    /// Whom the pronouns of the report stand for: third persons by focus, first persons by who speaks.
    pub(super) fn pronouns(&self) -> Vec<(usize, Actor)> {
        let words = (0..self.a.tokens.len()).filter(|&i| self.a.tokens[i].upos == Upos::Pron);
        words
            .filter_map(|i| {
                let actor = if self.cues.first_person.contains(&self.word(i).to_lowercase()) {
                    let speech = self
                        .out
                        .iter()
                        .filter(|x| x.direct && x.content.contains(&i))
                        .min_by_key(|x| x.content.len())?;
                    speech.source.actor.clone()
                } else {
                    self.antecedent(i).map(|m| m.actor.clone())
                };
                actor.map(|a| (i, a))
            })
            .collect()
    }

    /// Whom a personal pronoun stands for: the nearest person in focus before it; for a group or body, whom the report cited last.
    pub(super) fn antecedent(&self, pronoun: usize) -> Option<&Mention> {
        let s = self.a.sentence_of(pronoun);
        let form = self.word(pronoun).to_lowercase();
        if matches!(form.as_str(), "it" | "they")
            && let Some(m) = self.cited_above(pronoun, form == "they")
        {
            return Some(m);
        }
        if matches!(form.as_str(), "it" | "they") && self.speaks(pronoun) {
            let cited = self
                .out
                .iter()
                .rev()
                .find(|x| (s.saturating_sub(GROUP_REACH)..s).contains(&self.a.sentence_of(x.cue)))?;
            let plural = self.a.tokens[cited.head].has("Number=Plur");
            return self
                .mentions
                .at(cited.head)
                .filter(|m| !m.actor.person && (form == "it" || plural) || form == "they" && plural);
        }
        let gender = match self.word(pronoun).to_lowercase().as_str() {
            "he" | "him" | "his" => Gender::Male,
            "she" | "her" => Gender::Female,
            _ => return None,
        };
        let fits = |m: &&Mention| {
            m.actor.person && m.reference == Reference::Name && m.actor.gender.is_none_or(|g| g == gender)
        };
        // Earlier in the sentence only a subject takes the pronoun up.
        let object = !matches!(self.a.tokens[pronoun].rel, Rel::Nsubj | Rel::NsubjPass | Rel::NmodPoss);
        let own = self.a.tokens[pronoun].head.filter(|_| object);
        let here = (self.a.sentences[s].tokens.start..pronoun)
            .rev()
            .filter(|&i| self.a.tokens[i].rel == Rel::Nsubj && (own.is_none() || self.a.tokens[i].head != own));
        let before = (s.saturating_sub(FOCUS_REACH)..s).rev().filter_map(|p| self.focus[p]);
        here.chain(before).filter_map(|i| self.mentions.at(i)).find(fits)
    }

    /// "Officials told the paper they were ...": the one whose words a pronoun's clause is.
    fn cited_above(&self, pronoun: usize, plural: bool) -> Option<&Mention> {
        let verb = self.a.tokens[pronoun]
            .head
            .filter(|_| matches!(self.a.tokens[pronoun].rel, Rel::Nsubj | Rel::NsubjPass))?;
        // "... and they are calling": what is coordinated with the cited clause is cited with it.
        let mut clause = verb;
        while self.a.tokens[clause].rel == Rel::Conj {
            clause = self.a.tokens[clause].head?;
        }
        let cue = self.a.tokens[clause].head.filter(|_| self.a.tokens[clause].rel == Rel::Ccomp)?;
        if self.a.tokens[cue].upos != Upos::Verb {
            return None;
        }
        let subject = self.child(cue, |r| r == Rel::Nsubj)?;
        let many = self.a.tokens[subject].has("Number=Plur");
        self.mentions.at(subject).filter(|m| many == plural && (plural || !m.actor.person))
    }

    /// Whether a word is the subject of a verb that cites.
    pub(super) fn speaks(&self, i: usize) -> bool {
        let verb = self.a.tokens[i].head.filter(|_| self.a.tokens[i].rel == Rel::Nsubj);
        verb.is_some_and(|v| {
            let lemma = self.lemma(v);
            self.cues.verbs.contains(&lemma)
                || self.cues.evidence.contains(&lemma)
                || self.cues.details.contains(&lemma)
        })
    }
}

/// How many sentences back a personal pronoun looks for the one in focus.
const FOCUS_REACH: usize = 6;
/// How many sentences back "it said" and "they said" look for whom the report cited.
const GROUP_REACH: usize = 3;
