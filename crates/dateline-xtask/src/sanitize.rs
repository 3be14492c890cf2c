//! The encoder's tests under the address sanitizer: its kernels are the only unsafe code, and every access of theirs that leaves its
//! buffer ends the run. What Miri would find besides (aliasing, uninitialised reads) needs a nightly toolchain.

use crate::fuzz::target_directory;
use std::process::Command;

/// The one host whose ordinary toolchain brings the sanitizer for every kernel that it has.
const HOST: &str = "x86_64-unknown-linux-gnu";

/// Builds and runs the tests of `dateline-encoder` with the sanitizer, in a target folder of their own.
///
/// # Errors
/// When a test fails or leaves its memory.
pub(crate) fn run() -> Result<(), String> {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu")) {
        println!("skipped: the address sanitizer runs on {HOST} only");
        return Ok(());
    }
    let arguments = ["test", "-p", "dateline-encoder", "--lib", "--target", HOST];
    println!("== address sanitizer: cargo {}", arguments.join(" "));
    let status = Command::new(env!("CARGO"))
        .args(arguments)
        // The sanitizer is behind a flag that the ordinary compiler takes only so.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Zsanitizer=address")
        .env("CARGO_TARGET_DIR", target_directory().join("asan"))
        .status();
    match status {
        Ok(s) if s.success() => Ok(()),
        Ok(s) => Err(format!("address sanitizer ({s})")),
        Err(e) => Err(format!("address sanitizer: {e}")),
    }
}
