//! The stretch of days that the words around a time expression make of it.

use super::words::Words;
use crate::annotation::{Annotation, Timex, TimexKind};
use dateline_report::Date;

/// First and last day of the time at `times[index]` within its sentence: "since July" reaches up to the anchor, "between June 2014 and
/// April 2016" (or "from ... to ...", "2011 and 2013") from the start of the first to the end of the second, for either of the two; "by
/// Friday" has an end only. Any other keeps its own days. `times` are those that [`super::find`] found in the same report.
pub fn reach(
    text: &str,
    a: &Annotation,
    times: &[Timex],
    index: usize,
    anchor: Option<Date>,
) -> (Option<Date>, Option<Date>) {
    let Some(t) = times.get(index) else { return (None, None) };
    let first = a.tokens.partition_point(|k| k.span.start < t.span.start);
    let Some(sentence) = a.sentences.get(a.sentence_of(first)) else { return (t.start, t.end) };
    let w = Words::new(text, a, sentence.tokens.clone());
    let place = |t: &Timex| {
        let from = a.tokens.partition_point(|k| k.span.start < t.span.start);
        let to = a.tokens.partition_point(|k| k.span.start < t.span.end);
        let inside = from >= sentence.tokens.start && to <= sentence.tokens.end && from < to;
        inside.then(|| (from - sentence.tokens.start, to - sentence.tokens.start))
    };
    let joined = |x: &Timex, y: &Timex| {
        let dates = x.kind == TimexKind::Date && y.kind == TimexKind::Date;
        let together = place(x).zip(place(y)).is_some_and(|(p, q)| q.0 == p.1 + 1 && w.is(p.1, "joins"));
        (dates && together && x.start.is_some() && x.start <= y.start && y.end.is_some()).then_some((x.start, y.end))
    };
    let next = times.get(index + 1).and_then(|y| joined(t, y));
    let before = index.checked_sub(1).and_then(|i| times.get(i)).and_then(|x| joined(x, t));
    if let Some(days) = next.or(before) {
        return days;
    }
    if t.start.is_some() && place(t).is_some_and(|(from, _)| w.before_is(from, "eversince")) {
        return (t.start, anchor.filter(|a| t.start <= Some(*a)));
    }
    if place(t).is_some_and(|(from, _)| w.before_is(from, "deadline")) {
        return (None, t.end);
    }
    (t.start, t.end)
}
