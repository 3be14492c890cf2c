//! Bytes to standard output or to a file that appears only when it is whole.

use crate::run::RunError;
use std::fs::File;
use std::io::{BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

/// Where an export goes.
pub(crate) enum Target {
    Standard(BufWriter<Stdout>),
    File { path: PathBuf, part: PathBuf, file: BufWriter<File> },
}

impl Target {
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, RunError> {
        let Some(path) = path else { return Ok(Target::Standard(BufWriter::new(std::io::stdout()))) };
        let mut part = path.to_owned().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|e| RunError::Output(path.to_owned(), e))?;
        Ok(Target::File { path: path.to_owned(), part, file: BufWriter::with_capacity(1 << 18, file) })
    }

    pub(crate) fn writer(&mut self) -> &mut (dyn Write + Send) {
        match self {
            Target::Standard(s) => s,
            Target::File { file, .. } => file,
        }
    }

    /// Gives the file its name.
    pub(crate) fn finish(mut self) -> Result<(), RunError> {
        match &mut self {
            Target::Standard(s) => Ok(s.flush()?),
            Target::File { path, part, file } => file
                .flush()
                .and_then(|()| file.get_ref().sync_all())
                .and_then(|()| std::fs::rename(&*part, &*path))
                .map_err(|e| RunError::Output(path.clone(), e)),
        }
    }

    /// Takes the unfinished file away.
    pub(crate) fn discard(self) {
        if let Target::File { part, .. } = self {
            // The error that led here is the one to tell.
            let _ = std::fs::remove_file(part);
        }
    }
}
