"""Tables of counts: how their rows and columns add up, and what is left of them for page, chart and file alike.

A `CountTable` holds true counts and never leaves the process; `publish` turns it into a `FigureTable`, which holds none.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from ims.core.figures.additive import Cell, DoesNotAddUp, Key, Relation
from ims.core.figures.policy import Policy
from ims.core.figures.shown import Shown, Standing
from ims.core.figures.suppression import protect

COUNTED_ONCE = (
    "A person seen in several places is counted once in each total, so rows and columns need not add up."
)


@dataclass(frozen=True, slots=True)
class Row:
    """total_of: keys of the rows that this one is the total of, each of them once."""

    key: Hashable
    label: str
    total_of: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of counts. Without `rests_on` it counts people; with it, a volume of the people in that column.

    total_of: keys of the columns that this one is the total of, such as the cohorts or a yes and a no.
    """

    key: Hashable
    label: str
    rests_on: Hashable | None = None
    total_of: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class CountTable:
    """True counts. counts: by row key and column key; None where not recorded, and none missing.

    In tables published together a count with the same row key and column key is the same count.
    """

    caption: str
    row_label: str
    rows: tuple[Row, ...]
    columns: tuple[Measure, ...]
    counts: Mapping[tuple[Hashable, Hashable], int | None]
    footnotes: tuple[str, ...] = ()

    def cells(self) -> dict[Key, Cell]:
        """Raises KeyError for a count that is missing: whether it is 0 or not recorded is the query's to say."""
        return {
            (row.key, column.key): Cell(
                self.counts[row.key, column.key],
                people=None if column.rests_on is None else (row.key, column.rests_on),
            )
            for row in self.rows
            for column in self.columns
        }

    def relations(self) -> Iterator[Relation]:
        for row in self.rows:
            for column in self.columns:
                people = column.rests_on is None
                if row.total_of:
                    yield Relation(
                        (row.key, column.key), tuple((part, column.key) for part in row.total_of), people
                    )
                if column.total_of:
                    yield Relation(
                        (row.key, column.key), tuple((row.key, part) for part in column.total_of), people
                    )


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

    def with_column(self, label: str, figures: Sequence[Shown]) -> "FigureTable":
        """The table with one more column, such as percentages made from what the others show."""
        rows = [[*row, figure] for row, figure in zip(self.rows, figures, strict=True)]
        return replace(self, columns=[*self.columns, Column(label, numeric=True)], rows=rows)

    def as_rows_for_csv(self) -> Iterator[list[str]]:
        """Caption, headings, rows and footnotes: a file of figures must say what its symbols mean."""
        yield [self.caption]
        yield [column.label for column in self.columns]
        for row in self.rows:
            yield [cell.plain() if isinstance(cell, Shown) else cell for cell in row]
        yield from ([note] for note in self.footnotes)


def publish(
    tables: Sequence[CountTable], policy: Policy, known: Set[Key] = frozenset()
) -> tuple[FigureTable, ...]:
    """What may be shown of tables that a reader can lay side by side; protected together, in the order given.

    known: (row key, column key) of counts the reader has exactly. Raises DoesNotAddUp when a count differs between two
    tables, and what `protect` raises.
    """
    cells: dict[Key, Cell] = {}
    for table in tables:
        for key, cell in table.cells().items():
            if cells.setdefault(key, cell) != cell:
                raise DoesNotAddUp(f"{key} is not the same in {table.caption!r} as in a table before it.")
    relations = list(dict.fromkeys(relation for table in tables for relation in table.relations()))
    shown = protect(cells, relations, policy, known)
    return tuple(_figure_table(table, shown, policy) for table in tables)


def _figure_table(table: CountTable, shown: Mapping[Key, Shown], policy: Policy) -> FigureTable:
    figures = [[shown[row.key, column.key] for column in table.columns] for row in table.rows]
    return FigureTable(
        caption=table.caption,
        columns=[Column(table.row_label), *(Column(column.label, numeric=True) for column in table.columns)],
        rows=[[row.label, *some] for row, some in zip(table.rows, figures, strict=True)],
        footnotes=[*_footnotes(table, figures, policy), *table.footnotes],
    )


def _footnotes(table: CountTable, figures: Sequence[Sequence[Shown]], policy: Policy) -> Iterator[str]:
    standings = {figure.standing for row in figures for figure in row}
    if Standing.SUPPRESSED in standings:
        yield (
            f"{policy.symbol} stands for a number from 1 to {policy.threshold} or one about so few people, and for others "
            "that would give such a number away."
        )
    if policy.rounding_base > 1:
        yield f"Numbers are rounded to the nearest {policy.rounding_base}."
    if Standing.NOT_RECORDED in standings:
        yield "“Not recorded” is not 0: nobody was asked."
    people = [column for column in table.columns if column.rests_on is None]
    if (any(row.total_of for row in table.rows) and people) or any(column.total_of for column in people):
        yield COUNTED_ONCE
