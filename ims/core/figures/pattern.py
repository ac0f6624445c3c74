"""Which cells are hidden so far, and which one to hide next. Cells and relations are numbered in the order given."""

from collections.abc import Iterable, Mapping, Sequence, Set

from ims.core.figures.additive import Cell, Key, Relation
from ims.core.figures.attacker import NO_LIMIT, Reader, Step
from ims.core.figures.policy import Policy


class Pattern:
    """A growing set of hidden cells. What was not recorded is no cell here, and says nothing about the others.

    Where people overlap, the overlap is a cell too, after all the others: how many the parts count too often. It is
    never shown; `suppose` and `suppose_any_overlap` say what the reader takes it to be.

    truth: the count of every cell.        known: cells that hiding cannot help, as the reader has them otherwise.
    hidden: the cells hidden so far.       reader: what the figures still shown say.
    """

    def __init__(
        self, cells: Mapping[Key, Cell], relations: Sequence[Relation], policy: Policy, known: Set[Key]
    ) -> None:
        self.keys = [key for key, cell in cells.items() if cell.value is not None]
        number = {key: place for place, key in enumerate(self.keys)}
        relations = [relation for relation in relations if relation.total in number]
        members = [
            [(number[relation.total], -1), *((number[part], 1) for part in relation.parts if part in number)]
            for relation in relations
        ]
        self.truth: list[int] = [cells[key].value for key in self.keys]
        self.hidden: set[int] = set()
        self._totals = {number[relation.total] for relation in relations}
        self._hidden_in = [0] * len(members)
        self._least: dict[int, int] = {}  # by hidden cell that the reader does not know
        self._any_overlap = False
        self._add_overlaps(
            members, [place for place, relation in enumerate(relations) if relation.overlapping]
        )
        self.known = {number[key] for key in known if cells[key].value is not None} | set(self.overlaps)
        self.reader = Reader(members, _links(members, len(self.truth)), *self._bounds(policy))

    def _add_overlaps(self, members: list[list[Step]], overlapping: list[int]) -> None:
        self.overlaps: dict[int, int] = {}  # by cell, its relation
        cells = range(len(self.keys) + len(overlapping))
        self._inside: list[list[int]] = [[] for _ in cells]  # by cell, totals of people that include it
        self._holds: list[list[int]] = [[] for _ in cells]  # by cell, the parts it is the total of
        for relation in overlapping:
            (total, _), *parts = members[relation]
            for part, _ in parts:
                self._inside[part].append(total)
                self._holds[total].append(part)
            self.overlaps[len(self.truth)] = relation
            self.truth.append(sum(sign * self.truth[cell] for cell, sign in members[relation]))
            members[relation].append((len(self.truth) - 1, -1))

    def _bounds(self, policy: Policy) -> tuple[list[int], list[int]]:
        shown = [
            (count, count) if cell in self.known else policy.counts_behind(policy.rounded(count))
            for cell, count in enumerate(self.truth)
        ]
        return [low for low, _ in shown], [high for _, high in shown]

    def hide(self, cell: int, least: int = 1) -> None:
        """From now on a reader knows only that the cell is `least` or more (or all of it, if it is one they know)."""
        if cell in self.hidden:
            return
        self.hidden.add(cell)
        if cell in self.known:
            return
        self._least[cell] = least
        self._bound(cell)
        for relation, _ in self.reader.links[cell]:
            self._hidden_in[relation] += 1

    def _bound(self, cell: int) -> None:
        """What is left of a hidden cell: where overlaps are unknown, that a total of people is no less than any part."""
        if cell not in self._least:
            return
        low, high = self.reader.low, self.reader.high
        bounds = self._least[cell], NO_LIMIT
        if self._any_overlap:
            bounds = (
                max([bounds[0], *(low[part] for part in self._holds[cell])]),
                min([bounds[1], *(high[total] for total in self._inside[cell])]),
            )
        if bounds != (low[cell], high[cell]):
            low[cell], high[cell] = bounds
            if self._any_overlap:
                for neighbour in (*self._holds[cell], *self._inside[cell]):
                    self._bound(neighbour)

    def close(self) -> None:
        """Hide a second cell in every relation that has exactly one the reader does not know, until none is left."""
        settled = False
        while not settled:
            settled = True
            for relation, hidden in enumerate(self._hidden_in):
                if hidden == 1 and self.hide_one_in([relation]):
                    settled = False

    def hide_one_in(self, relations: Iterable[int]) -> bool:
        """Hide the cell of these relations that costs least; False if they have none that could help."""
        cells = {cell for relation in relations for cell, _ in self.reader.members[relation]}
        choices = [cell for cell in cells - self.hidden - self.known if self.truth[cell]]
        if choices:
            self.hide(min(choices, key=self._cost))
        return bool(choices)

    def hide_one_near(self, relations: Set[int]) -> bool:
        """The same, or else in the relations next to these, and so on; False if all that is tied to them is hidden."""
        while not self.hide_one_in(relations):
            cells = {cell for relation in relations for cell, _ in self.reader.members[relation]}
            wider = {relation for cell in cells for relation, _ in self.reader.links[cell]}
            if wider == relations:
                return False
            relations = wider
        return True

    def _cost(self, cell: int) -> tuple[bool, int, int, int, int]:
        """Totals last; then what makes fewest relations need another; then what completes most; then the smallest."""
        others = [self._hidden_in[relation] for relation, _ in self.reader.links[cell]]
        return cell in self._totals, others.count(0), -others.count(1), self.truth[cell], cell

    def suppose(self, world: list[int]) -> None:
        """From now on the reader takes all overlaps to be what they are in this world."""
        self._any_overlap = False
        for cell in self.overlaps:
            self.reader.low[cell] = self.reader.high[cell] = world[cell]
        for cell in self._least:
            self._bound(cell)

    def suppose_any_overlap(self) -> None:
        """From now on the reader knows nothing of the overlaps."""
        self._any_overlap = True
        for cell in self.overlaps:
            self.reader.low[cell], self.reader.high[cell] = 0, NO_LIMIT
        for cell in self._least:
            self._bound(cell)

    def deniable_overlaps(self) -> list[int]:
        """The overlaps that the figures shown in their own relation do not prove, the smallest first."""
        low, high = self.reader.low, self.reader.high
        found = []
        for overlap, relation in self.overlaps.items():
            (total, _), *parts, _ = self.reader.members[relation]
            if self.truth[overlap] and sum(low[part] for part, _ in parts) <= high[total]:
                found.append(overlap)
        return sorted(found, key=self.truth.__getitem__)

    def limits(self, world: list[int]) -> tuple[list[int], list[int]]:
        """What a reader would still know in this world if everything that can be hidden were hidden."""
        low, high = self.reader.low.copy(), self.reader.high.copy()
        for cell, count in enumerate(self.truth):
            if count and cell not in self.known:
                low[cell], high[cell] = self._least.get(cell, 1), NO_LIMIT
        if self._any_overlap:
            high = [
                min([own, *(high[total] for total in self._inside[cell])]) for cell, own in enumerate(high)
            ]
            low = [max([own, *(low[part] for part in self._holds[cell])]) for cell, own in enumerate(low)]
        return self.reader.implied(world, low, high)


def _links(members: list[list[Step]], cells: int) -> list[list[Step]]:
    links: list[list[Step]] = [[] for _ in range(cells)]
    for relation, steps in enumerate(members):
        for cell, sign in steps:
            links[cell].append((relation, sign))
    return links
