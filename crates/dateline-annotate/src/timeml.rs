//! TimeML: a text with its time expressions as TIMEX3, for people who want the times or score them.

use crate::annotation::Timex;
use dateline_report::Date;
use std::fmt::Write;

/// A text as one `<TimeML>` element, with its times marked; `id` is its `DOCID`, `anchor` the day that relative times count from
/// (`DCT`, left out where it is not known). There is no XML declaration, so that the elements of several texts may follow each other.
///
/// `times` are in text order and disjoint, as [`crate::Annotation`] has them. White space is kept; a control character that XML cannot
/// hold becomes U+FFFD.
pub fn write(text: &str, times: &[Timex], id: &str, anchor: Option<Date>) -> String {
    let mut out = format!("<TimeML>\n\n<DOCID>{}</DOCID>\n", escaped(id));
    if let Some(day) = anchor {
        let place = r#"temporalFunction="false" functionInDocument="CREATION_TIME""#;
        let _ = write!(out, "\n<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{day}\" {place}>{day}</TIMEX3></DCT>\n");
    }
    out.push_str("\n<TEXT>\n");
    let mut end = 0;
    for (i, t) in times.iter().enumerate() {
        let (before, words) = (text.get(end..t.span.start), text.get(t.span.start..t.span.end));
        let (kind, value) = (t.kind.as_str(), escaped(&t.value));
        let _ = write!(
            out,
            "{}<TIMEX3 tid=\"t{}\" type=\"{kind}\" value=\"{value}\">{}</TIMEX3>",
            escaped(before.unwrap_or_default()),
            i + 1,
            escaped(words.unwrap_or_default())
        );
        end = t.span.end;
    }
    out.push_str(&escaped(text.get(end..).unwrap_or_default()));
    out.push_str("\n</TEXT>\n\n</TimeML>\n");
    out
}

/// Characters of a text and of an attribute as XML has them.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::TimexKind;
    use dateline_report::Span;

    fn time(text: &str, words: &str, kind: TimexKind, value: &str) -> Timex {
        let start = text.find(words).unwrap();
        let span = Span::new(start, start + words.len());
        Timex { span, kind, value: value.to_owned(), start: None, end: None }
    }

    #[test]
    fn times_are_marked_and_the_rest_is_kept() {
        let text = "They met on Friday,\nfor \"two days\" & more <i>.\u{1}";
        let times =
            [time(text, "Friday", TimexKind::Date, "2026-03-13"), time(text, "two days", TimexKind::Duration, "P2D")];
        let got = write(text, &times, "a&b", "2026-03-14".parse().ok());
        assert!(got.contains("<DOCID>a&amp;b</DOCID>"), "{got}");
        assert!(got.contains("<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2026-03-14\""), "{got}");
        let body = "<TEXT>\nThey met on <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2026-03-13\">Friday</TIMEX3>,\nfor \
            &quot;<TIMEX3 tid=\"t2\" type=\"DURATION\" value=\"P2D\">two days</TIMEX3>&quot; &amp; more &lt;i&gt;.\u{fffd}\n</TEXT>";
        assert!(got.contains(body), "{got}");
    }

    #[test]
    fn without_a_day_there_is_no_creation_time() {
        let got = write("Nothing.", &[], "x", None);
        assert_eq!(got, "<TimeML>\n\n<DOCID>x</DOCID>\n\n<TEXT>\nNothing.\n</TEXT>\n\n</TimeML>\n");
    }
}
