"""A file's rows, checked one by one and never all in memory.

A few malformed rows are left out and counted; more than one in a thousand, and the file is not what it says it is.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from ims.geography.loading.files import FileRefused, Source
from ims.geography.loading.layouts import Layout, recognise
from ims.geography.models import Product
from ims.geography.postcodes import is_well_formed, spaced

MOST_MALFORMED = 0.001  # of all rows
HOPELESS = 5_000  # malformed rows at which reading on is a waste: the largest product has 2.7 million rows
EXAMPLES = 5

_AREA = re.compile(r"[A-Z][0-9]{8}")
_SMALL_AREA = re.compile(
    r"[A-Z][0-9]{8}|[0-9]{2}[A-Z]{2}[0-9A-Z]{4}"
)  # the second form is Northern Ireland's of 2011
_MONTH = re.compile(r"((?:19|20)[0-9]{2})-?(0[1-9]|1[0-2])")
_PROMISED_ROWS = re.compile(r"(?m)^\s*[A-Z]{1,2}\s+([0-9]+)\s*$")  # "      AB\t17403" in metadata.txt


class Row(NamedTuple):
    """One postcode. Codes the file does not have are empty; `terminated` is "1996-06-01", or None."""

    postcode: str
    authority: str
    ward: str
    lsoa: str
    terminated: str | None


@dataclass(slots=True)
class Reading:
    """What was met in a file: filled while `rows_of` is read, to be judged by `judge` when it has ended."""

    product: Product = Product.OTHER
    rows: int = 0
    malformed: int = 0
    examples: list[str] = field(default_factory=list)

    def add_malformed(self, where: str, number: int, why: str) -> None:
        self.malformed += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(f"row {number} of {where} {why}")
        if self.malformed >= HOPELESS:
            self.refuse()

    def judge(self, source: Source, *, smaller: bool) -> None:
        """Raises FileRefused where the file cannot be what it says it is. `smaller` allows missing rows."""
        if not self.rows and not self.malformed:
            raise FileRefused(f"{source.name!r} holds no postcodes.")
        if self.malformed > MOST_MALFORMED * (self.rows + self.malformed):
            self.refuse()
        promised = sum(map(int, _PROMISED_ROWS.findall(source.metadata)))
        if not smaller and self.rows + self.malformed < promised:
            raise FileRefused(
                f"{source.name!r} says of itself that it holds {promised:,} rows, and holds {self.rows:,}: files are "
                "missing. Download it again, or add --smaller if you took them out."
            )

    def refuse(self) -> None:
        raise FileRefused(
            f"{self.malformed:,} of {self.rows + self.malformed:,} rows are malformed, for example "
            f"{'; '.join(self.examples)}. This is not a postcode file, or it is damaged."
        )


def rows_of(source: Source, reading: Reading) -> Iterator[Row]:
    """Every well-formed row of every CSV file in the source. Raises FileRefused."""
    for member in source.members:
        yield from _rows_of_member(source, member, reading)


def _rows_of_member(source: Source, member: str, reading: Reading) -> Iterator[Row]:
    where = repr(member)
    rows = csv.reader(source.lines(member))
    try:
        if (first := next(rows, None)) is None:
            return
        layout = recognise(first, where)
        reading.product = layout.product
        yield from _checked(rows if layout.has_header else chain([first], rows), rows, layout, where, reading)
    except csv.Error as error:
        raise FileRefused(f"{where} is not a CSV file: {error} at row {rows.line_num}.") from None


def _checked(
    rows: Iterator[list[str]], counter, layout: Layout, where: str, reading: Reading
) -> Iterator[Row]:
    """The rows that are well formed; `counter` is the CSV reader, which knows the number of the line."""
    for cells in rows:
        if why := _fault(cells, layout):
            if cells:  # an empty line is nobody's row
                reading.add_malformed(where, counter.line_num, why)
            continue
        reading.rows += 1
        yield _row(cells, layout)


def _fault(cells: list[str], layout: Layout) -> str:
    """Why a row cannot be taken, in words that end "row 7 of x …", or ""."""
    if len(cells) != layout.width:
        return f"has {len(cells)} columns in place of {layout.width}"
    if not is_well_formed(spaced(cells[layout.postcode])):
        return f"has {cells[layout.postcode][:12]!r} for a postcode"
    authority = cells[layout.authority]
    if authority and not _AREA.fullmatch(authority):
        return f"has {authority[:12]!r} for an authority"
    return ""


def _row(cells: list[str], layout: Layout) -> Row:
    return Row(
        spaced(cells[layout.postcode]),
        cells[layout.authority],
        _code(cells, layout.ward, _AREA),
        _code(cells, layout.lsoa, _SMALL_AREA),
        _month(cells, layout.terminated),
    )


def _code(cells: list[str], column: int | None, form: re.Pattern) -> str:
    """The code in a column, or "" where there is none: some files keep a name under a heading that others use for a code."""
    return cells[column] if column is not None and form.fullmatch(cells[column]) else ""


def _month(cells: list[str], column: int | None) -> str | None:
    found = _MONTH.match(cells[column]) if column is not None else None
    return f"{found[1]}-{found[2]}-01" if found else None
