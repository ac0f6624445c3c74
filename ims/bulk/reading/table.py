"""Rows from text in CSV, whether the file was CSV or a child process made it so of a workbook.

Files of a hundred thousand rows are usual, so nothing is done to a cell that can be done to a row, and no more than one
row is held.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, TextIO

from ims.bulk.reading.limits import SAVE_AGAIN, Limits, Unreadable
from ims.core.csvio import plain

Row = tuple[int, list[str]]

_LONGEST_ROW = 1_000_000  # characters, quoted line ends included: what one row may take of memory


@dataclass(frozen=True)
class Text:
    """A file as CSV: its text, and what a page says of where it came from."""

    stream: TextIO
    delimiter: str
    kind: str
    encoding: str = ""
    tab: str = ""


def column_letters(place: int) -> str:
    """What a spreadsheet writes above a column. The first, 0, is A."""
    letters = ""
    while place >= 0:
        place, letter = divmod(place, 26)
        letters = chr(ord("A") + letter) + letters
        place -= 1
    return letters


def rows_of(text: Text, limits: Limits) -> Iterator[Row]:
    """The rows that are not blank, with the spreadsheet's numbers, cells trimmed. Raises Unreadable on the way."""
    for number, cells in _Rows(text, limits):
        together = "".join(cells)
        if len(together) > limits.cell or "\0" in together:
            _refuse_cells(number, cells, limits)
        if "'" in together:
            cells = map(plain, cells)
        cells = list(map(str.strip, cells))
        if any(cells):
            yield number, cells


class _Rows:
    """Every row as the csv module reads it, with its number, blank ones included; a row that does not end is refused."""

    def __init__(self, text: Text, limits: Limits) -> None:
        self.text, self.limits = text, limits
        self.number = 1
        self.characters = self.lines = 0  # of the row that is being read

    def __iter__(self) -> Iterator[Row]:
        # Strict, because a quotation mark out of place otherwise swallows rows without a word.
        rows = csv.reader(self._lines(), delimiter=self.text.delimiter, strict=True)
        try:
            for number, cells in enumerate(rows, 1):
                if number > self.limits.rows + 1:
                    raise Unreadable(_TOO_MANY_ROWS.format(self.limits.rows))
                yield number, cells
                self.number = number + 1
                self.characters = self.lines = 0
        except csv.Error:
            self._refuse_row(self.lines > 1 or self.characters < csv.field_size_limit())

    def _lines(self) -> Iterator[str]:
        readline = self.text.stream.readline
        while line := readline(_LONGEST_ROW + 1):
            self.characters += len(line)
            self.lines += 1
            if self.characters > _LONGEST_ROW:
                if line.count(self.text.delimiter) > self.limits.columns:
                    refuse_columns(self.number, self.limits)
                self._refuse_row(self.lines > 1)
            yield line

    def _refuse_row(self, quotation: bool) -> NoReturn:
        raise Unreadable(
            f'Row {self.number}: a cell begins with a quotation mark (") that is not closed where the cell ends. '
            "Close it or take it out."
            if quotation
            else f"Row {self.number}: a cell has more than {self.limits.cell:,} characters. Shorten it."
        )


_TOO_MANY_ROWS = "The file has more than {:,} rows, blank ones included. Split it into smaller files, each with the headings."


def refuse_columns(number: int, limits: Limits) -> NoReturn:
    raise Unreadable(
        f"Row {number}: more than {limits.columns:,} columns. Delete the columns right of your table, then save it again."
    )


def _refuse_cells(number: int, cells: list[str], limits: Limits) -> None:
    """Many short cells are no fault."""
    for place, cell in enumerate(cells):
        if len(cell) > limits.cell:
            raise Unreadable(
                f"Row {number}, column {column_letters(place)}: more than {limits.cell:,} characters. Shorten it. "
                'If it runs over several rows, a quotation mark (") is missing.'
            )
        if "\0" in cell:
            raise Unreadable(
                f"Row {number}, column {column_letters(place)}: a character that no text has (NUL). {SAVE_AGAIN}"
            )
