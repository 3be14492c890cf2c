//! According to whom: who is cited for what.

use crate::lexicon::AttributionCues;
use crate::mentions::{Mention, Mentions, Reference};
use crate::quotes;
use crate::tree;
use dateline_annotate::{Annotation, EntityKind, Rel, Upos};
use dateline_report::{Actor, EventType, Phrase, Source};
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

/// All citations of a report, and whom its personal pronouns stand for (by token).
pub fn find(
    a: &Annotation,
    text: &str,
    cues: &AttributionCues,
    mentions: &Mentions,
) -> (Vec<Attribution>, Vec<(usize, Actor)>) {
    let mut finder = Finder { a, text, cues, mentions, out: Vec::new(), focus: vec![None; a.sentences.len()] };
    for s in 0..a.sentences.len() {
        finder.sentence(s);
    }
    finder.announced_statements();
    finder.quotations();
    let pronouns = finder.pronouns();
    (finder.out, pronouns)
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
    let speech = matches!(
        kind,
        EventType::Accuse
            | EventType::Request
            | EventType::Threaten
            | EventType::Support
            | EventType::Reject
            | EventType::Agree
            | EventType::Concede
    );
    all.iter()
        .filter(|x| x.content.contains(&head) && x.cue != head && !words.contains(&x.cue) && !words.contains(&x.head))
        .filter(|x| !(speech && actors.iter().any(|actor| is_same(&x.source, actor))))
        .min_by_key(|x| x.content.len())
}

/// Who acts in an act of speech that names no actor: the one whose words it stands in ("The strikes were a crime, Lavrov said").
pub fn speaker(all: &[Attribution], a: &Annotation, kind: EventType, head: usize) -> Option<Actor> {
    let speech = matches!(kind, EventType::Accuse | EventType::Request | EventType::Threaten | EventType::Support);
    let passive = a.tokens[head].upos == Upos::Verb && tree::is_passive(a, head);
    let spoken =
        |x: &&Attribution| a.tokens[x.cue].upos == Upos::Verb && (x.direct || a.tokens[head].upos != Upos::Noun);
    of(all, head).filter(|_| speech && !passive).filter(spoken).and_then(|x| x.source.actor.clone())
}

/// Whether a source and an actor are one: the same words, the same entry of the knowledge base, or a shared name.
fn is_same(source: &Source, actor: &Actor) -> bool {
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
}

impl Finder<'_> {
    fn lemma(&self, i: usize) -> String {
        self.a.tokens[i].lemma.to_lowercase()
    }

    fn word(&self, i: usize) -> &str {
        self.a.tokens[i].span.text(self.text).unwrap_or_default()
    }

    fn child(&self, i: usize, fits: impl Fn(Rel) -> bool) -> Option<usize> {
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

    /// "X said that ...", "..., X said", "\"...\", said X".
    fn verb(&self, i: usize) -> Option<Attribution> {
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
        if a.children(i).any(|c| {
            self.cues.negators.contains(&self.lemma(c)) || self.cues.negators.contains(&self.word(c).to_lowercase())
        }) {
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
            None if matches!(t.rel, Rel::Parataxis | Rel::Advcl)
                && t.head.is_some_and(|h| !self.cues.verbs.contains(&self.lemma(h))) =>
            {
                let whole = a.sentences[a.sentence_of(i)].tokens.clone();
                let own = tree::subtree(a, i);
                if own.start > whole.start { whole.start..own.start } else { own.end..whole.end }
            }
            None => return None,
        };
        let who = self.quoted_by(i).unwrap_or(subject);
        self.build(who, i, content)
    }

    /// "announced a ban", "claimed responsibility for the attack", "attacks claimed by the group": what is told as an object.
    fn object_of(&self, i: usize) -> Option<Attribution> {
        let (a, t) = (self.a, &self.a.tokens[i]);
        if t.upos != Upos::Verb || !self.cues.objects.contains(&self.lemma(i)) {
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
    fn claim(&self, i: usize) -> Option<Attribution> {
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
    fn subject(&self, verb: usize) -> Option<usize> {
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
    fn may_tell(&self, subject: usize) -> bool {
        self.mentions.at(subject).is_some()
            || self.cues.documents.contains(&self.lemma(subject))
            || self.cues.nouns.contains(&self.lemma(subject))
    }

    /// "According to X, ...".
    fn according_to(&self, i: usize) -> Option<Attribution> {
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
    fn document_of(&self, i: usize) -> Option<Attribution> {
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
    fn headline(&self, s: usize) -> Option<Attribution> {
        let a = self.a;
        let tokens = a.sentences[s].tokens.clone();
        let colon = tokens.clone().rev().find(|&i| self.word(i) == ":")?;
        let (front, back) = (tokens.start..colon, colon + 1..tokens.end);
        let known = |i: usize| {
            self.cues.nouns.contains(&self.lemma(i))
                || self.cues.documents.contains(&self.lemma(i))
                || self.mentions.at(i).is_some_and(|m| m.reference == Reference::Name || m.actor.role.is_some())
        };
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

    /// "The minister said:" and what follows it: the rest of the paragraph, or of the report when the statement opens a paragraph
    /// of its own, up to the next speaker.
    fn announced_statements(&mut self) {
        let a = self.a;
        for s in 0..a.sentences.len() {
            let tokens = a.sentences[s].tokens.clone();
            let Some(last) = tokens.clone().next_back().filter(|&i| self.word(i) == ":") else { continue };
            let cue = tokens
                .clone()
                .rev()
                .find(|&i| a.tokens[i].upos == Upos::Verb && self.cues.verbs.contains(&self.lemma(i)));
            let Some((cue, head)) = cue.and_then(|c| self.subject(c).map(|h| (c, h))) else { continue };
            let Some(next) = a.sentences.get(s + 1) else { continue };
            let own_block = next.paragraph != a.sentences[s].paragraph;
            // A quotation says by its marks where it ends.
            let marked = self.word(next.tokens.start).starts_with(['"', '“', '„', '«']);
            let end = (s + 1..a.sentences.len())
                .find(|&n| (!own_block || marked) && a.sentences[n].paragraph != next.paragraph || self.speaks_anew(n))
                .map_or(a.tokens.len(), |n| a.sentences[n].tokens.start);
            let found = self.build(head, cue, last + 1..end);
            self.out.extend(found.filter(|x| !x.content.is_empty()).map(|x| Attribution { direct: true, ..x }));
        }
    }

    /// Whether a sentence cites a named person of its own.
    fn speaks_anew(&self, s: usize) -> bool {
        let tokens = &self.a.sentences[s].tokens;
        self.out.iter().any(|x| {
            tokens.contains(&x.cue)
                && x.cue != x.head
                && self.mentions.at(x.head).is_some_and(|m| m.actor.person && m.reference == Reference::Name)
        })
    }

    /// Carries each citation over the whole of its quotation, and on to the quotations that follow without a speaker of their own.
    fn quotations(&mut self) {
        let a = self.a;
        let mut latest: Option<(usize, Attribution)> = None;
        for span in quotes::spans(self.text) {
            let from = a.tokens.partition_point(|t| t.span.start < span.start);
            let to = a.tokens.partition_point(|t| t.span.start < span.end);
            if from >= to {
                continue;
            }
            let (first, last) = (a.sentence_of(from), a.sentence_of(to - 1));
            let shared = |x: &Attribution| x.content.end.min(to).saturating_sub(x.content.start.max(from));
            let around = |x: &&Attribution| {
                let cue = a.sentence_of(x.cue);
                !(from..to).contains(&x.cue) && shared(x) > 0 && (first..=last).contains(&cue)
            };
            let own =
                self.out.iter().filter(around).max_by_key(|x| (shared(x), std::cmp::Reverse(x.content.len()))).cloned();
            let full = a.sentences[first].tokens.start + 1 >= from && to - from >= 4;
            let cited = self.out.iter().any(|x| a.sentence_of(x.cue) == first && !(from..to).contains(&x.cue));
            let speaker = match own {
                Some(x) => Some(x),
                None if !full || cited => None,
                None => latest
                    .clone()
                    .filter(|(s, x)| first <= s + 2 && !self.turns_away(*s + 1..first, x.head))
                    .map(|x| x.1),
            };
            let Some(x) = speaker else { continue };
            self.out.push(Attribution { content: from..to, direct: true, ..x.clone() });
            latest = Some((last, x));
        }
    }

    /// Whether the sentences between two quotations are about somebody else than the first one's speaker.
    fn turns_away(&self, between: Range<usize>, speaker: usize) -> bool {
        let name = |head: usize| self.mentions.at(head).map(|m| m.actor.text.as_str());
        between
            .into_iter()
            .filter_map(|s| self.focus.get(s).copied().flatten())
            .any(|f| f != speaker && name(f) != name(speaker))
    }

    /// The person a sentence is about, as head of the mention that names them.
    fn person_in_focus(&self, s: usize, first: usize) -> Option<usize> {
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
    fn pronouns(&self) -> Vec<(usize, Actor)> {
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
    fn antecedent(&self, pronoun: usize) -> Option<&Mention> {
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
            "he" | "him" | "his" => dateline_report::Gender::Male,
            "she" | "her" => dateline_report::Gender::Female,
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
        let cue = self.a.tokens[verb].head.filter(|_| self.a.tokens[verb].rel == Rel::Ccomp)?;
        if !self.cues.verbs.contains(&self.lemma(cue)) {
            return None;
        }
        let subject = self.child(cue, |r| r == Rel::Nsubj)?;
        let many = self.a.tokens[subject].has("Number=Plur");
        self.mentions.at(subject).filter(|m| many == plural && (plural || !m.actor.person))
    }

    /// Whether a word is the subject of a verb that cites.
    fn speaks(&self, i: usize) -> bool {
        let verb = self.a.tokens[i].head.filter(|_| self.a.tokens[i].rel == Rel::Nsubj);
        verb.is_some_and(|v| {
            let lemma = self.lemma(v);
            self.cues.verbs.contains(&lemma)
                || self.cues.evidence.contains(&lemma)
                || self.cues.details.contains(&lemma)
        })
    }

    fn build(&self, head: usize, cue: usize, content: Range<usize>) -> Option<Attribution> {
        self.build_from(head, 0, cue, content)
    }

    /// A citation whose source phrase begins at `first` or later.
    fn build_from(&self, head: usize, first: usize, cue: usize, content: Range<usize>) -> Option<Attribution> {
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
        let source = Source {
            anonymous: self.is_anonymous(named),
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

    /// No name and no named institution: "two U.S. officials", "a source in the region".
    fn is_anonymous(&self, head: usize) -> bool {
        let t = &self.a.tokens[head];
        let lemma = self.lemma(head);
        let nameless =
            self.cues.nameless.contains(&lemma) || self.cues.nameless.contains(&self.word(head).to_lowercase());
        if self.cues.institutions.contains(&lemma) || t.upos == Upos::Propn && !nameless {
            return false;
        }
        let entity = self
            .a
            .entities
            .iter()
            .any(|e| e.tokens.contains(&head) && matches!(e.kind, EntityKind::Person | EntityKind::Org));
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

/// How many sentences back a personal pronoun looks for the one in focus.
const FOCUS_REACH: usize = 6;
/// How many sentences back "it said" and "they said" look for whom the report cited.
const GROUP_REACH: usize = 3;
