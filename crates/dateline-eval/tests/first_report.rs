//! The report that the project began from, coded against its reference record.

use dateline_code::Coder;
use std::path::Path;

/// Of its 16 events, how many must have type, parties, place, date, status and source right.
const WHOLE: f64 = 12.0;

#[test]
fn most_events_of_the_first_report_are_wholly_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/dev");
    if !folder.is_dir() {
        println!("skipped: ../shared absent");
        return;
    }
    let coder = Coder::embedded().expect("the embedded model and codebook are sound");
    let (figures, _) = dateline_eval::gold::score(&folder, &coder, "seed-").expect("the gold record is readable");
    let recall = figures.recall("whole event").expect("the figure is measured");
    assert!((recall * 16.0).round() >= WHOLE, "{recall}");
    assert_eq!(figures.value("figures"), Some(1.0));
}
