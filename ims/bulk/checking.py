"""The check: the whole file in one pass, which writes nothing but the upload's own rows.

Chunks are committed as they are read, so that the page shows how far it is; killed, it begins again from the bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from ims.bulk.groups import Groups
from ims.bulk.layout import NoSuchLayout, Row, layout_of
from ims.bulk.mapping import WrongColumns, mapped
from ims.bulk.models import Upload, UploadFile, UploadRow
from ims.bulk.models.upload import CELL, State
from ims.bulk.passing import Written, counted, passed
from ims.bulk.reading.sheet import Limits, Unreadable, open_sheet
from ims.bulk.unusual import unusual
from ims.core import dates
from ims.core.actor import Actor
from ims.core.inserting import insert

CANNOT_BE_READ = (Unreadable, WrongColumns, NoSuchLayout)
OFF = "The layout of this file is switched off for your service. A manager can switch it on under Settings."


def check(upload: Upload, *, at: datetime, by: Actor) -> Upload:
    """Read the file of an upload that waits for it, and say what would become of every row."""
    if upload.state != State.RECEIVED:
        return upload
    UploadRow.objects.filter(upload=upload).delete()
    upload.rows_done = 0
    try:
        with open_sheet(
            UploadFile.objects.bytes_of(upload), name=upload.file_name, limits=_limits()
        ) as sheet:
            _check(upload, sheet.header, sheet.rows, at=at, by=by)
    except CANNOT_BE_READ as fault:
        _refuse(upload, fault, at)
    return upload


@transaction.atomic
def check_again(upload: Upload, *, at: datetime, by: Actor) -> Upload:
    """What is held has changed since the check: the rows are judged anew, and the person looks at them once more."""
    kept = UploadRow.objects.filter(upload=upload).order_by("number")
    rows = [(row.number, row.written()) for row in kept]
    UploadRow.objects.filter(upload=upload).delete()
    upload.confirmed_at = upload.confirmed_by_id = None
    upload.rows_done, upload.moved_on = 0, True
    try:
        _check(upload, upload.header, rows, at=at, by=by)
    except CANNOT_BE_READ as fault:  # its profile was changed, or a module switched off
        _refuse(upload, fault, at)
    return upload


def _limits() -> Limits:
    return Limits(bytes=settings.UPLOAD_MOST_BYTES, rows=settings.UPLOAD_MOST_ROWS)


def _check(upload: Upload, header: list[str], rows: Iterable[Written], *, at: datetime, by: Actor) -> None:
    layout = layout_of(upload.layout, by)
    how = mapped(header, layout.columns(by), upload.profile)
    intake = layout.intake(actor=by, today=dates.today(at), how=how)
    upload.header, upload.counts, groups, outcomes = header, {}, Groups(), []
    for some in passed(rows, how, len(header), intake):
        for row in some:
            if row.faults or row.marks:
                groups.add(row)
        outcomes += [row.outcome[0] for row in some]
        counted(some, upload.counts)
        _keep(upload, some)
    upload.groups, upload.outcomes = groups.largest(), "".join(outcomes)
    upload.unusual = unusual(upload, by)
    _finish(upload, State.CHECKED, at)


@transaction.atomic
def _keep(upload: Upload, rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")  # what a crash takes, the next try reads again
    insert(UploadRow, [_as_kept(upload, row) for row in rows])
    upload.rows_done += len(rows)
    upload.save(update_fields=["rows_done"])


def _as_kept(upload: Upload, row: Row) -> dict:
    faults = [[fault.column, fault.words] for fault in row.faults] or None
    return {
        "upload": upload,
        "number": row.number,
        "cells": _in_one(row.written),
        "outcome": row.outcome,
        "faults": faults,
    }


def _in_one(cells: Sequence[str]) -> str:
    """The cells as they are kept. The sign between them is in none: nobody types it, and a file that has it loses it."""
    text = CELL.join(cells)
    if text.count(CELL) < len(cells):
        return text
    return CELL.join([cell.replace(CELL, " ") for cell in cells])


def _refuse(upload: Upload, fault: Exception, at: datetime) -> None:
    UploadRow.objects.filter(upload=upload).delete()
    upload.refusal, upload.counts = OFF if isinstance(fault, NoSuchLayout) else str(fault), {}
    upload.groups, upload.outcomes, upload.unusual = [], "", []
    _finish(upload, State.UNREADABLE, at)


@transaction.atomic
def _finish(upload: Upload, state: State, at: datetime) -> None:
    """The bytes are needed no more: the rows say all that was in them. What was given up meanwhile stays so."""
    if not Upload.objects.select_for_update().filter(pk=upload.pk, state=upload.state).exists():
        UploadRow.objects.filter(upload=upload).delete()
        return
    upload.state, upload.checked_at, upload.rows_done = state, at, 0
    if state == State.UNREADABLE:
        upload.ended_at = at
    upload.save()
    UploadFile.objects.filter(upload=upload).delete()
