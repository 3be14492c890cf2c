//! What must hold whatever a reader is given.

use dateline_ingest::{ErrorKind, Limits, Options, Source, read};

/// Reads `data` as a file of this name to its end. A panic underneath would abort the run before it is caught; what is left to
/// check is that items are whole, that places differ, and that reading can go on behind any of them.
pub fn survives(name: &str, data: &[u8]) {
    let limits = Limits { item: 1 << 20, unpacked_total: 8 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let source = Source::Bytes { name: name.to_owned(), bytes: data.into() };
    let items: Vec<_> = read(&source, &options).take(1000).collect();
    for item in &items {
        match &item.report {
            Ok(report) => assert!(!report.text.trim().is_empty() && !report.id.is_empty()),
            Err(e) => assert_ne!(e.kind(), ErrorKind::Defect, "{e}"),
        }
    }
    assert!(items.windows(2).all(|w| w[0].locator != w[1].locator), "two items at one place");
    if let Some(middle) = items.get(items.len() / 2) {
        let rest = read(&source, &options).after(&middle.locator).take(1000 - items.len() / 2 - 1).count();
        assert!(items.len() == 1000 || rest == items.len() - items.len() / 2 - 1, "behind {}", middle.locator);
    }
}
