//! A bound on how deep a page may nest, before any tree is built: deep trees take time that grows with their square.

use crate::error::Fault;

/// Deepest nesting of elements in pages; browsers stop at 512.
const DEEPEST: i64 = 2000;

/// Fails on a page with far more opened than closed elements at some place.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let bytes = text.as_bytes();
    let mut depth = 0i64;
    let mut at = 0;
    while let Some(i) = bytes[at..].iter().position(|b| *b == b'<') {
        at += i + 1;
        match bytes.get(at) {
            Some(b'/') => depth = (depth - 1).max(0),
            Some(b) if b.is_ascii_alphabetic() => {
                let name = &bytes[at..bytes.len().min(at + 8)];
                depth += i64::from(!is_void(name));
            }
            _ => {}
        }
        if depth > DEEPEST {
            let what = format!("nests more than {DEEPEST} elements");
            return Err(Fault::malformed(what, "save the article from a browser's reader view"));
        }
    }
    Ok(())
}

/// Elements that are never closed, and those that the next of their kind closes.
fn is_void(name: &[u8]) -> bool {
    const VOID: [&str; 24] = [
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
        "param", "source", "tbody", "td", "th", "thead", "tr", "track", "wbr",
    ];
    let end = name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len());
    VOID.iter().any(|v| name[..end].eq_ignore_ascii_case(v.as_bytes()))
}
