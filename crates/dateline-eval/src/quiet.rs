//! Events coded where there are none: reports of sport, culture, business and weather in the form of `corpus/`.

use crate::corpus;
use crate::figures::Figures;
use dateline_code::Coder;
use dateline_report::Report;
use std::path::Path;

/// Reports of a corpus file that hold no event.
fn reports(text: &str) -> Result<Vec<Report>, String> {
    Ok(corpus::reports(text)?.into_iter().filter(|(_, events)| events.is_empty()).map(|(report, _)| report).collect())
}

/// The share of sentences without an event coded in them, and each event that was coded.
pub fn score(path: &Path, coder: &Coder) -> Result<(Figures, Vec<String>), String> {
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let text = std::fs::read_to_string(path).map_err(|e| fail(&e))?;
    let mut figures = Figures::default();
    let mut spurious = Vec::new();
    let mut session = coder.session();
    for report in reports(&text).map_err(|e| fail(&e))? {
        let (annotation, _) = session.annotate(&report);
        let record = session.code(&report);
        for s in &annotation.sentences {
            figures.accuracy("sentences without an event", !record.events.iter().any(|e| s.span.contains(e.span)));
        }
        spurious.extend(record.events.iter().map(|e| {
            let sentence = e.sentence.span.text(&report.text).unwrap_or_default();
            let frame = e.rule.frame.as_deref().unwrap_or("the model alone");
            format!("{} {} ({frame}, {:.2}): {sentence}", e.kind, e.trigger, e.rule.confidence)
        }));
    }
    Ok((figures, spurious))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_with_an_event_are_left_out() {
        let text =
            "@ 2025-03-01\n> Rain.\n+ More rain.\n> Sun.\n\n@ 2025-03-02\n> They met.\nCONSULT actual | met\n> Rain.\n";
        let got = reports(text).unwrap();
        assert_eq!(got.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), ["Rain. More rain.\n\nSun."]);
        assert!(reports("> no date\n").unwrap_err().contains("line 1"));
    }
}
