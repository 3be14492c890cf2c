//! Folders: their files in order of name.

use super::{Child, Reader, Step, is_aside};
use crate::error::{ErrorKind, Fault};
use crate::locator::Position;
use crate::options::{Folders, Options};
use crate::stream::Input;
use crate::stream::meter::Budget;
use crate::stream::slice::Slice;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
        let file = File::open(path)?;
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
        let mut rest = Vec::new();
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type()?;
            // What a link points at is looked at when its turn comes; a link to a folder could lead in circles.
            let leads_to_folder = kind.is_symlink() && entry.path().is_dir();
            let wanted = if kind.is_dir() {
                options.folders == Folders::Recursive && !is_aside(&format!("{name}/"))
            } else {
                (kind.is_file() || (kind.is_symlink() && !leads_to_folder)) && !is_aside(&name)
            };
            if wanted {
                rest.push((name, entry.path()));
            }
        }
        rest.sort_unstable_by(|a, b| b.cmp(a));
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
