//! `dateline watch`: searches that are kept and keep up.

use crate::add::stamp;
use crate::dossier::{cuttings, question};
use crate::meter::grouped;
use crate::output::Target;
use crate::run::RunError;
use crate::store_args::{NewsArgs, WatchAddArgs, WatchCommand};
use crate::text::{BOLD, DIM, paragraph};
use dateline_report::Date;
use dateline_store::{Filter, Look, Noticed, Store, Watch};
use dateline_story::{Dossier, cited};
use std::fmt::Write;
use std::path::Path;

pub(crate) fn watch(command: &WatchCommand) -> Result<usize, RunError> {
    match command {
        WatchCommand::Add(a) => add(a)?,
        WatchCommand::List { store } => list(&Store::open_read_only(store)?)?,
        WatchCommand::Remove { store, name } => {
            Store::open(store)?.remove_watch(name)?;
            anstream::println!("{name}: no longer watched");
        }
        WatchCommand::Update { store, name } => update(store, name.as_deref())?,
        WatchCommand::News(a) => news(a)?,
    }
    Ok(0)
}

fn add(a: &WatchAddArgs) -> Result<(), RunError> {
    let mut store = Store::open(&a.store)?;
    let n = store.add_watch(&a.name, &a.query.join(" "), &a.filter.filter(), &stamp().at)?;
    anstream::println!("{}: {} reports; dateline dossier {} {:?}", a.name, grouped(n), a.store.display(), a.name);
    Ok(())
}

fn list(store: &Store) -> Result<(), RunError> {
    let watches = store.watches()?;
    if watches.is_empty() {
        anstream::println!("no watches yet: dateline watch add {} NAME QUERY", store.path().display());
    }
    for w in watches {
        anstream::println!(
            "{BOLD}{}{BOLD:#}  {}  {DIM}{} reports, since {}{DIM:#}",
            w.name,
            looks_for(&w),
            grouped(w.reports),
            w.made
        );
    }
    Ok(())
}

/// What a watch looks for, in words as they are typed.
fn looks_for(w: &Watch) -> String {
    let mut parts = vec![if w.query.is_empty() { "all reports".to_owned() } else { w.query.clone() }];
    if w.filter != Filter::default() {
        let f = &w.filter;
        let codes = |list: Vec<String>| list.join(",");
        let mut option = |name: &str, value: String| {
            if !value.is_empty() {
                parts.push(format!("--{name} {value}"));
            }
        };
        option("type", codes(f.types.iter().map(ToString::to_string).collect()));
        option("status", codes(f.statuses.iter().map(ToString::to_string).collect()));
        option("country", codes(f.countries.clone()));
        option("actor", f.actors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" --actor "));
        option("dyad", f.dyads.iter().map(ToString::to_string).collect::<Vec<_>>().join(" --dyad "));
        option("place", f.places.join(" --place "));
        option("outlet", f.outlets.join(" --outlet "));
        option("from", f.from.map_or(String::new(), |d| d.to_string()));
        option("to", f.to.map_or(String::new(), |d| d.to_string()));
        option("min-confidence", f.confidence.map_or(String::new(), |c| c.to_string()));
    }
    parts.join(" ")
}

fn update(store: &Path, name: Option<&str>) -> Result<(), RunError> {
    let mut store = Store::open(store)?;
    let at = stamp().at;
    let noticed = match name {
        Some(name) => vec![store.update_watch(name, Look::All, &at)?],
        None => store.update_watches(Look::All, &at)?,
    };
    for n in &noticed {
        anstream::println!("{}", told(n));
    }
    Ok(())
}

/// Brings the watches up to date after reports came or were coded anew, and says what they found.
pub(crate) fn keep_up(store: &mut Store, look: Look) -> Result<(), RunError> {
    for n in store.update_watches(look, &stamp().at)?.iter().filter(|n| n.new + n.gone > 0) {
        anstream::println!("watch {}", told(n));
    }
    Ok(())
}

fn told(n: &Noticed) -> String {
    let gone = if n.gone > 0 { format!(", {} no longer", grouped(n.gone)) } else { String::new() };
    format!("{}: {} new reports{gone}", n.watch, grouped(n.new))
}

fn news(a: &NewsArgs) -> Result<(), RunError> {
    let store = Store::open_read_only(&a.store)?;
    let made = store.watch(&a.name)?.made;
    let cuttings = cuttings(&store, &a.name)?;
    let last = cuttings.iter().filter_map(dateline_story::Cutting::published).max();
    let since = a.since.or_else(|| last.and_then(|d: Date| d.checked_sub(jiff::Span::new().days(7)).ok()));
    let Some(since) = since else {
        anstream::println!("{}: no report with a known day yet; --since DATE tells from when on", a.name);
        return Ok(());
    };
    // What was published before may have come after: it is news too, unless it was there when the watch was made.
    let mut new = Vec::new();
    store.each_watched(&a.name, &mut |w| {
        let came = w.noticed > made && w.noticed.get(..10).is_some_and(|d| *d >= *since.to_string());
        let r = w.record.report;
        if came || r.published.is_some_and(|d| d >= since) {
            new.push((r.published, r.title, r.id, w.outlets));
        }
        Ok(())
    })?;
    let mut o = String::new();
    let _ = writeln!(o, "{BOLD}{}{BOLD:#}  {DIM}{} reports since {since}{DIM:#}\n", a.name, grouped(new.len() as u64));
    for s in Dossier::of(&cuttings, &question(&store, &a.name, Some(since))?).news.iter().flat_map(|n| &n.statements) {
        paragraph(&mut o, "  ", &s.text);
        for e in s.evidence.iter().take(1) {
            let _ = write!(o, "{DIM}");
            paragraph(&mut o, "      ", &cited(e));
            let _ = write!(o, "{DIM:#}");
        }
    }
    o.push('\n');
    for (day, title, id, outlets) in new {
        let day = day.map_or("no date".to_owned(), |d| d.to_string());
        let title = title.unwrap_or_else(|| "(no headline)".to_owned());
        let outlets = if outlets.is_empty() { String::new() } else { format!(" · {}", outlets.join(", ")) };
        paragraph(&mut o, "  ", &format!("{day} · {title}{outlets} · id {id}"));
    }
    let mut target = Target::open(None)?;
    target.text(&o)?;
    target.finish()
}
