//! Bad input costs one item and says why.

mod common;

use common::{gz, http, items, items_with, page, told, warc_record, zip};
use dateline_ingest::{ErrorKind, Folders, Limits, Options, Source, read};

fn only_error(name: &str, bytes: &[u8]) -> (ErrorKind, String) {
    let all = items(name, bytes);
    assert_eq!(all.len(), 1, "{:?}", told(&all));
    let e = all[0].report.as_ref().unwrap_err();
    (e.kind(), e.to_string())
}

#[test]
fn files_that_are_no_reports() {
    let cases: [(&str, &[u8], ErrorKind, &str); 9] = [
        ("a.txt", b"", ErrorKind::Empty, "a.txt: is empty; give a file with the report's text"),
        ("a.txt", b" \n\t", ErrorKind::Empty, "a.txt: holds only white space; give a file with the report's text"),
        (
            "a.txt",
            b"\0\x01\x02\x03\0\x9f\x92",
            ErrorKind::Unsupported,
            "a.txt: is not text; convert it to plain text first",
        ),
        ("a.pdf", b"%PDF-1.7 text", ErrorKind::Unsupported, "a.pdf: is not text; convert it to plain text first"),
        ("a.docx", b"PK\x03\x04....", ErrorKind::Unsupported, "a.docx: is not text; convert it to plain text first"),
        ("a.jsonl", b" \n \n", ErrorKind::Empty, "a.jsonl: holds only white space; give a file with the report's text"),
        ("a.csv", b"text,title\n", ErrorKind::Empty, "a.csv: has a header and no rows; give a table with reports"),
        (
            "a.zip",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            ErrorKind::Empty,
            "a.zip: is an archive without reports; give one that holds some",
        ),
        (
            "a.html",
            b"<html><body></body></html>",
            ErrorKind::Empty,
            "a.html: has no main text that could be told from its menus; save the article's own page",
        ),
    ];
    for (name, bytes, kind, message) in cases {
        assert_eq!(only_error(name, bytes), (kind, message.to_owned()));
    }
    let (kind, message) = only_error("a.csv", b"x,y\n1,2\n");
    assert_eq!((kind, message.contains("columns: x, y")), (ErrorKind::Columns, true), "{message}");
    let (kind, message) = only_error("a.json", b"{\"title\": 3");
    assert_eq!((kind, message.starts_with("a.json: is not a report object")), (ErrorKind::Malformed, true));
    let (kind, _) = only_error("a.parquet", b"PAR1 and nothing more");
    assert_eq!(kind, ErrorKind::Malformed);
    let (kind, _) = only_error("a.zip", b"PK\x03\x04 and nothing more");
    assert_eq!(kind, ErrorKind::Malformed);
}

#[test]
fn a_truncated_gzip_gives_what_it_holds_and_one_error() {
    let lines = (0..4000)
        .map(|i| format!("{{\"text\": \"Report {i} of {}.\"}}\n", i * 7919 % 104_729))
        .collect::<Vec<_>>()
        .concat();
    let whole = gz(lines.as_bytes());
    let all = items("a.jsonl.gz", &whole[..whole.len() / 2]);
    let (last, before) = all.split_last().unwrap();
    assert!(before.len() > 1000 && before.iter().all(|i| i.report.is_ok()), "{} {:?}", before.len(), told(&all).last());
    let e = last.report.as_ref().unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Truncated);
    assert_eq!(
        e.to_string(),
        format!(
            "a.jsonl.gz line {}: ends in the middle of its data; get it anew; what came before was read",
            before.len() + 1
        )
    );
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 40].fill(0x55);
    let all = items("a.jsonl.gz", &damaged);
    assert!(all.len() > 1000 && all.iter().filter(|i| i.report.is_err()).count() >= 1);
    // Text, Zstandard and zip break off the same way.
    assert_eq!(only_error("a.txt.gz", &whole[..whole.len() / 2]).0, ErrorKind::Truncated);
    let packed = zstd::encode_all(lines.as_bytes(), 0).unwrap();
    assert_eq!(only_error("a.txt.zst", &packed[..packed.len() / 2]).0, ErrorKind::Truncated);
    let mut wrong = zip(&[("a.txt", b"Talks resume in the border valley.")], 0);
    let at = wrong.windows(5).position(|w| w == b"a.txt").unwrap() + 5;
    wrong[at + 8] ^= 0x10;
    assert_eq!(only_error("a.zip", &wrong).0, ErrorKind::Malformed);
}

#[test]
fn a_web_archive_cut_in_a_record_and_bytes_between_records() {
    let record = |n: u8| {
        let answer = http("200 OK", "Content-Type: text/html\r\n", page("", "").as_bytes());
        warc_record("response", &format!("https://example.org/{n}"), &answer)
    };
    let whole = [record(1), b"lost bytes\r\n".to_vec(), record(2), record(3)].concat();
    let all = items("a.warc", &whole[..whole.len() - 300]);
    let kinds: Vec<_> = all
        .iter()
        .map(|i| i.report.as_ref().map(|r| r.url.clone().unwrap()).map_err(dateline_ingest::IngestError::kind))
        .collect();
    assert_eq!(
        kinds,
        [
            Ok("https://example.org/1".to_owned()),
            Err(ErrorKind::Malformed),
            Ok("https://example.org/2".to_owned()),
            Err(ErrorKind::Truncated)
        ]
    );
    let at = record(1).len();
    assert_eq!(told(&all)[1], format!("a.warc byte {at}: 12 bytes belong to no record; the records around were read"));
    let broken = [b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: no\r\n\r\n".to_vec(), record(2)].concat();
    let all = items("a.warc", &broken);
    assert_eq!(told(&all)[0], "a.warc byte 0: is a record without its length; the next records were read");
    assert!(all[1].report.is_ok());
}

#[test]
fn tables_with_a_wrong_number_of_fields_and_an_unclosed_quote() {
    let all = items("t.csv", b"text,title\nOne.,a\nTwo, with a comma.,b\nThree.,c\n");
    assert_eq!(
        told(&all),
        [
            "t.csv record 1: One.",
            "t.csv record 2: has 3 fields where the table has 2 columns (line 3); quote fields that hold separators or line breaks",
            "t.csv record 3: Three.",
        ]
    );
    let mut open = b"text,title\nOne.,a\n\"never closed,b\n".to_vec();
    open.extend(b"More text,c\n".repeat(200_000));
    let limits = Limits { item: 1 << 20, ..Limits::default() };
    let all = items_with("t.csv", &open, &Options { limits, ..Options::default() });
    assert_eq!(all.len(), 2);
    let e = all[1].report.as_ref().unwrap_err();
    assert_eq!(
        e.to_string(),
        "t.csv record 2: a record is longer than 1 MB; look for a quotation mark that is not closed"
    );
}

#[test]
fn feeds_with_broken_xml() {
    let item = |n: u8| format!("<item><title>Talks {n}</title><description>They talked.</description></item>");
    let head = "<rss version=\"2.0\"><channel><title>Courier</title>";
    let broken = format!("{head}{}<item><title>Bad & <b>worse</title></item>{}<item><title>cut", item(1), item(3));
    let all = items("f.rss", broken.as_bytes());
    let ok: Vec<bool> = all.iter().map(|i| i.report.is_ok()).collect();
    assert_eq!(ok, [true, false, true, false], "{:?}", told(&all));
    assert!(told(&all)[1].starts_with("f.rss record 2: is an entry in broken XML"), "{:?}", told(&all));
    assert_eq!(all[2].report.as_ref().unwrap().outlet.as_deref(), Some("Courier"));
    let (kind, message) = only_error("f.rss", b"<rss><channel><title>Courier");
    assert_eq!(
        (kind, message.starts_with("f.rss: is not an RSS or Atom feed")),
        (ErrorKind::Malformed, true),
        "{message}"
    );
}

#[test]
fn bombs() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = gz(&zeros);
    assert!(bomb.len() < 100_000);
    let limits = Limits { item: 1 << 30, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    for (name, bytes) in [
        ("a.txt.gz", bomb.clone()),
        ("a.zip", zip(&[("a.txt", &zeros)], 0)),
        ("a.txt.zst", zstd::encode_all(&zeros[..], 0).unwrap()),
    ] {
        let all = items_with(name, &bytes, &options);
        let e = all[0].report.as_ref().unwrap_err();
        assert_eq!(e.kind(), ErrorKind::Bomb, "{e}");
        assert!(
            e.to_string().ends_with("unpacks to more than 200 times its size; unpack it by hand if you trust it"),
            "{e}"
        );
    }
    // A bomb of lines ends after a few of them.
    let line = format!("{{\"text\": \"Talks.{}\"}}\n", " ".repeat(60_000));
    let all = items("a.jsonl.gz", &gz(&line.repeat(1000).into_bytes()));
    assert!(
        (100..500).contains(&all.len()) && all.last().unwrap().report.as_ref().unwrap_err().kind() == ErrorKind::Bomb
    );
    // The total counts over all members.
    let text: Vec<u8> =
        (0..60_000u32).flat_map(|n| format!("{} ", n.wrapping_mul(2_654_435_761)).into_bytes()).collect();
    let limits = Limits { unpacked_total: 1 << 20, ..Limits::default() };
    let all =
        items_with("a.zip", &zip(&[("a.txt", &text), ("b.txt", &text)], 0), &Options { limits, ..Options::default() });
    assert!(all[0].report.is_ok());
    assert_eq!(told(&all)[1], "a.zip/b.txt: unpacks to more than 1 MB; unpack it by hand if you trust it");
    // Nesting has an end.
    let nested = (0..12).fold(b"Talks.".to_vec(), |inner, _| gz(&inner));
    assert_eq!(only_error("a.gz", &nested).0, ErrorKind::Bomb);
}

#[test]
fn tricks_with_names_in_archives() {
    let names = ["../up.txt", "/root.txt", "C:\\x.txt", "a/../../b.txt", "fine.txt"];
    let members: Vec<(&str, &[u8])> = names.iter().map(|n| (*n, &b"Talks."[..])).collect();
    let all = items("a.zip", &zip(&members, 0));
    assert_eq!(all.iter().filter(|i| i.report.is_ok()).count(), 1);
    assert_eq!(all.iter().filter(|i| i.report.as_ref().is_err_and(|e| e.kind() == ErrorKind::Unsafe)).count(), 4);
    assert!(
        told(&all).contains(
            &"a.zip/../up.txt: its name points out of the archive; pack the archive anew with plain relative names"
                .to_owned()
        )
    );
    assert_eq!(
        told(&items("a.zip", &zip(&[("x.txt", b"Talks.")], 1))),
        ["a.zip/x.txt: is encrypted; unpack it with a program for archives"]
    );
}

#[test]
fn sizes() {
    let limits = Limits { item: 1 << 20, report: 1000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let long = "Talks go on. ".repeat(100);
    let e = items_with("a.txt", long.as_bytes(), &options).remove(0).report.unwrap_err();
    assert!(e.kind() == ErrorKind::TooLarge && e.to_string().contains("split it"), "{e}");
    let lines = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"Short.\"}}\n", "x".repeat(2 << 20));
    let all = items_with("a.jsonl", lines.as_bytes(), &options);
    assert_eq!(all[0].report.as_ref().unwrap_err().kind(), ErrorKind::TooLarge);
    assert_eq!(all[1].report.as_ref().unwrap().text, "Short.");
}

#[test]
fn pages_that_nest_without_end_and_odd_markup() {
    // Closing tags of nothing do not make a page flat, and unclosed formatting goes on in the next block.
    let numbered = (0..20_000).map(|i| format!("<div><b class=c{i}></div>")).collect::<Vec<_>>().concat();
    for odd in ["<div></x>".repeat(100_000), numbered] {
        let all = items("a.html", format!("<html><body>{odd}Talks.</body></html>").as_bytes());
        assert!(all[0].report.as_ref().unwrap_err().to_string().contains("nests more than"), "{:?}", told(&all));
    }
    for open in ["<div>", "<b>", "<a href=x>", "<table><tr><td>", "<ul><li>", "<font>", "<p><i>"] {
        let deep = format!("<html><body>{}Talks.</body></html>", open.repeat(100_000));
        let all = items("a.html", deep.as_bytes());
        assert!(all[0].report.as_ref().err().is_none_or(|e| e.kind() != ErrorKind::Defect), "{open}");
        let names = open.split('<').filter_map(|t| t.split([' ', '>']).next()).filter(|t| !t.is_empty());
        let close = names.map(|t| format!("</{t}>")).collect::<Vec<_>>().concat();
        let nested = format!("<html><body>{}Talks.{}</body></html>", open.repeat(300), close.repeat(300));
        assert_ne!(
            items("a.html", nested.as_bytes())[0].report.as_ref().err().map(dateline_ingest::IngestError::kind),
            Some(ErrorKind::Defect)
        );
    }
}

#[test]
fn folders_that_are_empty_refused_or_absent() {
    let root = common::folder("empty");
    let of = |options: &Options| told(&read(&Source::Path(root.clone()), options).collect::<Vec<_>>());
    let shown = root.display().to_string();
    assert_eq!(
        of(&Options::default()),
        [format!("{shown}: is a folder without files to read; name one that holds reports")]
    );
    let refuse = Options { folders: Folders::Refuse, ..Options::default() };
    assert!(of(&refuse)[0].starts_with(&format!("{shown}: is a folder; name its files, as in {shown}/*.txt")));
    std::fs::remove_dir_all(&root).unwrap();
    assert_eq!(of(&Options::default()), [format!("{shown}: no such file; check the name")]);
}

#[cfg(unix)]
#[test]
fn unreadable_files_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let root = common::folder("links");
    std::fs::write(root.join("a.txt"), "First.").unwrap();
    std::fs::write(root.join("locked.txt"), "Secret.").unwrap();
    std::fs::set_permissions(root.join("locked.txt"), std::fs::Permissions::from_mode(0o000)).unwrap();
    symlink(&root, root.join("loop")).unwrap();
    symlink("nowhere.txt", root.join("gone.txt")).unwrap();
    let all: Vec<_> = read(&Source::Path(root.clone()), &Options::default()).collect();
    let find = |name: &str| all.iter().find(|i| i.locator.members == [name]);
    assert!(find("a.txt").unwrap().report.is_ok() && find("loop").is_none());
    assert_eq!(find("gone.txt").unwrap().report.as_ref().unwrap_err().kind(), ErrorKind::Missing);
    // Root may read everything.
    if std::fs::read(root.join("locked.txt")).is_err() {
        let e = find("locked.txt").unwrap().report.as_ref().unwrap_err().clone();
        assert!(e.kind() == ErrorKind::Unreadable && e.to_string().ends_with("check the file's rights"), "{e}");
    }
    assert_eq!(all.len(), 3);
    std::fs::remove_dir_all(&root).unwrap();
}
