//! When an event took place, and whether it lies in the historical background.

use crate::candidates::Candidate;
use dateline_annotate::{Annotation, ArgRole, Rel, Timex, TimexKind, Upos, timex};
use dateline_report::{Date, DatePrecision, EventDate, Status};

/// A date with the tie that makes it the event's.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// The date.
    pub date: EventDate,
    /// Whether a historical past is told by it: it ends more than a month before publication.
    pub long_past: bool,
}

/// The event's date from the words of its own sentence: the time expression that hangs nearest to it on the tree, or that the
/// learned coder ties to it. `None` where the sentence has none. `cues` are the words that cite: "said on Friday" dates the saying.
pub fn own(a: &Annotation, text: &str, c: &Candidate, published: Option<Date>, cues: &[usize]) -> Option<When> {
    let sentence = a.sentence_of(c.head);
    let range = a.sentences[sentence].tokens.clone();
    let roles = a.roles_of(c.head).or_else(|| c.words.clone().find_map(|i| a.roles_of(i)));
    let date_role = ArgRole::ALL.iter().position(|&r| r == ArgRole::Date)?;
    let mut best: Option<(f32, usize)> = None;
    for (index, t) in a.times.iter().enumerate().filter(|(_, t)| t.kind != TimexKind::Set) {
        let Some(head) = head_token(a, t, range.clone()) else { continue };
        let of_saying = a.tokens[head].head.is_some_and(|h| h != c.head && h != c.predicate && cues.contains(&h));
        if t.start.is_none() && t.end.is_none() || of_saying {
            continue;
        }
        let model = roles.and_then(|r| r.words.get(head - range.start)).map_or(0.0, |w| w[date_role]);
        let distance = tree_distance(a, head, c.head).min(if c.predicate == c.head {
            99
        } else {
            tree_distance(a, head, c.predicate)
        });
        let near = match distance {
            0 | 1 => 0.7,
            2 => 0.45,
            3 => 0.35,
            _ => 0.0,
        };
        let score = model + near - between_events(a, head, c);
        if score >= ATTACHES && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, index));
        }
    }
    let (_, index) = best?;
    // "since July", "from May to June": the stretch, not its first word.
    let (start, end) = timex::reach(text, a, &a.times, index, published);
    Some(when(&Timex { start, end, ..a.times[index].clone() }, text, published))
}

/// The days of the time expression that hangs on a word: "Friday" of "said on Friday".
pub fn of_word(a: &Annotation, text: &str, word: usize) -> Option<EventDate> {
    let range = a.sentences[a.sentence_of(word)].tokens.clone();
    let hangs = |t: &&Timex| {
        t.kind != TimexKind::Set
            && t.start.is_some()
            && head_token(a, t, range.clone()).is_some_and(|h| a.tokens[h].head == Some(word))
    };
    a.times.iter().find(hangs).map(|t| when(t, text, None).date)
}

/// Score from which a time expression counts as the event's.
const ATTACHES: f32 = 0.5;

fn when(t: &Timex, text: &str, published: Option<Date>) -> When {
    // The middle of the stretch counts: "in September" is over a month ago on the last day of October.
    let middle = t
        .start
        .zip(t.end)
        .and_then(|(s, e)| s.checked_add(jiff::Span::new().days(s.until(e).ok()?.get_days() / 2)).ok());
    let long_past = match (published, middle.or(t.end)) {
        (Some(p), Some(end)) => end < p.checked_sub(jiff::Span::new().days(31)).unwrap_or(p),
        _ => false,
    };
    When {
        date: EventDate {
            text: t.span.text(text).map(str::to_owned),
            span: Some(t.span),
            start: t.start,
            end: t.end,
            precision: precision(t.start, t.end),
        },
        long_past,
    }
}

/// How finely a stretch of days is known.
pub fn precision(start: Option<Date>, end: Option<Date>) -> Option<DatePrecision> {
    let (s, e) = (start?, end?);
    let days = s.until(e).ok()?.get_days();
    Some(match days {
        0 => DatePrecision::Day,
        6 => DatePrecision::Week,
        7..=30 => DatePrecision::Month,
        364 | 365 => DatePrecision::Year,
        _ => DatePrecision::Range,
    })
}

/// The word of a time expression that hangs on the rest of the sentence.
fn head_token(a: &Annotation, t: &Timex, sentence: std::ops::Range<usize>) -> Option<usize> {
    let inside = |i: usize| t.span.contains(a.tokens[i].span);
    sentence.clone().filter(|&i| inside(i)).find(|&i| a.tokens[i].head.is_none_or(|h| !inside(h)))
}

/// Steps on the tree from one word to another.
fn tree_distance(a: &Annotation, from: usize, to: usize) -> usize {
    let path = |mut i: usize| {
        let mut p = vec![i];
        while let Some(h) = a.tokens[i].head {
            p.push(h);
            i = h;
        }
        p
    };
    let (x, y) = (path(from), path(to));
    for (i, n) in x.iter().enumerate() {
        if let Some(j) = y.iter().position(|m| m == n) {
            return i + j;
        }
    }
    99
}

/// What the predicates between a time expression and the event on the way up take from their tie: more if they are events themselves
/// than if they tell of the event ("the talks ended on Friday").
fn between_events(a: &Annotation, time: usize, c: &Candidate) -> f32 {
    let mut cost = 0.0;
    let mut at = time;
    while let Some(h) = a.tokens[at].head {
        if h == c.head || h == c.predicate {
            return cost;
        }
        if bounds(a, h) {
            cost += 0.5;
        }
        if matches!(a.tokens[h].upos, Upos::Verb) && !matches!(a.tokens[at].rel, Rel::Conj) {
            cost += if a.tokens[h].event.none > 0.5 { 0.1 } else { 0.3 };
        }
        at = h;
    }
    cost
}

/// Whether a noun is what comes before or after: the day of "the first talks since the election in June" is not June.
fn bounds(a: &Annotation, noun: usize) -> bool {
    let from = |c: usize| matches!(a.tokens[c].lemma.as_str(), "since" | "after" | "before" | "until");
    a.children(noun).any(|c| a.tokens[c].rel == Rel::Case && from(c))
}

/// Whether an event is told as background: by its date, by the learned coder, by the pluperfect.
pub fn historical(a: &Annotation, c: &Candidate, when: Option<&When>, status: Status) -> bool {
    if status == Status::Future {
        return false;
    }
    if let Some(w) = when
        && w.date.end.is_some()
        && w.date.start.is_some()
    {
        return w.long_past;
    }
    let model = c.words.clone().map(|i| a.tokens[i].event.historical).fold(0.0, f32::max);
    let pluperfect = a
        .children(c.head)
        .any(|x| matches!(a.tokens[x].rel, Rel::Aux) && a.tokens[x].lemma == "have" && a.tokens[x].has("Tense=Past"));
    model >= if pluperfect { 0.35 } else { 0.55 }
}

/// Days of the happening that another mention of the same happening fixes, when this one says none.
pub fn borrowed(date: &EventDate) -> EventDate {
    EventDate { text: None, span: None, ..date.clone() }
}
