"""How a test calls the actions on uploads: a file of the stage's service, as far on its way as the call needs it."""

from datetime import timedelta

from ims.bulk import checking
from ims.bulk.actions import Sent, confirm_upload, receive_upload
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.bulk.profiles.action import Reading
from ims.core.keys import new_submission_id
from tests.bulk.sending import a_profile, a_setting
from tests.makers import NOW, TODAY

FILE = (
    b"first_initial,last_initial,date_of_birth,sex,consent,on,items\n"
    b"A,B,05/05/1985,M,yes,01/06/2026,SYR_FIXED_1=10\n"
)
READING = Reading("Monthly", "criis", "contacts", TODAY, aliases={"DOB": "date_of_birth"})
SENT = Sent("quarter.csv", FILE, "contacts")


def received(stage) -> Upload:
    return receive_upload(sent=SENT, submission_id=new_submission_id(), at=NOW, by=stage.manager)


def checked(stage) -> Upload:
    return checking.check(received(stage), at=NOW, by=stage.manager)


def old(stage) -> Upload:
    """Sent eight days ago and looked at by nobody."""
    then = NOW - timedelta(days=8)
    return receive_upload(sent=SENT, submission_id=new_submission_id(), at=then, by=stage.manager)


def confirmed(stage) -> Upload:
    return confirm_upload(upload=checked(stage), skips_rejected=False, at=NOW, by=stage.manager)


def failed(stage) -> Upload:
    upload = confirmed(stage)
    Upload.objects.filter(pk=upload.pk).update(state=State.FAILED)
    return upload


CALLS = {
    "ims.bulk.actions.receive_upload": lambda stage: {
        "sent": SENT,
        "submission_id": new_submission_id(),
        "by": stage.manager,
    },
    "ims.bulk.actions.confirm_upload": lambda stage: {
        "upload": checked(stage),
        "skips_rejected": False,
        "by": stage.manager,
    },
    "ims.bulk.actions.give_up_upload": lambda stage: {"upload": checked(stage), "by": stage.manager},
    "ims.bulk.actions.retry_upload": lambda stage: {"upload": failed(stage), "by": stage.manager},
    "ims.bulk.actions.expire_upload": lambda stage: {"upload": old(stage), "by": stage.manager},
    "ims.bulk.profiles.action.add_profile": lambda stage: {
        "reading": READING,
        "submission_id": new_submission_id(),
        "by": stage.manager,
    },
    "ims.bulk.profiles.action.change_profile": lambda stage: {
        "profile": a_profile(stage.manager),
        "reading": READING,
        "expected_version": 1,
        "by": stage.manager,
    },
    "ims.bulk.profiles.action.end_profile": lambda stage: {
        "profile": a_profile(stage.manager),
        "on": TODAY,
        "by": stage.manager,
    },
    "ims.bulk.transfer.action.set_transfer": lambda stage: {
        "setting": a_setting(stage.manager),
        "expected_version": 0,
        "by": stage.manager,
    },
    "ims.bulk.recording.action.apply_upload": lambda stage: {"upload": confirmed(stage), "by": stage.manager},
}
