//! What a caller may choose.

use crate::columns::Columns;
use crate::formats::Format;
#[cfg(feature = "web")]
use crate::web::Web;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// How sources are read. The default reads everything there is, offline.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which columns of a table hold what.
    pub columns: Columns,
    /// Outlet of reports whose source names none.
    pub outlet: Option<String>,
    /// Format of files whose name or first bytes do not settle it; what is compressed or an archive is unpacked all the same.
    pub format: Option<Format>,
    /// What to do with folders.
    pub folders: Folders,
    /// How much is too much.
    pub limits: Limits,
    /// Grows by the bytes that are read from files, packed as they are: for a progress bar beside [`crate::Source::extent`].
    pub progress: Option<Arc<AtomicU64>>,
    /// Access to the network; none means that feeds by URL are refused.
    #[cfg(feature = "web")]
    pub web: Option<Web>,
}

/// What to do with a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Folders {
    /// An error says that it is one.
    Refuse,
    /// Its files are read, its subfolders passed over.
    Flat,
    /// Its files and those of all subfolders are read, in order of name. Links to folders are not followed.
    #[default]
    Recursive,
}

/// Sizes beyond which an item is refused, so that no input can exhaust memory. All in bytes unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// One document or record as it is stored: a page, a JSON object, a line, a row, a feed.
    pub item: u64,
    /// The text of one report. What is longer is a collection, and its parts would be read as one story.
    pub report: usize,
    /// Unpacked bytes for one packed byte, from 16 MB on.
    pub unpacked_ratio: u64,
    /// Unpacked bytes of one file, over all layers.
    pub unpacked_total: u64,
    /// Archives and compressions inside one another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { item: 16 << 20, report: 4 << 20, unpacked_ratio: 200, unpacked_total: 64 << 30, depth: 8 }
    }
}
