//! Who mediates: states that the report calls mediators stand between the sides of its negotiations.

use crate::coder::Reading;
use crate::talk::TalkWords;
use dateline_report::{Event, EventType};
use std::collections::BTreeSet;

/// Moves mediators from the actors to the third parties of negotiations: where talks have two other sides, or are told only by
/// those who mediate.
pub(crate) fn settle(r: &Reading, words: &TalkWords, events: &mut [Event], heads: &[usize]) {
    let mediates = |role: Option<&str>| role.is_some_and(|x| x.contains("mediator"));
    let mediators: BTreeSet<String> = r
        .mentions
        .iter()
        .filter(|m| mediates(m.actor.role.as_deref()) || modifies_mediator(r, m.head))
        .filter_map(|m| m.actor.country.clone())
        .collect();
    if mediators.is_empty() {
        return;
    }
    for (e, &head) in events.iter_mut().zip(heads) {
        if e.kind != EventType::Consult || !words.names_talks(r.a, r.text, head) || e.actors.is_empty() {
            continue;
        }
        let is_mediator = |c: Option<&String>| c.is_some_and(|c| mediators.contains(c));
        let between = e.actors.iter().filter(|a| is_mediator(a.country.as_ref())).count();
        if between == 0 || e.actors.iter().any(|a| a.person) {
            continue;
        }
        let sides = e.actors.len() - between;
        // Mediators beside two sides; or a list in which they are the most: all who are named stand between.
        if sides >= 2 {
            let (third, sides): (Vec<_>, Vec<_>) = e.actors.drain(..).partition(|a| is_mediator(a.country.as_ref()));
            e.actors = sides;
            e.third_parties.extend(third);
        } else if between >= 2 {
            e.third_parties.append(&mut e.actors);
        }
    }
}

/// "Egyptian and Qatari mediators": adjectives of the noun, and those coordinated with them.
fn modifies_mediator(r: &Reading, word: usize) -> bool {
    let mut at = word;
    for _ in 0..3 {
        let Some(h) = r.a.tokens[at].head else { return false };
        if r.a.tokens[h].lemma.eq_ignore_ascii_case("mediator") {
            return true;
        }
        at = h;
    }
    false
}
