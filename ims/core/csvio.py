"""CSV out and in. A spreadsheet must not take a cell of ours for a formula, and what was written reads back the same.

A text cell that begins like a formula gets an apostrophe in front, as spreadsheets themselves mark text. A text that
already begins with apostrophes and then like a formula gets one more, so that `plain` undoes exactly what `neutral` did.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ROWS_A_CHUNK = 500  # one piece of a streamed answer; a piece a row would be a network write a row


def neutral(cell: object) -> object:
    """The cell as it may stand in a file that a spreadsheet opens. Numbers, and whatever is not text, are untouched."""
    return f"'{cell}" if isinstance(cell, str) and _LIKE_A_FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """The text that `neutral` was given."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell


def write_rows(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The rows as CSV with CRLF line ends, cells neutral, a few hundred rows a piece. None is an empty cell."""
    rows = iter(rows)
    while some := list(islice(rows, _ROWS_A_CHUNK)):
        piece = io.StringIO(newline="")
        csv.writer(piece).writerows([neutral(cell) for cell in row] for row in some)
        yield piece.getvalue()
