//! From arguments to sources and to the options of reading them.

use crate::args::{InputArgs, ReadingArgs};
use dateline_ingest::{Columns, DateOrder, FeedState, Folders, Options, Politeness, Source, Web};

/// The sources named; none means standard input.
pub(crate) fn sources(a: &InputArgs) -> Vec<Source> {
    if a.files.is_empty() { vec![Source::Standard] } else { a.files.iter().map(Source::parse).collect() }
}

/// How sources are read. The web is asked only where an address is among them, and then only for what is not in `feeds`.
pub(crate) fn options(a: &ReadingArgs, sources: &[Source], feeds: FeedState) -> Options {
    let t = &a.table;
    let columns = Columns {
        text: t.text_column.clone(),
        title: t.title_column.clone(),
        published: t.date_column.clone(),
        url: t.url_column.clone(),
        outlet: t.outlet_column.clone(),
        id: t.id_column.clone(),
        headless: t.no_header,
        dates: match (t.day_first, t.month_first) {
            (true, _) => DateOrder::DayFirst,
            (_, true) => DateOrder::MonthFirst,
            _ => DateOrder::Unknown,
        },
        ..Columns::default()
    };
    let on_web = sources.iter().any(|s| matches!(s, Source::Url(_)));
    Options {
        columns,
        format: a.from.map(Into::into),
        folders: if a.recursive { Folders::Recursive } else { Folders::Refuse },
        web: on_web.then(|| Web::new(Politeness::default(), feeds)),
        ..Options::default()
    }
}

impl From<crate::args::From> for dateline_ingest::Format {
    fn from(from: crate::args::From) -> Self {
        use crate::args::From as F;
        use dateline_ingest::Format as I;
        match from {
            F::Text => I::Text,
            F::Json => I::Json,
            F::Jsonl => I::JsonLines,
            F::Csv => I::Csv,
            F::Html => I::Html,
            F::Feed => I::Feed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Cli;
    use clap::Parser;

    fn of(arguments: &[&str]) -> Options {
        let cli = Cli::try_parse_from([&["dateline", "annotate"], arguments].concat()).unwrap();
        match cli.command {
            crate::args::Command::Annotate(a) => options(&a.input.reading, &sources(&a.input), FeedState::default()),
            _ => unreachable!("the command is given"),
        }
    }

    #[test]
    fn flags_become_options_and_the_web_is_asked_only_for_addresses() {
        let o = of(&["t.csv", "--text-column", "Lead", "--day-first", "-r", "--from", "csv"]);
        assert_eq!(o.columns.text.as_deref(), Some("Lead"));
        assert_eq!((o.columns.dates, o.folders), (DateOrder::DayFirst, Folders::Recursive));
        assert_eq!(o.format, Some(dateline_ingest::Format::Csv));
        assert!(o.web.is_none() && of(&["https://example.org/rss"]).web.is_some());
    }
}
