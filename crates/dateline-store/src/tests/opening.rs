//! What can go wrong when a store is opened or written, and files of old versions.

use super::sample::{add, sample, stamp, store};
use crate::{Store, StoreErrorKind as Kind};
use std::path::Path;
use std::time::Duration;

fn kind(result: Result<Store, crate::StoreError>) -> (Kind, String) {
    match result {
        Ok(_) => panic!("opened"),
        Err(e) => (e.kind(), e.to_string()),
    }
}

#[test]
fn a_missing_store_is_not_made_by_reading() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no.store");
    assert_eq!(kind(Store::open(&path)).0, Kind::NotFound);
    let (k, message) = kind(Store::open_read_only(&path));
    assert_eq!(k, Kind::NotFound);
    assert!(message.contains("no.store: no such store; check the name"), "{message}");
    assert!(!path.exists());
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "x".repeat(5000)).unwrap();
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE a (x)").unwrap();
    for path in [&text, &other] {
        let before = std::fs::read(path).unwrap();
        assert_eq!(kind(Store::create(path)).0, Kind::NotAStore);
        assert_eq!(kind(Store::open_read_only(path)).0, Kind::NotAStore);
        assert_eq!(std::fs::read(path).unwrap(), before);
    }
}

#[test]
fn a_newer_store_is_refused() {
    let (_folder, store) = store([1]);
    store.connection.pragma_update(None, "user_version", 99).unwrap();
    let (k, message) = kind(Store::open(store.path()));
    assert_eq!(k, Kind::Newer);
    assert!(message.contains("schema 99; this one knows 4"), "{message}");
}

#[test]
fn stores_of_every_old_version_open_and_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let versions = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/versions");
    for version in 1..=crate::migrate::STEPS.len() {
        let packed = std::fs::read(versions.join(format!("{version}.store.zst"))).unwrap();
        let path = folder.path().join(format!("{version}.store"));
        std::fs::write(&path, zstd::stream::decode_all(packed.as_slice()).unwrap()).unwrap();
        let mut store = Store::open(&path).unwrap();
        let checked = store.check(&mut |_| ()).unwrap();
        assert_eq!((checked.reports, checked.wrong), (3, vec![]), "version {version}");
        add(&mut store, &[sample(40)]);
        assert_eq!(store.record(&sample(40).report.id).unwrap().unwrap(), sample(40));
    }
}

#[test]
#[ignore = "writes the file of the present version; run it once when a version is released"]
fn write_the_file_of_this_version() {
    let (_folder, store) = store([1, 2, 3]);
    store.connection.execute_batch("PRAGMA journal_mode = delete; VACUUM").unwrap();
    let bytes = std::fs::read(store.path()).unwrap();
    let name = format!("tests/versions/{}.store.zst", crate::migrate::STEPS.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, zstd::bulk::compress(&bytes, 19).unwrap()).unwrap();
}

#[test]
fn the_second_writer_waits_and_then_says_why_while_readers_go_on() {
    let (_folder, mut first) = store([1]);
    let mut second = Store::open(first.path()).unwrap();
    second.set_patience(Duration::from_millis(50)).unwrap();
    let path = first.path().to_owned();
    let mut w = first.writer(stamp()).unwrap();
    w.admit(&sample(2).report).unwrap();
    let error = second.writer(stamp()).err().unwrap();
    assert_eq!(error.kind(), Kind::Busy);
    assert!(error.to_string().contains("another process is writing"), "{error}");
    let reader = Store::open_read_only(&path).unwrap();
    assert_eq!(reader.stats().unwrap().reports, [("coded".to_owned(), 1)]);
    drop(w);
    assert!(second.writer(stamp()).is_ok());
}

#[test]
fn on_a_full_disk_the_batch_is_lost_whole_and_the_rest_kept() {
    let (_folder, mut store) = store([1, 2]);
    let before = store.stats().unwrap();
    let pages: i64 = store.connection.pragma_query_value(None, "page_count", |r| r.get(0)).unwrap();
    store.connection.pragma_update(None, "max_page_count", pages + 2).unwrap();
    let mut w = store.writer(stamp()).unwrap();
    let mut fill = || -> Result<(), crate::StoreError> {
        for n in 3..200 {
            if let crate::Admission::New { number, .. } = w.admit(&sample(n).report)? {
                w.put(number, &sample(n), crate::Coding::Coded)?;
            }
        }
        Ok(())
    };
    let error = fill().unwrap_err();
    assert_eq!(error.kind(), Kind::Full);
    assert!(error.to_string().contains("the disk is full") && error.to_string().contains("free space"), "{error}");
    drop(w);
    store.connection.pragma_update(None, "max_page_count", 1 << 30).unwrap();
    assert_eq!(store.stats().unwrap(), before);
    assert_eq!(store.check(&mut |_| ()).unwrap().wrong, Vec::<String>::new());
    add(&mut store, &[sample(3)]);
}

#[test]
fn where_nothing_can_be_written_the_message_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (k, message) = kind(Store::create(folder.path().join("absent/a.store")));
    assert_eq!(k, Kind::ReadOnly);
    assert!(message.contains("check that its folder exists"), "{message}");
}

#[cfg(unix)]
#[test]
fn a_store_in_a_folder_that_cannot_be_written_is_read_but_not_written() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, store) = store([1]);
    let path = store.path().to_owned();
    drop(store);
    let rights = |folder: u32, file: u32| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(file)).unwrap();
        std::fs::set_permissions(path.parent().unwrap(), std::fs::Permissions::from_mode(folder)).unwrap();
    };
    rights(0o555, 0o444);
    // Rights do not bind the superuser.
    if std::fs::write(folder.path().join("probe"), "").is_ok() {
        rights(0o755, 0o644);
        println!("skipped: run as root");
        return;
    }
    let read = Store::open_read_only(&path).and_then(|s| s.stats());
    let written = kind(Store::open(&path)).0;
    rights(0o755, 0o644);
    assert_eq!(read.unwrap().happenings, 2);
    assert_eq!(written, Kind::ReadOnly);
}

#[test]
fn a_damaged_file_is_reported_not_read_as_if_whole() {
    let (_folder, store) = store(0..40);
    store.connection.execute_batch("PRAGMA journal_mode = delete").unwrap();
    let path = store.path().to_owned();
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    let length = bytes.len();
    bytes[8192..length / 2].fill(0xff);
    std::fs::write(&path, bytes).unwrap();
    let found = Store::open_read_only(&path).and_then(|s| s.check(&mut |_| ()));
    assert!(found.map_or_else(|e| e.kind() == Kind::Damaged, |c| !c.wrong.is_empty()));
}
