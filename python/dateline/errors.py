"""What can go wrong: one tree, so that ``except DatelineError`` catches all of it.

Every message names what is wrong, where, and the remedy.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Anything Dateline could not do."""


class InputError(DatelineError, ValueError):
    """A text, a table or an argument is not what it should be."""


class QueryError(InputError):
    """The words of a search cannot be understood."""


class CodebookError(DatelineError):
    """A codebook file is wrong."""


class StoreError(DatelineError):
    """A store cannot be opened, read or written."""


class DatelineWarning(UserWarning):
    """Some reports could not be read; the others were coded."""
