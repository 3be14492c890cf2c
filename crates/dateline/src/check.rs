//! `dateline check`: whether every row of a store still holds.

use crate::meter::grouped;
use crate::run::RunError;
use crate::store_args::CheckArgs;
use dateline_store::Store;

/// Checks; returns how many things are wrong.
pub(crate) fn check(a: &CheckArgs) -> Result<usize, RunError> {
    let store = Store::open_read_only(&a.store)?;
    let bar = indicatif::ProgressBar::new_spinner();
    let checked = store.check(&mut |n| bar.set_message(format!("{} reports checked", grouped(n))))?;
    bar.finish_and_clear();
    for w in &checked.wrong {
        anstream::eprintln!("dateline: {}: {w}", a.store.display());
    }
    let verdict = if checked.wrong.is_empty() {
        "all evidence stands in its text".to_owned()
    } else {
        format!("{} things wrong; add the sources to a new store, or run `dateline recode`", checked.wrong.len())
    };
    anstream::println!("{} reports, {} rows: {verdict}", grouped(checked.reports), grouped(checked.rows));
    Ok(checked.wrong.len())
}
