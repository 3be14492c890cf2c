//! `dateline stats`: what is in a store.

use crate::meter::grouped;
use crate::run::RunError;
use crate::store_args::StatsArgs;
use dateline_store::{Stats, Store};
use serde_json::{Map, Value, json};

pub(crate) fn stats(a: &StatsArgs) -> Result<usize, RunError> {
    let store = Store::open_read_only(&a.store)?;
    if a.failures {
        return failures(&store);
    }
    let s = store.stats()?;
    if a.json {
        anstream::println!("{}", json(&s));
        return Ok(0);
    }
    let pairs = |list: &[(String, u64)]| {
        list.iter().map(|(name, n)| format!("{name} {}", grouped(*n))).collect::<Vec<_>>().join(", ")
    };
    let days = s.days.as_ref().map_or_else(|| "unknown".to_owned(), |(a, b)| format!("{a} to {b}"));
    let sizes: Vec<_> = s.tables.iter().map(|(t, n)| format!("{t} {:.1} MB", mega(*n))).collect();
    for (name, value) in [
        ("reports", pairs(&s.reports)),
        ("published", days),
        ("words", grouped(s.words)),
        ("events", format!("{} in {} mentions", grouped(s.happenings), grouped(s.mentions))),
        ("types", pairs(&s.types)),
        ("figures", grouped(s.figures)),
        ("positions", grouped(s.positions)),
        ("assessments", grouped(s.assessments)),
        ("talks", format!("{} reports", grouped(s.talks))),
        ("sources", format!("{} read to their end, {} items failed", grouped(s.inputs), grouped(s.failures))),
        ("revisions", grouped(s.revisions)),
        ("size", format!("{:.1} MB: {}", mega(s.bytes), sizes.join(", "))),
    ] {
        anstream::println!("{name:<12} {value}");
    }
    Ok(0)
}

/// The table of what could not be read.
fn failures(store: &Store) -> Result<usize, RunError> {
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    let written = |e: csv::Error| RunError::Write(e.into());
    out.write_record(["source", "place", "reason"]).map_err(written)?;
    for f in store.failures(None)? {
        out.write_record([f.source, f.locator, f.message]).map_err(written)?;
    }
    out.flush().map_err(RunError::Write)?;
    Ok(0)
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn json(s: &Stats) -> Value {
    let pairs = |list: &[(String, u64)]| list.iter().map(|(k, n)| (k.clone(), json!(n))).collect::<Map<_, _>>();
    json!({
        "reports": pairs(&s.reports),
        "published": s.days.as_ref().map(|(from, to)| json!([from, to])),
        "words": s.words,
        "events": s.happenings,
        "mentions": s.mentions,
        "types": pairs(&s.types),
        "figures": s.figures,
        "positions": s.positions,
        "assessments": s.assessments,
        "talks": s.talks,
        "sources": s.inputs,
        "failures": s.failures,
        "revisions": s.revisions,
        "bytes": s.bytes,
        "tables": pairs(&s.tables),
    })
}
