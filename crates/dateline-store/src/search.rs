//! Searching: hits in order, and facets over all of them.

use crate::filter::Condition;
use crate::{Filter, Query, Store, StoreError, pack, rows};
use dateline_report::{EventType, Status};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// What is searched, and how much is wanted.
#[derive(Clone, Debug)]
pub struct Search {
    /// Words to find; none finds every report that passes the filter.
    pub query: Option<Query>,
    /// Conditions: a report passes when one of its events meets all those on events (one alone may be met by a mention). Without any on events, days are those of publication.
    pub filter: Filter,
    /// Order of the hits.
    pub order: Order,
    /// Hits wanted at most.
    pub limit: usize,
    /// Hits left out before those.
    pub skip: usize,
}

/// Order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Best match first (BM25, words in the headline counting four times); of equals the newest.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Outlets that carried it or a copy of it.
    pub outlets: Vec<String>,
    /// Address.
    pub url: Option<String>,
    /// Copies of it.
    pub copies: u32,
    /// Words of the text around the first find.
    pub excerpt: String,
}

/// How many of the found reports have each value; most frequent first, of equals in alphabetical order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Types of their events.
    pub types: Vec<(String, u64)>,
    /// Statuses of their events.
    pub statuses: Vec<(String, u64)>,
    /// Countries where their events took place.
    pub countries: Vec<(String, u64)>,
    /// Outlets of the originals.
    pub outlets: Vec<(String, u64)>,
    /// Years of publication.
    pub years: Vec<(String, u64)>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Reports found in all.
    pub total: u64,
    /// Those wanted.
    pub hits: Vec<Hit>,
    /// Counts over all that were found.
    pub facets: Facets,
}

/// A found report as it is ranked: greater is better.
#[derive(PartialEq)]
struct Ranked {
    score: f64,
    day: String,
    n: i64,
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    /// By score, then day, then number, so that the order is always the same. Reversed: the heap keeps the least on top.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.score.total_cmp(&self.score)).then_with(|| other.day.cmp(&self.day)).then_with(|| self.n.cmp(&other.n))
    }
}

impl Store {
    /// Finds reports.
    pub fn search(&self, search: &Search) -> Result<Found, StoreError> {
        let (sql, values) = statement(search);
        let wanted = search.limit.saturating_add(search.skip);
        let mut counts = Counts::default();
        let mut best: BinaryHeap<Ranked> = BinaryHeap::new();
        let mut run = || -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare(&sql)?;
            let mut rows = statement.query(params_from_iter(values.iter()))?;
            while let Some(r) = rows.next()? {
                counts.add(r)?;
                let day = r.get_ref(4)?.as_str_or_null()?.unwrap_or_default();
                let score = -r.get::<_, f64>(6)?;
                let one = Ranked { score, day: day.to_owned(), n: r.get(0)? };
                if best.len() < wanted {
                    best.push(one);
                } else if best.peek().is_some_and(|least| one < *least) {
                    best.pop();
                    best.push(one);
                }
            }
            Ok(())
        };
        run().map_err(|e| self.error(e))?;
        let words = search.query.as_ref().map(Query::words).unwrap_or_default();
        let hits = best.into_sorted_vec().into_iter().skip(search.skip).map(|r| self.hit(r.n, &words));
        Ok(Found { total: counts.total, hits: hits.collect::<Result<_, _>>()?, facets: counts.facets() })
    }

    fn hit(&self, n: i64, words: &[String]) -> Result<Hit, StoreError> {
        let read = || -> rusqlite::Result<(Hit, Vec<u8>)> {
            let c = &self.connection;
            let outlets = c
                .prepare_cached(
                    "SELECT DISTINCT outlet FROM outlets WHERE report = ?1 AND outlet <> '' ORDER BY outlet",
                )?
                .query_map([n], |r| r.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            c.prepare_cached(
                "SELECT r.id, r.title, r.published, r.url, (SELECT count(*) FROM reports WHERE copy_of = ?1), t.text \
                 FROM reports r JOIN texts t ON t.n = r.n WHERE r.n = ?1",
            )?
            .query_row([n], |r| {
                let hit = Hit {
                    id: r.get(0)?,
                    title: r.get(1)?,
                    published: r.get(2)?,
                    outlets,
                    url: r.get(3)?,
                    copies: r.get(4)?,
                    excerpt: String::new(),
                };
                Ok((hit, r.get(5)?))
            })
        };
        let (hit, blob) = read().map_err(|e| self.error(e))?;
        let text = pack::text(&blob).map_err(|e| self.damaged(format!("text of {}: {e}", hit.id)))?;
        Ok(Hit { excerpt: excerpt(&text, hit.title.as_deref().unwrap_or_default(), words), ..hit })
    }
}

/// The statement that goes through all found reports: number, types, statuses, countries, day, outlet, score.
fn statement(search: &Search) -> (String, Vec<Value>) {
    let f = &search.filter;
    let mut c = Condition::default();
    let (from, score) = match &search.query {
        Some(q) => {
            c.and("words MATCH ?", [Value::from(q.fts())]);
            let rank = if search.order == Order::Relevance { "bm25(words, 4.0, 1.0)" } else { "0.0" };
            ("words w CROSS JOIN facets f ON f.n = w.rowid", rank)
        }
        None => ("facets f", "0.0"),
    };
    conditions(f, &mut c);
    let condition = if c.sql.is_empty() { "1" } else { c.sql.as_str() };
    let sql =
        format!("SELECT f.n, f.types, f.statuses, f.countries, f.day, f.outlet, {score} FROM {from} WHERE {condition}");
    (sql, c.values)
}

/// Adds the conditions of a filter on a row `f` of `facets`.
pub(crate) fn conditions(f: &Filter, c: &mut Condition) {
    if f.is_about_events() {
        // The bits and the indexes spare most reports the look at their events.
        let types: i64 = f.types.iter().map(|t| rows::type_bit(*t)).fold(0, |a, b| a | b);
        let statuses: i64 = f.statuses.iter().map(|s| rows::status_bit(*s)).fold(0, |a, b| a | b);
        for (column, bits) in [("types", types), ("statuses", statuses)].into_iter().filter(|(_, bits)| *bits != 0) {
            c.and(&format!("f.{column} & ? <> 0"), [Value::from(bits)]);
        }
        let indexed = f.reports("f.n");
        if !indexed.sql.is_empty() {
            c.and(&indexed.sql, indexed.values);
        }
        if !f.is_told_by_reports() {
            let mut e = f.events();
            e.and("e.level < 2", []);
            c.and(&format!("EXISTS (SELECT 1 FROM events e WHERE e.report = f.n AND {})", e.sql), e.values);
        }
    } else {
        if let Some(d) = f.from {
            c.and("f.day >= ?", [Value::from(d.to_string())]);
        }
        if let Some(d) = f.to {
            c.and("f.day <= ?", [Value::from(d.to_string())]);
        }
    }
    let outlets = f.outlets("f.n");
    if !outlets.sql.is_empty() {
        c.and(&outlets.sql, outlets.values);
    }
}

/// Facets while they are counted.
#[derive(Default)]
struct Counts {
    total: u64,
    types: [u64; 32],
    statuses: [u64; 32],
    countries: BTreeMap<String, u64>,
    outlets: BTreeMap<String, u64>,
    years: BTreeMap<String, u64>,
}

impl Counts {
    fn add(&mut self, r: &Row) -> rusqlite::Result<()> {
        self.total += 1;
        bits(r.get(1)?, &mut self.types);
        bits(r.get(2)?, &mut self.statuses);
        for country in r.get_ref(3)?.as_str()?.split_ascii_whitespace() {
            count(&mut self.countries, country);
        }
        if let Some(year) = r.get_ref(4)?.as_str_or_null()?.and_then(|d| d.get(..d.len().saturating_sub(6))) {
            count(&mut self.years, year);
        }
        if let Some(outlet) = r.get_ref(5)?.as_str_or_null()? {
            count(&mut self.outlets, outlet);
        }
        Ok(())
    }

    fn facets(self) -> Facets {
        let codes = |names: Vec<&str>, n: [u64; 32]| {
            ranked(names.into_iter().zip(n).filter(|(_, n)| *n > 0).map(|(s, n)| (s.to_owned(), n)))
        };
        Facets {
            types: codes(EventType::ALL.iter().map(|t| t.as_str()).collect(), self.types),
            statuses: codes(Status::ALL.iter().map(|s| s.as_str()).collect(), self.statuses),
            countries: ranked(self.countries),
            outlets: ranked(self.outlets),
            years: ranked(self.years),
        }
    }
}

fn bits(mut set: i64, counts: &mut [u64; 32]) {
    while set != 0 {
        counts[set.trailing_zeros() as usize] += 1;
        set &= set - 1;
    }
}

fn count(counts: &mut BTreeMap<String, u64>, key: &str) {
    match counts.get_mut(key) {
        Some(n) => *n += 1,
        None => {
            counts.insert(key.to_owned(), 1);
        }
    }
}

fn ranked(counts: impl IntoIterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list
}

/// Characters of an excerpt, about.
const EXCERPT: usize = 220;

/// The text around the first find behind the headline, on one line; its beginning if nothing of the words stands there as written.
fn excerpt(text: &str, title: &str, words: &[String]) -> String {
    let body = text.trim_start().strip_prefix(title).unwrap_or(text).trim_start();
    // Lower case keeps the number of bytes for nearly all letters; where it does not, the place is a little off.
    let lower = body.to_lowercase();
    let found = words.iter().filter_map(|w| lower.find(w.as_str())).min().unwrap_or(0).min(body.len());
    let before: usize = body[..floor(body, found)].chars().rev().take(EXCERPT / 3).map(char::len_utf8).sum();
    let mut start = floor(body, found) - before;
    if start > 0 {
        start += body[start..].find(char::is_whitespace).unwrap_or(0);
    }
    let rest = &body[start..];
    let end =
        rest.char_indices().nth(EXCERPT).map_or(rest.len(), |(i, _)| rest[..i].rfind(char::is_whitespace).unwrap_or(i));
    let line = rest[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}{line}{}", if start > 0 { "… " } else { "" }, if end < rest.len() { " …" } else { "" })
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_the_find_without_the_headline() {
        let text = "Talks resume\n\nCAIRO — The sides met.\nÉtienne spoke of the hostages on Friday.";
        assert!(excerpt(text, "Talks resume", &["hostages".into()]).contains("spoke of the hostages"));
        assert!(excerpt(text, "Talks resume", &[]).starts_with("CAIRO"));
        let long = "é ".repeat(1000) + "hostages " + &"ü ".repeat(1000);
        let e = excerpt(&long, "", &["hostages".into()]);
        assert!(e.contains("hostages") && e.starts_with('…') && e.ends_with('…') && e.chars().count() < 250);
    }
}
