//! Exports read back by readers of their formats.

use super::sample::{sample, store};
use crate::{COLUMNS, EventRows, ExportFormat, Filter, Kind, List, ListedEvent, Store, event_schema};
use dateline_report::EventType;
use std::collections::BTreeSet;

fn export(store: &Store, format: ExportFormat, list: List, filter: &Filter) -> Vec<u8> {
    let mut out = Vec::new();
    let rows = store.export(format, list, filter, &mut out).unwrap();
    assert!(rows > 0 || filter != &Filter::default());
    out
}

fn all(store: &Store, format: ExportFormat) -> Vec<u8> {
    export(store, format, List::Happenings, &Filter::default())
}

/// Rows of a delimited file, each field by its column.
fn table(bytes: &[u8], delimiter: u8) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let row = |r: csv::Result<csv::StringRecord>| {
        let r = r.unwrap();
        header.iter().zip(r.iter()).map(|(h, v)| (h.to_owned(), v.to_owned())).collect()
    };
    reader.records().map(row).collect()
}

fn field<'r>(row: &'r [(String, String)], name: &str) -> &'r str {
    row.iter().find(|(n, _)| n == name).map_or_else(|| panic!("no {name}"), |(_, v)| v.as_str())
}

/// A store whose fields hold every character that tables stumble over.
fn awkward() -> (tempfile::TempDir, Store) {
    let (folder, store) = store(0..3);
    store
        .connection
        .execute("UPDATE event_actors SET name = 'the \"tab\tand; ' || char(10) || 'line, people' WHERE part = 0", [])
        .unwrap();
    (folder, store)
}

#[test]
fn tables_come_back_with_tabs_quotes_and_line_ends_in_their_fields() {
    let (_folder, store) = awkward();
    for (format, delimiter) in [(ExportFormat::Csv, b','), (ExportFormat::Tsv, b'\t')] {
        let rows = table(&all(&store, format), delimiter);
        assert_eq!(rows.len(), 6);
        assert!(rows.iter().all(|r| r.len() == COLUMNS.len()));
        assert_eq!(field(&rows[0], "actors"), "the \"tab\tand, \nline, people");
        assert_eq!(field(&rows[0], "title"), "Rebels attack Arvad number 0");
    }
}

#[test]
fn happenings_are_merged_from_their_mentions_unless_mentions_are_asked_for() {
    let (_folder, store) = store([4]);
    let rows = table(&all(&store, ExportFormat::Csv), b',');
    let attack = &rows[0];
    // Who, when and how many are of the first mention, where of the second.
    let wanted = [
        ("type", "ASSAULT"),
        ("mentions", "2"),
        ("same_as", ""),
        ("actors", "Rebels"),
        ("recipient_sectors", "MIL"),
        ("date_start", "2026-03-05"),
        ("killed", "4"),
        ("place", "Elim"),
        ("lat", "14"),
        ("country", "SDN"),
        ("source", "the governor of the province"),
        ("trigger", "attacked"),
        ("confidence", "0.9"),
        ("historical", "false"),
    ];
    for (name, value) in wanted {
        assert_eq!(field(attack, name), value, "{name}");
    }
    assert_eq!(field(&rows[1], "type"), "REQUEST");
    let mentions = table(&export(&store, ExportFormat::Csv, List::Mentions, &Filter::default()), b',');
    assert_eq!(mentions.len(), 3);
    assert_eq!(field(&mentions[0], "event_id"), field(attack, "event_id"));
    assert_eq!(field(&mentions[1], "same_as"), field(attack, "event_id"));
    assert_eq!(field(&mentions[0], "place"), "");
}

#[test]
fn every_format_is_the_same_whatever_the_order_of_arrival() {
    let (_a, forwards) = store(0..40);
    let (_b, backwards) = store((0..40).rev());
    for (format, name) in ExportFormat::ALL {
        assert!(all(&forwards, *format) == all(&backwards, *format), "{name}");
    }
    let days: Vec<String> =
        table(&all(&forwards, ExportFormat::Csv), b',').iter().map(|r| field(r, "published").to_owned()).collect();
    assert!(days.is_sorted());
}

#[test]
fn filters_are_those_of_searches() {
    let (_folder, store) = store(0..16);
    let filter = Filter { types: vec![EventType::Assault], countries: vec!["TCD".into()], ..Filter::default() };
    let rows = table(&export(&store, ExportFormat::Csv, List::Happenings, &filter), b',');
    assert_eq!(rows.len(), 8);
    assert!(rows.iter().all(|r| field(r, "country") == "TCD"));
    let nothing = Filter { places: vec!["Nowhere".into()], ..Filter::default() };
    assert_eq!(table(&export(&store, ExportFormat::Csv, List::Happenings, &nothing), b',').len(), 0);
    let outlet = Filter { outlets: vec!["Wire".into()], ..Filter::default() };
    assert_eq!(table(&export(&store, ExportFormat::Csv, List::Mentions, &outlet), b',').len(), 24);
}

#[test]
fn json_lines_hold_parties_as_objects() {
    let (_folder, store) = awkward();
    let text = String::from_utf8(all(&store, ExportFormat::Jsonl)).unwrap();
    let events: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(events.len(), 6);
    let attack = &events[0];
    assert_eq!(attack["actors"][0]["country"], "SDN");
    assert_eq!(attack["actors"][0]["name"], "the \"tab\tand; \nline, people");
    assert_eq!(attack["third_parties"], serde_json::json!([]));
    assert_eq!(attack["contexts"], serde_json::json!(["military"]));
    assert_eq!(attack["killed"], 0);
    assert!(attack["injured"].is_null() && attack.get("actor_countries").is_none());
}

#[test]
fn geojson_has_a_point_where_the_place_is_known_and_none_elsewhere() {
    let (_folder, store) = store(0..2);
    let json: serde_json::Value = serde_json::from_slice(&all(&store, ExportFormat::Geojson)).unwrap();
    let features = json["features"].as_array().unwrap();
    assert_eq!(features.len(), 4);
    assert_eq!(features[0]["geometry"]["coordinates"], serde_json::json!([20.5, 10.0]));
    assert!(features[1]["geometry"].is_null());
    assert_eq!(features[0]["properties"]["type"], "ASSAULT");
    let nothing = Filter { places: vec!["Nowhere".into()], ..Filter::default() };
    let empty: serde_json::Value =
        serde_json::from_slice(&export(&store, ExportFormat::Geojson, List::Happenings, &nothing)).unwrap();
    assert_eq!(empty["features"], serde_json::json!([]));
}

#[test]
fn parquet_holds_what_csv_holds() {
    use parquet::file::reader::FileReader;
    use parquet::record::Field as F;
    let (_folder, store) = awkward();
    let bytes = parquet_bytes(&all(&store, ExportFormat::Parquet));
    let reader = parquet::file::reader::SerializedFileReader::new(bytes).unwrap();
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let csv = table(&all(&store, ExportFormat::Csv), b',');
    assert_eq!(rows.len(), csv.len());
    for (row, told) in rows.iter().zip(&csv) {
        for ((name, value), (column, wanted)) in row.get_column_iter().zip(told) {
            assert_eq!(name, column);
            let text = match value {
                F::Null => String::new(),
                F::Str(s) => s.clone(),
                F::Long(n) => n.to_string(),
                F::Double(x) => x.to_string(),
                F::Bool(b) => b.to_string(),
                F::Date(days) => (jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(i64::from(*days))).to_string(),
                other => panic!("{name}: {other:?}"),
            };
            assert_eq!(&text, wanted, "{name}");
        }
    }
}

fn parquet_bytes(bytes: &[u8]) -> bytes::Bytes {
    bytes::Bytes::copy_from_slice(bytes)
}

#[test]
fn polecat_has_a_row_for_each_pair_and_no_tab_or_line_end_in_a_field() {
    let (_folder, store) = awkward();
    store
        .connection
        .execute("INSERT INTO event_actors SELECT report, seq, 1, 1, text, 'Town', NULL, 'EGY', NULL, role, 0, NULL, span_start, span_end FROM event_actors WHERE report = 1 AND seq = 0 AND part = 1", [])
        .unwrap();
    let bytes = all(&store, ExportFormat::Polecat);
    let rows = table(&bytes, b'\t');
    assert_eq!(rows.len(), 7);
    assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 8);
    let (first, second) = (&rows[0], &rows[1]);
    assert_eq!((field(first, "Recipient Name"), field(second, "Recipient Name")), ("army", "Town"));
    assert_eq!((field(first, "Recipient Country"), field(second, "Recipient Country")), ("SDN", "EGY"));
    assert_eq!(field(first, "Event ID"), field(second, "Event ID"));
    for (name, value) in [
        ("Event Date", "2026-03-01"),
        ("Event Type", "ASSAULT"),
        ("Quad Code", "4"),
        ("Intensity", "-9"),
        ("Primary Actor Sector", "REB"),
        ("City", "Arvad"),
        ("Country", "SDN"),
        ("Publication Date", "2026-03-02"),
        ("Actor COW", ""),
        ("Version", "test 1"),
    ] {
        assert_eq!(field(first, name), value, "{name}");
    }
}

#[test]
fn the_guide_to_exports_maps_every_column_and_no_other() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/export.md");
    let guide = std::fs::read_to_string(path).unwrap();
    let told: BTreeSet<(String, String)> = guide
        .lines()
        .filter_map(|l| l.strip_prefix("| `"))
        .filter_map(|l| l.split_once("` | "))
        .filter_map(|(name, rest)| rest.split_once(" |").map(|(kind, _)| (name.to_owned(), kind.to_owned())))
        .collect();
    let kind = |k: Kind| match k {
        Kind::Text => "text",
        Kind::Whole => "whole number",
        Kind::Decimal => "decimal number",
        Kind::Truth => "true or false",
        Kind::Day => "day",
    };
    let there: BTreeSet<(String, String)> =
        COLUMNS.iter().map(|c| (c.name.to_owned(), kind(c.kind).to_owned())).collect();
    assert_eq!(told, there);
}

#[test]
fn an_output_that_cannot_be_written_is_an_error_and_ends_the_reading() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let (_folder, store) = store(0..40);
    for (format, name) in ExportFormat::ALL {
        let error = store.export(*format, List::Happenings, &Filter::default(), &mut Full(3000)).unwrap_err();
        assert_eq!(error.kind(), crate::StoreErrorKind::Output, "{name}");
    }
}

#[test]
fn an_event_id_and_a_span_lead_back_to_the_words() {
    let (_folder, store) = store([6]);
    let text = sample(6).report.text;
    for row in table(&all(&store, ExportFormat::Csv), b',') {
        let at = |name| field(&row, name).parse::<usize>().unwrap();
        assert_eq!(&text[at("span_start")..at("span_end")], field(&row, "trigger"));
    }
}

#[test]
fn the_list_of_a_record_is_that_of_a_store_that_holds_it() {
    for n in 0..4 {
        let (_folder, store) = store([n]);
        let record = store.record(&sample(n).report.id).unwrap().unwrap();
        for list in [List::Happenings, List::Mentions] {
            let mut stored = Vec::new();
            let each = &mut |e| {
                stored.push(e);
                Ok(())
            };
            store.each_event(list, &Filter::default(), each).unwrap();
            assert_eq!(stored.len(), if list == List::Mentions { 3 } else { 2 });
            assert_eq!(ListedEvent::of(&record, list, "test 1"), stored);
        }
    }
}

#[test]
fn batches_have_the_schema_and_begin_anew() {
    let mut rows = EventRows::default();
    let listed = ListedEvent::of(&sample(2), List::Mentions, "test 1");
    for e in &listed {
        rows.push(e);
    }
    assert_eq!((rows.len(), rows.is_empty()), (3, false));
    let batch = rows.finish().unwrap();
    assert_eq!((batch.num_rows(), batch.schema()), (3, event_schema()));
    assert!(rows.is_empty() && rows.finish().unwrap().num_rows() == 0);
}
