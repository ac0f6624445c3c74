"""What a reader could work out from a table by subtracting: the adversary that `suppression` has to satisfy.

A reader cannot rule out a count if some table of whole numbers with that count in it fits everything shown. So the
question is not asked by deduction, which always misses some clever combination of rows and columns, but by finding
such a table: a wrong "no" hides a cell too many, a wrong "yes" cannot happen.
"""

from collections import Counter, deque
from dataclasses import dataclass, field

NO_LIMIT = 10**12  # more than anything counted, and exact in integer sums
Step = tuple[int, int]  # a cell (or relation) and a sign


@dataclass(slots=True)
class Payment:
    """A world on its way to another.

    debts: by relation, how far parts less total still is above what it must be.
    fixed: the cell that the reader asks about, which stays.
    went: the ways that each cell of three or more relations went, in turn.
    """

    world: list[int]
    debts: dict[int, int]
    fixed: int | None
    went: dict[int, list[int]] = field(default_factory=dict)

    def bars(self, cell: int, way: int) -> bool:
        # A cell of many relations may turn back twice: it could swing to and fro, moving a debt about for ever.
        ways = self.went.get(cell, ())
        return cell == self.fixed or (len(ways) > 2 and ways[-1] != way)

    def move(self, cell: int, change: int, links: list[Step]) -> None:
        self.world[cell] += change
        for relation, sign in links:
            debt = self.debts.pop(relation, 0) + sign * change
            if debt:
                self.debts[relation] = debt
        if change and len(links) > 2:
            way, ways = (1 if change > 0 else -1), self.went.setdefault(cell, [])
            if ways[-1:] != [way]:
                ways.append(way)


@dataclass(slots=True)
class Reader:
    """Cells and relations by number, and what is known of every cell.

    A world is a list of counts, one a cell. From one world to another, parts less total stays as it was in every
    relation; where people overlap, the overlap is a cell of its own, and its bounds say what the reader knows of it.

    members: by relation, its cells with +1 for a part and -1 for the total.
    links: by cell, its relations with the same sign.
    low, high: what is shown of each cell leaves between these.
    """

    members: list[list[Step]]
    links: list[list[Step]]
    low: list[int]
    high: list[int]
    _loose: list[list[Step]] = field(init=False)  # by relation, those of its cells that are in no other

    def __post_init__(self) -> None:
        self._loose = [[step for step in steps if len(self.links[step[0]]) == 1] for steps in self.members]

    def obstacles(self, world: list[int], cell: int, count: int) -> frozenset[int]:
        """The relations by which the reader can tell that `cell` is not `count`; none if they cannot tell.

        `count` lies within what is shown of the cell itself.
        """
        changed = world.copy()
        changed[cell] = count
        debts = {relation: sign * (count - world[cell]) for relation, sign in self.links[cell]}
        return self.settle(changed, debts, fixed=cell)

    def settle(self, world: list[int], debts: dict[int, int], fixed: int | None = None) -> frozenset[int]:
        """Change other cells of `world` until every relation in `debts` is rid of its excess; else what stands in the way.

        This is augmentation as in a maximum flow. It is exact while a cell is in at most two relations, as in any
        table of rows and columns; where a cell is in more it may give up early, never succeed wrongly.
        """
        payment = Payment(world, {relation: debt for relation, debt in debts.items() if debt}, fixed)
        for _ in range(100 + len(self.members)):
            self._pay_within(payment)
            if not payment.debts:
                return frozenset()
            start = next(iter(payment.debts))
            step = abs(payment.debts[start])
            moves, seen = self._chain(payment, start, step)
            while not moves and step > 1:
                step //= 2
                moves, seen = self._chain(payment, start, step)
            if not moves:
                return seen
            if not self._make(payment, moves, start):
                break
        return frozenset(payment.debts)

    def _room(self, world: list[int], cell: int, way: int) -> int:
        return self.high[cell] - world[cell] if way > 0 else world[cell] - self.low[cell]

    def _pay_within(self, payment: Payment) -> None:
        """Let the cells that are in no other relation take what they have room for."""
        for relation, debt in list(payment.debts.items()):
            way = 1 if debt < 0 else -1
            for cell, sign in self._loose[relation]:
                if cell != payment.fixed and relation in payment.debts:
                    room = min(self._room(payment.world, cell, way * sign), abs(payment.debts[relation]))
                    payment.move(cell, way * sign * room, self.links[cell])

    def _chain(self, payment: Payment, start: int, step: int) -> tuple[list[Step], frozenset[int]]:
        """The shortest chain of cells, each with room for `step`, that carries the debt of `start` to where it ends:
        a cell in no further relation, or a relation with the opposite debt. Also the relations it looked at."""
        world, debts = payment.world, payment.debts
        origin = (start, 1 if debts[start] > 0 else -1)
        came_by: dict[Step, tuple[Step, Step] | None] = {origin: None}
        near, far = deque([origin]), deque()  # far: by a cell that leaves debts in other relations as well
        while near or far:
            here = near.popleft() if near else far.popleft()
            relation, excess = here
            for cell, sign in self.members[relation]:
                way = -excess * sign
                if self._room(world, cell, way) < step or payment.bars(cell, way):
                    continue
                onward = [(other, s * way) for other, s in self.links[cell] if other != relation]
                if not onward or any(debts.get(other, 0) * debt < 0 for other, debt in onward):
                    return _trail(came_by, here, (cell, way)), frozenset()
                for token in onward:
                    if token not in came_by:
                        came_by[token] = (here, (cell, way))
                        (near if len(onward) == 1 else far).append(token)
        return [], frozenset(relation for relation, _ in came_by)

    def _make(self, payment: Payment, moves: list[Step], start: int) -> bool:
        """Make the moves as often as there is room and need; False if they get in each other's way."""
        net = Counter()
        for cell, way in moves:
            net[cell] += way
        debts = payment.debts
        needs = [abs(debts[relation]) for relation, _ in self.links[moves[-1][0]] if relation in debts]
        rooms = [self._room(payment.world, cell, way) // abs(way) for cell, way in net.items() if way]
        amount = min([abs(debts[start]), *needs, *rooms])
        for cell, way in net.items():
            payment.move(cell, way * amount, self.links[cell])
        return amount > 0

    def implied(self, world: list[int], low: list[int], high: list[int]) -> tuple[list[int], list[int]]:
        """What the relations alone say of every cell that lies between `low` and `high`: narrower bounds, all certain."""
        low, high = low.copy(), high.copy()
        sums = [sum(sign * world[cell] for cell, sign in members) for members in self.members]
        for _ in range(4):  # further rounds narrow little; stopping early only means hiding more
            for members, constant in zip(self.members, sums, strict=True):
                _narrow(members, constant, low, high)
        return low, high


def _narrow(members: list[Step], constant: int, low: list[int], high: list[int]) -> None:
    least = sum(low[cell] if sign > 0 else -high[cell] for cell, sign in members)
    most = sum(high[cell] if sign > 0 else -low[cell] for cell, sign in members)
    for cell, sign in members:
        others_least = least - (low[cell] if sign > 0 else -high[cell])
        others_most = most - (high[cell] if sign > 0 else -low[cell])
        ends = (constant - others_most) * sign, (constant - others_least) * sign
        new_low, new_high = max(low[cell], min(ends)), min(high[cell], max(ends))
        if sign > 0:
            least, most = others_least + new_low, others_most + new_high
        else:
            least, most = others_least - new_high, others_most - new_low
        low[cell], high[cell] = new_low, new_high


def _trail(came_by: dict[Step, tuple[Step, Step] | None], here: Step, move: Step) -> list[Step]:
    moves = [move]
    while came_by[here]:
        here, move = came_by[here]
        moves.append(move)
    return moves[::-1]
