//! Event counts by time, type and who.

use crate::{Filter, List, ListedActor, ListedEvent, Store, StoreError, Text};
use dateline_report::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Length of a row's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// A day, "2026-03-14".
    Day,
    /// An ISO week, "2026-W11".
    Week,
    /// A month, "2026-03".
    #[default]
    Month,
    /// A year, "2026".
    Year,
}

/// What a row counts apart beside type and time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Nothing.
    #[default]
    Nothing,
    /// The country where the event took place.
    Country,
    /// Countries of actor and recipient, "ISR>PSE"; of the two sides of a meeting or accord, "ISR-PSE". An event of several pairs counts
    /// for each.
    Dyad,
}

/// One row of counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// Time, empty for events whose day is unknown.
    pub period: String,
    /// PLOVER type.
    pub kind: String,
    /// Country or dyad, empty where unknown or not asked for.
    pub key: String,
    /// Events.
    pub events: u64,
    /// Sum of PLOVER intensities, where known.
    pub intensity: Option<f64>,
    /// Mean Goldstein value of the events that have one.
    pub goldstein: Option<f64>,
    /// Share of all events of the period in the store, whatever the filter, 0 to 1: growth of coverage cancels out.
    pub share: f64,
}

#[derive(Default)]
struct Sum {
    events: u64,
    intensity: Option<f64>,
    goldstein: (f64, u64),
}

impl Store {
    /// Counts the listed events that pass the filter. `goldstein` knows the value of a type and mode.
    pub fn counts(
        &self,
        list: List,
        filter: &Filter,
        period: Period,
        by: By,
        goldstein: &dyn Fn(&str, Option<&str>) -> Option<f32>,
    ) -> Result<Vec<Count>, StoreError> {
        let mut sums: BTreeMap<(String, String, String), Sum> = BTreeMap::new();
        self.each_event(list, filter, &mut |e| {
            let time = period.of(e.day.as_deref());
            for key in by.keys(&e) {
                let sum = sums.entry((time.clone(), e.kind.to_string(), key)).or_default();
                sum.events += 1;
                if let Some(x) = e.intensity {
                    *sum.intensity.get_or_insert(0.0) += x;
                }
                if let Some(x) = goldstein(&e.kind, e.mode.as_deref()) {
                    sum.goldstein.0 += f64::from(x);
                    sum.goldstein.1 += 1;
                }
            }
            Ok(())
        })?;
        let totals = self.totals(list, period)?;
        let count = |((period, kind, key), s): ((String, String, String), Sum)| Count {
            share: s.events as f64 / totals.get(&period).copied().unwrap_or(s.events).max(1) as f64,
            events: s.events,
            intensity: s.intensity.map(round),
            goldstein: (s.goldstein.1 > 0).then(|| round(s.goldstein.0 / s.goldstein.1 as f64)),
            period,
            kind,
            key,
        };
        Ok(sums.into_iter().map(count).collect())
    }

    /// All events of each period.
    fn totals(&self, list: List, period: Period) -> Result<BTreeMap<String, u64>, StoreError> {
        let read = || -> rusqlite::Result<BTreeMap<String, u64>> {
            let mut totals = BTreeMap::new();
            let sql = format!("SELECT e.day, count(*) FROM events e WHERE {} GROUP BY 1", list.condition());
            let mut statement = self.connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(r) = rows.next()? {
                *totals.entry(period.of(r.get_ref(0)?.as_str_or_null()?)).or_default() += r.get::<_, u64>(1)?;
            }
            Ok(totals)
        };
        read().map_err(|e| self.error(e))
    }
}

/// Three decimals: sums of floats differ in the last place with their order.
fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0 + 0.0
}

impl Period {
    fn of(self, day: Option<&str>) -> String {
        let Some(day) = day else { return String::new() };
        let to = |from_the_end: usize| day.get(..day.len() - from_the_end).unwrap_or_default().to_owned();
        match self {
            Period::Day => day.to_owned(),
            Period::Week => day.parse::<Date>().map_or_else(
                |_| String::new(),
                |d| {
                    let w = d.iso_week_date();
                    format!("{:04}-W{:02}", w.year(), w.week())
                },
            ),
            Period::Month => to(3),
            Period::Year => to(6),
        }
    }
}

impl By {
    fn keys(self, e: &ListedEvent) -> BTreeSet<String> {
        let countries = |list: &[ListedActor]| list.iter().filter_map(|a| a.country.clone()).collect::<BTreeSet<_>>();
        let mut keys = BTreeSet::new();
        match self {
            By::Nothing => {}
            By::Country => keys.extend(e.country.as_ref().map(Text::to_string)),
            By::Dyad => {
                let (actors, recipients) = (countries(&e.actors), countries(&e.recipients));
                for a in &actors {
                    keys.extend(recipients.iter().map(|r| format!("{a}>{r}")));
                }
                if recipients.is_empty() {
                    let pairs = actors.iter().flat_map(|a| actors.iter().filter(move |b| a < *b).map(move |b| (a, b)));
                    keys.extend(pairs.map(|(a, b)| format!("{a}-{b}")));
                }
            }
        }
        if keys.is_empty() {
            keys.insert(String::new());
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_named_as_iso_does() {
        assert_eq!(Period::Week.of(Some("2027-01-01")), "2026-W53");
        assert_eq!(Period::Month.of(Some("2026-03-14")), "2026-03");
        assert_eq!(Period::Year.of(Some("2026-03-14")), "2026");
        assert_eq!(Period::Day.of(None), "");
    }

    #[test]
    fn an_event_counts_for_each_of_its_pairs_and_meetings_for_their_sides() {
        let actor = |c: &str| ListedActor { country: Some(c.into()), ..ListedActor::default() };
        let keys = |a: &[&str], r: &[&str]| {
            let e = ListedEvent {
                actors: a.iter().map(|c| actor(c)).collect(),
                recipients: r.iter().map(|c| actor(c)).collect(),
                ..ListedEvent::default()
            };
            By::Dyad.keys(&e).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(keys(&["ISR"], &["PSE", "LBN"]), ["ISR>LBN", "ISR>PSE"]);
        assert_eq!(keys(&["SDN", "EGY"], &[]), ["EGY-SDN"]);
        assert_eq!(keys(&["SDN"], &[]), [""]);
    }
}
