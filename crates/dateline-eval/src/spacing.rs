//! Running text from words: where blanks stand in English, for sets that keep none.

/// Signs that stand at the word before.
const LEFT: &str = ",.;:!?%)]}”»…™®";
/// Signs that stand at the word after.
const RIGHT: &str = "([{“«$£€₹₡¡¿#@";
/// What follows an apostrophe within a word: "it's", "don't", "they're".
const ENDINGS: [&str; 7] = ["s", "t", "re", "ve", "ll", "d", "m"];

/// The words of one paragraph with the blanks that a newspaper would set. Straight quotation marks open and close by turns.
pub fn join(words: &[&str]) -> String {
    let mut out = String::new();
    let mut quotes = Quotes::default();
    let mut glued = true;
    for i in 0..words.len() {
        let (left, right) = quotes.sides(words, i);
        if !glued && !left {
            out.push(' ');
        }
        out.push_str(words[i]);
        glued = right;
    }
    out
}

/// Which quotations are open.
#[derive(Default)]
struct Quotes {
    double: bool,
    single: bool,
}

impl Quotes {
    /// Whether a word stands at the one before and at the one after.
    fn sides(&mut self, words: &[&str], i: usize) -> (bool, bool) {
        let before = |n: usize| i.checked_sub(n).map_or("", |k| words[k]);
        let next = words.get(i + 1).copied().unwrap_or_default();
        let word = words[i];
        match word {
            "\"" => {
                self.double = !self.double;
                (!self.double, self.double)
            }
            "‘" => {
                self.single = true;
                (false, true)
            }
            "'" | "’" => self.apostrophe(word, before(1), next),
            "-" | "/" => (true, i > 0),
            "°" => (true, is_letter(next)),
            _ if is_ending(word) => (true, false),
            _ if word.chars().all(|c| LEFT.contains(c)) => (true, false),
            _ if word.chars().all(|c| RIGHT.contains(c)) => (false, true),
            // "U.S." and "J.K. Rowling" come apart into letters and stops.
            _ => (is_initial(word) && next == "." && before(1) == "." && is_initial(before(2)), false),
        }
    }

    fn apostrophe(&mut self, sign: &str, before: &str, next: &str) -> (bool, bool) {
        if ENDINGS.contains(&next.to_lowercase().as_str()) && !before.is_empty() {
            return (true, true);
        }
        if self.single || before.ends_with(['s', 'S']) {
            self.single = false;
            return (true, false);
        }
        // A curly one that closes nothing is part of a name: "O'Brien", "Ra'anana".
        self.single = sign == "'";
        if self.single { (false, true) } else { (true, next.starts_with(char::is_alphabetic)) }
    }
}

/// "'s", "n't" and their like, which were cut off the word before.
fn is_ending(word: &str) -> bool {
    let lower = word.to_lowercase().replace('’', "'");
    lower == "n't" || lower.strip_prefix('\'').is_some_and(|w| ENDINGS.contains(&w))
}

fn is_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn is_initial(word: &str) -> bool {
    is_letter(word) && word.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(words: &str) -> String {
        join(&words.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn signs_stand_where_print_has_them() {
        assert_eq!(joined("He paid $ 5 ( 3 % ) , then left ."), "He paid $5 (3%), then left.");
        assert_eq!(joined("A 26 - year - old and / or her ; 30 ° C ..."), "A 26-year-old and/or her; 30°C...");
        assert_eq!(joined("“ Come ! ” – she said"), "“Come!” – she said");
        assert_eq!(joined("\" Come , \" he said . \" Now . \""), "\"Come,\" he said. \"Now.\"");
        assert_eq!(joined("the U . S . and J . K . Smith . A man"), "the U.S. and J.K. Smith. A man");
    }

    #[test]
    fn apostrophes_within_words_and_quotations_are_told_apart() {
        assert_eq!(joined("the city ’ s mayor didn ’ t , it 's n't"), "the city’s mayor didn’t, it'sn't");
        assert_eq!(joined("the workers ’ rights , O ’ Hara ’ s"), "the workers’ rights, O’Hara’s");
        assert_eq!(joined("a ‘ very good ’ deal"), "a ‘very good’ deal");
        assert_eq!(joined("a ' no ' vote , the States ' own"), "a 'no' vote, the States' own");
    }
}
