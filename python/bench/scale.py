"""Spark against the command line: the same reports, the same cores, the same results?

    cargo build --release && cargo xtask variants 20000 reports.jsonl
    python python/bench/scale.py reports.jsonl [--turns 3] [--partitions 64]

Codes the reports with ``dateline code --threads 2`` and with ``code_reports`` on ``local[2]``, by turns, and prints words a second of both, their
ratio, and whether every record is equal byte for byte. Spark is started, and its Python workers are, before the clock is: a cluster is up when it
is given work. The command line's start is counted. Exit code 1 if a record differs.
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
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

from dateline.spark import code_reports

ROOT = Path(__file__).resolve().parents[2]
CORES = 2
SCHEMA = "title string, outlet string, url string, published string, text string"


def command_line(reports: Path, out: Path) -> float:
    program = os.environ.get("DATELINE", ROOT / "target/release/dateline")
    arguments = [program, "code", reports, "--format", "json", "--threads", CORES, "--output", out]
    begun = time.perf_counter()
    subprocess.run([str(a) for a in arguments], check=True)
    return time.perf_counter() - begun


def on_spark(spark: SparkSession, reports: Path, out: Path, partitions: int) -> float:
    begun = time.perf_counter()
    df = spark.read.json(str(reports), SCHEMA).repartition(partitions)
    code_reports(df, text="text", published="published", output="records").select("record").write.text(str(out))
    return time.perf_counter() - begun


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
    builder = SparkSession.builder.master(f"local[{CORES}]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    warm = spark.createDataFrame([("Rebels attacked Goma.",)] * CORES, "text string").repartition(CORES)
    code_reports(warm).collect()
    print(f"{len(lengths)} reports, {words} words; PySpark {pyspark.__version__} on local[{CORES}], {given.partitions} partitions")
    times: dict[str, list[float]] = {"command line": [], "spark": []}
    different = 0
    with tempfile.TemporaryDirectory(prefix="dateline-scale-") as scratch:
        for turn in range(given.turns):
            plain, folder = Path(scratch, f"{turn}.jsonl"), Path(scratch, f"{turn}.spark")
            times["command line"].append(command_line(given.reports, plain))
            times["spark"].append(on_spark(spark, given.reports, folder, given.partitions))
            wanted = sorted(plain.read_bytes().splitlines())
            got = sorted(line for part in folder.glob("part-*") for line in part.read_bytes().splitlines())
            different += sum(a != b for a, b in zip(wanted, got, strict=False)) + abs(len(wanted) - len(got))
            speeds = {name: words / seconds[-1] for name, seconds in times.items()}
            print(f"turn {turn + 1}: " + ", ".join(f"{name} {s:,.0f} words/s" for name, s in speeds.items()))
    spark.stop()
    middle = {name: words / statistics.median(seconds) for name, seconds in times.items()}
    print(f"words/s of Spark to words/s of the command line, medians: {middle['spark'] / middle['command line']:.2f}")
    print("all records equal" if not different else f"{different} records differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
