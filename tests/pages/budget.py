"""How many queries each page may make: exact numbers, kept as data beside this file.

UPDATE_QUERY_BUDGET=1 with the tests of this folder writes the file anew; the difference is then looked at like code.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

FILE = Path(__file__).parent / "query_budget.json"
NOT_QUERIES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")  # real transactions begin once


class NoBudget(AssertionError):
    """Nobody has said how many queries this page may make."""


class OverOrUnder(AssertionError):
    """A page makes another number of queries than its budget says; fewer must be written down too."""


def queries_of(act: Callable[[], object]) -> list[str]:
    """The statements that something sends, those around transactions left out."""
    with CaptureQueriesContext(connection) as taken:
        act()
    return [query["sql"] for query in taken.captured_queries if not query["sql"].startswith(NOT_QUERIES)]


@dataclass
class Budget:
    """Numbers by page and role. `recording`: what is seen is written down instead of being compared."""

    numbers: Mapping[str, Mapping[str, int]]
    recording: bool = False
    seen: dict[str, dict[str, int]] = field(default_factory=dict)

    def check(self, page: str, by_role: Mapping[str, int]) -> None:
        """Raises NoBudget, OverOrUnder."""
        self.seen[page] = dict(sorted(by_role.items()))
        if self.recording:
            return
        if page not in self.numbers:
            raise NoBudget(f"{page}: decide, then record it with UPDATE_QUERY_BUDGET=1")
        if self.numbers[page] != self.seen[page]:
            raise OverOrUnder(f"{page}: {self.numbers[page]} queries are budgeted, not {self.seen[page]}")

    def left_over(self) -> set[str]:
        """Pages with a budget that were not seen: they are gone, or their name has changed."""
        return set(self.numbers) - set(self.seen)


def read() -> Budget:
    numbers = json.loads(FILE.read_text()) if FILE.exists() else {}
    return Budget(numbers, recording=os.environ.get("UPDATE_QUERY_BUDGET") == "1")


def write(budget: Budget) -> None:
    lines = [f"  {json.dumps(page)}: {json.dumps(by_role)}" for page, by_role in sorted(budget.seen.items())]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
