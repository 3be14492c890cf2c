//! BERT's uncased word pieces.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest pre-token, in characters, that is cut into pieces; longer ones are unknown.
const LONGEST: usize = 100;

/// The vocabulary of word pieces.
pub(crate) struct WordPiece {
    starts: HashMap<Box<str>, u32>,
    continuations: HashMap<Box<str>, u32>,
    unknown: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
}

impl WordPiece {
    /// From the vocabulary in order of ids.
    pub(crate) fn new(vocabulary: &[String]) -> Option<Self> {
        let id = |name: &str| vocabulary.iter().position(|w| w == name).map(|i| i as u32);
        let mut starts = HashMap::with_capacity(vocabulary.len());
        let mut continuations = HashMap::new();
        for (i, w) in vocabulary.iter().enumerate() {
            match w.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuations.insert(rest.into(), i as u32),
                _ => starts.insert(w.as_str().into(), i as u32),
            };
        }
        Some(WordPiece { starts, continuations, unknown: id("[UNK]")?, first: id("[CLS]")?, last: id("[SEP]")? })
    }

    /// Appends the pieces of one word; at least one.
    pub(crate) fn pieces(&self, word: &str, out: &mut Vec<u32>) {
        let before = out.len();
        let mut token = String::new();
        if word.is_ascii() {
            for b in word.bytes() {
                if b.is_ascii_alphanumeric() {
                    token.push(b.to_ascii_lowercase() as char);
                } else {
                    self.flush(&mut token, out);
                    if b.is_ascii_punctuation() {
                        token.push(b as char);
                        self.flush(&mut token, out);
                    } else if !b.is_ascii_whitespace() && !b.is_ascii_control() {
                        token.push(b as char);
                    }
                }
            }
        } else {
            let clean = word.chars().filter(|&c| !removed(c)).map(|c| if c.is_whitespace() { ' ' } else { c });
            for c in clean.nfd().filter(|&c| !is_nonspacing(c)).flat_map(char::to_lowercase) {
                if c.is_whitespace() {
                    self.flush(&mut token, out);
                } else if is_punctuation(c) || is_cjk(c) {
                    self.flush(&mut token, out);
                    token.push(c);
                    self.flush(&mut token, out);
                } else {
                    token.push(c);
                }
            }
        }
        self.flush(&mut token, out);
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    /// Greedy longest match of one pre-token; the whole is unknown when a part has no match.
    fn flush(&self, token: &mut String, out: &mut Vec<u32>) {
        if token.is_empty() {
            return;
        }
        let before = out.len();
        if token.chars().count() > LONGEST {
            out.push(self.unknown);
        } else {
            let mut start = 0;
            while start < token.len() {
                let table = if start == 0 { &self.starts } else { &self.continuations };
                let ends = token[start..].char_indices().map(|(i, c)| start + i + c.len_utf8());
                let hit = ends.rev().find_map(|end| table.get(&token[start..end]).map(|&id| (end, id)));
                let Some((end, id)) = hit else {
                    out.truncate(before);
                    out.push(self.unknown);
                    break;
                };
                out.push(id);
                start = end;
            }
        }
        token.clear();
    }
}

/// Characters that BERT's cleaning drops.
fn removed(c: char) -> bool {
    c == '\0' || c == '\u{fffd}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || is_format(c)
}

fn is_format(c: char) -> bool {
    matches!(c as u32, 0xad | 0x600..=0x605 | 0x61c | 0x6dd | 0x70f | 0x180e | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff
        | 0xfff9..=0xfffb | 0xe000..=0xf8ff | 0xe0001..=0xe007f | 0xf0000..=0x10_ffff)
}

fn is_nonspacing(c: char) -> bool {
    // Combining marks that take space of their own (category Mc) stay, as in BERT.
    is_combining_mark(c)
        && !matches!(c as u32, 0x903 | 0x93b | 0x93e..=0x940 | 0x949..=0x94c | 0x94e | 0x94f | 0x982 | 0x983 | 0x9be..=0x9c0)
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c as u32, 0xa1 | 0xa7 | 0xab | 0xb6 | 0xb7 | 0xbb | 0xbf | 0x37e | 0x387 | 0x55a..=0x55f | 0x589 | 0x58a | 0x5be | 0x5c0
            | 0x5c3 | 0x5c6 | 0x5f3 | 0x5f4 | 0x609 | 0x60a | 0x60c | 0x60d | 0x61b | 0x61e | 0x61f | 0x66a..=0x66d | 0x6d4 | 0x964 | 0x965
            | 0x2010..=0x2027 | 0x2030..=0x2043 | 0x2045..=0x2051 | 0x2053..=0x205e | 0x207d | 0x207e | 0x208d | 0x208e | 0x2308..=0x230b
            | 0x2329 | 0x232a | 0x2768..=0x2775 | 0x27e6..=0x27ef | 0x2983..=0x2998 | 0x2e00..=0x2e2e | 0x2e30..=0x2e4f | 0x3001..=0x3003
            | 0x3008..=0x3011 | 0x3014..=0x301f | 0x3030 | 0x303d | 0x30a0 | 0x30fb | 0xfe10..=0xfe19 | 0xfe30..=0xfe52 | 0xfe54..=0xfe61
            | 0xfe63 | 0xfe68 | 0xfe6a | 0xfe6b | 0xff01..=0xff03 | 0xff05..=0xff0a | 0xff0c..=0xff0f | 0xff1a | 0xff1b | 0xff1f | 0xff20
            | 0xff3b..=0xff3d | 0xff3f | 0xff5b | 0xff5d | 0xff5f..=0xff65)
}

fn is_cjk(c: char) -> bool {
    matches!(c as u32, 0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x20000..=0x2a6df | 0x2a700..=0x2b73f | 0x2b740..=0x2b81f | 0x2b820..=0x2ceaf
        | 0xf900..=0xfaff | 0x2f800..=0x2fa1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> WordPiece {
        let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "cairo", "cafe", "##s", "talk", "##ing", ".", "u", "s", "中"];
        WordPiece::new(&words.map(String::from)).unwrap()
    }

    fn pieces(word: &str) -> Vec<u32> {
        let mut out = Vec::new();
        small().pieces(word, &mut out);
        out
    }

    #[test]
    fn words_are_folded_split_and_matched_greedily() {
        assert_eq!(pieces("Cairo"), [4]);
        assert_eq!(pieces("Cafés"), [5, 6]);
        assert_eq!(pieces("talking"), [7, 8]);
        assert_eq!(pieces("U.S."), [10, 9, 11, 9]);
        assert_eq!(pieces("中"), [12]);
    }

    #[test]
    fn what_has_no_match_is_unknown_once() {
        assert_eq!(pieces("talkzz"), [1]);
        assert_eq!(pieces("\u{200b}"), [1]);
        assert_eq!(pieces(""), [1]);
        assert_eq!(pieces(&"s".repeat(101)), [1]);
    }
}
