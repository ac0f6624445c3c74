"""One pass over the rows of a file: what checking and applying have in common."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from ims.bulk.layout import Intake, Outcome, Row
from ims.bulk.mapping import Mapped

CHUNK = 10_000  # rows looked up, and written, at a time
TOO_MANY_CELLS = "The row has more cells than the header. Look for a stray separator or quotation mark."

Written = tuple[int, Sequence[str]]  # the number of a row and its cells, as they stand in the file


def passed(rows: Iterable[Written], mapped: Mapped, width: int, intake: Intake) -> Iterator[list[Row]]:
    """The rows judged and planned, a chunk at a time. `width`: the columns of the header."""
    seen: dict[bytes, int] = {}
    with _no_collections():
        for some in chunks(rows):
            judged = [_judged(number, cells, mapped, width, intake, seen) for number, cells in some]
            intake.plan([row for row in judged if not row.faults])
            _unmark_rejected(judged)
            yield judged
            del some, judged


def _unmark_rejected(rows: Iterable[Row]) -> None:
    """A mark says something of a row that is taken; of a rejected one it would be counted among those."""
    for row in rows:
        if row.faults and row.marks:
            row.marks = []


@contextmanager
def _no_collections() -> Iterator[None]:
    """Python looks for garbage among everybody a service knows, again and again, for a third of the time of a file.

    The rows of a file leave none: nothing of theirs holds itself.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def chunks(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while some := list(islice(rows, CHUNK)):
        yield some


def _judged(
    number: int, cells: Sequence[str], mapped: Mapped, width: int, intake: Intake, seen: dict[bytes, int]
) -> Row:
    row = Row(number, cells, mapped)
    if len(cells) > width:
        row.reject("", TOO_MANY_CELLS)
        return row
    intake.read(row)
    if not row.faults:
        _refuse_repeat(row, seen)
    return row


def _refuse_repeat(row: Row, seen: dict[bytes, int]) -> None:
    """A row that repeats an earlier one is told which: nobody can know that it was meant twice."""
    earlier = seen.setdefault(row.name, row.number)
    if earlier != row.number:
        row.reject("", f"Same as row {earlier}.")


def counted(rows: Iterable[Row], counts: dict[str, int]) -> None:
    """Add a chunk's rows to the counts: by outcome, and how many carry a mark."""
    for row in rows:
        counts[row.outcome] = counts.get(row.outcome, 0) + 1
        counts["marked"] = counts.get("marked", 0) + bool(row.marks)


def to_write(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]
