"""What stands between a file and the record: a second look, old pages, faults of the system, giving up."""

import pytest

from clients.models import Client
from ims.audit.models import Event
from ims.bulk.actions import confirm_upload
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.core import jobs
from interventions.models import SyringeExchange
from tests import makers
from tests.bulk.sending import HEADINGS, leaving_out, send
from tests.stories.uploading import NEW, OTHER, WRONG, sends_a_file, the_state, the_upload
from tests.stories.visitor import Page, at_work


@pytest.fixture
def manager(world):
    return at_work(world, world.pharmacy_manager)


class TestGuardRails:
    def unusual(self, world) -> Upload:
        """More than half of its sixty rows are rejected."""
        leaving_out(world.pharmacy_manager)
        days = [f"{1 + n % 28:02}/0{1 + n // 28}/2026" for n in range(60)]
        rows = [(NEW if n < 5 else WRONG).replace("01/06/2026", day) for n, day in enumerate(days)]
        return send(world.pharmacy_manager, HEADINGS + "".join(rows))

    def test_an_unusual_file_says_why_and_wants_a_second_look(self, world, manager):
        upload = self.unusual(world)
        why = (
            "This file is unusual. More than half of its rows are rejected (55): it may be of another layout."
        )
        assert why in manager.opens(upload.get_absolute_url()).words
        manager.opens(f"{upload.get_absolute_url()}confirm/")
        assert why in manager.page.words

        page = manager.sends(leave_out="on")

        assert page.problems == [
            "I have looked at what is unusual, and the file is right: "
            "Look at what is unusual, and tick this if the file is right."
        ]
        jobs.run_waiting()
        assert not SyringeExchange.objects.filter(client__own_reference="7Q4").exists()
        manager.sends(leave_out="on", looked="on")
        jobs.run_waiting()
        assert SyringeExchange.objects.filter(client__own_reference="7Q4").count() == 5

    def test_one_that_became_unusual_at_the_last_moment_is_shown_once_more(self, world, manager, monkeypatch):
        upload = send(world.pharmacy_manager, HEADINGS + NEW)
        why = "It would change 4,120 records that are held already."
        manager.opens(f"{upload.get_absolute_url()}confirm/")

        def confirmed_late(**said):
            Upload.objects.filter(pk=upload.pk).update(unusual=[why])
            return confirm_upload(**said)

        monkeypatch.setattr("ims.bulk.actions.confirm_upload", confirmed_late)
        page = manager.sends()

        assert f"{why} Look at the counts below, then go on." in page.said
        assert the_state(upload) == State.CHECKED

    def test_a_usual_file_asks_for_no_tick(self, world, manager):
        upload = send(world.pharmacy_manager, HEADINGS + NEW)

        page = manager.opens(f"{upload.get_absolute_url()}confirm/")

        assert not page.form.all("input", type="checkbox")

    def moved_on(self, world, manager) -> tuple[Upload, Page]:
        """Confirmed, and checked again because two people of that attributor were registered meanwhile; the page too."""
        text = HEADINGS.replace("own_reference,", "") + (NEW + OTHER).replace("7Q4,", "").replace("8K2,", "")
        upload = send(leaving_out(world.pharmacy_manager), text)
        page = manager.opens(f"{upload.get_absolute_url()}confirm/")
        manager.sends()
        for reference in ("1", "2"):
            makers.a_client(world.pharmacist, "PQ05051985M", own_reference=reference)
        world.clock.shift(60)
        jobs.run_waiting()
        return upload, page

    def test_why_a_confirmed_file_is_back_is_explained(self, world, manager):
        upload, _ = self.moved_on(world, manager)

        page = manager.opens(upload.get_absolute_url())

        assert "This file was confirmed once, and nothing of it was recorded" in page.words
        assert "1 new + 0 changed + 0 already held + 1 rejected = 2 rows" in page.words

    def test_a_page_from_before_the_file_was_checked_again_confirms_nothing(self, world, manager):
        upload, old = self.moved_on(world, manager)

        page = manager.sends(old, leave_out="on")

        assert "The file was checked again since you opened that page." in page.said
        assert the_state(upload) == State.CHECKED


class TestAFaultOfTheSystem:
    def test_a_check_that_was_stopped_is_tried_again(self, world, manager, monkeypatch):
        page = sends_a_file(manager, HEADINGS + NEW)
        with monkeypatch.context() as patch:
            patch.setattr("ims.bulk.checking.passed", None)
            jobs.run_waiting()

        page = manager.opens(page.path)
        assert "Your file was stopped by a fault of this system" in page.words
        assert "Nothing of it was recorded" in page.words
        page = manager.presses("Try again")
        assert page.title == "Your file is being checked - IMS"
        jobs.run_waiting()

        assert "1 new" in manager.opens(page.path).words

    def test_a_recording_that_was_stopped_is_tried_again(self, world, manager, monkeypatch):
        upload = send(world.pharmacy_manager, HEADINGS + NEW)
        manager.opens(f"{upload.get_absolute_url()}confirm/")
        manager.sends()
        with monkeypatch.context() as patch:
            patch.setattr("ims.bulk.recording.rows.passed", None)
            jobs.run_waiting()
        assert not Client.objects.filter(own_reference="7Q4").exists()

        manager.opens(upload.get_absolute_url())
        page = manager.presses("Try again")
        assert page.title == "Your file is being recorded - IMS"
        jobs.run_waiting()

        assert "1 row was recorded" in manager.opens(page.path).words

    def test_a_page_from_before_it_went_on_tries_nothing_again(self, world, manager):
        upload = send(world.pharmacy_manager, HEADINGS + NEW)
        Upload.objects.filter(pk=upload.pk).update(state=State.FAILED)
        manager.opens(upload.get_absolute_url())
        Upload.objects.filter(pk=upload.pk).update(state=State.CHECKED)

        page = manager.presses("Try again")

        assert "There is nothing to try again." in page.said
        assert the_state(upload) == State.CHECKED


def test_what_is_given_up_is_gone_and_can_be_sent_again(world, manager):
    upload = send(world.pharmacy_manager, HEADINGS + NEW)
    manager.opens(upload.get_absolute_url())

    page = manager.presses("Give it up")

    assert "Nothing was recorded of this file" in page.words
    assert not upload.rows.exists()
    assert "quarter.csv" not in page.body
    page = manager.opens(f"{upload.get_absolute_url()}confirm/")
    assert page.path == upload.get_absolute_url()


def test_a_file_is_given_up_while_it_waits_and_is_then_not_checked(world, manager):
    page = sends_a_file(manager, HEADINGS + NEW)
    manager.presses("Give it up")

    jobs.run_waiting()

    assert the_upload(world).state == State.GIVEN_UP
    assert not the_upload(world).rows.exists()
    assert "Nothing was recorded of this file" in manager.opens(page.path).words


def test_a_second_press_of_record_records_once(world, manager):
    upload = send(world.pharmacy_manager, HEADINGS + NEW)
    form = manager.opens(f"{upload.get_absolute_url()}confirm/")

    for _ in range(2):
        manager.sends(form)
        jobs.run_waiting()

    assert SyringeExchange.objects.filter(client__own_reference="7Q4").count() == 1
    assert Event.objects.filter(what="upload.applied").count() == 1
