"""Files that come by secure file transfer and are refused: moved aside with a note, and whoever can mend it is told."""

import errno
import logging
import os
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail

from ims.accounts.actions import end_membership
from ims.accounts.models import Membership
from ims.audit.models import Event
from ims.bulk.models import Profile, Upload
from ims.bulk.profiles.action import end_profile
from ims.bulk.transfer import folder, taking
from ims.bulk.transfer.folder import name_aside, put_aside_at, seen
from ims.core.keys import new_submission_id
from ims.providers.actions import switch_modules
from tests import makers
from tests.bulk.sending import HEADINGS, a_profile
from tests.bulk.transfer.folders import NEW, settled
from tests.makers import NOW, TODAY

NAMED = "Patricia Quill 05051985.csv"


def refused(folders) -> tuple[str, list[str]]:
    """One file was: what its note says, and who was told."""
    assert folders.names("incoming") == []
    assert not Upload.objects.exists()
    note = folders.text("refused", ".txt")
    assert note.startswith("Nothing of this file is recorded.\n")
    (event,) = Event.objects.filter(what="transfer.refused")
    assert event.counts == {"files": 1}
    return note, [to for message in mail.outbox for to in message.to]


def test_before_it_is_switched_on_and_the_managers_are_told(folders, provider):
    folders.leaves(HEADINGS + NEW, NAMED)

    assert folders.collected() == {taking.REFUSED: 1}

    note, told = refused(folders)
    assert "Secure file transfer is switched off for the service." in note
    assert told == ["liv0001@example.org"]
    assert folders.text("refused", ".csv") == HEADINGS + NEW


def test_when_it_is_switched_off(folders, manager):
    settled(manager)
    settled(manager, is_on=False)
    folders.leaves(HEADINGS + NEW)

    folders.collected()

    note, told = refused(folders)
    assert "Secure file transfer is switched off for the service." in note
    assert told == ["manager@example.org"]


def test_when_the_person_who_lent_their_name_works_there_no_more_and_the_others_are_told(folders, manager):
    settled(manager)
    held = Membership.objects.get(pk=manager.membership_id)
    end_membership(membership=held, at=NOW, by=makers.the_manager(held.provider))
    folders.leaves(HEADINGS + NEW)

    folders.collected()

    note, told = refused(folders)
    assert "The person in whose name files are recorded may send none any more." in note
    assert told == ["liv0001@example.org"]


def test_when_the_layout_is_switched_off(folders, manager, provider):
    settled(manager, layout="naloxone")
    switch_modules(
        provider=provider, modules=["syringe_exchange"], expected_version=provider.version, at=NOW, by=manager
    )
    folders.leaves(HEADINGS + NEW)

    folders.collected()

    assert "The layout of the files is switched off for the service." in refused(folders)[0]


def test_when_the_profile_has_ended(folders, manager):
    settled(manager, profile=a_profile(manager))
    end_profile(profile=Profile.objects.get(), on=TODAY, at=NOW, by=manager)
    folders.leaves(HEADINGS + NEW)

    folders.collected(at=NOW + timedelta(days=1))

    assert "The mapping profile is not in force today." in refused(folders)[0]


def test_when_it_is_too_long_and_nothing_of_it_is_read(folders, manager, settings, monkeypatch):
    settings.UPLOAD_MOST_BYTES = len(HEADINGS + NEW)
    settled(manager)
    folders.leaves(HEADINGS + NEW + "\n")
    really = os.open

    def opens(name, *said, **where):
        assert name != "quarter.csv"
        return really(name, *said, **where)

    monkeypatch.setattr(os, "open", opens)

    folders.collected()

    assert "The file is too long. Split it" in refused(folders)[0]


def test_one_of_just_the_most_bytes_is_taken(folders, manager, settings):
    settings.UPLOAD_MOST_BYTES = len(HEADINGS + NEW)
    settled(manager)
    folders.leaves(HEADINGS + NEW)

    assert folders.collected() == {taking.TAKEN: 1}


def test_a_link_is_not_followed_wherever_it_leads(folders, manager, tmp_path):
    settled(manager)
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(HEADINGS + NEW)
    (folders.own / "incoming" / "quarter.csv").symlink_to(elsewhere)

    folders.collected()

    assert "It is a link" in refused(folders)[0]
    assert elsewhere.read_text() == HEADINGS + NEW
    folders.collected(at=NOW + timedelta(days=8))
    assert elsewhere.exists()
    assert folders.names("refused") == []


def test_a_file_that_becomes_a_link_after_it_was_looked_at_is_not_followed(
    folders, manager, tmp_path, monkeypatch
):
    settled(manager)
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(HEADINGS + NEW)
    file = folders.leaves(HEADINGS + NEW)
    really = folder.Folder.read

    def becomes_a_link(*said, **more):
        file.unlink()
        file.symlink_to(elsewhere)
        return really(*said, **more)

    monkeypatch.setattr(folder.Folder, "read", becomes_a_link)

    assert folders.collected() == {taking.WRITTEN: 1}
    assert not Upload.objects.exists()


def test_a_pipe_keeps_nobody_waiting(folders, manager):
    settled(manager)
    os.mkfifo(folders.own / "incoming" / "quarter.csv")

    folders.collected()

    assert "no plain file" in refused(folders)[0]


def test_a_folder_is_nobodys_delivery(folders, manager):
    settled(manager)
    (folders.own / "incoming" / "2026.csv").mkdir()

    assert folders.collected() == {}
    assert folders.names("incoming") == ["2026.csv"]


def failing_to_open(monkeypatch, fault: OSError) -> None:
    really = os.open

    def fails(name, *said, **where):
        if name == "quarter.csv":
            raise fault
        return really(name, *said, **where)

    monkeypatch.setattr(os, "open", fails)


def test_one_that_its_sender_lets_nobody_read(folders, manager, monkeypatch):
    settled(manager)
    folders.leaves(HEADINGS + NEW)
    failing_to_open(monkeypatch, PermissionError(errno.EACCES, "Permission denied", "quarter.csv"))

    folders.collected()

    assert "The rights that came with the file let nobody read it." in refused(folders)[0]


def test_a_disk_that_fails_under_one_file_keeps_nothing_from_the_others(
    folders, manager, monkeypatch, caplog
):
    settled(manager)
    folders.leaves(HEADINGS + NEW)
    folders.leaves(HEADINGS + NEW, "second.csv")
    failing_to_open(monkeypatch, OSError(errno.EIO, "Input/output error", "quarter.csv"))

    assert folders.collected() == {taking.UNREAD: 1, taking.TAKEN: 1}

    assert "a file of LIV0001 cannot be opened: Input/output error" in caplog.text
    assert "quarter" not in caplog.text


def test_one_that_cannot_be_read_as_a_table_is_told_of_once_and_without_a_word_of_it(folders, manager):
    settled(manager)
    folders.leaves("Quill,Quill\n1,2\n", NAMED)

    folders.gone_through()

    assert folders.names("refused") == [NAMED, f"{NAMED}.txt"]
    note = folders.text("refused", ".txt")
    assert "It could not be read as a table. Sign in: under Uploads it says what is wrong." in note
    (told,) = mail.outbox
    assert "could not be read" in told.subject
    assert "Quill" not in note + told.body
    assert "Quill" in Upload.objects.get().refusal


def test_neither_note_nor_mail_nor_log_says_what_a_file_was_called(folders, manager, caplog):
    caplog.set_level(logging.DEBUG)
    folders.leaves(HEADINGS + NEW, NAMED)

    folders.collected()

    said = folders.text("refused", ".txt") + caplog.text + mail.outbox[0].subject + mail.outbox[0].body
    assert "Quill" not in said
    assert "0505" not in said


def test_several_at_once_are_one_mail(folders, manager, settings):
    settings.UPLOAD_MOST_BYTES = 10
    settled(manager)
    for name in ("a.csv", "b.csv"):
        folders.leaves(HEADINGS + NEW, name)
    (folders.own / "incoming" / "c.csv").symlink_to("a.csv")

    folders.collected()

    (told,) = mail.outbox
    assert told.subject == "IMS: files of yours were refused"
    assert "files of St Mary's that came by secure file transfer were refused" in told.body
    assert "2 files: The file is too long." in told.body
    assert "1 file: It is a link" in told.body
    assert Event.objects.get(what="transfer.refused").counts == {"files": 3}


def test_mail_that_is_down_stops_nothing(folders, manager, monkeypatch):
    def is_down(*said, **more):
        raise ConnectionRefusedError

    monkeypatch.setattr("ims.core.mail.send", is_down)
    folders.leaves(HEADINGS + NEW)

    folders.collected()

    assert refused(folders)[1] == []


@pytest.mark.parametrize("step", ["write_note", "put_aside"])
def test_killed_while_it_is_refused_it_is_refused_by_the_next_run(folders, manager, monkeypatch, step):
    folders.leaves(HEADINGS + NEW)

    def kills(*said, **more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(folder.Folder, step, kills)
        folders.collected()
    folders.collected(at=NOW + timedelta(minutes=1))

    assert folders.names("incoming") == []
    assert "quarter.csv" in folders.names("refused")


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.csv",
        "\udcff\udc9c.csv",
        "é" * 125 + ".csv",
        "-rf.csv",
        "x" * 251 + ".csv",
        "20260101T000000Z-x.csv",
    ],
    ids=["two lines", "no text", "long", "like an option", "as long as can be", "like one put aside"],
)
def test_a_name_may_say_anything(folders, manager, name):
    settled(manager)
    folders.leaves(HEADINGS + NEW, name)

    folders.gone_through()

    assert len(folders.names("done")) == 1
    assert Upload.objects.get().state == "checked"
    folders.collected(at=NOW + timedelta(days=8))
    assert folders.names("done") == []


def test_the_name_aside_says_when_and_ends_as_the_file_does(tmp_path):
    file = tmp_path / ("é" * 120 + ".csv")
    file.touch()
    entry = seen(file.name, file.stat())

    name = name_aside(entry, new_submission_id(), NOW)

    assert put_aside_at(name) == NOW
    assert name.endswith("ééé.csv")
    assert len(os.fsencode(f"{name}.txt")) <= 255
