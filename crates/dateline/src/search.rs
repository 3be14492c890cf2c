//! `dateline search`: reports by words and events.

use crate::meter::grouped;
use crate::output::Target;
use crate::run::RunError;
use crate::store_args::{SearchArgs, Sort};
use dateline_store::{Found, Hit, Order, Query, Search, Store};
use serde_json::{Map, Value, json};

/// Columns of a line.
const WIDTH: usize = 100;

/// Values shown of a facet at most.
const FACET: usize = 8;

pub(crate) fn search(a: &SearchArgs) -> Result<usize, RunError> {
    let words = a.query.join(" ");
    let query: Option<Query> =
        if words.trim().is_empty() { None } else { Some(words.parse().map_err(RunError::Query)?) };
    let order = match a.sort {
        Some(Sort::Newest) => Order::Newest,
        Some(Sort::Best) => Order::Relevance,
        None if query.is_some() => Order::Relevance,
        None => Order::Newest,
    };
    let store = Store::open_read_only(&a.store)?;
    let search = Search { query, filter: a.filter.filter(), order, limit: a.limit, skip: a.skip };
    let found = store.search(&search)?;
    let mut target = Target::open(None)?;
    let out = target.writer();
    if a.json {
        writeln!(out, "{}", json(&found))?;
    } else {
        write!(out, "{}", text(&found, a.skip))?;
    }
    target.finish()?;
    Ok(0)
}

fn text(found: &Found, skip: usize) -> String {
    let wrap = |line: &str, indent: &str| {
        textwrap::fill(line, textwrap::Options::new(WIDTH).initial_indent(indent).subsequent_indent(indent)) + "\n"
    };
    let mut out = String::new();
    for (i, h) in found.hits.iter().enumerate() {
        out += &wrap(&format!("{}. {}", skip + i + 1, h.title.as_deref().unwrap_or("(no headline)")), "");
        out += &wrap(&place(h), "   ");
        out += &wrap(&h.excerpt, "   ");
        out.push('\n');
    }
    let next = skip + found.hits.len();
    let more = if found.total > next as u64 { format!("; the next with --skip {next}") } else { String::new() };
    out += &wrap(&format!("{} reports found{more}", grouped(found.total)), "");
    for (name, list) in facets(found) {
        if !list.is_empty() {
            let shown: Vec<_> = list.iter().take(FACET).map(|(value, n)| format!("{value} {}", grouped(*n))).collect();
            let more = if list.len() > FACET { format!(", {} more", list.len() - FACET) } else { String::new() };
            out += &wrap(&format!("{name}: {}{more}", shown.join(", ")), "  ");
        }
    }
    out
}

/// Day, outlets, copies and id of a hit.
fn place(h: &Hit) -> String {
    let mut parts = vec![h.published.clone().unwrap_or_else(|| "no date".to_owned())];
    if !h.outlets.is_empty() {
        parts.push(h.outlets.join(", "));
    }
    match h.copies {
        0 => {}
        1 => parts.push("1 copy".to_owned()),
        n => parts.push(format!("{n} copies")),
    }
    parts.push(format!("id {}", h.id));
    parts.join(" · ")
}

type Facet<'f> = (&'static str, &'f [(String, u64)]);

fn facets(found: &Found) -> [Facet<'_>; 5] {
    let f = &found.facets;
    [
        ("types", &f.types),
        ("statuses", &f.statuses),
        ("countries", &f.countries),
        ("outlets", &f.outlets),
        ("years", &f.years),
    ]
}

fn json(found: &Found) -> Value {
    let hit = |h: &Hit| {
        json!({
            "id": h.id, "title": h.title, "published": h.published, "outlets": h.outlets, "url": h.url, "copies": h.copies,
            "excerpt": h.excerpt,
        })
    };
    let facets: Map<String, Value> = facets(found)
        .into_iter()
        .map(|(name, list)| (name.to_owned(), list.iter().map(|(v, n)| json!({ "value": v, "reports": n })).collect()))
        .collect();
    json!({ "total": found.total, "hits": found.hits.iter().map(hit).collect::<Vec<_>>(), "facets": facets })
}
