//! `dateline counts`: events by time, type and who.

use crate::output::Target;
use crate::run::RunError;
use crate::store_args::{By, CountsArgs, Period};
use dateline_code::Coder;
use dateline_report::EventType;
use dateline_store::{Count, List, Store};

pub(crate) fn counts(a: &CountsArgs) -> Result<usize, RunError> {
    let store = Store::open_read_only(&a.store)?;
    let coder = Coder::embedded().map_err(RunError::Coder)?;
    let goldstein = |kind: &str, mode: Option<&str>| {
        let kind: EventType = kind.parse().ok()?;
        coder.ontology().code(kind, mode).and_then(|c| c.goldstein)
    };
    let list = if a.mentions { List::Mentions } else { List::Happenings };
    let period = match a.period {
        Period::Day => dateline_store::Period::Day,
        Period::Week => dateline_store::Period::Week,
        Period::Month => dateline_store::Period::Month,
        Period::Year => dateline_store::Period::Year,
    };
    let by = match a.by {
        None => dateline_store::By::Nothing,
        Some(By::Country) => dateline_store::By::Country,
        Some(By::Dyad) => dateline_store::By::Dyad,
    };
    let rows: Vec<[String; 7]> =
        store.counts(list, &a.filter.filter(), period, by, &goldstein)?.iter().map(|c| fields(c, a.csv)).collect();
    let key = match a.by {
        None => "",
        Some(By::Country) => "country",
        Some(By::Dyad) => "dyad",
    };
    let header = ["period", "type", key, "events", "intensity", "goldstein", "share"];
    // A column that was not asked for is left out.
    let shown: Vec<usize> = (0..header.len()).filter(|i| !header[*i].is_empty()).collect();
    let mut target = Target::open(None)?;
    let out = target.writer();
    if a.csv {
        for row in std::iter::once(&header.map(str::to_owned)).chain(&rows) {
            let line: Vec<String> = shown.iter().map(|&i| quoted(&row[i])).collect();
            writeln!(out, "{}", line.join(","))?;
        }
    } else {
        let width = |i: usize| rows.iter().map(|r| r[i].chars().count()).chain([header[i].len()]).max().unwrap_or(0);
        let widths: Vec<usize> = (0..header.len()).map(width).collect();
        for row in std::iter::once(&header.map(str::to_owned)).chain(&rows) {
            let cell = |&i: &usize| {
                if i < 3 { format!("{:<1$}", row[i], widths[i]) } else { format!("{:>1$}", row[i], widths[i]) }
            };
            writeln!(out, "{}", shown.iter().map(cell).collect::<Vec<_>>().join("  ").trim_end())?;
        }
    }
    target.finish()?;
    Ok(0)
}

/// The fields of a row; what is unknown is empty in CSV and a dash in a table.
fn fields(c: &Count, csv: bool) -> [String; 7] {
    let text = |s: &str| if s.is_empty() && !csv { "-".to_owned() } else { s.to_owned() };
    let number =
        |x: Option<f64>| text(&x.map(|x| if csv { x.to_string() } else { format!("{x:.1}") }).unwrap_or_default());
    [
        text(&c.period),
        c.kind.clone(),
        text(&c.key),
        c.events.to_string(),
        number(c.intensity),
        number(c.goldstein),
        if csv { format!("{:.6}", c.share) } else { format!("{:.1}%", c.share * 100.0) },
    ]
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}
