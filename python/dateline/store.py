"""The archive: reports and their records in one file, searched, listed and counted into Arrow tables."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

from . import _dateline
from ._tables import Dates, Day, arrow, columns, day, warn
from .coder import Coder
from .record import Record

if TYPE_CHECKING:
    import pyarrow as pa


class Filter(TypedDict, total=False):
    """Conditions on events. All must hold; of several values of one condition any. They are those of ``dateline search``."""

    #: PLOVER event types, as in "CONSULT".
    types: str | Iterable[str]
    #: actual, future, hypothetical or negated.
    statuses: str | Iterable[str]
    #: Who takes part in any role: a country ("ISR"), a sector ("GOV"), both ("ISR GOV"), a name or an id.
    actors: str | Iterable[str]
    #: Countries (ISO 3166 alpha-3) where it takes place.
    countries: str | Iterable[str]
    #: "ISR-PSE" in either direction or together, "ISR>PSE" from the first to the second.
    dyads: str | Iterable[str]
    #: Names of places or provinces.
    places: str | Iterable[str]
    #: Not over before this day.
    since: Day
    #: Begun by this day.
    until: Day
    #: Outlets that carried the report or a copy of it.
    outlets: str | Iterable[str]
    #: Least confidence, 0 to 1.
    min_confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: how many reports, those wanted, and counts over all of them by type, status, country, outlet and year."""

    total: int
    hits: pa.Table
    facets: pa.Table


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition did: reports coded, kept in another language, marked as copies, there already; and what could not be read."""

    coded: int
    foreign: int
    copies: int
    known: int
    failures: tuple[str, ...]


class Store:
    """A store made by ``dateline add`` or by :meth:`add`. It is opened for reading; with ``write=True`` for adding too, and made if there is
    none.

    >>> import tempfile, pyarrow as pa
    >>> from dateline import Coder
    >>> folder = tempfile.TemporaryDirectory()
    >>> store = Store(folder.name + "/news.store", write=True)
    >>> news = pa.table({"text": ["Envoys of Qatar and Egypt met in Cairo on Monday."], "published": ["2026-03-14"]})
    >>> store.add(news, Coder())
    Added(coded=1, foreign=0, copies=0, known=0, failures=())
    >>> store.search("envoys").total
    1
    >>> store.counts(period="year", by="country").select(["period", "type", "country", "events"]).to_pylist()
    [{'period': '2026', 'type': 'CONSULT', 'country': 'EGY', 'events': 1}]
    >>> store.events(types="CONSULT", since="2026-03-01").column("place").to_pylist()
    ['Cairo']
    """

    def __init__(self, path: str | os.PathLike[str], *, write: bool = False) -> None:
        self.path = os.fspath(path)
        self._native = _dateline.Store(self.path, write)

    def search(
        self,
        query: str = "",
        *,
        sort: Literal["best", "newest"] | None = None,
        limit: int = 10,
        skip: int = 0,
        **conditions: Unpack[Filter],
    ) -> Found:
        """Finds reports: words, "phrases", prefixes*, AND, OR, NOT, parentheses, title:word; and events that meet the conditions.

        The best match comes first, or the newest where there is no query.
        """
        newest = None if sort is None else sort == "newest"
        lists, least = _conditions(conditions)
        return Found(*self._native.search(query, lists, least, newest, limit, skip))

    def events(self, *, mentions: bool = False, **conditions: Unpack[Filter]) -> pa.Table:
        """The events that meet the conditions, a row a happening or, with ``mentions``, a row a mention; columns as in docs/export.md."""
        return self._native.events(mentions, *_conditions(conditions))

    def counts(
        self,
        *,
        period: Literal["day", "week", "month", "year"] = "month",
        by: Literal["country", "dyad"] | None = None,
        mentions: bool = False,
        **conditions: Unpack[Filter],
    ) -> pa.Table:
        """Events by time and type, and by country or dyad; docs/store.md says what the columns count."""
        return self._native.counts(period, by, mentions, *_conditions(conditions))

    def record(self, report_id: str) -> Record | None:
        """The record of a report; ``None`` if there is no such report, or it is a copy of another."""
        line = self._native.record(report_id)
        return None if line is None else Record.from_json(line)

    def add(
        self,
        table: Any,
        coder: Coder,
        *,
        text: str | None = None,
        title: str | None = None,
        published: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
        id: str | None = None,
        language: str | None = None,
        dates: Dates = "unknown",
    ) -> Added:
        """Adds a table with one report a row, coded. Copies are marked, what is there already is passed over, so that it may be run again.

        The arguments are those of :meth:`dateline.Coder.code_batch`.
        """
        named = columns(text=text, title=title, published=published, url=url, outlet=outlet, id=id, language=language)
        coded, foreign, copies, known, failures = self._native.add(arrow(table), coder._native, named, dates)
        warn(failures, coded + foreign + copies + known)
        return Added(coded, foreign, copies, known, tuple(failures))

    def watch(self, name: str, query: str = "", **conditions: Unpack[Filter]) -> int:
        """Keeps a search under a name, as ``dateline watch add`` does; how many reports it selects."""
        return self._native.watch(name, query, *_conditions(conditions))

    def dossier(self, watch: str, *, since: Day | None = None) -> dict[str, Any]:
        """What the reports of a watch tell of a negotiation, as ``dateline dossier --format json`` has it."""
        data: dict[str, Any] = json.loads(self._native.dossier(watch, day(since)))
        return data

    def __repr__(self) -> str:
        return f"<Store {self.path!r}>"


def _conditions(given: Filter) -> tuple[dict[str, list[str]], float | None]:
    lists: dict[str, list[str]] = {}
    least: float | None = None
    for name, value in given.items():
        if name == "min_confidence":
            least = float(value)  # type: ignore[arg-type]
        elif name in ("since", "until"):
            lists[name] = [d for d in [day(value)] if d is not None]  # type: ignore[arg-type]
        else:
            lists[name] = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    return lists, least
