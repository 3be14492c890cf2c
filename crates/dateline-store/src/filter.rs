//! Which events are wanted.

use crate::rows;
use dateline_report::{Date, EventType, Status};
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Conditions on events; all must hold, and of several values of one condition any. Empty conditions let everything pass.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Who(String);

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Who {
    type Error = String;

    fn try_from(s: String) -> Result<Who, String> {
        s.parse()
    }
}

impl From<Who> for String {
    fn from(who: Who) -> String {
        who.0
    }
}

impl FromStr for Who {
    type Err = String;

    fn from_str(s: &str) -> Result<Who, String> {
        let name = s.split_whitespace().collect::<Vec<_>>().join(" ");
        // Names begin and end with something that is no mark between two names.
        if name.is_empty() || name.starts_with(['-', '>']) || name.ends_with(['-', '>']) {
            return Err("a country code (ISR), a sector (GOV), both (\"ISR GOV\") or a name".to_owned());
        }
        Ok(Who(name))
    }
}

/// Two parties of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

    /// Whether [`Filter::reports`] and the types and statuses of a report tell all there is to know: one kind of condition and no other.
    pub(crate) fn is_told_by_reports(&self) -> bool {
        let kinds =
            [!self.types.is_empty(), !self.statuses.is_empty(), !self.countries.is_empty(), !self.actors.is_empty()];
        let others = !self.dyads.is_empty() || !self.places.is_empty() || self.confidence.is_some();
        !others && self.from.is_none() && self.to.is_none() && kinds.into_iter().filter(|asked| *asked).count() == 1
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
        let of_actor =
            |way: Condition| Condition { sql: format!("SELECT a.report FROM event_actors a WHERE {}", way.sql), ..way };
        let actors: Vec<_> = self.actors.iter().flat_map(|w| w.ways("a")).map(of_actor).collect();
        let dyads: Vec<_> = self.dyads.iter().flat_map(Dyad::events).collect();
        for statements in [actors, dyads].into_iter().filter(|s| !s.is_empty()) {
            // One after the other, each from its own index: SQLite would look up every row for an OR.
            let sql = statements.iter().map(|w| w.sql.as_str()).collect::<Vec<_>>().join(" UNION ALL ");
            c.and(&format!("{n} IN ({sql})"), statements.into_iter().flat_map(|w| w.values));
        }
        if !self.countries.is_empty() {
            let sql =
                format!("{n} IN (SELECT e.report FROM events e WHERE e.country IN ({}))", marks(self.countries.len()));
            c.and(&sql, self.countries.iter().map(|x| Value::from(x.to_uppercase())));
        }
        c
    }

    /// The condition on the types and statuses of a report of number `n`, read off the row that facets are counted from: it spares most
    /// reports the look at their events.
    pub(crate) fn bits(&self, n: &str) -> Condition {
        let types: i64 = self.types.iter().map(|t| rows::type_bit(*t)).fold(0, |a, b| a | b);
        let statuses: i64 = self.statuses.iter().map(|s| rows::status_bit(*s)).fold(0, |a, b| a | b);
        let mut c = Condition::default();
        for (column, bits) in [("types", types), ("statuses", statuses)].into_iter().filter(|(_, bits)| *bits != 0) {
            c.and(&format!("(SELECT x.{column} FROM facets x WHERE x.n = {n}) & ? <> 0"), [Value::from(bits)]);
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
        let is = self.is_actor("a");
        c.and(&is.sql, is.values);
        Condition { sql: format!("EXISTS (SELECT 1 FROM event_actors a WHERE {})", c.sql), values: c.values }
    }
}

impl Who {
    /// The condition that this row of `event_actors` is this party.
    fn is_actor(&self, row: &str) -> Condition {
        let mut c = Condition::default();
        c.any(self.ways(row));
        c
    }

    /// Conditions on this row of `event_actors` of which this party meets at least one.
    fn ways(&self, row: &str) -> Vec<Condition> {
        let code = |s: &str| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase());
        let way = |sql: String, values: &[&str]| Condition {
            sql,
            values: values.iter().map(|v| Value::from((*v).to_owned())).collect(),
        };
        match self.0.split_once([' ', '/']) {
            Some((country, sector)) if code(country) && code(sector) => {
                vec![way(format!("{row}.country = ? AND {row}.sector = ?"), &[country, sector])]
            }
            _ if code(&self.0) => {
                vec![way(format!("{row}.country = ?"), &[&self.0]), way(format!("{row}.sector = ?"), &[&self.0])]
            }
            _ => vec![
                way(format!("{row}.name = ? COLLATE NOCASE"), &[&self.0]),
                way(format!("{row}.id = ?"), &[&self.0]),
                way(format!("{row}.text = ? COLLATE NOCASE"), &[&self.0]),
            ],
        }
    }
}

impl Dyad {
    /// The parties with their parts, in every way in which an event can be between them.
    fn parts(&self) -> Vec<[(&Who, i64); 2]> {
        let (a, b) = (&self.first, &self.second);
        let mut ways = vec![[(a, 0), (b, 1)]];
        if !self.directed {
            // Both sides of a meeting or an accord are its actors.
            ways.extend([[(b, 0), (a, 1)], [(a, 0), (b, 0)]]);
        }
        ways
    }

    fn condition(&self) -> Condition {
        let mut c = Condition::default();
        let ways = self.parts().into_iter().map(|parts| {
            let mut both = Condition::default();
            for (who, part) in parts {
                let one = who.takes_part(Some(part));
                both.and(&one.sql, one.values);
            }
            Condition { sql: format!("({})", both.sql), ..both }
        });
        c.any(ways.collect());
        c
    }

    /// Statements that find the reports with an event between the two, by way of the indexes on parties.
    fn events(&self) -> Vec<Condition> {
        let mut out = Vec::new();
        for [(first, part), (second, other)] in self.parts() {
            for way in first.ways("a") {
                let b = second.is_actor("b");
                let sql = format!(
                    "SELECT a.report FROM event_actors a WHERE a.part = {part} AND {} AND EXISTS (SELECT 1 FROM event_actors b \
                     WHERE b.report = a.report AND b.seq = a.seq AND b.part = {other} AND {})",
                    way.sql, b.sql
                );
                out.push(Condition { sql, values: [way.values, b.values].concat() });
            }
        }
        out
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
