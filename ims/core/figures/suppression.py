"""Hides counts so that none of the hidden small ones can be worked out from the rest.

What must stay true, whichever cells are shown:
- no count of 1 to 7 people is shown, nor any volume that rests on so few;
- no relation has exactly one hidden cell, to be found by one subtraction, while it has another that could be hidden;
- every number from 1 to 7 fits, for every hidden small count, everything shown: neither its value nor a narrower range
  can be worked out. Of a larger volume of few people, no range narrower than the policy's margin.

This holds against three readers, who differ in what they take of people counted in several parts of a total: one knows
how many they are, one knows nothing of them, one takes it that there are none wherever the figures allow the thought.
Against the last it is not proven where a cell is in three relations or more: there the search may miss a world.
No reader is taken to conclude from one measure to another (that nobody visits without being one of the people).

A nought is never hidden to protect another cell; where noughts leave nothing else, the total goes. So what noughts
alone say remains (three parts that are not 0 make a total of at least 3): no choice of cells could undo that.
"""

from collections.abc import Mapping, Sequence, Set

from ims.core.figures.additive import Cell, Key, Relation, check
from ims.core.figures.pattern import Pattern
from ims.core.figures.policy import Policy
from ims.core.figures.shown import Shown

# By cell, the least and the greatest count that no reader may be able to rule out.
Doubt = dict[int, tuple[int, int]]


def protect(
    cells: Mapping[Key, Cell],
    relations: Sequence[Relation],
    policy: Policy,
    known: Set[Key] = frozenset(),
) -> dict[Key, Shown]:
    """What may be shown of each cell. Tables published together are protected together: the same key is the same cell.

    known: cells the reader knows exactly, such as a manager's own provider; they are shown by the same rules, but
    nothing else can be worked out with their help. The same cells and relations in the same order give the same answer.
    Raises what `additive.check` raises, and KeyError for a known key that is no cell.
    """
    check(cells, relations)
    pattern = Pattern(cells, relations, policy, known)
    _hide(pattern, _small_counts_of_people(pattern, cells, policy))
    _hide(pattern, _volumes_of_few_people(pattern, cells, policy))
    hidden = {pattern.keys[cell] for cell in pattern.hidden}
    return {key: policy.hide() if key in hidden else policy.show(cell.value) for key, cell in cells.items()}


def _small_counts_of_people(pattern: Pattern, cells: Mapping[Key, Cell], policy: Policy) -> Doubt:
    doubt = {}
    for number, key in enumerate(pattern.keys):
        if cells[key].people is None and policy.is_small(pattern.truth[number]):
            pattern.hide(number)
            doubt[number] = 1, policy.threshold
    return doubt


def _volumes_of_few_people(pattern: Pattern, cells: Mapping[Key, Cell], policy: Policy) -> Doubt:
    """Hides what rests on a hidden count of people, noughts too: that three people were given nothing is about them."""
    doubt = {}
    hidden = {pattern.keys[cell] for cell in pattern.hidden}
    for number, key in enumerate(pattern.keys):
        volume, people = pattern.truth[number], cells[key].people
        if people is None:
            continue
        # Unknown means no: a volume whose people were not counted is taken to rest on too few.
        few = (cells[people].value or 0) <= policy.threshold and (volume > 0 or cells[people].value != 0)
        if few or people in hidden or policy.is_small(volume):
            pattern.hide(number, least=0 if few or people in hidden else 1)
        if few or policy.is_small(volume):
            doubt[number] = _doubt_about(volume, policy)
    return doubt


def _doubt_about(volume: int, policy: Policy) -> tuple[int, int]:
    if volume <= policy.threshold:
        return min(volume, 1), policy.threshold
    margin = -(-volume * policy.margin_percent // 100)
    return max(volume - margin, 0), volume + margin


def _hide(pattern: Pattern, doubt: Doubt) -> None:
    """Hides more until no line gives a hidden cell away and every doubt stands, for each of the three readers."""
    pattern.close()
    pattern.suppose(pattern.truth)
    _keep_in_doubt(pattern, pattern.truth, doubt)
    pattern.suppose_any_overlap()
    _keep_in_doubt(pattern, pattern.truth, doubt)
    hidden = -1
    while hidden != len(pattern.hidden):  # hiding more can let a reader believe in more totals
        hidden = len(pattern.hidden)
        naive = _world_where_nobody_is_counted_twice(pattern)
        pattern.suppose(naive)
        _keep_in_doubt(pattern, naive, doubt)


def _keep_in_doubt(pattern: Pattern, world: list[int], doubt: Doubt) -> None:
    limits = None
    # What fits the figures still fits when more is hidden, so no cell is asked about twice.
    for cell, ends in doubt.items():
        for count in ends:
            while obstacles := pattern.reader.obstacles(world, cell, count):
                limits = limits or pattern.limits(world)
                if not limits[0][cell] <= count <= limits[1][cell]:
                    count = min(max(count, limits[0][cell]), limits[1][cell])
                elif pattern.hide_one_near(obstacles):
                    pattern.close()
                else:
                    break


def _world_where_nobody_is_counted_twice(pattern: Pattern) -> list[int]:
    """Counts that fit everything shown and in which as many totals as possible are the plain sum of their parts."""
    deniable = pattern.deniable_overlaps()
    world = pattern.truth
    all_together_else_one_by_one = [deniable, *([overlap] for overlap in deniable)]
    for overlaps in all_together_else_one_by_one:
        changed = world.copy()
        for overlap in overlaps:
            changed[overlap] = 0
        pattern.suppose(changed)
        if not pattern.reader.settle(changed, {pattern.overlaps[cell]: world[cell] for cell in overlaps}):
            world = changed
            if overlaps is deniable:
                break
    return world
