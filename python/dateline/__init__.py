"""Dateline reads news reports and keeps the record of a conflict and of the talks to end it.

>>> import dateline
>>> coder = dateline.Coder()
>>> record = coder.code("Envoys of Qatar and Egypt met in Cairo on Monday.", published="2026-03-14")
>>> [(e.type, str(e.date), str(e.place)) for e in record.events]
[('CONSULT', '2026-03-09', 'Cairo [EGY]')]

Tables go in and out as Arrow (:meth:`Coder.code_batch`), files and folders by :meth:`Coder.code_path`, archives are :class:`Store`, and clusters
are served by :mod:`dateline.spark`. Everything is offline; the model is in the package. Results are those of the command line, byte for byte.
"""

from __future__ import annotations

from types import MappingProxyType

from ._dateline import __version__, event_schema, record_schema
from ._dateline import codes as _codes
from .codebook import Checked, Codebook, Frame
from .coder import Coder
from .errors import CodebookError, DatelineError, DatelineWarning, InputError, QueryError, StoreError
from .record import (
    Actor,
    Assessment,
    Certainty,
    Credit,
    Dateline,
    Event,
    EventDate,
    Figure,
    Imprint,
    IssueMention,
    Phrase,
    Place,
    Position,
    Quote,
    Record,
    Report,
    Round,
    Rule,
    SentenceRef,
    Source,
    Span,
    Statement,
    Talks,
)
from .store import Added, Filter, Found, Store

#: The closed vocabularies of records, each code in its order: "type", "status", "certainty", "stance", "issue" and so on.
CODES = MappingProxyType({name: tuple(codes) for name, codes in _codes().items()})

__all__ = [
    "CODES",
    "Actor",
    "Added",
    "Assessment",
    "Certainty",
    "Checked",
    "Codebook",
    "CodebookError",
    "Coder",
    "Credit",
    "Dateline",
    "DatelineError",
    "DatelineWarning",
    "Event",
    "EventDate",
    "Figure",
    "Filter",
    "Found",
    "Frame",
    "Imprint",
    "InputError",
    "IssueMention",
    "Phrase",
    "Place",
    "Position",
    "QueryError",
    "Quote",
    "Record",
    "Report",
    "Round",
    "Rule",
    "SentenceRef",
    "Source",
    "Span",
    "Statement",
    "Store",
    "StoreError",
    "Talks",
    "__version__",
    "event_schema",
    "record_schema",
]
