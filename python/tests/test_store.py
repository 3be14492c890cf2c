"""A store answers Python as it answers the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline import Coder, Store

Run = Callable[..., str]


@pytest.fixture(scope="module")
def archive(command_line: Run, varied: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "news.store"
    command_line("add", path, varied)
    return path


def test_search(archive: Path, command_line: Run) -> None:
    told = json.loads(command_line("search", archive, "rebels", "--json", "--type", "consult", "--limit", 5))
    found = Store(archive).search("rebels", types="consult", limit=5)
    assert found.total == told["total"] > 0
    names = {"id": "report_id"}
    for hit, row in zip(told["hits"], found.hits.to_pylist(), strict=True):
        row["published"] = row["published"].isoformat()
        row["outlets"] = [o for o in row["outlets"].split(";") if o]
        assert row == {names.get(k, k): v for k, v in hit.items()}
    facets = {(f["facet"], f["value"]): f["reports"] for f in found.facets.to_pylist()}
    plural = {"types": "type", "statuses": "status", "countries": "country", "outlets": "outlet", "years": "year"}
    assert facets == {(plural[k], f["value"]): f["reports"] for k, v in told["facets"].items() for f in v}


def test_events(archive: Path, command_line: Run, tmp_path: Path) -> None:
    for mentions in (False, True):
        file = tmp_path / "events.parquet"
        flags = ["--mentions"] if mentions else []
        command_line("export", archive, "--format", "parquet", "--output", file, "--from", "2018-01-01", "--actor", "REB", *flags)
        made = Store(archive).events(mentions=mentions, since="2018-01-01", actors=["REB"])
        assert made.equals(pq.read_table(file)) and made.num_rows > 0


@pytest.mark.parametrize("by", [None, "country", "dyad"])
def test_counts(archive: Path, command_line: Run, by: str | None) -> None:
    flags = ["--by", by] if by else []
    told = list(csv.DictReader(io.StringIO(command_line("counts", archive, "--csv", "--period", "week", *flags))))
    made = Store(archive).counts(period="week", by=by).to_pylist()  # type: ignore[arg-type]
    assert len(made) == len(told) > 0
    for row, line in zip(made, told, strict=True):
        assert {k: v for k, v in row.items() if k != "share"} == {
            k: (float(v) if k in ("intensity", "goldstein") else int(v) if k == "events" else v) if v else None
            for k, v in line.items()
            if k != "share"
        }
        assert f"{row['share']:.6f}" == line["share"]


def test_records(archive: Path, command_line: Run, varied: Path) -> None:
    lines = command_line("code", varied, "--format", "json").splitlines()
    store = Store(archive)
    kept = 0
    for line in lines:
        record = store.record(json.loads(line)["report"]["id"])
        kept += record is not None
        assert record is None or record.to_json() == line
    assert kept > 10
    assert store.record("none") is None


def test_what_python_adds_the_command_line_reads(coder: Coder, command_line: Run, varied: Path, tmp_path: Path) -> None:
    rows = pa.Table.from_pylist([json.loads(line) for line in varied.read_text().splitlines()])
    path = tmp_path / "made.store"
    store = Store(path, write=True)
    added = store.add(rows.slice(0, 30), coder)
    again = store.add(rows, coder)
    assert added.coded > 0 and again.known + again.copies >= 30 and not again.failures
    other = tmp_path / "other.store"
    command_line("add", other, varied)
    assert command_line("export", path, "--format", "csv") == command_line("export", other, "--format", "csv")
    # Exit code 0: every row's evidence stands in its text.
    command_line("check", path)


def test_a_dossier(archive: Path, command_line: Run) -> None:
    store = Store(archive, write=True)
    assert store.watch("talks", "talks OR rebels", since="2018-01-01") > 0
    told = store.dossier("talks")
    assert told == json.loads(command_line("dossier", archive, "talks", "--format", "json"))
