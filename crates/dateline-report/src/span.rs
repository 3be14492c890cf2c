//! Byte ranges of a report's text.

use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 bytes of [`crate::Report::text`]: `text[start..end]` is the evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`. `start <= end` is the caller's promise, checked in debug builds.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words the span points at; `None` if it leaves the text or cuts a character.
    pub fn text(self, of: &str) -> Option<&str> {
        of.get(self.start..self.end)
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether at least one byte is shared.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(r: std::ops::Range<usize>) -> Self {
        Span::new(r.start, r.end)
    }
}

/// Words of the report with their place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The words exactly as they stand in the text.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

impl Phrase {
    /// The phrase at `span` of `text`. Empty if the span is not inside the text.
    pub fn at(text: &str, span: Span) -> Self {
        Phrase { text: span.text(text).unwrap_or_default().to_owned(), span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_overlap_and_cover() {
        let (a, b) = (Span::new(0, 5), Span::new(4, 9));
        assert_eq!(a.text("Cairo talks"), Some("Cairo"));
        assert!(a.overlaps(b) && !a.overlaps(Span::new(5, 6)));
        assert_eq!(a.cover(b), Span::new(0, 9));
        assert!(a.cover(b).contains(b) && !a.contains(b));
        assert_eq!(Span::new(0, 1).text("é"), None);
    }
}
