//! Which column of a table holds what: as the caller says, else by the usual names.

use crate::date::{self, DateOrder};
use crate::error::{ErrorKind, Fault};
use crate::item::{Origin, Provenance};
use dateline_report::{Report, content_id};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Columns by name or, as `#2`, by number from 1 on. What is not named is guessed from the header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// The report's text.
    pub text: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The table's own key.
    pub id: Option<String>,
    /// Language code.
    pub language: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The first row is a report, not a header (CSV and TSV).
    pub headless: bool,
    /// Byte between fields (CSV); by default comma, semicolon, tab or bar, whichever the first line holds most.
    pub delimiter: Option<u8>,
    /// How days like 03/04/2024 are meant.
    pub dates: DateOrder,
}

/// The parts of a report that a table can hold, with the names that columns usually have, the surest first.
const USUAL: [(&str, &[&str]); 8] = [
    (
        "text",
        &[
            "text",
            "body",
            "content",
            "article",
            "fulltext",
            "articletext",
            "articlebody",
            "bodytext",
            "maintext",
            "story",
            "rawtext",
            "message",
            "paragraph",
        ],
    ),
    ("title", &["title", "headline", "head", "heading", "articletitle"]),
    (
        "published",
        &[
            "published",
            "pubdate",
            "publishdate",
            "publicationdate",
            "datepublished",
            "publishedat",
            "publisheddate",
            "date",
            "articledate",
            "day",
            "timestamp",
            "datetime",
            "created",
            "createdat",
        ],
    ),
    ("url", &["url", "link", "href", "articleurl", "sourceurl", "permalink", "webaddress", "uri"]),
    (
        "outlet",
        &[
            "outlet",
            "publisher",
            "source",
            "sourcename",
            "publication",
            "newspaper",
            "sitename",
            "newssource",
            "agency",
            "domain",
            "feed",
        ],
    ),
    ("id", &["id", "uuid", "guid", "articleid", "docid", "documentid", "storyid", "key"]),
    ("language", &["language", "lang", "languagecode"]),
    ("byline", &["byline", "author", "authors", "writer", "reporter"]),
];

/// Words of a field that is a text and surely not a column's name, at least.
const WORDS_OF_A_TEXT: usize = 20;

/// Which columns of one table are read as what: numbers from 0 on. [`fmt::Display`] tells it to a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Names of the table's columns.
    pub header: Vec<String>,
    /// Column of every part of a report, in the order text, title, published, url, outlet, id, language, byline.
    parts: [Option<usize>; 8],
    dates: DateOrder,
}

impl Mapping {
    /// The mapping of a table with these column names.
    pub(crate) fn guess(header: Vec<String>, columns: &Columns) -> Result<Self, Fault> {
        let named = [
            &columns.text,
            &columns.title,
            &columns.published,
            &columns.url,
            &columns.outlet,
            &columns.id,
            &columns.language,
            &columns.byline,
        ];
        let plain: Vec<String> = header.iter().map(|h| plain(h)).collect();
        let mut parts = [None; 8];
        for (part, name) in parts.iter_mut().zip(named) {
            if let Some(name) = name {
                *part = Some(find(name, &header)?);
            }
        }
        if !columns.headless {
            for (i, (_, usual)) in USUAL.iter().enumerate() {
                let free = |c: &usize| !parts.contains(&Some(*c));
                let guessed = usual.iter().find_map(|u| plain.iter().position(|p| p == u).filter(free));
                parts[i] = parts[i].or(guessed);
            }
        }
        if parts[0].is_none() {
            let what = format!("none of its columns is known as the text ({})", list(&header));
            return Err(Fault::new(ErrorKind::Columns, what, "name the column of the text, or give its number as #1"));
        }
        Ok(Self { header, parts, dates: columns.dates })
    }

    /// The mapping of a table whose first row is a report and no header: a field of it is a text, which no column is called. Nothing where
    /// the caller named columns or the row may well be a header.
    pub(crate) fn of_report(row: &[String], columns: &Columns) -> Option<Self> {
        if *columns != (Columns { delimiter: columns.delimiter, dates: columns.dates, ..Columns::default() }) {
            return None;
        }
        let words = |c: usize| row[c].split_whitespace().count();
        let text = (0..row.len()).max_by_key(|&c| row[c].len()).filter(|&c| words(c) >= WORDS_OF_A_TEXT)?;
        let mut parts = [None; 8];
        parts[0] = Some(text);
        let others = || (0..row.len()).filter(|&c| c != text);
        parts[2] = others().find(|&c| words(c) <= 6 && date::day(&row[c], columns.dates).is_some());
        parts[3] = others().find(|&c| row[c].starts_with("http://") || row[c].starts_with("https://"));
        parts[1] = others().find(|&c| !parts.contains(&Some(c)) && words(c) >= 3);
        Some(Self { header: (1..=row.len()).map(|n| format!("#{n}")).collect(), parts, dates: columns.dates })
    }

    /// Column of a part: `text`, `title`, `published`, `url`, `outlet`, `id`, `language` or `byline`.
    pub fn column(&self, part: &str) -> Option<usize> {
        USUAL.iter().position(|u| u.0 == part).and_then(|i| self.parts[i])
    }

    /// Numbers of the columns that are read, in order.
    pub(crate) fn used(&self) -> Vec<usize> {
        let mut used: Vec<usize> = self.parts.iter().flatten().copied().collect();
        used.sort_unstable();
        used.dedup();
        used
    }

    /// The report of a row; `cell` gives the text of a column.
    pub(crate) fn report(&self, mut cell: impl FnMut(usize) -> Option<String>) -> Result<(Report, Provenance), Fault> {
        let mut take = |i: usize| self.parts[i].and_then(&mut cell).filter(|c| !c.trim().is_empty());
        let short = |c: String| c.trim().to_owned();
        let text = take(0).ok_or_else(|| {
            let column = self.parts[0].and_then(|c| self.header.get(c)).map_or("text", String::as_str);
            Fault::new(ErrorKind::Empty, format!("its column \"{column}\" is empty"), "give the report's text")
        })?;
        let mut from = Provenance::default();
        let title = take(1).map(short);
        let written = take(2).map(short);
        let published = written.as_deref().and_then(|w| date::day(w, self.dates));
        if let (Some(w), None) = (&written, published) {
            let shown: String = w.chars().take(40).collect();
            from.notes.push(format!("\"{shown}\" is not a date that can be read without guessing"));
        }
        let url = take(3).map(short);
        let outlet = take(4).map(short);
        let id = take(5).map_or_else(|| content_id(&text), short);
        let language = take(6).and_then(|l| crate::language::declared(&l));
        let byline = take(7).map(short);
        let field = |there: bool| there.then_some(Origin::Field);
        from.title = field(title.is_some());
        from.published = field(published.is_some());
        from.outlet = field(outlet.is_some());
        from.language = field(language.is_some());
        Ok((Report { id, title, url, outlet, byline, language, published, dateline: None, text }, from))
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<String> = USUAL
            .iter()
            .zip(self.parts)
            .filter_map(|((part, _), c)| Some(format!("{part}: {}", self.header.get(c?)?)))
            .collect();
        f.write_str(&said.join(", "))
    }
}

/// A name without case and punctuation: `Pub_Date` is `pubdate`.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn find(name: &str, header: &[String]) -> Result<usize, Fault> {
    let number = name.strip_prefix('#').and_then(|n| n.parse::<usize>().ok());
    let at = match number {
        Some(n) => n.checked_sub(1).filter(|c| *c < header.len()),
        None => header.iter().position(|h| h == name).or_else(|| header.iter().position(|h| plain(h) == plain(name))),
    };
    at.ok_or_else(|| {
        let what = format!("has no column \"{name}\" ({})", list(header));
        Fault::new(ErrorKind::Columns, what, "name one of its columns, or its number as #1")
    })
}

fn list(header: &[String]) -> String {
    let short: Vec<String> = header.iter().take(12).map(|h| h.chars().take(30).collect()).collect();
    format!("columns: {}{}", short.join(", "), if header.len() > 12 { ", ..." } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn usual_names_are_known_and_named_columns_come_first() {
        let m =
            Mapping::guess(header("Doc_ID Headline Pub-Date Source Body Link author"), &Columns::default()).unwrap();
        assert_eq!(
            m.to_string(),
            "text: Body, title: Headline, published: Pub-Date, url: Link, outlet: Source, id: Doc_ID, byline: author"
        );
        let columns = Columns { text: Some("lead".into()), title: Some("#1".into()), ..Columns::default() };
        let m = Mapping::guess(header("text lead"), &columns).unwrap();
        assert_eq!((m.column("text"), m.column("title")), (Some(1), Some(0)));
    }

    #[test]
    fn what_is_missing_is_named() {
        let e = Mapping::guess(header("a b"), &Columns::default()).unwrap_err();
        assert!(e.what.contains("columns: a, b") && e.kind == ErrorKind::Columns);
        let columns = Columns { text: Some("c".into()), ..Columns::default() };
        assert!(Mapping::guess(header("a b"), &columns).unwrap_err().what.contains("no column \"c\""));
        let columns = Columns { text: Some("#0".into()), ..Columns::default() };
        assert!(Mapping::guess(header("a b"), &columns).is_err());
    }

    #[test]
    fn a_first_row_with_a_text_is_a_report() {
        let text = "The envoys met for talks on Monday. ".repeat(4);
        let row = ["2024-05-01", "https://reports.example/1", "Envoys meet again", &text].map(str::to_owned);
        let m = Mapping::of_report(&row, &Columns::default()).unwrap();
        assert_eq!(m.to_string(), "text: #4, title: #3, published: #1, url: #2");
        assert!(Mapping::of_report(&header("date link headline words"), &Columns::default()).is_none());
        let named = Columns { title: Some("#2".into()), ..Columns::default() };
        assert!(Mapping::of_report(&row, &named).is_none());
    }

    #[test]
    fn a_row_becomes_a_report_and_an_odd_date_a_note() {
        let m = Mapping::guess(header("text date source"), &Columns::default()).unwrap();
        let row = ["Talks resume.", "31.12.2023", " Gazette "];
        let (r, p) = m.report(|c| row.get(c).map(|s| (*s).to_owned())).unwrap();
        assert_eq!(r.published.map(|d| d.to_string()).as_deref(), Some("2023-12-31"));
        assert_eq!((r.outlet.as_deref(), p.outlet), (Some("Gazette"), Some(Origin::Field)));
        assert_eq!(r.id, content_id("Talks resume."));
        let (r, p) = m.report(|c| (c < 2).then(|| "1/2/2023".to_owned())).unwrap();
        assert!(r.published.is_none() && p.published.is_none() && p.notes[0].contains("1/2/2023"));
        assert_eq!(m.report(|_| None).unwrap_err().kind, ErrorKind::Empty);
    }
}
