"""Reports of a table coded on Spark: python spark_reports.py REPORTS.parquet EVENTS.parquet

For a cluster: spark-submit --master yarn --conf spark.executor.cores=4 spark_reports.py hdfs:///news hdfs:///events
"""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession

from dateline.spark import code_reports


def main(source: str, target: str) -> None:
    spark = SparkSession.builder.appName("dateline").getOrCreate()
    reports = spark.read.parquet(source)
    # Some portions for each core, so that a core that met long reports is not waited for.
    portions = 4 * spark.sparkContext.defaultParallelism
    events = code_reports(reports.repartition(portions), text="text", published="published")
    events.write.mode("overwrite").parquet(target)
    spark.read.parquet(target).groupBy("type").count().orderBy("count", ascending=False).show()


if __name__ == "__main__":
    main(*sys.argv[1:3])
