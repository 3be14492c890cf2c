//! The annotator: texts to windows, windows through the encoder, its scores to sentences, words, trees and entities.

use crate::annotation::{Annotation, Entity, EventScores, Rel, RoleScores, Sentence, Token, Upos};
use crate::layout::{self, Layout, LayoutRules, Paragraph};
use crate::tokenize::{RawToken, tokenize};
use crate::{agreement, entity, lemma, timex, tree};
use dateline_encoder::{Before, Encoder, Model, ModelError, Window, Word};
use dateline_report::{Date, EventType, Report, Span};
use std::ops::Range;

/// Most word pieces of a window; what training used.
const WINDOW: usize = 190;
/// Word pieces that go through the encoder in one pass.
const BATCH: usize = 1024;
/// Probability from which a word begins a sentence.
const STARTS: f32 = 0.5;
/// A word this surely without an event gets no event scores.
const NO_EVENT: f32 = 0.97;
/// A word this surely without an event gets no role scores.
const NO_ROLES: f32 = 0.93;

/// The annotator: the model and its label vocabularies, shared by all threads.
pub struct Annotator {
    model: Model,
    upos: Vec<Upos>,
    rels: Vec<Rel>,
    feats: Vec<&'static str>,
    modes: Vec<&'static str>,
}

impl Annotator {
    /// An annotator from a model file's bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let model = Model::from_bytes(bytes)?;
        let l = model.labels();
        // A model lives as long as the program; its few hundred labels are leaked once so that tokens can borrow them.
        let leak = |v: &[String]| v.iter().map(|s| &*Box::leak(s.clone().into_boxed_str())).collect();
        Ok(Annotator {
            upos: l.upos.iter().map(|s| Upos::parse(s)).collect(),
            rels: l.rel.iter().map(|s| Rel::parse(s)).collect(),
            feats: leak(&l.feats),
            modes: leak(&l.mode),
            model,
        })
    }

    /// The annotator that ships with Dateline.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::from_bytes(crate::embedded::MODEL)
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// A session with buffers of its own; one a thread.
    pub fn session(&self) -> Session<'_> {
        Session { annotator: self, encoder: Encoder::new(&self.model) }
    }
}

/// Annotates reports one after the other.
pub struct Session<'a> {
    annotator: &'a Annotator,
    encoder: Encoder<'a>,
}

/// Consecutive paragraphs on their way through the encoder: as many as fit into a window, so that each is read in the light of its
/// neighbours, or a single one that takes several windows.
#[derive(Default)]
struct Stretch {
    words: Vec<RawToken>,
    /// First words of its paragraphs, in order; the first is 0.
    opens: Vec<Opening>,
    pieces: usize,
    /// First word that is not annotated yet.
    next: usize,
}

/// Where a paragraph begins.
#[derive(Clone, Copy)]
struct Opening {
    word: usize,
    paragraph: usize,
    headline: bool,
}

impl Stretch {
    /// The paragraph that a word stands in.
    fn opening(&self, word: usize) -> Opening {
        self.opens[self.opens.partition_point(|o| o.word <= word) - 1]
    }

    /// Whether a word opens a paragraph.
    fn is_opening(&self, word: usize) -> bool {
        self.opens.binary_search_by_key(&word, |o| o.word).is_ok()
    }

    /// Its words as the encoder reads them.
    fn read<'t>(&self, text: &'t str, range: Range<usize>) -> Vec<Word<'t>> {
        let before = |i: usize| match self.words[i].glued {
            _ if self.is_opening(i) => Before::Paragraph,
            true => Before::Word,
            false => Before::Space,
        };
        range.map(|i| Word { text: word(text, self.words[i]), before: before(i) }).collect()
    }

    /// First words of the sentences of a window that begins at word `offset`, counted in the window; a headline is one sentence.
    fn starts(&self, window: &Window, offset: usize) -> Vec<usize> {
        let begins = |i: usize| {
            let opening = self.opening(offset + i);
            i == 0 || opening.word == offset + i || !opening.headline && window.sentence_start(i) >= STARTS
        };
        (0..window.len()).filter(|&i| begins(i)).collect()
    }
}

/// A sentence with its words, before the report is put together.
struct Done {
    paragraph: usize,
    headline: bool,
    tokens: Vec<Token>,
    entities: Vec<(Range<usize>, crate::EntityKind)>,
    roles: Vec<RoleScores>,
}

impl Session<'_> {
    /// Annotates a report; `anchor` is the day that relative times count from, usually that of publication; without it the day that
    /// the text tells of itself.
    pub fn annotate(&mut self, report: &Report, anchor: Option<Date>) -> (Annotation, Layout) {
        self.annotate_with(report, anchor, LayoutRules::Report)
    }

    /// Like [`Session::annotate`], with a choice of layout rules.
    pub fn annotate_with(&mut self, report: &Report, anchor: Option<Date>, rules: LayoutRules) -> (Annotation, Layout) {
        let layout = layout::read(report, rules);
        let anchor = anchor.or(layout.published.as_ref().map(|p| p.value));
        let text = &report.text;
        let mut pending = self.stretches(text, &layout.paragraphs);
        let mut done: Vec<Done> = Vec::new();
        while pending.iter().any(|p| p.next < p.words.len()) {
            self.round(text, &mut pending, &mut done);
        }
        done.sort_by_key(|d| (d.paragraph, d.tokens.first().map_or(0, |t| t.span.start)));
        let mut annotation = assemble(text, done);
        annotation.times = timex::find(text, &annotation, anchor);
        (annotation, layout)
    }

    /// Packs paragraphs into stretches.
    fn stretches(&mut self, text: &str, paragraphs: &[Paragraph]) -> Vec<Stretch> {
        let mut out: Vec<Stretch> = Vec::new();
        for (paragraph, p) in paragraphs.iter().enumerate() {
            let words = tokenize(text, p.span);
            if words.is_empty() {
                continue;
            }
            let pieces = words.iter().map(|w| self.encoder.piece_count(word(text, *w))).sum::<usize>();
            if out.last().is_none_or(|s| s.pieces + pieces > WINDOW) {
                out.push(Stretch::default());
            }
            if let Some(s) = out.last_mut() {
                s.opens.push(Opening { word: s.words.len(), paragraph, headline: p.headline });
                s.words.extend(words);
                s.pieces += pieces;
            }
        }
        out
    }

    /// Sends the next window of each stretch, up to a batch, through the encoder.
    fn round(&mut self, text: &str, pending: &mut [Stretch], done: &mut Vec<Done>) {
        let mut chosen: Vec<(usize, Range<usize>)> = Vec::new();
        let mut total = 0;
        for (i, p) in pending.iter().enumerate().filter(|(_, p)| p.next < p.words.len()) {
            let mut pieces = 0;
            let mut end = p.next;
            while end < p.words.len() {
                pieces += self.encoder.piece_count(word(text, p.words[end]));
                if pieces > WINDOW && end > p.next {
                    break;
                }
                end += 1;
            }
            chosen.push((i, p.next..end));
            total += pieces;
            if total >= BATCH {
                break;
            }
        }
        let words: Vec<Vec<Word>> = chosen.iter().map(|(i, r)| pending[*i].read(text, r.clone())).collect();
        let slices: Vec<&[Word]> = words.iter().map(Vec::as_slice).collect();
        let windows = self.encoder.encode(&slices);
        for ((i, range), window) in chosen.into_iter().zip(windows) {
            let p = &mut pending[i];
            let starts = p.starts(&window, range.start);
            let last = range.end == p.words.len();
            let first_third = window.len() / 3;
            // The last sentence of a full window may go on beyond it: read it again from its start, in a window of its own.
            let keep = match starts.last() {
                Some(&s) if !last && s > first_third => s,
                _ => window.len(),
            };
            for (k, &s) in starts.iter().enumerate().filter(|(_, s)| **s < keep) {
                let e = starts.get(k + 1).copied().unwrap_or(window.len()).min(keep);
                done.push(self.sentence(text, p, range.start, &window, s..e));
            }
            p.next = range.start + keep;
        }
    }

    fn sentence(&mut self, text: &str, p: &Stretch, offset: usize, window: &Window, range: Range<usize>) -> Done {
        let a = self.annotator;
        let arcs = self.encoder.arcs(window, range.clone());
        let heads = tree::decode(&arcs);
        let pairs: Vec<_> = heads.iter().copied().enumerate().collect();
        let rels = self.encoder.relations(window, range.clone(), &pairs);
        let labels = a.model.labels();
        let mut tokens = Vec::with_capacity(range.len());
        for (k, i) in range.clone().enumerate() {
            let raw = p.words[offset + i];
            let upos = a.upos[window.upos(i)];
            let rel = if heads[k].is_none() { Rel::Root } else { a.rels[rels[k]] };
            tokens.push(Token {
                span: raw.span,
                upos,
                lemma: lemma::best(window.lemma(i), &labels.lemma, word(text, raw), upos),
                feats: a.feats[window.feats(i)],
                head: heads[k],
                rel: if rel == Rel::Root && heads[k].is_some() { Rel::Dep } else { rel },
                event: self.events(window, i),
            });
        }
        agreement::settle(&mut tokens, |t| t.span.text(text).unwrap_or_default().to_lowercase());
        let ner: Vec<&[f32]> = range.clone().map(|i| window.ner(i)).collect();
        let entities = entity::decode(&ner, &labels.ner);
        let roles = (0..range.len())
            .filter(|&k| tokens[k].event.none < NO_ROLES)
            .map(|k| {
                let scores = self.encoder.roles(window, range.start + k, range.clone());
                RoleScores { trigger: k, words: scores.iter().map(|s| std::array::from_fn(|c| s[c + 1])).collect() }
            })
            .collect();
        let Opening { paragraph, headline, .. } = p.opening(offset + range.start);
        Done { paragraph, headline, tokens, entities, roles }
    }

    fn events(&mut self, window: &Window, i: usize) -> EventScores {
        let p = window.trigger(i);
        let none = p[0];
        if none > NO_EVENT {
            return EventScores { none, ..EventScores::default() };
        }
        let best = dateline_encoder::largest(&p[1..]);
        let kind = EventType::ALL[best];
        let heads = self.encoder.event_heads(window, i);
        let prefix = kind.as_str();
        let of_type = |label: &str| label == "none" || label.strip_prefix(prefix).is_some_and(|r| r.starts_with(':'));
        let mode =
            self.annotator.modes.iter().zip(&heads.mode).filter(|(l, _)| of_type(l)).max_by(|x, y| x.1.total_cmp(y.1));
        let mode = mode.and_then(|(l, &p)| l.split_once(':').map(|(_, m)| (m, p)));
        EventScores {
            none,
            best: Some((kind, p[best + 1])),
            types: p[1..].to_vec(),
            mode,
            status: heads.status,
            historical: heads.historical,
        }
    }
}

fn word(text: &str, t: RawToken) -> &str {
    t.span.text(text).unwrap_or_default()
}

/// Puts sentences together: indices within a sentence become indices of the report.
fn assemble(text: &str, done: Vec<Done>) -> Annotation {
    let mut a = Annotation::default();
    for d in done.into_iter().filter(|d| !d.tokens.is_empty()) {
        let base = a.tokens.len();
        let span = d.tokens[0].span.cover(d.tokens[d.tokens.len() - 1].span);
        a.sentences.push(Sentence {
            span,
            tokens: base..base + d.tokens.len(),
            paragraph: d.paragraph,
            headline: d.headline,
        });
        for (r, kind) in d.entities {
            let span: Span = d.tokens[r.start].span.cover(d.tokens[r.end - 1].span);
            if let Some(kind) = entity::settled(span.text(text).unwrap_or_default(), kind) {
                a.entities.push(Entity { span, tokens: base + r.start..base + r.end, kind });
            }
        }
        a.roles.extend(d.roles.into_iter().map(|r| RoleScores { trigger: r.trigger + base, words: r.words }));
        a.tokens.extend(d.tokens.into_iter().map(|t| Token { head: t.head.map(|h| h + base), ..t }));
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_that_share_a_window_stay_apart() {
        let text = "Envoys meet in Oslo\n\nThe envoys met on Monday\n\n\nThey left\n\nThe talks go on";
        let annotator = Annotator::embedded().unwrap();
        let mut session = annotator.session();
        let (a, layout) = session.annotate(&Report::from_text(text), None);
        assert_eq!(session.stretches(text, &layout.paragraphs).len(), 1, "all fit into one window");
        let read: Vec<_> = a.sentences.iter().map(|s| (s.paragraph, s.headline, s.span.text(text).unwrap())).collect();
        let expected = [
            (0, true, "Envoys meet in Oslo"),
            (1, false, "The envoys met on Monday"),
            (2, false, "They left"),
            (3, false, "The talks go on"),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn a_long_paragraph_has_windows_of_its_own_and_loses_no_word() {
        let long = "The envoys met the minister of the republic in the capital on Monday. ".repeat(40);
        let text = format!("The talks went on.\n\n{}\n\nThey left.", long.trim());
        let annotator = Annotator::embedded().unwrap();
        let (a, _) = annotator.session().annotate_with(&Report::from_text(&text), None, LayoutRules::Plain);
        assert_eq!(a.sentences.len(), 42);
        let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
        let words: usize = a.tokens.iter().map(|t| letters(t.span.text(&text).unwrap())).sum();
        assert_eq!(words, letters(&text));
        assert!(a.tokens.windows(2).all(|w| w[0].span.end <= w[1].span.start), "in text order, none twice");
    }
}
