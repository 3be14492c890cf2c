"""Dateline on Apache Spark: tables of reports with :func:`code_reports`, files with :func:`code_files`.

Both give what the command line gives for the same reports, whatever the partitioning. Every executor needs this package and nothing else; a
Python worker builds its coder once and codes on one core, so that the cores of an executor are its tasks. docs/scale.md says how to run either.
"""

from __future__ import annotations

from ._files import FileResult, code_files, find_files
from ._reports import code_reports

__all__ = ["FileResult", "code_files", "code_reports", "find_files"]
