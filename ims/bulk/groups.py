"""Like faults together: "112 rows: site code QX unknown" instead of a hundred and twelve lines."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from ims.bulk.layout import Fault, Mark, Row

NAMED = 5  # rows named by number in each group
MOST = 200  # groups kept; the reject file has every row with its reason


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
        group = self._found.get(key) or self._found.setdefault(key, Group(*key))
        group.rows += 1
        if len(group.numbers) < NAMED:
            group.numbers.append(number)

    def largest(self) -> list[dict]:
        """As they are kept: the largest first."""
        return [asdict(group) for group in _largest(self._found.values())]


def _largest(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (-group.rows, group.numbers))[:MOST]
