"""From the JSON of a record to its classes, by their annotations."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def decode(cls: type[T], data: dict[str, Any]) -> T:
    """The object of class ``cls`` that ``data`` describes. Fields of a newer Dateline are passed over."""
    return cls(**{name: make(data.get(name)) for name, make in _makers(cast(Any, cls))})


@cache
def _makers(cls: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = get_type_hints(cls)
    return tuple((f.name, _maker(hints[f.name])) for f in fields(cls))


def _maker(hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (a for a in get_args(hint) if a is not type(None))
        make = _maker(inner)
        return lambda value: None if value is None else make(value)
    if get_origin(hint) is tuple:
        make = _maker(get_args(hint)[0])
        return lambda value: tuple(make(v) for v in value or ())
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and is_dataclass(hint):
        inner_class = cast(Any, hint)
        return lambda value: decode(inner_class, value)
    return lambda value: value
