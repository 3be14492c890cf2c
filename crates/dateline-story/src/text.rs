//! Sentences of a text, where no annotation is at hand.

use dateline_report::Span;

/// The sentences of a text, in order: each ends at a full stop with white space behind it, or at the end of its line. Those that a speaker's
/// full stop parts from their quotation mark keep it.
pub(crate) fn sentences(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in text.char_indices() {
        if c == '\n' || c.is_whitespace() && ends(&text[start..i]) {
            push(&mut out, text, start, i);
            start = i + c.len_utf8();
        }
    }
    push(&mut out, text, start, text.len());
    out
}

/// Whether a sentence ends here: behind a full stop that is no part of an abbreviation ("U.S.", "Mr.", "John F.").
fn ends(before: &str) -> bool {
    let bare = before.trim_end_matches(['"', '”', '’', '\'']);
    let last = bare.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = last.trim_start_matches(['"', '“', '(']).strip_suffix('.').unwrap_or_default();
    let short = word.chars().count() <= 2 && word.starts_with(char::is_uppercase) || word.contains('.');
    bare.ends_with(['.', '!', '?']) && !short
}

fn push(out: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let body = &text[start..end];
    let from = start + (body.len() - body.trim_start().len());
    let trimmed = body.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        out.push(Span::new(from, from + trimmed.len()));
    }
}

/// The sentences that a phrase touches, as one span; the phrase itself where there is none.
pub(crate) fn around(text: &str, phrase: Span) -> Span {
    let touched = sentences(text).into_iter().filter(|s| s.start < phrase.end && phrase.start < s.end);
    touched.reduce(|a, b| Span::new(a.start, b.end)).unwrap_or(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_ends_at_full_stops_and_lines() {
        let text = "Talks resume\nThe sides met Mr. Odum of the U.S. delegation. “We agreed.” Bye, he said.";
        let all: Vec<&str> = sentences(text).iter().filter_map(|s| s.text(text)).collect();
        assert_eq!(
            all,
            ["Talks resume", "The sides met Mr. Odum of the U.S. delegation.", "“We agreed.”", "Bye, he said."]
        );
        let at = text.find("agreed").unwrap();
        assert_eq!(around(text, Span::new(at, at + 6)).text(text), Some("“We agreed.”"));
        assert!(sentences(" \n. ").is_empty());
    }
}
