//! Reports at hand, in a table in memory or as a text, read as those of a file are.

use crate::columns::Mapping;
use crate::error::{Fault, IngestError};
use crate::formats::Draft;
use crate::item::Provenance;
use crate::language;
use crate::locator::{Locator, Position};
use crate::options::Options;
use crate::reports::finish;
use dateline_report::{Imprint, Record, Report};

/// A table in memory. Its rows become the reports that the same table in a file would give.
///
/// ```
/// use dateline_ingest::{Options, Table};
/// let table = Table::new("news", vec!["Body".into(), "date".into()], &Options::default())?;
/// let row = ["Talks resume in Cairo.", "2026-03-14"];
/// let report = table.report(1, |column| Some(row[column].to_owned()))?;
/// assert_eq!(report.published.map(|d| d.to_string()).as_deref(), Some("2026-03-14"));
/// # Ok::<(), dateline_ingest::IngestError>(())
/// ```
pub struct Table {
    name: String,
    mapping: Mapping,
    options: Options,
}

impl Table {
    /// A table of this name, for messages, with these columns.
    pub fn new(name: impl Into<String>, header: Vec<String>, options: &Options) -> Result<Self, IngestError> {
        let name = name.into();
        match Mapping::guess(header, &options.columns) {
            Ok(mapping) => Ok(Table { name, mapping, options: options.clone() }),
            Err(fault) => Err(IngestError::new(name, fault)),
        }
    }

    /// The columns in use.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Numbers of the columns that are read, in order.
    pub fn used(&self) -> Vec<usize> {
        self.mapping.used()
    }

    /// The report of row `number`, the first being 1; `cell` gives the text of a column, days as YYYY-MM-DD.
    pub fn report(&self, number: u64, cell: impl FnMut(usize) -> Option<String>) -> Result<Report, IngestError> {
        let draft = self.mapping.report(cell).map(|(r, p)| Draft::Report(Box::new(r), Box::new(p)));
        let done = draft.and_then(|d| finish(d, &self.options));
        done.map(|(report, _)| report).map_err(|fault| {
            let at = Locator { source: self.name.clone(), members: Vec::new(), position: Position::Record(number) };
            IngestError::new(at.to_string(), fault)
        })
    }
}

/// A report at hand, checked as one from a file is: not blank, within the limits, its language told where it is sure. `name` is for messages.
pub fn checked(name: &str, report: Report, options: &Options) -> Result<Report, IngestError> {
    let draft = if report.text.trim().is_empty() {
        Err(Fault::blank())
    } else {
        Ok(Draft::Report(Box::new(report), Box::<Provenance>::default()))
    };
    let done = draft.and_then(|d| finish(d, options));
    done.map(|(report, _)| report).map_err(|fault| IngestError::new(name.to_owned(), fault))
}

/// The record of a report in another language than English: marked, not coded. None of one that is to be coded.
pub fn uncoded(report: &Report) -> Option<Record> {
    let declared = report.language.as_deref().filter(|l| *l != "en");
    let language = declared.or_else(|| language::foreign(&report.text))?.to_owned();
    let note = format!("The text is in another language than English ({language}): it was not coded.");
    let report = Report { language: Some(language), ..report.clone() };
    Some(Record { imprint: Imprint::given(&report), report, notes: vec![note], ..Record::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Columns;
    use crate::error::ErrorKind;

    const GERMAN: &str =
        "Die Unterhändler beider Seiten haben sich am Montag in Genf getroffen, um über eine Waffenruhe zu sprechen.";

    #[test]
    fn a_row_without_text_is_named_and_the_others_are_read() {
        let columns = Columns { text: Some("words".into()), ..Columns::default() };
        let options = Options { columns, outlet: Some("Gazette".into()), ..Options::default() };
        let table = Table::new("t", vec!["words".into(), "day".into()], &options).unwrap();
        let e = table.report(7, |_| None).unwrap_err();
        assert_eq!((e.place(), e.kind()), ("t record 7", ErrorKind::Empty));
        let report = table.report(8, |c| (c == 0).then(|| GERMAN.to_owned())).unwrap();
        assert_eq!((report.outlet.as_deref(), report.language.as_deref()), (Some("Gazette"), Some("de")));
        assert!(Table::new("t", vec!["day".into()], &options).is_err());
    }

    #[test]
    fn what_is_blank_or_too_long_is_no_report_and_another_language_is_marked() {
        let options = Options::default();
        assert_eq!(checked("x", Report::from_text(" \n"), &options).unwrap_err().kind(), ErrorKind::Empty);
        let long = Report::from_text("a ".repeat(options.limits.report));
        assert_eq!(checked("x", long, &options).unwrap_err().kind(), ErrorKind::TooLarge);
        let record = uncoded(&Report::from_text(GERMAN)).unwrap();
        assert!(record.events.is_empty() && record.notes[0].contains("(de)"));
        assert!(uncoded(&Report::from_text("Envoys met in Cairo on Monday.")).is_none());
    }
}
