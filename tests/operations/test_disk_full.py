"""A disk is full in the middle of an upload: the page says so in words, nothing is recorded, the site goes on, and so does the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psycopg
import pytest

from ims.bulk.models.upload import State
from tests.killed.disk import SmallDisk, database_on_a_small_disk, small_disk
from tests.killed.manager import path_of
from tests.killed.upload import File, Workbook, all_of, checked
from tests.killed.uploads import Uploads

ROOM = 200  # megabytes
ENOUGH_TO_SEND, TOO_LITTLE = 400_000, 16_384  # bytes that are left
MANY, VERY_MANY = (
    5000,
    50_000,
)  # rows; in staging or recorded they need more than that; a file that Django would put aside
STOPPED = "Your file was stopped by a fault of this system"
NOTHING_RECORDED = "Nothing of it was recorded,"
TRY_AGAIN = "it can be tried again as it is"
FAULT = "This is a fault of ours, not of yours."
PAGES_TO_READ = ["/", "/clients/", "/uploads/", "/reviews-due/", "/settings/"]
STAGING = ["bulk_uploadrow", "bulk_uploadfile"]
RECORDS = [
    "interventions_syringeexchange", "interventions_historicalsyringeexchange", "clients_client",
    "clients_historicalclient",
]  # fmt: skip


@contextmanager
def on_a_small_disk(site, *, log_outside: bool) -> Iterator[tuple[SmallDisk, Uploads]]:
    """Nothing but what the test does makes room or takes it."""
    with database_on_a_small_disk(site, ROOM, log_outside=log_outside) as disk:
        site.serve()
        uploads = Uploads(site)
        site.order("ALTER SYSTEM SET autovacuum = off")
        site.order("SELECT pg_reload_conf()")
        uploads.lengths()  # whatever is written once is written
        try:
            yield disk, uploads
        finally:
            uploads.worker.kill()


@pytest.fixture
def small(site_to_kill):
    with on_a_small_disk(site_to_kill, log_outside=True) as both:
        yield both


@pytest.fixture
def small_with_log(site_to_kill):
    with on_a_small_disk(site_to_kill, log_outside=False) as both:
        yield both


def is_filled(disk, uploads: Uploads, tables: list[str], leaving: int) -> None:
    """So that these tables cannot grow: their old rows leave no gaps either."""
    for table in tables:
        uploads.site.order(f"VACUUM FULL {table}")
    uploads.site.now()  # whoever signs in first after that writes a file
    disk.fill(leaving)


def can_be_read(uploads: Uploads, path: str) -> None:
    for page in [*PAGES_TO_READ, path]:
        uploads.manager.says(page)


def is_stopped_in_words(uploads: Uploads, path: str) -> None:
    page = uploads.manager.get(path).must(200, STOPPED, NOTHING_RECORDED, TRY_AGAIN)
    assert "Try again" in page.text


def test_a_check_and_recording_that_find_no_room_say_so_and_are_done_once_there_is_room(small):
    disk, uploads = small
    file = uploads.a_file(rows=MANY)

    is_filled(disk, uploads, STAGING, leaving=ENOUGH_TO_SEND)
    path = uploads.manager.sends_file(file)
    uploads.wait_for(file, State.FAILED)
    is_stopped_in_words(uploads, path)
    can_be_read(uploads, path)
    assert uploads.held(file).is_unrecorded

    disk.free()
    uploads.manager.tries_again(path)
    uploads.wait_for(file, State.CHECKED)
    assert uploads.held(file) == checked(file)

    yes = uploads.manager.says_yes(path)
    is_filled(disk, uploads, RECORDS, leaving=ENOUGH_TO_SEND)
    uploads.manager.post(f"{path}confirm/", yes).must(302)
    uploads.wait_for(file, State.FAILED)
    is_stopped_in_words(uploads, path)
    can_be_read(uploads, path)
    assert uploads.held(file).is_unrecorded

    disk.free()
    uploads.manager.tries_again(path)
    uploads.wait_for(file, State.APPLIED)
    assert uploads.held(file) == all_of(file)


def test_a_file_for_which_there_is_no_room_when_it_is_sent_is_refused_in_words_and_may_be_sent_again(small):
    disk, uploads = small
    file = uploads.a_file()
    send = partial(uploads.manager.posts, file, uploads.manager.chooses())

    is_filled(disk, uploads, STAGING, leaving=TOO_LITTLE)
    send().must(500, FAULT)
    assert uploads.held(file).state is None
    can_be_read(uploads, "/uploads/")

    disk.free()
    path_of(send())
    path = path_of(send())
    uploads.wait_for(file, State.CHECKED)
    uploads.manager.confirms(path)
    uploads.wait_for(file, State.APPLIED)
    assert uploads.held(file) == all_of(file)


def test_when_the_log_of_the_database_finds_no_room_all_is_there_or_nothing_and_in_the_end_all(
    small_with_log,
):
    """PostgreSQL ends itself then; whoever starts it once there is room finds all that was saved."""
    disk, uploads = small_with_log
    file = uploads.a_file(rows=MANY)
    path = uploads.is_sent(file)
    uploads.wait_for(file, State.CHECKED)
    uploads.manager.confirms(path)

    disk.fill(leaving=TOO_LITTLE)
    needs_room_for_the_log(uploads.site)
    uploads.manager.get(path).must(500, FAULT)

    disk.free()
    uploads.site.start_the_database()
    found = uploads.held(file)
    assert found.is_unrecorded or found == all_of(file)
    uploads.wait_for(file, State.APPLIED)
    assert uploads.held(file) == all_of(file)
    can_be_read(uploads, path)


def needs_room_for_the_log(site) -> None:
    """Begin one file of the log after the other, until PostgreSQL cannot."""
    with pytest.raises(psycopg.OperationalError):
        while True:
            site.order("SELECT pg_logical_emit_message(false, 'test', 'x'), pg_switch_wal()")


@pytest.fixture
def temporary(site_to_kill, tmp_path, monkeypatch):
    """A small disk that is the folder for temporary files of the site and its worker."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    if site_to_kill.is_served():
        site_to_kill.kill_everything()
    with small_disk(tmp_path, 1) as disk:
        site_to_kill.serve()
        uploads = Uploads(site_to_kill)
        try:
            uploads.lengths()
            yield disk, uploads
        finally:
            uploads.worker.kill()
            site_to_kill.kill_everything()


@pytest.mark.parametrize("kind", [File, Workbook])
def test_a_full_folder_for_temporary_files_stops_no_file_because_nothing_of_it_lies_there(temporary, kind):
    disk, uploads = temporary
    disk.fill()

    file = uploads.a_file(kind)
    path = uploads.is_sent(file)
    uploads.wait_for(file, State.CHECKED)
    uploads.manager.confirms(path)
    uploads.wait_for(file, State.APPLIED)

    assert uploads.held(file) == all_of(file)
    assert disk.room() == 0


def test_a_full_folder_for_temporary_files_stops_no_large_file_when_it_is_sent(temporary):
    disk, uploads = temporary
    uploads.worker.kill()
    disk.fill()

    file = uploads.a_file(rows=VERY_MANY)
    path = uploads.manager.sends_file(file)

    assert uploads.held(file).stored == len(file.data)
    uploads.manager.gives_up(path)
