//! No bytes make a reader fail otherwise than with an error, whatever they are taken for.

mod common;

use common::{gz, http, items, page, warc_record, zip};
use dateline_ingest::ErrorKind;
use proptest::prelude::*;

const NAMES: [&str; 14] = [
    "a.txt",
    "a.json",
    "a.jsonl",
    "a.csv",
    "a.tsv",
    "a.parquet",
    "a.html",
    "a.xml",
    "a.opml",
    "a.warc",
    "a.gz",
    "a.zst",
    "a.zip",
    "a",
];

/// Reads to the end and checks what holds for every source.
fn survives(name: &str, bytes: &[u8]) {
    let all = items(name, bytes);
    for item in &all {
        match &item.report {
            Ok(r) => assert!(!r.text.trim().is_empty() && !r.id.is_empty(), "{item:?}"),
            Err(e) => assert!(e.kind() != ErrorKind::Defect, "{e}: {bytes:?}"),
        }
    }
    let mut places: Vec<_> = all.iter().map(|i| i.locator.clone()).collect();
    places.dedup();
    assert_eq!(places.len(), all.len(), "every item has its own place");
}

/// Sound files of every kind, to be damaged.
fn sound() -> Vec<(&'static str, Vec<u8>)> {
    let html = page("<meta property=article:published_time content=2024-05-02>", "<p>More.</p>").into_bytes();
    let answer = http("200 OK", "Content-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n", &html);
    let warc = [warc_record("response", "https://example.org/", &answer), warc_record("metadata", "x", b"y")].concat();
    let feed =
        b"<rss><channel><title>C</title><item><title>T</title><description>&lt;p&gt;x&lt;/p&gt;</description></item>\
                 <item><title>U</title><pubDate>Wed, 01 May 2024 23:30:00 -0500</pubDate></item></channel></rss>"
            .to_vec();
    let lines = b"{\"text\": \"One.\"}\n{\"text\": \"Two.\", \"published\": \"2024-05-01\"}\n".to_vec();
    let archive = zip(&[("a.txt", b"Talks."), ("b/c.jsonl", &lines)], 0);
    vec![
        ("a.csv", b"text,date\n\"One, two\",2024-05-01\nThree,x\n".to_vec()),
        ("a.opml", b"<opml><body><outline xmlUrl='https://example.org/rss'/></body></opml>".to_vec()),
        ("a.jsonl.gz", gz(&lines)),
        ("a.zst", zstd::encode_all(&lines[..], 0).unwrap()),
        ("a.jsonl", lines),
        ("a.html", html),
        ("a.warc", warc),
        ("a.rss", feed),
        ("a.zip", archive),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_under_any_name(bytes in prop::collection::vec(any::<u8>(), 0..600), name in prop::sample::select(&NAMES[..])) {
        survives(name, &bytes);
    }

    #[test]
    fn damaged_files(which in 0..9usize, edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
                     cut in any::<prop::sample::Index>(), shorten in any::<bool>()) {
        let (name, mut bytes) = sound().swap_remove(which);
        for (at, b) in edits {
            let at = at.index(bytes.len());
            bytes[at] = b;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(name, &bytes);
    }

    #[test]
    fn marked_up_text(parts in prop::collection::vec(prop::sample::select(&["<p>", "</p>", "<div class=a", ">", "<!--", "-->", "<script", "</script>",
        "\"", "'", "=", "é", "<time datetime=2024-05-01>", "&amp;", "&#x110000;", "<br/>", "<table>", "<svg>", " ", "Talks go on. ", "<h1>", "</h1>"][..]), 0..60)) {
        survives("a.html", parts.concat().as_bytes());
        survives("a.rss", format!("<rss><channel><item><title>{}</title></item></channel></rss>", parts.concat()).as_bytes());
    }
}
