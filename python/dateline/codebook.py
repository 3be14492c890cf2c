"""The codebook: what counts as which event."""

from __future__ import annotations

import os
from dataclasses import dataclass

from . import _dateline


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of wording one type of event. ``weight`` is how sure it is by itself, 0 to 1."""

    name: str
    type: str
    mode: str | None
    weight: float
    triggers: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How a frame's example came out; ``difference`` is ``None`` when all is as the frame expects."""

    frame: str
    example: str
    difference: str | None


class Codebook:
    """The codebook that ships with Dateline, or one of your own: a folder of TOML files as codebook/README.md describes them.

    >>> import dateline
    >>> Codebook().frames[0].type in dateline.CODES["type"]
    True
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self.folder = None if folder is None else os.fspath(folder)
        self._native = _dateline.Codebook(self.folder)

    @property
    def frames(self) -> tuple[Frame, ...]:
        """All frames, in the order of the files."""
        rows = self._native.frames()
        return tuple(Frame(n, kind, mode, weight, tuple(triggers), e) for n, kind, mode, weight, triggers, e in rows)

    def check(self, begin: str = "") -> tuple[Checked, ...]:
        """Codes the example of every frame whose name begins so, and compares with what the frame expects.

        >>> all(c.difference is None for c in Codebook().check("consult/m"))
        True
        """
        return tuple(Checked(*row) for row in self._native.check(begin))

    def __repr__(self) -> str:
        where = f" {self.folder!r}" if self.folder else ""
        return f"<Codebook{where}: {len(self.frames)} frames>"
