//! The commands on stores, run as a user runs them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

fn dateline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    dateline().args(arguments).output().unwrap()
}

fn told(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn name(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A fixed stream of numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

const COUNTRIES: &[&str] = &["Egypt", "Kenya", "Qatar", "Jordan", "Norway", "Chad", "Mali", "Iraq"];

/// Short reports, one of them a copy of another, one in German, one line that is none.
fn reports(folder: &Path, n: usize) -> PathBuf {
    let mut lines = Vec::new();
    let mut dice = Dice(7);
    for i in 0..n {
        let (a, b) = (COUNTRIES[dice.roll(8)], COUNTRIES[dice.roll(8)]);
        let text = format!(
            "{a} and {b} hold talks number {i}\n\nThe foreign minister of {a} met his colleague from {b} on Monday for round {i} of their talks \
             on the border. Gunmen attacked a convoy near the town and killed {} soldiers, the army said.",
            i + 2
        );
        lines.push(format!(
            "{{\"text\": {text:?}, \"published\": \"2026-03-{:02}\", \"outlet\": \"Wire {}\"}}",
            1 + i % 28,
            i % 3
        ));
    }
    let copy = lines[3].replace("Wire 0", "Gazette").replace("hold talks number 3", "talk again");
    lines.insert(8, copy);
    lines.insert(5, "{\"title\": \"no text\"}".to_owned());
    lines.insert(
        6,
        "{\"text\": \"Die Außenminister der beiden Länder haben am Freitag in Berlin über die Lage an der Grenze gesprochen und \
         wollen sich im Herbst wieder treffen, wie ein Sprecher der Regierung sagte.\"}"
            .to_owned(),
    );
    let path = folder.join("reports.jsonl");
    std::fs::write(&path, lines.join("\n") + "\n").unwrap();
    path
}

/// All rows of all tables, the times of writing and the inner tables of the index left out, and what the index finds.
fn contents(store: &Path) -> Vec<String> {
    let c = rusqlite::Connection::open_with_flags(store, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let rows = |sql: &str| -> Vec<String> {
        let mut statement = c.prepare(sql).unwrap();
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let row = |r: &rusqlite::Row| {
            let value =
                |i: usize| if columns[i] == "at" { String::new() } else { format!("{:?}", r.get_ref(i).unwrap()) };
            Ok((0..columns.len()).map(value).collect::<Vec<_>>().join(" "))
        };
        let mut all: Vec<String> = statement.query_map([], row).unwrap().map(Result::unwrap).collect();
        all.sort();
        all
    };
    let tables: Vec<String> = c
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'words%' ORDER BY name")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(tables.len() > 12);
    let mut out = Vec::new();
    for t in tables {
        out.push(format!("== {t}"));
        out.extend(rows(&format!("SELECT * FROM {t}")));
    }
    for word in ["talks", "convoy", "egypt", "Grenze"] {
        out.push(format!("== {word}"));
        out.extend(rows(&format!("SELECT rowid FROM words WHERE words MATCH '{word}'")));
    }
    out
}

#[test]
fn add_search_export_count_recode_check() {
    let folder = tempfile::tempdir().unwrap();
    let (input, store) = (reports(folder.path(), 12), folder.path().join("a.store"));
    let (input, store) = (name(&input), name(&store));
    let out = run(&["add", store, input, "absent.txt"]);
    assert_eq!(out.status.code(), Some(1));
    let line = told(&out.stdout);
    assert!(line.starts_with("12 reports coded,"), "{line}");
    for part in ["1 in another language", "1 copies of others", "2 failed"] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(told(&out.stderr).contains("reports.jsonl line 6: is not a report object"), "{}", told(&out.stderr));
    assert!(told(&out.stderr).contains("absent.txt: no such file"));

    // Again: nothing is doubled, and the failure of the source is told again.
    let again = run(&["add", store, input]);
    assert_eq!(again.status.code(), Some(1));
    assert!(told(&again.stdout).contains("1 sources read by an earlier run"), "{}", told(&again.stdout));

    let found = run(&["search", store, "convoy NOT Grenze", "--json", "--type", "consult"]);
    let json: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(json["total"], 12);
    assert!(json["facets"]["types"].as_array().unwrap().iter().any(|t| t["value"] == "ASSAULT" && t["reports"] == 12));
    assert!(json["hits"].as_array().unwrap().len() == 10);
    let copied = run(&["search", store, "--outlet", "gazette"]);
    assert!(told(&copied.stdout).contains("Gazette, Wire 0 · 1 copy"), "{}", told(&copied.stdout));
    let foreign = run(&["search", store, "Grenze"]);
    assert!(told(&foreign.stdout).contains("1 reports found"));

    let csv = run(&["export", store, "--format", "csv", "--type", "ASSAULT", "--status", "actual"]);
    assert_eq!(told(&csv.stdout).lines().count(), 13, "{}", told(&csv.stdout));
    let file = folder.path().join("out.parquet");
    assert!(run(&["export", store, "--format", "parquet", "-o", name(&file)]).status.success());
    assert!(std::fs::read(&file).unwrap().starts_with(b"PAR1"));
    assert!(!folder.path().join("out.parquet.part").exists());

    let counts = run(&["counts", store, "--csv", "--by", "dyad", "--period", "year", "--type", "CONSULT"]);
    assert!(told(&counts.stdout).starts_with("period,type,dyad,events,intensity,goldstein,share\n2026,CONSULT,"));
    let recoded = run(&["recode", store]);
    assert!(told(&recoded.stdout).contains("; 0 events added, changed or withdrawn"), "{}", told(&recoded.stdout));
    let checked = run(&["check", store]);
    assert!(checked.status.success(), "{}{}", told(&checked.stdout), told(&checked.stderr));
    assert!(told(&run(&["stats", store]).stdout).contains("coded 12, copy 1, foreign 1"));
}

#[test]
fn mistakes_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("a.store");
    let missing = run(&["search", name(&store), "talks"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(told(&missing.stderr).contains("no such store; check the name, or make a store with `dateline add`"));
    assert!(run(&["add", name(&store), "examples/brief.txt"]).status.success());
    let wrong = run(&["search", name(&store), "(accord OR", "talks"]);
    assert_eq!(told(&wrong.stderr), "dateline: query: there is no ) for this (\n    (accord OR talks\n    ^\n");
    for (arguments, part) in [
        (["--type", "TALK"], "one of AGREE, CONSULT"),
        (["--dyad", "SDN"], "two parties, as in ISR-PSE"),
        (["--country", "Sudan"], "three letters"),
        (["--status", "maybe"], "actual, future, hypothetical or negated"),
        (["--from", "May"], "--from"),
    ] {
        let out = run(&["search", name(&store), arguments[0], arguments[1]]);
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        assert!(told(&out.stderr).contains(part), "{}", told(&out.stderr));
    }
    let folder_as_output = run(&["export", name(&store), "--format", "csv", "-o", "/no/such/folder/x.csv"]);
    assert!(told(&folder_as_output.stderr).contains("/no/such/folder/x.csv: cannot be written"));
    assert_eq!(run(&["export", name(&store), "--format", "xlsx"]).status.code(), Some(2));
}

#[test]
fn a_source_that_grows_is_read_again_and_what_was_there_stays_single() {
    let folder = tempfile::tempdir().unwrap();
    let (input, store) = (reports(folder.path(), 9), folder.path().join("a.store"));
    run(&["add", name(&store), name(&input)]);
    let mut text = std::fs::read_to_string(&input).unwrap();
    text = text.replace("{\"title\": \"no text\"}", "{\"text\": \"Rebels freed 12 hostages on Monday.\"}");
    text += "{\"text\": \"Police arrested two protesters.\"}\n";
    std::fs::write(&input, text).unwrap();
    let out = run(&["add", name(&store), name(&input)]);
    let line = told(&out.stdout);
    assert!(out.status.success(), "{line}");
    assert!(line.starts_with("2 reports coded,") && line.contains("11 there already"), "{line}");
    assert!(told(&run(&["stats", name(&store)]).stdout).contains("1 read to their end, 0 items failed"));
}

/// Damaged sources of every kind, among sound ones: what was good is in the store, what failed is listed with its reason.
#[test]
fn a_batch_goes_on_over_damaged_sources_and_lists_them() {
    let folder = tempfile::tempdir().unwrap();
    let good = |n: usize| format!("{{\"text\": \"Gunmen killed {n} soldiers near the border on Monday.\"}}\n");
    let lines: String = (2..400).map(good).collect();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(lines.as_bytes()).unwrap();
    let gz = gz.finish().unwrap();
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html lang=en><body><article><p>The envoys of both sides met \
                in Geneva on Monday and agreed to meet again in April, officials said after the talks.</p></article></body></html>";
    let record = |length: usize| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://reports.example/1\r\nContent-Length: {length}\r\n\r\n{page}\r\n\r\n"
        )
    };
    let files: &[(&str, Vec<u8>)] = &[
        ("a.jsonl.gz", gz[..gz.len() / 2].to_vec()),
        ("b.warc", [record(page.len()), record(9000)].concat().into_bytes()),
        ("c.csv", b"text,date\nRebels freed five hostages on Friday.,2026-03-14\nOne, two, three,4\nPolice arrested ten men.,2026-03-15\n".to_vec()),
        ("d.rss", b"<rss version=\"2.0\"><channel><item><title>Rebels free 12 hostages</title><description>They left on Sunday.</description></item><item><title".to_vec()),
        ("e.txt", b"\x00\x01\x02\x03".to_vec()),
        ("f.txt", b"The president met the rebels in Doha on Monday.".to_vec()),
    ];
    for (file, bytes) in files {
        std::fs::write(folder.path().join(file), bytes).unwrap();
    }
    let store = folder.path().join("a.store");
    let sources: Vec<_> = files.iter().map(|(file, _)| folder.path().join(file)).collect();
    let arguments: Vec<&str> = ["add", name(&store)].into_iter().chain(sources.iter().map(|p| name(p))).collect();
    let out = run(&arguments);
    assert_eq!(out.status.code(), Some(1), "{}", told(&out.stderr));
    let listed = told(&out.stderr);
    let table = told(&run(&["stats", name(&store), "--failures"]).stdout);
    for (file, reason) in [
        ("a.jsonl.gz", "in the middle of its data"),
        ("b.warc", "in the middle of this record"),
        ("c.csv", "has 4 fields where the table has 2"),
        ("d.rss", "entry in broken XML"),
        ("e.txt", "is not text"),
    ] {
        let lines = |text: &str| text.lines().filter(|l| l.contains(file) && l.contains(reason)).count();
        assert_eq!(lines(&listed), 1, "{file}: {reason} in {listed}");
        assert_eq!(lines(&table), 1, "{file}: {reason} in {table}");
    }
    assert!(table.starts_with("source,place,reason\n"));
    for query in [
        "\"free 12 hostages\"",
        "\"freed five hostages\"",
        "\"arrested ten men\"",
        "\"killed 7 soldiers\"",
        "Geneva",
        "Doha",
    ] {
        let found = told(&run(&["search", name(&store), query]).stdout);
        assert!(found.contains(" found"), "{query}: {found}");
        assert!(!found.starts_with("0 ") && !found.contains("\n0 reports"), "{query}: {found}");
    }
    assert!(run(&["check", name(&store)]).status.success());
}

#[test]
fn a_run_can_stop_at_the_first_failure_and_goes_on_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let (input, store) = (folder.path().join("a.jsonl"), folder.path().join("a.store"));
    let line = |n: usize| format!("{{\"text\": \"Gunmen killed {n} soldiers near the border on Monday.\"}}\n");
    std::fs::write(&input, [line(2), line(3), "{\"title\": \"no text\"}\n".to_owned(), line(4)].concat()).unwrap();
    let stopped = run(&["add", name(&store), name(&input), "--stop-at-failure"]);
    assert_eq!(stopped.status.code(), Some(1));
    assert!(told(&stopped.stdout).starts_with("2 reports coded"), "{}", told(&stopped.stdout));
    let on = run(&["add", name(&store), name(&input), "--keep-going"]);
    assert_eq!(on.status.code(), Some(1));
    assert!(
        told(&on.stdout).starts_with("1 reports coded") && told(&on.stdout).contains("1 failed"),
        "{}",
        told(&on.stdout)
    );
}

fn start(store: &Path, input: &Path) -> Child {
    let arguments = ["add", name(store), name(input), "--batch", "2", "--threads", "1"];
    dateline().args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills 50 real runs, each at a random moment, and lets the chain of runs come to its end: the store is that of an unbroken run.
#[test]
fn fifty_killed_runs_leave_the_store_of_an_unbroken_one() {
    let folder = tempfile::tempdir().unwrap();
    let input = reports(folder.path(), 30);
    let whole = folder.path().join("whole.store");
    assert_eq!(start(&whole, &input).wait().unwrap().code(), Some(1));
    let wanted = contents(&whole);
    let mut dice = Dice(50);
    let (mut kills, mut broken) = (0, 0);
    for chain in 0.. {
        let store = folder.path().join(format!("{chain}.store"));
        loop {
            let mut child = start(&store, &input);
            if kills == 50 {
                assert_eq!(child.wait().unwrap().code(), Some(1));
                break;
            }
            std::thread::sleep(Duration::from_micros(dice.roll(400_000) as u64));
            if child.try_wait().unwrap().is_some() {
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            // What is there at any moment is whole.
            if store.exists() && rusqlite_version(&store) > 0 {
                let checked = run(&["check", name(&store)]);
                assert!(checked.status.success(), "kill {kills}: {}", told(&checked.stderr));
                broken += usize::from(!told(&checked.stdout).starts_with("0 reports"));
            }
        }
        assert!(contents(&store) == wanted, "chain {chain} after {kills} kills");
        if kills == 50 {
            break;
        }
    }
    assert!(broken > 5, "only {broken} kills met a store with reports in it");
}

/// The schema's version; 0 while the store is being made.
fn rusqlite_version(store: &Path) -> i64 {
    let c = rusqlite::Connection::open(store).unwrap();
    c.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap()
}

#[test]
fn two_runs_at_once_write_one_store() {
    let folder = tempfile::tempdir().unwrap();
    let (input, store) = (reports(folder.path(), 12), folder.path().join("a.store"));
    let alone = folder.path().join("alone.store");
    assert_eq!(start(&alone, &input).wait().unwrap().code(), Some(1));
    let (mut a, mut b) = (start(&store, &input), start(&store, &input));
    assert_eq!((a.wait().unwrap().code(), b.wait().unwrap().code()), (Some(1), Some(1)));
    assert!(contents(&store) == contents(&alone));
}
