"""The coder: from reports to records."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from . import _dateline
from ._tables import Dates, Day, Output, arrow, columns, day, warn
from .codebook import Codebook
from .errors import InputError
from .record import Record

if TYPE_CHECKING:
    import pyarrow as pa


class Coder:
    """Reads news reports. One is enough: it is built in some hundredths of a second, holds the model, and may be used by many threads.

    ``codebook`` is a :class:`Codebook` or a folder of codebook files; without it, the one that ships with Dateline. Events below
    ``min_confidence`` are left out. ``threads`` is how many cores tables are coded on; all of them by default.

    >>> coder = Coder(threads=1)
    >>> coder
    <Coder threads=1 min_confidence=0.5>
    """

    def __init__(
        self,
        codebook: Codebook | str | os.PathLike[str] | None = None,
        *,
        min_confidence: float = 0.5,
        threads: int | None = None,
    ) -> None:
        book = Codebook(codebook) if isinstance(codebook, (str, os.PathLike)) else codebook
        self._arguments = (book.folder if book else None, min_confidence, threads)
        self._native = _dateline.Coder(book._native if book else None, min_confidence, threads)

    def code(
        self,
        text: str,
        *,
        published: Day | None = None,
        title: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
        id: str | None = None,
    ) -> Record:
        """The record of one report: headline (if any) and body.

        "Friday" and "next week" count from ``published``. Without ``title`` a first short paragraph without a full stop is the headline; without
        ``id`` the record bears a hash of the text. A report in another language than English is marked, not coded.

        >>> record = Coder().code("Rebels attacked an army base near Goma on Friday, killing six soldiers.", published="2026-03-14")
        >>> event = record.events[0]
        >>> event.type, event.killed, str(event.date), event.place.country
        ('ASSAULT', 6, '2026-03-13', 'COD')
        """
        try:
            line = self._native.code(text, day(published), title, url, outlet, id)
        except UnicodeEncodeError as e:
            raise InputError(f"text: {e}; decode it with errors='replace'") from e
        return Record.from_json(line)

    def code_batch(
        self,
        table: Any,
        *,
        text: str | None = None,
        title: str | None = None,
        published: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
        id: str | None = None,
        language: str | None = None,
        dates: Dates = "unknown",
        output: Output = "events",
    ) -> pa.Table:
        """Codes a table with one report a row, on all threads, without holding Python's lock.

        ``table`` is of pyarrow, polars, pandas, DuckDB or whatever else has the Arrow C data interface. ``text``, ``published`` and so on name its
        columns; those not named are known by the usual names (``body``, ``date``, ``headline``, ...), as on the command line.

        The result is a ``pyarrow.Table``: the events (``output="events"``; columns as in docs/export.md), every mention (``"mentions"``), or
        one row a report with ``report_id``, ``record`` (JSON) and ``error`` (``"records"``). Reports that cannot be read are told in one
        :class:`DatelineWarning`, and in ``error``.

        >>> import pyarrow as pa
        >>> news = pa.table({"body": ["Envoys of Qatar and Egypt met in Cairo on Monday."], "date": ["2026-03-14"]})
        >>> Coder().code_batch(news).select(["type", "date_start", "place"]).to_pylist()
        [{'type': 'CONSULT', 'date_start': datetime.date(2026, 3, 9), 'place': 'Cairo'}]
        """
        named = columns(text=text, title=title, published=published, url=url, outlet=outlet, id=id, language=language)
        result, failures, reports, _ = self._native.code_batch(arrow(table), named, output, dates)
        warn(failures, reports)
        return result

    def code_path(
        self,
        path: str | os.PathLike[str],
        *,
        published: Day | None = None,
        outlet: str | None = None,
        columns: Mapping[str, str] | None = None,
        dates: Dates = "unknown",
        output: Output = "events",
    ) -> pa.Table:
        """Codes a file or a folder with all its subfolders, in every format that ``dateline code`` reads: text, JSON Lines, CSV, Parquet,
        pages, feeds, WARC, packed or not.

        ``published`` and ``outlet`` are those of all reports; ``columns`` says which columns of tables hold what, as in ``{"text": "Body"}``.
        The result is that of :meth:`code_batch`.
        """
        result, failures, reports, _ = self._native.code_path(
            os.fspath(path), dict(columns or {}), output, dates, day(published), outlet
        )
        warn(failures, reports)
        return result

    def _stream_path(
        self,
        path: str,
        write: Callable[[pa.RecordBatch], object],
        *,
        published: Day | None,
        outlet: str | None,
        columns: Mapping[str, str],
        dates: Dates,
        output: Output,
    ) -> tuple[list[str], int, int]:
        """Like :meth:`code_path`, but hands the batches to ``write``; failures, reports and words are returned."""
        _, failures, reports, words = self._native.code_path(
            path, dict(columns), output, dates, day(published), outlet, write
        )
        return failures, reports, words

    def __repr__(self) -> str:
        folder, min_confidence, threads = self._arguments
        book = f" codebook={os.fspath(folder)!r}" if folder else ""
        return f"<Coder threads={threads or 'all'} min_confidence={min_confidence}{book}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """A coder goes to another process as what it was made of."""
        return _again, self._arguments


def _again(folder: str | None, min_confidence: float, threads: int | None) -> Coder:
    return Coder(folder, min_confidence=min_confidence, threads=threads)
