//! Tests of the store as a whole.

mod batches;
mod copies;

mod opening;
mod sample;
mod searches;
