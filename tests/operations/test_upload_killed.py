"""Worker, web server and database are killed in the middle of an upload: all of it is recorded or nothing, and in the end all.

`kill -9` at ten random moments each or more, spread over as long as the thing takes on this machine. KILL_ROUNDS asks for
more of them, and KILL_SEED, which is printed, for the same ones again.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from ims.bulk.models.upload import State
from tests.bench.measure import Wrong
from tests.killed.manager import path_of
from tests.killed.moments import come_to, enough, length, moments, now
from tests.killed.upload import File, all_of, checked
from tests.killed.uploads import Uploads


def test_a_worker_that_is_killed_at_any_moment_leaves_all_or_nothing_and_the_next_one_ends_it(uploads):
    check, recording = uploads.lengths()
    in_check, in_recording = [], []

    for share in moments("worker", in_check, in_recording):
        file = uploads.a_file()
        path = uploads.is_sent(file)
        in_check += [is_killed(uploads, file, uploads.worker.kill, share, check)]
        ends_checked(uploads, file)

        uploads.manager.confirms(path)
        in_recording += [is_killed(uploads, file, uploads.worker.kill, share, recording)]
        ends_recorded(uploads, file)

    uploads.must_all_be_there_once()
    assert enough(in_check)
    assert enough(in_recording)


def is_killed(uploads: Uploads, file: File, kill: Callable[[], None], share: float, of: float) -> bool:
    """Somebody is killed at that moment, and the file is recorded as a whole or not at all. Whether a job was in hand."""
    come_to(share, of, since=now())
    kill()
    return is_whole(uploads, file) in (State.RECEIVED, State.CONFIRMED) and uploads.is_cut_off()


def is_whole(uploads: Uploads, file: File) -> str | None:
    """Where a file stands, which is recorded as a whole or not at all."""
    found = uploads.held(file)
    assert found.is_unrecorded or found == all_of(file)
    return found.state


def ends_checked(uploads: Uploads, file: File) -> None:
    uploads.wait_for(file, State.CHECKED)
    assert uploads.held(file) == checked(file)


def ends_recorded(uploads: Uploads, file: File) -> None:
    uploads.wait_for(file, State.APPLIED)
    assert uploads.held(file) == all_of(file)


def test_a_file_that_is_given_up_while_its_worker_is_dead_leaves_nothing(uploads):
    check, _ = uploads.lengths()
    file = uploads.a_file()
    path = uploads.is_sent(file)
    is_killed(uploads, file, uploads.worker.kill, 0.5, check)

    uploads.manager.gives_up(path)
    uploads.wait_for(file, State.GIVEN_UP)

    assert uploads.held(file).is_unrecorded
    uploads.files -= 1
    uploads.must_all_be_there_once()


def test_when_the_database_is_killed_at_any_moment_all_is_there_or_nothing_and_in_the_end_all(uploads):
    """Every other time in the middle of a check, else of recording."""
    check, recording = uploads.lengths()
    hits = []

    for number, share in enumerate(moments("database", hits)):
        file, checks = uploads.a_file(), number % 2 == 0
        path = uploads.is_sent(file)
        if not checks:
            ends_checked(uploads, file)
            uploads.manager.confirms(path)
        hits += [is_killed(uploads, file, lambda: restart(uploads), share, check if checks else recording)]
        if checks:
            ends_checked(uploads, file)
            uploads.manager.confirms(path)
        ends_recorded(uploads, file)

    uploads.must_all_be_there_once()
    assert enough(hits)


def restart(uploads: Uploads) -> None:
    uploads.site.kill_the_database()
    uploads.site.start_the_database()


def test_when_the_web_server_is_killed_while_a_file_is_sent_or_confirmed_it_is_one_upload_that_goes_on(
    uploads,
):
    """Every other time while it is sent, else while it is confirmed."""
    sending, confirming = how_long_posts_take(uploads)
    hits = []

    for number, share in enumerate(moments("web server", hits)):
        file, fields = uploads.a_file(), uploads.manager.chooses()
        send = partial(uploads.manager.posts, file, fields)
        if number % 2 == 0:
            hits += [is_cut_off(uploads, send, share, sending)]
            assert is_whole(uploads, file) in (None, State.RECEIVED, State.CHECKED)
        path = path_of(send())
        ends_checked(uploads, file)

        confirm = partial(uploads.manager.post, f"{path}confirm/", uploads.manager.says_yes(path))
        if number % 2:
            hits += [is_cut_off(uploads, confirm, share, confirming)]
            assert is_whole(uploads, file) in (State.CHECKED, State.CONFIRMED, State.APPLIED)
        confirm().must(302)
        ends_recorded(uploads, file)

    uploads.must_all_be_there_once()
    assert enough(hits)


def how_long_posts_take(uploads: Uploads) -> tuple[float, float]:
    """Seconds of sending a file and of confirming it, on a server that is warm."""
    uploads.lengths()
    file = uploads.a_file()
    send = partial(uploads.manager.posts, file, uploads.manager.chooses())
    sending = length(send)
    path = path_of(send())
    ends_checked(uploads, file)
    confirming = length(partial(uploads.manager.post, f"{path}confirm/", uploads.manager.says_yes(path)))
    ends_recorded(uploads, file)
    return sending, confirming


def is_cut_off(uploads: Uploads, posting: Callable[[], object], share: float, of: float) -> bool:
    """Somebody posts, and the web server is killed at that moment. Whether they were left without an answer."""
    with ThreadPoolExecutor() as pool:
        posted = pool.submit(is_without_answer, posting)
        come_to(share, of, since=now())
        uploads.site.kill_everything()
        cut_off = posted.result()
    uploads.site.serve()
    return cut_off


def is_without_answer(posting: Callable[[], object]) -> bool:
    try:
        posting()
    except (Wrong, OSError):
        return True
    return False
