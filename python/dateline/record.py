"""The record of one report: who did what to whom, when, where, according to whom, how sure, and where the talks stand.

The classes are those of the JSON that ``dateline code`` prints, field by field. They are frozen, compare by value, and can be pickled. Unknown
is ``None``, never a guess. Every item has its evidence: a :class:`Span` of the report's text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import _html, _text
from ._decode import decode


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of UTF-8 bytes of the report's text.

    >>> Span(0, 5).of("Cairo talks")
    'Cairo'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at the span. Python counts characters, spans count bytes; this minds the difference."""
        return text.encode()[self.start : self.end].decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the report with their place in it."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place line that opens a wire report."""

    text: str
    span: Span
    place: str


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """A news report as read. ``text`` is never rewritten."""

    id: str
    title: str | None
    url: str | None
    outlet: str | None
    byline: str | None
    language: str | None
    published: date | None
    dateline: Dateline | None
    text: str

    def __repr__(self) -> str:
        return f"<Report {self.id} {_text.heading(self)}>"


@dataclass(frozen=True, slots=True)
class Credit:
    """A fact about the report itself: the words that tell it, or ``None`` where the source's own fields do, and the confidence, 0 to 1."""

    value: str
    words: Phrase | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Imprint:
    """What tells who published the report, who wrote it, when and where."""

    published: Credit | None
    outlet: Credit | None
    byline: Credit | None
    dateline: Credit | None


@dataclass(frozen=True, slots=True, repr=False)
class Actor:
    """A person, group, organisation or state that acts, is acted upon, or mediates."""

    text: str
    span: Span
    name: str | None
    id: str | None
    country: str | None
    sector: str | None
    role: str | None
    person: bool
    gender: str | None

    def __repr__(self) -> str:
        return f"<Actor {self}>"

    def __str__(self) -> str:
        return _text.actor(self)


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Where something took or will take place."""

    text: str | None
    span: Span | None
    name: str | None
    geonames: int | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    precision: str | None

    def __repr__(self) -> str:
        return f"<Place {self}>"

    def __str__(self) -> str:
        return _text.place(self)


@dataclass(frozen=True, slots=True, repr=False)
class EventDate:
    """When something took or will take place, resolved to days."""

    text: str | None
    span: Span | None
    start: date | None
    end: date | None
    precision: str | None

    def __repr__(self) -> str:
        return f"<EventDate {self}>"

    def __str__(self) -> str:
        return _text.when(self)


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """Who is cited for something."""

    text: str
    span: Span
    anonymous: bool
    anonymity: str | None
    actor: Actor | None
    cue: Phrase | None

    def __repr__(self) -> str:
        return f"<Source {self}>"

    def __str__(self) -> str:
        return _text.source(self)


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure the text is, with the words that say so."""

    grade: str
    cue: Phrase | None


@dataclass(frozen=True, slots=True)
class Rule:
    """What decided an event's coding: a frame of the codebook, the learned coder, or both."""

    frame: str | None
    model: float | None
    confidence: float
    words: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class SentenceRef:
    """The sentence that carries an item; the headline is number 0."""

    index: int
    span: Span


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """One event mention: one predicate in one sentence."""

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    intensity: float | None
    cameo: str | None
    goldstein: float | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    third_parties: tuple[Actor, ...]
    place: Place | None
    date: EventDate | None
    status: str
    status_cue: Phrase | None
    historical: bool
    source: Source | None
    certainty: Certainty
    killed: int | None
    injured: int | None
    held: int | None
    trigger: str
    span: Span
    sentence: SentenceRef
    rule: Rule
    same_as: str | None

    def __repr__(self) -> str:
        return f"<Event {self.id} {self}>"

    def __str__(self) -> str:
        return _text.event(self)


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A stated count of people."""

    value: int
    low: int | None
    high: int | None
    approx: str
    unit: str
    of: str | None
    place: Place | None
    as_of: EventDate | None
    source: Source | None
    part_of: Phrase | None
    revised: Phrase | None
    text: str
    span: Span

    def __repr__(self) -> str:
        return f"<Figure {self.value} {self.unit} ({self.approx})>"


@dataclass(frozen=True, slots=True, repr=False)
class Position:
    """What a party wants, offers, accepts or refuses."""

    party: Actor
    toward: Actor | None
    stance: str
    issue: str
    source: Source | None
    text: str
    span: Span

    def __repr__(self) -> str:
        return f"<Position {self.party}: {self.stance} {self.issue}>"


@dataclass(frozen=True, slots=True, repr=False)
class Assessment:
    """How the talks stand, when somebody says so."""

    state: str
    about: str | None
    source: Source | None
    text: str
    span: Span

    def __repr__(self) -> str:
        return f"<Assessment {self.state}: {self.text!r}>"


@dataclass(frozen=True, slots=True, repr=False)
class Quote:
    """Quoted words."""

    speaker: Source | None
    text: str
    span: Span

    def __repr__(self) -> str:
        return f"<Quote {self.text!r}>"


@dataclass(frozen=True, slots=True, repr=False)
class Statement:
    """What somebody is told to have said, thought or wanted. ``by`` are the words that stand for them here, where the source has the
    antecedent's."""

    source: Source
    by: Phrase | None
    form: str
    nested: bool
    spans: tuple[Span, ...]

    def __repr__(self) -> str:
        return f"<Statement {self.form} by {self.source}>"


@dataclass(frozen=True, slots=True)
class IssueMention:
    """An issue on the table, as the report words it."""

    issue: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Round:
    """One round of talks; ``event`` is the id of the event that tells it."""

    event: str
    date: EventDate | None
    place: Place | None
    outcome: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Talks:
    """The negotiation a report is about."""

    parties: tuple[Actor, ...]
    third_parties: tuple[Actor, ...]
    individuals: tuple[Actor, ...]
    issues: tuple[IssueMention, ...]
    venues: tuple[Place, ...]
    last_round: Round | None
    next_round: Round | None
    state: str | None

    def __repr__(self) -> str:
        return f"<Talks {_text.names(self.parties)}: {self.state or 'state unknown'}>"


@dataclass(frozen=True, slots=True, repr=False)
class Record:
    """Everything a report says, each item with its evidence.

    A notebook shows it as the report's text with coloured spans; ``print`` lists its events.

    >>> from dateline import Coder
    >>> record = Coder().code("Rebels attacked an army base near Goma on Friday, killing six soldiers.", published="2026-03-14")
    >>> record
    <Record 34316fc183a43ffe 2026-03-14: ...>
    >>> print(record.events[0])
    ASSAULT...: Rebels [COD REB] -> an army base [COD MIL]...; 2026-03-13; Goma [COD]; 6 killed
    >>> record.words(record.events[0].span)
    'attacked'
    """

    report: Report
    imprint: Imprint
    contexts: tuple[str, ...]
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    positions: tuple[Position, ...]
    assessments: tuple[Assessment, ...]
    quotes: tuple[Quote, ...]
    statements: tuple[Statement, ...]
    talks: Talks | None
    notes: tuple[str, ...]
    _json: str = field(default="", compare=False)

    @classmethod
    def from_json(cls, line: str) -> Record:
        """The record of a line that ``dateline code --format json`` or :meth:`to_json` wrote."""
        data = json.loads(line)
        # Older versions wrote no imprint.
        return decode(cls, {"imprint": {}, **data, "_json": line.rstrip("\n")})

    def to_json(self) -> str:
        """The line that ``dateline code --format json`` prints for the report, byte for byte, without its end."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dictionaries and lists."""
        data: dict[str, Any] = json.loads(self._json)
        return data

    def words(self, span: Span) -> str:
        """The words of the report at a span."""
        return span.of(self.report.text)

    def __repr__(self) -> str:
        return _text.record(self)

    def __str__(self) -> str:
        return "\n".join([_text.heading(self.report), *(f"  {e.id:4} {e}" for e in self.events)])

    def _repr_html_(self) -> str:
        return _html.record(self)
