//! Whom pronouns stand for, as far as the reading of sources needs it: the person in focus, the one who speaks.

use super::Finder;
use super::Standing;
use crate::mentions::{Mention, Reference};
use dateline_annotate::{Rel, Upos};

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

    /// Whom the pronouns of the report stand for: third persons as the mentions say, first persons by who speaks.
    pub(super) fn pronouns(&self) -> Vec<Standing> {
        let words = (0..self.a.tokens.len()).filter(|&i| self.a.tokens[i].upos == Upos::Pron);
        words
            .filter_map(|i| {
                let actor = if self.cues.first_person.contains(&self.word(i).to_lowercase()) {
                    let speech = self
                        .out
                        .iter()
                        .filter(|x| x.direct && x.content.contains(&i))
                        .min_by_key(|x| x.content.len())?;
                    speech.source.actor.clone().map(|actor| (speech.head, actor))
                } else {
                    self.antecedent(i).map(|m| (m.head, m.actor.clone()))
                };
                actor.map(|(antecedent, actor)| Standing { pronoun: i, antecedent, actor })
            })
            .collect()
    }

    /// Whom a personal pronoun stands for: a person as the mentions say; for a group or body, whom the report cited last.
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
        let taken = self.mentions.at(pronoun).filter(|m| m.reference == Reference::Pronoun && m.actor.person);
        taken.and_then(|m| m.antecedent).and_then(|i| self.mentions.at(i))
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

/// How many sentences back "it said" and "they said" look for whom the report cited.
const GROUP_REACH: usize = 3;
