//! The HTTP response inside a record.

use crate::error::{ErrorKind, Fault};
use crate::options::Limits;
use std::io::Read;

/// A body with what its header says of it.
pub(super) struct Response {
    /// Media type in lower case, without parameters.
    pub(super) mime: String,
    pub(super) charset: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Response {
    /// A body with this Content-Type.
    pub(super) fn new(content_type: &str, body: Vec<u8>) -> Self {
        Self { mime: mime(content_type), charset: charset(content_type), body }
    }
}

/// Media type of a Content-Type, in lower case.
fn mime(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Charset of a Content-Type.
pub(crate) fn charset(content_type: &str) -> Option<String> {
    let parameter = content_type.split(';').skip(1).filter_map(|p| p.split_once('='));
    let value = parameter.filter(|p| p.0.trim().eq_ignore_ascii_case("charset")).map(|p| p.1).next()?;
    Some(value.trim().trim_matches(['"', '\'']).to_owned()).filter(|c| !c.is_empty())
}

/// Reads a record's block; none for answers without success.
pub(super) fn response(block: Vec<u8>, limits: &Limits) -> Result<Option<Response>, Fault> {
    let no_http = || Fault::malformed("is a response without an HTTP header", "the next records were read");
    if !block.starts_with(b"HTTP/") {
        return Err(no_http());
    }
    let end = |mark: &[u8]| block.windows(mark.len()).position(|w| w == mark).map(|i| (i, i + mark.len()));
    let (header_end, body_start) = [end(b"\r\n\r\n"), end(b"\n\n")].into_iter().flatten().min().ok_or_else(no_http)?;
    let header = String::from_utf8_lossy(&block[..header_end]).into_owned();
    let mut lines = header.lines();
    let status: u16 = lines.next().and_then(|l| l.split_whitespace().nth(1)?.parse().ok()).ok_or_else(no_http)?;
    if !(200..300).contains(&status) {
        return Ok(None);
    }
    let field = |name: &str| {
        let fields = header.lines().skip(1).filter_map(|l| l.split_once(':'));
        fields.filter(|f| f.0.trim().eq_ignore_ascii_case(name)).map(|f| f.1.trim().to_owned()).next()
    };
    let mut body = block;
    body.drain(..body_start);
    // Many archives keep these headers and store the plain body: what does not fit them is taken as it is.
    if field("transfer-encoding").is_some_and(|t| t.eq_ignore_ascii_case("chunked"))
        && let Some(joined) = unchunked(&body)
    {
        body = joined;
    }
    if field("content-encoding").is_some_and(|e| e.to_ascii_lowercase().contains("gzip"))
        && body.starts_with(&[0x1f, 0x8b])
    {
        body = unzipped(&body, limits)?;
    }
    Ok(Some(Response::new(&field("content-type").unwrap_or_default(), body)))
}

/// The chunks of a body put together; none where it is not in chunks.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(64).position(|b| *b == b'\n')?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

fn unzipped(body: &[u8], limits: &Limits) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(body).take(limits.item + 1).read_to_end(&mut out)?;
    if out.len() as u64 > limits.item {
        return Err(Fault::new(ErrorKind::TooLarge, "unpacks to a page that is too large", "leave it out"));
    }
    Ok(out)
}
