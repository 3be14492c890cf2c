//! The frames' examples coded, and where frames fire.

use crate::codebook::{Expectation, Frame};
use crate::coder::{Coder, Session};
use crate::frames;
use dateline_report::{EventType, Report, Span};
use std::collections::BTreeSet;

/// A frame that is the best of its type at a word of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    /// The frame's name.
    pub frame: String,
    /// The type it codes.
    pub kind: EventType,
    /// The bytes of the word that would be the trigger.
    pub trigger: Span,
    /// The bytes of the word that carries the frame's lemma.
    pub predicate: Span,
}

impl Session<'_> {
    /// The frames that fire in a report, whatever the learned coder says of them.
    pub fn firings(&mut self, report: &Report) -> Vec<Firing> {
        let (a, _) = self.annotate(report);
        let hits = frames::fire(self.coder.codebook(), &a, &report.text);
        let firing = |h: frames::FrameHit| Firing {
            frame: h.frame.name.clone(),
            kind: h.frame.kind,
            trigger: a.tokens[h.trigger].span,
            predicate: a.tokens[h.predicate].span,
        };
        hits.into_iter().map(firing).collect()
    }

    /// Whether a frame's conditions are met somewhere in a report, whichever frame is the best there.
    fn fires(&mut self, frame: &Frame, report: &Report) -> bool {
        let (annotation, _) = self.annotate(report);
        frames::fires(frame, &annotation, &report.text)
    }
}

/// How a frame's example came out.
#[derive(Clone, Debug)]
pub struct ExampleResult {
    /// The frame's name.
    pub frame: String,
    /// The example.
    pub example: String,
    /// What differs from the expectation; none when all is as expected.
    pub difference: Option<String>,
}

impl Coder {
    /// Codes the example of every frame and compares it with what the frame expects. A frame of little weight needs the learned coder's
    /// support to be kept; what it makes of its example is checked all the same.
    pub fn check_examples(&self, of: impl Fn(&str) -> bool) -> Vec<ExampleResult> {
        let mut session = self.session();
        session.least = 0.0;
        let check = |f: &Frame, example: &str, e: &Expectation, session: &mut Session| {
            let report = Report::from_text(example);
            let record = session.code(&report);
            let countries = |list: &[dateline_report::Actor]| {
                list.iter().filter_map(|a| a.country.clone()).collect::<BTreeSet<_>>()
            };
            let wanted = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
            let Some(event) =
                record.events.iter().find(|x| x.kind == f.kind && x.trigger.split(' ').any(|w| w == e.trigger))
            else {
                let got: Vec<String> = record.events.iter().map(|x| format!("{} {}", x.kind, x.trigger)).collect();
                return Some(format!("no {} on \"{}\" (coded: {})", f.kind, e.trigger, got.join(", ")));
            };
            let mut wrong = Vec::new();
            for (name, want, got) in [
                ("actors", wanted(&e.actors), countries(&event.actors)),
                ("recipients", wanted(&e.recipients), countries(&event.recipients)),
                ("third parties", wanted(&e.third_parties), countries(&event.third_parties)),
            ] {
                if want != got {
                    wrong.push(format!("{name} {got:?} for {want:?}"));
                }
            }
            if !session.fires(f, &report) {
                wrong.push("the frame does not fire".to_owned());
            }
            if f.mode.is_some() && event.mode != f.mode {
                wrong.push(format!("mode {:?} for {:?}", event.mode, f.mode));
            }
            if e.place.is_some() && e.place != event.place.as_ref().and_then(|p| p.country.clone()) {
                wrong.push("place".to_owned());
            }
            (!wrong.is_empty()).then(|| wrong.join("; "))
        };
        let mut out = Vec::new();
        for f in self.codebook().frames().iter().filter(|f| of(&f.name)) {
            let more = f.more.iter().map(|(example, expect)| (example, expect));
            for (example, expect) in std::iter::once((&f.example, &f.expect)).chain(more) {
                let difference = check(f, example, expect, &mut session);
                out.push(ExampleResult { frame: f.name.clone(), example: example.clone(), difference });
            }
        }
        out
    }
}
