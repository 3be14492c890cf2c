//! Tests of the store as a whole.

mod batches;
mod copies;
mod exports;
mod opening;
mod reviews;
mod sample;
mod searches;
mod watches;
