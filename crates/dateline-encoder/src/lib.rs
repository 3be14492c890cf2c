//! A small int8 transformer encoder with several heads, on one CPU core.
//!
//! The file format is described in `model/FORMAT.md`. Weights and activations are multiplied as bytes into exact integers; all
//! float arithmetic has one source and one order, so every kernel and every batch gives the same bits.

mod encoder;
mod error;
mod kernel;
mod model;
mod shape;
mod wordpiece;

pub use encoder::{ArcScores, Before, Encoder, EventHeads, MAX_PIECES, Window, Word, largest};
pub use error::ModelError;
pub use kernel::{KERNEL_VARIABLE, Kernel};
pub use model::{Labels, Model};
