//! Pressure and violence around the talks: what the parties do to each other, week by week.

use super::Material;
use super::parties::Cast;
use crate::Side;
use crate::happening::merge;
use dateline_report::{Date, Status};
use serde::Serialize;
use std::collections::BTreeMap;

/// What happened between two sides in a week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    /// Monday.
    pub monday: Date,
    /// The two sides in alphabetical order of their codes.
    pub sides: [Side; 2],
    /// Happenings in words of cooperation (quad class 1).
    pub verbal_cooperation: usize,
    /// In deeds of cooperation (2).
    pub material_cooperation: usize,
    /// In words of conflict (3).
    pub verbal_conflict: usize,
    /// In deeds of conflict (4).
    pub material_conflict: usize,
}

/// Weeks in which something happened between two parties, by week.
pub(crate) fn weeks(m: &Material, cast: &Cast) -> Vec<Week> {
    let mut weeks: BTreeMap<(Date, [Side; 2]), [usize; 4]> = BTreeMap::new();
    for h in merge(m.told).iter().filter(|h| h.status == Status::Actual) {
        let Some(monday) = h.start.and_then(monday) else { continue };
        let sides: Vec<&Side> = h.actors.iter().chain(&h.recipients).filter(|s| cast.is_party(s)).collect();
        for (i, a) in sides.iter().enumerate() {
            for b in sides[i + 1..].iter().filter(|b| *b != a) {
                let pair = [(*a).min(b).clone(), (*a).max(b).clone()];
                weeks.entry((monday, pair)).or_default()[usize::from(h.kind.quad() - 1)] += 1;
            }
        }
    }
    weeks
        .into_iter()
        .map(|((monday, sides), n)| Week {
            monday,
            sides,
            verbal_cooperation: n[0],
            material_cooperation: n[1],
            verbal_conflict: n[2],
            material_conflict: n[3],
        })
        .collect()
}

fn monday(day: Date) -> Option<Date> {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().days(back)).ok()
}
