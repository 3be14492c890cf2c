//! Everything that somebody is told to have said, thought or wanted: the citations that events go by, and beyond them clauses under any
//! verb of speech or mind, judgments, wishes, and nouns and adjectives that stand for them.

use super::Finder;
use super::lexicon::StatementWords;
use crate::tree;
use dateline_annotate::{Rel, Upos};
use dateline_report::{Form, Phrase, Source, Span, Statement};
use std::collections::BTreeSet;
use std::ops::Range;

/// One statement, in tokens.
struct Told {
    head: usize,
    cue: usize,
    contents: Vec<Range<usize>>,
    source: Source,
}

impl Finder<'_> {
    /// The statements of a report, in the order of their cues; the citations must have been found before.
    pub(super) fn statements(&self, words: &StatementWords) -> Vec<Statement> {
        let mut all: Vec<Told> = Vec::new();
        for x in &self.out {
            match all.iter_mut().find(|t| t.cue == x.cue && t.head == x.head) {
                Some(t) => t.contents.push(x.content.clone()),
                None => all.push(Told {
                    head: x.head,
                    cue: x.cue,
                    contents: vec![x.content.clone()],
                    source: x.source.clone(),
                }),
            }
        }
        let cited: BTreeSet<usize> = all.iter().map(|t| t.cue).collect();
        for cue in (0..self.a.tokens.len()).filter(|i| !cited.contains(i)) {
            all.extend(self.told(words, cue));
        }
        let covers = |t: &Told, cue: usize| t.contents.iter().any(|c| c.contains(&cue));
        let nested: Vec<bool> = all.iter().map(|t| all.iter().any(|o| o.cue != t.cue && covers(o, t.cue))).collect();
        // What somebody is told to have said of another's words or mind is a statement of its own only where it cites.
        let mut kept: Vec<(Told, bool)> =
            all.into_iter().zip(nested).filter(|(t, n)| !n || cited.contains(&t.cue)).collect();
        kept.sort_by_key(|(t, _)| (t.cue, t.head));
        kept.into_iter().filter_map(|(t, nested)| self.statement(t, nested)).collect()
    }

    /// What a word tells that no citation covers.
    fn told(&self, words: &StatementWords, cue: usize) -> Option<Told> {
        let content = match self.a.tokens[cue].upos {
            Upos::Verb => self.told_by_verb(words, cue),
            Upos::Noun if words.is_noun(&self.lemma(cue)) => self.told_by_noun(words, cue),
            Upos::Adj if words.is_adjective(&self.lemma(cue)) => self.told_by_adjective(words, cue),
            _ => None,
        };
        let head = self.holder(cue).filter(|&h| self.may_speak(words, h))?;
        let content = content.filter(|c| !c.contains(&head) && !c.is_empty())?;
        let built = self.build(head, cue, content.clone()).map(|x| x.source);
        let source = built.unwrap_or_else(|| self.plain_source(head, cue));
        Some(Told { head, cue, source, contents: vec![content] })
    }

    fn told_by_verb(&self, words: &StatementWords, verb: usize) -> Option<Range<usize>> {
        let a = self.a;
        let lemma = self.lemma(verb);
        let rest = |c: usize| tree::subtree(a, c);
        let clause = a.children(verb).find(|&c| match a.tokens[c].rel {
            Rel::Ccomp => !words.is_mute(&lemma),
            Rel::Parataxis => self.cues.verbs.contains(&lemma),
            Rel::Xcomp => words.is_intending(&lemma),
            _ => false,
        });
        if let Some(c) = clause {
            return Some(rest(c));
        }
        let prepositions = words.prepositions(&lemma);
        let under = a.children(verb).find(|&c| {
            matches!(a.tokens[c].rel, Rel::Obl | Rel::OblAgent | Rel::Advcl)
                && c > verb
                && (tree::preposition(a, self.text, c).is_some_and(|p| prepositions.contains(&p))
                    || a.tokens[c].rel == Rel::Advcl
                        && a.children(c).any(|m| {
                            a.tokens[m].rel == Rel::Mark && prepositions.contains(&self.word(m).to_lowercase())
                        }))
        });
        let object = a.children(verb).find(|&c| match a.tokens[c].rel {
            Rel::Obj => true,
            Rel::NsubjPass => self.child(verb, |r| r == Rel::OblAgent).is_some(),
            _ => false,
        });
        if let Some(c) = under {
            return Some(rest(c));
        }
        match object.filter(|_| words.is_judging(&lemma)) {
            // "accused the minister of lying": all that follows the verb.
            Some(c) if c > verb => {
                // What is joined to the verb is an act or statement of its own.
                let end = a
                    .children(verb)
                    .filter(|&k| k > c && matches!(a.tokens[k].rel, Rel::Conj | Rel::Cc | Rel::Parataxis | Rel::Advcl))
                    .map(|k| tree::subtree(a, k).start)
                    .min();
                let end = end.unwrap_or(tree::subtree(a, verb).end).max(rest(c).end);
                let end = if a.tokens[end - 1].upos == Upos::Punct { end - 1 } else { end };
                Some(rest(c).start..end.max(c + 1))
            }
            Some(c) => Some(rest(c)),
            // "the rule that critics oppose"
            None if a.tokens[verb].rel == Rel::AclRelcl && words.is_judging(&lemma) => {
                a.tokens[verb].head.map(|noun| noun..noun + 1)
            }
            None => None,
        }
    }

    fn told_by_noun(&self, words: &StatementWords, noun: usize) -> Option<Range<usize>> {
        let a = self.a;
        let content = |c: usize| match a.tokens[c].rel {
            Rel::Acl | Rel::Ccomp | Rel::Xcomp => c > noun,
            Rel::Nmod => tree::preposition(a, self.text, c).is_some_and(|p| words.noun_under(&p)),
            _ => false,
        };
        a.children(noun).find(|&c| c > noun && content(c)).map(|c| tree::subtree(a, c))
    }

    fn told_by_adjective(&self, words: &StatementWords, adjective: usize) -> Option<Range<usize>> {
        let a = self.a;
        let content = |c: usize| match a.tokens[c].rel {
            Rel::Ccomp | Rel::Xcomp | Rel::Advcl => true,
            Rel::Obl => tree::preposition(a, self.text, c).is_some_and(|p| words.adjective_under(&p)),
            _ => false,
        };
        a.children(adjective).find(|&c| c > adjective && content(c)).map(|c| tree::subtree(a, c))
    }

    /// Who says or thinks what a cue tells: its subject, the one whose noun it is.
    fn holder(&self, cue: usize) -> Option<usize> {
        let a = self.a;
        let verbal = a.tokens[cue].upos == Upos::Verb;
        let slot = if a.tokens[cue].upos == Upos::Noun { tree::Slot::Possessor } else { tree::Slot::Subject };
        let filler = |word: usize, slot: &tree::Slot| {
            tree::slots(a, self.text, word).into_iter().find(|(s, _)| s == slot).map(|x| x.1)
        };
        let own = filler(cue, &slot).or_else(|| self.child(cue, |r| r == Rel::Nsubj));
        let found = match own {
            Some(h) => Some(h),
            // "made the claim that": the subject of the verb that the noun is the object of.
            None if !verbal => {
                let light = a.tokens[cue].head.filter(|_| matches!(a.tokens[cue].rel, Rel::Obj | Rel::Xcomp))?;
                filler(light, &tree::Slot::Subject)
            }
            None => None,
        };
        found.filter(|&h| {
            matches!(a.tokens[h].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Adj)
                && a.tokens[h].rel != Rel::Expl
        })
    }

    /// Whether a word can stand for somebody who speaks or thinks: a person, a body, a document, a pronoun for one.
    fn may_speak(&self, words: &StatementWords, head: usize) -> bool {
        let t = &self.a.tokens[head];
        match t.upos {
            Upos::Pron | Upos::Propn | Upos::Num | Upos::Det | Upos::Adj => true,
            _ => {
                self.may_tell(head)
                    || words.is_teller(&self.lemma(head))
                    || self.cues.nameless.contains(&self.lemma(head))
                    || self.cues.institutions.contains(&self.lemma(head))
                    || self.a.entity_at(head).is_some()
                    || t.has("Number=Plur")
            }
        }
    }

    /// A source by the words as they stand, where they resolve to nobody.
    fn plain_source(&self, head: usize, cue: usize) -> Source {
        let span = tree::span_of(self.a, &tree::noun_phrase(self.a, head));
        Source {
            text: span.text(self.text).unwrap_or_default().to_owned(),
            span,
            anonymous: false,
            anonymity: None,
            actor: None,
            cue: Some(Phrase::at(self.text, self.a.tokens[cue].span)),
        }
    }

    fn statement(&self, mut t: Told, nested: bool) -> Option<Statement> {
        t.contents.sort_by_key(|c| (c.start, std::cmp::Reverse(c.end)));
        let named = tree::noun_phrase(self.a, t.head);
        let mut spans: Vec<Span> = Vec::new();
        for c in t.contents.into_iter().flat_map(|c| without(c, t.cue, &named)) {
            let span = self.quoted(tree::span_of(self.a, &c));
            if !span.text(self.text).is_some_and(|t| t.contains(char::is_alphanumeric)) {
                continue;
            }
            match spans.last_mut().filter(|l| span.start <= l.end) {
                Some(last) => last.end = last.end.max(span.end),
                None => spans.push(span),
            }
        }
        if spans.is_empty() {
            return None;
        }
        let by = tree::span_of(self.a, &named);
        let quoted: Vec<&Span> = self.quotes.iter().filter(|q| spans.iter().any(|s| s.overlaps(**q))).collect();
        let whole = |s: &Span| quoted.iter().any(|q| q.start <= s.start + 2 && s.end <= q.end + 2);
        let form = match quoted.is_empty() {
            true => Form::Indirect,
            false if spans.iter().all(whole) => Form::Direct,
            false => Form::Mixed,
        };
        Some(Statement {
            by: (by != t.source.span).then(|| Phrase::at(self.text, by)),
            source: Source { cue: Some(Phrase::at(self.text, self.a.tokens[t.cue].span)), ..t.source },
            form,
            nested,
            spans,
        })
    }

    /// A span without blanks and commas at its edges.
    fn quoted(&self, span: Span) -> Span {
        let text = span.text(self.text).unwrap_or_default();
        let front = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':')).len();
        let kept = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':')).len();
        if front >= kept { span } else { Span { start: span.start + front, end: span.start + kept } }
    }
}

/// What of a content is neither the cue nor the words that name the source: "The bridge fell, | according to police".
fn without(content: Range<usize>, cue: usize, source: &Range<usize>) -> Vec<Range<usize>> {
    if !content.contains(&cue) {
        return vec![content];
    }
    let cited = cue.min(source.start)..(cue + 1).max(source.end);
    // A source in another place than its cue's is no part of the aside.
    let aside = if cited.len() > source.len() + ASIDE { cue..cue + 1 } else { cited };
    [content.start..aside.start.max(content.start), aside.end.min(content.end)..content.end]
        .into_iter()
        .filter(|r| !r.is_empty())
        .collect()
}

/// Words that may stand between a cue and its source in an aside.
const ASIDE: usize = 4;
