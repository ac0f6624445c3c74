"""The bytes of a file that a provider uploads, as headings and rows.

What a file is, is decided by what is in it and never by its name. Nothing is written to disk, no formula is evaluated,
and a workbook is opened in a child process with limits of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

from ims.bulk.reading import delimited, workbook
from ims.bulk.reading.headings import headings_of
from ims.bulk.reading.limits import Limits, Unreadable
from ims.bulk.reading.signatures import is_zip, refuse_other_files
from ims.bulk.reading.table import Row, rows_of

__all__ = ["Limits", "Sheet", "Unreadable", "open_sheet"]

_MB = 1_000_000


@dataclass
class Sheet:
    """A table with its headings."""

    header: list[str]
    """Trimmed, as written, no two alike but for case. One is empty only where nothing stands below it; empty ones at
    the end are left out."""
    rows: Iterator[Row]
    """(number, cells). The number is the spreadsheet's: blank rows are passed over but counted. Cells are trimmed text,
    one for each heading; more of them where something stands right of the last heading. Going through them raises
    Unreadable where a later part of the file cannot be read."""
    kind: str
    """csv or xlsx."""
    encoding: str = ""
    """Of a CSV file: UTF-8, UTF-16 or Windows (cp1252)."""
    delimiter: str = ""
    """Of a CSV file."""
    tab: str = ""
    """Of a workbook: the name of the sheet that was read."""


@contextmanager
def open_sheet(data: bytes, *, name: str, limits: Limits) -> Iterator[Sheet]:
    """The table in a file. Its rows can be read until the block ends. Raises Unreadable, here or on the way.

    `name`, as the person's computer calls the file, only helps to say what is wrong with it.
    """
    _refuse_by_length(data, limits)
    refuse_other_files(data)
    opened = workbook.opened(data, name, limits) if is_zip(data) else delimited.opened(data)
    with opened as text:
        header, rows = headings_of(rows_of(text, limits), limits)
        delimiter = text.delimiter if text.kind == "csv" else ""
        yield Sheet(header, rows, text.kind, text.encoding, delimiter, text.tab)


def _refuse_by_length(data: bytes, limits: Limits) -> None:
    if not data:
        raise Unreadable("The file is empty. Choose the file that your rows are in.")
    if len(data) > limits.bytes:
        raise Unreadable(
            f"The file has {ceil(len(data) / _MB * 10) / 10:g} MB and the most is {limits.bytes / _MB:g} MB. "
            "Split it into smaller files, each with the headings."
        )
