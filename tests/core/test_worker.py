"""Real workers: killed, told to stop, and side by side."""

import pytest
from django.db import transaction

from tests.core.trial.tasks import CANARY, fail, look_around, note, pass_the_gate
from tests.core.worker_process import Gate, WorkerProcess, ask, events, jobs_left, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

FINISHING = "Waiting for job to finish"  # procrastinate's word for it


@pytest.fixture
def start(transactional_db):
    """Starts workers; whatever still runs after the test is killed."""
    started = []

    def start() -> WorkerProcess:
        started.append(WorkerProcess())
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
        print(worker.said)


@pytest.fixture
def gate(start):
    gate = Gate()
    gate.close()
    yield gate
    gate.open()


def test_a_job_whose_worker_was_killed_in_the_middle_is_done_once_by_the_next(start, gate):
    killed = start()
    pass_the_gate.later(number=7)
    wait_until(lambda: gate.waiting() == 1)
    killed.kill()
    start()
    wait_until(
        lambda: gate.waiting() == 2
    )  # the dead one's connection, which has not noticed, and the next worker's
    gate.open()

    wait_until(lambda: jobs_left() == 0)

    assert events("passed") == [{"number": 7}]


def test_a_worker_that_is_told_to_stop_finishes_what_it_is_doing_and_takes_nothing_new(start, gate):
    worker = start()
    pass_the_gate.later(number=7)
    wait_until(lambda: gate.waiting() == 1)
    worker.process.terminate()
    wait_until(lambda: FINISHING in worker.said)
    worker.process.terminate()  # impatience does no harm
    note.later(number=8)
    gate.open()

    assert worker.process.wait(90) == 0
    assert events("passed") == [{"number": 7}]
    assert events("noted") == []
    assert ask("SELECT count(*) FROM procrastinate_workers") == 0


def test_a_worker_that_finishes_what_it_is_doing_does_not_pass_for_dead_meanwhile(start, gate):
    stopping = start()
    pass_the_gate.later(number=7)
    wait_until(lambda: gate.waiting() == 1)
    stopping.process.terminate()
    wait_until(lambda: FINISHING in stopping.said)
    seen = "SELECT extract(epoch FROM last_heartbeat) FROM procrastinate_workers"
    first = ask(seen)

    wait_until(lambda: ask(seen) > first + 1)

    gate.open()
    assert stopping.process.wait(90) == 0


def test_two_jobs_of_one_lock_are_never_done_at_once_though_a_second_worker_is_free(start, gate):
    start(), start()
    with transaction.atomic():
        pass_the_gate.later(number=7)
        pass_the_gate.later(number=7)
        note.later(number=8)

    wait_until(lambda: events("noted") == [{"number": 8}])
    assert gate.waiting() == 1
    gate.open()
    wait_until(lambda: jobs_left() == 0)
    assert len(events("passed")) == 2


def test_a_worker_gives_up_what_fails_again_and_again_and_tells_its_app(start):
    worker = start()
    fail.later(number=7)

    wait_until(lambda: ask("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'") == 1)

    assert len(events("tried")) == 4
    assert events("given_up") == [{"number": 7}]
    assert events("noted") == []  # asked for by a try that was taken back
    assert jobs_left() == 1
    assert worker.stop() == 0
    assert "ValueError" in worker.said
    assert CANARY not in worker.said


def test_a_worker_that_cannot_write_down_how_a_job_ended_makes_way_for_the_next(start, gate):
    worker = start()
    pass_the_gate.later(number=7)
    wait_until(lambda: gate.waiting() == 1)
    ask("WITH gone AS (DELETE FROM procrastinate_jobs RETURNING id) SELECT count(*) FROM gone")
    gate.open()

    assert worker.process.wait(90) == 1
    assert "Start it again" in worker.said


def test_a_worker_signs_in_as_the_site_without_a_time_limit_and_leaves_the_machine_to_pages(start):
    start()
    look_around.later()

    wait_until(lambda: events("looked"))

    (seen,) = events("looked")
    assert (seen["is_the_site"], seen["limit"]) == (1, 0)
    assert seen["niceness"] >= 10
