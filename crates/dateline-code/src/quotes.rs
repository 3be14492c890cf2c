//! Quoted words and who spoke them.

use crate::coder::Reading;
use dateline_report::{Quote, Span};

/// Longest quotation in bytes; an opening mark without its partner must not swallow the report.
const LONGEST: usize = 3000;

/// The quotations of a report, in text order.
pub(crate) fn find(r: &Reading) -> Vec<Quote> {
    spans(r.text).into_iter().map(|span| quote(r, span)).collect()
}

/// What stands between double marks, straight or curved, marks excluded, in text order. A mark that opens and is not closed in its
/// paragraph quotes to the paragraph's end: so quotations over several paragraphs are set.
pub(crate) fn spans(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = '\n';
    let mut close = |open: &mut Option<(usize, char)>, end: usize| {
        if let Some((start, _)) = open.take() {
            let inside = text.get(start..end).unwrap_or_default();
            let trimmed = inside.trim();
            let start = start + (inside.len() - inside.trim_start().len());
            if trimmed.chars().any(char::is_alphanumeric) && trimmed.len() <= LONGEST {
                out.push(Span::new(start, start + trimmed.len()));
            }
        }
    };
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map_or('\n', |x| x.1);
        let opens =
            !before.is_alphanumeric() && !next.is_whitespace() && !matches!(before, '.' | ',' | '!' | '?' | '…');
        match (c, open) {
            ('“' | '„' | '«', _) => {
                close(&mut open, i);
                open = Some((i + c.len_utf8(), if c == '«' { '»' } else { '”' }));
            }
            // Two apostrophes are a mark in the copy of some agencies.
            ('\'', None) if next == '\'' && !before.is_alphanumeric() && before != '\'' => open = Some((i + 2, '\'')),
            ('\'', Some((start, '\''))) if next == '\'' && i > start => close(&mut open, i),
            (_, Some((_, '\''))) if c != '\n' => {}
            // A straight mark closes what it may close; where it can only open, the quotation before it was never closed.
            ('"', Some((_, '"'))) if before.is_whitespace() && !next.is_whitespace() => {
                close(&mut open, i);
                open = Some((i + 1, '"'));
            }
            ('"', None) if opens => open = Some((i + 1, '"')),
            ('\n', Some((start, _))) => {
                let rest = text[i..].trim_start();
                let continued = rest.starts_with(['"', '“', '„', '«']) || rest.starts_with("''");
                let end = if continued { i } else { sentence_end(text, start, i) };
                close(&mut open, end);
            }
            (_, Some((_, mark))) if c == mark => close(&mut open, i),
            _ => {}
        }
        before = c;
    }
    close(&mut open, text.len());
    out
}

/// Where the first sentence of a stretch of text ends.
fn sentence_end(text: &str, start: usize, end: usize) -> usize {
    let inside = text.get(start..end).unwrap_or_default();
    let mut stops = inside.match_indices(['.', '!', '?']).map(|(i, stop)| i + stop.len());
    stops
        .find(|&i| inside[i..].starts_with(' ') && inside[i..].trim_start().starts_with(char::is_uppercase) && i > 25)
        .map_or(end, |i| start + i)
}

fn quote(r: &Reading, span: Span) -> Quote {
    let token = r.a.tokens.partition_point(|t| t.span.start < span.start);
    let inside = r.a.tokens.get(token).is_some_and(|t| t.span.start < span.end);
    Quote {
        speaker: inside.then(|| r.source(token)).flatten(),
        text: span.text(r.text).unwrap_or_default().to_owned(),
        span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        spans(text).into_iter().filter_map(|s| s.text(text)).collect()
    }

    #[test]
    fn marks_open_and_close() {
        assert_eq!(quoted("“We left,” he said. “All of us.”"), ["We left,", "All of us."]);
        assert_eq!(quoted("He said \"no\" and \"never.\""), ["no", "never."]);
    }

    #[test]
    fn two_apostrophes_are_a_mark() {
        assert_eq!(quoted("''We're off,'' he said. ''Don't wait.''"), ["We're off,", "Don't wait."]);
    }

    #[test]
    fn an_open_mark_quotes_to_the_end_of_its_paragraph() {
        assert_eq!(
            quoted("\"We left. It was late.\n\n\"Then we slept,\" she said."),
            ["We left. It was late.", "Then we slept,"]
        );
        assert_eq!(quoted("\"One,\" he said. \"Two.\nThree"), ["One,", "Two."]);
    }

    #[test]
    fn inches_and_lone_marks_quote_nothing() {
        assert_eq!(quoted("a 5\" pipe"), Vec::<&str>::new());
        assert_eq!(quoted("\""), Vec::<&str>::new());
    }
}
