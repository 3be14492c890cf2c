//! Parts of a record in words, the same for every view.

use dateline_report::{
    Actor, Anonymity, Approx, Credit, Event, EventDate, Figure, Form, Place, Position, Record, Round, Source,
    Statement, Status,
};

/// Line breaks and runs of blanks become one blank.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is known of the report itself, for the line beneath its headline: outlet, byline, place line, day of publication; and what told
/// it, where that is the text and not the source.
pub fn imprint(record: &Record) -> Vec<(String, Option<&Credit>)> {
    let (r, told) = (&record.report, &record.imprint);
    let published = r.published.map_or("publication date unknown".to_owned(), |d| format!("published {d}"));
    let parts = [
        (r.outlet.clone(), &told.outlet),
        (r.byline.as_ref().map(|b| format!("by {b}")), &told.byline),
        (r.dateline.as_ref().map(|d| d.text.clone()), &told.dateline),
        (Some(published), &told.published),
    ];
    let read = |c: &'_ &Credit| c.words.is_some();
    parts.into_iter().filter_map(|(part, c)| Some((squeeze(&part?), c.as_ref().filter(read)))).collect()
}

/// What told a part of the imprint, and how surely: "read from “By Jane Doe”, confidence 0.90".
pub fn told_by(c: &Credit) -> String {
    let words = c.words.as_ref().map_or("the source".to_owned(), |w| quoted(&w.text));
    format!("read from {words}, confidence {:.2}", c.confidence)
}

/// An actor in one line: words and codes.
pub fn actor(a: &Actor) -> String {
    let code = match (&a.country, &a.sector) {
        (Some(c), Some(s)) => format!(" [{c} {s}]"),
        (Some(c), None) | (None, Some(c)) => format!(" [{c}]"),
        (None, None) => String::new(),
    };
    format!("{}{code}", squeeze(&a.text))
}

/// A date in one line.
pub fn date(d: Option<&EventDate>) -> String {
    match d.map(|d| (d.start, d.end)) {
        Some((Some(a), Some(b))) if a == b => a.to_string(),
        Some((Some(a), Some(b))) => format!("{a} to {b}"),
        Some((None, Some(b))) => format!("until {b}"),
        Some((Some(a), None)) => format!("from {a}"),
        _ => d.and_then(|d| d.text.clone()).map_or("no date".to_owned(), |t| format!("\"{t}\"")),
    }
}

/// A place in one line.
pub fn place(p: &Place) -> String {
    let words = p.text.as_deref().or(p.name.as_deref()).unwrap_or("?");
    match &p.country {
        Some(c) => format!("{} [{c}]", squeeze(words)),
        None => squeeze(words),
    }
}

/// Who is cited, what kind of unnamed source it is, and the word that cites: "according to officials (unnamed; “said”)".
pub fn source(s: &Source) -> String {
    let mut marks = Vec::new();
    match s.anonymity {
        Some(Anonymity::OfBody) => marks.push("unnamed, of a named body".to_owned()),
        Some(Anonymity::Several) => marks.push("unnamed, several".to_owned()),
        Some(Anonymity::One) => marks.push("unnamed, one".to_owned()),
        None if s.anonymous => marks.push("unnamed".to_owned()),
        None => {}
    }
    marks.extend(s.cue.as_ref().filter(|c| c.text.chars().any(char::is_alphabetic)).map(|c| quoted(&c.text)));
    let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join("; ")) };
    format!("according to {}{marks}", squeeze(&s.text))
}

fn quoted(words: &str) -> String {
    format!("“{}”", squeeze(words))
}

/// Whether it happened and how sure that is, with the words that say so; empty for what is plainly told.
pub fn reality(e: &Event) -> Vec<String> {
    let with = |name: &str, cue: Option<&str>| cue.map_or(name.to_owned(), |c| format!("{name} ({})", quoted(c)));
    let mut marks = Vec::new();
    if e.status != Status::Actual {
        marks.push(with(e.status.as_str(), e.status_cue.as_ref().map(|c| c.text.as_str())));
    }
    if e.historical {
        marks.push("background".to_owned());
    }
    if let Some(c) = &e.certainty.cue {
        marks.push(with(e.certainty.grade.as_str(), Some(&c.text)));
    }
    marks.extend(e.same_as.as_ref().map(|first| format!("same as {first}")));
    marks
}

/// A count with its bounds: "at least 45", "20 to 30", "about 120".
pub fn count(f: &Figure) -> String {
    match (f.approx, f.low, f.high) {
        (Approx::AtLeast, Some(low), Some(high)) => format!("{low} to {high}"),
        (Approx::AtLeast, ..) => format!("at least {}", f.value),
        (Approx::AtMost, ..) => format!("up to {}", f.value),
        (Approx::About, ..) => format!("about {}", f.value),
        (Approx::Exact, ..) => f.value.to_string(),
    }
}

/// What a figure counts, of what it is a part, whether it was corrected, where, when and according to whom; then its words.
pub fn counted(f: &Figure) -> String {
    let of = f.of.as_ref().filter(|o| !o.eq_ignore_ascii_case(&f.unit)).map(|o| format!(" ({})", squeeze(o)));
    let mut facts = vec![format!("{}{}", f.unit, of.unwrap_or_default())];
    facts.extend(f.part_of.as_ref().map(|w| format!("part of {}", quoted(&w.text))));
    facts.extend(f.revised.as_ref().map(|w| format!("corrected ({})", quoted(&w.text))));
    facts.extend(f.place.as_ref().map(|p| format!("in {}", place(p))));
    facts.extend(f.as_of.as_ref().filter(|d| d.start.is_some() || d.end.is_some()).map(|d| date(Some(d))));
    facts.extend(f.source.as_ref().map(source));
    format!("{}: {}", facts.join("; "), quoted(&f.text))
}

/// Who takes a stance toward whom, in which words, according to whom.
pub fn position(p: &Position) -> String {
    let toward = p.toward.as_ref().map_or(String::new(), |t| format!(" toward {}", actor(t)));
    let by = p.source.as_ref().map_or(String::new(), |s| format!("; {}", source(s)));
    format!("{}{toward}: {}{by}", actor(&p.party), quoted(&p.text))
}

/// When and where a round was or will be held, what came of it, and the event that tells it.
pub fn round(r: &Round) -> String {
    let at = r.place.as_ref().map_or(String::new(), |p| format!(", {}", place(p)));
    let outcome = r.outcome.map_or(String::new(), |x| format!(": {x}"));
    format!("{}{at}{outcome} ({})", date(r.date.as_ref()), r.event)
}

/// Whose a statement is: "Two U.S. officials (unnamed, of a named body)"; the words that stand here beside the antecedent's.
pub fn speaker(s: &Statement) -> String {
    let named = squeeze(&s.source.text);
    s.by.as_ref()
        .filter(|b| b.text != s.source.text)
        .map_or(named.clone(), |b| format!("{} ({named})", squeeze(&b.text)))
}

/// The word that tells a statement, whether it is quoted, and its words, cut off after `most` characters.
pub fn told(s: &Statement, text: &str, most: usize) -> String {
    let parts: Vec<String> = s.spans.iter().filter_map(|p| p.text(text)).map(squeeze).collect();
    let words = parts.join(" … ");
    let cut: String = words.chars().take(most).collect();
    let rest = if cut.len() < words.len() { "…" } else { "" };
    let form = match s.form {
        Form::Direct => " [quoted]",
        Form::Mixed => " [partly quoted]",
        Form::Indirect => "",
    };
    let spelt = s.source.cue.as_ref().filter(|c| c.text.chars().any(char::is_alphabetic));
    let cue = spelt.map_or("says".to_owned(), |c| squeeze(&c.text));
    format!("{cue}{form}: {}{rest}", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_report::{Phrase, Span};

    fn figure(approx: Approx, low: Option<u64>, high: Option<u64>) -> Figure {
        Figure {
            value: 20,
            low,
            high,
            approx,
            unit: "dead".into(),
            of: Some("soldiers".into()),
            place: None,
            as_of: None,
            source: None,
            part_of: None,
            revised: Some(Phrase { text: "raised".into(), span: Span::default() }),
            text: "to 20 soldiers".into(),
            span: Span::default(),
        }
    }

    #[test]
    fn bounds_are_told() {
        assert_eq!(count(&figure(Approx::AtLeast, Some(20), Some(30))), "20 to 30");
        assert_eq!(count(&figure(Approx::AtLeast, Some(20), None)), "at least 20");
        assert_eq!(count(&figure(Approx::AtMost, None, Some(20))), "up to 20");
        assert_eq!(
            counted(&figure(Approx::Exact, None, None)),
            "dead (soldiers); corrected (“raised”): “to 20 soldiers”"
        );
    }

    #[test]
    fn an_unnamed_source_says_of_what_kind_it_is() {
        let cue = Some(Phrase { text: "said".into(), span: Span::default() });
        let s = Source {
            text: "two U.S.\nofficials".into(),
            anonymous: true,
            anonymity: Some(Anonymity::OfBody),
            cue,
            ..Source::default()
        };
        assert_eq!(source(&s), "according to two U.S. officials (unnamed, of a named body; “said”)");
    }
}
