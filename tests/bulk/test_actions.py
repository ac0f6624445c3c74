"""What a person does with an upload, done twice or too late."""

import pytest

from ims.accounts.roles import Role
from ims.audit.acting import acting
from ims.audit.models import Event
from ims.bulk.actions import NotLookedAt, NotPossibleNow, confirm_upload, give_up_upload, retry_upload
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.bulk.recording.action import NotOurUpload
from ims.providers.models import Provider
from tests import makers
from tests.bulk.sending import HEADINGS, confirm, send
from tests.makers import NOW

pytestmark = pytest.mark.django_db
ROW = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"


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


class TestAnUnusualFile:
    WHY = ["It would change 4,120 records that are held already.", "It would record far more than usual."]

    @pytest.fixture
    def unusual(self, checked) -> Upload:
        Upload.objects.filter(pk=checked.pk).update(unusual=self.WHY)
        return checked

    def test_is_not_confirmed_by_whoever_does_not_say_that_somebody_looked_and_hears_why(
        self, manager, unusual
    ):
        with pytest.raises(NotLookedAt) as refused:
            confirm(manager, unusual)

        assert refused.value.why == self.WHY
        assert str(refused.value) == " ".join(self.WHY)
        unusual.refresh_from_db()
        assert unusual.state == State.CHECKED
        assert not happened("upload.confirmed")

    def test_is_not_looked_at_by_somebody_of_another_service(self, manager, unusual):
        with pytest.raises(NotLookedAt):
            confirm(manager, unusual, looked_by=makers.an_actor(Role.PROVIDER_MANAGER))

    def test_is_confirmed_once_somebody_looked_and_the_event_says_who(self, manager, unusual):
        colleague = makers.an_actor(Role.PROVIDER_MANAGER, Provider.objects.get(pk=manager.provider_id))

        assert confirm(manager, unusual, looked_by=colleague).state == State.APPLIED

        event = Event.objects.get(what="upload.confirmed")
        assert (event.user_id, event.counts) == (
            manager.user_id,
            {"unusual": 2, "looked_by": colleague.user_id},
        )


def test_of_a_usual_file_the_event_says_nothing_of_a_second_look(manager, checked):
    confirm(manager, checked, looked_by=manager)

    assert Event.objects.get(what="upload.confirmed").counts == {}


def test_a_file_whose_rows_are_taken_away_while_it_is_recorded_is_not_said_to_be_recorded(manager):
    upload = send(manager, HEADINGS + ROW + ROW.replace("01/06", "02/06"))
    upload.rows.filter(number=3).delete()

    assert confirm(manager, upload).state == State.CHECKED
    assert not happened("upload.applied")


@pytest.mark.parametrize(
    ("layout", "text", "module", "why"),
    [
        ("naloxone", "attributor,on,kits,supply\nPQ05051985M,01/06/2026,NASAL=1,first\n", "naloxone", "The layout of this file is switched off"),
        ("contacts", HEADINGS.replace("own_reference", "own_reference,route") + ROW.replace("7Q4", "7Q4,"), "substances", "The file has columns that this layout does not know: “route”."),
    ],
    ids=["the layout", "a column"],
)  # fmt: skip
def test_a_file_is_refused_with_the_reason_where_what_it_needs_is_switched_off_before_it_is_recorded(
    manager, layout, text, module, why
):
    makers.a_client(manager, "PQ05051985M", own_reference="7Q4")
    upload = send(manager, text, layout)
    held = Provider.objects.get(pk=manager.provider_id)
    left = [one for one in held.modules if one != module]
    with acting(by=manager, at=NOW) as act:
        Provider.objects.filter(pk=held.pk).update(modules=left)
        act.changed_nothing()

    upload = confirm(manager, upload)

    assert (upload.state, upload.refusal[: len(why)], upload.counts) == (State.UNREADABLE, why, {})
    assert not upload.rows.exists()
