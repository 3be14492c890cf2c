//! Frames that say the same of the words and differ in what they make of them, and frames that fire in a report.

use crate::codebook::{Codebook, Frame};
use crate::coder::Session;
use crate::frames;
use dateline_report::Report;
use std::collections::BTreeSet;
use std::fmt;

/// Two frames with the same conditions on the same words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The earlier frame.
    pub first: String,
    /// The later one.
    pub second: String,
    /// The lemmas they share.
    pub lemmas: Vec<String>,
    /// Whether they code the same: then one of them is superfluous.
    pub same: bool,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.same { "say the same" } else { "differ in what they code" };
        write!(f, "{} and {} ask the same of \"{}\" and {how}", self.first, self.second, self.lemmas.join(", "))
    }
}

/// All pairs of frames with the same conditions on a word, in the order of the frames.
pub fn conflicts(book: &Codebook) -> Vec<Conflict> {
    let frames = book.frames();
    let mut out = Vec::new();
    for (i, first) in frames.iter().enumerate() {
        for second in &frames[i + 1..] {
            if !asks_the_same(first, second) {
                continue;
            }
            let shared = first.triggers.iter().filter(|t| second.triggers.contains(t));
            let lemmas: Vec<String> = shared.map(|(_, lemma)| lemma.clone()).collect();
            if !lemmas.is_empty() {
                let code = |f: &Frame| (f.kind, f.mode.clone(), f.parts.clone(), f.trigger_slot.clone(), f.status);
                let same = code(first) == code(second);
                out.push(Conflict { first: first.name.clone(), second: second.name.clone(), lemmas, same });
            }
        }
    }
    out
}

fn asks_the_same(x: &Frame, y: &Frame) -> bool {
    let words = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
    let slots = |list: &[(crate::tree::Slot, Vec<String>)]| {
        list.iter().map(|(s, l)| (s.clone(), words(l))).collect::<BTreeSet<_>>()
    };
    words(&x.particles) == words(&y.particles) && slots(&x.need) == slots(&y.need) && slots(&x.deny) == slots(&y.deny)
}

impl Session<'_> {
    /// The names of all frames whose conditions are met somewhere in a report, whichever is the best there.
    pub fn fitting(&mut self, report: &Report) -> BTreeSet<String> {
        let (a, _) = self.annotate(report);
        frames::fitting(self.coder.codebook(), &a, &report.text).into_iter().map(|h| h.frame.name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_with_the_same_conditions_are_found() {
        let file = |kind: &str, id: &str, mode: &str, need: &str| {
            format!(
                "type = \"{kind}\"\nabout = \"x\"\n[[frame]]\nid = \"{id}\"\nverb = [\"go\"]\nneed = {{ on = [{need}] }}\n{mode}example = \"x\"\nexpect = {{ trigger = \"x\" }}\n"
            )
        };
        let a = file("PROTEST", "a", "", "\"strike\", \"stage\"");
        let b = file("PROTEST", "b", "mode = \"strike\"\n", "\"stage\", \"strike\"");
        let c = file("CONSULT", "c", "", "\"trip\"");
        let d = file("PROTEST", "d", "", "\"strike\", \"stage\"");
        let book = Codebook::from_files([("a", a.as_str()), ("b", &b), ("c", &c), ("d", &d)]).unwrap();
        let found: Vec<_> = conflicts(&book).into_iter().map(|x| (x.first, x.second, x.same)).collect();
        let pair = |x: &str, y: &str, same| (format!("protest/{x}"), format!("protest/{y}"), same);
        assert_eq!(found, [pair("a", "b", false), pair("a", "d", true), pair("b", "d", false)]);
    }
}
