//! Direct speech: statements after a colon and quotations, over as many sentences as they take.

use super::{Attribution, Finder};
use crate::mentions::Reference;
use dateline_annotate::Upos;
use std::ops::Range;

/// Longest name before the colon of a transcript's line, in words.
const NAME: usize = 5;

impl Finder<'_> {
    /// "The minister said:" and what follows it: the rest of the paragraph, or of the report when the statement opens a paragraph
    /// of its own, up to the next speaker.
    pub(super) fn announced_statements(&mut self) {
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
            // A quotation says by its marks where it ends.
            let marked = self.word(next.tokens.start).starts_with(['"', '“', '„', '«']);
            let open_ended = next.paragraph != a.sentences[s].paragraph && !marked;
            let end = (s + 1..a.sentences.len())
                .find(|&n| !open_ended && a.sentences[n].paragraph != next.paragraph || self.speaks_anew(n))
                .map_or(a.tokens.len(), |n| a.sentences[n].tokens.start);
            let found = self.build(head, cue, last + 1..end);
            self.out.extend(found.filter(|x| !x.content.is_empty()).map(|x| Attribution { direct: true, ..x }));
        }
    }

    /// "“No sympathy.” — Ann Lee": a name set behind a dash under a quotation, to the end of its line.
    pub(super) fn signed_quotations(&mut self) {
        let a = self.a;
        let word = |i: usize| a.tokens.get(i).and_then(|t| t.span.text(self.text)).unwrap_or_default();
        for q in self.quotes.clone() {
            let from = a.tokens.partition_point(|t| t.span.start < q.start);
            let to = a.tokens.partition_point(|t| t.span.start < q.end);
            let Some(dash) = (to..to + 3).find(|&i| matches!(word(i), "―" | "—" | "–" | "--")) else { continue };
            let end = (dash + 1..a.tokens.len())
                .find(|&i| a.tokens[i].upos != Upos::Propn && !word(i).ends_with('.'))
                .unwrap_or(a.tokens.len());
            let edge = a.tokens.get(end).is_none_or(|t| {
                self.text.get(a.tokens[end - 1].span.end..t.span.start).is_some_and(|gap| gap.contains('\n'))
            });
            if from < to && edge && (1..=NAME).contains(&(end - dash - 1)) {
                let found = self.build(self.top(dash + 1..end), dash, from..to);
                self.out.extend(found.map(|x| Attribution { direct: true, ..x }));
            }
        }
    }

    /// "WALLACE: Good evening.": the lines of a transcript.
    pub(super) fn signed_lines(&mut self) {
        let a = self.a;
        let name = |r: Range<usize>| {
            !r.is_empty()
                && r.len() <= NAME
                && r.clone().all(|i| matches!(a.tokens[i].upos, Upos::Propn | Upos::Punct | Upos::Adj | Upos::Adp))
                && r.clone().any(|i| a.tokens[i].upos == Upos::Propn)
        };
        let mut s = 0;
        while s < a.sentences.len() {
            let end = (s..a.sentences.len()).find(|&n| a.sentences[n].paragraph != a.sentences[s].paragraph);
            let last = end.unwrap_or(a.sentences.len()) - 1;
            let tokens = a.sentences[s].tokens.start..a.sentences[last].tokens.end;
            let colon = tokens.clone().take(NAME + 1).find(|&i| self.word(i) == ":");
            let front = colon.filter(|&c| !a.sentences[s].headline && name(tokens.start..c));
            let found = front.and_then(|c| self.build(self.top(tokens.start..c), c, c + 1..tokens.end));
            self.out.extend(found.filter(|x| !x.content.is_empty()).map(|x| Attribution { direct: true, ..x }));
            s = last + 1;
        }
    }

    /// The word of a stretch that hangs on none of the others.
    fn top(&self, words: Range<usize>) -> usize {
        let own = |i: &usize| self.a.tokens[*i].head.is_none_or(|h| !words.contains(&h));
        words.clone().find(own).unwrap_or(words.start)
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
    pub(super) fn quotations(&mut self) {
        let a = self.a;
        let mut latest: Option<(usize, Attribution)> = None;
        for span in self.quotes.clone() {
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
}
