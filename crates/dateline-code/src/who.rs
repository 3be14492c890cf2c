//! What a phrase resolves to, and why: for `dateline actors` and for measuring.

use crate::coder::Coder;
use crate::mentions::{self, Mention, Reference, Via};
use dateline_annotate::Annotation;
use dateline_knowledge::{Evidence, NameKind, Row};
use dateline_report::{Actor, Report};

/// An actor of a text with the reasons for its resolution, in the order in which they were applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// What it resolves to.
    pub actor: Actor,
    /// One reason a line: the rows of the tables behind its words, and the rule that filled what they left open.
    pub why: Vec<String>,
}

/// Every actor of a report.
pub(crate) fn resolved(a: &Annotation, report: &Report, coder: &Coder, home: Option<&str>) -> Vec<Resolved> {
    let (found, know) = (find(a, report, coder, home), &*coder.knowledge);
    let why = |m: &Mention| {
        let words: Vec<(&str, &str)> = m
            .tokens
            .clone()
            .map(|i| (a.tokens[i].span.text(&report.text).unwrap_or_default(), a.tokens[i].lemma.as_str()))
            .collect();
        let rows = if m.reference == Reference::Pronoun { Vec::new() } else { know.evidence(&words, report.published) };
        rows.iter().map(told).chain(rule(m)).collect()
    };
    found.iter().map(|m| Resolved { actor: m.actor.clone(), why: why(m) }).collect()
}

/// The actor of a text that is one phrase: that of its root, else the one of the longest phrase.
pub(crate) fn whole(a: &Annotation, report: &Report, coder: &Coder, home: Option<&str>) -> Option<Actor> {
    let (found, know) = (find(a, report, coder, home), &*coder.knowledge);
    let root = (0..a.tokens.len()).find(|&i| a.tokens[i].head.is_none());
    let at_root = root.and_then(|r| found.at(r)).map(|m| m.actor.clone());
    let longest = || found.iter().filter(|m| !m.appositive).max_by_key(|m| m.tokens.len()).map(|m| m.actor.clone());
    // A place is nobody, but it is of a country.
    let place = || {
        let places = crate::atlas::all(a, &report.text, know, report.published);
        let country = places.iter().find_map(|t| t.place.country.clone())?;
        Some(Actor { country: Some(country), text: report.text.clone(), ..Actor::default() })
    };
    at_root.or_else(longest).filter(|x| x.country.is_some() || x.sector.is_some()).or_else(place)
}

fn find(a: &Annotation, report: &Report, coder: &Coder, home: Option<&str>) -> mentions::Mentions {
    let know = &*coder.knowledge;
    // A people's adjective says a home as well as its country does.
    let home = home.map(|h| {
        let country = know.state(h).or_else(|| know.name(h, report.published)).map(|n| n.country.as_str());
        country.and_then(|c| know.centre(c)).map_or(h, |c| c.0)
    });
    mentions::find(&coder.setting(a, report, home))
}

fn told(e: &Evidence) -> String {
    match &e.row {
        Row::Name { name, partial } => {
            let kind = match name.kind {
                NameKind::Country => "state",
                NameKind::Demonym => "people or adjective of",
                NameKind::Capital => "capital, for the government of",
                NameKind::Institution => "institution",
                NameKind::Group => "group",
                NameKind::Person => "person",
            };
            let month = |m: Option<(i16, i8)>| m.map_or(String::new(), |(y, m)| format!("{y}-{m:02}"));
            let dates = match (name.from, name.to) {
                (None, None) => String::new(),
                (from, to) => {
                    format!(", {} to {}", month(from), if to.is_some() { month(to) } else { "now".to_owned() })
                }
            };
            let office = name.office.as_deref().map(|o| format!(", {o}")).unwrap_or_default();
            let part = if *partial { "surname of " } else { "" };
            format!(
                "\"{}\": {part}{kind} {} [{} {}]{office}{dates} (source: {})",
                e.words,
                name.canonical,
                if name.country.is_empty() { "-" } else { &name.country },
                name.sector.as_deref().unwrap_or("-"),
                name.source
            )
        }
        Row::Role(r) => {
            let whom = if r.person { "one person" } else { "people or a body" };
            let inherit = if r.inherit { ", takes the sector of what it belongs to" } else { "" };
            format!("\"{}\": role of {whom}, sector {}{inherit}", e.words, r.sector.as_deref().unwrap_or("-"))
        }
        Row::Modifier(effect) => format!("\"{}\": modifier ({effect})", e.words),
    }
}

/// The rule that filled what a mention's own words left open.
fn rule(m: &Mention) -> Option<String> {
    let country = m.actor.country.as_deref().unwrap_or("-");
    match &m.via {
        Via::Words => None,
        Via::Earlier => Some(format!("takes up an earlier mention: {}", m.actor.name.as_deref().unwrap_or(country))),
        Via::Antecedent => Some(format!("pronoun for \"{}\"", m.actor.text)),
        Via::Surroundings if m.actor.country.is_none() => None,
        Via::Surroundings => Some(format!("names no country: taken to be of {country}, where the text plays")),
    }
}
