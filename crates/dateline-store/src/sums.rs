//! Sums over events that the database forms itself: who acts how often, where, with whom, and how that changes.

use crate::filter::Condition;
use crate::{Filter, Store, StoreError};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

/// An actor and how often it takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActorRow {
    /// Canonical name.
    pub name: String,
    /// Id in the knowledge base.
    pub id: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Whether it is one person.
    pub person: bool,
    /// Happenings that it takes part in.
    pub events: u64,
}

/// A place where events took place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceRow {
    /// Gazetteer name; none where only the country is known.
    pub name: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// First-level administrative unit.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<i64>,
    /// How finely it is known: site, city, admin1, country.
    pub precision: Option<String>,
    /// Happenings of cooperation.
    pub cooperation: u64,
    /// Happenings of conflict.
    pub conflict: u64,
}

/// Happenings of a month by quad class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MonthRow {
    /// The month, "2026-03".
    pub month: String,
    /// Verbal and material cooperation, verbal and material conflict.
    pub quads: [u64; 4],
}

/// With whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartnerRow {
    /// Country of the other.
    pub country: String,
    /// Happenings of cooperation.
    pub cooperation: u64,
    /// Happenings of conflict.
    pub conflict: u64,
}

impl Filter {
    /// Conditions on a happening `e`, with those on its report.
    fn happenings(&self) -> Condition {
        let mut c = Condition::default();
        c.and("e.level < 2", []);
        for more in [self.reports("e.report"), self.outlets("e.report"), self.events()] {
            if !more.sql.is_empty() {
                c.and(&more.sql, more.values);
            }
        }
        c
    }
}

impl Store {
    fn rows<T>(
        &self,
        sql: &str,
        values: &[Value],
        row: impl Fn(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map(params_from_iter(values.iter()), |r| row(r))?.collect::<rusqlite::Result<Vec<T>>>()
        };
        read().map_err(|e| self.error(e))
    }

    /// Named actors whose name begins with `prefix`, the busiest first, of equals by name.
    pub fn actors(&self, prefix: &str, limit: usize, skip: usize) -> Result<Vec<ActorRow>, StoreError> {
        let from = prefix.trim();
        // The first string behind all that begin so: names are compared without regard to case.
        let to = format!("{from}\u{10ffff}");
        let sql = "SELECT name, max(id), max(country), max(sector), max(person), count(DISTINCT report << 16 | seq) AS events \
            FROM event_actors WHERE name >= ?1 COLLATE NOCASE AND name < ?2 COLLATE NOCASE GROUP BY name COLLATE NOCASE \
            ORDER BY events DESC, name LIMIT ?3 OFFSET ?4";
        let values = [
            Value::from(from.to_owned()),
            Value::from(to),
            Value::from(i64::try_from(limit).unwrap_or(i64::MAX)),
            Value::from(i64::try_from(skip).unwrap_or(i64::MAX)),
        ];
        self.rows(sql, &values, |r| {
            Ok(ActorRow {
                name: r.get(0)?,
                id: r.get(1)?,
                country: r.get(2)?,
                sector: r.get(3)?,
                person: r.get(4)?,
                events: r.get(5)?,
            })
        })
    }

    /// Happenings that pass, by place, the busiest first.
    pub fn places(&self, filter: &Filter) -> Result<Vec<PlaceRow>, StoreError> {
        let c = filter.happenings();
        let sql = format!(
            "SELECT e.place, e.country, max(e.admin1), e.lat, e.lon, max(e.geonames), e.place_precision, sum(e.quad < 3), sum(e.quad > 2) \
             FROM events e WHERE {} AND (e.place IS NOT NULL OR e.country IS NOT NULL) \
             GROUP BY e.place, e.country, e.lat, e.lon, e.place_precision ORDER BY count(*) DESC, 1, 2, 4, 5, 7",
            c.sql
        );
        self.rows(&sql, &c.values, |r| {
            Ok(PlaceRow {
                name: r.get(0)?,
                country: r.get(1)?,
                admin1: r.get(2)?,
                lat: r.get(3)?,
                lon: r.get(4)?,
                geonames: r.get(5)?,
                precision: r.get(6)?,
                cooperation: r.get(7)?,
                conflict: r.get(8)?,
            })
        })
    }

    /// Happenings that pass, by month of their day and quad class; those without a day are left out.
    pub fn months(&self, filter: &Filter) -> Result<Vec<MonthRow>, StoreError> {
        let c = filter.happenings();
        let sql = format!(
            "SELECT substr(e.day, 1, 7), sum(e.quad = 1), sum(e.quad = 2), sum(e.quad = 3), sum(e.quad = 4) FROM events e \
             WHERE {} AND e.day IS NOT NULL GROUP BY 1 ORDER BY 1",
            c.sql
        );
        self.rows(&sql, &c.values, |r| {
            Ok(MonthRow { month: r.get(0)?, quads: [r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?] })
        })
    }

    /// Types of the happenings that pass, most frequent first.
    pub fn types(&self, filter: &Filter) -> Result<Vec<(String, u64)>, StoreError> {
        let c = filter.happenings();
        let sql = format!("SELECT e.type, count(*) FROM events e WHERE {} GROUP BY 1 ORDER BY 2 DESC, 1", c.sql);
        self.rows(&sql, &c.values, |r| Ok((r.get(0)?, r.get(1)?)))
    }

    /// Countries that take part in the happenings that pass, the most frequent first; `but` is left out.
    pub fn partners(&self, filter: &Filter, but: &str, limit: usize) -> Result<Vec<PartnerRow>, StoreError> {
        let c = filter.happenings();
        let sql = format!(
            "SELECT country, sum(quad < 3), sum(quad > 2) FROM (SELECT DISTINCT p.country AS country, e.quad AS quad, e.report, e.seq \
             FROM events e JOIN event_actors p ON p.report = e.report AND p.seq = e.seq WHERE {} AND p.country IS NOT NULL) \
             WHERE country <> ? GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?",
            c.sql
        );
        let mut values = c.values;
        values.push(Value::from(but.to_owned()));
        values.push(Value::from(i64::try_from(limit).unwrap_or(i64::MAX)));
        self.rows(&sql, &values, |r| Ok(PartnerRow { country: r.get(0)?, cooperation: r.get(1)?, conflict: r.get(2)? }))
    }
}
