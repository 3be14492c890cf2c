"""Event tables: the documented schema, read by everybody, and the lock let go."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import dateline
from dateline import Coder, Store

ARROW = {"text": pa.string(), "whole number": pa.int64(), "decimal number": pa.float64(), "true or false": pa.bool_(), "day": pa.date32()}


@pytest.fixture(scope="module")
def events(coder: Coder, varied: Path) -> pa.Table:
    return coder.code_path(varied)


def documented(root: Path) -> list[tuple[str, pa.DataType]]:
    rows = re.findall(r"^\| `(\w+)` \| ([a-z ]+) \|", (root / "docs/export.md").read_text(), re.M)
    return [(name, ARROW[kind]) for name, kind in rows]


def test_the_schema_is_the_documented_one(events: pa.Table, root: Path) -> None:
    wanted = documented(root)
    assert len(wanted) > 50
    assert [(f.name, f.type) for f in events.schema] == wanted
    assert events.schema == dateline.event_schema()
    assert events.num_rows > 100


def test_everybody_reads_it(events: pa.Table, tmp_path: Path) -> None:
    file = tmp_path / "events.parquet"
    pq.write_table(events, file)
    polars, frame = pl.from_arrow(events), events.to_pandas()
    assert isinstance(polars, pl.DataFrame)
    con = duckdb.connect()
    by_duckdb = con.execute("SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY type").fetchall()
    by_polars = polars.group_by("type").len().sort("type").rows()
    by_pandas = [(str(k), int(n)) for k, n in frame.groupby("type").size().sort_index().items()]
    by_arrow = sorted((r["type"], r["type_count"]) for r in events.group_by("type").aggregate([("type", "count")]).to_pylist())
    assert by_duckdb == by_polars == by_pandas == by_arrow and len(by_arrow) > 5
    assert pl.read_parquet(file).equals(polars)
    assert pd.read_parquet(file).equals(frame)
    assert con.execute(f"SELECT max(date_start) FROM '{file}'").fetchall() == [(polars["date_start"].max(),)]
    assert polars.schema["date_start"] == pl.Date and polars.schema["killed"] == pl.Int64


def test_mentions_and_happenings(coder: Coder, varied: Path, events: pa.Table) -> None:
    mentions = coder.code_path(varied, output="mentions")
    records = coder.code_path(varied, output="records").column("record").to_pylist()
    coded = [json.loads(r)["events"] for r in records]
    assert mentions.num_rows == sum(map(len, coded))
    assert mentions.column("span_start").to_pylist() == [e["span"]["start"] for r in coded for e in r]
    assert sum(events.column("mentions").to_pylist()) == mentions.num_rows > events.num_rows


def test_a_table_lists_what_a_store_lists(coder: Coder, tmp_path: Path, awkward: Path) -> None:
    """The event list of code_batch is that of a store with the same reports, which orders them by day and id."""
    rows = pa.Table.from_pylist([json.loads(line) for line in awkward.read_text().splitlines()])
    store = Store(tmp_path / "a.store", write=True)
    store.add(rows, coder)
    for mentions in (False, True):
        made = coder.code_batch(rows, output="mentions" if mentions else "events").to_pylist()
        made.sort(key=lambda e: (str(e["published"] or ""), e["report_id"]))
        assert made == store.events(mentions=mentions).to_pylist() != []


def test_an_empty_table_gives_an_empty_table(coder: Coder) -> None:
    none = coder.code_batch(pa.table({"text": pa.array([], pa.string())}))
    assert none.num_rows == 0 and none.schema == dateline.event_schema()


def test_the_lock_is_let_go(varied: Path) -> None:
    """While a table is coded in one thread, another runs."""
    rows = pa.Table.from_pylist([json.loads(line) for line in varied.read_text().splitlines()])
    coder, begun, ended = Coder(threads=1), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        coder.code_batch(rows)
        ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait()
    turns = 0
    while not ended.wait(0.001):
        turns += 1
    thread.join()
    # With the lock held there would be a turn before the call at most, and one after it.
    assert turns > 20
