"""On Spark the results are those of the command line, however the reports are distributed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from sparks import SparkSession, session

import dateline
from dateline import Coder
from dateline.spark import FileResult, code_files, code_reports, find_files

pytestmark = pytest.mark.spark
Run = Callable[..., str]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    # Workers that have just been started and those that have coded before are both met.
    with session("local[2]") as spark:
        yield spark


@pytest.fixture(scope="module")
def rows(varied: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in varied.read_text().splitlines()]


@pytest.fixture(scope="module")
def lines(command_line: Run, many: Path) -> list[str]:
    """What the command line says, in an order that does not matter."""
    return sorted(command_line("code", many, "--format", "json").splitlines())


@pytest.mark.parametrize("partitions", [1, 2, 7])
def test_reports_whatever_the_partitioning(
    spark: SparkSession, many: Path, lines: list[str], partitions: int
) -> None:
    df = spark.read.json(str(many)).repartition(partitions)
    made = code_reports(df, text="text", published="published", output="records")
    assert made.rdd.getNumPartitions() == partitions
    got = made.collect()
    assert sorted(r["record"] for r in got) == lines
    assert all(r["error"] is None for r in got)


def test_events_have_the_documented_schema(spark: SparkSession, rows: list[dict[str, Any]], coder: Coder) -> None:
    few = pa.Table.from_pylist(rows[:20])
    made = code_reports(spark.createDataFrame(few.to_pandas()).repartition(3), text="text").toArrow()
    assert made.cast(dateline.event_schema()).sort_by("event_id") == coder.code_batch(few).sort_by("event_id")


def test_other_columns_stay_where_they_are(spark: SparkSession) -> None:
    text = "Rebels attacked an army base near Goma on Friday, killing six soldiers."
    df = spark.createDataFrame([(1, [1.0], text, "14/03/2026", "x")], "key int, v array<double>, `the body` string, day string, text string")
    made = code_reports(df, text="the body", published="day", id="key", dates="day-first", output="records").collect()
    record = dateline.Record.from_json(made[0]["record"])
    assert (record.report.id, record.report.text, str(record.report.published)) == ("1", text, "2026-03-14")
    with pytest.raises(dateline.InputError, match='no column "missing"'):
        code_reports(df, text="missing")


@pytest.fixture
def files(rows: list[dict[str, Any]], tmp_path: Path) -> dict[str, Path]:
    """The reports in files of several formats and sizes, one of them no file of reports at all."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    paths = {name: folder / name for name in ("a.jsonl", "deep/b.jsonl.gz", "c.parquet", "bad.parquet")}
    text = ["".join(json.dumps(r) + "\n" for r in part) for part in (rows[:25], rows[25:30])]
    paths["a.jsonl"].write_text(text[0])
    paths["deep/b.jsonl.gz"].write_bytes(gzip.compress(text[1].encode()))
    pq.write_table(pa.Table.from_pylist(rows[30:42]), paths["c.parquet"])
    paths["bad.parquet"].write_bytes(b"PAR1 and no more")
    (folder / "_SUCCESS").touch()
    return paths


def output(folder: Path) -> list[dict[str, Any]]:
    """All events of an output, in order of their ids."""
    table = ds.dataset(folder, format="parquet", partitioning=ds.partitioning(flavor="hive")).to_table()
    found: list[dict[str, Any]] = table.sort_by("event_id").to_pylist()
    return found


def expected(coder: Coder, paths: list[Path]) -> list[dict[str, Any]]:
    made = pa.concat_tables([coder.code_path(p) for p in paths]).sort_by("event_id").to_pylist()
    return [{**e, "event_date": str(e["date_start"] or e["published"])} for e in made]


def by_path(results: list[FileResult]) -> dict[str, str]:
    return {Path(r.path).name: r.status for r in results}


def test_files(spark: SparkSession, files: dict[str, Path], coder: Coder, tmp_path: Path) -> None:
    out = tmp_path / "out"
    results = code_files(spark, str(tmp_path / "in"), str(out))
    assert [r.path for r in results] == find_files(str(tmp_path / "in")) == sorted(map(str, files.values()))
    assert by_path(results) == {"a.jsonl": "coded", "b.jsonl.gz": "coded", "c.parquet": "coded", "bad.parquet": "failed"}
    (bad,) = (r for r in results if r.status == "failed")
    assert bad.failed == 1 and "bad.parquet: is a damaged Parquet file" in bad.failures[0]
    assert sum(r.reports for r in results) == 42 and sum(r.words for r in results) > 42 * 20
    good = [p for name, p in files.items() if not name.startswith("bad")]
    wanted = expected(coder, good)
    assert [{**e, "event_date": str(e["event_date"])} for e in output(out)] == wanted
    assert sum(r.events for r in results) == len(wanted) > 0
    assert len(list(out.glob("event_date=*"))) == len({e["event_date"] for e in wanted}) > 5

    # Run again, nothing is coded but what failed.
    again = code_files(spark, list(map(str, files.values())), str(out))
    assert by_path(again) == {"a.jsonl": "before", "b.jsonl.gz": "before", "c.parquet": "before", "bad.parquet": "failed"}
    assert [{**e, "event_date": str(e["event_date"])} for e in output(out)] == wanted

    # A file that changed replaces what it gave before.
    files["a.jsonl"].write_text("\n".join(files["a.jsonl"].read_text().splitlines()[:9]) + "\n")
    changed = code_files(spark, list(map(str, good)), str(out))
    assert by_path(changed) == {"a.jsonl": "coded", "b.jsonl.gz": "before", "c.parquet": "before"}
    assert [{**e, "event_date": str(e["event_date"])} for e in output(out)] == expected(coder, good)
    assert spark.read.parquet(str(out)).count() == len(expected(coder, good))


def test_partly_read_files_tell_what_is_missing(spark: SparkSession, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    file = tmp_path / "partly.jsonl"
    file.write_text(json.dumps(rows[0]) + "\nno report\n" + json.dumps(rows[1]) + "\n")
    (result,) = code_files(spark, [str(file)], str(tmp_path / "out"), by="month", mentions=True)
    assert (result.status, result.reports, result.failed) == ("partly", 2, 1)
    assert result.failures[0].startswith(f"{file} line 2:")
    months = [p.name for p in (tmp_path / "out").glob("event_month=*")]
    assert months and all(len(m) == len("event_month=2026-03") or m.endswith("DEFAULT_PARTITION__") for m in months)
