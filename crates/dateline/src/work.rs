//! How many threads work.

pub(crate) use dateline_code::in_order;

/// Threads to use when `asked` does not say.
pub(crate) fn threads(asked: Option<std::num::NonZeroUsize>) -> usize {
    asked.or_else(|| std::thread::available_parallelism().ok()).map_or(1, std::num::NonZeroUsize::get)
}
