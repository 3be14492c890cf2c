//! The codebook as a document for people.

use crate::codebook::{Codebook, Frame, TriggerPos};
use crate::tree::Slot;
use std::fmt::Write;

/// The codebook as Markdown: every type with its modes, every frame with its conditions and its example.
pub fn document(book: &Codebook) -> String {
    let mut out = String::from(
        "# The codebook\n\nWritten by `cargo run --release -- codebook docs`; the source is [codebook/plover](../codebook/README.md), \
         where the words in this document are explained.\n\
         How types are told apart, and what was decided where PLOVER's manual contradicts itself, is in [coding.md](coding.md).\n",
    );
    let _ = writeln!(out, "\n{} frames.", book.frames().len());
    for t in book.about() {
        let prefix = format!("{}/", t.name.to_lowercase());
        let frames: Vec<&Frame> = book.frames().iter().filter(|f| f.name.starts_with(&prefix)).collect();
        let mut modes: Vec<&str> = frames.iter().filter_map(|f| f.mode.as_deref()).collect();
        modes.sort_unstable();
        modes.dedup();
        let _ = writeln!(out, "\n## {}\n\n{}", t.name, t.about);
        if !modes.is_empty() {
            let _ = writeln!(out, "\nModes with frames of their own: {}.", modes.join(", "));
        }
        let _ = writeln!(out, "\n| frame | words | needs | mode | weight | example |\n|---|---|---|---|---|---|");
        for f in frames {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} |",
                f.name.trim_start_matches(&prefix),
                words(f),
                conditions(f),
                f.mode.as_deref().unwrap_or_default(),
                f.weight,
                f.example.replace('|', "\\|")
            );
        }
    }
    out
}

fn words(f: &Frame) -> String {
    let of = |pos: TriggerPos, name: &str| {
        let lemmas: Vec<&str> = f.triggers.iter().filter(|(p, _)| *p == pos).map(|(_, l)| l.as_str()).collect();
        (!lemmas.is_empty()).then(|| format!("{name} {}", lemmas.join(", ")))
    };
    let kinds = [(TriggerPos::Verb, "verb"), (TriggerPos::Noun, "noun"), (TriggerPos::Adjective, "adj")];
    kinds.into_iter().filter_map(|(p, n)| of(p, n)).collect::<Vec<_>>().join("; ")
}

fn conditions(f: &Frame) -> String {
    let list = |words: &[String]| if words.iter().any(|w| w == "*") { "anything".to_owned() } else { words.join(", ") };
    let mut all: Vec<String> = Vec::new();
    if !f.particles.is_empty() {
        all.push(format!("particle {}", f.particles.join(", ")));
    }
    all.extend(f.need.iter().map(|(s, w)| format!("{}: {}", slot(s), list(w))));
    all.extend(f.deny.iter().map(|(s, w)| format!("not {}: {}", slot(s), list(w))));
    all.join("; ")
}

fn slot(s: &Slot) -> &str {
    match s {
        Slot::Subject => "subj",
        Slot::Object => "obj",
        Slot::IndirectObject => "iobj",
        Slot::Possessor => "poss",
        Slot::Clause => "comp",
        Slot::Aim => "aim",
        Slot::Prep(p) => p,
    }
}
