"""Spark sessions for tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pyspark = pytest.importorskip("pyspark", reason="skipped: PySpark absent; pip install 'dateline[spark]'")

from pyspark.sql import SparkSession  # noqa: E402


__all__ = ["SparkSession", "session"]


@contextmanager
def session(master: str, **settings: str) -> Iterator[SparkSession]:
    """A session of its own. Executors run this Python, and Spark's own programs are those of the package."""
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(master).appName("dateline tests")
    always = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        # Batches smaller than partitions, so that both boundaries are crossed.
        "spark.sql.execution.arrow.maxRecordsPerBatch": "37",
    }
    for name, value in {**always, **settings}.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    try:
        yield spark
    finally:
        spark.stop()
