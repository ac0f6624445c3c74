"""Recording the rows of a checked file: judged and planned once more, and written only if each is still what it was."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from ims.bulk.layout import Intake, MovedOn, NoSuchLayout, Outcome, layout_of
from ims.bulk.mapping import Mapped, WrongColumns, mapped
from ims.bulk.models import Upload, UploadRow
from ims.bulk.models.upload import CELL
from ims.bulk.passing import CHUNK, Written, counted, passed, to_write
from ims.bulk.recording.progress import Progress
from ims.core import dates
from ims.core.actor import Actor


def write_rows(upload: Upload, *, at: datetime, by: Actor) -> dict[str, int]:
    """Within the act of the caller. Returns how many rows were new, changed and the same. Raises MovedOn."""
    how, intake = _read_as(upload, at, by)
    expected: list[str] = []
    counts: dict[str, int] = {}
    done = 0
    with Progress(upload) as progress:
        for rows in passed(_rows(upload, expected), how, len(upload.header), intake):
            if [row.outcome for row in rows] != expected:
                raise MovedOn
            expected.clear()
            intake.write(to_write(rows), at=at, by=by)
            counted(rows, counts)
            done += len(rows)
            progress.say(done)
    if done != upload.rows_to_record():
        raise MovedOn  # rows were taken away meanwhile
    return {outcome: counts.get(outcome, 0) for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)}


def _read_as(upload: Upload, at: datetime, by: Actor) -> tuple[Mapped, Intake]:
    """Raises MovedOn where its columns mean something else now, or nothing."""
    if upload.profile and not upload.profile.read_so_at(upload.checked_at):
        raise MovedOn
    try:
        layout = layout_of(upload.layout, by)
        how = mapped(upload.header, layout.columns(by), upload.profile)
    except (NoSuchLayout, WrongColumns):
        raise MovedOn from None
    return how, layout.intake(actor=by, today=dates.today(at), how=how)


def _rows(upload: Upload, expected: list[str]) -> Iterator[Written]:
    """What is not rejected, in the order of the file; what each was to become is added to `expected`."""
    rows = UploadRow.objects.filter(upload=upload).exclude(outcome=Outcome.REJECTED).order_by("number")
    latest = -1
    while some := _some(rows, latest):
        for number, cells, outcome in some:
            expected.append(outcome)
            yield number, cells.split(CELL)
        latest = some[-1][0]


def _some(rows, latest: int) -> Sequence[tuple[int, str, str]]:
    return list(rows.filter(number__gt=latest).values_list("number", "cells", "outcome")[:CHUNK])
