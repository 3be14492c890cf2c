//! What can go wrong with one item, said once: what, where, remedy.

use std::fmt;
use std::io;

/// The sort of a failure, for callers that treat some of them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file.
    Missing,
    /// The system refuses to open or read it.
    Unreadable,
    /// It is a folder, and folders were not asked for.
    Folder,
    /// There is nothing in it.
    Empty,
    /// It is in no format that is read: a picture, a program, an office document.
    Unsupported,
    /// It breaks the rules of its format.
    Malformed,
    /// It ends in the middle.
    Truncated,
    /// It is longer than the limits allow.
    TooLarge,
    /// It unpacks to far more than its size, or nests too deep.
    Bomb,
    /// No column of a table can be taken as the text, or a named column is absent.
    Columns,
    /// A member of an archive has a name that points out of the archive.
    Unsafe,
    /// A server could not be asked, or answered with an error.
    Network,
    /// The server's robots.txt forbids the fetch.
    Forbidden,
    /// A library underneath failed in a way it should not.
    Defect,
}

/// An item that could not be read as a report. Its message names place, cause and remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IngestError {
    place: String,
    fault: Fault,
}

impl IngestError {
    pub(crate) fn new(place: String, fault: Fault) -> Self {
        Self { place, fault }
    }

    /// The sort of failure.
    pub fn kind(&self) -> ErrorKind {
        self.fault.kind
    }

    /// Source, member and position, as in `archive.zip/may.jsonl line 3`.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for IngestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.fault.what, self.fault.remedy)
    }
}

impl std::error::Error for IngestError {}

/// An [`IngestError`] that does not know yet where it happened. It travels through `io::Error` from inner streams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    pub(crate) what: String,
    pub(crate) remedy: String,
}

impl Fault {
    pub(crate) fn new(kind: ErrorKind, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { kind, what: what.into(), remedy: remedy.into() }
    }

    pub(crate) fn malformed(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(ErrorKind::Malformed, what, remedy)
    }

    pub(crate) fn empty() -> Self {
        Self::new(ErrorKind::Empty, "is empty", "give a file with the report's text")
    }

    pub(crate) fn blank() -> Self {
        Self::new(ErrorKind::Empty, "holds only white space", "give a file with the report's text")
    }

    pub(crate) fn binary() -> Self {
        Self::new(ErrorKind::Unsupported, "is not text", "convert it to plain text first")
    }

    pub(crate) fn too_large(bytes: u64) -> Self {
        let what = format!("{} MB is too large for one report", bytes >> 20);
        Self::new(ErrorKind::TooLarge, what, "split it, one report a file or a line of a .jsonl file")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.remedy)
    }
}

impl std::error::Error for Fault {}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        io::Error::other(fault)
    }
}

impl From<io::Error> for Fault {
    fn from(e: io::Error) -> Self {
        if let Some(inner) = e.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
            return inner.clone();
        }
        match e.kind() {
            io::ErrorKind::NotFound => Fault::new(ErrorKind::Missing, "no such file", "check the name"),
            io::ErrorKind::UnexpectedEof => Fault::new(
                ErrorKind::Truncated,
                "ends in the middle of its data",
                "get it anew; what came before was read",
            ),
            // Decompressors report damage as one of these.
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                Fault::malformed(format!("its data are damaged ({e})"), "get it anew; what came before was read")
            }
            _ => Fault::new(ErrorKind::Unreadable, e.to_string(), "check the file's rights"),
        }
    }
}
