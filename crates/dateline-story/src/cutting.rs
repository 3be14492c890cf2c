//! What a story is made of.

use dateline_report::{Date, Record};

/// A coded report, cut out for a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cutting {
    /// The report and what it says.
    pub record: Record,
    /// Every outlet that carried it or a copy of it, in alphabetical order.
    pub outlets: Vec<String>,
}

impl Cutting {
    /// A report that one outlet carried, if it says which.
    pub fn of(record: Record) -> Cutting {
        Cutting { outlets: record.report.outlet.iter().cloned().collect(), record }
    }

    /// Id of the report.
    pub fn id(&self) -> &str {
        &self.record.report.id
    }

    /// Day of publication.
    pub fn published(&self) -> Option<Date> {
        self.record.report.published
    }
}

/// The cuttings by day of publication and id, those without a day first; each report once.
pub(crate) fn in_order(cuttings: &[Cutting]) -> Vec<&Cutting> {
    let mut list: Vec<&Cutting> = cuttings.iter().collect();
    list.sort_by(|a, b| (a.published(), a.id()).cmp(&(b.published(), b.id())));
    list.dedup_by(|a, b| a.id() == b.id());
    list
}
