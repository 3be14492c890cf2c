//! How phrases resolve, and what the tables know.

use crate::args::{ActorsArgs, KnowledgeCommand};
use crate::output::Target;
use crate::run::RunError;
use dateline_code::{Coder, Knowledge, Resolved};
use dateline_report::Report;
use std::fmt::Write;
use std::path::Path;

/// A coder's knowledge with a user's own entities.
pub(crate) fn with_entities(coder: Coder, file: Option<&Path>) -> Result<Coder, RunError> {
    let Some(path) = file else { return Ok(coder) };
    let table = std::fs::read_to_string(path)
        .map_err(|e| RunError::Entities(format!("{}: cannot be read ({e})", path.display())))?;
    let knowledge = Knowledge::with_entities(&table)
        .map_err(|e| RunError::Entities(format!("{}:{}:{}: {e}", path.display(), e.line, e.column)))?;
    Ok(coder.with_knowledge(knowledge))
}

/// Shows how the phrases of a text resolve, and why.
pub(crate) fn actors(a: &ActorsArgs) -> Result<usize, RunError> {
    let coder = with_entities(Coder::embedded().map_err(RunError::Coder)?, a.entities.as_deref())?;
    let report = Report { published: a.published, ..Report::from_text(a.text.clone()) };
    let found = coder.session().actors(&report, a.country.as_deref());
    let mut out = Target::open(None)?;
    if found.is_empty() {
        out.text("No actor: no name, office, people or role that the tables know.\n")?;
    }
    for r in &found {
        out.text(&shown(r))?;
    }
    out.finish()?;
    Ok(0)
}

fn shown(r: &Resolved) -> String {
    let x = &r.actor;
    let or_none = |s: &Option<String>| s.as_deref().unwrap_or("-").to_owned();
    let mut o = format!("{}\n    {} {}", x.text, or_none(&x.country), or_none(&x.sector));
    for (what, value) in [("name", &x.name), ("role", &x.role), ("id", &x.id)] {
        if let Some(v) = value {
            let _ = write!(o, ", {what} {v}");
        }
    }
    o.push_str(if x.person { ", one person\n" } else { "\n" });
    for why in &r.why {
        let _ = writeln!(o, "    {why}");
    }
    o
}

/// What the tables know.
pub(crate) fn knowledge(c: &KnowledgeCommand) -> Result<usize, RunError> {
    let KnowledgeCommand::Coverage { country } = c;
    let inventory = Knowledge::embedded().inventory();
    let mut out = Target::open(None)?;
    let decades: Vec<i16> = (1950..=2020).step_by(10).collect();
    let mut head = String::new();
    for d in &decades {
        let _ = write!(head, "{:>8}", format!("{d}s"));
    }
    out.text(&format!(
        "{} people, groups, institutions and provinces, {} of them with dates\n\n{:8}{:>8}{:>8}{:>14}{:>11}{}\n",
        inventory.rows, inventory.dated, "country", "people", "groups", "institutions", "provinces", head
    ))?;
    let asked = |code: &String| country.as_ref().is_none_or(|c| c.eq_ignore_ascii_case(code));
    for (code, c) in inventory.countries.iter().filter(|(code, _)| asked(code)) {
        let mut line = format!("{code:8}{:>8}{:>8}{:>14}{:>11}", c.people, c.groups, c.institutions, c.provinces);
        for d in &decades {
            let _ = write!(line, "{:>8}", c.decades.get(d).copied().unwrap_or_default());
        }
        out.text(&(line + "\n"))?;
    }
    out.text("\nrows by source\n")?;
    for (source, n) in &inventory.sources {
        out.text(&format!("{n:8}  {source}\n"))?;
    }
    out.finish()?;
    Ok(0)
}
