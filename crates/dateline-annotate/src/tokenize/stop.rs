//! Whether a full stop belongs to the word before it.

use super::vocabulary::{Condition, VOCABULARY};
use super::{digits, first};

/// What a full stop is to the word before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The word goes on behind it.
    Inside,
    /// It ends the word and belongs to it.
    Last,
    /// It is a word of its own.
    Apart,
}

/// Judges the full stop between `so_far` and `tail`, the rest of the stretch; `after` is what follows the stretch.
pub(super) fn full_stop(so_far: &str, tail: &str, after: &str) -> Stop {
    let next = first(tail);
    let initials = so_far.split('.').all(|p| p.chars().count() == 1 && p.starts_with(char::is_alphabetic));
    if next.is_some_and(|c| c.is_ascii_digit()) && so_far.ends_with(|c: char| c.is_ascii_digit()) {
        return Stop::Inside;
    }
    if next.is_some_and(char::is_alphabetic) {
        let dotted = tail.chars().nth(1).is_none_or(|c| !c.is_alphanumeric());
        let longer = format!("{}.{}", so_far, &tail[..tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len())]);
        if initials && dotted || VOCABULARY.abbreviations.contains_key(longer.to_lowercase().as_str()) {
            return Stop::Inside;
        }
        // Without its blank, "Gen.Smith" and "J.K.Jones".
        let named = next.is_some_and(char::is_uppercase) && (initials || is_abbreviation(so_far, tail));
        return if named { Stop::Last } else { Stop::Apart };
    }
    if next == Some('.') {
        // "Inc.." is an abbreviation at the end of a sentence; "wait..." is not.
        let twice = !tail[1..].starts_with('.') && (so_far.contains('.') && initials || is_abbreviation(so_far, ""));
        return if twice { Stop::Last } else { Stop::Apart };
    }
    // The next word: behind marks in this stretch, or in the next.
    let following = if next.is_none() { after.trim_start() } else { tail };
    let following = following.trim_start_matches(['"', '“', '\'', '‘', '(', '[']);
    if initials && so_far.contains('.') {
        return Stop::Last;
    }
    if initials {
        let named = matches!(next, Some(',' | ';' | '\'' | '’'))
            || next.is_none() && first(following).is_some_and(char::is_uppercase);
        return if named && first(so_far).is_some_and(char::is_uppercase) && so_far != "I" {
            Stop::Last
        } else {
            by_list(so_far, following)
        };
    }
    by_list(so_far, following)
}

fn by_list(so_far: &str, following: &str) -> Stop {
    if is_abbreviation(so_far, following) { Stop::Last } else { Stop::Apart }
}

fn is_abbreviation(word: &str, following: &str) -> bool {
    // A number with its unit: "10a.m." and "6ft."
    let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if word.len() > 12 || digits(word) {
        return false;
    }
    let Some(condition) = VOCABULARY.abbreviations.get(word.to_lowercase().as_str()) else { return false };
    let next = first(following);
    match condition {
        Condition::Always => true,
        Condition::Capital => word.starts_with(char::is_uppercase),
        Condition::Number => next.is_some_and(|c| c.is_ascii_digit()),
        Condition::Inside => next.is_some_and(|c| !c.is_uppercase() && !matches!(c, '.' | '!' | '?' | '”' | '’' | '"')),
        Condition::Name => {
            next.is_some_and(char::is_uppercase) && (word == "v" || word.starts_with(char::is_uppercase))
        }
    }
}
