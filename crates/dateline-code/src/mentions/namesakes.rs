//! Which of several states a name is of: "Georgia" in a report that speaks of Atlanta is no state of the Caucasus.

use super::{Mentions, Setting, Via, word};
use crate::{toponyms, tree};
use dateline_knowledge::{NameKind, Namesake};
use dateline_report::Place;
use std::collections::BTreeMap;
use std::ops::Range;

/// Gives what bears a name of several states to that which the report speaks of, where it speaks of nothing else in the usual one.
pub(super) fn settle(setting: &Setting, found: &mut Mentions) {
    for namesake in setting.knowledge.namesakes() {
        if !found.iter().any(|m| bears(setting, m.tokens.clone(), namesake)) {
            continue;
        }
        if let Some(other) = meant(setting, found, namesake) {
            for m in &mut found.all {
                if m.actor.country.as_deref() == Some(namesake.usual) {
                    m.actor.country = Some(other.to_owned());
                    if !m.actor.person {
                        // Its name and id were the usual state's.
                        (m.actor.name, m.actor.id) = (None, None);
                    }
                }
            }
        }
    }
}

/// The other state that a name is of; none where the usual one is meant.
fn meant<'n>(setting: &Setting, found: &Mentions, namesake: &'n Namesake) -> Option<&'n str> {
    let Setting { a, text, knowledge, on, .. } = *setting;
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let own = found.iter().filter(|m| m.via == Via::Words && !bears(setting, m.tokens.clone(), namesake));
    for country in own.filter_map(|m| m.actor.country.clone()) {
        *told.entry(country).or_default() += 1;
    }
    let towns: Vec<Place> = a
        .entities
        .iter()
        .filter(|e| e.kind.is_place() && !bears(setting, e.tokens.clone(), namesake))
        .filter_map(|e| toponyms::resolve(knowledge, e.span.text(text)?, on, &told))
        .collect();
    let evidence = |state: &str| {
        let places = towns.iter().filter(|p| p.country.as_deref() == Some(state));
        let name = namesake.names[0];
        if knowledge.has_unit(state, name) {
            places.filter(|p| p.admin1.as_deref() == Some(name)).count()
        } else {
            places.count() + told.get(state).copied().unwrap_or(0)
        }
    };
    let others = namesake.others.iter().map(|s| (evidence(s), *s)).filter(|(n, _)| *n > 0);
    others.max_by_key(|x| x.0).map(|x| x.1).filter(|_| evidence(namesake.usual) == 0)
}

/// Whether words hold a name of several states.
fn bears(setting: &Setting, mut tokens: Range<usize>, namesake: &Namesake) -> bool {
    tokens.any(|i| namesake.names.contains(&word(setting.a, setting.text, i)) && !in_longer_name(setting, i))
}

/// Whether a word is a part of a state's longer name, which no other has: "South Korea", "Equatorial Guinea", "Republic of the Congo".
fn in_longer_name(setting: &Setting, i: usize) -> bool {
    let Setting { a, text, knowledge, on, .. } = *setting;
    let named = |range: Range<usize>| {
        let proper = range.clone().any(|k| k != i && word(a, text, k).starts_with(char::is_uppercase));
        let words = tree::span_of(a, &range).text(text).filter(|_| proper);
        words.and_then(|w| knowledge.name(w, on)).is_some_and(|n| n.kind <= NameKind::Demonym)
    };
    let ends = || i + 1..=a.tokens.len().min(i + LONGEST);
    (i.saturating_sub(LONGEST)..=i).any(|start| ends().any(|end| named(start..end)))
}

/// Words that may stand on either side of a name within a longer one.
const LONGEST: usize = 4;
