//! Every format is read, alone and inside others, and every item can be resumed behind.

mod common;

use common::{bytes_source, gz, http, items, items_with, page, told, warc_record, zip};
use dateline_ingest::{Columns, Folders, Format, Options, Origin, Position, Source, mapping, read};
use std::sync::Arc;

const LINES: &[u8] =
    b"{\"text\": \"One.\"}\n\n{\"text\": \"Two.\", \"outlet\": \"Courier\", \"published\": \"2024-05-01\"}\n";
const FEED: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>Lakeside Courier</title>\
    <language>en-gb</language><item><title>Truce holds</title><link>https://example.org/a</link>\
    <pubDate>Wed, 01 May 2024 23:30:00 -0500</pubDate><description>&lt;p&gt;The truce held on Tuesday.&lt;/p&gt;&lt;p&gt;Nobody was hurt.&lt;/p&gt;\
    </description></item><item><title>Envoys leave</title><link>https://example.org/b</link></item></channel></rss>";

#[test]
fn text_and_objects() {
    let all = items("a.txt", b"Talks resume.\n\nMore follows.");
    assert_eq!(told(&all), ["a.txt: Talks resume.\n\nMore follows."]);
    let report = items("a.json", b"{\"text\": \"Talks.\", \"id\": \"x7\"}")[0].report.clone().unwrap();
    assert_eq!((report.id.as_str(), report.text.as_str()), ("x7", "Talks."));
    assert_eq!(told(&items("b.jsonl", LINES)), ["b.jsonl line 1: One.", "b.jsonl line 3: Two."]);
    // Without a name the first bytes tell.
    assert_eq!(items("", LINES).len(), 2);
    assert_eq!(items("", b"{\n\"text\": \"Talks.\"}")[0].report.as_ref().unwrap().text, "Talks.");
    assert_eq!(told(&items("a.txt", LINES)).len(), 1);
}

#[test]
fn tables() {
    let table = "Headline;Body;Date\n\"Truce; at last\";\"It held.\nSo far.\";1 May 2024\nB;;\nC;Third.;soon\n";
    let all = items("t.csv", table.as_bytes());
    let first = all[0].report.as_ref().unwrap();
    assert_eq!((first.title.as_deref(), first.text.as_str()), (Some("Truce; at last"), "It held.\nSo far."));
    assert_eq!(first.published.unwrap().to_string(), "2024-05-01");
    assert_eq!(
        all[1].report.as_ref().unwrap_err().to_string(),
        "t.csv record 2: its column \"Body\" is empty; give the report's text"
    );
    assert!(all[2].report.as_ref().unwrap().published.is_none() && all[2].provenance.notes[0].contains("soon"));
    let guess = mapping(&bytes_source("t.csv", table.as_bytes()), &Options::default()).unwrap().unwrap();
    assert_eq!(guess.to_string(), "text: Body, title: Headline, published: Date");
    assert!(mapping(&bytes_source("t.txt", b"Talks."), &Options::default()).unwrap().is_none());
    let columns = Columns { text: Some("#2".into()), headless: true, ..Columns::default() };
    let all = items_with("t.tsv", b"x\tOne.\ny\tTwo.\n", &Options { columns, ..Options::default() });
    assert_eq!(told(&all), ["t.tsv record 1: One.", "t.tsv record 2: Two."]);
    // UTF-16 as spreadsheets save it, and Windows-1252.
    let wide: Vec<u8> = "\u{feff}text,title\n\"Été à Genève\",x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(items("t.csv", &wide)[0].report.as_ref().unwrap().text, "Été à Genève");
    let western: Vec<u8> =
        "text,title\n\"Le président est allé à Genève après l'été\",x\n".chars().map(|c| c as u8).collect();
    assert_eq!(items("t.csv", &western)[0].report.as_ref().unwrap().text, "Le président est allé à Genève après l'été");
}

#[test]
fn parquet() {
    let bytes = parquet_file(&["First.", "Second."]);
    let all = items("t.parquet", &bytes);
    assert_eq!(told(&all), ["t.parquet record 1: First.", "t.parquet record 2: Second."]);
    assert_eq!(all[0].report.as_ref().unwrap().published.unwrap().to_string(), "2024-05-01");
    // Packed, it is read through a temporary file.
    assert_eq!(told(&items("t.zip", &zip(&[("t.parquet", &bytes)], 0)))[1], "t.zip/t.parquet record 2: Second.");
}

/// A table with a text column, a day column and a list that is not read.
fn parquet_file(texts: &[&str]) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message m { optional int32 day (DATE); required int32 other; required binary body (UTF8); }";
    let schema = Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let mut out = Vec::new();
    let mut file = SerializedFileWriter::new(&mut out, schema, Arc::default()).unwrap();
    let mut group = file.next_row_group().unwrap();
    let (days, levels) = (vec![19_844; texts.len()], vec![1; texts.len()]);
    for column in 0..2 {
        let mut ints = group.next_column().unwrap().unwrap();
        ints.typed::<Int32Type>().write_batch(&days, (column == 0).then_some(&levels[..]), None).unwrap();
        ints.close().unwrap();
    }
    let mut body = group.next_column().unwrap().unwrap();
    let texts: Vec<ByteArray> = texts.iter().map(|t| ByteArray::from(*t)).collect();
    body.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
    body.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
    out
}

#[test]
fn pages() {
    let all = items("p.html", page("", "").as_bytes());
    let report = all[0].report.as_ref().unwrap();
    assert!(report.text.starts_with("Envoys meet in Geneva\n\nEnvoys of the two governments met"), "{}", report.text);
    assert!(
        !report.text.contains("Sport")
            && !report.text.contains("All rights")
            && report.text.matches("\n\n").count() == 3
    );
    assert_eq!((report.title.as_deref(), report.language.as_deref()), (Some("Envoys meet in Geneva"), Some("en")));
    assert_eq!((report.published, all[0].provenance.language), (None, Some(Origin::Detection)));
}

#[test]
fn what_a_page_says_of_itself_comes_with_what_told_it() {
    let day = |head: &str, body: &str, url: &str| {
        let warc =
            warc_record("response", url, &http("200 OK", "Content-Type: text/html\r\n", page(head, body).as_bytes()));
        let item = items("a.warc", &warc).remove(0);
        let report = item.report.unwrap();
        (
            report.published.map(|d| d.to_string()),
            item.provenance.published,
            report.outlet,
            item.provenance.outlet,
            report.byline,
        )
    };
    let graph = "<script type=\"application/ld+json\">{\"@graph\": [{\"@type\": \"Organization\", \"@id\": \"#o\", \"name\": \"The Courier\"},\
                 {\"@type\": [\"NewsArticle\"], \"headline\": \"Envoys meet in Geneva\", \"datePublished\": \"2024-05-01T23:00:00-05:00\",\
                 \"publisher\": {\"@id\": \"#o\"}, \"author\": [{\"name\": \"Ada Lind\"}, {\"name\": \"Bo Ek\"}]}]}</script>";
    let meta = "<meta property=og:site_name content='Courier Online'><meta property=article:published_time content=2024-05-02>";
    let url = "https://www.example.org/2024/05/04/x";
    let all = day(&(graph.to_owned() + meta), "", url);
    assert_eq!((all.0.as_deref(), all.1), (Some("2024-05-01"), Some(Origin::JsonLd)));
    assert_eq!(
        (all.2.as_deref(), all.3, all.4.as_deref()),
        (Some("The Courier"), Some(Origin::JsonLd), Some("Ada Lind, Bo Ek"))
    );
    let all = day(meta, "", url);
    assert_eq!((all.0.as_deref(), all.1), (Some("2024-05-02"), Some(Origin::OpenGraph)));
    assert_eq!((all.2.as_deref(), all.3), (Some("Courier Online"), Some(Origin::OpenGraph)));
    let all = day("<meta name=pubdate content=20240503>", "<time datetime=2024-05-05>x</time>", url);
    assert_eq!((all.0.as_deref(), all.1), (Some("2024-05-03"), Some(Origin::Meta)));
    let all = day("", "<p class=byline>By Ada Lind</p><time datetime=2024-05-05>x</time>", url);
    assert_eq!(
        (all.0.as_deref(), all.1, all.4.as_deref()),
        (Some("2024-05-05"), Some(Origin::TimeElement), Some("Ada Lind"))
    );
    let all = day("", "", url);
    assert_eq!(
        (all.0.as_deref(), all.1, all.2.as_deref(), all.3),
        (Some("2024-05-04"), Some(Origin::Url), Some("example.org"), Some(Origin::Url))
    );
    let all = day("", "<p>Published on May 6, 2024 at noon</p>", "https://example.org/x");
    assert_eq!((all.0.as_deref(), all.1), (Some("2024-05-06"), Some(Origin::VisibleText)));
}

#[test]
fn feeds() {
    let all = items("f.xml", FEED.as_bytes());
    let first = all[0].report.as_ref().unwrap();
    assert_eq!(first.text, "Truce holds\n\nThe truce held on Tuesday.\n\nNobody was hurt.");
    // The day is the outlet's, not that of UTC.
    assert_eq!(first.published.unwrap().to_string(), "2024-05-01");
    assert_eq!(
        (first.outlet.as_deref(), first.url.as_deref()),
        (Some("Lakeside Courier"), Some("https://example.org/a"))
    );
    assert_eq!(told(&all)[1], "f.xml record 2: Envoys leave");
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>C</title><id>c</id><updated>2024-05-01T00:00:00Z</updated><entry><id>1</id>\
                <title>Talks</title><updated>2024-05-02T01:00:00+09:00</updated><author><name>Ada</name></author>\
                <content type=\"html\">&lt;p&gt;They talked.&lt;/p&gt;</content></entry></feed>";
    let all = items("f", atom.as_bytes());
    assert_eq!(all[0].report.as_ref().unwrap().published.unwrap().to_string(), "2024-05-02");
    assert_eq!(
        (told(&all)[0].as_str(), all[0].report.as_ref().unwrap().byline.as_deref()),
        ("f record 1: Talks\n\nThey talked.", Some("Ada"))
    );
}

#[test]
fn web_archives() {
    let html = page("<meta charset=windows-1252>", "<p>Caf\u{e9}.</p>");
    let western: Vec<u8> = html
        .chars()
        .map(|c| match c {
            '\u{201c}' => 0x93,
            '\u{201d}' => 0x94,
            c => c as u8,
        })
        .collect();
    let chunks = [format!("{:x}\r\n", western.len()).as_bytes(), &western, b"\r\n0\r\n\r\n"].concat();
    let ok = "Content-Type: text/html; charset=windows-1252\r\n";
    let mut warc = warc_record("warcinfo", "", b"software: test");
    warc.extend(warc_record("request", "https://example.org/a", b"GET /a HTTP/1.1\r\n\r\n"));
    warc.extend(warc_record(
        "response",
        "https://example.org/a",
        &http("200 OK", &format!("{ok}Transfer-Encoding: chunked\r\n"), &chunks),
    ));
    warc.extend(warc_record("response", "https://example.org/none", &http("404 Not Found", ok, &western)));
    warc.extend(warc_record(
        "response",
        "https://example.org/p.png",
        &http("200 OK", "Content-Type: image/png\r\n", b"\x89PNG"),
    ));
    warc.extend(warc_record(
        "response",
        "https://example.org/b",
        &http("200 OK", &format!("{ok}Content-Encoding: gzip\r\n"), &gz(&western)),
    ));
    for (name, bytes) in [("a.warc", warc.clone()), ("a.warc.gz", gz(&warc)), ("a", warc.clone())] {
        let all = items(name, &bytes);
        let urls: Vec<_> = all.iter().map(|i| i.report.as_ref().unwrap().url.clone().unwrap()).collect();
        assert_eq!(urls, ["https://example.org/a", "https://example.org/b"]);
        assert!(all[0].report.as_ref().unwrap().text.contains("Caf\u{e9}."), "{:?}", all[0]);
        assert!(matches!(all[0].locator.position, Position::Byte(n) if warc[n as usize..].starts_with(b"WARC/")));
    }
}

#[test]
fn everything_nests_and_folders_are_read_in_order() {
    let inner =
        zip(&[("z.txt", b"Last."), ("a/b.jsonl.gz", &gz(LINES)), ("__MACOSX/x", b"no"), ("logo.png", b"no")], 0);
    let packed = zstd::encode_all(&inner[..], 0).unwrap();
    let root = common::folder("nest");
    std::fs::create_dir(root.join("b")).unwrap();
    std::fs::write(root.join("b/in.zip.zst"), packed).unwrap();
    std::fs::write(root.join("a.txt"), "First.").unwrap();
    std::fs::write(root.join("c.txt"), "Third.").unwrap();
    std::fs::write(root.join(".hidden"), "no").unwrap();
    let source = Source::Path(root.clone());
    let all: Vec<_> = read(&source, &Options::default()).collect();
    let told: Vec<String> = told(&all).iter().map(|t| t.replacen(root.to_str().unwrap(), "R", 1)).collect();
    let expected = [
        "R/a.txt: First.",
        "R/b/in.zip.zst/a/b.jsonl.gz line 1: One.",
        "R/b/in.zip.zst/a/b.jsonl.gz line 3: Two.",
        "R/b/in.zip.zst/z.txt: Last.",
        "R/c.txt: Third.",
    ];
    assert_eq!(told, expected);
    for (i, item) in all.iter().enumerate() {
        let rest: Vec<_> = read(&source, &Options::default()).after(&item.locator).collect();
        assert_eq!(rest, all[i + 1..], "after {}", item.locator);
        let kept = serde_json::to_string(&item.locator).unwrap();
        assert_eq!(serde_json::from_str::<dateline_ingest::Locator>(&kept).unwrap(), item.locator);
    }
    let flat: Vec<_> = read(&source, &Options { folders: Folders::Flat, ..Options::default() }).collect();
    assert_eq!(flat.len(), 2);
    std::fs::remove_dir_all(root).unwrap();
}

#[test]
fn every_position_can_be_resumed_behind() {
    let mut warc = Vec::new();
    for n in 0..3 {
        warc.extend(warc_record(
            "response",
            &format!("https://example.org/{n}"),
            &http("200 OK", "Content-Type: text/html\r\n", page("", "").as_bytes()),
        ));
    }
    warc.extend(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\ncut");
    let table = b"text,b\nOne.,1\nTwo.,2,3\nThree.,3\n";
    let cases: [(&str, &[u8]); 5] = [
        ("a.jsonl", b"{\"text\": \"One.\"}\nbad\n{\"text\": \"Three.\"}"),
        ("t.csv", table),
        ("f.rss", FEED.as_bytes()),
        ("a.warc", &warc),
        ("a.txt", b"Talks."),
    ];
    for (name, bytes) in cases {
        let source = bytes_source(name, bytes);
        let all: Vec<_> = read(&source, &Options::default()).collect();
        for (i, item) in all.iter().enumerate() {
            let rest: Vec<_> = read(&source, &Options::default()).after(&item.locator).collect();
            assert_eq!(rest, all[i + 1..], "after {}", item.locator);
        }
    }
}

#[test]
fn given_defaults_and_formats_hold_where_the_source_is_silent() {
    let options = Options { outlet: Some("Given".into()), format: Some(Format::JsonLines), ..Options::default() };
    let all = items_with("lines", LINES, &options);
    let outlets: Vec<_> = all
        .iter()
        .map(|i| (i.report.as_ref().unwrap().outlet.clone().unwrap(), i.provenance.outlet.unwrap()))
        .collect();
    assert_eq!(outlets, [("Given".into(), Origin::Given), ("Courier".into(), Origin::Field)]);
}
