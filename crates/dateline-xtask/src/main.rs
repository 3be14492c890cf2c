//! `cargo xtask check`: format, lints, tests, documentation, codebook and accuracy floor, each printed before it runs.
//! `cargo xtask variants N OUT.jsonl`: varied reports for tests of scale.
//! `cargo xtask scale N FOLDER`: the archive measured on so many varied reports.

mod scale;
mod variants;

use std::path::Path;
use std::process::{Command, ExitCode};

/// Name and arguments of `cargo`, all in one profile so that nothing compiles twice.
const STEPS: &[(&str, &[&str])] = &[
    ("format", &["fmt", "--all", "--check"]),
    ("lints", &["clippy", "--release", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    ("documentation", &["doc", "--release", "--workspace", "--no-deps"]),
    ("tests", &["test", "--release", "--workspace"]),
    ("accuracy floor", &["run", "--release", "-p", "dateline", "--", "eval", "floor"]),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if let [command, n, path] = wanted.as_slice()
        && let Ok(n) = n.parse()
        && let Some(job) = match command.as_str() {
            "variants" => Some(variants::write as fn(usize, &Path) -> Result<(), String>),
            "scale" => Some(scale::measure as _),
            _ => None,
        }
    {
        return match job(n, path.as_ref()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(e) => {
                eprintln!("xtask: {e}");
                ExitCode::FAILURE
            }
        };
    }
    if wanted.first().map(String::as_str) != Some("check") {
        eprintln!("usage: cargo xtask check [--without-tests] | variants N OUT.jsonl | scale N FOLDER");
        return ExitCode::from(2);
    }
    let without_tests = wanted.iter().any(|w| w == "--without-tests");
    let mut failed = Vec::new();
    for (name, arguments) in STEPS.iter().filter(|(name, _)| !(without_tests && *name == "tests")) {
        println!("== {name}: cargo {}", arguments.join(" "));
        let status = Command::new(env!("CARGO")).args(*arguments).env("RUSTDOCFLAGS", "-D warnings").status();
        if !status.is_ok_and(|s| s.success()) {
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        println!("== all fine");
        return ExitCode::SUCCESS;
    }
    println!("== failed: {}", failed.join(", "));
    ExitCode::FAILURE
}
