"""A DataFrame of reports in, a DataFrame of events or records out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .. import _dateline
from .._tables import Dates, Output, columns
from ..errors import InputError
from ._worker import coder

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


def code_reports(
    df: DataFrame,
    text: str | None = None,
    published: str | None = None,
    *,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    id: str | None = None,
    language: str | None = None,
    dates: Dates = "unknown",
    output: Output = "events",
    min_confidence: float = 0.5,
    codebook: str | os.PathLike[str] | None = None,
) -> DataFrame:
    """Codes a DataFrame with one report a row, as ``code_reports(df, text="text", published="date")``.

    Columns, ``dates`` and ``output`` are those of :meth:`dateline.Coder.code_batch`. Only the columns that are read go to the workers. Reports that
    cannot be read have no events; ``output="records"`` gives a row for each of them too, with the reason in ``error``. ``codebook`` is a folder that
    every executor can read.

    Nothing is shuffled: a partition of events comes of a partition of reports. Tell ``id`` where rows are to be joined back.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    named = columns(text=text, title=title, published=published, url=url, outlet=outlet, id=id, language=language)
    if output not in ("events", "mentions", "records"):
        raise InputError(f'output: "{output}" is not events, mentions or records')
    # All by name: the workers see no other columns, and are to take none of them for another part.
    named = _dateline.columns_read(df.columns, named, dates)
    read = df.select(*(f"`{name.replace('`', '``')}`" for name in dict.fromkeys(named.values())))
    schema = _dateline.record_schema() if output == "records" else _dateline.event_schema()
    folder = None if codebook is None else os.fspath(codebook)

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        native = coder(folder, min_confidence)._native
        for batch in batches:
            table, _, _, _ = native.code_batch(batch, named, output, dates)
            yield from table.to_batches()

    return read.mapInArrow(work, from_arrow_schema(schema))
