//! Zip archives: every member is read as the file it is, in order of name. Nothing is written to disk.

use super::{Child, Format, Looks, Reader, Registration, Step, is_aside};
use crate::error::{ErrorKind, Fault};
use crate::locator::Position;
use crate::options::Options;
use crate::stream::slice::Slice;
use crate::stream::{Input, Outer};
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use zip::{CompressionMethod, ZipArchive};

pub(super) const ZIP: Registration = Registration {
    format: Format::Zip,
    extensions: &["zip"],
    looks: |head| {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") { Looks::Surely } else { Looks::No }
    },
    open,
};

struct Zip {
    archive: ZipArchive<BufReader<Slice>>,
    slice: Slice,
    outer: Outer,
    options: Arc<Options>,
    /// Names and numbers of the members to come, the next one last.
    rest: Vec<(String, usize)>,
    empty: bool,
}

fn open(input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let outer = input.outer();
    let slice = input.into_slice()?;
    let archive = ZipArchive::new(BufReader::new(slice.clone())).map_err(damaged)?;
    let mut rest: Vec<(String, usize)> = Vec::new();
    for i in 0..archive.len() {
        let entry = archive.by_index_data(i).map_err(damaged)?;
        let name = entry
            .name()
            .map_or_else(|_| String::from_utf8_lossy(entry.name_raw()).into_owned(), std::borrow::Cow::into_owned);
        if !entry.is_dir() && !is_aside(&name) {
            rest.push((name, i));
        }
    }
    rest.sort_unstable_by(|a, b| b.cmp(a));
    let empty = rest.is_empty();
    Ok(Box::new(Zip { archive, slice, outer, options: Arc::clone(options), rest, empty }))
}

fn damaged(e: zip::result::ZipError) -> Fault {
    match e {
        zip::result::ZipError::Io(e) if e.kind() != io::ErrorKind::UnexpectedEof => e.into(),
        e => Fault::malformed(format!("is a damaged zip archive ({e})"), "get it anew"),
    }
}

impl Reader for Zip {
    fn next(&mut self) -> Option<Step> {
        if std::mem::take(&mut self.empty) {
            let fault = Fault::new(ErrorKind::Empty, "is an archive without reports", "give one that holds some");
            return Some(Step::Found(Position::Whole, Err(fault)));
        }
        let (name, index) = self.rest.pop()?;
        let member = self.member(&name, index);
        let (options, outer) = (Arc::clone(&self.options), self.outer.clone());
        let inner = name.clone();
        let open = move || {
            let stream = member?.open(&outer)?;
            super::open(Input::inside(inner, stream, &outer), &options)
        };
        Some(Step::Child(Child { name, open: Box::new(open) }))
    }
}

impl Zip {
    /// Where the bytes of a member are and how they are packed.
    fn member(&mut self, name: &str, index: usize) -> Result<Member, Fault> {
        if leaves(name) {
            let fix = "pack the archive anew with plain relative names";
            return Err(Fault::new(ErrorKind::Unsafe, "its name points out of the archive", fix));
        }
        let entry = self.archive.by_index_raw(index).map_err(damaged)?;
        let unsupported =
            |what: String| Fault::new(ErrorKind::Unsupported, what, "unpack it with a program for archives");
        if entry.is_symlink() {
            return Err(Fault::new(ErrorKind::Unsafe, "is a link, which may point anywhere", "pack the file itself"));
        }
        if entry.encrypted() {
            return Err(unsupported("is encrypted".to_owned()));
        }
        let deflated = match entry.compression() {
            CompressionMethod::STORE => false,
            CompressionMethod::DEFLATE => true,
            other => return Err(unsupported(format!("is packed in a way that is not read ({other:?})"))),
        };
        let start = entry.data_start().ok_or_else(|| damaged(zip::result::ZipError::FileNotFound))?;
        let bytes = self.slice.part(start, entry.compressed_size());
        Ok(Member { bytes, deflated, size: entry.size(), sum: entry.crc32() })
    }
}

/// Whether a name is absolute, climbs up, or holds what no file name should.
fn leaves(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    drive || name.starts_with(['/', '\\']) || name.contains('\0') || name.split(['/', '\\']).any(|part| part == "..")
}

struct Member {
    bytes: Slice,
    deflated: bool,
    size: u64,
    sum: u32,
}

impl Member {
    fn open(self, outer: &Outer) -> io::Result<Box<dyn Read + Send>> {
        let (size, sum) = (self.size, self.sum);
        let stream: Box<dyn Read + Send> = if self.deflated {
            Box::new(outer.budget.watch(self.bytes, |packed| Ok(DeflateDecoder::new(packed)))?)
        } else {
            Box::new(BufReader::new(self.bytes))
        };
        Ok(Box::new(Checked { stream, size, sum, crc: Crc::new() }))
    }
}

/// Compares length and checksum when the end is reached.
struct Checked {
    stream: Box<dyn Read + Send>,
    size: u64,
    sum: u32,
    crc: Crc,
}

impl Read for Checked {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(buf)?;
        self.crc.update(&buf[..n]);
        if n == 0
            && !buf.is_empty()
            && (self.crc.sum() != self.sum || u64::from(self.crc.amount()) != self.size & 0xffff_ffff)
        {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "length or checksum is wrong"));
        }
        Ok(n)
    }
}
