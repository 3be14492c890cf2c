//! Names and descriptions: the phrase around a head word and what it resolves to.

use super::memory::{Around, Memory};
use super::{Mention, Reference, Via, inherit, word};
use crate::tree;
use dateline_annotate::timex::number;
use dateline_annotate::{Annotation, EntityKind, Rel, Upos};
use dateline_knowledge::{Knowledge, NameKind, Resolution};
use dateline_report::{Actor, Date, EventType};
use std::ops::Range;

/// Whether a word heads a phrase of its own: not an inner part of a name or a modifier without a name.
pub(super) fn is_phrase_head(a: &Annotation, i: usize, knowledge: &Knowledge) -> bool {
    let t = &a.tokens[i];
    match t.rel {
        Rel::Flat
        | Rel::Fixed
        | Rel::Goeswith
        | Rel::Case
        | Rel::Mark
        | Rel::Cc
        | Rel::Punct
        | Rel::Aux
        | Rel::AuxPass
        | Rel::Cop => false,
        Rel::Compound | Rel::Amod | Rel::NmodDesc | Rel::Det => {
            // "President" of "President Rouhani" is he.
            if in_hyphened_role(a, i, knowledge) || is_title(a, i, knowledge) {
                return false;
            }
            starts_upper(a, i) || inside_entity(a, i) || acts_in_noun(a, i, knowledge)
        }
        Rel::Nummod => false,
        // "the US Secretary of [State]", "Syrian Observatory for [Human Rights]": a part of a name.
        Rel::Nmod if inside_title(a, i, knowledge) => false,
        _ => t.upos != Upos::Det && (t.upos != Upos::Num || t.rel != Rel::Nummod),
    }
}

/// "Thousands marched", "sixteen were acquitted": people of whom only their number is told.
pub(super) fn crowd(a: &Annotation, text: &str, head: usize) -> Option<Mention> {
    let t = &a.tokens[head];
    let words: Vec<&str> = (head..a.tokens.len().min(head + 3)).map(|i| word(a, text, i)).collect();
    let number = number::read(&words).filter(|_| matches!(t.upos, Upos::Num | Upos::Noun))?;
    // Figures without a noun are as often years and sums.
    let many = number.value > 1.0 && words[0].starts_with(char::is_alphabetic);
    let of_verb = t.head.is_some_and(|v| a.tokens[v].upos == Upos::Verb);
    let slot = matches!(t.rel, Rel::Nsubj | Rel::NsubjPass | Rel::Obj) && of_verb;
    // "Dozens of villages" are villages; "two" of money or of shares counts no people.
    let counts = |c: usize| a.tokens[c].rel == Rel::Nmod && c >= head + number.words || a.tokens[c].upos == Upos::Sym;
    if !many || !slot || a.children(head).any(counts) {
        return None;
    }
    let tokens = tree::noun_phrase(a, head);
    let span = tree::span_of(a, &tokens);
    let words = span.text(text).unwrap_or_default().to_owned();
    Some(Mention {
        head,
        tokens,
        actor: Actor { span, text: words, sector: Some("CVL".to_owned()), ..Actor::default() },
        reference: Reference::Description,
        appositive: false,
        other: None,
        explicit: false,
        adjective: false,
        via: Via::Surroundings,
        antecedent: None,
    })
}

/// Whether a word is a title or an office before the name that it belongs to.
fn is_title(a: &Annotation, i: usize, knowledge: &Knowledge) -> bool {
    let lemma = a.tokens[i].lemma.as_str();
    let named = a.tokens[i].head.is_some_and(|h| h > i && a.tokens[h].upos == Upos::Propn);
    named && (knowledge.is_title(lemma) || knowledge.role(lemma).is_some_and(|r| r.person))
}

/// Whether a word is one part of a role that a hyphen joins: "secretary-general".
pub(super) fn in_hyphened_role(a: &Annotation, i: usize, knowledge: &Knowledge) -> bool {
    let role = |first: usize| {
        let hyphen = a.tokens.get(first + 1).is_some_and(|t| t.lemma == "-");
        let last = a.tokens.get(first + 2).filter(|_| hyphen);
        last.is_some_and(|l| knowledge.role(&format!("{}-{}", a.tokens[first].lemma, l.lemma)).is_some())
    };
    role(i) || i >= 2 && role(i - 2)
}

/// Whether a word stands in a role or organisation of several words together with its head: "state" in "secretary of state".
fn inside_title(a: &Annotation, i: usize, knowledge: &Knowledge) -> bool {
    let Some(head) = a.tokens[i].head.filter(|&h| h < i && i - h <= 3) else { return false };
    let lemmas: Vec<&str> = (head..=i).map(|k| a.tokens[k].lemma.as_str()).collect();
    knowledge.role(&lemmas.join(" ")).is_some()
}

/// "rebel attack", "student protests": people named by a noun before a noun that is none for people.
fn acts_in_noun(a: &Annotation, i: usize, knowledge: &Knowledge) -> bool {
    let lemma = |i: usize| a.tokens[i].lemma.as_str();
    let people = |i: usize| knowledge.role(lemma(i)).is_some();
    let Some(noun) = a.tokens[i].head.filter(|_| a.tokens[i].rel == Rel::Compound) else { return false };
    let phrase = format!("{} {}", lemma(i), lemma(noun));
    people(i) && !people(noun) && knowledge.role(&phrase).is_none() && a.tokens[noun].event.none < 0.8
}

fn inside_entity(a: &Annotation, i: usize) -> bool {
    a.entity_at(i).is_some()
}

pub(super) fn starts_upper(a: &Annotation, i: usize) -> bool {
    a.tokens[i].upos == Upos::Propn || a.tokens[i].lemma.chars().next().is_some_and(char::is_uppercase)
}

/// "The Paris meeting", "Washington state": a capital before a noun for talks or for a sort of place says where, not which government.
pub(super) fn is_venue(a: &Annotation, text: &str, head: usize, knowledge: &Knowledge, on: Option<Date>) -> bool {
    let talks = |noun: usize| a.tokens[noun].event.best.is_some_and(|(kind, _)| kind == EventType::Consult);
    let place = |noun: usize| knowledge.is_kind(&a.tokens[noun].lemma.to_lowercase());
    a.tokens[head].rel == Rel::Compound
        && a.tokens[head].head.is_some_and(|noun| talks(noun) || place(noun))
        && knowledge.name(word(a, text, head), on).is_some_and(|n| n.kind == NameKind::Capital)
}

/// The mention that a head word stands for, if it resolves to anything.
pub(super) fn described(
    a: &Annotation,
    text: &str,
    head: usize,
    knowledge: &Knowledge,
    on: Option<Date>,
    memory: &Memory,
    around: &Around,
) -> Option<Mention> {
    if is_venue(a, text, head, knowledge, on) {
        return None;
    }
    let modifier = matches!(a.tokens[head].rel, Rel::Compound | Rel::Amod | Rel::NmodDesc | Rel::Det);
    let tokens = tree::noun_phrase(a, head);
    // "Mr" alone is nobody; a parse may cut it off its name.
    if knowledge.is_title(&a.tokens[head].lemma)
        && tokens.len() == 1
        && a.tokens.get(head + 1).is_some_and(|t| t.upos == Upos::Propn)
    {
        return None;
    }
    let tokens = if modifier { name_around(a, text, head) } else { tokens };
    let entity = a.entity_at(head);
    let mut tokens = tokens;
    if let Some(e) = entity {
        let s = a.sentence_of(head);
        if a.sentence_of(e.tokens.start) == s && !modifier {
            tokens = tokens.start.min(e.tokens.start)..tokens.end.max(e.tokens.end);
        }
    }
    let tokens = if a.tokens[head].upos == Upos::Propn { own_part(a, text, head, tokens) } else { tokens };
    // "Ankara-Athens": each of two known names is a mention of its own.
    let known = |i: usize| knowledge.name(word(a, text, i), on).is_some();
    let pair = |first: usize| tree::is_hyphen_pair(a, text, first) && known(first) && known(first + 2);
    let tokens = match head {
        h if pair(h) => tokens.start.min(h)..h + 1,
        h if h >= 2 && pair(h - 2) => h..tokens.end,
        _ => tokens,
    };
    let words: Vec<(&str, &str)> = tokens.clone().map(|i| (word(a, text, i), a.tokens[i].lemma.as_str())).collect();
    let mut r = knowledge.resolve_phrase(&words, head - tokens.start, on);
    // Nobody's name is a state's: "Chad Johnson", "Michael Jordan".
    let given = |i: usize| {
        let name = knowledge.name(word(a, text, i), on).filter(|n| n.kind <= NameKind::Capital);
        name.is_some_and(|n| Some(&n.country) == r.country.as_ref())
    };
    let full_name = entity.filter(|e| !r.person && e.kind == EntityKind::Person && e.tokens.len() > 1);
    if full_name.is_some_and(|e| e.tokens.clone().any(given)) {
        r = Resolution::default();
    }
    let mut actor = Actor {
        country: r.country,
        sector: r.sector,
        name: r.name,
        id: r.id,
        role: r.role,
        person: r.person || entity.is_some_and(|e| e.kind == EntityKind::Person),
        gender: r.gender,
        ..Actor::default()
    };
    let named = entity.is_some() || a.tokens[head].upos == Upos::Propn;
    if named && !actor.person && actor.sector.is_none() {
        actor.sector = kind_before(a, text, &tokens, knowledge);
    }
    let adjective = modifier && tokens.len() == 1 && actor.id.is_none() && a.tokens[head].upos == Upos::Adj;
    let tokens = trim(a, text, tokens);
    actor.span = tree::span_of(a, &tokens);
    actor.text.push_str(actor.span.text(text).unwrap_or_default());
    let reference = if named { Reference::Name } else { Reference::Description };
    let explicit = actor.country.is_some();
    let via = Via::Words;
    let mut m = Mention {
        head,
        tokens,
        actor,
        reference,
        appositive: false,
        other: None,
        explicit,
        adjective,
        via,
        antecedent: None,
    };
    if let Some(known) = namesake(a, text, &m, memory) {
        // "Omar Kagame" was told of: "Kagame" is he, no leader of that surname elsewhere.
        m.actor = Actor { span: m.actor.span, text: m.actor.text.clone(), ..known.actor.clone() };
        m.via = Via::Earlier;
    }
    if named && (m.actor.country.is_none() || m.actor.sector.is_none() || m.actor.id.is_none()) {
        if let Some(known) = memory.by_name(a, text, &m) {
            inherit(&mut m.actor, &known.actor);
            m.via = Via::Earlier;
        }
    } else if !named
        && m.actor.country.is_none()
        && definite(a, text, head)
        && let Some(known) = memory.by_description(&m.actor, around)
    {
        inherit(&mut m.actor, &known.actor);
        m.via = Via::Earlier;
    }
    // "The Blue Nile Alliance" is not the Blue Nile.
    let body = starts_upper(a, head) && m.actor.role.is_some() && !m.actor.person;
    if body && m.actor.name.as_ref().is_some_and(|n| !n.contains(word(a, text, head))) {
        (m.actor.name, m.actor.id) = (None, None);
    }
    let x = &m.actor;
    let nothing = x.country.is_none() && x.sector.is_none() && x.name.is_none() && !x.person;
    (!nothing).then_some(m)
}

/// The person whom the report told of by a full name that ends in the surname which stands here alone, when the tables know
/// somebody else by it.
fn namesake<'m>(a: &Annotation, text: &str, m: &Mention, memory: &'m Memory) -> Option<&'m Mention> {
    let alone = m.tokens.clone().filter(|&i| a.tokens[i].upos == Upos::Propn).count() == 1;
    let surname = m.reference == Reference::Name && m.actor.person && m.actor.id.is_some() && alone;
    let known = memory.by_name(a, text, m).filter(|_| surname)?;
    let ends = known.actor.text.to_lowercase().ends_with(&word(a, text, m.head).to_lowercase());
    let full = known.tokens.clone().filter(|&i| a.tokens[i].upos == Upos::Propn).count() > 1;
    (ends && full && known.actor.person && known.actor.id != m.actor.id).then_some(known)
}

/// The sector of what a name is said to be in front of it: "the rebel Blue Nile Alliance".
fn kind_before(a: &Annotation, text: &str, tokens: &Range<usize>, knowledge: &Knowledge) -> Option<String> {
    let before = tokens.clone().take_while(|&i| !starts_upper(a, i));
    before.filter(|&i| matches!(a.tokens[i].rel, Rel::Compound | Rel::Amod)).find_map(|i| {
        let role = knowledge.role(&a.tokens[i].lemma).filter(|_| word(a, text, i).starts_with(char::is_lowercase))?;
        role.sector.clone()
    })
}

/// The people of the second nation in "French and German diplomats": the same people once more, with the other country.
pub(super) fn second_nation(
    a: &Annotation,
    text: &str,
    m: &Mention,
    knowledge: &Knowledge,
    on: Option<Date>,
) -> Option<Actor> {
    let country = |i: usize| {
        let nation =
            knowledge.name(word(a, text, i), on).filter(|n| matches!(n.kind, NameKind::Country | NameKind::Demonym));
        nation.map(|n| n.country.clone())
    };
    let plural = a.tokens[m.head].upos == Upos::Noun && a.tokens[m.head].has("Number=Plur");
    let first = a.children(m.head).find(|&c| {
        matches!(a.tokens[c].rel, Rel::Amod | Rel::Compound) && m.tokens.contains(&c) && country(c).is_some()
    })?;
    let nations: Vec<String> = tree::conjuncts(a, first).into_iter().filter_map(country).collect();
    let other = nations.iter().find(|c| Some(*c) != m.actor.country.as_ref())?;
    let same = m.actor.country.as_ref().is_some_and(|c| nations.contains(c));
    (plural && same).then(|| Actor { country: Some(other.clone()), name: None, id: None, ..m.actor.clone() })
}

/// The part of a list of names that holds the head: parses of long lists run them together.
fn own_part(a: &Annotation, text: &str, head: usize, tokens: Range<usize>) -> Range<usize> {
    let parts = |i: &usize| a.tokens[*i].upos == Upos::Cconj && word(a, text, *i) != "&" || word(a, text, *i) == ",";
    let start = (tokens.start..head).rev().find(parts).map_or(tokens.start, |i| i + 1);
    let end = (head..tokens.end).find(parts).unwrap_or(tokens.end);
    // Titles and nationalities right before a name are its own, wherever the parse hangs them.
    let sentence = a.sentences[a.sentence_of(head)].tokens.start;
    let title = |i: usize| {
        let own = matches!(a.tokens[i].upos, Upos::Adj | Upos::Propn | Upos::Noun)
            && word(a, text, i).starts_with(char::is_uppercase);
        own && !a.times.iter().any(|t| t.span.overlaps(a.tokens[i].span))
    };
    let mut start = start;
    while start > sentence && title(start) && title(start - 1) {
        start -= 1;
    }
    start..end
}

/// A modifier's own words: its compound and flat parts, no determiner.
fn name_around(a: &Annotation, text: &str, head: usize) -> Range<usize> {
    let mut range = head..head + 1;
    for c in a.children(head) {
        if matches!(a.tokens[c].rel, Rel::Compound | Rel::Flat | Rel::Amod | Rel::NmodDesc)
            && !tree::is_hyphen_pair(a, text, c)
            && !(c >= 2 && tree::is_hyphen_pair(a, text, c - 2))
        {
            range = range.start.min(c)..range.end.max(c + 1);
        }
    }
    range
}

/// Without the article, possessive mark and punctuation at the edges.
fn trim(a: &Annotation, text: &str, mut tokens: Range<usize>) -> Range<usize> {
    let edge = |i: usize| {
        matches!(a.tokens[i].upos, Upos::Punct | Upos::Cconj | Upos::Adp)
            || matches!(word(a, text, i), "'s" | "’s" | "'" | "’")
    };
    while tokens.len() > 1 && edge(tokens.end - 1) {
        tokens.end -= 1;
    }
    while tokens.len() > 1 && edge(tokens.start) {
        tokens.start += 1;
    }
    tokens
}

fn definite(a: &Annotation, text: &str, head: usize) -> bool {
    a.children(head).any(|c| {
        matches!(a.tokens[c].rel, Rel::Det | Rel::NmodPoss)
            && matches!(word(a, text, c).to_lowercase().as_str(), "the" | "this" | "that" | "its" | "their")
    })
}
