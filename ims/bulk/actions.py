"""What a person does with an upload. Each is one act; recording the rows, which follows, is one for the whole file."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ims.audit.acting import acting, runs_again_on
from ims.bulk import tasks
from ims.bulk.layout import Outcome, layout_of
from ims.bulk.models import Profile, Upload, UploadFile
from ims.bulk.models.upload import BEING_DONE, OPEN, State, Way
from ims.bulk.recording.action import NotOurUpload
from ims.core.actor import Actor
from ims.core.jobs import Job


class NotPossibleNow(ValueError):
    """The upload is in a state in which this cannot be done: somebody else was quicker, or a page was old."""


class NotLookedAt(ValueError):
    """The upload is unusual, and nobody of its service has looked at it a second time. `why`: in words, for a person."""

    def __init__(self, why: Sequence[str]):
        super().__init__(" ".join(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came."""

    file_name: str
    data: bytes
    layout: str
    profile: Profile | None = None
    way: Way = Way.PAGE


@runs_again_on("upload_submission_is_saved_once")
def receive_upload(
    *, sent: Sent, submission_id: UUID, at: datetime, by: Actor, in_background: bool = True
) -> Upload:
    """Keep a file until it is checked: in the background, or else by the caller, who then does it at once.

    The same submission again is the same upload. Raises NoSuchLayout.
    """
    layout_of(sent.layout, by)
    with acting(by=by, at=at) as act:
        held = Upload.objects.visible_to(by).filter(submission_id=submission_id).first()
        if held:
            act.changed_nothing()
            return held
        upload = Upload.objects.create(
            provider_id=by.provider_id,
            membership_id=by.membership_id,
            layout=sent.layout,
            profile=sent.profile,
            way=sent.way,
            file_name=sent.file_name[:120],
            sha256=hashlib.sha256(sent.data).hexdigest(),
            size=len(sent.data),
            submission_id=submission_id,
            sent_at=at,
            sent_by_id=by.user_id,
        )
        UploadFile.objects.keep(upload, sent.data)
        act.record("upload.received", upload, bytes=len(sent.data))
        if in_background:
            tasks.check.later(upload_id=upload.pk)
        return upload


def confirm_upload(
    *,
    upload: Upload,
    skips_rejected: bool,
    at: datetime,
    by: Actor,
    in_background: bool = True,
    looked_by: Actor | None = None,
) -> Upload:
    """Let the rows be recorded: in the background, or else by the caller, who then does it at once.

    With `skips_rejected` the rejected rows are left out, where the service allows that. `looked_by` has looked a second
    time at what is unusual. What was confirmed already, as after a second press, is left alone.
    Raises NotOurUpload, NotPossibleNow, NotLookedAt.
    """
    with acting(by=by, at=at) as act:
        held = _locked(upload, by)
        if held.state in (State.CONFIRMED, State.APPLIED):
            act.changed_nothing()
            return held
        leaves_out = skips_rejected and by.skips_rejected
        if held.state != State.CHECKED or (held.counts.get(Outcome.REJECTED) and not leaves_out):
            raise NotPossibleNow(held.state)
        looked = _second_look(held, looked_by)
        held.state, held.skips_rejected = State.CONFIRMED, skips_rejected
        held.confirmed_at, held.confirmed_by_id, held.membership_id = at, by.user_id, by.membership_id
        held.save()
        act.record("upload.confirmed", held, **looked)
        if in_background:
            tasks.apply.later(upload_id=held.pk)
        return held


def _second_look(held: Upload, looked_by: Actor | None) -> dict[str, int]:
    """Who looked at an unusual upload, for the event; nothing where it is usual. Raises NotLookedAt."""
    if not held.unusual:
        return {}
    if looked_by is None or looked_by.provider_id != held.provider_id:
        raise NotLookedAt(held.unusual)
    return {"unusual": len(held.unusual), "looked_by": looked_by.user_id}


def retry_upload(*, upload: Upload, at: datetime, by: Actor) -> Upload:
    """After a fault of the system: check the file again, or record it where it was confirmed before.

    What is under way already, as after a second press, is left alone, unless it takes too long: whoever was to do it may
    have been killed. To do it twice does no harm. Raises NotOurUpload, NotPossibleNow.
    """
    with acting(by=by, at=at) as act:
        held = _locked(upload, by)
        if held.state in BEING_DONE and not held.waits_long(at):
            act.changed_nothing()
            return held
        if held.state not in (*BEING_DONE, State.FAILED):
            raise NotPossibleNow(held.state)
        state, job = _where_it_stopped(held)
        held.state, held.membership_id = state, by.membership_id
        held.save(update_fields=["state", "membership"])
        act.record("upload.retried", held)
        job.later(upload_id=held.pk)
        return held


def expire_upload(*, upload: Upload, at: datetime, by: Actor) -> Upload | None:
    """Take away what the rows of an old upload say; one that still waits is given up with it. Of whichever service.

    None where it is not, or no longer, so old (see UploadQuerySet.overdue).
    """
    with acting(by=by, at=at) as act:
        held = Upload.objects.overdue(at).select_for_update(of=("self",)).filter(pk=upload.pk).first()
        if held is None:
            act.changed_nothing()
            return None
        if held.state in OPEN:
            held.state, held.ended_at = State.GIVEN_UP, at
        held.take_away_rows(at)
        act.record("upload.expired", held)
        return held


def _where_it_stopped(held: Upload) -> tuple[State, Job]:
    return (State.CONFIRMED, tasks.apply) if held.confirmed_at else (State.RECEIVED, tasks.check)


def give_up_upload(*, upload: Upload, at: datetime, by: Actor) -> Upload:
    """Record nothing of it, and take away what its rows say. Raises NotOurUpload, NotPossibleNow."""
    with acting(by=by, at=at) as act:
        held = _locked(upload, by)
        if held.state == State.GIVEN_UP:
            act.changed_nothing()
            return held
        if held.state not in OPEN or held.state == State.CONFIRMED:
            raise NotPossibleNow(held.state)
        held.state, held.ended_at = State.GIVEN_UP, at
        held.take_away_rows(at)
        act.record("upload.given_up", held)
        return held


def _locked(upload: Upload, by: Actor) -> Upload:
    held = Upload.objects.visible_to(by).select_for_update().filter(pk=upload.pk).first()
    if held is None:
        raise NotOurUpload
    return held
