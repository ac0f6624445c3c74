"""Like faults together: "112 rows: site code QX unknown" instead of a hundred and twelve lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from ims.bulk.layout import Fault, Mark, Row

NAMED = 5  # rows named by number in each group
MOST = 200  # groups of a kind shown, so that many faults hide nothing that a person decided
TOLD_APART = 50_000  # groups in memory: a file may have a fault of its own in each of a million rows
OTHERS = "Others, each of a few rows. Mend those above first, then send the file again."


@dataclass(slots=True)
class Group:
    kind: str  # "fault", or the note of a mark
    column: str
    words: str
    rows: int = 0
    numbers: list[int] = field(default_factory=list)


class Groups:
    def __init__(self):
        self._found: dict[tuple[str, str, str], Group] = {}

    def add(self, row: Row) -> None:
        for fault in row.faults:
            self._add("fault", fault, row.number)
        for mark in row.marks:
            self._add(mark.note, mark, row.number)

    def _add(self, kind: str, said: Fault | Mark, number: int) -> None:
        key = (kind, said.column, said.words)
        if key not in self._found and len(self._found) >= TOLD_APART:
            key = (kind, said.column, OTHERS)
        group = self._found.get(key) or self._found.setdefault(key, Group(*key))
        group.rows += 1
        if len(group.numbers) < NAMED:
            group.numbers.append(number)

    def largest(self) -> list[dict]:
        """As they are kept: the largest first, of each kind one more than is shown, so that it is known that there are."""
        kept: list[Group] = []
        left = dict.fromkeys({group.kind for group in self._found.values()}, MOST + 1)
        for group in sorted(self._found.values(), key=lambda group: (-group.rows, group.numbers)):
            if left[group.kind]:
                left[group.kind] -= 1
                kept.append(group)
        return [asdict(group) for group in kept]


def shown_of(kind: str, groups: Sequence[dict]) -> list[dict]:
    return [group for group in groups if group["kind"] == kind][:MOST]


def are_more(groups: Sequence[dict]) -> bool:
    """Whether there are some of a kind that are not shown."""
    return max(Counter(group["kind"] for group in groups).values(), default=0) > MOST
