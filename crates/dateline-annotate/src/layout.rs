//! Paragraphs, headline and editorial notes of a plain-text report, and what it tells of itself.

use crate::imprint::{self, Found, Told};
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Paragraphs to read, in order.
    pub paragraphs: Vec<Paragraph>,
    /// The headline's bytes, without the outlet at its end.
    pub headline: Option<Span>,
    /// The place line.
    pub dateline: Option<Told<Dateline>>,
    /// The day of publication, where the text itself tells it.
    pub published: Option<Told<Date>>,
    /// Who published the report, where the text itself tells it: the name it is known by.
    pub outlet: Option<Told<String>>,
    /// Who wrote the report, where the text itself tells it.
    pub byline: Option<Told<String>>,
}

/// Longest headline, in bytes.
pub(crate) const HEADLINE: usize = 200;

/// Reads the layout of a report.
pub fn read(report: &Report, rules: LayoutRules) -> Layout {
    let text = &report.text;
    let mut blocks = blocks(text);
    let mut layout = Layout::default();
    if rules == LayoutRules::Report {
        let mut found = Found::default();
        if let Some(span) = headline(report, &mut blocks, &mut found) {
            layout.headline = Some(span);
            layout.paragraphs.push(Paragraph { span, headline: true });
        }
        imprint::stamps(text, &mut blocks, &mut found);
        imprint::head(text, &mut blocks, &mut found);
        blocks.retain(|b| !is_note(b.text(text).unwrap_or_default()));
        imprint::dateline(text, &mut blocks, &mut found);
        imprint::tail(text, &mut blocks, &mut found);
        let Found { published, outlet, byline, dateline, agency, before } = found;
        layout.paragraphs.extend(before.map(|span| Paragraph { span, headline: layout.headline.is_none() }));
        layout = Layout { published, outlet: outlet.or(agency), byline, dateline, ..layout };
    }
    layout
        .paragraphs
        .extend(blocks.into_iter().filter(|b| !b.is_empty()).map(|span| Paragraph { span, headline: false }));
    layout
}

/// Takes the headline out of the paragraphs, and the outlet's line above it.
fn headline(report: &Report, blocks: &mut Vec<Span>, found: &mut Found) -> Option<Span> {
    let text = &report.text;
    let heads = |blocks: &[Span], i: usize| {
        let line = blocks.get(i).and_then(|b| b.text(text)).unwrap_or_default();
        blocks.len() > i + 1 && is_headline(report, line) && !imprint::is_credit(line)
    };
    let titled = blocks.first().and_then(|b| b.text(text)) == report.title.as_deref().map(str::trim);
    if !titled && heads(blocks, 1) && imprint::masthead(text, blocks[0], found) {
        blocks.remove(0);
    }
    heads(blocks, 0).then(|| imprint::headline(text, blocks.remove(0), found))
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

pub(crate) fn shift(span: Span, by: usize) -> Span {
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

pub(crate) fn trim(text: &str, span: Span) -> Span {
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
        assert_eq!(l.dateline.as_ref().unwrap().value.place, "DOHA");
        let read: Vec<_> = l.paragraphs.iter().map(|p| p.span.text(text).unwrap()).collect();
        assert_eq!(read, ["Talks to Resume in Doha", "Envoys met. They left.", "More follows."]);
    }

    #[test]
    fn the_day_of_publication_is_read() {
        let text = "Talks to Resume in Doha\n\nPublished 3 March 2026\n\nEnvoys met.";
        let l = layout(text);
        assert_eq!(
            l.published.map(|p| (p.value.to_string(), p.span.text(text).unwrap())),
            Some(("2026-03-03".into(), "3 March 2026"))
        );
        assert_eq!(l.paragraphs.len(), 2);
        let text = "DOHA, March 3, 2026 (Agency) — Envoys met.";
        assert_eq!(layout(text).published.map(|p| p.value.to_string()).as_deref(), Some("2026-03-03"));
    }

    #[test]
    fn sentences_with_dashes_are_no_datelines() {
        for text in ["The envoy - a veteran - left.", "Officials said — again — no.", "Well-known men met."] {
            assert_eq!(layout(text).dateline, None, "{text}");
        }
        assert_eq!(layout("Oslo, Norway – Envoys met on Monday.").dateline.unwrap().value.place, "Oslo");
    }

    #[test]
    fn lines_are_paragraphs_unless_wrapped() {
        assert_eq!(layout("One here.\nTwo here.\nThree here.").paragraphs.len(), 3);
        let wrapped = "The ministers of the two countries met on Monday in the capital\nto discuss the border that has been closed since the spring and the\nreturn of the families who fled, officials on both sides said when\nthe talks ended late in the day.";
        assert_eq!(layout(wrapped).paragraphs.len(), 1);
        assert!(layout("").paragraphs.is_empty());
    }
}
