//! What must hold whatever outside bytes are given: one function a target, called by the fuzzers and, over the kept corpus, by the
//! ordinary test `crates/dateline/tests/corpus.rs`. A panic underneath ends the run by itself; what is checked here is the rest.

use dateline_code::{Codebook, Coder};
use dateline_encoder::Model;
use dateline_ingest::{ErrorKind, Limits, Options, Source, quiet_told_panics, read};
use dateline_report::Report;
use dateline_store::{Dyad, Query, Who};
use serde_json::Value;
use std::sync::{Once, OnceLock};

/// What is done with an input.
pub type Target = fn(&[u8]);

/// Every target with what it does; a target's corpus stands in `corpus/NAME`.
pub const TARGETS: &[(&str, Target)] = &[
    ("any", |d| source("a", d)),
    ("codebook", codebook),
    ("csv", |d| source("a.csv", d)),
    ("feed", |d| source("a.rss", d)),
    ("gzip", |d| source("a.gz", d)),
    ("html", |d| source("a.html", d)),
    ("json", |d| source("a.json", d)),
    ("jsonl", |d| source("a.jsonl", d)),
    ("opml", |d| source("a.opml", d)),
    ("parquet", |d| source("a.parquet", d)),
    ("query", query),
    ("report", report),
    ("text", |d| source("a.txt", d)),
    ("warc", |d| source("a.warc", d)),
    ("weights", weights),
    ("zip", |d| source("a.zip", d)),
    ("zstd", |d| source("a.zst", d)),
];

/// Runs the target of this name.
///
/// # Panics
/// When something does not hold, or there is no such target.
pub fn run(target: &str, data: &[u8]) {
    // Panics that are contained become errors, which are looked at; libFuzzer's hook would end the run before.
    static QUIET: Once = Once::new();
    QUIET.call_once(quiet_told_panics);
    let (_, job) = TARGETS.iter().find(|(name, _)| *name == target).expect("a target of TARGETS");
    job(data);
}

/// Items are whole, their places differ, and reading can go on behind any of them.
fn source(name: &str, data: &[u8]) {
    let limits = Limits { item: 1 << 20, unpacked_total: 8 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let source = Source::Bytes { name: name.to_owned(), bytes: data.into() };
    let items: Vec<_> = read(&source, &options).take(1000).collect();
    for item in &items {
        match &item.report {
            Ok(report) => assert!(!report.text.trim().is_empty() && !report.id.is_empty()),
            Err(e) => assert_ne!(e.kind(), ErrorKind::Defect, "{e}"),
        }
    }
    assert!(items.windows(2).all(|w| w[0].locator != w[1].locator), "two items at one place");
    if let Some(middle) = items.get(items.len() / 2) {
        let rest = read(&source, &options).after(&middle.locator).take(1000 - items.len() / 2 - 1).count();
        assert!(items.len() == 1000 || rest == items.len() - items.len() / 2 - 1, "behind {}", middle.locator);
    }
}

/// A query either finds or is refused with a place inside it; so with parties and dyads.
fn query(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Err(e) = text.parse::<Query>() {
        assert!(e.column() <= text.chars().count(), "{e}");
    }
    let _ = text.parse::<Who>();
    // What a dyad is shown as is the same dyad. Without hyphens between spaces: whoever names a party so has to live with it.
    if let Ok(dyad) = text.replace(" - ", "-").parse::<Dyad>() {
        let shown = dyad.to_string();
        assert!(shown.matches(" - ").count() > 1 || shown.parse() == Ok(dyad), "{shown}");
    }
}

/// Any text is coded, twice to the same record, and all evidence stands in the text.
fn report(data: &[u8]) {
    static CODER: OnceLock<Coder> = OnceLock::new();
    let Ok(text) = std::str::from_utf8(data) else { return };
    // Longer texts teach nothing new and are slow to code.
    let end = (0..=text.len().min(4096)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let text = &text[..end];
    let coder = CODER.get_or_init(|| Coder::embedded().expect("the weights that are built in"));
    let report = Report { language: Some("en".to_owned()), ..Report::from_text(text) };
    let first = serde_json::to_value(coder.session().code(&report)).expect("a record is JSON");
    let again = serde_json::to_value(coder.session().code(&report)).expect("a record is JSON");
    assert_eq!(first, again);
    evidence(&first, text);
}

/// Every span of a record lies on characters of the text, and the words told beside it stand there.
fn evidence(value: &Value, text: &str) {
    match value {
        Value::Array(list) => list.iter().for_each(|v| evidence(v, text)),
        Value::Object(fields) => {
            if let Some((start, end)) =
                fields.get("span").and_then(|s| Some((s["start"].as_u64()?, s["end"].as_u64()?)))
            {
                let words = text.get(start as usize..end as usize);
                assert!(words.is_some(), "{start}..{end} of {}", text.len());
                if let Some(told) = fields.get("text").and_then(Value::as_str) {
                    assert_eq!(words, Some(told));
                }
            }
            fields.values().for_each(|v| evidence(v, text));
        }
        _ => {}
    }
}

/// A codebook is read or refused.
fn codebook(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Codebook::from_files([("assault.toml", text)]);
    }
}

/// Weights are read or refused; nothing is taken on trust from their header.
fn weights(data: &[u8]) {
    let _ = Model::from_bytes(data);
}
