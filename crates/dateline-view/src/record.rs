//! The record as a page: the text with coloured spans, beside it the events and the talks.

use crate::words::{actor, date, place};
use crate::{escape, words};
use dateline_report::{Credit, Event, Record, Span};
use std::fmt::Write;

/// Its style sheet.
pub const CSS: &str = include_str!("record.css");

/// What a view of a record is to show beside the coding.
pub struct Shown<'a> {
    /// Which frame or model decided, on which words, how sure, beneath each event.
    pub explain: bool,
    /// Address of a page on the event at this position in the record, where there is one.
    pub event: &'a dyn Fn(usize) -> Option<String>,
}

/// The page of a record; nothing outside it is needed to show it.
pub fn page(record: &Record, explain: bool) -> String {
    let title = record.report.title.as_deref().unwrap_or("Report");
    let mut o = String::new();
    let _ = write!(
        o,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{}</title><style>{CSS}</style></head><body><main>{}</main></body></html>\n",
        escape(title),
        body(record, &Shown { explain, event: &|_| None })
    );
    o
}

/// The text with its spans, and beside it the coding: an `article` and an `aside`.
pub fn body(record: &Record, shown: &Shown) -> String {
    let r = &record.report;
    let title = r.title.as_deref().unwrap_or("Report");
    let mut o = String::new();
    let _ = write!(o, "<article><h1>{}</h1>", escape(title));
    let part = |(part, credit): (String, Option<&Credit>)| match credit {
        Some(c) => format!("<span class=\"read\" title=\"{}\">{}</span>", escape(&words::told_by(c)), escape(&part)),
        None => escape(&part),
    };
    let meta: Vec<String> = words::imprint(record).into_iter().map(part).collect();
    let _ = write!(o, "<p class=\"meta\">{}</p>", meta.join(" · "));
    for n in &record.notes {
        let _ = write!(o, "<p class=\"note\">{}</p>", escape(n));
    }
    o.push_str("<p class=\"legend\">Underlined: what happened (<span class=\"trigger q1\">cooperation</span>, <span class=\"trigger q4\">conflict</span>). <span class=\"actor\">Who</span>, <span class=\"place\">where</span>, <span class=\"date\">when</span>. Hover or follow a word to see its coding.</p>");
    let _ = write!(o, "<div class=\"text\">{}</div></article><aside>", marked(record));
    coding(&mut o, record, shown);
    o.push_str("</aside>");
    o
}

/// The talks, the events and the rest of the coding.
fn coding(o: &mut String, record: &Record, shown: &Shown) {
    talks(o, record);
    let _ = write!(o, "<h2>Events ({})</h2>", record.events.len());
    for (i, e) in record.events.iter().enumerate() {
        event(o, record, e, shown.explain, (shown.event)(i));
    }
    rows(o, "Figures", record.figures.iter().map(|f| (words::count(f), words::counted(f))));
    let positions = record.positions.iter().map(|p| (format!("{} {}", p.stance, p.issue), words::position(p)));
    rows(o, "Positions", positions);
    let assessments = record.assessments.iter().map(|a| {
        let by = a.source.as_ref().map_or(String::new(), |s| format!("; {}", words::source(s)));
        (a.state.to_string(), format!("“{}”{by}", a.text))
    });
    rows(o, "Assessments", assessments);
    let statements = record.statements.iter().filter(|s| !s.nested);
    let text = &record.report.text;
    rows(o, "Who said what", statements.map(|s| (words::speaker(s), words::told(s, text, usize::MAX))));
}

fn rows(o: &mut String, name: &str, items: impl Iterator<Item = (String, String)>) {
    let items: Vec<_> = items.filter(|(_, v)| !v.is_empty()).collect();
    if items.is_empty() {
        return;
    }
    let _ = write!(o, "<h2>{name}</h2><table>");
    for (k, v) in items {
        let _ = write!(o, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escape(&k), escape(&v));
    }
    o.push_str("</table>");
}

fn talks(o: &mut String, record: &Record) {
    let Some(t) = &record.talks else { return };
    let list = |a: &[dateline_report::Actor]| a.iter().map(actor).collect::<Vec<_>>().join(", ");
    let round = |r: &Option<dateline_report::Round>| r.as_ref().map_or(String::new(), words::round);
    let items = [
        ("state", t.state.map(|s| s.to_string()).unwrap_or_default()),
        ("parties", list(&t.parties)),
        ("third parties", list(&t.third_parties)),
        ("individuals", list(&t.individuals)),
        ("issues", t.issues.iter().map(|i| format!("{} (“{}”)", i.issue, i.text)).collect::<Vec<_>>().join(", ")),
        ("venues", t.venues.iter().map(place).collect::<Vec<_>>().join(", ")),
        ("last round", round(&t.last_round)),
        ("next round", round(&t.next_round)),
    ];
    rows(o, "Where the talks stand", items.into_iter().map(|(k, v)| (k.to_owned(), v)));
}

/// Who, to whom, through whom, where, how many, according to whom: an event in one line.
pub fn summary(e: &Event) -> String {
    let list = |a: &[dateline_report::Actor]| a.iter().map(actor).collect::<Vec<_>>().join(", ");
    let mut facts = Vec::new();
    if !e.actors.is_empty() {
        facts.push(list(&e.actors));
    }
    if !e.recipients.is_empty() {
        facts.push(format!("→ {}", list(&e.recipients)));
    }
    if !e.third_parties.is_empty() {
        facts.push(format!("with {}", list(&e.third_parties)));
    }
    facts.extend(e.place.as_ref().map(|p| format!("in {}", place(p))));
    facts.extend(
        [("killed", e.killed), ("injured", e.injured), ("held", e.held)]
            .iter()
            .filter_map(|(k, n)| n.map(|n| format!("{n} {k}"))),
    );
    facts.extend(e.source.as_ref().map(words::source));
    facts.join("; ")
}

fn event(o: &mut String, record: &Record, e: &Event, explain: bool, page: Option<String>) {
    let mode = e.mode.as_ref().map_or(String::new(), |m| format!(" {m}"));
    let mut tags = String::new();
    let mut tag = |t: &str| {
        let _ = write!(tags, "<span class=\"tag\">{}</span>", escape(t));
    };
    for mark in words::reality(e) {
        tag(&mark);
    }
    let sentence = e.sentence.span.text(&record.report.text).unwrap_or_default();
    let _ = write!(
        o,
        "<section class=\"card q{}\" id=\"{}\"><h3><a href=\"#t-{}\">{} · {}{}</a>{tags}</h3><div class=\"facts\">{}</div><blockquote>{}</blockquote>",
        e.quad,
        e.id,
        e.id,
        escape(&date(e.date.as_ref())),
        e.kind,
        escape(&mode),
        escape(&summary(e)),
        escape(sentence)
    );
    if explain {
        let _ = write!(o, "<div class=\"why\">{}</div>", escape(&why(e)));
    }
    if let Some(page) = page {
        let _ = write!(o, "<div class=\"why\"><a href=\"{}\">all mentions of {}</a></div>", escape(&page), e.id);
    }
    o.push_str("</section>");
}

/// What decided the coding of an event, on which words, how sure.
pub fn why(e: &Event) -> String {
    let frame = e.rule.frame.as_deref().unwrap_or("model");
    format!("{frame} on “{}”, confidence {:.2}", e.trigger, e.rule.confidence)
}

/// A coloured stretch of the text: where, class, link, what hovering says. Lower rank wins where stretches overlap.
struct Mark {
    span: Span,
    rank: u8,
    class: String,
    event: Option<String>,
    title: String,
}

/// The report's text with its spans marked; of overlapping ones the more telling is kept.
fn marked(record: &Record) -> String {
    let mut marks: Vec<Mark> = Vec::new();
    for e in &record.events {
        let mode = e.mode.as_ref().map_or(String::new(), |m| format!(" {m}"));
        let title = format!("{}{mode}: {} ({})", e.kind, summary(e), why(e));
        marks.push(Mark {
            span: e.span,
            rank: 0,
            class: format!("trigger q{}", e.quad),
            event: Some(e.id.clone()),
            title,
        });
        for a in e.actors.iter().chain(&e.recipients).chain(&e.third_parties) {
            marks.push(Mark { span: a.span, rank: 2, class: "actor".into(), event: None, title: actor(a) });
        }
        if let Some(span) = e.place.as_ref().and_then(|p| p.span) {
            marks.push(Mark {
                span,
                rank: 1,
                class: "place".into(),
                event: None,
                title: e.place.as_ref().map(place).unwrap_or_default(),
            });
        }
        if let Some(span) = e.date.as_ref().and_then(|d| d.span) {
            marks.push(Mark { span, rank: 1, class: "date".into(), event: None, title: date(e.date.as_ref()) });
        }
    }
    for f in &record.figures {
        marks.push(Mark {
            span: f.span,
            rank: 3,
            class: "figure".into(),
            event: None,
            title: format!("{} {}", f.value, f.unit),
        });
    }
    marks.sort_by_key(|m| (m.rank, m.span.len(), m.span.start));
    let mut kept: Vec<Mark> = Vec::new();
    for m in marks {
        if !m.span.is_empty() && !kept.iter().any(|k| k.span.overlaps(m.span)) {
            kept.push(m);
        }
    }
    kept.sort_by_key(|m| m.span.start);
    let text = &record.report.text;
    let mut o = String::new();
    let mut at = 0;
    for m in kept {
        let (Some(before), Some(words)) = (text.get(at..m.span.start), m.span.text(text)) else { continue };
        o.push_str(&escape(before));
        let (class, title, words) = (m.class, escape(&m.title), escape(words));
        let _ = match m.event {
            Some(e) => write!(o, "<a class=\"{class}\" id=\"t-{e}\" href=\"#{e}\" title=\"{title}\">{words}</a>"),
            None => write!(o, "<span class=\"{class}\" title=\"{title}\">{words}</span>"),
        };
        at = m.span.end;
    }
    o.push_str(&escape(text.get(at..).unwrap_or_default()));
    o
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_report::Report;

    #[test]
    fn hostile_text_stays_text() {
        let mut report = Report::from_text("<script>alert(1)</script> & \"x\"");
        report.title = Some("</title><script>".into());
        let page = page(&Record { report, ..Record::default() }, true);
        assert!(!page.contains("<script"));
        assert!(page.contains("&lt;script&gt;alert(1)"));
    }
}
