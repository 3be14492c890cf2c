-- Version 2: watches.

CREATE TABLE watches (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL,                  -- as it was typed; empty finds every report that passes the filter
    filter TEXT NOT NULL,                 -- JSON
    made TEXT NOT NULL,
    seen INTEGER NOT NULL                 -- number of the last report that was looked at
) STRICT, WITHOUT ROWID;

-- The reports that a watch selects.
CREATE TABLE watched (
    watch TEXT NOT NULL REFERENCES watches(name) ON DELETE CASCADE,
    report INTEGER NOT NULL REFERENCES reports(n),
    noticed TEXT NOT NULL,                -- when
    PRIMARY KEY (watch, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_by_report ON watched(report);
