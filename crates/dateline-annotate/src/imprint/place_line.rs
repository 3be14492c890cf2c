//! The place line that opens a wire report, with the agency in it: `DOHA, March 3 (Agency) —`.

use super::line::{sure, within};
use super::words::{is_titled, known, only_known};
use dateline_report::{Dateline, Span};

/// Longest dateline, in bytes.
const DATELINE: usize = 80;
/// What parts it from the report.
const DASHES: [&str; 7] = [" — ", " – ", " -- ", " - ", "—", " —", " –"];

/// A place line with what it is worth.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlaceLine {
    pub(super) dateline: Dateline,
    /// 0 to 1, by its form.
    pub(super) confidence: f32,
    /// The agency in brackets, its bytes in the text and the confidence in it.
    pub(super) agency: Option<(String, Span, f32)>,
    /// A headline that stands before it in the same paragraph.
    pub(super) before: Option<Span>,
    /// The paragraph behind the line.
    pub(super) rest: Span,
}

/// Reads the place line at the start of a paragraph, or behind a headline in it.
pub(super) fn read(text: &str, body: Span) -> Option<PlaceLine> {
    let raw = body.text(text)?;
    let limit = raw.char_indices().map(|(i, _)| i).find(|&i| i > DATELINE).unwrap_or(raw.len());
    let headline = headline(&raw[..limit]);
    let start = headline.map_or(0, |h| h.1);
    let head = &raw[start..limit];
    let dash = DASHES.iter().filter_map(|d| head.find(d).map(|i| (i, *d))).min_by_key(|x| x.0);
    let (words, end, confidence) = dash.and_then(|(at, dash)| dashed(head, at, dash)).or_else(|| undashed(head))?;
    let start = body.start + start;
    let rest = super::trim(text, Span::new(start + end, body.end));
    let place = words.split(['(', ',']).next()?.trim();
    // "Jane Doe, Reuters —", "AFP —": an outlet is no place.
    let writer = only_known(place).is_some() || words.split(',').skip(1).any(|part| known(part.trim()).is_some());
    if rest.is_empty() || writer {
        return None;
    }
    let span = Span::new(start, start + words.len());
    let agency = agency(words).map(|(name, s, c)| (name, super::shift(s, start), c));
    let dateline = Dateline { text: words.to_owned(), span, place: place.to_owned() };
    let before = headline.map(|(end, _)| Span::new(body.start, body.start + end));
    Some(PlaceLine { dateline, confidence, agency, before, rest })
}

/// The end of a headline that an agency's place line follows in one line, and where that begins: "Talks resume. CAIRO (AP) - They met."
fn headline(head: &str) -> Option<(usize, usize)> {
    let bracket = head.find('(')?;
    let stops = [". ", "? ", "! "].iter().flat_map(|s| head[..bracket].match_indices(s));
    stops.map(|(at, stop)| (at, at + stop.len())).find_map(|(at, start)| {
        let place = head[start..bracket].split(',').next().unwrap_or_default().trim();
        // "ST. JOSEPH" and "Kansas City, Mo. (AP)" have no sentence in them.
        let before = &head[..at];
        let said = before.split_whitespace().count() > 2 && before.ends_with(|c: char| c.is_lowercase() || c == ' ');
        let end = if before.ends_with(' ') { before.trim_end().len() } else { at + 1 };
        (said && is_place(place) && is_shouting(place) && agency(&head[start..]).is_some()).then_some((end, start))
    })
}

/// The words before a dash if they are a place line, where the report goes on, and the confidence.
fn dashed<'t>(head: &'t str, at: usize, dash: &str) -> Option<(&'t str, usize, f32)> {
    let words = head[..at].trim_end();
    let place = words.split(['(', ',']).next()?.trim();
    let looks = is_place(place) && !words.contains(['.', '!', '?', '"', '“']) || is_agency_line(words);
    let listed = words.contains(',') || words.contains('(');
    let long = dash.contains(['—', '–']);
    // "Mr Smith - who ..." is no place line: mixed case needs a comma, an agency, or a dash that is not a plain hyphen.
    if !looks || !(is_shouting(place) || listed || long) {
        return None;
    }
    let confidence = match (is_shouting(place), listed, long) {
        (true, true, _) => 0.95,
        (true, false, _) => 0.9,
        (false, true, true) => 0.85,
        _ => 0.7,
    };
    Some((words, at + dash.len(), confidence))
}

/// "CAIRO (AP) Envoys met": no dash, but an agency that is known.
fn undashed(head: &str) -> Option<(&str, usize, f32)> {
    let close = head.find(')')?;
    let open = head[..close].rfind('(')?;
    let place = head[..open].split(',').next()?.trim();
    only_known(head[open + 1..close].trim())?;
    (is_place(place) && is_shouting(place) && !head[..open].contains(['!', '?', '"', '“'])).then_some((
        &head[..=close],
        close + 1,
        0.9,
    ))
}

/// The agency in the brackets of a place line.
fn agency(words: &str) -> Option<(String, Span, f32)> {
    let open = words.find('(')?;
    let inner = words[open + 1..].split(')').next()?.trim();
    let (name, length) = known(inner).unwrap_or_default();
    if length > 0 {
        return Some((name.to_owned(), within(words, &inner[..length]), sure::BESIDE));
    }
    let acronym = (3..=6).contains(&inner.len()) && inner.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    (acronym || is_titled(inner, true)).then(|| (inner.to_owned(), within(words, inner), sure::LIKELY))
}

fn is_place(place: &str) -> bool {
    let capital = |w: &str| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "de" | "al" | "and");
    let words = place.split_whitespace().count();
    (1..=4).contains(&words) && place.split_whitespace().all(capital)
}

fn is_shouting(place: &str) -> bool {
    place.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

fn is_agency_line(words: &str) -> bool {
    words.ends_with(')')
        && words.contains('(')
        && words.starts_with(char::is_uppercase)
        && !words.contains(['!', '?', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<(String, String, Option<String>)> {
        let l = read(text, Span::new(0, text.len()))?;
        if let Some(before) = l.before {
            assert!(
                before.text(text).is_some_and(|b| b.starts_with("Talks resume in Doha"))
                    && before.end < l.dateline.span.start
            );
        }
        assert_eq!(l.dateline.span.text(text), Some(l.dateline.text.as_str()));
        let agency = l.agency.map(|(name, span, _)| {
            assert!(text.contains(span.text(text).unwrap()));
            name
        });
        Some((l.dateline.place, l.rest.text(text).unwrap().to_owned(), agency))
    }

    #[test]
    fn agencies_stand_in_brackets() {
        for (text, place, agency) in [
            ("DOHA, March 3 (Reuters) - They met.", "DOHA", Some("Reuters")),
            ("CAIRO (AP) They met.", "CAIRO", Some("Associated Press")),
            ("SEVERN, Md. (ABC7) — They met.", "SEVERN", Some("ABC7")),
            ("PARIS (FR) — They met.", "PARIS", None),
            ("ST. JOSEPH, Mich. (AP) — They met.", "ST. JOSEPH", Some("Associated Press")),
            ("Talks resume in Doha. DOHA (AP) -- They met.", "DOHA", Some("Associated Press")),
            ("Talks resume in Doha. DOHA, N.Y. (AP) - They met.", "DOHA", Some("Associated Press")),
            ("Talks resume in Doha . DOHA (AP) — They met.", "DOHA", Some("Associated Press")),
            ("Oslo, Norway – They met.", "Oslo", None),
        ] {
            let told = line(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(told, (place.to_owned(), "They met.".to_owned(), agency.map(str::to_owned)), "{text}");
        }
        for text in [
            "The AP (AP) They met.",
            "Envoys (Reuters) They met.",
            "CAIRO (2026) They met.",
            "Jane Doe, NBC News (NBC News) -- They met.",
            "(AP) They met.",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
