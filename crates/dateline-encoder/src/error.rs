//! What can be wrong with a model file.

use std::fmt;

/// A model file that cannot be used.
#[derive(Debug)]
pub struct ModelError {
    message: String,
}

impl ModelError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        ModelError { message: message.into() }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "model: {}", self.message)
    }
}

impl std::error::Error for ModelError {}
