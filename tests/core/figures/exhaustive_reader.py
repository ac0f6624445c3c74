"""A reader who tries every table of whole numbers: slow, and knowing nothing of how the project protects its tables.

`Belief` says what this reader takes to be true of totals of people. To keep the trying short the reader is also told
that no count is further than `hint` from the truth: more than any real reader knows, so that whatever this one cannot
rule out, nobody can.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ims.core.figures.additive import Cell, Relation
from ims.core.figures.policy import Policy
from ims.core.figures.shown import Shown

POLICY = Policy()


class Belief(Enum):
    KNOWS_THE_OVERLAP = auto()
    NOBODY_IS_COUNTED_TWICE = auto()
    ANY_OVERLAP = auto()


@dataclass(frozen=True)
class Sum:
    """parts − total lies between least and most."""

    total: Hashable
    parts: tuple[Hashable, ...]
    least: int
    most: int
    holds_its_parts: bool  # the total is no smaller than any part


class ExhaustiveReader:
    def __init__(
        self,
        cells: Mapping[Hashable, Cell],
        relations: Sequence[Relation],
        belief: Belief = Belief.KNOWS_THE_OVERLAP,
        known: Iterable[Hashable] = (),
        hint: int = 14,
    ):
        self.cells = {key: cell for key, cell in cells.items() if cell.value is not None}
        self.known, self.hint = set(known), hint
        self.sums = [self._sum(relation, belief) for relation in relations if relation.total in self.cells]

    def _sum(self, relation: Relation, belief: Belief) -> Sum:
        parts = tuple(part for part in relation.parts if part in self.cells)
        overlap = sum(self.cells[part].value for part in parts) - self.cells[relation.total].value
        least, most = {
            Belief.KNOWS_THE_OVERLAP: (overlap, overlap),
            Belief.NOBODY_IS_COUNTED_TWICE: (0, 0),
            Belief.ANY_OVERLAP: (0, overlap + 6 * self.hint if relation.overlapping else 0),
        }[belief]
        return Sum(relation.total, parts, least, most, belief is Belief.ANY_OVERLAP)

    def leaks(self, shown: Mapping[Hashable, Shown]) -> dict[Hashable, set[int]]:
        """By hidden small cell, those of the counts 1 to 7 that the table rules out and its noughts alone do not.

        Where the table refutes the reader's belief outright, they must drop it, and it has taught them nothing.
        """
        found = {}
        if not self._complete({key: self._range(key, shown[key]) for key in self.cells}):
            return found
        for key, cell in self.cells.items():
            if cell.people is None and 1 <= cell.value <= 7 and key not in self.known:
                excluded = self.excluded(shown, key, range(1, 8))
                if excluded:
                    found[key] = excluded
        return found

    def excluded(self, shown: Mapping[Hashable, Shown], key: Hashable, counts: Iterable[int]) -> set[int]:
        """Those of the counts that this cell cannot have, and that would be possible if all but the noughts were hidden."""
        noughts = {other: POLICY.hide() if cell.value else shown[other] for other, cell in self.cells.items()}
        impossible = {count for count in counts if not self.fits(shown, key, count)}
        return {count for count in impossible if self.fits(noughts, key, count)}

    def fits(self, shown: Mapping[Hashable, Shown], key: Hashable, count: int) -> bool:
        """Is there any table with this count in this cell that looks, when shown, just like this one?"""
        ranges = {cell: self._range(cell, shown[cell]) for cell in self.cells}
        ranges[key] = max(count, ranges[key][0]), min(count, ranges[key][1])
        return self._complete(ranges)

    def _range(self, key: Hashable, shown: Shown) -> tuple[int, int]:
        true = self.cells[key].value
        if key in self.known:
            return true, true
        if shown.is_suppressed:
            return max(1 if self.cells[key].people is None else 0, true - self.hint), true + self.hint
        if shown.value == 0:
            return 0, 0
        return max(shown.value - 2, 8), shown.value + 2

    def _complete(self, ranges: dict) -> bool:
        ranges = self._narrowed(ranges)
        if ranges is None:
            return False
        open_cells = [key for key, (low, high) in ranges.items() if low < high]
        if not open_cells:
            return True
        key = min(open_cells, key=lambda cell: ranges[cell][1] - ranges[cell][0])
        low, high = ranges[key]
        return any(self._complete({**ranges, key: (count, count)}) for count in range(low, high + 1))

    def _narrowed(self, ranges: dict) -> dict | None:
        """The ranges without counts that one sum alone rules out; None if a sum cannot hold."""
        ranges, changed = dict(ranges), True
        while changed:
            changed = False
            for a_sum in self.sums:
                for key, low, high in self._said_by(a_sum, ranges):
                    old = ranges[key]
                    ranges[key] = max(old[0], low), min(old[1], high)
                    changed = changed or ranges[key] != old
            if any(low > high for low, high in ranges.values()):
                return None
        return ranges

    @staticmethod
    def _said_by(a_sum: Sum, ranges: dict):
        least = sum(ranges[part][0] for part in a_sum.parts)
        most = sum(ranges[part][1] for part in a_sum.parts)
        total = ranges[a_sum.total]
        yield a_sum.total, least - a_sum.most, most - a_sum.least
        for part in a_sum.parts:
            low, high = ranges[part]
            yield part, total[0] + a_sum.least - (most - high), total[1] + a_sum.most - (least - low)
            if a_sum.holds_its_parts:
                yield a_sum.total, low, most
                yield part, 0, total[1]


def grid(body: Sequence[Sequence[int]], overlaps: Sequence[int] = ()) -> tuple[dict, list[Relation]]:
    """Cells and relations of a table with a total row and a total column. overlaps: how many people each row and then
    each column counts too often, as far as its largest part allows."""
    rows, columns = range(len(body)), range(len(body[0]))
    spare = iter([*overlaps, *[0] * (len(body) + len(body[0]))])
    cells = {(row, column): body[row][column] for row in rows for column in columns}
    for row in rows:
        cells[row, "all"] = max(max(body[row]), sum(body[row]) - next(spare))
    for column in columns:
        parts = [body[row][column] for row in rows]
        cells["all", column] = max(max(parts), sum(parts) - next(spare))
    down, across = sum(cells[row, "all"] for row in rows), sum(cells["all", column] for column in columns)
    cells["all", "all"] = min(down, across)
    relations = [
        Relation((row, "all"), tuple((row, column) for column in columns), bool(overlaps)) for row in rows
    ]
    for column in [*columns, "all"]:
        relations.append(Relation(("all", column), tuple((row, column) for row in rows), bool(overlaps)))
    relations.append(Relation(("all", "all"), tuple(("all", column) for column in columns), bool(overlaps)))
    return {key: Cell(count) for key, count in cells.items()}, relations
