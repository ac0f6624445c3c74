"""The beginning of a real file, by which a profile is made: never stored, and carried from page to page sealed."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice

from ims.bulk.reading.sheet import Limits, Unreadable, open_sheet

ROWS = 20  # kept, to try the profile on
LOOKED_THROUGH = 1000  # rows, for the different values of a column
VALUES = 25  # of a column at most: one with more has no words to be put into ours
LONGEST = (
    600  # characters kept of a cell: more than any column takes, so that a cell that is too long stays so
)
COLUMNS = 150
BYTES = 400_000  # of the rows together; a form takes a few times that
TOO_MANY_COLUMNS = (
    "The file has {} columns, and a profile is made for {} at most. Take out those that you do not need."
)


@dataclass(frozen=True)
class Sample:
    layout: str
    header: list[str]
    rows: list[tuple[int, list[str]]]  # the first ones, with the spreadsheet's numbers
    values: list[list[str]]  # of each column, the different ones; none where they are too many


def sample_of(data: bytes, name: str, layout: str) -> Sample:
    """The headings and first rows of a file. Raises Unreadable."""
    with open_sheet(data, name=name, limits=Limits(seconds=15)) as sheet:
        header = sheet.header
        if len(header) > COLUMNS:
            raise Unreadable(TOO_MANY_COLUMNS.format(len(header), COLUMNS))
        rows = list(islice(sheet.rows, LOOKED_THROUGH))
    return Sample(layout, header, _first(rows), [_values(rows, place) for place in range(len(header))])


def _first(rows: Sequence[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """As many of the first rows as fit into a form."""
    kept, size = [], 0
    for number, cells in rows[:ROWS]:
        cells = [cell[:LONGEST] for cell in cells]
        size += sum(map(len, cells))
        if kept and size > BYTES:
            break
        kept.append((number, cells))
    return kept


def _values(rows: Sequence[tuple[int, list[str]]], place: int) -> list[str]:
    """In the order in which they come; a cell of many characters is no word of a list."""
    found = dict.fromkeys(cells[place] for _, cells in rows if cells[place])
    return list(found) if len(found) <= VALUES and max(map(len, found), default=0) <= 60 else []


def as_text(sample: Sample) -> str:
    return json.dumps(asdict(sample))


def from_text(text: str) -> Sample:
    said = json.loads(text)
    return Sample(**{**said, "rows": [(number, cells) for number, cells in said["rows"]]})
