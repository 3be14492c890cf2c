"""Files coded on Spark, one a task: python spark_files.py FOLDER OUTPUT

FOLDER holds WARC, Parquet, JSON Lines or any other files of reports; OUTPUT gets Parquet by day of the event. Run it again after any interruption.
"""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession

from dateline.spark import code_files


def main(folder: str, output: str) -> int:
    spark = SparkSession.builder.appName("dateline").getOrCreate()
    results = code_files(spark, folder, output, by="day")
    for result in results:
        print(f"{result.status:7} {result.reports:7} reports {result.events:8} events  {result.path}")
        for failure in result.failures[:3]:
            print(f"        {failure}")
    return int(any(r.status in ("partly", "failed") for r in results))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
