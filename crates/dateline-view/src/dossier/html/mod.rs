//! The dossier as one self-contained page: what it says first, then the drawings, then all of it, each statement with its sentences.

mod chart;
mod map;
mod network;

use crate::dossier::outline::{Detail, Entry, Section, reports, sections};
use crate::escape;
use dateline_story::{Dossier, Evidence, PositionThroughTime, issue_words};
use std::fmt::Write;

/// Drawings shown of kinds of people.
const FIGURES: usize = 4;

/// Its style sheet.
pub const CSS: &str = include_str!("dossier.css");

/// The address of a report's page, where there is one.
pub type ReportPage<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The page; nothing outside it is needed to show it, and nothing in it runs.
pub fn page(name: &str, d: &Dossier) -> String {
    let mut o = String::new();
    let _ = write!(
        o,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>{} · dossier</title><style>{CSS}</style></head><body><main>{}</main></body></html>\n",
        escape(name),
        body(name, d, &|_| None)
    );
    o
}

/// What stands between the tags of `main`.
pub fn body(name: &str, d: &Dossier, report: ReportPage) -> String {
    let n = &d.negotiation;
    let mut o = String::new();
    let _ = write!(o, "<header><h1>{}</h1>", escape(name));
    let days = d.first.zip(d.last).map_or(String::new(), |(a, b)| format!(" · {a} to {b}"));
    let outlets = match d.outlets.len() {
        0 => String::new(),
        1..=4 => format!(" · {}", d.outlets.join(", ")),
        k => format!(" · {k} outlets"),
    };
    let _ = write!(o, "<p class=\"meta\">{}</p></header>", escape(&format!("{}{days}{outlets}", reports(d.reports))));
    if d.reports == 0 {
        o.push_str("<p>The watch selects no report yet: add reports, or widen it.</p>");
        return o;
    }
    let parts = sections(d, Detail::Full);
    contents(&mut o, &parts);
    for (i, s) in parts.iter().enumerate() {
        // The drawings stand behind what is said first.
        let _ = write!(o, "<section id=\"s{i}\"><h2>{}</h2>", escape(&s.title));
        match s.title.as_str() {
            "Rounds" => {
                chart::rounds(&mut o, d);
                map::venues(&mut o, d);
            }
            "State of the talks" => chart::states(&mut o, d),
            "Parties" => network::parties(&mut o, d),
            "What happened" => chart::weeks(&mut o, d),
            _ => {}
        }
        if let Some(f) = n.figures.iter().take(FIGURES).find(|f| s.title.starts_with(&format!("Numbers of {}", f.unit)))
        {
            chart::figure(&mut o, f);
        }
        entries(&mut o, s, report);
        o.push_str("</section>");
        // The table stands before the positions one by one.
        if parts.get(i + 1).is_some_and(|next| next.title.contains(" on ")) && !s.title.contains(" on ") {
            positions(&mut o, &n.positions);
        }
    }
    o
}

fn contents(o: &mut String, parts: &[Section]) {
    o.push_str("<nav aria-label=\"Contents\"><ul>");
    for (i, s) in parts.iter().enumerate().filter(|(_, s)| !s.title.contains(" on ")) {
        let _ = write!(o, "<li><a href=\"#s{i}\">{}</a></li>", escape(&s.title));
    }
    o.push_str("</ul></nav>");
}

fn entries(o: &mut String, s: &Section, report: ReportPage) {
    o.push_str("<ul class=\"entries\">");
    for e in &s.entries {
        entry(o, e, report);
    }
    o.push_str("</ul>");
}

fn entry(o: &mut String, e: &Entry, report: ReportPage) {
    o.push_str("<li>");
    if !e.head.is_empty() {
        let _ = write!(o, "<b>{}</b> ", escape(&e.head));
    }
    o.push_str(&escape(&e.text));
    evidence(o, &e.evidence, report);
    o.push_str("</li>");
}

/// The sentences that a statement stands on, folded.
fn evidence(o: &mut String, list: &[&Evidence], report: ReportPage) {
    let n = list.len();
    let _ = write!(
        o,
        "<details><summary>{}</summary>",
        if n == 1 { "the sentence".to_owned() } else { format!("{n} sentences") }
    );
    for e in list {
        let told = [e.outlet.clone(), e.published.map(|d| d.to_string())];
        let mut cite: Vec<String> = told.iter().flatten().map(|t| escape(t)).collect();
        let id = escape(&e.report);
        cite.push(match report(&e.report) {
            Some(page) => format!("<a href=\"{}\">report {id}</a>", escape(&page)),
            None => format!("report {id}"),
        });
        let _ = write!(o, "<blockquote>{}<cite>{}</cite></blockquote>", escape(&e.text), cite.join(" · "));
    }
    o.push_str("</details>");
}

/// Who says what on which issue: a row a party and issue, its stances in order of time.
fn positions(o: &mut String, list: &[PositionThroughTime]) {
    if list.is_empty() {
        return;
    }
    o.push_str("<section><h2>Positions at a glance</h2><div class=\"wide\"><table><thead><tr><th scope=\"col\">Party</th><th scope=\"col\">Issue</th><th scope=\"col\">Stances, first to last</th></tr></thead><tbody>");
    for p in list {
        let _ = write!(o, "<tr><th scope=\"row\">{}</th><td>{}</td><td>", escape(&p.name), issue_words(p.issue));
        for s in &p.steps {
            let day = s.date.map_or("undated".to_owned(), |d| d.to_string());
            let title = format!("{day}: {}", s.text);
            let _ = write!(
                o,
                "<span class=\"stance {0}\" title=\"{1}\">{0}<small>{day}</small></span> ",
                s.stance,
                escape(&title)
            );
        }
        o.push_str(if p.moved { "<em>moved</em></td></tr>" } else { "</td></tr>" });
    }
    o.push_str("</tbody></table></div></section>");
}
