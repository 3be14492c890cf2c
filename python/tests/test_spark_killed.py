"""An executor killed in the middle changes nothing.

Local mode has no executors of its own, so this runs on ``local-cluster[2,1,1024]``: two executors, each a process with one core. One is killed
(SIGKILL) by its process id when some tasks are done and others are not.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest
from sparks import SparkSession, session

from dateline import Coder
from dateline.spark import code_files, code_reports

pytestmark = pytest.mark.spark
PARTS = 16


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    with session("local-cluster[2,1,1024]", **{"spark.executor.memory": "1024m"}) as spark:
        yield spark


def executors(spark: SparkSession) -> set[int]:
    """Process ids of this application's executors."""
    application = (spark.sparkContext.applicationId or "").encode()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if any(w.endswith(b"CoarseGrainedExecutorBackend") for w in words) and application in words:
            found.add(int(folder.name))
    return found


def killed_in_the_middle(spark: SparkSession, job: Callable[[], Any], done: Callable[[], int]) -> Any:
    """Runs a job of PARTS tasks and kills an executor when ``done`` of them are, but not all."""
    result: list[Any] = []
    thread = threading.Thread(target=lambda: result.append(job()))
    thread.start()
    while done() < 2 and thread.is_alive():
        time.sleep(0.02)
    before = executors(spark)
    finished = done()
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    assert 2 <= finished < PARTS and thread.is_alive(), "the executor was to be killed in the middle"
    thread.join()
    assert victim not in executors(spark)
    return result[0]


def stage_tasks(spark: SparkSession) -> int:
    """Finished tasks of the running stages."""
    tracker = spark.sparkContext.statusTracker()
    stages = (tracker.getStageInfo(s) for s in tracker.getActiveStageIds())
    return sum(s.numCompletedTasks for s in stages if s)


def test_reports(spark: SparkSession, varied: Path, command_line: Callable[..., str]) -> None:
    lines = varied.read_text().splitlines()
    df = spark.createDataFrame([json.loads(line) for line in lines]).repartition(PARTS).cache()
    assert df.count() == len(lines) and len(executors(spark)) == 2
    made = code_reports(df, text="text", published="published", output="records")
    rows = killed_in_the_middle(spark, made.collect, lambda: stage_tasks(spark))
    wanted = sorted(command_line("code", varied, "--format", "json").splitlines())
    assert sorted(r["record"] for r in rows) == wanted


def test_files(spark: SparkSession, varied: Path, coder: Coder, tmp_path: Path) -> None:
    lines = varied.read_text().splitlines()
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for i in range(PARTS):
        (folder / f"{i:02}.jsonl").write_text("\n".join(lines[i::PARTS]) + "\n")
    notes = lambda: len(list((out / "_dateline").glob("*.json")))  # noqa: E731
    results = killed_in_the_middle(spark, lambda: code_files(spark, str(folder), str(out)), notes)
    assert {r.status for r in results} <= {"coded", "before"} and len(results) == PARTS
    made = ds.dataset(out, format="parquet", partitioning=ds.partitioning(flavor="hive")).to_table()
    assert sorted(made.column("event_id").to_pylist()) == sorted(coder.code_path(folder).column("event_id").to_pylist())
