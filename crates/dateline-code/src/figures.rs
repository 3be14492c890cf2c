//! Stated counts of people.

use crate::coder::Reading;
use crate::mentions::Reference;
use crate::people::{Before, People};
use crate::tree;
use dateline_annotate::timex::number;
use dateline_annotate::{EntityKind, Rel, Upos};
use dateline_report::{Approx, Event, Figure, Phrase};

/// A figure with the words it hangs on.
#[derive(Clone, Debug)]
pub struct Found {
    /// The figure.
    pub figure: Figure,
    /// The noun that is counted; the number itself when it stands alone.
    pub noun: usize,
    /// What became of them ("dead", "held") and the word that says so.
    pub fate: Option<(String, usize)>,
    /// Only a lower bound in words: "dozens".
    pub vague: bool,
    /// Coordinated with the figure before it: "30 civilians and 19 officers".
    pub joined: bool,
}

/// All figures of a report, in text order.
pub(crate) fn find(r: &Reading, people: &People) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < r.a.tokens.len() {
        match at(r, people, i, out.last()) {
            Some((f, next)) => {
                out.push(f);
                i = next;
            }
            None => i += 1,
        }
    }
    inherit_units(r, people, &mut out);
    out
}

/// A number expression as it stands in the text.
struct Numeral {
    value: u64,
    first: usize,
    last: usize,
    vague: bool,
    /// Upper end of a range: "20,000 to 30,000".
    high: Option<u64>,
}

fn word<'r>(r: &Reading<'r>, i: usize) -> &'r str {
    r.a.tokens.get(i).and_then(|t| t.span.text(r.text)).unwrap_or_default()
}

fn lemma(r: &Reading, i: usize) -> String {
    r.a.tokens[i].lemma.to_lowercase()
}

/// The number that begins at a word: "120", "several hundred", "20,000 to 30,000", "between 20 and 30".
fn numeral(r: &Reading, people: &People, i: usize) -> Option<Numeral> {
    let end = r.a.sentences[r.a.sentence_of(i)].tokens.end;
    let words: Vec<&str> = (i..end).take(10).map(|t| word(r, t)).collect();
    let few = people.few.contains(&words.first()?.to_lowercase());
    let indefinite = matches!(*words.first()?, "a" | "an" | "A" | "An");
    let read = |w: &[&str]| number::read(w).filter(|n| n.value >= 1.0 && n.value.fract() == 0.0 && n.value <= 1e10);
    let single = if few {
        // "several hundred": at least one hundred.
        let mut as_one = vec!["a"];
        as_one.extend(&words[1..]);
        number::Number { vague: true, ..read(&as_one)? }
    } else {
        let n = read(&words)?;
        if indefinite && n.words < 2 || n.words > 1 && n.value < 12.0 && words[1] == "/" {
            return None;
        }
        n
    };
    let value = single.value as u64;
    let mut out = Numeral { value, first: i, last: i + single.words - 1, vague: single.vague, high: None };
    let rest = words.get(single.words..).unwrap_or_default();
    let to = matches!(rest.first(), Some(&"to" | &"-" | &"–"))
        || rest.first() == Some(&"and") && i > 0 && word(r, i - 1).eq_ignore_ascii_case("between");
    if to
        && let Some(n) =
            rest.get(1..).and_then(number::read).filter(|n| n.value as u64 > value && n.value <= 1e10 && !n.vague)
    {
        out.high = Some(n.value as u64);
        out.last += 1 + n.words;
    }
    Some(out)
}

fn at(r: &Reading, people: &People, i: usize, earlier: Option<&Found>) -> Option<(Found, usize)> {
    let a = r.a;
    let sentence = a.sentences[a.sentence_of(i)].tokens.clone();
    let n = numeral(r, people, i)?;
    let before = i.checked_sub(1).filter(|&b| b >= sentence.start);
    let glued = before.is_some_and(|b| {
        a.tokens[b].span.end == a.tokens[i].span.start && matches!(word(r, b), "-" | "–" | "/" | "$" | "€" | "£" | "#")
    });
    let money = before.is_some_and(|b| matches!(word(r, b), "$" | "€" | "£" | "#" | "No."));
    let timed =
        a.times.iter().any(|t| t.span.overlaps(a.tokens[n.first].span) && t.span.overlaps(a.tokens[n.last].span));
    if glued || money || timed {
        return None;
    }
    let noun = noun_of(r, people, &n).or_else(|| alone(r, people, &n, earlier))?;
    let joined = earlier.filter(|e| joins(r, e, n.first));
    let fate = verb_before(r, people, n.first)
        .or_else(|| fate_of(r, people, noun))
        .or_else(|| joined.and_then(|e| e.fate.clone()));
    let noun_lemma = lemma(r, noun);
    if n.value == 1 && (fate.is_none() || word(r, n.last + 1).eq_ignore_ascii_case("of")) {
        return None;
    }
    let definite = a.children(noun).any(|c| a.tokens[c].rel == Rel::Det && lemma(r, c) == "the");
    if n.value == 2 && definite && fate.is_none()
        || fate.is_none() && is_body(r, noun) && !people.fate.contains_key(&noun_lemma)
    {
        return None;
    }
    let found = found(r, people, &n, noun, fate);
    Some((Found { joined: joined.is_some(), ..found }, n.last.max(noun) + 1))
}

/// Whether a number that begins at a word is coordinated with the figure before it.
fn joins(r: &Reading, earlier: &Found, first: usize) -> bool {
    let same = r.a.sentence_of(earlier.noun) == r.a.sentence_of(first);
    let between: Vec<usize> = (earlier.noun + 1..first).collect();
    let plain = between.iter().all(|&i| !matches!(r.a.tokens[i].upos, Upos::Verb | Upos::Aux | Upos::Sconj));
    same && plain
        && between.len() <= 7
        && between.last().is_some_and(|&i| matches!(lemma(r, i).as_str(), "and" | "," | "plus"))
}

/// The verb right before a number whose object it is: "wounded more than 50".
fn verb_before(r: &Reading, people: &People, first: usize) -> Option<(String, usize)> {
    let start = r.a.sentences[r.a.sentence_of(first)].tokens.start;
    let before: Vec<String> = (start..first).map(|t| word(r, t).to_lowercase()).collect();
    let at = first.checked_sub(people.approx(&before).words + 1).filter(|&i| i >= start)?;
    let transitive = r.a.tokens[at].upos == Upos::Verb && !people.intransitive.contains(&lemma(r, at));
    transitive.then(|| people.fate_of(r, at).map(|f| (f, at))).flatten()
}

fn found(r: &Reading, people: &People, n: &Numeral, noun: usize, fate: Option<(String, usize)>) -> Found {
    let a = r.a;
    let sentence = a.sentences[a.sentence_of(n.first)].tokens.clone();
    let before: Vec<String> = (sentence.start..n.first).map(|t| word(r, t).to_lowercase()).collect();
    let Before { mut approx, words: lead } = people.approx(&before);
    if n.vague || n.high.is_some() {
        approx = Approx::AtLeast;
    }
    let stands_alone = (n.first..=n.last).contains(&noun);
    let unit = match &fate {
        Some((f, _)) => f.clone(),
        None if stands_alone => "people".to_owned(),
        None => word(r, noun).to_lowercase(),
    };
    let span = a.tokens[n.first - lead].span.cover(a.tokens[noun.max(n.last)].span);
    let (low, high) = match approx {
        Approx::AtLeast => (Some(n.value), n.high),
        Approx::AtMost => (None, Some(n.value)),
        Approx::Exact => (Some(n.value), Some(n.value)),
        Approx::About => (None, None),
    };
    let of =
        (noun > n.last).then(|| tree::span_of(a, &(n.last + 1..noun + 1)).text(r.text).unwrap_or_default().to_owned());
    let figure = Figure {
        value: n.value,
        low,
        high,
        approx,
        unit,
        of: of.filter(|s| !s.is_empty()),
        place: None,
        as_of: None,
        source: r.source(n.first),
        part_of: None,
        revised: revision(r, people, noun, n),
        text: span.text(r.text).unwrap_or_default().to_owned(),
        span,
    };
    Found { figure, noun, fate, vague: n.vague, joined: false }
}

/// The verb that says a count has changed: "raised to 45", "the toll rose to 131".
fn revision(r: &Reading, people: &People, noun: usize, n: &Numeral) -> Option<Phrase> {
    let a = r.a;
    let under = (n.first..=n.last).chain([noun]).find(|&t| tree::preposition(a, r.text, t).as_deref() == Some("to"))?;
    let verb = a.tokens[under].head.filter(|_| matches!(a.tokens[under].rel, Rel::Obl | Rel::Nmod | Rel::Xcomp))?;
    (a.tokens[verb].upos == Upos::Verb && people.revisions.contains(&lemma(r, verb)))
        .then(|| Phrase::at(r.text, a.tokens[verb].span))
}

/// Gives each figure the place and day of the event that counts it.
pub(crate) fn settle(figures: &mut [Figure], events: &[Event]) {
    for f in figures {
        let counts =
            |e: &&Event| e.sentence.span.contains(f.span) && [e.killed, e.injured, e.held].contains(&Some(f.value));
        if let Some(e) = events.iter().find(counts) {
            f.place.clone_from(&e.place);
            f.as_of.clone_from(&e.date);
        }
    }
}

/// The noun for people that a number counts, by the tree: what the number modifies, or what follows it with "of".
fn noun_of(r: &Reading, people: &People, n: &Numeral) -> Option<usize> {
    let a = r.a;
    let sentence = a.sentences[a.sentence_of(n.first)].tokens.clone();
    let inside = n.first..n.last + 1;
    // The one word of the number that hangs outside it.
    let top = inside.clone().find(|&t| a.tokens[t].head.is_none_or(|h| !inside.contains(&h)))?;
    if let Some(head) = a.tokens[top].head
        && matches!(
            a.tokens[top].rel,
            Rel::Nummod | Rel::Amod | Rel::Det | Rel::Compound | Rel::NmodUnmarked | Rel::Advmod
        )
        && head > n.last
        && !(n.last + 1..head).any(|t| matches!(a.tokens[t].upos, Upos::Adp | Upos::Verb | Upos::Aux))
    {
        // "10,000-strong": the people are those of the group.
        if lemma(r, head).ends_with("strong") {
            return Some(n.last);
        }
        // "two police officers", but not "two police shootings".
        return is_people(r, people, head).then_some(head);
    }
    if sentence.contains(&(n.last + 2)) && word(r, n.last + 1) == "-" && lemma(r, n.last + 2).starts_with("strong") {
        return Some(n.last);
    }
    // "dozens of journalists", "hundreds, perhaps thousands of people", "three of the five officers".
    let tops =
        std::iter::once(top).chain(a.children(top).filter(|&c| matches!(a.tokens[c].rel, Rel::Conj | Rel::Appos)));
    for t in tops.collect::<Vec<_>>() {
        let of = a.children(t).find(|&c| {
            c > n.last && a.tokens[c].rel == Rel::Nmod && tree::preposition(a, r.text, c).as_deref() == Some("of")
        });
        if let Some(noun) = of {
            return is_people(r, people, noun).then_some(noun);
        }
    }
    // Where the tree ties the number to nothing, the noun that ends the run of words after it.
    let noun = run_head(r, n.last + 1, sentence.end)?;
    is_people(r, people, noun).then_some(noun)
}

/// The last noun of an unbroken run of adjectives and nouns, over an "of" at its beginning.
fn run_head(r: &Reading, from: usize, end: usize) -> Option<usize> {
    let a = r.a;
    let from = if word(r, from) == "of" { from + 1 } else { from };
    let mut noun = None;
    for i in from..end.min(from + 7) {
        match a.tokens[i].upos {
            Upos::Noun | Upos::Propn => noun = Some(i),
            Upos::Adj | Upos::Num if noun.is_none_or(|x| x + 1 == i) => {}
            Upos::Det if i == from => {}
            Upos::Punct if matches!(word(r, i), "-" | "\"" | "“" | "”") => {}
            _ => break,
        }
    }
    noun
}

/// A number that stands for people by itself: "12 were wounded", "killing 12", "a crowd of hundreds", "another 9,000 are in Azaz".
fn alone(r: &Reading, people: &People, n: &Numeral, earlier: Option<&Found>) -> Option<usize> {
    let a = r.a;
    let inside = n.first..n.last + 1;
    let top = inside.clone().find(|&t| a.tokens[t].head.is_none_or(|h| !inside.contains(&h)))?;
    let t = &a.tokens[top];
    // "wounded more than 50": by itself behind the verb, a number is its object whatever the tree calls it.
    let object = verb_before(r, people, n.first).is_some_and(|(_, verb)| t.head == Some(verb));
    if !matches!(t.upos, Upos::Num | Upos::Noun)
        || !object
            && matches!(
                t.rel,
                Rel::Nummod
                    | Rel::Compound
                    | Rel::Amod
                    | Rel::Appos
                    | Rel::Flat
                    | Rel::NmodUnmarked
                    | Rel::OblUnmarked
                    | Rel::Root
            )
    {
        return None;
    }
    // A percentage, a price, a vote: the next word counts something else.
    if a.tokens
        .get(n.last + 1)
        .is_some_and(|next| matches!(next.upos, Upos::Sym) || people.measures.contains(&next.lemma.to_lowercase()))
    {
        return None;
    }
    let head = t.head?;
    if object || fate_of(r, people, top).is_some() || people.crowds.contains(&lemma(r, head)) && t.rel == Rel::Nmod {
        return Some(n.last);
    }
    let toll =
        |h: usize| a.children(h).any(|c| people.tolls.contains(&lemma(r, c))) || people.tolls.contains(&lemma(r, h));
    if matches!(t.rel, Rel::Obl | Rel::Nmod | Rel::Obj) && toll(head) {
        return Some(n.last);
    }
    let subject = matches!(t.rel, Rel::Nsubj | Rel::NsubjPass);
    // "Tens of thousands need aid": nobody counts things that way without naming them.
    let follows = earlier.is_some_and(|e| a.sentence_of(e.noun) + 1 >= a.sentence_of(top));
    (subject && n.value > 1 && (n.vague || follows && n.value >= 10)).then_some(n.last)
}

/// Whether a noun counts people: a noun of the list, a people's name, or a description of persons with a sector or office.
fn is_people(r: &Reading, people: &People, noun: usize) -> bool {
    let t = &r.a.tokens[noun];
    let lemma = t.lemma.to_lowercase();
    if people.things.contains(&lemma) {
        return false;
    }
    // "others", not "other"; "dead" as a noun or left as an adjective ("left 130 dead").
    let nominal = matches!(t.upos, Upos::Noun | Upos::Propn) || t.upos == Upos::Adj && people.fate.contains_key(&lemma);
    if !nominal {
        return false;
    }
    if people.same.contains(&lemma) || people.fate.contains_key(&lemma) {
        return true;
    }
    let nation = r.a.entity_at(noun).is_some_and(|e| e.tokens.end == noun + 1 && e.kind == EntityKind::Norp);
    let body = r.a.entity_at(noun).is_some_and(|e| e.kind == EntityKind::Org || e.kind.is_place());
    let described = t.has("Number=Plur")
        && r.mentions.at(noun).is_some_and(|m| match m.reference {
            Reference::Description => {
                m.actor.person || m.actor.role.as_deref().is_some_and(|role| role.ends_with(&lemma))
            }
            // "35,000 Syrians".
            Reference::Name => m.actor.country.is_some() && !body,
            Reference::Pronoun => false,
        });
    nation || described
}

/// "Members of the Security Council": members of a named body may be states.
fn is_body(r: &Reading, noun: usize) -> bool {
    lemma(r, noun) == "member"
        && r.a.children(noun).any(|c| r.a.tokens[c].rel == Rel::Nmod && c > noun && r.a.tokens[c].upos == Upos::Propn)
}

/// The fate of the people a noun counts, with the word that tells it: the noun itself, a participle below it, the verb above it.
fn fate_of(r: &Reading, people: &People, noun: usize) -> Option<(String, usize)> {
    let a = r.a;
    let of = |t: usize| people.fate_of(r, t).map(|f| (f, t));
    if matches!(a.tokens[noun].upos, Upos::Noun | Upos::Adj)
        && let Some(f) = of(noun)
    {
        return Some(f);
    }
    let below = a.children(noun).filter(|&c| {
        let passive = a.tokens[c].rel == Rel::AclRelcl && tree::is_passive(a, c)
            || matches!(a.tokens[c].rel, Rel::Acl | Rel::Amod) && a.tokens[c].has("Tense=Past");
        let state = a.tokens[c].rel == Rel::Amod && a.tokens[c].upos == Upos::Adj;
        let intransitive = a.tokens[c].rel == Rel::AclRelcl && people.intransitive.contains(&lemma(r, c));
        passive || state || intransitive
    });
    if let Some(f) = { below }.find_map(of) {
        return Some(f);
    }
    let mut at = noun;
    // Up through "families of 12 officers killed": coordination and quantities hand the fate on.
    for _ in 0..2 {
        let head = a.tokens[at].head?;
        let rel = a.tokens[at].rel;
        let verb = matches!(a.tokens[head].upos, Upos::Verb | Upos::Aux | Upos::Adj);
        let suffers = match rel {
            Rel::Obj | Rel::NsubjPass => verb,
            Rel::Nsubj => {
                verb && (people.intransitive.contains(&lemma(r, head))
                    || a.tokens[head].upos == Upos::Adj
                    || tree::is_passive(a, head))
            }
            Rel::Nmod => tree::preposition(a, r.text, at).as_deref() == Some("of") && !verb,
            _ => false,
        };
        if suffers {
            if let Some(f) = of(head) {
                return Some(f);
            }
            // "left 130 dead", "believed to be held".
            let completes = a.children(head).filter(|&c| a.tokens[c].rel == Rel::Xcomp).find_map(of);
            if completes.is_some() {
                return completes;
            }
        }
        let quantity =
            rel == Rel::Nmod && (people.crowds.contains(&lemma(r, head)) || number::read(&[word(r, head)]).is_some());
        if !quantity && !matches!(rel, Rel::Conj | Rel::Appos) {
            return None;
        }
        at = head;
    }
    None
}

/// "120 hostages, including five U.S. citizens": the part is counted in the unit of the whole. Bare "people" held take the unit of
/// their fate, hostages stay hostages.
fn inherit_units(r: &Reading, people: &People, found: &mut [Found]) {
    for f in found.iter_mut() {
        let general = people.general.contains(&lemma(r, f.noun)) || f.figure.of.is_none();
        if f.fate.as_ref().is_some_and(|(x, _)| x == "held") && !general {
            f.figure.unit = word(r, f.noun).to_lowercase();
        }
    }
    for i in 1..found.len() {
        let (whole, part) = (found[i - 1].clone(), &mut found[i]);
        let between = r.text.get(whole.figure.span.end..part.figure.span.start).unwrap_or_default().to_lowercase();
        let bare = part.figure.unit == "people"
            && part.figure.of.is_none()
            && r.a.sentence_of(whole.noun) + 1 >= r.a.sentence_of(part.noun);
        let counted = between.len() < 30 && people.parts.iter().any(|p| between.contains(p.as_str()));
        if counted {
            part.figure.part_of = Some(Phrase { text: whole.figure.text.clone(), span: whole.figure.span });
        }
        if bare || counted {
            part.figure.unit.clone_from(&whole.figure.unit);
        }
    }
}

#[cfg(test)]
mod tests;
