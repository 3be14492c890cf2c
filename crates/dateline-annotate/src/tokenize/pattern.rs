//! What is told by its look: addresses, numbers, faces, runs of marks. Each gives the bytes that belong together.

use super::vocabulary::VOCABULARY;
use super::{first, letters};

const CLOSING: [char; 17] = [',', '.', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'', '”', '’', '»', '…', '*'];

/// Web and mail addresses, names of hosts and files, handles and hashtags.
pub(super) fn address(rest: &str) -> Option<usize> {
    let begins = |p: &str| rest.get(..p.len()).is_some_and(|r| r.eq_ignore_ascii_case(p));
    let web = ["http://", "https://", "ftp://", "www.", "mailto:"].iter().any(|p| begins(p));
    let (is_one, stop) = if web || mail(rest) {
        (true, rest.len())
    } else if rest.starts_with(['@', '#']) {
        let n = rest[1..].find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.')).map_or(rest.len(), |i| i + 1);
        (rest[1..].starts_with(char::is_alphabetic), n)
    } else {
        match host(rest) {
            Some(n) if rest[n..].starts_with('/') => (true, rest.len()),
            Some(n) => (true, n),
            None => (false, 0),
        }
    };
    is_one.then(|| rest[..stop].trim_end_matches(CLOSING).len()).filter(|n| *n > 0)
}

/// Somebody at somewhere.
fn mail(rest: &str) -> bool {
    let local = |c: char| c.is_alphanumeric() || "._-+%".contains(c);
    rest.find(|c| !local(c))
        .is_some_and(|i| i > 0 && rest[i..].starts_with('@') && rest[i + 1..].starts_with(char::is_alphanumeric))
}

/// A dotted name: of two parts with a known ending, or of three and more that are not initials, all lower case.
fn host(rest: &str) -> Option<usize> {
    if !first(rest)?.is_ascii_alphanumeric() {
        return None;
    }
    let part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let name = rest[..rest.bytes().take_while(|b| part(*b)).count()].trim_end_matches(['.', '-', '_']);
    let mut parts = name.split('.');
    let (head, last) = (parts.next()?, parts.next_back()?);
    let sound = !name.split('.').any(str::is_empty) && head.len() > 1 && letters(last) > 0;
    let known = VOCABULARY.endings.contains(last.to_ascii_lowercase().as_str());
    // Where a blank is missing ("left.In", "it.It") the next sentence's capital tells.
    let capital = last.starts_with(|c: char| c.is_ascii_uppercase()) && last.len() < 3;
    let dotted = name.split('.').count() > 2
        && name.bytes().all(|b| !b.is_ascii_uppercase())
        && !name.split('.').any(|p| p.len() < 2);
    (sound && (known && !capital || dotted) && letters(head.trim_start_matches(|c: char| !c.is_alphabetic())) > 0)
        .then_some(name.len())
}

/// The digits of a number at the start, with the marks inside it: "10,000.5", "10:30", "9/11", "555-0123", "2001-09-11".
pub(super) fn number(rest: &str) -> usize {
    let run = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let mut stop = run(rest);
    if stop == 0 {
        return 0;
    }
    let mut hyphens = Vec::new();
    let mut slashed = false;
    loop {
        let tail = &rest[stop..];
        let next = tail.get(1..).map_or(0, run);
        let fits = match tail.bytes().next() {
            Some(b'.' | b',' | b':') => hyphens.is_empty(),
            Some(b'/') => stop < 3 && hyphens.is_empty() || slashed,
            Some(b'-') => {
                hyphens.push(stop);
                true
            }
            _ => false,
        };
        if !fits || next == 0 {
            break;
        }
        slashed |= tail.starts_with('/');
        stop += 1 + next;
    }
    hyphens.retain(|h| *h < stop);
    let Some(&first) = hyphens.first() else { return stop };
    let second = stop - first - 1;
    // "1998-2004" and "15-20" are two numbers; telephone numbers, dates and account numbers are one.
    let telephone =
        second == 4 && matches!(first, 1 | 3 | 5) && rest[..first].bytes().all(|b| b.is_ascii_digit()) || slashed;
    if hyphens.len() > 1 || telephone { stop } else { first }
}

/// A face made of marks, at the end of a stretch or before further marks.
pub(super) fn face(rest: &str, before: Option<char>) -> Option<usize> {
    let found = VOCABULARY.emoticons.iter().find(|e| rest.starts_with(**e))?;
    let lettered = found.ends_with(char::is_alphanumeric) || found.starts_with(char::is_alphanumeric);
    let alone = !first(&rest[found.len()..]).is_some_and(|c| c.is_alphanumeric() || c == '/');
    let free = before.is_none() || !lettered && !found.contains('/') && before.is_some_and(|c| !c.is_ascii_digit());
    (alone && free).then_some(found.len())
}

/// "...", "--", "?!", "=====": marks of one kind stand together.
pub(super) fn run_of_marks(rest: &str) -> Option<usize> {
    let c = first(rest)?;
    let n = match c {
        '\'' => rest.bytes().take_while(|b| *b == b'\'').count(),
        '!' | '?' => rest.bytes().take_while(|b| matches!(b, b'!' | b'?')).count(),
        '.' => {
            let dots = rest.bytes().take_while(|b| *b == b'.').count();
            // "....?" and ".?" end a sentence once.
            dots + rest[dots..].bytes().take_while(|b| matches!(b, b'!' | b'?')).count()
        }
        '-' | '=' | '_' | '~' | '*' | '#' => {
            rest.bytes().take_while(|b| matches!(b, b'-' | b'=' | b'_' | b'~' | b'*' | b'#')).count()
        }
        '<' | '>' | '`' | '+' | '$' | '\\' | '/' | '^' | '|' => rest.chars().take_while(|x| *x == c).count(),
        '–' | '—' | '’' | '‘' => rest.chars().take_while(|x| *x == c).count() * c.len_utf8(),
        _ => 0,
    };
    let single = n <= c.len_utf8();
    let odd = c == '\'' && n != 2;
    (!single && !odd).then_some(n)
}
