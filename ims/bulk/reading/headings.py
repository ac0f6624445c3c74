"""The row of headings, and the rows below it made as wide.

A file whose headings cannot be trusted is refused whole: nobody can say what its columns are.
"""

import re
from collections.abc import Iterator
from itertools import chain

from ims.bulk.reading.limits import Limits, Unreadable
from ims.bulk.reading.table import Row, column_letters, refuse_columns

_DATE = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}( .*)?")
_OF_NUMBERS = "0123456789.,:/+- "
_PUT_HEADINGS = "Put the name of each column into the first row."


def headings_of(rows: Iterator[Row], limits: Limits) -> tuple[list[str], Iterator[Row]]:
    """The headings and the rows below them, each as wide as the headings or wider. Raises Unreadable."""
    number, header = next(rows, (0, []))
    if not header:
        raise Unreadable("The file has no cell with anything in it. Choose the file that your rows are in.")
    while not header[-1]:
        header.pop()
    if len(header) > limits.columns:
        refuse_columns(number, limits)
    _refuse_data(number, header)
    _refuse_twice(header)
    if not (first := next(rows, None)):
        raise Unreadable(f"The file has headings in row {number} and no rows below them. Add your rows.")
    _refuse_title(number, header, first)
    return header, _below(header, chain([first], rows), limits)


def _refuse_data(number: int, header: list[str]) -> None:
    for place, heading in enumerate(header):
        if _DATE.fullmatch(heading):
            raise Unreadable(
                f"Row {number} has no headings: column {column_letters(place)} is a date. {_PUT_HEADINGS}"
            )
    if not any(heading.strip(_OF_NUMBERS) for heading in header):
        raise Unreadable(f"Row {number} has no headings, only numbers. {_PUT_HEADINGS}")


def _refuse_twice(header: list[str]) -> None:
    seen: dict[str, int] = {}
    for place, heading in enumerate(header):
        earlier = seen.setdefault(" ".join(heading.casefold().split()), place)
        if heading and earlier != place:
            raise Unreadable(
                f"Columns {column_letters(earlier)} and {column_letters(place)} are both called “{heading[:60]}”. "
                "Rename or delete one of them."
            )


def _refuse_title(number: int, header: list[str], first: Row) -> None:
    if len(header) == 1 and sum(map(bool, first[1])) > 1:
        raise Unreadable(
            f"Row {number} has one heading and row {first[0]} has more cells. "
            "If it is a title, delete every row above your headings."
        )


def _below(header: list[str], rows: Iterator[Row], limits: Limits) -> Iterator[Row]:
    width = len(header)
    unnamed = [place for place, heading in enumerate(header) if not heading]
    for row in rows:
        number, cells = row
        if len(cells) != width:
            _fit(cells, width)
            if len(cells) > limits.columns:
                refuse_columns(number, limits)
        for place in unnamed:
            if cells[place]:
                raise Unreadable(
                    f"Row {number} has something in column {column_letters(place)}, which has no heading. "
                    "Give the column a heading or empty it."
                )
        yield row


def _fit(cells: list[str], width: int) -> None:
    """As wide as the headings; wider where something stands right of them."""
    cells.extend([""] * (width - len(cells)))
    while len(cells) > width and not cells[-1]:
        cells.pop()
