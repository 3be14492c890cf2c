//! Rows of tables and lists, in the words of a reader.

use super::segment;
use dateline_store::{Hit, ListedActor, ListedEvent, ReportRow};

/// A report in a list.
pub(super) struct ReportLine {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) meta: String,
    pub(super) excerpt: String,
}

fn meta(parts: &[Option<String>]) -> String {
    parts.iter().flatten().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
}

fn titled(title: Option<&str>) -> String {
    title.filter(|t| !t.trim().is_empty()).unwrap_or("(no headline)").to_owned()
}

impl ReportLine {
    pub(super) fn of_hit(h: &Hit) -> ReportLine {
        let copies = (h.copies > 0).then(|| format!("{} copies", h.copies));
        ReportLine {
            href: format!("/reports/{}", segment(&h.id)),
            title: titled(h.title.as_deref()),
            meta: meta(&[h.published.clone(), Some(h.outlets.join(", ")), copies]),
            excerpt: h.excerpt.clone(),
        }
    }

    pub(super) fn of_row(r: &ReportRow) -> ReportLine {
        let events = (r.events > 0).then(|| format!("{} events", r.events));
        ReportLine {
            href: format!("/reports/{}", segment(&r.id)),
            title: titled(r.title.as_deref()),
            meta: meta(&[r.published.clone(), Some(r.outlets.join(", ")), events]),
            excerpt: String::new(),
        }
    }
}

/// An event in a table.
pub(super) struct EventLine {
    pub(super) href: String,
    pub(super) quad: u8,
    pub(super) day: String,
    pub(super) kind: String,
    pub(super) who: String,
    pub(super) place: String,
    pub(super) status: String,
    pub(super) report: String,
    pub(super) title: String,
}

/// Names of actors.
pub(super) fn names(list: &[ListedActor]) -> String {
    let one = |a: &ListedActor| {
        let name = a.name.as_ref().unwrap_or(&a.text);
        match &a.country {
            Some(c) => format!("{name} [{c}]"),
            None => name.to_string(),
        }
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Who to whom.
pub(super) fn who(e: &ListedEvent) -> String {
    let mut out = names(&e.actors);
    if !e.recipients.is_empty() {
        out = format!("{out} → {}", names(&e.recipients));
    }
    if !e.third_parties.is_empty() {
        out = format!("{out}; between them {}", names(&e.third_parties));
    }
    out
}

/// Where, and how finely that is known.
pub(super) fn place(e: &ListedEvent) -> String {
    let name = e.place.as_ref().or(e.place_text.as_ref()).map(ToString::to_string);
    let country = e.country.as_ref().map(ToString::to_string);
    let name = match (name, country) {
        (Some(n), Some(c)) => format!("{n} [{c}]"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return String::new(),
    };
    match e.place_precision.as_deref() {
        Some(p @ ("country" | "admin1")) => {
            format!("{name}, known to the {}", if p == "admin1" { "province" } else { p })
        }
        _ => name,
    }
}

/// Type and mode.
pub(super) fn kind(e: &ListedEvent) -> String {
    e.mode.as_ref().map_or(e.kind.to_string(), |m| format!("{} {m}", e.kind))
}

/// When.
pub(super) fn when(e: &ListedEvent) -> String {
    match (&e.date_start, &e.date_end) {
        (Some(a), Some(b)) if a != b => format!("{a} to {b}"),
        (Some(a), _) => a.to_string(),
        _ => e.day.as_ref().map_or("no date".to_owned(), |d| format!("reported {d}")),
    }
}

impl EventLine {
    pub(super) fn of(e: &ListedEvent) -> EventLine {
        EventLine {
            href: format!("/events/{}", segment(&e.id)),
            quad: e.quad,
            day: when(e),
            kind: kind(e),
            who: who(e),
            place: place(e),
            status: if e.historical { format!("{}, background", e.status) } else { e.status.to_string() },
            report: format!("/reports/{}", segment(&e.report.id)),
            title: titled(e.report.title.as_deref()),
        }
    }
}

/// A value with its share of the most frequent.
pub(super) struct Bar {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) n: u64,
    pub(super) most: u64,
}

/// Bars of the most frequent values, each with its address.
pub(super) fn bars(list: &[(String, u64)], shown: usize, href: impl Fn(&str) -> String) -> Vec<Bar> {
    let most = list.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    list.iter().take(shown).map(|(name, n)| Bar { href: href(name), name: name.clone(), n: *n, most }).collect()
}
