"""One tree of errors, each with what, where and the remedy."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

import dateline
from dateline import Codebook, CodebookError, Coder, DatelineError, DatelineWarning, InputError, QueryError, Store, StoreError


def test_the_tree() -> None:
    for error in (InputError, QueryError, CodebookError, StoreError):
        assert issubclass(error, DatelineError)
    assert issubclass(InputError, ValueError) and issubclass(QueryError, InputError)


def test_texts_and_arguments(coder: Coder) -> None:
    with pytest.raises(InputError, match="white space"):
        coder.code(" \n ")
    with pytest.raises(InputError, match='published: "14 March" is not a day; write it as 2026-03-14'):
        coder.code("Talks resumed.", published="14 March")
    with pytest.raises(InputError, match="decode it"):
        coder.code("\ud800 talks")
    with pytest.raises(InputError, match="from 0 to 1"):
        Coder(min_confidence=2)
    with pytest.raises(InputError, match="threads"):
        Coder(threads=0)


def test_tables(coder: Coder) -> None:
    with pytest.raises(InputError, match="builtins.list is no table"):
        coder.code_batch([{"text": "Talks resumed."}])
    with pytest.raises(InputError, match=r"none of its columns is known as the text \(columns: a, b\)"):
        coder.code_batch(pa.table({"a": ["x"], "b": ["y"]}))
    with pytest.raises(InputError, match='no column "body"'):
        coder.code_batch(pa.table({"text": ["x"]}), text="body")
    with pytest.raises(InputError, match='its column "text" holds lists or records'):
        coder.code_batch(pa.table({"text": [["x"]]}))
    with pytest.raises(InputError, match='output: "rows" is not events, mentions or records'):
        coder.code_batch(pa.table({"text": ["x"]}), output="rows")  # type: ignore[arg-type]
    with pytest.raises(InputError, match='columns: "author" is not one of text'):
        coder.code_path("nowhere.csv", columns={"author": "x"})


def test_what_cannot_be_read_is_told_and_the_rest_is_coded(coder: Coder, tmp_path: Path) -> None:
    table = pa.table({"text": ["Rebels attacked Goma.", None, "  "]})
    with pytest.warns(DatelineWarning, match='2 of 3 reports were not coded: table record 2: its column "text" is empty'):
        records = coder.code_batch(table, output="records")
    assert [r is None for r in records.column("record").to_pylist()] == [False, True, True]
    assert [e is None for e in records.column("error").to_pylist()] == [True, False, False]
    with pytest.warns(DatelineWarning, match="nowhere.txt"):
        assert coder.code_path(tmp_path / "nowhere.txt").num_rows == 0


def test_codebooks_and_stores(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('type = "CONSULT"\n[[frame]]\n')
    with pytest.raises(CodebookError, match=r"bad\.toml"):
        Codebook(tmp_path)
    with pytest.raises(StoreError, match="no such store"):
        Store(tmp_path / "none.store")
    (tmp_path / "text.store").write_text("not a store, by any means")
    with pytest.raises(StoreError, match="is not a Dateline store"):
        Store(tmp_path / "text.store")
    store = Store(tmp_path / "new.store", write=True)
    with pytest.raises(QueryError):
        store.search('"open')
    with pytest.raises(InputError, match='types: "MEET" is not one of AGREE, CONSULT'):
        store.events(types="meet")
    with pytest.raises(InputError, match='countries: "SUDAN" is not a code of three letters'):
        store.events(countries=["Sudan"])
    with pytest.raises(InputError, match="period"):
        store.counts(period="decade")  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="talks"):
        store.dossier("talks")


def test_the_version_is_told() -> None:
    assert dateline.__version__.count(".") == 2
