//! What may be read.

use crate::formats::folder;
use crate::options::Folders;
use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Something that holds reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file or folder.
    Path(PathBuf),
    /// Standard input.
    Standard,
    /// A feed or list of feeds on the web.
    Url(String),
    /// Bytes at hand, with a name whose extension may tell their format.
    Bytes {
        /// Name in messages and locators.
        name: String,
        /// The content.
        bytes: Arc<[u8]>,
    },
}

impl Source {
    /// Reads an argument of a command line: `-`, an `http(s)://` address, or a path.
    ///
    /// ```
    /// use dateline_ingest::Source;
    /// assert_eq!(Source::parse("-"), Source::Standard);
    /// assert_eq!(Source::parse("https://example.org/rss"), Source::Url("https://example.org/rss".into()));
    /// assert_eq!(Source::parse("talks.txt"), Source::Path("talks.txt".into()));
    /// ```
    pub fn parse(argument: impl AsRef<OsStr>) -> Self {
        let argument = argument.as_ref();
        let text = argument.to_string_lossy();
        if argument == "-" {
            Source::Standard
        } else if text.starts_with("http://") || text.starts_with("https://") {
            Source::Url(text.into_owned())
        } else {
            Source::Path(Path::new(argument).to_owned())
        }
    }

    /// Its name in messages and locators.
    pub fn name(&self) -> String {
        match self {
            Source::Path(p) => p.display().to_string(),
            Source::Standard => "standard input".to_owned(),
            Source::Url(url) => url.clone(),
            Source::Bytes { name, .. } => name.clone(),
        }
    }
    /// How large it is and when it changed. None of what cannot be looked at before it is read: standard input, the web, a pipe.
    pub fn extent(&self, folders: Folders) -> Option<Extent> {
        match self {
            Source::Path(path) => {
                let files = folder::files(path, folders);
                let mut hash = DefaultHasher::new();
                let mut bytes = 0;
                for (name, meta) in &files {
                    bytes += meta.len();
                    (name, meta.len(), meta.modified().ok()).hash(&mut hash);
                }
                let stamp = format!("{} files, {bytes} bytes, {:016x}", files.len(), hash.finish());
                (!files.is_empty()).then_some(Extent { bytes, stamp })
            }
            Source::Bytes { bytes, .. } => {
                let mut hash = DefaultHasher::new();
                bytes.hash(&mut hash);
                Some(Extent { bytes: bytes.len() as u64, stamp: format!("{:016x}", hash.finish()) })
            }
            Source::Standard | Source::Url(_) => None,
        }
    }
}

/// What can be known of a source before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Bytes of its files, packed as they are.
    pub bytes: u64,
    /// The same as long as its files keep their names, sizes and times.
    pub stamp: String,
}
