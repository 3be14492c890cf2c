"""Records as objects: they stand for their JSON, point at their words, and show themselves."""

from __future__ import annotations

import dataclasses
import json
import pickle
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from conftest import AWKWARD

from dateline import Coder, Event, Record, Span


@pytest.fixture(scope="module")
def talks(coder: Coder, root: Any) -> Record:
    return coder.code((root / "examples/talks.txt").read_text(), published="2026-03-14")


def plain(value: Any) -> Any:
    """An object as the JSON that it came from."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value) if f.name != "_json"}
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_no_field_is_lost(talks: Record) -> None:
    assert plain(talks) == json.loads(talks.to_json()) == talks.to_dict()
    assert talks.talks and talks.events and talks.figures and talks.positions and talks.assessments and talks.quotes


def spans(value: Any) -> Iterator[tuple[str, Span]]:
    if dataclasses.is_dataclass(value):
        words = getattr(value, "text", None)
        if isinstance(value, Event):
            words = value.trigger
        span = getattr(value, "span", None)
        if isinstance(span, Span) and isinstance(words, str):
            yield words, span
        for f in dataclasses.fields(value):
            yield from spans(getattr(value, f.name))
    elif isinstance(value, tuple):
        for v in value:
            yield from spans(v)


def test_spans_point_at_their_words(talks: Record, coder: Coder) -> None:
    accents = coder.code(**AWKWARD[0])
    assert accents.events and len(accents.report.text) < len(accents.report.text.encode())
    for record in (talks, accents):
        found = list(spans(record))
        assert len(found) > 3
        for words, span in found:
            assert record.words(span) == words


def test_records_compare_and_travel(talks: Record) -> None:
    again = Record.from_json(talks.to_json() + "\n")
    assert again == talks and again.to_json() == talks.to_json() and hash(again) == hash(talks)
    sent = pickle.loads(pickle.dumps(talks))
    assert sent == talks and sent.to_json() == talks.to_json()
    with pytest.raises(dataclasses.FrozenInstanceError):
        talks.events[0].type = "AID"  # type: ignore[misc]
    newer = json.loads(talks.to_json()) | {"field_of_a_newer_version": 1}
    assert Record.from_json(json.dumps(newer)).events == talks.events


def test_a_coder_travels(coder: Coder) -> None:
    again = pickle.loads(pickle.dumps(Coder(min_confidence=0.9, threads=1)))
    assert repr(again) == "<Coder threads=1 min_confidence=0.9>"


def test_they_show_themselves(talks: Record) -> None:
    shown = repr(talks)
    assert re.fullmatch(r"<Record \w{16} 'Prisoner Talks .*' 2026-03-14: \d+ events, .*talks>", shown), shown
    assert str(talks).count("\n") == len(talks.events)
    for e in talks.events:
        assert repr(e).startswith(f"<Event {e.id} {e.type}") and "Actor(" not in repr(e)
    assert repr(talks.talks).startswith("<Talks Sudan [SDN GOV]")
    everything = [talks.report, *talks.figures, *talks.positions, *talks.assessments, *talks.quotes]
    assert all(len(repr(x)) < 400 and "\n" not in repr(x) for x in everything)


class Page(HTMLParser):
    """Tags, and the text of the report with what is marked in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.text = ""
        self.marked: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "br":
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if ("div", "text") in self.open:
            self.text += data
            kind = self.open[-1][1]
            if kind != "text":
                self.marked.setdefault(kind.split()[0], []).append(data)


def test_a_notebook_shows_the_text_with_coloured_spans(talks: Record, coder: Coder) -> None:
    page = Page(talks._repr_html_())
    assert not page.open and page.text == talks.report.text
    assert len(page.marked["trigger"]) >= len({e.span for e in talks.events}) - 1
    assert page.marked["actor"] and page.marked["place"] and page.marked["date"]
    assert page.tags.count("tr") == 1 + len(talks.events)
    accents = Page(coder.code(**AWKWARD[0])._repr_html_())
    assert accents.text == AWKWARD[0]["text"]


def test_hostile_text_stays_text(coder: Coder) -> None:
    hostile = coder.code('<script>alert("x")</script> Rebels attacked Goma <b>today</b>.', title="</style><script>", outlet="<i>")
    page = Page(hostile._repr_html_())
    assert "script" not in page.tags and "b" not in page.tags and "i" not in page.tags
    assert page.text == hostile.report.text
