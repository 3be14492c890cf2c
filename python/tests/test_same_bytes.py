"""Python prints what the command line prints, byte for byte, whatever way the report took."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import AWKWARD

from dateline import Coder, Record

Run = Callable[..., str]


def records(table: pa.Table) -> list[str]:
    assert table.column("error").null_count == table.num_rows
    return [str(r) for r in table.column("record").to_pylist()]


def test_a_text(coder: Coder, command_line: Run, examples: list[Path]) -> None:
    assert len(examples) >= 3
    for path in examples:
        text = path.read_bytes().decode()
        line = command_line("code", path, "--format", "json", "--published", "2026-03-14", "--outlet", "Wire")
        assert coder.code(text, published="2026-03-14", outlet="Wire").to_json() + "\n" == line
        assert coder.code(text).to_json() + "\n" == command_line("code", path, "--format", "json")


def test_awkward_texts(coder: Coder, command_line: Run, awkward: Path) -> None:
    lines = command_line("code", awkward, "--format", "json").splitlines()
    assert records(coder.code_path(awkward, output="records")) == lines
    assert [coder.code(**r).to_json() for r in AWKWARD] == lines
    assert Record.from_json(lines[1]).report.language == "de" and not Record.from_json(lines[1]).events


def frames(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The same table as each library has it."""
    table = pa.Table.from_pylist(rows)
    return {
        "pyarrow": table,
        "batch": table.combine_chunks().to_batches()[0],
        "chunks": pa.concat_tables([table.slice(0, 1), table.slice(1)]),
        "dictionary": table.set_column(
            table.schema.get_field_index("text"), "text", table.column("text").dictionary_encode()
        ),
        "polars": pl.DataFrame(rows),
        "pandas": pd.DataFrame(rows),
        "duckdb": duckdb.from_arrow(table),
    }


def test_tables_of_every_library_and_the_file(coder: Coder, command_line: Run, varied: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in varied.read_text().splitlines()][:12]
    file = tmp_path / "varied.parquet"
    pq.write_table(pa.Table.from_pylist(rows), file)
    lines = command_line("code", file, "--format", "json").splitlines()
    assert len(lines) == len(rows)
    for name, table in frames(rows).items():
        assert records(coder.code_batch(table, output="records")) == lines, name


@pytest.mark.parametrize(
    "kind", [pa.date32(), pa.date64(), pa.timestamp("ms"), pa.timestamp("us"), pa.timestamp("us", tz="America/New_York")]
)
def test_days_of_every_kind(coder: Coder, command_line: Run, tmp_path: Path, kind: pa.DataType) -> None:
    text = "Rebels attacked an army base near Goma on Friday, killing six soldiers."
    days = pa.array([20_526 * 86_400_000], pa.timestamp("ms"))
    table = pa.table({"text": [text], "date": days.cast(kind) if not pa.types.is_date32(kind) else pa.array([20_526], kind)})
    file = tmp_path / "days.parquet"
    pq.write_table(table, file)
    line = command_line("code", file, "--format", "json").rstrip("\n")
    assert records(coder.code_batch(table, output="records")) == [line]
    assert str(Record.from_json(line).report.published) == "2026-03-14"


def test_named_columns(coder: Coder, command_line: Run, tmp_path: Path) -> None:
    rows = [{"n": 7, "Lead": "Envoys of Qatar and Egypt met in Cairo on Monday.", "day": "04/03/2026", "text": "Not this."}]
    file = tmp_path / "named.parquet"
    pq.write_table(pa.Table.from_pylist(rows), file)
    options = ["--text-column", "Lead", "--date-column", "day", "--id-column", "#1", "--day-first"]
    line = command_line("code", file, "--format", "json", *options).rstrip("\n")
    made = coder.code_batch(pl.DataFrame(rows), text="Lead", published="day", id="#1", dates="day-first", output="records")
    assert records(made) == [line]
    assert made.column("report_id").to_pylist() == ["7"]


def test_threads_and_confidence(command_line: Run, varied: Path) -> None:
    for least in (0.5, 0.8):
        lines = command_line("code", varied, "--format", "json", "--min-confidence", least, "--threads", 2).splitlines()
        for threads in (1, 3):
            made = Coder(min_confidence=least, threads=threads).code_path(varied, output="records")
            assert records(made) == lines
            assert made.num_rows >= 60


def test_a_codebook_of_ones_own(command_line: Run, root: Path, tmp_path: Path) -> None:
    text = "Envoys of Qatar and Egypt met in Cairo on Monday."
    shipped = Coder(root / "codebook" / "plover").code(text)
    assert shipped == Coder().code(text)
    frame = (root / "codebook" / "plover" / "consult.toml").read_text()
    (tmp_path / "only.toml").write_text(frame)
    assert f"codebook={str(tmp_path)!r}" in repr(Coder(tmp_path))
    assert {e.rule.frame for e in Coder(tmp_path).code(text).events} <= {e.rule.frame for e in shipped.events}
