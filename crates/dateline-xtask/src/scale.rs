//! The archive at scale, as docs/performance.md tells it: varied reports through `code` and `add`, memory as the store grows, its
//! size, exports and searches. Everything is measured from outside, on the program that users run.

use crate::variants;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Reports of one timing of `code` against `add`, and how often each is timed.
const PAIRED: (usize, usize) = (1_500, 3);
const FORMATS: &[&str] = &["parquet", "csv", "tsv", "jsonl", "geojson", "polecat"];
/// Searches, from words that few reports have to filters that most events pass.
const SEARCHES: &[&[&str]] = &[
    &["\"nuclear talks\""],
    &["ceasefire", "AND", "hostages"],
    &["talks"],
    &["government", "OR", "police"],
    &["--type", "CONSULT", "--actor", "USA"],
    &["talks", "--type", "CONSULT", "--from", "2020-01-01", "--to", "2020-12-31"],
    &["--dyad", "ISR-PSE"],
    &["--status", "actual"],
];
/// Watches by name and query, from few reports to many, and how many reports arrive.
const WATCHES: &[(&str, &str)] = &[
    ("nuclear", "\"nuclear talks\""),
    ("hostages", "hostage talks"),
    ("truce", "ceasefire AND (truce OR hostage)"),
    ("sanctions", "sanctions"),
    ("talks", "talks"),
];
const ARRIVALS: usize = 100;
/// Times each search is run; the median counts.
const REPEATS: usize = 7;

/// Runs every measurement on `n` reports in `folder`, which is made or was by an earlier run, and prints the figures.
///
/// # Errors
/// What could not be run or written, as one sentence.
pub(crate) fn measure(n: usize, folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(said(folder))?;
    let program = program()?;
    let all = folder.join("reports.jsonl");
    // A folder that an earlier run has filled is measured again without the hour that filling it takes.
    if !all.exists() {
        println!("== {n} reports to {}", all.display());
        variants::write(n, &all)?;
    }
    paired(&program, &all, folder)?;
    let store = folder.join("store.db");
    grow(&program, &all, &store, n)?;
    let (_, stats) = timed(&program, &[&"stats", &store.display()])?;
    println!("== dateline stats\n{stats}");
    let size = fs::metadata(&store).map_err(said(&store))?.len();
    println!("size: {:.1} MB, {:.2} KB a report; reports file {:.1} MB", mega(size), size as f64 / n as f64 / 1e3, {
        mega(fs::metadata(&all).map_err(said(&all))?.len())
    });
    exports(&program, &store, folder)?;
    searches(&program, &store)?;
    watches(&program, &store, folder)?;
    let (seconds, told) = timed(&program, &[&"check", &store.display()])?;
    println!("== check: {seconds:.1} s: {}", told.lines().last().unwrap_or_default());
    Ok(())
}

/// The program beside this one; built if it is not there.
fn program() -> Result<PathBuf, String> {
    let built = Command::new(env!("CARGO")).args(["build", "--quiet", "--release", "-p", "dateline"]).status();
    if !built.is_ok_and(|s| s.success()) {
        return Err("dateline does not build; run cargo build --release -p dateline".to_owned());
    }
    let own = std::env::current_exe().map_err(|e| format!("own path: {e}"))?;
    Ok(own.with_file_name("dateline"))
}

/// `code` and `add` by turns over the same reports, none of which is a copy, since `add` does not code copies.
fn paired(program: &Path, all: &Path, folder: &Path) -> Result<(), String> {
    let some = folder.join("some.jsonl");
    let mut out = File::create(&some).map_err(said(&some))?;
    let lines = BufReader::new(File::open(all).map_err(said(all))?).lines().map_while(Result::ok);
    for line in lines.filter(|l| !l.contains("?copy\"")).take(PAIRED.0) {
        writeln!(out, "{line}").map_err(said(&some))?;
    }
    let (coded, store) = (folder.join("some.out.jsonl"), folder.join("some.db"));
    let mut ratios = Vec::new();
    for _ in 0..PAIRED.1 {
        let (code, _) =
            timed(program, &[&"code", &some.display(), &"--format", &"json", &"--output", &coded.display()])?;
        remove_store(&store)?;
        let (add, _) = timed(program, &[&"add", &store.display(), &some.display()])?;
        println!("code {code:.1} s, add {add:.1} s: throughput of add {:.3} of code's", code / add);
        ratios.push(code / add);
    }
    println!("== add / code, median of {}: {:.3}", PAIRED.1, median(&mut ratios));
    Ok(())
}

/// Adds everything and watches the memory held: its peak until a tenth was read, and over all.
fn grow(program: &Path, all: &Path, store: &Path, n: usize) -> Result<(), String> {
    let began = Instant::now();
    let mut child = Command::new(program)
        .arg("add")
        .args([store, all])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(said(program))?;
    let lines = child.stderr.take().map(|e| BufReader::new(e).lines().map_while(Result::ok));
    let mut at_tenth = None;
    let mut peak = 0.0_f64;
    for line in lines.into_iter().flatten() {
        let held = resident(child.id());
        peak = peak.max(held.unwrap_or(0.0));
        let read: usize = line.split(" reports").next().map_or(0, |r| r.replace(',', "").parse().unwrap_or(0));
        if let Some(held) = held.filter(|_| read * 10 >= n) {
            if at_tenth.is_none() {
                at_tenth = Some(peak);
            }
            println!("{line}; {held:.0} MB held");
        } else {
            println!("{line}");
        }
    }
    let status = child.wait().map_err(said(program))?;
    let seconds = began.elapsed().as_secs_f64();
    let tenth = at_tenth.unwrap_or(peak);
    println!("== add: {seconds:.0} s; peak memory until a tenth was read {tenth:.0} MB, over all {peak:.0} MB");
    if status.success() { Ok(()) } else { Err(format!("dateline add: {status}")) }
}

fn exports(program: &Path, store: &Path, folder: &Path) -> Result<(), String> {
    for format in FORMATS {
        let file = folder.join(format!("events.{format}"));
        let arguments: [&dyn Display; 7] =
            [&"export", &store.display(), &"--format", format, &"--mentions", &"--output", &file.display()];
        let (seconds, told) = timed(program, &arguments)?;
        let size = fs::metadata(&file).map_err(said(&file))?.len();
        println!("== export {format}: {seconds:.2} s, {:.1} MB: {}", mega(size), told.trim());
    }
    Ok(())
}

/// Whole commands, so with the time to start and to open the store.
fn searches(program: &Path, store: &Path) -> Result<(), String> {
    for search in SEARCHES {
        let mut times = Vec::new();
        let mut found = String::new();
        for _ in 0..REPEATS {
            let store = store.display();
            let mut arguments: Vec<&dyn Display> = vec![&"search", &store];
            arguments.extend(search.iter().map(|s| s as &dyn Display));
            let (seconds, told) = timed(program, &arguments)?;
            times.push(seconds * 1e3);
            told.lines().find(|l| l.contains(" reports found")).unwrap_or_default().clone_into(&mut found);
        }
        println!("== search {}: {:.1} ms: {found}", search.join(" "), median(&mut times));
    }
    Ok(())
}

/// What watches add to the time that new reports take, and the dossier of one. The store is left with the reports added here.
fn watches(program: &Path, store: &Path, folder: &Path) -> Result<(), String> {
    let mut took = Vec::new();
    for (i, (n, watched)) in [(ARRIVALS, false), (ARRIVALS + 1, true)].into_iter().enumerate() {
        if watched {
            for (name, query) in WATCHES {
                let (seconds, told) = timed(program, &[&"watch", &"add", &store.display(), name, query])?;
                println!("== watch add {query}: {:.0} ms: {}", seconds * 1e3, told.trim());
            }
        }
        let new = folder.join(format!("new{i}.jsonl"));
        variants::write(n, &new)?;
        took.push(timed(program, &[&"add", &store.display(), &new.display()])?.0);
    }
    let of = format!("{ARRIVALS} new reports");
    println!("== add {of}: {:.2} s; with {} watches {:.2} s", took[0], WATCHES.len(), took[1]);
    let (name, query) = WATCHES[0];
    let (seconds, _) = timed(program, &[&"dossier", &store.display(), &name, &"--format", &"json"])?;
    println!("== dossier of {query}: {seconds:.2} s");
    WATCHES.iter().try_for_each(|(name, _)| timed(program, &[&"watch", &"remove", &store.display(), name]).map(drop))
}

/// Runs the program; seconds it took and what it said on both streams.
fn timed(program: &Path, arguments: &[&dyn Display]) -> Result<(f64, String), String> {
    let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    let began = Instant::now();
    let out = Command::new(program).args(&arguments).output().map_err(said(program))?;
    let seconds = began.elapsed().as_secs_f64();
    let told = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    if out.status.success() { Ok((seconds, told)) } else { Err(format!("dateline {}: {told}", arguments.join(" "))) }
}

/// Resident memory of a running process in MB, where the system tells it (Linux).
fn resident(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("RssAnon:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1e3)
}

fn remove_store(store: &Path) -> Result<(), String> {
    for end in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{end}", store.display()));
        if file.exists() {
            fs::remove_file(&file).map_err(said(&file))?;
        }
    }
    Ok(())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn said<E: Display>(path: &Path) -> impl FnOnce(E) -> String + use<'_, E> {
    move |e| format!("{}: {e}", path.display())
}
