//! Which events are wanted.

use dateline_report::{Date, EventType, Status};
use rusqlite::types::Value;
use std::fmt;
use std::str::FromStr;

/// Conditions on events; all must hold, and of several values of one condition any. Empty conditions let everything pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// PLOVER types.
    pub types: Vec<EventType>,
    /// Statuses.
    pub statuses: Vec<Status>,
    /// Who takes part in any role.
    pub actors: Vec<Who>,
    /// Countries (ISO 3166 alpha-3) where it takes place.
    pub countries: Vec<String>,
    /// Who with or against whom.
    pub dyads: Vec<Dyad>,
    /// Names of places or provinces, upper and lower case being the same.
    pub places: Vec<String>,
    /// Not over before this day. An event whose day the text does not tell counts for the day of publication.
    pub from: Option<Date>,
    /// Begun by this day.
    pub to: Option<Date>,
    /// Outlets that carried the report or a copy of it.
    pub outlets: Vec<String>,
    /// Least confidence, 0 to 1.
    pub confidence: Option<f32>,
}

/// A party: a country code ("ISR"), a sector ("GOV"), both ("ISR GOV"), or a name or id as the knowledge base has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who(String);

impl FromStr for Who {
    type Err = String;

    fn from_str(s: &str) -> Result<Who, String> {
        let s = s.trim();
        if s.is_empty() {
            return Err("a country code (ISR), a sector (GOV), both (\"ISR GOV\") or a name".to_owned());
        }
        Ok(Who(s.to_owned()))
    }
}

/// Two parties of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dyad {
    /// The first, the actor if directed.
    first: Who,
    second: Who,
    directed: bool,
}

impl FromStr for Dyad {
    type Err = String;

    /// "ISR-PSE" in either direction or together, "ISR>PSE" from the first to the second.
    fn from_str(s: &str) -> Result<Dyad, String> {
        let (first, second, directed) = if let Some((a, b)) = s.split_once('>') {
            (a, b, true)
        } else if let Some((a, b)) = s.split_once(" - ") {
            (a, b, false)
        } else if s.matches('-').count() == 1
            && let Some((a, b)) = s.split_once('-')
        {
            (a, b, false)
        } else {
            return Err("two parties, as in ISR-PSE, ISR>PSE or \"Abu Sayyaf - PHL\"".to_owned());
        };
        Ok(Dyad { first: first.parse()?, second: second.parse()?, directed })
    }
}

impl fmt::Display for Dyad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.first.0, if self.directed { ">" } else { "-" }, self.second.0)
    }
}

/// A condition in SQL with its values.
#[derive(Debug, Default)]
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Condition {
    /// Adds a part that must hold too.
    pub(crate) fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        if !self.sql.is_empty() {
            self.sql.push_str(" AND ");
        }
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    /// Adds "`what` is one of these".
    fn one_of<T: Into<Value>>(&mut self, what: &str, list: impl IntoIterator<Item = T>) {
        let values: Vec<Value> = list.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.and(&format!("{what} IN ({})", marks(values.len())), values);
        }
    }

    /// Adds parts of which one must hold.
    fn any(&mut self, parts: Vec<Condition>) {
        if !parts.is_empty() {
            let sql = parts.iter().map(|p| p.sql.as_str()).collect::<Vec<_>>().join(" OR ");
            self.and(&format!("({sql})"), parts.into_iter().flat_map(|p| p.values));
        }
    }
}

fn marks(n: usize) -> String {
    vec!["?"; n].join(", ")
}

impl Filter {
    /// Whether anything is asked of events, days apart: those can be asked of reports as well.
    pub fn is_about_events(&self) -> bool {
        let f = Filter { from: None, to: None, outlets: Vec::new(), ..self.clone() };
        f != Filter::default()
    }

    /// The conditions on a row `e` of `events`; empty if there are none.
    pub(crate) fn events(&self) -> Condition {
        let mut c = Condition::default();
        c.one_of("e.type", self.types.iter().map(|t| t.as_str().to_owned()));
        c.one_of("e.status", self.statuses.iter().map(|s| s.as_str().to_owned()));
        c.one_of("e.country", self.countries.iter().map(|x| x.to_uppercase()));
        c.any(self.actors.iter().map(|who| who.takes_part(None)).collect());
        c.any(self.dyads.iter().map(Dyad::condition).collect());
        let place = |p: &String| Condition {
            sql: "e.place = ? COLLATE NOCASE OR e.place_text = ? COLLATE NOCASE OR e.admin1 = ? COLLATE NOCASE"
                .to_owned(),
            values: vec![Value::from(p.clone()); 3],
        };
        c.any(self.places.iter().map(place).collect());
        if let Some(d) = self.from {
            c.and("coalesce(e.date_end, e.day) >= ?", [Value::from(d.to_string())]);
        }
        if let Some(d) = self.to {
            c.and("e.day <= ?", [Value::from(d.to_string())]);
        }
        if let Some(x) = self.confidence {
            c.and("e.confidence >= ?", [Value::from((f64::from(x) * 1000.0).round() / 1000.0)]);
        }
        c
    }

    /// Conditions on the number `n` of a report that indexes answer, and that every report meets which has an event for the filter.
    pub(crate) fn reports(&self, n: &str) -> Condition {
        let mut c = Condition::default();
        let among = |who: &[&Who]| {
            let mut any = Condition::default();
            any.any(who.iter().map(|w| w.is_actor()).collect());
            let sql = format!("{n} IN (SELECT a.report FROM event_actors a WHERE {})", any.sql);
            Condition { sql, values: any.values }
        };
        for who in [self.actors.iter().collect::<Vec<_>>(), self.dyads.iter().map(|d| &d.first).collect()] {
            if !who.is_empty() {
                let some = among(&who);
                c.and(&some.sql, some.values);
            }
        }
        if !self.countries.is_empty() {
            let sql =
                format!("{n} IN (SELECT e.report FROM events e WHERE e.country IN ({}))", marks(self.countries.len()));
            c.and(&sql, self.countries.iter().map(|x| Value::from(x.to_uppercase())));
        }
        c
    }

    /// The condition on outlets of a report of number `n`.
    pub(crate) fn outlets(&self, n: &str) -> Condition {
        let mut c = Condition::default();
        let carried = |o: &String| Condition {
            sql: format!("EXISTS (SELECT 1 FROM outlets o WHERE o.report = {n} AND o.outlet = ? COLLATE NOCASE)"),
            values: vec![Value::from(o.clone())],
        };
        c.any(self.outlets.iter().map(carried).collect());
        c
    }
}

impl Who {
    /// The condition that this party is among the actors of event `e`, in one part or any.
    fn takes_part(&self, part: Option<i64>) -> Condition {
        let mut c = Condition::default();
        c.and("a.report = e.report AND a.seq = e.seq", []);
        if let Some(p) = part {
            c.and(&format!("a.part = {p}"), []);
        }
        let is = self.is_actor();
        c.and(&is.sql, is.values);
        Condition { sql: format!("EXISTS (SELECT 1 FROM event_actors a WHERE {})", c.sql), values: c.values }
    }
}

impl Who {
    /// The condition that row `a` of `event_actors` is this party.
    fn is_actor(&self) -> Condition {
        let mut c = Condition::default();
        let code = |s: &str| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase());
        match self.0.split_once([' ', '/']) {
            Some((country, sector)) if code(country) && code(sector) => {
                c.and("a.country = ? AND a.sector = ?", [country.to_owned().into(), sector.to_owned().into()]);
            }
            _ if code(&self.0) => c.and("(a.country = ? OR a.sector = ?)", vec![Value::from(self.0.clone()); 2]),
            _ => c.and(
                "(a.name = ? COLLATE NOCASE OR a.id = ? OR a.text = ? COLLATE NOCASE)",
                vec![Value::from(self.0.clone()); 3],
            ),
        }
        c
    }
}

impl Dyad {
    fn condition(&self) -> Condition {
        let both = |a: &Who, part_a: i64, b: &Who, part_b: i64| {
            let (a, b) = (a.takes_part(Some(part_a)), b.takes_part(Some(part_b)));
            Condition { sql: format!("({} AND {})", a.sql, b.sql), values: [a.values, b.values].concat() }
        };
        let mut c = Condition::default();
        let mut ways = vec![both(&self.first, 0, &self.second, 1)];
        if !self.directed {
            ways.push(both(&self.second, 0, &self.first, 1));
            // Both sides of a meeting or an accord are its actors.
            ways.push(both(&self.first, 0, &self.second, 0));
        }
        c.any(ways);
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dyads_are_read_with_and_without_direction() {
        assert_eq!("ISR-PSE".parse::<Dyad>().unwrap().to_string(), "ISR - PSE");
        assert_eq!("ISR>Hamas".parse::<Dyad>().unwrap().to_string(), "ISR > Hamas");
        assert_eq!("Abu-Sayyaf - PHL".parse::<Dyad>().unwrap().to_string(), "Abu-Sayyaf - PHL");
        assert!("ISR".parse::<Dyad>().unwrap_err().contains("two parties"));
        assert!("ISR-".parse::<Dyad>().is_err());
    }

    #[test]
    fn an_empty_filter_asks_nothing() {
        assert_eq!(Filter::default().events().sql, "");
        assert!(!Filter { outlets: vec!["x".into()], ..Filter::default() }.is_about_events());
        assert!(Filter { places: vec!["x".into()], ..Filter::default() }.is_about_events());
    }
}
