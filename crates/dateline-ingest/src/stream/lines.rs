//! Lines of bounded length.

use std::io::{self, BufRead};

/// What reading a line found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A line, in the buffer, without its end.
    Read,
    /// A line of this many bytes, too long for the buffer and passed over.
    TooLong(u64),
    /// Nothing more.
    End,
}

/// Reads the next line into `out`, which never grows beyond `most` bytes, and moves `offset` on by what was read. `\n` and
/// `\r\n` end lines.
pub(crate) fn next(from: &mut impl BufRead, out: &mut Vec<u8>, most: u64, offset: &mut u64) -> io::Result<Line> {
    out.clear();
    let mut length = 0u64;
    let mut met = false;
    loop {
        let ready = match from.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if ready.is_empty() {
            break;
        }
        met = true;
        let end = ready.iter().position(|b| *b == b'\n');
        let part = &ready[..end.unwrap_or(ready.len())];
        length += part.len() as u64;
        if length <= most {
            out.extend_from_slice(part);
        }
        let used = end.map_or(ready.len(), |e| e + 1);
        from.consume(used);
        *offset += used as u64;
        if end.is_some() {
            break;
        }
    }
    if !met {
        return Ok(Line::End);
    }
    if length > most {
        return Ok(Line::TooLong(length));
    }
    if out.last() == Some(&b'\r') {
        out.pop();
    }
    Ok(Line::Read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn lines_are_bounded_and_all_ends_are_read() {
        // A small buffer makes every line cross a boundary.
        let mut from = BufReader::with_capacity(3, &b"one\r\n\nfar too long\nlast"[..]);
        let mut out = Vec::new();
        let mut next = || (next(&mut from, &mut out, 5, &mut 0).unwrap(), String::from_utf8(out.clone()).unwrap());
        assert_eq!(next(), (Line::Read, "one".into()));
        assert_eq!(next(), (Line::Read, String::new()));
        assert_eq!(next().0, Line::TooLong(12));
        assert_eq!(next(), (Line::Read, "last".into()));
        assert_eq!(next().0, Line::End);
    }
}
