//! Errors as Python sees them: one tree, kept in `dateline/errors.py`.

use dateline_code::{CodebookError as BookError, CoderError};
use dateline_ingest::IngestError;
use dateline_store::{QueryError as WordsError, StoreError as ArchiveError};
use pyo3::{PyErr, import_exception};
use std::fmt::Display;

import_exception!(dateline.errors, CodebookError);
import_exception!(dateline.errors, InputError);
import_exception!(dateline.errors, QueryError);
import_exception!(dateline.errors, StoreError);

pub(crate) fn coder(e: &CoderError) -> PyErr {
    CodebookError::new_err(e.to_string())
}

pub(crate) fn codebook(e: &BookError) -> PyErr {
    CodebookError::new_err(e.to_string())
}

pub(crate) fn ingest(e: &IngestError) -> PyErr {
    InputError::new_err(e.to_string())
}

pub(crate) fn query(e: &WordsError) -> PyErr {
    QueryError::new_err(e.to_string())
}

pub(crate) fn store(e: &ArchiveError) -> PyErr {
    StoreError::new_err(e.to_string())
}

/// An argument that is not what it should be, with what it should be.
pub(crate) fn argument(name: &str, given: impl Display, wanted: impl Display) -> PyErr {
    InputError::new_err(format!("{name}: \"{given}\" is not {wanted}"))
}
