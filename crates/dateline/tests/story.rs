//! From reports to the dossier of a watch, run as a user runs it, on a story of ours.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const STORY: &str = include_str!("../../../examples/story.jsonl");

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// What a command that succeeds says on standard output.
fn said(arguments: &[&str]) -> String {
    let out = run(arguments);
    assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn name(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn folder(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dateline-story-{test}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A store of these lines, watched under "prisoners"; each list of lines is added by a run of its own.
fn store(folder: &Path, file: &str, runs: &[Vec<&str>]) -> PathBuf {
    let store = folder.join(file);
    for (i, lines) in runs.iter().enumerate() {
        let reports = folder.join(format!("{file}.{i}.jsonl"));
        std::fs::write(&reports, lines.join("\n")).unwrap();
        said(&["add", name(&store), name(&reports)]);
        if i == 0 {
            said(&["watch", "add", name(&store), "prisoners", "prisoner", "talks"]);
        }
    }
    store
}

fn dossier(store: &Path, more: &[&str]) -> String {
    said(&[&["dossier", name(store), "prisoners"], more].concat())
}

fn json(store: &Path) -> Value {
    serde_json::from_str(&dossier(store, &["--format", "json"])).unwrap()
}

fn texts<'v>(list: &'v Value, field: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|x| x[field].as_str().unwrap_or_default()).collect()
}

#[test]
fn the_dossier_tells_who_where_and_how_it_stands() {
    let folder = folder("tells");
    let d = json(&store(&folder, "s.db", &[STORY.lines().collect()]));
    let n = &d["negotiation"];
    let chief: Vec<&str> = n["parties"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["part"] == "principal")
        .map(|p| p["name"].as_str().unwrap())
        .collect();
    assert_eq!(chief, ["Sudan", "Blue Nile Alliance"]);
    assert_eq!(texts(&n["third_parties"], "name")[0], "Kenya");
    assert_eq!(n["third_parties"][0]["part"], "mediator");
    assert_eq!(texts(&n["states"], "phase"), ["planned", "under_way", "suspended", "agreed"]);
    assert_eq!(texts(&n["states"], "date"), ["2026-03-14", "2026-03-18", "2026-03-24", "2026-04-09"]);
    let rounds: Vec<(&str, &str)> = n["rounds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["start"].as_str().unwrap(), r["place"]["name"].as_str().unwrap_or_default()))
        .collect();
    assert!(
        rounds.contains(&("2026-03-18", "Nairobi")) && rounds.contains(&("2026-04-09", "Addis Ababa")),
        "{rounds:?}"
    );
    let dead = n["figures"].as_array().unwrap().iter().find(|f| f["unit"] == "dead").unwrap();
    assert_eq!(dead["disputed"], true, "nine against eleven killed soldiers");
    assert!(texts(&n["individuals"], "name").contains(&"Daniel Kiprono"));
    std::fs::remove_dir_all(folder).unwrap();
}

/// Every piece of evidence is a sentence of the report that it names.
#[test]
fn nothing_is_stated_without_its_sentence() {
    let folder = folder("evidence");
    let store = store(&folder, "s.db", &[STORY.lines().collect()]);
    let reports: BTreeMap<String, String> = STORY
        .lines()
        .map(|line| {
            let file = folder.join("one.jsonl");
            std::fs::write(&file, line).unwrap();
            let record: Value = serde_json::from_str(&said(&["code", name(&file), "--format", "json"])).unwrap();
            let field = |f: &str| record["report"][f].as_str().unwrap().to_owned();
            (field("id"), field("text"))
        })
        .collect();
    let d = json(&store);
    let mut seen = 0;
    let mut walk = vec![&d];
    while let Some(v) = walk.pop() {
        if let (Some(report), Some(text), true) = (v["report"].as_str(), v["text"].as_str(), v["span"].is_object()) {
            let at = |f: &str| usize::try_from(v["span"][f].as_u64().unwrap()).unwrap();
            let words = &reports[report][at("start")..at("end")];
            assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), text);
            seen += 1;
        }
        walk.extend(v.as_array().into_iter().flatten().chain(v.as_object().into_iter().flat_map(|o| o.values())));
    }
    assert!(seen > 50, "{seen} pieces of evidence");
    for s in d["summary"].as_array().unwrap() {
        assert!(!s["evidence"].as_array().unwrap().is_empty(), "{s}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_order_and_the_batches_of_arrival_change_nothing() {
    let folder = folder("order");
    let lines: Vec<&str> = STORY.lines().collect();
    let backwards = lines.iter().rev().copied().collect();
    let (odd, even) = (lines.iter().skip(1).step_by(2).copied().collect(), lines.iter().step_by(2).copied().collect());
    let stores = [
        store(&folder, "a.db", std::slice::from_ref(&lines)),
        store(&folder, "b.db", &[backwards]),
        store(&folder, "c.db", &[odd, even]),
    ];
    for format in ["text", "html", "md", "json", "csv"] {
        let all = stores.each_ref().map(|s| dossier(s, &["--format", format, "--since", "2026-03-23"]));
        assert!(all[0].len() > 300, "{format}");
        assert!(all.iter().all(|d| *d == all[0]), "{format}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_watch_keeps_up_and_says_what_is_new() {
    let folder = folder("news");
    let lines: Vec<&str> = STORY.lines().collect();
    let store = store(&folder, "s.db", &[lines[..6].to_vec(), lines[6..].to_vec()]);
    assert!(said(&["watch", "list", name(&store)]).contains("8 reports"));
    let news = said(&["watch", "news", name(&store), "prisoners", "--since", "2026-04-01"]);
    assert!(news.contains("agreement") && news.contains("Sudan and Rebels Sign Agreement on Prisoners"), "{news}");
    assert!(!news.contains("Rebels Attack Convoy"), "{news}");
    let unknown = run(&["dossier", name(&store), "hostages"]);
    let told = String::from_utf8_lossy(&unknown.stderr);
    assert!(
        !unknown.status.success() && told.contains("no watch \"hostages\"") && told.contains("watch list"),
        "{told}"
    );
    assert!(!run(&["watch", "add", name(&store), "prisoners", "x"]).status.success());
    said(&["watch", "remove", name(&store), "prisoners"]);
    assert!(said(&["watch", "list", name(&store)]).contains("no watches yet"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_rounds_are_a_table_of_mediation_events() {
    let folder = folder("rounds");
    let table = dossier(&store(&folder, "s.db", &[STORY.lines().collect()]), &["--format", "csv"]);
    let mut rows = table.lines();
    let columns: Vec<&str> = rows.next().unwrap().split(',').collect();
    let documented =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/dossier.md")).unwrap();
    for column in &columns {
        assert!(documented.contains(&format!("| `{column}` |")), "docs/dossier.md does not tell what {column} is");
    }
    assert!(rows.any(|r| r.contains("Addis Ababa") && r.contains("SDN")), "{table}");
    std::fs::remove_dir_all(folder).unwrap();
}
