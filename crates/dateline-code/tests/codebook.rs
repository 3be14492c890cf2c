//! The frames' examples, coded; the codebook as a document; the tutorial's codebook; the codes that events carry.

use dateline_code::{Codebook, Coder, Options, document};
use dateline_report::{EventType, Report};
use std::path::Path;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn differing(coder: &Coder, of: &str) -> (usize, Vec<String>) {
    let results = coder.check_examples(|name| name.starts_with(of));
    let wrong = results.iter().filter_map(|r| r.difference.as_ref().map(|d| format!("{}: {d}", r.frame))).collect();
    (results.len(), wrong)
}

#[test]
fn every_frame_fires_on_its_example_and_codes_it_as_expected() {
    let (all, wrong) = differing(&Coder::embedded().unwrap(), "");
    assert!(wrong.is_empty(), "{} of {all} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_document_is_that_of_the_codebook() {
    let written = std::fs::read_to_string(root().join("docs/codebook.md")).unwrap();
    let fresh = document(&Codebook::embedded().unwrap());
    assert!(written == fresh, "docs/codebook.md is stale: run `cargo run --release -- codebook docs`");
}

#[test]
fn the_type_of_the_tutorial_has_five_frames_and_ten_examples_and_is_coded() {
    let mut book = Codebook::embedded().unwrap();
    book.extend_from_folder(&root().join("examples/codebook")).unwrap();
    let frames = book.frames().iter().filter(|f| f.name.starts_with("prisoner_exchange/")).count();
    let coder = Coder::with_codebook(Options::default(), book).unwrap();
    let (examples, wrong) = differing(&coder, "prisoner_exchange/");
    assert_eq!((frames, examples, wrong), (5, 10, Vec::new()));
    let text = std::fs::read_to_string(root().join("examples/exchange.txt")).unwrap();
    let record = coder.session().code(&Report::from_text(text));
    let own: Vec<_> = record.events.iter().filter(|e| e.mode.as_deref() == Some("prisoner-exchange")).collect();
    assert_eq!(own.len(), 3);
    for e in own {
        assert_eq!((e.kind, e.cameo.as_deref(), e.goldstein), (EventType::Cooperate, Some("084"), Some(7.0)));
    }
}

#[test]
fn every_type_and_mode_has_quad_class_intensity_cameo_code_and_goldstein_value() {
    let coder = Coder::embedded().unwrap();
    let ontology = coder.ontology();
    let mut modes = 0;
    for &kind in EventType::ALL {
        for mode in std::iter::once(None).chain(ontology.modes(kind).map(Some)) {
            let code = ontology.code(kind, mode).unwrap_or_else(|| panic!("{kind} has no codes"));
            let all = (code.intensity.is_some(), code.cameo.is_some(), code.goldstein.is_some());
            assert_eq!(all, (true, true, true), "{kind} {mode:?}");
            modes += usize::from(mode.is_some());
        }
    }
    assert_eq!(modes, 67);
}

#[test]
fn every_event_carries_its_codes_and_the_report_its_contexts() {
    let coder = Coder::embedded().unwrap();
    let mut session = coder.session();
    for name in ["talks.txt", "brief.txt", "protest.txt"] {
        let text = std::fs::read_to_string(root().join("examples").join(name)).unwrap();
        let record = session.code(&Report::from_text(text));
        assert!(!record.events.is_empty(), "{name}");
        assert!(name != "talks.txt" || record.contexts.iter().any(|c| c == "diplomatic"), "{:?}", record.contexts);
        for e in &record.events {
            assert_eq!(e.quad, e.kind.quad());
            assert!(e.intensity.is_some() && e.cameo.is_some() && e.goldstein.is_some(), "{name} {}", e.id);
        }
    }
}
