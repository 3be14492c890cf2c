//! The frames' examples, coded.

use dateline_code::Coder;

#[test]
fn every_frame_fires_on_its_example_and_codes_it_as_expected() {
    let results = Coder::embedded().unwrap().check_examples(|_| true);
    let wrong: Vec<_> =
        results.iter().filter_map(|r| r.difference.as_ref().map(|d| format!("{}: {d}", r.frame))).collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), results.len(), wrong.join("\n"));
}
