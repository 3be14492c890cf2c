//! Who sat with whom: parties and those between them.

use crate::escape;
use dateline_story::{Dossier, Part, Party, Side};
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::fmt::Write;

const SIZE: (f64, f64) = (900.0, 330.0);
/// Sides drawn at most.
const DRAWN: usize = 14;

/// Sides on an ellipse, joined where they sat in one round, the thicker the oftener; mediators in the middle.
pub(super) fn parties(o: &mut String, d: &Dossier) {
    let n = &d.negotiation;
    let (outer, inner): (Vec<&Party>, Vec<&Party>) =
        n.parties.iter().chain(&n.third_parties).take(DRAWN).partition(|p| p.part != Part::Mediator);
    if outer.len() + inner.len() < 2 {
        return;
    }
    let mut at: BTreeMap<&Side, (f64, f64)> = BTreeMap::new();
    for (ring, sides) in [(1.0, &outer), (0.3, &inner)] {
        for (i, p) in sides.iter().enumerate() {
            let turn = TAU * (i as f64 / sides.len() as f64) + TAU / 2.0;
            at.insert(&p.side, (SIZE.0 / 2.0 + turn.cos() * 330.0 * ring, SIZE.1 / 2.0 + turn.sin() * 118.0 * ring));
        }
    }
    let mut together: BTreeMap<(&Side, &Side), usize> = BTreeMap::new();
    for r in &n.rounds {
        let all: Vec<&Side> = r.parties.iter().chain(&r.third_parties).collect();
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                *together.entry((a.min(b), a.max(b))).or_default() += 1;
            }
        }
    }
    let _ = write!(
        o,
        "<figure tabindex=\"0\"><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Who sat with whom\">",
        SIZE.0, SIZE.1
    );
    for ((a, b), rounds) in &together {
        let (Some((x1, y1)), Some((x2, y2))) = (at.get(a), at.get(b)) else { continue };
        let _ = write!(
            o,
            "<line class=\"edge\" x1=\"{x1:.0}\" y1=\"{y1:.0}\" x2=\"{x2:.0}\" y2=\"{y2:.0}\" stroke-width=\"{:.1}\"><title>{} and {}: {rounds} rounds</title></line>",
            (*rounds as f64).sqrt() * 1.6,
            escape(d.name(a)),
            escape(d.name(b))
        );
    }
    for p in outer.iter().chain(&inner) {
        let Some((x, y)) = at.get(&p.side) else { continue };
        let third = if matches!(p.part, Part::Mediator | Part::Host) { " third" } else { "" };
        let r = 7.0 + (p.reports as f64).sqrt().min(12.0);
        let _ = write!(
            o,
            "<circle class=\"node{third}\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"{r:.0}\"/><text class=\"name\" x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
            y + r + 14.0,
            escape(&p.name)
        );
    }
    o.push_str("</svg><figcaption>Joined: together in a round; thicker: oftener. Larger: in more reports. Green: mediators and hosts.</figcaption></figure>");
}
