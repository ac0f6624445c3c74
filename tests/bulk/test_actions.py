"""What a person does with an upload, done twice or too late."""

import pytest

from ims.accounts.roles import Role
from ims.audit.models import Event
from ims.bulk.actions import NotPossibleNow, confirm_upload, give_up_upload, retry_upload
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.bulk.recording.action import NotOurUpload
from tests import makers
from tests.bulk.sending import HEADINGS, confirm, send
from tests.makers import NOW

pytestmark = pytest.mark.django_db
ROW = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"


@pytest.fixture
def manager():
    return makers.an_actor(Role.PROVIDER_MANAGER)


@pytest.fixture
def checked(manager) -> Upload:
    return send(manager, HEADINGS + ROW)


def happened(what: str) -> int:
    return Event.objects.filter(what=what).count()


@pytest.mark.parametrize(
    ("action", "before", "what"),
    [
        (confirm_upload, State.CHECKED, "upload.confirmed"),
        (give_up_upload, State.CHECKED, "upload.given_up"),
        (retry_upload, State.FAILED, "upload.retried"),
    ],
    ids=["confirming", "giving up", "trying again"],
)
def test_done_twice_it_is_done_once(manager, checked, action, before, what):
    Upload.objects.filter(pk=checked.pk).update(state=before)
    said = {"skips_rejected": False} if action is confirm_upload else {}

    for _ in range(2):
        action(upload=checked, at=NOW, by=manager, **said)

    assert happened(what) == 1


def test_what_is_recorded_is_not_given_up_and_not_tried_again(manager, checked):
    confirm(manager, checked)

    for action in (give_up_upload, retry_upload):
        with pytest.raises(NotPossibleNow):
            action(upload=checked, at=NOW, by=manager)


@pytest.mark.parametrize("action", [confirm_upload, give_up_upload, retry_upload])
def test_another_services_file_is_nobodys(checked, action):
    said = {"skips_rejected": False} if action is confirm_upload else {}

    with pytest.raises(NotOurUpload):
        action(upload=checked, at=NOW, by=makers.an_actor(Role.PROVIDER_MANAGER), **said)
