//! The encoder's tests under the address sanitizer: its kernels are unsafe code, and most accesses of theirs outside a block of memory
//! end the run. What Miri would find besides (aliasing, uninitialised reads) needs a nightly toolchain.

use crate::fuzz::target_directory;
use std::process::Command;

/// The host on which this was tried.
const HOST: &str = "x86_64-unknown-linux-gnu";

/// Builds and runs the tests of `dateline-encoder` with the sanitizer, in a target folder of their own.
///
/// # Errors
/// When a test fails or leaves its memory.
pub(crate) fn run() -> Result<(), String> {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu")) {
        println!("skipped: the address sanitizer was tried on {HOST} only");
        return Ok(());
    }
    if !has_runtime() {
        println!("skipped: this Rust comes without the address sanitizer");
        return Ok(());
    }
    let arguments = ["test", "-p", "dateline-encoder", "--lib", "--target", HOST];
    println!("== address sanitizer: cargo {}", arguments.join(" "));
    let status = Command::new(env!("CARGO"))
        .args(arguments)
        // The sanitizer is behind a flag that the ordinary compiler takes only so.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", "-Zsanitizer=address")
        .env("CARGO_TARGET_DIR", target_directory().join("asan"))
        .status();
    match status {
        Ok(s) if s.success() => Ok(()),
        Ok(s) => Err(format!("address sanitizer ({s})")),
        Err(e) => Err(format!("address sanitizer: {e}")),
    }
}

/// Whether the toolchain has the sanitizer's library.
fn has_runtime() -> bool {
    let output = Command::new("rustc").args(["--print", "target-libdir", "--target", HOST]).output();
    let Ok(folder) = output.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()) else { return false };
    std::fs::read_dir(folder)
        .is_ok_and(|mut files| files.any(|f| f.is_ok_and(|f| f.file_name().to_string_lossy().contains("_rt.asan"))))
}
