//! From an empty file or an older schema to the present one.

use rusqlite::{Connection, TransactionBehavior};

/// What makes version i + 1 out of version i. Steps are never edited once released: a new version is a new step, and a file of
/// the version before goes to `tests/versions/`.
pub(crate) const STEPS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
];

/// Marks the file as ours in SQLite's header ("DTLN").
pub(crate) const APPLICATION: i32 = 0x4454_4c4e;

/// Runs the steps that are still missing, all in one transaction.
pub(crate) fn run(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let t = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: usize = t.pragma_query_value(None, "user_version", |r| r.get(0))?;
    for step in steps.iter().skip(version) {
        t.execute_batch(step)?;
    }
    if version < steps.len() {
        t.pragma_update(None, "application_id", APPLICATION)?;
        t.pragma_update(None, "user_version", steps.len())?;
    }
    t.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(c: &Connection) -> usize {
        c.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap()
    }

    #[test]
    fn steps_run_once_each_and_only_the_missing_ones() {
        let mut c = Connection::open_in_memory().unwrap();
        let one = "CREATE TABLE a (x); INSERT INTO a VALUES (1)";
        run(&mut c, &[one]).unwrap();
        run(&mut c, &[one]).unwrap();
        assert_eq!(version(&c), 1);
        run(&mut c, &[one, "ALTER TABLE a ADD COLUMN y DEFAULT 7"]).unwrap();
        assert_eq!(version(&c), 2);
        let row: (i64, i64) = c.query_row("SELECT x, y FROM a", [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        assert_eq!(row, (1, 7));
    }

    #[test]
    fn a_failing_step_leaves_the_old_version_whole() {
        let mut c = Connection::open_in_memory().unwrap();
        run(&mut c, &["CREATE TABLE a (x)"]).unwrap();
        assert!(run(&mut c, &["", "CREATE TABLE b (x)", "nonsense"]).is_err());
        assert_eq!(version(&c), 1);
        assert!(c.prepare("SELECT * FROM b").is_err());
    }
}
