//! What is in a store, in numbers.

use crate::{Store, StoreError};

/// Numbers of a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Reports by state: coded, foreign, copy.
    pub reports: Vec<(String, u64)>,
    /// Words of all texts.
    pub words: u64,
    /// Happenings.
    pub happenings: u64,
    /// Mentions of them.
    pub mentions: u64,
    /// Happenings by type.
    pub types: Vec<(String, u64)>,
    /// Stated counts of people.
    pub figures: u64,
    /// What parties want, offer, accept or refuse.
    pub positions: u64,
    /// How talks stand.
    pub assessments: u64,
    /// Reports about a negotiation.
    pub talks: u64,
    /// Inputs read to their end.
    pub inputs: u64,
    /// Items that could not be read.
    pub failures: u64,
    /// Events that recoding added, changed or withdrew.
    pub revisions: u64,
    /// First and last day of publication.
    pub days: Option<(String, String)>,
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes by table, indexes with their table, largest first.
    pub tables: Vec<(String, u64)>,
}

impl Store {
    /// Counts.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        self.stats_().map_err(|e| self.error(e))
    }

    fn stats_(&self) -> rusqlite::Result<Stats> {
        let c = &self.connection;
        let number = |sql: &str| c.query_row(sql, [], |r| r.get::<_, u64>(0));
        let pairs = |sql: &str| -> rusqlite::Result<Vec<(String, u64)>> {
            c.prepare(sql)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
        };
        let days = c.query_row("SELECT min(published), max(published) FROM reports", [], |r| {
            Ok(r.get::<_, Option<String>>(0)?.zip(r.get::<_, Option<String>>(1)?))
        })?;
        Ok(Stats {
            reports: pairs("SELECT state, count(*) FROM reports GROUP BY 1 ORDER BY 1")?,
            words: number("SELECT coalesce(sum(words), 0) FROM reports")?,
            happenings: number("SELECT count(*) FROM events WHERE level < 2")?,
            mentions: number("SELECT count(*) FROM events WHERE level <> 1")?,
            types: pairs("SELECT type, count(*) FROM events WHERE level < 2 GROUP BY 1 ORDER BY 2 DESC, 1")?,
            figures: number("SELECT count(*) FROM figures")?,
            positions: number("SELECT count(*) FROM positions")?,
            assessments: number("SELECT count(*) FROM assessments")?,
            talks: number("SELECT count(*) FROM talks")?,
            inputs: number("SELECT count(*) FROM inputs WHERE done")?,
            failures: number("SELECT count(*) FROM failures")?,
            revisions: number("SELECT count(*) FROM revisions")?,
            days,
            bytes: number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
            // SQLite is built without the table of sizes on some systems; it is left out there.
            tables: pairs(
                "SELECT coalesce(s.tbl_name, d.name), sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name \
                 GROUP BY 1 ORDER BY 2 DESC, 1",
            )
            .unwrap_or_default(),
        })
    }
}
