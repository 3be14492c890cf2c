//! Part of a file that can be read anywhere, by several readers.

use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// What a slice is cut from.
trait Store: Read + Seek + Send {}
impl<T: Read + Seek + Send> Store for T {}

/// The bytes `start..end` of a store, with a place of its own to read at. Clones share the store and start at its beginning.
pub(crate) struct Slice {
    store: Arc<Mutex<dyn Store>>,
    start: u64,
    end: u64,
    at: u64,
}

impl Slice {
    /// All of a store.
    pub(crate) fn new(mut store: impl Read + Seek + Send + 'static) -> io::Result<Self> {
        let end = store.seek(SeekFrom::End(0))?;
        Ok(Self { store: Arc::new(Mutex::new(store)), start: 0, end, at: 0 })
    }

    pub(crate) fn len(&self) -> u64 {
        self.end - self.start
    }

    /// `len` bytes from `start` on, as far as there are that many.
    pub(crate) fn part(&self, start: u64, len: u64) -> Self {
        let start = self.start.saturating_add(start).min(self.end);
        let end = start.saturating_add(len).min(self.end);
        Self { store: Arc::clone(&self.store), start, end, at: start }
    }
}

impl Clone for Slice {
    fn clone(&self) -> Self {
        Self { store: Arc::clone(&self.store), start: self.start, end: self.end, at: self.start }
    }
}

impl Read for Slice {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let want = (buf.len() as u64).min(self.end - self.at) as usize;
        if want == 0 {
            return Ok(0);
        }
        // Every read seeks first, so a panic elsewhere cannot have left the store at a wrong place.
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        store.seek(SeekFrom::Start(self.at))?;
        let n = store.read(&mut buf[..want])?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Slice {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(n) => i128::from(self.start) + i128::from(n),
            SeekFrom::End(n) => i128::from(self.end) + i128::from(n),
            SeekFrom::Current(n) => i128::from(self.at) + i128::from(n),
        };
        if to < i128::from(self.start) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it points before its own beginning"));
        }
        // Beyond the end there is nothing to read, and offsets fit 64 bits.
        self.at = to.min(i128::from(self.end)) as u64;
        Ok(self.at - self.start)
    }
}

impl Length for Slice {
    fn len(&self) -> u64 {
        Slice::len(self)
    }
}

impl ChunkReader for Slice {
    type T = BufReader<Slice>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::new(self.part(start, u64::MAX)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<bytes::Bytes, ParquetError> {
        let part = self.part(start, length as u64);
        if part.len() < length as u64 {
            return Err(ParquetError::EOF(format!(
                "{length} bytes at {start} are asked for, {} are there",
                part.len()
            )));
        }
        let mut out = Vec::with_capacity(length);
        BufReader::new(part).read_to_end(&mut out)?;
        Ok(out.into())
    }
}
