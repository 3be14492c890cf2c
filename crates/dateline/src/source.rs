//! A source of `add`, and how far an earlier run came with it.

use crate::run::RunError;
use dateline_ingest::{Folders, Locator, Options, Reports};
use dateline_store::{Progress, Store};
use std::ffi::OsStr;

pub(crate) struct Source {
    what: dateline_ingest::Source,
    /// The same whatever folder the program runs in.
    pub(crate) name: String,
    /// Bytes of its files.
    pub(crate) bytes: u64,
    /// What changes when the source does; none if it cannot be told, as of standard input.
    stamp: Option<String>,
    /// How far an earlier run came with the source as it is.
    pub(crate) before: Option<Progress>,
}

impl Source {
    pub(crate) fn find(argument: &OsStr, folders: Folders, store: &Store) -> Result<Self, RunError> {
        let what = dateline_ingest::Source::parse(argument);
        let whole = match &what {
            dateline_ingest::Source::Path(p) => p.canonicalize().ok(),
            _ => None,
        };
        let name = whole.map_or_else(|| what.name(), |p| p.display().to_string());
        let extent = what.extent(folders);
        let bytes = extent.as_ref().map_or(0, |e| e.bytes);
        let stamp = extent.map(|e| e.stamp);
        let before = store.progress(&name)?.filter(|p| Some(&p.stamp) == stamp.as_ref());
        Ok(Source { what, name, bytes, stamp, before })
    }

    pub(crate) fn ingest(&self) -> &dateline_ingest::Source {
        &self.what
    }

    /// Its reports, behind those that an earlier run took.
    pub(crate) fn reports(&self, options: &Options) -> Reports {
        let reports = dateline_ingest::read(&self.what, options);
        let stopped = self.before.as_ref().and_then(|p| serde_json::from_str::<Locator>(&p.position).ok());
        match stopped {
            // The source may go by another path now.
            Some(at) => reports.after(&Locator { source: self.what.name(), ..at }),
            None => reports,
        }
    }

    /// How far it is read, for the run after one that is broken off. What has no stamp is always read from its beginning.
    pub(crate) fn progress(&self, items: u64, at: Option<&Locator>, done: bool) -> Option<Progress> {
        let stamp = self.stamp.clone()?;
        let before = || self.before.as_ref().map(|p| p.position.clone()).unwrap_or_default();
        let position = at.and_then(|l| serde_json::to_string(l).ok()).unwrap_or_else(before);
        Some(Progress { source: self.name.clone(), stamp, items, position, done })
    }
}
