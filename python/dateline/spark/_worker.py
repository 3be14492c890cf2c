"""What runs in Spark's Python workers."""

from __future__ import annotations

from functools import lru_cache

from ..coder import Coder


@lru_cache(maxsize=4)
def coder(codebook: str | None, min_confidence: float) -> Coder:
    """The worker's coder: built once, kept for all tasks, on the one core that a task has."""
    return Coder(codebook, min_confidence=min_confidence, threads=1)
