//! Why the store could not do what was asked.

use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, as far as a caller may act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// There is no such file.
    NotFound,
    /// The file is something else.
    NotAStore,
    /// A newer Dateline wrote it.
    Newer,
    /// An older Dateline wrote it, and it was opened for reading only.
    Older,
    /// The file or its folder cannot be written.
    ReadOnly,
    /// Another process is writing.
    Busy,
    /// The disk is full.
    Full,
    /// The file is damaged.
    Damaged,
    /// An export cannot be written.
    Output,
    /// Anything else.
    Other,
}

/// An error of the store: what, where, and the remedy in one message.
#[derive(Debug)]
pub struct StoreError {
    kind: StoreErrorKind,
    place: PathBuf,
    what: String,
    remedy: &'static str,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl StoreError {
    /// What went wrong.
    pub fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    /// Whether whoever read the output has stopped reading.
    pub fn is_broken_pipe(&self) -> bool {
        let io = self.cause.as_ref().and_then(|e| e.downcast_ref::<std::io::Error>());
        io.is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// Whether a query was stopped ([`crate::Stopper`]).
    pub fn is_interrupted(&self) -> bool {
        let sqlite = self.cause.as_ref().and_then(|e| e.downcast_ref::<rusqlite::Error>());
        sqlite.and_then(rusqlite::Error::sqlite_error_code) == Some(rusqlite::ErrorCode::OperationInterrupted)
    }

    pub(crate) fn new(kind: StoreErrorKind, place: &Path, what: impl Into<String>, remedy: &'static str) -> Self {
        StoreError { kind, place: place.to_owned(), what: what.into(), remedy, cause: None }
    }

    /// An output that cannot be written.
    pub(crate) fn output(e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let cause = e.into();
        let what = format!("cannot be written ({cause})");
        let remedy = "check its folder, the rights and the space left";
        let place = PathBuf::from("the export");
        StoreError { kind: StoreErrorKind::Output, place, what, remedy, cause: Some(cause) }
    }

    /// An SQLite error at `place`, in the words of somebody who has not heard of SQLite where that helps.
    pub(crate) fn sqlite(place: &Path, e: rusqlite::Error) -> Self {
        use StoreErrorKind as K;
        use rusqlite::ErrorCode as C;
        let (kind, what, remedy) = match e.sqlite_error_code() {
            Some(C::DatabaseBusy | C::DatabaseLocked) => (
                K::Busy,
                "another process is writing to it".to_owned(),
                "wait until that one has ended, then run again",
            ),
            Some(C::DiskFull) => (
                K::Full,
                "the disk is full; what was not yet committed is not in the store".to_owned(),
                "free space and run again: it goes on where it stopped",
            ),
            Some(C::ReadOnly | C::PermissionDenied) => (
                K::ReadOnly,
                "the file or its folder cannot be written".to_owned(),
                "check the rights or copy the store",
            ),
            Some(C::CannotOpen) => {
                (K::ReadOnly, "cannot be opened".to_owned(), "check that its folder exists and may be written to")
            }
            Some(C::NotADatabase) => (K::NotAStore, "is not a Dateline store".to_owned(), NOT_A_STORE),
            Some(C::DatabaseCorrupt) => {
                (K::Damaged, format!("is damaged ({e})"), "restore a copy, or add the sources to a new store")
            }
            Some(C::SystemIoFailure) => {
                (K::Other, format!("cannot be read or written ({e})"), "check the disk and run again")
            }
            _ => (K::Other, format!("the store failed ({e})"), "run `dateline check` on it"),
        };
        StoreError { kind, place: place.to_owned(), what, remedy, cause: Some(Box::new(e)) }
    }
}

/// Remedy for files that are something else.
pub(crate) const NOT_A_STORE: &str = "name a store made by `dateline add`, or a new file for `dateline add` to make";

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place.display(), self.what, self.remedy)
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|e| &**e as _)
    }
}
