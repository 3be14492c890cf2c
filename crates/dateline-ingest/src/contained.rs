//! Steps that work through libraries on outside bytes: a panic in one of them ends the step, not the run.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Whether this thread is inside a step whose panics are caught and told as an error of the item, so that a program's panic hook
/// can keep quiet about them:
///
/// ```
/// let default = std::panic::take_hook();
/// std::panic::set_hook(Box::new(move |panic| if !dateline_ingest::panics_are_told() { default(panic) }));
/// ```
pub fn panics_are_told() -> bool {
    DEPTH.with(Cell::get) > 0
}

/// The step's result; nothing if it panicked.
pub(crate) fn contained<T>(step: impl FnOnce() -> T) -> Option<T> {
    DEPTH.with(|d| d.set(d.get() + 1));
    let result = catch_unwind(AssertUnwindSafe(step)).ok();
    DEPTH.with(|d| d.set(d.get() - 1));
    result
}
