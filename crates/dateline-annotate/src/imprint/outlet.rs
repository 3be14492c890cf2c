//! Outlets that a text names as its own: a masthead, the end of a headline, a copyright, a source.

use super::line::{sure, within};
use super::words::{is, is_titled, known, only_known, words};
use crate::timex::stamp;
use dateline_report::Span;

/// An outlet, its bytes in the text that was read, and the confidence in it.
pub(super) type Told = (String, Span, f32);

/// Marks between a headline and its outlet, the explicit ones first.
const MARKS: [&str; 5] = [" | ", " :: ", " - ", " – ", " — "];

/// The outlet at a headline's end, and the bytes of the headline without it: "Talks resume | BBC News".
pub(super) fn of_headline(line: &str) -> Option<(Told, usize)> {
    MARKS.iter().enumerate().find_map(|(i, mark)| {
        let (head, tail) = line.rsplit_once(mark)?;
        let tail = tail.trim();
        let enough = words(head).count() > 1;
        let few = (1..=5).contains(&words(tail).count())
            && words(tail).all(|(_, w)| w.starts_with(char::is_uppercase) || is_small(w));
        let (name, c) = match only_known(tail) {
            Some(name) => (name.to_owned(), sure::BY),
            None if is_titled(tail, i < 2) => (tail.to_owned(), sure::LIKELY),
            None => return None,
        };
        (enough && few).then(|| ((name, within(line, tail), c), head.trim_end().len()))
    })
}

fn is_small(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "&" | "in" | "for")
}

/// The outlet of a first line that says nothing else, but perhaps the day.
pub(super) fn of_masthead(line: &str) -> Option<Told> {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "*_#".contains(c));
    if let Some((name, length)) = known(bare) {
        let rest = bare[length..].trim_matches(|c: char| c.is_whitespace() || ",|·•-–—:".contains(c));
        let alone = rest.is_empty() || stamp::of_line(rest).is_some() || stamp::is_time(rest);
        return alone.then(|| (name.to_owned(), within(line, &bare[..length]), sure::BY));
    }
    // "Rebels Attack Herald Offices" is a headline: an outlet's name begins with "The" or ends with the word that tells it.
    let first = bare.split_whitespace().next()?;
    let last = bare.split_whitespace().last()?;
    let formed = first.eq_ignore_ascii_case("the") && is("title", last);
    let few = words(bare).count() <= 4 && words(bare).all(|(_, w)| w.starts_with(char::is_uppercase) || is_small(w));
    (formed && few && is_titled(bare, false)).then(|| (bare.to_owned(), within(line, bare), sure::LIKELY))
}

/// The owner in a copyright that a text begins with: "Copyright 2026 The Associated Press. All rights reserved."
pub(super) fn of_copyright(text: &str) -> Option<Told> {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || "(*_".contains(c));
    let (mut said, mut marked) = (false, false);
    loop {
        let word = rest.split([' ', '\u{a0}']).next()?;
        let bare = word.trim_matches([',', '.', ':', '(', ')']);
        let sign = matches!(bare, "©") || word.starts_with('©') || matches!(word, "(c)" | "(C)" | "c)" | "C)");
        let year = bare.len() >= 4
            && bare.starts_with(['1', '2'])
            && bare.chars().all(|c| c.is_ascii_digit() || "-–".contains(c));
        let copyright = bare.eq_ignore_ascii_case("copyright");
        if !(sign || year || copyright || bare.is_empty() && !word.is_empty() || matches!(bare, "by" | "By") && marked)
        {
            break;
        }
        said |= sign || copyright;
        marked |= sign || year;
        let used =
            if word.starts_with('©') && !year && bare.len() > '©'.len_utf8() { '©'.len_utf8() } else { word.len() };
        rest = rest[used..].trim_start();
        if rest.is_empty() {
            return None;
        }
    }
    if !(said && marked) {
        return None;
    }
    if let Some((name, length)) = known(rest) {
        return Some((name.to_owned(), within(text, &rest[..length]), sure::EXPLICIT));
    }
    let end = ["All ", ". ", "; ", " - ", " – ", " — ", "|", "\n"]
        .iter()
        .filter_map(|m| rest.find(m))
        .min()
        .unwrap_or(rest.len());
    let owner = rest[..end].trim_matches(|c: char| c.is_whitespace() || ".,:;()*_".contains(c));
    let fits = (1..=6).contains(&words(owner).count()) && owner.starts_with(char::is_uppercase);
    fits.then(|| (owner.to_owned(), within(text, owner), sure::BESIDE))
}

/// The one source that a line names and nothing else: "Source: Reuters".
pub(super) fn of_source(line: &str) -> Option<Told> {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "*_()[].".contains(c));
    let named =
        ["Source:", "SOURCE:", "source:", "Via:", "Courtesy:"].iter().find_map(|p| bare.strip_prefix(p))?.trim();
    if let Some(name) = only_known(named) {
        return Some((name.to_owned(), within(line, named), sure::BESIDE));
    }
    let few = words(named).count() <= 5 && words(named).all(|(_, w)| w.starts_with(char::is_uppercase) || is_small(w));
    (few && !named.contains([',', ';', '/']) && is_titled(named, true))
        .then(|| (named.to_owned(), within(line, named), sure::LIKELY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str, told: Option<Told>) -> Option<String> {
        told.map(|(name, span, _)| {
            assert!(span.text(text).is_some(), "{text}");
            name
        })
    }

    #[test]
    fn headlines_end_with_their_outlet() {
        for (line, outlet, headline) in [
            ("Talks Resume in Doha | BBC News", "BBC", "Talks Resume in Doha"),
            ("Talks Resume in Doha - Reuters", "Reuters", "Talks Resume in Doha"),
            ("Talks Resume – The Harbour Gazette", "The Harbour Gazette", "Talks Resume"),
            ("Talks Resume | Harbour Post", "Harbour Post", "Talks Resume"),
        ] {
            let (told, length) = of_headline(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((told.0.as_str(), &line[..length]), (outlet, headline));
        }
        for line in [
            "Talks Resume - Envoys Hopeful",
            "Army Leaves - Harbour Post",
            "Marsh: No Deal",
            "Talks | What We Know",
            "| BBC",
        ] {
            assert_eq!(of_headline(line), None, "{line}");
        }
    }

    #[test]
    fn mastheads_copyrights_and_sources() {
        for line in ["REUTERS", "Reuters | 3 March 2026", "**Reuters**"] {
            assert_eq!(name(line, of_masthead(line)).as_deref(), Some("Reuters"), "{line}");
        }
        assert_eq!(
            name("The Harbour Gazette", of_masthead("The Harbour Gazette")).as_deref(),
            Some("The Harbour Gazette")
        );
        for line in ["Rebels Attack Herald Offices", "Reuters Journalists Freed", "Harbour Times", "Envoys Meet"] {
            assert_eq!(of_masthead(line), None, "{line}");
        }
        for (text, owner) in [
            ("Copyright 2014 The Associated Press. All rights reserved.", "Associated Press"),
            ("© 2026 Harbour Media, Inc. All rights reserved", "Harbour Media, Inc"),
            ("(c) 2014 AFP", "Agence France-Presse"),
            ("Copyright © 2019-2020, Harbour Gazette", "Harbour Gazette"),
            ("©2026 Reuters", "Reuters"),
        ] {
            assert_eq!(name(text, of_copyright(text)).as_deref(), Some(owner), "{text}");
        }
        for text in ["Copyright rules anger publishers.", "2014 was a year", "Copyright 2014", "©", ""] {
            assert_eq!(of_copyright(text), None, "{text}");
        }
        assert_eq!(name("Source: Reuters", of_source("Source: Reuters")).as_deref(), Some("Reuters"));
        assert_eq!(
            name("(Source: Harbour Radio)", of_source("(Source: Harbour Radio)")).as_deref(),
            Some("Harbour Radio")
        );
        for line in ["\"Source: Reuters\"", "Source: Reuters, AFP", "Source: World Bank data", "Source: two officials"]
        {
            assert_eq!(of_source(line), None, "{line}");
        }
    }
}
