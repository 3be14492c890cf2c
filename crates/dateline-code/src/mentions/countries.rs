//! The country of people who are named without one.

use super::memory::{COUNTERPART, Memory};
use super::{Mention, Mentions, Reference, Setting, Via, word};
use crate::{place, toponyms, tree};
use dateline_annotate::{EntityKind, Rel, Upos};
use std::collections::BTreeMap;

/// Which states a report speaks of, how often and where.
struct Spoken {
    /// How often the report speaks of each.
    report: BTreeMap<String, usize>,
    /// By sentence the words that name them.
    by_sentence: BTreeMap<usize, Vec<(usize, String)>>,
    /// Towns and countries in whose bounds something may happen, by their last word.
    places: BTreeMap<usize, String>,
}

impl Spoken {
    fn of(setting: &Setting, found: &Mentions) -> Spoken {
        let Setting { a, text, knowledge, on, dateline, .. } = *setting;
        let mut out = Spoken { report: BTreeMap::new(), by_sentence: BTreeMap::new(), places: BTreeMap::new() };
        for m in found.iter() {
            if let Some(c) = m.actor.country.as_deref().filter(|c| is_state(c)) {
                // Who is "it said" all over a report makes it no more one about his country.
                *out.report.entry(c.to_owned()).or_default() += usize::from(m.reference != Reference::Pronoun);
                out.by_sentence.entry(a.sentence_of(m.head)).or_default().push((m.head, c.to_owned()));
                if m.reference == Reference::Name && !m.actor.person {
                    out.places.insert(m.head, c.to_owned());
                }
            }
        }
        // Towns tell where a sentence plays as well as actors do.
        let named = out.report.clone();
        let towns = a.entities.iter().filter(|e| e.kind.is_place() && found.at(e.tokens.end - 1).is_none());
        for e in towns {
            let name = e.span.text(text).unwrap_or_default();
            if let Some(c) = toponyms::resolve(knowledge, name, on, &named).and_then(|p| p.country) {
                *out.report.entry(c.clone()).or_default() += 1;
                out.places.insert(e.tokens.end - 1, c.clone());
                out.by_sentence.entry(a.sentence_of(e.tokens.start)).or_default().push((e.tokens.start, c));
            }
        }
        let home: Option<String> =
            dateline.and_then(|d| toponyms::resolve(knowledge, &title_case(d), on, &named)).and_then(|p| p.country);
        if let Some(c) = home {
            *out.report.entry(c).or_default() += DATELINE;
        }
        out
    }
}

/// Gives people without a country of their own ("police", "residents") that of their surroundings: the country the sentence
/// speaks of, else the one the report speaks of most.
pub(super) fn settle(setting: &Setting, memory: &Memory, found: &mut Mentions) {
    let Setting { a, text, knowledge, .. } = *setting;
    let Spoken { report, by_sentence, places } = Spoken::of(setting, found);
    // Who else of the sector has a country of their own: "the rebels" are those told of before.
    let mut by_sector: BTreeMap<(String, String), usize> = BTreeMap::new();
    for m in found.iter() {
        if let (Some(s), Some(c)) = (&m.actor.sector, &m.actor.country) {
            *by_sector.entry((s.clone(), c.clone())).or_default() += 1;
        }
    }
    let of_sector = |sector: Option<&str>| {
        let own = by_sector.iter().filter(|((s, c), _)| Some(s.as_str()) == sector && is_state(c));
        own.max_by(|x, y| x.1.cmp(y.1).then(y.0.cmp(x.0))).filter(|(_, n)| **n >= 2).map(|((_, c), _)| c.clone())
    };
    let opponents = opponents(setting, found);
    let strangers = strangers(setting, found);
    let main = toponyms::main_country(&report);
    // Where one country is what the report is about, unnamed people are its own, whatever other country stands in the sentence.
    let share = main.as_ref().map_or(0, |c| report[c]);
    let at_home = share * 2 >= report.values().sum::<usize>();
    for m in &mut found.all {
        // Somebody known by name alone is of the state that the report speaks of whose names are likest to it.
        let named = m.actor.person && m.reference == Reference::Name && m.actor.country.is_none();
        let home = named.then(|| likest(setting, own_name(setting, m), &report)).flatten();
        // "Western powers", "world leaders", "all parties" are of no one country.
        // "Foreign" is a part of the office in "foreign minister".
        let in_role = |c: usize| m.actor.role.as_deref().is_some_and(|r| r.starts_with(a.tokens[c].lemma.as_str()));
        let wide = a.children(m.head).any(|c| knowledge.modifier(&a.tokens[c].lemma) == Some("wide") && !in_role(c));
        let many_states = wide
            || m.actor.sector.as_deref() == Some("GOV")
                && !m.actor.person
                && a.tokens[m.head].has("Number=Plur")
                && m.reference == Reference::Description
                && m.actor.role.as_deref().is_some_and(|r| {
                    ["country", "nation", "power", "state", "government"].iter().any(|x| r.ends_with(x))
                });
        if m.actor.country.is_some() || many_states {
            continue;
        }
        // People in flight are rarely of the country that they are told of in.
        if m.actor.sector.as_deref() == Some("REF") {
            continue;
        }
        if m.actor.sector.is_none() {
            // Somebody known by name alone is, as a rule, from where the report plays.
            if m.actor.person && m.reference == Reference::Name {
                m.actor.country = home.or_else(|| main.clone());
                m.via = Via::Surroundings;
                m.actor.sector = Some("CVL".to_owned());
            }
            continue;
        }
        let foreign = strangers.get(&m.head);
        let near = by_sentence
            .get(&a.sentence_of(m.head))
            .and_then(|c| c.iter().filter(|(_, c)| Some(c) != foreign).min_by_key(|(h, _)| h.abs_diff(m.head)))
            .map(|(_, c)| c.clone());
        let others = || toponyms::main_country(report.iter().filter(|(c, _)| Some(*c) != foreign));
        let main = if foreign.is_some() { others() } else { main.clone() };
        let told = m
            .actor
            .role
            .as_deref()
            .and_then(|r| memory.country_of(r))
            .filter(|_| m.reference == Reference::Description)
            // Once "Bulgarian police" in a report on Turkey makes its police no Bulgarians.
            .filter(|c| main.is_none() || !is_state(c) || report.get(*c).copied().unwrap_or(0) * TOLD >= share);
        let armed = matches!(m.actor.sector.as_deref(), Some("REB" | "PRM" | "OPP"));
        let sector = m.actor.sector.clone();
        // A people of several states is of that which the report speaks of most.
        let people =
            m.tokens.clone().find_map(|i| Some(knowledge.states_of_people(word(a, text, i))).filter(|s| !s.is_empty()));
        let spoken = |c: &&&str| report.get(**c).copied().unwrap_or(0);
        // Of states spoken of equally often the likeliest, which stands first.
        let of_people = people.and_then(|states| states.iter().rev().max_by_key(spoken));
        if let Some(state) = of_people.filter(|c| spoken(c) > 0) {
            m.actor.country = Some((*state).to_owned());
            m.via = Via::Surroundings;
            continue;
        }
        let opposed = || opponents.get(&m.head).or_else(|| opponents.values().next()).cloned();
        m.via = Via::Surroundings;
        m.actor.country = told
            .map(str::to_owned)
            .or_else(|| Some(()).filter(|()| armed).and_then(|()| opposed()))
            .or_else(|| Some(()).filter(|()| armed).and_then(|()| of_sector(sector.as_deref())))
            .or(home)
            .or_else(|| located(setting, m.head, &places))
            .or_else(|| main.clone().filter(|_| at_home))
            .or(near)
            .or(main);
    }
}

/// The state that somebody is not of, by his head word: who meets "his Russian counterpart" is no Russian.
fn strangers(setting: &Setting, found: &Mentions) -> BTreeMap<usize, String> {
    let a = setting.a;
    let subject = |m: &Mention| {
        let verb = tree::clause_verb(a, m.head)?;
        a.children(verb).find(|&c| a.tokens[c].rel == Rel::Nsubj)
    };
    let counterparts = found.iter().filter(|m| a.tokens[m.head].lemma == COUNTERPART && m.explicit);
    counterparts.filter_map(|m| Some((subject(m)?, m.actor.country.clone()?))).collect()
}

/// A person's name without title and office, as far as names of persons are marked in the mention.
fn own_name<'t>(setting: &Setting<'t>, m: &Mention) -> &'t str {
    let of_person = |e: &&dateline_annotate::Entity| {
        e.kind == EntityKind::Person && e.tokens.start >= m.tokens.start && e.tokens.end <= m.tokens.end
    };
    let span = setting.a.entities.iter().find(of_person).map_or(m.actor.span, |e| e.span);
    span.text(setting.text).unwrap_or_default()
}

/// The state of a report to which a person's name points, by how much the report speaks of it and how like its people's names
/// the name is.
fn likest(setting: &Setting, name: &str, report: &BTreeMap<String, usize>) -> Option<String> {
    let worth = |c: &str, told: usize| TELLING * (told as f32).ln() + setting.knowledge.likeness(name, c);
    let most = report.values().copied().max().unwrap_or(0);
    let scored = report.iter().filter(|(_, told)| **told * LITTLE >= most).map(|(c, &told)| (worth(c, told), c));
    scored.max_by(|x, y| x.0.total_cmp(&y.0)).map(|x| x.1.clone())
}

/// How many times as often the report may speak of another state than of the one that a name points to.
const LITTLE: usize = 4;

/// What the logarithm of how often a report speaks of a state is worth beside the likeness of names.
const TELLING: f32 = 6.0;

/// The country of the place in which people are said to do something, or to be: "students sang in Lagos".
fn located(setting: &Setting, people: usize, places: &BTreeMap<usize, String>) -> Option<String> {
    let a = setting.a;
    let verb = a.tokens[people].head.filter(|&v| a.tokens[v].upos == Upos::Verb);
    let within = |&c: &usize| {
        matches!(a.tokens[c].rel, Rel::Obl | Rel::Nmod)
            && place::is_local(tree::preposition(a, setting.text, c).as_deref())
    };
    let under = |word: usize| {
        a.children(word).filter(within).find_map(|c| {
            // A name's last word may stand below the one that the tree takes for its head.
            let phrase = tree::subtree(a, c);
            places.range(phrase).map(|(_, country)| country.clone()).next()
        })
    };
    under(people).or_else(|| verb.and_then(under))
}

/// The state that armed people without a country are named beside, by their head word: "the rebels" of "Sudan and the rebels" are Sudan's,
/// wherever the two meet.
fn opponents(setting: &Setting, found: &Mentions) -> BTreeMap<usize, String> {
    let a = setting.a;
    let first = |head: usize| match a.tokens[head].rel {
        Rel::Conj => a.tokens[head].head.unwrap_or(head),
        _ => head,
    };
    let state = |m: &&Mention| {
        m.actor.country.as_deref().is_some_and(is_state) && matches!(m.actor.sector.as_deref(), Some("GOV" | "MIL"))
    };
    let armed = found.iter().filter(|m| m.actor.country.is_none() && m.actor.sector.as_deref() == Some("REB"));
    armed
        .filter_map(|m| {
            let beside = found.iter().filter(state).find(|s| s.head != m.head && first(s.head) == first(m.head))?;
            Some((m.head, beside.actor.country.clone()?))
        })
        .collect()
}

/// Capitals of a place line as a name: "PORT SUDAN" is "Port Sudan".
fn title_case(place: &str) -> String {
    let word = |w: &str| {
        let mut c = w.chars();
        c.next().map_or(String::new(), |first| first.to_string() + &c.as_str().to_lowercase())
    };
    place.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// How many times as often the report may speak of its main country as of the one that it once gave people of a role.
const TOLD: usize = 2;

/// As how many mentions of its country a place line counts.
const DATELINE: usize = 2;

/// Whether a country code is a state's rather than one of PLOVER's non-state codes.
pub fn is_state(code: &str) -> bool {
    code.len() == 3 && !matches!(code, "IGO" | "NGO" | "UNO" | "EUR" | "IMG" | "MNC" | "ISM")
}
