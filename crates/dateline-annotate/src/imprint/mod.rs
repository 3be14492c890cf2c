//! What a report's text tells of the report itself: who wrote it, for whom, when and where, each with its words and a confidence.
//! What tells it is no part of what the report tells of the world, and is not annotated.

mod line;
mod names;
mod outlet;
mod place_line;
#[cfg(test)]
mod tests;
mod words;

use crate::layout::{HEADLINE, shift, trim};
use crate::timex::stamp;
use dateline_report::{Date, Dateline, Span};
use line::{Credit, sure};
use place_line::PlaceLine;

/// Paragraphs after the headline among which bylines are looked for.
const HEAD: usize = 5;
/// Paragraphs at the end among which credits are looked for.
const TAIL: usize = 3;
/// Shortest paragraph that is surely of the report's body, in bytes.
const BODY: usize = 60;
/// How far from the end of a report a copyright may begin, in bytes.
const COPYRIGHT: usize = 400;

/// Something that the text tells of the report itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<T> {
    /// What is told.
    pub value: T,
    /// The bytes of the words that tell it.
    pub span: Span,
    /// 0 to 1, by how explicit the words are.
    pub confidence: f32,
}

/// What was found so far: of each the surest, and of equally sure ones the first.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) published: Option<Told<Date>>,
    pub(crate) outlet: Option<Told<String>>,
    pub(crate) byline: Option<Told<String>>,
    pub(crate) dateline: Option<Told<Dateline>>,
    /// The agency of the place line or in its place: whose report it is, unless another says that it published it.
    pub(crate) agency: Option<Told<String>>,
    /// The headline that stands in one paragraph with the place line.
    pub(crate) before: Option<Span>,
}

fn offer<T>(slot: &mut Option<Told<T>>, value: T, span: Span, confidence: f32) {
    if slot.as_ref().is_none_or(|s| confidence > s.confidence) {
        *slot = Some(Told { value, span, confidence });
    }
}

impl Found {
    /// Takes what a credit that begins at a byte of the text tells.
    fn credit(&mut self, c: Credit, at: usize) {
        if let Some((names, span, confidence)) = c.byline {
            offer(&mut self.byline, names, shift(span, at), confidence);
        }
        if let Some((day, span, confidence)) = c.published {
            offer(&mut self.published, day, shift(span, at), confidence);
        }
        self.outlet(c.outlet, at);
    }

    fn outlet(&mut self, told: Option<outlet::Told>, at: usize) {
        if let Some((name, span, confidence)) = told {
            offer(&mut self.outlet, name, shift(span, at), confidence);
        }
    }
}

/// Whether a paragraph is a credit and nothing else, and so no headline; one with an outlet at its end is a headline rather.
pub(crate) fn is_credit(block: &str) -> bool {
    let surely = |c: &Credit| c.led || c.outlet.is_some() || c.byline.as_ref().is_some_and(|b| b.2 > sure::PERHAPS);
    outlet::of_headline(block).is_none() && line::read(block).is_some_and(|c| surely(&c))
}

/// Whether the first paragraph is the outlet's own line above the headline.
pub(crate) fn masthead(text: &str, first: Span, found: &mut Found) -> bool {
    let told = first.text(text).and_then(outlet::of_masthead);
    let is = told.is_some();
    found.outlet(told, first.start);
    is
}

/// A headline without the outlet at its end.
pub(crate) fn headline(text: &str, line: Span, found: &mut Found) -> Span {
    let Some((told, length)) = line.text(text).and_then(outlet::of_headline) else { return line };
    found.outlet(Some(told), line.start);
    Span::new(line.start, line.start + length)
}

/// Takes the lines that tell the day out of the paragraphs.
pub(crate) fn stamps(text: &str, blocks: &mut Vec<Span>, found: &mut Found) {
    blocks.retain(|b| {
        let raw = b.text(text).unwrap_or_default();
        let Some((day, span)) = stamp::of_line(raw) else { return true };
        offer(&mut found.published, day, shift(span, b.start), stamp::confidence(raw));
        false
    });
}

/// Takes the credits before the report's body out of the paragraphs.
pub(crate) fn head(text: &str, blocks: &mut Vec<Span>, found: &mut Found) {
    let mut body = false;
    for block in blocks.iter_mut().take(HEAD) {
        while let Some(line) = block.text(text).and_then(|raw| raw.lines().next()) {
            let Some(credit) = line::read(line).filter(|c| c.led || !body) else { break };
            found.credit(credit, block.start);
            *block = trim(text, Span::new(block.start + line.len(), block.end));
        }
        if let Some(rest) = opening(text, *block, found) {
            *block = rest;
        }
        let raw = block.text(text).unwrap_or_default();
        body |= raw.len() > BODY && raw.ends_with(['.', '!', '?', '"', '”', ')']);
    }
    blocks.retain(|b| !b.is_empty());
}

/// A paragraph without the byline that it begins with: "By Jane Doe, Reuters CAIRO (Reuters) - Envoys met." Without "by" the outlet must
/// stand beside the name, and a day, a place line or an agency behind.
fn opening(text: &str, block: Span, found: &mut Found) -> Option<Span> {
    let raw = block.text(text)?;
    let lead = words::phrase("lead", raw).filter(|n| *n == "by".len());
    let rest = raw[lead.unwrap_or(0)..].trim_start_matches([' ', ':']);
    let by = &rest[..names::list(rest)?];
    let mut after = rest[by.len()..].trim_start_matches([',', ' ', '|']);
    let outlet = words::known(after).map(|(name, n)| (name.to_owned(), line::within(raw, &after[..n]), sure::BESIDE));
    after = outlet.as_ref().map_or(after, |o| raw[o.1.end..].trim_start_matches([',', ' ', '|']));
    let role = line::role(after);
    after = after[role.unwrap_or(0)..].trim_start_matches(|c: char| c.is_whitespace() || ".,|-–—".contains(c));
    let day = stamp::full_date(after).filter(|(_, s)| s.start == 0);
    let day = day.map(|(day, s)| (day, line::within(raw, &after[..s.end]), sure::BESIDE));
    if let Some((_, span, _)) = &day {
        after = &raw[span.end..];
        after = after[stamp::clock(after)..].trim_start_matches(|c: char| c.is_whitespace() || ".,|-–—".contains(c));
    }
    let rest = Span::new(block.start + line::within(raw, after).start, block.end);
    let opens = place_line::read(text, rest).is_some() || agency(after).is_some();
    let barred = rest_of(raw, by).trim_start().starts_with('|');
    let said = outlet.is_some() || role.is_some() || day.is_some() || barred;
    let fits = match lead {
        Some(_) => opens || said && after.starts_with(char::is_uppercase),
        None => outlet.is_some() && (opens || day.is_some()),
    };
    if !fits {
        return None;
    }
    let byline = Some((by.split_whitespace().collect::<Vec<_>>().join(" "), line::within(raw, by), sure::BESIDE));
    found.credit(Credit { byline, outlet, published: day, led: true }, block.start);
    Some(rest)
}

/// What follows a part of a text.
fn rest_of<'t>(text: &'t str, part: &str) -> &'t str {
    &text[line::within(text, part).end..]
}

/// Takes the place line, or the agency in its place, off the first paragraph; off the second where the first is short, as a headline that
/// ends with a point, and the line is surely one.
pub(crate) fn dateline(text: &str, blocks: &mut [Span], found: &mut Found) {
    let Some(first) = blocks.first().copied() else { return };
    let own = placed(text, first, found, |_| true).or_else(|| agency_of(text, first, found));
    match own {
        Some(rest) => blocks[0] = rest,
        None if first.end - first.start <= HEADLINE && blocks.len() > 1 => {
            if let Some(rest) = placed(text, blocks[1], found, |l| l.confidence >= sure::BY && l.before.is_none()) {
                blocks[1] = rest;
            }
        }
        None => {}
    }
}

/// A paragraph without its place line, if that will do.
fn placed(text: &str, body: Span, found: &mut Found, does: impl Fn(&PlaceLine) -> bool) -> Option<Span> {
    let line = place_line::read(text, body).filter(does)?;
    if let Some((day, s)) = stamp::full_date(&line.dateline.text) {
        offer(&mut found.published, day, shift(s, line.dateline.span.start), sure::BY);
    }
    found.before = line.before;
    found.agency = line.agency.map(|(value, span, confidence)| Told { value, span, confidence });
    found.dateline = Some(Told { span: line.dateline.span, value: line.dateline, confidence: line.confidence });
    Some(line.rest)
}

/// A paragraph without the agency that it begins with.
fn agency_of(text: &str, body: Span, found: &mut Found) -> Option<Span> {
    let (name, span, rest) = body.text(text).and_then(agency)?;
    found.agency = Some(Told { value: name, span: shift(span, body.start), confidence: sure::BESIDE });
    Some(trim(text, Span::new(body.start + rest, body.end)))
}

/// The agency that a paragraph begins with, and where the paragraph goes on: "(AP) - Envoys met", "AFP — Envoys met".
fn agency(raw: &str) -> Option<(String, Span, usize)> {
    let inner = raw.trim_start_matches(['(', '[']);
    let (name, length) = words::known(inner)?;
    let after = &inner[length..];
    let closed = after.strip_prefix([')', ']']).filter(|_| inner.len() < raw.len());
    let dash = |t: &str| ["—", "–", "--", "- "].iter().any(|d| t.trim_start().starts_with(d));
    let rest = closed.or(Some(after).filter(|a| inner.len() == raw.len() && a.starts_with(' ') && dash(a)))?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "—–-:".contains(c));
    (!rest.is_empty()).then(|| (name.to_owned(), line::within(raw, &inner[..length]), raw.len() - rest.len()))
}

/// Takes the credits after the report's body out of the paragraphs.
pub(crate) fn tail(text: &str, blocks: &mut Vec<Span>, found: &mut Found) {
    for _ in 0..TAIL {
        let Some(last) = blocks.last().copied() else { return };
        let Some(rest) = ending(text, last, found) else { return };
        blocks.pop();
        if !rest.is_empty() {
            blocks.push(rest);
        }
    }
}

/// A paragraph without the credit that it ends with or is.
fn ending(text: &str, block: Span, found: &mut Found) -> Option<Span> {
    let raw = block.text(text)?;
    let at = endings(raw).into_iter().find(|&at| closes(&raw[at..], at, block.start + at, found)).or_else(|| {
        let (at, signed) = signature(raw)?;
        let names = raw[signed..].trim_end_matches('.');
        offer(&mut found.byline, names.to_owned(), shift(line::within(raw, names), block.start), sure::PERHAPS);
        Some(at)
    })?;
    Some(trim(text, Span::new(block.start, block.start + at)))
}

/// Where what closes a report may begin in its last paragraph, the whole of it first.
fn endings(raw: &str) -> Vec<usize> {
    let mut out = vec![0];
    out.extend(raw.rfind('\n').map(|i| i + 1));
    let sentences = ". |? |! |.\" |.” |.) "
        .split('|')
        .filter_map(|m| raw.trim_end().trim_end_matches('.').rfind(m).map(|i| i + m.len()));
    out.extend(raw.trim_end().ends_with(')').then(|| raw.rfind('(')).flatten());
    out.extend(sentences.max());
    let lower = raw.to_ascii_lowercase();
    out.extend(
        ["copyright", "©", "(c) ", "reporting by "]
            .iter()
            .filter_map(|m| lower.rfind(m))
            .filter(|i| raw.len() - i <= COPYRIGHT),
    );
    out
}

/// Whether words at the end of a report are a credit from `at` of the paragraph to its end; what it tells is taken.
fn closes(end: &str, at: usize, start: usize, found: &mut Found) -> bool {
    if let Some(owner) = outlet::of_copyright(end) {
        found.outlet(Some(owner), start);
        return true;
    }
    if let Some(source) = outlet::of_source(end) {
        found.outlet(Some(source), start);
        return true;
    }
    let surely = |x: Option<f32>| x.is_some_and(|c| c >= sure::BESIDE);
    let credit = line::read(end).filter(|c| {
        let outlet = surely(c.outlet.as_ref().map(|o| o.2));
        // Within a paragraph only what says more than a name is one: a sentence may well be "Reuters."
        let signed = outlet && (at == 0 || c.byline.is_some() || end.starts_with('('));
        c.led || signed || at == 0 && surely(c.byline.as_ref().map(|b| b.2))
    });
    let is = credit.is_some();
    if let Some(credit) = credit {
        found.credit(credit, start);
    }
    is
}

/// A name after a dash behind the last sentence, as where the dash and the name begin: "They left. — Jane Doe".
fn signature(raw: &str) -> Option<(usize, usize)> {
    let (at, dash) = ["—", "–", "--", " - "].iter().filter_map(|d| raw.rfind(d).map(|i| (i, *d))).max()?;
    let signed = at + dash.len() + raw[at + dash.len()..].len() - raw[at + dash.len()..].trim_start().len();
    let names = raw[signed..].trim_end_matches('.');
    let ended = raw[..at].trim_end().ends_with(['.', '!', '?']);
    (ended && names::list(names) == Some(names.len())).then_some((at, signed))
}
