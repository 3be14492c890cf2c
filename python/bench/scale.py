"""Spark against the command line: the same reports, the same cores, the same results?

    cargo build --release && cargo xtask variants 20000 reports.jsonl
    python python/bench/scale.py reports.jsonl [--turns 3] [--partitions 64]

Codes the reports with ``dateline code --threads 2`` and with ``code_reports`` on ``local[2]``, by turns, and prints words a second of both, their
ratio, and whether every record is equal byte for byte. Beside the time on the clock stands the time on the processors, of all processes together,
which other work on the machine disturbs less (Linux). Spark is started, and its Python workers are, before the clock is: a cluster is up when it is
given work. The command line's start is counted. Exit code 1 if a record differs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

from dateline.spark import code_reports

ROOT = Path(__file__).resolve().parents[2]
CORES = 2
SCHEMA = "title string, outlet string, url string, published string, text string"


Seconds = tuple[float, float]


def command_line(reports: Path, out: Path) -> None:
    program = os.environ.get("DATELINE", ROOT / "target/release/dateline")
    arguments = [program, "code", reports, "--format", "json", "--threads", CORES, "--output", out]
    subprocess.run([str(a) for a in arguments], check=True)


def on_spark(spark: SparkSession, reports: Path, out: Path, partitions: int) -> None:
    df = spark.read.json(str(reports), SCHEMA).repartition(partitions)
    code_reports(df, text="text", published="published", output="records").select("record").write.text(str(out))


def processors() -> float:
    """Seconds that this process, those it started and those they started have had on the processors, ended ones included."""
    parents: dict[int, tuple[int, float]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # Parent; then time in user and kernel mode, own and of children that were waited for.
        parents[int(stat.parent.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK"))
    ours, more = {os.getpid()}, True
    while more:
        found = {pid for pid, (parent, _) in parents.items() if parent in ours} - ours
        ours, more = ours | found, bool(found)
    return sum(parents[pid][1] for pid in ours if pid in parents)


def timed(work: Callable[[], None]) -> Seconds:
    """Seconds on the clock and on the processors."""
    clock, busy = time.perf_counter(), processors()
    work()
    return time.perf_counter() - clock, processors() - busy


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--partitions", type=int, default=64)
    given = parser.parse_args()
    with given.reports.open() as f:
        lengths = [len(json.loads(line)["text"].split()) for line in f]
    words = sum(lengths)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{CORES}]").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
    spark = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    warm = spark.createDataFrame([("Rebels attacked Goma.",)] * CORES, "text string").repartition(CORES)
    code_reports(warm).collect()
    print(f"{len(lengths)} reports, {words} words; PySpark {pyspark.__version__} on local[{CORES}], {given.partitions} partitions", flush=True)
    times: dict[str, list[Seconds]] = {"command line": [], "spark": []}
    different = 0
    with tempfile.TemporaryDirectory(prefix="dateline-scale-") as scratch:
        for turn in range(given.turns):
            plain, folder = Path(scratch, f"{turn}.jsonl"), Path(scratch, f"{turn}.spark")
            times["command line"].append(timed(lambda: command_line(given.reports, plain)))
            times["spark"].append(timed(lambda: on_spark(spark, given.reports, folder, given.partitions)))
            wanted = sorted(plain.read_bytes().splitlines())
            got = sorted(line for part in folder.glob("part-*") for line in part.read_bytes().splitlines())
            different += sum(a != b for a, b in zip(wanted, got, strict=False)) + abs(len(wanted) - len(got))
            told = (
                f"{name} {words / clock:,.0f} words/s ({words / busy:,.0f} a processor second)"
                for name, (clock, busy) in ((name, seconds[-1]) for name, seconds in times.items())
            )
            print(f"turn {turn + 1}: {', '.join(told)}", flush=True)
    spark.stop()
    for what, of in (("clock", 0), ("processors", 1)):
        middle = {name: statistics.median(t[of] for t in seconds) for name, seconds in times.items()}
        ratio = middle["command line"] / middle["spark"]
        print(f"words a second of Spark to those of the command line, by the {what}, medians: {ratio:.2f}")
    print("all records equal" if not different else f"{different} records differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
