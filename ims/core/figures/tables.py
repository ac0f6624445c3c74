"""What may be shown of a set of counts: the one object that page, chart and file are made from.

It holds figures that were protected before (suppression.py), and no true count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ims.core.figures.shown import Shown


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """What may be shown: the one object that page, chart and file are made from.

    rows: a row header and then the figures, as many as there are columns.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Shown]]
    footnotes: Sequence[str] = field(default_factory=tuple)

    def column(self, label: str) -> list[tuple[str, Shown]]:
        """Row headers with the figures of one column. Raises ValueError if there is no column of that label."""
        place = [column.label for column in self.columns].index(label)
        return [(row[0], row[place]) for row in self.rows]

    def as_rows_for_csv(self) -> Iterator[list[str]]:
        """Caption, headings, rows and footnotes: a file of figures must say what its symbols mean."""
        yield [self.caption]
        yield [column.label for column in self.columns]
        for row in self.rows:
            yield [cell.plain() if isinstance(cell, Shown) else cell for cell in row]
        yield from ([note] for note in self.footnotes)
