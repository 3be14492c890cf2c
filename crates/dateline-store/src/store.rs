//! Opening a store and reading single reports from it.

use crate::error::NOT_A_STORE;
use crate::migrate::{self, APPLICATION, STEPS};
use crate::pack;
use crate::{StoreError, StoreErrorKind};
use dateline_report::{Record, Report};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one process waits for another that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// An archive of reports and their records in one SQLite file.
///
/// One process writes at a time; others may read meanwhile and see the last whole batch.
pub struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens a store for reading and writing, bringing an older one up to date, and makes it if there is none.
    pub fn create(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        Self::writable(path.as_ref(), OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a store that exists for reading and writing, bringing an older one up to date.
    pub fn open(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        exists(path.as_ref())?;
        Self::writable(path.as_ref(), OpenFlags::empty())
    }

    /// Opens a store that exists for reading. The file stays as it is.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        let path = path.as_ref();
        exists(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let store = Store { connection: connect(path, path, flags)?, path: path.to_owned() };
        // In a folder that cannot be written SQLite cannot make the file that readers share; nor can anybody be writing then, so that a
        // store without a log may be read as it stands.
        let store = match store.version() {
            Err(e) if e.kind() == StoreErrorKind::ReadOnly && !beside(path, "-wal").exists() => {
                let uri = PathBuf::from(format!("file:{}?immutable=1", escaped(path)));
                Store { connection: connect(&uri, path, flags)?, path: path.to_owned() }
            }
            _ => store,
        };
        match store.version()? {
            v if v == STEPS.len() => Ok(store),
            v => Err(StoreError::new(
                StoreErrorKind::Older,
                path,
                format!("was made by an older Dateline (schema {v}; this one has {})", STEPS.len()),
                "bring it up to date with `dateline add`",
            )),
        }
    }

    fn writable(path: &Path, more: OpenFlags) -> Result<Store, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let mut store = Store { connection: connect(path, path, flags)?, path: path.to_owned() };
        let version = store.version()?;
        let c = &mut store.connection;
        // What is committed survives a power cut too; batches are seconds apart, so that the cost does not show.
        let prepared = c
            .pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
            .and_then(|()| c.pragma_update(None, "synchronous", "full"))
            .and_then(|()| c.pragma_update(None, "foreign_keys", true))
            .and_then(|()| if version < STEPS.len() { migrate::run(c, STEPS) } else { Ok(()) });
        prepared.map_err(|e| store.error(e))?;
        Ok(store)
    }

    /// The schema's version; checks that the file is a store of a version this Dateline knows.
    fn version(&self) -> Result<usize, StoreError> {
        let value =
            |name: &str| -> rusqlite::Result<i64> { self.connection.pragma_query_value(None, name, |r| r.get(0)) };
        let read = || -> rusqlite::Result<(i64, i64, i64)> {
            let things = self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
            Ok((value("user_version")?, value("application_id")?, things))
        };
        let (version, application, things) = read().map_err(|e| self.error(e))?;
        if application != i64::from(APPLICATION) && things > 0 {
            let what = "is an SQLite file, but not a Dateline store";
            return Err(StoreError::new(StoreErrorKind::NotAStore, &self.path, what, NOT_A_STORE));
        }
        match usize::try_from(version) {
            Ok(v) if v <= STEPS.len() => Ok(v),
            _ => Err(StoreError::new(
                StoreErrorKind::Newer,
                &self.path,
                format!("was made by a newer Dateline (schema {version}; this one knows {})", STEPS.len()),
                "use that version of Dateline",
            )),
        }
    }

    /// Where the store lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn error(&self, e: rusqlite::Error) -> StoreError {
        StoreError::sqlite(&self.path, e)
    }

    /// A row that contradicts the schema's promises.
    pub(crate) fn damaged(&self, what: impl Into<String>) -> StoreError {
        StoreError::new(StoreErrorKind::Damaged, &self.path, what, "restore a copy, or add the sources to a new store")
    }

    /// How long to wait for another process that is writing, before saying so. Ten seconds at first.
    pub fn set_patience(&self, wait: Duration) -> Result<(), StoreError> {
        self.connection.busy_timeout(wait).map_err(|e| self.error(e))
    }

    /// The report of this id with its text.
    pub fn report(&self, id: &str) -> Result<Option<Report>, StoreError> {
        let sql = format!("SELECT {REPORT}, t.text FROM reports r JOIN texts t ON t.n = r.n WHERE r.id = ?1");
        let row = self
            .connection
            .query_row(&sql, [id], |r| Ok((report(r)?, r.get::<_, Vec<u8>>(REPORT_FIELDS)?)))
            .optional()
            .map_err(|e| self.error(e))?;
        row.map(|(report, text)| self.with_text(report, &text)).transpose()
    }

    /// The record of this report as it was coded. A copy has none of its own: ask for that of its original.
    pub fn record(&self, id: &str) -> Result<Option<Record>, StoreError> {
        let Some(report) = self.report(id)? else { return Ok(None) };
        let blob: Option<Vec<u8>> = self
            .connection
            .query_row("SELECT record FROM texts WHERE n = (SELECT n FROM reports WHERE id = ?1)", [id], |r| r.get(0))
            .map_err(|e| self.error(e))?;
        blob.map(|b| pack::record(&b, report).map_err(|e| self.damaged(format!("record of {id}: {e}")))).transpose()
    }

    pub(crate) fn with_text(&self, report: Report, text: &[u8]) -> Result<Report, StoreError> {
        let text = pack::text(text).map_err(|e| self.damaged(format!("text of {}: {e}", report.id)))?;
        Ok(Report { text, ..report })
    }

    /// A remark kept with the store, such as what last coded it.
    pub fn remark(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM meta WHERE key = ?1";
        self.connection.query_row(sql, [key], |r| r.get(0)).optional().map_err(|e| self.error(e))
    }
}

/// Columns of a report for [`report`], of `reports r`.
pub(crate) const REPORT: &str = "r.id, r.title, r.url, r.outlet, r.language, r.published, r.dateline, r.byline";
/// How many they are.
pub(crate) const REPORT_FIELDS: usize = 8;

/// The report of a row that begins with [`REPORT`], its text still empty.
pub(crate) fn report(r: &Row) -> rusqlite::Result<Report> {
    let day: Option<String> = r.get(5)?;
    let dateline: Option<String> = r.get(6)?;
    Ok(Report {
        id: r.get(0)?,
        title: r.get(1)?,
        url: r.get(2)?,
        outlet: r.get(3)?,
        byline: r.get(7)?,
        language: r.get(4)?,
        published: day.and_then(|d| d.parse().ok()),
        dateline: dateline.and_then(|d| serde_json::from_str(&d).ok()),
        text: String::new(),
    })
}

fn exists(path: &Path) -> Result<(), StoreError> {
    if path.exists() {
        return Ok(());
    }
    let remedy = "check the name, or make a store with `dateline add`";
    Err(StoreError::new(StoreErrorKind::NotFound, path, "no such store", remedy))
}

fn connect(what: &Path, path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let open = || -> rusqlite::Result<Connection> {
        let c = Connection::open_with_flags(what, flags)?;
        c.busy_timeout(PATIENCE)?;
        c.set_prepared_statement_cache_capacity(64);
        // 64 MB of pages: an index of a million reports is larger than the default by far.
        c.pragma_update(None, "cache_size", -65_536)?;
        c.pragma_update(None, "temp_store", "memory")?;
        Ok(c)
    };
    open().map_err(|e| StoreError::sqlite(path, e))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A path as it stands in a `file:` address.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
