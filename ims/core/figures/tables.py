"""Tables of figures: the same object for page, chart and file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ims.core.figures.shown import Shown


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Shown]]
    footnotes: Sequence[str] = field(default_factory=tuple)

    def as_rows_for_csv(self) -> Iterator[list[str]]:
        yield [self.caption]
        yield [column.label for column in self.columns]
        for row in self.rows:
            yield [cell.plain() if isinstance(cell, Shown) else cell for cell in row]
        yield from ([note] for note in self.footnotes)
