//! How names are compared: without case, accents, apostrophes, hyphens and stops.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The look-up key of a name: "el-Sisi" and "El Sisi" are "el sisi", "U.N." is "un", "Sana'a" is "sanaa".
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfd().filter(|&c| !is_combining_mark(c)) {
        match c {
            '\'' | '’' | '‘' | '`' | '.' => {}
            '-' | '–' | '_' | '/' => out.push(' '),
            c if c.is_whitespace() => out.push(' '),
            c => out.extend(c.to_lowercase()),
        }
    }
    out.split_whitespace().map(american).collect::<Vec<_>>().join(" ")
}

/// A word of names that British and American English spell differently, as the American: "organisation", "defence".
fn american(word: &str) -> Cow<'_, str> {
    match word {
        "defence" => Cow::Borrowed("defense"),
        "labour" => Cow::Borrowed("labor"),
        "centre" => Cow::Borrowed("center"),
        "programme" => Cow::Borrowed("program"),
        _ if word.contains("isation") => Cow::Owned(word.replace("isation", "ization")),
        _ => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("el-Sisi", "El Sisi"),
            ("U.N.", "UN"),
            ("Sana’a", "Sanaa"),
            ("Müller", "Muller"),
            ("Labour Organisation", "Labor Organization"),
        ] {
            assert_eq!(fold(a), fold(b));
        }
    }
}
