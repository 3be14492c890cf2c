//! Names of people, told by their letters alone: what a byline is made of before anything is tagged.

use super::words::{is, known, words};
use crate::timex::stamp;

/// Most words of one name.
const WORDS: usize = 6;

/// The names that a text begins with, "A, B and C", as their bytes.
pub(super) fn list(text: &str) -> Option<usize> {
    let mut end = name(text)?;
    while let Some(more) = [", and ", " and ", " AND ", " & ", ", "].iter().find_map(|gap| {
        let rest = text[end..].strip_prefix(gap)?;
        Some(gap.len() + name(rest)?)
    }) {
        end += more;
    }
    Some(end)
}

/// The one name that a text begins with: two to five words with capitals, small particles between them.
fn name(text: &str) -> Option<usize> {
    let (mut end, mut parts, mut full) = (0, 0, 0);
    for (at, word) in words(text).take(WORDS) {
        if parts > 0 && (at > end + 1 || at == end) {
            break;
        }
        let bare = without_stop(word);
        if parts > 0 && is("particle", bare) && bare.starts_with(char::is_lowercase) && bare.len() == word.len() {
            end = at + bare.len();
            continue;
        }
        if !is_part(text, at, bare) || parts == 0 && is("nobody", bare) {
            break;
        }
        parts += 1;
        full += usize::from(bare.chars().filter(|c| c.is_alphabetic()).count() > 1);
        end = at + bare.len();
        if bare.len() < word.len() {
            break;
        }
    }
    let last = text[..end].rsplit(' ').next().unwrap_or_default();
    ((2..=5).contains(&parts) && full > 0 && !is("particle", last)).then_some(end)
}

/// A word without the mark that ends its phrase; the point of an initial or of "Jr." is its own.
fn without_stop(word: &str) -> &str {
    let bare = word.trim_end_matches([',', ';', ':', '|', ')', ']']);
    let own = bare.chars().filter(|c| c.is_alphabetic()).count() <= 2 && bare.starts_with(char::is_uppercase);
    if own { bare } else { bare.trim_end_matches('.') }
}

fn is_part(text: &str, at: usize, bare: &str) -> bool {
    let letters = bare.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c));
    let capital = bare.starts_with(char::is_uppercase)
        || bare.split_once('-').is_some_and(|(p, n)| is("particle", p) && n.starts_with(char::is_uppercase));
    let dated = stamp::is_month(bare) && text[at + bare.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    let other = ["role", "title", "weak"].iter().any(|class| is(class, bare));
    letters && capital && !dated && !other && !stamp::is_weekday(bare) && known(&text[at..]).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_where_they_end() {
        for (text, names) in [
            ("Jane Doe, Reuters", "Jane Doe"),
            ("JANE DOE and JOHN P. ROE, Associated Press", "JANE DOE and JOHN P. ROE"),
            ("Ahmed al-Masri in Cairo", "Ahmed al-Masri"),
            ("Ana de la Cruz, Bo Li & Max von Au", "Ana de la Cruz, Bo Li & Max von Au"),
            ("Jane Doe Staff Writer", "Jane Doe"),
            ("April Jones March 3, 2026", "April Jones"),
            ("Nate Roe. BOSTON", "Nate Roe"),
        ] {
            assert_eq!(list(text).map(|end| &text[..end]), Some(names), "{text}");
        }
    }

    #[test]
    fn other_words_are_no_names() {
        for text in
            ["Friday", "Friday Night", "the river", "Jane", "", "Reuters Staff", "Air Land Sea", "New York", "J. P."]
        {
            assert_eq!(list(text), None, "{text}");
        }
    }
}
