//! From bytes to text: by byte order mark, by what a server or page declares, as UTF-8, else by detection.

use crate::error::Fault;
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::io::Read;

/// How the bytes of a file become text; made from its first bytes, used for every piece of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Charset {
    /// Charset of what is not UTF-8.
    other: Option<&'static Encoding>,
    /// UTF-16.
    wide: Option<&'static Encoding>,
}

impl Charset {
    /// Looks at a file's first bytes; `Err` when they are not text.
    pub(crate) fn of(head: &[u8]) -> Result<Self, Fault> {
        let wide = Encoding::for_bom(head).map(|x| x.0).filter(|e| *e != encoding_rs::UTF_8).or_else(|| utf16(head));
        if wide.is_none() && is_binary(head) {
            return Err(Fault::binary());
        }
        let other = (wide.is_none() && !is_utf8_so_far(head)).then(|| detect(head));
        Ok(Self { other, wide })
    }

    /// The bytes such that pieces can be cut out of them at ASCII characters: UTF-16 becomes UTF-8, all else stays.
    pub(crate) fn narrow(&self, from: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        match self.wide {
            Some(wide) => Box::new(encoding_rs_io::DecodeReaderBytesBuilder::new().encoding(Some(wide)).build(from)),
            None => Box::new(from),
        }
    }

    /// The text of a piece, such as a line or a field; a byte order mark is dropped.
    pub(crate) fn text<'a>(&self, piece: &'a [u8]) -> Cow<'a, str> {
        let piece = piece.strip_prefix(b"\xef\xbb\xbf").unwrap_or(piece);
        match std::str::from_utf8(piece) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => self.other.unwrap_or_else(|| detect(piece)).decode_without_bom_handling(piece).0,
        }
    }
}

/// The text of a whole plain file.
pub(crate) fn plain(bytes: &[u8]) -> Result<String, Fault> {
    let text = if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[skip..]).0
    } else if let Some(encoding) = utf16(bytes) {
        encoding.decode_without_bom_handling(bytes).0
    } else if is_binary(bytes) {
        return Err(Fault::binary());
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        detect(bytes).decode(bytes).0
    };
    Ok(text.into_owned())
}

/// The text of a page: byte order mark, HTTP header, `meta`, detection.
pub(crate) fn page<'a>(bytes: &'a [u8], header: Option<&str>) -> Result<Cow<'a, str>, Fault> {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[skip..]).0);
    }
    let declared = header.and_then(|h| Encoding::for_label(h.trim().as_bytes())).or_else(|| in_meta(bytes));
    if let Some(encoding) = declared {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        // Many pages declare one charset and use another: a declaration that fits the bytes is believed.
        if !broken {
            return Ok(text);
        }
    }
    if let Some(encoding) = utf16(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes).0);
    }
    if is_binary(bytes) {
        return Err(Fault::binary());
    }
    // A few bad bytes do not make a UTF-8 page another one.
    if let Some(encoding) = declared
        && encoding == encoding_rs::UTF_8
        && mostly_utf8(bytes)
    {
        return Ok(String::from_utf8_lossy(bytes));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) if mostly_utf8(bytes) => Ok(String::from_utf8_lossy(bytes)),
        Err(_) => Ok(detect(bytes).decode_without_bom_handling(bytes).0),
    }
}

/// Of the bytes outside ASCII, at least nine in ten belong to well-formed UTF-8 characters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).map(char::len_utf8).sum::<usize>();
        bad += chunk.invalid().len();
    }
    good >= bad * 9
}

/// The charset that a page's `meta` element declares within its first 4 KB.
fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let find = |from: usize, what: &[u8]| head[from..].windows(what.len()).position(|w| w == what).map(|i| from + i);
    let mut at = 0;
    while let Some(meta) = find(at, b"<meta") {
        let end = find(meta, b">").unwrap_or(head.len());
        if let Some(name) = find(meta, b"charset").filter(|i| *i < end) {
            let value = head[name + 7..end].trim_ascii_start().strip_prefix(b"=").map(<[u8]>::trim_ascii_start);
            let value = value.map(|v| v.strip_prefix(b"\"").or_else(|| v.strip_prefix(b"'")).unwrap_or(v));
            let label = value.and_then(|v| v.split(|b| b"\"' ;/>".contains(b)).next());
            if let Some(encoding) = label.and_then(Encoding::for_label) {
                // A page whose declaration can be read as ASCII is not UTF-16.
                let wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
                return Some(if wide { encoding_rs::UTF_8 } else { encoding });
            }
        }
        at = end;
    }
    None
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, true);
    detector.guess(None, true)
}

/// UTF-8, where the last character may be cut by the end of the sample.
fn is_utf8_so_far(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none(),
    }
}

/// UTF-16 without a mark: nearly every second byte of Western text is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(2000) & !1];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count() * 10;
    let half = sample.len() / 2;
    if sample.len() < 8 {
        None
    } else if zeros(1) > half * 7 && zeros(0) < half * 2 {
        Some(encoding_rs::UTF_16LE)
    } else if zeros(0) > half * 7 && zeros(1) < half * 2 {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(8000)];
    let odd = sample.iter().filter(|b| **b < 9 || (14..27).contains(*b)).count();
    sample.contains(&0) || odd * 50 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Le président a rencontré les négociateurs à Genève, où la trêve a été signée après l'été.";

    fn western(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
    }

    #[test]
    fn a_page_is_read_by_mark_then_header_then_meta_then_detection() {
        let latin = western(TEXT);
        assert_eq!(page(&latin, Some("ISO-8859-1")).unwrap(), TEXT);
        assert_eq!(page(&latin, None).unwrap(), TEXT);
        let cyrillic = "<html><head><meta charset=windows-1251></head><body>Переговоры идут.</body></html>";
        let bytes = encoding_rs::WINDOWS_1251.encode(cyrillic).0.into_owned();
        assert_eq!(page(&bytes, None).unwrap(), cyrillic);
        let equiv =
            cyrillic.replace("charset=windows-1251", "http-equiv='Content-Type' content='text/html; charset=koi8-r'");
        let bytes = encoding_rs::KOI8_R.encode(&equiv).0.into_owned();
        assert_eq!(page(&bytes, None).unwrap(), equiv);
        // The header outranks the page.
        let bytes = encoding_rs::KOI8_R.encode(cyrillic).0.into_owned();
        assert_eq!(page(&bytes, Some("koi8-r")).unwrap(), cyrillic);
        // The mark outranks the header.
        let marked = ["\u{feff}", TEXT].concat();
        assert_eq!(page(marked.as_bytes(), Some("koi8-r")).unwrap(), TEXT);
    }

    #[test]
    fn a_wrong_declaration_gives_way_and_stray_bytes_do_not_spoil_a_page() {
        assert_eq!(page(&western(TEXT), Some("utf-8")).unwrap(), TEXT);
        let mut bytes = TEXT.repeat(4).into_bytes();
        bytes.push(0xff);
        assert_eq!(page(&bytes, Some("utf-8")).unwrap(), TEXT.repeat(4) + "\u{fffd}");
    }

    #[test]
    fn pieces_of_a_file_share_its_charset() {
        let bytes = western(TEXT);
        let charset = Charset::of(&bytes).unwrap();
        assert_eq!(charset.text(&bytes[3..17]), "président a re".chars().take(14).collect::<String>());
        assert_eq!(charset.text("plain — UTF-8".as_bytes()), "plain — UTF-8");
        let cut = &TEXT.as_bytes()[..6];
        assert_eq!(std::str::from_utf8(cut).unwrap_err().error_len(), None);
        assert!(Charset::of(cut).unwrap().other.is_none());
        assert!(Charset::of(&[0, 1, 2, 3, 200, 0, 9, 7, 5]).is_err());
    }
}
