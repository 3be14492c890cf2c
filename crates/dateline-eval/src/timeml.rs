//! TimeML as reference: text, time expressions and the day a document was made, read as the scorer of TempEval-3 reads them.

use dateline_report::{Date, Span};

/// A time expression of either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Its bytes in the document's text.
    pub span: Span,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
}

/// A document with its time expressions, in the order of their closing tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What stands in `<TEXT>`, without tags.
    pub text: String,
    /// Day of the document's creation time.
    pub made: Option<Date>,
    /// Its time expressions.
    pub times: Vec<Marked>,
}

/// Reads a document.
///
/// # Errors
/// There is no `<TEXT>`, or a `</TIMEX3>` without its beginning.
pub fn read(tml: &str) -> Result<Document, String> {
    let (_, body) = tml.split_once("<TEXT>").ok_or("there is no <TEXT>")?;
    let (body, _) = body.split_once("</TEXT>").ok_or("<TEXT> has no end")?;
    let mut document = Document { made: made(tml), ..Document::default() };
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let Some(inner) = rest.strip_prefix('<') else {
            let (words, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            document.text.push_str(&unescaped(words));
            rest = after;
            continue;
        };
        // A "<" that opens no tag is passed over.
        let Some(end) = inner.find('>').filter(|end| *end > 0) else {
            rest = inner;
            continue;
        };
        let tag = &inner[..end];
        if tag.starts_with("TIMEX3") {
            open.push((document.text.len(), tag));
        } else if tag.starts_with("/TIMEX3") {
            let (start, tag) = open.pop().ok_or("a </TIMEX3> closes nothing")?;
            document.times.push(Marked {
                span: Span::new(start, document.text.len()),
                kind: attribute(tag, "type").to_owned(),
                value: attribute(tag, "value").to_owned(),
            });
        }
        rest = &inner[end + 1..];
    }
    Ok(document)
}

/// The day in `<DCT>`, whose value may go on with the time of day.
fn made(tml: &str) -> Option<Date> {
    let (_, after) = tml.split_once("<DCT>")?;
    attribute(after.split_once("</DCT>")?.0, "value").get(..10)?.parse().ok()
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let value = tag.split_once(&format!("{name}=\"")).and_then(|(_, after)| after.split_once('"'));
    value.map_or("", |(value, _)| value)
}

/// In the scorer's order, in which `&amp;lt;` is a "<" too.
fn unescaped(text: &str) -> String {
    let pairs = [("&amp;", "&"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'")];
    pairs.iter().fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_times_and_day_are_read() {
        let tml = r#"<TimeML><DCT><TIMEX3 tid="t0" type="TIME" value="2026-03-14T09:30">14/3</TIMEX3></DCT><TEXT>
R&amp;D <EVENT eid="e1">met</EVENT> <TIMEX3 tid="t1" type="DATE" value="2026-03-13">on
Friday</TIMEX3>.</TEXT></TimeML>"#;
        let d = read(tml).unwrap();
        assert_eq!(d.text, "\nR&D met on\nFriday.");
        assert_eq!(d.made, "2026-03-14".parse().ok());
        assert_eq!(d.times.len(), 1);
        let t = &d.times[0];
        assert_eq!(
            (t.span.text(&d.text), t.kind.as_str(), t.value.as_str()),
            (Some("on\nFriday"), "DATE", "2026-03-13")
        );
    }

    #[test]
    fn broken_documents_are_told() {
        assert!(read("<TimeML/>").unwrap_err().contains("no <TEXT>"));
        assert!(read("<TEXT>a</TIMEX3></TEXT>").unwrap_err().contains("closes nothing"));
    }

    #[test]
    fn what_dateline_writes_is_read_again() {
        let text = "We <3 May 5 & \"6\".";
        let span = Span::new(6, 11);
        let time = dateline_annotate::Timex {
            span,
            kind: dateline_annotate::TimexKind::Date,
            value: "2026-05-05".to_owned(),
            start: None,
            end: None,
        };
        let d = read(&dateline_annotate::timeml::write(text, &[time], "x", "2026-05-06".parse().ok())).unwrap();
        assert_eq!((d.text.trim(), d.made), (text, "2026-05-06".parse().ok()));
        assert_eq!(d.times[0].span.text(&d.text), Some("May 5"));
        assert_eq!((d.times[0].kind.as_str(), d.times[0].value.as_str()), ("DATE", "2026-05-05"));
    }
}
