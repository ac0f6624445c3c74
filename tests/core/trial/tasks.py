"""Jobs that only leave events, so that tests of the worker can see what was done, and how often."""

import os

from django.db import connection, transaction

from ims.audit import events
from ims.core.jobs import job
from tests.makers import NOW

GATE = 7  # an advisory lock: whoever holds it keeps jobs from passing
CANARY = "AB05051985M"


def say(what: str, **counts: int) -> None:
    events.record(f"trial.{what}", at=NOW, by=None, **counts)


def say_given_up(number: int) -> None:
    say("given_up", number=number)


@job(name="trial.note", queue="trial")
def note(number: int):
    say("noted", number=number)


@job(name="trial.pass_the_gate", queue="trial", lock="trial-{number}")
def pass_the_gate(number: int):
    with transaction.atomic(), connection.cursor() as cursor:
        say("passed", number=number)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GATE])


@job(name="trial.fail", queue="trial", on_giving_up=say_given_up)
def fail(number: int):
    say("tried", number=number)
    with transaction.atomic():
        note.later(number=number)
        raise ValueError(CANARY)


@job(name="trial.look_around", queue="trial")
def look_around():
    with connection.cursor() as cursor:
        cursor.execute("SELECT (current_user = 'ims_app')::int, current_setting('statement_timeout')::int")
        is_the_site, limit = cursor.fetchone()
    say("looked", is_the_site=is_the_site, limit=limit, niceness=os.nice(0))
