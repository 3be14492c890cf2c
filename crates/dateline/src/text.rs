//! The record for a reader at a terminal.

use anstyle::{AnsiColor, Style};
use dateline_report::{Actor, Credit, Event, Record, Span};
use dateline_view::words::{self, actor, date, place, squeeze};
use std::fmt::Write;

const WIDTH: usize = 100;
/// Characters of a statement that are shown.
const TOLD: usize = 240;
pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const HEAD: Style = AnsiColor::Cyan.on_default().bold();

/// Styled text; the stream strips the style where it is not wanted.
pub(crate) fn render(record: &Record, explain: bool) -> String {
    let mut o = String::new();
    let r = &record.report;
    let title = r.title.as_deref().unwrap_or("(no headline)");
    for line in textwrap::wrap(title, WIDTH) {
        let _ = writeln!(o, "{BOLD}{line}{BOLD:#}");
    }
    header(&mut o, record, explain);
    for note in &record.notes {
        paragraph(&mut o, "note: ", note);
    }
    talks(&mut o, record);
    events(&mut o, record, explain);
    section(&mut o, "Figures", record.figures.len());
    for f in &record.figures {
        paragraph(&mut o, "  ", &format!("{} {}", words::count(f), words::counted(f)));
    }
    section(&mut o, "Positions", record.positions.len());
    for p in &record.positions {
        paragraph(&mut o, "  ", &format!("{} {} — {}", p.stance, p.issue, words::position(p)));
    }
    section(&mut o, "Assessments", record.assessments.len());
    for a in &record.assessments {
        let by = a.source.as_ref().map_or(String::new(), |s| format!("; {}", words::source(s)));
        paragraph(&mut o, "  ", &format!("{}: “{}”{by}", a.state, squeeze(&a.text)));
    }
    let statements: Vec<_> = record.statements.iter().filter(|s| !s.nested).collect();
    section(&mut o, "Who said what", statements.len());
    for s in statements {
        paragraph(&mut o, "  ", &format!("{} — {}", words::speaker(s), words::told(s, &r.text, TOLD)));
    }
    o
}

/// Outlet, byline, place line, day and id; what the text and not the source tells, with its confidence.
fn header(o: &mut String, record: &Record, explain: bool) {
    let imprint = words::imprint(record);
    let place = record.report.dateline.as_ref().map(|d| squeeze(&d.text));
    let shown = |(part, credit): &(String, Option<&Credit>)| match credit {
        // A place line is its own words.
        Some(c) if Some(part) != place.as_ref() => format!("{part} (read, {:.2})", c.confidence),
        _ => part.clone(),
    };
    let mut meta: Vec<String> = imprint.iter().map(shown).collect();
    meta.push(format!("id {}", record.report.id));
    let _ = writeln!(o, "{DIM}{}{DIM:#}", meta.join(" · "));
    for (part, credit) in imprint.iter().filter_map(|(part, c)| Some((part, (*c)?))).filter(|_| explain) {
        paragraph(o, "  ", &format!("{part}: {}", words::told_by(credit)));
    }
}

fn section(o: &mut String, name: &str, n: usize) {
    if n > 0 {
        let _ = writeln!(o, "\n{HEAD}{name} ({n}){HEAD:#}");
    }
}

pub(crate) fn paragraph(o: &mut String, indent: &str, text: &str) {
    let next = " ".repeat(indent.len());
    let options = textwrap::Options::new(WIDTH).initial_indent(indent).subsequent_indent(&next);
    for line in textwrap::wrap(text, options) {
        let _ = writeln!(o, "{line}");
    }
}

fn actors(list: &[Actor]) -> String {
    list.iter().map(actor).collect::<Vec<_>>().join(", ")
}

fn talks(o: &mut String, record: &Record) {
    let Some(t) = &record.talks else { return };
    let _ = writeln!(o, "\n{HEAD}Where the talks stand{HEAD:#}");
    let mut row = |name: &str, text: String| {
        if !text.is_empty() {
            paragraph(o, &format!("  {name:14}"), &text);
        }
    };
    row("state", t.state.map(|s| s.to_string()).unwrap_or_default());
    row("parties", actors(&t.parties));
    row("third parties", actors(&t.third_parties));
    row("individuals", actors(&t.individuals));
    row(
        "issues",
        t.issues.iter().map(|i| format!("{} (\"{}\")", i.issue, squeeze(&i.text))).collect::<Vec<_>>().join(", "),
    );
    row("venues", t.venues.iter().map(place).collect::<Vec<_>>().join(", "));
    for (name, round) in [("last round", &t.last_round), ("next round", &t.next_round)] {
        let Some(r) = round else { continue };
        row(name, words::round(r));
    }
}

fn events(o: &mut String, record: &Record, explain: bool) {
    section(o, "Events", record.events.len());
    let mut order: Vec<&Event> = record.events.iter().collect();
    let day = |e: &Event| e.date.as_ref().and_then(|d| d.start.or(d.end));
    order.sort_by_key(|e| (day(e).is_none(), day(e), e.span.start));
    for e in order {
        let mode = e.mode.as_ref().map_or(String::new(), |m| format!(" {m}"));
        let marks = words::reality(e);
        let marks = if marks.is_empty() { String::new() } else { format!(" · {}", marks.join(" · ")) };
        let _ = writeln!(o, "  {BOLD}{}  {}{mode}{BOLD:#}  {DIM}{}{marks}{DIM:#}", date(e.date.as_ref()), e.kind, e.id);
        let who = match (actors(&e.actors), actors(&e.recipients)) {
            (a, r) if r.is_empty() => a,
            (a, r) if a.is_empty() => format!("→ {r}"),
            (a, r) => format!("{a} → {r}"),
        };
        let mut facts = vec![who];
        if !e.third_parties.is_empty() {
            facts.push(format!("with {}", actors(&e.third_parties)));
        }
        facts.extend(e.place.as_ref().map(|p| format!("in {}", place(p))));
        facts.extend(
            [("killed", e.killed), ("injured", e.injured), ("held", e.held)]
                .iter()
                .filter_map(|(k, n)| n.map(|n| format!("{n} {k}"))),
        );
        facts.extend(e.source.as_ref().map(words::source));
        facts.retain(|f| !f.is_empty());
        if !facts.is_empty() {
            paragraph(o, "      ", &facts.join("; "));
        }
        evidence(o, record, e);
        if explain {
            let rule = match (&e.rule.frame, e.rule.model) {
                (Some(f), Some(m)) => format!("frame {f}, model {m:.2}"),
                (Some(f), None) => format!("frame {f}"),
                (None, m) => format!("model {:.2}", m.unwrap_or_default()),
            };
            let words: Vec<&str> = e.rule.words.iter().map(|w| w.text.as_str()).collect();
            let code = e.cameo.as_ref().map_or(String::new(), |c| format!("; CAMEO {c}"));
            paragraph(
                o,
                "      why: ",
                &format!("{rule} on \"{}\"; confidence {:.2}{code}", words.join(" "), e.rule.confidence),
            );
        }
    }
}

/// The sentence with its trigger marked.
fn evidence(o: &mut String, record: &Record, e: &Event) {
    let text = &record.report.text;
    let part = |a: usize, b: usize| squeeze_ends(Span { start: a, end: b.max(a) }.text(text).unwrap_or_default());
    let (s, t) = (e.sentence.span, e.span);
    // The marks are private-use characters, so that wrapping counts them as one column each.
    let marked = format!("“{}\u{e000}{}\u{e001}{}”", part(s.start, t.start), part(t.start, t.end), part(t.end, s.end));
    let options = textwrap::Options::new(WIDTH).initial_indent("      ").subsequent_indent("      ");
    for line in textwrap::wrap(&marked, options) {
        let line = line
            .replace('\u{e000}', &BOLD.render().to_string())
            .replace('\u{e001}', &format!("{}{}", BOLD.render_reset(), DIM.render()));
        let _ = writeln!(o, "{DIM}{line}{DIM:#}");
    }
}

fn squeeze_ends(text: &str) -> String {
    let lead = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let tail = if text.ends_with(char::is_whitespace) && !text.trim().is_empty() { " " } else { "" };
    format!("{lead}{}{tail}", squeeze(text))
}
