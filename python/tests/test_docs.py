"""What the documentation promises: labels of every code, and the recipe for R where R is."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

import dateline
from dateline import Store, _dateline


def labels(root: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with (root / "docs/r/labels.csv").open() as f:
        for row in csv.DictReader(f):
            assert row["label"]
            found.setdefault(row["column"], []).append(row["code"])
    return found


def test_every_code_has_its_label_in_its_order(root: Path) -> None:
    found = labels(root)
    quads = [str(q) for q in sorted({_dateline.quad(t) or 0 for t in dateline.CODES["type"]})]
    assert found.pop("quad") == quads == ["1", "2", "3", "4"]
    assert {name: tuple(codes) for name, codes in found.items()} == {name: dateline.CODES[name] for name in found}
    assert set(found) == {"type", "status", "certainty", "date_precision", "place_precision"}
    assert set(found) < set(dateline.event_schema().names)


def test_the_guide_names_every_condition(root: Path) -> None:
    guide = (root / "docs/python.md").read_text()
    assert all(f"`{name}`" in guide for name in dateline.Filter.__annotations__)
    assert all(f"`{name}`" in guide for name in dateline.record_schema().names)


SCRIPT = """
source(file.path("{root}", "docs/r/dateline.R"))
events <- read_events("{folder}/events.csv")
stopifnot(is.factor(events$type), nlevels(events$type) == 16, inherits(events$day, "Date"), !anyNA(events$type))
stopifnot(is.logical(events$historical), !anyNA(events$historical), nlevels(events$quad_label) == 4)
dyads <- dyad_rows(events)
stopifnot(nrow(dyads) > 0, !anyNA(dyads$first))
counts <- as.data.frame(table(type = paste(dyads$type, dyads$first, dyads$second)))
write.csv(counts, "{folder}/counts.csv", row.names = FALSE)
cat(nrow(events))
"""


def test_the_recipe_for_r(root: Path, command_line: Callable[..., str], varied: Path, tmp_path: Path) -> None:
    r = shutil.which("Rscript")
    if r is None:
        pytest.skip("skipped: Rscript absent; docs/r.md is checked for its labels only")
    store = tmp_path / "news.store"
    command_line("add", store, varied)
    command_line("export", store, "--format", "csv", "--output", tmp_path / "events.csv")
    done = subprocess.run([r, "-e", SCRIPT.format(root=root, folder=tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    events = Store(store).events().to_pylist()
    assert done.stdout == str(len(events))
    wanted: Counter[str] = Counter()
    for e in events:
        parties = [dict.fromkeys(c for c in (e[f] or "").split(";") if c) for f in ("actor_countries", "recipient_countries")]
        pairs = [(a, b) for a in parties[0] for b in parties[1]] if parties[1] else list(combinations(sorted(parties[0]), 2))
        wanted.update(f"{e['type']} {a} {b}" for a, b in pairs)
    with (tmp_path / "counts.csv").open() as f:
        assert {row["type"]: int(row["Freq"]) for row in csv.DictReader(f)} == wanted
