//! Days that other words of the report give: when the speaker said it, when another mention of the happening says it took place.

use crate::attribution::{self, Attribution};
use crate::coder::Reading;
use crate::lexicon::AttributionCues;
use crate::when;
use dateline_report::{Actor, Event, EventDate, Status};
use std::collections::BTreeSet;

/// Gives events that say no day those of the saying that they are, or of another mention of the same happening.
pub(crate) fn share(r: &Reading, cues: &AttributionCues, events: &mut [Event], heads: &[usize]) {
    let sayings = sayings(r);
    let performed = |s: &&Saying| cues.performs.contains(&r.a.tokens[s.who.cue].lemma.to_lowercase());
    for (e, &head) in events.iter_mut().zip(heads) {
        if e.date.is_none() && !e.historical {
            let announced = sayings.iter().filter(performed).find(|s| s.who.content.contains(&head));
            e.date = announced.map(|s| s.day.clone());
        }
        if e.date.is_none() && attribution::is_speech(e.kind) && !e.historical {
            e.date = said(r, &sayings, e, head);
        }
    }
    lend(events);
}

/// Somebody's words, with the day on which they were said.
struct Saying<'r> {
    who: &'r Attribution,
    sentence: usize,
    day: EventDate,
}

/// The sayings of a report whose verb carries a time: "Obama said Sunday".
fn sayings<'r>(r: &'r Reading) -> Vec<Saying<'r>> {
    let dated = |x: &'r Attribution| {
        let day = when::of_word(r.a, r.text, x.cue)?;
        Some(Saying { who: x, sentence: r.a.sentence_of(x.cue), day })
    };
    r.attributions.iter().filter_map(dated).collect()
}

/// The day of an act of speech: that of the saying in which it stands, else that of the speaker's nearest words before it, else after it.
fn said(r: &Reading, sayings: &[Saying], e: &Event, head: usize) -> Option<EventDate> {
    let by_actor = |s: &&Saying| e.actors.iter().any(|x| attribution::is_same(&s.who.source, x));
    let spoken = |s: &&Saying| e.actors.is_empty() || by_actor(s);
    let here = sayings.iter().filter(spoken).find(|s| s.who.content.contains(&head));
    if let Some(s) = here {
        return Some(s.day.clone());
    }
    let sentence = r.a.sentence_of(head);
    let distance = |s: &&Saying| (s.sentence > sentence, s.sentence.abs_diff(sentence));
    let nearest = sayings.iter().filter(by_actor).min_by_key(distance)?;
    Some(when::borrowed(&nearest.day))
}

/// Events without a day take that of the dated event which most likely tells the same happening.
fn lend(events: &mut [Event]) {
    let donors: Vec<Event> = events.iter().filter(|e| e.date.as_ref().is_some_and(is_close)).cloned().collect();
    for e in events.iter_mut().filter(|e| e.date.as_ref().is_none_or(|d| d.start.is_none())) {
        let best = donors
            .iter()
            .map(|d| (likeness(d, e), std::cmp::Reverse(d.sentence.index.abs_diff(e.sentence.index)), d))
            .filter(|(score, ..)| *score >= LENDS)
            .max_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
        if let Some((_, _, donor)) = best {
            e.date = donor.date.as_ref().map(when::borrowed);
        }
    }
}

/// Whether a date is of days or a week: months and years are the time of many happenings.
fn is_close(d: &EventDate) -> bool {
    d.start.zip(d.end).and_then(|(s, e)| s.until(e).ok()).is_some_and(|x| x.get_days() <= 10)
}

/// Likeness from which a mention lends its days.
const LENDS: f32 = 1.8;

/// How much speaks for two mentions telling one happening; each agreement counts for it, each contradiction more strongly against.
fn likeness(x: &Event, y: &Event) -> f32 {
    let future = |e: &Event| e.status == Status::Future;
    let negated = |e: &Event| e.status == Status::Negated;
    if x.kind != y.kind || x.historical != y.historical || future(x) != future(y) || negated(x) != negated(y) {
        return 0.0;
    }
    let root = |e: &Event| e.same_as.clone().unwrap_or_else(|| e.id.clone());
    let linked = if root(x) == root(y) { 1.5 } else { 0.0 };
    let mode = match (&x.mode, &y.mode) {
        (Some(a), Some(b)) if a == b => 0.5,
        (Some(_), Some(_)) => -1.5,
        _ => 0.0,
    };
    let country = |e: &Event| e.place.as_ref().and_then(|p| p.country.clone());
    let words = |e: &Event| e.place.as_ref().and_then(|p| p.text.clone());
    let place = match (country(x), country(y)) {
        (Some(a), Some(b)) if a != b => -3.0,
        (Some(_), Some(_)) if words(x) == words(y) => 1.0,
        (Some(_), Some(_)) => 0.3,
        _ => 0.0,
    };
    let headline = if x.sentence.index.min(y.sentence.index) == 0 { 0.7 } else { 0.0 };
    let near = match x.sentence.index.abs_diff(y.sentence.index) {
        0 => 0.2,
        1 => 0.5,
        _ => 0.0,
    };
    let word = if stem(&x.trigger) == stem(&y.trigger) { 0.8 } else { 0.0 };
    linked
        + mode
        + place
        + headline
        + near
        + word
        + agreement(&x.actors, &y.actors)
        + agreement(&x.recipients, &y.recipients)
}

/// What shared or different parties say of two mentions.
fn agreement(x: &[Actor], y: &[Actor]) -> f32 {
    let keys = |list: &[Actor]| -> BTreeSet<(Option<String>, Option<String>)> {
        list.iter().map(|a| (a.country.clone(), a.sector.clone())).collect()
    };
    let (a, b) = (keys(x), keys(y));
    if a.is_empty() || b.is_empty() {
        0.0
    } else if a == b {
        1.2
    } else if a.is_subset(&b) || b.is_subset(&a) {
        0.8
    } else if a.is_disjoint(&b) {
        -1.5
    } else {
        0.3
    }
}

/// The first letters of a trigger: "arrested" and "arrests" begin alike.
fn stem(trigger: &str) -> String {
    trigger.chars().take(5).flat_map(char::to_lowercase).collect()
}
