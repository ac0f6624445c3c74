"""The reject file: the rejected rows as they were written, under the headings of their file, each with its reason.

It is a file of the same layout, so that it can be put right and sent: the column that it has more is not read.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ims.bulk.layout import WHY_REJECTED, Outcome
from ims.bulk.mapping import plain_name
from ims.bulk.models import Upload, UploadRow
from ims.core.actor import Actor

CHUNK = 2000


def rejected_rows(upload: Upload, names: Mapping[str, str], actor: Actor) -> Iterator[list[Any]]:
    """The headings, then the rejected rows in the order of the file, some thousand in memory at a time.

    `names`: what each column of the layout is called in the file.
    """
    header = upload.header
    place = _place_of_reason(header)
    yield _with(header, place, WHY_REJECTED, len(header))
    for row in _rejected(upload, actor):
        yield _with(row.written(), place, why(row, names), len(header))


def why(row: UploadRow, names: Mapping[str, str]) -> str:
    """All that is wrong with a row. It begins with the number that the row had in the file that was sent."""
    said = [f"{names.get(column, column)}: {words}" if column else words for column, words in row.faults]
    return " ".join([f"Row {row.number}.", *said])


def _rejected(upload: Upload, actor: Actor) -> Iterator[UploadRow]:
    rows = (
        UploadRow.objects.visible_to(actor).filter(upload=upload, outcome=Outcome.REJECTED).order_by("number")
    )
    latest = -1
    while some := list(rows.filter(number__gt=latest)[:CHUNK]):
        yield from some
        latest = some[-1].number


def _place_of_reason(header: list[str]) -> int:
    """Right of the last heading; where an earlier reject file had it, if this one was made of that."""
    return next((i for i, name in enumerate(header) if plain_name(name) == WHY_REJECTED), len(header))


def _with(cells: list[str], place: int, text: str, width: int) -> list[str]:
    """A row with the reason in its place. Cells right of the last heading stay, right of the reason."""
    if place < width:
        return [*cells[:place], text, *cells[place + 1 :]]
    return [*cells[:width], text, *cells[width:]]
