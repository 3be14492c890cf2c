"""The output of code_files, broken off at every point, comes out whole when it is run again. No Spark needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from dateline import Coder
from dateline.spark import _output
from dateline.spark._output import Output, Task

TASK = Task({}, None, None, "unknown", "events", 0.5, None)


class Cut(BaseException):
    """What ends a process: nothing catches it."""


def events(folder: Path) -> list[tuple[str, str]]:
    table = ds.dataset(folder, format="parquet", partitioning=ds.partitioning(flavor="hive")).to_table()
    return sorted((str(e["event_id"]), str(e["trigger"])) for e in table.to_pylist())


@pytest.fixture
def news(varied: Path, tmp_path: Path) -> Path:
    file = tmp_path / "news.jsonl"
    file.write_text("".join(line + "\n" for line in varied.read_text().splitlines()[:6]))
    return file


def test_broken_off_anywhere(coder: Coder, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = sorted((str(e["event_id"]), str(e["trigger"])) for e in coder.code_path(news).to_pylist())
    move = _output._move
    steps = 0

    def count(*a: Any) -> None:
        nonlocal steps
        steps += 1
        move(*a)

    monkeypatch.setattr(_output, "_move", count)
    whole = tmp_path / "whole"
    Output(str(whole), "day").code(str(news), TASK, coder)
    assert events(whole) == wanted and steps > 4
    for cut in range(steps):
        left = cut

        def until(*a: Any) -> None:
            nonlocal left
            if left == 0:
                raise Cut
            left -= 1
            move(*a)

        out = tmp_path / f"cut-{cut}"
        monkeypatch.setattr(_output, "_move", until)
        with pytest.raises(Cut):
            Output(str(out), "day").code(str(news), TASK, coder)
        monkeypatch.setattr(_output, "_move", move)
        assert Output(str(out), "day").code(str(news), TASK, coder)["status"] == "coded"
        assert events(out) == wanted
        assert Output(str(out), "day").code(str(news), TASK, coder)["status"] == "before"


def test_what_a_broken_run_left_of_a_file_that_changed_is_replaced(
    coder: Coder, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move, out = _output._move, tmp_path / "out"
    left = 3

    def until(*a: Any) -> None:
        nonlocal left
        if left == 0:
            raise Cut
        left -= 1
        move(*a)

    monkeypatch.setattr(_output, "_move", until)
    with pytest.raises(Cut):
        Output(str(out), "day").code(str(news), TASK, coder)
    assert events(out)
    monkeypatch.setattr(_output, "_move", move)
    news.write_text(json.dumps({"text": "Envoys of Qatar and Egypt met in Cairo.", "published": "1999-01-02"}) + "\n")
    Output(str(out), "day").code(str(news), TASK, coder)
    table = coder.code_path(news).to_pylist()
    assert events(out) == sorted((str(e["event_id"]), str(e["trigger"])) for e in table) != []


def test_other_options_code_anew(coder: Coder, news: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert Output(out, "day").code(str(news), TASK, coder)["status"] == "coded"
    assert Output(out, "day").code(str(news), TASK, coder)["status"] == "before"
    mentions = Task({}, None, None, "unknown", "mentions", 0.5, None)
    assert Output(out, "month").code(str(news), mentions, coder)["status"] == "coded"
    assert not list(Path(out).glob("event_date=*/*"))
    assert len(events(Path(out))) == coder.code_path(news, output="mentions").num_rows
