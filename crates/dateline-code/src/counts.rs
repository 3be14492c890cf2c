//! How many were killed, injured or held in one event.

use crate::candidates::Candidate;
use crate::coder::Reading;
use crate::figures::Found;
use crate::roles::Participants;
use dateline_report::{Approx, EventType};

/// (killed, injured, held) of an event, as its own sentence states them.
pub(crate) fn of(r: &Reading, c: &Candidate, figures: &[Found], parts: &Participants) -> (Option<u64>, Option<u64>, Option<u64>) {
    let mut out = (None, None, None);
    if !matches!(c.kind, EventType::Assault | EventType::Coerce) {
        return out;
    }
    let sentence = r.a.sentence_of(c.head);
    for f in figures.iter().filter(|f| r.a.sentence_of(f.noun) == sentence && !is_vague(f)) {
        let Some(fate) = f.fate.as_deref() else { continue };
        // The verb that tells the fate, or an event noun above or beside it in the same clause.
        let tied = path_meets(r, f.noun, c.head) || parts.heads.contains(&f.noun);
        if !tied {
            continue;
        }
        let slot = match (fate, c.kind) {
            ("dead" | "shot", EventType::Assault) => &mut out.0,
            ("wounded", EventType::Assault) => &mut out.1,
            ("held" | "detained" | "arrested", _) => &mut out.2,
            _ => continue,
        };
        if slot.is_none() {
            *slot = Some(f.figure.value);
        }
    }
    // "killed a commander": one person, when the verb itself kills.
    let lemma = r.a.tokens[c.head].lemma.to_lowercase();
    let single = parts.recipients.len() == 1 && parts.recipients[0].person;
    if single && c.kind == EventType::Assault && out.0.is_none() && matches!(lemma.as_str(), "kill" | "assassinate" | "murder" | "behead" | "execute" | "slay") {
        out.0 = Some(1);
    }
    out
}

fn is_vague(f: &Found) -> bool {
    f.figure.approx == Approx::AtLeast && f.figure.text.to_lowercase().ends_with(|c: char| c.is_alphabetic()) && f.figure.text.split_whitespace().next().is_some_and(|w| {
        matches!(w.to_lowercase().as_str(), "dozens" | "scores" | "hundreds" | "thousands" | "tens" | "millions")
    })
}

/// Whether the counted noun hangs on the event within three steps.
fn path_meets(r: &Reading, noun: usize, event: usize) -> bool {
    let mut at = noun;
    for _ in 0..4 {
        if at == event {
            return true;
        }
        match r.a.tokens[at].head {
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}
