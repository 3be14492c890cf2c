"""A record in a notebook: the text with coloured spans, the events beside it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from . import _text

if TYPE_CHECKING:
    from .record import Credit, Event, Record, Span

# Every rule hangs under one class, so that nothing else on the page changes.
_STYLE = """
.dateline{--coop:#1b7f5c;--conf:#b3402f;--actor:#2b5fa8;--place:#8a5a00;--date:#6b3fa0;max-width:62rem;line-height:1.6}
@media (prefers-color-scheme:dark){.dateline{--coop:#5cc79f;--conf:#ee8a78;--actor:#86b4f2;--place:#d9ae5c;--date:#bd98ee}}
.dateline .text{white-space:pre-wrap}.dateline .meta,.dateline .note{opacity:.7}
.dateline .trigger{font-weight:700;text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px}
.dateline .q1,.dateline .q2{text-decoration-color:var(--coop)}.dateline .q3,.dateline .q4{text-decoration-color:var(--conf)}
.dateline .actor{color:var(--actor)}.dateline .place{color:var(--place)}.dateline .date{color:var(--date)}
.dateline .figure{border-bottom:1px dotted}
.dateline table{border-collapse:collapse}.dateline td,.dateline th{text-align:left;vertical-align:top;padding:.1rem .7rem .1rem 0}
"""


class _Mark(NamedTuple):
    """A coloured stretch of the text; where stretches overlap the lower rank stays."""

    rank: int
    length: int
    span: Span
    kind: str
    title: str


def record(r: Record) -> str:
    """The record as a piece of HTML that needs nothing else."""
    report = r.report
    told = r.imprint
    meta = [
        _told(report.outlet, told.outlet),
        _told(report.byline and f"by {report.byline}", told.byline),
        _told(report.dateline.text if report.dateline else None, told.dateline),
        _told(f"published {report.published}" if report.published else "publication date unknown", told.published),
    ]
    parts = [
        f'<div class="dateline"><style>{_STYLE}</style>',
        f"<p><strong>{escape(report.title or 'Report')}</strong><br>",
        f'<span class="meta">{" · ".join(m for m in meta if m)} · id {escape(report.id)}</span></p>',
        *(f'<p class="note">{escape(n)}</p>' for n in r.notes),
        f'<div class="text">{_marked(r)}</div>',
    ]
    if r.events:
        head = "".join(f"<th>{h}</th>" for h in ("", "type", "actors", "recipients", "when", "where", ""))
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, r.events))}</tbody></table>")
    return "".join([*parts, "</div>"])


def _told(part: str | None, credit: Credit | None) -> str:
    """A part of the line beneath the headline, with what told it where that is the text."""
    if not part or not credit or not credit.words:
        return escape(part or "")
    title = f"read from “{_text.squeeze(credit.words.text)}”, confidence {credit.confidence:.2f}"
    return f'<span title="{escape(title)}">{escape(part)}</span>'


def _row(e: Event) -> str:
    also = [e.status] if e.status != "actual" else []
    also += [f"{n} {what}" for n, what in ((e.killed, "killed"), (e.injured, "injured"), (e.held, "held")) if n is not None]
    also += [f"according to {e.source}"] if e.source else []
    also += [f"same as {e.same_as}"] if e.same_as else []
    cells = (
        e.id,
        f"{e.type} {e.mode}" if e.mode else e.type,
        _text.names(e.actors),
        _text.names(e.recipients),
        str(e.date or ""),
        str(e.place or ""),
        "; ".join(also),
    )
    return f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in cells)}</tr>"


def _marks(r: Record) -> list[_Mark]:
    marks: list[_Mark] = []

    def mark(rank: int, span: Span | None, kind: str, title: str) -> None:
        if span and span.end > span.start:
            marks.append(_Mark(rank, span.end - span.start, span, kind, title))

    for e in r.events:
        mark(0, e.span, f"trigger q{e.quad}", str(e))
        if e.place:
            mark(1, e.place.span, "place", str(e.place))
        if e.date:
            mark(1, e.date.span, "date", str(e.date))
        for a in (*e.actors, *e.recipients, *e.third_parties):
            mark(2, a.span, "actor", str(a))
    for f in r.figures:
        mark(3, f.span, "figure", f"{f.value} {f.unit}")
    kept: list[_Mark] = []
    for m in sorted(marks):
        if not any(k.span.start < m.span.end and m.span.start < k.span.end for k in kept):
            kept.append(m)
    return sorted(kept, key=lambda m: m.span)


def _marked(r: Record) -> str:
    text = r.report.text.encode()
    out, at = [], 0

    def words(start: int, end: int) -> str:
        return escape(text[start:end].decode(errors="replace"))

    for m in _marks(r):
        out.append(words(at, m.span.start))
        stretch = words(m.span.start, m.span.end)
        out.append(f'<span class="{m.kind}" title="{escape(m.title)}">{stretch}</span>')
        at = m.span.end
    out.append(words(at, len(text)))
    return "".join(out)
