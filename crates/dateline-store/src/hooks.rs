//! Where news of watches is sent, and what is new.

use crate::{Store, StoreError, StoreErrorKind};
use rusqlite::params;

/// An address that hears of a watch's news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// Its number.
    pub n: i64,
    /// Name of the watch.
    pub watch: String,
    /// Where to.
    pub url: String,
    /// What signs the messages.
    pub secret: String,
    /// When it was made.
    pub made: String,
}

/// A report that a watch noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// When.
    pub noticed: String,
    /// Id of the report.
    pub report: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
}

impl Store {
    /// Sends news of a watch to an address from now on; returns the number by which it can be taken away.
    pub fn add_hook(&mut self, watch: &str, url: &str, secret: &str, at: &str) -> Result<i64, StoreError> {
        self.watch(watch)?;
        let sql = "INSERT INTO hooks (watch, url, secret, made) VALUES (?1, ?2, ?3, ?4) \
            ON CONFLICT (watch, url) DO UPDATE SET secret = ?3 RETURNING n";
        self.connection.query_row(sql, params![watch, url, secret, at], |r| r.get(0)).map_err(|e| self.error(e))
    }

    /// Takes an address away from a watch.
    pub fn remove_hook(&mut self, watch: &str, n: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM hooks WHERE watch = ?1 AND n = ?2";
        match self.connection.execute(sql, params![watch, n]).map_err(|e| self.error(e))? {
            0 => {
                let what = format!("the watch \"{watch}\" has no webhook {n}");
                Err(StoreError::new(StoreErrorKind::NotFound, self.path(), what, "list those it has"))
            }
            _ => Ok(()),
        }
    }

    /// Addresses that hear of a watch's news; of all watches without a name.
    pub fn hooks(&self, watch: Option<&str>) -> Result<Vec<Hook>, StoreError> {
        let sql = "SELECT n, watch, url, secret, made FROM hooks WHERE ?1 IS NULL OR watch = ?1 ORDER BY n";
        let row = |r: &rusqlite::Row| {
            Ok(Hook { n: r.get(0)?, watch: r.get(1)?, url: r.get(2)?, secret: r.get(3)?, made: r.get(4)? })
        };
        let read =
            || self.connection.prepare_cached(sql)?.query_map([watch], row)?.collect::<rusqlite::Result<Vec<_>>>();
        read().map_err(|e| self.error(e))
    }

    /// What a watch noticed at `since` or later, the first first.
    pub fn noticed_since(&self, watch: &str, since: &str, limit: usize) -> Result<Vec<Notice>, StoreError> {
        self.noticed(watch, "w.noticed >= ?2 ORDER BY w.noticed, r.n", since, limit)
    }

    /// What a watch noticed last, the last first.
    pub fn noticed_last(&self, watch: &str, limit: usize) -> Result<Vec<Notice>, StoreError> {
        self.noticed(watch, "?2 = '' ORDER BY w.noticed DESC, r.published DESC, r.n DESC", "", limit)
    }

    fn noticed(&self, watch: &str, which: &str, since: &str, limit: usize) -> Result<Vec<Notice>, StoreError> {
        let sql = format!(
            "SELECT w.noticed, r.id, r.title, r.published, r.outlet, r.url FROM watched w JOIN reports r ON r.n = w.report \
             WHERE w.watch = ?1 AND {which} LIMIT ?3"
        );
        let row = |r: &rusqlite::Row| {
            Ok(Notice {
                noticed: r.get(0)?,
                report: r.get(1)?,
                title: r.get(2)?,
                published: r.get(3)?,
                outlet: r.get(4)?,
                url: r.get(5)?,
            })
        };
        let read = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            statement.query_map(params![watch, since, limit], row)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.error(e))
    }

    /// A number that changes when anybody commits to the store, as this connection sees it.
    pub fn changes(&self) -> Result<i64, StoreError> {
        self.connection.pragma_query_value(None, "data_version", |r| r.get(0)).map_err(|e| self.error(e))
    }

    /// What stops a running query of this store from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.connection.get_interrupt_handle())
    }
}

/// Stops a running query.
pub struct Stopper(rusqlite::InterruptHandle);

impl Stopper {
    /// The query ends with an error; none is running: nothing happens.
    pub fn stop(&self) {
        self.0.interrupt();
    }
}
