//! Words by the conventions of Universal Dependencies for English, with their bytes in the text.
//!
//! White space parts words; punctuation stands alone but for what a full stop, hyphen, apostrophe, comma or colon belongs to:
//! abbreviations, numbers, contractions, addresses, some hyphenated words. Time is linear in the text: stretches without white
//! space are cut at [`LONGEST`] bytes, and nothing looks further than one stretch.

mod pattern;
mod stop;
mod vocabulary;

use dateline_report::Span;
use pattern::{address, face, number, run_of_marks};
use stop::{Stop, full_stop};
use vocabulary::VOCABULARY;

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

/// The words of `range` of the text; none if the range leaves the text or cuts a character.
pub fn tokenize(text: &str, range: Span) -> Vec<RawToken> {
    let mut out = Vec::new();
    let part = range.text(text).unwrap_or_default();
    let mut start = None;
    for (i, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let at = range.start + i;
        match start {
            None if !is_space(c) => start = Some(at),
            Some(s) if is_space(c) => {
                Chunk { text, end: at, after: &text[at..range.end] }.cut(s, &mut out);
                start = None;
            }
            Some(s) if at - s >= LONGEST => {
                Chunk { text, end: at, after: "" }.cut(s, &mut out);
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

/// White space, the zero-width blanks that web pages put between words, and control characters.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Combining marks, joiners and variation selectors: they never stand apart from what they follow.
fn is_mark(c: char) -> bool {
    matches!(c as u32,
        0xad | 0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f | 0x670
        | 0x900..=0x903 | 0x93a..=0x94f | 0x981..=0x983 | 0x9bc..=0x9cd | 0xe31..=0xe3a | 0xe47..=0xe4e
        | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x200c | 0x200d | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f
        | 0x1f3fb..=0x1f3ff)
}

fn push(out: &mut Vec<RawToken>, start: usize, end: usize) {
    if start < end {
        out.push(RawToken { span: Span::new(start, end), glued: false });
    }
}

fn first(text: &str) -> Option<char> {
    text.chars().next()
}

/// A stretch without white space that ends at `end`, and what follows it.
struct Chunk<'a> {
    text: &'a str,
    end: usize,
    after: &'a str,
}

impl Chunk<'_> {
    fn rest(&self, at: usize) -> &str {
        &self.text[at..self.end]
    }

    /// Pushes the words from `at` to the end.
    fn cut(&self, mut at: usize, out: &mut Vec<RawToken>) {
        let start = at;
        while at < self.end {
            let rest = self.rest(at);
            let before = self.text[start..at].chars().next_back();
            let whole = address(rest).or_else(|| face(rest, before)).or_else(|| run_of_marks(rest));
            let stop = if let Some(n) = whole {
                push(out, at, at + n);
                at + n
            } else if let Some(n) = clitic(rest, before) {
                self.word(at, at + n, out);
                at + n
            } else if first(rest).is_some_and(|c| c.is_alphanumeric() || c == '_' || is_mark(c)) {
                let stop = self.word_end(at);
                self.word(at, stop, out);
                stop
            } else {
                let mark = first(rest).map_or(1, char::len_utf8);
                let stop = at + mark + rest[mark..].find(|c| !is_mark(c)).unwrap_or(rest.len() - mark);
                push(out, at, stop);
                stop
            };
            at = stop;
        }
    }

    /// The end of the word that starts at `at`: letters and digits with the marks that belong inside.
    fn word_end(&self, at: usize) -> usize {
        let mut stop = at + number(self.rest(at));
        while stop < self.end {
            let rest = self.rest(stop);
            let Some(c) = first(rest) else { break };
            if c.is_alphanumeric() || c == '_' || is_mark(c) {
                stop += c.len_utf8();
                continue;
            }
            let so_far = &self.text[at..stop];
            let tail = &rest[c.len_utf8()..];
            let next = first(tail);
            let keep = match c {
                '.' => match full_stop(so_far, tail, self.after) {
                    Stop::Inside => true,
                    Stop::Last => return stop + 1,
                    Stop::Apart => false,
                },
                '\'' | '’' | '`' | '´' => {
                    let decade = matches!(so_far.len(), 2 | 4) && so_far.ends_with('0') && digits(so_far);
                    next.is_some_and(char::is_alphabetic) && (clitic(rest, Some('x')).is_none() || decade)
                }
                '-' => first(tail).is_some_and(char::is_alphabetic) && is_prefix(so_far),
                '/' => {
                    so_far.len() == 1
                        && next.is_some_and(char::is_lowercase)
                        && letters(tail) == tail.len()
                        && tail.len() < 4
                }
                '&' => {
                    so_far.len() <= 3 && next.is_some_and(char::is_uppercase) && so_far.chars().all(char::is_uppercase)
                }
                // "US$" names the currency; the amount follows.
                '$' if so_far.len() < 3 && so_far.chars().all(|c| c.is_ascii_uppercase()) => return stop + 1,
                _ => false,
            };
            if !keep {
                break;
            }
            stop += c.len_utf8();
        }
        stop.max(at + first(self.rest(at)).map_or(1, char::len_utf8))
    }

    /// Pushes a word, cut where it is a contraction or a number with its unit.
    fn word(&self, start: usize, end: usize, out: &mut Vec<RawToken>) {
        let word = &self.text[start..end];
        // One character for one: characters of `lower` stand where those of `word` do, though bytes may not.
        let lower = word.replace(['’', '`', '´'], "'").to_ascii_lowercase();
        let byte = |chars: usize| word.char_indices().nth(chars).map_or(word.len(), |(i, _)| i);
        if let Some(stem) = lower.strip_suffix("n't").filter(|s| !s.is_empty()) {
            let at = start + byte(stem.chars().count());
            push(out, start, at);
            push(out, at, end);
            return;
        }
        // "IM", "WHO", "HES" in capitals are acronyms.
        let shouted = word.len() < 4 && word.bytes().all(|b| b.is_ascii_uppercase());
        if let Some(cuts) = VOCABULARY.contractions.get(&lower).filter(|_| !shouted) {
            let mut from = start;
            for &cut in cuts {
                push(out, from, start + byte(cut));
                from = start + byte(cut);
            }
            push(out, from, end);
            return;
        }
        let amount = lower.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        if amount > 0 && VOCABULARY.units.contains(&lower[amount..]) {
            push(out, start, start + amount);
            push(out, start + amount, end);
            return;
        }
        push(out, start, end);
    }
}

fn digits(s: &str) -> bool {
    s.bytes().all(|b| b.is_ascii_digit())
}

/// Bytes of ASCII letters at the start.
fn letters(s: &str) -> usize {
    s.bytes().take_while(u8::is_ascii_alphabetic).count()
}

fn is_prefix(word: &str) -> bool {
    word.len() < 8 && VOCABULARY.prefixes.contains(word.to_ascii_lowercase().as_str())
}

/// Bytes of an apostrophe and what it opens: a clitic after a word ("'s", "'ll"), a clipped word or year ("'em", "'90s") else.
fn clitic(rest: &str, before: Option<char>) -> Option<usize> {
    let mark = first(rest).filter(|c| matches!(c, '\'' | '’' | '‘' | '`' | '´'))?.len_utf8();
    let tail = &rest[mark..];
    let n = letters(tail);
    let ends = |n: usize| !first(&tail[n..]).is_some_and(char::is_alphanumeric);
    if before.is_some_and(|c| c.is_alphanumeric() || is_mark(c) || matches!(c, '.' | '%' | '$' | '&' | ')')) {
        let word = tail[..n].to_ascii_lowercase();
        return (ends(n) && matches!(word.as_str(), "s" | "m" | "d" | "re" | "ve" | "ll")).then_some(mark + n);
    }
    if tail.len() >= 2 && tail.bytes().take(2).all(|b| b.is_ascii_digit()) {
        let plural = if tail[2..].starts_with('s') { 3 } else { 2 };
        return ends(plural).then_some(mark + plural);
    }
    let word = format!("'{}", tail[..n].to_ascii_lowercase());
    let clipped = matches!(word.as_str(), "'em" | "'til" | "'cause" | "'cuz" | "'n")
        || VOCABULARY.contractions.contains_key(&word);
    (clipped && ends(n)).then_some(mark + n)
}

#[cfg(test)]
mod tests;
