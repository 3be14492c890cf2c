//! Our own annotated reports (`corpus/README.md`): the text as a reader would get it, and where its events stand.

use dateline_report::{Date, EventType, Report, Span};

/// An event of a corpus report, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Its type.
    pub kind: EventType,
    /// Its mode, if it has one.
    pub mode: Option<String>,
    /// The bytes of its sentence.
    pub sentence: Span,
    /// The trigger's words.
    pub trigger: String,
}

/// Reports with their events, in the order of the file.
pub fn reports(text: &str) -> Result<Vec<(Report, Vec<Marked>)>, String> {
    let mut out: Vec<(Report, Vec<Marked>)> = Vec::new();
    let mut sentence = Span::default();
    for (number, line) in text.lines().enumerate() {
        let failed = |what: &str| format!("line {}: {what}", number + 1);
        match line.split_at_checked(2) {
            Some(("@ ", day)) => {
                let day: Date = day.trim().parse().map_err(|_| failed("no date after '@'"))?;
                out.push((Report { published: Some(day), ..Report::default() }, Vec::new()));
            }
            Some((mark @ ("> " | "+ "), words)) => {
                let (report, _) = out.last_mut().ok_or_else(|| failed("a report opens with '@ DATE'"))?;
                let gap = if report.text.is_empty() { "" } else { ["\n\n", " "][usize::from(mark == "+ ")] };
                report.text.push_str(gap);
                let start = report.text.len();
                report.text.push_str(words.trim());
                sentence = Span::new(start, report.text.len());
            }
            _ if line.trim().is_empty() || line.starts_with('#') => {}
            _ => {
                let (_, events) = out.last_mut().ok_or_else(|| failed("a report opens with '@ DATE'"))?;
                events.push(marked(line, sentence).ok_or_else(|| failed("no 'TYPE status | trigger'"))?);
            }
        }
    }
    Ok(out)
}

fn marked(line: &str, sentence: Span) -> Option<Marked> {
    let mut fields = line.split('|').map(str::trim);
    let code = fields.next()?.split_whitespace().next()?;
    let (kind, mode) = code.split_once('.').map_or((code, None), |(k, m)| (k, Some(m.to_owned())));
    Some(Marked { kind: kind.parse().ok()?, mode, sentence, trigger: fields.next()?.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_stand_in_their_sentences() {
        let text = "@ 2025-03-01\n> Rain.\n+ They met.\nCONSULT.visit actual hist | met | a: - | k: 2\n\n@ 2025-03-02\n> Sun.\n";
        let got = reports(text).unwrap();
        assert_eq!(got.len(), 2);
        assert_eq!(got[0].0.text, "Rain. They met.");
        let event = &got[0].1[0];
        assert_eq!(
            (event.kind, event.mode.as_deref(), event.trigger.as_str()),
            (EventType::Consult, Some("visit"), "met")
        );
        assert_eq!(event.sentence.text(&got[0].0.text), Some("They met."));
        assert!(reports("> no date\n").unwrap_err().contains("line 1"));
        assert!(reports("@ 2025-03-01\n> Rain.\nTALK actual | met\n").unwrap_err().contains("line 3"));
    }
}
