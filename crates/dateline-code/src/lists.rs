//! Which mentions of a sentence are one list ("Qatar, Egypt and the United States"): they play one part together.

use crate::mentions::Mention;
use dateline_annotate::{Annotation, Rel, Upos};

/// For each mention (in text order, of one sentence) the number of its list: that of its first member.
pub fn of(a: &Annotation, text: &str, mentions: &[&Mention]) -> Vec<usize> {
    let mut list: Vec<usize> = (0..mentions.len()).collect();
    let join = |x: usize, y: usize, list: &mut Vec<usize>| {
        let (from, to) = (list[x].max(list[y]), list[x].min(list[y]));
        for l in list.iter_mut().filter(|l| **l == from) {
            *l = to;
        }
    };
    for (j, later) in mentions.iter().enumerate() {
        for (i, earlier) in mentions[..j].iter().enumerate() {
            if coordinated(a, earlier.head, later.head) || included(a, text, earlier.head, later.head) {
                join(i, j, &mut list);
            }
        }
    }
    // Parses of long lists lose members: where commas and one conjunction part likes, and the parse has part of them for a list, they
    // are one.
    let outer: Vec<usize> = (0..mentions.len()).filter(|&i| !is_inner(mentions, i)).collect();
    let mut start = 0;
    while start < outer.len() {
        let mut end = start + 1;
        let mut closed = false;
        while end < outer.len() && !closed {
            let (x, y) = (mentions[outer[end - 1]], mentions[outer[end]]);
            let Some(link) = between(a, text, x, y) else { break };
            if x.actor.person != y.actor.person {
                break;
            }
            closed = link == Link::Conjunction;
            end += 1;
        }
        let run = &outer[start..end];
        let parsed = run.windows(2).any(|w| list[w[0]] == list[w[1]]);
        if closed && parsed {
            for w in run.windows(2) {
                join(w[0], w[1], &mut list);
            }
        }
        start = if closed { end } else { start + 1 };
    }
    list
}

/// Whether one of two words is coordinated with the other, or both with a third.
fn coordinated(a: &Annotation, x: usize, y: usize) -> bool {
    let first = |i: usize| if a.tokens[i].rel == Rel::Conj { a.tokens[i].head } else { None };
    first(y) == Some(x) || first(x) == Some(y) || first(x).is_some() && first(x) == first(y)
}

/// "the group, including Russia": what is named as a part of a whole.
fn included(a: &Annotation, text: &str, whole: usize, part: usize) -> bool {
    let word = |i: usize| a.tokens[i].span.text(text).unwrap_or_default();
    let under = |i: usize| a.tokens[i].head == Some(whole);
    let by_case = under(part) && a.children(part).any(|c| word(c) == "including");
    let by_participle = a.tokens[part].head.is_some_and(|h| word(h) == "including" && under(h));
    by_case || by_participle
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Comma,
    Conjunction,
}

/// What parts two mentions, if it is nothing but the marks of a list.
fn between(a: &Annotation, text: &str, x: &Mention, y: &Mention) -> Option<Link> {
    let mut link = None;
    for i in x.tokens.end..y.tokens.start {
        let t = &a.tokens[i];
        let word = t.span.text(text).unwrap_or_default();
        link = match (t.upos, word) {
            (Upos::Punct, ",") if link.is_none() => Some(Link::Comma),
            (Upos::Cconj, "and" | "or") => Some(Link::Conjunction),
            (Upos::Det, _) if link.is_some() => link,
            _ => return None,
        };
    }
    link
}

fn is_inner(mentions: &[&Mention], i: usize) -> bool {
    let inner = &mentions[i].tokens;
    mentions.iter().enumerate().any(|(j, m)| {
        j != i && m.tokens.start <= inner.start && inner.end <= m.tokens.end && m.tokens.len() > inner.len()
    })
}
