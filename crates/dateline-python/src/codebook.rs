//! The codebook.

use crate::errors;
use dateline_code::codebook::TriggerPos;
use dateline_code::{Coder, Options};
use pyo3::prelude::*;
use std::path::PathBuf;

/// What counts as which event.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Codebook {
    pub(crate) book: dateline_code::Codebook,
}

/// Name, type, mode, weight, triggers and example of a frame.
type Frame = (String, &'static str, Option<String>, f32, Vec<String>, String);

#[pymethods]
impl Codebook {
    /// The codebook of a folder of TOML files; without one, that which ships with Dateline.
    #[new]
    #[pyo3(signature = (folder=None))]
    fn new(py: Python<'_>, folder: Option<PathBuf>) -> PyResult<Self> {
        let read = || match &folder {
            Some(folder) => dateline_code::Codebook::from_folder(folder),
            None => dateline_code::Codebook::embedded(),
        };
        py.detach(read).map(|book| Codebook { book }).map_err(|e| errors::codebook(&e))
    }

    fn frames(&self) -> Vec<Frame> {
        let triggers = |list: &[(TriggerPos, String)]| list.iter().map(|(_, lemma)| lemma.clone()).collect();
        let frame = |f: &dateline_code::codebook::Frame| {
            (f.name.clone(), f.kind.as_str(), f.mode.clone(), f.weight, triggers(&f.triggers), f.example.clone())
        };
        self.book.frames().iter().map(frame).collect()
    }

    /// Frame, example and what differs from what the frame expects, of the frames whose names begin so.
    fn check(&self, py: Python<'_>, begin: &str) -> PyResult<Vec<(String, String, Option<String>)>> {
        py.detach(|| {
            let coder = Coder::with_codebook(Options::default(), self.book.clone()).map_err(|e| errors::coder(&e))?;
            let results = coder.check_examples(|name| name.starts_with(begin));
            Ok(results.into_iter().map(|r| (r.frame, r.example, r.difference)).collect())
        })
    }
}
