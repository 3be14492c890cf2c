//! What is asked of a call: which columns hold what, which day, what comes out.

use crate::errors::{InputError, argument};
use dateline_ingest::{Columns, DateOrder, Options};
use dateline_report::Date;
use dateline_store::List;
use pyo3::PyResult;
use std::collections::BTreeMap;

/// What comes out of a table of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    /// Rows of the event list.
    Events(List),
    /// A record as JSON for each report.
    Records,
}

impl Output {
    pub(crate) fn parse(name: &str) -> PyResult<Self> {
        match name {
            "events" => Ok(Output::Events(List::Happenings)),
            "mentions" => Ok(Output::Events(List::Mentions)),
            "records" => Ok(Output::Records),
            _ => Err(argument("output", name, "events, mentions or records")),
        }
    }
}

/// The parts of a report that a column may hold.
pub(crate) const PARTS: [&str; 7] = ["text", "title", "published", "url", "outlet", "id", "language"];

/// How a table is read: names of columns by what they hold, and the order of day and month.
pub(crate) fn options(mut columns: BTreeMap<String, String>, dates: &str) -> PyResult<Options> {
    let mut take = |part: &str| columns.remove(part);
    let wanted = Columns {
        text: take("text"),
        title: take("title"),
        published: take("published"),
        url: take("url"),
        outlet: take("outlet"),
        id: take("id"),
        language: take("language"),
        dates: match dates {
            "unknown" => DateOrder::Unknown,
            "day-first" => DateOrder::DayFirst,
            "month-first" => DateOrder::MonthFirst,
            _ => return Err(argument("dates", dates, "unknown, day-first or month-first")),
        },
        ..Columns::default()
    };
    match columns.keys().next() {
        Some(part) => Err(argument("columns", part, format!("one of {}", PARTS.join(", ")))),
        None => Ok(Options { columns: wanted, ..Options::default() }),
    }
}

/// A day, if one is given.
pub(crate) fn day(name: &str, given: Option<&str>) -> PyResult<Option<Date>> {
    given.map(|d| d.parse().map_err(|_| argument(name, d, "a day; write it as 2026-03-14"))).transpose()
}

/// A confidence.
pub(crate) fn confidence(x: f32) -> PyResult<f32> {
    if (0.0..=1.0).contains(&x) { Ok(x) } else { Err(argument("min_confidence", x, "a number from 0 to 1")) }
}

/// Threads to work on; none means all cores.
pub(crate) fn threads(asked: Option<i64>) -> PyResult<usize> {
    match asked {
        None => Ok(std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)),
        Some(n) => usize::try_from(n)
            .ok()
            .filter(|n| *n > 0)
            .ok_or_else(|| InputError::new_err(format!("threads: \"{n}\" is not a whole number from 1 on"))),
    }
}
