//! The PETRARCH validation records: sentences with CAMEO triples, read as text, with our own trees.

use crate::figures::Figures;
use dateline_code::{Coder, Knowledge};
use dateline_report::{Actor, Event, EventType, Report};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Triples of PLOVER type, country of the source and country of the target, found and not.
pub struct Outcome {
    /// Precision, recall and F1.
    pub figures: Figures,
    /// The sentences that are not wholly right: what is wanted, what was coded, the sentence.
    pub errors: Vec<String>,
}

/// A coder that knows the invented states and persons of the unit records.
pub fn inventing() -> Result<Coder, String> {
    let table = include_str!("../data/petrarch-entities.tsv");
    let knowledge = Knowledge::with_entities(table).map_err(|e| format!("petrarch-entities.tsv, {e}"))?;
    Ok(Coder::embedded().map_err(|e| e.to_string())?.with_knowledge(knowledge))
}

type Triple = (String, String, String);

/// Codes every sentence of a validation file. `ontology` is the table of CAMEO codes with their PLOVER types.
pub fn score(path: &Path, ontology: &Path, coder: &Coder) -> Result<Outcome, String> {
    let plover = plover_types(ontology)?;
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let raw = std::fs::read_to_string(path).map_err(|e| fail(&e))?;
    let mut session = coder.session();
    let mut figures = Figures::default();
    let mut errors = Vec::new();
    for (text, codings) in records(&raw) {
        let wanted: BTreeSet<Triple> = codings
            .into_iter()
            .filter_map(|(code, source, target)| {
                let kind = plover.get(&code).or_else(|| plover.get(code.get(..2)?))?;
                Some((kind.clone(), country(&source)?, country(&target).unwrap_or_default()))
            })
            .collect();
        let record = session.code(&Report::from_text(text.clone()));
        let coded: BTreeSet<Triple> = record.events.iter().flat_map(triples).collect();
        let line = |t: &Triple| format!("{} {} {}", t.0, t.1, t.2);
        figures.tally("triple").add(wanted.iter().map(line), coded.iter().map(line));
        figures.tally("type").add(wanted.iter().map(|t| t.0.clone()), coded.iter().map(|t| t.0.clone()));
        if wanted != coded {
            let list = |s: &BTreeSet<Triple>| s.iter().map(line).collect::<Vec<_>>().join("; ");
            errors.push(format!("{}\t{}\t{text}", list(&wanted), list(&coded)));
        }
    }
    Ok(Outcome { figures, errors })
}

/// Every actor with every recipient; of a two-sided act without recipients, every party with every other. Two parties may be of one
/// country; an act without recipient has an empty target.
fn triples(e: &Event) -> Vec<Triple> {
    let two_sided = matches!(e.kind, EventType::Consult | EventType::Agree | EventType::Cooperate | EventType::Support);
    let targets = if e.recipients.is_empty() && two_sided { &e.actors } else { &e.recipients };
    let country = |a: &Actor| a.country.clone().unwrap_or_default();
    let triple = |a: &Actor, target: String| (e.kind.to_string(), country(a), target);
    // CAMEO's ties are restored and treaties signed by the first party with the others.
    let first_only = e.recipients.is_empty() && e.kind == EventType::Support && e.actors.len() == 2;
    let acting = if first_only { &e.actors[..1] } else { &e.actors[..] };
    let known = acting.iter().filter(|a| a.country.is_some());
    let mut out = Vec::new();
    for actor in known {
        let others = targets.iter().filter(|t| t.span != actor.span && t.country.is_some());
        let before = out.len();
        out.extend(others.map(|t| triple(actor, country(t))));
        if out.len() == before {
            out.push(triple(actor, String::new()));
        }
    }
    out
}

/// The country of an actor code: its first three letters, in the words of our records.
fn country(code: &str) -> Option<String> {
    let three = code.get(..3).filter(|c| *c != "---")?;
    Some(match code {
        c if c.starts_with("IGOUNO") => "UNO".to_owned(),
        c if c.starts_with("IGOEUR") || c.starts_with("IGOEEU") => "EUR".to_owned(),
        _ => three.to_owned(),
    })
}

/// PLOVER type by CAMEO code; codes that PLOVER drops have none.
fn plover_types(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_path(path).map_err(|e| fail(&e))?;
    let mut out = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(|e| fail(&e))?;
        let (code, kind) = (row.get(0).unwrap_or_default(), row.get(6).unwrap_or_default());
        if !kind.is_empty() && !kind.starts_with('(') {
            out.insert(code.to_owned(), kind.to_owned());
        }
    }
    Ok(out)
}

/// Text and codings of every record; the files are not well-formed enough for an XML reader.
fn records(raw: &str) -> Vec<(String, Vec<Triple>)> {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split_once(&format!("{name}=\""))?.1;
        Some(value.split_once('"')?.0.to_owned())
    };
    let mut out = Vec::new();
    for block in raw.split("<Sentence ").skip(1) {
        let Some(text) = block.split_once("<Text>").and_then(|(_, t)| t.split_once("</Text>")) else { continue };
        let text = text.0.split_whitespace().collect::<Vec<_>>().join(" ");
        let coding = |tag: &str| {
            let tag = tag.split_once('>')?.0;
            let at = |name| attribute(tag, name);
            Some((at("eventcode")?, at("sourcecode")?, at("targetcode")?))
        };
        let codings = block.split("<EventCoding ").skip(1).filter_map(coding).collect();
        if !text.is_empty() {
            out.push((text.replace("&amp;", "&").replace("&quot;", "\""), codings));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_with_their_codings() {
        let raw = "<Sentence id=\"a\">\n<EventCoding eventcode=\"042\" sourcecode=\"USAGOV\" targetcode=\"---\" />\n<Text>\nHe\nmet.\n</Text>\n<Sentence id=\"b\"><EventCoding noevents=\"True\" /><Text> No. </Text>";
        let got = records(raw);
        let triple = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(got, [("He met.".to_owned(), vec![triple("042", "USAGOV", "---")]), ("No.".to_owned(), Vec::new())]);
        assert_eq!(country("USAGOV").as_deref(), Some("USA"));
        assert_eq!((country("IGOUNOMIL").as_deref(), country("---GOV")), (Some("UNO"), None));
    }
}
