"""Which counts add up to which. Whatever is not declared here, the protection does not know that a reader can subtract."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Key = Hashable


class DoesNotAddUp(ValueError):
    """Counts that contradict the relation declared between them: the query or the declaration is wrong."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One true count. `value` None means that it was not recorded.

    `people` is the key of the cell that counts the people behind a volume (visits, needles, barrels, returned); a cell
    without it counts people itself.
    """

    value: int | None
    people: Key | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """`total` is the sum of `parts`; a part that was not recorded adds nothing.

    `overlapping`: a person in several parts is counted once in the total, so that the total is at most the sum.
    Visits and volumes add up exactly.
    """

    total: Key
    parts: tuple[Key, ...]
    overlapping: bool = False


def check(cells: Mapping[Key, Cell], relations: Sequence[Relation]) -> None:
    """Raises DoesNotAddUp, KeyError for a key that is no cell, ValueError for a count below 0 or kinds mixed."""
    for key, cell in cells.items():
        if cell.value is not None and cell.value < 0:
            raise ValueError(f"The count of {key} is below 0.")
        if cell.people is not None and cells[cell.people].people is not None:
            raise ValueError(f"{key} rests on {cell.people}, which does not count people.")
    for relation in relations:
        _check_relation(cells, relation)


def _check_relation(cells: Mapping[Key, Cell], relation: Relation) -> None:
    named = (relation.total, *relation.parts)
    if len(set(named)) != len(named):
        raise ValueError(f"The relation of {relation.total} names a cell twice.")
    if len({cells[key].people is None for key in named}) > 1:
        raise ValueError(f"The relation of {relation.total} adds people to things.")
    total = cells[relation.total].value
    if total is None:
        return
    parts = [cells[key].value or 0 for key in relation.parts]
    possible = max(parts, default=0) <= total <= sum(parts) if relation.overlapping else total == sum(parts)
    if not possible:
        raise DoesNotAddUp(f"The parts of {relation.total} do not give its count.")
