"""What the rows of an upload say goes after seven days, whatever became of it; what the counts say stays."""

from datetime import timedelta

import pytest

from ims.accounts.roles import Role
from ims.audit.models import Event
from ims.bulk.actions import confirm_upload
from ims.bulk.models import Upload, UploadFile
from ims.bulk.models.upload import State
from ims.core import jobs
from ims.operations import purging
from interventions.models import SyringeExchange
from tests import makers
from tests.bulk.sending import HEADINGS, a_file_with_rejected_rows, record, send
from tests.clock import clock  # noqa: F401
from tests.makers import NOW

pytestmark = pytest.mark.django_db
KEPT = timedelta(days=7)
JUST_IN, TOO_OLD = NOW + KEPT, NOW + KEPT + timedelta(minutes=1)
ROW = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"


@pytest.fixture
def manager():
    return makers.an_actor(Role.PROVIDER_MANAGER)


def in_state(upload: Upload, state: State) -> Upload:
    Upload.objects.filter(pk=upload.pk).update(state=state)
    return upload


def test_a_checked_file_that_nobody_confirmed_is_given_up_and_its_counts_stay(manager):
    upload = a_file_with_rejected_rows(manager)
    counts, outcomes, digest = upload.counts, upload.outcomes, upload.sha256

    assert purging.purge(TOO_OLD) == {"what an upload said": 1}

    upload.refresh_from_db()
    assert (upload.state, upload.ended_at, upload.purged_at) == (State.GIVEN_UP, TOO_OLD, TOO_OLD)
    assert not upload.rows.exists()
    assert (upload.file_name, upload.groups, upload.header, upload.refusal) == ("", [], [], "")
    assert (upload.counts, upload.outcomes, upload.sha256) == (counts, outcomes, digest)
    assert Event.objects.get(what="upload.expired").subjects == [upload.pk]


@pytest.mark.parametrize("state", [State.RECEIVED, State.CONFIRMED, State.FAILED])
def test_one_that_waits_for_the_machine_is_given_up_too(manager, state):
    upload = in_state(send(manager, HEADINGS + ROW), state)
    UploadFile.objects.create(upload=upload, data=b"x")

    purging.purge(TOO_OLD)

    upload.refresh_from_db()
    assert upload.state == State.GIVEN_UP
    assert not UploadFile.objects.filter(upload=upload).exists()


def test_why_a_file_could_not_be_read_goes_and_that_it_could_not_stays(manager):
    upload = send(manager, "a,a\n1,2\n")
    assert upload.refusal

    purging.purge(TOO_OLD)

    upload.refresh_from_db()
    assert (upload.state, upload.refusal, upload.file_name) == (State.UNREADABLE, "", "")


def test_seven_days_are_seven_days(manager):
    upload = a_file_with_rejected_rows(manager)

    assert purging.purge(JUST_IN) == {}

    assert upload.rows.count() == 4


def test_what_is_purged_is_not_purged_again_and_what_was_recorded_stays_recorded(manager):
    record(manager, HEADINGS + ROW)
    before = Event.objects.count()

    assert purging.purge(TOO_OLD) == {}

    assert Event.objects.count() == before
    assert SyringeExchange.objects.count() == 1
    assert Upload.objects.get().state == State.APPLIED


def test_one_that_was_confirmed_on_its_last_day_is_recorded_all_the_same(manager):
    upload = send(manager, HEADINGS + ROW)
    confirm_upload(upload=upload, skips_rejected=False, at=JUST_IN, by=manager)

    assert purging.purge(TOO_OLD) == {}
    jobs.run_waiting()

    upload.refresh_from_db()
    assert upload.state == State.APPLIED


def test_rows_that_a_killed_check_left_behind_are_swept_up(manager):
    upload = a_file_with_rejected_rows(manager)
    Upload.objects.filter(pk=upload.pk).update(state=State.GIVEN_UP, purged_at=NOW)

    purging.purge(TOO_OLD)

    assert not upload.rows.exists()
    assert Upload.objects.get().state == State.GIVEN_UP
