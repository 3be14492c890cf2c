//! Hand-made annotations for unit tests.

use crate::attribution::{self, Attribution};
use crate::coder::Reading;
use crate::data;
use crate::lexicon::AttributionCues;
use crate::mentions::{self, Mentions};
use dateline_annotate::{Annotation, Entity, EntityKind, Rel, Sentence, Token, Upos};
use dateline_knowledge::Knowledge;
use dateline_report::{Span, Statement};
use std::collections::BTreeMap;

/// A text and its annotation from lines `word lemma UPOS head rel [feats] [PERSON|ORG|GPE|NORP]`; heads count from 1 within the sentence, 0 is
/// the root, an empty line ends a sentence, `=` before a word glues it to the one before, `#` before the first word of a sentence
/// makes it the headline, `//` begins a new paragraph.
pub fn annotation(lines: &str) -> (String, Annotation) {
    let mut text = String::new();
    let mut a = Annotation::default();
    let mut paragraph = 0;
    for block in lines.trim().split("\n\n") {
        let first = a.tokens.len();
        let mut headline = false;
        for line in block.lines().map(str::trim).filter(|l| !l.is_empty()) {
            if line == "//" {
                paragraph += 1;
                continue;
            }
            let mut f = line.split_whitespace();
            let (mut word, lemma) = (f.next().unwrap(), f.next().unwrap());
            if let Some(rest) = word.strip_prefix('#') {
                headline = true;
                word = rest;
            }
            let glued = word.strip_prefix('=').filter(|w| !w.is_empty());
            if !text.is_empty() && glued.is_none() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(glued.unwrap_or(word));
            let (upos, head, rel) = (f.next().unwrap(), f.next().unwrap().parse::<usize>().unwrap(), f.next().unwrap());
            let mut feats = "_";
            for extra in f {
                let kind = EntityKind::parse(extra);
                if extra.contains('=') {
                    feats = Box::leak(extra.to_owned().into_boxed_str());
                } else {
                    let tokens = a.tokens.len()..a.tokens.len() + 1;
                    a.entities.push(Entity { span: Span::new(start, text.len()), tokens, kind });
                }
            }
            a.tokens.push(Token {
                span: Span::new(start, text.len()),
                upos: Upos::parse(upos),
                lemma: lemma.to_owned(),
                feats,
                head: head.checked_sub(1).map(|h| first + h),
                rel: Rel::parse(rel),
                event: dateline_annotate::EventScores::default(),
            });
        }
        let tokens = first..a.tokens.len();
        let span = a.tokens[first].span.cover(a.tokens[tokens.end - 1].span);
        a.sentences.push(Sentence { span, tokens, paragraph, headline });
    }
    (text, a)
}

/// What the coder makes of hand-made annotations before it looks for events.
pub fn reading<'r>(text: &'r str, a: &'r Annotation) -> Reading<'r> {
    let cues = cues();
    let mut mentions = mentions(text, a, &cues);
    let telling = attribution::StatementWords::from_toml(data::STATEMENTS).unwrap();
    let found = attribution::find(a, text, attribution::Cues { citing: &cues, telling: &telling }, &mentions);
    for p in found.pronouns {
        mentions.stand_for(p.pronoun, p.antecedent, p.actor);
    }
    Reading { a, text, published: None, mentions, attributions: found.attributions, countries: BTreeMap::new() }
}

/// The statements of hand-made annotations.
pub fn statements(text: &str, a: &Annotation) -> Vec<Statement> {
    let cues = cues();
    let mentions = mentions(text, a, &cues);
    let telling = attribution::StatementWords::from_toml(data::STATEMENTS).unwrap();
    attribution::find(a, text, attribution::Cues { citing: &cues, telling: &telling }, &mentions).statements
}

fn mentions(text: &str, a: &Annotation, cues: &AttributionCues) -> Mentions {
    let setting =
        mentions::Setting { a, text, knowledge: Knowledge::embedded(), on: None, dateline: None, speech: &cues.verbs };
    mentions::find(&setting)
}

/// The words of the shipped file.
pub fn cues() -> AttributionCues {
    AttributionCues::from_toml(data::ATTRIBUTION).unwrap()
}

/// The citation of a word, if there is one.
pub fn cited<'r>(r: &'r Reading, word: &str) -> Option<&'r Attribution> {
    let token = r.a.tokens.iter().position(|t| t.span.text(r.text) == Some(word)).unwrap();
    attribution::of(&r.attributions, token)
}
