"""An upload from a terminal: the same check and the same recording as from the pages, done at once and by one process."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ims.bulk import checking, tasks
from ims.bulk.actions import NotLookedAt, Sent, confirm_upload, receive_upload
from ims.bulk.layout import MovedOn, Outcome
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.bulk.recording.action import apply_upload
from ims.bulk.words import OUTCOMES, names_in_file
from ims.core.actor import Actor
from ims.core.keys import new_submission_id

OK, TO_LOOK_AT, UNREADABLE = 0, 1, 2  # what the command ends with


@dataclass(frozen=True)
class Outcomes:
    """What became of a file. `groups` are those of the check, which go with the rows."""

    upload: Upload
    groups: list[dict]
    why_not: str = ""  # it was to be recorded and was not


def upload_file(sent: Sent, *, applies: bool, at: datetime, by: Actor) -> Outcomes:
    """Check a file, and record it where that is asked for and nothing speaks against it. Raises NoSuchLayout.

    After a fault nobody else takes it up: it stands as stopped, so that it can be tried again on its page.
    """
    upload = receive_upload(sent=sent, submission_id=new_submission_id(), at=at, by=by, in_background=False)
    try:
        return _gone_through(upload, applies, at, by)
    except Exception:
        tasks.say_failed(upload.pk)
        raise


def _gone_through(upload: Upload, applies: bool, at: datetime, by: Actor) -> Outcomes:
    upload = checking.check(upload, at=at, by=by)
    found = _named(upload, by)
    if not applies or upload.state != State.CHECKED:
        return Outcomes(upload, found)
    if why := why_not(upload, by):
        return Outcomes(upload, found, why)
    return _recorded(upload, found, at, by)


def why_not(upload: Upload, by: Actor) -> str:
    """Why a checked file is not recorded as it stands; empty where nothing speaks against it but being unusual."""
    if upload.counts.get(Outcome.REJECTED) and not by.skips_rejected:
        return "Rows are rejected, and the provider has nothing recorded of such a file."
    return ""


def _recorded(upload: Upload, found: list[dict], at: datetime, by: Actor) -> Outcomes:
    try:
        upload = confirm_upload(upload=upload, skips_rejected=True, at=at, by=by, in_background=False)
        return Outcomes(apply_upload(upload=upload, at=at, by=by), found)
    except NotLookedAt:
        return Outcomes(upload, found, "It is unusual: somebody has to look at it first.")
    except MovedOn:
        upload = checking.check_again(upload, at=at, by=by)
        return Outcomes(upload, _named(upload, by), "What is held changed meanwhile: it was checked again.")


def _named(upload: Upload, by: Actor) -> list[dict]:
    """The groups, with the columns called as in the file."""
    names = names_in_file(upload, by)
    return [{**group, "column": names.get(group["column"], group["column"])} for group in upload.groups]


def ends_with(done: Outcomes) -> int:
    upload = done.upload
    if upload.state == State.UNREADABLE:
        return UNREADABLE
    return TO_LOOK_AT if upload.counts.get(Outcome.REJECTED) or upload.unusual or done.why_not else OK


def as_data(done: Outcomes) -> dict[str, Any]:
    """For programs: the counts by outcome, which add up to `rows`."""
    upload = done.upload
    return {
        "upload": str(upload.ref),
        "state": upload.state,
        "rows": upload.rows_in_all(),
        **{outcome.value: upload.counts.get(outcome, 0) for outcome, _ in OUTCOMES},
        "marked": upload.counts.get("marked", 0),
        "unusual": upload.unusual,
        "refusal": upload.refusal,
        "not_recorded": done.why_not,
        "groups": done.groups,
    }


def as_lines(done: Outcomes) -> Iterator[str]:
    """For people."""
    upload = done.upload
    if upload.state == State.UNREADABLE:
        yield f"It could not be read. {upload.refusal}"
        return
    said = " + ".join(f"{upload.counts.get(outcome, 0):,} {label}" for outcome, label in OUTCOMES)
    rows = upload.rows_in_all()
    yield f"{said} = {rows:,} row{'' if rows == 1 else 's'}"
    yield from (f"Unusual: {why}" for why in upload.unusual)
    for group in done.groups:
        where = f"{group['column']}: " if group["column"] else ""
        numbers = ", ".join(map(str, group["numbers"]))
        yield f"  {group['rows']:,} × {where}{group['words']} (rows {numbers}{' …' if group['rows'] > len(group['numbers']) else ''})"
    if upload.state == State.APPLIED:
        yield "Recorded."
    else:
        yield f"Nothing is recorded. {done.why_not}".rstrip()
        yield "It waits under “Uploads”, where it can be confirmed or given up."
