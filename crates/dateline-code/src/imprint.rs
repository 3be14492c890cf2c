//! Who published a report, who wrote it, when and where: the source's fields, and where they are silent the text.

use dateline_annotate::{Layout, Told};
use dateline_report::{Credit, Imprint, Phrase, Report};
use std::fmt::Display;

/// What a record without a day of publication says of it.
const UNDATED: &str = "The day of publication is unknown: relative dates (\"Friday\", \"next week\") stay open. Give it with --published.";

/// Fills what the report's fields leave open from its text; gives what tells each, and what the reader of the record should know.
pub(crate) fn fill(report: &mut Report, layout: Layout) -> (Imprint, Vec<String>) {
    let given = Imprint::given(report);
    let headline = layout.headline.and_then(|s| s.text(&report.text)).map(str::to_owned);
    report.title = report.title.take().or(headline);
    let text = &report.text;
    let imprint = Imprint {
        published: given.published.or_else(|| layout.published.as_ref().map(|t| credit(text, t, &t.value))),
        outlet: given.outlet.or_else(|| layout.outlet.as_ref().map(|t| credit(text, t, &t.value))),
        byline: given.byline.or_else(|| layout.byline.as_ref().map(|t| credit(text, t, &t.value))),
        dateline: layout.dateline.as_ref().map(|t| credit(text, t, &t.value.text)),
    };
    let mut notes = Vec::new();
    match (report.published, &layout.published) {
        (Some(_), _) => {}
        (None, Some(told)) => {
            report.published = Some(told.value);
            let words = told.span.text(text).unwrap_or_default();
            notes.push(format!("The day of publication, {}, was read from the text: \"{words}\".", told.value));
        }
        (None, None) => notes.push(UNDATED.to_owned()),
    }
    report.outlet = report.outlet.take().or(layout.outlet.map(|t| t.value));
    report.byline = report.byline.take().or(layout.byline.map(|t| t.value));
    report.dateline = layout.dateline.map(|t| t.value);
    (imprint, notes)
}

fn credit<T>(text: &str, told: &Told<T>, value: &impl Display) -> Credit {
    Credit { value: value.to_string(), words: Some(Phrase::at(text, told.span)), confidence: told.confidence }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_report::{Date, Span};

    #[test]
    fn fields_come_before_the_text() {
        let text = "By Jane Doe\n\nEnvoys met.";
        let layout = || Layout {
            byline: Some(Told { value: "Jane Doe".to_owned(), span: Span::new(3, 11), confidence: 0.9 }),
            ..Layout::default()
        };
        let mut open = Report::from_text(text);
        let (imprint, notes) = fill(&mut open, layout());
        let byline = imprint.byline.unwrap();
        assert_eq!((open.byline.as_deref(), byline.confidence), (Some("Jane Doe"), 0.9));
        assert_eq!(byline.words.unwrap().text, "Jane Doe");
        assert_eq!((imprint.outlet, notes.len()), (None, 1));
        let day: Date = "2026-03-03".parse().unwrap();
        let mut told = Report { byline: Some("John Roe".to_owned()), published: Some(day), ..Report::from_text(text) };
        let (imprint, notes) = fill(&mut told, layout());
        assert_eq!((told.byline.as_deref(), notes), (Some("John Roe"), vec![]));
        assert_eq!(
            imprint,
            Imprint {
                byline: Some(Credit::given("John Roe")),
                published: Some(Credit::given(&day)),
                ..Imprint::default()
            }
        );
    }
}
