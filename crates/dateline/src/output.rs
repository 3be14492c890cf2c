//! Bytes to standard output or to a file that appears only when it is whole.

use crate::run::RunError;
use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};

/// Where results go.
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

    /// Whether a person reads along.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self, Target::Standard(s) if s.get_ref().is_terminal())
    }

    /// Writes text that may carry colours; they are left out where nobody sees them or wants them.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), RunError> {
        let coloured = matches!(self, Target::Standard(s) if AutoStream::choice(s.get_ref()) != ColorChoice::Never);
        let plain = (!coloured).then(|| strip_str(text).to_string());
        let bytes = plain.as_deref().unwrap_or(text).as_bytes();
        match self {
            Target::Standard(s) => s.write_all(bytes).and_then(|()| s.flush()).map_err(RunError::Write),
            Target::File { path, file, .. } => file.write_all(bytes).map_err(|e| RunError::Output(path.clone(), e)),
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
