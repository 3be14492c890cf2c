"""Reports out of DuckDB and events back into it: python on_duckdb.py REPORTS.jsonl"""

from __future__ import annotations

import sys

import duckdb

import dateline


def main(path: str) -> list[tuple[str, int]]:
    con = duckdb.connect()
    reports = con.sql(f"SELECT * FROM read_json('{path}') WHERE length(text) > 40")
    events = dateline.Coder().code_batch(reports, text="text", published="published")  # noqa: F841 - DuckDB finds it by name
    con.sql("CREATE TABLE events AS SELECT * FROM events")
    rows = con.sql(
        """
        SELECT type, count(*) AS n FROM events
        WHERE status = 'actual' AND NOT historical
        GROUP BY type ORDER BY n DESC, type
        """
    ).fetchall()
    return [(str(kind), int(n)) for kind, n in rows]


if __name__ == "__main__":
    for kind, n in main(sys.argv[1]):
        print(f"{n:8} {kind}")
