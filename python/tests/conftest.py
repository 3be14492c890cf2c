"""What the tests share: the repository, the command line, and varied reports."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline import Coder

ROOT = Path(__file__).resolve().parents[2]

#: Reports of another make: accents before the spans, another language, a headline of its own, blank ends.
AWKWARD = [
    {"id": "a1", "text": "Señor Muñoz’s envoys met Côte d’Ivoire’s foreign minister in Abidjan on Tuesday – again.", "published": "2026-03-14"},
    {"id": "a2", "text": "Die Unterhändler beider Seiten haben sich am Montag in Genf getroffen, um über eine Waffenruhe zu sprechen."},
    {"text": "  \n\nTalks resume\n\nThe two sides resumed talks in Doha <b>today</b> & agreed nothing.\n", "title": "Given", "outlet": "Wire"},
    {"text": "Rebels attacked an army base near Goma on Friday, killing six soldiers.", "url": "https://reports.example/1"},
]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def command_line() -> Callable[..., str]:
    """Runs the program built from this repository and gives what it prints."""
    program = Path(os.environ.get("DATELINE", ROOT / "target/release/dateline"))
    if not program.exists():
        pytest.skip(f"skipped: {program} absent; cargo build --release, or name the program in DATELINE")

    def run(*arguments: object, fails: bool = False) -> str:
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, cwd=ROOT, check=False)
        assert done.returncode == (1 if fails else 0), done.stderr.decode()
        return done.stdout.decode()

    return run


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="session")
def examples(root: Path) -> list[Path]:
    return sorted((root / "examples").glob("*.txt"))


@pytest.fixture(scope="session")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The awkward reports as JSON Lines."""
    path = tmp_path_factory.mktemp("awkward") / "awkward.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in AWKWARD), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def varied(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Varied reports as JSON Lines: those of DATELINE_VARIED, else sixty made of the examples' paragraphs."""
    given = os.environ.get("DATELINE_VARIED")
    if given:
        return Path(given)
    path = tmp_path_factory.mktemp("varied") / "varied.jsonl"
    texts = [p.read_text() for p in sorted((root / "examples").glob("*.txt"))]
    passages = [p for t in texts for p in t.split("\n\n")]
    with path.open("w") as f:
        for i in range(60):
            body = "\n\n".join(passages[(i * 7 + k * 3) % len(passages)] for k in range(4))
            f.write(json.dumps({"text": f"Report {i}. {body}", "published": f"2026-{1 + i % 12:02}-{1 + i % 28:02}"}) + "\n")
    return path


@pytest.fixture(scope="session")
def many(varied: Path) -> Path:
    """More of them, for what is to be distributed: those of DATELINE_MANY, else the same."""
    given = os.environ.get("DATELINE_MANY")
    return Path(given) if given else varied
