"""What happens to an upload in the background. Each job may be killed at any moment and is then done again."""

import logging

from django.utils import timezone

from ims.accounts.models import Membership
from ims.bulk import checking, telling
from ims.bulk.layout import MovedOn
from ims.bulk.models import Upload
from ims.bulk.models.upload import BEING_DONE, State
from ims.bulk.recording.action import apply_upload
from ims.bulk.transfer import by_itself
from ims.core.actor import Actor
from ims.core.jobs import job

log = logging.getLogger(__name__)


class NobodysUpload(RuntimeError):
    """Whoever sent it works for the service no more, so that nothing can be done in their name."""


def say_failed(upload_id: int) -> None:
    """A fault of ours: the page says so, and that nothing was recorded."""
    Upload.objects.filter(pk=upload_id, state__in=BEING_DONE).update(state=State.FAILED, rows_done=0)
    telling.tell(Upload.objects.get(pk=upload_id))


@job(name="upload.check", queue="uploads", lock="upload-{upload_id}", on_giving_up=say_failed)
def check(upload_id: int) -> None:
    upload = Upload.objects.get(pk=upload_id)
    by = _in_whose_name(upload)
    checking.check(upload, at=timezone.now(), by=by)
    if not by_itself.goes_on(upload, at=timezone.now(), by=by):
        telling.tell(upload)


@job(name="upload.apply", queue="uploads", lock="upload-{upload_id}", on_giving_up=say_failed)
def apply(upload_id: int) -> None:
    upload = Upload.objects.get(pk=upload_id)
    by = _in_whose_name(upload)
    try:
        upload = apply_upload(upload=upload, at=timezone.now(), by=by)
    except MovedOn:
        checking.check_again(upload, at=timezone.now(), by=by)
    telling.tell(upload)


def _in_whose_name(upload: Upload) -> Actor:
    """Raises NobodysUpload."""
    held = (
        Membership.objects.in_force()
        .select_related("user", "provider")
        .filter(pk=upload.membership_id)
        .first()
    )
    if held is None:
        raise NobodysUpload(upload.pk)
    return held.actor()
