"""How often somebody comes and over which days: few come every week, many come once or twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random

from ims.operations.seeding.shares import HABITS, Weights, pick


@dataclass(frozen=True, slots=True)
class Attendance:
    """Days are counted from the first of the plan: comes from `first` on, for `span` days, `visits` times or so."""

    first: int
    span: int
    visits: float


def draw(chance: Random, habits: Weights, days: int) -> Attendance:
    """One person's attendance within `days`.

    They may have come before the first day and go on after the last: of that, only what lies within is kept, so that
    the first years and the last are as busy as the others.
    """
    fewest, most, shortest, longest = HABITS[pick(chance, habits)]
    gap = chance.uniform(shortest, longest)
    visits = chance.randint(fewest, most)
    length = visits * gap
    begins = chance.uniform(-length, days)
    first = int(begins if begins >= 0 else chance.uniform(0, min(gap, days - 1)))
    ends = min(days, max(first + 1, round(begins + length)))
    return Attendance(first, ends - first, max(1, (ends - first) / gap))


def apportion(weights: Sequence[float], total: int, *, least: int) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `total`, each at least `least`."""
    shared = total - least * len(weights)
    heaped = list(accumulate(weights, initial=0.0))
    marks = [round(shared * height / heaped[-1]) for height in heaped]
    return [least + upper - lower for lower, upper in pairwise(marks)]
