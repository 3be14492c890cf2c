//! Sources made for tests, and short ways to read them.
#![allow(dead_code, reason = "every test file uses its own part")]

use dateline_ingest::{Item, Options, Source, read};
use std::io::Write;
use std::path::PathBuf;

/// All items of bytes under a name.
pub fn items(name: &str, bytes: &[u8]) -> Vec<Item> {
    items_with(name, bytes, &Options::default())
}

pub fn items_with(name: &str, bytes: &[u8], options: &Options) -> Vec<Item> {
    read(&bytes_source(name, bytes), options).collect()
}

pub fn bytes_source(name: &str, bytes: &[u8]) -> Source {
    Source::Bytes { name: name.to_owned(), bytes: bytes.into() }
}

/// Places and either texts or messages, one line an item.
pub fn told(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .map(|i| match &i.report {
            Ok(r) => format!("{}: {}", i.locator, r.text),
            Err(e) => e.to_string(),
        })
        .collect()
}

pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A zip archive of these members, packed by deflate; `flags` is the general purpose field of every member.
pub fn zip(members: &[(&str, &[u8])], flags: u16) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in members {
        let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(bytes).unwrap();
        let packed = packed.finish().unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let mut fields = Vec::new();
        for n in [20, flags, 8, 0, 0x21] {
            fields.extend(u16::to_le_bytes(n));
        }
        for n in [crc.sum(), packed.len() as u32, bytes.len() as u32] {
            fields.extend(u32::to_le_bytes(n));
        }
        fields.extend(u16::to_le_bytes(name.len() as u16));
        fields.extend(u16::to_le_bytes(0));
        let at = out.len() as u32;
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(&packed);
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(u32::to_le_bytes(at));
        directory.extend(name.as_bytes());
    }
    let (start, n) = (out.len() as u32, members.len() as u16);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(u16::to_le_bytes(n));
    out.extend(u16::to_le_bytes(n));
    out.extend(u32::to_le_bytes(directory.len() as u32));
    out.extend(u32::to_le_bytes(start));
    out.extend([0; 2]);
    out
}

/// One record of a web archive.
pub fn warc_record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let head =
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The answer of a server.
pub fn http(status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status}\r\n{fields}\r\n").as_bytes(), body].concat()
}

/// A page as a small newspaper would put it, with enough words around for the main text to be told.
pub fn page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Envoys meet in Geneva - Lakeside Courier</title>{head}</head><body>\
         <nav><a href=/>Home</a> <a href=/world>World</a> <a href=/sport>Sport</a></nav><article><h1>Envoys meet in Geneva</h1>{body}\
         <p>Envoys of the two governments met in Geneva on Monday for a third round of talks, the mediators said. They spoke for \
         four hours about a truce in the border valley and about the release of prisoners on both sides.</p>\
         <p>\u{201c}We are closer than a week ago,\u{201d} said the chief mediator, who asked both delegations to stay in the \
         city until Thursday. A second meeting is planned for Wednesday morning at the same place.</p>\
         <p>The foreign ministry of the northern state said that its delegation would not leave before an agreement was \
         signed. The southern delegation did not comment on the talks.</p></article>\
         <footer>All rights reserved by the Lakeside Courier. <a href=/terms>Terms</a></footer></body></html>"
    )
}

/// A new empty folder.
pub fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("dateline-ingest-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}
