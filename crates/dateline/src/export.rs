//! `dateline export`: events as a file.

use crate::meter::grouped;
use crate::output::Target;
use crate::run::RunError;
use crate::store_args::ExportArgs;
use dateline_store::{List, Store};

pub(crate) fn export(a: &ExportArgs) -> Result<usize, RunError> {
    let store = Store::open_read_only(&a.store)?;
    let list = if a.mentions { List::Mentions } else { List::Happenings };
    let mut target = Target::open(a.output.as_deref())?;
    match store.export(a.format, list, &a.filter.filter(), target.writer()) {
        Ok(n) => {
            target.finish()?;
            if let Some(path) = &a.output {
                anstream::eprintln!("{} events in {}", grouped(n), path.display());
            }
            Ok(0)
        }
        Err(e) => {
            target.discard();
            Err(e.into())
        }
    }
}
