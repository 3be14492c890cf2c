//! Paragraphs, headline, dateline and editorial notes of a plain-text report.

use crate::timex::stamp;
use dateline_report::{Date, Dateline, Report, Span};

/// How to read the layout of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutRules {
    /// A news report: headline, dateline, notes and bylines are recognised.
    Report,
    /// Running text: paragraphs only.
    Plain,
}

/// A stretch of text that sentences do not cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its bytes, without surrounding white space; of the first body paragraph without the dateline.
    pub span: Span,
    /// Whether it is the headline.
    pub headline: bool,
}

/// What the layout tells of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Paragraphs to read, in order.
    pub paragraphs: Vec<Paragraph>,
    /// The place line.
    pub dateline: Option<Dateline>,
    /// The headline's bytes.
    pub headline: Option<Span>,
    /// The day of publication and the words that tell it, where the text itself does.
    pub published: Option<(Date, Span)>,
}

/// Longest headline, in bytes.
const HEADLINE: usize = 200;
/// Longest dateline, in bytes.
const DATELINE: usize = 80;

/// Reads the layout of a report.
pub fn read(report: &Report, rules: LayoutRules) -> Layout {
    let text = &report.text;
    let mut blocks = blocks(text);
    let mut layout = Layout::default();
    if rules == LayoutRules::Report {
        let first = blocks
            .first()
            .copied()
            .filter(|b| blocks.len() > 1 && is_headline(report, b.text(text).unwrap_or_default()));
        if let Some(span) = first {
            layout.headline = Some(span);
            layout.paragraphs.push(Paragraph { span, headline: true });
            blocks.remove(0);
        }
        let line = |b: &Span| b.text(text).and_then(stamp::of_line).map(|(day, s)| (day, shift(s, b.start)));
        layout.published = blocks.iter().find_map(line);
        blocks.retain(|b| line(b).is_none() && !is_note(b.text(text).unwrap_or_default()));
        if let Some(body) = blocks.first_mut()
            && let Some((dateline, rest)) = dateline(text, *body)
        {
            let day = || stamp::full_date(&dateline.text).map(|(day, s)| (day, shift(s, dateline.span.start)));
            layout.published = layout.published.or_else(day);
            layout.dateline = Some(dateline);
            *body = rest;
        }
    }
    layout
        .paragraphs
        .extend(blocks.into_iter().filter(|b| !b.is_empty()).map(|span| Paragraph { span, headline: false }));
    layout
}

/// Paragraphs: parted by blank lines; where there are none, every line, unless the lines look wrapped at a fixed width.
fn blocks(text: &str) -> Vec<Span> {
    let lines: Vec<Span> = lines(text);
    let has_blank = text.contains("\n\n") || text.contains("\n\r\n");
    let wrapped = has_blank || is_wrapped(text, &lines);
    let mut out: Vec<Span> = Vec::new();
    let mut open = false;
    for line in lines {
        let t = trim(text, line);
        if t.is_empty() {
            open = false;
        } else if open && wrapped {
            if let Some(last) = out.last_mut() {
                last.end = t.end;
            }
        } else {
            out.push(t);
            open = true;
        }
    }
    out
}

fn shift(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut out = Vec::new();
    for (i, _) in text.match_indices('\n') {
        out.push(Span::new(start, i));
        start = i + 1;
    }
    out.push(Span::new(start, text.len()));
    out
}

fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let full: Vec<&str> = lines.iter().filter_map(|l| l.text(text)).map(str::trim).filter(|l| !l.is_empty()).collect();
    let open = full.iter().filter(|l| (50..=100).contains(&l.len()) && !l.ends_with(['.', '!', '?', '"', '”'])).count();
    full.len() > 3 && open * 2 > full.len()
}

fn trim(text: &str, span: Span) -> Span {
    let raw = span.text(text).unwrap_or_default();
    let start = span.start + (raw.len() - raw.trim_start().len());
    Span::new(start, start + raw.trim().len())
}

fn is_headline(report: &Report, first: &str) -> bool {
    if report.title.as_deref().is_some_and(|t| t.trim() == first) {
        return true;
    }
    first.len() <= HEADLINE
        && !first.ends_with(['.', ':', ';', ',', '"', '”'])
        && first.starts_with(|c: char| c.is_alphanumeric() || "'\"‘“".contains(c))
}

/// A paragraph that is wholly an editor's remark in brackets or stars, or a byline.
fn is_note(block: &str) -> bool {
    let bare = block.trim_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
    let lower = bare.get(..bare.len().min(16)).unwrap_or(bare).to_lowercase();
    let bracketed = bare.starts_with(['(', '[']);
    let remark = bracketed
        && ["note", "editor", "file", "updated", "correct", "photo"].iter().any(|w| lower[1..].starts_with(w));
    let byline = bare.len() < 60
        && lower.starts_with("by ")
        && !bare.ends_with('.')
        && bare[3..].starts_with(char::is_uppercase);
    remark || byline
}

/// A place line at the start of a paragraph, and the paragraph without it.
fn dateline(text: &str, body: Span) -> Option<(Dateline, Span)> {
    let raw = body.text(text)?;
    let limit = raw.char_indices().map(|(i, _)| i).find(|&i| i > DATELINE).unwrap_or(raw.len());
    let head = &raw[..limit];
    let (at, dash) = [" — ", " – ", " -- ", " - ", "—", " —", " –"]
        .iter()
        .filter_map(|d| head.find(d).map(|i| (i, *d)))
        .min_by_key(|x| x.0)?;
    let words = head[..at].trim_end();
    let place = words.split(['(', ',']).next()?.trim();
    let capital = |w: &str| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "de" | "al" | "and");
    let looks = !place.is_empty()
        && place.split_whitespace().count() <= 4
        && place.split_whitespace().all(capital)
        && !words.contains(['.', '!', '?', '"', '“'])
        || is_agency_line(words);
    let shouting = place.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let listed = words.contains(',') || words.contains('(');
    // "Mr Smith - who ..." is no place line: mixed case needs a comma, an agency, or a dash that is not a plain hyphen.
    if !looks || !(shouting || listed || dash.contains(['—', '–'])) {
        return None;
    }
    let end = at + dash.len();
    let rest = trim(text, Span::new(body.start + end, body.end));
    if rest.is_empty() {
        return None;
    }
    let span = Span::new(body.start, body.start + words.len());
    Some((Dateline { text: words.to_owned(), span, place: place.to_owned() }, rest))
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

    fn layout(text: &str) -> Layout {
        read(&Report::from_text(text), LayoutRules::Report)
    }

    #[test]
    fn headline_note_and_dateline_are_set_apart() {
        let text = "Talks to Resume in Doha\n\n(Note: updates with quote)\n\nDOHA, March 3 (Agency) — Envoys met. They left.\n\nMore follows.";
        let l = layout(text);
        assert_eq!(l.headline.unwrap().text(text), Some("Talks to Resume in Doha"));
        assert_eq!(l.dateline.as_ref().unwrap().place, "DOHA");
        let read: Vec<_> = l.paragraphs.iter().map(|p| p.span.text(text).unwrap()).collect();
        assert_eq!(read, ["Talks to Resume in Doha", "Envoys met. They left.", "More follows."]);
    }

    #[test]
    fn the_day_of_publication_is_read() {
        let text = "Talks to Resume in Doha\n\nPublished 3 March 2026\n\nEnvoys met.";
        let l = layout(text);
        assert_eq!(
            l.published.map(|(d, s)| (d.to_string(), s.text(text).unwrap())),
            Some(("2026-03-03".into(), "3 March 2026"))
        );
        assert_eq!(l.paragraphs.len(), 2);
        let text = "DOHA, March 3, 2026 (Agency) — Envoys met.";
        assert_eq!(layout(text).published.map(|p| p.0.to_string()).as_deref(), Some("2026-03-03"));
    }

    #[test]
    fn sentences_with_dashes_are_no_datelines() {
        for text in ["The envoy - a veteran - left.", "Officials said — again — no.", "Well-known men met."] {
            assert_eq!(layout(text).dateline, None, "{text}");
        }
        assert_eq!(layout("Oslo, Norway – Envoys met on Monday.").dateline.unwrap().place, "Oslo");
    }

    #[test]
    fn lines_are_paragraphs_unless_wrapped() {
        assert_eq!(layout("One here.\nTwo here.\nThree here.").paragraphs.len(), 3);
        let wrapped = "The ministers of the two countries met on Monday in the capital\nto discuss the border that has been closed since the spring and the\nreturn of the families who fled, officials on both sides said when\nthe talks ended late in the day.";
        assert_eq!(layout(wrapped).paragraphs.len(), 1);
        assert!(layout("").paragraphs.is_empty());
    }
}
