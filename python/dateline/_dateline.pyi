"""The native half."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa

__version__: str

def event_schema() -> pa.Schema: ...
def record_schema() -> pa.Schema: ...
def codes() -> dict[str, list[str]]: ...
def quad(kind: str) -> int | None: ...
def columns_read(header: list[str], columns: dict[str, str], dates: str) -> dict[str, str]: ...

class Codebook:
    def __new__(cls, folder: str | None = None) -> Codebook: ...
    def frames(self) -> list[tuple[str, str, str | None, float, list[str], str]]: ...
    def check(self, begin: str) -> list[tuple[str, str, str | None]]: ...

class Coder:
    def __new__(
        cls, codebook: Codebook | None = None, min_confidence: float = 0.5, threads: int | None = None
    ) -> Coder: ...
    def code(
        self,
        text: str,
        published: str | None = None,
        title: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
        id: str | None = None,
    ) -> str: ...
    def code_batch(
        self, table: Any, columns: dict[str, str], output: str, dates: str
    ) -> tuple[pa.Table, list[str], int, int]: ...
    def code_path(
        self,
        path: str,
        columns: dict[str, str],
        output: str,
        dates: str,
        published: str | None = None,
        outlet: str | None = None,
        write: Callable[[pa.RecordBatch], object] | None = None,
    ) -> tuple[pa.Table, list[str], int, int]: ...

class Store:
    def __new__(cls, path: str, write: bool) -> Store: ...
    @property
    def path(self) -> str: ...
    def search(
        self,
        query: str,
        conditions: dict[str, list[str]],
        min_confidence: float | None,
        newest: bool | None,
        limit: int,
        skip: int,
    ) -> tuple[int, pa.Table, pa.Table]: ...
    def events(self, mentions: bool, conditions: dict[str, list[str]], min_confidence: float | None) -> pa.Table: ...
    def counts(
        self,
        period: str,
        by: str | None,
        mentions: bool,
        conditions: dict[str, list[str]],
        min_confidence: float | None,
    ) -> pa.Table: ...
    def record(self, id: str) -> str | None: ...
    def add(
        self, table: Any, coder: Coder, columns: dict[str, str], dates: str
    ) -> tuple[int, int, int, int, list[str]]: ...
    def watch(
        self, name: str, query: str, conditions: dict[str, list[str]], min_confidence: float | None
    ) -> int: ...
    def dossier(self, watch: str, since: str | None) -> str: ...
