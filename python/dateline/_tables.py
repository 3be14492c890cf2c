"""From what users have to what Arrow understands."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from .errors import DatelineWarning, InputError

#: A day: a date, or text as in "2026-03-14".
Day: TypeAlias = date | str
#: What a table of results holds: events (mentions of one happening merged), every mention, or one record a report.
Output: TypeAlias = Literal["events", "mentions", "records"]
#: How days like 03/04/2024 are meant.
Dates: TypeAlias = Literal["unknown", "day-first", "month-first"]


def arrow(table: Any) -> Any:
    """``table`` as something with the Arrow C data interface: pyarrow, polars, pandas, DuckDB, and whatever else has it."""
    if hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__"):
        return table
    if type(table).__module__.partition(".")[0] == "pandas":
        import pyarrow as pa

        return pa.Table.from_pandas(table, preserve_index=False)
    kind = f"{type(table).__module__}.{type(table).__qualname__}"
    raise InputError(f"table: {kind} is no table that Arrow knows; give one of pyarrow, polars, pandas or DuckDB")


def day(given: Day | None) -> str | None:
    """A day as text."""
    if isinstance(given, datetime):
        given = given.date()
    return given.isoformat() if isinstance(given, date) else given


def columns(**names: str | None) -> dict[str, str]:
    """The columns that were named."""
    return {part: name for part, name in names.items() if name is not None}


def warn(failures: Sequence[str], reports: int) -> None:
    """Says which reports could not be read."""
    if failures:
        more = f"; and {len(failures) - 3} more" if len(failures) > 3 else ""
        told = "; ".join(failures[:3])
        message = f"{len(failures)} of {len(failures) + reports} reports were not coded: {told}{more}"
        warnings.warn(message, DatelineWarning, stacklevel=3)
