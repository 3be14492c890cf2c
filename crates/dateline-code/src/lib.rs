//! The coder: from an annotated report to its record.

pub mod tree;
