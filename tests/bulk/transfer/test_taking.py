"""`collect_uploads`: what a system of a provider leaves by secure file transfer becomes an upload like any other."""

import os

import pytest
from django.core import mail

from ims.audit.models import Event
from ims.bulk import tasks
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.bulk.transfer import taking
from ims.core import jobs
from interventions.models import SyringeExchange
from tests.bulk.sending import HEADINGS, a_profile, confirm, leaving_out, record, send
from tests.bulk.transfer.folders import NEW, OTHER, WRONG, settled, states


class TestAFinishedFile:
    def test_it_is_checked_and_waits_for_the_person_who_is_named_and_told(self, folders, manager):
        settled(manager)
        folders.leaves(HEADINGS + NEW, "Bell, Ann 1985.csv")

        folders.gone_through()

        held = Upload.objects.get()
        assert (held.state, held.way, held.sent_by_id) == (State.CHECKED, "transfer", manager.user_id)
        assert held.file_name == "Bell, Ann 1985.csv"
        assert not SyringeExchange.objects.exists()
        (told,) = mail.outbox
        assert told.to == ["manager@example.org"]
        assert (
            "A file of your service that came by secure file transfer is checked. Nothing is recorded yet"
            in told.body
        )
        assert "1985" not in told.subject + told.body
        assert folders.names("incoming") == []
        assert folders.names("done") == ["Bell, Ann 1985.csv"]
        assert confirm(manager, held).state == State.APPLIED

    def test_it_lies_where_it_was_left_until_it_is_checked(self, folders, manager):
        settled(manager)
        folders.leaves(HEADINGS + NEW)

        assert folders.collected() == {taking.TAKEN: 1}
        assert folders.collected() == {taking.UNDER_WAY: 1}

        assert folders.names("incoming") == ["quarter.csv"]
        jobs.run_waiting()
        assert folders.collected() == {taking.DONE: 1}
        assert Upload.objects.count() == 1

    def test_it_is_read_by_the_profile_that_is_settled(self, folders, manager):
        settled(manager, profile=a_profile(manager))
        text = HEADINGS.replace("date_of_birth", "DOB").replace(",sex,", ",Gender,")

        folders.leaves(text + NEW.replace(",M,", ",Male,"))
        folders.gone_through()

        assert Upload.objects.get().counts["new"] == 1

    def test_it_is_recorded_by_itself_where_the_service_says_so_in_the_name_of_the_person(
        self, folders, manager
    ):
        settled(manager, applies_by_itself=True)
        folders.leaves(HEADINGS + NEW)

        folders.gone_through()

        exchange = SyringeExchange.objects.visible_to(manager).get()
        assert exchange.history.get().history_user_id == manager.user_id
        assert states() == [State.APPLIED]
        (told,) = mail.outbox
        assert "came by secure file transfer is recorded. Sign in to see how many rows" in told.body
        assert folders.names("done") == ["quarter.csv"]
        assert Event.objects.filter(what="upload.applied", user_id=manager.user_id).count() == 1

    def test_one_with_rejected_rows_waits_whatever_the_service_allows_those_who_are_asked(
        self, folders, manager
    ):
        settled(leaving_out(manager), applies_by_itself=True)
        folders.leaves(HEADINGS + NEW + WRONG)

        folders.gone_through()

        assert states() == [State.CHECKED]
        assert not SyringeExchange.objects.exists()
        assert "is checked. Nothing is recorded yet" in mail.outbox[0].body

    def test_an_unusual_one_waits(self, folders, manager):
        settled(manager, applies_by_itself=True)
        folders.leaves(HEADINGS + NEW)
        folders.gone_through()
        days = [f"{1 + n % 28:02}/0{2 + n // 28}/2026" for n in range(60)]

        folders.leaves(HEADINGS + "".join(NEW.replace("01/06/2026", day) for day in days))
        folders.gone_through()

        assert states() == [State.APPLIED, State.CHECKED]
        assert SyringeExchange.objects.count() == 1

    def test_one_that_is_refused_at_the_last_moment_waits(self, folders, manager, monkeypatch):
        class NotLookedAt(ValueError):
            pass

        def refuses(**said):
            raise NotLookedAt

        settled(manager, applies_by_itself=True)
        folders.leaves(HEADINGS + NEW)
        monkeypatch.setattr("ims.bulk.actions.confirm_upload", refuses)

        folders.collected()
        ended = jobs.run_waiting()

        assert ended == {"succeeded": 1}
        assert states() == [State.CHECKED]
        assert "is checked. Nothing is recorded yet" in mail.outbox[0].body

    def test_what_is_held_may_change_before_it_is_recorded_and_then_it_waits(
        self, folders, manager, monkeypatch
    ):
        settled(manager, applies_by_itself=True)
        folders.leaves(HEADINGS + NEW)

        def late(**said):
            monkeypatch.undo()
            record(manager, HEADINGS + NEW)
            return tasks.apply_upload(**said)

        monkeypatch.setattr(tasks, "apply_upload", late)
        folders.gone_through()

        held = Upload.objects.get(way="transfer")
        assert (held.state, held.moved_on, held.counts["same"]) == (State.CHECKED, True, 1)
        assert SyringeExchange.objects.count() == 1
        assert "is checked. Nothing is recorded yet" in mail.outbox[-1].body

    def test_what_comes_by_a_page_is_never_recorded_by_itself(self, folders, manager):
        settled(manager, applies_by_itself=True)

        assert send(manager, HEADINGS + NEW).state == State.CHECKED

    def test_one_that_a_fault_of_ours_stopped_can_be_tried_again_under_uploads(
        self, folders, manager, monkeypatch
    ):
        settled(manager)
        folders.leaves(HEADINGS + NEW)
        monkeypatch.setattr("ims.bulk.checking.passed", None)

        folders.gone_through()

        assert states() == [State.FAILED]
        assert folders.names("done") == ["quarter.csv"]
        assert "stopped by a fault of the system" in mail.outbox[0].body


class TestAFileThatIsNotFinished:
    @pytest.mark.parametrize(
        "name", ["a.csv.part", "a.csv.filepart", "a.partial", "A.PART", "b.tmp", ".c.csv"]
    )
    def test_one_under_a_name_for_the_time_being_is_left_alone(self, folders, manager, name):
        settled(manager)
        folders.leaves(HEADINGS + NEW, name)

        assert not folders.collected()

        assert folders.names("incoming") == [name]
        assert not Upload.objects.exists()

    def test_one_that_grew_between_two_looks_is_taken_by_the_next_run(self, folders, manager):
        settled(manager)
        file = folders.leaves(HEADINGS)

        assert not folders.collected(meanwhile=lambda: file.write_text(HEADINGS + NEW))
        folders.gone_through()

        assert Upload.objects.get().counts["new"] == 1

    def test_one_that_came_between_two_looks_is_looked_at_twice_as_well(self, folders, manager):
        settled(manager)
        folders.leaves(HEADINGS + NEW, "one.csv")

        folders.collected(meanwhile=lambda: folders.leaves(HEADINGS + OTHER, "two.csv"))

        assert Upload.objects.get().file_name == "one.csv"

    def test_one_whose_times_are_set_back_has_changed_all_the_same(self, folders, manager):
        settled(manager)
        file = folders.leaves(HEADINGS + NEW)
        before = file.stat()

        def rewrite():
            file.write_text(HEADINGS + NEW.replace("P,Q", "R,S"))
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
            assert file.stat().st_size == before.st_size

        assert not folders.collected(meanwhile=rewrite)

    def test_one_that_is_written_to_while_it_is_read_is_taken_by_the_next_run(
        self, folders, manager, monkeypatch
    ):
        settled(manager)
        file = folders.leaves(HEADINGS + NEW)
        really = os.open

        def opens_and_writes(name, *said, **where):
            handle = really(name, *said, **where)
            if name == "quarter.csv":
                file.write_text(HEADINGS + NEW + OTHER)
            return handle

        monkeypatch.setattr(os, "open", opens_and_writes)
        assert folders.collected() == {taking.WRITTEN: 1}
        monkeypatch.undo()

        folders.gone_through()
        assert Upload.objects.get().counts["new"] == 2

    def test_nobody_waits_where_nothing_lies(self, folders, manager):
        settled(manager)

        folders.collected(meanwhile=lambda: pytest.fail("there was nothing to look at twice"))


class TestOneFileAfterAnother:
    def test_the_same_name_with_other_rows_is_another_delivery(self, folders, manager):
        settled(manager, applies_by_itself=True)
        for rows in (NEW, OTHER):
            folders.leaves(HEADINGS + rows)
            folders.gone_through()

        assert states() == [State.APPLIED, State.APPLIED]
        assert SyringeExchange.objects.count() == 2
        assert folders.names("done") == ["quarter.csv", "quarter.csv"]

    def test_the_very_same_file_once_more_changes_nothing(self, folders, manager):
        settled(manager, applies_by_itself=True)
        for _ in range(2):
            folders.leaves(HEADINGS + NEW)
            folders.gone_through()

        first, second = Upload.objects.order_by("pk")
        assert (first.counts["new"], second.counts["same"], second.state) == (1, 1, State.APPLIED)
        assert SyringeExchange.objects.count() == 1

    def test_what_is_recorded_by_itself_is_taken_in_the_order_in_which_it_was_finished(
        self, folders, manager
    ):
        settled(manager, applies_by_itself=True)
        for name, rows in (("b.csv", NEW), ("a.csv", NEW.replace("01/06", "03/06"))):
            folders.leaves(HEADINGS + rows, name)

        assert folders.collected() == {taking.TAKEN: 1, taking.WAITING: 1}
        assert Upload.objects.get().file_name == "b.csv"
        for _ in range(2):
            jobs.run_waiting()
            folders.collected()

        assert states() == [State.APPLIED, State.APPLIED]
        assert SyringeExchange.objects.values("client").distinct().count() == 1

    def test_where_somebody_looks_at_each_all_are_taken_at_once(self, folders, manager):
        settled(manager)
        for name, rows in (("a.csv", NEW), ("b.csv", OTHER)):
            folders.leaves(HEADINGS + rows, name)

        assert folders.collected() == {taking.TAKEN: 2}
