"""Rejected rows: what becomes of the others, and the file in which they come back with their reasons."""

import pytest

from clients.models import Client
from ims.audit.models import Event
from ims.core import jobs
from interventions.models import SyringeExchange
from tests.bulk.sending import HEADINGS, a_file_with_rejected_rows, leaving_out, send
from tests.stories.uploading import NEW, WRONG, sends_a_file, the_upload
from tests.stories.visitor import at_work


@pytest.fixture
def manager(world):
    return at_work(world, world.pharmacy_manager)


class TestRejectedRows:
    def test_nothing_is_recorded_of_a_file_with_one_unless_the_service_has_it_set_so(self, world, manager):
        upload = a_file_with_rejected_rows(world.pharmacy_manager)
        page = manager.opens(upload.get_absolute_url())
        assert "Nothing is recorded while a row is rejected" in page.words
        assert "Go on" not in page.words

        page = manager.opens(f"{upload.get_absolute_url()}confirm/")
        assert page.path == upload.get_absolute_url()

    def test_a_page_from_before_the_service_had_it_set_otherwise_records_nothing(self, world, manager):
        upload = a_file_with_rejected_rows(leaving_out(world.pharmacy_manager))
        form = manager.opens(f"{upload.get_absolute_url()}confirm/")
        manager.opens("/settings/uploads/")
        manager.sends(skips_rejected="no")

        page = manager.sends(form, leave_out="on")
        jobs.run_waiting()

        assert "Nothing is recorded while a row is rejected" in page.words
        assert not Client.objects.filter(own_reference="7Q4").exists()

    def test_the_manager_has_the_others_recorded_by_a_setting_and_a_tick(self, world, manager):
        upload = a_file_with_rejected_rows(world.pharmacy_manager)
        manager.opens("/settings/uploads/")
        assert manager.page.typed["skips_rejected"] == "no"
        page = manager.sends(skips_rejected="yes")
        assert "The other rows may be recorded" in page.words

        manager.opens(upload.get_absolute_url())
        assert "You can go on and leave the rejected rows out" in manager.page.words
        manager.opens(f"{upload.get_absolute_url()}confirm/")
        assert "3 rejected rows will be left out. Download them first" in manager.page.words
        page = manager.sends()
        assert page.problems == [
            "Record the others and leave out the 3 rows that are rejected: Tick this to go on, or give the file up."
        ]
        manager.sends(leave_out="on")
        jobs.run_waiting()

        page = manager.opens(upload.get_absolute_url())
        assert (
            "1 row was recorded on 15/06/2026, 12:00. 3 rejected rows were left out, as you said."
            in page.words
        )
        assert SyringeExchange.objects.filter(client__own_reference="7Q4").count() == 1

    def test_where_every_row_is_rejected_there_is_nothing_to_go_on_with(self, world, manager):
        leaving_out(world.pharmacy_manager)
        upload = send(world.pharmacy_manager, HEADINGS + WRONG)

        page = manager.opens(upload.get_absolute_url())

        assert "Nothing of this file can be recorded." in page.words
        assert "Go on" not in page.words
        assert manager.opens(f"{upload.get_absolute_url()}confirm/").path == upload.get_absolute_url()


class TestTheRejectFile:
    def downloads(self, manager, upload) -> list[list[str]]:
        page = manager.opens(f"{upload.get_absolute_url()}rejected.csv")
        assert page.body.startswith("\ufeff")
        first, *rest = page.rows()
        return [[first[0].removeprefix("\ufeff"), *first[1:]], *rest]

    def test_it_has_the_headings_of_the_file_and_the_reason_in_one_column_more(self, world, manager):
        upload = a_file_with_rejected_rows(world.pharmacy_manager)

        headings, first, second, third = self.downloads(manager, upload)

        assert headings == [*HEADINGS.strip().split(","), "why_rejected"]
        assert first[6:] == [
            "02/06/2026", "SYR_FIXED_1=10", "HEROINE",
            "Row 3. drug (column I): “HEROINE” is not on the list. Choose one that is.",
        ]  # fmt: skip
        assert second[-1].startswith("Row 4. on (column G): There is no such day as 31/02/2026.")
        assert third[-1].startswith("Row 5. drug")

    def test_it_can_be_put_right_and_sent_as_it_is(self, world, manager):
        upload = a_file_with_rejected_rows(world.pharmacy_manager)
        text = manager.opens(f"{upload.get_absolute_url()}rejected.csv").body
        sends_a_file(manager, text)
        jobs.run_waiting()
        again = self.downloads(manager, the_upload(world))
        assert [row[-1][:7] for row in again] == ["why_rej", "Row 2. ", "Row 3. ", "Row 4. "]
        assert len(again[0]) == len(again[1]) == 10

        sends_a_file(manager, text.replace(",HEROINE,", ",HEROIN,").replace("31/02", "28/02"))
        jobs.run_waiting()

        assert the_upload(world).counts == {"new": 3, "marked": 0}

    def test_a_spreadsheet_takes_no_cell_of_it_for_a_formula_and_what_was_written_comes_back(
        self, world, manager
    ):
        upload = send(world.pharmacy_manager, HEADINGS + WRONG.replace("7Q4", "=1+1"))

        raw = manager.opens(f"{upload.get_absolute_url()}rejected.csv").body
        _, row = self.downloads(manager, upload)

        assert ",'=1+1," in raw
        assert row[5] == "=1+1"

    def test_cells_right_of_the_headings_do_not_move_the_reason(self, world, manager):
        upload = send(world.pharmacy_manager, HEADINGS + NEW.strip() + ",,stray\n")

        _, row = self.downloads(manager, upload)

        assert row[9].startswith("Row 2. The row has more cells than the header.")
        assert row[10:] == ["", "stray"]

    def test_taking_it_is_an_event_and_names_nobody_and_no_file(self, world, manager):
        upload = a_file_with_rejected_rows(world.pharmacy_manager)

        page = manager.opens(f"{upload.get_absolute_url()}rejected.csv")

        event = Event.objects.latest("id")
        assert (event.what, event.subjects, event.counts) == (
            "upload.rejects_downloaded", [upload.pk], {"rows": 3}
        )  # fmt: skip
        assert page.response.headers["Content-Disposition"] == (
            'attachment; filename="ims-rejected-contacts-2026-06-15.csv"'
        )

    def test_it_is_gone_with_the_rows(self, world, manager):
        upload = a_file_with_rejected_rows(world.pharmacy_manager)
        manager.opens(upload.get_absolute_url())
        manager.presses("Give it up")

        assert manager.opens(f"{upload.get_absolute_url()}rejected.csv").status == 404
