"""A collection that is killed, and what becomes of files that were put aside."""

import os
from contextlib import suppress
from datetime import timedelta

import pytest

from ims.bulk import tasks
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.bulk.transfer import folder, taking
from ims.core import jobs
from interventions.models import SyringeExchange
from tests.bulk.sending import HEADINGS
from tests.bulk.transfer.folders import NEW, OTHER, Killed, settled, states
from tests.makers import NOW

KILLED = {
    "before it is read": (folder.Folder, "read"),
    "before it is received": (taking, "receive_upload"),
    "before it is put aside": (folder.Folder, "put_aside"),
    "before what is old is removed": (folder.Folder, "remove_old"),
}


class TestKilled:
    @pytest.mark.parametrize("after", [False, True], ids=["begun", "done"])
    @pytest.mark.parametrize("moment", KILLED)
    def test_at_any_moment_the_next_run_goes_on_and_nothing_is_taken_twice(
        self, folders, manager, monkeypatch, moment, after
    ):
        settled(manager, applies_by_itself=True)
        folders.leaves(HEADINGS + NEW)
        of, name = KILLED[moment]
        really = getattr(of, name)

        killed = []

        def kills(*said, **more):
            if after:
                really(*said, **more)
            killed.append(name)
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(of, name, kills)
            for _ in range(3):
                with suppress(Killed):
                    folders.collected()
                jobs.run_waiting()
        assert killed
        folders.gone_through()

        assert states() == [State.APPLIED]
        assert SyringeExchange.objects.count() == 1
        assert folders.names("done") == ["quarter.csv"]
        assert folders.names("incoming") == []

    def test_a_worker_between_the_check_and_the_word_that_it_goes_on_by_itself(
        self, folders, manager, monkeypatch
    ):
        settled(manager, applies_by_itself=True)
        folders.leaves(HEADINGS + NEW)
        folders.collected()
        number = Upload.objects.get().pk

        def kills(*said, **more):
            raise Killed

        with monkeypatch.context() as patch, suppress(Killed):
            patch.setattr("ims.bulk.transfer.by_itself.goes_on", kills)
            tasks.check.function(number)
        assert states() == [State.CHECKED]
        jobs.run_waiting()

        assert states() == [State.APPLIED]


class TestWhatWasPutAside:
    def test_it_is_removed_after_seven_days_and_not_before(self, folders, manager):
        settled(manager)
        folders.leaves(HEADINGS + NEW)
        folders.leaves("a,a\n1,2\n", "b.csv")
        folders.gone_through()

        folders.collected(at=NOW + timedelta(days=7))
        assert (folders.names("done"), folders.names("refused")) == (
            ["quarter.csv"],
            ["b.csv", "b.csv.txt"],
        )
        told = folders.collected(at=NOW + timedelta(days=7, seconds=1))

        assert told == {taking.REMOVED: 3}
        assert (folders.names("done"), folders.names("refused")) == ([], [])

    def test_the_times_that_a_sender_gave_a_file_do_not_keep_it(self, folders, manager):
        settled(manager)
        file = folders.leaves(HEADINGS + NEW)
        os.utime(file, (4e9, 4e9))
        folders.gone_through()

        folders.collected(at=NOW + timedelta(days=8))

        assert folders.names("done") == []

    def test_what_somebody_else_put_there_stays(self, folders, manager):
        for name in ("READ ME.txt", "20261399T999999Z-x", "2026-notes"):
            (folders.own / "done" / name).write_text("by hand")

        folders.collected(at=NOW + timedelta(days=8000))

        assert len(os.listdir(folders.own / "done")) == 3

    def test_a_file_that_takes_its_place_at_that_moment_is_not_put_aside_with_it(
        self, folders, manager, monkeypatch
    ):
        settled(manager)
        folders.leaves(HEADINGS + NEW)
        folders.collected()
        jobs.run_waiting()
        really = os.rename

        def is_overtaken(*said, **where):
            monkeypatch.undo()
            folders.leaves(HEADINGS + OTHER)
            really(*said, **where)

        monkeypatch.setattr(os, "rename", is_overtaken)
        folders.collected()
        assert folders.names("done") == []

        folders.gone_through()
        assert Upload.objects.count() == 2
