//! Stated counts of people.

use crate::coder::Reading;
use crate::people::People;
use crate::tree;
use dateline_annotate::timex::number;
use dateline_annotate::{Rel, Upos};
use dateline_report::{Approx, Figure};

/// A figure with the words it hangs on.
#[derive(Clone, Debug)]
pub struct Found {
    /// The figure.
    pub figure: Figure,
    /// The noun that is counted.
    pub noun: usize,
    /// What became of them ("dead", "held"), when the words around say so.
    pub fate: Option<String>,
}

/// All figures of a report, in text order.
pub(crate) fn find(r: &Reading, people: &People) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < r.a.tokens.len() {
        match at(r, people, i) {
            Some((f, next)) => {
                out.push(f);
                i = next;
            }
            None => i += 1,
        }
    }
    inherit_units(r, &mut out);
    out
}

fn at(r: &Reading, people: &People, i: usize) -> Option<(Found, usize)> {
    let (a, text) = (r.a, r.text);
    let sentence = a.sentences[a.sentence_of(i)].tokens.clone();
    let word = |t: usize| a.tokens[t].span.text(text).unwrap_or_default();
    let first = word(i);
    let indefinite = matches!(first, "a" | "an" | "A" | "An");
    if a.times.iter().any(|t| t.span.overlaps(a.tokens[i].span)) || indefinite && a.tokens.get(i + 1).is_none_or(|t| !matches!(t.lemma.as_str(), "dozen" | "hundred" | "thousand" | "million")) {
        return None;
    }
    let words: Vec<&str> = (i..sentence.end).take(8).map(word).collect();
    let n = number::read(&words)?;
    if n.value < 1.0 || n.value.fract() != 0.0 || n.value > 1e10 || word(i + n.words - 1).ends_with(['%']) || i > sentence.start && matches!(word(i - 1), "$" | "€" | "£" | "#" | "No.") {
        return None;
    }
    let last = i + n.words - 1;
    let (noun, fate) = counted(r, people, i, last)?;
    let before: Vec<String> = (sentence.start..i).map(|t| word(t).to_lowercase()).collect();
    let (mut approx, lead) = people.approx(&before);
    if n.vague {
        approx = Approx::AtLeast;
    }
    let value = n.value as u64;
    let lemma = a.tokens[noun].lemma.to_lowercase();
    let noun_is_fate = people.fate.contains_key(&lemma);
    let unit = fate.clone().unwrap_or_else(|| if noun == last { "people".to_owned() } else { word(noun).to_lowercase() });
    let end = if noun > last && !noun_is_fate { noun } else { last.max(if noun > last && noun <= last + 3 { noun } else { last }) };
    let start = i - lead;
    let span = a.tokens[start].span.cover(a.tokens[end].span);
    let (low, high) = match approx {
        Approx::AtLeast => (Some(value), None),
        Approx::AtMost => (None, Some(value)),
        Approx::Exact => (Some(value), Some(value)),
        Approx::About => (None, None),
    };
    let of = (noun > last).then(|| tree::span_of(a, &(last + 1..noun + 1)).text(text).unwrap_or_default().to_owned()).filter(|s| !s.is_empty());
    let figure = Figure {
        value,
        low,
        high,
        approx,
        unit,
        of,
        place: None,
        as_of: None,
        source: r.source(i),
        text: span.text(text).unwrap_or_default().to_owned(),
        span,
    };
    Some((Found { figure, noun, fate }, end.max(last) + 1))
}

/// The noun a number counts and what became of the people; none when it counts no people.
fn counted(r: &Reading, people: &People, first: usize, last: usize) -> Option<(usize, Option<String>)> {
    let a = r.a;
    let person = |t: usize| {
        let lemma = a.tokens[t].lemma.to_lowercase();
        people.same.contains(&lemma) || people.fate.get(&lemma).is_some_and(|_| matches!(a.tokens[t].upos, Upos::Noun | Upos::Adj))
    };
    let sentence = a.sentences[a.sentence_of(first)].tokens.clone();
    // The noun phrase that the number opens: up to five words on, over adjectives, names and "of".
    let mut at = last + 1;
    let mut noun = None;
    while at < sentence.end && at <= last + 6 {
        let t = &a.tokens[at];
        match t.upos {
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num if person(at) => noun = Some(at),
            Upos::Noun | Upos::Propn if noun.is_some() && !matches!(t.rel, Rel::Compound) => break,
            Upos::Noun | Upos::Adj | Upos::Propn | Upos::Det => {}
            Upos::Adp if t.lemma == "of" && noun.is_none() => {}
            Upos::Punct if t.lemma == "-" || a.tokens[at].span.text(r.text) == Some(".") => {}
            _ => break,
        }
        at += 1;
    }
    // "12 were killed", "killed 12", "12 dead": the number itself stands for the people.
    let noun = noun.or_else(|| {
        let t = &a.tokens[first.max(last)];
        let verb = t.head?;
        let fate = people.fate.contains_key(&a.tokens[verb].lemma.to_lowercase());
        (matches!(t.rel, Rel::Nsubj | Rel::NsubjPass | Rel::Obj) && fate).then_some(last)
    })?;
    Some((noun, fate(r, people, noun, last)))
}

/// The fate of the people a noun counts: the noun itself, the verb above it, a participle below it.
fn fate(r: &Reading, people: &People, noun: usize, last: usize) -> Option<String> {
    let a = r.a;
    let of = |t: usize| people.fate.get(&a.tokens[t].lemma.to_lowercase()).cloned();
    if noun > last && let Some(f) = of(noun) {
        return Some(f);
    }
    let below = a.children(noun).find_map(|c| matches!(a.tokens[c].rel, Rel::Acl | Rel::Amod | Rel::AclRelcl).then(|| of(c)).flatten());
    let mut up = None;
    let mut at = noun;
    for _ in 0..2 {
        let Some(h) = a.tokens[at].head else { break };
        let tied = matches!(a.tokens[at].rel, Rel::Nsubj | Rel::NsubjPass | Rel::Obj | Rel::Nmod | Rel::Xcomp | Rel::Conj | Rel::Appos | Rel::Obl);
        let verb = a.tokens[h].upos == Upos::Verb || a.tokens[at].rel == Rel::Nmod;
        if tied && verb && !(a.tokens[at].rel == Rel::Nsubj && tree::slots(a, r.text, h).iter().any(|(s, _)| *s == tree::Slot::Object)) {
            up = of(h);
        }
        // "believed to be held": the fate is the verb that completes the one above.
        up = up.or_else(|| a.children(h).filter(|&c| a.tokens[c].rel == Rel::Xcomp).find_map(of));
        if up.is_some() {
            break;
        }
        at = h;
    }
    below.or(up)
}

/// "120 hostages, including five U.S. citizens": the part is counted in the unit of the whole.
fn inherit_units(r: &Reading, found: &mut [Found]) {
    for i in 1..found.len() {
        let (whole, part) = (found[i - 1].clone(), &mut found[i]);
        let between = r.text.get(whole.figure.span.end..part.figure.span.start).unwrap_or_default().to_lowercase();
        if between.len() < 30 && between.contains("including") {
            part.figure.unit.clone_from(&whole.figure.unit);
            part.fate.clone_from(&None);
        }
    }
    for f in found.iter_mut() {
        // People with a word of their own keep it; bare "people" take the word for their fate.
        let general = matches!(r.a.tokens[f.noun].lemma.to_lowercase().as_str(), "people" | "person" | "other" | "man" | "woman" | "child");
        if f.fate.as_deref() == Some("held") && !general {
            f.figure.unit = f.figure.of.clone().map_or_else(|| f.figure.unit.clone(), |_| r.a.tokens[f.noun].span.text(r.text).unwrap_or_default().to_lowercase());
        }
    }
}
