"""Recording a confirmed file: one act for all its rows, through the same actions as every page."""

from datetime import datetime

from django.db import connection

from ims.audit.acting import whole_act
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.bulk.recording.rows import write_rows
from ims.core.access import OutOfScope
from ims.core.actor import Actor


class NotOurUpload(OutOfScope):
    """The upload is not the actor's own service's."""


def apply_upload(*, upload: Upload, at: datetime, by: Actor) -> Upload:
    """Record the rows of a confirmed upload: all of them or none, one event. One that is recorded is left alone.

    Raises NotOurUpload; MovedOn where what is held has changed since the check, and then nothing is recorded.
    """
    with whole_act(by=by, at=at) as act:
        _one_at_a_time(by)
        held = Upload.objects.visible_to(by).filter(pk=upload.pk).first()
        if held is None:
            raise NotOurUpload
        if held.state != State.CONFIRMED:
            act.changed_nothing()
            return held
        written = write_rows(held, at=at, by=by)
        held.state, held.ended_at = State.APPLIED, at
        held.take_away_rows(at)
        act.record("upload.applied", held, **written)
        return held


def _one_at_a_time(by: Actor) -> None:
    """Two files of one service wait for each other: each is planned by what the other left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ims.bulk'), %s)", [by.provider_id])
