//! Bytes on their way in: with their first ones at hand, by random access, metered, line by line.

pub(crate) mod fence;
pub(crate) mod lines;
pub(crate) mod meter;
pub(crate) mod slice;

use crate::error::Fault;
use crate::options::Limits;
use meter::Budget;
use slice::Slice;
use std::io::{self, Read};
use std::sync::Arc;

/// Bytes that are looked at to tell a format or charset.
pub(crate) const HEAD: usize = 64 << 10;

/// One file on its way to a reader: from disk, an archive, a pipe or the web.
pub(crate) struct Input {
    /// File name, for its extension. An outer layer takes its own extension off.
    pub(crate) name: String,
    /// What a server says about it.
    pub(crate) declared: Declared,
    /// What the outermost file may still unpack.
    pub(crate) budget: Arc<Budget>,
    /// Archives and compressions around it.
    pub(crate) layers: usize,
    head: Vec<u8>,
    at: usize,
    /// What went wrong behind the first bytes; it is told when they have been read.
    broken: Option<io::Error>,
    body: Body,
}

/// What came with a file from the web.
#[derive(Clone, Debug, Default)]
pub(crate) struct Declared {
    /// Charset of the Content-Type.
    pub(crate) charset: Option<String>,
    /// Address.
    pub(crate) url: Option<String>,
}

/// What an archive or compression passes on to the files inside.
#[derive(Clone)]
pub(crate) struct Outer {
    pub(crate) declared: Declared,
    pub(crate) budget: Arc<Budget>,
    pub(crate) layers: usize,
}

enum Body {
    Stream(Box<dyn Read + Send>),
    Random { whole: Slice, rest: Slice },
}

impl Input {
    /// An input that can only be read forwards.
    pub(crate) fn stream(name: String, stream: Box<dyn Read + Send>, budget: Arc<Budget>) -> Self {
        Self {
            name,
            declared: Declared::default(),
            budget,
            layers: 0,
            head: Vec::new(),
            at: 0,
            broken: None,
            body: Body::Stream(stream),
        }
    }

    /// An input that can be read anywhere.
    pub(crate) fn random(name: String, whole: Slice, budget: Arc<Budget>) -> Self {
        let body = Body::Random { rest: whole.clone(), whole };
        Self { name, declared: Declared::default(), budget, layers: 0, head: Vec::new(), at: 0, broken: None, body }
    }

    /// A file inside this one: unpacked bytes under another name, one layer deeper.
    pub(crate) fn inside(name: String, stream: Box<dyn Read + Send>, outer: &Outer) -> Self {
        let mut inner = Self::stream(name, stream, Arc::clone(&outer.budget));
        inner.declared = outer.declared.clone();
        inner.layers = outer.layers + 1;
        inner
    }

    /// What files inside this one take over from it.
    pub(crate) fn outer(&self) -> Outer {
        Outer { declared: self.declared.clone(), budget: Arc::clone(&self.budget), layers: self.layers }
    }

    /// The first bytes, up to [`HEAD`] of them. They are still to be read.
    pub(crate) fn head(&mut self) -> io::Result<&[u8]> {
        if self.head.is_empty() {
            let mut head = Vec::new();
            match self.body.by_ref().take(HEAD as u64).read_to_end(&mut head) {
                Err(e) if head.is_empty() => return Err(e),
                read => self.broken = read.err(),
            }
            self.head = head;
        }
        Ok(&self.head)
    }

    /// Extension of the name, in lower case, without its dot.
    pub(crate) fn extension(&self) -> String {
        std::path::Path::new(&self.name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
    }

    /// All bytes, when they are within the limit of an item.
    pub(crate) fn all(mut self, limits: &Limits) -> Result<Vec<u8>, Fault> {
        if let Body::Random { whole, .. } = &self.body
            && whole.len() > limits.item
        {
            return Err(Fault::too_large(whole.len()));
        }
        let mut out = Vec::new();
        self.by_ref().take(limits.item + 1).read_to_end(&mut out)?;
        if out.len() as u64 > limits.item {
            return Err(Fault::too_large(out.len() as u64));
        }
        Ok(out)
    }

    /// The same bytes by random access; a stream is put aside in memory, from 8 MB on in a temporary file.
    pub(crate) fn into_slice(mut self) -> io::Result<Slice> {
        if let Body::Random { whole, .. } = &self.body {
            return Ok(whole.clone());
        }
        let mut store = tempfile::SpooledTempFile::new(8 << 20);
        io::copy(&mut self, &mut store)?;
        Slice::new(store)
    }
}

impl Read for Body {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Body::Stream(s) => s.read(buf),
            Body::Random { rest, .. } => rest.read(buf),
        }
    }
}

impl Read for Input {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let ready = self.head.get(self.at..).unwrap_or_default();
        if ready.is_empty() {
            return self.broken.take().map_or_else(|| self.body.read(buf), Err);
        }
        let n = ready.len().min(buf.len());
        buf[..n].copy_from_slice(&ready[..n]);
        self.at += n;
        Ok(n)
    }
}
