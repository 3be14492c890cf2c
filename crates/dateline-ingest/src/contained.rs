//! Steps that work through libraries on outside bytes: a panic in one of them ends the step, not the run.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Has the program's panic hook keep quiet about panics that are caught and told as the error of an item. For the beginning of a
/// program; a library leaves the hook to whoever uses it.
pub fn quiet_told_panics() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if DEPTH.with(Cell::get) == 0 {
            loud(panic);
        }
    }));
}

/// The step's result; nothing if it panicked.
pub(crate) fn contained<T>(step: impl FnOnce() -> T) -> Option<T> {
    DEPTH.with(|d| d.set(d.get() + 1));
    let result = catch_unwind(AssertUnwindSafe(step)).ok();
    DEPTH.with(|d| d.set(d.get() - 1));
    result
}
