//! Whether a report is about public affairs at all: sport, business and weather are full of the words of conflict.

use crate::coder::Reading;
use crate::mentions::Mention;
use dateline_report::{Actor, Event};

/// Confidence that an event needs in a report on sport, business or weather, where strikes, attacks and talks are other things.
pub const PRIVATE: f32 = 0.9;

/// What a report on public affairs comes to at least: mentions of offices, forces, parties or courts a sentence, and the share of
/// sentences in which the learned coder sees an event, times `EVENTS`. Measured on the gold records, which lie above 3 but for one,
/// and on `corpus/quiet.txt`, which lies below.
const PUBLIC: f32 = 2.7;

/// What a sentence with an event counts for, in mentions.
const EVENTS: f32 = 4.0;

/// Sentences from which a text tells what it is about.
const TELLING: usize = 4;

/// Whether a report is about public affairs.
pub fn is_public(r: &Reading) -> bool {
    let told = |m: &&Mention| (m.actor.role.is_some() || m.actor.id.is_some()) && is_public_actor(&m.actor);
    let n = r.mentions.iter().filter(told).count();
    let sentences = &r.a.sentences;
    if sentences.len() < TELLING {
        return true;
    }
    let belief = |i: usize| {
        let e = &r.a.tokens[i].event;
        if e.types.is_empty() { 0.0 } else { 1.0 - e.none }
    };
    let events: f32 = sentences.iter().map(|s| s.tokens.clone().map(belief).fold(0.0, f32::max)).sum();
    n as f32 + EVENTS * events >= PUBLIC * sentences.len() as f32
}

/// Whether an office, force, party, court or body of states takes part in an event.
pub fn concerns_the_public(e: &Event) -> bool {
    e.actors.iter().chain(&e.recipients).chain(&e.third_parties).any(is_public_actor)
}

fn is_public_actor(x: &Actor) -> bool {
    let body = matches!(x.country.as_deref(), Some("UNO" | "EUR" | "IGO" | "IMG" | "NGO"));
    let sector = matches!(
        x.sector.as_deref(),
        Some("GOV" | "MIL" | "COP" | "REB" | "PRM" | "OPP" | "LEG" | "JUD" | "SPY" | "UAF" | "PTY" | "REF")
    );
    sector || body
}
