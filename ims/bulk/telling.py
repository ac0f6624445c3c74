"""An e-mail when a file is done with: that it is, and where to look. Never what is in it, or what it was called."""

import logging
from smtplib import SMTPException

from ims.accounts.models import User
from ims.bulk.models import Upload
from ims.bulk.models.upload import State, Way
from ims.bulk.passing import CHUNK
from ims.core import mail

log = logging.getLogger(__name__)

SUBJECTS = {
    State.CHECKED: "your file is checked",
    State.UNREADABLE: "your file could not be read",
    State.APPLIED: "your file is recorded",
    State.FAILED: "your file was stopped by a fault of the system",
}
STOPPED = (State.CHECKED, State.UNREADABLE)
LONG = 1_000_000  # bytes: about as many as the rows have of a file that is long by its rows
BY_TRANSFER = "A file of your service that came by secure file transfer"


def tell(upload: Upload) -> None:
    """Write to whoever sent it, where they are not likely to be still on the page. Mail that is down stops nothing."""
    if upload.state not in SUBJECTS or not _is_worth_a_mail(upload):
        return
    user = User.objects.filter(memberships=upload.membership_id).get()
    subject = SUBJECTS[State(upload.state)]
    try:
        file = BY_TRANSFER if upload.way == Way.TRANSFER else "The file that you sent"
        mail.send("bulk/mail/upload.txt", to=user.email, subject=subject, upload=upload, user=user, file=file)
    except (OSError, SMTPException):
        log.warning("no mail about upload %s: the mail server does not answer", upload.pk)


def _is_worth_a_mail(upload: Upload) -> bool:
    if upload.way == Way.TRANSFER or upload.state == State.FAILED or upload.rows_in_all() > CHUNK:
        return True
    if upload.state == State.UNREADABLE and upload.size > LONG:
        return True
    return upload.moved_on and upload.state in STOPPED  # whoever confirmed it takes it to be recorded
