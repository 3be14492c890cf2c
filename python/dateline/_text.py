"""Records in a line of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .record import Actor, Event, EventDate, Place, Record, Report, Source


def squeeze(text: str) -> str:
    """Line ends and runs of blanks become one blank."""
    return " ".join(text.split())


def heading(r: Report) -> str:
    """Headline or first words, and day."""
    title = squeeze(r.title or r.text)
    short = title if len(title) <= 70 else title[:69].rstrip() + "…"
    return f"{short!r} {r.published or 'undated'}"


def actor(a: Actor) -> str:
    """Words and codes."""
    codes = " ".join(c for c in (a.country, a.sector) if c)
    return squeeze(a.text) + (f" [{codes}]" if codes else "")


def names(actors: Iterable[Actor]) -> str:
    """Actors in a row."""
    return ", ".join(map(actor, actors))


def place(p: Place) -> str:
    """Words and country."""
    return squeeze(p.text or p.name or "?") + (f" [{p.country}]" if p.country else "")


def when(d: EventDate) -> str:
    """Days, or the words where they are open."""
    if d.start and d.end:
        return str(d.start) if d.start == d.end else f"{d.start} to {d.end}"
    if d.start or d.end:
        return f"from {d.start}" if d.start else f"until {d.end}"
    return f'"{d.text}"' if d.text else "no date"


def source(s: Source) -> str:
    """The words, and whether anybody is named."""
    return squeeze(s.text) + (" (unnamed)" if s.anonymous else "")


def event(e: Event) -> str:
    """Type, who, whom, when, where, and what qualifies it."""
    who = names(e.actors)
    if e.recipients:
        who = f"{who or '?'} -> {names(e.recipients)}"
    if e.third_parties:
        who = f"{who}, by way of {names(e.third_parties)}" if who else f"by way of {names(e.third_parties)}"
    parts = [who] if who else []
    parts += [str(e.date)] if e.date else []
    parts += [str(e.place)] if e.place else []
    parts += [f"{n} {what}" for n, what in ((e.killed, "killed"), (e.injured, "injured"), (e.held, "held")) if n is not None]
    parts += [e.status] if e.status != "actual" else []
    parts += ["background"] if e.historical else []
    parts += [f"according to {e.source}"] if e.source else []
    parts += [f"same as {e.same_as}"] if e.same_as else []
    kind = f"{e.type} {e.mode}" if e.mode else e.type
    return f"{kind}: {'; '.join(parts)}" if parts else kind


def record(r: Record) -> str:
    """What is in it, counted."""
    counted = (
        (len(r.events), "event"),
        (len(r.figures), "figure"),
        (len(r.positions), "position"),
        (len(r.assessments), "assessment"),
        (len(r.quotes), "quote"),
    )
    parts = [f"{n} {what}{'s' if n > 1 else ''}" for n, what in counted if n]
    parts += ["talks"] if r.talks else []
    title = f" {squeeze(r.report.title)!r}" if r.report.title else ""
    return f"<Record {r.report.id}{title} {r.report.published or 'undated'}: {', '.join(parts) or 'nothing coded'}>"
