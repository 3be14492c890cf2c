"""Files distributed over a cluster, one a task."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from .._tables import Dates, Day, day
from ..errors import InputError
from ._output import By, Output, Task, open_filesystem
from ._worker import coder

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of a file.

    ``status`` is "coded", "partly" (some of its reports could not be read: ``failures`` tells the first hundred), "failed" (none could) or
    "before" (an earlier run had coded it). A failed file is tried again by the next run.
    """

    path: str
    status: Literal["coded", "partly", "failed", "before"]
    reports: int
    words: int
    events: int
    failed: int
    failures: tuple[str, ...]


def find_files(folder: str) -> list[str]:
    """The files of a folder and all its subfolders, in order of name; those that begin with "." or "_" are left out.

    ``folder`` is a path or an address that pyarrow knows, as in "s3://bucket/crawl" or "hdfs://host/crawl".
    """
    from pyarrow import fs

    filesystem, path = open_filesystem(folder)
    found = filesystem.get_file_info(fs.FileSelector(path, recursive=True))
    prefix = folder.rstrip("/")
    inside = (f.path[len(path.rstrip("/")) + 1 :] for f in found if f.type == fs.FileType.File)
    return [f"{prefix}/{p}" for p in sorted(inside) if not any(part.startswith((".", "_")) for part in p.split("/"))]


def code_files(
    spark: SparkSession,
    paths: Sequence[str] | str,
    output: str,
    *,
    by: By = "day",
    columns: Mapping[str, str] | None = None,
    published: Day | None = None,
    outlet: str | None = None,
    dates: Dates = "unknown",
    mentions: bool = False,
    min_confidence: float = 0.5,
    codebook: str | os.PathLike[str] | None = None,
) -> list[FileResult]:
    """Codes files of any format, one a task, into Parquet below ``output``, partitioned by the day (month, year) of the event.

    ``paths`` are files, or a folder whose files :func:`find_files` finds. Files and ``output`` are on a file system that all executors see, or
    addresses that pyarrow knows. Columns of the output are those of docs/export.md and ``event_date`` (``event_month``, ``event_year``): the event's
    day, else the day of publication, null where neither is known.

    What a file gives appears when it is whole, and a note of it is kept below ``output/_dateline``. So a run that was broken off is run again with
    the same arguments: it goes on with the files that were not coded. A file that changed, or that was coded by another version or with other
    options, is coded anew and replaces what it gave before. A file that fails is told in the result; the others go on. Largest files come first,
    so that the last tasks are short.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    if isinstance(paths, str):
        paths = find_files(paths)
    if by not in ("day", "month", "year"):
        raise InputError(f'by: "{by}" is not day, month or year')
    if not paths:
        return []
    folder = None if codebook is None else os.fspath(codebook)
    sizes = _sizes(paths)
    order = sorted(dict.fromkeys(paths), key=lambda p: (-sizes[p], p))
    target = Output(output, by)
    task = Task(
        columns=dict(columns or {}),
        published=day(published),
        outlet=outlet,
        dates=dates,
        output="mentions" if mentions else "events",
        min_confidence=min_confidence,
        codebook=folder,
    )

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for batch in batches:
            for i in batch.column(0).to_pylist():
                told = json.dumps(_one(order[i], target, task))
                yield pa.RecordBatch.from_arrays([pa.array([told])], schema=pa.schema([("told", pa.string())]))

    import pyarrow as pa

    numbers = spark.range(0, len(order), 1, len(order))
    rows = numbers.mapInArrow(work, from_arrow_schema(pa.schema([("told", pa.string())]))).collect()
    results = {r["path"]: FileResult(**{**r, "failures": tuple(r["failures"])}) for r in (json.loads(x[0]) for x in rows)}
    return [results[p] for p in dict.fromkeys(paths)]


def _sizes(paths: Sequence[str]) -> dict[str, int]:
    sizes = {}
    for path in paths:
        filesystem, inside = open_filesystem(path)
        (info,) = filesystem.get_file_info([inside])
        sizes[path] = info.size or 0
    return sizes


def _one(path: str, target: Output, task: Task) -> dict[str, object]:
    """Codes a file, whatever happens to it."""
    try:
        return target.code(path, task, coder(task.codebook, task.min_confidence))
    except Exception as e:  # noqa: BLE001 - one file's trouble, of whatever kind, is its own
        message = str(e) or type(e).__name__
        why = message if path in message else f"{path}: {message}"
        return asdict(FileResult(path, "failed", 0, 0, 0, 1, (why,)))
