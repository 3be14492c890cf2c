//! Who is meant by whom: for each mention the earlier one that it takes up, as measured by `dateline eval coref`.

use crate::attribution::{self, Cited};
use crate::coder::{Coder, Session};
use crate::mentions::{self, Mentions};
use dateline_annotate::{Annotation, LayoutRules};
use dateline_report::{Report, Span};

/// A mention that takes up an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Head word of the mention: the pronoun, the noun of a description, the head of a name.
    pub head: Span,
    /// Head word of the mention that it takes up, never a pronoun.
    pub antecedent: Span,
}

impl Session<'_> {
    /// The links of a report laid out by `rules`, in text order of the heads.
    pub fn links(&mut self, report: &Report, rules: LayoutRules) -> Vec<Link> {
        let (a, layout) = self.annotate_with(report, rules);
        let place = layout.dateline.as_ref().map(|d| d.value.place.as_str());
        let (found, _) = self.coder.actors_of(&a, report, place);
        let span = |i: usize| a.tokens[i].span;
        found.iter().filter_map(|m| Some(Link { head: span(m.head), antecedent: span(m.antecedent?) })).collect()
    }
}

impl Coder {
    /// The mentions of a report, its citations read and its pronouns standing for whom they mean.
    pub(crate) fn actors_of(&self, a: &Annotation, report: &Report, place: Option<&str>) -> (Mentions, Cited) {
        let mut found = mentions::find(&self.setting(a, report, place));
        let cues = attribution::Cues { citing: &self.cues, telling: &self.telling };
        let cited = attribution::find(a, &report.text, cues, &found);
        for p in &cited.pronouns {
            found.stand_for(p.pronoun, p.antecedent, p.actor.clone());
        }
        (found, cited)
    }

    /// What mentions of a report are read from.
    pub(crate) fn setting<'s>(
        &'s self,
        a: &'s Annotation,
        report: &'s Report,
        place: Option<&'s str>,
    ) -> mentions::Setting<'s> {
        mentions::Setting {
            a,
            text: &report.text,
            knowledge: &self.knowledge,
            on: report.published,
            dateline: place,
            speech: &self.cues.verbs,
        }
    }
}
