//! `cargo xtask check`: format, lints, tests, documentation, accuracy floor and address sanitizer, each printed before it runs.
//! `cargo xtask check --full`: the fuzz targets too, a minute each.
//! `cargo xtask fuzz SECONDS [TARGET]`: the fuzz targets alone.
//! `cargo xtask variants N OUT.jsonl`: varied reports for tests of scale.
//! `cargo xtask scale N FOLDER`: the archive measured on so many varied reports.

mod fuzz;
mod sanitize;
mod scale;
mod variants;

use std::process::{Command, ExitCode};

/// Name and arguments of `cargo`, all in one profile so that nothing compiles twice.
const STEPS: &[(&str, &[&str])] = &[
    ("format", &["fmt", "--all", "--check"]),
    ("lints", &["clippy", "--release", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    ("documentation", &["doc", "--release", "--workspace", "--no-deps"]),
    ("tests", &["test", "--release", "--workspace"]),
    ("accuracy floor", &["run", "--release", "-p", "dateline", "--", "eval", "floor"]),
];
/// Seconds of each fuzz target in the full check.
const FUZZ: usize = 60;
const USAGE: &str = "usage: cargo xtask check [--without-tests | --full]\n       \
                     cargo xtask fuzz SECONDS [TARGET]\n       \
                     cargo xtask variants N OUT.jsonl\n       \
                     cargo xtask scale N FOLDER";

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let number = wanted.get(1).and_then(|n| n.parse::<usize>().ok());
    let done = match (wanted.as_slice(), number) {
        (["check"], _) => check(false, false),
        (["check", "--without-tests"], _) => check(true, false),
        (["check", "--full"], _) => check(false, true),
        (["fuzz", _], Some(seconds)) => fuzz::run(seconds, None),
        (["fuzz", _, target], Some(seconds)) => fuzz::run(seconds, Some(target)),
        (["variants", _, path], Some(n)) => variants::write(n, path.as_ref()),
        (["scale", _, folder], Some(n)) => scale::measure(n, folder.as_ref()),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("xtask: {e}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every step, the failed ones told at the end.
fn check(without_tests: bool, full: bool) -> Result<(), String> {
    let mut failed = Vec::new();
    for (name, arguments) in STEPS.iter().filter(|(name, _)| !(without_tests && *name == "tests")) {
        println!("== {name}: cargo {}", arguments.join(" "));
        let status = Command::new(env!("CARGO")).args(*arguments).env("RUSTDOCFLAGS", "-D warnings").status();
        if !status.is_ok_and(|s| s.success()) {
            failed.push((*name).to_owned());
        }
    }
    if let Err(e) = sanitize::run() {
        failed.push(e);
    }
    if full && let Err(e) = fuzz::run(FUZZ, None) {
        failed.push(e);
    }
    if failed.is_empty() {
        println!("== all fine");
        return Ok(());
    }
    Err(format!("failed: {}", failed.join(", ")))
}
