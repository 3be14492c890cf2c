//! A page before its tree is built: without scripts, styles, drawings and comments, and not nested without bound.
//!
//! Those make up most bytes of a page and none of its words, and the extractor copies its tree several times. Trees that nest
//! without bound take time that grows with the square of their depth, or exhaust the stack.

use crate::error::Fault;
use std::collections::BTreeMap;

/// Deepest nesting of elements; browsers stop at 512.
const DEEPEST: usize = 1000;

/// Elements that are left out with all they hold; the extractor would drop them too, after copying them about.
const DROPPED: [&str; 13] = [
    "script", "style", "svg", "iframe", "template", "noscript", "nav", "button", "select", "audio", "video", "object",
    "canvas",
];

/// Elements that never close, or that the next of their kind closes.
const OPEN: [&str; 24] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "param", "source", "tbody", "td", "th", "thead", "tr", "track", "wbr",
];

/// Elements that go on in the next block when they are not closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Attributes that tell the extractor or us something.
const TELLING: [&str; 22] = [
    "class",
    "id",
    "href",
    "itemprop",
    "itemtype",
    "content",
    "property",
    "name",
    "rel",
    "role",
    "lang",
    "xml:lang",
    "type",
    "datetime",
    "pubdate",
    "hidden",
    "aria-hidden",
    "http-equiv",
    "hreflang",
    "title",
    "data-component",
    "data-testid",
];

/// The lean page; structured data (scripts of JSON) stay.
pub(super) fn lean(html: &str) -> Result<String, Fault> {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut depth = Depth::default();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        if tag.starts_with("<!--") {
            rest = after(tag, "-->");
            continue;
        }
        let closing = tag.starts_with("</");
        let name = name(&tag[1 + usize::from(closing)..]);
        if name.is_empty() {
            out.push('<');
            rest = &tag[1..];
            continue;
        }
        let mut slim = String::new();
        let end = copy(tag, 1 + usize::from(closing) + name.len(), &mut slim);
        rest = &tag[end..];
        let closed = tag[..end].ends_with("/>");
        if closing {
            depth.close(name);
        } else if is(name, &DROPPED) && !is_data(name, &slim) {
            rest = if closed { rest } else { past(rest, name) };
            out.push(' ');
            continue;
        } else if name.eq_ignore_ascii_case("script") {
            out.push_str(&slim);
            let body = rest;
            rest = past(rest, name);
            out.push_str(&body[..body.len() - rest.len()]);
            continue;
        } else if !closed && !is(name, &OPEN) {
            depth.open(name, &tag[..end]);
        }
        if depth.now() > DEEPEST {
            let what = format!("nests more than {DEEPEST} elements");
            return Err(Fault::malformed(what, "save the article from a browser's reader view"));
        }
        out.push_str(&slim);
    }
    out.push_str(rest);
    Ok(out)
}

/// The name that a tag begins with; empty where it is none.
fn name(tag: &str) -> &str {
    if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    &tag[..tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len())]
}

fn is(name: &str, list: &[&str]) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// How deep a tree builder would be. It ignores ends of what is not open, and opens formatting that was never closed anew in
/// the next block, up to three times the same.
#[derive(Default)]
struct Depth<'a> {
    open: Vec<(&'a str, &'a str)>,
    unclosed: BTreeMap<&'a str, usize>,
}

impl<'a> Depth<'a> {
    fn now(&self) -> usize {
        self.open.len() + self.unclosed.values().map(|n| n.min(&3)).sum::<usize>()
    }

    fn open(&mut self, name: &'a str, tag: &'a str) {
        self.open.push((name, tag));
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|o| o.0.eq_ignore_ascii_case(name)) {
            for (_, tag) in self.open.drain(at..).skip(1).filter(|o| is(o.0, &FORMATTING)) {
                *self.unclosed.entry(tag).or_default() += 1;
            }
        } else if is(name, &FORMATTING)
            && let Some(tag) =
                self.unclosed.keys().find(|t| t[1..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)))
        {
            let tag = *tag;
            self.unclosed.remove(tag);
        }
    }
}

/// Copies a tag with the attributes that tell something; `at` is one past its name. Gives one past its closing bracket.
fn copy(tag: &str, at: usize, out: &mut String) -> usize {
    let bytes = tag.as_bytes();
    out.push_str(&tag[..at]);
    let skip = |mut i: usize, stop: fn(u8) -> bool| {
        while bytes.get(i).is_some_and(|b| !stop(*b)) {
            i += 1;
        }
        i
    };
    let mut i = at;
    loop {
        i = skip(i, |b| !b.is_ascii_whitespace() && b != b'/');
        if bytes.get(i).is_none_or(|b| *b == b'>') {
            break;
        }
        let start = i;
        // An equals sign at the beginning of a name belongs to it, as in browsers.
        i = skip(i + 1, |b| b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/'));
        let name = start..i;
        let sign = skip(i, |b| !b.is_ascii_whitespace());
        if bytes.get(sign) == Some(&b'=') {
            let value = skip(sign + 1, |b| !b.is_ascii_whitespace());
            i = match bytes.get(value) {
                Some(quote @ (b'"' | b'\'')) => {
                    let close = bytes[value + 1..].iter().position(|b| b == quote);
                    close.map_or(bytes.len(), |c| value + 1 + c + 1)
                }
                _ => skip(value, |b| b.is_ascii_whitespace() || b == b'>'),
            };
        }
        if tells(&tag[name], &tag[start..i]) {
            out.push(' ');
            out.push_str(&tag[start..i]);
        }
    }
    if i < bytes.len() {
        out.push('>');
    }
    (i + 1).min(bytes.len())
}

/// Whether an attribute says something about text, place in the page or metadata.
fn tells(name: &str, whole: &str) -> bool {
    if name.eq_ignore_ascii_case("style") {
        return whole.contains("display") || whole.contains("visibility");
    }
    is(name, &TELLING)
}

/// Whether a script holds data.
fn is_data(name: &str, tag: &str) -> bool {
    name.eq_ignore_ascii_case("script") && tag.to_ascii_lowercase().contains("json")
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.find(mark).map_or("", |i| &text[i + mark.len()..])
}

/// What follows an element's end, where elements of its kind inside it have ends of their own.
fn past<'a>(text: &'a str, name: &str) -> &'a str {
    let nests = !name.eq_ignore_ascii_case("script") && !name.eq_ignore_ascii_case("style");
    let mut rest = text;
    let mut depth = 1;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let closing = tag.starts_with('/');
        let same = tag
            .get(usize::from(closing)..)
            .and_then(|t| t.get(..name.len()))
            .is_some_and(|n| n.eq_ignore_ascii_case(name));
        if same && closing {
            depth -= 1;
        } else if same && nests {
            depth += 1;
        }
        if depth == 0 {
            return after(tag, ">");
        }
        rest = tag;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_words_is_dropped_and_the_rest_stays_as_it_is() {
        let page = "<p class='a>b'>One <!-- <p> --><b>two</b></p><SCRIPT>if (a<b) '<p>'</SCRIPT><svg><g><svg/></svg></g></svg>\
                    <script type=\"application/ld+json\">{\"a\": \"<b>\"}</script><br/>1 < 2<p>end";
        let lean = lean(page).unwrap();
        let left = "<p class='a>b'>One <b>two</b></p>  <script type=\"application/ld+json\">{\"a\": \"<b>\"}</script><br>1 < 2<p>end";
        assert_eq!(lean.replace("</g></svg>", ""), left);
    }

    #[test]
    fn nesting_is_bounded_and_unclosed_paragraphs_do_not_nest() {
        assert!(lean(&"<div>".repeat(DEEPEST + 1)).is_err());
        assert!(lean(&"<p>words ".repeat(DEEPEST * 3)).is_ok());
        assert!(lean(&"<div>a</div>".repeat(DEEPEST * 3)).is_ok());
        assert_eq!(lean("<script>never closed").unwrap(), " ");
        assert_eq!(lean("<a href=\"never closed>x").unwrap(), "<a href=\"never closed>x");
    }

    #[test]
    fn attributes_that_tell_nothing_are_dropped() {
        let tag = "<P onclick='a(\"b>c\")' CLASS = \"é x\" data-x=1 hidden style='color: red' style='display:none' =odd>x</P >";
        assert_eq!(lean(tag).unwrap(), "<P CLASS = \"é x\" hidden style='display:none'>x</P>");
        assert_eq!(lean("<img src=a.png /><br/>x<a href=/y/>z").unwrap(), "<img><br>x<a href=/y/>z");
    }
}
