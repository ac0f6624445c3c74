"""A file that came by secure file transfer, is clean, and whose service has such files recorded, goes on by itself."""

from datetime import datetime

from ims.bulk.layout import Outcome
from ims.bulk.models import Transfer, Upload
from ims.bulk.models.upload import State, Way
from ims.core.actor import Actor


def goes_on(upload: Upload, *, at: datetime, by: Actor) -> bool:
    """Confirm a checked file where nobody has to look at it first. False: it waits for somebody."""
    from ims.bulk.actions import confirm_upload  # here, because the actions ask for the jobs that ask this

    if not _may_go_on(upload):
        return False
    try:
        confirm_upload(upload=upload, skips_rejected=False, at=at, by=by)
    except ValueError:  # somebody was quicker, or there is something to look at after all
        return False
    return True


def _may_go_on(upload: Upload) -> bool:
    """Nobody has left rejected rows out by themselves, whatever the service allows those who are asked."""
    is_clean = (
        upload.state == State.CHECKED and not upload.unusual and not upload.counts.get(Outcome.REJECTED)
    )
    settled = Transfer.objects.filter(provider=upload.provider_id, is_on=True, applies_by_itself=True)
    return upload.way == Way.TRANSFER and is_clean and settled.exists()
