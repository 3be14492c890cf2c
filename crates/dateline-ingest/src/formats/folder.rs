//! Folders: their files in order of name.

use super::{Child, Reader, Step, is_aside};
use crate::error::{ErrorKind, Fault};
use crate::locator::Position;
use crate::options::{Folders, Options};
use crate::stream::Input;
use crate::stream::meter::Budget;
use crate::stream::slice::Slice;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) struct Folder {
    options: Arc<Options>,
    /// What is to come, the next one last.
    rest: Vec<(String, PathBuf)>,
    empty: bool,
}

impl Folder {
    /// The reader of a path: a folder, a regular file, or a device or pipe.
    pub(crate) fn open_path(path: &Path, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
        let meta = std::fs::metadata(path)?;
        if meta.is_dir() {
            return Ok(Box::new(Self::open(path, options)?));
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let budget = Budget::new(options.limits);
        let file = Tallied { file: File::open(path)?, tally: options.progress.clone() };
        let input = if meta.is_file() {
            Input::random(name, Slice::new(file)?, budget)
        } else {
            Input::stream(name, Box::new(file), budget)
        };
        super::open(input, options)
    }

    fn open(path: &Path, options: &Arc<Options>) -> Result<Self, Fault> {
        if options.folders == Folders::Refuse {
            let shown = path.display().to_string();
            let remedy =
                format!("name its files, as in {}/*.txt, or ask for folders to be read", shown.trim_end_matches('/'));
            return Err(Fault::new(ErrorKind::Folder, "is a folder", remedy));
        }
        let mut rest = entries(path, options.folders)?;
        rest.reverse();
        let empty = rest.is_empty();
        Ok(Self { options: Arc::clone(options), rest, empty })
    }
}

impl Reader for Folder {
    fn next(&mut self) -> Option<Step> {
        if std::mem::take(&mut self.empty) {
            let fault =
                Fault::new(ErrorKind::Empty, "is a folder without files to read", "name one that holds reports");
            return Some(Step::Found(Position::Whole, Err(fault)));
        }
        let (name, path) = self.rest.pop()?;
        let options = Arc::clone(&self.options);
        Some(Step::Child(Child { name, open: Box::new(move || Folder::open_path(&path, &options)) }))
    }
}

/// Names and paths of what is read of a folder, in order of name.
fn entries(path: &Path, folders: Folders) -> io::Result<Vec<(String, PathBuf)>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        // What a link points at is looked at when its turn comes; a link to a folder could lead in circles.
        let leads_to_folder = kind.is_symlink() && entry.path().is_dir();
        let wanted = if kind.is_dir() {
            folders == Folders::Recursive && !is_aside(&format!("{name}/"))
        } else {
            (kind.is_file() || (kind.is_symlink() && !leads_to_folder)) && !is_aside(&name)
        };
        if wanted {
            out.push((name, entry.path()));
        }
    }
    out.sort_unstable();
    Ok(out)
}

/// The regular files that would be read of a path, in order, with what the system says of them. What cannot be looked at is left out.
pub(crate) fn files(path: &Path, folders: Folders) -> Vec<(PathBuf, std::fs::Metadata)> {
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() && folders != Folders::Refuse => {
            entries(path, folders).unwrap_or_default().into_iter().flat_map(|(_, p)| files(&p, folders)).collect()
        }
        Ok(meta) if meta.is_file() => vec![(path.to_owned(), meta)],
        _ => Vec::new(),
    }
}

/// A file that tells how much of it was read.
struct Tallied {
    file: File,
    tally: Option<Arc<AtomicU64>>,
}

impl Read for Tallied {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buf)?;
        if let Some(tally) = &self.tally {
            tally.fetch_add(n as u64, Ordering::Relaxed);
        }
        Ok(n)
    }
}

impl Seek for Tallied {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
