//! Words against the English Web Treebank's, on its raw text. Skipped where the treebank is absent.

use dateline_annotate::tokenize;
use dateline_report::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The text of a treebank file and the spans of its syntactic words. Paragraphs are parted by a blank line.
struct Treebank {
    text: String,
    words: Vec<Span>,
}

fn treebank(name: &str) -> Option<Treebank> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ud").join(name);
    let Ok(file) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared absent");
        return None;
    };
    let mut bank = Treebank { text: String::new(), words: Vec::new() };
    // Words of a multiword token: how many are left, and what is left of its surface.
    let mut inside = (0, 0, String::new());
    let mut space = "";
    for line in file.lines() {
        if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            space = if bank.text.is_empty() { "" } else { "\n\n" };
        }
        let c: Vec<&str> = line.split('\t').collect();
        if c.len() < 10 || c[0].contains('.') {
            continue;
        }
        let after = if c[9].split('|').any(|m| m == "SpaceAfter=No") { "" } else { " " };
        if let Some((first, last)) = c[0].split_once('-') {
            bank.text.push_str(space);
            inside = (
                last.parse::<usize>().unwrap() + 1 - first.parse::<usize>().unwrap(),
                bank.text.len(),
                c[1].to_owned(),
            );
            bank.text.push_str(c[1]);
            space = after;
        } else if inside.0 > 0 {
            // The last word takes the rest, whatever its form: "its" may stand for "it 's".
            let take = if inside.0 == 1 { inside.2.len() } else { c[1].len().min(inside.2.len()) };
            bank.words.push(Span::new(inside.1, inside.1 + take));
            inside = (inside.0 - 1, inside.1 + take, inside.2.get(take..).unwrap_or_default().to_owned());
        } else {
            bank.text.push_str(space);
            bank.words.push(Span::new(bank.text.len(), bank.text.len() + c[1].len()));
            bank.text.push_str(c[1]);
            space = after;
        }
    }
    bank.words.retain(|w| !w.is_empty());
    Some(bank)
}

fn measure(name: &str) -> Option<f64> {
    let bank = treebank(name)?;
    let gold: BTreeSet<Span> = bank.words.iter().copied().collect();
    let ours: BTreeSet<Span> = tokenize(&bank.text, Span::new(0, bank.text.len())).iter().map(|t| t.span).collect();
    let both = gold.intersection(&ours).count();
    let f1 = 2.0 * both as f64 / (gold.len() + ours.len()) as f64;
    println!("{name}: word F1 {:.2} ({} of {} gold, {} ours)", 100.0 * f1, both, gold.len(), ours.len());
    let mut wrong: BTreeMap<(String, String), usize> = BTreeMap::new();
    for g in gold.difference(&ours) {
        let cut = |set: &BTreeSet<Span>| {
            let near = set.iter().filter(|s| s.overlaps(*g)).filter_map(|s| s.text(&bank.text));
            near.collect::<Vec<_>>().join(" ")
        };
        *wrong.entry((cut(&gold), cut(&ours))).or_default() += 1;
    }
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    for ((gold, ours), n) in wrong.iter().take(150) {
        println!("{n:4} gold [{gold}] ours [{ours}]");
    }
    Some(f1)
}

#[test]
fn words_agree_with_the_web_treebank() {
    if let Some(f1) = measure("en_ewt-ud-dev.conllu") {
        assert!(f1 > 0.989, "{f1}");
    }
}

#[test]
fn words_agree_with_the_university_treebank() {
    if let Some(f1) = measure("en_gum-ud-dev.conllu") {
        assert!(f1 > 0.997, "{f1}");
    }
}
