//! What the fuzzers found worth keeping, and the seeds they began from, go through every target again.

#[path = "../../../fuzz/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;

#[test]
fn every_kept_input_is_survived() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut names: Vec<_> =
        fs::read_dir(&corpus).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let targets: Vec<_> = targets::TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, targets, "every target has a corpus and every corpus a target");
    for name in names {
        let mut files: Vec<_> = fs::read_dir(corpus.join(&name)).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{name} has no seeds");
        for file in files {
            println!("{}", file.display());
            targets::run(&name, &fs::read(&file).unwrap());
        }
    }
}
