//! Words by the conventions of Universal Dependencies for English, with their bytes in the text.
//!
//! White space parts words; punctuation stands alone but for what a full stop, hyphen, apostrophe, comma or colon belongs to:
//! abbreviations, numbers, contractions, addresses, some hyphenated words. Time is linear in the text.

use dateline_report::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Longest word in bytes; longer stretches are cut, so that no input is quadratic anywhere later.
const LONGEST: usize = 200;

/// A word before annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawToken {
    /// Its bytes.
    pub span: Span,
    /// Whether no white space stands before it.
    pub glued: bool,
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

static ABBREVIATIONS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| lines(include_str!("../data/abbreviations.txt")).collect());
static PREFIXES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| lines(include_str!("../data/prefixes.txt")).collect());
static HOSTS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| lines(include_str!("../data/hosts.txt")).collect());
static EMOTICONS: LazyLock<Vec<&str>> = LazyLock::new(|| lines(include_str!("../data/emoticons.txt")).collect());
static CONTRACTIONS: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| {
    lines(include_str!("../data/contractions.txt")).map(|l| (l.replace('|', ""), l.find('|').unwrap_or(0))).collect()
});

/// The words of `range` of the text.
pub fn tokenize(text: &str, range: Span) -> Vec<RawToken> {
    let mut out = Vec::new();
    let part = range.text(text).unwrap_or_default();
    let mut start = None;
    for (i, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let (space, at) = (c.is_whitespace(), range.start + i);
        match start {
            None if !space => start = Some(at),
            Some(s) if space => {
                chunk(text, s, at, &mut out);
                start = None;
            }
            Some(s) if at - s >= LONGEST => {
                chunk(text, s, at, &mut out);
                start = Some(at);
            }
            _ => {}
        }
    }
    for i in 1..out.len() {
        out[i].glued = out[i - 1].span.end == out[i].span.start;
    }
    out
}

fn push(out: &mut Vec<RawToken>, start: usize, end: usize) {
    if start < end {
        out.push(RawToken { span: Span::new(start, end), glued: false });
    }
}

/// Words of a stretch without white space.
fn chunk(text: &str, start: usize, end: usize, out: &mut Vec<RawToken>) {
    let mut at = start;
    while at < end {
        at = match address(text, at, end).or_else(|| emoticon(text, at, end)).or_else(|| run_of_marks(text, at, end)) {
            Some(stop) => {
                push(out, at, stop);
                stop
            }
            None if starts_word(text, at) => {
                let stop = word_end(text, at, end);
                word(text, at, stop, out);
                stop
            }
            None => {
                let stop = at + char_at(text, at).map_or(1, char::len_utf8);
                push(out, at, stop);
                stop
            }
        };
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn starts_word(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| c.is_alphanumeric() || c == '_')
        || apostrophe(text, at).is_some_and(|n| clitic(text, at, n).is_some())
}

/// Web and mail addresses, handles and hashtags are one word.
fn address(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = &text[at..end];
    let web = ["http://", "https://", "www.", "ftp://"]
        .iter()
        .any(|p| rest.get(..p.len()).is_some_and(|r| r.eq_ignore_ascii_case(p)));
    let mail = rest.find('@').is_some_and(|i| {
        i > 0 && rest[i..].contains('.') && rest[..i].chars().all(|c| c.is_alphanumeric() || "._-+".contains(c))
    });
    let handle = rest.len() > 1 && rest.starts_with(['@', '#']) && rest[1..].starts_with(char::is_alphabetic);
    if !(web || mail || handle) {
        return None;
    }
    let stop = if handle {
        rest[1..].find(|c: char| !c.is_alphanumeric() && c != '_').map_or(rest.len(), |i| i + 1)
    } else {
        rest.len()
    };
    let trimmed = rest[..stop].trim_end_matches([',', '.', ';', ':', '!', '?', ')', ']', '>', '"', '\'', '”', '’']);
    Some(at + trimmed.len().max(1))
}

/// A face made of marks that ends its stretch.
fn emoticon(text: &str, at: usize, end: usize) -> Option<usize> {
    EMOTICONS.iter().filter(|e| text[at..end].starts_with(**e)).map(|e| at + e.len()).max().filter(|&stop| stop == end)
}

/// "...", "--", "!!" and other runs of one mark.
fn run_of_marks(text: &str, at: usize, end: usize) -> Option<usize> {
    let c = char_at(text, at)
        .filter(|c| matches!(c, '.' | '-' | '!' | '?' | '*' | '=' | '_' | '~' | '`' | '\'' | '$' | '<' | '>'))?;
    let stop = text[at..end].find(|x| x != c).map_or(end, |i| at + i);
    let twice = c == '\'' && stop - at != 2;
    (stop - at > c.len_utf8() && !twice).then_some(stop)
}

/// Length of an apostrophe at a position.
fn apostrophe(text: &str, at: usize) -> Option<usize> {
    char_at(text, at).filter(|c| matches!(c, '\'' | '’' | '‘')).map(char::len_utf8)
}

/// The end of a clitic ("'s", "'ll") that begins with an apostrophe of `n` bytes at `at`.
fn clitic(text: &str, at: usize, n: usize) -> Option<usize> {
    let letters = text[at + n..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let followed = text[at + n + letters..].chars().next().is_some_and(char::is_alphanumeric);
    let word = text[at + n..at + n + letters].to_ascii_lowercase();
    (!followed && matches!(word.as_str(), "s" | "m" | "d" | "re" | "ve" | "ll")).then_some(at + n + letters)
}

/// The end of a word that starts at `at`: letters and digits with the marks that belong inside.
fn word_end(text: &str, at: usize, end: usize) -> usize {
    if let Some(stop) = apostrophe(text, at).and_then(|n| clitic(text, at, n)) {
        return stop;
    }
    let mut stop = at;
    while stop < end {
        let Some(c) = char_at(text, stop) else { break };
        if c.is_alphanumeric() || c == '_' || is_mark(c) {
            stop += c.len_utf8();
            continue;
        }
        let next = char_at(text, stop + c.len_utf8()).filter(|_| stop + c.len_utf8() < end);
        let so_far = &text[at..stop];
        let digit_before = so_far.ends_with(|x: char| x.is_ascii_digit());
        let keep = match c {
            '.' => stop_belongs(so_far, next, &text[stop + 1..end]),
            ',' | ':' => {
                digit_before
                    && next.is_some_and(|x| x.is_ascii_digit())
                    && so_far.starts_with(|x: char| x.is_ascii_digit())
            }
            '\'' | '’' => next.is_some_and(char::is_alphabetic) && inner_apostrophe(text, at, stop, c.len_utf8()),
            '-' => hyphen_belongs(so_far, &text[stop + 1..end]),
            '/' => digit_before && next.is_some_and(|x| x.is_ascii_digit()),
            '&' => so_far.len() <= 2 && next.is_some_and(char::is_uppercase) && so_far.chars().all(char::is_uppercase),
            _ => false,
        };
        if !keep {
            break;
        }
        stop += c.len_utf8();
    }
    stop.max(at + char_at(text, at).map_or(1, char::len_utf8))
}

/// Combining marks and joiners inside words.
fn is_mark(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36f | 0x200c | 0x200d | 0x610..=0x61a | 0x64b..=0x65f | 0x900..=0x903 | 0x93a..=0x94f)
}

/// Whether a full stop belongs to the word before it.
fn stop_belongs(so_far: &str, next: Option<char>, rest: &str) -> bool {
    let lower = so_far.to_lowercase();
    match next {
        Some(n) if n.is_ascii_digit() => so_far.ends_with(|c: char| c.is_ascii_digit()),
        // Inside: initials ("U.S"), names of files and hosts ("example.com").
        Some(n) if n.is_alphabetic() => {
            let initials = so_far.split('.').all(|p| p.chars().count() == 1);
            let label = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let more =
                rest[label..].starts_with('.') && rest[label + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
            let host = so_far.len() > 1
                && so_far.chars().all(|c| c.is_ascii_alphanumeric() || "._".contains(c))
                && (HOSTS.contains(rest[..label].to_lowercase().as_str()) || more && n.is_ascii_lowercase());
            initials || host || lower.contains('.') && !lower.starts_with(|c: char| c.is_ascii_digit())
        }
        _ => {
            let initial = so_far.chars().count() == 1 && so_far.starts_with(char::is_uppercase);
            let initials = so_far.contains('.')
                && so_far.split('.').all(|p| p.chars().count() == 1 && p.starts_with(char::is_alphabetic));
            let may = lower == "mar"
                || lower == "sun"
                || lower == "sat"
                || lower == "no"
                || lower == "est"
                || lower == "fig"
                || lower == "jun";
            let titled = so_far.starts_with(char::is_uppercase);
            initials
                || initial && next.is_none()
                || ABBREVIATIONS.contains(lower.as_str())
                    && (!may || titled && lower != "sun" && lower != "sat" && lower != "no")
        }
    }
}

/// Whether an apostrophe stands inside a name ("O'Brien", "Sana'a") rather than before a clitic.
fn inner_apostrophe(text: &str, at: usize, stop: usize, n: usize) -> bool {
    let negation = text[at..stop].ends_with(['n', 'N']) && text[stop + n..].starts_with(['t', 'T']);
    negation || clitic(text, stop, n).is_none()
}

/// Whether a hyphen stays inside the word: after a few prefixes, and in telephone numbers and dates.
fn hyphen_belongs(so_far: &str, rest: &str) -> bool {
    let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit() || c == '-');
    let next: &str = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    if next.is_empty() {
        return false;
    }
    if digits(so_far) && digits(next) {
        return so_far.contains('-') || so_far.len() == 3 && next.len() >= 3 || so_far.len() == 4 && next.len() == 2;
    }
    next.starts_with(char::is_alphabetic) && PREFIXES.contains(so_far.to_lowercase().as_str())
}

/// Pushes a word, cut where it is a contraction.
fn word(text: &str, start: usize, end: usize, out: &mut Vec<RawToken>) {
    let w = &text[start..end];
    let lower = w.to_lowercase();
    for mark in ["n't", "n’t"] {
        if lower.ends_with(mark) && w.len() == lower.len() && lower.len() > mark.len() {
            push(out, start, end - mark.len());
            push(out, end - mark.len(), end);
            return;
        }
    }
    if let Some(&cut) = CONTRACTIONS.get(lower.as_str()).filter(|_| w.len() == lower.len()) {
        push(out, start, start + cut);
        push(out, start + cut, end);
        return;
    }
    // A number glued to a unit ("5km", "10pm") is two words, an ordinal one.
    let digits = w.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.' || *b == b',').count();
    if digits > 0
        && digits < w.len()
        && matches!(&lower[digits..], "km" | "pm" | "am" | "a.m." | "p.m." | "kg" | "mph" | "m" | "k")
    {
        push(out, start, start + digits);
        push(out, start + digits, end);
        return;
    }
    push(out, start, end);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text, Span::new(0, text.len())).iter().map(|t| &text[t.span.start..t.span.end]).collect()
    }

    #[test]
    fn conventions() {
        let cases: &[(&str, &[&str])] = &[
            ("Israel's army didn't reply.", &["Israel", "'s", "army", "did", "n't", "reply", "."]),
            ("The U.S. said \"no\".", &["The", "U.S.", "said", "\"", "no", "\"", "."]),
            ("Mr. Smith paid $10,000.50 (cash).", &["Mr.", "Smith", "paid", "$", "10,000.50", "(", "cash", ")", "."]),
            ("a 15-year term, e-mail", &["a", "15", "-", "year", "term", ",", "e-mail"]),
            (
                "We’ll meet O'Brien at 5:30 p.m. in Sana’a",
                &["We", "’ll", "meet", "O'Brien", "at", "5:30", "p.m.", "in", "Sana’a"],
            ),
            (
                "cannot wait... www.un.org/a?b, x@y.org.",
                &["can", "not", "wait", "...", "www.un.org/a?b", ",", "x@y.org", "."],
            ),
            ("el-Sisi and al-Shabaab", &["el", "-", "Sisi", "and", "al", "-", "Shabaab"]),
            ("the soldiers' families", &["the", "soldiers", "'", "families"]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), *expected);
        }
    }

    #[test]
    fn long_words_are_cut_on_characters() {
        let text = "é".repeat(1000);
        let tokens = tokenize(&text, Span::new(0, text.len()));
        assert!(tokens.iter().all(|t| t.span.text(&text).is_some() && t.span.len() <= LONGEST + 4));
        assert_eq!(tokens.iter().map(|t| t.span.len()).sum::<usize>(), text.len());
    }
}
