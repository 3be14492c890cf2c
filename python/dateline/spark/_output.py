"""The output of :func:`code_files`: Parquet by day, and a note of every file that is in it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from .._dateline import __version__, event_schema

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import fs

    from ..coder import Coder

#: Time of a partition.
By: TypeAlias = Literal["day", "month", "year"]
#: Failures of a file that are told at most.
TOLD = 100
#: Characters of "2026-03-14" that name a partition.
LENGTH = {"day": 10, "month": 7, "year": 4}
#: Files below the output that are open at a time.
OPEN = 256


@dataclass(frozen=True, slots=True)
class Task:
    """How files are coded; with the file and the version it decides what comes out."""

    columns: dict[str, str]
    published: str | None
    outlet: str | None
    dates: Literal["unknown", "day-first", "month-first"]
    output: Literal["events", "mentions"]
    min_confidence: float
    codebook: str | None


def open_filesystem(path: str) -> tuple[fs.FileSystem, str]:
    """The file system of a path or address, and the path in it."""
    from pyarrow import fs

    if "://" in path:
        filesystem, inside = fs.FileSystem.from_uri(path)
        return filesystem, inside
    return fs.LocalFileSystem(), os.path.abspath(path)


@dataclass(frozen=True, slots=True)
class Output:
    """A folder of Parquet files in partitions."""

    place: str
    by: By

    def code(self, path: str, task: Task, coder: Coder) -> dict[str, object]:
        """Codes a file into the folder, unless that was done; what became of it."""
        filesystem, root = open_filesystem(self.place)
        key = hashlib.sha256(path.encode()).hexdigest()[:24]
        note = f"{root}/_dateline/{key}.json"
        stamp = self._stamp(path, task)
        before = _read(filesystem, note)
        if before and before["stamp"] == stamp and before["done"]:
            told: dict[str, object] = {**before["told"], "status": "before"}
            return told
        with tempfile.TemporaryDirectory(prefix="dateline-") as scratch:
            spool = os.path.join(scratch, "events.arrow")
            with local(path) as here:
                told = self._spool(here, path, task, coder, spool)
            if told["status"] == "failed":
                return told
            self._publish(filesystem, root, key, note, before, stamp, told, spool)
        return told

    def _stamp(self, path: str, task: Task) -> dict[str, Any]:
        filesystem, inside = open_filesystem(path)
        (info,) = filesystem.get_file_info([inside])
        return {"version": __version__, "by": self.by, "size": info.size, "time": info.mtime_ns, **asdict(task)}

    def _spool(self, here: str, path: str, task: Task, coder: Coder, spool: str) -> dict[str, object]:
        """The events of a file, with their partition, into a file of this machine: memory does not grow with them."""
        import pyarrow as pa

        schema = event_schema().append(pa.field(f"event_{self._name()}", pa.string()))
        events = 0
        with pa.OSFile(spool, "wb") as sink, pa.ipc.new_file(sink, schema) as writer:

            def write(batch: pa.RecordBatch) -> None:
                nonlocal events
                events += batch.num_rows
                writer.write_batch(pa.RecordBatch.from_arrays([*batch.columns, self._partition(batch)], schema=schema))

            failures, reports, words = coder._stream_path(
                here,
                write,
                published=task.published,
                outlet=task.outlet,
                columns=task.columns,
                dates=task.dates,
                output=task.output,
            )
        # A copy that was fetched is named as its original is.
        failures = [f.replace(here, path, 1) for f in failures]
        status = "coded" if not failures else "partly" if reports else "failed"
        return {
            "path": path,
            "status": status,
            "reports": reports,
            "words": words,
            "events": events,
            "failed": len(failures),
            "failures": failures[:TOLD],
        }

    def _name(self) -> str:
        return "date" if self.by == "day" else self.by

    def _partition(self, batch: pa.RecordBatch) -> pa.Array:
        import pyarrow as pa
        import pyarrow.compute as pc

        days = pc.coalesce(batch.column("date_start"), batch.column("published"))
        return pc.utf8_slice_codeunits(pc.cast(days, pa.string()), 0, LENGTH[self.by])

    def _publish(
        self,
        filesystem: fs.FileSystem,
        root: str,
        key: str,
        note: str,
        before: dict[str, Any] | None,
        stamp: dict[str, Any],
        told: dict[str, object],
        spool: str,
    ) -> None:
        """Puts a file's events in their partitions. What a run that breaks off leaves is replaced by the next, since the names are noted first."""
        import pyarrow as pa
        import pyarrow.dataset as ds

        staging = f"{root}/_dateline/staging/{key}-{uuid.uuid4().hex}"
        written: list[str] = []
        try:
            with pa.memory_map(spool) as source:
                reader = pa.ipc.open_file(source)
                field = reader.schema.field(reader.schema.names[-1])
                batches = (reader.get_batch(i) for i in range(reader.num_record_batches))
                ds.write_dataset(
                    batches,
                    staging,
                    schema=reader.schema,
                    filesystem=filesystem,
                    format="parquet",
                    partitioning=ds.partitioning(pa.schema([field]), flavor="hive"),
                    basename_template=f"{key}-{{i}}.parquet",
                    file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
                    file_visitor=lambda f: written.append(f.path),
                    # One thread keeps the order of the events.
                    use_threads=False,
                    max_open_files=OPEN,
                    max_partitions=1 << 20,
                )
            inside = sorted(p[p.index(staging) + len(staging) + 1 :] for p in written)
            old = set((before or {}).get("files", []))
            body = {"stamp": stamp, "told": told}
            # All names that may be there from now on, so that the next run finds them should this one break off.
            _write(filesystem, note, {**body, "files": sorted(old.union(inside)), "done": False})
            for name in sorted(old.difference(inside)):
                _remove(filesystem, f"{root}/{name}")
            for name in inside:
                filesystem.create_dir(f"{root}/{os.path.dirname(name)}", recursive=True)
                _move(filesystem, f"{staging}/{name}", f"{root}/{name}")
            _write(filesystem, note, {**body, "files": inside, "done": True})
        finally:
            _remove_folder(filesystem, staging)


@contextmanager
def local(path: str) -> Iterator[str]:
    """The file on this machine: itself, or a copy that lasts as long as the block."""
    from pyarrow import fs

    filesystem, inside = open_filesystem(path)
    if isinstance(filesystem, fs.LocalFileSystem):
        yield inside
        return
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        # The name stays: its extension may tell the format.
        copy = os.path.join(folder, os.path.basename(inside))
        with filesystem.open_input_stream(inside, compression=None) as source, open(copy, "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        yield copy


def _read(filesystem: fs.FileSystem, path: str) -> dict[str, Any] | None:
    try:
        with filesystem.open_input_stream(path) as f:
            data: dict[str, Any] = json.loads(f.read())
            return data
    except (OSError, ValueError):
        # There is none, or it was being written when a run broke off.
        return None


def _write(filesystem: fs.FileSystem, path: str, data: dict[str, Any]) -> None:
    """Writes a note whole: under another name first, then moved."""
    filesystem.create_dir(os.path.dirname(path), recursive=True)
    part = f"{path}.{uuid.uuid4().hex}"
    with filesystem.open_output_stream(part) as f:
        f.write(json.dumps(data).encode())
    _move(filesystem, part, path)


def _move(filesystem: fs.FileSystem, source: str, target: str) -> None:
    """Gives a file its name, which another may have had."""
    from pyarrow import fs

    if not isinstance(filesystem, fs.LocalFileSystem):
        # A local file takes the place of another; elsewhere that is refused.
        _remove(filesystem, target)
    filesystem.move(source, target)


def _remove(filesystem: fs.FileSystem, path: str) -> None:
    try:
        filesystem.delete_file(path)
    except FileNotFoundError:
        pass


def _remove_folder(filesystem: fs.FileSystem, path: str) -> None:
    try:
        filesystem.delete_dir(path)
    except (FileNotFoundError, OSError):
        # Leftovers below _dateline/staging are read by nobody.
        pass
