//! The real binary on real and on bad input.

use dateline_report::{EventType, Record, Status};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str], input: Option<&[u8]>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(arguments).current_dir(root()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    if let Some(bytes) = input {
        // A program that refuses its input may close the pipe first.
        let _ = stdin.write_all(bytes);
    }
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("dateline-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    path
}

fn records(output: &Output) -> Vec<Record> {
    String::from_utf8_lossy(&output.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn message(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_example_of_the_readme_is_coded() {
    let out = run(&["code", "examples/talks.txt", "--published", "2026-03-14", "--format", "json"], None);
    assert!(out.status.success(), "{}", message(&out));
    let record = &records(&out)[0];
    let talks = record.events.iter().find(|e| e.kind == EventType::Consult && e.status == Status::Future).unwrap();
    assert_eq!(talks.date.as_ref().and_then(|d| d.start).map(|d| d.to_string()).as_deref(), Some("2026-03-16"));
    assert!(record.events.iter().any(|e| e.kind == EventType::Assault && e.killed == Some(6) && e.injured == Some(11)));
    assert!(record.figures.iter().any(|f| f.value == 40));
    assert!(record.talks.is_some());
    for e in &record.events {
        assert_eq!(e.span.text(&record.report.text), Some(e.trigger.as_str()));
        assert!(e.sentence.span.contains(e.span));
    }
}

#[test]
fn without_a_date_relative_days_stay_open_and_a_note_says_so() {
    let out =
        run(&["code", "-", "--format", "json"], Some(b"Envoys of Qatar met Egyptian officials in Cairo on Friday."));
    let record = &records(&out)[0];
    assert!(record.notes.iter().any(|n| n.contains("--published")));
    assert!(record.events.iter().all(|e| e.date.as_ref().is_none_or(|d| d.start.is_none())));
    assert!(!record.events.is_empty());
}

#[test]
fn bad_inputs_are_named_and_the_batch_goes_on() {
    let empty = file("empty.txt", b"");
    let binary = file("binary.txt", &[0u8, 159, 146, 150, 0, 1, 2, 3]);
    let json = file("broken.json", b"{\"title\": 3");
    let missing = "/nonexistent/report.txt";
    let inputs = [
        empty.to_str().unwrap(),
        binary.to_str().unwrap(),
        json.to_str().unwrap(),
        missing,
        "examples",
        "examples/brief.txt",
    ];
    let mut arguments = vec!["code", "--format", "json"];
    arguments.extend(inputs);
    let out = run(&arguments, None);
    assert_eq!(out.status.code(), Some(1));
    let said = message(&out);
    for (input, what) in
        inputs.iter().zip(["is empty", "is not text", "is not a report object", "no such file", "is a folder"])
    {
        assert!(said.lines().any(|l| l.contains(input) && l.contains(what)), "{input}: {said}");
    }
    assert_eq!(records(&out).len(), 1);
    assert_eq!(run(&["code", "--format", "poem"], None).status.code(), Some(2));
}

#[test]
fn charsets_give_the_same_record() {
    let text = "Turkey’s foreign minister met Qatar’s emir in Doha on Monday – officials said.";
    let plain = &records(&run(&["code", "-", "--format", "json"], Some(text.as_bytes())))[0];
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let western = |c: char| match c {
        '’' => 0x92,
        '–' => 0x96,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    for bytes in [utf16, text.chars().map(western).collect()] {
        let record = &records(&run(&["code", "-", "--format", "json"], Some(&bytes)))[0];
        assert_eq!(record.report.text, text);
        assert_eq!(record.events, plain.events);
    }
}

#[test]
fn a_book_is_refused_and_an_odd_output_is_told() {
    let line = "Envoys of Qatar met Egyptian officials in Cairo on Friday.\n\n";
    let book = file("book.txt", line.repeat(50 << 20 >> 6).as_bytes());
    let out = run(&["code", book.to_str().unwrap(), "examples/talks.txt", "--format", "json"], None);
    assert_eq!(out.status.code(), Some(1));
    assert!(message(&out).contains("book.txt") && message(&out).contains("split it"), "{}", message(&out));
    assert_eq!(records(&out).len(), 1);
    let out = run(&["code", "examples/talks.txt", "-o", "/nowhere/at/all.json"], None);
    assert_eq!(out.status.code(), Some(1));
    assert!(message(&out).contains("/nowhere/at/all.json"), "{}", message(&out));
}

#[test]
fn other_languages_are_marked_not_coded() {
    let arabic =
        "قالت وزارة الخارجية إن المحادثات بين الطرفين سوف تستأنف في القاهرة الأسبوع المقبل بمشاركة وسطاء من قطر ومصر.";
    let record = &records(&run(&["code", "-", "--format", "json"], Some(arabic.as_bytes())))[0];
    assert_eq!(record.report.language.as_deref(), Some("ar"));
    assert!(record.events.is_empty() && record.notes.iter().any(|n| n.contains("another language")));
}

#[test]
fn a_huge_word_and_strange_bytes_are_survived() {
    let word = "a".repeat(1 << 20);
    let out = run(&["code", "-", "--format", "json"], Some(format!("Police arrested {word} in Kenya.").as_bytes()));
    assert!(out.status.success(), "{}", message(&out));
    let odd = "\u{feff}\u{202e}Talks \u{1f600} 中文 e\u{301}\u{301} \r\n\r\n\t—\u{200b}";
    assert_eq!(run(&["code", "-", "--format", "html"], Some(odd.as_bytes())).status.code(), Some(0));
}

#[test]
fn output_does_not_depend_on_threads() {
    let inputs = ["examples/talks.txt", "examples/protest.txt", "examples/brief.txt", "examples/talks.txt"];
    let with = |n: &str| {
        let mut a = vec!["code", "--format", "json", "--published", "2026-03-14", "--threads", n];
        a.extend(inputs);
        run(&a, None).stdout
    };
    let one = with("1");
    assert!(!one.is_empty());
    assert_eq!(one, with("2"));
}

#[test]
fn views_are_whole() {
    let html = run(&["code", "examples/talks.txt", "--published", "2026-03-14", "--format", "html"], None);
    let page = String::from_utf8(html.stdout).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>") && !page.contains("http"));
    assert_eq!(page.matches("<section").count(), page.matches("</section>").count());
    let text = run(&["code", "examples/talks.txt", "--published", "2026-03-14", "--format", "text", "--explain"], None);
    let text = String::from_utf8(text.stdout).unwrap();
    for part in ["Where the talks stand", "Events (", "Figures (", "why:", "according to"] {
        assert!(text.contains(part), "{part}");
    }
    // According to whom, how sure, how many, who wants what: each is there for the reader of either view.
    let shown = [
        "(unnamed, of a named body; “said”)",
        "hedged (“believed”)",
        "future (“ready”)",
        "at least 85",
        "part of “at least 85 prisoners”",
        "demand release",
        "“Both sides have moved",
        "little_progress",
        "last round",
    ];
    let page = page.replace("\"Both", "“Both").replace("&quot;Both", "“Both");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("\"Both", "“Both");
    for part in shown {
        assert!(text.contains(part), "terminal: {part}");
        assert!(page.contains(part), "page: {part}");
    }
    assert!(!text.contains('\u{1b}'), "no colours in a pipe");
    let conllu = run(&["annotate", "examples/brief.txt"], None);
    let conllu = String::from_utf8(conllu.stdout).unwrap();
    let words: Vec<&str> = conllu.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert!(words.len() > 30 && words.iter().all(|l| l.split('\t').count() == 10));
    let timeml = run(&["annotate", "examples/brief.txt", "--format", "timeml", "--published", "2026-03-13"], None);
    let timeml = String::from_utf8(timeml.stdout).unwrap();
    assert!(timeml.contains("functionInDocument=\"CREATION_TIME\">2026-03-13</TIMEX3></DCT>"), "{timeml}");
    assert!(
        timeml.contains("on <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2026-03-10\">Tuesday</TIMEX3> after"),
        "{timeml}"
    );
}

#[test]
fn phrases_resolve_with_reasons_and_own_entities_speak_first() {
    let text = |o: &Output| String::from_utf8_lossy(&o.stdout).into_owned();
    let out = run(&["actors", "former Afghan president Hamid Karzai", "--published", "2016-05-01"], None);
    assert!(out.status.success() && text(&out).contains("AFG ELI") && text(&out).contains("REIGN"), "{}", text(&out));

    let table = file("entities.tsv", b"names\tcountry\tsector\tkind\nOrange Column\tSYR\tREB\tgroup\n");
    let arguments = ["--entities", table.to_str().unwrap(), "--format", "json", "-"];
    let report = b"Fighters of the Orange Column attacked a village in Syria on Friday, killing three people.";
    let coded = run(&[&["code"], arguments.as_slice()].concat(), Some(report));
    let record = &records(&coded)[0];
    let rebels = |e: &dateline_report::Event| {
        e.actors.iter().any(|a| a.country.as_deref() == Some("SYR") && a.sector.as_deref() == Some("REB"))
    };
    assert!(record.events.iter().any(|e| e.kind == EventType::Assault && rebels(e)), "{:?}", record.events);

    let wrong = file("wrong.tsv", b"names\tcountry\nOrange Column\tSYX\n");
    let out = run(&["actors", "x", "--entities", wrong.to_str().unwrap()], None);
    assert_eq!(out.status.code(), Some(1));
    assert!(message(&out).contains("wrong.tsv:2:15"), "{}", message(&out));
}

#[test]
fn coverage_of_the_tables_is_counted() {
    let out = run(&["knowledge", "coverage", "syr"], None);
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(text.lines().any(|l| l.starts_with("SYR")) && !text.contains("\nIRQ"), "{text}");
    assert!(text.contains("rows by source"));
}
