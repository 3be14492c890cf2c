//! Every fuzz target for a while. Works with the ordinary toolchain: coverage is counted by LLVM's own pass, libFuzzer comes with
//! `libfuzzer-sys` (a C++ compiler builds it), and no address sanitizer is asked for, since the readers hold no unsafe code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What makes a build count what it covers, for libFuzzer.
const FLAGS: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];
/// Memory of one run in MB, and seconds that one input may take.
const LIMITS: (usize, usize) = (4096, 20);

/// Builds all targets and runs each for `seconds` from its kept corpus, or only the one named. What a run finds goes to a folder
/// of its own under the target directory; an input that fails is kept there and named.
///
/// # Errors
/// What could not be built, or the targets that failed.
pub(crate) fn run(seconds: usize, only: Option<&str>) -> Result<(), String> {
    let folder = Path::new("fuzz");
    let output = target_directory().join("fuzz");
    let host = host()?;
    println!("== building the fuzz targets");
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--release",
            "--target",
            &host,
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--target-dir",
        ])
        .arg(&output)
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"))
        .status();
    if !built.is_ok_and(|s| s.success()) {
        return Err("the fuzz targets do not build; they need a C++ compiler".to_owned());
    }
    let mut failed = Vec::new();
    for name in targets(folder)?.iter().filter(|n| only.is_none_or(|o| o == *n)) {
        let found = output.join("found").join(name);
        fs::create_dir_all(&found).map_err(|e| format!("{}: {e}", found.display()))?;
        println!("== fuzz {name} for {seconds} s");
        let out = Command::new(output.join(&host).join("release").join(name))
            .args([&found, &folder.join("corpus").join(name)])
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-rss_limit_mb={}", LIMITS.0))
            .arg(format!("-timeout={}", LIMITS.1))
            .arg(format!("-artifact_prefix={}/failed-", output.join("found").display()))
            .args(["-max_len=16384", "-print_final_stats=1"])
            .output()
            .map_err(|e| format!("{name}: {e}"))?;
        let told = String::from_utf8_lossy(&out.stderr);
        let figure = |of: &str| told.lines().rev().find_map(|l| l.strip_prefix(of)).map_or("?", str::trim);
        let runs = figure("stat::number_of_executed_units:");
        println!(
            "   {runs} inputs, {} new, peak {} MB",
            figure("stat::new_units_added:"),
            figure("stat::peak_rss_mb:")
        );
        if !out.status.success() {
            let lines: Vec<&str> = told.lines().collect();
            println!("{}", lines[lines.len().saturating_sub(60)..].join("\n"));
            failed.push(name.clone());
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("fuzz targets failed: {}", failed.join(", "))) }
}

/// Names of the targets, in order.
fn targets(folder: &Path) -> Result<Vec<String>, String> {
    let folder = folder.join("fuzz_targets");
    let list =
        fs::read_dir(&folder).map_err(|e| format!("{}: {e}; run this in the repository's root", folder.display()))?;
    let files = list.filter_map(|e| e.ok().map(|e| e.path()));
    let mut names: Vec<String> = files.filter_map(|p| Some(p.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

pub(crate) fn target_directory() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// The machine's own target, named so that build scripts are built without the flags.
fn host() -> Result<String, String> {
    let out = Command::new("rustc").arg("-vV").output().map_err(|e| format!("rustc: {e}"))?;
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    told.lines()
        .find_map(|l| l.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc tells no host".to_owned())
}
