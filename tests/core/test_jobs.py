"""Jobs asked for, done here and now, tried again and given up. Workers of their own are in test_worker.py."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from ims.core import jobs
from ims.core.jobs import Job, NotAnId, run_waiting, take_up_stalled
from tests import database
from tests.core.trial.tasks import CANARY, fail, note, say_given_up
from tests.core.worker_process import ask, events, jobs_left
from tests.makers import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def declare(monkeypatch):
    """Declares a job for one test only."""
    monkeypatch.setattr(jobs, "declared", dict(jobs.declared))

    def declare(function, **options):
        made = Job(f"trial.{function.__name__}", "trial", function, **options)
        jobs.declared[made.name] = made
        return made

    return declare


def a_worker(last_seen_seconds_ago: int) -> int:
    return ask(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
        last_seen_seconds_ago,
    )


def takes_a_job(worker: int) -> None:
    ask("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", worker)


def statuses() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs ORDER BY id")
        return [status for (status,) in cursor.fetchall()]


def test_what_was_asked_for_is_done_once():
    note.later(number=7)

    assert run_waiting() == {"succeeded": 1}
    assert run_waiting() == {}
    assert events("noted") == [{"number": 7}]


def test_what_was_asked_for_by_an_action_that_was_taken_back_is_never_done():
    with pytest.raises(RuntimeError), transaction.atomic():
        note.later(number=7)
        raise RuntimeError

    assert run_waiting() == {}
    assert jobs_left() == 0


def test_what_a_job_asks_for_is_done_as_well(declare):
    first = declare(lambda number: note.later(number=number + 1))
    first.later(number=1)

    assert run_waiting() == {"succeeded": 2}
    assert events("noted") == [{"number": 2}]


def test_jobs_of_one_lock_are_done_in_the_order_in_which_they_were_asked_for(declare):
    done = []
    record = declare(lambda number: done.append(number), lock="the only one")
    for number in (3, 1, 2):
        record.later(number=number)

    run_waiting()

    assert done == [3, 1, 2]


def test_a_job_that_fails_is_tried_four_times_and_then_its_app_is_told_once():
    fail.later(number=7)

    assert run_waiting() == {"failed": 1}
    assert len(events("tried")) == 4
    assert events("given_up") == [{"number": 7}]
    assert statuses() == ["failed"]


def test_a_job_that_fails_once_is_done_at_the_second_try(declare):
    outcomes = iter([ValueError, None])

    def stumble():
        if failure := next(outcomes):
            raise failure

    declare(stumble, on_giving_up=lambda: pytest.fail("it was not given up")).later()

    assert run_waiting() == {"succeeded": 1}
    assert jobs_left() == 0


def test_what_went_wrong_is_logged_by_its_place_and_not_by_what_was_typed(caplog):
    fail.later(number=7)

    run_waiting()

    assert "trial.fail failed, try 1 of 4" in caplog.text
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


def test_an_app_that_could_not_be_told_is_told_again_and_the_job_not_tried_again():
    told = []

    def tell(number):
        told.append(number)
        if len(told) == 1:
            raise RuntimeError

    telling = Job("trial.telling", "trial", lambda number: pytest.fail("tried again"), on_giving_up=tell)
    with pytest.raises(RuntimeError):
        telling.attempt({"number": 7}, tried=4)
    with pytest.raises(jobs.GivenUp):
        telling.attempt({"number": 7}, tried=5)

    assert told == [7, 7]
    assert jobs._Patience().get_retry_decision(exception=RuntimeError(), job=_Tried(5))
    assert jobs._Patience().get_retry_decision(exception=jobs.GivenUp(), job=_Tried(5)) is None


class _Tried:
    def __init__(self, attempts):
        self.attempts = attempts


def test_the_pauses_between_tries_grow(time_machine):
    time_machine.move_to(NOW, tick=False)

    decisions = [
        jobs._Patience().get_retry_decision(exception=ValueError(), job=_Tried(tried)) for tried in range(3)
    ]

    assert [(decision.retry_at - NOW).seconds for decision in decisions] == [5, 30, 120]


def test_what_a_dead_worker_was_doing_is_done_by_another():
    note.later(number=7)
    takes_a_job(a_worker(last_seen_seconds_ago=61))
    assert run_waiting() == {}

    take_up_stalled()

    assert run_waiting() == {"succeeded": 1}
    assert events("noted") == [{"number": 7}]


def test_what_a_worker_did_that_nobody_knows_any_more_is_done_by_another():
    note.later(number=7)
    takes_a_job(worker := a_worker(last_seen_seconds_ago=0))
    ask("DELETE FROM procrastinate_workers WHERE id = %s RETURNING id", worker)

    take_up_stalled()

    assert run_waiting() == {"succeeded": 1}


def test_nothing_is_taken_from_a_worker_that_lives():
    note.later(number=7)
    takes_a_job(a_worker(last_seen_seconds_ago=50))

    take_up_stalled()

    assert statuses() == ["doing"]


def test_a_worker_that_was_too_busy_to_show_that_it_lives_takes_nothing_from_itself():
    note.later(number=7)
    takes_a_job(worker := a_worker(last_seen_seconds_ago=61))

    take_up_stalled(worker)

    assert statuses() == ["doing"]


def test_a_job_that_kills_each_of_its_workers_is_given_up(declare):
    deadly = declare(lambda number: pytest.fail("a fifth worker was risked"), on_giving_up=say_given_up)
    deadly.later(number=7)
    for _ in range(4):
        takes_a_job(a_worker(last_seen_seconds_ago=61))
        take_up_stalled()

    assert run_waiting() == {"failed": 1}
    assert events("given_up") == [{"number": 7}]


def test_a_job_may_be_given_a_whole_number_and_the_name_of_a_record(declare):
    given = []
    keep = declare(lambda number, ref: given.append((number, ref)))
    ref = uuid4()
    keep.later(number=7, ref=ref)

    run_waiting()

    assert given == [(7, ref)]
    assert isinstance(given[0][1], UUID)


@pytest.mark.parametrize(
    "value",
    ["AB05051985M", "0190c3f2-0000-7000-8000-000000000000", date(1985, 5, 5), 1.5, True, None, [7], {"a": 7}],
)
def test_a_job_is_given_nothing_but_ids(value):
    with pytest.raises(NotAnId) as refusal:
        note.later(number=value)

    assert isinstance(refusal.value, TypeError)
    assert str(refusal.value) == "trial.note"  # and not what it was given
    assert jobs_left() == 0


@pytest.mark.parametrize("ids", [{}, {"upload": 7}, {"number": 7, "other": 8}])
def test_a_job_is_asked_for_with_the_arguments_that_it_takes(ids):
    with pytest.raises(TypeError):
        note.later(**ids)

    assert jobs_left() == 0


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_job_is_left_for_the_next_test():
    fail.later(number=7)
    takes_a_job(a_worker(last_seen_seconds_ago=0))

    database.clean()

    for table in ("jobs", "events", "workers", "periodic_defers"):
        assert ask(f"SELECT count(*) FROM procrastinate_{table}") == 0, table
